"""Fair and quiet in a group: who is heard, who may skip, how right answers of one second count, and how little the bot says."""

from __future__ import annotations

from itertools import pairwise

import pytest

from game_state.games.contract import Stage
from game_state.message import Kind
from game_state.rules import GAMES
from tests.games.scene import ARTICLES
from tests.host.chat import Chat


def group(**parts: object) -> Chat:
    return Chat(GAMES["guess"], ARTICLES, group=True, **parts)  # type: ignore[arg-type]


def begun(**parts: object) -> Chat:
    chat = group(**parts)
    chat.say("Ana", "/play")
    assert chat.title
    chat.wait(4)
    return chat


def test_wrong_guesses_are_met_with_silence() -> None:
    chat = begun()
    assert chat.say("Ben", "A lighthouse") == ""
    assert chat.outcome == "wrong"


def test_people_who_talk_without_a_round_are_left_alone() -> None:
    chat = group()
    for text in (
        "hi all",
        "who is coming tonight?",
        "stop it",
        "no idea",
        "play some music please",
        "another one bites",
    ):
        assert chat.say("Ana", text) == "", text


@pytest.mark.parametrize("name", ["quiz", "parlor", "play"])
def test_a_command_of_any_name_does_what_stands_behind_it(name: str) -> None:
    chat = group()
    for said, outcome in (
        ("play guess 2", "started"),
        ("hint", "clue"),
        ("give up", "gave_up"),
        ("scores week", "scores"),
        ("settings pace 30", "settings"),
        ("stop", "stopped"),
        ("letters", "started"),
    ):
        chat.say("Ana", f"/{name} {said}", wait=6)
        assert chat.outcome == outcome, said


def test_a_right_answer_is_told_after_a_second_and_everybody_right_in_it_wins_alike() -> None:
    chat = begun()
    title = chat.title
    first = chat.now_ms
    assert chat.say("Ben", title, sent_at_ms=first) == ""
    assert chat.say("Cleo", title, sent_at_ms=first + 900) == ""
    assert chat.say("Dan", title, sent_at_ms=first + 1100) == ""
    told = chat.wait(1.1)
    assert "Ben and Cleo" in told
    assert "Dan" not in told
    assert title in told
    scores = chat.state["scores"]
    assert scores["ben"][1] == scores["cleo"][1] > 0
    assert "dan" not in scores


def test_the_title_is_nowhere_before_the_reveal() -> None:
    chat = begun()
    title = chat.title
    before = len(chat.said)
    chat.say("Ben", title)
    assert all(title not in text for text in chat.texts[:before])
    assert len(chat.said) == before


def test_close_is_said_once_a_player_and_round() -> None:
    chat = begun()
    title = chat.title
    near = {
        "Eiffel Tower": "Eiffel",
        "Mercury (planet)": "Mercury god",
        "Ludwig van Beethoven": "van Beethoven family",
    }[title]
    chat.say("Ben", near, wait=4)
    assert chat.outcome == "close"
    assert "Ben" in chat.texts[-1]
    said = len(chat.said)
    chat.say("Ben", near, wait=4)
    assert len(chat.said) == said


def test_a_clue_comes_every_pace_and_the_round_ends_by_itself() -> None:
    chat = begun()
    clues = len(next(one for one in ARTICLES if one.title == chat.title).clues)
    title = chat.title
    for _ in range(clues - 1):
        assert "lue" in chat.wait(20)
    told = chat.wait(25)
    assert title in told
    assert not chat.title


def test_two_rounds_in_which_nobody_spoke_end_the_match() -> None:
    chat = group()
    chat.say("Ana", "/play guess 10")
    chat.wait(3600)
    assert not chat.title
    assert chat.state["rounds"] == 2
    assert not chat.timers
    assert "quiet" in chat.texts[-1]


