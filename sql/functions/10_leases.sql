-- Leases: who may play or send a conversation, until when, and how it passes on.

-- Reads the handed messages of freshly granted leases and counts the attempts durably.
-- Caller: accept_messages' siblings claim_turns and finish_turns, with the conversations' rows locked.
-- A message that was attempted before goes alone; otherwise up to 20 go together. Bodies beyond 28 KB in all are left
-- null, to be read without locks by read_messages. Idempotent: no.
create or replace function parlor._grant_turns(p_conversation_ids bigint[], p_holder uuid)
returns table (
    conversation_id bigint, token bigint, numbers bigint[], messages text[], seeds bigint[], accepted_ms bigint[],
    attempts smallint)
language plpgsql
security definer set search_path = ''
as $$
#variable_conflict use_column
begin
    return query
    with heads as (
        select i.conversation_id, min(i.number) as number
        from parlor.inbox i
        where i.conversation_id = any (p_conversation_ids)
        group by i.conversation_id
    ), picked as (
        select h.conversation_id, m.number, m.message::text as body, m.seed, m.accepted_at,
            count(*) over (partition by h.conversation_id) as companions
        from heads h
        join parlor.inbox f on f.conversation_id = h.conversation_id and f.number = h.number
        cross join lateral (
            select i.number, i.message, i.seed, i.accepted_at
            from parlor.inbox i
            where i.conversation_id = h.conversation_id
            order by i.number
            limit case when f.attempts > 0 or f.grouped then 1 else 20 end
        ) m
    ), marked as (
        update parlor.inbox i
        set attempts = i.attempts + (p.companions = 1)::int, grouped = p.companions > 1
        from picked p
        where i.conversation_id = p.conversation_id and i.number = p.number
        returning i.conversation_id, i.number, i.attempts
    ), granted as (
        insert into parlor.leases as l (conversation_id, token, holder)
        select h.conversation_id, nextval('parlor.lease_tokens'), p_holder
        from heads h
        returning l.conversation_id, l.token
    ), sized as (
        select p.*, sum(octet_length(p.body)) over (order by p.conversation_id, p.number) as total from picked p
    )
    select g.conversation_id, g.token,
        array_agg(s.number order by s.number),
        array_agg(case when s.total <= 28672 then s.body end order by s.number),
        array_agg(s.seed order by s.number),
        array_agg((extract(epoch from s.accepted_at) * 1000)::bigint order by s.number),
        max(m.attempts)
    from granted g
    join sized s using (conversation_id)
    join marked m on m.conversation_id = s.conversation_id and m.number = s.number
    group by g.conversation_id, g.token;
end
$$;

-- Takes the next replies of conversations, marks their attempt durably, before any POST.
-- Caller: claim_deliveries and finish_deliveries, with the conversations' rows locked and no lease left. Returns the numbers of
-- the head and what may travel in the same request: the same turn, up to the bot's replies_per_call.
create or replace function parlor._grant_deliveries(p_conversation_ids bigint[], p_holder uuid)
returns table (conversation_id bigint, token bigint, numbers bigint[])
language plpgsql
security definer set search_path = ''
as $$
#variable_conflict use_column
begin
    return query
    with heads as (
        select distinct on (d.conversation_id) d.conversation_id, d.number, d.turn, b.replies_per_call
        from parlor.deliveries d
        join parlor.conversations c on c.conversation_id = d.conversation_id
        join parlor.bots b on b.bot_id = c.bot_id
        where d.conversation_id = any (p_conversation_ids)
        order by d.conversation_id, d.number
    ), marked as (
        update parlor.deliveries d
        set attempts = least(d.attempts + 1, 32000)
        from heads h
        where d.conversation_id = h.conversation_id and d.turn = h.turn
            and d.number between h.number and h.number + h.replies_per_call - 1
        returning d.conversation_id, d.number
    ), granted as (
        insert into parlor.delivery_leases as l (conversation_id, token, holder)
        select h.conversation_id, nextval('parlor.lease_tokens'), p_holder
        from heads h
        returning l.conversation_id, l.token
    )
    select g.conversation_id, g.token, array_agg(m.number order by m.number)
    from granted g
    join marked m using (conversation_id)
    group by g.conversation_id, g.token;
end
$$;

