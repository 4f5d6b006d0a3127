"""The shape that every file of a build has: a header with its kind and format version, then its parts.

    16 bytes         b"PARLOR", two letters for the kind, format version (2), count of parts (2), reserved (4)
    16 bytes a part  where it begins and how long it is, in bytes (8 + 8)
    the parts        each on a multiple of 8 bytes

Numbers are little-endian, so that a mapped part can be read as an array as it lies. Packs have no parts: what follows
their header is told by their index. Written by the writers of this room, read from local copies only (`mirror`).
"""

from __future__ import annotations

import mmap
import shutil
import struct
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from article_data.store.errors import StoreError

FORMAT_VERSION = 2
"""Raised when the files change so that an older Parlor would misread them."""

HEADER = struct.Struct("<6s2sHHI")
_PART = struct.Struct("<QQ")
_MAGIC = b"PARLOR"

PACK, PACK_INDEX, NAMES, POOL, GRAPH = b"pk", b"px", b"nm", b"pl", b"gr"
"""The kinds of files."""


def header(kind: bytes, part_count: int = 0) -> bytes:
    """Return the first 16 bytes of a file."""
    return HEADER.pack(_MAGIC, kind, FORMAT_VERSION, part_count, 0)


def check_header(data: bytes | memoryview, kind: bytes, path: Path) -> int:
    """Return the count of parts. Raises StoreError when `data` is not the beginning of such a file."""
    if len(data) < HEADER.size:
        raise StoreError(f"{path}: the file is cut short; build the articles again")
    magic, found, version, part_count, _ = HEADER.unpack_from(data)
    if magic != _MAGIC or found != kind:
        raise StoreError(f"{path}: this is another kind of file; build the articles again")
    if version != FORMAT_VERSION:
        raise StoreError(
            f"{path}: has format {version}, this Parlor reads {FORMAT_VERSION}; "
            + ("update Parlor" if version > FORMAT_VERSION else "build the articles again")
        )
    return int(part_count)


def write_parts(path: Path, kind: bytes, parts: Iterable[bytes | Path]) -> None:
    """Write a file of parts: bytes, or the contents of other files."""
    listed = tuple(parts)
    with path.open("wb") as out:
        out.write(bytes(HEADER.size + len(listed) * _PART.size))
        table = []
        for part in listed:
            out.write(bytes(-out.tell() % 8))
            begin = out.tell()
            _append(out, part)
            table.append(_PART.pack(begin, out.tell() - begin))
        out.seek(0)
        out.write(header(kind, len(listed)) + b"".join(table))


def _append(out: BinaryIO, part: bytes | Path) -> None:
    if isinstance(part, bytes):
        out.write(part)
        return
    with part.open("rb") as source:
        shutil.copyfileobj(source, out, 1 << 20)


def map_parts(path: Path, kind: bytes, part_count: int) -> tuple[memoryview, ...]:
    """Map a local file and return its parts as bytes. Raises StoreError when it is not such a file, OSError."""
    if sys.byteorder != "little":
        raise StoreError("articles are read on little-endian machines only")
    with path.open("rb") as file:
        if file.seek(0, 2) == 0:
            raise StoreError(f"{path}: the file is empty; build the articles again")
        whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    if check_header(whole, kind, path) != part_count or len(whole) < HEADER.size + part_count * _PART.size:
        raise StoreError(f"{path}: the file has other parts than this Parlor knows; build the articles again")
    parts = []
    for place in range(part_count):
        begin, length = _PART.unpack_from(whole, HEADER.size + place * _PART.size)
        if begin + length > len(whole):
            raise StoreError(f"{path}: the file is cut short; build the articles again")
        parts.append(whole[begin : begin + length])
    return tuple(parts)
