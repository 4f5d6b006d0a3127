"""The rules by name: what a bot's `game` may be.

A bot that plays "guess", "blank", "letters", "which", "path" or "twenty" has all six; the name says which one is played when nobody
says another. "echo" and "tally" test the server.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from game_state.games.blank import BlankGame
from game_state.games.contract import Game
from game_state.games.echo import EchoGame
from game_state.games.guess import GuessGame
from game_state.games.letters import LettersGame
from game_state.games.path import PathGame
from game_state.games.tally import TallyGame
from game_state.games.twenty import TwentyGame
from game_state.games.which import WhichGame
from game_state.host.host import Host

HOST: Final = Host((GuessGame(), BlankGame(), LettersGame(), WhichGame(), PathGame(), TwentyGame()))
"""The table of games, in the order in which they are listed."""
GAMES: Final[Mapping[str, Game]] = MappingProxyType(
    {**dict.fromkeys(HOST.games, HOST), "echo": EchoGame(), "tally": TallyGame()}
)
"""All rules by name. They hold no state, so that one object serves all conversations."""
