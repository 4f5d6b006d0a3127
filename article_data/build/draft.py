"""Drafts: articles between the steps of a build, in shards of some megabytes on disk.

Owns the shape of what one step leaves for the next and how shards are written. A shard appears under its name only when
it is whole, so a step that was interrupted goes on with the first one that is missing.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeVar

import msgspec
import zstandard

from article_data.clues.subject import Sentence
from article_data.wikitext.extract import Extract

T = TypeVar("T")


class Draft(msgspec.Struct, frozen=True, array_like=True):
    """One page of the article namespace, read."""

    title: str
    page_id: int
    page: Extract
    """Without its paragraphs: what was sound in them is in `sentences`."""
    sentences: tuple[Sentence, ...]
    prose_chars: int
    terms: dict[str, int]
    """Stems of the prose and how often each occurs."""


class Played(msgspec.Struct, frozen=True, array_like=True):
    """What the clue step adds to a draft, in the draft's order."""

    clues: tuple[str, ...] = ()
    summary: str = ""
    head: str = ""
    topics: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    collocations: tuple[str, ...] = ()
    is_person: bool = False


def write_shard(path: Path, items: list[T]) -> None:
    """Write a shard, whole or not at all."""
    data = zstandard.ZstdCompressor(level=1).compress(msgspec.msgpack.encode(items))
    temporary = path.with_suffix(".part")
    temporary.write_bytes(data)
    os.replace(temporary, path)


def read_shard(path: Path, kind: type[T]) -> list[T]:
    """Read a shard. The work folder is ours and local: damage in it is a broken disk, and raises."""
    data = zstandard.ZstdDecompressor().decompress(path.read_bytes())
    return msgspec.msgpack.decode(data, type=list[kind])  # type: ignore[valid-type]


def shard_path(folder: Path, number: int) -> Path:
    """The path of a shard."""
    return folder / f"{number:06d}.shard"


def shard_count(folder: Path) -> int:
    """How many shards there are without a gap from the first."""
    number = 0
    while shard_path(folder, number).exists():
        number += 1
    return number
