"""Rules that hold for the whole schema: rights, the form of functions, codes, partitions, upkeep."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import asyncpg
import pytest

from game_state.errors import SQLSTATES, RetentionTooShort
from game_state.store import Store, translate
from tests.conftest import Database

Owner: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
FUNCTIONS = Path(__file__).resolve().parents[2] / "sql" / "functions"


async def test_the_application_may_execute_and_nothing_else(database: Database) -> None:
    connection = await asyncpg.connect(database.url)
    try:
        tables = await connection.fetch(
            "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'parlor'"
            " and c.relkind in ('r', 'p', 'v', 'm') and has_table_privilege(c.oid,"
            " 'select, insert, update, delete, truncate, references, trigger')"
        )
        sequences = await connection.fetch(
            "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            " where n.nspname = 'parlor' and c.relkind = 'S'"
            " and case when c.relkind = 'S' then has_sequence_privilege(c.oid, 'usage, select, update') end"
        )
        for forbidden in (
            "select 1 from parlor.sessions",
            "create table parlor.mine (x int)",
            "create table mine (x int)",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(forbidden)
    finally:
        await connection.close()
    assert [row["relname"] for row in (*tables, *sequences)] == []


async def test_every_function_runs_as_its_owner_on_a_pinned_path(owner: Owner) -> None:
    rows = await owner.fetch(
        "select p.proname, p.prosecdef, p.proconfig, has_function_privilege('public', p.oid, 'execute') as open"
        " from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'parlor'"
    )
    assert len(rows) > 20
    wrong = [r["proname"] for r in rows if not r["prosecdef"] or r["proconfig"] != ['search_path=""'] or r["open"]]
    assert wrong == []


def test_every_function_says_above_what_it_is_for() -> None:
    bare = []
    for file in sorted(FUNCTIONS.glob("*.sql")):
        lines = file.read_text().splitlines()
        for index, line in enumerate(lines):
            if line.startswith("create or replace function") and not lines[index - 1].startswith("--"):
                bare.append(f"{file.name}: {line}")
    assert bare == []


def test_sqlstates_are_raised_and_mapped_both_ways() -> None:
    raised = set(re.findall(r"errcode = '(PL\d{3})'", "".join(f.read_text() for f in FUNCTIONS.glob("*.sql"))))
    assert raised == set(SQLSTATES)


async def test_every_function_compiles_and_touches_what_exists(owner: Owner, store: Store) -> None:
    """plpgsql looks at a statement first when it runs: call each function once, with nothing to do."""
    rows = await owner.fetch(
        "select p.proname, p.oid::regprocedure::text as signature, pg_get_function_identity_arguments(p.oid) as arguments"
        " from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'parlor'"
    )
    broken = []
    for row in rows:
        kinds = row["signature"].partition("(")[2].rstrip(")").split(",") if row["arguments"] else []
        values = ", ".join(f"'{{}}'::{kind}" if kind.endswith("[]") else f"null::{kind}" for kind in kinds)
        try:
            await owner.fetch(f"select * from parlor.{row['proname']}({values})")
        except (asyncpg.UndefinedColumnError, asyncpg.UndefinedTableError, asyncpg.PostgresSyntaxError) as error:
            broken.append(f"{row['proname']}: {error}")
        except asyncpg.PostgresError:
            continue  # it ran, and refused to do so with nothing
    assert broken == []


async def test_log_partitions_stand_three_months_ahead_across_the_year(owner: Owner) -> None:
    made = await owner.fetch(
        "select * from parlor.make_log_partitions($1)", datetime(2031, 11, 30, 23, 59, 59, tzinfo=UTC)
    )
    assert [r[0] for r in made] == ["log_2031_11", "log_2031_12", "log_2032_01", "log_2032_02"]
    for second, partition in ((59, "log_2031_11"), (60, "log_2031_12")):
        at = datetime.fromtimestamp(datetime(2031, 11, 30, 23, 59, 0, tzinfo=UTC).timestamp() + second, UTC)
        stored = await owner.fetchval(
            "insert into parlor.log (conversation_id, direction, number, position, kind, outcome, body, begun_at, logged_at)"
            " values (1, 'in', 1, 1, 'text', 'played', '{}', $1, $1) returning tableoid::regclass::text",
            at,
        )
        assert stored == f"parlor.{partition}"
    again = await owner.fetch("select * from parlor.make_log_partitions($1)", datetime(2031, 12, 1, tzinfo=UTC))
    assert [r[0] for r in again] == ["log_2032_03"]


async def test_rows_that_came_before_their_partition_move_into_it(owner: Owner) -> None:
    at = datetime(2040, 5, 5, tzinfo=UTC)
    stored = await owner.fetchval(
        "insert into parlor.log (conversation_id, direction, number, position, kind, outcome, body, begun_at, logged_at)"
        " values (1, 'in', 1, 1, 'text', 'played', '{}', $1, $1) returning tableoid::regclass::text",
        at,
    )
    assert stored == "parlor.log_default"
    await owner.fetch("select * from parlor.make_log_partitions($1)", at)
    assert await owner.fetchval("select tableoid::regclass::text from parlor.log") == "parlor.log_2040_05"


async def test_dedupe_keys_are_kept_longer_than_platforms_retry(store: Store, owner: Owner) -> None:
    await owner.execute(
        "insert into parlor.dedupe_keys select 1, 'k' || n, now() - n * interval '1 day' from generate_series(0, 9) n"
    )
    with pytest.raises(asyncpg.PostgresError) as refused:
        await owner.fetchval("select parlor.prune_dedupe_keys(7, 100)")
    assert isinstance(translate(refused.value), RetentionTooShort)
    assert await store.keep_up()
    assert await owner.fetchval("select count(*) from parlor.dedupe_keys") == 8


async def test_a_client_that_does_not_read_loses_its_backend(database: Database, store: Store) -> None:
    stuck = await asyncpg.connect(database.url)
    stuck._transport.pause_reading()  # type: ignore[attr-defined]
    reading = asyncio.ensure_future(stuck.execute("select repeat('x', 1000) from generate_series(1, 100000)"))
    try:
        async with asyncio.timeout(60):
            ended = 0
            while not ended:
                ended = await store.end_stuck_backends(0.2)
        assert ended == 1
    finally:
        reading.cancel()
        stuck.terminate()
