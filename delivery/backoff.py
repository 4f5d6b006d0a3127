"""How long to wait before an attempt to send, and when to stop trying. Pure."""

from __future__ import annotations

from typing import Final

FIRST_S: Final = 1.0
LONGEST_S: Final = 300.0
ATTEMPTS: Final = 16
"""About an hour of trying; then the reply is a dead letter."""


def wait_s(attempts: int, chance: float) -> float:
    """Exponential backoff with full jitter over its upper half, seconds. `chance`: 0 to 1; `attempts`: those made, from 1."""
    longest = min(LONGEST_S, FIRST_S * 2.0 ** min(attempts - 1, 20))
    return longest * (0.5 + chance / 2)


def exhausted(attempts: int) -> bool:
    """Whether that was the last attempt."""
    return attempts >= ATTEMPTS
