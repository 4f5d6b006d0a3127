"""The answer judge: does this guess name that article, nearly, or not at all?

Owns the verdict and the order of its reasons. Pure, bounded in cost, never raises, and never says a word of the answer:
`Verdict.reason` is for logs and tests. Called by the games. What may be right is in the key (`key.py`), how names are
made comparable in `naming.py`, which mistakes are forgiven in `typos.py`, what is nearly right in `closeness.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec
from rapidfuzz import process
from rapidfuzz.distance import OSA

from article_data.judge.american import american, may_differ
from article_data.judge.closeness import NEAR_EDITS, closeness
from article_data.judge.key import AnswerKey
from article_data.judge.little_words import ANY_ARTICLE
from article_data.judge.openers import candidates, says_no
from article_data.judge.sheet import Match, Sheet, Words, sheet_of
from article_data.judge.short_names import HONORIFICS
from article_data.judge.spellings import has_other_script, latin
from article_data.judge.typos import distance, name_cost
from article_data.naming import NAME_LIMIT, fold, words_of_folded

MATCH_COUNT = 8
"""Names compared letter by letter with a guess, the nearest."""
SHORTEST_AFTER_HONORIFIC = 4
"""Fewest letters of a name that an honorific may be added to ("Sir Isaac Newton", not "Doctor Who" for the WHO)."""
LIKELY = 0.9
"""What a mistake costs at most, in `typos.distance`, that fingers or ears often make."""

LIKELY_IN_SURNAME = 0.7
"""The same for surnames and other made names, of which a letter more or less makes others ("Johnson", "Johnston")."""


class Verdict(msgspec.Struct, frozen=True):
    """What the judge says of one guess."""

    kind: Literal["accept", "close", "reject"]
    reason: str
    """One low-cardinality word: of accepting "exact", "alias", "plural", "order", "words", "typo"; of close "general",
    "near", "word", "contains"; of rejecting "empty", "neighbour", "no", "other"."""


def judge(guess: str, key: AnswerKey) -> Verdict:
    """Judge `guess` against one article's key.

    Only the first 200 characters of the guess count. "close" means too general, or nearly right; it is meant to be said
    to the player and gives nothing of the answer away.
    """
    guess = guess[:NAME_LIMIT]
    sheet = sheet_of(key)
    if guess.strip() in sheet.raw:
        return Verdict("accept", "exact")
    forms = _forms(guess, sheet.language)
    if not forms:
        return Verdict("reject", "empty")
    joined = ["".join(form) for form in forms]
    for text in joined:
        reason = sheet.right.get(text)
        if reason is not None:
            return Verdict("accept", reason)
    if not sheet.general.isdisjoint(joined):
        return Verdict("close", "general")
    if not sheet.neighbours.isdisjoint(joined):
        return Verdict("reject", "neighbour")
    spelt: tuple[Words, ...] = ()
    if sheet.language == "en" and may_differ(joined[0]):
        spelt = (american(forms[0]), american(forms[-1]))
        if any("".join(form) in sheet.right for form in spelt):
            return Verdict("accept", "alias")
    for form in forms:
        reason = _loosely(form, sheet)
        if reason is not None:
            return Verdict("accept", reason)
    shortest = forms[-1]
    matches = _matches((forms[0], *_without_article(shortest), *spelt[-1:]), sheet)
    if any(_is_misspelt(match, sheet) for match in matches):
        return Verdict("accept", "typo")
    if says_no(shortest[0], sheet.language) and shortest[0] not in sheet.first_words:
        return Verdict("reject", "no")
    near = closeness(shortest, matches, sheet)
    return Verdict("close", near) if near is not None else Verdict("reject", "other")


def _forms(guess: str, language: str) -> tuple[Words, ...]:
    """Return the ways to read a guess, as comparable words: as written first, without what is around it last."""
    texts = list(candidates(fold(guess), language))
    if "'s" in guess or "\u2019s" in guess:
        texts.insert(1, fold(guess.replace("'s", "").replace("\u2019s", "")))
    if not guess.isascii() and has_other_script(guess):
        texts.insert(1, latin(guess, language))
    forms = dict.fromkeys(words_of_folded(text) for text in dict.fromkeys(texts))
    forms.pop((), None)
    return tuple(forms)


def _loosely(form: Words, sheet: Sheet) -> str | None:
    """Return why a guess is right that has the answer's words with others around them, or in another order."""
    right = sheet.right
    if len(form) > 1:
        rest = "".join(form[1:])
        if rest in right and (
            form[0] in ANY_ARTICLE or (form[0] in HONORIFICS and len(rest) >= SHORTEST_AFTER_HONORIFIC)
        ):
            return "words"
        if not sheet.bracket.isdisjoint(form) and "".join(w for w in form if w not in sheet.bracket) in right:
            return "words"
        telling = tuple(sorted({word for word in form if word not in sheet.little}))
        little = sheet.little.intersection(form)
        if any(little <= other or other <= little for other in sheet.orders.get(telling, ())):
            return "order"
        if len(form) > 2 and any(
            _initials_agree(form[1:-1], middle) for middle in sheet.middles.get((form[0], form[-1], len(form)), ())
        ):
            return "words"
        if len(form) == 3 and _adds_initial(form, sheet):
            return "words"
    elif sheet.language in {"fr", "it"} and form[0][:1] == "l" and form[0][1:] in right:
        return "words"
    return None