def test_a_stranger_cannot_skip_alone_but_half_of_the_players_can() -> None:
    chat = begun()
    for who in ("Ben", "Cleo", "Dan"):
        chat.say(who, "Paris", wait=4)
    title = chat.title
    chat.say("Ben", "/skip", wait=4)
    assert chat.outcome == "voted"
    assert title == chat.title
    chat.say("Cleo", "/skip", wait=4)
    assert chat.title != title
    chat.wait(3)
    assert any(title in text for text in chat.texts)
    chat.wait(6)
    assert chat.title


def test_a_vote_to_skip_is_none_to_stop() -> None:
    chat = begun()
    chat.say("Ana", "/play guess 3", wait=4)
    for who in ("Ben", "Cleo", "Dan"):
        chat.say(who, "Paris", wait=4)
    chat.say("Ben", "/skip", wait=4)
    chat.say("Cleo", "/stop", wait=4)
    assert chat.outcome == "voted"
    assert chat.title
    chat.say("Ben", "/stop", wait=4)
    chat.wait(10)
    assert not chat.title


@pytest.mark.parametrize("who", ["Ana", "Zoe"])
def test_the_starter_and_an_admin_skip_at_once(who: str) -> None:
    chat = begun(admins=["zoe"])
    for player in ("Ben", "Cleo", "Dan"):
        chat.say(player, "Paris", wait=4)
    title = chat.title
    chat.say(who, "/skip", wait=4)
    chat.wait(3)
    assert title in chat.texts[-1]


def test_no_more_than_one_message_in_three_seconds() -> None:
    chat = group()
    chat.say("Ana", "/play")
    for place in range(40):
        chat.say("ABCD"[place % 4], ("/scores", "/help", "/games", "hint")[place % 4], wait=0.2)
    chat.wait(30)
    times = [at_ms for at_ms, _ in chat.said]
    assert len(times) > 3
    assert all(later - earlier >= 3000 for earlier, later in pairwise(times))


def test_a_list_of_names_is_no_guess() -> None:
    chat = begun()
    before = len(chat.said)
    assert chat.say("Ben", f"Rome, London, {chat.title}", wait=4) == ""
    assert chat.outcome in {"wrong", "ignored"}, "not even close: that would tell which list to look into"
    assert chat.title
    assert len(chat.said) == before


def test_a_player_cannot_try_twice_within_a_second() -> None:
    chat = begun()
    chat.say("Ben", "Paris", wait=4)
    chat.say("Ben", "London", wait=0.2)
    assert chat.outcome == "ignored"


def test_who_leaves_loses_the_name_and_keeps_nothing_to_be_read() -> None:
    chat = begun()
    chat.say("Ben", chat.title)
    chat.wait(8)
    assert "Ben" in chat.say("Ana", "/scores", wait=4) + chat.wait(4)
    chat.send("Ben", Kind.LEAVE)
    assert "Ben" not in chat.say("Ana", "/scores", wait=4)


def test_the_bot_that_is_thrown_out_forgets_its_round() -> None:
    chat = begun()
    chat.send("Ana", Kind.LEAVE, addressed=True)
    assert not chat.title
    assert not chat.timers


def test_buttons_of_an_older_round_do_nothing() -> None:
    chat = begun(stage=Stage(hidden_picks=True))
    assert chat.press("Ben", "g999:1") == ""
    assert chat.outcome == "stale"


def test_a_bot_that_answers_everything_is_not_answered_for_ever() -> None:
    chat = Chat(GAMES["guess"], ARTICLES)
    answers = [chat.say("Bot", f"I did not understand that {place}", wait=5) for place in range(12)]
    assert answers[0]
    assert not any(answers[6:])
    assert chat.say("Bot", "/play", wait=5)


def test_nobody_gets_more_than_forty_answers_a_minute() -> None:
    chat = Chat(GAMES["guess"], ARTICLES)
    chat.say("Ana", "/play")
    answers = [chat.say("Ana", "/scores", wait=0.1) for _ in range(60)]
    assert sum(map(bool, answers)) <= 40
    assert chat.say("Ana", "/scores", wait=61)
