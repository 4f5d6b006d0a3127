"""Which one: hidden picks that stay hidden, open ones where the first right one wins, and one try alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game_state.games.contract import Stage
from game_state.games.needs import Companions, Need
from game_state.games.rounds import Step, Unreachable
from game_state.games.which import WhichGame
from tests.games.scene import Solo, article

TOWER = article(
    "Eiffel Tower",
    0,
    clues=(
        "A riddle.",
        "Big Ben is older than _____.",
        "It was meant to stand for twenty years.",
        "_____ is in Paris.",
    ),
)
OTHERS = (article("Big Ben", 1), article("Tower Bridge", 2), article("Colosseum", 3))
HIDDEN = Stage(hidden_picks=True)
OPEN = Stage(hidden_picks=False)


def table(*, private: bool = False, stage: Stage = HIDDEN, seed: int = 1, companions: int | None = 3) -> Solo:
    def answer(need: Need) -> Any:
        assert isinstance(need, Companions)
        return None if companions is None else OTHERS[:companions]

    return Solo(WhichGame(), (TOWER, *OTHERS), private=private, stage=stage, seed=seed, answer=answer)


def opened(**changes: Any) -> Solo:
    solo = table(**changes)
    assert solo.open() is not None
    return solo


def place(solo: Solo, title: str) -> str:
    """The value of a title's button."""
    return str(solo.state["titles"].index(title))


def test_four_titles_under_a_clue_that_names_none_of_them() -> None:
    solo = opened()
    (say,) = solo.step.says
    assert {button.label for button in say.buttons} == {"Eiffel Tower", "Big Ben", "Tower Bridge", "Colosseum"}
    assert "twenty years" in say.text
    assert "20 seconds" in say.text
    assert solo.step.after_ms == 20_000


def test_the_other_choices_are_those_most_like_the_right_one() -> None:
    titles = ("Marie Curie", "Gold", "Mars", "Isaac Newton", "Atom", "Ada Lovelace", "Alan Turing")
    people = {"Marie Curie", "Isaac Newton", "Ada Lovelace", "Alan Turing"}
    articles = [
        article(title, n, clues=("A clue.",), topics=("science", "person") if title in people else ("science",))
        for n, title in enumerate(titles)
    ]
    solo = Solo(WhichGame(), articles, private=False, stage=HIDDEN)
    solo.open()
    assert {*solo.state["titles"]} == people


def test_the_right_title_stands_anywhere() -> None:
    assert {opened(seed=seed).state["right"] for seed in range(40)} == {0, 1, 2, 3}


def test_too_few_companions_do_not_suit_and_none_at_all_is_said_honestly() -> None:
    assert table(companions=2).open() is None
    with pytest.raises(Unreachable):
        table(companions=None).open()


def test_an_article_whose_clues_all_name_a_choice_does_not_suit() -> None:
    loud = article("Eiffel Tower", 0, clues=("Not Big Ben.", "Not the Colosseum."))
    assert Solo(WhichGame(), (loud, *OTHERS), private=False, stage=HIDDEN).open() is None


def test_hidden_picks_are_told_when_the_time_is_up() -> None:
    solo = opened()
    solo.wait(2)
    solo.press(place(solo, "Eiffel Tower"), "ada")
    solo.wait(10)
    solo.hear("colosseum", "bob")
    solo.hear("The Eiffel tower?", "cleo")
    assert solo.said[1:] == []
    assert not solo.step.over
    assert not solo.step.solved
    step = solo.ring()
    assert step.over
    awards = {award.player: award for award in step.awards}
    assert set(awards) == {"ada", "cleo"}
    assert awards["ada"].points > awards["cleo"].points > 0
    assert all(award.won for award in awards.values())
    assert solo.closing() == (
        f"Eiffel Tower: Ada +{awards['ada'].points}, Cleo +{awards['cleo'].points}",
        "Colosseum: Bob",
    )


def test_the_first_pick_stands() -> None:
    solo = opened()
    solo.press(place(solo, "Big Ben"), "ada")
    assert solo.press(place(solo, "Eiffel Tower"), "ada").outcome == "again"
    assert solo.ring().awards == ()


def test_nobody_picked() -> None:
    solo = opened()
    assert solo.ring().over
    assert solo.closing() == ("Nobody picked one.",)


def test_a_round_that_is_given_up_gives_no_points() -> None:
    solo = opened()
    solo.press(place(solo, "Eiffel Tower"), "ada")
    assert solo.closing() == ("Eiffel Tower: Ada",)


def test_where_picks_are_seen_the_first_right_one_wins_and_a_wrong_one_is_the_last() -> None:
    solo = opened(stage=OPEN)
    wrong = solo.hear("Big Ben", "ada")
    assert (wrong.verdict, wrong.says, wrong.over) == ("wrong", (), False)
    assert not solo.hear("Eiffel Tower", "ada").solved
    assert solo.hear("eifel tower", "bob").solved
    assert solo.worth("bob")[0] == 10
    assert solo.closing() == ("Eiffel Tower: Bob", "Big Ben: Ada")


