"""What a game asks for is brought by a running core, which learns from the books by itself; gone is told from away."""

from __future__ import annotations

from pathlib import Path

import asyncpg

from game_state.games.needs import GONE, ById, ByTitle, Draw, Drawn, IsAdmin, Need, Shelves, Standing
from game_state.message import Kind, Message
from tests.article_data.reader.stored import TITLES, article, publish_build
from tests.conftest import Database
from tests.scenario.house import ECHO, name_of, open_core, settings_for

MESSAGE = Message(kind=Kind.TEXT, address="-1", dedupe_key="1", sender="7", group=True, admin=True)


async def test_each_need_is_met(database: Database, owner: asyncpg.Connection[asyncpg.Record], tmp_path: Path) -> None:
    store = tmp_path / "store"
    publish_build(store)
    await owner.execute(
        "insert into parlor.article_ratings values ('en', 'Heron', 1500 + 8 * 20, 100, clock_timestamp())"
    )
    async with open_core(settings_for(store, "http://127.0.0.1:9"), database.url) as core:
        bot = core.rooms.find("telegram", name_of("telegram", ECHO))
        assert bot is not None

        async def fetch(need: Need) -> object:
            return await core.bench.fetch(need, bot[0].bot_id, MESSAGE)

        assert await fetch(ById(article_id=2)) == article(2, "Heron")
        assert core.bench.at_hand(ByTitle(title="Heron")) == article(2, "Heron")
        assert await fetch(ById(article_id=6)) is GONE
        assert await fetch(ById(article_id=2, language="fr")) is None, "no build to look in: perhaps later"
        assert await fetch(Shelves()) == ("en",)
        assert await fetch(Standing(period="week")) == ()
        assert await fetch(IsAdmin()) is True
        assert core.bench.stage(bot[0].bot_id, group=True).groups

        await core.answers.refresh()
        drawn = [await fetch(Draw(key=key, language="en")) for key in range(60)]
        levels = {one.article.title: one.level for one in drawn if isinstance(one, Drawn)}
        assert set(levels) == set(TITLES)
        assert (levels["Heron"], levels["Otter"]) == (70, 80), "as learned; as built"
