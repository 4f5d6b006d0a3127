-- Deliveries: from the outbox to the platform's answer.

-- Leases up to p_limit conversations whose replies are due, marking the attempt of each head before any POST. Bots that their
-- platform paused are passed over. The replies are read with read_deliveries. Raises PL002 when the holder has expired.
-- Locks: conversations that are free.
create or replace function parlor.claim_deliveries(p_holder uuid, p_limit integer)
returns table (conversation_id bigint, token bigint, numbers bigint[])
language plpgsql
security definer set search_path = ''
as $$
#variable_conflict use_column
declare
    v_now timestamptz := clock_timestamp();
    v_ids bigint[];
begin
    if not exists (select 1 from parlor.holders h where h.holder = p_holder and h.turns_expire_at > v_now) then
        raise exception 'the lease holder has expired' using errcode = 'PL002';
    end if;
    select array_agg(conversation_id order by due_at) into v_ids from (
        select w.conversation_id, w.due_at from parlor.delivery_waiting w
        join parlor.conversations c on c.conversation_id = w.conversation_id
        where w.due_at <= v_now
            and not exists (select 1 from parlor.delivery_pauses p where p.bot_id = c.bot_id and p.until > v_now)
        order by w.due_at limit p_limit * 4
    ) candidates;
    if v_ids is null then
        return;
    end if;
    select array_agg(conversation_id) into v_ids from (
        select c.conversation_id
        from unnest(v_ids) with ordinality as w (conversation_id, place)
        join parlor.conversations c on c.conversation_id = w.conversation_id
        order by w.place limit p_limit for no key update of c skip locked
    ) locked;
    with taken as (
        delete from parlor.delivery_waiting w
        where w.conversation_id = any (v_ids) and w.due_at <= v_now
        returning w.conversation_id
    )
    select array_agg(conversation_id) into v_ids from taken;
    if v_ids is not null then
        return query select * from parlor._grant_deliveries(v_ids, p_holder);
    end if;
end
$$;

-- The replies of leased deliveries. No locks; the caller's delivery lease protects the rows.
create or replace function parlor.read_deliveries(p_conversation_ids bigint[], p_tokens bigint[], p_numbers bigint[])
returns table (
    conversation_id bigint, number bigint, turn bigint, bot_id bigint, address text, reply text, origin text, key uuid,
    attempts smallint, unknowns smallint)
language sql stable
security definer set search_path = ''
as $$
    select d.conversation_id, d.number, d.turn, c.bot_id, c.address, d.reply::text, d.origin::text, d.key, d.attempts, d.unknowns
    from unnest(p_conversation_ids, p_tokens, p_numbers) as w (conversation_id, token, number)
    join parlor.delivery_leases l on l.conversation_id = w.conversation_id and l.token = w.token
    join parlor.deliveries d on d.conversation_id = w.conversation_id and d.number = w.number
    join parlor.conversations c on c.conversation_id = w.conversation_id
    order by d.conversation_id, d.number
$$;

