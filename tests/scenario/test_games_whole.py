"""Each of the six games, whole: through the real core and PostgreSQL, alone and with four players, in English and in German."""

from __future__ import annotations

from pathlib import Path

import pytest

from ops.replay import replay
from tests.conftest import Database
from tests.scenario.doors import CHATS, Door
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
        ending = await PLAYED[game](table)
        kept = await house.kept(table.address)
        assert kept.get("round") is None
        assert kept["last"]["title"] in ending.reveal
        assert f"https://{table.language}.wikipedia.org/" in ending.reveal
        assert ending.points >= 1
        await table.door.say(table.people[0], "/scores")
        points = table.voice.count("{n} point", "{n} points", ending.points)
        wins = table.voice.count("{n} win", "{n} wins", 1)
        await table.door.read(f"1. {ending.winner}: {points}, {wins}")
        await table.door.nothing_more()
    assert await house.value("select count(*) from parlor.timers") == 0
    assert await house.leftovers() == {}
    assert [sent for sent in house.record.calls() if sent.error] == []

    settings = settings_for(article_store, house.simulator.url)
    for (conversation,) in await house.rows("select conversation_id from parlor.conversations"):
        again = await replay(settings, database.url, conversation, start=1, release="0")
        assert again.played >= 3
        assert (again.difference, again.problem) == (None, None)
