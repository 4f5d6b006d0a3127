"""Twenty, when an article's subject was: born, died, made, by its dates and by what its sentences say. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Final

import msgspec

from article_data.article import Article
from game_state.games.questions.sentences import is_about, tokens
from game_state.games.questions.times import Span, spans

BORN_HERE: Final = re.compile(
    r"^(?!his |her |ihr|sein|son |sa |su )(?:\w+ ){1,9}?(?:born|geboren|nee?|nacio|nacid[oa]|nat[oa]|nascid[oa]"
    r"|nacque|nasceu|naquit)\b"
)
_DIED: Final = re.compile(
    r"^(?:he|she|er|sie|il|elle|ele|ela|\w+(?: \w+)?) (?:died|starb|mourut|fallecio|murio|mori|morreu)\b"
)
_MAKING: Final = (
    r"(?:built|made(?= (?:in|by|of|from|between|around|about)\b)|completed|finished|opened|founded|established"
    r"|invented|designed|wrote|written|painted|composed|created|published"
    r"|released|launched|constructed|begun|began|discovered|premiered|gebaut|erbaut|errichtet|gegrundet|erfunden"
    r"|geschrieben|veroffentlicht|gemalt|construid[oa]|fundad[oa]|inventad[oa]|escrit[oa]|publicad[oa]"
    r"|construit[e]?|fonde[e]?"
    r"|invente[e]?|ecrit[e]?|publie[e]?|peint[e]?|costruit[oa]|fondat[oa]|inventat[oa]|scritt[oa]|pubblicat[oa]"
    r"|dipint[oa])\b"
)
MADE_HERE: Final = re.compile(
    rf"\b(?:(?:was|were|wurde|ist|fue|fut|fu|foi) (?:\w+ ){{0,2}}{_MAKING}|{_MAKING} (?:it|them)\b|gave (?:it"
    rf"|them) (?:its|their)\b|wurde\b.*{_MAKING})"
)
_MADE_DATES: Final = re.compile(
    r"found|establish|built|complet|open|launch|release|publi|invent|discover|premier|construct|year"
)
_EVENT_DATES: Final = re.compile(r"^(?:date|start|end|event)")
MARGIN: Final = 10
"""Years before it was made that a thing may be spoken of: plans, orders, protests."""
LIFE: Final = 100
"""Years that nobody lives longer by much."""
_OF_HIS: Final = (
    "his ",
    "her ",
    "sein",
    "ihr",
    "son ",
    "sa ",
    "ses ",
    "su ",
    "sus ",
    "il suo",
    "la sua",
    "seu ",
    "sua ",
)
NATURAL: Final = frozenset(
    {"animal", "plant", "fungus", "microbe", "heavenly", "waters", "relief", "element", "bodypart", "continent"}
)
"""Kinds that nobody made."""


class Times(msgspec.Struct, frozen=True):
    """When it was."""

    born: int | None = None
    died: int | None = None
    made: Span | None = None
    """Made, founded, discovered; for an event, when it happened."""
    active: tuple[Span, ...] = ()
    """Times that sentences about it name."""


BIRTH_DATE = re.compile(r"birth|born|geburt|geboren|naissance|nacimiento|nascita|nascimento")
DEATH_DATE = re.compile(
    r"death|died|\btod|todes|sterb|gestorben|(?<![a-z])mort|annomorte|deces|décès|fallec|muerte|falec"
)
"""Keys of infoboxes, in six languages."""


def times_of(article: Article, definition: str, sentences: Sequence[str], line: Set[str]) -> Times:
    is_person = "person" in line
    born = died = None
    made: list[Span] = []
    for date in article.dates:
        year = int(date.when[:5] if date.when.startswith("-") else date.when[:4])
        if BIRTH_DATE.search(date.name):
            born = year
        elif DEATH_DATE.search(date.name):
            died = year
        elif _MADE_DATES.search(date.name) or _EVENT_DATES.search(date.name):
            made.append(Span(year, year))
    active: list[Span] = []
    for text in dict.fromkeys((*sentences, *article.clues)):
        folded = " ".join(tokens(text))
        named = spans(folded)
        if is_person:
            if (match := BORN_HERE.search(folded)) and born is None and is_about(text, article.title):
                born = next((span.start for place, span in named if place > match.start()), born)
            if (match := _DIED.search(folded)) and died is None and is_about(text, article.title):
                died = next((span.start for place, span in named if place > match.start()), died)
        elif (
            not made
            and line.isdisjoint(NATURAL)
            and is_about(text, article.title)
            and (match := MADE_HERE.search(folded))
        ):
            made.extend(span for place, span in named[:2] if 0 < place - match.start() < 70)
        if not is_person or (is_about(text, article.title) and not folded.startswith(_OF_HIS)):
            active.extend(span for _, span in named)
    if born is not None:
        active = [span for span in active if span.start <= born + LIFE]
    if made and not article.dates and any(one.end < made[0].start - MARGIN for one in active):
        made = []  # it was spoken of before: the sentence tells of something else
    if not made and not is_person:
        named = spans(" ".join(tokens(definition)))
        if named and ("event" in line or len(named) == 2):
            made = [span for _, span in named]
    elif made and "event" in line:
        made = sorted([*made, *(span for _, span in spans(" ".join(tokens(definition))))])
    span = Span(made[0].start, max(one.end for one in made)) if made else None
    return Times(born, died, span, tuple(active))
