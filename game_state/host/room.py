"""The session's room: 15 KB encoded, whatever a crowd with long names and ids plays.

Owns what goes where it gets too much: first what is forgotten soon anyway, then the weakest lines of the scoreboard. Pure.
"""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec.structs import replace

from game_state.host.session import Session

ROOM: Final = 15 * 1024
"""Bytes of a session, encoded; the document around it takes less than one KB."""
SHORT_BYTES: Final = 300
CURSORS_AT_LEAST: Final = 4
PLAYERS_AT_LEAST: Final = 6
_encoder = msgspec.json.Encoder()


def fitted(session: Session) -> Session:
    """Return the session so that it takes no more than its room; nearly always as it is."""
    for less in (_no_budgets, _short_waiting, _few_players, _few_cursors):
        if _fits(session):
            return session
        session = less(session)
    lines = sorted(session.scores, key=lambda key: (session.scores[key].points, session.scores[key].wins, key))
    while lines and not _fits(session):
        weakest = set(lines[:4])
        lines = lines[4:]
        session = replace(session, scores={key: one for key, one in session.scores.items() if key not in weakest})
    return session


def _fits(session: Session) -> bool:
    return len(_encoder.encode(session)) <= ROOM


def _no_budgets(session: Session) -> Session:
    return replace(session, budgets={})


def _short_waiting(session: Session) -> Session:
    cut = (one.text.encode("utf-8", "ignore")[:SHORT_BYTES].decode("utf-8", "ignore") for one in session.waiting)
    return replace(
        session, waiting=tuple(replace(one, text=text) for one, text in zip(session.waiting, cut, strict=True))
    )


def _few_players(session: Session) -> Session:
    session = replace(session, played_ms=_latest(session.played_ms))
    current = session.round
    if current is None:
        return session
    fewer = replace(
        current,
        close=current.close[-PLAYERS_AT_LEAST:],
        tried=_latest(current.tried),
        tried_name=current.tried_name[-PLAYERS_AT_LEAST:],
        votes=current.votes[-PLAYERS_AT_LEAST:],
        stops=current.stops[-PLAYERS_AT_LEAST:],
    )
    return replace(session, round=fewer)


def _latest(times: dict[str, int]) -> dict[str, int]:
    kept = sorted(times, key=lambda key: (times[key], key))[-PLAYERS_AT_LEAST:]
    return {key: times[key] for key in kept}


def _few_cursors(session: Session) -> Session:
    return replace(session, cursors=session.cursors[-CURSORS_AT_LEAST:])
