from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from article_data.store.names import MAX_HITS, Hit, Match, NameKind, Names, folded_name
from article_data.store.names_writer import NamesWriter
from article_data.store.segments import allowed_edits

Filed = tuple[str, int, NameKind]


def _names(folder: Path, filed: Iterable[Filed], run_names: int = 200_000, batch_keys: int = 500_000) -> Names:
    writer = NamesWriter(folder, run_names=run_names, batch_keys=batch_keys)
    for name, article_id, kind in filed:
        writer.add(name, article_id, kind)
    writer.close()
    return Names(folder / "names.idx")


@pytest.fixture
def names(tmp_path: Path) -> Names:
    return _names(
        tmp_path,
        [
            ("Albert Einstein", 0, "title"),
            ("Einstein", 0, "surname"),
            ("Mercury (planet)", 1, "title"),
            ("Mercury", 2, "disambiguation"),
            ("Zambia", 3, "title"),
            ("Gambia", 4, "title"),
            ("Björk", 5, "title"),
            ("Björk Guðmundsdóttir", 5, "alias"),
            ("!!!", 6, "title"),
            ("Einstein family", 7, "title"),
            ("Einstein", 8, "alias"),
            ("北京市", 9, "title"),
            ("Mercury", 10, "surname"),
        ],
    )


def test_a_name_is_found_whatever_its_case_accents_and_punctuation(names: Names) -> None:
    assert names.exact("albert   EINSTEIN!") == (Hit(0, "title"),)
    assert names.exact("bjork gudmundsdottir") == (Hit(5, "alias"),)
    assert names.exact("mercury planet") == (Hit(1, "title"),)
    assert names.exact("北京市") == (Hit(9, "title"),)
    assert names.exact("!!!") == (Hit(6, "title"),)


def test_a_name_of_several_articles_gives_the_strongest_first(names: Names) -> None:
    assert names.exact("Einstein") == (Hit(8, "alias"), Hit(0, "surname"))
    assert names.exact("mercury") == (Hit(2, "disambiguation"), Hit(10, "surname"))


def test_a_title_is_found_to_the_letter(tmp_path: Path) -> None:
    long = "Ж" * 127
    names = _names(
        tmp_path,
        [("AIDS", 0, "title"), ("Aids", 1, "title"), ("aids", 2, "alias"), ("Café", 3, "title"), (long, 4, "title")],
    )
    assert [names.titled(title) for title in ("AIDS", "Aids", "Café", long)] == [0, 1, 3, 4]
    assert [names.titled(title) for title in ("aids", "Cafe", "café", "", "\ud800", long[:-1])] == [None] * 6


@pytest.mark.parametrize("text", ["", " ", "?", "no such name", "\0", "\ud800", "x" * 5000])
def test_what_is_no_name_is_not_found(names: Names, text: str) -> None:
    assert (names.exact(text), names.fuzzy(text), names.prefix(text)) == ((), (), ())


def test_a_misspelt_name_gives_the_nearest_first(names: Names) -> None:
    assert names.fuzzy("zambai") == (Match("Zambia", 3, "title", 1), Match("Gambia", 4, "title", 2))
    assert names.fuzzy("Zambia")[0] == Match("Zambia", 3, "title", 0)
    assert names.fuzzy("albrt einstien", limit=1) == (Match("Albert Einstein", 0, "title", 2),)
    assert names.fuzzy("zambai", max_distance=1) == (Match("Zambia", 3, "title", 1),)
    assert names.fuzzy("bjrk")[0].article_id == 5


def test_more_than_two_errors_cannot_be_asked_for(names: Names) -> None:
    with pytest.raises(ValueError, match="2 edits"):
        names.fuzzy("zambia", max_distance=3)


def test_a_beginning_gives_the_most_popular_once_each(names: Names) -> None:
    assert [match.article_id for match in names.prefix("ein")] == [0, 7, 8]
    assert names.prefix("Björk", 1) == (Match("Björk", 5, "title", 0),)
    assert names.prefix("alb")[0].name == "Albert Einstein"


def test_a_surname_of_thousands_gives_the_most_popular(tmp_path: Path) -> None:
    names = _names(tmp_path, [("Smith", article_id, "surname") for article_id in range(3000, 0, -1)])
    assert [hit.article_id for hit in names.exact("smith")] == list(range(1, MAX_HITS + 1))


def test_an_article_has_a_name_once_by_its_strongest_kind(tmp_path: Path) -> None:
    names = _names(tmp_path, [("einstein", 3, "surname"), ("Einstein", 3, "title"), ("EINSTEIN", 3, "alias")])
    assert len(names) == 1
    assert names.exact("einstein") == (Hit(3, "title"),)


def test_a_build_without_names_finds_nothing(tmp_path: Path) -> None:
    names = _names(tmp_path, [])
    assert (len(names), names.exact("a"), names.fuzzy("otter"), names.prefix("a")) == (0, (), (), ())


_NAME = st.text("abcd e", min_size=1, max_size=14)
_FILED = st.lists(st.tuples(_NAME, st.integers(0, 30)), max_size=60)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(_FILED, _NAME, st.integers(1, 2))
@example([("abcdabcdabcd", 0)], "abdcabcdabc", 2)
@example([("abcdabcdabcd", 0)], "abdcbacdabcd", 2)
@example([("abcdabcdabcd", 0)], "abcdabcdbacdd", 2)
def test_the_index_finds_what_comparing_all_names_finds(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, int]], query: str, distance: int
) -> None:
    names = _names(tmp_path_factory.mktemp("names"), [(name, number, "title") for name, number in pairs], run_names=7)
    folded = folded_name(query)
    nearest: dict[int, int] = {}
    for name, article_id in pairs:
        apart = OSA.distance(folded, folded_name(name))
        if folded_name(name) and apart <= min(distance, allowed_edits(len(folded))):
            nearest[article_id] = min(apart, nearest.get(article_id, apart))
    expected = sorted((apart, article_id) for article_id, apart in nearest.items())
    found = names.fuzzy(query, limit=100, max_distance=distance)
    assert [(match.distance, match.article_id) for match in found] == (expected if folded else [])


@settings(max_examples=40, deadline=None, derandomize=True)
@given(_FILED, st.text("abcd e", min_size=1, max_size=3))
def test_sorted_on_disk_is_sorted_in_memory(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, int]], query: str
) -> None:
    names = _names(tmp_path_factory.mktemp("names"), [(name, number, "alias") for name, number in pairs], run_names=7)
    folded = folded_name(query)
    same = {number for name, number in pairs if folded and folded_name(name) == folded}
    begins = {number for name, number in pairs if folded and folded_name(name).startswith(folded)}
    assert [hit.article_id for hit in names.exact(query)] == sorted(same)
    assert [match.article_id for match in names.prefix(query, 100)] == sorted(begins)


def test_the_most_popular_of_thousands_with_a_beginning_come_first(tmp_path: Path) -> None:
    filed: list[Filed] = [(f"River {number * 7919 % 5000:04d}", number, "title") for number in range(5000)]
    names = _names(tmp_path, [*filed, ("Riven", 6000, "title"), ("Rivers", 6001, "title")], 1000, 3000)
    assert [match.article_id for match in names.prefix("river ")] == [0, 1, 2, 3, 4]
    assert [match.article_id for match in names.prefix("river 12", 3)] == sorted(
        number for name, number, _ in filed if name.startswith("River 12")
    )[:3]
    for name, article_id, kind in filed[::100]:
        assert names.exact(name) == (Hit(article_id, kind),)
        assert Match(name, article_id, kind, 1) in names.fuzzy(f"x{name}", limit=200)
