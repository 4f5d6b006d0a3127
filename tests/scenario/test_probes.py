"""What load balancers and Prometheus are told, and how a core goes."""

from __future__ import annotations

import asyncio
from pathlib import Path

from ops.embedded import EmbeddedDatabase
from tests.conftest import Database
from tests.scenario.doors import Door
from tests.scenario.house import House, eventually, open_core, settings_for, unreachable

METRICS = (
    "parlor_inbox_received_total",
    "parlor_inbox_ack_seconds_bucket",
    "parlor_queue_oldest_age_seconds",
    "parlor_queue_depth",
    "parlor_turn_seconds_bucket",
    "parlor_turn_errors_total",
    "parlor_lease_takeovers_total",
    "parlor_fenced_writes_total",
    "parlor_outbox_oldest_age_seconds",
    "parlor_platform_requests_total",
    "parlor_platform_throttled_seconds",
    "parlor_cache_requests_total",
    "parlor_ws_clients",
    "parlor_build_info",
    "parlor_webhook_refused_total",
    "parlor_quarantined_total",
    "parlor_dead_letters_total",
)
"""What alerts and dashboards are built on."""


async def test_alive_and_ready_follow_the_database(house: House, cluster: EmbeddedDatabase) -> None:
    async def is_ready() -> bool:
        return (await house.request("GET", "/readyz")).status == 200

    async def is_away() -> bool:
        return not await is_ready()

    assert await is_ready()
    async with unreachable(house, cluster):
        await eventually(is_away)
        away = await house.request("GET", "/readyz")
        assert b"the database does not answer" in away.body
        for path in ("/healthz", "/livez"):
            assert (await house.request("GET", path)).status == 200
        assert (await house.request("GET", "/metrics")).status == 200
    await eventually(is_ready)


async def test_metrics_tell_what_happened(house: House) -> None:
    door = Door(house, "telegram")
    await door.order(door.ana, "play")
    await door.read("Clue 1 of")
    await house.settle()
    page = await house.request("GET", "/metrics")
    assert page.status == 200
    text = page.body.decode()
    missing = [
        name
        for name in METRICS
        if f"# TYPE {name.removesuffix('_bucket').removesuffix('_total')}" not in text and f"# TYPE {name}" not in text
    ]
    assert missing == []
    assert 'parlor_inbox_received_total{platform="telegram",result="new"} 1.0' in text
    assert 'parlor_platform_requests_total{method="sendMessage",platform="telegram",status="200"} 1.0' in text
    assert "parlor_turn_seconds_count 1.0" in text
    for secret in ("scenario-token", "hook-secret", door.ana.name, "Clue 1"):
        assert secret not in text


async def test_a_core_that_drains_finishes_its_turn_and_leaves_the_rest(
    house: House, database: Database, article_store: Path
) -> None:
    """While a commit is under way: not ready, still answering; the reply goes out; what came late is another core's."""
    door, other = Door(house, "telegram"), Door(house, "telegram", chat="4299")
    assert (await house.request("GET", "/readyz")).body == b"ready\n"
    async with house.owner.transaction():
        await house.owner.execute("lock table parlor.log in access exclusive mode")
        await door.order(door.ana, "scores")  # accepted; its turn cannot commit yet
        draining = asyncio.create_task(house.core.drain())
        told = await house.request("GET", "/readyz")
        assert (told.status, told.body) == (503, b"draining\n")
        await other.order(other.ana, "help")
        assert not draining.done()
    await draining
    await door.read("Nobody has scored yet")
    assert await house.leftovers() == {"inbox": 1, "waiting": 1}

    async with open_core(settings_for(article_store, house.simulator.url), database.url) as successor:
        await other.read("I give the clues")
        await successor.player.drain()
        await successor.outbox.drain()
    assert await house.leftovers() == {}
    assert [outcome for _, _, outcome in await house.log(door.address, "in")] == ["scores"]
    assert [outcome for _, _, outcome in await house.log(other.address, "in")] == ["help"]
