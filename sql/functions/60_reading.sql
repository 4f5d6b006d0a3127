-- Reading: what players and operators look at. Nothing here locks or changes anything.

-- The conversation at an address, or null.
create or replace function parlor.find_conversation(p_bot_id bigint, p_address text)
returns bigint
language sql stable
security definer set search_path = ''
as $$
    select c.conversation_id from parlor.conversations c where c.bot_id = p_bot_id and c.address = p_address
$$;

-- Replies of a conversation after a number, ascending.
create or replace function parlor.read_replies(p_conversation_id bigint, p_after bigint, p_limit integer)
returns table (number bigint, reply text, begun_ms bigint)
language sql stable
security definer set search_path = ''
as $$
    select l.number, l.body::text, (extract(epoch from l.begun_at) * 1000)::bigint
    from parlor.log l
    where l.conversation_id = p_conversation_id and l.position > p_after and l.direction = 'out'
    order by l.position
    limit p_limit
$$;

-- The last messages and replies of a conversation, in the order to show.
create or replace function parlor.read_history(p_conversation_id bigint, p_limit integer)
returns table (direction text, number bigint, body text, begun_ms bigint)
language sql stable
security definer set search_path = ''
as $$
    select h.direction, h.number, h.body::text, (extract(epoch from h.begun_at) * 1000)::bigint
    from (
        select l.direction, l.number, l.position, l.body, l.begun_at
        from parlor.log l
        where l.conversation_id = p_conversation_id
        order by l.position desc, (l.direction = 'in')::int desc, l.number desc
        limit p_limit
    ) h
    order by h.position, (h.direction = 'in')::int, h.number
$$;

-- A conversation's played messages after (p_position, p_number), in their order, each with all that playing it again needs and
-- the replies that it had: a null reply is one that is not kept any more. Parked messages are among them; what is said
-- about those is their reply. p_position and p_number are those of the last row had, 0 at first.
create or replace function parlor.read_log(p_conversation_id bigint, p_position bigint, p_number bigint, p_limit integer)
returns table (
    number bigint, log_position bigint, outcome text, message text, seed bigint, accepted_ms bigint, given text,
    replies text[])
language sql stable
security definer set search_path = ''
as $$
    with page as (
        select l.number, l.position, l.outcome, l.body, l.seed, l.begun_at, l.given
        from parlor.log l
        where l.conversation_id = p_conversation_id and l.direction = 'in' and l.position >= p_position
            and l.number > p_number
        order by l.position, l.number
        limit p_limit + 1
    ), spans as (
        select p.*, coalesce(lead(p.position) over (order by p.number), c.reply_count) as last_reply,
            row_number() over (order by p.number) as place
        from page p
        join parlor.conversations c on c.conversation_id = p_conversation_id
    )
    select s.number, s.position, s.outcome, s.body::text, s.seed, (extract(epoch from s.begun_at) * 1000)::bigint,
        s.given::text,
        array(
            select coalesce(l.body, d.reply)::text
            from generate_series(s.position + 1, s.last_reply) as n (number)
            left join parlor.log l on l.conversation_id = p_conversation_id and l.position = n.number
                and l.direction = 'out' and l.number = n.number
            left join parlor.deliveries d on d.conversation_id = p_conversation_id and d.number = n.number
            order by n.number)
    from spans s
    where s.place <= p_limit
    order by s.number
$$;

-- The bot of a conversation and its platform; no row where there is no such conversation.
create or replace function parlor.find_bot(p_conversation_id bigint)
returns table (name text, platform text)
language sql stable
security definer set search_path = ''
as $$
    select b.name, b.platform
    from parlor.conversations c
    join parlor.bots b on b.bot_id = c.bot_id
    where c.conversation_id = p_conversation_id
$$;

-- How much waits and for how long, for metrics and doctor. kind 'turns' by lane, 'deliveries' by platform, 'deeds', 'parked',
-- 'dead_letters' and 'quarantined' in all.
create or replace function parlor.queue_stats()
returns table (kind text, label text, depth bigint, oldest_s double precision)
language sql stable
security definer set search_path = ''
as $$
    select 'turns', b.lane, sum(q.depth)::bigint,
        coalesce(extract(epoch from clock_timestamp() - min(q.oldest_at)), 0)::double precision
    from (
        select i.conversation_id, count(*) as depth, min(i.accepted_at) as oldest_at
        from parlor.inbox i
        group by i.conversation_id
    ) q
    join parlor.conversations c on c.conversation_id = q.conversation_id
    join parlor.bots b on b.bot_id = c.bot_id
    group by b.lane
    union all
    select 'deliveries', b.platform, sum(q.depth)::bigint,
        coalesce(extract(epoch from clock_timestamp() - min(q.oldest_at)), 0)::double precision
    from (
        select d.conversation_id, count(*) as depth, min(d.created_at) as oldest_at
        from parlor.deliveries d
        group by d.conversation_id
    ) q
    join parlor.conversations c on c.conversation_id = q.conversation_id
    join parlor.bots b on b.bot_id = c.bot_id
    group by b.platform
    union all
    select 'deeds', '', count(*),
        coalesce(extract(epoch from clock_timestamp() - (
            select d.done_at from parlor.deeds d order by d.deed_id limit 1)), 0)::double precision
    from parlor.deeds
    union all
    select 'parked', '', count(*), 0::double precision from parlor.parked
    union all
    select 'dead_letters', '', count(*), 0::double precision from parlor.dead_letters
    union all
    select 'quarantined', '', count(*), 0::double precision from parlor.quarantine
$$;

-- The newest quarantined events, without their content.
create or replace function parlor.list_quarantine(p_limit integer)
returns table (quarantine_id bigint, bot text, platform text, path text, error text, bytes integer, received_at timestamptz)
language sql stable
security definer set search_path = ''
as $$
    select q.quarantine_id, b.name, b.platform, q.path, q.error, octet_length(q.event), q.received_at
    from parlor.quarantine q
    join parlor.bots b on b.bot_id = q.bot_id
    order by q.quarantine_id desc
    limit p_limit
$$;

-- The newest parked messages, without their content.
create or replace function parlor.list_parked(p_limit integer)
returns table (conversation_id bigint, number bigint, bot text, error text, attempts smallint, parked_at timestamptz)
language sql stable
security definer set search_path = ''
as $$
    select p.conversation_id, p.number, b.name, p.error, p.attempts, p.parked_at
    from parlor.parked p
    join parlor.conversations c on c.conversation_id = p.conversation_id
    join parlor.bots b on b.bot_id = c.bot_id
    order by p.parked_at desc
    limit p_limit
$$;

-- The newest dead letters, without their content.
create or replace function parlor.list_dead_letters(p_limit integer)
returns table (
    conversation_id bigint, number bigint, bot text, platform text, reason text, attempts smallint, unknowns smallint,
    died_at timestamptz)
language sql stable
security definer set search_path = ''
as $$
    select d.conversation_id, d.number, b.name, b.platform, d.reason, d.attempts, d.unknowns, d.died_at
    from parlor.dead_letters d
    join parlor.conversations c on c.conversation_id = d.conversation_id
    join parlor.bots b on b.bot_id = c.bot_id
    order by d.died_at desc
    limit p_limit
$$;

-- The number of the newest migration applied.
create or replace function parlor.schema_version()
returns integer
language sql stable
security definer set search_path = ''
as $$
    select coalesce(max(m.version), 0)::integer from parlor.schema_migrations m
$$;

-- Whether the database takes writes: a standby or a read-only session answers false.
create or replace function parlor.is_writable()
returns boolean
language sql stable
security definer set search_path = ''
as $$
    select not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off'
$$;
