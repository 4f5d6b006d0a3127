"""The session document: which game, which shape of state, the state. Decoding, raising old shapes, encoding.

Pure. The document is what the database keeps as jsonb: {"game": name, "version": shape, "state": {...}, "face": mark}.
"""

from __future__ import annotations

import msgspec

from game_state.errors import SessionTooNew
from game_state.games.contract import Game, State


class Document(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A session as it is stored."""

    game: str
    version: int
    state: State
    face: str = ""
    """The mark of the face (`given.py`) that the last turn was played with; the log holds a face where it changes."""


_decoder = msgspec.json.Decoder(Document)
_encoder = msgspec.json.Encoder()


def open_session(game: Game, document: str | None) -> State:
    """The state for `game`: raised to today's shape, or fresh where there is none or the bot now plays another game.

    A session that carries a former name of the game is the game's own. Raises SessionTooNew when a newer release wrote it.
    """
    return read_session(game, document)[0]


def read_session(game: Game, document: str | None) -> tuple[State, str]:
    """As `open_session`, with the mark of the face that the conversation last saw."""
    if document is None or document == "{}":
        return {}, ""
    session = _decoder.decode(document)
    if session.game != game.name and session.game not in game.former_names:
        return {}, session.face
    if session.version > game.state_version:
        raise SessionTooNew(f"{game.name} state has version {session.version}, this release knows {game.state_version}")
    if session.version < game.state_version:
        # Without the mark, so that what was raised is kept.
        return game.upcast(session.state, session.version), ""
    return session.state, session.face


def close_session(game: Game, state: State, face: str = "") -> str:
    """The document to store."""
    return _encoder.encode(Document(game=game.name, version=game.state_version, state=state, face=face)).decode()
