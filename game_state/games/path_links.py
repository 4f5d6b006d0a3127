"""Which link a player means by a part of its name.

Owns the order of what counts: the whole name, its beginning, the beginning of one of its words, any part of it, a misspelling.
Pure, bounded in cost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from article_data.naming import fold, plain_title
from game_state.games.needs import Door

MOST_LINKS: Final = 1000
"""Links of one article that are looked at."""
HELD: Final = 8192
"""Names kept folded, by each process: a race asks for the same ones again and again."""
SHORTEST_PART: Final = 4
"""Fewest letters of a part from inside a word, and of what may be misspelt."""
SHORTEST_OF_TALK: Final = 3
"""Fewest letters of a beginning where the words may be talk."""
ALIKE: Final = 80
"""How like a name a misspelling must be, of 100."""
AHEAD: Final = 5
"""By how much the likest must lead for the others not to count."""


def matching(words: str, doors: Sequence[Door], *, loosely: bool = True) -> tuple[Door, ...]:
    """Return the links that the words may mean, all alike good, in their order; () for none.

    Not `loosely`, for what may be talk: no part from inside a word, no beginning of two letters, no part misspelt.
    """
    text = fold(words)
    if not text:
        return ()
    known = [(_name(door.title), door) for door in doors[:MOST_LINKS]]
    for fits in _tests(text, loosely):
        found = tuple(door for name, door in known if fits(name, door))
        if found:
            return found
    if len(text) < SHORTEST_PART:
        return ()
    return _misspelt(text, known, (fuzz.ratio, fuzz.partial_ratio) if loosely else (fuzz.ratio,))


def is_name(words: str, door: Door) -> bool:
    """Say whether the words are the link's whole name, its bracket aside."""
    text = fold(words)
    return text in (fold(door.title), fold(plain_title(door.title)))


def numbered(words: str, doors: Sequence[Door]) -> tuple[Door, ...]:
    """Return the link of this number, as lists show them."""
    number = words.strip(" .#)")
    if number.isdecimal() and len(number) <= 4 and 1 <= int(number) <= len(doors):
        return (doors[int(number) - 1],)
    return ()


def _tests(text: str, loosely: bool) -> Sequence[Callable[[str, Door], bool]]:
    """Return what a folded name is tested for, the strictest first."""
    tests: list[Callable[[str, Door], bool]] = [
        lambda name, _: name == text,
        lambda name, door: name.startswith(text) and fold(plain_title(door.title)) == text,
    ]
    if loosely or len(text) >= SHORTEST_OF_TALK:
        tests.append(lambda name, _: name.startswith(text))
        tests.append(lambda name, _: f" {text}" in name)
    if loosely and len(text) >= SHORTEST_PART:
        tests.append(lambda name, _: text in name)
    return tests


def _misspelt(
    text: str, known: Sequence[tuple[str, Door]], scorers: Sequence[Callable[..., float]]
) -> tuple[Door, ...]:
    """Return the links whose names, or parts of them, are most like the text."""
    names = [name for name, _ in known]
    for scorer in scorers:
        found = process.extract(text, names, scorer=scorer, processor=None, score_cutoff=ALIKE, limit=None)
        # A name shorter than the text would be found in it: that is another name, not a part misspelt.
        alike = [(score, place) for name, score, place in found if 2 * len(name) > len(text)]
        if alike:
            best = max(score for score, _ in alike)
            return tuple(known[place][1] for place in sorted(p for score, p in alike if score > best - AHEAD))
    return ()


@lru_cache(maxsize=HELD)
def _name(title: str) -> str:
    return fold(title)
