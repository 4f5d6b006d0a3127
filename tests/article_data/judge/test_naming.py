"""Names made comparable: what is the same name folds to the same words, and folding is stable for the index of names."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from article_data.naming import NAME_LIMIT, fold, plain_title, split_bracket, words_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Eiffel Tower", "eiffel tower"),
        ("  The EIFFEL\tTower! ", "the eiffel tower"),
        ("S\u00e3o Paulo", "sao paulo"),
        ("\u0141\u00f3d\u017a", "lodz"),
        ("Stra\u00dfe", "strasse"),
        ("O\u2019Hara", "ohara"),
        ("R&B", "r and b"),
        ("Spider-Man", "spider man"),
        ("\u0664\u0662", "42"),
        ("H\u2082O", "h2o"),
        ("\u9577\u57ce", "\u9577\u57ce"),
        ("!!!", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Godfather Part II", "godfather part 2"),
        ("Nineteen Eighty-Four", "1984"),
        ("nineteen hundred", "1900"),
        ("One Hundred and One Dalmatians", "101 dalmatians"),
        ("two thousand and one", "2001"),
        ("Twenty Thousand Leagues", "20000 leagues"),
        ("seven hundred and forty-seven", "747"),
        ("the twenty-first century", "21 century"),
        ("12th century", "12 century"),
        ("Henry the Eighth", "henry 8"),
        ("Super Bowl LI", "super bowl 51"),
        ("I, Robot", "i robot"),
        ("Xi Jinping", "xi jinping"),
        ("Second", "second"),
        ("one two three", "1 2 3"),
        ("Hundred Years' War", "hundred years war"),
        ("J K L", "j k l"),
        ("The The", "the the"),
        ("Mt. St. Helens", "mount saint helens"),
    ],
)
def test_words_of(text: str, words: str) -> None:
    assert " ".join(words_of(text)) == words


def test_only_the_last_bracket_is_taken_off() -> None:
    assert split_bracket("Mercury (planet)") == ("Mercury", "planet")
    assert plain_title("Mercury (planet)") == "Mercury"
    assert plain_title("\u6c34\u661f\uff08\u5929\u4f53\uff09") == "\u6c34\u661f"
    assert plain_title("(What's the Story) Morning Glory?") == "(What's the Story) Morning Glory?"
    assert plain_title("(Untitled)") == "(Untitled)"


@given(text=st.text(max_size=NAME_LIMIT // 2))
@settings(max_examples=200, deadline=None)
def test_folding_is_stable(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text)) == folded
    assert folded == folded.strip()
    assert "  " not in folded
