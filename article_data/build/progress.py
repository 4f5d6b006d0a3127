"""Tells how far a build is: a bar that draws over itself on a terminal, plain lines elsewhere.

Owns what is written and how often; knows nothing of builds but a step's name, how much is done and of how much.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

_ON_TERMINAL_S = 0.2
_IN_A_LOG_S = 5.0
_WIDTH = 24


class Progress:
    """Reports one step after another to a stream, or nowhere."""

    def __init__(self, stream: TextIO | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._drawn = stream is not None and stream.isatty()
        self._pause_s = _ON_TERMINAL_S if self._drawn else _IN_A_LOG_S
        self._name = ""
        self._unit = ""
        self._began = 0.0
        self._told = 0.0
        self._offset = 0.0

    def begin(self, name: str, unit: str) -> None:
        """Begin a step; `unit` is what `count` counts in `tell`."""
        self._name, self._unit = name, unit
        self._began = self._clock()
        self._told = self._began - self._pause_s
        self._offset = 0.0

    def skipped(self, share: float) -> None:
        """A part of the step was there already: it says nothing about the speed."""
        self._offset, self._began = share, self._clock()

    def tell(self, share: float, count: int) -> None:
        """Say how much of the step is done (0 to 1) and how many things; written only now and then."""
        now = self._clock()
        if self._stream is None or now - self._told < self._pause_s:
            return
        self._told = now
        elapsed = now - self._began
        rate = count / elapsed if elapsed > 0 else 0.0
        made = share - self._offset
        left = _duration(elapsed * (1 - share) / made) if made > 0.005 else "?"
        text = f"{self._name} {100 * share:3.0f} %  {count} {self._unit}, {rate:.0f}/s, {left} left"
        if self._drawn:
            full = round(_WIDTH * min(1.0, share))
            self._write(f"\r\x1b[K[{'#' * full}{'.' * (_WIDTH - full)}] {text}")
        else:
            self._write(f"{text}\n")

    def say(self, line: str) -> None:
        """Write one line that stays."""
        self._write(f"\r\x1b[K{line}\n" if self._drawn else f"{line}\n")

    def _write(self, text: str) -> None:
        if self._stream is not None:
            self._stream.write(text)
            self._stream.flush()


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
