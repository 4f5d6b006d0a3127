"""The reader: the same answers from every tier, and bounded time whatever is gone, slow, or full of garbage."""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from redis.asyncio import Redis

from article_data.article import Article, ArticleGone, ArticleUnavailable
from article_data.reader.reading import Reader
from article_data.reader.redis_tier import DEADLINE_S, RedisTier
from article_data.reader.tally import Tally
from article_data.store.build import Build
from article_data.store.manifest import build_folder, read_current
from tests import redis_server
from tests.article_data.reader.patience import eventually
from tests.article_data.reader.stored import TITLES, article, publish_build, text_of
from tests.ports import free_port

Opening = Callable[..., Awaitable[Reader]]
ALL = range(len(TITLES))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    publish_build(tmp_path / "store")
    return tmp_path / "store"


@pytest_asyncio.fixture
async def opening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Opening]:
    """Open readers; all are closed at the end. Unless told otherwise they wait for Redis longer than any machine is busy."""
    opened: list[Reader] = []

    async def open_reader(
        store: Path,
        redis_url: str | None = None,
        memory_bytes: int = 1 << 20,
        timeout_s: float = 2.0,
        warm: int = 0,
        tally: Tally | None = None,
        redis_deadline_s: float = 20.0,
    ) -> Reader:
        monkeypatch.setattr(RedisTier.__init__, "__kwdefaults__", {"deadline_s": redis_deadline_s})
        reader = Reader(
            store,
            cache=tmp_path / "cache",
            redis_url=redis_url,
            memory_bytes=memory_bytes,
            timeout_s=timeout_s,
            warm=warm,
            tally=tally,
        )
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


def folder(store: Path) -> Path:
    """The current build's folder."""
    return build_folder(store, read_current(store)["en"])


def cut_pack(store: Path) -> None:
    """Take the records away under an open reader."""
    os.truncate(folder(store) / "records.pack", 16)


async def calls(client: Redis, command: str) -> int:
    """How often Redis was given a command."""
    stats = await client.info("commandstats")
    return int(stats.get(f"cmdstat_{command}", {}).get("calls", 0))


async def test_every_tier_gives_the_same(store: Path, redis: Redis, redis_url: str, opening: Opening) -> None:
    first = await opening(store, redis_url)
    assert first.pool_size("en") == len(TITLES)
    assert first.peek(0, "en") is None
    from_store = [await first.get(number, "en") for number in ALL]
    assert from_store == [article(number, title) for number, title in enumerate(TITLES)]
    assert [await first.get(number, "en") for number in ALL] == from_store
    assert first.peek(0, "en") == from_store[0]
    await first.close()
    assert await redis.dbsize() == len(TITLES), "closing waits for the writes"
    lifetimes = {await redis.ttl(f"parlor:article:first:{number}") for number in ALL}
    assert len(lifetimes) > 1, "what was written together does not expire together"
    assert all(0.9 * 24 * 3600 - 60 <= lifetime <= 1.1 * 24 * 3600 for lifetime in lifetimes)

    second = await opening(store, redis_url)
    cut_pack(store)
    assert [await second.get(number, "en") for number in ALL] == from_store
    assert second.counts()["redis", "hit"] == len(TITLES)
    assert first.counts()["store", "hit"] == len(TITLES)
    assert first.counts()["redis", "miss"] == len(TITLES)
    assert first.counts()["memory", "hit"] == len(TITLES) + 1
    assert first.counts()["memory", "miss"] == len(TITLES)


async def test_many_are_one_question_to_redis(tmp_path: Path, redis: Redis, redis_url: str, opening: Opening) -> None:
    titles = [f"Animal {number}" for number in range(50)]
    publish_build(tmp_path / "many", titles)
    first = await opening(tmp_path / "many", redis_url)
    before = await calls(redis, "mget")
    found = await first.get_many([*range(50), 50, -1], "en")
    assert [one.title if one else None for one in found] == [*titles, None, None]
    assert await calls(redis, "mget") == before + 1
    await first.close()
    second = await opening(tmp_path / "many", redis_url)
    cut_pack(tmp_path / "many")
    assert await second.get_many(range(50), "en") == found[:50]
    assert await calls(redis, "mget") == before + 2
    assert second.tally.read_bytes["redis"] > 0


