"""The answer judge: does this guess name that article, nearly, or not at all?

Owns the verdict and the rules of spelling mistakes. Pure, bounded in cost, never raises, and never says a word of the
answer: `Verdict.reason` is for logs and tests. Called by the games; how names are made comparable is in `naming.py`.

Spelling mistakes are forgiven word by word, because most of what separates one article from another is a single word
("Gary Cooper" and "Ray Cooper", "Henry I" and "Henry II"):

* the first letter must be right, and numbers and words of up to 3 letters are never forgiven;
* 4 and 5 letters: two neighbours swapped, or one letter more or less, but no wrong letter ("Maine" is not "Maize");
* 6 to 9 letters: one mistake; 10 letters and more: two; never more than two in a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

import msgspec
from rapidfuzz.distance import OSA

from article_data.judge.openers import NEGATIONS, candidates
from article_data.naming import FOREIGN_ARTICLES, fold, split_bracket, words_of, words_of_folded

ALIAS_LIMIT = 200
"""Most aliases looked at for one article."""
MISTAKES_IN_NAME = 2
"""Most spelling mistakes forgiven in a whole name."""

Words = tuple[str, ...]


class Verdict(msgspec.Struct, frozen=True):
    """What the judge says of one guess."""

    kind: Literal["accept", "close", "reject"]
    reason: str
    """One low-cardinality word: "exact", "alias", "plural", "typo", "near", "word", "contains", "other", "empty"."""


class _Name(msgspec.Struct, frozen=True):
    """One name of the article, ready to be compared."""

    words: Words
    joined: str
    alias: bool
    plural: bool
    """A final s may be added or left out."""


class _Sheet(msgspec.Struct, frozen=True):
    """All names of one article; made once and kept for the guesses of its round."""

    exact: dict[str, str]
    """Joined words to the reason of accepting them."""
    names: tuple[_Name, ...]
    raw: frozenset[str]
    """Titles without letters and digits ("!!!"), compared as they are."""


def judge(guess: str, title: str, aliases: Sequence[str]) -> Verdict:
    """Judge `guess` against the names of one article.

    Only the first 200 characters of the guess count. "close" means a near miss (a mistake too many, one telling word of
    the title, or the name among other words); it is meant to be said to the player and gives nothing of the name away.
    """
    sheet = _sheet(title, tuple(aliases[:ALIAS_LIMIT]))
    if guess.strip() in sheet.raw:
        return Verdict("accept", "exact")
    forms = tuple(words_of_folded(text) for text in candidates(fold(guess)))
    forms = tuple(form for form in forms if form)
    if not forms:
        return Verdict("reject", "empty")
    for form in forms:
        reason = sheet.exact.get("".join(form)) or _without_article(form, sheet)
        if reason is not None:
            return Verdict("accept", reason)
    for form in forms:
        for name in sheet.names:
            if name.plural and _plural(form, name.words):
                return Verdict("accept", "plural")
            if _mistakes(form, name) <= MISTAKES_IN_NAME:
                return Verdict("accept", "typo")
    if forms[-1][0] in NEGATIONS and all(name.words[0] != forms[-1][0] for name in sheet.names):
        return Verdict("reject", "other")
    return _near(forms, sheet)


@lru_cache(maxsize=128)
def _sheet(title: str, aliases: tuple[str, ...]) -> _Sheet:
    bare, bracket = split_bracket(title)
    bare_words = words_of(bare)
    exact: dict[str, str] = {}
    names: list[_Name] = []

    def add(words: Words, reason: str, *, plural: bool) -> None:
        joined = "".join(words)
        if joined and joined not in exact:
            exact[joined] = reason
            names.append(_Name(words=words, joined=joined, alias=reason == "alias", plural=plural))

    # A title with a bracket has namesakes, and a capital at the end makes a proper name: there an s is another
    # article ("Alien" and "Aliens", "Rolling Stone" and "The Rolling Stones").
    last = bare.split()[-1:]
    add(bare_words, "exact", plural=not bracket and (len(bare_words) == 1 or bool(last and last[0][:1].islower())))
    if bracket:
        add(words_of(f"{bare} {bracket}"), "exact", plural=False)
        add(words_of(f"{bracket} {bare}"), "exact", plural=False)
    for alias in aliases:
        add(words_of(split_bracket(alias)[0]), "alias", plural=False)
        add(words_of(alias), "alias", plural=False)
    raw = frozenset(text.strip() for text in (title, *aliases) if text.strip() and not words_of(text))
    return _Sheet(exact=exact, names=tuple(names), raw=raw)


def _without_article(form: Words, sheet: _Sheet) -> str | None:
    if len(form) > 1 and form[0] in FOREIGN_ARTICLES:
        return sheet.exact.get("".join(form[1:]))
    return None


def _plural(form: Words, words: Words) -> bool:
    """Say whether the two differ by a plural ending of their last words alone."""
    if len(form) != len(words) or form[:-1] != words[:-1]:
        return False
    short, long = sorted((form[-1], words[-1]), key=len)
    if len(short) < 3 or not long.endswith("s"):
        return False
    return long in {f"{short}s", f"{short}es"} or (short[-1] == "y" and long == f"{short[:-1]}ies")


def _mistakes(form: Words, name: _Name) -> int:
    """Count the spelling mistakes of `form` as `name`; more than MISTAKES_IN_NAME when it is not that name misspelt."""
    refused = MISTAKES_IN_NAME + 1
    if len(form) != len(name.words):
        return _mistakes_joined(form, name)
    total = 0
    for written, word in zip(form, name.words, strict=True):
        if written == word:
            continue
        found = _mistakes_in_word(written, word)
        if found is None:
            return refused
        total += found
    return total


def _mistakes_joined(form: Words, name: _Name) -> int:
    """Count as `_mistakes`, where a space too many or too few divides the words differently ("Spyder man")."""
    refused = MISTAKES_IN_NAME + 1
    # A word more or less is another name ("George H. W. Bush"), so the short words must be the same ones.
    if abs(len(form) - len(name.words)) > 1 or _short_words(form) != _short_words(name.words):
        return refused
    found = _mistakes_in_word("".join(form), name.joined)
    return refused if found is None or found > 1 else found


def _short_words(words: Words) -> list[str]:
    return sorted(word for word in words if len(word) <= 2 or not word.isalpha())


def _mistakes_in_word(written: str, word: str) -> int | None:
    """Count the mistakes in one word, or None when they are too many to be this word."""
    longer, shorter = max(len(written), len(word)), min(len(written), len(word))
    if shorter < 4 or written[0] != word[0] or not (written.isalpha() and word.isalpha()):
        return None
    if longer == shorter + 1 and f"{min(written, word, key=len)}s" in (written, word):
        return None  # an s at the end is `_plural`'s to judge
    allowed = 1 if longer < 10 else 2
    found = OSA.distance(written, word, score_cutoff=allowed)
    if found > allowed:
        return None
    if shorter <= 5 and len(written) == len(word) and sorted(written) != sorted(word):
        return None
    return found


def _near(forms: Sequence[Words], sheet: _Sheet) -> Verdict:
    """Tell a near miss from a miss."""
    for form in forms:
        joined = "".join(form)
        for name in sheet.names:
            size = len(name.joined)
            allowed = min(4, min(len(joined), size) // 4)
            if (
                allowed
                and abs(len(joined) - size) <= allowed
                and OSA.distance(joined, name.joined, score_cutoff=allowed) <= allowed
            ):
                return Verdict("close", "near")
    shortest = forms[-1]
    spaced = f" {' '.join(shortest)} "
    for name in sheet.names:
        # Long sentences are talk between the players, not near misses.
        if len(shortest) > len(name.words) + 3:
            continue
        if len(name.joined) >= 4 and f" {' '.join(name.words)} " in spaced:
            return Verdict("close", "contains")
        if not name.alias and len(name.words) > 1 and any(_telling(word, shortest) for word in name.words):
            return Verdict("close", "word")
    return Verdict("reject", "other")


_COMMON = frozenset(
    [
        "list",
        "with",
        "from",
        "over",
        "under",
        "into",
        "that",
        "this",
        "what",
        "when",
        "where",
        "your",
        "their",
        "history",
        "part",
        "world",
    ]
)


def _telling(word: str, form: Words) -> bool:
    """Say whether `word` of the title says something by itself and stands, perhaps misspelt, in the guess."""
    if len(word) < 4 or not word.isalpha() or word in _COMMON:
        return False
    return any(written == word or _mistakes_in_word(written, word) is not None for written in form)
