"""The second step of a build: what can only be said when every page was read.

Owns the numbering of the drafts ("places", in the dump's order), which kind of page each is, the links between them,
their popularity and how often words are used. All of it lies in files that the workers map; nothing grows in memory
with the dump but some bytes an article.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from article_data.article import Kind
from article_data.build.draft import Draft, read_shard, shard_path
from article_data.build.progress import Progress
from article_data.clues.corpus import CorpusWriter
from article_data.dump.kinds import KindRules
from article_data.dump.redirects import Redirects
from article_data.dump.titles import title_hash, title_hashes
from article_data.language.language import Language

KINDS: tuple[Kind, ...] = ("article", "disambiguation", "list", "stub")
_CHUNK = 4 << 20
"""Links that are looked up at a time."""
_COUNTED_FOR_COMMON = 20_000
_COMMON_KEPT = 2000


class Survey(msgspec.Struct, frozen=True):
    """What the survey found, by place."""

    starts: tuple[int, ...]
    """The first place of each shard, and the count of all at the end."""
    kinds: NDArray[np.uint8]
    """Places in KINDS."""
    popularity: NDArray[np.int64] | NDArray[np.int32]
    """Other pages that link here, redirects followed; or the popularity file's score."""
    in_degree: NDArray[np.int32]

    def kind_of(self, place: int) -> Kind:
        """Return what the page is."""
        return KINDS[int(self.kinds[place])]


def survey(
    work: Path, shard_count: int, rules: KindRules, redirects: Redirects, language: str, progress: Progress
) -> Survey:
    """Read all drafts once and leave `corpus/`, `titles.*` and `edges.u64` in the work folder."""
    starts = [0]
    kinds = bytearray()
    hashes = array("Q")
    corpus = CorpusWriter(work / "corpus", language)
    common = _Common(Language.open(language))
    progress.begin("counting", "articles")
    with (
        (work / "targets.u64").open("wb") as targets,
        (work / "degrees.u32").open("wb") as degrees,
        (work / "titles.txt").open("wb") as titles,
        (work / "titles.u64").open("wb") as title_ends,
    ):
        for number in range(shard_count):
            drafts = read_shard(shard_path(work / "drafts", number), Draft)
            counts = []
            for place, draft in enumerate(drafts, starts[-1]):
                kind = rules.kind(draft.title, draft.page, draft.prose_chars)
                kinds.append(KINDS.index(kind))
                hashes.append(title_hash(draft.title))
                if kind == "article":
                    corpus.add(place, draft.terms)
                    common.add(draft.terms)
                wanted = () if kind == "disambiguation" else {link.target for link in draft.page.links}
                counts.append(len(wanted))
                targets.write(title_hashes(sorted(wanted)).tobytes())
                titles.write(draft.title.encode())
                title_ends.write(titles.tell().to_bytes(8, "little"))
            degrees.write(np.asarray(counts, np.uint32).tobytes())
            starts.append(starts[-1] + len(drafts))
            progress.tell((number + 1) / shard_count, starts[-1])
    corpus.close()
    common.write(work / "common")
    in_degree = _link(work, Places(np.frombuffer(hashes, np.uint64)), redirects, starts[-1])
    return Survey(
        starts=tuple(starts),
        kinds=np.frombuffer(bytes(kinds), np.uint8),
        popularity=in_degree,
        in_degree=in_degree,
    )


class _Common:
    """Counts words of a language whose stopwords nobody lists, so that they can be learned."""

    def __init__(self, language: Language) -> None:
        self._is_needed = not language.knows_stopwords
        self._counts: Counter[str] = Counter()
        self._documents = 0

    def add(self, terms: Iterable[str]) -> None:
        self._documents += 1
        # What is common shows in any part of a dump.
        if self._is_needed and self._documents <= _COUNTED_FOR_COMMON:
            self._counts.update(terms)

    def write(self, path: Path) -> None:
        counted = min(self._documents, _COUNTED_FOR_COMMON)
        path.write_bytes(msgspec.msgpack.encode((counted, dict(self._counts.most_common(_COMMON_KEPT)))))


