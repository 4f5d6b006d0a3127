"""The reader's second tier: packed records in a Redis that all processes share.

Owns its keys and its patience. Redis only saves reads of the store: absent, slow, full or full of garbage, it costs at
most the deadline and never changes an answer. No method raises for Redis's faults. Called by `reader` alone.
"""

from __future__ import annotations

import asyncio
import random
from enum import StrEnum

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from article_data.reader.breaker import Breaker

DEADLINE_S = 0.05
"""A read of the store takes a few milliseconds: waiting longer for a cache would be slower than not having one."""
TTL_S = 24 * 3600
TTL_JITTER = 0.1
"""Lifetimes differ by up to this part, so that records written together do not expire together."""
MAX_CONNECTIONS = 32
MAX_WRITES = 256
"""Writes under way at once; beyond it a record is simply not cached."""


class RedisResult(StrEnum):
    """How a look-up went, as counted."""

    HIT = "hit"
    MISS = "miss"
    ERROR = "error"
    """Failed or past the deadline."""
    SKIPPED = "skipped"
    """Not tried: the breaker is open."""


class RedisTier:
    """Records by build and article id."""

    def __init__(self, url: str, *, deadline_s: float = DEADLINE_S) -> None:
        self._deadline_s = deadline_s
        self._redis = Redis.from_pool(
            BlockingConnectionPool.from_url(
                url,
                max_connections=MAX_CONNECTIONS,
                timeout=deadline_s,
                socket_timeout=deadline_s,
                socket_connect_timeout=deadline_s,
                retry=Retry(NoBackoff(), 0),
            )
        )
        self._breaker = Breaker(failures=3, pause_s=2.0)
        self._writes: set[asyncio.Task[None]] = set()

    async def get(self, build_id: str, article_id: int) -> tuple[RedisResult, bytes]:
        """Return how it went and the record; b"" but for a hit. The record is not checked here."""
        clock = asyncio.get_running_loop().time
        if not self._breaker.allows(clock()):
            return RedisResult.SKIPPED, b""
        try:
            async with asyncio.timeout(self._deadline_s):
                record = await self._redis.get(_key(build_id, article_id))
        except (RedisError, OSError, TimeoutError):
            self._breaker.failed(clock())
            return RedisResult.ERROR, b""
        self._breaker.succeeded()
        return (RedisResult.HIT, record) if isinstance(record, bytes) else (RedisResult.MISS, b"")

    def put_soon(self, build_id: str, article_id: int, record: bytes) -> None:
        """Write a record behind the caller's back; nobody waits for it, and nothing depends on it."""
        clock = asyncio.get_running_loop().time
        if len(self._writes) >= MAX_WRITES or not self._breaker.allows(clock()):
            return
        task = asyncio.create_task(self._put(build_id, article_id, record))
        self._writes.add(task)
        task.add_done_callback(self._writes.discard)

    async def _put(self, build_id: str, article_id: int, record: bytes) -> None:
        ttl_s = round(TTL_S * random.uniform(1 - TTL_JITTER, 1 + TTL_JITTER))  # noqa: S311 - spreads load, keeps no secret
        try:
            async with asyncio.timeout(self._deadline_s):
                await self._redis.set(_key(build_id, article_id), record, ex=ttl_s)
        except (RedisError, OSError, TimeoutError):
            self._breaker.failed(asyncio.get_running_loop().time())
        else:
            self._breaker.succeeded()

    async def close(self) -> None:
        """Let running writes end (they have a deadline) and close the connections."""
        if self._writes:
            await asyncio.gather(*self._writes, return_exceptions=True)
        try:
            async with asyncio.timeout(1.0):
                await self._redis.aclose(close_connection_pool=True)
        except (RedisError, OSError, TimeoutError):
            # A connection that cannot be closed politely is closed by the process's end.
            return


def _key(build_id: str, article_id: int) -> str:
    return f"parlor:article:{build_id}:{article_id}"
