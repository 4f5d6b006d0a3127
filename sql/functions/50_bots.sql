-- Bots and the names of who writes to them.

-- Makes or changes bots by name. Returns their ids. Idempotent. Locks: bot rows by name.
create or replace function parlor.upsert_bots(
    p_names text[], p_platforms text[], p_games text[], p_languages text[], p_lanes text[], p_api_bases text[],
    p_credentials bytea[], p_pulls boolean[], p_replies_per_call smallint[])
returns table (bot_id bigint, name text)
language plpgsql
security definer set search_path = ''
as $$
#variable_conflict use_column
begin
    return query
    insert into parlor.bots as b (
        name, platform, game, language, lane, api_base, credentials, pulls, replies_per_call)
    select n.name, n.platform, n.game, n.language, n.lane, n.api_base, n.credentials, n.pulls, n.replies_per_call
    from unnest(p_names, p_platforms, p_games, p_languages, p_lanes, p_api_bases, p_credentials, p_pulls, p_replies_per_call)
        as n (name, platform, game, language, lane, api_base, credentials, pulls, replies_per_call)
    order by n.name
    on conflict on constraint bots_name_key do update
    set platform = excluded.platform, game = excluded.game, language = excluded.language, lane = excluded.lane,
        api_base = excluded.api_base, credentials = excluded.credentials, pulls = excluded.pulls,
        replies_per_call = excluded.replies_per_call, updated_at = clock_timestamp()
    returning b.bot_id, b.name;
end
$$;

-- All bots, credentials still encrypted.
create or replace function parlor.list_bots()
returns table (
    bot_id bigint, name text, platform text, game text, language text, lane text, api_base text, credentials bytea)
language sql stable
security definer set search_path = ''
as $$
    select b.bot_id, b.name, b.platform, b.game, b.language, b.lane, b.api_base, b.credentials
    from parlor.bots b order by b.name
$$;

-- Display names looked up before; a null name: asked, and nobody knew. Names older than 7 days, unknown ones older than an
-- hour, are left out, to be asked again.
create or replace function parlor.find_names(p_bot_ids bigint[], p_senders text[])
returns table (bot_id bigint, sender text, name text)
language sql stable
security definer set search_path = ''
as $$
    select n.bot_id, n.sender, n.name
    from unnest(p_bot_ids, p_senders) as w (bot_id, sender)
    join parlor.sender_names n on n.bot_id = w.bot_id and n.sender = w.sender
    where n.looked_up_at > clock_timestamp() - case when n.name is null then interval '1 hour' else interval '7 days' end
$$;

-- Keeps looked-up names. Idempotent.
create or replace function parlor.remember_names(p_bot_ids bigint[], p_senders text[], p_names text[])
returns void
language sql
security definer set search_path = ''
as $$
    insert into parlor.sender_names (bot_id, sender, name)
    select distinct on (n.bot_id, n.sender) n.bot_id, n.sender, n.name
    from unnest(p_bot_ids, p_senders, p_names) as n (bot_id, sender, name)
    order by n.bot_id, n.sender
    on conflict (bot_id, sender) do update set name = excluded.name, looked_up_at = clock_timestamp()
$$;
