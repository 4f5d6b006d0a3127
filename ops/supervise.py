"""Several cores from one command: forks them, passes signals on, replaces those that die, ends when they ended.

For machines without systemd, whose template units do the same better. Runs before any event loop exists.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Final, NoReturn

SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)
SHORT_LIFE_S: Final = 3.0
RESTART_PAUSE_S: Final = 1.0
"""Waited before a core is started again that lived shorter than SHORT_LIFE_S: it may fail at once, over and over."""


def supervise(count: int, run: Callable[[int], int], warn: Callable[[str], None]) -> int:
    """Run `run(index)` in `count` child processes until SIGTERM or SIGINT; their exit code, 0 when all ended well.

    A child that dies by itself is replaced; one that exits with 78 (configuration) ends them all.
    """
    children: dict[int, int] = {}
    begun: dict[int, float] = {}
    stopping = False
    worst = 0

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True
        for pid in children:
            os.kill(pid, signal.SIGTERM)

    def start(index: int) -> None:
        # A signal between the fork and the note of it would leave a child that nobody tells to stop.
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        try:
            if not stopping:
                begun[index] = time.monotonic()
                children[_fork(run, index)] = index
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)

    for number in SIGNALS:
        signal.signal(number, stop)
    for index in range(count):
        start(index)
    while children:
        try:
            pid, status = os.wait()
        except ChildProcessError:
            break
        index = children.pop(pid, -1)
        if index < 0:
            continue
        code = os.waitstatus_to_exitcode(status)
        if stopping or code == 0:
            # One that was still starting ends by the signal itself.
            worst = max(worst, 0 if code == -signal.SIGTERM else abs(code))
            continue
        if code == 78:
            worst = 78
            stop(signal.SIGTERM, None)
            continue
        warn(f"core {index} ended with {code}; starting it again")
        if time.monotonic() - begun[index] < SHORT_LIFE_S:
            time.sleep(RESTART_PAUSE_S)
        start(index)
    return worst


def _fork(run: Callable[[int], int], index: int) -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        _child(run, index)
    return pid


def _child(run: Callable[[int], int], index: int) -> NoReturn:
    code = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
        code = run(index)
    finally:
        # No atexit handler of the parent's (the embedded database's stop) runs in a child.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