-- Heartbeat: makes or renews a holder. Returns false when it has expired: that incarnation is dead, its leases are lost.
-- Idempotent. Locks: the holder's row.
create or replace function parlor.renew_leases(p_holder uuid, p_turns_s double precision, p_deliveries_s double precision)
returns boolean
language plpgsql
security definer set search_path = ''
as $$
declare
    v_now timestamptz := clock_timestamp();
begin
    insert into parlor.holders as h (holder, turns_expire_at, deliveries_expire_at)
    values (p_holder, v_now + p_turns_s * interval '1 second', v_now + p_deliveries_s * interval '1 second')
    on conflict (holder) do update
    set turns_expire_at = excluded.turns_expire_at, deliveries_expire_at = excluded.deliveries_expire_at
    where h.turns_expire_at > v_now;
    return found;
end
$$;

-- Gives back leases that nobody uses: those of the holder, older than p_older_s, whose tokens are not among p_known. That is what
-- a turn left that could not be committed, or a grant whose answer was lost with the connection; with no p_known and no
-- p_older_s, all of a draining process. The messages and deliveries wait again, and the attempt that the grant counted is
-- given back: the database or the process failed, not they. Returns how many. Locks: conversations that are free. Idempotent.
create or replace function parlor.release_leases(p_holder uuid, p_known bigint[], p_older_s double precision)
returns integer
language plpgsql
security definer set search_path = ''
as $$
declare
    v_before timestamptz := clock_timestamp() - p_older_s * interval '1 second';
    v_ids bigint[];
    v_turns bigint[];
    v_deliveries bigint[];
begin
    select array_agg(l.conversation_id) into v_ids from (
        select t.conversation_id from parlor.leases t
        where t.holder = p_holder and t.granted_at <= v_before and t.token <> all (p_known)
        union
        select d.conversation_id from parlor.delivery_leases d
        where d.holder = p_holder and d.granted_at <= v_before and d.token <> all (p_known)
    ) l;
    if v_ids is null then
        return 0;
    end if;
    -- Those that are free; the rest comes next time: a heartbeat waits for nobody's rows.
    select array_agg(conversation_id) into v_ids from (
        select c.conversation_id from parlor.conversations c
        where c.conversation_id = any (v_ids) order by c.conversation_id for no key update skip locked
    ) locked;
    with gone as (
        delete from parlor.leases l
        where l.conversation_id = any (v_ids) and l.holder = p_holder and l.granted_at <= v_before
            and l.token <> all (p_known)
        returning l.conversation_id
    )
    select coalesce(array_agg(conversation_id), '{}') into v_turns from gone;
    -- Only the messages of the lease carry marks that it made: the head's attempt, or the group's flag.
    update parlor.inbox i
    set attempts = case when i.grouped then i.attempts else greatest(i.attempts - 1, 0) end, grouped = false
    where i.conversation_id = any (v_turns)
        and (i.grouped or i.number = (select min(h.number) from parlor.inbox h where h.conversation_id = i.conversation_id));
    perform parlor._wait_for_turns(v_turns);

    with gone as (
        delete from parlor.delivery_leases l
        where l.conversation_id = any (v_ids) and l.holder = p_holder and l.granted_at <= v_before
            and l.token <> all (p_known)
        returning l.conversation_id
    )
    select coalesce(array_agg(conversation_id), '{}') into v_deliveries from gone;
    update parlor.deliveries d set attempts = d.attempts - 1
    from (
        select distinct on (d.conversation_id) d.conversation_id, d.turn from parlor.deliveries d
        where d.conversation_id = any (v_deliveries) order by d.conversation_id, d.number
    ) h
    where d.conversation_id = h.conversation_id and d.turn = h.turn and d.attempts > 0;
    perform parlor._wait_for_deliveries(v_deliveries);
    return cardinality(v_turns) + cardinality(v_deliveries);
end
$$;

-- Leaves conversations that still have messages to be claimed by anyone, and says so once.
-- Caller: functions that hold the conversations' row locks and have removed their leases.
create or replace function parlor._wait_for_turns(p_conversation_ids bigint[])
returns void
language plpgsql
security definer set search_path = ''
as $$
begin
    insert into parlor.waiting (conversation_id, lane)
    select c.conversation_id, b.lane
    from parlor.conversations c
    join parlor.bots b on b.bot_id = c.bot_id
    where c.conversation_id = any (p_conversation_ids)
        and (select 1 from parlor.inbox i where i.conversation_id = c.conversation_id limit 1) is not null
        and (select 1 from parlor.leases l where l.conversation_id = c.conversation_id limit 1) is null
    on conflict (conversation_id) do nothing;
    if found then
        perform pg_notify('parlor', 'turns');
    end if;
