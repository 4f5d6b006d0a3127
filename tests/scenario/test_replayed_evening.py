"""Evenings at the table of games, played by a running core and played again from the log: the rules are pure as a whole."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TypeAlias

import asyncpg
import msgspec
import pytest

from game_state.message import Kind, Message
from ops.replay import replay
from tests.article_data.reader.stored import TITLES as ANIMALS
from tests.article_data.reader.stored import publish_build
from tests.conftest import Database
from tests.scenario.house import eventually, open_core, settings_for

Owner: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
TITLES = tuple(f"{colour} {animal}" for colour in ("Red", "Grey", "Blue", "Great") for animal in ANIMALS)
WORDS = (
    "/guess", "/letters", "/blank", "/which", "/path", "/daily", "play", "hint", "/skip", "/giveup", "/stop", "/scores",
    "/settings", "report", "help", "a", "e", "r", "1", "2", *TITLES,
)  # fmt: skip
MESSAGES = 120


async def booked(owner: Owner) -> bool:
    """Whether the core has booked all deeds; there were some."""
    count = "select (select count(*) from parlor.deeds) = 0 and (select count(*) from parlor.article_ratings) > 0"
    return bool(await owner.fetchval(count))


@pytest.mark.parametrize("group", [False, True], ids=["alone", "in a group"])
async def test_an_evening_is_played_again_word_for_word(
    database: Database, owner: Owner, tmp_path: Path, group: bool
) -> None:
    publish_build(tmp_path / "store", TITLES)
    settings = settings_for(tmp_path / "store", "http://127.0.0.1:9")
    chance = random.Random(5)
    values: list[str] = []
    conversation = 0
    async with open_core(settings, database.url) as core:
        bot = core.rooms.named("quiz-web")
        assert bot is not None
        for number in range(1, MESSAGES + 1):
            player = chance.choice("xyz") if group else "x"
            pressed = bool(values) and chance.random() < 0.4
            message = Message(
                kind=Kind.BUTTON if pressed else Kind.TEXT,
                address="evening",
                dedupe_key=str(number),
                text="" if pressed else chance.choice(WORDS),
                button=chance.choice(values) if pressed else None,
                sender=player,
                sender_name=player.upper(),
                group=group,
                addressed=True,
            )
            conversation = (await core.acceptor.accept(bot.bot_id, message, 5)).conversation_id
            await core.player.drain()
            said = [row for row in await core.store.read_history(conversation, 4) if not row.mine]
            values = [button["value"] for row in said for button in msgspec.json.decode(row.body).get("buttons", ())]
        await core.player.drain()
        await eventually(lambda: booked(owner))
        outcomes = {row.outcome for row in await core.store.read_log(conversation, 0, 0, 1000)}
        found = await replay(settings, database.url, conversation, start=1, release="0")
    assert len(outcomes) > 6, outcomes
    assert {"started", "reported"} & outcomes
    assert (found.difference, found.problem, found.parked, found.other_releases) == (None, None, [], {})
    assert found.played >= MESSAGES
