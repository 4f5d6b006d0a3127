"""The article tiers fail in mid-game: players get the same answers or an honest sentence, the loop turns, all heals by itself."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import aiohttp
import msgspec
import pytest
from redis.asyncio import Redis

if sys.platform != "linux":
    pytest.skip("the store's weather is made by the Linux kernel", allow_module_level=True)

from article_data.reader.threads import THREADS
from game_state.games.points import points_for
from game_state.store import Store
from ops import settings_keys
from ops.settings import Articles, BotSettings, Server, Settings
from ops.simulator import Simulator, webhooks
from tests import redis_server
from tests.article_data.reader.patience import eventually
from tests.article_data.reader.stored import article, publish_build
from tests.conftest import Database
from tests.faults.article_core import Part
from tests.faults.storm import ROOT, pause
from tests.faults.weather import Weather
from tests.ports import free_port

CREDENTIALS: Final = {"token": "123456789:AAarticles-articles-articles-articles0", "webhook_secret": "articles-secret"}
TITLES: Final = [
    f"{size} {animal}" for size in ("Great", "Little") for animal in ("Otter", "Heron", "Newt", "Dragonfly")
]
LARGE: Final = ("x" * 200_000,)
"""A record with so long a keyword is too large for a memory tier of a megabyte: every read goes to the tiers behind it."""
PROBE_S: Final = 3.0
"""A load balancer's patience with a probe; what blocks the loop here, blocks it for ever."""
PACE_S: Final = 0.4
"""Between a player's tries: one who writes faster than any person gets no answer."""
AWAY: Final = "I can't reach my encyclopedia right now, please try again in a moment."


class House:
    """Core processes on one database and one article store, a Redis of their own, and a player."""

    def __init__(self, directory: Path, database: Database, simulator: Simulator) -> None:
        self.directory = directory
        self.store = directory / "store"
        self.weather: list[Weather] = []
        self.record = simulator.record
        self._database = database
        self._api_base = simulator.url
        self._cores: list[tuple[subprocess.Popen[bytes], int]] = []
        self._numbers = itertools.count(int(time.time()) % 10**6 * 1000)
        self.session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10))
        self.redis_port = free_port()
        self.redis_process: subprocess.Popen[bytes] | None = None
        self.redis = Redis(port=self.redis_port)

    async def open(self, *, without: str | None = None, redis: bool = False, cores: int = 1) -> House:
        """Start cores; they are ready."""
        for _ in range(cores):
            self._spawn(without, redis=redis)
        for process, port in self._cores:

            async def ready(process: subprocess.Popen[bytes] = process, port: int = port) -> bool:
                assert process.poll() is None, (self.directory / f"core-{port}.log").read_text()
                try:
                    async with self.session.get(f"http://127.0.0.1:{port}/readyz") as response:
                        return response.status == 200
                except aiohttp.ClientError:
                    return False

            await eventually(ready, 60)
        return self

    async def close(self) -> None:
        """End all processes, whatever state they are in."""
        for process, _ in self._cores:
            process.kill()
            process.wait()
        for weather in self.weather:
            weather.close()
        await self.stop_redis()
        await self.redis.aclose()
        await self.session.close()

    async def start_redis(self) -> None:
        """A redis-server on our port; empty."""
        self.redis_process = redis_server.start(self.directory, self.redis_port)

    async def stop_redis(self) -> None:
        """SIGKILL."""
        if self.redis_process is not None:
            redis_server.end(self.redis_process)

    async def say(self, words: str, chat: str = "7", core: int = 0, timeout_s: float = 10.0) -> str:
        """Write to the bot; what it answers."""
        before = len(self.record.messages("telegram", chat))
        headers, body = webhooks.text(
            "telegram", CREDENTIALS, chat, chat, "Ana", words, seq=next(self._numbers), at_ms=int(time.time() * 1000)
        )
        url = f"http://127.0.0.1:{self._cores[core][1]}/webhooks/telegram/quiz"
        async with self.session.post(url, data=body, headers=headers) as response:
            assert response.status == 200
        sent = await self.record.wait(before + 1, timeout_s, platform="telegram", chat=chat)
        return sent[before].text

    async def metric(self, name: str, core: int = 0) -> float:
        """A metric of a core by its name and labels, as on its page; 0 when it is not there."""
        async with self.session.get(f"http://127.0.0.1:{self._cores[core][1]}/metrics") as response:
            lines = (await response.text()).splitlines()
        return next((float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(f"{name} ")), 0.0)

    def _spawn(self, without: str | None, *, redis: bool) -> None:
        weather = Weather(self.store)
        self.weather.append(weather)
        port = free_port()
        settings = Settings(
            server=Server(port=port),
            articles=Articles(store=str(self.store), cache=str(self.directory / "cache"), memory_bytes=1 << 20, warm=0),
            redis=settings_keys.Redis(url=f"redis://127.0.0.1:{self.redis_port}/0" if redis else None),
            bots=(BotSettings(name="quiz", platform="telegram", api_base=self._api_base, credentials=CREDENTIALS),),
        )
        descriptor = weather.channel.fileno()
        part = Part(settings, self._database.url, "articles" * 5, descriptor, without)
        command = [sys.executable, "-m", "tests.faults.article_core", msgspec.json.encode(part).decode()]
        with (self.directory / f"core-{port}.log").open("wb") as log:
            process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, pass_fds=(descriptor,))
        self._cores.append((process, port))

    @asynccontextmanager
    async def probed(self) -> AsyncIterator[None]:
        """Meanwhile every core is asked for a sign of life, again and again. Raises TimeoutError when one was late."""
        over = asyncio.Event()

        async def probe() -> None:
            while not over.is_set():
                for _, port in self._cores:
                    url = f"http://127.0.0.1:{port}/healthz"
                    async with asyncio.timeout(PROBE_S), self.session.get(url) as response:
                        assert response.status == 200
                await asyncio.wait({asyncio.ensure_future(over.wait())}, timeout=0.05)

        async with asyncio.TaskGroup() as group:
            group.create_task(probe())
            try:
                yield
            finally:
                over.set()


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    """All platforms."""
    async with Simulator() as running:
        yield running


