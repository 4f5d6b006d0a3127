"""All articles' words, in files that any worker maps: how rare a word is, and which article a clue finds.

Owns the ranking of BM25 over the dump. Written once by the build's first half, then only read. Terms are the
language's stems, kept as 32-bit hashes (two of a million terms sharing one changes no order that matters), so that
memory does not grow with the vocabulary. At build time only.

Above 20,000 documents a clue is ranked against a fixed sample of 20,000 (those with the smallest hashes of their
number), while the frequencies come from all documents; terms that very few use may be forgotten when a dump has more
than 2 million of them, and count as used once. Nothing is held in memory but the sample's counters: all else is in files.

Source of the formula: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, with the
inverse document frequency that cannot be negative, ln(1 + (N - n + 0.5) / (n + 0.5)), k1 = 1.2, b = 0.75.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import IO, Any, NamedTuple, TypeVar
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from article_data.clues.frequencies import Frequencies, Keys

K1 = 1.2
B = 0.75
SAMPLE = 20_000
"""Documents that a clue is ranked against."""
_INVERTED = 2_000_000
"""Entries of the sample's documents that are sorted at a time."""

_CELLS = 32_768
"""Scores that are held at a time."""

_T = TypeVar("_T", bound=np.generic)
_Floats = NDArray[np.float64]
_NO_KEYS: Keys = np.empty(0, dtype=np.uint32)


class _Sampled(NamedTuple):
    order: int
    place: int
    start: int
    """Where its terms stand in the documents' file, in numbers of four bytes; their counts follow."""
    size: int
    length: int


class _Header(msgspec.Struct, frozen=True):
    language: str
    doc_count: int
    mean_length: float
    sample_count: int


Query = tuple[Iterable[str], Mapping[str, int]]
"""A clue's terms, and its sentence's own terms with their counts, to be taken out of the article."""


class Standing(NamedTuple):
    """How well a clue alone finds its article."""

    rank: int
    """1 = no other document scores as much."""
    margin: float
    """Its score over that of the best other document; 0 when it has none, above 1 when it comes first."""


