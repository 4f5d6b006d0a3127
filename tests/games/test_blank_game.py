"""Blank: a fair word is missing, its letters come one by one, and nothing tells the word before somebody writes it."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from article_data.clues.masking import MASK
from article_data.language.words import fold, tokens
from game_state.games.blank import BlankGame, letters_of
from game_state.games.blank_sentence import Blanked, choose, gives_away
from game_state.message import Kind
from tests.games.scene import ARTICLES, Solo, article

SMALL_STATE = 2048
SENTENCE = "It was painted by hand every seven years until a laboratory found the ruthenium in it."
LAMP = article("Old Lamp", 0, clues=(SENTENCE,), keywords=("Ruthenium", "lamp"))


def solo(*, private: bool = True, seed: int = 1) -> Solo:
    round_ = Solo(BlankGame(), [LAMP], private=private, seed=seed)
    assert round_.open() is not None
    return round_


def test_a_keyword_is_missing_and_the_article_is_told() -> None:
    round_ = solo()
    assert SENTENCE.replace("ruthenium", MASK) in round_.texts
    assert "Old Lamp" in round_.texts
    assert "9 letters: _ _ _ _ _ _ _ _ _" in round_.texts
    assert round_.step.says[0].board
    assert round_.buttons == ["hint", "skip", "giveup"]
    assert round_.closing()[0].endswith("ruthenium")
    assert SENTENCE in round_.closing()[1]
    assert (
        round_.play(lambda scene: round_.game.last_clue(scene, round_.secret, round_.state), Kind.TEXT, "ada")
        == SENTENCE
    )


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("ruthenium", "solved"),
        ("Ruthenium!", "solved"),
        ("is it ruthenium?", "solved"),
        ("the ruthenium", "solved"),
        ("ruthenuim", "solved"),
        ("r\u00fathenium", "solved"),
        ("ruthanium", "solved"),
        ("ruthenium paint", "close"),
        ("iron", "wrong"),
        ("gold, iron, ruthenium", "wrong"),
        ("old lamp", "wrong"),
    ],
)
def test_the_word_may_be_misspelt_a_little(words: str, verdict: str) -> None:
    step = solo().hear(words)
    assert ("solved" if step.solved else step.verdict) == verdict
    assert step.says == ()


def test_another_number_of_the_word_is_right() -> None:
    clue = "Only the younger of the two brothers ever saw the volcano erupt at night."
    lava = article("Lava", 0, clues=(clue,), keywords=("volcano",))
    round_ = Solo(BlankGame(), [lava])
    round_.open()
    assert round_.hear("volcanoes").solved
    assert round_.hear("volcano").solved


def test_help_shows_half_of_the_letters_and_no_more() -> None:
    round_ = solo()
    for count in range(1, 5):
        round_.hint()
        shown = round_.texts.rpartition(": ")[2].split()
        assert sum(letter != "_" for letter in shown) == count
        assert all(letter in ("_", right) for letter, right in zip(shown, "ruthenium", strict=True))
    assert round_.buttons == ["skip", "giveup"]
    before = round_.state
    round_.hint()
    assert "Have a last guess" in round_.texts
    assert round_.state == before
    assert round_.worth() == (2, 0.2)


def test_in_a_group_letters_come_by_themselves_until_the_round_is_over() -> None:
    round_ = solo(private=False)
    assert round_.step.after_ms == 20_000
    worths = [round_.worth()]
    for _ in range(4):
        round_.wait(20)
        step = round_.ring()
        assert step.after_ms == 20_000
        assert not step.over
        worths.append(round_.worth())
    assert worths == sorted(worths, reverse=True)
    assert worths[0] == (10, 1.0)
    assert round_.ring().over


def test_a_hint_in_a_group_costs_who_asked() -> None:
    round_ = solo(private=False)
    before = round_.worth("bob")
    round_.hint("ada")
    assert round_.worth("bob") == before
    assert round_.worth("ada")[0] < before[0]


def test_a_word_is_not_asked_for_that_the_rest_tells() -> None:
    assert gives_away(Blanked("The ", "Albanians", " speak Albanian at home"), "Europe")
    assert gives_away(Blanked("The ", "tower", " is old"), "Eiffel Tower")
    assert gives_away(Blanked("A ", "Paris", " is a kind of bug"), "Parisian life")
    assert not gives_away(Blanked("The ", "lattice", " is old"), "Eiffel Tower")
    twice = article(
        "Old Lamp", 0, clues=("The lamps of gold and of gold alone are as gold as any other is.",), keywords=("gold",)
    )
    assert Solo(BlankGame(), [twice]).open() is None


@pytest.mark.parametrize(
    ("language", "sentence", "never"),
    [
        (
            "de",
            "Und deshalb wurde sie dann immer wieder durch jene Anstalt ganz neu vermessen.",
            ("wurde", "immer", "wieder"),
        ),
        (
            "fr",
            "Elle avait toujours cette couleur lorsque les peintres sont venus dans la ville.",
            ("toujours", "cette", "dans"),
        ),
        (
            "es",
            "Cuando estaban todos dentro de aquella catedral empezaron los conciertos nuevos.",
            ("cuando", "estaban", "todos"),
        ),
        (
            "it",
            "Quando erano tutti dentro quella cattedrale sono cominciati i concerti nuovi.",
            ("quando", "erano", "quella"),
        ),
        (
            "pt",
            "Quando estavam todos dentro daquela catedral foram iniciados os novos concertos.",
            ("quando", "estavam", "todos"),
        ),
    ],
)
def test_no_small_word_is_asked_for_in_any_language(language: str, sentence: str, never: tuple[str, ...]) -> None:
    found = {
        blanked.word.casefold()
        for seed in range(40)
        if (blanked := choose(article("X", 0, language=language, clues=(sentence,)), seed)) is not None
    }
    assert found
    assert found.isdisjoint(never)


def test_articles_without_a_fair_sentence_do_not_suit() -> None:
    for clues in (
        (),
        ("Too short, this laboratory.",),
        (f"{MASK} is the laboratory of a very old and long gone man.",),
    ):
        assert Solo(BlankGame(), [article("Old Lamp", 0, clues=clues)]).open() is None


def test_a_round_needs_no_article_after_its_opening() -> None:
    round_ = solo(private=False)
    round_.store_is_up = False
    round_.hint()
    round_.ring()
    round_.show()
    assert round_.hear("ruthenium").solved
    assert round_.closing()


def test_letters_stand_in_their_places() -> None:
    assert letters_of("word", (1, 3)) == "_ o _ d"


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["hear", "hint", "ring", "show", "press", "wait"]),
        st.sampled_from(["ada", "bob", "x" * 200, ""]),
        st.one_of(
            st.text(max_size=20), st.sampled_from(["lattice", "Paris", "is it iron", "planet", "composer", "class"])
        ),
    ),
    max_size=40,
)


@given(acts=ACTS, secret=st.integers(0, 2), private=st.booleans(), seed=st.integers(0, 2**63 - 1))
@settings(max_examples=100, deadline=None)
def test_laws_of_any_round(acts: list[tuple[str, str, str]], secret: int, private: bool, seed: int) -> None:
    round_ = Solo(BlankGame(), ARTICLES, secret=secret, private=private, seed=seed)
    assert round_.open() is not None
    word = round_.state["word"]
    for act, who, words in acts:
        match act:
            case "hear":
                round_.hear(words, who)
            case "hint":
                round_.hint(who)
            case "ring":
                round_.ring()
            case "show":
                round_.show()
            case "press":
                round_.press(words)
            case _:
                round_.wait(13)
        points, result = round_.worth(who)
        assert points >= 1
        assert 0 < result <= 1
        assert len(msgspec.json.encode(round_.state)) < SMALL_STATE
    for text in round_.said:
        assert fold(word) not in tokens(text)
        shown = text.rpartition(": ")[2].split()
        assert "_" not in shown or 2 * shown.count("_") >= len(word)