async def test_texts_come_the_same_way(store: Path, redis: Redis, redis_url: str, opening: Opening) -> None:
    first = await opening(store, redis_url)
    assert await first.text(2, "en") == text_of(article(2, "Heron"))
    await first.close()
    os.truncate(folder(store) / "texts.pack", 16)
    second = await opening(store, redis_url)
    assert second.builds() == {}, "a build that does not fit its indexes is not opened"
    publish_build(store, key="second")
    await second.refresh()
    os.truncate(folder(store) / "texts.pack", 16)
    with pytest.raises(ArticleUnavailable):
        await second.text(2, "en")
    assert await second.get(2, "en") == article(2, "Heron")


async def test_looking_up_asks_nobody(store: Path, opening: Opening) -> None:
    reader = await opening(store)
    shutil.rmtree(store)
    assert reader.find("common HERON", "en") == [2]
    assert reader.find("kingfischer", "en") == [3]
    assert reader.find("crocodile", "en") == reader.find("Heron", "fr") == []
    assert reader.titled("otter", "en") == [0]
    assert reader.titled("Common otter", "en") == []
    assert await reader.path(1, 4, "en") == (1, 2, 3, 4)
    assert await reader.path(4, 1, "en") is None
    with pytest.raises(ArticleGone):
        await reader.path(4, 6, "en")


async def test_only_the_pool_is_played_and_everything_can_be_looked_up(tmp_path: Path, opening: Opening) -> None:
    publish_build(tmp_path / "store", pool_size=2)
    reader = await opening(tmp_path / "store")
    assert reader.pool_size("en") == 2
    build = reader.opened("en")
    assert build is not None
    assert list(build.pool.ids()) == [0, 1]
    assert reader.opened("fr") is None
    assert (await reader.get(5, "en")).title == "Dragonfly"


@pytest.mark.parametrize("garbage", [b"garbage", b"", b"\0" * 5000, "other", "swapped", "list"])
async def test_garbage_in_redis_changes_nothing(
    store: Path, redis: Redis, redis_url: str, opening: Opening, garbage: bytes | str
) -> None:
    filling = await opening(store, redis_url)
    expected = await filling.get_many(ALL, "en")
    await filling.close()
    build = Build.open(store, "first", store.parent / "cache")
    keys = [f"parlor:article:first:{number}" for number in ALL]
    sound = await redis.mget(keys)
    for number, key in enumerate(keys):
        if garbage == "list":
            await redis.delete(key)
            await redis.lpush(key, "a")
        elif garbage == "other":
            await redis.set(key, build.records.read((number + 1) % 6))
        elif garbage == "swapped":
            await redis.set(key, sound[(number + 1) % 6] or b"")
        else:
            await redis.set(key, garbage)
    reader = await opening(store, redis_url)
    assert await reader.get_many(ALL, "en") == expected
    assert reader.counts()["redis", "hit"] == 0
    assert reader.breaker_states()["redis"] == "closed", "wrong values are not Redis's own failure"
    await reader.close()
    again = await opening(store, redis_url)
    assert await again.get_many(ALL, "en") == expected
    assert again.counts()["redis", "hit"] == len(TITLES), "what was wrong is written anew"


async def test_an_absent_redis_costs_nothing(store: Path, opening: Opening) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        reader = await opening(store, f"redis://127.0.0.1:{probe.getsockname()[1]}/0")
        titles = [(await reader.get(number, "en")).title for number in ALL]
    assert titles == list(TITLES)
    assert reader.counts()["redis", "error"] >= 1
    assert reader.counts()["redis", "skipped"] >= 1, "after a few failures it is left alone"
    assert reader.breaker_states() == {"redis": "open", "store": "closed"}


