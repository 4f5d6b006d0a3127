"""Twenty, where things are: continents, countries, regions and well-known cities, by their names in six languages.

Owns finding names of places in folded words, and what lies in what; the tables are `lands.py`. Pure: a country belongs to a
continent (some to two), a city to a country; coordinates tell of continents by boxes that leave out all that is near a border.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import msgspec

from game_state.games.questions.lands import BOXES, CITIES, CONTINENTS, COUNTRIES, ELSEWHERE, PEOPLES, REGIONS

CONTINENT_IDS: Final = frozenset({"EU", "AS", "AF", "NA", "SA", "OC", "AN"})
_LONGEST: Final = 5
"""Words of the longest name."""
_OPENING: Final = 4
"""Letters by which adjectives are found; all have so many."""
_ENDING: Final = 6
"""Letters that may follow the stem of an adjective."""


class Spot(msgspec.Struct, frozen=True):
    """A name of a place among words."""

    start: int
    end: int
    """After its last word."""
    place: str
    """Continent, country, region, or "city:" and its name."""


class Atlas:
    """The tables, read once."""

    def __init__(self) -> None:
        self.above: dict[str, tuple[str, ...]] = {}
        """What a country or city lies in: a city in its country, a country in its continents."""
        self.parts: dict[str, tuple[str, ...]] = {}
        self.half: dict[str, str] = {"EU": "N", "NA": "N"}
        self._names: dict[str, str] = {}
        self._stems: dict[str, list[tuple[str, str]]] = {}
        for line in CONTINENTS.strip().replace("\n ", " ").splitlines():
            continent, _, names = line.partition(":")
            self._add(continent, names)
        for line in COUNTRIES.strip().replace("\n ", " ").splitlines():
            head, _, names = line.partition(":")
            country, continents, half = head.split()
            self.above[country] = tuple(continents.split(","))
            self.half[country] = half
            self._add(country, names)
        for line in REGIONS.strip().splitlines():
            head, _, names = line.partition(":")
            region, _, parts = head.partition(" = ")
            self.parts[region] = tuple(parts.split())
            self._add(region, names)
        for group in CITIES.strip().replace("\n", "|").split("|"):
            country, _, names = group.partition(":")
            for name in names.split():
                self.above[f"city:{name}"] = (country.strip(),)
                self._names.setdefault(name, f"city:{name}")
        self._names.update(dict.fromkeys(ELSEWHERE.split(), ""))
        for stems in self._stems.values():
            stems.sort(key=lambda stem: -len(stem[0]))

    def _add(self, place: str, names: str) -> None:
        for name in names.split():
            if name.endswith("*"):
                self._stems.setdefault(name[:_OPENING], []).append((name[:-1], place))
            else:
                self._names.setdefault(name, place)

    def spots(self, words: Sequence[str]) -> list[Spot]:
        """Find the names of places among folded words, the longest first at each word."""
        found: list[Spot] = []
        at = 0
        while at < len(words):
            for size in range(min(_LONGEST, len(words) - at), 0, -1):
                place = self._named("_".join(words[at : at + size]))
                if place is not None:
                    if place:
                        found.append(Spot(at, at + size, place))
                    at += size
                    break
            else:
                at += 1
        return found

    def is_name(self, name: str) -> bool:
        """Say whether this is what a place is called, and not its people or language; spaces are "_"."""
        return name in self._names and name not in PEOPLES

    def _named(self, name: str) -> str | None:
        exact = self._names.get(name)
        if exact is not None:
            return exact
        stems = self._stems.get(name[:_OPENING], ())
        return next(
            (place for stem, place in stems if name.startswith(stem) and len(name) <= len(stem) + _ENDING), None
        )

    def line(self, place: str) -> frozenset[str]:
        """Return the place and all it lies in."""
        found = {place}
        for above in self.above.get(place, ()):
            found |= self.line(above)
        return frozenset(found)

    def inside(self, place: str, asked: str) -> bool | None:
        """Say whether a place lies in another; None: it may, or may partly."""
        if asked in self.parts:
            return self._in_region(place, asked)
        line = self.line(place)
        if asked in line:
            return None if asked in CONTINENT_IDS and len(line & CONTINENT_IDS) > 1 else True
        if place in self.line(asked):
            return None
        return False

    def _in_region(self, place: str, region: str) -> bool | None:
        parts = self.parts[region]
        if region == "america" and "usa" in self.line(place):
            return True
        if region != "america" and not self.line(place).isdisjoint(parts):
            return True
        wide = frozenset[str]().union(*(self.line(part) for part in parts))
        return False if self.line(place).isdisjoint(wide) else None


@lru_cache(maxsize=1)
def atlas() -> Atlas:
    """Return the tables."""
    return Atlas()


def continent_at(latitude: float, longitude: float) -> str | None:
    """Return the continent of a point in degrees, where it is sure."""
    for continent, south, north, west, east in BOXES:
        if south <= latitude <= north and west <= longitude <= east:
            return continent
    return None


HALVES: Final = re.compile(
    r"\b(?:(?P<north>north(?:ern)? (?:hemisphere|of the equator)|nordhalbkugel|hemisferio norte|hemisphere nord"
    r"|emisfero (?:nord|boreale|settentrionale))|(?P<south>south(?:ern)? (?:hemisphere|of the equator)|sudhalbkugel"
    r"|hemisferio sul?r?|hemisphere sud|emisfero (?:sud|australe|meridionale)))\b"
)
"""Asks for one half of the Earth."""
