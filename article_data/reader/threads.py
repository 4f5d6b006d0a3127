"""The threads that read the article store: few, their own, and replaced when a dead file system keeps them.

A read of a network file system that is gone may hang in the kernel for hours, and nothing can end it. It holds its
thread; it must hold nothing else. So the loop never waits for a thread longer than its patience, and a crew whose
threads all hang is left behind for a fresh one. A fresh crew risks one thread until that one came back, and the next
follows after twice the time, so that an outage of two hours costs about 35 threads, and that is the bound. When the
file system heals, the hanging reads end, and their crews with them.
Called by `store_tier`; knows nothing of articles.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from aiofiles.os import wrap

THREADS = 4
"""Reads at once."""
CREWS = 32
"""Crews at once, those that hang included."""
LONGEST_WAIT_S = 300.0
"""Longest time that a hanging crew is waited for before the next takes over; the first is waited for a second."""

T = TypeVar("T")


class Hanging(TimeoutError):
    """No thread is left to read with: all hang in the store's file system. Retry later."""


class _Crew:
    """One pool of threads, and what they are at."""

    def __init__(self, size: int, *, proven: bool) -> None:
        self.executor = ThreadPoolExecutor(size, thread_name_prefix="article-store")
        self.begun: dict[object, float] = {}
        """By a token of its own, the monotonic time when each piece of work began."""
        self.proven = proven
        """Whether a thread of it ever came back from the store."""


class Threads:
    """Runs blocking reads beside the loop. Used on one loop; `close` waits for no thread that hangs."""

    def __init__(self, size: int = THREADS, crews: int = CREWS) -> None:
        self._size = size
        self._most = crews
        self._crews = [_Crew(size, proven=True)]

    async def run(self, work: Callable[[], T], patience_s: float) -> T:
        """Return what `work` returns, or raise what it raises; TimeoutError after `patience_s`, Hanging at once.

        Work that is late goes on in its thread, and what it returns is lost.
        """
        crew = self._crew(patience_s)

        def noted() -> T:
            token = object()
            crew.begun[token] = time.monotonic()
            try:
                return work()
            finally:
                del crew.begun[token]
                crew.proven = True

        async with asyncio.timeout(patience_s):
            return await wrap(noted)(executor=crew.executor)

    def hanging(self, patience_s: float) -> int:
        """Return how many threads have been at their work for longer than `patience_s`."""
        late = time.monotonic() - patience_s
        return sum(began < late for crew in self._crews for began in tuple(crew.begun.values()))

    def close(self) -> None:
        """Let go of all threads; those that hang end with their reads, or with the process."""
        for crew in self._crews:
            crew.executor.shutdown(wait=False, cancel_futures=True)

    def _crew(self, patience_s: float) -> _Crew:
        """Return the crew to work with. Raises Hanging."""
        for crew in [crew for crew in self._crews[:-1] if not crew.begun]:
            crew.executor.shutdown(wait=False)
            self._crews.remove(crew)
        crew = self._crews[-1]
        if len(crew.begun) < (self._size if crew.proven else 1):
            return crew
        # Copied at once: threads take theirs out meanwhile.
        newest = max(tuple(crew.begun.values()), default=0.0)
        waited_s = time.monotonic() - newest
        if crew.proven and waited_s < patience_s:
            return crew  # busy, and in time
        if len(self._crews) >= self._most or waited_s < patience_s + min(2.0 ** (len(self._crews) - 1), LONGEST_WAIT_S):
            raise Hanging("every thread that reads the article store hangs in it")
        self._crews.append(_Crew(self._size, proven=False))
        return self._crews[-1]
