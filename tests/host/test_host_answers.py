"""What looks like an order while a round is on, and is an answer."""

from __future__ import annotations

from string import ascii_lowercase

import pytest

from game_state.games.needs import Door, Doors, Goal, Route
from game_state.rules import GAMES
from languages.voice import LANGUAGES
from tests.games.scene import ARTICLES, article
from tests.host.chat import Chat


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_is_a_letter_in_every_language(language: str) -> None:
    """Whatever orders are like it: "i" once gave up the round."""
    for letter in ascii_lowercase:
        chat = Chat(GAMES["guess"], ARTICLES, language=language)
        chat.say("Ana", "/play letters")
        chat.say("Ana", letter)
        assert chat.turn.outcome in {"letter", "missed"}, letter


def test_a_link_whose_name_is_like_an_order_is_followed() -> None:
    route = Route(ids=(0, 77, 2), titles=("Zeus", "Olympic Games", "Sport"))
    games = article("Olympic Games", 77)
    doors = (Door(77, games.title), Door(3, "Greece"))
    chat = Chat(GAMES["guess"], [games, *ARTICLES], answers={Goal: route, Doors: doors})
    chat.say("Ana", "/play path")
    chat.say("Ana", "Olympic Games")
    assert chat.turn.outcome == "moved"
    chat.say("Ana", "can you give me some hint")
    assert chat.turn.outcome != "moved"
