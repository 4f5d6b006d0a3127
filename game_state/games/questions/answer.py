"""Twenty, a question's answer: yes, no, or "can't tell", from the record alone.

Owns taking a question apart. Each part - a size, a time, a trait, a place, a kind, other words - is answered by itself; one
"no" makes it no, and only where every part is yes it is yes. So what is not understood never makes a yes. Pure, never raises.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

import msgspec

from article_data.article import Article
from article_data.language.head_tables import GRAMMARS
from game_state.games.questions.kinds import kinds
from game_state.games.questions.parts import Where, in_half, in_place, in_time, looked_up, of_kind
from game_state.games.questions.places import HALVES, atlas
from game_state.games.questions.record import Record, read
from game_state.games.questions.sentences import tokens
from game_state.games.questions.sizes import compared
from game_state.games.questions.times import asked_time
from game_state.games.questions.traits import trait
from game_state.games.questions.words import (
    ALIVE,
    ASKING,
    BORN,
    DEAD,
    FILLERS,
    MADE,
    MAN,
    SPEAK,
    TAGS,
    WOMAN,
    Asking,
)

LONGEST: Final = 160
"""Characters of a question that are read."""
_KIND_OF: Final = re.compile(
    r"^(?:an? |the |some |eine? |une? |una |um |uma )?(?:kind|type|sort|form|species|example|art|tipo|clase|type"
    r"|sorte|espece|espece)s?"
    r" (?:of|von|de|di|d)(?: an?)? "
)


_HAVE: Final = re.compile(
    r"\b(?:ha(?:s|ve|d)|contains?|are there|is there|hat|haben|gibt es|tiene|hay|a t il|a t elle|ha|hanno|tem)\b"
)
_ADJECTIVES: Final = ("an", "ish", "ist", "ese", "ic", "al", "isch")
"""Ends of words that say of what sort something is, with a capital or not: "Roman"."""
_MOST_OF_LIFE: Final = 3
"""Words of a question that asks for nothing but life and death."""
_MOST_ADJECTIVES: Final = 2
"""Words that may stand before "man": "a famous man", not "named after a man"."""
_SMALL: Final = frozenset({"of", "the", "de", "la", "von", "van", "der", "and", "da", "di", "du", "del", "le"})


class Answer(msgspec.Struct, frozen=True):
    """What the record says to a question."""

    kind: Literal["yes", "no", "unknown", "not_a_question"]
    reason: str = ""
    """One low-cardinality word: "kind", "place", "time", "size", "trait", "words"; of unknown also "or"; of no question "name"."""


class _Parts:
    """The parts' answers so far."""

    def __init__(self) -> None:
        self.found: list[tuple[bool | None, str]] = []

    def add(self, value: bool | None, reason: str) -> None:
        self.found.append((value, reason))

    def soften(self) -> None:
        """Take back what was said of place and time: the question asks where or when something else was, "did he win in 1900?"."""
        self.found = [(None if reason in ("place", "time") else value, reason) for value, reason in self.found]

    def answer(self) -> Answer:
        for value, reason in self.found:
            if value is False:
                return Answer("no", reason)
        for value, reason in self.found:
            if value is None:
                return Answer("unknown", reason)
        return Answer("yes", self.found[0][1])


def answer(question: str, article: Article, language: str, year: int) -> Answer:
    """Answer a question in `language` ("de", "pt-br") about the article, in the year `year`."""
    language = language.partition("-")[0]
    asking = ASKING.get(language, ASKING["en"])
    text = question.strip()[:LONGEST]
    folded = " ".join(tokens(text))
    folded = TAGS.sub("", FILLERS.sub("", folded))
    is_asked = text.rstrip().endswith(("?", "\uff1f"))
    opening = asking.opening.match(folded)
    doing = asking.doing.match(folded)
    if not (is_asked or opening or doing) or not folded:
        return Answer("not_a_question")
    if not is_asked and language in ("it", "pt") and folded.startswith(("e ", "o ", "a ", "si ", "se ")):
        return Answer("not_a_question")
    is_what = opening is not None or doing is None
    rest = folded[opening.end() if opening else doing.end() if doing else 0 :].strip()
    if _is_name(text, rest, opening, asking, language):
        return Answer("not_a_question", "name")
    record = read(article)
    choices = [part for part in re.split(rf"\b(?:{'|'.join(sorted(asking.either))})\b", rest) if part.strip()]
    if len(choices) > 1:
        answers = [_whole(part.strip(), folded, record, asking, language, year, is_what=is_what) for part in choices]
        if all(one is not None and one.kind == "no" for one in answers):
            return Answer("no", "kind")
        return Answer("unknown", "or")
    found = _whole(rest, folded, record, asking, language, year, is_what=is_what)
    return Answer("not_a_question") if found is None else found


