"""Decompresses .bz2, .gz, .xz and .zst as the bytes come in, in bounded memory whatever they expand to.

Each container may hold several streams one after the other, and has for each a class with the same three members. Called by
`streams` alone.
"""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

import zstandard

CHUNK_BYTES = 1 << 18
"""The most that one chunk of plain bytes holds."""
_ZST_STEP_BYTES = 1 << 11
"""A zstd decompressor gives out all at once: 2 KB expand to 64 MB at the very most."""


class Stream(Protocol):
    """One compressed stream: `feed` gives out plain chunks; after the stream's end `rest` is what follows it."""

    def feed(self, data: bytes) -> Iterator[bytes]: ...
    @property
    def is_done(self) -> bool: ...
    @property
    def rest(self) -> bytes: ...


class _Bounded:
    """A stream of the standard library, whose decompressors give out as much as is asked for."""

    def __init__(self, decompressor: bz2.BZ2Decompressor | lzma.LZMADecompressor) -> None:
        self._decompressor = decompressor

    @property
    def is_done(self) -> bool:
        return self._decompressor.eof

    @property
    def rest(self) -> bytes:
        return self._decompressor.unused_data

    def feed(self, data: bytes) -> Iterator[bytes]:
        yield self._decompressor.decompress(data, CHUNK_BYTES)
        while not self._decompressor.eof and not self._decompressor.needs_input:
            yield self._decompressor.decompress(b"", CHUNK_BYTES)


class _Bz2(_Bounded):
    def __init__(self) -> None:
        super().__init__(bz2.BZ2Decompressor())


class _Xz(_Bounded):
    def __init__(self) -> None:
        super().__init__(lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=256 << 20))


class _Gzip:
    def __init__(self) -> None:
        self._decompressor = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)

    @property
    def is_done(self) -> bool:
        return self._decompressor.eof

    @property
    def rest(self) -> bytes:
        return self._decompressor.unused_data

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            yield self._decompressor.decompress(data, CHUNK_BYTES)
            data = self._decompressor.unconsumed_tail


class _Zst:
    def __init__(self) -> None:
        self._decompressor = zstandard.ZstdDecompressor().decompressobj()
        self._after = b""

    @property
    def is_done(self) -> bool:
        return self._decompressor.eof

    @property
    def rest(self) -> bytes:
        return self._decompressor.unused_data + self._after

    def feed(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), _ZST_STEP_BYTES):
            if self._decompressor.eof:
                self._after = data[start:]
                return
            plain = self._decompressor.decompress(data[start : start + _ZST_STEP_BYTES])
            yield from (plain[at : at + CHUNK_BYTES] for at in range(0, len(plain), CHUNK_BYTES))


KINDS: dict[str, Callable[[], Stream]] = {"bz2": _Bz2, "gz": _Gzip, "xz": _Xz, "zst": _Zst}


def decompressed(parts: Iterable[bytes], kind: str) -> Iterator[bytes]:
    """Yield the plain bytes of all streams of a kind in chunks of CHUNK_BYTES at most.

    Raises EOFError where the last stream is not whole, and the libraries' own errors for damaged ones.
    """
    stream: Stream | None = None
    for data in parts:
        while data:
            if stream is None:
                # Padding with NULs is allowed after .gz and .xz streams, and copies from tape have it.
                data = data.lstrip(b"\0")
                if not data:
                    break
                stream = KINDS[kind]()
            yield from filter(None, stream.feed(data))
            data = b""
            if stream.is_done:
                data, stream = stream.rest, None
    if stream is not None:
        raise EOFError(f"it ends in the middle of a {kind} stream")
