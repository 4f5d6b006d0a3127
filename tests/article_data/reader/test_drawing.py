"""Drawing: no article twice before its list is used up, whatever topics and difficulties a conversation asks for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from article_data.reader.drawing import Drawing, Passed
from article_data.store.permutation import Permutation
from article_data.store.pool import Pool, difficulty_of, write_pool

_TOPICS = st.lists(st.sampled_from(["person", "place", "adult"]), max_size=2, unique=True).map(tuple)
_ARTICLES = st.lists(st.tuples(_TOPICS, st.integers(1, 100)), min_size=1, max_size=25)
_WISHES = st.lists(
    st.tuples(st.sampled_from(["", "person", "place"]), st.sampled_from(["", "", "easy", "medium", "hard"])),
    min_size=1,
    max_size=80,
)


def pool_of(folder: Path, articles: list[tuple[tuple[str, ...], int]]) -> Pool:
    """A pool of these topics and difficulties."""
    write_pool(folder, len(articles), (topics for topics, _ in articles), (level for _, level in articles))
    return Pool(folder / "pool.idx")


class Chat:
    """A conversation that draws and remembers its cursors."""

    def __init__(self, pool: Pool, key: int = 1, **options: Any) -> None:
        self.pool, self.key, self.options = pool, key, options
        self.cursors: dict[tuple[str, str], int] = {}

    def draw(self, topic: str = "", difficulty: str = "") -> int | None:
        """The next article."""
        drawing = Drawing(self.pool, key=self.key, language="en", **self.options)
        own = Passed(topic, difficulty, self.cursors.get((topic, difficulty), 0))
        others = [Passed(*names, position) for names, position in self.cursors.items() if names != (topic, difficulty)]
        for candidate in drawing.candidates(own, others):
            if candidate is not None:
                self.cursors[topic, difficulty] = candidate[1]
                return candidate[0]
        return None


@settings(max_examples=150, deadline=None, derandomize=True)
@given(_ARTICLES, _WISHES, st.integers(0, 2**63 - 1))
def test_no_article_twice_until_its_list_is_used_up(
    tmp_path_factory: pytest.TempPathFactory,
    articles: list[tuple[tuple[str, ...], int]],
    wishes: list[tuple[str, str]],
    key: int,
) -> None:
    chat = Chat(pool_of(tmp_path_factory.mktemp("pool"), articles), key)
    drawn: set[int] = set()
    for topic, difficulty in wishes:
        fitting = {
            number
            for number, (topics, level) in enumerate(articles)
            if topic in ("", *topics) and difficulty in ("", difficulty_of(level)) and "adult" not in topics
        }
        found = chat.draw(topic, difficulty)
        assert (found is None) == (not fitting)
        if found is not None:
            assert found in fitting
            assert found not in drawn or fitting <= drawn, "an article came twice while others were left"
            drawn.add(found)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(1, 60), st.integers(0, 2**63 - 1))
def test_each_time_through_brings_every_article_once_in_a_new_order(
    tmp_path_factory: pytest.TempPathFactory, count: int, key: int
) -> None:
    chat = Chat(pool_of(tmp_path_factory.mktemp("pool"), [((), 50)] * count), key)
    rounds = [[chat.draw() for _ in range(count)] for _ in range(3)]
    assert all({*played} == {*range(count)} for played in rounds)
    assert count < 8 or len({tuple(played) for played in rounds}) == 3


def test_conversations_have_orders_of_their_own(tmp_path: Path) -> None:
    pool = pool_of(tmp_path, [(("place",), 50)] * 40)
    orders = {tuple(chat.draw("place") for _ in range(40)) for chat in (Chat(pool, key) for key in range(30))}
    assert len(orders) == 30


def test_an_evening_of_one_topic_stays_out_of_the_others_for_as_long_as_it_was_played(tmp_path: Path) -> None:
    """Ten places played twice over are not drawn from the whole pool before everything else was played twice, too."""
    pool = pool_of(tmp_path, [(("place",), 50)] * 10 + [((), 50)] * 30)
    chat = Chat(pool)
    assert {chat.draw("place") for _ in range(20)} == set(range(10))
    assert {chat.draw() for _ in range(60)} == set(range(10, 40))
    assert {chat.draw() for _ in range(40)} == set(range(40))


def test_adult_articles_come_only_where_they_are_allowed(tmp_path: Path) -> None:
    pool = pool_of(tmp_path, [(("person", "adult"), 50), (("person",), 50)])
    chat = Chat(pool)
    assert {chat.draw("person") for _ in range(6)} == {1}
    assert chat.draw("adult") is None
    allowed = Chat(pool, adult=True)
    assert {allowed.draw("person") for _ in range(2)} == {0, 1}
    assert allowed.draw("adult") == 0


def test_a_learned_difficulty_counts_for_more_than_the_builds(tmp_path: Path) -> None:
    pool = pool_of(tmp_path, [((), 10), ((), 50), ((), 90)])
    chat = Chat(pool, levels={0: 99, 2: 40})
    assert {chat.draw(difficulty="hard") for _ in range(3)} == {0}
    assert {chat.draw(difficulty="medium") for _ in range(4)} == {1, 2}
    assert chat.draw(difficulty="easy") is None


def test_a_rare_difficulty_is_found_at_once_and_comes_in_its_order(tmp_path: Path) -> None:
    """The few articles of it are looked for by themselves: as walking along the whole order would find them."""
    levels = [90 if number % 500 == 7 else 10 for number in range(4000)]
    pool = pool_of(tmp_path, [((), level) for level in levels])
    chat = Chat(pool, levels={3: 95, 507: 20})
    rare = {3, *(number for number, level in enumerate(levels) if level == 90 and number != 507)}
    drawn = [chat.draw(difficulty="hard") for _ in range(2 * len(rare))]
    assert set(drawn[: len(rare)]) == set(drawn[len(rare) :]) == rare
    order = Permutation(4000, "1|en||0")
    assert drawn[: len(rare)] == sorted(rare, key=order.place_of)
    candidates = Drawing(pool, key=1, language="en").candidates(Passed("", "impossible", 0), ())
    assert [one for one in candidates if one is not None] == []


def test_shunned_articles_are_passed_over_and_a_list_of_them_ends(tmp_path: Path) -> None:
    pool = pool_of(tmp_path, [((), 50)] * 5)
    chat = Chat(pool, shunned={1, 3})
    assert {chat.draw() for _ in range(6)} == {0, 2, 4}
    assert Chat(pool, shunned=set(range(5))).draw() is None
    assert Chat(pool).draw("unheard of") is None


def test_the_dearest_draw_is_bounded_and_lets_others_have_a_turn(tmp_path: Path) -> None:
    """Everything was passed by another cursor but one article, which is the last that is looked at."""
    count = 3000
    pool = pool_of(tmp_path, [(("place",), 10)] * (count - 1) + [((), 90)])
    pauses = 0
    for candidate in Drawing(pool, key=5, language="en").candidates(
        Passed("", "", 1), [Passed("place", "", count - 1)]
    ):
        if candidate is not None:
            assert candidate[0] == count - 1
            break
        pauses += 1
    assert 3 < pauses <= 3 * (count // 256 + 1)
