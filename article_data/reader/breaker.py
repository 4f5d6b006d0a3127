"""A circuit breaker: after some failures in a row, leave a sick tier alone for a while.

Owns the count and the pause; the clock is the event loop's monotonic one, handed in. Called by the reader's tiers.
"""

from __future__ import annotations


class Breaker:
    """Closed (in use) until `failures` in a row; then open for `pause_s`, after which one try in turn may close it."""

    def __init__(self, *, failures: int, pause_s: float) -> None:
        self._limit = failures
        self._pause_s = pause_s
        self._failed = 0
        self._open_until = 0.0

    def allows(self, now_s: float) -> bool:
        """Tell whether the tier may be tried at this monotonic time; after a pause, one caller in each pause may."""
        if self._failed < self._limit:
            return True
        if now_s < self._open_until:
            return False
        self._open_until = now_s + self._pause_s
        return True

    def succeeded(self) -> None:
        """The tier answered."""
        self._failed = 0

    def failed(self, now_s: float) -> None:
        """The tier failed or was too slow."""
        self._failed += 1
        if self._failed >= self._limit:
            self._open_until = now_s + self._pause_s
