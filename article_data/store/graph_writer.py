"""Writing the link graph: forward rows as they come, backward rows by sorting on disk, in bounded memory.

Links are taken in batches of a million. Each batch's rows are written, and its links, turned round, are put aside; when
the in-degrees are known, the links are dealt into files of neighbouring targets, each small enough to be sorted in
memory. Called by the build; needs numpy. See `graph` for what is written.
"""

from __future__ import annotations

import shutil
from array import array
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from article_data.store.errors import StoreError
from article_data.store.graph import Counts
from article_data.store.layout import GRAPH, write_parts

_LOW = np.uint64(0xFFFF_FFFF)
_SHIFT = np.uint64(32)

_Links = npt.NDArray[np.uint64]


class GraphWriter:
    """Writes `graph.idx` into a build's folder, by way of `graph.work/` in it; an earlier attempt's is swept."""

    def __init__(self, folder: Path, article_count: int, *, batch_links: int = 1_000_000) -> None:
        """`batch_links` are sorted in memory at a time: about 50 bytes each."""
        self._batch_links = batch_links
        self._path = folder / "graph.idx"
        self._work = folder / "graph.work"
        shutil.rmtree(self._work, ignore_errors=True)
        self._work.mkdir(parents=True)
        self._article_count = article_count
        self._targets = array("I")
        self._sources = array("I")
        self._lengths = array("I")
        for part in ("forward", "turned", "backward"):
            (self._work / part).touch()
        self._out_degrees = np.zeros(article_count, dtype=np.uint32)
        self._in_degrees = np.zeros(article_count, dtype=np.uint32)
        self._last = -1

    def add(self, article_id: int, targets: Sequence[int]) -> None:
        """Add an article's links, in ascending order of articles; an article may be left out when it has none.

        Links to itself are dropped, repeated ones are one. Raises StoreError for numbers that are not in the build.
        """
        if not self._last < article_id < self._article_count:
            raise StoreError(f"links of article {article_id} came after {self._last}, of {self._article_count}")
        self._last = article_id
        self._sources.append(article_id)
        self._lengths.append(len(targets))
        self._targets.extend(targets)
        if len(self._targets) >= self._batch_links:
            self._spill()

    def close(self) -> int:
        """Write the file; return how many links it has."""
        self._spill()
        link_count = int(self._out_degrees.sum(dtype=np.uint64))
        if link_count >> 32:
            raise StoreError(f"{link_count} links are too many for one build; build fewer articles with --limit")
        self._sort_backward(link_count)
        parts = (
            msgspec.msgpack.encode(Counts(self._article_count, link_count)),
            _begins(self._out_degrees),
            self._work / "forward",
            _begins(self._in_degrees),
            self._work / "backward",
        )
        write_parts(self._path, GRAPH, parts)
        shutil.rmtree(self._work)
        return link_count

    def _spill(self) -> None:
        if not self._targets:
            return
        targets = np.frombuffer(self._targets, dtype=np.uint32).astype(np.uint64)
        if int(targets.max()) >= self._article_count:
            raise StoreError(f"a link leads to article {targets.max()}, there are {self._article_count}")
        sources = np.repeat(
            np.frombuffer(self._sources, dtype=np.uint32), np.frombuffer(self._lengths, dtype=np.uint32)
        ).astype(np.uint64)
        links = np.unique((sources << _SHIFT | targets)[sources != targets])
        _append(self._work / "forward", _low(links))
        np.add.at(self._out_degrees, _high(links), 1)
        turned = np.sort((links & _LOW) << _SHIFT | links >> _SHIFT)
        _append(self._work / "turned", turned)
        np.add.at(self._in_degrees, _high(turned), 1)
        self._targets, self._sources, self._lengths = array("I"), array("I"), array("I")

    def _sort_backward(self, link_count: int) -> None:
        """Deal the turned links into files of about a batch each, by target, and sort each."""
        ends = np.cumsum(self._in_degrees, dtype=np.uint64)
        cuts = np.searchsorted(ends, np.arange(self._batch_links, link_count, self._batch_links, dtype=np.uint64)) + 1
        bounds = np.unique(cuts).astype(np.uint64) << _SHIFT
        paths = [self._work / f"targets-{place}" for place in range(len(bounds) + 1)]
        with (self._work / "turned").open("rb") as turned:
            while (links := np.fromfile(turned, dtype=np.uint64, count=self._batch_links)).size:
                links.sort()
                for path, part in zip(paths, np.split(links, np.searchsorted(links, bounds)), strict=True):
                    if part.size:
                        _append(path, part)
        (self._work / "turned").unlink()
        for path in paths:
            if path.exists():
                _append(self._work / "backward", _low(np.sort(np.fromfile(path, dtype=np.uint64))))
                path.unlink()


def _append(path: Path, numbers: npt.NDArray[np.uint32] | _Links) -> None:
    """Append to a file, opened in turn: any number of files can be written to."""
    with path.open("ab") as file:
        numbers.tofile(file)


def _low(links: _Links) -> npt.NDArray[np.uint32]:
    return (links & _LOW).astype(np.uint32)


def _high(links: _Links) -> npt.NDArray[np.uint32]:
    return (links >> _SHIFT).astype(np.uint32)


def _begins(degrees: npt.NDArray[np.uint32]) -> bytes:
    """Return where each row begins, and where the last ends."""
    return np.concatenate(([0], np.cumsum(degrees, dtype=np.uint64))).astype(np.uint32).tobytes()
