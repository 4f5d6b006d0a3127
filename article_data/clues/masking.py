"""Masks every trace of an answer in a sentence, so that a clue never tells what it asks for.

Owns what a trace is: a whole name, a telling word of a name, a form or a derivation of it (Albania, Albanian), its
initials. Rather masks too much than too little: a sentence with too many masks is left out by `clues`. Pure.
"""

# ruff: noqa: RUF001 - the tables hold letters and punctuation of other scripts on purpose

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from article_data.language.words import WORD, fold, is_cjk, is_ordinary, is_stopword, odd_forms, word_set

MASK = "_____"
_TRAILING_BRACKET = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
_MERGED = re.compile(rf"{MASK}(?:(?:[\s,\-–/.]|\band\b|\bof\b|\bthe\b|\bor\b)*{MASK})+")
_MASKED_INITIAL = re.compile(rf"(?:\b[A-Z]\.\s*)+{MASK}")
_SHORT_ENDINGS = word_set("s es ed er ers or ing y al ic ian ist ists ism ish istic")
"""What may follow a word of three letters in a derivation of it (art, artist); more would mask articles and arteries."""


def plain_title(title: str) -> str:
    """Take the trailing bracket off a title: "Mercury (planet)" is called "Mercury"."""
    return _TRAILING_BRACKET.sub("", title) or title


class Masker:
    """Masks one article's names; made once per article, used on each of its sentences."""

    def __init__(self, title: str, names: Iterable[str], *, is_common: Callable[[str], bool] | None = None) -> None:
        """`names` are all its other names; `is_common` tells of a folded word whether the whole dump is full of it."""
        main = plain_title(title)
        self._main = tuple(fold(word) for word in WORD.findall(main))
        every = list(dict.fromkeys(plain_title(name) for name in (title, *names)))
        self._substrings = sorted((name for name in every if is_cjk(name)), key=len, reverse=True)
        self._phrases: dict[str, set[tuple[str, ...]]] = {}
        self._exact: set[str] = {name for name in every if name.isupper() and len(name) <= 4 and name.isalpha()}
        self._telling: set[str] = set()
        self._short: set[str] = set()
        self._forms: set[str] = set()
        self._is_common = is_common or (lambda word: False)
        for name in every:
            self._add_name(name, alone=name == main)
            initials = "".join(word[0] for word in WORD.findall(name) if word[0].isupper())
            if len(initials) >= 3:
                self._exact.add(initials)
        self._tells = lru_cache(maxsize=8192)(self._word_tells)

    def mask(self, sentence: str) -> tuple[str, int]:
        """Return the sentence with its traces as "_____", and how many masks it has now."""
        for name in self._substrings:
            sentence = sentence.replace(name, MASK)
        spans = self._spans(sentence)
        parts: list[str] = []
        end = 0
        for start, stop in spans:
            parts += (sentence[end:start], MASK)
            end = stop
        masked = "".join((*parts, sentence[end:]))
        masked = _MERGED.sub(MASK, masked)
        masked = _MASKED_INITIAL.sub(MASK, masked) if parts else masked
        return masked, masked.count(MASK)

    def _add_name(self, name: str, *, alone: bool) -> None:
        words = WORD.findall(name)
        folded = tuple(fold(word) for word in words)
        if not folded or is_cjk(name):
            return
        if name not in self._exact:
            self._phrases.setdefault(folded[0], set()).add(folded)
        single = len(folded) == 1
        if not alone and len(folded) > len(self._main) and set(self._main) <= set(folded):
            # "Planet Saturn": what is added to the title only says what kind of thing it is.
            return
        if alone and not single and all(is_ordinary(low) for low in folded):
            # "British Empire": its words are too ordinary to mask everywhere, but with a capital they mean it.
            self._exact |= {word for word, low in zip(words, folded, strict=True) if not is_stopword(low)}
        for word, low in zip(words, folded, strict=True):
            if is_stopword(low) or low.isdecimal():
                continue
            if is_ordinary(low) and not (single and alone):
                continue
            if not alone and not word[0].isupper() and self._is_common(low):
                continue
            if len(low) >= 4:
                self._telling.add(low)
            elif len(low) >= 2 and (alone or word[0].isupper()):
                (self._short if single else self._exact).add(low if single else word)
            self._forms |= odd_forms(low)
        if single and len(folded[0]) == 3 and alone:
            self._short.add(folded[0])

    def _spans(self, sentence: str) -> list[tuple[int, int]]:
        found = [(match.start(), match.end(), match[0]) for match in WORD.finditer(sentence)]
        folded = [fold(word) for _, _, word in found]
        spans: list[tuple[int, int]] = []
        place = 0
        while place < len(found):
            width = self._phrase_at(folded, place)
            if not width and (found[place][2] in self._exact or self._tells(folded[place])):
                width = 1
            if width:
                spans.append((found[place][0], found[place + width - 1][1]))
            place += width or 1
        return spans

    def _phrase_at(self, folded: list[str], place: int) -> int:
        best = 0
        for phrase in self._phrases.get(folded[place], ()):
            width = len(phrase)
            if (
                width > best
                and tuple(folded[place : place + width]) == phrase
                and not (width == 1 and len(phrase[0]) == 1)
            ):
                best = width
        return best

    def _word_tells(self, word: str) -> bool:
        if word in self._telling or word in self._forms or word in self._short:
            return True
        if is_stopword(word) or word.isdecimal():
            return False
        if any(word.startswith(short) and _is_ending(word[len(short) :], short) for short in self._short):
            return True
        return any(self._is_derived(word, telling) for telling in self._telling)

    def _is_derived(self, word: str, telling: str) -> bool:
        shared = _shared_letters(word, telling)
        if shared >= 4 and shared >= 0.6 * len(telling):
            return True
        if shared == len(word) >= 4 and not is_ordinary(word) and not self._is_common(word):
            return True
        if len(telling) >= 5 and telling in word:
            return True
        return (word.endswith(telling) and len(word) >= 7) or word in _spelled_otherwise(telling)


def _is_ending(rest: str, short: str) -> bool:
    return rest in _SHORT_ENDINGS or (rest[:1] == short[-1] and rest[1:] in _SHORT_ENDINGS)


def _shared_letters(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


@lru_cache(maxsize=4096)
def _spelled_otherwise(word: str) -> frozenset[str]:
    """Forms of a short word whose stem changes: baby/babies, wolf/wolves, bake/baking."""
    stem, last = word[:-1], word[-1]
    forms: set[str] = set()
    if last == "y":
        forms |= {f"{stem}ies", f"{stem}ied"}
    elif last == "f":
        forms.add(f"{stem}ves")
    elif last == "e":
        forms |= {stem + ending for ending in ("ing", "ed", "er", "ers", "ian", "ic", "al", "y")}
        if stem.endswith("f"):
            forms.add(f"{stem[:-1]}ves")
    elif word.endswith(("us", "is", "um", "on")):
        forms |= {word[:-2] + ending for ending in ("i", "es", "a", "al", "ic")}
    return frozenset(forms)
