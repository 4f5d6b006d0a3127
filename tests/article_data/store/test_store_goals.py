"""Goals: never a neighbour, never out of reach, the way a shortest one, the same for the same seed."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from article_data.store.goals import goal
from article_data.store.graph import Graph
from article_data.store.graph_writer import GraphWriter
from article_data.store.pool import Pool, write_pool

COUNT = 24
_LINKS = st.lists(st.tuples(st.integers(0, COUNT - 1), st.integers(0, COUNT - 1)), max_size=70)


def written(folder: Path, links: list[tuple[int, int]], pool_size: int) -> tuple[Graph, Pool]:
    """A link graph and a pool whose every third article is hidden."""
    writer = GraphWriter(folder, COUNT)
    for start in range(COUNT):
        writer.add(start, [end for begin, end in links if begin == start])
    writer.close()
    write_pool(folder, pool_size, [("adult",) if one % 3 == 0 else () for one in range(pool_size)], [50] * pool_size)
    return Graph(folder / "graph.idx"), Pool(folder / "pool.idx")


def distances(links: list[tuple[int, int]], start: int) -> dict[int, int]:
    """How many links away everything is, counted the plain way."""
    away, level = {start: 0}, {start}
    while level:
        level = {end for begin, end in links if begin in level} - set(away)
        depth = max(away.values()) + 1
        away.update(dict.fromkeys(level, depth))
    return away


@settings(max_examples=120, deadline=None, derandomize=True)
@given(_LINKS, st.integers(0, COUNT - 1), st.integers(0, 2**63 - 1), st.integers(2, 5), st.integers(1, COUNT))
def test_a_goal_is_as_far_as_was_asked(
    tmp_path_factory: pytest.TempPathFactory,
    links: list[tuple[int, int]],
    start: int,
    seed: int,
    most: int,
    pool_size: int,
) -> None:
    graph, pool = written(tmp_path_factory.mktemp("goals"), links, pool_size)
    way = goal(graph, pool, start, seed=seed, most=most, hidden=pool.ids(topic="adult"))
    assert way == goal(graph, pool, start, seed=seed, most=most, hidden=pool.ids(topic="adult"))
    away = distances(links, start)
    possible = {one for one, depth in away.items() if 2 <= depth <= most and one < pool_size and one % 3}
    if way is None:
        assert not possible
        return
    assert way[0] == start
    assert way[-1] in possible
    assert len(way) - 1 == away[way[-1]]
    assert all(pair in links for pair in pairwise(way))


def test_seeds_bring_different_goals_and_distances(tmp_path: Path) -> None:
    links = [(one, two) for one in range(COUNT) for two in (2 * one + 1, 2 * one + 2) if two < COUNT]
    graph, pool = written(tmp_path, links, COUNT)
    ways = {goal(graph, pool, 0, seed=seed, most=4) for seed in range(60)}
    assert {len(way) - 1 for way in ways if way} == {2, 3, 4}
    assert len(ways) > 8
