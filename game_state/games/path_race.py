"""What a race by links remembers: the goal, and for everybody who races where they are and how they came there.

Owns the state's shape and its bounds: 24 racers, the last 12 places of each way, fewer where names are long. Pure.
"""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec.structs import replace

MOST_RACERS: Final = 24
TRAIL: Final = 12
"""Most places kept of a way, the newest."""
ROOM: Final = 5600
"""Bytes that the state may take, encoded: the longest ways are cut until it fits."""
TITLE_BYTES: Final = 80


class Place(msgspec.Struct, frozen=True, array_like=True):
    """An article on a way."""

    article_id: int
    """In the build that was current then: a new build may number the articles anew."""
    title: str
    """Cut to 80 bytes."""


class Racer(msgspec.Struct, frozen=True, array_like=True):
    """One who races."""

    name: str
    steps: int
    trail: tuple[Place, ...]
    """The way so far without what was gone back, the newest last; never empty."""
    hints: int = 0
    helped_at: int = -1
    """Steps when the last hint was given: asking again at the same place costs nothing."""
    page: int = 0
    """Page of the links that they look at."""

    @property
    def here(self) -> Place:
        """Where they are."""
        return self.trail[-1]

    def moved(self, place: Place) -> Racer:
        """Return the racer one link further."""
        return replace(self, steps=self.steps + 1, trail=(*self.trail, place)[-TRAIL:], page=0)

    def gone_back(self) -> Racer | None:
        """Return the racer one place back, which is a step too; None at the start, and where the way is not known further."""
        if len(self.trail) == 1:
            return None
        return replace(self, steps=self.steps + 1, trail=self.trail[:-1], page=0)

    def helped(self) -> Racer:
        """Return the racer after a hint."""
        if self.helped_at == self.steps:
            return self
        return replace(self, hints=self.hints + 1, helped_at=self.steps)


class Race(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The state of a round."""

    goal: Place
    way: tuple[str, ...]
    """Titles of a shortest way, both ends included."""
    racers: dict[str, Racer] = {}
    """By player."""
    winner: str | None = None
    """The player who arrived."""

    @property
    def shortest(self) -> int:
        """Links of the shortest way, at least 1."""
        return max(1, len(self.way) - 1)

    def progress(self, steps: int) -> float:
        """Return how much longer than the shortest a way is, 0 to 1: twice as long and more is 1."""
        return min(1.0, max(0.0, (steps - self.shortest) / self.shortest))


def with_racer(race: Race, player: str, racer: Racer) -> Race | None:
    """Return the race with a racer as they are now; None for a new one where there is no room left."""
    if player not in race.racers and len(race.racers) >= MOST_RACERS:
        return None
    racers = race.racers | {player: racer}
    while len(msgspec.json.encode(race := replace(race, racers=racers))) > ROOM:
        longest = max(racers, key=lambda one: (len(racers[one].trail), one))
        trail = racers[longest].trail
        if len(trail) == 1:
            return None
        racers = racers | {longest: replace(racers[longest], trail=trail[1:])}
    return race


def clip(title: str) -> str:
    """Return a title as a race keeps it."""
    return title.encode("utf-8", "ignore")[:TITLE_BYTES].decode("utf-8", "ignore")
