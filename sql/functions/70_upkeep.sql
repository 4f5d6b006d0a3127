-- Upkeep: what any core does now and then, whoever comes first.

-- Makes the log's partitions, from the month of p_now to three months ahead. Returns the names of those made.
-- Rows that a missing partition sent to the default one are moved. Locks: the log against writing, when one is missing.
-- Idempotent.
create or replace function parlor.make_log_partitions(p_now timestamptz)
returns setof text
language plpgsql
security definer set search_path = ''
as $$
declare
    v_from timestamptz;
    v_to timestamptz;
    v_name text;
begin
    for v_month in 0..3 loop
        v_from := (date_trunc('month', p_now at time zone 'utc') + v_month * interval '1 month') at time zone 'utc';
        v_to := (date_trunc('month', p_now at time zone 'utc') + (v_month + 1) * interval '1 month') at time zone 'utc';
        v_name := 'log_' || to_char(v_from at time zone 'utc', 'YYYY_MM');
        if to_regclass('parlor.' || v_name) is null then
            -- Writers wait before they are routed: one that waits for the default partition itself fails once the new one is
            -- attached (23514), and one that is quicker than the attaching makes that fail.
            lock table parlor.log in share row exclusive mode;
            execute format('create table parlor.%I (like parlor.log including defaults including constraints)', v_name);
            execute format(
                'with moved as (delete from parlor.log_default where logged_at >= %L and logged_at < %L returning *)'
                ' insert into parlor.%I select * from moved', v_from, v_to, v_name);
            execute format(
                'alter table parlor.log attach partition parlor.%I for values from (%L) to (%L)', v_name, v_from, v_to);
            return next v_name;
        end if;
    end loop;
end
$$;

-- Forgets dedupe keys older than p_days, at most p_limit of them. Returns how many. Fewer than 8 days are refused (PL004):
-- the longest platform retries for 7.
create or replace function parlor.prune_dedupe_keys(p_days integer, p_limit integer)
returns integer
language plpgsql
security definer set search_path = ''
as $$
declare
    -- A variable: a volatile function in the condition itself would keep the index out of it.
    v_before timestamptz := clock_timestamp() - p_days * interval '1 day';
    v_count integer;
begin
    if p_days < 8 then
        raise exception 'dedupe keys are kept for 8 days at least, not %', p_days using errcode = 'PL004';
    end if;
    delete from parlor.dedupe_keys k
    where k.ctid = any (array(
        select o.ctid from parlor.dedupe_keys o
        where o.seen_at < v_before limit p_limit));
    get diagnostics v_count = row_count;
    return v_count;
end
$$;

-- Forgets points by day that are older than p_days, at most p_limit rows. Returns how many. The tables of the day and of the week
-- need 7. Locks: those rows that are free, for the folder may be at others.
create or replace function parlor.prune_daily_points(p_days integer, p_limit integer)
returns integer
language plpgsql
security definer set search_path = ''
as $$
declare
    v_before date := (clock_timestamp() at time zone 'utc')::date - greatest(7, p_days);
    v_count integer;
begin
    delete from parlor.daily_points p
    where p.ctid = any (array(
        select o.ctid from parlor.daily_points o
        where o.day < v_before limit p_limit for update skip locked));
    get diagnostics v_count = row_count;
    return v_count;
end
$$;

-- Ends backends of the caller's role that have been stuck writing to their client for longer than a lease: a stopped process
-- must not hold rows. Returns how many. Needs the owner to be a member of the application's role.
create or replace function parlor.end_stuck_backends(p_seconds double precision)
returns integer
language sql
security definer set search_path = ''
as $$
    select count(pg_terminate_backend(a.pid))::integer
    from pg_stat_activity a
    where a.usename = session_user and a.datname = current_database() and a.pid <> pg_backend_pid()
        and a.wait_event = 'ClientWrite' and a.state = 'active'
        and a.state_change < clock_timestamp() - p_seconds * interval '1 second'
$$;

-- One core at a time does the upkeep; the others are told false at once.
create or replace function parlor.keep_up()
returns boolean
language plpgsql
security definer set search_path = ''
as $$
begin
    if not pg_try_advisory_xact_lock(7255210, 1) then
        return false;
    end if;
    perform parlor.prune_dedupe_keys(8, 200000);
    perform parlor.prune_daily_points(8, 200000);
    -- Last, for the log is locked from here on where a month is missing.
    perform parlor.make_log_partitions(clock_timestamp());
    return true;
end
$$;
