from __future__ import annotations

import asyncio
import gc
import os
import shutil
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from redis.asyncio import Redis

from article_data.article import Article, ArticleUnavailable
from article_data.build.building import build
from article_data.reader.breaker import Breaker
from article_data.reader.memory import OVERHEAD_BYTES, MemoryTier
from article_data.reader.reading import Reader
from article_data.store.files import Pack, pack_record, read_current
from tests.article_data.conftest import SUBJECTS, article, page, write_dump

Opening = Callable[..., Awaitable[Reader]]


@pytest.fixture
def store(tmp_path: Path, small_dump: Path) -> Path:
    build([small_dump], tmp_path / "store")
    return tmp_path / "store"


@pytest_asyncio.fixture
async def opening() -> AsyncIterator[Opening]:
    """Open readers; all are closed at the end."""
    opened: list[Reader] = []

    async def open_reader(
        store: Path, redis_url: str | None = None, memory_bytes: int = 1 << 20, timeout_s: float = 2.0
    ) -> Reader:
        reader = Reader(store, redis_url=redis_url, memory_bytes=memory_bytes, timeout_s=timeout_s)
        await reader.start()
        opened.append(reader)
        return reader

    yield open_reader
    for reader in opened:
        await reader.close()


@pytest_asyncio.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    client = Redis.from_url(redis_url)
    await client.flushdb()
    yield client
    await client.aclose()


def cut_pack(store: Path) -> None:
    """Take the records away under an open reader."""
    os.truncate(store / "builds" / read_current(store)["en"] / "records.pack", 0)


async def test_every_tier_gives_the_same(store: Path, redis: Redis, redis_url: str, opening: Opening) -> None:
    first = await opening(store, redis_url)
    assert first.pool_size("en") == len(SUBJECTS)
    assert first.peek(0, "en") is None
    from_store = [await first.get(number, "en") for number in range(len(SUBJECTS))]
    assert [one.title for one in from_store] == list(SUBJECTS)
    assert [await first.get(number, "en") for number in range(len(SUBJECTS))] == from_store
    assert first.peek(0, "en") == from_store[0]
    await first.close()
    assert await redis.dbsize() == len(SUBJECTS), "closing waits for the writes"
    key = f"parlor:article:{read_current(store)['en']}:0"
    assert 0.9 * 24 * 3600 - 60 <= await redis.ttl(key) <= 1.1 * 24 * 3600

    second = await opening(store, redis_url)
    cut_pack(store)
    assert [await second.get(number, "en") for number in range(len(SUBJECTS))] == from_store
    assert second.counts()["redis", "hit"] == len(SUBJECTS)
    assert first.counts()["store", "hit"] == len(SUBJECTS)
    assert first.counts()["redis", "miss"] == len(SUBJECTS)
    assert first.counts()["memory", "hit"] == len(SUBJECTS) + 1
    assert first.counts()["memory", "miss"] == len(SUBJECTS)


async def test_garbage_in_redis_changes_nothing(store: Path, redis: Redis, redis_url: str, opening: Opening) -> None:
    plain = await opening(store)
    expected = [await plain.get(number, "en") for number in range(4)]
    build_id = read_current(store)["en"]
    other = Pack(store, build_id).read(5)
    for number, garbage in enumerate(
        (b"garbage", b"", other, pack_record(Article(article_id=3, title="x", language="de")))
    ):
        await redis.set(f"parlor:article:{build_id}:{number}", garbage)
    reader = await opening(store, redis_url)
    assert [await reader.get(number, "en") for number in range(4)] == expected
    assert reader.counts()["redis", "error"] == 4


async def test_a_list_in_redis_changes_nothing(store: Path, redis: Redis, redis_url: str, opening: Opening) -> None:
    await redis.lpush(f"parlor:article:{read_current(store)['en']}:0", "a")
    reader = await opening(store, redis_url)
    assert (await reader.get(0, "en")).title == "Otter"


async def test_an_absent_redis_costs_nothing(store: Path, opening: Opening) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        reader = await opening(store, f"redis://127.0.0.1:{probe.getsockname()[1]}/0")
        titles = [(await reader.get(number, "en")).title for number in range(len(SUBJECTS))]
    assert titles == list(SUBJECTS)
    assert reader.counts()["redis", "error"] >= 1
    assert reader.counts()["redis", "skipped"] >= 1, "after a few failures it is left alone"


