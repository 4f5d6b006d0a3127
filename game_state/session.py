"""The session document: which game, which shape of state, the state. Decoding, raising old shapes, encoding.

Pure. The document is what the database keeps as jsonb: {"game": name, "version": shape, "state": {...}}.
"""

from __future__ import annotations

import msgspec

from game_state.errors import SessionTooNew
from game_state.games.contract import Game, State


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A session as it is stored."""

    game: str
    version: int
    state: State


_decoder = msgspec.json.Decoder(Document)
_encoder = msgspec.json.Encoder()


def open_session(game: Game, document: str | None) -> State:
    """The state for `game`: raised to today's shape, or fresh where there is none or the bot now plays another game.

    Raises SessionTooNew when a newer release wrote it.
    """
    if document is None or document == "{}":
        return {}
    session = _decoder.decode(document)
    if session.game != game.name:
        return {}
    if session.version > game.state_version:
        raise SessionTooNew(f"{game.name} state has version {session.version}, this release knows {game.state_version}")
    if session.version < game.state_version:
        return game.upcast(session.state, session.version)
    return session.state


def close_session(game: Game, state: State) -> str:
    """The document to store."""
    return _encoder.encode(Document(game=game.name, version=game.state_version, state=state)).decode()
