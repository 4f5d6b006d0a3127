"""Nearly right: a mistake too many, the answer among other words, or one telling word of it.

Owns when a guess that is not right is close. Called by `judging.py` after all that could make it right. Says "close"
rarely rather than often: in a group each is a hint to everybody. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz.distance import Prefix

from article_data.judge.sheet import TELLING_LETTERS, Match, Sheet, Words
from article_data.judge.typos import word_cost

NEAR_EDITS = 4
"""Most plain edits from a name that are near; one for every 4 letters."""
EXTRA_WORDS = 3
"""Most words more than the name has: longer sentences are talk between the players."""
MISSPELT_WORDS = 3
"""Words of a guess that are compared with telling words by their spelling: bounds the cost."""
STEM_LETTERS = 6
"""Letters that two words must share at least to be forms of one."""
ENDING_LETTERS = 6
"""Letters that an ending may add at most."""


def closeness(shortest: Words, matches: Sequence[Match], sheet: Sheet) -> str | None:
    """Return why a wrong guess is close: "near", "contains" or "word"; None when it is not.

    `shortest` is the guess without what people put around it, `matches` are the names near its forms.
    """
    if any(_is_near(match) for match in matches):
        return "near"
    if _contains(shortest, sheet):
        return "contains"
    return "word" if _shares_word(shortest, sheet) else None


def _is_near(match: Match) -> bool:
    text, name = match.text, match.name
    if match.edits > min(NEAR_EDITS, min(len(text), len(name)) // 4):
        return False
    if text.isalpha() and name.isalpha():
        return True
    # Another number is near only beside the same words: Apollo 12, not the 1950s.
    letters = "".join(filter(str.isalpha, text))
    same_number = list(filter(str.isdigit, text)) == list(filter(str.isdigit, name))
    return same_number or (len(letters) >= TELLING_LETTERS and letters == "".join(filter(str.isalpha, name)))


def _contains(form: Words, sheet: Sheet) -> bool:
    size = len(form)
    for count in range(size - 1, max(0, size - EXTRA_WORDS - 1), -1):
        for start in range(size - count + 1):
            text = "".join(form[start : start + count])
            if len(text) >= TELLING_LETTERS and (text in sheet.right or text in sheet.general):
                return True
    return False


def _shares_word(form: Words, sheet: Sheet) -> bool:
    """Say whether the guess is made of telling words of the answer, or at least half of it is."""
    if len(form) == 1 and form[0].isdigit():
        return form[0] in sheet.numbers
    words = [word for word in form if word not in sheet.little]
    if len(words) > 1 and sheet.pairs.issuperset(pairwise(words)):
        return True
    shared = sheet.telling.intersection(words)
    if not shared and len(words) <= MISSPELT_WORDS:
        shared = frozenset(
            word for word in words for telling in sheet.telling_by_letter.get(word[0], ()) if _is_meant(word, telling)
        )
    return bool(shared) and 2 * len(shared) >= len(words)


def _is_meant(word: str, telling: str) -> bool:
    """Say whether a word is a telling one misspelt, in another number or with another ending ("architecture")."""
    if abs(len(word) - len(telling)) > ENDING_LETTERS:
        return False
    if word[:STEM_LETTERS] == telling[:STEM_LETTERS] and len(word) >= STEM_LETTERS:
        return 3 * Prefix.similarity(word, telling) >= 2 * max(len(word), len(telling))
    return f"{word}s" == telling or word == f"{telling}s" or word_cost(word, telling, "last") is not None
