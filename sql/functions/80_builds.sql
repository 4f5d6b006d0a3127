-- Article builds: announced by the command line, noticed by all cores, kept as long as one of them uses them.

-- Makes a build the announced one of its language, and wakes all cores. Call it after the store's CURRENT names the build.
-- Caller: the command line. Locks: the language's row. Idempotent; says so to the cores each time.
create or replace function parlor.announce_build(p_language text, p_build_id text)
returns void
language plpgsql
security definer set search_path = ''
as $$
begin
    insert into parlor.builds as b (language, build_id)
    values (p_language, p_build_id)
    on conflict (language) do update
    set build_id = excluded.build_id, announced_at = clock_timestamp();
    perform pg_notify('parlor', 'builds');
end
$$;

-- The announced build of each language; none for languages that were never announced. Caller: every core, every few seconds.
create or replace function parlor.current_builds()
returns table (language text, build_id text)
language sql stable
security definer set search_path = ''
as $$
    select b.language, b.build_id from parlor.builds b order by b.language
$$;

-- Records which builds a process has open or is about to open; the list replaces the one before. Returns false when the holder
-- has no row: it expired and was reaped, and says it again under its next incarnation. Writes only when the list differs.
-- Caller: every core, before it opens builds and after it let go of some. Locks: the holder's row. Idempotent.
create or replace function parlor.hold_builds(p_holder uuid, p_builds text[])
returns boolean
language plpgsql
security definer set search_path = ''
as $$
begin
    update parlor.holders h set builds = p_builds where h.holder = p_holder and h.builds <> p_builds;
    if found then
        return true;
    end if;
    return exists (select 1 from parlor.holders h where h.holder = p_holder);
end
$$;

-- The builds that must stay in the store: announced ones and those that a living process holds. A holder counts until both its
-- times have passed. Caller: the command line, before it removes old builds.
create or replace function parlor.builds_in_use()
returns setof text
language sql stable
security definer set search_path = ''
as $$
    select b.build_id from parlor.builds b
    union
    select held.build_id
    from parlor.holders h
    cross join lateral unnest(h.builds) as held (build_id)
    where greatest(h.turns_expire_at, h.deliveries_expire_at) > clock_timestamp()
$$;
