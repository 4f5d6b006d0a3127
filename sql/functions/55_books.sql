-- The books: deeds folded into points, ratings and reports, and what games and operators read there.
-- A long file because of fold_deeds: each deed is booked once, so all books are written in one function.

-- Books the oldest deeds, at most p_limit. Returns how many; 0 also when another caller is at it.
-- Each deed counts once: it leaves the queue in the transaction that books it. The result is the same however the deeds are cut
-- into calls, but for ratings, where all results of one call count by the ratings as they were before it.
-- Points of players who have not agreed by then are dropped. A player's latest 'forgotten' ends all that came before it.
-- Ratings: Elo (Arpad E. Elo, The Rating of Chessplayers, Past and Present, 1978). A player meets an article: expected =
-- 1 / (1 + 10 ^ ((article - player) / 400)), both move by K (result - expected), K = 24. Players start at 1500, articles at
-- 1500 + (level - 50) * 8. Of n results of one call the sum is divided by 1 + (n - 1) K ln(10) / 1600, where ln(10) / 1600 is how
-- much a point of rating changes what is expected at most: so that many results at once move a rating to where they point,
-- as one after the other would, and never beyond it.
-- Caller: every core, every two seconds. Locks: an advisory one, so that there is one folder at a time, the others do not wait;
-- names by (bot, sender); the books' rows by their keys. Not idempotent: what was booked is gone from the queue.
create or replace function parlor.fold_deeds(p_limit integer)
returns integer
language plpgsql
security definer set search_path = ''
as $$
declare
    v_now timestamptz;
    -- The deeds, in their order.
    v_ids bigint[];
    v_bots bigint[];
    v_players text[];
    v_days date[];
    v_deeds jsonb[];
    -- Who is forgotten, and by which deed at last.
    v_gone_bots bigint[];
    v_gone_players text[];
    v_gone_ids bigint[];
    -- Who agrees, and by which deed first; who is forgotten later is left out.
    v_agreed_bots bigint[];
    v_agreed_players text[];
    v_agreed_ids bigint[];
    -- New player ratings.
    v_rated_bots bigint[];
    v_rated_players text[];
    v_ratings double precision[];
    v_games bigint[];
    -- Points that count.
    v_won_bots bigint[];
    v_won_players text[];
    v_won_days date[];
    v_points bigint[];
    v_wins bigint[];
