"""A gate that lets so many through at once, the others in the order in which they came.

asyncio.Semaphore looks at all its waiters at each entry; with hundreds of waiters that cost more than sending.
"""

from __future__ import annotations

import asyncio
from collections import deque


class Gate:
    """Used as `await gate.enter()` and, whatever happens, `gate.leave()`."""

    def __init__(self, width: int) -> None:
        """`width`: how many may be inside."""
        self._free = width
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def enter(self) -> None:
        """Wait for a place."""
        if self._free > 0:
            self._free -= 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.leave()
            raise

    def leave(self) -> None:
        """Give the place to the next."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1
