-- Timers: rows that become numbered messages at their time.

-- Puts timers that are due into the inbox, as numbered messages. Returns how many, and how long until the next is due
-- (milliseconds; null: none). Locks: conversations that are free. Each timer fires once.
create or replace function parlor.due_timers(p_limit integer)
returns table (fired integer, next_ms bigint)
language plpgsql
security definer set search_path = ''
as $$
#variable_conflict use_column
declare
    v_now timestamptz := clock_timestamp();
    v_ids bigint[];
begin
    fired := 0;
    select array_agg(distinct d.conversation_id) into v_ids from (
        select t.conversation_id from parlor.timers t where t.due_at <= v_now order by t.due_at limit p_limit
    ) d;
    if v_ids is not null then
        select array_agg(conversation_id) into v_ids from (
            select c.conversation_id from parlor.conversations c
            where c.conversation_id = any (v_ids) order by c.conversation_id for no key update skip locked
        ) locked;
    end if;
    if v_ids is not null then
        with due as (
            delete from parlor.timers t
            where t.conversation_id = any (v_ids) and t.due_at <= v_now
            returning t.conversation_id, t.name, t.due_at, t.message
        ), placed as (
            select d.*, row_number() over (partition by d.conversation_id order by d.due_at, d.name) as place,
                count(*) over (partition by d.conversation_id) as companions
            from due d
        ), counted as (
            update parlor.conversations c set message_count = c.message_count + p.companions
            from placed p
            where p.place = 1 and c.conversation_id = p.conversation_id
            returning c.conversation_id, c.message_count - p.companions as base
        )
        insert into parlor.inbox (conversation_id, number, message, seed, timer, accepted_at)
        select p.conversation_id, c.base + p.place, p.message,
            ('x' || substr(md5(gen_random_uuid()::text), 1, 15))::bit(60)::bigint, p.name, v_now
        from placed p
        join counted c using (conversation_id);
        get diagnostics fired = row_count;
        perform parlor._wait_for_turns(v_ids);
    end if;
    -- A having, since greatest makes a number of nothing.
    select greatest(0, extract(epoch from min(t.due_at) - clock_timestamp()) * 1000)::bigint into next_ms
    from parlor.timers t having count(*) > 0;
    return next;
end
$$;
