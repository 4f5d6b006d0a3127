"""Turns a dump file of any compression into chunks of plain bytes, read ahead on a thread of its own.

Owns the containers: .bz2 (one stream or many), .gz, .zst, .xz and none, told by content, from a path or a stream that can
neither seek nor peek. Knows nothing of XML. Called by `pages` alone. Memory is bounded whatever a file expands to.
Sources: RFC 1952 (gzip), RFC 8878 (zstd), the .xz file format 1.0.4, the bzip2 manual 1.0.8.
"""

from __future__ import annotations

import lzma
import re
import select
import threading
import zlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from queue import SimpleQueue
from typing import BinaryIO

import zstandard

from article_data.dump.compression import decompressed
from article_data.dump.failure import DAMAGED, DumpError

READ_BYTES = 1 << 17
"""How much of the file is read at once."""
AHEAD_CHUNKS = 16
"""How many chunks wait at most for a reader that is slower than the decompression: 4 MB."""
_SEGMENT_BYTES = 4 << 20
"""The longest compressed bz2 stream that is decompressed as a whole, in parallel; Wikipedia's have about 1 MB."""
_SEGMENT_PLAIN_BYTES = 16 << 20
"""And the most that it may expand to."""
_POLL_MS = 200

_BZ2_START = re.compile(rb"BZh[1-9]1AY&SY")
"""How a stream begins, on a byte's border: its header and the mark of its first block."""
_BZ2_START_BYTES = 10
_MAGICS = {b"BZh": "bz2", b"\x1f\x8b": "gz", b"\xfd7zXZ\x00": "xz", b"\x28\xb5\x2f\xfd": "zst"}
_ZST_SKIPPED = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18")
"""A zstd frame without content, with which parallel packers begin."""
_ARCHIVES = {b"7z\xbc\xaf": "7z", b"PK\x03\x04": "zip", b"Rar!": "rar", b"LZIP": "lzip", b"\x04\x22\x4d\x18": "lz4"}


class ReadAhead:
    """The plain bytes of a dump in chunks: iterate once; `close` early to stop the thread."""

    def __init__(self, source: Path | BinaryIO, name: str, *, threads: int = 1) -> None:
        """Start reading. Whatever fails is raised by the iteration, as DumpError."""
        self.bytes_read = 0
        """How much of the (compressed) file was read: what a progress bar shows."""
        self._name = name
        self._chunks: SimpleQueue[bytes | BaseException] = SimpleQueue()
        self._slots = threading.Semaphore(AHEAD_CHUNKS)
        self.closed = False
        self._thread = threading.Thread(target=self._run, args=(source, threads), name=f"read {name}", daemon=True)
        self._thread.start()

    def __iter__(self) -> Iterator[bytes]:
        while True:
            chunk = self._chunks.get()
            self._slots.release()
            if isinstance(chunk, BaseException):
                raise chunk
            if not chunk:
                return
            yield chunk

    def close(self) -> None:
        """Stop reading. A thread that hangs in a read of a dead disk is left behind: it ends with the process."""
        self.closed = True
        self._slots.release()
        self._thread.join(timeout=1)

    def _run(self, source: Path | BinaryIO, threads: int) -> None:
        try:
            if isinstance(source, Path):
                with source.open("rb") as file:
                    self._pump(file, threads)
            else:
                self._pump(source, threads)
            self._chunks.put(b"")
        except DumpError as exc:
            self._chunks.put(exc)
        except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, zstandard.ZstdError) as exc:
            self._chunks.put(self._failed(exc))
        except BaseException as exc:  # noqa: BLE001 - the reader's thread must end with it, not this one
            self._chunks.put(exc)

    def _failed(self, exc: Exception) -> DumpError:
        where = f" near byte {self.bytes_read}" if self.bytes_read else ""
        # A window of more than 128 MB would cost as much memory.
        advice = "pack it again without --long" if "too much memory" in str(exc) else DAMAGED
        error = DumpError(f"{self._name}: cannot be read{where}: {exc}" + (f"; {advice}" if where else ""))
        error.__cause__ = exc
        return error

    def _pump(self, file: BinaryIO, threads: int) -> None:
        source = _Source(file, self)
        for chunk in _plain(source, self._name, threads):
            self._slots.acquire()
            if self.closed:
                return
            self._chunks.put(chunk)


