"""Twenty, what there is: a tree of kinds in six languages, and which kinds exclude each other.

Owns the tree: a physicist is a scientist is a person; a city is a settlement is a place. Kinds side by side exclude each
other, unless their parent is marked with "+": a person may be a painter and a scientist. Pure tables of plain knowledge.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import msgspec

from game_state.games.questions.tree import TREE

LANGUAGES: Final = ("en", "de", "es", "fr", "it", "pt")
# What a thing you can name by "object" or "thing" is: bodies that are no person, animal, plant or place.
OBJECTS: Final = frozenset({"substance", "fare", "artifact", "toy", "structure", "bodypart", "heavenly"})


_MIXED: Final = frozenset({frozenset({"outbreak", "disease"})})
"""Kinds that stand apart in the tree, and that people take for one another: neither excludes the other."""

_LONGEST: Final = 4


class Named(msgspec.Struct, frozen=True):
    """What a word names."""

    kind: str
    word: str
    """In singular."""
    whole: bool
    """The word means the kind itself; else something of that kind: "whale" of the mammals."""


class Kinds:
    """The tree, read once."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}
        self.overlapping: set[str] = set()
        self._words: dict[str, dict[str, Named]] = {language: {} for language in LANGUAGES}
        stack: list[str] = []
        for line in TREE.replace("\n|", " ").strip().splitlines():
            depth = (len(line) - len(line.lstrip())) // 2
            name, _, words = line.strip().partition(":")
            kind = name.rstrip("+~")
            if "+" in name:
                self.overlapping.add(kind)
            del stack[depth:]
            if stack:
                self.parent[kind] = stack[-1]
            stack.append(kind)
            for language, listed in zip(LANGUAGES, words.split("/"), strict=False):
                for place, group in enumerate(filter(None, map(str.strip, listed.split(",")))):
                    whole = "~" not in name or (place == 0 and "~~" not in name)
                    for word in group.split("="):
                        self._words[language].setdefault(word, Named(kind, word, whole))

    def line(self, kind: str) -> tuple[str, ...]:
        """Return the kind and all that it is too, the nearest first: ("city", "settlement", "territory", "place", ...)."""
        found = [kind]
        while (above := self.parent.get(found[-1])) is not None:
            found.append(above)
        return tuple(found)

    def exclude(self, one: str, other: str) -> bool:
        """Say whether nothing is both."""
        mine, theirs = self.line(one), self.line(other)
        if one in theirs or other in mine or frozenset({one, other}) in _MIXED:
            return False
        return next(kind for kind in mine if kind in theirs) not in self.overlapping

    def find(self, phrase: str, language: str) -> Named | None:
        """Return what a folded word or phrase names, in singular or plural."""
        known = self._words.get(language, {})
        return next((known[form] for form in singulars(phrase, language) if form in known), None)

    def named(self, words: Sequence[str], language: str) -> list[tuple[int, int, Named]]:
        """Find the names of kinds among folded words, the longest first at each word: (first, after last, what is named)."""
        found: list[tuple[int, int, Named]] = []
        at = 0
        while at < len(words):
            for size in range(min(_LONGEST, len(words) - at), 0, -1):
                named = self.find(" ".join(words[at : at + size]), language)
                if named is not None:
                    found.append((at, at + size, named))
                    at += size
                    break
            else:
                at += 1
        return found


@lru_cache(maxsize=1)
def kinds() -> Kinds:
    """Return the tree."""
    return Kinds()


def singulars(word: str, language: str) -> list[str]:
    """Return the word and what it may be the plural of. Too many forms do no harm: they are looked up."""
    forms = [word]
    for end, instead in _ENDS.get(language, ()):
        if word.endswith(end) and len(word) > len(end) + 2:
            forms.append(word[: -len(end)] + instead)
    return forms


_ENDS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "en": (("ies", "y"), ("s", ""), ("es", ""), ("men", "man"), ("ves", "f"), ("ves", "fe")),
    "de": (("en", ""), ("n", ""), ("er", ""), ("e", ""), ("innen", "in"), ("s", ""), ("nen", "")),
    "es": (("s", ""), ("es", ""), ("ces", "z"), ("ones", "on")),
    "fr": (("s", ""), ("x", ""), ("aux", "al")),
    "it": (("i", "o"), ("i", "e"), ("e", "a"), ("hi", "o"), ("he", "a")),
    "pt": (("s", ""), ("es", ""), ("oes", "ao"), ("is", "l")),
}