async def test_a_redis_that_never_answers_costs_its_deadline(store: Path, opening: Opening) -> None:
    held: list[asyncio.StreamWriter] = []
    silent = await asyncio.start_server(lambda _, writer: held.append(writer), "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    reader = await opening(store, f"redis://127.0.0.1:{port}/0", redis_deadline_s=DEADLINE_S)
    loop = asyncio.get_running_loop()
    before = loop.time()
    titles = [(await reader.get(number, "en")).title for number in ALL]
    assert titles == list(TITLES)
    assert loop.time() - before < 1.5
    await reader.close()
    for writer in held:
        writer.close()
        await writer.wait_closed()
    silent.close()
    await silent.wait_closed()


@pytest.mark.parametrize(
    "nonsense",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b":abc\r\n" * 9,
        b"*1\r\n$-7\r\n" * 9,
        b"$3\r\nabcdefgh\r\n" * 9,
        b"+OK\r\n" * 9,
        b"\xff" * 99,
    ],
    ids=["HTTP", "no number", "length", "frame", "too little", "bytes"],
)
async def test_a_server_that_is_no_redis_changes_nothing(store: Path, opening: Opening, nonsense: bytes) -> None:
    async def answer(asked: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await asked.read(4096):
            writer.write(nonsense)
        writer.close()

    other = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with other:
        url = f"redis://127.0.0.1:{other.sockets[0].getsockname()[1]}/0"
        reader = await opening(store, url, redis_deadline_s=DEADLINE_S)
        assert await reader.get_many(ALL, "en") == [article(number, title) for number, title in enumerate(TITLES)]
        assert reader.counts()["redis", "hit"] == 0
        await reader.close()


async def test_a_redis_with_a_password_works(store: Path, redis: Redis, redis_url: str, opening: Opening) -> None:
    await redis.acl_setuser(
        "parlor", enabled=True, passwords=["+pass word"], keys=["parlor:*"], commands=["+mget", "+set"]
    )
    url = redis_url.replace("redis://", "redis://parlor:pass%20word@")
    first = await opening(store, url)
    await first.get(0, "en")
    await first.close()
    second = await opening(store, url)
    await second.get(0, "en")
    assert second.counts()["redis", "hit"] == 1


@pytest.fixture
def tls_redis_url(tmp_path: Path) -> Iterator[str]:
    """A redis-server that speaks TLS alone, with a password."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("there is no openssl on this machine: install the package")
    port = free_port()
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    made = [
        openssl,
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
    ]
    subprocess.run([*made, *names, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    options = ["--port", "0", "--tls-port", str(port), "--requirepass", "secret", "--tls-auth-clients", "no"]
    files = ["--tls-cert-file", str(certificate), "--tls-key-file", str(key)]
    with redis_server.running(tmp_path, port, *options, *files):
        yield f"rediss://:secret@localhost:{port}/0?ssl_ca_certs={certificate}"


async def test_a_redis_with_tls_works(store: Path, tls_redis_url: str, opening: Opening) -> None:
    reader = await opening(store, tls_redis_url, memory_bytes=0, redis_deadline_s=DEADLINE_S)

    async def answers() -> bool:
        # Making the first connection may take longer than a read's deadline; it is made all the same.
        assert await reader.get(0, "en") == article(0, "Otter")
        return reader.counts()["redis", "hit"] > 0

    await eventually(answers)


async def test_cached_articles_outlive_the_store(store: Path, opening: Opening) -> None:
    reader = await opening(store)
    kept = await reader.get(1, "en")
    cut_pack(store)
    with pytest.raises(ArticleUnavailable):
        await reader.get(2, "en")
    shutil.rmtree(store)
    assert await reader.refresh() is False
    assert await reader.get(1, "en") == kept
    assert reader.pool_size("en") == len(TITLES)
    assert reader.counts()["store", "error"] == 1


async def test_a_hanging_store_ends_in_time(store: Path, opening: Opening) -> None:
    reader = await opening(store, timeout_s=0.05)
    kept: list[Article] = []

    async def is_open() -> bool:
        await reader.refresh()
        return reader.builds() == {"en": "first"}

    async def is_read(number: int, title: str) -> bool:
        """So short a time may be over before a busy machine has read what does not hang."""
        try:
            kept.append(await reader.get(number, "en"))
        except ArticleUnavailable:
            return False
        return kept[-1].title == title

    await eventually(is_open)
    await eventually(lambda: is_read(0, "Otter"))
    # Opening a pipe that nobody writes hangs just as a dead NFS server does.
    (store / "CURRENT").unlink()
    os.mkfifo(store / "CURRENT")
    try:
        assert [await reader.refresh() for _ in range(6)] == [False] * 6
        assert reader.peek(0, "en") == kept[-1]
        # Looking for builds holds a thread of its own.
        await eventually(lambda: is_read(1, "Beaver"))
    finally:
        for _ in range(6):
            os.close(os.open(store / "CURRENT", os.O_RDWR))


async def test_starting_does_not_wait_for_a_hanging_store(store: Path, opening: Opening) -> None:
    (store / "CURRENT").rename(store / "kept")
    os.mkfifo(store / "CURRENT")
    try:
        async with asyncio.timeout(5):
            reader = await opening(store, timeout_s=0.1)
        assert reader.builds() == {}
    finally:
        os.close(os.open(store / "CURRENT", os.O_RDWR))
    (store / "kept").rename(store / "CURRENT")
    await eventually(reader.refresh)
    assert reader.builds() == {"en": "first"}


async def test_a_store_that_was_mounted_anew_is_opened_anew(store: Path, opening: Opening) -> None:
    reader = await opening(store, memory_bytes=0)
    whole = (folder(store) / "records.pack").read_bytes()
    cut_pack(store)
    for _ in range(20):
        with pytest.raises(ArticleUnavailable):
            await reader.get(0, "en")
    assert reader.breaker_states()["store"] == "open"
    assert reader.counts()["store", "skipped"] > 0
    # Another file under the same name: who only holds the old one never sees it.
    (folder(store) / "records.pack").unlink()
    (folder(store) / "records.pack").write_bytes(whole)

    async def is_well() -> bool:
        await reader.refresh()
        return await reader.get_many([0], "en") == [article(0, "Otter")]

    await eventually(is_well)
    assert reader.breaker_states()["store"] == "closed"


async def test_a_damaged_record_is_unavailable_and_only_it(store: Path, opening: Opening) -> None:
    path = folder(store) / "records.pack"
    data = bytearray(path.read_bytes())
    data[30] ^= 0xFF
    path.write_bytes(data)
    reader = await opening(store)
    for _ in range(50):
        with pytest.raises(ArticleUnavailable, match="damaged"):
            await reader.get(0, "en")
    assert reader.counts()["store", "error"] == 1, "it is not read again and again"
    assert (await reader.get(1, "en")).title == "Beaver"
    assert reader.breaker_states()["store"] == "closed"


async def test_one_flight_for_many_callers(store: Path, opening: Opening) -> None:
    reader = await opening(store)
    found = await asyncio.gather(*(reader.get(3, "en") for _ in range(200)))
    assert {one.title for one in found} == {"Kingfisher"}
    assert reader.counts()["store", "hit"] == 1


async def test_what_is_not_there_is_told_from_what_is_away(tmp_path: Path, store: Path, opening: Opening) -> None:
    reader = await opening(store)
    for article_id in (6, -1):
        with pytest.raises(ArticleGone):
            await reader.get(article_id, "en")
    with pytest.raises(ArticleUnavailable) as no_build:
        await reader.get(0, "fr")
    assert not isinstance(no_build.value, ArticleGone)
    assert reader.counts()["store", "error"] == 0
    empty = await opening(tmp_path / "absent")
    assert empty.pool_size("en") == 0
    with pytest.raises(ArticleUnavailable):
        await empty.get(0, "en")


async def test_a_new_build_is_noticed(tmp_path: Path, opening: Opening) -> None:
    store = tmp_path / "store"
    reader = await opening(store)
    publish_build(store, ["Otter"])
    assert await reader.refresh() is True
    assert await reader.refresh() is False
    assert (await reader.get(0, "en")).title == "Otter"
    publish_build(store, ["Heron"], key="second")
    publish_build(store, ["Reiher"], key="erster", language="de")
    assert (await reader.get(0, "en")).title == "Otter"
    assert await reader.refresh() is True
    assert reader.builds() == {"en": "second", "de": "erster"}
    assert reader.peek(0, "en") is None, "another build's articles are other articles"
    assert (await reader.get(0, "en")).title == "Heron"
    assert len(reader.memory) == 1, "what nobody can ask for any more takes no memory"


async def test_an_announced_build_is_opened_before_the_file_system_shows_it(store: Path, opening: Opening) -> None:
    reader = await opening(store)
    before = (store / "CURRENT").read_bytes()
    publish_build(store, ["Heron"], key="second", created_at="2026-02-01T00:00:00Z")
    (store / "CURRENT").write_bytes(before)  # as a network file system may show it for a minute
    assert await reader.refresh({"en": "second"}) is True
    assert reader.builds() == {"en": "second"}
    assert await reader.refresh({"en": "second"}) is False

    publish_build(store, ["Beaver"], key="third", created_at="2026-03-01T00:00:00Z")
    await reader.refresh({"en": "second"})
    assert reader.builds() == {"en": "third"}, "one that nobody could announce is noticed, too"
    shutil.rmtree(store / "builds" / "second")
    await reader.refresh({"en": "second"})
    assert reader.builds() == {"en": "third"}
    shutil.rmtree(store / "builds" / "third")
    assert await reader.refresh({"en": "gone"}) is False
    assert (await reader.get(0, "en")).title == "Beaver", "what is open stays in use"


async def test_replaced_builds_let_go_of_their_files(store: Path, opening: Opening) -> None:
    reader = await opening(store)
    before = len(os.listdir("/proc/self/fd"))
    for number in range(4):
        publish_build(store, key=f"again-{number}")
        assert await reader.refresh()
    gc.collect()
    assert len(os.listdir("/proc/self/fd")) <= before


async def test_the_most_popular_are_warmed_in_the_background(tmp_path: Path, opening: Opening) -> None:
    titles = [f"Animal {number}" for number in range(200)]
    publish_build(tmp_path / "store", titles, pool_size=150)
    reader = await opening(tmp_path / "store", warm=40)

    async def is_warm() -> bool:
        return len(reader.memory) >= 40

    await eventually(is_warm)
    assert all(reader.peek(number, "en") is not None for number in range(40))
    assert len(reader.memory) == 40

    small = await opening(tmp_path / "store", memory_bytes=100_000)
    assert 8 <= await small.warm("en", 1000) < 60
    assert small.memory.fill < 0.8, "a part is left for what is asked for"
    assert await small.warm("en", 1000, memory_share=float("inf")) == 150, "all of the pool, and no more"


async def test_warming_leaves_a_sick_store_alone(store: Path, opening: Opening) -> None:
    publish_build(store, [f"Animal {number}" for number in range(200)], key="second")
    reader = await opening(store, memory_bytes=0)
    cut_pack(store)
    assert await reader.warm("en", 200) == 0
    assert reader.counts()["store", "error"] + reader.counts()["store", "skipped"] < 30


async def test_each_tier_is_timed(store: Path, redis: Redis, redis_url: str, opening: Opening) -> None:
    timed: list[tuple[str, float]] = []
    for _ in range(2):
        reader = await opening(store, redis_url, tally=Tally(lambda tier, seconds: timed.append((tier, seconds))))
        await reader.get(0, "en")
        await reader.get(0, "en")
        await reader.close()
    assert [tier for tier, _ in timed] == ["store", "memory", "redis", "memory"]
    assert all(0 < seconds < 5 for _, seconds in timed)
