"""The link graph: which articles an article links to, which link to it, and the shortest way between two.

    graph.idx   parts: counts (msgpack); forward: where each article's row begins (4 bytes each, one more at the end),
                the rows (4 bytes a link); backward: the same for the links that lead to each article

Compressed sparse rows, each ascending, mapped from a local copy: nothing is loaded. Read while serving.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path

import msgspec

from article_data.store.errors import StoreError
from article_data.store.layout import GRAPH, map_parts


class Counts(msgspec.Struct, frozen=True):
    """The first part of the file."""

    article_count: int
    link_count: int


class _Rows:
    def __init__(self, begins: memoryview, targets: memoryview, counts: Counts) -> None:
        self._begins, self._targets = begins.cast("I"), targets.cast("I")
        if len(self._begins) != counts.article_count + 1 or len(self._targets) != counts.link_count:
            raise StoreError("the rows do not fit their counts")

    def row(self, article_id: int) -> list[int]:
        return self._targets[self._begins[article_id] : self._begins[article_id + 1]].tolist()

    def length(self, article_id: int) -> int:
        return self._begins[article_id + 1] - self._begins[article_id]

    def first_of(self, article_id: int, wanted: set[int]) -> int:
        """Return the lowest number in the row that is wanted; there is one."""
        begin, end = self._begins[article_id], self._begins[article_id + 1]
        if end - begin < 16 * len(wanted):
            return min(wanted.intersection(self.row(article_id)))
        # The row of an article that everybody links to is not read for a few that are wanted.
        places = ((bisect_left(self._targets, number, begin, end), number) for number in sorted(wanted))
        return next(number for place, number in places if place < end and self._targets[place] == number)


class _Side:
    """One end of a search: the articles found, level by level."""

    def __init__(self, start: int, rows: _Rows, back: _Rows) -> None:
        self._rows, self._back = rows, back
        self.levels = [{start}]
        self.visited = {start}

    def cost(self) -> int:
        """Return how many links the next level has to follow."""
        return sum(map(self._rows.length, self.levels[-1]))

    def expand(self, other: set[int], room: int) -> tuple[int, int] | None:
        """Find the next level; or, as soon as there is one, return a link from the last level to the other end's.

        The level is empty when nothing new is reached, and when more than `room` articles would be.
        """
        found: set[int] = set()
        for article_id in self.levels[-1]:
            row = self._rows.row(article_id)
            if not other.isdisjoint(row):
                return article_id, min(other.intersection(row))
            found.update(row)
            if len(found) > room:
                found.clear()
                break
        found -= self.visited
        self.visited |= found
        self.levels.append(found)
        return None

    def way(self, article_id: int) -> list[int]:
        """Return the way from an article of the last level to the start of this end."""
        way = [article_id]
        for level in reversed(self.levels[:-1]):
            way.append(self._back.first_of(way[-1], level))
        return way


class Graph:
    """The links of an open build; for any threads."""

    def __init__(self, path: Path) -> None:
        """Open the local copy. Raises StoreError when it is damaged, OSError."""
        described, *parts = map_parts(path, GRAPH, 5)
        try:
            self.counts = msgspec.msgpack.decode(described, type=Counts)
            self._forward = _Rows(parts[0], parts[1], self.counts)
            self._backward = _Rows(parts[2], parts[3], self.counts)
        except (msgspec.MsgspecError, StoreError) as exc:
            raise StoreError(f"{path}: the link graph is damaged ({exc}); build the articles again") from exc

    def __len__(self) -> int:
        return self.counts.article_count

    def links(self, article_id: int) -> Sequence[int]:
        """Return the articles that this one links to, ascending. Raises StoreError when there is no such article."""
        return self._forward.row(self._known(article_id))

    def linking(self, article_id: int) -> Sequence[int]:
        """Return the articles that link to this one, ascending. Raises StoreError when there is no such article."""
        return self._backward.row(self._known(article_id))

    def path(self, start: int, goal: int, *, max_steps: int = 6, max_visited: int = 200_000) -> tuple[int, ...] | None:
        """Return a shortest way by links, from `start` to `goal`, both included.

        None when there is none of at most `max_steps` links, or when it was not found among `max_visited` articles.
        Both ends are searched in turn, always the one with fewer links to follow. Raises StoreError.
        """
        forth = _Side(self._known(start), self._forward, self._backward)
        back = _Side(self._known(goal), self._backward, self._forward)
        if start == goal:
            return (start,)
        for _ in range(max_steps):
            near, far = (forth, back) if forth.cost() <= back.cost() else (back, forth)
            link = near.expand(far.levels[-1], max_visited - len(forth.visited) - len(back.visited))
            if link is not None:
                leaving, reached = link if near is forth else link[::-1]
                return (*reversed(forth.way(leaving)), *back.way(reached))
            if not near.levels[-1]:
                return None
        return None

    def _known(self, article_id: int) -> int:
        if not 0 <= article_id < self.counts.article_count:
            raise StoreError(f"article {article_id} is not in this build: it has {self.counts.article_count} articles")
        return article_id
