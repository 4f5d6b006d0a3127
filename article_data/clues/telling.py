"""Facts of an infobox, told in sentences: "Its capital is Vienna, and its currency is the euro."

Owns the wording of facts. English has its own words for those that say something; other languages get the infobox's
own ("Capital: Vienna."). Called by `making`. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from article_data.article import Fact
from article_data.clues.masking import MASK, Masker
from article_data.clues.shaping import MAX_CHARS, is_long_enough

MAX_TOLD = 2
_MAX_VALUE_CHARS = 100
_MAX_LISTED = 4
_SAYINGS = {
    "its": {
        "capital": "capital is {}",
        "largestcity": "largest city is {}",
        "officiallanguages": "official languages are {}|official language is {}",
        "officiallanguage": "official languages are {}|official language is {}",
        "nationallanguages": "national languages are {}|national language is {}",
        "currency": "currency is the {}",
        "highestpoint": "highest point is {}",
        "highestelevationlocation": "highest point is {}",
        "longestriver": "longest river is {}",
        "largestlake": "largest lake is {}",
        "nationalanthem": "anthem is {}",
        "headquarters": "headquarters are in {}",
        "architect": "architect was {}",
        "parent": "parent is {}",
        "protagonist": "hero is {}",
        "romanequivalent": "Roman equivalent is {}",
    },
    "it": {
        "founder": "was founded by {}",
        "founders": "was founded by {}",
        "author": "was written by {}",
        "writer": "was written by {}",
        "director": "was directed by {}",
        "composer": "was composed by {}",
        "lyricist": "has words by {}",
        "artist": "was made by {}",
        "publisher": "was published by {}",
        "starring": "stars {}",
        "discoveredby": "was discovered by {}",
        "discoverer": "was discovered by {}",
        "inventor": "was invented by {}",
        "designer": "was designed by {}",
        "developer": "was developed by {}",
        "namedafter": "is named after {}",
        "launchsite": "was launched from {}",
        "landingsite": "landed at {}",
        "crewmembers": "carried {}",
        "commander": "was commanded by {}",
    },
    MASK: {
        "birthplace": "was born in {}",
        "deathplace": "died in {}",
        "restingplace": "rests in {}",
        "almamater": "studied at {}",
        "education": "studied at {}",
        "knownfor": "is known for {}",
        "notableworks": "is known for {}",
        "notableideas": "is known for {}",
        "spouse": "was married to {}",
        "partner": "was a companion of {}",
        "children": "had children named {}",
        "doctoraladvisor": "was a doctoral student of {}",
        "coach": "was coached by {}",
        "influences": "was influenced by {}",
        "parents": "is a child of {}",
        "siblings": "is a sibling of {}",
        "abode": "lives on {}",
        "allegiance": "fought for {}",
        "battles": "fought in {}",
        "predecessor": "followed {}",
        "successor": "was followed by {}",
    },
}
_DULL = re.compile(
    r"[\[\]{}<>|=_%#/]|https?:|\b(?:see|left|right|center|centre|bottom|thumb|list|various|many|none|n/a|unknown|present|year|est|yes|no)\b|\d{3,}|\d\)",
    re.IGNORECASE,
)
_WITH_PLACES = ("headquarters", "launchsite", "restingplace", "almamater", "education")
"""Facts whose commas part a place from the larger one it is in."""
_JUNIOR = re.compile(r"\b(Jr|Sr)\Z")
_LISTED = re.compile(r",(?!\s*(?:Jr|Sr|I{1,3}|IV)\b)")
"""What parts a list: not the comma before a name's "Jr."."""
_BRACKET = re.compile(r"\s*\([^()]*\)")


def tell(facts: Sequence[Fact], masker: Masker, *, is_english: bool) -> list[str]:
    """Return up to 2 clues made of an infobox's facts, of one or two facts each, in its order; may be empty."""
    told: list[str] = []
    waiting: dict[str, str] = {}
    for subject, saying in _sayings(facts, masker, is_english=is_english):
        before = waiting.pop(subject, "")
        clue = _joined(subject, before, saying) if before else f"{subject} {saying}.".lstrip()
        if is_long_enough(clue) and len(clue) <= MAX_CHARS and (before or len(told) == MAX_TOLD - 1):
            told.append(clue[0].upper() + clue[1:])
        else:
            waiting[subject] = saying
        if len(told) == MAX_TOLD:
            break
    lone = (f"{subject} {saying}.".lstrip() for subject, saying in waiting.items())
    told += (clue[0].upper() + clue[1:] for clue in lone if is_long_enough(clue))
    return [clue.replace("..", ".") for clue in told[:MAX_TOLD]]


def _joined(subject: str, one: str, other: str) -> str:
    match subject:
        case "":
            return f"{one}. {other}."
        case "its":
            return f"its {one}, and its {other}."
        case _:
            return f"{subject} {one}{',' if ' and ' in one else ''} and {other}."


def _sayings(facts: Sequence[Fact], masker: Masker, *, is_english: bool) -> Iterator[tuple[str, str]]:
    said: set[str] = set()
    for fact in facts:
        value = _JUNIOR.sub(r"\1.", _BRACKET.sub("", fact.value).strip(" .,;"))
        parts = [part.strip() for part in _LISTED.split(value)]
        if not 3 <= len(value) <= _MAX_VALUE_CHARS or len(parts) > _MAX_LISTED or _DULL.search(value) or "(" in value:
            continue
        if not value[0].isalpha() or masker.traces(f"of {value}") or masker.traces(fact.name):
            continue
        if not is_english:
            is_key = fact.name.isascii() and not value.isascii()
            if is_key or any(map(str.isdecimal, fact.name)) or value.lower() in fact.name.lower():
                # A template's own key that nobody on that wiki reads, or one that says itself again.
                continue
            yield "", f"{fact.name.strip()}: {value}"
            continue
        key = fact.name.replace(" ", "").replace("_", "").rstrip("0123456789").lower()
        for subject, sayings in _SAYINGS.items():
            forms = sayings.get(key, "").split("|")
            is_place = "place" in key or key in _WITH_PLACES
            listed = value if is_place or len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
            if (
                not forms[0]
                or forms[0] in said
                or (value[0].islower() and "known for" not in forms[0] and key != "currency")
            ):
                continue
            said.add(forms[0])
            yield subject, forms[-1 if len(parts) == 1 and " and " not in value else 0].format(listed)
