"""Words to stems by NLTK's Snowball, and what is remembered of them. Called by `Language`."""

from __future__ import annotations

import re
from collections.abc import Callable

from article_data.language.codes import SNOWBALL

REMEMBERED = 400_000
"""Distinct words that a memory holds: 60 MB at the most, and all of a wiki's ordinary words."""

_ENGLISH_SUFFIX = re.compile(r"[iesy]$|(?:ed|ing|er|or|al|ful|ll|ic|nt|ism|ion)$")
"""Every suffix of the English Snowball ends so: a word that does not is its own stem."""


class Memory(dict[str, str]):
    """What a function answered for each word, bounded: when full, it begins anew (the common words are soon back)."""

    def __init__(self, answer: Callable[[str], str]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, word: str) -> str:
        answer = self._answer(word)
        if len(self) >= REMEMBERED:
            self.clear()
        self[word] = answer
        return answer


def snowball(key: str) -> Callable[[str], str]:
    """Return what stems a language's folded words; for a language without Snowball what leaves them as they are."""
    name = SNOWBALL.get(key)
    if name is None:
        return str
    from nltk.stem.snowball import SnowballStemmer

    stem: Callable[[str], str] = SnowballStemmer(name).stem
    if name == "english":
        return lambda word: stem(word) if len(word) > 2 and _ENGLISH_SUFFIX.search(word) else word
    return lambda word: stem(word) if len(word) > 2 and not word.isdecimal() else word
