"""Which of the titles a player means, and what a round of "Which one" remembers: the choices and who picked what.

Owns the state's shape and its bounds: what would make it too large is not taken. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec.structs import replace

from article_data.judge.judging import judge
from article_data.naming import fold
from game_state.games.answering import title_key

ROOM: Final = 5600
"""Bytes that a round's state may take, encoded; a pick beyond is not taken (about 100 people have picked by then)."""
SHORTEST_PART: Final = 4
"""Fewest letters of a part of a title that stands for it."""


class Pick(msgspec.Struct, frozen=True, array_like=True):
    """What one player picked."""

    choice: int
    """Place in the choices, from 0."""
    after_ms: int
    """How long after the opening."""
    name: str


class Choices(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The state of a round."""

    clue: str
    titles: tuple[str, ...]
    right: int
    """Place of the right one in `titles`, from 0."""
    begun_ms: int
    span_ms: int
    """How long the round goes, or alone: how long until the fewest points; both for `progress`."""
    picks: dict[str, Pick] = {}
    """By player; the first one stands."""
    hints: dict[str, int] = {}
    """Hints taken, by player."""
    struck: tuple[int, ...] = ()
    """Wrong choices that hints took away."""
    is_counted: bool = False
    """The time is up and the points were given."""

    def progress(self, after_ms: int) -> float:
        """Return the share of the time that has gone, 0 to 1."""
        return min(1.0, max(0.0, after_ms / self.span_ms))


def with_pick(round_: Choices, player: str, pick: Pick) -> Choices | None:
    """Return the round with a player's pick, or None where it is not taken: they picked before, or there is no room."""
    if player in round_.picks:
        return None
    after = replace(round_, picks=round_.picks | {player: pick})
    return after if len(msgspec.json.encode(after)) <= ROOM else None


def meant(words: str, titles: Sequence[str], language: str) -> int | None:
    """Return the place of the title that is meant by its number, its name or a telling part of it; None: none or several."""
    text = fold(words)
    if text.isdecimal() and len(text) < 3 and 1 <= int(text) <= len(titles):
        return int(text) - 1
    if not text:
        return None
    folded = [fold(title) for title in titles]
    if text in folded:
        return folded.index(text)
    named = [
        place for place, title in enumerate(titles) if judge(words, title_key(title, language)).kind == "accept"
    ] or [place for place, title in enumerate(folded) if len(text) >= SHORTEST_PART and f" {text} " in f" {title} "]
    return named[0] if len(named) == 1 else None
