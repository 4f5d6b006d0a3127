"""Any process may die at any moment: all messages once, in order, and each mechanism that sees to it is needed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from ops.simulator import Simulator
from tests.conftest import Database
from tests.faults.storm import Outcome, Plan, Servers, Storm
from tests.faults.switches import without


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    """All platforms."""
    async with Simulator() as running:
        yield running


async def weather(plan: Plan, database: Database, simulator: Simulator, directory: Path) -> tuple[Outcome, int]:
    """Run a storm; its outcome and the exit code of servers told to stop."""
    servers = Servers(directory, database.url, simulator.url)
    try:
        await servers.ready()
        outcome = await Storm(plan, servers, simulator).run()
        # Where a mechanism is off, draining may wait for what never ends.
        return outcome, servers.stop() if not outcome.violations else 1
    finally:
        servers.kill()


@pytest.mark.timeout(300)
async def test_processes_are_killed_every_second(database: Database, simulator: Simulator, tmp_path: Path) -> None:
    plan = Plan(conversations=200, messages=50, seconds=31, kills=31)
    outcome, code = await weather(plan, database, simulator, tmp_path)
    assert outcome.violations == []
    assert outcome.killed >= 30
    assert outcome.sends_repeated > 0
    assert await taken_over(database) > 0
    assert code == 0


@pytest.mark.timeout(120)
async def test_processes_are_stopped_past_their_leases(
    database: Database, simulator: Simulator, tmp_path: Path
) -> None:
    plan = Plan(conversations=60, messages=25, seconds=16, stops=3)
    outcome, code = await weather(plan, database, simulator, tmp_path)
    assert outcome.violations == []
    assert outcome.stopped >= 3
    assert code == 0


async def taken_over(database: Database) -> int:
    """Messages and replies that a second process took up after their first one's unclean end, by the log."""
    connection = await asyncpg.connect(database.owner_url)
    try:
        count = await connection.fetchval("select count(*) from parlor.log where attempts > 1")
    finally:
        await connection.close()
    return int(count)


DEDUPE_OFF = "alter table parlor.dedupe_keys drop constraint dedupe_keys_pkey;" + without(
    "20_accept.sql",
    ("row_number() over (partition by i.bot_id, i.dedupe_key order by i.ordinal) = 1\n                and (", "("),
    ("k.dedupe_key = i.dedupe_key limit 1) is null as first", "false limit 1) is null as first"),
)


@pytest.mark.timeout(120)
async def test_keeping_the_keys_is_needed(database: Database, simulator: Simulator, tmp_path: Path) -> None:
    """The same storm over a database that does not know what it was told before: the checker has to see it.

    Lease and fence need a process that is late at a certain moment: test_stopped switches them off.
    """
    connection = await asyncpg.connect(database.owner_url)
    try:
        await connection.execute(DEDUPE_OFF)
    finally:
        await connection.close()
    plan = Plan(conversations=40, messages=20, seconds=6, kills=3, patience_s=5)
    outcome, _ = await weather(plan, database, simulator, tmp_path)
    assert outcome.violations
