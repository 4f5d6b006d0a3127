"""Books that are far behind: what is booked late is what would have been booked in time, and nobody waits for anybody."""

from __future__ import annotations

from typing import TypeAlias

import asyncpg
import pytest

from game_state.store import Store
from tests.conftest import Database

Owner: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


@pytest.mark.parametrize(("result", "level"), [(0.8, 20), (0.2, 80)])
async def test_an_article_that_many_played_before_a_fold_is_as_hard_as_they_found_it(
    store: Store, owner: Owner, result: float, level: int
) -> None:
    """A thousand newcomers meet one article: its rating goes where their results point, whatever the fold takes at once."""
    await owner.execute(
        "insert into parlor.deeds (conversation_id, bot_id, deed, done_at)"
        " select n, 1, jsonb_build_object('kind', 'solved', 'player', 'p' || n, 'language', 'en', 'title', 'Otter',"
        " 'result', $1::float8, 'level', 50), clock_timestamp() from generate_series(1, 1000) n",
        result,
    )
    assert await store.fold_deeds(1000) == 1000
    levels = await store.article_levels("en")
    assert levels["Otter"] == pytest.approx(level, abs=5)


async def test_a_hundred_thousand_deeds_are_booked_as_they_were_done(store: Store, owner: Owner) -> None:
    await owner.execute(
        "insert into parlor.deeds (conversation_id, bot_id, deed, done_at)"
        " select n, 1, case when n <= 100 then jsonb_build_object('kind', 'agreed', 'player', 'p' || n % 100, 'name', 'P')"
        " else jsonb_build_object('kind', 'scored', 'player', 'p' || n % 100, 'points', 1, 'won', n % 2 = 0) end,"
        " clock_timestamp() from generate_series(1, 100000) n"
    )
    booked = 0
    while more := await store.fold_deeds(1000):
        booked += more
    assert booked == 100_000
    best = await store.standing(1, "all")
    assert {line.points for line in best} == {999}
    assert await owner.fetchval("select sum(points) from parlor.daily_points") == 99_900
    assert await owner.fetchval("select count(*) from parlor.deeds") == 0


async def test_upkeep_passes_over_points_that_somebody_is_at(store: Store, owner: Owner, database: Database) -> None:
    await owner.execute(
        "insert into parlor.daily_points (bot_id, day, player, points, wins)"
        " values (1, '2020-01-01', 'ana', 1, 0), (1, '2020-01-01', 'ben', 1, 0)"
    )
    other = await asyncpg.connect(database.owner_url)
    try:
        transaction = other.transaction()
        await transaction.start()
        await other.execute("select 1 from parlor.daily_points where player = 'ana' for update")
        assert await store.keep_up()
        assert [row["player"] for row in await owner.fetch("select player from parlor.daily_points")] == ["ana"]
        await transaction.rollback()
    finally:
        await other.close()
    assert await store.keep_up()
    assert await owner.fetchval("select count(*) from parlor.daily_points") == 0
