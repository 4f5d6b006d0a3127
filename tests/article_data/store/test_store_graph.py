from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from article_data.store.errors import StoreError
from article_data.store.graph import Graph
from article_data.store.graph_writer import GraphWriter

_COUNT = 12
_LINKS = st.dictionaries(st.integers(0, _COUNT - 1), st.lists(st.integers(0, _COUNT - 1), max_size=5))


def _graph(folder: Path, links: dict[int, list[int]], count: int = _COUNT, batch_links: int = 5) -> Graph:
    writer = GraphWriter(folder, count, batch_links=batch_links)
    for article_id, targets in sorted(links.items()):
        writer.add(article_id, targets)
    writer.close()
    return Graph(folder / "graph.idx")


def _steps(links: dict[int, list[int]], start: int, goal: int) -> int | None:
    """The length of a shortest path, by the plainest search."""
    level, seen, steps = {start}, {start}, 0
    while level:
        if goal in level:
            return steps
        level = {target for source in level for target in links.get(source, ())} - seen
        seen |= level
        steps += 1
    return None


@settings(max_examples=40, deadline=None, derandomize=True)
@given(_LINKS)
def test_links_come_back_both_ways(tmp_path_factory: pytest.TempPathFactory, links: dict[int, list[int]]) -> None:
    graph = _graph(tmp_path_factory.mktemp("graph"), links)
    edges = {(source, target) for source, targets in links.items() for target in targets if source != target}
    for article_id in range(_COUNT):
        assert list(graph.links(article_id)) == sorted(target for source, target in edges if source == article_id)
        assert list(graph.linking(article_id)) == sorted(source for source, target in edges if target == article_id)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(_LINKS, st.integers(0, _COUNT - 1), st.integers(0, _COUNT - 1), st.integers(1, 6))
def test_a_path_is_a_shortest_path(
    tmp_path_factory: pytest.TempPathFactory, links: dict[int, list[int]], start: int, goal: int, max_steps: int
) -> None:
    graph = _graph(tmp_path_factory.mktemp("graph"), links)
    path = graph.path(start, goal, max_steps=max_steps)
    steps = _steps(links, start, goal)
    if steps is None or steps > max_steps:
        assert path is None
        return
    assert path is not None
    assert (path[0], path[-1], len(path) - 1) == (start, goal, steps)
    assert all(target in graph.links(source) for source, target in pairwise(path))


def test_a_path_through_an_article_that_everybody_links_to(tmp_path: Path) -> None:
    count = 3000
    links = {source: [0] for source in range(1, count)} | {0: [1, 2]}
    graph = _graph(tmp_path, links, count, batch_links=500)
    assert graph.path(count - 1, 2) == (count - 1, 0, 2)
    assert graph.path(5, 9) is None
    assert len(graph.linking(0)) == count - 1


def test_a_search_gives_up_where_it_was_told_to(tmp_path: Path) -> None:
    links = {source: [2 * source + 1, 2 * source + 2] for source in range(1023)}
    graph = _graph(tmp_path, links, 2047, batch_links=1000)
    assert graph.path(0, 2046, max_steps=10) is not None
    assert graph.path(0, 2046, max_steps=10, max_visited=3) is None


def test_an_article_that_is_not_there_is_refused(tmp_path: Path) -> None:
    graph = _graph(tmp_path, {0: [1]})
    for call in (graph.links, graph.linking, lambda article_id: graph.path(0, article_id)):
        with pytest.raises(StoreError, match="it has 12 articles"):
            call(_COUNT)


def test_links_that_cannot_be_are_refused_when_written(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="leads to article 99"):
        _graph(tmp_path, {0: [99]})
    writer = GraphWriter(tmp_path, 5)
    writer.add(3, [1])
    with pytest.raises(StoreError, match="came after 3"):
        writer.add(2, [1])


def test_a_build_without_links_has_no_paths(tmp_path: Path) -> None:
    graph = _graph(tmp_path, {})
    assert (graph.links(3), graph.linking(3), graph.path(1, 2), graph.path(1, 1)) == ([], [], None, (1,))
