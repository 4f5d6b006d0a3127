"""Writing `buckets`: numbers by key, sorted on disk.

Triples of key, entry and number: a small build's stay in memory; more go to 64 files by the key's first bits, each small
enough to be sorted alone. Called by `names_writer`; needs numpy.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection
from pathlib import Path

import numpy as np
import numpy.typing as npt

from article_data.store.errors import StoreError

_PARTITION_BITS = 6
_BUCKET_NUMBERS = 8
"""Numbers in a bucket, 4 to 8 on the average: a bucket's begin costs 4 bytes, passing over a number 50 nanoseconds."""

_Triples = npt.NDArray[np.uint32]


class BucketsWriter:
    """Gathers keys with their names' entries and numbers, and sorts them into buckets by key, in each by entry."""

    def __init__(self, path: Path, batch_keys: int) -> None:
        """Files are named after `path`; `batch_keys` keys are held in memory."""
        self._path = path
        self._batch_keys = batch_keys
        self._count = 0
        self._partition_bits = 0
        self._clear()

    def add(self, keys: Collection[int], entry: int, number: int) -> None:
        """File a name's number under some keys; the smaller its entry, the nearer to the beginning of the buckets."""
        self._keys.extend(keys)
        self._lengths.append(len(keys))
        self._entries.append(entry)
        self._numbers.append(number)
        self._count += len(keys)
        if len(self._keys) >= self._batch_keys:
            self._flush()

    @property
    def bits(self) -> int:
        """Bits of a bucket's name, when all have been added."""
        return max(_PARTITION_BITS, (self._count // _BUCKET_NUMBERS).bit_length())

    def write(self, number_bits: int) -> None:
        """Write `<path>.begins` and `<path>.numbers`, each number below as much of its key as there is room for."""
        if self._count >> 32:
            raise StoreError("there are too many names for one build; build fewer articles with --limit")
        if self._partition_bits:
            self._flush()
        bits = self.bits
        bucket_count = 1 << bits - self._partition_bits
        begin = 0
        with (
            self._path.with_suffix(".begins").open("wb") as begins,
            self._path.with_suffix(".numbers").open("wb") as out,
        ):
            for place in range(1 << self._partition_bits):
                triples = self._partition(place)
                # In 64 bits: a shift by all of 32 bits is none.
                buckets = triples[:, 0].astype(np.uint64) >> np.uint64(32 - bits)
                marked = triples[:, 0].astype(np.uint64) << np.uint64(number_bits) | triples[:, 2].astype(np.uint64)
                marked[np.lexsort((triples[:, 1], buckets))].astype(np.uint32).tofile(out)
                within = (buckets - np.uint64(place * bucket_count)).astype(np.int64)
                ends = begin + np.cumsum(np.bincount(within, minlength=bucket_count))
                np.concatenate(([begin], ends[:-1])).astype(np.uint32).tofile(begins)
                begin += len(triples)
            begins.write(begin.to_bytes(4, "little"))

    def _partition(self, place: int) -> _Triples:
        if not self._partition_bits:
            return self._gathered()
        path = self._path.with_suffix(f".{place}")
        if not path.exists():
            return np.empty((0, 3), np.uint32)
        triples = np.fromfile(path, dtype=np.uint32).reshape(-1, 3)
        path.unlink()
        return triples

    def _flush(self) -> None:
        self._partition_bits = _PARTITION_BITS
        triples = self._gathered()
        partitions = (triples[:, 0] >> np.uint32(32 - _PARTITION_BITS)).astype(np.uint8)
        triples = triples[np.argsort(partitions, kind="stable")]
        ends = np.cumsum(np.bincount(partitions, minlength=1 << _PARTITION_BITS))
        for place, part in enumerate(np.split(triples, ends[:-1])):
            with self._path.with_suffix(f".{place}").open("ab") as file:
                part.tofile(file)
        self._clear()

    def _gathered(self) -> _Triples:
        gathered = (self._keys, self._lengths, self._entries, self._numbers)
        keys, lengths, entries, numbers = (np.array(part, dtype=np.uint32) for part in gathered)
        return np.stack((keys, np.repeat(entries, lengths), np.repeat(numbers, lengths)), axis=1)

    def _clear(self) -> None:
        self._keys, self._lengths, self._entries, self._numbers = (array("I") for _ in range(4))
