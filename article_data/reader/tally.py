"""What the reader's tiers did: how often, how long, how many bytes. Filled by the reader, shown by the metrics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable


def _untimed(_tier: str, _seconds: float) -> None:
    """Nobody looks at times."""


class Tally:
    """Counts since the process began."""

    def __init__(self, timed: Callable[[str, float], None] = _untimed) -> None:
        """`timed` is told the tier and the seconds of each read that a tier answered."""
        self.counts: Counter[tuple[str, str]] = Counter()
        """By tier (or "refresh", looking for new builds) and result: hit, miss, error, skipped (its breaker is open)."""
        self.read_bytes: Counter[str] = Counter()
        """Packed bytes that came from "redis" and from "store"."""
        self.timed = timed

    def count(self, tier: str, result: str) -> None:
        """Count one look-up."""
        self.counts[tier, result] += 1
