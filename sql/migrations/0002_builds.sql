-- The article builds: which one is current in each language, and which ones each core holds open.

-- What the command line announced after publishing. A hint that makes every core look, and the truth where a network file
-- system still shows it yesterday's directory: a row a language.
create table parlor.builds (
    language text not null,
    build_id text not null,
    announced_at timestamptz not null default clock_timestamp(),
    constraint builds_pkey primary key (language),
    constraint builds_language_length check (length(language) between 1 and 40),
    constraint builds_build_id_length check (length(build_id) between 1 and 200)
);

-- Builds that the process has open, or is about to open: nobody may remove them from the store. In the holder's row, so that
-- they are gone with it. A constant default rewrites no rows.
alter table parlor.holders add column builds text[] not null default '{}';
