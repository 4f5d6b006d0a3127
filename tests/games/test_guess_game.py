"""Guess: clues from the hardest to the easiest, at the right moment, and nothing of the answer before somebody names it."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from article_data.article import Article
from article_data.naming import fold
from game_state.games.guess import GuessGame
from game_state.games.rounds import Outdated, Unreachable
from game_state.message import Kind
from tests.games.scene import ARTICLES, Solo, article

SMALL_STATE = 2048
SECRETS = {0: ("eiffel", "dame"), 1: ("mercury",), 2: ("beethoven", "ludwig")}


def solo(secret: int = 0, *, private: bool = True, **more: object) -> Solo:
    found = Solo(GuessGame(), secret=secret, private=private, **more)  # type: ignore[arg-type]
    assert found.open() is not None
    return found


def with_clues(*clues: str) -> list[Article]:
    return [article("Eiffel Tower", 0, clues=clues)]


def test_alone_a_clue_comes_only_when_asked_for() -> None:
    round_ = solo()
    assert ARTICLES[0].clues[0] in round_.texts
    assert round_.step.after_ms is None
    assert round_.buttons == ["hint", "skip", "giveup"]
    for clue in ARTICLES[0].clues[1:]:
        round_.hint()
        assert clue in round_.texts
    assert round_.buttons == ["skip", "giveup"]
    before = round_.state
    round_.hint()
    assert "all the clues" in round_.texts
    assert not round_.step.over
    assert round_.state == before


def test_in_a_group_clues_come_by_themselves_until_the_round_is_over() -> None:
    round_ = solo(private=False)
    assert round_.step.after_ms == 20_000
    for clue in ARTICLES[0].clues[1:]:
        step = round_.ring()
        assert clue in round_.texts
        assert step.after_ms == 20_000, "after the last clue there is one more pace"
        assert not step.over
        assert not step.active, "nobody did anything"
    assert round_.ring().over
    assert round_.step.says == ()


def test_a_hint_in_a_group_brings_the_next_clue_and_costs_who_asked() -> None:
    round_ = solo(private=False)
    before = round_.worth("bob")
    round_.hint("ada")
    assert ARTICLES[0].clues[1] in round_.texts
    assert round_.step.after_ms == 20_000, "the pace begins anew"
    assert round_.worth("bob") == before
    assert round_.worth("ada")[0] < before[0]
    assert round_.worth("ada")[1] < before[1]
    round_.ring()
    assert ARTICLES[0].clues[2] in round_.texts


def test_the_worth_falls_with_clues_and_in_a_group_with_time() -> None:
    alone = solo()
    assert alone.worth() == (10, 1.0)
    alone.wait(600)
    assert alone.worth() == (10, 1.0), "alone nobody is in a hurry"
    for _ in range(3):
        alone.hint()
    assert alone.worth() == (2, 0.2)
    group = solo(private=False)
    worths = []
    for _ in range(4):
        worths.append(group.worth())
        group.wait(10)
        worths.append(group.worth())
        group.wait(10)
        group.ring()
    group.wait(60)
    worths.append(group.worth())
    assert worths == sorted(worths, reverse=True)
    assert worths[0][0] == 10
    assert worths[-1] == (2, 0.2)


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("eiffel tower", "solved"),
        ("is it maybe the Eifel Tower?", "solved"),
        ("la dame de fer", "solved"),
        ("big ben", "wrong"),
        ("eiffel", "close"),
        ("paris, rome, london, eiffel tower", "wrong"),
    ],
)
def test_a_try_is_judged(words: str, verdict: str) -> None:
    step = solo().hear(words)
    assert ("solved" if step.solved else step.verdict) == verdict
    assert step.says == (), "the host answers tries"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "could this be {}?"),
        ("en", "wait, it must be {}"),
        ("de", "k\u00f6nnte es {} sein?"),
        ("de", "das ist doch {}!"),
        ("fr", "est-ce que c'est {}\u00a0?"),
        ("fr", "je suppose que c'est {}"),
        ("es", "\u00bfno ser\u00e1 {}?"),
        ("es", "me parece que es {}"),
        ("it", "mi sa che \u00e8 {}"),
        ("it", "non sar\u00e0 {}?"),
        ("pt", "eu acho que \u00e9 {}"),
        ("pt", "ser\u00e1 que \u00e9 {}?"),
    ],
)
def test_a_name_in_a_sentence_counts_in_every_language(language: str, words: str) -> None:
    curie = article("Marie Curie", 0, language=language, is_person=True, clues=("first", "second"))
    round_ = Solo(GuessGame(), [curie], language=language)
    round_.open()
    assert round_.hear(words.format("Marie Curie")).solved


def test_talk_keeps_no_round_awake() -> None:
    round_ = solo(private=False)
    assert not round_.hear("did anybody see the game yesterday evening, it was so good").active
    assert not round_.hear("?!").active
    assert round_.hear("big ben").active


def test_what_was_shown_is_shown_again() -> None:
    round_ = solo()
    round_.hint()
    round_.show()
    assert all(clue in round_.texts for clue in ARTICLES[0].clues[:2])
    assert ARTICLES[0].clues[2] not in round_.texts
    assert round_.step.after_ms is None, "looking moves no timer"


def test_an_article_without_clues_does_not_suit() -> None:
    assert Solo(GuessGame(), with_clues()).open() is None
    assert Solo(GuessGame(), with_clues("One only.")).open() is None


def test_a_new_build_may_lose_gain_and_reword_clues() -> None:
    round_ = Solo(GuessGame(), with_clues("first", "second", "third", "fourth"))
    round_.open()
    # Another article has the number now, and this one another; a clue is new, one gone, one reworded.
    round_.articles = [
        article("Other", 0),
        article("Eiffel Tower", 7, clues=("new", "first", "third, reworded", "fourth")),
    ]
    told = []
    for _ in range(4):
        round_.hint()
        told.append(round_.texts)
    assert "third, reworded" in told[0]
    assert "fourth" in told[1]
    assert "all the clues" in told[2]
    assert round_.hear("eiffel tower").solved


def test_a_build_without_the_article_or_clues_ends_politely() -> None:
    round_ = solo(private=False)
    round_.articles = [replace(ARTICLES[0], clues=())]
    assert round_.ring().over
    round_.articles = [article("Other", 0)]
    with pytest.raises(Outdated):
        round_.hint()


def test_while_the_store_is_away_the_title_is_still_right_and_talk_is_met_with_silence() -> None:
    group = solo(private=False)
    group.store_is_up = False
    assert group.hear("eiffel tower").solved
    assert group.hear("big ben").says == ()
    assert group.worth()[0] > 0
    alone = solo()
    alone.store_is_up = False
    with pytest.raises(Unreachable):
        alone.hear("big ben")
    with pytest.raises(Unreachable):
        alone.hint()


def test_the_last_clue_can_be_reported() -> None:
    round_ = solo()
    round_.hint()
    told = round_.play(lambda scene: round_.game.last_clue(scene, round_.secret, round_.state), Kind.TEXT, "ada")
    assert told == ARTICLES[0].clues[1]


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("hear"), st.sampled_from(["ada", "bob", "x" * 200, ""]), st.text(max_size=20)),
        st.tuples(st.just("hint"), st.sampled_from(["ada", "bob", "x" * 200, ""]), st.just("")),
        st.tuples(st.sampled_from(["ring", "show", "press"]), st.just("ada"), st.sampled_from(["", "x"])),
        st.tuples(st.just("wait"), st.just(""), st.just("")),
        st.tuples(
            st.just("hear"), st.just("ada"), st.sampled_from(["eiffel", "mercury", "Ludwig", "tower", "is it iron?"])
        ),
    ),
    max_size=40,
)


@given(acts=ACTS, secret=st.integers(0, 2), private=st.booleans(), seed=st.integers(0, 2**63 - 1))
@settings(max_examples=100, deadline=None)
def test_laws_of_any_round(acts: list[tuple[str, str, str]], secret: int, private: bool, seed: int) -> None:
    round_ = solo(secret, private=private, seed=seed)
    for act, who, words in acts:
        if act == "hear":
            round_.hear(words, who)
        elif act == "hint":
            round_.hint(who)
        elif act == "wait":
            round_.wait(13)
        elif act == "ring":
            round_.ring()
        elif act == "show":
            round_.show()
        else:
            round_.press(words)
        points, result = round_.worth(who)
        assert points >= 1
        assert 0 < result <= 1
        assert len(msgspec.json.encode(round_.state)) < SMALL_STATE
    assert not any(name in fold(text) for name in SECRETS[secret] for text in round_.said)