class _Source:
    """The file's bytes as they are, counted; what was read too much is given back."""

    def __init__(self, file: BinaryIO, reader: ReadAhead) -> None:
        self._read = file.read
        self._reader = reader
        self._waiting = b""
        self._poll: select.poll | None = None
        pipe = _pipe(file)
        if pipe is not None:
            # Whoever writes a pipe may pause for ever. A thread that was in a read then would hold the file's lock, with which
            # the interpreter cannot end; and it would not see that the reader was closed.
            self._read = getattr(file, "read1", file.read)
            self._poll = select.poll()
            self._poll.register(pipe, select.POLLIN)

    def read(self) -> bytes:
        if self._waiting:
            data, self._waiting = self._waiting, b""
            return data
        while self._poll is not None and not self._poll.poll(_POLL_MS):
            if self._reader.closed:
                return b""
        data = self._read(READ_BYTES)
        self._reader.bytes_read += len(data)
        return data

    def give_back(self, data: bytes) -> None:
        self._waiting = data + self._waiting

    def head(self, length: int) -> bytes:
        """Return the next bytes, `length` or more unless the file ends, without using them up."""
        data = b""
        while len(data) < length and (more := self.read()):
            data += more
        self._waiting = data
        return data


def _pipe(file: BinaryIO) -> int | None:
    """Return the descriptor of a pipe, socket or terminal; None for what never pauses."""
    try:
        return None if file.seekable() else file.fileno()
    except (AttributeError, OSError):
        # A stream that is made in memory, or that can do no more than `read`.
        return None


def _plain(source: _Source, name: str, threads: int) -> Iterator[bytes]:
    head = source.head(8)
    if not head:
        raise DumpError(f"{name}: is empty; {DAMAGED}")
    for magic, archive in _ARCHIVES.items():
        if head.startswith(magic):
            raise DumpError(f"{name}: is an archive ({archive}); unpack it first, or take the dump as .bz2")
    kind = (
        "zst"
        if _ZST_SKIPPED.match(head)
        else next((kind for magic, kind in _MAGICS.items() if head.startswith(magic)), "")
    )
    if kind == "bz2" and threads > 1:
        return _parallel_bz2(source, threads)
    parts = iter(source.read, b"")
    return decompressed(parts, kind) if kind else parts


def _parallel_bz2(source: _Source, threads: int) -> Iterator[bytes]:
    """Decompress short bz2 streams on several threads (bz2 runs outside the interpreter's lock), and in order."""
    under_way: deque[Future[tuple[list[bytes], Iterator[bytes]]]] = deque()
    with ThreadPoolExecutor(threads, thread_name_prefix="bz2") as pool:
        for segment in _segments(source):
            under_way.append(pool.submit(_begun, decompressed([segment], "bz2")))
            if len(under_way) > threads:
                yield from chain.from_iterable(under_way.popleft().result())
        while under_way:
            yield from chain.from_iterable(under_way.popleft().result())
    # A stream too long to be worth waiting for, and all after it.
    yield from decompressed(iter(source.read, b""), "bz2")


def _begun(chunks: Iterator[bytes]) -> tuple[list[bytes], Iterator[bytes]]:
    """Take the first chunks; what goes beyond the bound is left for the reader to ask for."""
    taken: list[bytes] = []
    size = 0
    for chunk in chunks:
        taken.append(chunk)
        size += len(chunk)
        if size >= _SEGMENT_PLAIN_BYTES:
            break
    return taken, chunks


def _segments(source: _Source) -> Iterator[bytes]:
    """Cut the file where a stream begins; end, with the rest given back, at a stream that is too long."""
    waiting = bytearray()
    for data in iter(source.read, b""):
        # A beginning may lie across two reads.
        searched = max(len(waiting) - _BZ2_START_BYTES, 1)
        waiting += data
        start = 0
        for found in _BZ2_START.finditer(waiting, searched):
            yield bytes(waiting[start : found.start()])
            start = found.start()
        del waiting[:start]
        if len(waiting) > _SEGMENT_BYTES:
            source.give_back(bytes(waiting))
            return
    if waiting:
        yield bytes(waiting)
