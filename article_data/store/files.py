"""The article store's format on disk, and everything that reads or writes it.

A store is a directory: `CURRENT` (JSON, language -> build id) and one directory a build:

    builds/<id>/records.pack   records one after another: CRC-32 of what follows (4 bytes), zlib of the record's JSON
    builds/<id>/index.bin      12 bytes an article, by its id: offset (8) and length (4) in the pack
    builds/<id>/manifest.json  a BuildInfo

All numbers are big-endian. A build is immutable: written beside, synced, renamed into place, then made current by one
atomic rename of `CURRENT`, so that a reader sees a whole build or the one before. Synchronous: the reader calls it on its
own threads. Owns the format; knows nothing of dumps, caches or games.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import struct
import weakref
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from article_data.article import Article

FORMAT_VERSION = 1
"""Raised whenever the files or what the build makes of a dump change, so that old builds are made anew."""

_INDEX_ENTRY = struct.Struct(">QI")
_CRC = struct.Struct(">I")
_MAX_RECORD_BYTES = 4 << 20
"""A record is a dozen sentences; a larger one is damage, and must not be unpacked into memory."""


class StoreError(Exception):
    """The store cannot be used as it is: the message says what is wrong and what to do. The operator acts."""


class BuildInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one build."""

    build_id: str
    language: str
    format_version: int
    article_count: int
    """Playable articles, numbered from 0."""
    clue_count: int
    page_count: int
    """Articles read, before disambiguation pages, lists and those with too few clues were left out."""
    redirect_count: int
    disambiguation_count: int
    list_count: int
    unplayable_count: int
    """Articles with fewer than 4 clues."""
    splitter: str
    """Which sentence model was used, e.g. "punkt-english"."""
    created_at: str
    """ISO 8601, UTC."""
    sources: tuple[str, ...]
    """The dumps' file names."""
    dump_hash: str
    """SHA-256 over the dumps' bytes, hexadecimal."""
    pack_bytes: int
    is_new: bool = True
    """False when the same input had been built before and nothing was written."""


class Pack:
    """One build, open for reading. Closes its file when the last user lets go of it, never under a running read."""

    def __init__(self, store: Path, build_id: str) -> None:
        """Open a build. Raises StoreError when it is absent, damaged or of another format."""
        folder = store / "builds" / build_id
        self.info = read_manifest(folder)
        try:
            self._index = (folder / "index.bin").read_bytes()
            self._file = os.open(folder / "records.pack", os.O_RDONLY | os.O_CLOEXEC)
        except OSError as exc:
            raise StoreError(f"{folder}: {exc.strerror}; build the articles again") from exc
        weakref.finalize(self, os.close, self._file)
        if len(self._index) != self.info.article_count * _INDEX_ENTRY.size:
            raise StoreError(f"{folder}: the index does not fit the manifest; build the articles again")

    def read(self, article_id: int) -> bytes:
        """Return one article's record, still packed, by one read. Raises StoreError, or OSError of a lost file system."""
        if not 0 <= article_id < self.info.article_count:
            raise StoreError(
                f"article {article_id} is not in build {self.info.build_id}: it has 0 to {self.info.article_count - 1}"
            )
        offset, length = _INDEX_ENTRY.unpack_from(self._index, article_id * _INDEX_ENTRY.size)
        record = os.pread(self._file, length, offset)
        if len(record) != length:
            raise StoreError(f"build {self.info.build_id} is cut short; build the articles again")
        return record


def pack_record(article: Article) -> bytes:
    """Return an article's record: CRC-32, then zlib of its JSON."""
    packed = zlib.compress(msgspec.json.encode(article), 6)
    return _CRC.pack(zlib.crc32(packed)) + packed


def unpack_record(record: bytes) -> tuple[Article, int]:
    """Return a record's article and the bytes of its JSON. Raises StoreError for anything but a sound record."""
    if len(record) <= _CRC.size or _CRC.unpack_from(record)[0] != zlib.crc32(record[_CRC.size :]):
        raise StoreError("a record is damaged (checksum); build the articles again")
    try:
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(record[_CRC.size :], _MAX_RECORD_BYTES)
        if not unpacker.eof:
            raise StoreError("a record is damaged (length); build the articles again")
        return msgspec.json.decode(data, type=Article), len(data)
    except (zlib.error, msgspec.MsgspecError) as exc:
        raise StoreError(f"a record is damaged ({exc}); build the articles again") from exc