async def test_a_redis_that_never_answers_costs_its_deadline(store: Path, opening: Opening) -> None:
    held: list[asyncio.StreamWriter] = []
    silent = await asyncio.start_server(lambda _, writer: held.append(writer), "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    reader = await opening(store, f"redis://127.0.0.1:{port}/0")
    loop = asyncio.get_running_loop()
    before = loop.time()
    titles = [(await reader.get(number, "en")).title for number in range(len(SUBJECTS))]
    assert titles == list(SUBJECTS)
    assert loop.time() - before < 1.5
    await reader.close()
    for writer in held:
        writer.close()
        await writer.wait_closed()
    silent.close()
    await silent.wait_closed()


async def test_cached_articles_outlive_the_store(store: Path, opening: Opening) -> None:
    reader = await opening(store)
    kept = await reader.get(1, "en")
    cut_pack(store)
    with pytest.raises(ArticleUnavailable):
        await reader.get(2, "en")
    shutil.rmtree(store)
    assert await reader.refresh() is False
    assert await reader.get(1, "en") == kept
    assert reader.pool_size("en") == len(SUBJECTS)
    assert reader.counts()["store", "error"] == 1
    assert reader.counts()["refresh", "error"] == 1


async def test_a_hanging_store_ends_in_time(store: Path, opening: Opening) -> None:
    reader = await opening(store, timeout_s=0.05)
    kept = await reader.get(0, "en")
    # Opening a pipe that nobody writes hangs just as a dead NFS server does.
    (store / "CURRENT").unlink()
    os.mkfifo(store / "CURRENT")
    try:
        assert [await reader.refresh() for _ in range(6)] == [False] * 6
        assert reader.peek(0, "en") == kept
        with pytest.raises(ArticleUnavailable):
            await reader.get(1, "en")
    finally:
        for _ in range(6):
            os.close(os.open(store / "CURRENT", os.O_RDWR))


async def test_a_damaged_record_is_unavailable_and_only_it(store: Path, opening: Opening) -> None:
    path = store / "builds" / read_current(store)["en"] / "records.pack"
    data = bytearray(path.read_bytes())
    data[10] ^= 0xFF
    path.write_bytes(data)
    reader = await opening(store)
    with pytest.raises(ArticleUnavailable, match="damaged"):
        await reader.get(0, "en")
    assert (await reader.get(1, "en")).title == "Beaver"


async def test_one_flight_for_many_callers(store: Path, opening: Opening) -> None:
    reader = await opening(store)
    found = await asyncio.gather(*(reader.get(3, "en") for _ in range(200)))
    assert {one.title for one in found} == {"Kingfisher"}
    assert reader.counts()["store", "hit"] == 1


async def test_a_caller_that_gives_up_takes_nobody_along(store: Path, opening: Opening) -> None:
    reader = await opening(store)
    hasty, patient = (asyncio.create_task(reader.get(2, "en")) for _ in range(2))
    await asyncio.sleep(0)
    hasty.cancel()
    assert (await patient).title == "Heron"
    with pytest.raises(asyncio.CancelledError):
        await hasty


async def test_what_is_not_there_is_unavailable(tmp_path: Path, store: Path, opening: Opening) -> None:
    reader = await opening(store)
    for article_id, language in ((6, "en"), (-1, "en"), (0, "fr")):
        with pytest.raises(ArticleUnavailable):
            await reader.get(article_id, language)
    assert reader.pool_size("fr") == 0
    empty = await opening(tmp_path / "absent")
    assert empty.pool_size("en") == 0
    with pytest.raises(ArticleUnavailable):
        await empty.get(0, "en")


async def test_a_new_build_is_noticed(tmp_path: Path, opening: Opening) -> None:
    reader = await opening(tmp_path / "store")
    build([write_dump(tmp_path / "a.xml", page("Otter", article("Otter")))], tmp_path / "store")
    assert await reader.refresh() is True
    assert await reader.refresh() is False
    assert (await reader.get(0, "en")).title == "Otter"
    build([write_dump(tmp_path / "b.xml", page("Heron", article("Heron")))], tmp_path / "store")
    assert (await reader.get(0, "en")).title == "Otter"
    assert await reader.refresh() is True
    assert reader.peek(0, "en") is None, "another build's articles are other articles"
    assert (await reader.get(0, "en")).title == "Heron"


def test_replaced_builds_let_go_of_their_files(store: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    packs = [Pack(store, read_current(store)["en"]) for _ in range(5)]
    assert len(os.listdir("/proc/self/fd")) == before + 5
    packs.clear()
    gc.collect()
    assert len(os.listdir("/proc/self/fd")) == before


def test_memory_is_bounded_by_bytes() -> None:
    one = Article(article_id=0, title="x")
    tier = MemoryTier(10 * (OVERHEAD_BYTES + 100))
    for number in range(50):
        tier.put(("b", number), one, 100)
        assert tier.get(("b", 0)) is one, "what is used stays"
    assert len(tier) == 10
    assert tier.size_bytes == 10 * (OVERHEAD_BYTES + 100)
    tier.put(("b", 99), one, 1 << 20)
    assert tier.get(("b", 99)) is None
    tier.put(("b", 0), one, 50)
    assert tier.size_bytes == 10 * (OVERHEAD_BYTES + 100) - 50


def test_the_breaker_lets_one_try_per_pause() -> None:
    breaker = Breaker(failures=2, pause_s=1.0)
    breaker.failed(0.0)
    assert breaker.allows(0.0)
    breaker.failed(0.0)
    assert [breaker.allows(at) for at in (0.5, 1.0, 1.1, 2.0)] == [False, True, False, True]
    breaker.succeeded()
    assert breaker.allows(2.1)
