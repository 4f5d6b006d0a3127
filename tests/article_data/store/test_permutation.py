"""An order told by a key: every number once, found again, another one for every key, and as good as any shuffle."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from article_data.store.permutation import Permutation


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(1, 3000), st.text(max_size=10))
def test_every_number_stands_at_one_place_and_is_found_there(count: int, key: str) -> None:
    order = Permutation(count, key)
    numbers = [order.at(place) for place in range(count)]
    assert sorted(numbers) == list(range(count))
    assert all(order.place_of(number) == place for place, number in enumerate(numbers))


def test_the_smallest_lists_are_ordered_too() -> None:
    for count in range(1, 30):
        order = Permutation(count, "key")
        assert sorted(order.at(place) for place in range(count)) == list(range(count))


def test_millions_of_numbers_take_no_memory() -> None:
    order = Permutation(7_000_000, "key")
    places = range(0, 7_000_000, 70_001)
    numbers = [order.at(place) for place in places]
    assert len(set(numbers)) == len(numbers)
    assert [order.place_of(number) for number in numbers] == list(places)


def test_the_same_key_gives_the_same_order_for_ever() -> None:
    # Conversations keep positions in these orders: another order would bring articles again that they have played.
    assert [Permutation(10, "1|en|animal|0").at(place) for place in range(10)] == [0, 8, 7, 2, 5, 3, 9, 4, 6, 1]


def test_keys_are_orders_of_their_own() -> None:
    orders = {tuple(Permutation(50, str(key)).at(place) for place in range(50)) for key in range(500)}
    assert len(orders) == 500


def test_every_number_is_as_likely_at_a_place_as_any_other() -> None:
    for count in (2, 3, 5, 10, 60):
        drawn = 400 * count
        for place in {0, 1, count - 1}:
            counts = Counter(Permutation(count, f"{key}|x").at(place) for key in range(drawn))
            # Five standard deviations of a fair shuffle.
            assert all(abs(counts[number] - 400) < 5 * 20 for number in range(count)), (count, place, counts)


def test_neighbours_are_parted() -> None:
    steps: Counter[int] = Counter()
    for key in range(200):
        order = Permutation(100, str(key))
        steps.update((order.at(place + 1) - order.at(place)) % 100 for place in range(99))
    assert all(abs(steps[step] - 200) < 5 * 200**0.5 for step in range(1, 100))
