"""The pool: which articles games are played with, by topic, difficulty and popularity.

    pool.idx   parts: lists (msgpack: the pool's size, for each topic and difficulty where its list lies), the lists

The pool is the articles 0 to size - 1, the most popular first; each list holds article numbers in ascending order. So
"the most popular 1,000 of them" is a place in the list, found by halving. Written by the build, read while serving.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from article_data.store.errors import StoreError
from article_data.store.layout import POOL, map_parts, write_parts

Difficulty = Literal["easy", "medium", "hard"]
Ids = range | memoryview
"""Article numbers, ascending: the most popular first."""

EASY_UP_TO = 33
MEDIUM_UP_TO = 66
"""Where the difficulties of 1 to 100 are cut into three."""


class _List(msgspec.Struct, frozen=True, array_like=True):
    topic: str | None
    difficulty: Difficulty | None
    begin: int
    count: int


class _Lists(msgspec.Struct, frozen=True):
    pool_size: int
    lists: tuple[_List, ...]


def difficulty_of(difficulty: int) -> Difficulty:
    """Return which third a difficulty of 1 to 100 belongs to."""
    if difficulty <= EASY_UP_TO:
        return "easy"
    return "medium" if difficulty <= MEDIUM_UP_TO else "hard"


def write_pool(folder: Path, pool_size: int, topics: Iterable[tuple[str, ...]], difficulties: Iterable[int]) -> None:
    """Write `pool.idx`: for each article of the pool, in order, its topics and its difficulty from 1 to 100."""
    lists: dict[tuple[str | None, Difficulty | None], array[int]] = {}
    count = 0
    for article_id, (of_article, number) in enumerate(zip(topics, difficulties, strict=True)):
        difficulty = difficulty_of(number)
        for topic in (None, *dict.fromkeys(of_article)):
            for key in ((topic, difficulty), (topic, None)):
                if key != (None, None):
                    lists.setdefault(key, array("I")).append(article_id)
        count += 1
    if count != pool_size:
        raise StoreError(f"the pool has {pool_size} articles, topics and difficulties of {count} were given")
    begin = 0
    places = []
    for (topic, third), ids in sorted(lists.items(), key=lambda item: (item[0][0] or "", item[0][1] or "")):
        places.append(_List(topic, third, begin, len(ids)))
        begin += len(ids)
    ordered = b"".join(lists[place.topic, place.difficulty].tobytes() for place in places)
    write_parts(folder / "pool.idx", POOL, (msgspec.msgpack.encode(_Lists(pool_size, tuple(places))), ordered))


def place_in(ids: Ids, article_id: int) -> int | None:
    """Return where in such a list an article stands, found by halving; None when it is not there."""
    place = bisect_left(ids, article_id)
    return place if place < len(ids) and ids[place] == article_id else None


def has(ids: Ids, article_id: int) -> bool:
    """Tell whether such a list has an article."""
    return place_in(ids, article_id) is not None


class Pool:
    """The pool of an open build."""

    def __init__(self, path: Path) -> None:
        """Open the local copy. Raises StoreError when it is damaged, OSError."""
        described, ids = map_parts(path, POOL, 2)
        try:
            found = msgspec.msgpack.decode(described, type=_Lists)
        except msgspec.MsgspecError as exc:
            raise StoreError(f"{path}: the pool is damaged ({exc}); build the articles again") from exc
        self._size = found.pool_size
        self._lists = {(place.topic, place.difficulty): (place.begin, place.count) for place in found.lists}
        self._ids = ids.cast("I")
        if any(place.begin + place.count > len(self._ids) for place in found.lists):
            raise StoreError(f"{path}: the pool is cut short; build the articles again")

    def size(self, *, topic: str | None = None, difficulty: Difficulty | None = None) -> int:
        """Return how many articles there are to choose from; 0 for a topic that the pool does not know."""
        return len(self.ids(topic=topic, difficulty=difficulty))

    def ids(self, *, topic: str | None = None, difficulty: Difficulty | None = None) -> Ids:
        """Return the numbers of those articles, ascending: the most popular first."""
        if topic is None and difficulty is None:
            return range(self._size)
        begin, count = self._lists.get((topic, difficulty), (0, 0))
        return self._ids[begin : begin + count]

    def topics(self) -> dict[str, int]:
        """Return each topic and how many articles of the pool have it, the largest first."""
        counts = [(topic, place[1]) for (topic, third), place in self._lists.items() if topic and third is None]
        return dict(sorted(counts, key=lambda item: (-item[1], item[0])))
