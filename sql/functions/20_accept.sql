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
    -- By the messages' place in the call:
    v_ids bigint[];
    v_slots integer[];
    v_places integer[];
    -- By slot, a conversation with new messages each, in the order of their ids:
    v_slot_ids bigint[];
    v_counts bigint[];
    v_bases bigint[];
    v_tokens bigint[];
begin
    insert into parlor.conversations (bot_id, address)
    select distinct i.bot_id, i.address
    from unnest(p_bot_ids, p_addresses) as i (bot_id, address)
    join parlor.bots b on b.bot_id = i.bot_id
    where (
        select 1 from parlor.conversations c where c.bot_id = i.bot_id and c.address = i.address limit 1) is null
    order by i.bot_id, i.address
    on conflict on constraint conversations_address_key do nothing;

    select array_agg(
        (select c.conversation_id from parlor.conversations c where c.bot_id = i.bot_id and c.address = i.address)
        order by i.ordinal) into v_ids
    from unnest(p_bot_ids, p_addresses) with ordinality as i (bot_id, address, ordinal);
    if array_position(v_ids, null) is not null then
        raise exception 'unknown bot %', p_bot_ids[array_position(v_ids, null)] using errcode = 'PL001';
    end if;

    perform 1 from parlor.conversations c
    where c.conversation_id = any (v_ids) order by c.conversation_id for no key update;

    v_now := clock_timestamp();

    -- Which messages are new. A key belongs to one conversation, whose row is locked: looking is safe. A slot and a place are
    -- given to each; null: seen before. Arrays, not joins: a batch joined with itself costs its square.
    select array_agg(n.slot order by n.ordinal), array_agg(n.place order by n.ordinal) into v_slots, v_places
    from (
        select f.ordinal,
            case when f.first then dense_rank() over (partition by f.first order by f.conversation_id) end as slot,
            case when f.first then row_number() over (partition by f.first, f.conversation_id order by f.ordinal) end as place
        from (
            select i.ordinal, v_ids[i.ordinal] as conversation_id,
                row_number() over (partition by i.bot_id, i.dedupe_key order by i.ordinal) = 1
                and (
                    select 1 from parlor.dedupe_keys k
                    where k.bot_id = i.bot_id and k.dedupe_key = i.dedupe_key limit 1) is null as first
            from unnest(p_bot_ids, p_dedupe_keys) with ordinality as i (bot_id, dedupe_key, ordinal)
        ) f
    ) n;
    select array_agg(s.conversation_id order by s.slot), array_agg(s.count order by s.slot) into v_slot_ids, v_counts
    from (
        select u.slot, min(v_ids[u.ordinal]) as conversation_id, count(*) as count
        from unnest(v_slots) with ordinality as u (slot, ordinal)
        where u.slot is not null
        group by u.slot
    ) s;

    if v_slot_ids is not null then
        insert into parlor.dedupe_keys (bot_id, dedupe_key, seen_at)
        select p_bot_ids[u.ordinal], p_dedupe_keys[u.ordinal], v_now
        from unnest(v_slots) with ordinality as u (slot, ordinal)
        where u.slot is not null
        order by 1, 2;

        with counted as (
            update parlor.conversations c
            set message_count = c.message_count + s.count
            from unnest(v_slot_ids, v_counts) as s (conversation_id, count)
            where c.conversation_id = s.conversation_id
            returning c.conversation_id, c.message_count - s.count as base
        )
        select array_agg(c.base order by c.conversation_id) into v_bases from counted c;

        -- A lease only where nothing is unplayed, leased or due: nobody is overtaken. The limits keep these look-ups by key,
        -- whatever the planner thought of the tables when they were empty.
        select array_agg(
            case
                when exists (select 1 from parlor.holders h where h.holder = p_holder and h.turns_expire_at > v_now)
                    and (select 1 from parlor.leases l where l.conversation_id = s.conversation_id limit 1) is null
                    and (select 1 from parlor.waiting w where w.conversation_id = s.conversation_id limit 1) is null
                    and (select 1 from parlor.inbox i where i.conversation_id = s.conversation_id limit 1) is null
                    and (
                        select 1 from parlor.timers t
                        where t.conversation_id = s.conversation_id and t.due_at <= v_now limit 1) is null
                then nextval('parlor.lease_tokens')
            end
            order by s.slot) into v_tokens
        from unnest(v_slot_ids) with ordinality as s (conversation_id, slot);

        insert into parlor.leases (conversation_id, token, holder)
        select s.conversation_id, s.token, p_holder
        from unnest(v_slot_ids, v_tokens) as s (conversation_id, token)
        where s.token is not null;

        insert into parlor.inbox (conversation_id, number, message, seed, attempts, grouped, accepted_at)
        select v_ids[i.ordinal], v_bases[i.slot] + i.place, i.message::jsonb, i.seed,
            (v_tokens[i.slot] is not null and v_counts[i.slot] = 1)::int,
            v_tokens[i.slot] is not null and v_counts[i.slot] > 1, v_now
        from unnest(v_slots, v_places, p_messages, p_seeds) with ordinality as i (slot, place, message, seed, ordinal)
        where i.slot is not null;

        if array_position(v_tokens, null) is not null then
            insert into parlor.waiting (conversation_id, lane, due_at)
            select s.conversation_id, b.lane, v_now
            from unnest(v_slot_ids, v_tokens) as s (conversation_id, token)
            join parlor.conversations c on c.conversation_id = s.conversation_id
            join parlor.bots b on b.bot_id = c.bot_id
            where s.token is null
                and (select 1 from parlor.leases l where l.conversation_id = s.conversation_id limit 1) is null
            on conflict (conversation_id) do nothing;
            if found then
                perform pg_notify('parlor', 'turns');
            end if;
        end if;
    end if;

    return query
    select r.ordinal::integer, r.conversation_id, v_bases[r.slot] + r.place, (extract(epoch from v_now) * 1000)::bigint,
        v_tokens[r.slot], coalesce(r.version, 0),
        case when r.total <= 49152 then r.document end, coalesce(r.total > 49152, false)
    from (
        select i.ordinal, v_ids[i.ordinal] as conversation_id, i.slot, i.place, s.version, s.document,
            sum(octet_length(s.document)) over (order by i.ordinal) as total
        from unnest(v_slots, v_places) with ordinality as i (slot, place, ordinal)
        left join lateral (
            select o.version, o.document::text as document
            from parlor.sessions o
            where i.place = 1 and v_tokens[i.slot] is not null and o.conversation_id = v_ids[i.ordinal]
        ) s on true
    ) r
    order by r.ordinal;
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
declare
    v_id bigint;
begin
    update parlor.conversations c
    set address = p_new_address
    where c.bot_id = p_bot_id and c.address = p_old_address
        and not exists (
            select 1 from parlor.conversations o where o.bot_id = p_bot_id and o.address = p_new_address)
    returning c.conversation_id into v_id;
    -- Messages have other numbers there.
    delete from parlor.boards b where b.conversation_id = v_id;
    return v_id is not null;
exception when unique_violation then
    return false;
end
$$;
