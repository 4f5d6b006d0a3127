"""The tiers behind memory, in their order: Redis, then the store.

Owns what is asked when, what a failure of each means, and the memory of damaged records. A caller has the right record in
bounded time, or ArticleUnavailable. Called by `reading` alone, one call a flight.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import perf_counter
from typing import TypeVar

from article_data.article import ArticleUnavailable
from article_data.reader.breaker import State
from article_data.reader.redis_tier import Key, RedisResult, RedisTier
from article_data.reader.store_tier import StoreLeftAlone, StoreTier
from article_data.reader.tally import Tally
from article_data.store.errors import StoreError
from article_data.store.packs import Pack

DAMAGED_S = 30.0
"""How long a damaged record is not read again: it may be mended, and it must not cost a read each time."""
DAMAGED_LIMIT = 10_000
"""Damaged records that are remembered; beyond that the whole store is sick, and they are forgotten."""

T = TypeVar("T")


class Tiers:
    """Packed records from Redis, if there is one, and from the store."""

    def __init__(self, *, redis_url: str | None, timeout_s: float, tally: Tally) -> None:
        """`timeout_s` bounds one read of the store. Made on the loop that uses it."""
        self._redis = RedisTier(redis_url) if redis_url is not None else None
        self._store = StoreTier(timeout_s=timeout_s)
        self._tally = tally
        self._damaged: dict[Key, float] = {}

    async def fetch(self, key: Key, pack: Pack, opened: Callable[[bytes], T]) -> T:
        """Return what is under the key. `opened` makes it of a packed record, or raises StoreError for garbage.

        Raises ArticleUnavailable when no tier can give it in time.
        """
        found = await self._from_redis(key, opened)
        return found if found is not None else await self._from_store(key, pack, opened)

    def breaker_states(self) -> dict[str, State]:
        """Return the state of each breaker by its tier."""
        states = {"store": self._store.breaker.state(_now())}
        if self._redis is not None:
            states["redis"] = self._redis.breaker.state(_now())
        return states

    @property
    def hanging(self) -> int:
        """Threads that a dead file system keeps."""
        return self._store.hanging

    @property
    def need_opening(self) -> bool:
        """Whether the store's reads fail: where it can be looked at all the same, the open files are stale."""
        return self._store.failed_since and self._store.breaker.state(_now()) != "closed"

    def opened_anew(self) -> None:
        """The builds were opened anew."""
        self._store.opened_anew()

    async def close(self) -> None:
        """Let go of Redis and the threads; a thread that hangs in the store is not waited for."""
        if self._redis is not None:
            await self._redis.close()
        self._store.close()

    async def _from_redis(self, key: Key, opened: Callable[[bytes], T]) -> T | None:
        if self._redis is None:
            return None
        began = perf_counter()
        result, record = await self._redis.get(key)
        found = None
        if result is RedisResult.HIT:
            try:
                found = opened(record)
                self._had("redis", record, began)
            except StoreError:
                result = RedisResult.ERROR
        if result is not RedisResult.HIT:
            self._tally.count("redis", result.value)
        return found

    async def _from_store(self, key: Key, pack: Pack, opened: Callable[[bytes], T]) -> T:
        if self._damaged.get(key, 0.0) > _now():
            raise _unavailable(key, "is damaged")
        began = perf_counter()
        try:
            record = await self._store.read(pack, key[2])
        except StoreLeftAlone as exc:
            self._tally.count("store", "skipped")
            raise _unavailable(key, str(exc)) from exc
        except (StoreError, OSError, TimeoutError) as exc:
            self._tally.count("store", "error")
            raise _unavailable(key, repr(exc)) from exc
        try:
            found = opened(record)
        except StoreError as exc:
            self._tally.count("store", "error")
            self._remember_damaged(key)
            raise _unavailable(key, str(exc)) from exc
        self._had("store", record, began)
        if self._redis is not None:
            self._redis.put_soon(key, record)
        return found

    def _had(self, tier: str, record: bytes, began: float) -> None:
        self._tally.count(tier, "hit")
        self._tally.read_bytes[tier] += len(record)
        self._tally.timed(tier, perf_counter() - began)

    def _remember_damaged(self, key: Key) -> None:
        if len(self._damaged) >= DAMAGED_LIMIT:
            self._damaged.clear()
        self._damaged[key] = _now() + DAMAGED_S


def _unavailable(key: Key, why: str) -> ArticleUnavailable:
    return ArticleUnavailable(f"{key[0]} {key[2]} of build {key[1]}: {why}")


def _now() -> float:
    return asyncio.get_running_loop().time()
