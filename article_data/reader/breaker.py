"""A circuit breaker: after some failures in a row, leave a sick tier alone for a while.

Owns the count and the pause; the clock is the event loop's monotonic one, handed in. Called by the reader's tiers.
"""

from __future__ import annotations

from typing import Literal

State = Literal["closed", "half-open", "open"]
"""In use; one try is due or under way; left alone."""


class Breaker:
    """Closed until `failures` in a row; then open for `pause_s`, after which one try in each pause may close it."""

    def __init__(self, *, failures: int, pause_s: float) -> None:
        self._limit = failures
        self._pause_s = pause_s
        self._failed = 0
        self._open_until = 0.0
        self._trying = False

    def allows(self, now_s: float) -> bool:
        """Tell whether the tier may be tried at this monotonic time; after a pause, one caller in each pause may."""
        if self._failed < self._limit:
            return True
        if now_s < self._open_until:
            return False
        # A try whose outcome is never told (its caller was cancelled) ends with the pause, too.
        self._open_until = now_s + self._pause_s
        self._trying = True
        return True

    def succeeded(self) -> None:
        """The tier answered."""
        self._failed = 0
        self._trying = False

    def failed(self, now_s: float) -> None:
        """The tier failed or was too slow."""
        self._failed += 1
        self._trying = False
        if self._failed >= self._limit:
            self._open_until = now_s + self._pause_s

    def state(self, now_s: float) -> State:
        """Tell the state at this monotonic time, without changing it."""
        if self._failed < self._limit:
            return "closed"
        return "half-open" if self._trying or now_s >= self._open_until else "open"
