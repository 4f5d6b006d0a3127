"""Raising sessions of earlier releases to today's shape, so that a round that was on goes on.

Version 1 knew one game, "guess": {"rounds", "round": {...}, "recent", "scores": {player: [name, points, wins]}}. Pure.
"""

from __future__ import annotations

import msgspec

from game_state.games.contract import State
from game_state.games.rounds import Secret
from game_state.host.scores import PLAYER_LIMIT, Score
from game_state.host.session import Match, Round, Session, encode

MIDDLE_LEVEL = 50
"""The difficulty of an article whose round began before levels were kept."""


class _Round(msgspec.Struct, frozen=True, kw_only=True):
    number: int
    article_id: int
    title: str
    language: str = "en"
    clue: int = 1
    started_by: str = ""
    touched_ms: int = 0
    close: tuple[str, ...] = ()


class _Table(msgspec.Struct, frozen=True, kw_only=True):
    rounds: int = 0
    round: _Round | None = None
    recent: tuple[int, ...] = ()
    scores: dict[str, tuple[str, int, int]] = {}


def from_first(state: State) -> State:
    """Raise a session of version 1. Raises msgspec.ValidationError for a state that is none."""
    before = msgspec.convert(state, _Table)
    best = sorted(before.scores.items(), key=lambda line: (-line[1][1], -line[1][2], line[0]))[:PLAYER_LIMIT]
    scores = {player: Score(name, points, wins) for player, (name, points, wins) in best}
    session = Session(rounds=before.rounds, scores=scores)
    if before.round is not None:
        session = msgspec.structs.replace(
            session,
            round=_raised(before.round),
            match=Match(game="guess", total=1, language=before.round.language, starter=before.round.started_by),
        )
    return encode(session)


def _raised(before: _Round) -> Round:
    return Round(
        number=before.number,
        game="guess",
        secret=Secret(article_id=before.article_id, title=before.title, language=before.language, level=MIDDLE_LEVEL),
        state={"marks": [], "shown": before.clue, "since_ms": before.touched_ms},
        begun_ms=before.touched_ms,
        touched_ms=before.touched_ms,
        starter=before.started_by,
        close=before.close[:24],
    )
