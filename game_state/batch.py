"""Batches without waiting: what arrives while a call is under way goes into the next one.

Quiet, an item travels alone and at once; busy, batches grow by themselves. Knows nothing of what it carries.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, Protocol, TypeVar

from game_state.errors import BadData

Item = TypeVar("Item")
Result = TypeVar("Result")


class Batch(Generic[Item, Result]):
    """Feeds items to `call` in batches of at most `limit`, at most `in_flight` calls at once, in the order they came.

    `call` returns one result an item, in order. When it raises BadData the batch is tried again item by item, so that one
    bad item fails alone; any other error fails the whole batch. A caller that stops waiting cancels nothing.
    """

    def __init__(
        self,
        call: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]],
        *,
        limit: int,
        in_flight: int = 1,
    ) -> None:
        self._call = call
        self._limit = limit
        self._in_flight = in_flight
        self._queue: deque[tuple[Item, asyncio.Future[Result]]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        # Counted here, not by the tasks that are not yet done: an item put between a task's last look at the queue and its end
        # would wait for the next one.
        self._running = 0
        self._starting = False

    def put(self, item: Item) -> asyncio.Future[Result]:
        """Queue an item; the future brings its result or the error of its call."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()
        self._queue.append((item, future))
        if not self._starting and self._running < self._in_flight:
            # After this round of the loop, so that what arrives in the same round shares the call.
            self._starting = True
            loop.call_soon(self._start)
        return future

    def __len__(self) -> int:
        """Items queued, those under way left out."""
        return len(self._queue)

    async def drain(self) -> None:
        """Wait until nothing is queued or under way."""
        while self._queue or self._tasks:
            if self._tasks:
                await asyncio.wait(set(self._tasks))
            else:
                await asyncio.sleep(0)

    def _start(self) -> None:
        self._starting = False
        if self._queue and self._running < self._in_flight:
            self._running += 1
            task = asyncio.get_running_loop().create_task(self._run())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _run(self) -> None:
        queue = self._queue
        while queue:
            batch = [queue.popleft() for _ in range(min(len(queue), self._limit))]
            if queue and not self._starting and self._running < self._in_flight:
                self._starting = True
                asyncio.get_running_loop().call_soon(self._start)
            await self._deliver(batch)
        self._running -= 1

    async def _deliver(self, batch: list[tuple[Item, asyncio.Future[Result]]]) -> None:
        try:
            results = await self._call([item for item, _ in batch])
        except BadData as error:
            if len(batch) == 1:
                _fail(batch[0][1], error)
                return
            for entry in batch:
                await self._deliver([entry])
        except Exception as error:  # noqa: BLE001  the loop's top: every error belongs to its items
            for _, future in batch:
                _fail(future, error)
        else:
            for (_, future), result in zip(batch, results, strict=True):
                if not future.done():
                    future.set_result(result)


def _fail(future: asyncio.Future[Result], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
        # A caller that gave up at its deadline will not look at it any more.
        future.add_done_callback(lambda done: done.exception())


class Leased(Protocol):
    """What finishes a lease."""

    @property
    def conversation_id(self) -> int: ...
    @property
    def token(self) -> int: ...


def newest(items: Sequence[Leased]) -> list[bool]:
    """Which of the items of a batch name their conversation's newest lease of those in it.

    A batch tells the database one thing about a conversation. Tokens only grow and a conversation has one lease, so that an
    older token in the same batch is fenced for sure.
    """
    tokens: dict[int, int] = {}
    for item in items:
        if item.token > tokens.get(item.conversation_id, -1):
            tokens[item.conversation_id] = item.token
    return [tokens[item.conversation_id] == item.token for item in items]
