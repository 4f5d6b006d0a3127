"""Article builds in the database: announced to every core, kept as long as a living core has them open."""

from __future__ import annotations

import asyncio
from typing import TypeAlias
from uuid import uuid4

import asyncpg

from game_state.listen import listen
from game_state.store import Store
from tests.conftest import Database

Owner: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


async def test_the_last_announcement_of_a_language_is_current(store: Store) -> None:
    assert await store.current_builds() == {}
    for language, build_id in (("en", "one"), ("de", "eins"), ("en", "two"), ("en", "two")):
        await store.announce_build(language, build_id)
    assert await store.current_builds() == {"de": "eins", "en": "two"}


async def test_an_announcement_wakes_the_cores(store: Store, database: Database) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    listening = asyncio.create_task(listen(database.url, heard.put_nowait))
    try:
        async with asyncio.timeout(30):
            while await heard.get() != "builds":  # what a new listener looks at anyway
                pass
            await store.announce_build("en", "one")
            while await heard.get() != "builds":
                pass
    finally:
        listening.cancel()


async def test_builds_are_in_use_while_a_core_that_holds_them_lives(store: Store, owner: Owner) -> None:
    holder, other = uuid4(), uuid4()
    assert await store.hold_builds(holder, ["old"]) is False, "nobody reaps what no holder has"
    await store.renew_leases(holder, 60, 60)
    await store.renew_leases(other, 60, 60)
    await store.announce_build("en", "new")
    assert await store.hold_builds(holder, ["old", "new"]) is True
    assert await store.hold_builds(other, ["older"]) is True
    assert await store.builds_in_use() == {"new", "old", "older"}
    await store.hold_builds(holder, ["new"])
    assert await store.builds_in_use() == {"new", "older"}

    await store.renew_leases(other, 60, 60)
    assert await store.builds_in_use() == {"new", "older"}, "a heartbeat keeps the list"
    await owner.execute(
        "update parlor.holders set turns_expire_at = now(), deliveries_expire_at = now() where holder = $1", other
    )
    assert await store.builds_in_use() == {"new"}
    await store.reap_leases()
    assert await owner.fetchval("select count(*) from parlor.holders") == 1


async def test_saying_the_same_again_writes_nothing(store: Store, owner: Owner) -> None:
    holder = uuid4()
    await store.renew_leases(holder, 60, 60)
    await store.hold_builds(holder, ["one"])
    before = await owner.fetchval("select ctid::text from parlor.holders")
    assert await store.hold_builds(holder, ["one"]) is True
    assert await owner.fetchval("select ctid::text from parlor.holders") == before
