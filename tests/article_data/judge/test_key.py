"""What a key takes from the rest of the wiki: whose name is whose, what is too general, and what must not be mistaken."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from article_data.judge.judging import judge
from article_data.judge.key import AnswerKey, Holder, make_key, surname
from article_data.naming import fold, plain_title


class Wiki:
    """A wiki of a few pages: title, popularity, other names; "(disambiguation)" or a kind says what a page is."""

    def __init__(self, *pages: tuple[str, float] | tuple[str, float, str]) -> None:
        self._pages = pages

    def holders(self, name: str) -> Sequence[Holder]:
        found = []
        for title, popularity, *names in self._pages:
            if names == ["disambiguation"]:
                if name in (fold(title), fold(plain_title(title))):
                    found.append(Holder(title, popularity, "disambiguation"))
            elif name == fold(title):
                found.append(Holder(title, popularity, "title"))
            elif name == fold(plain_title(title)) or name in map(fold, names):
                found.append(Holder(title, popularity, "alias"))
        return found

    def near(self, name: str) -> Sequence[Holder]:
        return [
            Holder(title, popularity, "title")
            for title, popularity, *_ in self._pages
            if OSA.distance(name, fold(plain_title(title)), score_cutoff=3) <= 3
        ]


def said(guess: str, title: str, wiki: Wiki, *redirects: str, is_person: bool = False) -> str:
    key = make_key(title, redirects=redirects, is_person=is_person, namesakes=wiki)
    return judge(guess, key).kind


def test_gambia_is_not_zambia_nor_anything_between() -> None:
    wiki = Wiki(("Zambia", 90.0), ("The Gambia", 80.0))
    assert said("Zambia", "The Gambia", wiki, "Gambia") == "reject"
    assert said("Gambia", "Zambia", wiki) == "reject"
    assert said("Gambbia", "The Gambia", wiki, "Gambia") == "accept"
    assert said("Gambbia", "Zambia", wiki) != "accept"
    assert said("Lambia", "Zambia", wiki) != "accept"


def test_an_obscure_neighbour_does_not_forbid() -> None:
    assert said("Philadelphia", "Philadelphia", Wiki(("Philadelphia", 900.0), ("Philadelphus", 40.0))) == "accept"
    rival = ("Hamburg", 500.0), ("Hamburk", 400.0)
    obscure = ("Hamburg", 500.0), ("Hamburk", 4.0)
    assert said("Hamburk", "Hamburg", Wiki(*rival)) == "reject"
    assert said("Hamburk", "Hamburg", Wiki(*obscure)) == "accept"


def test_another_spelling_of_the_name_is_its_own_article_but_no_rival() -> None:
    wiki = Wiki(("Harbor", 90.0), ("Harbour (band)", 60.0), ("Harper", 80.0))
    assert said("harbour", "Harbor", wiki) == "reject"
    assert said("harrbour", "Harbor", wiki) == "accept"
    assert said("harper", "Harbor", wiki) == "reject"
    assert said("harpper", "Harbor", wiki) != "accept"


def test_a_middle_initial_makes_another_person_only_where_the_wiki_has_one() -> None:
    alone = Wiki(("Harrison Ford", 90.0), ("Henry Ford", 80.0))
    assert said("Harrison J. Ford", "Harrison Ford", alone, is_person=True) == "accept"
    two = Wiki(("Michael Jordan", 90.0), ("Michael B. Jordan", 60.0))
    assert said("Michael B. Jordan", "Michael Jordan", two, is_person=True) == "reject"


def test_a_title_that_is_also_a_disambiguation_is_close() -> None:
    wiki = Wiki(("Mercury (planet)", 900.0), ("Mercury (element)", 800.0), ("Mercury", 10.0, "disambiguation"))
    assert said("mercury", "Mercury (planet)", wiki, "Planet Mercury") == "close"
    assert said("the planet mercury", "Mercury (planet)", wiki) == "accept"
    assert said("Mercury (planet)", "Mercury (planet)", wiki) == "accept"
    assert said("mercury element", "Mercury (planet)", wiki) == "reject"
    assert said("mercury plannet", "Mercury (planet)", wiki) == "accept"


def test_the_article_that_has_the_bare_title_keeps_it() -> None:
    wiki = Wiki(("Alien", 300.0), ("Alien (film)", 900.0), ("Alien (disambiguation)", 5.0, "disambiguation"))
    assert said("alien", "Alien", wiki) == "accept"
    assert said("alien", "Alien (film)", wiki) == "close"
    assert said("alien film", "Alien (film)", wiki) == "accept"
    assert said("alien", "Alien (film)", Wiki(("Alien (film)", 900.0))) == "accept"


def test_a_redirect_is_right_though_others_are_called_so() -> None:
    wiki = Wiki(("John F. Kennedy", 900.0), ("JFK (film)", 100.0), ("JFK (disambiguation)", 3.0, "disambiguation"))
    assert said("jfk", "John F. Kennedy", wiki, "JFK", is_person=True) == "accept"
    assert said("jfk", "JFK (film)", Wiki(("JFK (film)", 100.0), ("John F. Kennedy", 900.0, "JFK"))) == "close"


@pytest.mark.parametrize(
    ("other", "verdict"),
    [
        (("Fred Armstrong", 2.0, "Armstrong"), "accept"),
        (("Fred Armstrong", 0.0, "Armstrong"), "accept"),
        (("Louis Armstrong", 700.0, "Armstrong"), "close"),
        (("Armstrong", 300.0), "close"),
        (("Armstrong", 300.0, "disambiguation"), "close"),
    ],
)
def test_a_surname_is_right_when_it_is_unambiguous(other: tuple[str, float], verdict: str) -> None:
    wiki = Wiki(("Neil Armstrong", 900.0), other)
    assert said("Armstrong", "Neil Armstrong", wiki, is_person=True) == verdict
    assert said("Neil Armstrong", "Neil Armstrong", wiki, is_person=True) == "accept"


def test_a_bare_title_that_leads_here_is_right() -> None:
    wiki = Wiki(("Alien (film)", 900.0, "Alien"), ("Alien (game)", 950.0))
    assert said("alien", "Alien (film)", wiki, "Alien") == "accept"
    assert said("alien", "Alien (film)", wiki) == "close"


def test_another_first_name_is_another_person() -> None:
    wiki = Wiki(("George W. Bush", 900.0), ("George H. W. Bush", 700.0))
    assert said("George H. W. Bush", "George W. Bush", wiki, is_person=True) == "reject"
    assert said("George HW Bush", "George W. Bush", wiki, is_person=True) == "reject"
    assert said("George Walker Bush", "George W. Bush", wiki, is_person=True) == "accept"
    assert said("George Bush", "George W. Bush", wiki, "George Bush", is_person=True) == "accept"


def test_a_kind_of_thing_may_be_left_out_when_nothing_else_is_called_so() -> None:
    assert said("Thames", "River Thames", Wiki(("River Thames", 90.0))) == "accept"
    assert said("the Atlantic", "Atlantic Ocean", Wiki(("Atlantic Ocean", 90.0))) == "accept"
    assert said("Mississippi", "Mississippi River", Wiki(("Mississippi River", 90.0), ("Mississippi", 95.0))) == "close"


def test_an_acronym_that_is_something_else_is_not_made() -> None:
    assert said("rats", "Romeo and the Sisters", Wiki(("Romeo and the Sisters", 90.0))) == "accept"
    wiki = Wiki(("Romeo and the Sisters", 90.0), ("Rats", 50.0))
    assert said("rats", "Romeo and the Sisters", wiki) == "reject"


def test_a_proper_name_takes_another_number_when_nothing_else_is_called_so() -> None:
    assert said("Academy Award", "Academy Awards", Wiki(("Academy Awards", 90.0))) == "accept"
    wiki = Wiki(("Rolling Stone", 80.0), ("The Rolling Stones", 90.0, "Rolling Stones"))
    assert said("Rolling Stones", "Rolling Stone", wiki) != "accept"
    assert said("Rolling Stone", "The Rolling Stones", wiki, "Rolling Stones") != "accept"


@pytest.mark.parametrize(
    ("title", "language", "expected"),
    [
        ("Ludwig van Beethoven", "en", "Beethoven"),
        ("Charles de Gaulle", "fr", "Gaulle"),
        ("Sammy Davis Jr.", "en", "Davis"),
        ("Martin Luther King, Jr.", "en", "King"),
        ("Sir Isaac Newton", "en", "Newton"),
        ("James Anderson (cricketer)", "en", "Anderson"),
        ("Mao Zedong", "en", "Mao"),
        ("Xi Jinping", "en", "Xi"),
        ("Kim Jong Il", "en", "Kim"),
        ("Park Geun-hye", "de", "Park"),
        ("Kim Basinger", "en", "Basinger"),
        ("Orb\u00e1n Viktor", "hu", "Orb\u00e1n"),
        ("Plato", "en", None),
        ("Lady Gaga", "en", None),
        ("Henry VIII", "en", None),
        ("Henry VIII of England", "en", None),
        ("Joan of Arc", "en", None),
        ("Catherine the Great", "en", None),
        ("Otto der Gro\u00dfe", "de", None),
        ("Otto von Bismarck", "de", "Bismarck"),
        ("Joost van den Vondel", "nl", "Vondel"),
        ("", "en", None),
    ],
)
def test_surname(title: str, language: str, expected: str | None) -> None:
    assert surname(title, language) == expected


NAMES = st.text(alphabet="abcdeiorst ", min_size=1, max_size=14).filter(lambda name: bool(fold(name)))


@given(titles=st.lists(NAMES, min_size=2, max_size=6, unique_by=fold))
@settings(max_examples=150, deadline=None)
def test_no_neighbours_title_is_accepted_and_the_own_always(titles: list[str]) -> None:
    wiki = Wiki(*((title, 1.0) for title in titles))
    key = make_key(titles[0], namesakes=wiki)
    assert judge(titles[0], key).kind == "accept"
    for other in titles[1:]:
        is_same = "".join(fold(other).split()) == "".join(fold(titles[0]).split())
        if OSA.distance(fold(other), fold(titles[0])) <= 3 and not is_same and fold(other) in key.neighbours:
            assert judge(other, key).kind != "accept"


def test_a_key_is_kept_as_it_is_and_compactly() -> None:
    key = make_key("Mercury (planet)", redirects=[f"Mercury {number}" for number in range(100)])
    packed = msgspec.msgpack.encode(key)
    assert msgspec.msgpack.decode(packed, type=AnswerKey) == key
    assert len(packed) < 2500
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(AnswerKey()), type=AnswerKey) == AnswerKey()
