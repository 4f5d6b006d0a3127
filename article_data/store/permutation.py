"""An order of 0 to count - 1 that is never written down: told by a key, in both directions, in constant memory.

A Feistel network over pairs of numbers below the square root, rounded up, and a walk along its cycles where a pair is beyond
the last number: the generalized Feistel cipher with cycle walking of Black and Rogaway, "Ciphers with Arbitrary Finite
Domains" (CT-RSA 2002). Squares are never far from the next count, so that hardly any step is walked twice. The round function
is the finalizer of SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014): it mixes
well and costs little, and nothing here has to be kept from anybody.
Pure; called by `reader/drawing` and whoever shuffles by a seed.
"""

from __future__ import annotations

import struct
from hashlib import blake2b
from math import isqrt
from typing import Final

_ROUNDS: Final = 6
_KEYS: Final = struct.Struct(f"<{_ROUNDS}Q")
_MASK: Final = (1 << 64) - 1


class Permutation:
    """One order of `count` numbers: the same for the same key, everywhere and for ever."""

    __slots__ = ("_keys", "_side", "count")

    def __init__(self, count: int, key: str) -> None:
        """`count` is 1 at least."""
        self.count = count
        self._side = isqrt(count - 1) + 1
        self._keys = _KEYS.unpack(blake2b(key.encode(), digest_size=_KEYS.size, person=b"parlor order").digest())

    def at(self, place: int) -> int:
        """Return the number that stands at a place, both from 0."""
        side, number = self._side, place
        while True:
            left, right = divmod(number, side)
            for key in self._keys:
                left, right = right, (left + _mixed(key ^ right)) % side
            number = left * side + right
            if number < self.count:
                return number

    def place_of(self, number: int) -> int:
        """Return the place where a number stands, both from 0."""
        side, place = self._side, number
        while True:
            left, right = divmod(place, side)
            for key in reversed(self._keys):
                left, right = (right - _mixed(key ^ left)) % side, left
            place = left * side + right
            if place < self.count:
                return place


def _mixed(value: int) -> int:
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 & _MASK
    value = (value ^ value >> 27) * 0x94D049BB133111EB & _MASK
    return value ^ value >> 31