begin
    if not pg_try_advisory_xact_lock(7255210, 2) then
        return 0;
    end if;
    v_now := clock_timestamp();
    with taken as (
        delete from parlor.deeds d
        where d.deed_id = any (array(select o.deed_id from parlor.deeds o order by o.deed_id limit p_limit))
        returning d.deed_id, d.bot_id, left(d.deed ->> 'player', 200) as player, d.done_at, d.deed
    )
    select array_agg(t.deed_id order by t.deed_id), array_agg(t.bot_id order by t.deed_id),
        array_agg(t.player order by t.deed_id), array_agg((t.done_at at time zone 'utc')::date order by t.deed_id),
        array_agg(t.deed order by t.deed_id)
    into v_ids, v_bots, v_players, v_days, v_deeds
    from taken t;
    if v_ids is null then
        return 0;
    end if;

    select coalesce(array_agg(g.bot_id), '{}'), coalesce(array_agg(g.player), '{}'), coalesce(array_agg(g.deed_id), '{}')
    into v_gone_bots, v_gone_players, v_gone_ids
    from (
        select d.bot_id, d.player, max(d.deed_id) as deed_id
        from unnest(v_ids, v_bots, v_players, v_deeds) as d (deed_id, bot_id, player, deed)
        where d.deed ->> 'kind' = 'forgotten'
        group by d.bot_id, d.player
    ) g;

    select coalesce(array_agg(a.bot_id), '{}'), coalesce(array_agg(a.player), '{}'), coalesce(array_agg(a.deed_id), '{}')
    into v_agreed_bots, v_agreed_players, v_agreed_ids
    from (
        select d.bot_id, d.player, min(d.deed_id) as deed_id
        from unnest(v_ids, v_bots, v_players, v_deeds) as d (deed_id, bot_id, player, deed)
        left join unnest(v_gone_bots, v_gone_players, v_gone_ids) as g (bot_id, player, deed_id)
            on g.bot_id = d.bot_id and g.player = d.player
        where d.deed ->> 'kind' = 'agreed' and coalesce(d.deed_id > g.deed_id, true)
        group by d.bot_id, d.player
    ) a;

    -- Ratings, before anybody is forgotten: what they taught about articles stays.
    with met as (
        select d.deed_id, d.bot_id, d.player, d.deed ->> 'language' as language, left(d.deed ->> 'title', 300) as title,
            least(1, greatest(0, coalesce((d.deed ->> 'result')::double precision, 0))) as result,
            least(100, greatest(1, coalesce((d.deed ->> 'level')::numeric, 50)))::double precision as level
        from unnest(v_ids, v_bots, v_players, v_deeds) as d (deed_id, bot_id, player, deed)
        where d.deed ->> 'kind' = 'solved'
    ), rated as (
        select m.bot_id, m.player, m.language, m.title, m.result,
            coalesce(a.rating, 1500 + (first_value(m.level) over (
                partition by m.language, m.title order by m.deed_id) - 50) * 8) as article,
            case when g.deed_id < m.deed_id then 1500 else coalesce(r.rating, 1500) end as rating,
            coalesce(g.deed_id > m.deed_id, false) as forgotten
        from met m
        left join parlor.article_ratings a on a.language = m.language and a.title = m.title
        left join parlor.player_ratings r on r.bot_id = m.bot_id and r.player = m.player
        left join unnest(v_gone_bots, v_gone_players, v_gone_ids) as g (bot_id, player, deed_id)
            on g.bot_id = m.bot_id and g.player = m.player
    ), moved as (
        select r.*, 24 * (r.result - 1 / (1 + power(10::double precision, (r.article - r.rating) / 400))) as delta
        from rated r
    ), articles as (
        insert into parlor.article_ratings as a (language, title, rating, games, updated_at)
        select m.language, m.title, min(m.article) - sum(m.delta) / (1 + (count(*) - 1) * 24 * ln(10) / 1600), count(*), v_now
        from moved m
        group by m.language, m.title
        order by m.language, m.title
        on conflict (language, title) do update
        set rating = excluded.rating, games = a.games + excluded.games, updated_at = v_now
    )
    select array_agg(p.bot_id), array_agg(p.player), array_agg(p.rating), array_agg(p.games)
    into v_rated_bots, v_rated_players, v_ratings, v_games
    from (
        select m.bot_id, m.player, count(*) as games,
            min(m.rating) + sum(m.delta) / (1 + (count(*) - 1) * 24 * ln(10) / 1600) as rating
        from moved m
        where not m.forgotten
        group by m.bot_id, m.player
    ) p;

    if cardinality(v_gone_ids) > 0 then
        delete from parlor.standings s using unnest(v_gone_bots, v_gone_players) as g (bot_id, player)
        where s.bot_id = g.bot_id and s.player = g.player;
        delete from parlor.daily_points p using unnest(v_gone_bots, v_gone_players) as g (bot_id, player)
        where p.bot_id = g.bot_id and p.player = g.player;
        delete from parlor.player_ratings r using unnest(v_gone_bots, v_gone_players) as g (bot_id, player)
        where r.bot_id = g.bot_id and r.player = g.player;
        -- Names are written by others too: locked in the order in which those lock.
        perform 1 from parlor.sender_names n
        join unnest(v_gone_bots, v_gone_players) as g (bot_id, player) on n.bot_id = g.bot_id and n.sender = g.player
        order by n.bot_id, n.sender for update of n;
        delete from parlor.sender_names n using unnest(v_gone_bots, v_gone_players) as g (bot_id, player)
        where n.bot_id = g.bot_id and n.sender = g.player;
        -- Their reports stay, nobody's now. All the forgotten count as one, so that nobody reports three times by being
        -- forgotten in between.
        with anonymous as (
            delete from parlor.clue_reports c using unnest(v_gone_bots, v_gone_players) as g (bot_id, player)
            where c.bot_id = g.bot_id and c.reporter = g.player
            returning c.language, c.title, c.clue_hash, c.clue, c.reported_at
        )
        insert into parlor.clue_reports (language, title, clue_hash, bot_id, reporter, clue, reported_at)
        select a.language, a.title, a.clue_hash, 0, '', min(a.clue), min(a.reported_at)
        from anonymous a
        group by a.language, a.title, a.clue_hash
        order by a.language, a.title, a.clue_hash
        on conflict (language, title, clue_hash, bot_id, reporter) do nothing;
    end if;

    insert into parlor.player_ratings as r (bot_id, player, rating, games)
    select p.bot_id, p.player, p.rating, p.games
    from unnest(v_rated_bots, v_rated_players, v_ratings, v_games) as p (bot_id, player, rating, games)
    order by p.bot_id, p.player
    on conflict (bot_id, player) do update set rating = excluded.rating, games = r.games + excluded.games;

    -- Points count from the moment of agreeing: before these deeds, or by an earlier one of them. Whoever was forgotten is not
    -- in the table any more.
    select array_agg(w.bot_id), array_agg(w.player), array_agg(w.day), array_agg(w.points), array_agg(w.wins)
    into v_won_bots, v_won_players, v_won_days, v_points, v_wins
    from (
        select d.bot_id, d.player, d.day,
            sum(least(1000000, greatest(0, coalesce((d.deed ->> 'points')::numeric, 0))))::bigint as points,
            count(*) filter (where (d.deed ->> 'won')::boolean) as wins
        from unnest(v_ids, v_bots, v_players, v_days, v_deeds) as d (deed_id, bot_id, player, day, deed)
        left join unnest(v_gone_bots, v_gone_players, v_gone_ids) as g (bot_id, player, deed_id)
            on g.bot_id = d.bot_id and g.player = d.player
        left join unnest(v_agreed_bots, v_agreed_players, v_agreed_ids) as a (bot_id, player, deed_id)
            on a.bot_id = d.bot_id and a.player = d.player
        where d.deed ->> 'kind' = 'scored' and coalesce(d.deed_id > g.deed_id, true)
            and (
                a.deed_id < d.deed_id
                or exists (select 1 from parlor.standings s where s.bot_id = d.bot_id and s.player = d.player))
        group by d.bot_id, d.player, d.day
    ) w;

    insert into parlor.standings as s (bot_id, player, name, agreed_at)
    select distinct on (d.bot_id, d.player) d.bot_id, d.player, left(coalesce(d.deed ->> 'name', ''), 60), v_now
    from unnest(v_ids, v_bots, v_players, v_deeds) as d (deed_id, bot_id, player, deed)
    left join unnest(v_gone_bots, v_gone_players, v_gone_ids) as g (bot_id, player, deed_id)
        on g.bot_id = d.bot_id and g.player = d.player
    where d.deed ->> 'kind' = 'agreed' and coalesce(d.deed_id > g.deed_id, true)
    order by d.bot_id, d.player, d.deed_id desc
    on conflict (bot_id, player) do update set name = excluded.name;

    update parlor.standings s
    set points = s.points + w.points, wins = s.wins + w.wins
    from (
        select t.bot_id, t.player, sum(t.points)::bigint as points, sum(t.wins)::bigint as wins
        from unnest(v_won_bots, v_won_players, v_points, v_wins) as t (bot_id, player, points, wins)
        group by t.bot_id, t.player
    ) w
    where s.bot_id = w.bot_id and s.player = w.player;

    insert into parlor.daily_points as p (bot_id, day, player, points, wins)
    select w.bot_id, w.day, w.player, w.points, w.wins
    from unnest(v_won_bots, v_won_days, v_won_players, v_points, v_wins) as w (bot_id, day, player, points, wins)
    order by w.bot_id, w.day, w.player
    on conflict (bot_id, day, player) do update
    set points = p.points + excluded.points, wins = p.wins + excluded.wins;

    insert into parlor.clue_reports (language, title, clue_hash, bot_id, reporter, clue, reported_at)
    select distinct on (r.language, r.title, r.clue_hash, r.bot_id, r.reporter)
        r.language, r.title, r.clue_hash, r.bot_id, r.reporter, r.clue, v_now
    from (
        select d.deed ->> 'language' as language, left(d.deed ->> 'title', 300) as title,
            sha256(convert_to(left(d.deed ->> 'clue', 2000), 'UTF8')) as clue_hash, left(d.deed ->> 'clue', 2000) as clue,
            case when g.deed_id > d.deed_id then 0 else d.bot_id end as bot_id,
            case when g.deed_id > d.deed_id then '' else d.player end as reporter
        from unnest(v_ids, v_bots, v_players, v_deeds) as d (deed_id, bot_id, player, deed)
        left join unnest(v_gone_bots, v_gone_players, v_gone_ids) as g (bot_id, player, deed_id)
            on g.bot_id = d.bot_id and g.player = d.player
        where d.deed ->> 'kind' = 'reported'
    ) r
    order by r.language, r.title, r.clue_hash, r.bot_id, r.reporter
    on conflict (language, title, clue_hash, bot_id, reporter) do nothing;

    return cardinality(v_ids);
