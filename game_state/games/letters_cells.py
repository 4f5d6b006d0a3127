"""A title as cells, of which letters are hidden until somebody finds them: blanks, accents, scripts, what is shown from the start.

Owns which titles can be played, which letter opens which cell, and how the blanks are written. Pure.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from functools import lru_cache
from itertools import groupby
from typing import Final

from article_data.naming import fold, split_bracket

BLANK: Final = "_"
FEWEST_LETTERS: Final = 4
FEWEST_DISTINCT: Final = 3
MOST_LETTERS: Final = 40
_WORD_GAP: Final = " \u2003 "
"""Between words: a wide blank, for several plain ones are shown as one in places."""
_ALPHABETS: Final = (
    ("\u0000", "\u08ff"),
    ("\u10a0", "\u10ff"),
    ("\u1c90", "\u1cbf"),
    ("\u1e00", "\u1fff"),
    ("\u2c00", "\u2dff"),
)
"""Where the letters of alphabets stand; elsewhere a character is a syllable, a word or a part of one."""


@lru_cache(maxsize=256)
def cells_of(title: str) -> tuple[tuple[str, frozenset[str]], ...] | None:
    """Return the title's characters, each with what opens it; an empty set: it is shown. None for a title that cannot be played.

    A letter is opened by itself without accents, and one that stands for two (the ligature of a and e) by either of them. What
    stands in a last bracket is shown: "Mercury (planet)" is about "Mercury".
    """
    plain, bracket = split_bracket(unicodedata.normalize("NFC", title))
    cells: list[tuple[str, frozenset[str]]] = []
    for character in plain:
        if cells and unicodedata.category(character).startswith("M"):
            cells[-1] = (cells[-1][0] + character, cells[-1][1])
        elif not character.isalpha():
            cells.append((character, frozenset()))
        elif is_letter(character):
            cells.append((character, opened_by(character)))
        else:
            return None
    hidden = [openers for _, openers in cells if openers]
    if not FEWEST_LETTERS <= len(hidden) <= MOST_LETTERS or len(set(hidden)) < FEWEST_DISTINCT:
        return None
    if bracket:
        cells += [(character, frozenset()) for character in f" ({bracket})"]
    return tuple(cells)


def is_letter(character: str) -> bool:
    """Say whether a character is a letter of an alphabet."""
    return character.isalpha() and bool(fold(character)) and any(low <= character <= high for low, high in _ALPHABETS)


def opened_by(character: str) -> frozenset[str]:
    """Return the folded letters that open a letter's cell: its own fold, and each letter of that."""
    folded = fold(character)
    return frozenset((folded, *folded))


def letter_in(words: str) -> str | None:
    """Return the folded letter when the words are a single letter, whatever signs stand around it; else None."""
    bare = [
        c for c in unicodedata.normalize("NFC", words[:64]) if not (c.isspace() or unicodedata.category(c)[0] in "PSC")
    ]
    return fold(bare[0]) if len(bare) == 1 and is_letter(bare[0]) else None


def hidden_in(title: str, found: Collection[str]) -> list[frozenset[str]]:
    """Return what opens each cell that is still hidden, in order."""
    return [openers for _, openers in cells_of(title) or () if openers and openers.isdisjoint(found)]


def blanks(title: str, found: Collection[str]) -> str:
    """Return the title with "_" for each letter that is not found; words that never had a blank stand as written."""
    words = []
    for is_gap, group in groupby(cells_of(title) or (), key=lambda cell: cell[0].isspace()):
        if not is_gap:
            cells = list(group)
            shown = [BLANK if openers and openers.isdisjoint(found) else text for text, openers in cells]
            words.append((" " if any(openers for _, openers in cells) else "").join(shown))
    return _WORD_GAP.join(words)
