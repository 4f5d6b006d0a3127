"""What is known of a store and of its builds: `CURRENT` and each build's `manifest.json`.

    <store>/CURRENT                      JSON: language -> build id
    <store>/builds/<id>/manifest.json    JSON: a BuildInfo

Read by everybody; written by `publishing` alone.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from article_data.store.errors import StoreError
from article_data.store.layout import FORMAT_VERSION

OLDEST_VERSION = 1
"""The oldest format that can still be played: see `version1`."""

PACK_FILES = ("records.pack", "texts.pack")
"""Stay on the store: one record is read at a time."""
INDEX_FILES = ("records.idx", "texts.idx", "names.idx", "pool.idx", "graph.idx")
"""Are copied to local disk and mapped there."""


class FileInfo(msgspec.Struct, frozen=True):
    """One file of a build."""

    size: int
    """In bytes."""
    sha256: str
    """Hexadecimal, as `sha256sum` prints it."""


class BuildInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one build."""

    build_id: str
    language: str
    format_version: int
    article_count: int
    """All records, numbered from 0."""
    clue_count: int
    page_count: int
    """Pages of the article namespace that were read, redirects not among them."""
    redirect_count: int
    disambiguation_count: int
    list_count: int
    unplayable_count: int
    """Articles with too few clues for a game."""
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
    pool_size: int = 0
    """Articles that games are played with: the numbers below this."""
    stub_count: int = 0
    kinds: dict[str, int] = {}
    """Records by kind: "article", "disambiguation", "list", "stub"."""
    alias_count: int = 0
    """Other names, of all articles together."""
    popularity: str = ""
    """Where the order of popularity came from: "links" or the popularity file's name."""
    skipped: dict[str, int] = {}
    """Pages of the dumps that could not be taken, by reason."""
    files: dict[str, FileInfo] = {}
    """By file name; written by `publish`."""


def build_folder(store: Path, build_id: str) -> Path:
    """Return where a build lies. Raises StoreError for what cannot be a build's name."""
    if not build_id or build_id.startswith(".") or "/" in build_id or "\0" in build_id:
        raise StoreError(f"{build_id!r} is no build; `{store / 'builds'}` has them")
    return store / "builds" / build_id


def read_current(store: Path) -> dict[str, str]:
    """Return the current build id of each language; empty for a store without builds. Raises StoreError."""
    try:
        return msgspec.json.decode((store / "CURRENT").read_bytes(), type=dict[str, str])
    except FileNotFoundError:
        return {}
    except OSError as exc:
        raise StoreError(f"{store / 'CURRENT'} cannot be read: {exc.strerror}; is the store there?") from exc
    except (msgspec.MsgspecError, UnicodeDecodeError) as exc:
        raise StoreError(f"{store / 'CURRENT'} cannot be read: {exc}; remove it and build the articles again") from exc


def decode_manifest(data: bytes, folder: Path) -> BuildInfo:
    """Return the build of a manifest. Raises StoreError when it is damaged or of a format this Parlor cannot read."""
    try:
        info = msgspec.json.decode(data, type=BuildInfo)
    except (msgspec.MsgspecError, UnicodeDecodeError) as exc:
        raise StoreError(f"{folder}: the manifest cannot be read: {exc}; build the articles again") from exc
    if not OLDEST_VERSION <= info.format_version <= FORMAT_VERSION:
        raise StoreError(
            f"{folder}: has format {info.format_version}, this Parlor reads {OLDEST_VERSION} to {FORMAT_VERSION}; "
            + ("update Parlor" if info.format_version > FORMAT_VERSION else "build the articles again")
        )
    return info


def read_manifest(folder: Path) -> BuildInfo:
    """Return what is known of the build in a folder. Raises StoreError when it is absent, damaged or of another format."""
    try:
        data = (folder / "manifest.json").read_bytes()
    except (FileNotFoundError, NotADirectoryError) as exc:
        raise StoreError(f"{folder}: there is no build; build the articles first") from exc
    except OSError as exc:
        raise StoreError(f"{folder}: the manifest cannot be read: {exc.strerror}; is the store there?") from exc
    return decode_manifest(data, folder)


def info(store: Path, language: str = "en") -> BuildInfo:
    """Return the current build of a language. Raises StoreError when there is none or it is damaged."""
    build_id = read_current(store).get(language)
    if build_id is None:
        raise StoreError(f"{store}: there are no articles in language {language!r}; build them first")
    return read_manifest(build_folder(store, build_id))
