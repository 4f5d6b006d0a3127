from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from article_data.store.errors import StoreError
from article_data.store.pool import Difficulty, Pool, difficulty_of, write_pool

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
    st.one_of(st.none(), st.integers(0, 50)),
)
def test_only_what_was_asked_for_is_picked_and_all_of_it_can_be(
    tmp_path_factory: pytest.TempPathFactory,
    articles: list[tuple[tuple[str, ...], int]],
    topic: str | None,
    difficulty: Difficulty | None,
    most_popular: int | None,
) -> None:
    pool = _pool(tmp_path_factory.mktemp("pool"), articles)
    fitting = [
        article_id
        for article_id, (topics, number) in enumerate(articles)
        if (topic is None or topic in topics) and difficulty in (None, difficulty_of(number))
    ]
    assert pool.size(topic=topic, difficulty=difficulty) == len(fitting)
    fitting = [article_id for article_id in fitting if most_popular is None or article_id < most_popular]
    picked = {
        pool.pick(seed, topic=topic, difficulty=difficulty, most_popular=most_popular)
        for seed in range(12 * len(fitting) or 1)
    }
    possible: set[int | None] = {*fitting} or {None}
    assert picked <= possible
    assert len(possible) > 10 or picked == possible


def test_every_article_is_as_likely_as_any_other(tmp_path: Path) -> None:
    pool = _pool(tmp_path, [(("place",), 10) for _ in range(10)])
    counts = Counter(pool.pick(seed, topic="place") for seed in range(20_000))
    assert sorted(article_id for article_id in counts if article_id is not None) == list(range(10))
    # Five standard deviations of a fair draw.
    assert all(abs(count - 2000) < 5 * (20_000 * 0.1 * 0.9) ** 0.5 for count in counts.values())


def test_the_same_seed_picks_the_same_article(tmp_path: Path) -> None:
    pool = _pool(tmp_path, [((), 50) for _ in range(1000)])
    seeds = (0, -1, 1 << 80, 12345)
    assert [pool.pick(seed) for seed in seeds] == [pool.pick(seed) for seed in seeds]


def test_topics_are_told_with_their_counts(tmp_path: Path) -> None:
    pool = _pool(tmp_path, [(("place", "history"), 5), (("place",), 50), (("person", "person"), 99)])
    assert list(pool.topics().items()) == [("place", 2), ("history", 1), ("person", 1)]


def test_a_pool_of_another_size_than_told_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="has 3 articles, topics and difficulties of 1"):
        write_pool(tmp_path, 3, [()], [50])
