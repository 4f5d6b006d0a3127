"""Each of the six games, whole, on every platform: through the real core and PostgreSQL, alone and with four players; on two of
them in English and in German."""

from __future__ import annotations

from pathlib import Path

import pytest

from ops.replay import replay
from tests.conftest import Database
from tests.scenario.doors import CHATS, Door, Person
from tests.scenario.games_whole import PLAYED, Table
from tests.scenario.house import House, settings_for

GERMAN_GROUP = {"telegram": "-1007701", "line": "C" + "d" * 32}


def tables(house: House, platform: str) -> list[Table]:
    """A chat of one and a chat of four, in each language."""
    ana, ben = CHATS[platform].ana, CHATS[platform].ben
    return [
        Table(Door(house, platform), "en", ana),
        Table(Door(house, platform, group=True), "en", None),
        Table(Door(house, platform, chat=ben.id), "de", ben),
        Table(Door(house, platform, group=True, chat=GERMAN_GROUP[platform]), "de", None),
    ]


@pytest.mark.parametrize("platform", GERMAN_GROUP)
@pytest.mark.parametrize("game", PLAYED)
async def test_a_round_is_played_to_its_end(
    house: House, game: str, platform: str, database: Database, article_store: Path
) -> None:
    for table in tables(house, platform):
        await played(table, game)
    await all_is_well(house, database, article_store)


@pytest.mark.parametrize("platform", ["slack", "discord", "messenger", "whatsapp"])
async def test_every_game_is_played_to_its_end(
    house: House, platform: str, database: Database, article_store: Path
) -> None:
    """By four in a channel of Slack (one round in a thread) and of Discord; alone on the others."""
    alone = platform in ("messenger", "whatsapp")
    for number, game in enumerate(PLAYED):
        if alone:
            one = Person(f"55119000010{number:02}", CHATS[platform].ana.name)
            house.simulator.people.introduce({one.id: one.name})
            await played(Table(Door(house, platform, chat=one.id), "en", one), game)
        else:
            chat = f"C0ROOM{number}" if platform == "slack" else str(93000 + number)
            thread = "1789000000.000100" if (platform, game) == ("slack", "blank") else ""
            await played(Table(Door(house, platform, group=True, chat=chat, thread=thread), "en", None), game)
            if thread:
                posts = house.record.calls("slack", "chat.postMessage", chat=chat)
                assert {post.body.get("thread_ts") for post in posts} == {thread}
    await all_is_well(house, database, article_store)


async def played(table: Table, game: str) -> None:
    """Play a round; what all games have in common at their end is as it should be."""
    ending = await PLAYED[game](table)
    kept = await table.house.kept(table.address)
    assert kept.get("round") is None
    assert kept["last"]["title"] in ending.reveal
    assert f"https://{table.language}.wikipedia.org/" in ending.reveal
    assert ending.points >= 1
    await table.orders(table.people[0], "scores")
    points = table.voice.count("{n} point", "{n} points", ending.points)
    wins = table.voice.count("{n} win", "{n} wins", 1)
    await table.door.read(f"1. {ending.winner}: {points}, {wins}")
    await table.door.nothing_more()


async def all_is_well(house: House, database: Database, article_store: Path) -> None:
    """Nothing was refused, nothing is left over, and every conversation can be replayed."""
    assert await house.value("select count(*) from parlor.timers") == 0
    assert await house.leftovers() == {}
    assert [sent for sent in house.record.calls() if sent.error] == []
    assert await house.value("select count(*) from parlor.dead_letters") == 0
    settings = settings_for(article_store, house.simulator.url)
    for (conversation,) in await house.rows("select conversation_id from parlor.conversations"):
        again = await replay(settings, database.url, conversation, start=1, release="0")
        assert again.played >= 3
        assert (again.difference, again.problem) == (None, None)
