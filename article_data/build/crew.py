"""The worker processes of a build.

Owns how work is handed out: in order, a few pieces ahead, so that memory stays flat whatever the dump's size. With one
worker the work is done in this process. What a piece of work does is its function's matter.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from article_data.store.errors import StoreError

AHEAD = 2
"""Pieces of work handed out for each worker: one is done, one waits."""
_LOOK_S = 1.0
"""How often a worker looks whether its parent lives."""

Piece = TypeVar("Piece")
Result = TypeVar("Result")


class Crew:
    """Some worker processes, forked at once: what is imported by then is shared, and no thread is running yet."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Crew:
        # A build makes millions of small objects and no cycles: with Python's own thresholds the collector took a third
        # of its time and found nothing.
        gc.set_threshold(200_000, 20, 20)
        gc.freeze()
        if self.workers > 1:
            context = multiprocessing.get_context("fork")
            self._pool = ProcessPoolExecutor(self.workers, context, _settle, (os.getpid(),))
            # All are forked by the first piece of work, before anything starts a thread here.
            self._pool.submit(_nothing).result()
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if self._pool is not None:
            # What is being done ends, seconds at the most; what waits is given up.
            self._pool.shutdown(wait=True, cancel_futures=True)

    def each(self, work: Callable[[Piece], Result], pieces: Iterable[Piece]) -> Iterator[Result]:
        """Yield the results in the order of the pieces. Raises what the work raised; StoreError when a worker died."""
        if self._pool is None:
            yield from map(work, pieces)
            return
        under_way: deque[Future[Result]] = deque()
        try:
            for piece in pieces:
                under_way.append(self._pool.submit(work, piece))
                if len(under_way) >= AHEAD * self.workers:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        except BrokenProcessPool as exc:
            raise StoreError(
                "a worker of the build was killed (out of memory?); run the same command again to go on, "
                "with fewer --workers if it happens again"
            ) from exc


def _settle(parent: int) -> None:
    """Begin a worker: Ctrl-C is its parent's matter, and it ends when its parent is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_S)
    os._exit(1)


def _nothing() -> None:
    return None
