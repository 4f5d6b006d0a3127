"""In how many documents each term is, counted in bounded memory however many terms a dump has. Used by `corpus`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MAX_TERMS = 2_000_000
"""Terms whose frequency is counted at a time; when there are more, the rarest are forgotten."""
_BUFFERED = 1_000_000

Keys = NDArray[np.uint32]
"""Terms, as hashes."""


class Frequencies:
    """Counts documents by term; the rarest terms are forgotten when there are too many."""

    def __init__(self) -> None:
        self._keys: Keys = np.empty(0, dtype=np.uint32)
        self._counts: Keys = np.empty(0, dtype=np.uint32)
        self._waiting: list[Keys] = []
        self._waiting_count = 0

    def add(self, keys: Keys) -> None:
        """Count one document's terms, each given once."""
        self._waiting.append(keys)
        self._waiting_count += len(keys)
        if self._waiting_count > _BUFFERED:
            self._merge()

    def result(self) -> tuple[Keys, Keys]:
        """Return the terms in rising order and their counts."""
        self._merge()
        return self._keys, self._counts

    def _merge(self) -> None:
        new, counts = np.unique(np.concatenate([self._keys[:0], *self._waiting]), return_counts=True)
        self._waiting, self._waiting_count = [], 0
        keys = np.concatenate([self._keys, new])
        both = np.concatenate([self._counts, counts.astype(np.uint32)])
        order = np.argsort(keys, kind="stable")
        keys, both = keys[order], both[order]
        starts = np.flatnonzero(np.diff(keys, prepend=keys[:1] + np.uint32(1)))
        self._keys = keys[starts]
        self._counts = np.add.reduceat(both, starts).astype(np.uint32) if len(starts) else both
        fewest = 0
        while len(self._keys) > MAX_TERMS:
            fewest += 1
            kept = self._counts > fewest
            self._keys, self._counts = self._keys[kept], self._counts[kept]