@pytest.fixture
async def house(database: Database, simulator: Simulator, tmp_path: Path) -> AsyncIterator[House]:
    """A store with a build, and nothing started yet."""
    made = House(tmp_path, database, simulator)
    publish_build(made.store, TITLES, keywords=LARGE)
    yield made
    await made.close()


def shown(clue: str) -> int:
    """The number of the article that a clue belongs to."""
    return int(clue.partition("beside the river ")[2].partition(".")[0])


async def play_round(house: House, chat: str) -> None:
    """A whole round, from its start to its end, with a hint and a wrong guess between."""
    clue = await house.say("/play", chat)
    assert "Clue 1 of 6" in clue
    title = TITLES[shown(clue)]
    hint = await house.say("hint", chat)
    assert "Clue 2 of 6" in hint
    assert shown(hint) == shown(clue)
    assert (await house.say("Qvxzk", chat)).startswith("Not quite")
    points = points_for(1 / 5, article(shown(clue), title).difficulty)
    assert (await house.say(title, chat)).startswith(f"Yes, that is it! {points} points.\n\n{title}\n")


async def heals(house: House, chat: str, wanted: str) -> None:
    """Return once asking for a hint brings `wanted` instead of the honest sentence."""

    async def is_well() -> bool:
        await pause(PACE_S)
        answer = await house.say("hint", chat)
        assert answer == AWAY or wanted in answer
        return answer != AWAY

    await eventually(is_well, 20)


async def keeps_its_threads(house: House) -> None:
    """Return once the dead store keeps every thread of a crew: rounds that draw the same article share one read."""
    chats = itertools.count(10)

    async def all_hang() -> bool:
        answers = await asyncio.gather(*(house.say("/play", str(next(chats))) for _ in range(10)))
        assert answers == [AWAY] * 10
        return house.weather[0].hanging >= THREADS

    await eventually(all_hang, 20)


@pytest.mark.timeout(60)
async def test_redis_may_do_what_it_likes(house: House) -> None:
    await house.start_redis()
    await house.open(redis=True)
    async with house.probed():
        await play_round(house, "1")
        await house.say("/play", "2")
        assert await house.redis.keys("parlor:*"), "what was read is in Redis"

        await house.redis.flushall()
        assert "Clue 2" in await house.say("hint", "2")

        for number in range(len(TITLES)):
            await house.redis.set(f"parlor:article:first:{number}", os.urandom(3000))
        assert "Clue 3" in await house.say("hint", "2")
        await play_round(house, "3")

        await house.redis.client_pause(1500)
        assert "Clue 4" in await house.say("hint", "2")
        await play_round(house, "4")

        assert house.redis_process is not None
        house.redis_process.send_signal(signal.SIGSTOP)
        assert "Clue 5" in await house.say("hint", "2")
        await play_round(house, "5")
        house.redis_process.send_signal(signal.SIGCONT)

        await house.stop_redis()
        assert "Clue 6" in await house.say("hint", "2")
        await play_round(house, "6")

        await house.start_redis()

        async def is_used_again() -> bool:
            await pause(PACE_S)
            await house.say("Qvxzk", "2")
            return bool(await house.redis.keys("parlor:*"))

        await eventually(is_used_again)


@pytest.mark.timeout(60)
async def test_a_store_that_hangs_costs_an_honest_sentence(house: House) -> None:
    await house.start_redis()
    await house.open(redis=True)
    (weather,) = house.weather
    async with house.probed():
        await house.say("/play", "1")
        weather.mood = "dead"
        assert "Clue 2" in await house.say("hint", "1"), "a round on a cached article goes on"
        await house.redis.flushall()
        await keeps_its_threads(house)

        async def is_not_waited_for() -> bool:
            """A second is shorter than a read's patience; once in a while a thread is risked, and one has to wait all the same."""
            await pause(PACE_S)
            begun = time.monotonic()
            assert await house.say("hint", "1") == AWAY
            return time.monotonic() - begun < 1.0

        await eventually(is_not_waited_for, 20)
        assert 0 < weather.hanging <= 8

        async def is_told() -> bool:
            return await house.metric("parlor_cache_hanging_threads") > 0

        await eventually(is_told)

        # The file server is mounted anew, and what hung in the old mount hangs for ever.
        weather.mood = "remounted"
        await heals(house, "1", "Clue 3 of 6")
        assert weather.hanging > 0

        weather.mood = "slow"
        await house.redis.flushall()
        assert "Clue 4" in await house.say("hint", "1")


