-- The way of a message in tables: bots, conversations, what waits, who works, what was said.
--
-- Lock order, everywhere: conversation rows by conversation_id, then whatever belongs to them. A function locks in one
-- statement and reads in the next. Hot tables carry no foreign keys: the functions below are their only writers, they
-- hold the conversation's row lock, and conversations are never deleted while anything of theirs waits.

create table parlor.bots (
    bot_id bigint generated always as identity primary key,
    name text not null constraint bots_name_form check (name ~ '^[a-z0-9-]{1,40}$'),
    platform text not null,
    game text not null,
    language text not null,
    lane text not null,
    api_base text,
    -- Encrypted by the application with a key that never reaches the database.
    credentials bytea not null,
    -- Nothing is sent: players read the replies from the log.
    pulls boolean not null,
    -- How many replies of one turn one request may carry.
    replies_per_call smallint not null constraint bots_replies_per_call_positive check (replies_per_call >= 1),
    updated_at timestamptz not null default clock_timestamp(),
    constraint bots_name_key unique (name)
);

create table parlor.conversations (
    conversation_id bigint generated always as identity primary key,
    bot_id bigint not null references parlor.bots,
    -- The platform's chat id, with the topic or thread where the platform has them.
    address text not null constraint conversations_address_length check (length(address) between 1 and 300),
    -- Number of the newest message. A counter on the locked row: a sequence would strand messages.
    message_count bigint not null default 0,
    -- Number of the newest reply.
    reply_count bigint not null default 0,
    created_at timestamptz not null default clock_timestamp(),
    constraint conversations_address_key unique (bot_id, address)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

create table parlor.sessions (
    conversation_id bigint primary key,
    -- Raised by one with every finished turn: the second half of the fence.
    version bigint not null,
    -- {"game": name, "version": shape of the state, "state": {...}}
    document jsonb not null,
    updated_at timestamptz not null default clock_timestamp()
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

-- Every dedupe key seen, kept 8 days at least (the longest platform retries for 7).
create table parlor.dedupe_keys (
    bot_id bigint not null,
    dedupe_key text not null constraint dedupe_keys_length check (length(dedupe_key) between 1 and 300),
    seen_at timestamptz not null default clock_timestamp(),
    primary key (bot_id, dedupe_key)
);
-- Rows arrive in the order of time, so a small block-range index finds the old ones.
create index dedupe_keys_seen_at on parlor.dedupe_keys using brin (seen_at) with (pages_per_range = 16);

-- Messages accepted and not yet played.
create table parlor.inbox (
    conversation_id bigint not null,
    number bigint not null,
    message jsonb not null,
    -- The turn's randomness, fixed here so that the turn can be replayed.
    seed bigint not null,
    -- Leases granted to play this message alone.
    attempts smallint not null default 0,
    -- Was handed out together with others; after an unclean end it is played alone.
    grouped boolean not null default false,
    -- Name of the timer that this is, for cancelling.
    timer text,
    accepted_at timestamptz not null default clock_timestamp(),
    primary key (conversation_id, number)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
        autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 100000);

-- Conversations that have messages and nobody who plays them. Invariant: a row in inbox has a row here or in leases.
create table parlor.waiting (
    conversation_id bigint primary key,
    lane text not null,
    due_at timestamptz not null default clock_timestamp()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
create index waiting_due_at on parlor.waiting (due_at);

-- Processes at work, by their random incarnation. A lease lives as long as its holder; a heartbeat renews one row.
create table parlor.holders (
    holder uuid primary key,
    turns_expire_at timestamptz not null,
    deliveries_expire_at timestamptz not null
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

create sequence parlor.lease_tokens cache 1;

-- The right to play a conversation.
create table parlor.leases (
    conversation_id bigint primary key,
    -- The fence: a commit names it, and it is never given twice.
    token bigint not null,
    holder uuid not null,
    granted_at timestamptz not null default clock_timestamp()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

create table parlor.timers (
    conversation_id bigint not null,
    name text not null,
    due_at timestamptz not null,
    -- The TIMER message that it becomes.
    message jsonb not null,
    primary key (conversation_id, name)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
create index timers_due_at on parlor.timers (due_at);

-- Replies committed and not yet sent.
create table parlor.deliveries (
    conversation_id bigint not null,
    number bigint not null,
    -- The message that it answers.
    turn bigint not null,
    reply jsonb not null,
    origin jsonb not null,
    -- The same for every attempt: the platform's idempotency key where it has one.
    key uuid not null,
    -- Attempts marked, each before its POST.
    attempts smallint not null default 0,
    -- Attempts whose outcome nobody knows.
    unknowns smallint not null default 0,
    created_at timestamptz not null default clock_timestamp(),
    primary key (conversation_id, number)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
        autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 100000);

-- Conversations with deliveries and nobody who sends them. Invariant as for inbox.
create table parlor.delivery_waiting (
    conversation_id bigint primary key,
    due_at timestamptz not null default clock_timestamp()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
create index delivery_waiting_due_at on parlor.delivery_waiting (due_at);

-- The right to send a conversation's replies.
create table parlor.delivery_leases (
    conversation_id bigint primary key,
    token bigint not null,
    holder uuid not null,
    granted_at timestamptz not null default clock_timestamp()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

-- Bots whose platform asked for a pause.
create table parlor.delivery_pauses (
    bot_id bigint primary key,
    until timestamptz not null
);

-- Everything said, both ways, by month.
create table parlor.log (
    conversation_id bigint not null,
    -- 'in': number is the message's; 'out': number is the reply's.
    direction text not null constraint log_direction_known check (direction in ('in', 'out')),
    number bigint not null,
    -- Replies of the conversation up to here: orders messages and replies together.
    position bigint not null,
    kind text not null,
    -- A message: the turn's outcome, or 'parked'. A reply: 'delivered', 'shown', 'refused', 'unknown', 'exhausted'.
    outcome text not null,
    body jsonb not null,
    seed bigint,
    attempts smallint not null default 1,
    unknowns smallint not null default 0,
    -- The platform's id of the reply.
    message_id text,
    -- When the message was accepted, or the reply committed.
    begun_at timestamptz not null,
    logged_at timestamptz not null default clock_timestamp()
) partition by range (logged_at);
create index log_conversation on parlor.log (conversation_id, position);
create table parlor.log_default partition of parlor.log default;

-- Messages whose turn failed five times.
create table parlor.parked (
    conversation_id bigint not null,
    number bigint not null,
    message jsonb not null,
    seed bigint not null,
    error text not null,
    attempts smallint not null,
    parked_at timestamptz not null default clock_timestamp(),
    primary key (conversation_id, number)
);

-- Replies that no platform will take.
create table parlor.dead_letters (
    conversation_id bigint not null,
    number bigint not null,
    reply jsonb not null,
    reason text not null,
    attempts smallint not null,
    unknowns smallint not null,
    died_at timestamptz not null default clock_timestamp(),
    primary key (conversation_id, number)
);

-- Signed events of a shape that could not be read.
create table parlor.quarantine (
    quarantine_id bigint generated always as identity primary key,
    bot_id bigint not null references parlor.bots,
    path text not null,
    error text not null,
    -- As it came, which need not be text.
    event bytea not null,
    received_at timestamptz not null default clock_timestamp()
);

-- Display names that events lack, looked up once. A null name: asked, and nobody knew.
create table parlor.sender_names (
    bot_id bigint not null references parlor.bots,
    sender text not null,
    name text,
    looked_up_at timestamptz not null default clock_timestamp(),
    primary key (bot_id, sender)
);
