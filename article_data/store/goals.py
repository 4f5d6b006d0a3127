"""Goals: a well-known article some links away from another, by chance.

Owns the search. From the start, links are followed level by level, of a large level only some by the seed; whatever is reached
besides the start and its own links is 2 links away at the least. Then the shortest way is looked for, so that the distance
is told truly. Bounded: some ten thousand links, milliseconds. Blocking only as far as a memory map is; for any threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from article_data.store.graph import Graph
from article_data.store.permutation import Permutation
from article_data.store.pool import Ids, Pool, has

WIDTH: Final = 32
"""Articles of a level whose links are followed."""
ROW: Final = 200
"""Links of one article that are followed."""
KNOWN_SHARE: Final = 4
"""Of the articles reached, the most popular one in so many are well known ..."""
KNOWN_LEAST: Final = 12
"""... and so many at the least."""
TRIES: Final = 6
"""Goals that are tried until the way to one is short enough."""


def goal(
    graph: Graph, pool: Pool, start: int, *, seed: int, most: int, hidden: Ids = range(0)
) -> tuple[int, ...] | None:
    """Return a shortest way of 2 to `most` links from `start` to a well-known article of the pool, both ends included.

    The same for the same seed and build. `hidden` articles, ascending, are no goals. None when none was found. Raises StoreError.
    """
    near = {start, *graph.links(start)}
    level = _some(sorted(near - {start}), f"{seed}|1")
    seen = set(near)
    levels: list[list[int]] = []
    for depth in range(2, most + 1):
        found: set[int] = set()
        for article_id in level:
            row = graph.links(article_id)
            found.update(row if len(row) <= ROW else _some(row, f"{seed}|{depth}|{article_id}", ROW))
        found -= seen
        if not found:
            break
        seen |= found
        reached = sorted(found)
        levels.append([one for one in reached if one < pool.size() and not has(hidden, one)])
        level = _some(reached, f"{seed}|{depth}")
    # A depth by chance first, then the others.
    order = Permutation(len(levels), f"{seed}|depth") if levels else None
    for place in range(len(levels)):
        assert order is not None
        known = levels[order.at(place)]
        known = known[: max(KNOWN_LEAST, len(known) // KNOWN_SHARE)]
        for candidate in _some(known, f"{seed}|goal", TRIES):
            way = graph.path(start, candidate, max_steps=most)
            if way is not None:
                return way
    return None


def _some(numbers: Sequence[int], key: str, count: int = WIDTH) -> list[int]:
    """Return `count` of the numbers, or all, in an order by the key."""
    if not numbers:
        return []
    order = Permutation(len(numbers), key)
    return [numbers[order.at(place)] for place in range(min(count, len(numbers)))]
