"""What a build is asked to make, and the name that this gives it.

Owns the identity of a build: the same order makes the same build, byte for byte, so it need not be made again, and an
interrupted one is found again by it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from article_data.store.errors import StoreError

MAKING_VERSION = 2
"""Raised whenever the same dump is made into something else (clues, keys, folded names), so that builds are made anew."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One build, as ordered."""

    language: str
    sources: tuple[str, ...]
    """The dumps' file names, for people."""
    dump_hash: str
    """SHA-256 over the dumps' bytes; for a stream, which cannot be read twice, a name of its own."""
    limit: int | None = None
    """Stop after so many articles."""
    pool_limit: int | None = None
    """How many articles are played at the most; None for the rule of `numbering`."""
    popularity: str = ""
    """SHA-256 of the popularity file; "" without one."""
    sentence_model: str = ""
    """Which sentence model splits the prose, e.g. "punkt-english": another one makes other clues."""

    def build_id(self, format_version: int) -> str:
        """The build's name: the language and 64 bits of a hash over everything that shapes it."""
        identity = msgspec.json.encode((format_version, MAKING_VERSION, msgspec.structs.replace(self, sources=())))
        return f"{self.language}-{hashlib.sha256(identity).hexdigest()[:16]}"


def hash_files(paths: Sequence[Path]) -> str:
    """Return the SHA-256 over the files' own SHA-256s. Raises StoreError for a file that cannot be read."""
    digest = hashlib.sha256()
    for path in paths:
        try:
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        except OSError as exc:
            raise StoreError(f"{path}: {exc.strerror}; check the path") from exc
    return digest.hexdigest()
