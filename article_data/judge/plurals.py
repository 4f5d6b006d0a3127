"""Plurals and singulars of a common noun, by the endings of its language.

Owns the endings. Called by `sheet.py` for names that take a plural. Makes forms that nobody uses as well; they cost
nothing, because only a guess that is one of them finds it. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

_ADDED: dict[str, tuple[str, ...]] = {
    "en": ("s", "es"),
    "de": ("e", "n", "en", "er", "s"),
    "fr": ("s", "x"),
    "es": ("s", "es"),
    "it": (),
    "pt": ("s", "es"),
    "nl": ("en", "s"),
}
_CHANGED: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (("y", "ies"), ("f", "ves"), ("fe", "ves"), ("man", "men"), ("is", "es"), ("us", "i"), ("um", "a")),
    "de": (),
    "fr": (("al", "aux"), ("ail", "aux")),
    "es": (("z", "ces"),),
    "it": (("o", "i"), ("a", "e"), ("e", "i"), ("co", "chi"), ("ca", "che"), ("go", "ghi"), ("ga", "ghe")),
    "pt": (("ao", "oes"), ("l", "is"), ("m", "ns")),
    "nl": (),
}
_BEFORE_ES = ("s", "x", "z", "ch", "sh", "o")
"""After these English adds "es": "boxes", but "stones"."""
SHORTEST = 3
"""Fewest letters of a singular."""


def plurals(word: str, language: str) -> Iterator[str]:
    """Yield a folded word's plurals, and its singulars if it is a plural."""
    added = _ADDED.get(language, ("s",))
    if len(word) >= SHORTEST:
        yield from (word + ending for ending in added)
    for ending in added:
        singular = word.removesuffix(ending)
        if len(singular) in range(SHORTEST, len(word)) and (
            (language, ending) != ("en", "es") or singular.endswith(_BEFORE_ES)
        ):
            yield singular
    for one, many in _CHANGED.get(language, ()):
        for here, there in ((one, many), (many, one)):
            if word.endswith(here) and len(word) - len(here) >= SHORTEST - 1:
                yield word[: -len(here)] + there
