"""What a game asks for is brought by a running core: by number, by title, by chance; gone is told from away."""

from __future__ import annotations

from pathlib import Path

from game_state.games.contract import GONE, ById, ByTitle, Pick
from tests.article_data.reader.stored import TITLES, article, publish_build
from tests.conftest import Database
from tests.scenario.house import open_core, settings_for


async def test_each_need_is_met(database: Database, tmp_path: Path) -> None:
    store = tmp_path / "store"
    publish_build(store)
    async with open_core(settings_for(store, "http://127.0.0.1:9"), database.url) as core:
        fetch, peek = core.bench.fetch, core.bench.peek
        assert await fetch(ById(article_id=2)) == article(2, "Heron")
        assert await fetch(ById(article_id=6)) is GONE
        assert await fetch(ById(article_id=2, language="fr")) is None, "no build to look in: perhaps later"

        assert await fetch(ByTitle(title="Kingfisher")) == article(3, "Kingfisher")
        assert peek(ByTitle(title="Kingfisher")) == article(3, "Kingfisher")
        assert await fetch(ByTitle(title="kingfisher")) is GONE, "a title is meant to the letter"
        assert await fetch(ByTitle(title="Common heron")) is GONE, "an alias is no title"
        assert await fetch(ByTitle(title="Heron", language="fr")) is None

        picked = {(await fetch(Pick(seed=seed)) or GONE).title for seed in range(100)}
        assert picked == set(TITLES)
        easy = [await fetch(Pick(seed=seed, topic="animal", difficulty="easy")) for seed in range(30)]
        assert {(one or GONE).article_id for one in easy} == {1, 3, 5}
        assert await fetch(Pick(seed=1, topic="physics")) is None
        assert await fetch(Pick(seed=1, difficulty="impossible")) is None
