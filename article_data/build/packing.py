"""The last step of a build: records come from the workers in the dump's order and are packed in the order of the ids.

Owns the way between: a spool on local disk. Neighbours in a pack are neighbours in popularity, so that warming reads a
pack from its beginning.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from article_data.build.numbering import Numbering
from article_data.build.progress import Progress
from article_data.build.recording import Piece, Record, sample
from article_data.store.packs import PackWriter, train_dictionary
from article_data.store.pool import write_pool

SAMPLES = 400
"""Records that a compression dictionary is trained on."""
WORTH_TRAINING = 1000
"""With fewer articles a dictionary is larger than what it saves."""


def train(work: Path, pieces: Iterable[Piece], count: int) -> tuple[str, str]:
    """Leave compression dictionaries for records and texts in the work folder; return their paths, "" for none."""
    if count < WORTH_TRAINING:
        return "", ""
    made = list(islice((record for piece in pieces for record in sample(piece, SAMPLES)), SAMPLES))
    paths = []
    for name, samples in (("records", [m.article for m in made]), ("texts", [m.text for m in made])):
        dictionary = train_dictionary(samples)
        (work / f"{name}.dictionary").write_bytes(dictionary or b"")
        paths.append(str(work / f"{name}.dictionary") if dictionary else "")
    return paths[0], paths[1]


def pack(
    work: Path,
    shards: Iterable[list[Record]],
    numbering: Numbering,
    dictionaries: tuple[str, str],
    progress: Progress,
) -> None:
    """Write the packs and the pool into `build/` of the work folder; the records are packed with the dictionaries."""
    count = len(numbering.ids)
    articles, texts = _Spool(work / "articles.spool", count), _Spool(work / "texts.spool", count)
    topics: list[tuple[str, ...]] = [()] * numbering.pool_size
    same: dict[tuple[str, ...], tuple[str, ...]] = {}
    difficulties = [0] * numbering.pool_size
    written = 0
    for shard in shards:
        for record in shard:
            articles.put(record.article_id, record.article)
            texts.put(record.article_id, record.text)
            if record.article_id < numbering.pool_size:
                topics[record.article_id] = same.setdefault(record.topics, record.topics)
                difficulties[record.article_id] = record.difficulty
        written += len(shard)
        progress.tell(0.8 * written / count, written)
    write_pool(work / "build", numbering.pool_size, topics, difficulties)
    for name, spool, dictionary in zip(("records", "texts"), (articles, texts), dictionaries, strict=True):
        _pack(work / "build", name, spool, dictionary)
    progress.tell(1.0, count)


class _Spool:
    """Byte strings written in any order and read in the order of their numbers."""

    def __init__(self, path: Path, count: int) -> None:
        self._path = path
        self._file: BinaryIO = path.open("w+b")
        self._offsets: NDArray[np.int64] = np.zeros(count, np.int64)
        self._sizes: NDArray[np.int64] = np.zeros(count, np.int64)
        self._end = 0

    def put(self, number: int, data: bytes) -> None:
        self._file.write(data)
        self._offsets[number], self._sizes[number] = self._end, len(data)
        self._end += len(data)

    def all(self) -> Iterator[bytes]:
        self._file.flush()
        handle = self._file.fileno()
        for offset, size in zip(self._offsets.tolist(), self._sizes.tolist(), strict=True):
            yield os.pread(handle, size, offset)

    def close(self) -> None:
        self._file.close()
        self._path.unlink()


def _pack(folder: Path, name: str, spool: _Spool, dictionary: str) -> None:
    with PackWriter(folder, name, Path(dictionary).read_bytes() if dictionary else None) as writer:
        for record in spool.all():
            writer.add_packed(record)
    spool.close()
