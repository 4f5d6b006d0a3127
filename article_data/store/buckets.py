"""Lists of name numbers by a 32-bit key, of any length, in 4 bytes a number and little more.

A key's highest bits name its bucket; its lowest stand above each number, as many as there is room for, so that hardly any
number is taken that another key brought into the bucket. A few are: whoever reads compares the names. Read by `names`;
written by `buckets_writer`.
"""

from __future__ import annotations

from article_data.store.errors import StoreError


class Buckets:
    """Lists of name numbers by a 32-bit key, in mapped parts."""

    def __init__(self, begins: memoryview, numbers: memoryview, bits: int, number_bits: int) -> None:
        """There are 2 ** `bits` buckets; a number has `number_bits`. Raises StoreError when the parts do not fit."""
        self._begins, self._numbers, self._shift = begins.cast("I"), numbers.cast("I"), 32 - bits
        self._number_bits, self._number_mask = number_bits, (1 << number_bits) - 1
        self._key_mask = (1 << 32 - number_bits) - 1
        if len(self._begins) != (1 << bits) + 1 or self._begins[-1] != len(self._numbers):
            raise StoreError("the buckets do not fit their counts")

    def span(self, key: int) -> tuple[int, int]:
        """Return where the key's bucket begins and ends."""
        bucket = key >> self._shift
        return self._begins[bucket], self._begins[bucket + 1]

    def numbers(self, key: int, begin: int, end: int) -> list[int]:
        """Return the numbers of a key in a part of its bucket, in the bucket's order."""
        bits, mask, mark = self._number_bits, self._number_mask, key & self._key_mask
        return [number & mask for number in self._numbers[begin:end].tolist() if number >> bits == mark]
