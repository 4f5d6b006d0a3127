"""Spelling mistakes: which misspelt word is still meant as that word, and how bad the mistake is.

Owns the weighted edit distance of two words and of two names. Called by `judging.py` for the few names that a plain edit
distance (rapidfuzz) has let through. Pure; bounded by the length of the words.

Mistakes are weighed word by word, because most of what separates one article from another is a single word ("Gary
Cooper" and "Ray Cooper"). What fingers and ears do is cheap: neighbours swapped, a letter doubled or halved, a vowel for a vowel, a
letter for one that sounds alike or lies beside it. Any other letter in place of the right one is dear, for that is how
names differ ("Martin" and "Marvin"), and so is a wrong first letter. A word may cost:

* up to 3 letters, or with a digit, or in a script of syllables or ideographs: nothing;
* 4 and 5 letters: two neighbours swapped, or one letter more or less, but no wrong letter ("Maine" is not "Maize");
* 6 to 9 letters: 1, which is one common mistake; when it is the whole name 1.6, from 8 letters 1.9; 10 letters and more: 2;
  a whole name never more than 2, so a wrong first letter that sounds otherwise is too much for one of up to 9.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from rapidfuzz.distance import OSA

COST_LIMIT = 2.0
"""Most that the mistakes of a whole name may cost."""
JOINED_LIMIT = 1.0
"""Most they may cost where the words are divided differently ("Spyder man")."""
CELLS = 256
"""Most letters by letters that are weighed (a tenth of a millisecond); what differs over more is counted plainly."""

_SWAPPED = 0.6
_DOUBLED = 0.5
_VOWEL_FOR_VOWEL = 0.6
_SOUNDS_ALIKE = 0.6
_NEIGHBOUR_KEY = 0.9
_SILENT = 0.6
_VOWEL = 0.8
_CLUSTERED = 0.8
"""What a consonant beside another costs: people pass over it ("goverment")."""
_LETTER = 1.0
_WRONG_LETTER = 1.6
_FIRST_LETTER = 1.0
_FIRST_LIKELY = 0.4
"""What a mistake of the first letter costs more; and when it is one of ears or fingers: a swap, or a letter alike."""

Place = Literal["alone", "first", "last"]
"""Where a word stands: it is the whole name, or others follow it, or it is the last of several."""

_SAME_CONSONANTS = 0.7
"""What it costs, of the whole, when all consonants are there: vowels are what people misspell."""

_VOWELS = frozenset("aeiouy")
_VOWEL_RUNS = re.compile("[aeiouy]+")
_REPEATED = re.compile(r"(.)\1+")
_ALIKE = frozenset(
    pair
    for letters in ("ck", "cs", "sz", "kq", "gj", "vw", "fv", "xz", "cz", "ij", "mn", "dt", "bp", "gk")
    for pair in (letters, letters[::-1])
)
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = frozenset(pair for row in _ROWS for left, right in pairwise(row) for pair in (left + right, right + left))
_SCRIPTS_WITHOUT_SPELLING = "\u2e80"
"""From here on a character is a syllable or a word (Chinese, Japanese, Korean): one wrong is another word."""

_CONTRASTS = (
    ("hypo", "hyper"),
    ("micro", "macro"),
    ("inter", "intra"),
    ("ante", "anti"),
    ("endo", "ecto"),
    ("ab", "ad"),
    ("im", "em"),
    ("pre", "pro"),
    ("uni", "omni"),
)
"""Beginnings that look alike and mean the opposite, or at least another thing."""


def name_cost(form: Sequence[str], words: Sequence[str]) -> float | None:
    """Return what the mistakes of `form` cost as the name `words`, 0 for none; None when it is not that name misspelt."""
    if len(form) != len(words):
        return _cost_joined(form, words)
    total = 0.0
    last = len(words) - 1
    for place, (written, word) in enumerate(zip(form, words, strict=True)):
        if written == word:
            continue
        found = word_cost(written, word, "first" if place < last else "last" if last else "alone")
        if found is None:
            return None
        total += found
    return total if total <= COST_LIMIT else None


@lru_cache(maxsize=4096)
def word_cost(written: str, word: str, place: Place) -> float | None:
    """Return what the mistakes in one word cost, or None when they are too many to be this word.

    A word with others is most likely part of a person's name, so less is forgiven: what is "alone" may have any one wrong
    letter, and what other words follow ("first") may not have another ending ("Paul" and "Paula", "Julio" and "Julia").
    """
    longer, shorter = max(len(written), len(word)), min(len(written), len(word))
    if shorter < 4 or not (written.isalpha() and word.isalpha()) or max(word) >= _SCRIPTS_WITHOUT_SPELLING:
        return None
    if longer == shorter + 1 and f"{min(written, word, key=len)}s" in (written, word):
        return None  # an s at the end makes a plural, which has a rule of its own
    if shorter <= 5 and (written[0] != word[0] or (len(written) == len(word) and sorted(written) != sorted(word))):
        return None
    edits, allowed = _allowed(longer if shorter > 5 else shorter, place)
    if OSA.distance(written, word, score_cutoff=edits) > edits or _contrast(written, word):
        return None
    found = distance(written, word, wrong_letter=_LETTER if place == "alone" else _WRONG_LETTER)
    if place == "first" and _differ_in_ending(written, word):
        found += _LETTER
    return found if found <= allowed + 1e-9 else None


def _allowed(length: int, place: Place) -> tuple[int, float]:
    """Return how many plain edits a word of this length may be away, and what they may cost."""
    if length <= 5:
        return 1, 1.0
    if length <= 9 and place != "alone":
        return 2, 1.0
    return (2, 1.6) if length <= 7 else (3, 1.9) if length <= 9 else (3, 2.0)


def distance(written: str, word: str, *, wrong_letter: float = _WRONG_LETTER) -> float:
    """Return the weighted distance of two words (optimal string alignment, on what lies between their common ends)."""
    start, end = 0, min(len(written), len(word))
    while start < end and written[start] == word[start]:
        start += 1
    tail = 0
    while tail < end - start and written[-1 - tail] == word[-1 - tail]:
        tail += 1
    # One letter of context on each side, so that a doubled letter is seen as one.
    left = max(0, start - 1)
    after = written[len(written) - tail :][:1]
    a, b = written[left : len(written) - tail], word[left : len(word) - tail]
    if len(a) * len(b) > CELLS:
        return float(OSA.distance(a, b))
    is_first = start == 0
    gaps_a, gaps_b = _gaps(a, after, is_first=is_first), _gaps(b, after, is_first=is_first)
    before: list[float] = []
    row = [0.0]
    for gap in gaps_b:
        row.append(row[-1] + gap)
    for line, letter in enumerate(a):
        current = [row[0] + gaps_a[line]]
        for column, other in enumerate(b):
            same = 0.0 if letter == other else _swap_letter(letter, other, wrong_letter)
            if same and is_first and not line and not column:
                same += _FIRST_LIKELY if same <= _SOUNDS_ALIKE else _FIRST_LETTER
            best = min(row[column] + same, row[column + 1] + gaps_a[line], current[column] + gaps_b[column])
            if line and column and letter == b[column - 1] and other == a[line - 1]:
                best = min(best, before[column - 1] + _SWAPPED + (_FIRST_LIKELY if is_first and line == 1 else 0.0))
            if letter == "f" and b[max(0, column - 1) : column + 1] == "ph":
                best = min(best, row[column - 1] + _SOUNDS_ALIKE)
            if other == "f" and a[max(0, line - 1) : line + 1] == "ph":
                best = min(best, before[column] + _SOUNDS_ALIKE)
            current.append(best)
        before, row = row, current
    return row[-1] * (_SAME_CONSONANTS if _consonants(written) == _consonants(word) else 1.0)


@lru_cache(maxsize=4096)
def _consonants(word: str) -> str:
    """Return the consonants of a word, doubled ones once."""
    return _REPEATED.sub(r"\1", _VOWEL_RUNS.sub("", word))


def _contrast(written: str, word: str) -> bool:
    """Say whether the beginnings make two words of them: another of a pair, or one more ("symmetry", "asymmetry")."""
    if written.endswith(word) or word.endswith(written):
        return True
    return any(
        (written.startswith(one) and word.startswith(other)) or (written.startswith(other) and word.startswith(one))
        for one, other in _CONTRASTS
    )


def _differ_in_ending(written: str, word: str) -> bool:
    """Say whether only the last letter differs, or one has a vowel more at its end."""
    long, short = (written, word) if len(written) > len(word) else (word, written)
    return written[:-1] == word[:-1] or (long[:-1] == short and long[-1] in "aeio")


def _gaps(letters: str, after: str, *, is_first: bool) -> list[float]:
    """Return for each letter what it costs to leave it out, or to add it."""
    costs = []
    for place, letter in enumerate(letters):
        if letter == (letters[place + 1 : place + 2] or after) or (place and letter == letters[place - 1]):
            costs.append(_DOUBLED)
        elif letter == "h":
            costs.append(_SILENT)
        elif letter in _VOWELS:
            costs.append(_VOWEL)
        else:
            beside = letters[max(0, place - 1) : place] + (letters[place + 1 : place + 2] or after)
            costs.append(_LETTER if _VOWELS.issuperset(beside) else _CLUSTERED)
    if costs and is_first:
        costs[0] += _FIRST_LETTER
    return costs


def _swap_letter(letter: str, other: str, wrong_letter: float) -> float:
    """Return what it costs to write one letter for the other."""
    if letter in _VOWELS and other in _VOWELS:
        return _VOWEL_FOR_VOWEL
    if letter + other in _ALIKE:
        return _SOUNDS_ALIKE
    return _NEIGHBOUR_KEY if letter + other in _BESIDE else wrong_letter


def _cost_joined(form: Sequence[str], words: Sequence[str]) -> float | None:
    # A word more or less is another name ("George H. W. Bush"), so the short words must be the same ones.
    if abs(len(form) - len(words)) > 1 or _short_words(form) != _short_words(words):
        return None
    found = word_cost("".join(form), "".join(words), "last")
    return None if found is None or found > JOINED_LIMIT else found


def _short_words(words: Sequence[str]) -> list[str]:
    return sorted(word for word in words if len(word) <= 2 or not word.isalpha())