class CorpusWriter:
    """Collects the documents' terms; nothing can be read before `close`."""

    def __init__(self, folder: Path, language: str, *, sample: int = SAMPLE) -> None:
        """Raises OSError when the folder cannot be written."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._language = language
        self._sample_size = sample
        self._documents: IO[bytes] = (folder / "documents.bin").open("wb")
        self._index: IO[bytes] = (folder / "index.bin").open("wb")
        self._written = 0
        self._doc_count = 0
        self._length = 0
        self._sample: list[_Sampled] = []
        self._frequencies = Frequencies()

    def add(self, place: int, terms: Mapping[str, int]) -> None:
        """Add one document; places are given once each, in any order, without large holes."""
        keys = _hashes(terms)
        order = np.argsort(keys)
        pairs = np.stack((keys[order], np.fromiter(terms.values(), dtype=np.uint32, count=len(terms))[order]))
        length = sum(terms.values())
        self._index.seek(16 * place)
        self._index.write(np.array([self._written, len(terms)], dtype=np.uint64).tobytes())
        self._documents.write(pairs.tobytes())
        self._frequencies.add(pairs[0])
        sampled = _Sampled(-crc32(place.to_bytes(8, "little")), place, self._written, len(terms), length)
        if len(self._sample) < self._sample_size:
            heapq.heappush(self._sample, sampled)
        else:
            heapq.heappushpop(self._sample, sampled)
        self._written += pairs.size
        self._doc_count += 1
        self._length += length

    def close(self) -> None:
        """Write the indexes; the folder is whole afterwards."""
        self._documents.close()
        self._index.close()
        keys, counts = self._frequencies.result()
        sample = sorted(self._sample, key=lambda document: document.place)
        places = np.array([document.place for document in sample], dtype=np.int64)
        for name, column in (("keys", keys), ("counts", counts), ("places", places)):
            (self._folder / f"{name}.bin").write_bytes(column.tobytes())
        mean = self._length / max(1, self._doc_count)
        self._invert(sample, mean)
        header = _Header(self._language, self._doc_count, mean, len(self._sample))
        (self._folder / "corpus.json").write_bytes(msgspec.json.encode(header))

    def _invert(self, sample: list[_Sampled], mean: float) -> None:
        """Turn the sample's documents into lists by term, a range of hashes at a time, for memory's sake."""
        total = sum(document.size for document in sample)
        documents = _mapped(self._folder / "documents.bin", np.uint32)
        bounds = np.linspace(0, 2**32, 2 + total // _INVERTED, dtype=np.uint64)
        at = 0
        with ExitStack() as stack:
            names = ("terms", "starts", "postings", "weights")
            files = [stack.enter_context((self._folder / f"{name}.bin").open("wb")) for name in names]
            for low, high in pairwise(bounds):
                terms, postings, weights = [_NO_KEYS], [_NO_KEYS], [np.empty(0, dtype=np.float32)]
                for number, (_, _, start, size, length) in enumerate(sample):
                    keys = documents[start : start + size]
                    part = slice(*np.searchsorted(keys, (low, high)))
                    counts = documents[start + size : start + 2 * size][part]
                    terms.append(keys[part])
                    postings.append(np.full(len(counts), number, dtype=np.uint32))
                    weights.append(_weight(counts, length, mean).astype(np.float32))
                keys = np.concatenate(terms)
                order = np.argsort(keys, kind="stable")
                own, starts = np.unique(keys[order], return_index=True)
                columns = (own, (starts + at).astype(np.uint32), np.concatenate(postings)[order])
                for file, column in zip(files, (*columns, np.concatenate(weights)[order]), strict=True):
                    file.write(column.tobytes())
                at += len(keys)
            files[1].write(np.array([total], dtype=np.uint32).tobytes())


class Corpus:
    """A written corpus, opened for reading; cheap to open in every worker, for its files are mapped and shared."""

    def __init__(self, folder: Path) -> None:
        """Raises FileNotFoundError when the corpus was never closed."""
        header = msgspec.json.decode((folder / "corpus.json").read_bytes(), type=_Header)
        self.doc_count = header.doc_count
        """Documents in all."""
        self._mean = header.mean_length
        self._count = header.sample_count
        names = ("keys", "counts", "terms", "starts", "postings", "documents")
        self._keys, self._counts, self._terms, self._starts, self._postings, self._documents = (
            _mapped(folder / f"{name}.bin", np.uint32) for name in names
        )
        self._weights = _mapped(folder / "weights.bin", np.float32)
        self._places = _mapped(folder / "places.bin", np.int64)
        self._index = _mapped(folder / "index.bin", np.uint64)
        self._own = lru_cache(maxsize=2)(self._read_document)

    def frequency(self, term: str) -> int:
        """Return how many documents use a term; 0 when none is known."""
        return int(self._frequencies(_hashes((term,)))[0])

    def frequencies(self, terms: Sequence[str]) -> list[int]:
        """Return how many documents use each term."""
        found: list[int] = self._frequencies(_hashes(terms)).tolist()
        return found

    def rank(self, place: int, query_terms: Iterable[str], without: Mapping[str, int]) -> int:
        """Return which place the document takes for a query when its own sentence's terms are taken out; 1 is first."""
        return self.standings(place, [(query_terms, without)])[0].rank

    def standings(self, place: int, queries: Sequence[Query]) -> list[Standing]:
        """Rank a document for each query by BM25, with the query's own sentence taken out of the document.

        All of an article's queries at once cost a fraction of one by one. Documents that score the same count against
        it. Frequencies are those without the sentence; the documents' mean length is left as it is. Raises KeyError for
        a place that was never added.
        """
        own, length = self._own(place)
        flat: list[str] = []
        left: list[int] = []
        sizes: list[int] = []
        for terms, without in queries:
            # In a fixed order: sums of fractions differ by their order, and a build must come out the same again.
            unique = sorted(set(terms))
            flat += unique
            sizes.append(len(unique))
            left += [own.get(crc32(term.encode()), 0) - without.get(term, 0) for term in unique]
        hashes = _hashes(flat)
        counts = np.array(left, dtype=np.float64)
        query = np.repeat(np.arange(len(sizes)), sizes)
        lengths = np.array([length - sum(without.values()) for _, without in queries], dtype=np.float64)
        # A term that stood in the taken sentence alone is one document's less.
        is_gone = (counts <= 0) & np.array([key in own for key in hashes.tolist()], dtype=bool)
        frequency = np.maximum(self._frequencies(hashes) - is_gone, 0)
        rarity = np.log1p((self.doc_count - frequency + 0.5) / (frequency + 0.5))
        weight = _weight(np.maximum(counts, 0), lengths[query], self._mean) * rarity
        score: _Floats = np.bincount(query, weight, len(sizes)).astype(np.float64)
        best, ranks = self._compare(place, hashes, rarity, query, score)
        margins = np.where(best > 0, score / np.maximum(best, 1e-9), np.where(score > 0, np.inf, 0.0))
        return [Standing(rank, margin) for rank, margin in zip(ranks.tolist(), margins.tolist(), strict=True)]

    def _compare(
        self, place: int, hashes: Keys, rarity: _Floats, query: NDArray[np.int64], score: _Floats
    ) -> tuple[_Floats, NDArray[np.int64]]:
        """Return for each query the best score of the sample's other documents, and the place that `score` takes."""
        at = np.minimum(np.searchsorted(self._terms, hashes), max(0, len(self._terms) - 1))
        known = np.flatnonzero(self._terms[at] == hashes) if len(self._terms) else np.empty(0, dtype=np.int64)
        at, rarity, query = at[known], rarity[known], query[known]
        starts, ends = self._starts[at], self._starts[at + 1]
        sizes = (ends - starts).astype(np.int64)
        lists = list(zip(starts.tolist(), ends.tolist(), strict=True))
        own = int(np.searchsorted(self._places, place))
        is_in_sample = own < self._count and self._places[own] == place
        best, ranks = np.empty(len(score)), np.empty(len(score), dtype=np.int64)
        # As many queries at a time as a core's cache holds.
        step = max(1, _CELLS // max(1, self._count))
        for low in range(0, len(score), step):
            high = min(low + step, len(score))
            first, last = np.searchsorted(query, (low, high)).tolist()
            scores = np.zeros((high - low, self._count))
            if first < last:
                part = slice(first, last)
                documents = np.concatenate([self._postings[a:b] for a, b in lists[part]])
                weights = np.concatenate([self._weights[a:b] for a, b in lists[part]])
                weights *= np.repeat(rarity[part].astype(np.float32), sizes[part])
                if step > 1:
                    documents = documents + np.repeat((query[part] - low) * self._count, sizes[part])
                scores += np.bincount(documents, weights, scores.size).reshape(scores.shape)
            if is_in_sample:
                scores[:, own] = -1
            best[low:high] = scores.max(axis=1)
            # The stored weights are of single precision: what differs by less than that is a tie.
            ranks[low:high] = 1 + np.count_nonzero(scores >= (score[low:high] * (1 - 1e-6))[:, None], axis=1)
        return best, ranks

    def _frequencies(self, hashes: Keys) -> NDArray[np.int64]:
        if not len(self._keys):
            return np.zeros(len(hashes), dtype=np.int64)
        at = np.minimum(np.searchsorted(self._keys, hashes), len(self._keys) - 1)
        return np.where(self._keys[at] == hashes, self._counts[at], 0).astype(np.int64)

    def _read_document(self, place: int) -> tuple[dict[int, int], int]:
        entry = self._index[2 * place : 2 * place + 2].tolist()
        if not entry:
            raise KeyError(f"document {place} was never added to the corpus")
        start, size = entry
        keys, counts = self._documents[start : start + size], self._documents[start + size : start + 2 * size]
        return dict(zip(keys.tolist(), counts.tolist(), strict=True)), int(counts.sum())


def _weight(counts: NDArray[Any], length: float | _Floats, mean: float) -> _Floats:
    weight: _Floats = counts * (K1 + 1) / (counts + K1 * (1 - B + B * length / max(mean, 1e-9)))
    return weight


def _hashes(terms: Iterable[str]) -> Keys:
    return np.array([crc32(term.encode()) for term in terms], dtype=np.uint32)


def _mapped(path: Path, kind: type[_T]) -> NDArray[_T]:
    """Map a file as numbers; as a plain array, for the calls on numpy's own kind of mapped one cost more."""
    if not path.stat().st_size:
        return np.empty(0, dtype=kind)
    return np.memmap(path, dtype=kind, mode="r").view(np.ndarray)
