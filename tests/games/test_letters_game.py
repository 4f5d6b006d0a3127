"""Letters: blanks that open letter by letter, misses that all share, and nothing shown that nobody found."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from article_data.naming import fold
from game_state.games.letters import MOST_MISSES, LettersGame
from game_state.games.letters_cells import blanks, cells_of, letter_in
from tests.games.scene import Solo, article

SMALL_STATE = 2048
TITLES = (
    "Eiffel Tower",
    "Mercury (planet)",
    "Stra\u00dfe",
    "P\u00e8re-Lachaise",
    "\u0424\u0438\u0437\u0438\u043a\u0430",
    "Catch-22",
)


def solo(title: str = "Eiffel Tower", *, private: bool = False, seed: int = 1) -> Solo:
    round_ = Solo(LettersGame(), [article(title, 0)], private=private, seed=seed)
    assert round_.open() is not None
    return round_


def board(round_: Solo) -> str:
    """The blanks of the last board, with plain gaps."""
    return round_.texts.partition("\n")[0].replace(" \u2003 ", " / ")


def test_a_title_is_shown_as_blanks() -> None:
    round_ = solo()
    assert board(round_) == "_ _ _ _ _ _ / _ _ _ _ _"
    assert round_.step.says[0].board
    assert f"{MOST_MISSES} misses left" in round_.texts
    assert board(solo("Mercury (planet)")) == "_ _ _ _ _ _ _ / (planet)"
    assert board(solo("Catch-22")) == "_ _ _ _ _ - 2 2"
    assert board(solo("P\u00e8re-Lachaise")) == "_ _ _ _ - _ _ _ _ _ _ _ _"


def test_a_letter_opens_all_its_places_and_wins_a_point() -> None:
    round_ = solo()
    step = round_.hear("e", "ada")
    assert board(round_) == "E _ _ _ e _ / _ _ _ e _"
    assert [(award.player, award.points) for award in step.awards] == [("ada", 1)]
    assert not step.verdict


def test_accents_and_ligatures_open_with_plain_letters() -> None:
    assert blanks("P\u00e8re", {"e"}) == "_ \u00e8 _ e"
    assert blanks("\u00c6sop", {"a"}) == "\u00c6 _ _ _"
    assert blanks("\u00c6sop", {"ae"}) == "\u00c6 _ _ _"
    assert blanks("Stra\u00dfe", {"s"}) == "S _ _ _ \u00df _"
    assert blanks("Stra\u00dfe", {"ss"}) == "_ _ _ _ \u00df _"
    assert blanks("\u039b\u03cc\u03b3\u03bf\u03c2", {"\u03bf"}) == "_ \u03cc _ \u03bf _"
    assert letter_in("\u00c9") == "e"
    assert letter_in(" e! ") == "e"
    assert letter_in("\u00df") == "ss"
    assert letter_in("ab") is None
    assert letter_in("7") is None
    assert letter_in("\u4eba") is None


def test_misses_are_shared_and_end_the_round() -> None:
    round_ = solo()
    for place, letter in enumerate("xzqkjv"):
        step = round_.hear(letter, f"player{place}")
        assert not step.over
        assert step.awards == ()
    assert "Not in it: x z q k j v" in round_.texts
    assert "1 miss left" in round_.texts
    assert round_.hear("b", "last").over
    assert "Eiffel" not in round_.texts


def test_a_letter_that_was_there_costs_nothing() -> None:
    round_ = solo()
    round_.hear("x", "ada")
    round_.hear("e", "bob")
    before = round_.state
    for letter in "xeE":
        step = round_.hear(letter, "cem")
        assert step.outcome == "ignored"
        assert round_.state == before
    alone = solo(private=True)
    alone.hear("x")
    alone.hear("x")
    assert "had that letter" in alone.texts


def test_in_a_group_a_player_waits_after_a_letter() -> None:
    round_ = solo()
    round_.hear("e", "ada")
    assert round_.hear("t", "ada").outcome == "ignored"
    assert round_.hear("t", "bob").outcome == "letter"
    round_.wait(2)
    assert round_.hear("w", "ada").outcome == "letter"
    assert round_.hear("eiffel tower", "ada").solved, "the title counts at any time"


def test_a_wrong_title_costs_time_in_a_group_and_a_miss_alone() -> None:
    round_ = solo()
    step = round_.hear("big ben tower", "ada")
    assert step.verdict in {"wrong", "close"}
    assert step.says == ()
    round_.wait(3)
    assert round_.hear("e", "ada").outcome == "ignored"
    round_.wait(2)
    assert round_.hear("e", "ada").outcome == "letter"
    assert round_.state.get("misses", 0) == 0
    alone = solo(private=True)
    assert alone.hear("big ben").verdict == "wrong"
    assert f"{MOST_MISSES - 1} misses left" in alone.texts
    assert alone.hear("e").outcome == "letter", "alone nobody waits"


def test_talk_is_no_try() -> None:
    round_ = solo()
    before = round_.state
    assert round_.hear("ok", "ada").outcome == "ignored"
    assert not round_.hear("what did you all have for dinner yesterday evening", "ada").active
    assert round_.state == before


def test_the_title_solves_it_also_misspelt_and_in_a_sentence() -> None:
    assert solo().hear("is it the eifel tower?").solved
    assert solo("Mercury (planet)").hear("mercury").solved


def test_who_finds_the_last_letter_has_solved_it() -> None:
    round_ = solo("Anna Mona", private=True)
    for letter in "anm":
        assert not round_.hear(letter).solved
    step = round_.hear("o")
    assert step.solved
    assert step.awards[0].points == 1
    assert round_.worth() == (2, 0.2)
    assert round_.hear("x").outcome == "ignored"


def test_a_hint_opens_a_letter_and_costs_who_asked() -> None:
    round_ = solo()
    before = round_.worth("bob")
    round_.hint("ada")
    assert "_" in board(round_)
    assert board(round_) != board(solo())
    assert round_.worth("bob") == before
    assert round_.worth("ada")[0] < before[0]
    assert round_.step.awards == ()
    for _ in range(10):
        round_.hint("ada")
    assert "Who knows the title" in round_.texts
    assert round_.hear("eiffel tower").solved


def test_no_hint_gives_the_last_letter() -> None:
    round_ = solo("Anna Mona", private=True)
    for letter in "anm":
        round_.hear(letter)
    round_.hint()
    assert "Who knows the title" in round_.texts


@pytest.mark.parametrize(
    "title",
    [
        "Io",
        "1984",
        "Pi (number)",
        "Aaaa",
        "\u6570\u5b66\u5bb6\u4eba",
        "\ub300\ud55c\ubbfc\uad6d",
        "a" * 20 + "bcd" * 20,
        "long " * 80,
    ],
)
def test_titles_that_do_not_suit(title: str) -> None:
    assert Solo(LettersGame(), [article(title, 0)]).open() is None


def test_hearts_are_shown_where_they_are_liked() -> None:
    round_ = solo()
    round_.emoji = True
    round_.hear("x")
    assert round_.texts.count("\u2764") == MOST_MISSES - 1


def test_a_letter_needs_no_article() -> None:
    round_ = solo()
    round_.store_is_up = False
    assert round_.hear("e").outcome == "letter"
    assert round_.hear("eiffel tower", "bob").solved


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["hear", "hear", "hear", "hint", "ring", "show", "press", "wait"]),
        st.sampled_from(["ada", "bob", "x" * 200, "", *(f"player{n}" * 6 for n in range(20))]),
        st.one_of(
            st.sampled_from("etaoinshrclfw"), st.text(max_size=12), st.sampled_from(["big ben", "eiffel", "planet"])
        ),
    ),
    max_size=60,
)


@given(acts=ACTS, title=st.sampled_from(TITLES), private=st.booleans(), seed=st.integers(0, 2**63 - 1))
@settings(max_examples=100, deadline=None)
def test_laws_of_any_round(acts: list[tuple[str, str, str]], title: str, private: bool, seed: int) -> None:
    round_ = solo(title, private=private, seed=seed)
    won = 0
    for act, who, words in acts:
        step = round_.step
        match act:
            case "hear":
                step = round_.hear(words, who)
                won += sum(award.points for award in step.awards)
            case "hint":
                step = round_.hint(who)
            case "ring":
                step = round_.ring()
            case "show":
                step = round_.show()
            case "press":
                step = round_.press(words)
            case _:
                round_.wait(1.7)
        points, result = round_.worth(who)
        assert points >= 1
        assert 0 < result <= 1
        assert len(msgspec.json.encode(round_.state)) < SMALL_STATE
        found = set(round_.state.get("found", ()))
        hidden = sum(1 for _, openers in cells_of(title) or () if openers and openers.isdisjoint(found))
        for say in step.says:
            if say.board and act != "wait":
                # As many blanks as letters that nobody found: what is shown was found, or never was a letter.
                assert say.text.partition("\n")[0].count("_") == hidden
            assert fold(title.partition(" (")[0]) not in fold(say.text) or not hidden
        if step.solved or step.over:
            break
    assert won <= len(set(fold(title)))
