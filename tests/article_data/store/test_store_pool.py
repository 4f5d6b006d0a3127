from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from article_data.store.errors import StoreError
from article_data.store.pool import Difficulty, Pool, difficulty_of, has, place_in, write_pool

_TOPICS = st.lists(st.sampled_from(["person", "place", "history"]), max_size=3).map(tuple)
_ARTICLE = st.tuples(_TOPICS, st.integers(1, 100))


def _pool(folder: Path, articles: list[tuple[tuple[str, ...], int]]) -> Pool:
    write_pool(folder, len(articles), (topics for topics, _ in articles), (number for _, number in articles))
    return Pool(folder / "pool.idx")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(_ARTICLE, max_size=40),
    st.sampled_from(["person", "place", "unheard of", None]),
    st.sampled_from(["easy", "medium", "hard", None]),
)
def test_each_list_has_what_was_asked_for_the_most_popular_first(
    tmp_path_factory: pytest.TempPathFactory,
    articles: list[tuple[tuple[str, ...], int]],
    topic: str | None,
    difficulty: Difficulty | None,
) -> None:
    pool = _pool(tmp_path_factory.mktemp("pool"), articles)
    fitting = [
        article_id
        for article_id, (topics, number) in enumerate(articles)
        if (topic is None or topic in topics) and difficulty in (None, difficulty_of(number))
    ]
    ids = pool.ids(topic=topic, difficulty=difficulty)
    assert list(ids) == fitting
    assert pool.size(topic=topic, difficulty=difficulty) == len(fitting)
    for article_id in range(-1, len(articles) + 1):
        assert has(ids, article_id) == (article_id in fitting)
        assert place_in(ids, article_id) == (fitting.index(article_id) if article_id in fitting else None)


def test_topics_are_told_with_their_counts(tmp_path: Path) -> None:
    pool = _pool(tmp_path, [(("place", "history"), 5), (("place",), 50), (("person", "person"), 99)])
    assert list(pool.topics().items()) == [("place", 2), ("history", 1), ("person", 1)]


def test_a_pool_of_another_size_than_told_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="has 3 articles, topics and difficulties of 1"):
        write_pool(tmp_path, 3, [()], [50])
