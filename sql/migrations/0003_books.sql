-- The books: what turns add beyond their conversation (deeds), and what is made of it: tables of points, ratings, reported
-- clues, the articles of a day. And what a turn was given from outside, so that it can be played again.

-- What a turn got from outside besides session and message, where it got anything. Without a default no row is rewritten.
alter table parlor.log add column given jsonb;

-- It is made anew with three more arguments, which is another function. Cores of before commit nothing from here on: they would
-- take sessions that they do not know for broken ones.
-- squawk-ignore ban-drop-function
drop function if exists parlor.finish_turns(
    uuid, boolean, bigint[], bigint[], bigint[], text[], bigint[], bigint[], text[], bigint[], bigint[], text[], text[],
    bigint[], text[], bigint[], text[]);

-- Deeds committed with their turn and not yet booked. One folder at a time takes them out, the oldest first.
create table parlor.deeds (
    deed_id bigint generated always as identity,
    conversation_id bigint not null,
    bot_id bigint not null,
    -- A Deed, by its "kind".
    deed jsonb not null,
    done_at timestamptz not null,
    constraint deeds_pkey primary key (deed_id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

-- Players who agreed to be on their bot's table, and all that they won since.
create table parlor.standings (
    bot_id bigint not null,
    player text not null,
    -- As they wish to be called there.
    name text not null,
    points bigint not null default 0,
    -- Rounds won.
    wins bigint not null default 0,
    agreed_at timestamptz not null default clock_timestamp(),
    constraint standings_pkey primary key (bot_id, player)
) with (fillfactor = 80);
create index standings_best on parlor.standings (bot_id, points desc);

-- The same by UTC day, for the tables of the day and of the week.
create table parlor.daily_points (
    bot_id bigint not null,
    day date not null,
    player text not null,
    points bigint not null,
    wins bigint not null,
    constraint daily_points_pkey primary key (bot_id, day, player)
) with (fillfactor = 80);
create index daily_points_day on parlor.daily_points (day);
create index daily_points_best on parlor.daily_points (bot_id, day, points desc, wins desc);

-- How strong a player is: the rating of the person who has an even chance against an article of the same rating.
create table parlor.player_ratings (
    bot_id bigint not null,
    player text not null,
    rating double precision not null,
    games bigint not null,
    constraint player_ratings_pkey primary key (bot_id, player)
) with (fillfactor = 80);

-- How hard an article is, learned from play. By title: a new build numbers the articles anew.
create table parlor.article_ratings (
    language text not null,
    title text not null,
    rating double precision not null,
    games bigint not null,
    updated_at timestamptz not null,
    constraint article_ratings_pkey primary key (language, title)
) with (fillfactor = 80);
create index article_ratings_updated_at on parlor.article_ratings (language, updated_at);

-- Who found which clue bad, once a person. Bot 0 with an empty reporter stands for all who were forgotten since.
create table parlor.clue_reports (
    language text not null,
    title text not null,
    -- SHA-256 of the clue: a clue itself may be too long for an index.
    clue_hash bytea not null,
    bot_id bigint not null,
    reporter text not null,
    clue text not null,
    reported_at timestamptz not null,
    constraint clue_reports_pkey primary key (language, title, clue_hash, bot_id, reporter)
);
create index clue_reports_reporter on parlor.clue_reports (bot_id, reporter);

-- The articles of a UTC day, the same for all from the first who asked.
create table parlor.daily_sets (
    day date not null,
    language text not null,
    titles text[] not null,
    frozen_at timestamptz not null default clock_timestamp(),
    constraint daily_sets_pkey primary key (day, language)
);
