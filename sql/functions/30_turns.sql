-- Turns: claiming conversations that wait, and committing or failing what was played.
-- A long file because of finish_turns: a turn commits whole, so all that it changes stands in one function.

-- Leases up to p_limit waiting conversations to p_holder and hands their messages and sessions.
-- Returns one row a conversation; a null body or session_left says: read it with read_messages, read_sessions.
-- Locks: conversations (those that are free), candidates being read without locks before and again after.
-- Raises PL002 when the holder has expired. Not idempotent: attempts are counted.
create or replace function parlor.claim_turns(p_holder uuid, p_limit integer)
returns table (
    conversation_id bigint, bot_id bigint, token bigint, session_version bigint, session text, session_left boolean,
    numbers bigint[], messages text[], seeds bigint[], accepted_ms bigint[], attempts smallint)
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
    -- Other processes look at the same rows at the same time: look at more than wanted, so that skipping finds some.
    select array_agg(conversation_id order by due_at) into v_ids from (
        select w.conversation_id, w.due_at from parlor.waiting w
        where w.due_at <= v_now order by w.due_at limit p_limit * 4
    ) candidates;
    if v_ids is null then
        return;
    end if;
    -- The oldest first, in whatever order of ids: nothing is waited for, so nothing can deadlock.
    select array_agg(conversation_id) into v_ids from (
        select c.conversation_id
        from unnest(v_ids) with ordinality as w (conversation_id, place)
        join parlor.conversations c on c.conversation_id = w.conversation_id
        order by w.place limit p_limit for no key update of c skip locked
    ) locked;
    with taken as (
        delete from parlor.waiting w
        where w.conversation_id = any (v_ids) and w.due_at <= v_now
        returning w.conversation_id
    )
    select array_agg(conversation_id) into v_ids from taken;
    if v_ids is null then
        return;
    end if;
    return query
    select g.conversation_id, c.bot_id, g.token, coalesce(o.version, 0),
        case when o.total <= 28672 then o.document end, coalesce(o.total > 28672, false),
        g.numbers, g.messages, g.seeds, g.accepted_ms, g.attempts
    from parlor._grant_turns(v_ids, p_holder) g
    join parlor.conversations c on c.conversation_id = g.conversation_id
    left join (
        select s.conversation_id, s.version, s.document::text as document,
            sum(octet_length(s.document::text)) over (order by s.conversation_id) as total
        from parlor.sessions s
        where s.conversation_id = any (v_ids)
    ) o on o.conversation_id = g.conversation_id;
end
$$;

-- Bodies that a claim left out. No locks; the caller's lease protects the rows.
create or replace function parlor.read_messages(p_conversation_ids bigint[], p_numbers bigint[])
returns table (conversation_id bigint, number bigint, message text)
language sql stable
security definer set search_path = ''
as $$
    select i.conversation_id, i.number, i.message::text
    from unnest(p_conversation_ids, p_numbers) as w (conversation_id, number)
    join parlor.inbox i on i.conversation_id = w.conversation_id and i.number = w.number
$$;

-- Sessions that accept_messages or claim_turns left out. No locks.
create or replace function parlor.read_sessions(p_conversation_ids bigint[])
returns table (conversation_id bigint, version bigint, session text)
language sql stable
security definer set search_path = ''
as $$
    select s.conversation_id, s.version, s.document::text
    from parlor.sessions s where s.conversation_id = any (p_conversation_ids)
$$;

