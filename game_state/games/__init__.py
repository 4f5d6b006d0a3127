"""The games by name: what a bot's `game` may be."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from game_state.games.contract import Game
from game_state.games.echo import EchoGame
from game_state.games.guess import GuessGame
from game_state.games.tally import TallyGame

GAMES: Mapping[str, Game] = MappingProxyType({game.name: game for game in (GuessGame(), EchoGame(), TallyGame())})
"""Every game, by its name. Games hold no state, so that one object serves all conversations."""