def read_current(store: Path) -> dict[str, str]:
    """Return the current build id of each language; empty for a store without builds. Raises StoreError."""
    try:
        return msgspec.json.decode((store / "CURRENT").read_bytes(), type=dict[str, str])
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.MsgspecError) as exc:
        raise StoreError(f"{store / 'CURRENT'} cannot be read: {exc}; remove it and build the articles again") from exc


def read_manifest(folder: Path) -> BuildInfo:
    """Return what is known of the build in a folder. Raises StoreError when it is absent, damaged or of another format."""
    try:
        info = msgspec.json.decode((folder / "manifest.json").read_bytes(), type=BuildInfo)
    except FileNotFoundError as exc:
        raise StoreError(f"{folder}: there is no build; build the articles first") from exc
    except (OSError, msgspec.MsgspecError) as exc:
        raise StoreError(f"{folder}: the manifest cannot be read: {exc}; build the articles again") from exc
    if info.format_version != FORMAT_VERSION:
        raise StoreError(
            f"{folder}: has format {info.format_version}, this Parlor reads {FORMAT_VERSION}; build the articles again"
        )
    return info


def info(store: Path, language: str = "en") -> BuildInfo:
    """Return the current build of a language. Raises StoreError when there is none or it is damaged."""
    build_id = read_current(store).get(language)
    if build_id is None:
        raise StoreError(f"{store}: there are no articles in language {language!r}; build them first")
    return Pack(store, build_id).info


@contextmanager
def building(store: Path) -> Iterator[Path]:
    """Hold the store's build lock and yield an empty folder to build in; it is gone afterwards unless published.

    Raises StoreError when another build is running or the store cannot be written. The lock dies with the process, so
    whatever lies in `builds/` under a temporary name when it is granted was left by a build that died.
    """
    try:
        (store / "builds").mkdir(parents=True, exist_ok=True)
        lock = os.open(store / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as exc:
        raise StoreError(f"{store}: cannot be written: {exc.strerror}; check the path and its owner") from exc
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as exc:
            raise StoreError(f"{store}: another build is running; wait for it to end") from exc
        for left in (store / "builds").glob(".tmp-*"):
            shutil.rmtree(left, ignore_errors=True)
        folder = store / "builds" / f".tmp-{os.getpid()}"
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)


def write_records(folder: Path, articles: Iterable[Article]) -> tuple[int, int, int]:
    """Write the pack and the index into a build folder; return the counts of articles, clues and pack bytes."""
    article_count = clue_count = offset = 0
    with (folder / "records.pack").open("wb") as pack, (folder / "index.bin").open("wb") as index:
        for article in articles:
            assert article.article_id == article_count, "articles are numbered without holes"
            record = pack_record(article)
            pack.write(record)
            index.write(_INDEX_ENTRY.pack(offset, len(record)))
            offset += len(record)
            article_count += 1
            clue_count += len(article.clues)
        for file in (pack, index):
            file.flush()
            os.fsync(file.fileno())
    return article_count, clue_count, offset


def publish(store: Path, folder: Path, build: BuildInfo) -> None:
    """Make a written build folder a build, and current for its language. Call under `building`."""
    target = store / "builds" / build.build_id
    _write_synced(folder / "manifest.json", msgspec.json.format(msgspec.json.encode(build), indent=2) + b"\n")
    _sync_folder(folder)
    shutil.rmtree(target, ignore_errors=True)
    folder.rename(target)
    _sync_folder(store / "builds")
    make_current(store, build)


def make_current(store: Path, build: BuildInfo) -> None:
    """Point the build's language at it, atomically. Call under `building`."""
    before = read_current(store)
    current = {**before, build.language: build.build_id}
    if current == before:
        return
    temporary = store / ".CURRENT.tmp"
    _write_synced(temporary, msgspec.json.encode(dict(sorted(current.items()))) + b"\n")
    temporary.replace(store / "CURRENT")
    _sync_folder(store)


def _write_synced(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
