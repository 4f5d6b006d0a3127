"""The reader's third tier: packed records from the article store, which may be a network file system.

Owns the reads' threads, their deadline and the breaker. The store may vanish, be slow, or hang for ever: a caller has
its record or an error in bounded time, and the event loop never waits for a disk. Called by `tiers` alone.
"""

from __future__ import annotations

import asyncio

from article_data.reader.breaker import Breaker
from article_data.reader.threads import THREADS, Threads
from article_data.store.errors import StoreError
from article_data.store.packs import Pack


class StoreLeftAlone(Exception):
    """The breaker is open: the store failed again and again just now, and is not asked."""


class StoreTier:
    """Records by pack and article id."""

    def __init__(self, *, timeout_s: float) -> None:
        """`timeout_s` bounds one read."""
        self._timeout_s = timeout_s
        self._threads = Threads()
        # Each failure may keep a thread for long: no second crew is risked before the first is known to hang.
        self.breaker = Breaker(failures=THREADS, pause_s=1.0)
        self.failed_since = False
        """Whether a read failed since `opened_anew` was called: a descriptor of a file system that was unmounted and
        mounted again fails for ever, and only opening the build anew helps."""

    async def read(self, pack: Pack, article_id: int) -> bytes:
        """Return one record, still packed. Raises StoreLeftAlone, StoreError, OSError, TimeoutError."""
        clock = asyncio.get_running_loop().time
        if not self.breaker.allows(clock()):
            raise StoreLeftAlone("the article store does not answer")
        try:
            record = await self._threads.run(lambda: pack.read(article_id), self._timeout_s)
        except (StoreError, OSError, TimeoutError):
            self.breaker.failed(clock())
            self.failed_since = True
            raise
        self.breaker.succeeded()
        return record

    @property
    def hanging(self) -> int:
        """Threads that wait for the store for longer than a read may take."""
        return self._threads.hanging(self._timeout_s)

    def opened_anew(self) -> None:
        """The builds were opened anew."""
        self.failed_since = False

    def close(self) -> None:
        """Let go of the threads; one that hangs is not waited for."""
        self._threads.close()
