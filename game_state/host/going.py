"""A person goes: leaves the group, or wants to be forgotten.

Owns what stays of them. Who leaves keeps the points but has no say any more; of who is forgotten nothing stays here. Pure.
"""

from __future__ import annotations

from msgspec.structs import replace

from game_state.games.deeds import Forgotten
from game_state.host.desk import Desk
from game_state.host.scores import nameless
from game_state.host.session import Match, Round


def gone(desk: Desk) -> str:
    """Let a person leave the group."""
    session, player = desk.session, desk.player
    desk.change(
        scores=nameless(session.scores, player),
        played_ms={key: at_ms for key, at_ms in session.played_ms.items() if key != player},
    )
    return "left"


def forget(desk: Desk) -> str:
    """Forget a person: name, points, and their part in the round and the match."""
    session, player = desk.session, desk.player
    if player:
        desk.note(Forgotten(player=player))
        desk.change(
            scores={key: score for key, score in session.scores.items() if key != player},
            played_ms={key: at_ms for key, at_ms in session.played_ms.items() if key != player},
            round=session.round and _without(session.round, player),
            match=session.match and _unscored(session.match, player),
        )
    desk.say(desk.voice.say("Done: I have forgotten your name and your points."))
    return "forgotten"


def _without(current: Round, player: str) -> Round:
    """Return the round without them; a right answer of theirs still ends it."""
    return replace(
        current,
        starter="" if current.starter == player else current.starter,
        close=tuple(one for one in current.close if one != player),
        tried={"" if key == player else key: at_ms for key, at_ms in current.tried.items()},
        tried_name=tuple(one for one in current.tried_name if one != player),
        votes=tuple(one for one in current.votes if one != player),
        stops=tuple(one for one in current.stops if one != player),
        winners=tuple(replace(one, player="", name="") if one.player == player else one for one in current.winners),
    )


def _unscored(match: Match, player: str) -> Match:
    """Return the match without their points."""
    return replace(
        match,
        starter="" if match.starter == player else match.starter,
        points={key: points for key, points in match.points.items() if key != player},
    )
