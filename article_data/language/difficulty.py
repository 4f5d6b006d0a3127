"""How hard an article is to guess, as one number. Owns the formula; called by the build once the pool is ordered. Pure."""

from __future__ import annotations

import math
import unicodedata

MANY_CLUES = 12
"""With so many clues a round is as helpful as it gets."""
LONG_NAME_CHARS = 30
"""From here on a longer name is no harder to hit: players know it whole or not at all."""


def difficulty(popularity_rank: float, clue_count: int, title: str) -> int:
    """Return 1 (everybody knows it) to 100.

    `popularity_rank` is 0.0 for the most popular of the pool to 1.0 for the least; beyond is cut off. The sum of three parts:
    - 75 points for the rank, by its square root: fame falls steeply, so that the step from the 1st to the 100th of 10,000 is
      felt as much as that from the 1,000th to the 1,900th;
    - 10 points for clues that are lacking of twelve: who gets six has half the chances to see it;
    - 14 points for the name: its length without a bracket (to 30 characters), its words beyond the second, its digits and
      its letters that are on no plain keyboard (accents and other signs), for it has to be thought of and typed.
    Never falls when the rank grows, when clues get fewer, or when letters are added to the name.
    """
    rank = min(1.0, max(0.0, popularity_rank))
    lacking = 1 - min(MANY_CLUES, max(0, clue_count)) / MANY_CLUES
    return min(100, max(1, round(1 + 75 * math.sqrt(rank) + 10 * lacking + _name_points(title))))


def _name_points(title: str) -> float:
    name = title.partition(" (")[0].strip()
    length = min(1.0, max(0, len(name) - 5) / (LONG_NAME_CHARS - 5))
    words = min(1.0, max(0, len(name.split()) - 2) / 4)
    return 7 * length + 3 * words + 4 * min(1.0, sum(map(_is_strange, name)) / 3)


def _is_strange(character: str) -> bool:
    """Tell whether a character is harder to type than its neighbours: a digit, or a Latin letter with something on it."""
    if character.isascii():
        return character.isdigit()
    return unicodedata.name(character, "").startswith("LATIN")
