"""The database is slow or gone: no door says 200 before a message is durable, and what comes again is played once."""

from __future__ import annotations

import asyncio
import time

from ops.embedded import EmbeddedDatabase
from platforms import PLATFORMS as ROOMS
from tests.scenario.doors import Door
from tests.scenario.house import PLATFORMS, Answer, House, unreachable


async def test_a_database_slower_than_the_platforms_deadline(house: House) -> None:
    """503 in time, for all but Telegram, which waits for most of a minute and is answered when the commit is there."""
    doors = {platform: Door(house, platform) for platform in PLATFORMS}
    webhooks = {platform: door.command(door.ana, "scores") for platform, door in doors.items()}

    async def timed(platform: str) -> tuple[Answer, float]:
        begun = time.monotonic()
        return await doors[platform].send(webhooks[platform]), time.monotonic() - begun

    async with house.owner.transaction():
        await house.owner.execute("lock table parlor.dedupe_keys in access exclusive mode")
        answers = {platform: asyncio.create_task(timed(platform)) for platform in PLATFORMS}
        for platform in set(PLATFORMS) - {"telegram"}:
            answer, seconds = await answers[platform]
            assert answer.status == 503, platform
            assert int(answer.headers["Retry-After"]) >= 1
            assert seconds < ROOMS[platform].capabilities.webhook_deadline_s, platform
            assert house.count("inbox_received_total", platform=platform, result="rejected") == 1
        assert not answers["telegram"].done()
    assert (await answers["telegram"])[0].status == 200

    for platform, door in doors.items():
        assert (await door.send(webhooks[platform])).status == 200
        await door.read("Nobody has scored yet")
        await door.nothing_more()
        assert len(await house.log(door.address, "in")) == 1, platform
    assert await house.leftovers() == {}


async def test_no_database(house: House, cluster: EmbeddedDatabase) -> None:
    doors = [Door(house, platform) for platform in PLATFORMS]
    webhooks = [(door, door.command(door.ana, "scores")) for door in doors]
    broken = doors[0].text(doors[0].ana, "/start")._replace(body=b'{"update_id": []}')
    async with unreachable(house, cluster):
        for door, webhook in webhooks:
            answer = await door.send(webhook)
            assert answer.status == 503, door.platform
            assert int(answer.headers["Retry-After"]) >= 1
        assert (await doors[0].send(broken)).status == 503, "what cannot be quarantined is not acknowledged"
    for door, webhook in webhooks:
        assert (await door.send(webhook)).status == 200, door.platform
    for door in doors:
        await door.read("Nobody has scored yet")
        await door.nothing_more()
        assert len(await house.log(door.address, "in")) == 1
    assert (await doors[0].send(broken)).status == 200
    assert await house.value("select count(*) from parlor.quarantine") == 1


async def test_a_month_begins_while_turns_are_played(house: House) -> None:
    """Making the log's partition waits for nobody's turn and fails nobody's, though that turn was about to be logged."""
    door = Door(house, "telegram")
    await door.order(door.ana, "help")
    await door.read("I give the clues")
    await house.settle()
    for (partition,) in await house.rows(
        "select inhrelid::regclass::text from pg_inherits where inhparent = 'parlor.log'::regclass"
        " and inhrelid <> 'parlor.log_default'::regclass"
    ):
        await house.owner.execute(f"drop table {partition}")

    blocked = (
        "select count(*) > 0 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
    )
    async with house.owner.transaction():
        await house.owner.execute("select parlor.make_log_partitions(clock_timestamp())")
        await door.order(door.ana, "scores")
        await house.until(blocked)
    await door.read("Nobody has scored yet")
    await door.nothing_more()
    logged = "select outcome, attempts from parlor.log where direction = 'in'"
    assert await house.rows(logged) == [("scores", 1)], "played at the first attempt"
    assert await house.value("select count(*) from parlor.log_default") == 0
