"""Echo sends back exactly what came; tally's replies prove that all was played once and in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_state.games.tally import verify
from game_state.message import Kind
from game_state.rules import GAMES
from tests.host.chat import Chat


def test_the_games_are_found_by_name() -> None:
    six = dict.fromkeys(("guess", "blank", "letters", "which", "path", "twenty"), "parlor")
    assert {name: game.name for name, game in GAMES.items()} == {**six, "echo": "echo", "tally": "tally"}
    for game in GAMES.values():
        assert game.upcast({}, game.state_version) == {}


@given(texts=st.lists(st.text(min_size=1), max_size=20))
def test_echo_sends_every_text_back(texts: list[str]) -> None:
    talk = Chat(GAMES["echo"], ())
    assert [talk.say("Ada", text) for text in texts] == texts
    assert talk.state == ({"n": len(texts)} if texts else {})


def test_echo_of_other_things() -> None:
    talk = Chat(GAMES["echo"], ())
    assert talk.press("Ada", "play") == "play"
    assert talk.send("Ada", Kind.LINK, text="https://example.org") == "https://example.org"
    for kind in (Kind.EDIT, Kind.JOIN, Kind.LEAVE, Kind.IMAGE, Kind.STICKER, Kind.LOCATION):
        assert talk.send("Ada", kind, text="words") == ""
        assert talk.outcome == "ignored"
    assert talk.say("Ada", "") == ""
    assert talk.turn.replies == ()
    assert talk.state == {"n": 2}


def tallied(texts: list[str]) -> list[str]:
    talk = Chat(GAMES["tally"], ())
    return [talk.say("Ada", text) for text in texts]


@given(texts=st.lists(st.text(), max_size=20))
def test_tally_of_a_faithful_server_verifies(texts: list[str]) -> None:
    assert verify(tallied(texts), texts) is None


@given(texts=st.lists(st.text(max_size=5), min_size=2, max_size=12, unique=True), data=st.data())
def test_tally_shows_every_fault(texts: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(texts) - 2))
    lost = texts[:place] + texts[place + 1 :]
    doubled = texts[: place + 1] + texts[place:]
    swapped = [*texts[:place], texts[place + 1], texts[place], *texts[place + 2 :]]
    for played in (lost, doubled, swapped):
        assert verify(tallied(played), texts) is not None
    replies = tallied(texts)
    assert verify(replies[:-1], texts) == f"reply {len(texts)} is missing: {replies[-1]!r}"


def test_tally_counts_texts_alone() -> None:
    talk = Chat(GAMES["tally"], ())
    assert talk.say("Ada", "one").split(" ")[::2] == ["1", "one"]
    talk.send("Ada", Kind.EDIT, text="two")
    assert talk.outcome == "ignored"
    assert talk.say("Ada", "three").startswith("2 ")
    assert (talk.state["n"], talk.state["last"]) == (2, 3)


@pytest.mark.parametrize("name", ["echo", "tally"])
def test_games_keep_what_they_do_not_understand(name: str) -> None:
    talk = Chat(GAMES[name], ())
    talk.send("Ada", Kind.EDIT, text="words")
    assert talk.turn.state == {}
