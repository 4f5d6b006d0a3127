"""Points: one scale for all games, so that an evening's scores may be added up.

    points = max(1, round((2 + 8 * (1 - progress)) * weight)), weight = 0.8 easy, 1 medium, 1.25 hard

`progress` is the share of the help that the round has given so far, 0 to 1: clues shown, letters seen, time gone. So naming an
article of medium difficulty is worth 10 points at once and 2 at the very end. Written down for players in docs/games.md.
"""

from __future__ import annotations

from typing import Final

from article_data.store.pool import difficulty_of

HINT_COST: Final = 0.2
"""Share of the points that each hint costs who asked for it; at least two fifths are left."""
_WEIGHTS: Final = {"easy": 0.8, "medium": 1.0, "hard": 1.25}


def points_for(progress: float, level: int, hints: int = 0) -> int:
    """Return the points for naming an article of this level (1 to 100) after `progress` (0 to 1) and own `hints`."""
    shown = min(1.0, max(0.0, progress))
    worth = (2 + 8 * (1 - shown)) * _WEIGHTS[difficulty_of(level)]
    return max(1, round(worth * max(0.4, 1 - HINT_COST * hints)))
