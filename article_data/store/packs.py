"""Packs: many records in one file, each read by one pread, and the index that says where each lies.

    <name>.pack   header, then the records one after another: CRC-32 of what follows (4 bytes), a zstd frame
    <name>.idx    parts: counts (msgpack), the zstd dictionary, offsets

Written by the build through `PackWriter`, read by whoever opened a `Build`. The pack stays on the store and is never
mapped; the index is a local copy.
"""

from __future__ import annotations

import os
import struct
import weakref
import zlib
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import msgspec
import zstandard

from article_data.store.errors import StoreError
from article_data.store.layout import HEADER, PACK, PACK_INDEX, check_header, header, map_parts, write_parts
from article_data.store.offsets import Offsets, OffsetsWriter

MAX_RECORD_BYTES = 32 << 20
"""Bytes of an unpacked record: a larger one is refused when written, and is damage when read."""

_LEVEL = 6
"""Half the time of 9, and packs 3 % larger."""
_DICTIONARY_BYTES = 112 << 10
_MIN_SAMPLES = 64
_CRC = struct.Struct("<I")


class _Counts(msgspec.Struct, frozen=True):
    record_count: int
    pack_bytes: int


def train_dictionary(samples: Sequence[bytes]) -> bytes | None:
    """Return a zstd dictionary for records like the samples; None when there are too few of them to learn from.

    Takes 0.1 seconds a megabyte; some thousand samples, evenly taken, are plenty.
    """
    size = min(_DICTIONARY_BYTES, sum(map(len, samples)) // 10)
    if len(samples) < _MIN_SAMPLES or size < 1024:
        return None
    try:
        return zstandard.train_dictionary(size, list(samples)).as_bytes()
    except zstandard.ZstdError:  # samples that have nothing in common
        return None


class Packer:
    """Packs records with one dictionary: workers pack beside each other and hand the results to `PackWriter`."""

    def __init__(self, dictionary: bytes | None) -> None:
        shared = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        self._compressor = zstandard.ZstdCompressor(
            level=_LEVEL, dict_data=shared, write_content_size=True, write_dict_id=False
        )

    def pack(self, data: bytes) -> bytes:
        """Return a record. Raises StoreError when `data` is larger than MAX_RECORD_BYTES."""
        if len(data) > MAX_RECORD_BYTES:
            raise StoreError(f"a record has {len(data)} bytes, at most {MAX_RECORD_BYTES} fit; leave the page out")
        frame = self._compressor.compress(data)
        return _CRC.pack(zlib.crc32(frame)) + frame


class PackWriter:
    """Writes a pack and its index into a build's folder; an earlier attempt's files are overwritten."""

    def __init__(self, folder: Path, name: str, dictionary: bytes | None) -> None:
        self._index_path = folder / f"{name}.idx"
        self._offsets_path = folder / f"{name}.offsets"
        self._dictionary = dictionary
        self._packer = Packer(dictionary)
        self._pack = (folder / f"{name}.pack").open("wb")
        self._pack.write(header(PACK))
        self._size = HEADER.size
        self._count = 0
        self._offsets_file = self._offsets_path.open("wb")
        self._offsets = OffsetsWriter(self._offsets_file.write)

    def add(self, data: bytes) -> None:
        """Pack and write the next record: records come in the order of their numbers, from 0. Raises StoreError."""
        self.add_packed(self._packer.pack(data))

    def add_packed(self, record: bytes) -> None:
        """Write the next record, packed already by a `Packer` with the same dictionary."""
        self._pack.write(record)
        self._offsets.add(len(record))
        self._size += len(record)
        self._count += 1

    def close(self) -> None:
        """Write the index. Without it the pack cannot be read."""
        self._pack.close()
        self._offsets.close()
        self._offsets_file.close()
        counts = msgspec.msgpack.encode(_Counts(self._count, self._size))
        write_parts(self._index_path, PACK_INDEX, (counts, self._dictionary or b"", self._offsets_path))
        self._offsets_path.unlink()

    def __enter__(self) -> PackWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._pack.close()
            self._offsets_file.close()


class Pack:
    """A pack, open for reading by any threads. Its descriptor is closed when the last user lets go of the pack."""

    def __init__(self, pack: Path, index: Path) -> None:
        """Open a pack by its index's local copy. Raises StoreError when they are damaged or do not fit, OSError."""
        self.path = pack
        counts, dictionary, offsets = map_parts(index, PACK_INDEX, 3)
        try:
            self._counts = msgspec.msgpack.decode(counts, type=_Counts)
            self._offsets = Offsets(offsets, self._counts.record_count)
        except msgspec.MsgspecError as exc:
            raise StoreError(f"{index}: the index is damaged ({exc}); build the articles again") from exc
        self._dictionary = zstandard.ZstdCompressionDict(bytes(dictionary)) if len(dictionary) else None
        self._file = os.open(pack, os.O_RDONLY | os.O_CLOEXEC)
        weakref.finalize(self, os.close, self._file)
        check_header(os.pread(self._file, HEADER.size, 0), PACK, pack)
        size = os.fstat(self._file).st_size
        if size != self._counts.pack_bytes:
            raise StoreError(f"{pack}: has {size} bytes instead of {self._counts.pack_bytes}; build the articles again")

    def __len__(self) -> int:
        return self._counts.record_count

    def locate(self, article_id: int) -> tuple[int, int]:
        """Return where the record lies: offset and length in bytes. Raises StoreError when the pack has no such."""
        if not 0 <= article_id < self._counts.record_count:
            raise StoreError(f"article {article_id} is not in this build: it has {self._counts.record_count} articles")
        begin, end = self._offsets.span(article_id)
        return HEADER.size + begin, end - begin

    def read(self, article_id: int) -> bytes:
        """Return one record, still packed, by one read that may block. Raises StoreError, or OSError of a lost store."""
        offset, length = self.locate(article_id)
        record = os.pread(self._file, length, offset)
        if len(record) != length:
            raise StoreError("a record is cut short; build the articles again")
        return record

    def unpack(self, record: bytes) -> bytes:
        """Return a record's bytes. Raises StoreError for anything but a sound record of this pack."""
        if len(record) <= _CRC.size or _CRC.unpack_from(record)[0] != zlib.crc32(memoryview(record)[_CRC.size :]):
            raise StoreError("a record is damaged (checksum); build the articles again")
        frame = record[_CRC.size :]
        try:
            # The frame's own size decides how much memory is taken, so it is looked at first.
            if zstandard.get_frame_parameters(frame).content_size > MAX_RECORD_BYTES:
                raise StoreError("a record is damaged (size); build the articles again")
            # A decompressor belongs to one thread; making one costs 3 microseconds.
            return zstandard.ZstdDecompressor(dict_data=self._dictionary).decompress(frame)
        except zstandard.ZstdError as exc:
            raise StoreError(f"a record is damaged ({exc}); build the articles again") from exc
