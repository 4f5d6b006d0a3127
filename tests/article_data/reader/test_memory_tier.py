"""The memory tier: bounded by honest bytes, and a scan pushes out nothing that is in use."""

from __future__ import annotations

import gc
import sys
import tracemalloc

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from article_data.article import Article
from article_data.reader.memory import MemoryTier
from article_data.reader.weighing import weigh
from article_data.store.codec import decode_article, encode_article
from tests.article_data.reader.stored import article


def test_a_scan_of_everything_leaves_the_hot_ones() -> None:
    one = Article(article_id=0, title="Otter")
    tier = MemoryTier(1500 * (weigh(one) + 300))
    for number in range(1000):
        tier.put(("b", number), one)
    for number in range(1000):
        tier.get(("b", number))
    for number in range(1000, 101_000):
        assert tier.get(("b", number)) is None
        tier.put(("b", number), one)
    assert sum(tier.get(("b", number)) is not None for number in range(1000)) == 1000


def test_what_is_asked_for_again_soon_after_it_left_comes_to_stay() -> None:
    one = article(0, "Otter")
    tier = MemoryTier(100 * (weigh(one) + 300))
    for number in range(150):
        tier.put(("b", number), one)
    left = 149 - len(tier)
    assert tier.get(("b", left)) is None
    tier.put(("b", left), one)
    for number in range(1000, 1400):
        tier.put(("b", number), one)
    assert tier.get(("b", left)) is one


def test_what_nobody_asks_for_any_more_makes_room() -> None:
    one = article(0, "Otter")
    tier = MemoryTier(100 * (weigh(one) + 300))
    for build in ("old fashion", "new fashion"):
        for _ in range(6):
            for number in range(60):
                if tier.get((build, number)) is None:
                    tier.put((build, number), one)
    assert sum(tier.get(("new fashion", number)) is not None for number in range(60)) == 60


def test_one_too_large_is_not_kept_and_costs_nobody_anything() -> None:
    small = article(0, "Otter")
    tier = MemoryTier(100 * weigh(small))
    tier.put(("b", 0), small)
    tier.put(("b", 1), Article(article_id=1, title="x", summary="x" * 100 * weigh(small)))
    assert tier.get(("b", 0)) is small
    assert tier.get(("b", 1)) is None


def test_articles_of_replaced_builds_are_let_go() -> None:
    one = article(0, "Otter")
    tier = MemoryTier(1 << 20)
    for build in ("old", "new"):
        for number in range(20):
            tier.put((build, number), one)
    half = tier.size_bytes / 2
    tier.keep_builds({"new"})
    assert (len(tier), tier.size_bytes) == (20, half)
    assert tier.get(("old", 0)) is None


@given(
    bound=st.integers(0, 30_000),
    steps=st.lists(st.tuples(st.sampled_from("gpk"), st.integers(0, 30), st.integers(0, 3000)), max_size=120),
)
def test_the_bound_holds_whatever_comes(bound: int, steps: list[tuple[str, int, int]]) -> None:
    tier = MemoryTier(bound)
    put: dict[tuple[str, int], Article] = {}
    for what, number, size in steps:
        key = ("ab"[number % 2], number)
        if what == "p":
            one = Article(article_id=number, title="x" * size)
            tier.put(key, one)
            put.setdefault(key, one)
        elif what == "k":
            tier.keep_builds({"a"})
        else:
            found = tier.get(key)
            assert found is None or found.article_id == number
        assert 0 <= tier.size_bytes <= bound
        assert 0 <= tier.fill <= 1


@pytest.mark.parametrize("dash", ["-", "\N{EN DASH}", "\N{GRINNING FACE}"], ids=["1 byte", "2 bytes", "4 bytes"])
def test_the_weight_is_what_python_takes(dash: str) -> None:
    packed = encode_article(msgspec.structs.replace(article(7, "Otter"), summary=f"An animal {dash} it swims. " * 40))
    gc.collect()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        kept = [decode_article(packed) for _ in range(200)]
        taken = (tracemalloc.get_traced_memory()[0] - before) / len(kept)
    finally:
        tracemalloc.stop()
    # Small numbers, empty texts and defaults are shared by all articles: a few hundred bytes are counted and not taken.
    assert taken - 50 <= weigh(kept[0]) <= taken + 1000
    assert sys.getsizeof(kept[0]) < weigh(kept[0])
