"""What a core does by itself: loops that poll, each woken early by hints.

The poll of a second is what makes everything correct; wakes make it fast. A failing database stops no loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine

import structlog

from game_state.errors import StoreError

log = structlog.get_logger(__name__)


class Beat:
    """One loop: `work` now, then at the latest `every_s` later, earlier when woken or when `work` says so.

    `work` returns the seconds until it wants to be called again, or None for `every_s`.
    """

    def __init__(self, name: str, every_s: float, work: Callable[[], Awaitable[float | None]]) -> None:
        self.name = name
        self._every_s = every_s
        self._work = work
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Work soon."""
        self._woken.set()

    async def run(self) -> None:
        """Beat until cancelled."""
        while True:
            self._woken.clear()
            try:
                again_s = await self._work()
            except StoreError as error:
                log.warning("beat.failed", beat=self.name, error=str(error))
                again_s = None
            wait_s = self._every_s if again_s is None else min(again_s, self._every_s)
            if wait_s > 0:
                try:
                    async with asyncio.timeout(wait_s):
                        await self._woken.wait()
                except TimeoutError:
                    pass
            else:
                await asyncio.sleep(0)


class Pulse:
    """All loops of a core, and other tasks that run as long as it does. A task that ends by an error ends the core."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []
        self.failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def start(self, name: str, running: Coroutine[None, None, None]) -> None:
        """Run until `stop`."""
        task = asyncio.get_running_loop().create_task(running, name=name)
        task.add_done_callback(self._ended)
        self._tasks.append(task)

    async def stop(self) -> None:
        """Cancel all and wait for them."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and task.exception() is not None and not self.failed.done():
            self.failed.set_exception(task.exception() or RuntimeError(task.get_name()))
