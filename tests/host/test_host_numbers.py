"""Where buttons are shown as numbered words, their numbers can be written."""

from __future__ import annotations

from game_state.games.contract import Stage
from game_state.rules import GAMES
from tests.games.pool import answers_of, pool
from tests.host.chat import Chat

WORDS = Stage(buttons=0)
SHORT = Stage(label=4)


def chat(stage: Stage, *, group: bool = False) -> Chat:
    return Chat(GAMES["guess"], pool(), group=group, stage=stage, answers=answers_of(pool()))


def place(chat: Chat, value: str) -> str:
    """The number that a button has in the list."""
    return f"{[button.value for button in chat.buttons].index(value) + 1}"


def test_a_game_is_chosen_and_helped_by_number() -> None:
    for stage in (WORDS, SHORT):
        here = chat(stage)
        here.say("Ana", "/games")
        here.say("Ana", place(here, "play:letters") + ".")
        assert here.outcome == "started"
        assert here.state["round"]["game"] == "letters"
        here.say("Ana", place(here, "hint"))
        assert here.outcome == "letter"
        here.say("Ana", place(here, "giveup"))
        assert here.outcome == "gave_up"
        here.say("Ana", place(here, "again"))
        assert here.outcome == "started"


def test_numbers_mean_nothing_where_buttons_are_buttons_or_beyond_the_list() -> None:
    here = chat(Stage())
    here.say("Ana", "/games")
    here.say("Ana", "3")
    assert here.outcome == "unknown"
    here = chat(WORDS)
    here.say("Ana", "/games")
    for words in ("0", "7", "100", "3 of them", "²", "٣"):
        here.say("Ana", words)
        assert here.outcome == "unknown", words
        here.say("Ana", "/games")


def test_a_group_is_heard_while_the_list_is_new() -> None:
    here = chat(WORDS, group=True)
    here.say("Ana", "/games")
    number = place(here, "play:guess")
    here.say("Ben", number, wait=3600)
    assert here.outcome == "ignored"
    here.say("Ana", "/games")
    here.say("Ben", number, wait=60)
    assert here.outcome == "started"
    here.wait(4)
    here.say("Ben", place(here, "hint"))
    assert here.outcome == "clue"


def test_a_game_that_numbers_its_own_choices_is_not_disturbed() -> None:
    """The host's list is older, and its numbers are the game's now."""
    here = chat(WORDS)
    here.say("Ana", "/games")
    here.say("Ana", "/play which")
    assert not here.buttons
    right = here.state["round"]["state"]["right"]
    here.say("Ana", f"{right + 1}")
    assert here.outcome == "correct"


def test_a_titles_number_is_the_one_in_the_list_also_after_a_hint() -> None:
    """The list that stands above cut labels counts what is left."""
    here = chat(SHORT)
    here.say("Ana", "/play which")
    number = here.state["round"]["number"]
    here.say("Ana", "/hint")
    here.say("Ana", "/clues")
    assert len(here.buttons) == 3
    right = here.state["round"]["state"]["right"]
    here.say("Ana", place(here, f"g{number}:{right}"))
    assert here.outcome == "correct"
