"""How much one connection may ask: a token bucket on the event loop's clock.

Owns the count alone; whoever asks decides what waiting means. Used inside a running event loop.
"""

from __future__ import annotations

import asyncio


class Allowance:
    """A token bucket: `burst` at once, `per_s` in the long run."""

    def __init__(self, burst: int, per_s: float) -> None:
        self._burst = float(burst)
        self._per_s = per_s
        self._left = float(burst)
        self._at_s = asyncio.get_running_loop().time()

    def take(self, *, or_leave: bool = False) -> float:
        """Take one and return the seconds to wait for it, 0 mostly; with `or_leave` take none that is not there."""
        now_s = asyncio.get_running_loop().time()
        self._left = min(self._burst, self._left + (now_s - self._at_s) * self._per_s)
        self._at_s = now_s
        wait_s = max(0.0, (1.0 - self._left) / self._per_s)
        if wait_s == 0.0 or not or_leave:
            self._left -= 1.0
        return wait_s