-- Records what became of attempts, one entry a conversation, and hands back the next reply with p_continue.
-- p_last: the last number that the outcome is about (from the head on). p_outcomes:
--   delivered  leaves for the log, with p_message_ids (the platform's)
--   replaced   likewise, never sent: a later reply of its board waits
--   refused    becomes a dead letter with p_reasons          exhausted  likewise, after too many attempts
--   unknown    becomes a dead letter: may or may not have arrived, and is not sent again
--   retry      waits p_after_ms                               resend    an unknown outcome that is sent again, likewise
--   deferred   was not attempted after all: the mark is taken back, waits p_after_ms
-- p_drop_tokens forgets the origin's token. p_pause_ms pauses the bot (null: not). p_new_addresses moves the conversation.
-- A delivered reply with a board is what later ones of that board take the place of; a conversation's last 8 boards are kept.
-- Returns 'finished' or 'fenced' a conversation, and rows with next_token where more replies are handed back.
-- Locks: conversations. Idempotent by the fence.
create or replace function parlor.finish_deliveries(
    p_holder uuid, p_continue boolean,
    p_conversation_ids bigint[], p_tokens bigint[], p_last bigint[], p_outcomes text[], p_message_ids text[],
    p_reasons text[], p_after_ms bigint[], p_drop_tokens boolean[], p_pause_ms bigint[], p_new_addresses text[])
returns table (conversation_id bigint, status text, next_token bigint, next_numbers bigint[])
language plpgsql
security definer set search_path = ''
as $$
#variable_conflict use_column
declare
    v_now timestamptz;
    v_ids bigint[];
    v_ended bigint[];
    v_boards bigint[];
begin
    perform 1 from parlor.conversations c
    where c.conversation_id = any (p_conversation_ids) order by c.conversation_id for no key update;
    v_now := clock_timestamp();
    with gone as (
        delete from parlor.delivery_leases l
        using unnest(p_conversation_ids, p_tokens) as t (conversation_id, token)
        where l.conversation_id = t.conversation_id and l.token = t.token
        returning l.conversation_id
    )
    select coalesce(array_agg(conversation_id), '{}') into v_ids from gone;

    with ended as (
        delete from parlor.deliveries d
        using unnest(p_conversation_ids, p_last, p_outcomes, p_message_ids, p_reasons)
            as o (conversation_id, last, outcome, message_id, reason)
        where o.conversation_id = any (v_ids) and d.conversation_id = o.conversation_id and d.number <= o.last
            and o.outcome in ('delivered', 'replaced', 'refused', 'exhausted', 'unknown')
        returning d.*, o.last, o.outcome, o.message_id, o.reason
    ), dead as (
        insert into parlor.dead_letters (conversation_id, number, reply, reason, attempts, unknowns, died_at)
        select e.conversation_id, e.number, e.reply, coalesce(e.reason, e.outcome), e.attempts,
            e.unknowns + (e.outcome = 'unknown')::int, v_now
        from ended e where e.outcome not in ('delivered', 'replaced')
    ), logged as (
        insert into parlor.log (
            conversation_id, direction, number, position, kind, outcome, body, attempts, unknowns, message_id, begun_at,
            logged_at)
        select e.conversation_id, 'out', e.number, e.number, 'reply', e.outcome, e.reply, e.attempts,
            e.unknowns + (e.outcome = 'unknown')::int, e.message_id, e.created_at, v_now
        from ended e
    ), shown as (
        -- Only replies to platforms that change messages name a board, and those carry one reply a request.
        insert into parlor.boards as b (conversation_id, board, message_id, number)
        select e.conversation_id, e.reply ->> 'board', e.message_id, e.number
        from ended e
        where e.outcome = 'delivered' and e.message_id is not null and e.number = e.last and e.reply ->> 'board' is not null
        order by e.conversation_id
        on conflict (conversation_id, board) do update set message_id = excluded.message_id, number = excluded.number
        returning b.conversation_id
    )
    select coalesce(array_agg(conversation_id), '{}') into v_boards from shown;
    if cardinality(v_boards) > 0 then
        delete from parlor.boards b
        where b.conversation_id = any (v_boards) and b.number <= (
            select k.number from parlor.boards k
            where k.conversation_id = b.conversation_id order by k.number desc offset 8 limit 1);
    end if;

    select coalesce(array_agg(o.conversation_id), '{}') into v_ended
    from unnest(p_conversation_ids, p_outcomes) as o (conversation_id, outcome)
    where o.conversation_id = any (v_ids) and o.outcome in ('delivered', 'replaced', 'refused', 'exhausted', 'unknown');

    if cardinality(v_ended) < cardinality(v_ids) then
        update parlor.deliveries d
        set attempts = d.attempts - (o.outcome = 'deferred')::int,
            unknowns = d.unknowns + (o.outcome = 'resend')::int,
            origin = case when o.drop_token then d.origin - 'token' - 'token_expires_at_ms' else d.origin end
        from unnest(p_conversation_ids, p_last, p_outcomes, p_drop_tokens) as o (conversation_id, last, outcome, drop_token)
        where o.conversation_id = any (v_ids) and o.conversation_id <> all (v_ended)
            and d.conversation_id = o.conversation_id and (d.number <= o.last or o.drop_token and d.turn = (
                select t.turn from parlor.deliveries t
                where t.conversation_id = o.conversation_id and t.number = o.last));
        insert into parlor.delivery_waiting (conversation_id, due_at)
        select o.conversation_id, v_now + coalesce(o.after_ms, 0) * interval '1 millisecond'
        from unnest(p_conversation_ids, p_after_ms) as o (conversation_id, after_ms)
        where o.conversation_id = any (v_ids) and o.conversation_id <> all (v_ended)
        on conflict (conversation_id) do update set due_at = excluded.due_at;
        insert into parlor.delivery_pauses (bot_id, until)
        select c.bot_id, v_now + max(o.pause_ms) * interval '1 millisecond'
        from unnest(p_conversation_ids, p_pause_ms) as o (conversation_id, pause_ms)
        join parlor.conversations c on c.conversation_id = o.conversation_id
        where o.conversation_id = any (v_ids) and o.pause_ms is not null
        group by c.bot_id
        order by c.bot_id
        on conflict (bot_id) do update set until = greatest(parlor.delivery_pauses.until, excluded.until);
        perform parlor.move_conversation(c.bot_id, c.address, o.new_address)
        from unnest(p_conversation_ids, p_new_addresses) as o (conversation_id, new_address)
        join parlor.conversations c on c.conversation_id = o.conversation_id
        where o.conversation_id = any (v_ids) and o.new_address is not null;
    end if;

    return query
    select t.conversation_id, case when t.conversation_id = any (v_ids) then 'finished' else 'fenced' end,
        null::bigint, null::bigint[]
    from unnest(p_conversation_ids) as t (conversation_id);

    select coalesce(array_agg(distinct d.conversation_id), '{}') into v_ended
    from parlor.deliveries d where d.conversation_id = any (v_ended);
    if cardinality(v_ended) > 0 then
        if p_continue and exists (select 1 from parlor.holders h where h.holder = p_holder and h.turns_expire_at > v_now) then
            return query
            select g.conversation_id, 'handed', g.token, g.numbers from parlor._grant_deliveries(v_ended, p_holder) g;
        else
            perform parlor._wait_for_deliveries(v_ended);
        end if;
    end if;
end
$$;

-- How long until the next delivery is due (milliseconds; null: none waits).
create or replace function parlor.next_delivery_ms()
returns bigint
language sql stable
security definer set search_path = ''
as $$
    select greatest(0, extract(epoch from min(greatest(w.due_at, p.until)) - clock_timestamp()) * 1000)::bigint
    from parlor.delivery_waiting w
    join parlor.conversations c on c.conversation_id = w.conversation_id
    left join parlor.delivery_pauses p on p.bot_id = c.bot_id
    having count(*) > 0
$$;
