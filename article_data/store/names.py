"""Names: every title, alias and surname of a build, found exactly, misspelt, or by their beginning.

    names.idx   parts:
        counts      msgpack
        strings     the names one after another, UTF-8, sorted by their folded form: as written, then, where lower case
                    alone does not give it, a NUL and the folded form
        offsets     where each begins and ends
        entries     4 bytes a name: article number * 4 + kind
        leaders     4 bytes per 256 names: the smallest of their entries, that is the most popular article
        exact       `buckets` of name numbers by the key of the whole name: where each begins, then the numbers
        fuzzy       the same by the keys of `segments`, the most popular article first in each bucket

Read while serving, from a local copy that is mapped: nothing is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heapify, heappop, nsmallest
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Literal, get_args

import msgspec
from rapidfuzz.distance import OSA

from article_data.naming import NAME_LIMIT, fold
from article_data.store.buckets import Buckets
from article_data.store.errors import StoreError
from article_data.store.layout import NAMES, map_parts
from article_data.store.offsets import Offsets
from article_data.store.segments import MAX_EDITS, allowed_edits, exact_key, probes

NameKind = Literal["title", "alias", "disambiguation", "surname"]
"""What a name is to its article, the strongest first. "disambiguation": the title of a page that lists namesakes."""

KINDS: tuple[NameKind, ...] = get_args(NameKind)

MAX_HITS = 20
"""Articles of one name that `exact` returns: a surname can have thousands."""

LEADER_NAMES = 256
PART_COUNT = 9
_SHORT_LIST = 32
_MAX_CANDIDATES = 2000
"""Names that one fuzzy lookup compares: 2 microseconds each. One in ten lookups among 18 million names has more."""


class Hit(msgspec.Struct, frozen=True):
    """An article that has the name asked for."""

    article_id: int
    kind: NameKind


class Match(msgspec.Struct, frozen=True):
    """A name that is near the one asked for, or begins with it."""

    name: str
    """As the wiki writes it."""
    article_id: int
    kind: NameKind
    distance: int
    """Letters changed, left out, added, or neighbours swapped, between the folded forms."""


class Counts(msgspec.Struct, frozen=True):
    """The first part of the file."""

    name_count: int
    exact_bits: int
    """There are 2 ** this buckets."""
    fuzzy_bits: int

    @property
    def number_bits(self) -> int:
        """Bits of a name number: the other bits of 32 are the key's."""
        return self.name_count.bit_length()


def folded_name(text: str) -> str:
    """Return the form in which names are compared; what has no letters and digits ("!!!") stays as it is."""
    return fold(text) or " ".join(text[:NAME_LIMIT].lower().split()).encode(errors="replace").decode()


