"""Sessions of earlier releases go on, and every turn can be played again."""

from __future__ import annotations

from pathlib import Path

import pytest

from game_state.rules import GAMES
from game_state.session import close_session, open_session
from tests.games.scene import ARTICLES
from tests.host.chat import Chat

RECORDED = sorted((Path(__file__).parent / "sessions").glob("*.json"))


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_a_recorded_session_goes_on(path: Path) -> None:
    host = GAMES["guess"]
    chat = Chat(host, ARTICLES, group="group" in path.stem)
    chat.state = open_session(host, path.read_text())
    title = chat.title
    chat.wait(4)
    if "round" in path.stem and "between" not in path.stem:
        assert title
        assert chat.say("Ana", "/hint", wait=4)
        chat.say("Ana", title, wait=4)
        assert any(title in text for text in [*chat.texts, chat.wait(2)])
    else:
        assert not title
        chat.say("Ana", "/play")
        assert chat.title
    assert open_session(host, close_session(host, chat.state)) == chat.state


def test_scores_of_the_release_before_are_kept() -> None:
    host = GAMES["guess"]
    chat = Chat(host, ARTICLES, group=True)
    chat.state = open_session(host, (Path(__file__).parent / "sessions" / "guess-1-round-in-group.json").read_text())
    assert "Ben: 20 points, 2 wins" in chat.say("Ana", "/scores")


def test_the_same_event_gives_the_same_turn_to_the_byte() -> None:
    chat = Chat(GAMES["guess"], ARTICLES, group=True)
    chat.say("Ana", "/play letters")
    for text in ("e", "t", "/scores", "xyz", "/hint"):
        before = chat.state
        chat.say("Ben", text, wait=3)
        after, turn = chat.state, chat.turn
        chat.state = before
        assert chat.play(chat.events[-1]) == turn
        chat.state = after
