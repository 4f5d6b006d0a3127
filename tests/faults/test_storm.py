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
LEASE_OFF = without(
    "20_accept.sql",
    ("(select 1 from parlor.leases l where l.conversation_id = s.conversation_id limit 1) is null\n"
     "                    and (select 1 from parlor.waiting w where w.conversation_id = s.conversation_id limit 1) is null\n"
     "                    and (select 1 from parlor.inbox i where i.conversation_id = s.conversation_id limit 1) is null\n",
     "true\n"),
    ("        where s.token is not null;\n\n        insert into parlor.inbox",
     "        where s.token is not null\n"
     "        on conflict (conversation_id) do update set token = excluded.token, holder = excluded.holder;\n\n"
     "        insert into parlor.inbox"),
)  # fmt: skip


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("statement", "plan"),
    [
        (DEDUPE_OFF, Plan(conversations=40, messages=20, seconds=6, kills=3, patience_s=5)),
        (LEASE_OFF, Plan(conversations=60, messages=60, seconds=6, kills=3, patience_s=5)),
    ],
    ids=["dedupe", "lease"],
)
async def test_each_mechanism_is_needed(
    database: Database, simulator: Simulator, tmp_path: Path, statement: str, plan: Plan
) -> None:
    """The same storm over a database in which one mechanism is switched off: the checker has to see it.

    The fence needs a process that comes back late: test_stopped switches that one off.
    """
    connection = await asyncpg.connect(database.owner_url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
    outcome, _ = await weather(plan, database, simulator, tmp_path)
    assert outcome.violations