def read_common(work: Path) -> tuple[int, dict[str, int]]:
    """Return in how many articles words were counted, and in how many of these each of the commonest is."""
    return msgspec.msgpack.decode((work / "common").read_bytes(), type=tuple[int, dict[str, int]])


class Places:
    """Finds places by the hash of their title."""

    def __init__(self, hashes: NDArray[np.uint64]) -> None:
        self._order = np.argsort(hashes, kind="stable").astype(np.int32)
        self._sorted = hashes[self._order]

    def find(self, hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Return the place of each title, -1 where there is none."""
        if not len(self._sorted):
            return np.full(len(hashes), -1, np.int64)
        at = np.searchsorted(self._sorted, hashes)
        at[at == len(self._sorted)] = 0
        return np.where(self._sorted[at] == hashes, self._order[at], -1)


class Titles:
    """Titles by place, read from disk one by one."""

    def __init__(self, work: Path) -> None:
        self._ends = _mapped(work / "titles.u64", np.uint64)
        self._text = _mapped(work / "titles.txt", np.uint8)

    def __getitem__(self, place: int) -> str:
        begin = int(self._ends[place - 1]) if place else 0
        return self._text[begin : int(self._ends[place])].tobytes().decode()


def with_scores(found: Survey, work: Path, scores: Iterable[tuple[str, float]], redirects: Redirects) -> Survey:
    """Return the survey with the popularity file's scores: whole numbers as they are, shares scaled to millionths of the greatest.

    Articles without a score come after those with one, by their links.
    """
    titles = Titles(work)
    hashes = np.fromiter((title_hash(titles[place]) for place in range(found.starts[-1])), np.uint64, found.starts[-1])
    places = Places(hashes)
    values = np.zeros(found.starts[-1])
    names: list[str] = []
    given: list[float] = []
    for title, score in scores:
        names.append(redirects.end_of(title))
        given.append(score)
    at = places.find(title_hashes(names))
    np.maximum.at(values, at[at >= 0], np.asarray(given)[at >= 0])
    greatest = float(values.max(initial=0.0))
    scale = 1.0 if greatest >= 1000 else 1_000_000 / greatest if greatest else 1.0
    return msgspec.structs.replace(found, popularity=np.rint(values * scale).astype(np.int64))


class Links:
    """The links of each place to others, mapped from disk."""

    def __init__(self, work: Path, count: int) -> None:
        self._edges = _mapped(work / "edges.u64", np.uint64)
        self._starts = np.searchsorted(self._edges, np.arange(count + 1, dtype=np.uint64) << np.uint64(32))

    def __getitem__(self, place: int) -> NDArray[np.int64]:
        row = self._edges[int(self._starts[place]) : int(self._starts[place + 1])]
        return (row & np.uint64(0xFFFFFFFF)).astype(np.int64)


def _link(work: Path, places: Places, redirects: Redirects, count: int) -> NDArray[np.int32]:
    """Write the links between places as sorted pairs, each once, none to itself; return how many lead to each place."""
    targets = _mapped(work / "targets.u64", np.uint64)
    degrees = _mapped(work / "degrees.u32", np.uint32)
    ends = np.cumsum(degrees, dtype=np.int64)
    in_degree = np.zeros(count, np.int32)
    first = 0
    with (work / "edges.u64").open("wb") as out:
        while first < count:
            # Whole rows only, so that what is made unique here is unique altogether.
            begin = int(ends[first - 1]) if first else 0
            last = max(first + 1, int(np.searchsorted(ends, begin + _CHUNK, "right")))
            chunk = np.array(targets[begin : int(ends[last - 1])])
            sources = np.repeat(np.arange(first, last, dtype=np.int64), degrees[first:last])
            found = places.find(redirects.ends_of(chunk))
            kept = (found >= 0) & (found != sources)
            pairs = np.unique(sources[kept].astype(np.uint64) << np.uint64(32) | found[kept].astype(np.uint64))
            out.write(pairs.tobytes())
            np.add.at(in_degree, (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64), 1)
            first = last
    return in_degree


def _mapped(path: Path, kind: Any) -> NDArray[Any]:
    """Map a file of the work folder, which is on this machine's disk; an empty one cannot be mapped."""
    return np.memmap(path, kind, "r") if path.stat().st_size else np.empty(0, kind)
