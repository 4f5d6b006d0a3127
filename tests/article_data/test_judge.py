"""What players rely on when they name an article: right is right, nearly is said, and a namesake is not it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from article_data.judge.judging import judge
from article_data.naming import fold, words_of

PAIRS = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "judge" / "near-title-rejects.tsv"

TABLE = [
    # guess, title, aliases, verdict
    ("Eiffel Tower", "Eiffel Tower", (), "accept"),
    ("the eiffel tower!", "Eiffel Tower", (), "accept"),
    ("EIFFEL   TOWER", "Eiffel Tower", (), "accept"),
    ("Is it the Eiffel Tower?", "Eiffel Tower", (), "accept"),
    ("it's the eiffel tower", "Eiffel Tower", (), "accept"),
    ("maybe Eiffel tower", "Eiffel Tower", (), "accept"),
    ("I think it's the Eiffel Tower", "Eiffel Tower", (), "accept"),
    ("ok so i think it\u2019s the eiffel tower, right?", "Eiffel Tower", (), "accept"),
    ("eifel tower", "Eiffel Tower", (), "accept"),
    ("Eifle Towr", "Eiffel Tower", (), "reject close"),
    ("tower", "Eiffel Tower", (), "close"),
    ("the eiffel tower in paris", "Eiffel Tower", (), "close"),
    ("we went up that tower in paris last summer with the kids", "Eiffel Tower", (), "reject"),
    ("Big Ben", "Eiffel Tower", (), "reject"),
    ("not the eiffel tower", "Eiffel Tower", (), "reject"),
    ("it is not the eiffel tower", "Eiffel Tower", (), "reject"),
    ("La Tour Eiffel", "Eiffel Tower", ("Tour Eiffel",), "accept"),
    ("der Bundestag", "Bundestag", (), "accept"),
    ("beethoven", "Ludwig van Beethoven", (), "close"),
    ("beethoven", "Ludwig van Beethoven", ("Beethoven",), "accept"),
    ("Bethoven", "Ludwig van Beethoven", ("Beethoven",), "accept"),
    ("ZURICH", "Z\u00fcrich", (), "accept"),
    ("Sao Paulo", "S\u00e3o Paulo", (), "accept"),
    ("Lodz", "\u0141\u00f3d\u017a", (), "accept"),
    ("Strasse", "Stra\u00dfe", (), "accept"),
    ("\u041c\u043e\u0441\u043a\u0432\u0430", "\u041c\u043e\u0441\u043a\u0432\u0430", (), "accept"),
    ("\u9577\u57ce", "\u9577\u57ce", (), "accept"),
    ("mercury", "Mercury (planet)", (), "accept"),
    ("the planet mercury", "Mercury (planet)", (), "accept"),
    ("jrr tolkien", "J. R. R. Tolkien", (), "accept"),
    ("Spider man", "Spider-Man", (), "accept"),
    ("spyderman", "Spider-Man", (), "accept"),
    ("rock & roll", "Rock and roll", (), "accept"),
    ("mt everest", "Mount Everest", (), "accept"),
    ("Niel Armstrong", "Neil Armstrong", (), "accept"),
    ("Missisipi River", "Mississippi River", (), "accept"),
    ("world war 2", "World War II", (), "accept"),
    ("World war two", "World War II", (), "accept"),
    ("world war one", "World War II", (), "close"),
    ("Apollo 12", "Apollo 11", (), "close"),
    ("Apollo 110", "Apollo 11", (), "close"),
    ("Henry VII of England", "Henry VIII of England", (), "close"),
    ("volcanoes", "Volcano", (), "accept"),
    ("cat", "Cats", (), "accept"),
    ("galaxies", "Galaxy", (), "accept"),
    ("bat", "Cat", (), "reject"),
    ("cot", "Cat", (), "reject"),
    ("Tiger", "Niger", (), "close"),
    ("Maize", "Maine", (), "close"),
    ("Hitchcock", "Alfred Hitchcock", (), "close"),
    ("it", "It (novel)", (), "accept"),
    ("is it it?", "It (novel)", (), "accept"),
    ("!!!", "!!!", (), "accept"),
    ("?", "!!!", (), "reject"),
    ("", "Cat", (), "reject"),
    ("\U0001f600", "Cat", (), "reject"),
    ("no country for old man", "No Country for Old Men", (), "close"),
    ("yes it is Paris", "Paris", (), "accept"),
    ("Pariss", "Paris", (), "accept"),
]


@pytest.mark.parametrize(("guess", "title", "aliases", "verdict"), TABLE)
def test_table(guess: str, title: str, aliases: tuple[str, ...], verdict: str) -> None:
    assert judge(guess, title, aliases).kind in verdict.split()


def test_titles_of_different_articles_are_told_apart() -> None:
    """Of the pairs of popular articles 1 to 3 letters apart, judged both ways, one may pass: Bogeyman as The Boogeyman."""
    if not PAIRS.exists():
        pytest.skip("the shared list of near titles is not beside this checkout")
    rows = [line.split("\t") for line in PAIRS.read_text(encoding="utf-8").splitlines()[1:]]
    accepted = [
        (guess, title)
        for first, second, _ in rows
        for title, guess in ((first, second), (second, first))
        if judge(guess, title, ()).kind == "accept"
    ]
    assert len(rows) >= 143
    assert len(accepted) <= 1, accepted


TITLES = st.text(min_size=1, max_size=60)


@given(guess=st.text(max_size=400), title=TITLES, aliases=st.lists(TITLES, max_size=5))
@settings(max_examples=200, deadline=None)
def test_never_raises_and_is_repeatable(guess: str, title: str, aliases: list[str]) -> None:
    assert judge(guess, title, aliases) == judge(guess, title, aliases)


@given(title=TITLES.filter(lambda title: bool(words_of(title)) or bool(title.strip())), shout=st.booleans())
@settings(max_examples=200, deadline=None)
def test_the_title_itself_is_right(title: str, shout: bool) -> None:
    assert judge(f"  {title} " if shout else title, title, ()).kind == "accept"


@given(title=TITLES, alias=TITLES.filter(lambda alias: bool(words_of(alias))))
@settings(max_examples=100, deadline=None)
def test_every_alias_is_right(title: str, alias: str) -> None:
    assert judge(alias, title, (alias,)).kind == "accept"


@given(year=st.integers(1000, 2999), other=st.integers(1000, 2999))
@settings(max_examples=100, deadline=None)
def test_numbers_are_never_forgiven(year: int, other: int) -> None:
    kind = judge(f"{other} Summer Olympics", f"{year} Summer Olympics", ()).kind
    assert (kind == "accept") == (year == other)


def test_a_long_guess_is_cut() -> None:
    assert judge("x" * 1_000_000 + " Eiffel Tower", "Eiffel Tower", ()).kind == "reject"
    assert len(fold("\ufdfa" * 1000)) <= 400


def test_only_so_many_aliases_are_read() -> None:
    aliases = [f"alias {number}" for number in range(500)]
    assert judge("alias 7", "Eiffel Tower", aliases).kind == "accept"
    assert judge("alias 499", "Eiffel Tower", aliases).kind != "accept"
