"""From a work folder to a build that readers see, and away with builds that nobody uses.

A build is written in `builds/.work-<key>`, under one lock a store, and the folder outlives an interruption so that the
next attempt goes on in it. Publishing syncs and sums its files, renames the folder, and points `CURRENT` at it last: at
any moment a reader sees whole builds only, whoever is killed. A published folder is never touched again, only removed.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from article_data.store.errors import StoreError
from article_data.store.layout import FORMAT_VERSION
from article_data.store.manifest import (
    INDEX_FILES,
    PACK_FILES,
    BuildInfo,
    FileInfo,
    build_folder,
    read_current,
    read_manifest,
)

_WORK = ".work-"
_GONE = ".gone-"
_WORK_1 = ".tmp-"
"""What an earlier Parlor called its work folders."""
_KEY = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")


@contextmanager
def building(store: Path, build_key: str) -> Iterator[Path]:
    """Hold the store's build lock and yield the folder to build in, with what an interrupted build of this key left.

    Folders that builds of other keys left are swept. Raises StoreError when another build is running, or the store
    cannot be written. The lock dies with the process.
    """
    if not _KEY.fullmatch(build_key):
        raise StoreError(f"{build_key!r} cannot name a build: letters, digits, dots and dashes do")
    folder = store / "builds" / f"{_WORK}{build_key}"
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
        for left in (store / "builds").iterdir():
            if left.name.startswith((_WORK, _GONE, _WORK_1)) and left != folder:
                shutil.rmtree(left, ignore_errors=True)
        folder.mkdir(exist_ok=True)
        yield folder
    finally:
        os.close(lock)


def publish(store: Path, folder: Path, info: BuildInfo) -> BuildInfo:
    """Make a written work folder a build, and current for its language; return it with its files' sizes and checksums.

    What else lies in the folder is removed. Should the id be taken by a sound build with the same files, that becomes
    current; by another, which is kept as it is, "-2" is appended, or the next that is free. Call under `building`. Raises
    StoreError when a file is missing.
    """
    files = {name: _summed(folder / name) for name in (*PACK_FILES, *INDEX_FILES)}
    target = build_folder(store, info.build_id)
    number = 1
    while target.exists():
        there = _sound(target, files)
        if there is not None:
            shutil.rmtree(folder)
            make_current(store, there)
            return there
        number += 1
        target = build_folder(store, f"{info.build_id}-{number}")
    info = msgspec.structs.replace(
        info,
        build_id=target.name,
        format_version=FORMAT_VERSION,
        pack_bytes=files["records.pack"].size,
        files=files,
    )
    _write_synced(folder / "manifest.json", msgspec.json.format(msgspec.json.encode(info), indent=2) + b"\n")
    for left in folder.iterdir():
        if left.name not in files and left.name != "manifest.json":
            shutil.rmtree(left) if left.is_dir() else left.unlink()
    _sync_folder(folder)
    folder.rename(target)
    _sync_folder(store / "builds")
    make_current(store, info)
    return info


def make_current(store: Path, info: BuildInfo) -> None:
    """Point the build's language at it, atomically. Call under `building`."""
    before = read_current(store)
    current = {**before, info.language: info.build_id}
    if current == before:
        return
    temporary = store / ".CURRENT.tmp"
    _write_synced(temporary, msgspec.json.encode(dict(sorted(current.items()))) + b"\n")
    temporary.replace(store / "CURRENT")
    _sync_folder(store)


def prune(store: Path, *, keep: Collection[str], min_age_s: float) -> list[str]:
    """Remove the builds that are neither current, nor in `keep`, nor younger; return their ids.

    A reader that still has one open goes on on a local file system; on NFS its next read fails (ESTALE), so `keep` is
    for those in use.
    """
    removed = []
    for folder in sorted(manifest.parent for manifest in (store / "builds").glob("[!.]*/manifest.json")):
        # Read anew each time: a build may be made current meanwhile.
        spared = {*keep, *read_current(store).values()}
        if folder.name in spared or time.time() - folder.stat().st_mtime < min_age_s:
            continue
        gone = folder.with_name(f"{_GONE}{folder.name}")
        folder.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)
        removed.append(folder.name)
    return removed


def _sound(folder: Path, files: dict[str, FileInfo]) -> BuildInfo | None:
    """Return the build in a folder when it has these very files, all undamaged."""
    try:
        info = read_manifest(folder)
        if info.files == files and all(_summed(folder / name) == file for name, file in files.items()):
            return info
    except (StoreError, OSError):
        pass
    return None


def _summed(path: Path) -> FileInfo:
    """Bring a file to disk and return its size and checksum."""
    try:
        with path.open("rb") as file:
            os.fsync(file.fileno())
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return FileInfo(os.fstat(file.fileno()).st_size, digest)
    except FileNotFoundError as exc:
        raise StoreError(
            f"{path}: is missing, so that the build cannot be published; build the articles again"
        ) from exc


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