end
$$;

-- The best ten of a bot among those who agreed to be shown. p_period: 'day' (UTC), 'week' (from Monday, UTC), 'all'.
-- Who has no points in it is left out. No locks. The best are found in an index, but for a week: its cost grows with the bot's
-- players of that week, some milliseconds for a thousand.
create or replace function parlor.standing(p_bot_id bigint, p_period text)
returns table (name text, points bigint, wins bigint)
language plpgsql stable
security definer set search_path = ''
as $$
#variable_conflict use_column
declare
    v_today date := (clock_timestamp() at time zone 'utc')::date;
begin
    if p_period = 'all' then
        return query
        select s.name, s.points, s.wins
        from parlor.standings s
        where s.bot_id = p_bot_id and s.points > 0
        order by s.points desc, s.wins desc, s.agreed_at, s.player
        limit 10;
    elsif p_period = 'day' then
        return query
        select s.name, b.points, b.wins
        from (
            select p.player, p.points, p.wins
            from parlor.daily_points p
            where p.bot_id = p_bot_id and p.day = v_today and p.points > 0
            order by p.points desc, p.wins desc
            fetch first 10 rows with ties
        ) b
        join parlor.standings s on s.bot_id = p_bot_id and s.player = b.player
        order by b.points desc, b.wins desc, s.agreed_at, s.player
        limit 10;
    else
        return query
        select s.name, b.points, b.wins
        from (
            select p.player, sum(p.points)::bigint as points, sum(p.wins)::bigint as wins
            from parlor.daily_points p
            where p.bot_id = p_bot_id and p.day >= date_trunc('week', v_today::timestamp)::date
            group by p.player
            having sum(p.points) > 0
            order by 2 desc, 3 desc
            fetch first 10 rows with ties
        ) b
        join parlor.standings s on s.bot_id = p_bot_id and s.player = b.player
        order by b.points desc, b.wins desc, s.agreed_at, s.player
        limit 10;
    end if;
