"""Local copies of the indexes of builds: what is mapped into memory never lies on a network file system.

    <cache>/.lock          held by the process that copies, one at a time on a host
    <cache>/<build id>/    the index files, the manifest, and `verified`: the state in which they were found right

A copy is made beside, its checksums are compared with the manifest, and it is renamed into place. Processes share it;
each holds a shared lock on the folder while it uses it, so that a sweep, before a new copy is made, finds out what nobody
uses. A copy that was written to since it was verified is made again. All this relies on locks of local disks only; the
store is merely read. Called by `build`.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from article_data.store import version1
from article_data.store.errors import StoreError
from article_data.store.manifest import INDEX_FILES, BuildInfo, build_folder, decode_manifest

_COPY_BYTES = 4 << 20
_STAMP = "verified"
_UNUSED_S = 24 * 3600.0
"""A copy that nobody uses is kept so long: a server that starts again finds it."""


class _State(msgspec.Struct, frozen=True, array_like=True):
    """What changes when anybody writes to a file."""

    name: str
    inode: int
    size: int
    modified_ns: int


def local_copy(store: Path, build_id: str, cache: Path) -> tuple[Path, int, BuildInfo]:
    """Return the folder of a build's copy, made now unless it is there and sound, and a descriptor that keeps it.

    Blocking; a copy of the whole English Wikipedia has about 3 GB. The descriptor is closed by the caller when the copy
    is no longer used. Raises StoreError when the build is absent, damaged or of another format, or the disk is full.
    """
    folder = build_folder(store, build_id)
    try:
        manifest = (folder / "manifest.json").read_bytes()
    except FileNotFoundError as exc:
        raise StoreError(f"{folder}: there is no build; build the articles first") from exc
    except OSError as exc:
        raise StoreError(f"{folder}: the manifest cannot be read: {exc.strerror}; is the store there?") from exc
    info = decode_manifest(manifest, folder)
    copy = cache / build_id
    try:
        held = _hold(copy, manifest)
        if held is None:
            cache.mkdir(parents=True, exist_ok=True)
            with _copying(cache):
                held = _hold(copy, manifest)  # another process may have made it while this one waited
                if held is None:
                    _sweep(cache, _UNUSED_S)
                    _copy(folder, info, manifest, cache)
                    held = _hold(copy, manifest)
    except OSError as exc:
        raise _explained(exc, info, folder, cache) from exc
    if held is None:
        raise StoreError(f"{copy}: the copy vanished while it was made; start again")
    return copy, held, info


def sweep(cache: Path, *, min_age_s: float) -> list[str]:
    """Remove the copies that no process uses and that nobody has opened for so long; return their build ids."""
    if not cache.exists():
        return []
    with _copying(cache):
        return _sweep(cache, min_age_s)


@contextmanager
def _copying(cache: Path) -> Iterator[None]:
    """Hold the cache's lock, waiting for whoever copies; sweep what copiers that died have left."""
    lock = os.open(cache / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in cache.glob(".copy-*"):
            shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        os.close(lock)


def _sweep(cache: Path, min_age_s: float) -> list[str]:
    removed = []
    for copy in sorted(stamp.parent for stamp in cache.glob(f"[!.]*/{_STAMP}")):
        if time.time() - copy.stat().st_mtime < min_age_s:
            continue
        handle = os.open(copy, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove(copy)
            removed.append(copy.name)
        except BlockingIOError:
            continue
        finally:
            os.close(handle)
    return removed


def _hold(copy: Path, manifest: bytes) -> int | None:
    """Return a descriptor that keeps a sound copy of this very build from being swept; None when there is no such."""
    try:
        handle = os.open(copy, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH)
        # Between opening and locking it may have been swept or replaced.
        if os.path.samestat(os.fstat(handle), copy.stat()) and (copy / "manifest.json").read_bytes() == manifest:
            stamped = msgspec.msgpack.decode((copy / _STAMP).read_bytes(), type=tuple[_State, ...])
            if stamped == _state(copy):
                with suppress(PermissionError):  # another user's copy does as well
                    os.utime(copy)
                return handle
    except (OSError, msgspec.MsgspecError):
        pass
    os.close(handle)
    return None


def _copy(folder: Path, info: BuildInfo, manifest: bytes, cache: Path) -> None:
    """Make the copy. Raises StoreError when the store's files are damaged, OSError."""
    work = cache / f".copy-{info.build_id}"
    work.mkdir()
    try:
        if info.format_version == 1:
            version1.translate(folder, info, work)
        else:
            _copy_indexes(folder, info, work)
        (work / "manifest.json").write_bytes(manifest)
        (work / _STAMP).write_bytes(msgspec.msgpack.encode(_state(work)))
        target = cache / info.build_id
        if (target / _STAMP).exists():
            _remove(target)
        elif target.exists():
            raise StoreError(f"{target}: is no copy that Parlor made; choose another folder for copies, or remove it")
        work.rename(target)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _copy_indexes(folder: Path, info: BuildInfo, work: Path) -> None:
    for name in INDEX_FILES:
        expected = info.files.get(name)
        if expected is None:
            raise StoreError(f"{folder}: the manifest does not know {name}; build the articles again")
        digest = hashlib.sha256()
        with (folder / name).open("rb") as source, (work / name).open("wb") as out:
            while chunk := source.read(_COPY_BYTES):
                digest.update(chunk)
                out.write(chunk)
        if digest.hexdigest() != expected.sha256:
            raise StoreError(f"{folder / name}: is damaged (checksum); build the articles again")


def _state(copy: Path) -> tuple[_State, ...]:
    stats = [(path.name, path.stat()) for path in sorted(copy.iterdir()) if path.name != _STAMP]
    return tuple(_State(name, stat.st_ino, stat.st_size, stat.st_mtime_ns) for name, stat in stats)


def _remove(copy: Path) -> None:
    """Remove a copy at once and wholly: what is mapped elsewhere lives on until it is let go."""
    gone = copy.with_name(f".copy-{copy.name}.gone")
    copy.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def _explained(error: OSError, info: BuildInfo, folder: Path, cache: Path) -> StoreError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        needed = sum(info.files[name].size for name in INDEX_FILES if name in info.files) >> 20
        return StoreError(f"{cache}: the disk is full; the indexes of {info.build_id} need {needed + 1} MB: make room")
    place = error.filename or folder
    return StoreError(f"{place}: {error.strerror}, while the indexes of {folder} were copied to {cache}")