@pytest.mark.timeout(60)
async def test_a_store_that_is_gone_is_found_again(house: House) -> None:
    await house.open()
    (weather,) = house.weather
    async with house.probed():
        await house.say("/play", "1")
        weather.mood = "gone"
        for _ in range(10):
            assert await house.say("hint", "1") == AWAY
        assert (await house.say("/giveup", "1")).endswith(tuple(TITLES)), "a round knows its answer"
        assert await house.say("/play", "1") == AWAY
        weather.mood = "fair"

        async def can_play() -> bool:
            await pause(PACE_S)
            return await house.say("/play", "1") != AWAY

        await eventually(can_play)
        # A folder that is only moved takes nothing from who has its files open.
        house.store.rename(house.directory / "elsewhere")
        assert "Clue 2" in await house.say("hint", "1")
        (house.directory / "elsewhere").rename(house.store)
        assert "Clue 3" in await house.say("hint", "1")


@pytest.mark.timeout(60)
async def test_a_new_build_is_played_at_once_and_rounds_go_on(house: House, store: Store) -> None:
    await house.open(cores=2)
    async with house.probed():
        kept = TITLES[shown(await house.say("/play", "1", core=0))]
        await house.say("hint", "1")
        lost = TITLES[shown(await house.say("/play", "2", core=1))]
        while lost == kept:
            await house.say("/giveup", "2", core=1)
            lost = TITLES[shown(await house.say("/play", "2", core=1))]

        titles = [title for title in reversed(TITLES) if title != lost]
        await renew(house, store, titles)
        await eventually(lambda: have_open(house, "second", cores=2), 20)
        third = await house.say("hint", "1", core=1)
        assert "Clue 3 of 6" in third
        assert shown(third) == titles.index(kept), "the new build's record"
        assert kept in await house.say(kept, "1", core=0)
        ended = await house.say("hint", "2", core=0)
        assert "just been renewed" in ended
        assert lost in ended

        async def old_build_is_free() -> bool:
            return await store.builds_in_use() == {"second"}

        await eventually(old_build_is_free)


async def renew(house: House, store: Store, titles: list[str]) -> None:
    """Publish another build and announce it, on a file system that shows the old CURRENT for a while yet."""
    before = (house.store / "CURRENT").read_bytes()
    publish_build(house.store, titles, key="second", created_at="2026-02-01T00:00:00Z", keywords=LARGE)
    (house.store / "CURRENT").write_bytes(before)
    await store.announce_build("en", "second")


async def have_open(house: House, build_id: str, *, cores: int) -> bool:
    """Whether all cores have the build open, by their metrics."""
    name = f'parlor_article_builds{{build="{build_id}",language="en"}}'
    return [await house.metric(name, core) for core in range(cores)] == [1.0] * cores


# The same faults with what stands against them switched off.


async def test_without_threads_a_dead_store_stops_the_loop(house: House) -> None:
    await house.open(without="threads")
    await house.say("/play", "1")
    house.weather[0].mood = "dead"
    with pytest.raises(ExceptionGroup) as seen:
        async with house.probed():
            await asyncio.wait_for(house.say("hint", "1"), 2 * PROBE_S)
    assert seen.group_contains(TimeoutError)


async def test_without_fresh_threads_a_remounted_store_stays_away(house: House) -> None:
    await house.open(without="fresh threads")
    await house.say("/play", "1")
    house.weather[0].mood = "dead"
    await keeps_its_threads(house)
    house.weather[0].mood = "remounted"
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(4):
            await heals(house, "1", "Clue 2 of 6")


async def test_without_its_deadline_a_stopped_redis_stops_the_games(house: House) -> None:
    await house.start_redis()
    await house.open(without="deadline for Redis", redis=True)
    await house.say("/play", "1")
    assert house.redis_process is not None
    house.redis_process.send_signal(signal.SIGSTOP)
    with pytest.raises(TimeoutError):
        await house.say("hint", "1", timeout_s=2)


async def test_without_titles_a_new_build_ends_the_round(house: House, store: Store) -> None:
    await house.open(without="titles")
    await house.say("/play", "1")
    await renew(house, store, TITLES[::-1])
    await eventually(lambda: have_open(house, "second", cores=1))
    assert "just been renewed" in await house.say("hint", "1")


async def test_without_announcements_a_new_build_waits_for_the_file_system(house: House, store: Store) -> None:
    await house.open(without="announcements")
    await renew(house, store, TITLES[::-1])
    with pytest.raises(TimeoutError):
        await eventually(lambda: have_open(house, "second", cores=1), 4)
