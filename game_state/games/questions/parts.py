"""Twenty, each part of a question by itself: a place, a time, a kind, other words. None: the record does not tell.

Precision first: a "no" needs a reason as good as a "yes" (a person is no city; a thing of one country is of no other that its
record does not name). Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from article_data.language.words import word_set
from game_state.games.questions.dating import LIFE, MARGIN, NATURAL
from game_state.games.questions.kinds import OBJECTS, Named, kinds, singulars
from game_state.games.questions.places import CONTINENT_IDS, atlas
from game_state.games.questions.record import Record
from game_state.games.questions.times import Asked, Span
from game_state.games.questions.words import BORN, DEAD, MADE

Where = Literal["name", "had", "any"]

_NATURE_AGE: Final = 3000
"""Years that everything natural is older than."""
_SHORTEST_STEM: Final = 4
# Trades that a record always tells of; others ("writer", "teacher") many had beside what they are known for.
_TELLING_TRADES: Final = word_set(
    "performer actor singer athlete footballer othersport ruler president religious painter composer explorer"
    " scientist director physicist chemist minister"
)
# Kinds of which a record that names one names all: a tomb that were a bridge too would be called one.
_TELLING: Final = frozenset({"structure", "vehicle", "work", "event", "pastime"})
# Words that say too little by themselves to be looked for.
_VAGUE: Final = word_set(
    """
    move go went make see saw get got take took give gave look work help body time people big small large long short good great new
    old first last largest biggest smallest highest tallest longest world name group side hand day year way end line head
    """
)
_PRIZE: Final = word_set(
    """
    award awarded prize prizes laureate laureates preis premio premios prix
    """
)
_WIN: Final = word_set("win won winner winners wins get got receive received gewonnen gano gagne vinto ganhou")


def in_half(record: Record, half: str) -> bool | None:
    """Say whether it is in the northern ("N") or southern ("S") half of the Earth."""
    if record.coordinates is not None and abs(record.coordinates[0]) > 0.5 and record.is_kind("country") is not True:
        return (record.coordinates[0] > 0) == (half == "N")
    lines = [atlas().line(home) for home in record.nearest | record.itself]
    halves = {atlas().half[place] for line in lines for place in line if place in atlas().half}
    return halves == {half} if len(halves) == 1 and "-" not in halves else None


def in_place(record: Record, asked: str, folded: str) -> bool | None:
    """Say whether it is in, of or from a place."""
    places = atlas()
    if record.is_kind("heavenly") or record.is_kind("element"):
        return False if record.is_kind("heavenly") else None
    if record.is_person and DEAD.search(folded):
        return None
    evidence = record.nearest | record.origins
    if record.is_person and BORN.search(folded):
        evidence = record.origins
    inside = [places.inside(home, asked) for home in evidence]
    if any(inside):
        return True
    if not evidence or not all(one is False for one in inside):
        return None
    is_fixed = any(record.is_kind(kind) for kind in ("structure", "territory"))
    if is_fixed or (record.is_kind("place") and asked in CONTINENT_IDS):
        return False
    if record.is_person and not record.homes and not BORN.search(folded):
        return None
    parts = places.parts.get(asked, (asked,))
    return None if any(part in record.mentions for part in parts) else False


def in_time(record: Record, asked: Asked, folded: str) -> bool | None:
    """Say whether it was in the time asked for."""
    times, span = record.times, asked.span
    if record.is_person:
        return _lived(record, asked, folded)
    if BORN.search(folded):
        return None  # asked of a person, and it is none
    if any(record.is_kind(kind) for kind in NATURAL):
        if MADE.search(folded) and not re.search(r"\b(?:discovered|found|start\w*|beg[ia]n)\b", folded):
            return False
        is_old = asked.how in ("older", "before") and span.end > 2000 - _NATURE_AGE
        return True if is_old else False if asked.how == "younger" and span.start > 0 else None
    if times.made is not None:
        if span.start <= times.made.start and times.made.end <= span.end:
            return True
        margin = MARGIN if record.is_kind("event") and asked.how == "in" else 0
        if not Span(times.made.start - margin, times.made.end + margin).touches(span):
            return False
        if not times.made.touches(span):
            return None  # the record may tell only when it began
        return True if asked.how == "in" and record.is_kind("event") else None
    named = sorted(times.active)
    if asked.how in ("before", "older") and len(named) > 1 and named[1].end <= span.end:
        return True
    if record.is_kind("event") and len(named) > 1 and all(one.touches(span) for one in named):
        return True
    return None


def _lived(record: Record, asked: Asked, folded: str) -> bool | None:
    times, span = record.times, asked.span
    if asked.how in ("older", "younger"):
        return None
    moment = times.born if BORN.search(folded) else times.died if DEAD.search(folded) else None
    if BORN.search(folded) or DEAD.search(folded):
        if moment is not None:
            return span.start <= moment <= span.end
        born = times.born or times.died
        return False if born is not None and (born < span.start - LIFE or born > span.end + LIFE) else None
    first = times.born if times.born is not None else min((one.start for one in times.active), default=None)
    last = times.died if times.died is not None else max((one.end for one in times.active), default=None)
    if first is None or last is None:
        return None
    if span.start <= last and first <= span.end and (asked.how == "in" or times.born is not None):
        return True
    if span.end < first - (0 if times.born is not None else LIFE):
        return False
    if span.start > (
        last + (0 if times.died is not None else LIFE) if times.born is None or times.died else times.born + LIFE
    ):
        return False
    return None


def of_kind(record: Record, named: Named) -> bool | None:
    """Say whether it is what a word names: a kind, or something of a kind."""
    if named.kind == "thing":
        if record.is_person or record.is_kind("place") or record.is_kind("animal"):
            return False if record.is_person or record.is_kind("place") else None
        return True if any(record.is_kind(kind) for kind in OBJECTS) else None
    if named.kind == "animate":
        return any(record.is_kind(kind) for kind in ("person", "animal", "plant", "fungus")) or (
            False if record.kinds else None
        )
    is_kind = record.is_kind(named.kind)
    tree = kinds()
    if not named.whole:
        if named.word in record.members:
            return True
        if is_kind is not False:
            others = {word for word in record.members if word != named.word}
            fellows = [tree.find(word, record.language) for word in others]
            rivals = [one for one in fellows if one is not None and one.kind == named.kind and not one.whole]
            return False if rivals and named.kind not in tree.overlapping and named.word not in record.words else None
    if is_kind is None and named.kind in _TELLING_TRADES and record.is_person:
        trades = [kind for kind in record.kinds if kind != "person"]
        if trades and not _spoken_of(record, named.kind):
            return False
    if (
        is_kind is None
        and (group := next((kind for kind in tree.line(named.kind)[1:] if kind in _TELLING), None)) is not None
    ):
        nearer = [kind for kind in record.kinds if group in tree.line(kind)[1:]]
        if nearer and not _spoken_of(record, named.kind) and not any(kind in tree.line(named.kind) for kind in nearer):
            return False
    return is_kind


def _spoken_of(record: Record, kind: str) -> bool:
    """Say whether any word of the record names the kind or something of it."""
    found = (kinds().find(word, record.language) for word in record.words)
    return any(one is not None and kind in kinds().line(one.kind) for one in found)


def looked_up(record: Record, left: Sequence[str], language: str, *, where: Where) -> bool | None:
    """Say yes where one sentence about it has all the words; never no.

    "name": among the words that say what it is; "had": also as something that it has; "any": in any sentence.
    """
    if all(word in _VAGUE for word in left):
        return None
    sentences = (
        record.names if where == "name" else (*record.names, *record.having) if where == "had" else record.sentences
    )
    for sentence in sentences:
        if all(any(_same(word, other, language) for other in sentence) for word in left):
            return True
    return None


def _same(one: str, other: str, language: str) -> bool:
    if one == other or (one in _PRIZE | _WIN and other in (_PRIZE if one in _PRIZE else _PRIZE | _WIN)):
        return True
    if one[:2] != other[:2] or one.isdecimal() or other.isdecimal():
        return False
    if not {*singulars(one, language)}.isdisjoint(singulars(other, language)):
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST_STEM and long.startswith(short) and len(long) - len(short) <= 2
