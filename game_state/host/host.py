"""The host of the table of games: a bot's rules, from an event to a turn.

Owns what happens when something is not at hand: what was not fetched yet is asked for, what the store cannot give now is told
honestly, and a round whose article is gone ends politely. What a message means is in `hearing.py`. Pure.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from game_state.games.contract import Event, Needs, State, Turn
from game_state.games.needs import Answers, Facts, Missing
from game_state.games.rounds import Games, Outdated, RoundGame, Unreachable
from game_state.host import hearing, session, upcast
from game_state.host.desk import Desk
from game_state.host.ending import reveal


class Host:
    """The rules of a bot that plays the table of games."""

    name = "parlor"
    former_names: tuple[str, ...] = ("guess",)
    state_version = 2

    def __init__(self, games: tuple[RoundGame, ...]) -> None:
        self.games = MappingProxyType({game.name: game for game in games})

    def upcast(self, state: State, version: int) -> State:
        """Raise a session of an earlier release: version 1 had one game and no table."""
        return upcast.from_first(state) if version < 2 else state

    def advance(self, state: State, event: Event, answers: Answers) -> Turn | Needs:
        """Play one event. Raises msgspec.ValidationError only for a state that this host did not write."""
        known = session.decode(state)
        facts = Facts(answers)
        try:
            try:
                return self._played(Desk(known, event, facts), hearing.hear)
            except Unreachable:
                return self._played(Desk(known, event, facts), hearing.unreachable)
            except Outdated:
                return self._played(Desk(known, event, facts), _outdated)
        except Missing as missing:
            return Needs(wanted=missing.wanted)

    def _played(self, desk: Desk, act: Callable[[Desk, Games], str]) -> Turn:
        return desk.done(act(desk, self.games))


def _outdated(desk: Desk, games: Games) -> str:
    """End a round whose article is not in the current build any more."""
    current = desk.session.round
    assert current is not None
    words = desk.voice.say("My encyclopedia has just been renewed, so this round has to end here.")
    return reveal(desk, games, current, "outdated", words)