def test_without_buttons_the_titles_are_numbered() -> None:
    solo = opened(stage=Stage(buttons=3))
    (say,) = solo.step.says
    assert say.buttons == ()
    right = solo.state["right"] + 1
    assert f"\n{right}. Eiffel Tower" in say.text
    assert solo.hear(f"{right}.", "ada").solved


@pytest.mark.parametrize("words", ["Eiffel Tower", "is it the eiffel tower?", "eiffel", "Eifel Tower"])
def test_a_title_is_picked_by_its_name(words: str) -> None:
    assert opened(private=True).hear(words).solved


@pytest.mark.parametrize("words", ["tower", "", "5", "0", "what do you think?"])
def test_words_that_mean_none_or_two_are_no_pick(words: str) -> None:
    solo = opened(private=True)
    step = solo.hear(words)
    assert (step.outcome, step.active, step.over) == ("ignored", False, False)
    assert "number" in solo.texts
    assert opened().hear(words).says == ()


def test_openers_are_heard_in_the_articles_language() -> None:
    german = tuple(
        article(title, n, language="de", clues=("Er steht.",))
        for n, title in enumerate(("Rom", "Wien", "Bern", "Köln"))
    )
    solo = Solo(WhichGame(), german, private=True, language="de", answer=lambda _: german[1:])
    solo.open()
    assert solo.hear("ist es Rom?").solved


def test_alone_there_is_one_try_and_no_timer() -> None:
    solo = opened(private=True)
    assert solo.step.after_ms is None
    step = solo.press(place(solo, "Colosseum"))
    assert step.over
    assert not step.solved
    assert step.awards == ()
    assert len(step.says) == 1


def test_a_hint_takes_a_wrong_title_away_and_costs_who_asked() -> None:
    solo = opened()
    for _ in range(2):
        solo.hint("ada")
        assert solo.texts.startswith("It is not ")
        assert "Eiffel" not in solo.texts
    assert "no hint left" in solo.hint("bob").says[0].text
    assert len(solo.show().says[0].buttons) == 2
    for who in ("ada", "bob"):
        solo.press(place(solo, "Eiffel Tower"), who)
    points = {award.player: award.points for award in solo.ring().awards}
    assert points["ada"] < points["bob"]


def test_no_hint_takes_the_right_title_away() -> None:
    for seed in range(20):
        solo = opened(seed=seed)
        told = solo.hint().says[0].text + solo.hint().says[0].text
        assert "Eiffel" not in told
        assert solo.state["right"] not in solo.state["struck"]


def test_a_crowd_is_told_in_short_lines() -> None:
    solo = opened()
    crowd = [f"player-{number:032}" for number in range(300)]
    for who in crowd:
        solo.press(place(solo, "Big Ben"), who)
    solo.ring()
    (line,) = solo.closing()
    assert len(line) < 500
    assert line.startswith("Big Ben: Player-")
    assert line.endswith(" more")


PLAYERS = ("ada", "bob", "cleo", "")
ACTS = st.one_of(
    st.tuples(st.just("hear"), st.one_of(st.text(max_size=20), st.sampled_from(["1", "4", "Eiffel Tower", "big ben"]))),
    st.tuples(st.just("press"), st.one_of(st.text(max_size=8), st.sampled_from(["0", "1", "2", "3"]))),
    st.tuples(st.sampled_from(["hint", "show", "wait"]), st.just("")),
)


@given(
    acts=st.lists(st.tuples(ACTS, st.sampled_from(PLAYERS)), max_size=12),
    private=st.booleans(),
    hidden=st.booleans(),
    buttons=st.sampled_from([0, 3, 13]),
    seed=st.integers(0, 2**63 - 1),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_played(
    acts: list[tuple[tuple[str, str], str]], private: bool, hidden: bool, buttons: int, seed: int
) -> None:
    solo = opened(private=private, stage=Stage(hidden_picks=hidden, buttons=buttons), seed=seed)
    asked = solo.said[0]
    for (act, words), who in acts:
        step = _act(solo, act, words, who)
        if step.over or step.solved:
            break
        if hidden and not private:
            assert step.verdict == ""
            assert step.awards == ()
            for say in step.says:
                assert not any(name.capitalize() in say.text for name in PLAYERS if name), "tells who picked"
                told = "Eiffel Tower" in say.text and not say.text.startswith(asked.partition("\n")[0])
                assert not told, "tells the answer"
    else:
        assert solo.ring().over
    assert all(solo.closing()) or solo.closing() == ()
    points, result = solo.worth("ada")
    assert points > 0
    assert 0 <= result <= 1


def _act(solo: Solo, act: str, words: str, who: str) -> Step:
    if act == "wait":
        solo.wait(3)
        return solo.show(who)
    if act == "hear":
        return solo.hear(words, who)
    return solo.press(words, who) if act == "press" else getattr(solo, act)(who)
