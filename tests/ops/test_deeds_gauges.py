"""What waits to be booked, as Prometheus sees it: from a deed that waits to one that is booked."""

from __future__ import annotations

import re
from typing import TypeAlias

import asyncpg

from game_state.store import Store
from ops.metrics import Metrics
from ops.watch import Watch

Owner: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


async def test_deeds_are_told_as_they_wait_and_as_they_are_booked(store: Store, owner: Owner) -> None:
    metrics = Metrics(version="1")
    watch = Watch(metrics)

    async def shown() -> dict[str, float]:
        watch.queues(await store.queue_stats())
        page = metrics.render()[1].decode()
        return {name: float(value) for name, value in re.findall(r"^parlor_(deeds_\w+) (\S+)$", page, re.MULTILINE)}

    assert await shown() == {"deeds_depth": 0, "deeds_oldest_age_seconds": 0}
    await owner.execute(
        "insert into parlor.deeds (conversation_id, bot_id, deed, done_at)"
        """ select 1, 1, '{"kind":"scored","player":"ana","points":1}', clock_timestamp() - n * interval '50 s'"""
        " from generate_series(2, 1, -1) n"
    )
    waiting = await shown()
    assert waiting["deeds_depth"] == 2
    assert 100 <= waiting["deeds_oldest_age_seconds"] < 120
    assert await store.fold_deeds(10) == 2
    assert await shown() == {"deeds_depth": 0, "deeds_oldest_age_seconds": 0}