end
$$;

-- Levels (1 to 100) learned from play, of articles with at least p_min_games results; with p_after only those that changed
-- since. The greatest updated_at of one answer is the next p_after: folds come one after the other. No locks.
create or replace function parlor.article_levels(p_language text, p_min_games bigint, p_after timestamptz)
returns table (title text, level integer, updated_at timestamptz)
language sql stable
security definer set search_path = ''
as $$
    select a.title, least(100, greatest(1, round(50 + (a.rating - 1500) / 8)))::integer, a.updated_at
    from parlor.article_ratings a
    where a.language = p_language and a.games >= p_min_games and a.updated_at > coalesce(p_after, '-infinity'::timestamptz)
$$;

-- Clues that at least p_reporters different people reported. No locks.
create or replace function parlor.reported_clues(p_language text, p_reporters integer)
returns table (title text, clue text)
language sql stable
security definer set search_path = ''
as $$
    select g.title, one.clue
    from (
        -- The key holds all of it: the clues themselves are read of those that are found.
        select c.title, c.clue_hash
        from parlor.clue_reports c
        where c.language = p_language
        group by c.title, c.clue_hash
        having count(*) >= p_reporters
    ) g
    cross join lateral (
        select c.clue
        from parlor.clue_reports c
        where c.language = p_language and c.title = g.title and c.clue_hash = g.clue_hash
        limit 1
    ) one
$$;

-- All reported clues for operators, those that most people reported first. No locks.
create or replace function parlor.list_clue_reports(p_limit integer)
returns table (language text, title text, clue text, reporters bigint, last_at timestamptz)
language sql stable
security definer set search_path = ''
as $$
    select c.language, c.title, min(c.clue), count(*), max(c.reported_at)
    from parlor.clue_reports c
    group by c.language, c.title, c.clue_hash
    order by count(*) desc, max(c.reported_at) desc
    limit p_limit
$$;

-- Forgets the reports of an article's clues: an operator finds them good. Returns how many clues come back.
-- Locks: waits for the folder, then the reports. Idempotent.
create or replace function parlor.pardon_clues(p_language text, p_title text)
returns integer
language plpgsql
security definer set search_path = ''
as $$
declare
    v_count integer;
begin
    perform pg_advisory_xact_lock(7255210, 2);
    with pardoned as (
        delete from parlor.clue_reports c where c.language = p_language and c.title = p_title
        returning c.clue_hash
    )
    select count(distinct p.clue_hash) into v_count from pardoned p;
    return v_count;
end
$$;

-- The articles of a UTC day, or null where there are none. The first call that brings p_titles fixes them, for today or
-- yesterday by the database's clock; all later ones get the same. Null p_titles: only read.
-- Locks: the day's row, when it is made. Idempotent.
create or replace function parlor.daily_set(p_day date, p_language text, p_titles text[])
returns text[]
language plpgsql
security definer set search_path = ''
as $$
declare
    v_today date := (clock_timestamp() at time zone 'utc')::date;
    v_titles text[];
begin
    select s.titles into v_titles from parlor.daily_sets s where s.day = p_day and s.language = p_language;
    if v_titles is null and cardinality(p_titles) > 0 and p_day between v_today - 1 and v_today then
        insert into parlor.daily_sets (day, language, titles) values (p_day, p_language, p_titles)
        on conflict (day, language) do nothing;
        select s.titles into v_titles from parlor.daily_sets s where s.day = p_day and s.language = p_language;
    end if;
    return v_titles;
end
$$;
