"""Twenty questions: what costs a question, who is heard, and that nothing said gives the article away."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from article_data.naming import fold
from game_state.games.contract import Stage
from game_state.games.rounds import Outdated, Unreachable
from game_state.games.twenty import QUESTIONS, TwentyGame
from game_state.message import Kind
from tests.games.scene import Solo, article

SMALL_STATE = 1024
TOWER = article(
    "Eiffel Tower",
    aliases=("La dame de fer", "Iron Lady"),
    clues=(
        "It was meant to stand for twenty years.",
        "Painters repaint it by hand.",
        "_____ is a lattice of iron in Paris.",
    ),
    summary="The Eiffel Tower is a wrought-iron lattice tower in Paris, about 330 metres high. It was built in 1889.",
    description="Tower in Paris, France",
    head="tower",
    categories=("Towers in Paris", "Buildings and monuments"),
    topics=("place",),
)


def solo(*, private: bool = True, **more: Any) -> Solo:
    found = Solo(TwentyGame(), [TOWER], private=private, **more)
    assert found.open() is not None
    return found


def count(round_: Solo) -> int:
    return int(round_.state.get("count", 0))


def test_a_question_is_answered_and_counted() -> None:
    round_ = solo()
    assert "20" in round_.texts
    round_.hear("is it a person?")
    assert round_.texts == "No. (1 of 20)"
    round_.hear("is it in Europe?")
    assert round_.texts == "Yes. (2 of 20)"
    round_.hear("isn't it in France?")
    assert round_.texts == "Yes, it is. (3 of 20)"
    assert round_.step.active
    assert round_.step.outcome == "answered"


def test_where_only_presses_are_heard_there_is_always_something_to_press() -> None:
    round_ = solo(stage=Stage(hears=False))
    for words in ("is it a person?", "is it a person?", "is it expensive?"):
        round_.hear(words)
        assert [say.buttons[0].value for say in round_.step.says] == ["hint"]
    round_ = solo()
    round_.hear("is it a person?")
    assert round_.step.says[0].buttons == ()


def test_what_it_cannot_tell_and_two_things_at_once_cost_nothing() -> None:
    round_ = solo()
    for words in ("is it expensive?", "is it old or new?", "does it hum in the wind?"):
        round_.hear(words)
        assert round_.step.says
        assert round_.step.outcome == "untold"
    assert count(round_) == 0


def test_asking_again_is_free() -> None:
    round_ = solo()
    round_.hear("Is it a person?")
    round_.hear("is it a PERSON ??")
    assert "no" in round_.texts
    assert count(round_) == 1


def test_naming_it_wins_at_any_time() -> None:
    for words in ("Eiffel Tower", "is it the eiffel tower?", "the Eifel Tower", "Is it La dame de fer?"):
        assert solo().hear(words).solved, words
        assert solo(private=False).hear(words).solved, words


def test_a_wrong_name_in_a_question_costs_one_once() -> None:
    round_ = solo()
    assert round_.hear("Is it Madonna?").verdict == "wrong"
    assert round_.hear("is it madonna?").verdict in ("wrong", "")
    assert round_.hear("Is it Madonna?").verdict == "wrong"
    assert count(round_) == 1
    assert not round_.step.says


def test_a_name_that_was_not_said_to_it_costs_a_group_nothing() -> None:
    round_ = solo(private=False)
    assert round_.hear("Is it Friday?").verdict == "wrong"
    assert count(round_) == 0


def test_a_wrong_name_alone_is_free_and_the_hosts_to_answer() -> None:
    round_ = solo()
    assert round_.hear("Big Ben").verdict == "wrong"
    assert count(round_) == 0


def test_talk_in_a_group_is_ignored() -> None:
    round_ = solo(private=False)
    for words in ("good morning", "lol", "are you coming to the party?", "who wants pizza?", "did you see that movie?"):
        step = round_.hear(words)
        assert (step.outcome, step.active, step.says, step.verdict) == ("ignored", False, (), ""), words
    assert round_.hear("is it alive?").outcome == "answered"


def test_twenty_questions_and_then_a_last_try() -> None:
    countries = [
        "Spain",
        "Italy",
        "Germany",
        "Japan",
        "China",
        "India",
        "Brazil",
        "Egypt",
        "Kenya",
        "Peru",
        "Chile",
        "Cuba",
    ]
    countries += ["Mexico", "Canada", "Norway", "Sweden", "Poland", "Greece"]
    questions = [f"is it in {name}?" for name in (*countries, "Asia", "Africa")]
    group, alone = solo(private=False), solo()
    for words in questions:
        group.hear(words)
        alone.hear(words)
    assert count(group) == QUESTIONS
    assert "last question" in group.texts
    assert (group.step.after_ms or 0) > 0
    assert alone.step.after_ms is None
    assert group.hear("is it a person?").says[0].text == "No questions left: name it now."
    assert count(group) == QUESTIONS
    assert not group.hear("Is it Big Ben?").over
    assert group.ring().over
    assert alone.hear("Big Ben").over
    assert solo().worth()[0] > group.worth()[0] >= 1
    assert "20" in group.closing()[0]


def test_an_early_ring_ends_nothing() -> None:
    round_ = solo(private=False)
    assert not round_.ring().over


def test_hints_are_true_few_and_cost_who_asked() -> None:
    round_ = solo(private=False)
    before = round_.worth("ada")
    told = set()
    for _ in range(8):
        round_.hint("ada")
        told.add(round_.texts)
    assert "It is filed under: Buildings and monuments." in told
    assert any("no more hints" in text for text in told)
    assert all("tower" not in fold(text) for text in told)
    assert round_.worth("ada")[0] < before[0]
    assert round_.worth("bob") == before


def test_show_tells_how_many_are_left() -> None:
    round_ = solo()
    round_.hear("is it a person?")
    round_.show()
    assert "19" in round_.texts


def test_an_article_that_nobody_can_ask_about_is_not_drawn() -> None:
    assert Solo(TwentyGame(), [article("Thing", summary="Nobody knows.", clues=("Nothing is known.",))]).open() is None


def test_a_store_that_is_down_or_has_it_no_more_is_said_to_the_host() -> None:
    round_ = solo()
    round_.store_is_up = False
    with pytest.raises(Unreachable):
        round_.hear("is it a city?")
    round_.store_is_up = True
    round_.articles = [article("Other", 7)]
    with pytest.raises((Outdated, StopIteration)):
        round_.hear("is it a city?")


@settings(max_examples=60, deadline=None)
@given(
    acts=st.lists(
        st.tuples(
            st.sampled_from(("hear", "hear", "hear", "hint", "show", "ring", "press")),
            st.one_of(
                st.text(max_size=80),
                st.sampled_from(
                    (
                        "is it alive?",
                        "is it in France?",
                        "is it tall?",
                        "Is it Rome?",
                        "is it a lattice?",
                        "is it big or small?",
                    )
                ),
            ),
            st.sampled_from(("ada", "bob", "cy")),
        ),
        max_size=40,
    ),
    private=st.booleans(),
)
def test_no_game_says_the_title_or_outgrows_its_state(acts: list[tuple[str, str, str]], private: bool) -> None:
    round_ = solo(private=private)
    for act, words, who in acts:
        if act == "hear":
            round_.hear(words, who)
        elif act == "press":
            round_.press("x", who)
        elif act == "ring":
            round_.ring()
        else:
            getattr(round_, act)(who)
        if round_.step.solved:
            break
        assert "eiffel" not in fold(round_.texts)
        assert "iron lady" not in fold(round_.texts)
        assert len(msgspec.json.encode(round_.state)) < SMALL_STATE
        assert count(round_) <= QUESTIONS
    assert round_.play(lambda scene: TwentyGame().rules(scene.voice), Kind.TEXT, "ada")
