"""Twenty, when: the years that a text names, and the stretch of time that a question asks for.

Owns reading years, decades and centuries, in six languages. Pure. Years are astronomical enough for a game: 46 BC is -46.
"""

from __future__ import annotations

import re
from typing import Final, Literal

import msgspec

FIRST: Final = -100_000
LAST: Final = 100_000
_ORDINALS: Final = {
    word: number
    for number, word in enumerate(
        """
        first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth
        seventeenth eighteenth nineteenth twentieth
        """.split(),  # noqa: SIM905 - a list of words reads better than a list of strings
        start=1,
    )
} | {"twenty first": 21, "21st": 21, "last": 20}
_ROMAN: Final = {
    roman: number
    for number, roman in enumerate(
        "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi".split(),  # noqa: SIM905 - see above
        start=1,
    )
}
_CENTURY: Final = r"(?:century|centuries|jahrhunderts?|jh|siglo|siecle|secolo|seculo)"
_BC: Final = r"(?:bc|bce|b c|before christ|v chr|vor christus|a c|antes de cristo|av j c|avant j c|avanti cristo)"
_YEAR: Final = re.compile(
    rf"\b(?P<c1>\d{{1,2}}|{'|'.join(_ORDINALS)})(?:st|nd|rd|th|e|eme|o)? {_CENTURY}\b(?: (?P<bc1>{_BC})\b)?"
    rf"|\b{_CENTURY} (?P<c2>[ivx]+|\d{{1,2}})\b(?: (?P<bc2>{_BC})\b)?"
    rf"|\b(?P<c3>[ivx]+)e? (?:siecle|secolo)\b"
    rf"|\b(?P<bcy>\d{{1,4}}) {_BC}\b"
    r"|\b(?P<decade>1\d\d0|20\d0)(?:s|er)\b"
    r"|\b(?:ad |year |jahr |ano |an |annee |anno )?(?P<year>1\d{3}|20\d{2})\b(?! (?:years|metres|meters|metre|km"
    r"|kilomet|kilo|people"
    r"|feet|miles|men|tons|tonnes|jahre|anos|ans|anni|meter|m\b))"
    r"|\b(?:ad|year|jahr|ano|annee|anno) (?P<early>\d{1,3})\b"
)


class Span(msgspec.Struct, frozen=True, order=True):
    """From a year to a year, both included."""

    start: int
    end: int

    def touches(self, other: Span) -> bool:
        """Say whether they share a year."""
        return self.start <= other.end and other.start <= self.end


class Asked(msgspec.Struct, frozen=True):
    """A stretch of time that a question asks for."""

    how: Literal["before", "after", "in", "older", "younger"]
    """"before" and "older" ask for the years up to `year`; "after" and "younger" for those from it; "in" for `span`."""
    span: Span


def spans(folded: str) -> list[tuple[int, Span]]:
    """Return the times that a folded text names, each with its place in it."""
    found = []
    for match in _YEAR.finditer(folded):
        span = _span(match)
        if span is not None:
            found.append((match.start(), span))
    return found


def _span(match: re.Match[str]) -> Span | None:
    century = match["c1"] or match["c2"] or match["c3"]
    if century is not None:
        number = _ORDINALS.get(century) or _ROMAN.get(century) or (int(century) if century.isdecimal() else 0)
        if not number:
            return None
        if match["bc1"] or match["bc2"]:
            return Span(-100 * number, -100 * number + 99)
        return Span(100 * number - 99, 100 * number)
    if match["bcy"]:
        return Span(-int(match["bcy"]), -int(match["bcy"]))
    if match["decade"]:
        return Span(int(match["decade"]), int(match["decade"]) + 9)
    year = int(match["year"] or match["early"])
    return Span(year, year)