class Names:
    """The names of an open build; for any threads."""

    def __init__(self, path: Path) -> None:
        """Open the local copy. Raises StoreError when it is damaged, OSError."""
        counts, self._strings, offsets, entries, leaders, *buckets = map_parts(path, NAMES, PART_COUNT)
        try:
            found = msgspec.msgpack.decode(counts, type=Counts)
            self._count = found.name_count
            self._offsets = Offsets(offsets, found.name_count)
            self._exact = Buckets(buckets[0], buckets[1], found.exact_bits, found.number_bits)
            self._fuzzy = Buckets(buckets[2], buckets[3], found.fuzzy_bits, found.number_bits)
        except (msgspec.MsgspecError, StoreError) as exc:
            raise StoreError(f"{path}: the names are damaged ({exc}); build the articles again") from exc
        self._entries, self._leaders = entries.cast("I"), leaders.cast("I")
        if len(self._entries) != self._count or len(self._leaders) != -(-self._count // LEADER_NAMES):
            raise StoreError(f"{path}: the names are damaged (entries); build the articles again")

    def __len__(self) -> int:
        return self._count

    def written(self, number: int) -> str:
        """Return name `number`, in the order of the folded forms, as the wiki writes it."""
        return self._string(number).partition("\0")[0]

    def folded(self, number: int) -> str:
        """Return the folded form of name `number`."""
        string = self._string(number)
        return string.partition("\0")[2] if "\0" in string else string.lower()

    def hit(self, number: int) -> Hit:
        """Return what name `number` leads to."""
        entry = self._entries[number]
        return Hit(entry >> 2, KINDS[entry & 3])

    def exact(self, text: str) -> tuple[Hit, ...]:
        """Return the articles that have this name, whatever its case, accents and punctuation.

        Titles first, then aliases, disambiguations and surnames, in each the most popular first; at most MAX_HITS.
        """
        folded = folded_name(text)
        key = exact_key(folded)
        for number in self._exact.numbers(key, *self._exact.span(key)):
            if self.folded(number) == folded:
                return tuple(self.hit(same) for same in self._same(number, folded))
        return ()

    def titled(self, title: str) -> int | None:
        """Return the article of this very title, to the letter (of a longer one: to the length that names are kept)."""
        folded, written = folded_name(title), " ".join(title[:NAME_LIMIT].split())
        key = exact_key(folded)
        for number in self._exact.numbers(key, *self._exact.span(key)):
            if self.folded(number) == folded:
                same = (one for one in self._same(number, folded) if self.hit(one).kind == "title")
                return next((self.hit(one).article_id for one in same if self.written(one) == written), None)
        return None

    def fuzzy(self, text: str, *, limit: int = 5, max_distance: int = MAX_EDITS) -> tuple[Match, ...]:
        """Return the articles with the nearest names, one match each: the nearest first, then the most popular.

        At most `max_distance` (up to 2) edits away, and fewer for a text of under 5 letters. Raises ValueError.
        """
        if not 0 <= max_distance <= MAX_EDITS:
            raise ValueError(f"names are found up to {MAX_EDITS} edits away, not {max_distance}")
        folded = folded_name(text)
        edits = min(max_distance, allowed_edits(len(folded)))
        alike: list[tuple[int, int, str]] = []
        for number in self._candidates(folded, edits):
            other = self.folded(number)
            distance = OSA.distance(folded, other, score_cutoff=edits)
            if distance <= edits:
                alike.append((distance, number, other))
        near: dict[int, tuple[int, int, int]] = {}
        for distance, group in groupby(sorted(alike), itemgetter(0)):
            for _, number, other in group:
                for same in self._same(number, other):
                    entry = self._entries[same]
                    found = (distance, entry, same)
                    near[entry >> 2] = min(near.get(entry >> 2, found), found)
            if len(near) >= limit:
                break
        return tuple(self._match(number, distance) for distance, _, number in nsmallest(limit, near.values()))

    def prefix(self, text: str, limit: int = 5) -> tuple[Match, ...]:
        """Return the most popular articles with a name that begins so, one match each, the most popular first."""
        folded = folded_name(text)
        if not folded:
            return ()
        begin, end = self._first(folded), self._first(folded + "\U0010ffff")
        best: dict[int, int] = {}
        for entry, number in self._popular(begin, end):
            if len(best) == limit:
                break
            best.setdefault(entry >> 2, number)
        return tuple(self._match(number, 0) for number in best.values())

    def _string(self, number: int) -> str:
        begin, end = self._offsets.span(number)
        return str(self._strings[begin:end], "utf-8")

    def _match(self, number: int, distance: int) -> Match:
        hit = self.hit(number)
        return Match(self.written(number), hit.article_id, hit.kind, distance)

    def _same(self, number: int, folded: str) -> Iterator[int]:
        """Yield the numbers of the names with this folded form, of which `number` is the first."""
        end = min(number + MAX_HITS, self._count)
        yield number
        for following in range(number + 1, end):
            if self.folded(following) != folded:
                return
            yield following

    def _candidates(self, folded: str, edits: int) -> set[int]:
        """Return the numbers of names to compare: short lists whole, of long ones the most popular."""
        found: set[int] = set()
        long: list[tuple[int, int, int]] = []
        for key in probes(folded, edits):
            begin, end = self._fuzzy.span(key)
            if end - begin <= _SHORT_LIST:
                found.update(self._fuzzy.numbers(key, begin, end))
            else:
                long.append((end - begin, begin, key))
        for length, begin, key in sorted(long):
            room = _MAX_CANDIDATES - len(found)
            if room <= 0:
                break
            found.update(self._fuzzy.numbers(key, begin, begin + min(length, room)))
        return found

    def _first(self, folded: str) -> int:
        """Return the number of the first name whose folded form is not before this one."""
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            if self.folded(middle) < folded:
                low = middle + 1
            else:
                high = middle
        return low

    def _popular(self, begin: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the entries of the names `begin` to `end` and their numbers, the smallest entry first.

        A block is looked into when its leader's turn has come, so that the first few cost little whatever the range.
        """
        first, last = -(-begin // LEADER_NAMES), end // LEADER_NAMES
        if first >= last:
            spans, blocks = [(begin, end)], []
        else:
            spans = [(begin, first * LEADER_NAMES), (last * LEADER_NAMES, end)]
            blocks = list(zip(self._leaders[first:last].tolist(), range(first, last), strict=True))
        heapify(blocks)
        opened = [found for low, high in spans for found in self._numbered(low, high)]
        heapify(opened)
        while blocks or opened:
            if blocks and (not opened or blocks[0][0] <= opened[0][0]):
                block = heappop(blocks)[1]
                opened += self._numbered(block * LEADER_NAMES, (block + 1) * LEADER_NAMES)
                heapify(opened)
            else:
                yield heappop(opened)

    def _numbered(self, begin: int, end: int) -> Iterator[tuple[int, int]]:
        return zip(self._entries[begin:end].tolist(), range(begin, end), strict=True)