-- Commits played turns: session, replies, timers, deeds and log together, each conversation for itself, fenced.
-- One entry a conversation in the first arrays; one entry a played message in p_played_*; one a reply in p_reply_*
-- (p_reply_turns: the number of the message that it answers); one a timer change in p_timer_* (a null p_timer_messages
-- cancels); one a deed in p_deed_*. p_played_given: what the turn got from outside, for the log; mostly null.
-- A null session leaves it as it is but raises its version.
-- Returns one row a conversation. status: 'committed', or 'fenced' when the lease is lost, expired, or the session's
-- version is another: then nothing of it was changed. The caller sends replies p.send_numbers now, with send_keys, when
-- send_token is set; otherwise they wait for an earlier one or are read by the players. With p_continue, messages accepted
-- meanwhile are handed back (next_*), leased anew; otherwise they wait for anyone.
-- Locks: conversations by id. Raises PL003 session too large.
create or replace function parlor.finish_turns(
    p_holder uuid, p_continue boolean,
    p_conversation_ids bigint[], p_tokens bigint[], p_session_versions bigint[], p_sessions text[],
    p_played_ids bigint[], p_played_numbers bigint[], p_played_outcomes text[],
    p_reply_ids bigint[], p_reply_turns bigint[], p_replies text[], p_origins text[],
    p_timer_ids bigint[], p_timer_names text[], p_timer_after_ms bigint[], p_timer_messages text[],
    p_played_given text[], p_deed_ids bigint[], p_deeds text[])
returns table (
    conversation_id bigint, status text, first_reply bigint, reply_keys uuid[], send_token bigint, send_numbers bigint[],
    next_token bigint, next_numbers bigint[], next_messages text[], next_seeds bigint[], next_accepted_ms bigint[],
    next_attempts smallint)
language plpgsql
security definer set search_path = ''
as $$
#variable_conflict use_column
declare
    v_now timestamptz;
    v_ids bigint[];
    v_pulled bigint[];
    v_replying bigint[];
    v_sending bigint[];
    v_live boolean;