def _is_name(text: str, rest: str, opening: re.Match[str] | None, asking: Asking, language: str) -> bool:
    """Say whether a question asks for a name: "is it Madonna?", "is it paris?"."""
    if opening is None or not rest or opening.group().split()[-1] in asking.articles - {"the"}:
        return False
    words = rest.split()
    spots = atlas().spots(words)
    if spots:
        place = spots[0]
        is_whole = (place.start, place.end) == (0, len(words))
        return is_whole and (place.place.startswith("city:") or atlas().is_name("_".join(words)))
    written = re.findall(r"[^\W\d_][^\s?!.,]*", text)
    named = written[-len(words) :]
    if len(written) <= len(words) or kinds().find(rest, language) is not None or rest.endswith(_ADJECTIVES):
        return False
    return named[0][:1].isupper() and all(word[:1].isupper() or word in _SMALL for word in named)


def _whole(
    rest: str, folded: str, record: Record, asking: Asking, language: str, year: int, *, is_what: bool
) -> Answer | None:
    """Answer a question without its beginning; None where nothing is asked."""
    parts = _Parts()
    if (size := compared(record, rest)) is not None:
        parts.add(size[0], "size")
        rest = size[1]
    if (when := asked_time(rest, year)) is not None:
        parts.add(in_time(record, when[0], folded), "time")
        rest = DEAD.sub(" ", MADE.sub(" ", BORN.sub(" ", when[1])))
    rest = _people(record, rest, folded, parts, asking, is_what=is_what)
    if (half := HALVES.search(rest)) is not None:
        parts.add(in_half(record, "N" if half["north"] else "S"), "place")
        rest = f"{rest[: half.start()]} {rest[half.end() :]}"
    words = rest.split()
    if not kinds().find(" ".join(word for word in words if word not in asking.articles), language) or not is_what:
        source = folded if not parts.found and not is_what else rest
        if (own := trait(record, source)) is not None:
            parts.add(own[0], "trait")
            rest = own[1] if source is rest else _still(own[1], rest)
    words = rest.split()
    if SPEAK.search(folded) is None:
        for spot in reversed(atlas().spots(words)):
            parts.add(in_place(record, spot.place, folded), "place")
            words[spot.start : spot.end] = []
    if is_what:
        words = _kinds(record, words, asking, language, parts)
    left = [word for word in words if word not in asking.little and word not in asking.negations]
    left = [word for word in left if not MADE.fullmatch(word)] or left
    if left:
        parts.soften()
        where: Where = (
            "had" if _HAVE.search(folded) else "name" if is_what and not _is_further(words, language) else "any"
        )
        parts.add(looked_up(record, left, language, where=where), "words")
    return parts.answer() if parts.found else None


def _is_further(words: Sequence[str], language: str) -> bool:
    """Say whether words have a preposition: they tell more than what something is, "made of wood"."""
    grammar = GRAMMARS.get(language)
    return grammar is not None and any(word in grammar.stops for word in words)


def _still(without: str, rest: str) -> str:
    """Return the words of `rest` that are still in the question after a part of it was taken out."""
    kept = without.split()
    return " ".join(word for word in rest.split() if word in kept)


def _people(record: Record, rest: str, folded: str, parts: _Parts, asking: Asking, *, is_what: bool) -> str:
    """Answer what is asked of people alone: man or woman, dead or alive."""
    for pattern, is_female in ((WOMAN, True), (MAN, False)):
        match = pattern.search(rest) if is_what else None
        if match is not None and "man made" not in rest and len(rest[: match.start()].split()) <= _MOST_ADJECTIVES:
            person = record.is_kind("person")
            parts.add(person and (None if record.female is None else record.female == is_female), "kind")
            return f"{rest[: match.start()]} {rest[match.end() :]}"
    if record.is_person and not parts.found and re.search(r"\b(?:thing|being|creature|organism|wesen)\b", rest) is None:
        source = rest if any(word not in asking.little for word in rest.split()) else folded
        for pattern, is_alive in ((DEAD, False), (ALIVE, True)):
            if (match := pattern.search(source)) is not None and len(rest.split()) <= _MOST_OF_LIFE:
                parts.add(None if record.alive is None else record.alive == is_alive, "trait")
                return f"{rest[: match.start()]} {rest[match.end() :]}" if source is rest else ""
    return rest


def _kinds(record: Record, words: list[str], asking: Asking, language: str, parts: _Parts) -> list[str]:
    """Answer the kinds that the question's noun phrase names; returns the words without them."""
    grammar = GRAMMARS.get(language)
    words = _KIND_OF.sub("", " ".join(words)).split()
    end = next((at for at, word in enumerate(words) if grammar and at > 0 and word in grammar.stops), len(words))
    if words and grammar and words[0] in grammar.stops and kinds().find(" ".join(words[:2]), language) is None:
        return words
    for first, last, named in reversed(kinds().named(words, language)):
        if first >= end:
            continue
        parts.add(of_kind(record, named), "kind")
        words[first:last] = []
    return words
