"""Reads articles while serving: memory, then Redis, then the store; one flight per article and process.

Owns the order of the tiers, their deadlines and their counts. The store may vanish, hang or lie, and Redis too: a caller
gets the right article in bounded time or ArticleUnavailable, never a wrong one, and the event loop never waits for a
disk. Called by the composition root and by whoever fetches what a game needs; may not know games.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from aiofiles.os import wrap

from article_data.article import Article, ArticleUnavailable
from article_data.reader.breaker import Breaker
from article_data.reader.memory import Key, MemoryTier
from article_data.reader.redis_tier import RedisResult, RedisTier
from article_data.store.files import Pack, StoreError, read_current, unpack_record

STORE_THREADS = 4
"""Reads of the store at once. A hanging NFS holds these threads and nobody else's."""
OPEN_TIMEOUT_FACTOR = 5
"""Opening a build reads its whole index: this many times a record's patience."""

T = TypeVar("T")


class Reader:
    """Gives articles of the current builds. Make it, `start` it, call `refresh` every few seconds, `close` it."""

    def __init__(
        self, store: Path, *, redis_url: str | None, memory_bytes: int = 64 << 20, timeout_s: float = 2.0
    ) -> None:
        """`store` need not exist yet; `timeout_s` bounds one read of the store."""
        self._store = store
        self._redis_url = redis_url
        self._timeout_s = timeout_s
        self._redis: RedisTier | None = None
        self._memory = MemoryTier(memory_bytes)
        self._packs: dict[str, Pack] = {}
        self._flights: dict[Key, asyncio.Task[Article]] = {}
        self._threads = ThreadPoolExecutor(STORE_THREADS, thread_name_prefix="article-store")
        # When reads time out, their threads may hang for long: do not queue more work behind them.
        self._breaker = Breaker(failures=2 * STORE_THREADS, pause_s=1.0)
        self._refreshing = asyncio.Lock()
        self._counts: Counter[tuple[str, str]] = Counter()

    async def start(self) -> None:
        """Connect the tiers. An absent store or Redis is no error: the pool is empty until `refresh` finds a build."""
        if self._redis_url is not None:
            self._redis = RedisTier(self._redis_url)
        await self.refresh()

    async def close(self) -> None:
        """End the flights and let go of Redis and the threads; a thread that hangs in the store is not waited for."""
        for flight in self._flights.values():
            flight.cancel()
        await asyncio.gather(*self._flights.values(), return_exceptions=True)
        if self._redis is not None:
            await self._redis.close()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def refresh(self) -> bool:
        """Look which builds are current and open new ones; tell whether anything changed.

        When the store cannot be read, what is open stays in use. Articles of a build before stay in memory until they
        are pushed out, but are no longer given.
        """
        async with self._refreshing:
            try:
                packs, failed = await self._in_thread(self._open_current, self._timeout_s * OPEN_TIMEOUT_FACTOR)
            except (StoreError, OSError, TimeoutError):
                self._counts["refresh", "error"] += 1
                return False
            self._counts["refresh", "error" if failed else "hit"] += 1
            changed = {language: pack.info.build_id for language, pack in packs.items()} != {
                language: pack.info.build_id for language, pack in self._packs.items()
            }
            self._packs = packs
            return changed

    def pool_size(self, language: str) -> int:
        """Return how many articles there are in a language, numbered from 0; 0 without a build. Costs nothing."""
        pack = self._packs.get(language)
        return pack.info.article_count if pack is not None else 0

    def peek(self, article_id: int, language: str) -> Article | None:
        """Return the article if it is in memory, without waiting for anything."""
        pack = self._packs.get(language)
        article = self._memory.get((pack.info.build_id, article_id)) if pack is not None else None
        if article is not None:
            self._counts["memory", "hit"] += 1
        return article

    async def get(self, article_id: int, language: str) -> Article:
        """Return the article of the current build; raises ArticleUnavailable when no tier can give it in time.

        Cancelling a caller never cancels the flight that others wait for.
        """
        article = self.peek(article_id, language)
        if article is not None:
            return article
        pack = self._packs.get(language)
        if pack is None:
            raise ArticleUnavailable(f"there are no articles in language {language!r}")
        if not 0 <= article_id < pack.info.article_count:
            raise ArticleUnavailable(f"build {pack.info.build_id} has no article {article_id}")
        self._counts["memory", "miss"] += 1
        key = (pack.info.build_id, article_id)
        flight = self._flights.get(key)
        if flight is None:
            flight = asyncio.create_task(self._fly(pack, article_id))
            self._flights[key] = flight
            flight.add_done_callback(lambda done: self._landed(key, done))
        return await asyncio.shield(flight)

    def counts(self) -> Mapping[tuple[str, str], int]:
        """Return how often each (tier, result) happened: memory, redis, store, refresh; hit, miss, error, skipped."""
        return self._counts

    def _landed(self, key: Key, flight: asyncio.Task[Article]) -> None:
        self._flights.pop(key, None)
        if not flight.cancelled():
            # Read it, so that a flight whose callers have all gone is no "exception was never retrieved".
            flight.exception()

    async def _fly(self, pack: Pack, article_id: int) -> Article:
        build_id = pack.info.build_id
        if self._redis is not None:
            result, record = await self._redis.get(build_id, article_id)
            found = self._checked(pack, article_id, record) if result is RedisResult.HIT else None
            if found is not None:
                self._counts["redis", "hit"] += 1
                return found
            self._counts["redis", "error" if result is RedisResult.HIT else result.value] += 1
        record = await self._read_store(pack, article_id)
        article = self._checked(pack, article_id, record)
        if article is None:
            self._counts["store", "error"] += 1
            raise ArticleUnavailable(f"article {article_id} of build {build_id} is damaged")
        self._counts["store", "hit"] += 1
        if self._redis is not None:
            self._redis.put_soon(build_id, article_id, record)
        return article

    def _checked(self, pack: Pack, article_id: int, record: bytes) -> Article | None:
        """Unpack a record and keep it in memory; None for garbage, and for another article's sound record."""
        try:
            article, json_bytes = unpack_record(record)
        except StoreError:
            return None
        if article.article_id != article_id or article.language != pack.info.language:
            return None
        self._memory.put((pack.info.build_id, article_id), article, json_bytes)
        return article

    async def _read_store(self, pack: Pack, article_id: int) -> bytes:
        clock = asyncio.get_running_loop().time
        if not self._breaker.allows(clock()):
            self._counts["store", "skipped"] += 1
            raise ArticleUnavailable(f"the article store does not answer; article {article_id} is not cached")
        try:
            record = await self._in_thread(lambda: pack.read(article_id), self._timeout_s)
        except (StoreError, OSError, TimeoutError) as exc:
            self._breaker.failed(clock())
            self._counts["store", "error"] += 1
            raise ArticleUnavailable(f"article {article_id} of build {pack.info.build_id}: {exc!r}") from exc
        self._breaker.succeeded()
        return record

    async def _in_thread(self, work: Callable[[], T], timeout_s: float) -> T:
        async with asyncio.timeout(timeout_s):
            return await wrap(work)(executor=self._threads)

    def _open_current(self) -> tuple[dict[str, Pack], bool]:
        """Return the current packs, and whether one could not be opened (the one before then stays)."""
        current = read_current(self._store)
        if not current:
            # No CURRENT at all: an unmounted store looks like this too, so it says nothing against what is open.
            os.stat(self._store)
            return self._packs, False
        opened: dict[str, Pack] = {}
        failed = False
        for language, build_id in current.items():
            known = self._packs.get(language)
            if known is not None and known.info.build_id == build_id:
                opened[language] = known
                continue
            try:
                opened[language] = Pack(self._store, build_id)
            except StoreError:
                failed = True
                if known is not None:
                    opened[language] = known
        return opened, failed