begin
    if exists (select 1 from unnest(p_sessions) as s (document) where octet_length(s.document) > 262144) then
        raise exception 'a session is larger than 256 KiB' using errcode = 'PL003';
    end if;
    perform 1 from parlor.conversations c
    where c.conversation_id = any (p_conversation_ids) order by c.conversation_id for no key update;
    v_now := clock_timestamp();

    -- The fence: the lease is this very one (tokens are never given twice), its holder is alive by the database's clock, the
    -- session is the one that was played on.
    with gone as (
        delete from parlor.leases l
        using unnest(p_conversation_ids, p_tokens, p_session_versions) as t (conversation_id, token, session_version)
        where l.conversation_id = t.conversation_id and l.token = t.token
            and exists (select 1 from parlor.holders h where h.holder = l.holder and h.turns_expire_at > v_now)
            and t.session_version = coalesce(
                (select s.version from parlor.sessions s where s.conversation_id = t.conversation_id), 0)
        returning l.conversation_id
    )
    select coalesce(array_agg(conversation_id), '{}') into v_ids from gone;

    insert into parlor.sessions as s (conversation_id, version, document, updated_at)
    select t.conversation_id, t.session_version + 1, coalesce(t.document, '{}')::jsonb, v_now
    from unnest(p_conversation_ids, p_session_versions, p_sessions) as t (conversation_id, session_version, document)
    where t.conversation_id = any (v_ids)
    order by t.conversation_id
    on conflict (conversation_id) do update
    set version = excluded.version, updated_at = v_now,
        document = case when excluded.document = '{}' then s.document else excluded.document end;

    -- What was played leaves the inbox for the log.
    with played as (
        delete from parlor.inbox i
        using unnest(p_played_ids, p_played_numbers, p_played_outcomes, p_played_given)
            as p (conversation_id, number, outcome, given)
        where p.conversation_id = any (v_ids) and i.conversation_id = p.conversation_id and i.number = p.number
        returning i.conversation_id, i.number, i.message, i.seed, i.attempts, i.accepted_at, p.outcome, p.given
    )
    insert into parlor.log (
        conversation_id, direction, number, position, kind, outcome, body, seed, attempts, begun_at, logged_at, given)
    select p.conversation_id, 'in', p.number,
        c.reply_count + (
            select count(*) from unnest(p_reply_ids, p_reply_turns) as r (conversation_id, turn)
            where r.conversation_id = p.conversation_id and r.turn < p.number),
        p.message ->> 'kind', p.outcome, p.message, p.seed, greatest(p.attempts, 1), p.accepted_at, v_now, p.given::jsonb
    from played p
    join parlor.conversations c on c.conversation_id = p.conversation_id;

    if cardinality(p_deed_ids) > 0 then
        insert into parlor.deeds (conversation_id, bot_id, deed, done_at)
        select d.conversation_id, c.bot_id, d.deed::jsonb, v_now
        from unnest(p_deed_ids, p_deeds) with ordinality as d (conversation_id, deed, ordinal)
        join parlor.conversations c on c.conversation_id = d.conversation_id
        where d.conversation_id = any (v_ids)
        order by d.ordinal;
    end if;

    if cardinality(p_timer_ids) > 0 then
        delete from parlor.timers t
        using unnest(p_timer_ids, p_timer_names) as c (conversation_id, name)
        where c.conversation_id = any (v_ids) and t.conversation_id = c.conversation_id and t.name = c.name;
        delete from parlor.inbox i
        using unnest(p_timer_ids, p_timer_names) as c (conversation_id, name)
        where c.conversation_id = any (v_ids) and i.conversation_id = c.conversation_id and i.timer = c.name;
        insert into parlor.timers (conversation_id, name, due_at, message)
        select distinct on (c.conversation_id, c.name)
            c.conversation_id, c.name, v_now + c.after_ms * interval '1 millisecond', c.message::jsonb
        from unnest(p_timer_ids, p_timer_names, p_timer_after_ms, p_timer_messages)
            with ordinality as c (conversation_id, name, after_ms, message, ordinal)
        where c.conversation_id = any (v_ids) and c.message is not null
        order by c.conversation_id, c.name, c.ordinal desc;
    end if;

    select coalesce(array_agg(distinct c.conversation_id) filter (where b.pulls), '{}'),
        coalesce(array_agg(distinct c.conversation_id) filter (where not b.pulls), '{}')
    into v_pulled, v_replying
    from unnest(p_reply_ids) as r (conversation_id)
    join parlor.conversations c on c.conversation_id = r.conversation_id
    join parlor.bots b on b.bot_id = c.bot_id
    where c.conversation_id = any (v_ids);

    -- Only a live holder is given leases; without one, what is left waits for anybody.
    select exists (select 1 from parlor.holders h where h.holder = p_holder and h.turns_expire_at > v_now) into v_live;

    -- Sent at once only when nothing earlier is on its way: the rule that keeps replies in order.
    select coalesce(array_agg(r.conversation_id), '{}') into v_sending
    from unnest(v_replying) as r (conversation_id)
    where v_live
        and (select 1 from parlor.deliveries d where d.conversation_id = r.conversation_id limit 1) is null
        and (select 1 from parlor.delivery_leases l where l.conversation_id = r.conversation_id limit 1) is null
        and (select 1 from parlor.delivery_waiting w where w.conversation_id = r.conversation_id limit 1) is null;

    -- The head of what is sent at once is marked as attempted with its commit, before any POST.
    return query
    with replies as (
        select r.conversation_id, r.turn, r.reply, r.origin,
            row_number() over (partition by r.conversation_id order by r.ordinal) as place,
            row_number() over (partition by r.conversation_id, r.turn order by r.ordinal) as place_in_turn,
            min(r.turn) over (partition by r.conversation_id) as first_turn,
            gen_random_uuid() as key
        from unnest(p_reply_ids, p_reply_turns, p_replies, p_origins)
            with ordinality as r (conversation_id, turn, reply, origin, ordinal)
        where r.conversation_id = any (v_ids)
    ), counted as (
        update parlor.conversations c
        set reply_count = c.reply_count + n.replies
        from (select r.conversation_id, count(*) as replies from replies r group by r.conversation_id) n
        where c.conversation_id = n.conversation_id
        returning c.conversation_id, c.reply_count - n.replies as base, c.bot_id
    ), numbered as (
        select r.conversation_id, c.base + r.place as number, r.turn, r.reply, r.origin, r.key, b.pulls,
            r.conversation_id = any (v_sending) and r.turn = r.first_turn and r.place_in_turn <= b.replies_per_call as sent
        from counted c
        join replies r on r.conversation_id = c.conversation_id
        join parlor.bots b on b.bot_id = c.bot_id
    ), delivering as (
        insert into parlor.deliveries (conversation_id, number, turn, reply, origin, key, attempts, created_at)
        select n.conversation_id, n.number, n.turn, n.reply::jsonb, n.origin::jsonb, n.key, n.sent::int, v_now
        from numbered n where not n.pulls
    ), shown as (
        insert into parlor.log (conversation_id, direction, number, position, kind, outcome, body, begun_at, logged_at)
        select n.conversation_id, 'out', n.number, n.number, 'reply', 'shown', n.reply::jsonb, v_now, v_now
        from numbered n where n.pulls
    ), granted as (
        insert into parlor.delivery_leases as l (conversation_id, token, holder)
        select s.conversation_id, nextval('parlor.lease_tokens'), p_holder
        from unnest(v_sending) as s (conversation_id)
        returning l.conversation_id, l.token
    )
    select t.conversation_id,
        case when t.conversation_id = any (v_ids) then 'committed' else 'fenced' end,
        k.first_reply, k.keys, g.token, k.sent,
        null::bigint, null::bigint[], null::text[], null::bigint[], null::bigint[], null::smallint
    from unnest(p_conversation_ids) as t (conversation_id)
    left join (
        select n.conversation_id, min(n.number) as first_reply, array_agg(n.key order by n.number) as keys,
            array_agg(n.number order by n.number) filter (where n.sent) as sent
        from numbered n group by n.conversation_id
    ) k using (conversation_id)
    left join granted g using (conversation_id);

    if cardinality(v_replying) > cardinality(v_sending) then
        perform parlor._wait_for_deliveries(v_replying);
    end if;
    if cardinality(v_pulled) > 0 then
        perform pg_notify('parlor', 'replies:' || array_to_string(v_pulled[:400], ','));
    end if;

    select coalesce(array_agg(distinct i.conversation_id), '{}') into v_ids
    from parlor.inbox i where i.conversation_id = any (v_ids);
    if cardinality(v_ids) > 0 then
        if p_continue and v_live then
            return query
            select g.conversation_id, 'handed', null::bigint, null::uuid[], null::bigint, null::bigint[],
                g.token, g.numbers, g.messages, g.seeds, g.accepted_ms, g.attempts
            from parlor._grant_turns(v_ids, p_holder) g;
        else
            perform parlor._wait_for_turns(v_ids);
        end if;
    end if;
