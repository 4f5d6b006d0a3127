"""A process stopped past its leases and continued: it commits nothing, and no reply is doubled but where nobody could help it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import aiohttp
import asyncpg
import pytest

from ops.settings import Articles, BotSettings, Server, Settings
from ops.simulator import Simulator, webhooks
from tests.conftest import Database
from tests.faults.process import Process
from tests.faults.stopping_core import Part
from tests.faults.storm import pause
from tests.faults.switches import FENCE_OFF, LEASE_OFF
from tests.ports import free_port

CREDENTIALS = {"token": "123456789:AAstop-stop-stop-stop-stop-stop-stop00", "webhook_secret": "stop-secret"}
CHAT = "4711"

Starter = Callable[[str | None], Process]


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    """All platforms."""
    async with Simulator() as running:
        yield running


@pytest.fixture
def start(database: Database, simulator: Simulator, tmp_path: Path) -> Iterator[Starter]:
    """Starts cores, told where to stop."""
    running: list[Process] = []

    def starter(stop_at: str | None) -> Process:
        settings = Settings(
            server=Server(port=free_port(), turn_lease_s=1.5, delivery_lease_s=2.5, send_timeout_s=1.0),
            articles=Articles(store=str(tmp_path / "articles")),
            bots=(
                BotSettings(
                    name="stop", platform="telegram", game="tally", api_base=simulator.url, credentials=CREDENTIALS
                ),
            ),
        )
        part = Part(settings, database.url, "stop" * 10, stop_at)
        running.append(Process(part, tmp_path / f"core{len(running)}.log"))
        return running[-1]

    yield starter
    for process in running:
        process.end()


async def say(process: Process, seq: int) -> None:
    """One message by webhook; it is acknowledged."""
    headers, body = webhooks.text(
        "telegram", CREDENTIALS, CHAT, CHAT, "Ana", f"word {seq}", seq=seq, at_ms=int(time.time() * 1000)
    )
    url = f"http://127.0.0.1:{process.port}/webhooks/telegram/stop"
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as response:
        assert response.status == 200


async def say_the_last(process: Process, seq: int) -> None:
    """The message at which the process stops itself, before or after it has answered."""
    saying = asyncio.ensure_future(say(process, seq))
    await process.stopped()
    saying.cancel()
    await asyncio.wait([saying])
    assert saying.cancelled() or saying.exception() is None


@pytest.mark.parametrize(
    ("moment", "sends"),
    [("before_finish", 1), ("before_post", 1), ("after_post", 2)],
    ids=["before the commit", "before the POST", "after the POST"],
)
async def test_a_stopped_process_changes_nothing(
    start: Starter, simulator: Simulator, database: Database, moment: str, sends: int
) -> None:
    late = start(moment)
    await late.ready()
    await say_the_last(late, 1)
    other = start(None)
    await other.ready()
    async with asyncio.timeout(30):
        while len(simulator.record.messages("telegram", CHAT)) < sends:
            await pause(0.05)
    # The one who took over goes on with the conversation before the late one wakes.
    await say(other, 2)
    await simulator.record.wait(sends + 1, 30, platform="telegram", chat=CHAT)
    late.proceed()
    await late.ready()
    async with asyncio.timeout(30):
        while await late.metric("parlor_fenced_writes_total") < 1:
            await pause(0.05)
    # And it works again, in order with the rest.
    await say(late, 3)
    await simulator.record.wait(sends + 2, 30, platform="telegram", chat=CHAT)

    texts = [sent.text for sent in simulator.record.messages("telegram", CHAT)]
    assert [text.split(" ", 2)[0] for text in texts] == ["1"] * sends + ["2", "3"]
    assert [text.split(" ", 2)[2] for text in texts] == ["word 1"] * sends + ["word 2", "word 3"]
    connection = await asyncpg.connect(database.owner_url)
    try:
        played = await connection.fetch(
            "select number, attempts from parlor.log where direction = 'in' order by number"
        )
        sent = await connection.fetch("select number, unknowns from parlor.log where direction = 'out' order by number")
        assert await connection.fetchval("select version from parlor.sessions") == 3
    finally:
        await connection.close()
    retaken = moment == "before_finish"
    assert [tuple(row) for row in played] == [(1, 2 if retaken else 1), (2, 1), (3, 1)]
    assert [tuple(row) for row in sent] == [(1, 0 if retaken else 1), (2, 0), (3, 0)]


async def test_without_the_fence_the_late_commit_shows(
    start: Starter, simulator: Simulator, database: Database
) -> None:
    """The same as before the commit above, with the fence switched off: the late process plays again what others have played."""
    connection = await asyncpg.connect(database.owner_url)
    try:
        await connection.execute(FENCE_OFF)
        late = start("before_finish")
        await late.ready()
        await say_the_last(late, 1)
        other = start(None)
        await other.ready()
        await simulator.record.wait(1, 30, platform="telegram", chat=CHAT)
        await say(other, 2)
        await simulator.record.wait(2, 30, platform="telegram", chat=CHAT)
        late.proceed()
        await simulator.record.wait(3, 30, platform="telegram", chat=CHAT)
        counts = [sent.text.split(" ", 1)[0] for sent in simulator.record.messages("telegram", CHAT)]
        assert counts == ["1", "2", "1"]
        assert await connection.fetchval("select document->'state'->'n' from parlor.sessions") == "1"
    finally:
        await connection.close()


@pytest.mark.parametrize("leased", [True, False], ids=["with the lease", "without"])
async def test_the_lease_keeps_others_from_overtaking(
    start: Starter, simulator: Simulator, database: Database, leased: bool
) -> None:
    """While one process is late with a message, the next one comes to another: it waits, or is played first."""
    if not leased:
        connection = await asyncpg.connect(database.owner_url)
        try:
            await connection.execute(LEASE_OFF)
        finally:
            await connection.close()
    late, other = start("before_finish"), start(None)
    await late.ready()
    await other.ready()
    await say_the_last(late, 1)
    await say(other, 2)
    (first, *_) = await simulator.record.wait(1, 30, platform="telegram", chat=CHAT)
    assert first.text.split(" ", 2)[2] == ("word 1" if leased else "word 2")