def _initials_agree(middle: Words, other: Words) -> bool:
    """Say whether middle names are the same, one of them perhaps by its initial: "F." and "Fitzgerald"."""
    return all(
        one == two or (one[0] == two[0] and 1 in (len(one), len(two)) and one.isalpha() and two.isalpha())
        for one, two in zip(middle, other, strict=True)
    )


def _adds_initial(form: Words, sheet: Sheet) -> bool:
    """Say whether a middle initial is added to a person's first and last name: "Harrison J. Ford".

    That it is a person's is seen by the last name being one of the answer's too.
    """
    first, middle, last = form
    known = last in sheet.right or last in sheet.general
    return len(middle) == 1 and middle.isalpha() and known and first + last in sheet.right


def _without_article(form: Words) -> tuple[Words, ...]:
    """Return the form, and what follows an article of another language that it begins with."""
    return (form, form[1:]) if len(form) > 1 and form[0] in ANY_ARTICLE else (form,)


def _matches(forms: Iterable[Words], sheet: Sheet) -> list[Match]:
    """Return the names that a few edits lead to from any of the forms."""
    found = []
    for form in dict.fromkeys(forms):
        text = "".join(form)
        for name, edits, index in process.extract(
            text, sheet.joined, scorer=OSA.distance, processor=None, score_cutoff=NEAR_EDITS, limit=MATCH_COUNT
        ):
            found.append(Match(form, text, sheet.names[index], name, int(edits)))
    return found


def _is_misspelt(match: Match, sheet: Sheet) -> bool:
    """Say whether a guess is this name misspelt, and strictly nearer to it than to any other title."""
    if match.name in sheet.general or name_cost(match.form, match.words) is None:
        return False
    if match.name in sheet.strict and distance(match.text, match.name) > LIKELY_IN_SURNAME:
        return False
    # A rival with more plain edits than the name is further away, one with fewer is nearer. At a tie the kinds of
    # mistakes decide: it must be a likely one for this name, and less likely for the rival.
    rivals = process.extract(
        match.text, sheet.rivals, scorer=OSA.distance, processor=None, score_cutoff=match.edits, limit=MATCH_COUNT
    )
    if not rivals:
        return True
    own = distance(match.text, match.name)
    return own <= LIKELY * match.edits and all(
        edits == match.edits and own < distance(match.text, rival) for rival, edits, _ in rivals
    )