_BEFORE: Final = re.compile(
    r"\b(?:before|earlier than|prior to|older than|until|vor dem jahr|vor|alter als|antes de|antes del|anterior a"
    r"|avant|prima del"
    r"|prima di|antes do|antes da)(?: the)?(?: year)?(?: el| l| il| o)? ?$"
)
_AFTER: Final = re.compile(
    r"\b(?:after|since|later than|newer than|younger than|nach dem jahr|nach|seit|despues de|despues del"
    r"|apres|depuis|dopo il"
    r"|dopo|depois de|depois do)(?: the)?(?: year)?(?: el| l| il| o)? ?$"
)
_AGE: Final = re.compile(
    r"\b(?:(?P<old>older than|more than|over|at least|alter als|mas de|plus de|piu di|mais de|mais velho que|plus"
    r" vieux que)"
    r"|(?P<young>younger than|newer than|less than|under|junger als|menos de|moins de|meno di))"
    r"(?: a| about)? (?P<n>[\d ]+|hundred|thousand|century|einhundert|cent|cien|cem|mille|mil|cento)(?:"
    r" (?P<k>thousand|hundred|million))?"
    r" ?(?:years?|jahre?n?|anos|ans|anni|century)\b(?: old| alt| ago)?"
)
_AGO: Final = re.compile(r"\b(?:in|within|during) the (?:last|past) (?P<n>\d+) years\b")
_NUMBERS: Final = {
    "hundred": 100, "thousand": 1000, "century": 100, "einhundert": 100, "cent": 100, "cien": 100, "cem": 100, "mille": 1000,
    "mil": 1000, "cento": 100, "million": 1_000_000,
}  # fmt: skip
_AGES: Final = (
    (re.compile(r"\b(?:in |from )?(?:the )?(?:middle ages|medieval(?: times)?|mittelalter|edad media|moyen age"
        r"|medioevo|idade media)\b"),
     Span(500, 1450)),
    (re.compile(r"\b(?:in |from )?(?:antiquity|ancient times|the ancient world|antike|antiguedad|antiquite)\b"), Span(-3000, 500)),
    (re.compile(rf"\b{_BC}\b"), Span(FIRST, -1)),
)  # fmt: skip


def asked_time(folded: str, year: int) -> tuple[Asked, str] | None:
    """Return the time that a folded question asks for and the question without it; None where it asks for none."""
    age = _AGE.search(folded)
    if age is not None:
        number = age["n"].replace(" ", "")
        years = int(number) if number.isdecimal() else _NUMBERS.get(number, 0)
        then = year - years * _NUMBERS.get(age["k"] or "", 1)
        asked = Asked("older", Span(FIRST, then)) if age["old"] else Asked("younger", Span(then, LAST))
        return (asked, _without(folded, age.start(), age.end())) if years else None
    ago = _AGO.search(folded)
    if ago is not None:
        return Asked("younger", Span(year - int(ago["n"]), LAST)), _without(folded, ago.start(), ago.end())
    match = _YEAR.search(folded)
    span = _span(match) if match is not None else None
    if match is not None and span is not None:
        ahead = folded[: match.start()]
        if (word := _BEFORE.search(ahead)) is not None:
            return Asked("before", Span(FIRST, span.start - 1)), _without(folded, word.start(), match.end())
        if (word := _AFTER.search(ahead)) is not None:
            return Asked("after", Span(span.end + (span.end > span.start), LAST)), _without(
                folded, word.start(), match.end()
            )
        further = list(spans(folded[match.end() :]))
        if further and re.search(r"\b(?:between|zwischen|entre|tra|fra)\b", ahead):
            return Asked("in", Span(span.start, further[0][1].end)), ""
        return Asked("in", span), _without(folded, match.start(), match.end())
    for pattern, long in _AGES:
        if (found := pattern.search(folded)) is not None:
            return Asked("in", long), _without(folded, found.start(), found.end())
    return None


def _without(text: str, start: int, end: int) -> str:
    return f"{text[:start]} {text[end:]}"
