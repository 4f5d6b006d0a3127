-- Accepting: from the door into the inbox, once, numbered, in order.

-- Stores messages durably and, for an idle conversation, hands its caller the lease and the session at once.
-- Arrays are parallel, one entry a message, in the order of arrival. A null p_holder grants nothing.
-- Returns one row a message: `number` is null for a duplicate; `token` is set on the rows of a conversation whose lease was
-- granted (its messages are exactly these rows); the session comes once, on the first of them, unless it is large
-- (session_left: read it with read_sessions).
-- Locks: new conversation rows by (bot_id, address), conversation rows by id, dedupe keys in their order.
-- Raises PL001 unknown bot. Idempotent by the dedupe keys.
create or replace function parlor.accept_messages(
    p_bot_ids bigint[], p_addresses text[], p_dedupe_keys text[], p_messages text[], p_seeds bigint[], p_holder uuid)
returns table (
    ordinal integer, conversation_id bigint, number bigint, accepted_ms bigint, token bigint,
    session_version bigint, session text, session_left boolean)
language plpgsql
security definer set search_path = ''
as $$
#variable_conflict use_column
declare
    v_now timestamptz;
    v_ids bigint[];
    v_live boolean;
    v_new bigint[];
begin
    insert into parlor.conversations (bot_id, address)
    select distinct i.bot_id, i.address
    from unnest(p_bot_ids, p_addresses) as i (bot_id, address)
    join parlor.bots b on b.bot_id = i.bot_id
    where not exists (
        select 1 from parlor.conversations c where c.bot_id = i.bot_id and c.address = i.address)
    order by i.bot_id, i.address
    on conflict on constraint conversations_address_key do nothing;

    select array_agg(c.conversation_id order by i.ordinal) into v_ids
    from unnest(p_bot_ids, p_addresses) with ordinality as i (bot_id, address, ordinal)
    left join parlor.conversations c on c.bot_id = i.bot_id and c.address = i.address;
    if array_position(v_ids, null) is not null then
        raise exception 'unknown bot %', p_bot_ids[array_position(v_ids, null)] using errcode = 'PL001';
    end if;

    perform 1 from parlor.conversations c
    where c.conversation_id = any (v_ids) order by c.conversation_id for no key update;

    v_now := clock_timestamp();
    select exists (select 1 from parlor.holders h where h.holder = p_holder and h.turns_expire_at > v_now) into v_live;

    return query
    with firsts as (
        -- A key belongs to one conversation, whose row is locked: looking first is safe, and cheaper than a conflict.
        select i.bot_id, i.dedupe_key, min(i.ordinal)::integer as ordinal
        from unnest(p_bot_ids, p_dedupe_keys) with ordinality as i (bot_id, dedupe_key, ordinal)
        where (select 1 from parlor.dedupe_keys k where k.bot_id = i.bot_id and k.dedupe_key = i.dedupe_key limit 1) is null
        group by i.bot_id, i.dedupe_key
    ), remembered as (
        insert into parlor.dedupe_keys (bot_id, dedupe_key, seen_at)
        select f.bot_id, f.dedupe_key, v_now from firsts f order by f.bot_id, f.dedupe_key
    ), placed as (
        select f.ordinal, v_ids[f.ordinal] as conversation_id,
            row_number() over (partition by v_ids[f.ordinal] order by f.ordinal) as place,
            count(*) over (partition by v_ids[f.ordinal]) as companions
        from firsts f
    ), counted as (
        update parlor.conversations c
        set message_count = c.message_count + p.companions
        from placed p
        where p.place = 1 and c.conversation_id = p.conversation_id
        returning c.conversation_id, c.bot_id, c.message_count - p.companions as base
    ), idle as (
        select c.conversation_id
        from counted c
        where v_live
            -- The limits keep these look-ups by key, whatever the planner thought of the tables when they were empty.
            and (select 1 from parlor.leases l where l.conversation_id = c.conversation_id limit 1) is null
            and (select 1 from parlor.waiting w where w.conversation_id = c.conversation_id limit 1) is null
            and (select 1 from parlor.inbox i where i.conversation_id = c.conversation_id limit 1) is null
            and (
                select 1 from parlor.timers t
                where t.conversation_id = c.conversation_id and t.due_at <= v_now limit 1) is null
    ), granted as (
        insert into parlor.leases as l (conversation_id, token, holder)
        select i.conversation_id, nextval('parlor.lease_tokens'), p_holder
        from idle i
        returning l.conversation_id, l.token
    ), stored as (
        insert into parlor.inbox as i (conversation_id, number, message, seed, attempts, grouped, accepted_at)
        select p.conversation_id, c.base + p.place, p_messages[p.ordinal]::jsonb, p_seeds[p.ordinal],
            (g.token is not null and p.companions = 1)::int, g.token is not null and p.companions > 1, v_now
        from placed p
        join counted c using (conversation_id)
        left join granted g using (conversation_id)
        returning 1
    ), left_waiting as (
        insert into parlor.waiting (conversation_id, lane, due_at)
        select c.conversation_id, b.lane, v_now
        from counted c
        join parlor.bots b on b.bot_id = c.bot_id
        where not exists (select 1 from idle i where i.conversation_id = c.conversation_id)
            and (select 1 from parlor.leases l where l.conversation_id = c.conversation_id limit 1) is null
        on conflict (conversation_id) do nothing
        returning 1
    ), told as (
        select pg_notify('parlor', 'turns') from (select from left_waiting limit 1) w
    ), opened as materialized (
        select g.conversation_id, g.token, s.version, s.document::text as document,
            sum(octet_length(s.document::text)) over (order by g.conversation_id) as total
        from granted g
        left join parlor.sessions s on s.conversation_id = g.conversation_id
    )
    select i.ordinal::integer, i.conversation_id, c.base + p.place,
        (extract(epoch from v_now) * 1000)::bigint, o.token,
        coalesce(o.version, 0),
        case when p.place = 1 and o.total <= 49152 then o.document end,
        coalesce(o.total > 49152, false)
    from unnest(v_ids) with ordinality as i (conversation_id, ordinal)
    left join placed p on p.ordinal = i.ordinal
    left join counted c on c.conversation_id = p.conversation_id
    left join opened o on o.conversation_id = p.conversation_id
    left join told on true
    order by i.ordinal;
end
$$;

-- Keeps events that could not be read, so that acknowledging them loses nothing. Not idempotent: a redelivery is kept again.
create or replace function parlor.quarantine_events(p_bot_ids bigint[], p_paths text[], p_errors text[], p_events bytea[])
returns void
language sql
security definer set search_path = ''
as $$
    insert into parlor.quarantine (bot_id, path, error, event)
    select * from unnest(p_bot_ids, p_paths, p_errors, p_events)
$$;

-- The platform gave a conversation a new address. Returns true when the conversation moved, false when there was nothing to
-- move or the new address already has a conversation of its own. Locks: the conversation. Idempotent.
create or replace function parlor.move_conversation(p_bot_id bigint, p_old_address text, p_new_address text)
returns boolean
language plpgsql
security definer set search_path = ''
as $$
begin
    update parlor.conversations c
    set address = p_new_address
    where c.bot_id = p_bot_id and c.address = p_old_address
        and not exists (
            select 1 from parlor.conversations o where o.bot_id = p_bot_id and o.address = p_new_address);
    return found;
exception when unique_violation then
    return false;
end
$$;