end
$$;

-- Leaves conversations that still have deliveries to be claimed by anyone. Caller: as above.
create or replace function parlor._wait_for_deliveries(p_conversation_ids bigint[])
returns void
language plpgsql
security definer set search_path = ''
as $$
begin
    insert into parlor.delivery_waiting (conversation_id)
    select c.conversation_id
    from unnest(p_conversation_ids) as c (conversation_id)
    where (select 1 from parlor.deliveries d where d.conversation_id = c.conversation_id limit 1) is not null
        and (select 1 from parlor.delivery_leases l where l.conversation_id = c.conversation_id limit 1) is null
    on conflict (conversation_id) do nothing;
    if found then
        perform pg_notify('parlor', 'deliveries');
    end if;
end
$$;

-- Frees what dead holders held. An attempt to send that was under way is unknown from now on.
-- Returns how many turns and deliveries were taken over. Locks: conversations, those that are free; the rest comes next time.
create or replace function parlor.reap_leases()
returns table (turns integer, deliveries integer)
language plpgsql
security definer set search_path = ''
as $$
#variable_conflict use_column
declare
    v_now timestamptz := clock_timestamp();
    v_dead uuid[];
    v_ids bigint[];
    v_freed bigint[];
begin
    turns := 0;
    deliveries := 0;
    select array_agg(h.holder) into v_dead from parlor.holders h where h.turns_expire_at <= v_now;
    if v_dead is null then
        return next;
        return;
    end if;
    select array_agg(l.conversation_id) into v_ids from (
        select l.conversation_id from parlor.leases l where l.holder = any (v_dead)
        union
        select l.conversation_id from parlor.delivery_leases l
        join parlor.holders h using (holder) where h.deliveries_expire_at <= v_now
    ) l;
    if v_ids is not null then
        select array_agg(conversation_id) into v_ids from (
            select c.conversation_id from parlor.conversations c
            where c.conversation_id = any (v_ids) order by c.conversation_id for no key update skip locked
        ) locked;
    end if;
    if v_ids is not null then
        with gone as (
            delete from parlor.leases l using parlor.holders h
            where l.conversation_id = any (v_ids) and h.holder = l.holder and h.turns_expire_at <= v_now
            returning l.conversation_id
        )
        select coalesce(array_agg(conversation_id), '{}') into v_freed from gone;
        turns := cardinality(v_freed);
        perform parlor._wait_for_turns(v_freed);
        -- What was played alone more than once is suspect: scattered, so that the one that kills its process does not take the
        -- same companions with it each time, until they are parked with it.
        update parlor.waiting w
        set due_at = v_now + random() * least(30, 2 ^ h.attempts) * interval '1 second'
        from (
            select distinct on (i.conversation_id) i.conversation_id, i.attempts from parlor.inbox i
            where i.conversation_id = any (v_freed) order by i.conversation_id, i.number
        ) h
        where w.conversation_id = h.conversation_id and h.attempts >= 2;

        with gone as (
            delete from parlor.delivery_leases l using parlor.holders h
            where l.conversation_id = any (v_ids) and h.holder = l.holder and h.deliveries_expire_at <= v_now
            returning l.conversation_id
        )
        select coalesce(array_agg(conversation_id), '{}') into v_freed from gone;
        deliveries := cardinality(v_freed);
        update parlor.deliveries d set unknowns = d.unknowns + 1
        from (
            select distinct on (d.conversation_id) d.conversation_id, d.turn, d.attempts from parlor.deliveries d
            where d.conversation_id = any (v_freed) order by d.conversation_id, d.number
        ) h
        where d.conversation_id = h.conversation_id and d.turn = h.turn and d.attempts > 0;
        perform parlor._wait_for_deliveries(v_freed);
    end if;
    delete from parlor.holders h
    where h.turns_expire_at <= v_now and h.deliveries_expire_at <= v_now
        and not exists (select 1 from parlor.leases l where l.holder = h.holder)
        and not exists (select 1 from parlor.delivery_leases l where l.holder = h.holder);
    return next;
end
$$;
