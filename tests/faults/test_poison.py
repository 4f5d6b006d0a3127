"""A message that breaks the rules parks alone, whatever way it breaks them, and the conversation goes on."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TypeAlias

import aiohttp
import asyncpg
import pytest
from tornado.netutil import bind_sockets

from game_state.alarm import arm, under_alarm
from game_state.games.contract import Event, State, Turn
from game_state.games.needs import Answers
from game_state.message import Reply
from handlers.core import Core
from ops.settings import Articles as ArticleSettings
from ops.settings import BotSettings, Server, Settings
from ops.simulator import Simulator, webhooks
from tests.conftest import Database

CREDENTIALS = {"token": "123456789:AApoison-poison-poison-poison-poison00", "webhook_secret": "poison-secret"}
CHAT = "99"
Owner: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


class Fragile:
    """Echoes, and breaks on certain words."""

    name = "echo"
    former_names: tuple[str, ...] = ()
    state_version = 1

    def upcast(self, state: State, version: int) -> State:
        """Nothing older exists."""
        return state

    def advance(self, state: State, event: Event, answers: Answers) -> Turn:
        """Break as told."""
        text = event.message.text
        if text == "raise":
            raise ValueError(text)
        while text == "loop":
            pass
        if text == "huge":
            return Turn(state={"pad": "x" * 300_000})
        if text == "swallow":
            try:
                while True:
                    pass
            except Exception:  # noqa: BLE001  a rule that swallows everything that it may
                return Turn(state=state)
        return Turn(state=state, replies=(Reply(text=text),))


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    """All platforms."""
    async with Simulator() as running:
        yield running


@pytest.fixture
async def core(database: Database, simulator: Simulator, tmp_path: Path) -> AsyncIterator[Core]:
    """A core whose one game is fragile."""
    settings = Settings(
        server=Server(turn_lease_s=3.0, delivery_lease_s=5.0, send_timeout_s=2.0),
        articles=ArticleSettings(store=str(tmp_path)),
        bots=(
            BotSettings(
                name="fragile", platform="telegram", game="echo", api_base=simulator.url, credentials=CREDENTIALS
            ),
        ),
    )
    core = await Core.start(
        settings,
        url=database.url,
        secret="poison" * 6,
        sockets=bind_sockets(0, "127.0.0.1"),
        games={"echo": Fragile()},
    )
    yield core
    await core.drain()


async def say(core: Core, *words: str) -> None:
    """Messages by webhook, one after the other."""
    async with aiohttp.ClientSession() as session:
        for word in words:
            seq = time.monotonic_ns() // 1000 % 10**9
            headers, body = webhooks.text(
                "telegram", CREDENTIALS, CHAT, CHAT, "Ana", word, seq=seq, at_ms=int(time.time() * 1000)
            )
            url = f"http://127.0.0.1:{core.port}/webhooks/telegram/fragile"
            async with session.post(url, data=body, headers=headers) as response:
                assert response.status == 200


@pytest.mark.parametrize("word", ["raise", "loop", "huge", "swallow"])
async def test_the_fifth_failure_parks_and_says_so(core: Core, simulator: Simulator, owner: Owner, word: str) -> None:
    hurry = asyncio.ensure_future(no_backoff(owner))
    try:
        await say(core, "before", word, "after")
        await simulator.record.wait(3, 40, platform="telegram", chat=CHAT)
    finally:
        hurry.cancel()
    texts = [sent.text for sent in simulator.record.messages("telegram", CHAT)]
    assert texts[0] == "before"
    assert texts[1].startswith("Sorry")
    assert texts[2] == "after"
    parked = await owner.fetch("select number, attempts, error from parlor.parked")
    assert [(row["number"], row["attempts"]) for row in parked] == [(2, 5)]
    expected = {"raise": "ValueError", "loop": "TurnTimeout", "swallow": "TurnTimeout", "huge": "SessionTooLarge"}
    assert parked[0]["error"].startswith(expected[word])
    assert word not in parked[0]["error"].replace("SessionTooLarge", "")


async def no_backoff(owner: Owner) -> None:
    """Let what waits for another attempt have it at once."""
    while True:
        await owner.execute("update parlor.waiting set due_at = now() where due_at > now()")
        await asyncio.get_running_loop().create_task(asyncio.sleep(0.1))


async def test_other_conversations_go_on_meanwhile(core: Core, simulator: Simulator) -> None:
    await say(core, "raise")
    begun = time.monotonic()
    async with aiohttp.ClientSession() as session:
        headers, body = webhooks.text(
            "telegram", CREDENTIALS, "7", "7", "Bo", "hello", seq=5, at_ms=int(time.time() * 1000)
        )
        url = f"http://127.0.0.1:{core.port}/webhooks/telegram/fragile"
        async with session.post(url, data=body, headers=headers) as response:
            assert response.status == 200
    await simulator.record.wait(1, 5, platform="telegram", chat="7")
    assert time.monotonic() - begun < 5


def test_the_alarm_is_not_the_clock_on_the_wall() -> None:
    """A process that was stopped, or had to wait for the processor, is no rule that loops."""
    arm(0.05)
    reading, writing = os.pipe()
    threading.Timer(0.3, os.write, (writing, b".")).start()
    assert under_alarm(lambda: os.read(reading, 1)) == b"."
    os.close(reading)
    os.close(writing)
