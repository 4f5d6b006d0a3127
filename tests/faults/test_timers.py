"""A server dies in the middle of a round: no point and no timer is lost, and each timer rings once, in time."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import aiohttp
import asyncpg
import msgspec
import pytest

from ops.settings import Articles, BotSettings, Server, Settings
from ops.simulator import Simulator, webhooks
from ops.simulator.exchange import Json
from tests.article_data.reader.stored import publish_build
from tests.conftest import Database
from tests.faults.process import Process
from tests.faults.stopping_core import Part
from tests.faults.storm import pause
from tests.held_timers import hold
from tests.ports import free_port

CREDENTIALS: Final = {"token": "123456789:AAtimers-timers-timers-timers-timers00", "webhook_secret": "timers-secret"}
CHAT: Final = "-1004711"
CHATS: Final = 200
ON_TIME_S: Final = 2.0
"""Between the time of a timer and that all it led to is committed, for the last of them; a quiet machine takes a twentieth."""


class Evening:
    """Cores on one database, and people in groups."""

    def __init__(
        self, database: Database, owner: asyncpg.Connection[asyncpg.Record], simulator: Simulator, place: Path
    ) -> None:
        self.record = simulator.record
        self.owner = owner
        self._url = database.url
        self._api_base = simulator.url
        self._place = place
        self._numbers = itertools.count(1)
        self._running: list[Process] = []

    async def core(self, stop_at: str | None = None) -> Process:
        """Start a core that stops itself at the named moment of a turn; it is ready."""
        settings = Settings(
            server=Server(port=free_port(), turn_lease_s=1.5, delivery_lease_s=2.5, send_timeout_s=1.0),
            articles=Articles(store=str(self._place / "store"), cache=str(self._place / "cache")),
            bots=(BotSettings(name="stop", platform="telegram", api_base=self._api_base, credentials=CREDENTIALS),),
        )
        part = Part(settings, self._url, "timers" * 7, stop_at)
        process = Process(part, self._place / f"core{len(self._running)}.log")
        self._running.append(process)
        await process.ready()
        return process

    def end(self) -> None:
        """Out of the way."""
        for process in self._running:
            process.end()

    async def say(self, core: Process, words: str, *, who: str = "4201", chat: str = CHAT) -> None:
        """Write in a group; it is acknowledged."""
        headers, body = webhooks.text(
            "telegram",
            CREDENTIALS,
            chat,
            who,
            f"Player {who}",
            words,
            seq=next(self._numbers),
            at_ms=int(time.time() * 1000),
            group=True,
        )
        url = f"http://127.0.0.1:{core.port}/webhooks/telegram/stop"
        async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as response:
            assert response.status == 200

    async def kept(self) -> Json:
        """What is kept of the one conversation."""
        document = await self.owner.fetchval("select document ->> 'state' from parlor.sessions")
        state: Json = msgspec.json.decode(document)
        return state

    async def until(self, query: str, timeout_s: float = 20.0) -> None:
        """Return once the query says true."""
        async with asyncio.timeout(timeout_s):
            while not await self.owner.fetchval(query):
                await pause(0.02)

    async def ring(self, name: str) -> None:
        """Let a timer fall due now."""
        await self.owner.execute("update parlor.timers set due_at = clock_timestamp() where name = $1", name)

    async def shown(self, count: int) -> list[str]:
        """The texts of the chat, once there are so many."""
        messages = await self.record.wait(count, 20, platform="telegram", chat=CHAT)
        return [message.text for message in messages]


@pytest.fixture
async def evening(
    database: Database, owner: asyncpg.Connection[asyncpg.Record], tmp_path: Path
) -> AsyncIterator[Evening]:
    """A store with a build, and nothing started yet."""
    publish_build(tmp_path / "store")
    async with Simulator() as simulator:
        made = Evening(database, owner, simulator, tmp_path)
        yield made
        made.end()


PLAYED: Final = "select count(*) = 0 from parlor.inbox"
TOLD: Final = "select count(*) = 0 from parlor.deliveries"
"""What was on its way when its process was killed comes twice: where texts are counted, nothing is."""
OUTCOMES: Final = "select outcome from parlor.log where direction = 'in' and body ->> 'kind' = 'timer' order by number"


@pytest.mark.timeout(60)
async def test_a_core_killed_in_mid_round_loses_no_clue_and_no_point(evening: Evening) -> None:
    """Killed after the opening, and again within the second after the right answer; another goes on each time."""
    first, second = await evening.core(), await evening.core()
    await hold(evening.owner, "round", "reveal")
    await evening.say(first, "/play guess")
    await evening.until("select count(*) = 1 from parlor.timers where name = 'round'")
    await evening.until(TOLD)
    first.popen.kill()
    await evening.ring("round")
    await evening.until("select exists (select from parlor.log where direction = 'in' and outcome = 'clue')")
    texts = await evening.shown(2)
    assert "Clue 2 of 6" in texts[-1]

    title = (await evening.kept())["round"]["secret"]["title"]
    await evening.say(second, title, who="4202")
    await evening.until(PLAYED)
    await evening.until(TOLD)
    second.popen.kill()
    assert await evening.owner.fetchval("select count(*) from parlor.timers where name = 'reveal'") == 1
    third = await evening.core()
    await evening.ring("reveal")
    await evening.until("select exists (select from parlor.log where direction = 'in' and outcome = 'revealed')")
    texts = await evening.shown(3)
    assert texts[-1].startswith("Yes! Player 4202 got it: ")
    assert title in texts[-1]
    score = (await evening.kept())["scores"]["4202"]
    assert (score[1], score[2]) == (int(texts[-1].split()[5]), 1)
    await evening.say(third, "/scores")
    await evening.until(PLAYED)
    rung = [row["outcome"] for row in await evening.owner.fetch(OUTCOMES)]
    assert (rung.count("clue"), rung.count("revealed")) == (1, 1)


@pytest.mark.timeout(60)
async def test_a_core_killed_with_a_timers_turn_in_its_hands(evening: Evening) -> None:
    """It had rung and was being played: another plays it, once."""
    first = await evening.core()
    await hold(evening.owner, "reveal")
    await evening.say(first, "/play guess")
    await evening.until("select count(*) = 1 from parlor.timers where name = 'round'")
    title = (await evening.kept())["round"]["secret"]["title"]
    await evening.say(first, title, who="4202")
    await evening.until("select count(*) = 1 from parlor.timers where name = 'reveal'")
    await evening.until(TOLD)
    first.popen.kill()
    late = await evening.core("before_finish")
    await evening.ring("reveal")
    await late.stopped()
    assert (await evening.kept()).get("scores", {}) == {}
    late.popen.kill()
    await evening.core()
    texts = await evening.shown(2)
    assert texts[-1].startswith("Yes! Player 4202 got it: ")
    score = (await evening.kept())["scores"]["4202"]
    assert (score[1], score[2]) == (int(texts[-1].split()[5]), 1)
    rows = await evening.owner.fetch(
        "select outcome, attempts from parlor.log where direction = 'in' and body ->> 'timer' = 'reveal'"
    )
    assert [tuple(row) for row in rows] == [("revealed", 2)]


@pytest.mark.timeout(120)
async def test_timers_that_are_due_together_ring_once_and_in_time(evening: Evening) -> None:
    """The clues of two hundred groups, by two cores."""
    cores = [await evening.core() for _ in range(2)]
    await hold(evening.owner, "round")
    few = asyncio.Semaphore(16)

    async def begin(number: int) -> None:
        async with few:
            await evening.say(cores[number % 2], "/play guess", chat=str(-1_000_000 - number))

    await asyncio.gather(*map(begin, range(CHATS)))
    await evening.until(f"select count(*) = {CHATS} from parlor.timers where name = 'round'")
    due = await evening.owner.fetchval("select clock_timestamp() + interval '1.5 seconds'")
    await evening.owner.execute("update parlor.timers set due_at = $1 where name = 'round'", due)
    ticks = "from parlor.log where direction = 'in' and body ->> 'timer' = 'round'"
    await evening.until(f"select count(*) >= {CHATS} {ticks}", 60)
    await evening.until(PLAYED)
    rows = await evening.owner.fetch(f"select conversation_id, outcome, begun_at, logged_at {ticks}")
    assert len({row["conversation_id"] for row in rows}) == len(rows) == CHATS
    assert {row["outcome"] for row in rows} == {"clue"}
    rung, played = _seconds(rows, "begun_at", due), _seconds(rows, "logged_at", due)
    assert min(rung) >= 0, "none before its time"
    assert max(rung) < ON_TIME_S
    assert max(played) < ON_TIME_S


def _seconds(rows: list[Any], field: str, due: Any) -> list[float]:
    return [(row[field] - due).total_seconds() for row in rows]
