"""Deeds: what a turn adds to the books beyond its conversation. Committed with the turn, booked within seconds by any core.

Pure records, stored as JSON with their `kind`. A book is never asked for inside a turn's transaction, so a deed costs one insert.
"""

from __future__ import annotations

import msgspec


class Scored(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="scored"):
    """A player won points: counts for the bot's table when that player agreed to be on it."""

    player: str
    """The player's id at this bot."""
    points: int
    won: bool = False
    """A round was won."""


class Solved(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="solved"):
    """How a player fared against an article: moves both ratings."""

    player: str
    language: str
    title: str
    result: float
    """1: at once; 0: not at all; between: by how soon."""
    level: int
    """The article's difficulty in its build, 1 to 100: its rating before anybody played it."""


class Reported(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="reported"):
    """A player says that a clue is bad; three different people take it out of play."""

    player: str
    language: str
    title: str
    clue: str


class Agreed(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="agreed"):
    """A player agrees to be on the bot's table under this name."""

    player: str
    name: str


class Forgotten(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="forgotten"):
    """A player wants to be forgotten: name, points and ratings of this bot go."""

    player: str


Deed = Scored | Solved | Reported | Agreed | Forgotten