end
$$;

-- A turn that raised: the message waits for another attempt, longer each time; its fifth failure parks it with its error, and
-- the conversation goes on with p_replies (one JSON reply, to say so honestly).
-- One entry a conversation. Returns what became of each: 'waiting', 'parked', 'fenced'.
-- Locks: conversations. Idempotent by the fence.
create or replace function parlor.fail_turns(
    p_conversation_ids bigint[], p_tokens bigint[], p_numbers bigint[], p_errors text[],
    p_replies text[], p_origins text[])
returns table (conversation_id bigint, status text)
language plpgsql
security definer set search_path = ''
as $$
#variable_conflict use_column
declare
    v_now timestamptz;
    v_ids bigint[];
    v_parked bigint[];
    v_pulled bigint[];
begin
    perform 1 from parlor.conversations c
    where c.conversation_id = any (p_conversation_ids) order by c.conversation_id for no key update;
    v_now := clock_timestamp();
    with gone as (
        delete from parlor.leases l
        using unnest(p_conversation_ids, p_tokens) as t (conversation_id, token)
        where l.conversation_id = t.conversation_id and l.token = t.token
            and exists (select 1 from parlor.holders h where h.holder = l.holder and h.turns_expire_at > v_now)
        returning l.conversation_id
    )
    select coalesce(array_agg(conversation_id), '{}') into v_ids from gone;

    -- Handed out in a group, its attempt was not counted then: it is now.
    update parlor.inbox i set attempts = i.attempts + 1
    from unnest(p_conversation_ids, p_numbers) as f (conversation_id, number)
    where f.conversation_id = any (v_ids) and i.conversation_id = f.conversation_id and i.number = f.number and i.grouped;

    with parked as (
        delete from parlor.inbox i
        using unnest(p_conversation_ids, p_numbers, p_errors) as f (conversation_id, number, error)
        where f.conversation_id = any (v_ids) and i.conversation_id = f.conversation_id and i.number = f.number
            and i.attempts >= 5
        returning i.*, f.error
    ), kept as (
        insert into parlor.parked (conversation_id, number, message, seed, error, attempts, parked_at)
        select p.conversation_id, p.number, p.message, p.seed, p.error, p.attempts, v_now from parked p
    ), logged as (
        insert into parlor.log (
            conversation_id, direction, number, position, kind, outcome, body, seed, attempts, begun_at, logged_at)
        select p.conversation_id, 'in', p.number, c.reply_count, p.message ->> 'kind', 'parked', p.message, p.seed,
            p.attempts, p.accepted_at, v_now
        from parked p
        join parlor.conversations c using (conversation_id)
    )
    select coalesce(array_agg(conversation_id), '{}') into v_parked from parked;

    if cardinality(v_parked) > 0 then
        select coalesce(array_agg(c.conversation_id), '{}') into v_pulled
        from parlor.conversations c
        join parlor.bots b using (bot_id)
        where c.conversation_id = any (v_parked) and b.pulls;
        with counted as (
            update parlor.conversations c set reply_count = c.reply_count + 1
            where c.conversation_id = any (v_parked)
            returning c.conversation_id, c.reply_count
        ), said as (
            select c.conversation_id, c.reply_count, f.number, f.reply::jsonb as reply, f.origin::jsonb as origin
            from counted c
            join unnest(p_conversation_ids, p_numbers, p_replies, p_origins) as f (conversation_id, number, reply, origin)
                using (conversation_id)
        ), shown as (
            insert into parlor.log (conversation_id, direction, number, position, kind, outcome, body, begun_at, logged_at)
            select s.conversation_id, 'out', s.reply_count, s.reply_count, 'reply', 'shown', s.reply, v_now, v_now
            from said s where s.conversation_id = any (v_pulled)
        )
        insert into parlor.deliveries (conversation_id, number, turn, reply, origin, key, created_at)
        select s.conversation_id, s.reply_count, s.number, s.reply, s.origin, gen_random_uuid(), v_now
        from said s where s.conversation_id <> all (v_pulled);
        perform parlor._wait_for_deliveries(v_parked);
        if cardinality(v_pulled) > 0 then
            perform pg_notify('parlor', 'replies:' || array_to_string(v_pulled[:400], ','));
        end if;
    end if;

    perform parlor._wait_for_turns(v_ids);
    update parlor.waiting w
    set due_at = v_now + least(30, 0.25 * 2 ^ i.attempts) * interval '1 second'
    from unnest(p_conversation_ids, p_numbers) as f (conversation_id, number)
    join parlor.inbox i on i.conversation_id = f.conversation_id and i.number = f.number
    where f.conversation_id = any (v_ids) and w.conversation_id = f.conversation_id;

    return query
    select t.conversation_id,
        case
            when t.conversation_id = any (v_parked) then 'parked'
            when t.conversation_id = any (v_ids) then 'waiting'
            else 'fenced'
        end
    from unnest(p_conversation_ids) as t (conversation_id);
end
$$;
