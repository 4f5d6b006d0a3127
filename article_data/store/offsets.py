"""Where each of many byte strings that lie one after another begins and ends, in 4.1 bytes each.

Blocks of 64: where the block begins (8 bytes), then where each of its strings ends, from there (4 bytes each). Written
and read by packs and names.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Callable

from article_data.store.errors import StoreError

_BLOCK = 64
_STRIDE = _BLOCK + 2
_BASE = struct.Struct("<Q")


class OffsetsWriter:
    """Writes offsets block by block through `write`."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write
        self._base = self._end = 0
        self._ends = array("I")

    def add(self, length: int) -> None:
        """Add the next string, of `length` bytes. Raises StoreError when 64 strings are over 4 GB together."""
        self._end += length
        if self._end - self._base >> 32:
            raise StoreError(f"64 neighbouring records have {self._end - self._base} bytes; leave the largest one out")
        self._ends.append(self._end - self._base)
        if len(self._ends) == _BLOCK:
            self.close()

    def close(self) -> None:
        """Write what is left of the last block."""
        if self._ends:
            self._write(_BASE.pack(self._base) + self._ends.tobytes())
            self._base = self._end
            self._ends = array("I")


class Offsets:
    """Offsets in a mapped part."""

    def __init__(self, part: memoryview, count: int) -> None:
        """Raises StoreError when the part does not hold `count` strings."""
        if len(part) != _BASE.size * -(-count // _BLOCK) + 4 * count:
            raise StoreError("an index does not fit its count; build the articles again")
        self._numbers = part.cast("I")

    def span(self, place: int) -> tuple[int, int]:
        """Return where string `place` begins and ends."""
        numbers = self._numbers
        block, within = place >> 6, place & 63
        at = block * _STRIDE
        base = numbers[at] | numbers[at + 1] << 32
        end = at + 2 + within
        return base + (numbers[end - 1] if within else 0), base + numbers[end]
