"""The reader's second tier: packed records in a Redis that all processes share.

Owns its keys and its patience. Redis only saves reads of the store: absent, slow, full or full of garbage, it costs at
most the deadline and never changes an answer. What is asked for in one turn of the loop goes as one MGET; writes go
behind the callers' backs, many in one pipeline. No method raises for Redis's faults. Called by `tiers` alone.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable
from enum import StrEnum
from hashlib import blake2b
from typing import Any, Final, TypeVar

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from article_data.reader.breaker import Breaker

DEADLINE_S = 0.05
"""A read of the store takes a few milliseconds: waiting longer for a cache would be slower than not having one."""
CONNECT_S = 2.0
"""Making a connection may take longer (TLS on a busy machine); nobody waits for it longer than the deadline."""
TTL_S = 24 * 3600
TTL_JITTER = 0.1
"""Lifetimes differ by up to this part, so that records written together do not expire together."""
MAX_CONNECTIONS = 8
MAX_KEYS = 64
"""Keys of one MGET, records of one pipeline: about half a megabyte, so that no call blocks Redis for long."""
MAX_WAITING = 256
"""Records that wait to be written; beyond it a record is simply not cached."""
_SEAL_BYTES = 8

T = TypeVar("T")

Key = tuple[str, str, int]
"""What it is ("article" or "text"), the build, and the article's id."""

_FAULTS: Final = (RedisError, OSError, TimeoutError, TypeError, ValueError)
"""What a Redis that is sick, or something else that listens in its place, makes the client raise."""


class RedisResult(StrEnum):
    """How a look-up went, as counted."""

    HIT = "hit"
    MISS = "miss"
    ERROR = "error"
    """Failed, past the deadline, or something else lay under the key."""
    SKIPPED = "skipped"
    """Not tried: the breaker is open."""


Answer = tuple[RedisResult, bytes]


class RedisTier:
    """Records by key."""

    def __init__(self, url: str, *, deadline_s: float = DEADLINE_S) -> None:
        self._deadline_s = deadline_s
        self._redis = Redis.from_pool(
            BlockingConnectionPool.from_url(
                url,
                max_connections=MAX_CONNECTIONS,
                timeout=deadline_s,
                socket_timeout=deadline_s,
                socket_connect_timeout=CONNECT_S,
                retry=Retry(NoBackoff(), 0),
            )
        )
        self.breaker = Breaker(failures=3, pause_s=2.0)
        self._asked: list[tuple[Key, asyncio.Future[Answer]]] = []
        self._unwritten: dict[Key, bytes] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._writing = False

    async def get(self, key: Key) -> Answer:
        """Return how it went and the record; b"" but for a hit."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Answer] = loop.create_future()
        if not self._asked:
            loop.call_soon(self._ask)
        self._asked.append((key, answer))
        return await answer

    def put_soon(self, key: Key, record: bytes) -> None:
        """Write a record behind the caller's back; nobody waits for it, and nothing depends on it."""
        if len(self._unwritten) >= MAX_WAITING:
            return
        self._unwritten[key] = record
        if not self._writing:
            self._writing = True
            self._start(self._write())

    async def close(self) -> None:
        """Let what is under way end (it has a deadline) and close the connections."""
        try:
            async with asyncio.timeout(CONNECT_S):
                while self._tasks:
                    await asyncio.wait(set(self._tasks))
                await self._redis.aclose(close_connection_pool=True)
        except _FAULTS:
            # A connection that cannot be closed politely is closed by the process's end.
            for task in self._tasks:
                task.cancel()

    def _ask(self) -> None:
        asked, self._asked = self._asked, []
        now_s = asyncio.get_running_loop().time()
        for start in range(0, len(asked), MAX_KEYS):
            batch = asked[start : start + MAX_KEYS]
            if self.breaker.allows(now_s):
                self._start(self._read(batch))
            else:
                _answer(batch, [(RedisResult.SKIPPED, b"")] * len(batch))

    async def _read(self, batch: list[tuple[Key, asyncio.Future[Answer]]]) -> None:
        answers = [(RedisResult.ERROR, b"")] * len(batch)
        try:
            # Late, it is not cancelled: perhaps it is making the connection that the next ones will use. Keys that hold anything
            # but a string are answered as if they were not there.
            asking = self._start(self._redis.mget([_name(key) for key, _ in batch]))
            async with asyncio.timeout(self._deadline_s):
                values = await asyncio.shield(asking)
            answers = [_opened(key, value) for (key, _), value in zip(batch, values, strict=True)]
            self.breaker.succeeded()
        except _FAULTS:
            self.breaker.failed(asyncio.get_running_loop().time())
        finally:
            _answer(batch, answers)

    async def _write(self) -> None:
        try:
            while self._unwritten:
                batch = [(key, self._unwritten.pop(key)) for key in list(self._unwritten)[:MAX_KEYS]]
                if not self.breaker.allows(asyncio.get_running_loop().time()):
                    continue
                pipeline = self._redis.pipeline(transaction=False)
                for key, record in batch:
                    spread = random.uniform(1 - TTL_JITTER, 1 + TTL_JITTER)  # noqa: S311 - spreads load, keeps no secret
                    pipeline.set(_name(key), _seal(key, record) + record, ex=round(TTL_S * spread))
                try:
                    async with asyncio.timeout(CONNECT_S):
                        # A Redis that is full refuses some; that is no reason to leave it alone.
                        await pipeline.execute(raise_on_error=False)
                except _FAULTS:
                    self.breaker.failed(asyncio.get_running_loop().time())
                else:
                    self.breaker.succeeded()
        finally:
            self._writing = False

    def _start(self, work: Awaitable[T]) -> asyncio.Task[T]:
        async def whole() -> T:
            return await work

        task = asyncio.get_running_loop().create_task(whole())
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            # Read it, so that one that nobody waits for any more is no "exception was never retrieved".
            task.exception()


def _answer(batch: list[tuple[Key, asyncio.Future[Answer]]], answers: list[Answer]) -> None:
    for (_, future), answer in zip(batch, answers, strict=True):
        if not future.done():
            future.set_result(answer)


def _opened(key: Key, value: object) -> Answer:
    if value is None:
        return RedisResult.MISS, b""
    if isinstance(value, bytes) and value[:_SEAL_BYTES] == _seal(key, value[_SEAL_BYTES:]):
        return RedisResult.HIT, value[_SEAL_BYTES:]
    return RedisResult.ERROR, b""


def _name(key: Key) -> str:
    return f"parlor:{key[0]}:{key[1]}:{key[2]}"


def _seal(key: Key, record: bytes) -> bytes:
    """Return what shows that just this record was written under just this key: a sound one may lie under a wrong key."""
    return blake2b(record, digest_size=_SEAL_BYTES, key=_name(key).encode()[-64:]).digest()
