"""The verb `replay`: a conversation played again from its log, to see why it said what it said.

Owns reading the log page by page, opening the builds that its articles are from, and what is told at the end. The playing is
`game_state.replay`'s.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Final

import msgspec

from article_data.article import Article, ArticleUnavailable
from article_data.store.build import Build
from article_data.store.codec import decode_article
from article_data.store.errors import StoreError as ArticlesError
from game_state.games.contract import Game
from game_state.given import Place
from game_state.replay import Difference, Replayer, Unreplayable
from game_state.rows import LogRow
from game_state.rules import GAMES
from game_state.store import Store
from ops.settings import Settings
from platforms import PLATFORMS
from platforms.fitting import fit_turn

PAGE: Final = 200
"""Messages read at once."""
NOBODY: Final = "there is no such conversation: docs/sql.md says how its number is found"


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """What a replay found."""

    conversation: int
    played: int
    """Messages played again."""
    compared_from: int
    """The first message whose replies and outcome were compared."""
    difference: Difference | None = None
    problem: str | None = None
    """Why it could not go on."""
    other_releases: dict[str, int] = {}
    """Messages that other releases than this one played: their differences may be this one's improvements."""
    parked: list[int] = []
    """Messages that were parked: no turn was played for them."""


class Shelf:
    """The builds that a log's articles are from, opened when the first is asked for."""

    def __init__(self, store: Path, cache: Path) -> None:
        self._store = store
        self._cache = cache
        self._builds: dict[str, Build] = {}

    def article_at(self, place: Place) -> Article:
        """The article. Blocking. Raises ArticleUnavailable with the reason."""
        if not place.build:
            raise ArticleUnavailable(
                "the build changed while its article was fetched, so nobody knows where it is from"
            )
        try:
            if place.build not in self._builds:
                self._builds[place.build] = Build.open(self._store, place.build, self._cache)
            records = self._builds[place.build].records
            return decode_article(records.unpack(records.read(place.article_id)))
        except (ArticlesError, OSError) as error:
            raise ArticleUnavailable(f"article {place.article_id} of build {place.build}: {error}") from error


async def replay(
    settings: Settings,
    url: str,
    conversation: int,
    *,
    start: int,
    release: str,
    games: Mapping[str, Game] = GAMES,
) -> Replayed:
    """Play a conversation again, comparing from message `start` on, up to the first difference. Raises StoreError."""
    database = await Store.connect(url, size=1)
    try:
        return await _replay(database, settings, conversation, start, release, games)
    finally:
        await database.close()


async def _replay(
    database: Store, settings: Settings, conversation: int, start: int, release: str, games: Mapping[str, Game]
) -> Replayed:
    bot = await database.find_bot(conversation)
    if bot is None or bot[1] not in PLATFORMS:
        problem = NOBODY if bot is None else f"this release knows no platform {bot[1]!r}"
        return Replayed(conversation=conversation, played=0, compared_from=start, problem=problem)
    capabilities = PLATFORMS[bot[1]].capabilities
    shelf = Shelf(Path(settings.articles.store), Path(settings.articles.cache))
    replayer = Replayer(
        games,
        release=release,
        prepare=lambda message, replies: fit_turn(message, replies, capabilities),
        article_at=shelf.article_at,
    )

    def ended(*, difference: Difference | None = None, problem: str | None = None) -> Replayed:
        return Replayed(
            conversation=conversation,
            played=played,
            compared_from=start,
            difference=difference,
            problem=problem,
            other_releases=replayer.other_releases,
            parked=replayer.parked,
        )

    played = 0
    async for row in _logged(database, conversation):
        try:
            found = replayer.play(row)
        except Unreplayable as error:
            return ended(problem=str(error))
        played += 1
        # Without its turn there is nothing to go on with, whatever is to be compared.
        if found is not None and (row.number >= start or found.what == "needs"):
            return ended(difference=found)
    return ended(problem=None if played else "nothing of it is in the log")


async def _logged(database: Store, conversation: int) -> AsyncIterator[LogRow]:
    position, number, full = 0, 0, True
    while full:
        rows = await database.read_log(conversation, position, number, PAGE)
        for row in rows:
            yield row
            position, number = row.position, row.number
        full = len(rows) == PAGE


def lines(replayed: Replayed) -> list[str]:
    """What to print for people."""
    told: list[str] = []
    for release, count in replayed.other_releases.items():
        told.append(
            f"{count} of these messages {'was' if count == 1 else 'were'} played by release {release or 'unknown'}, not by this one"
        )
    if replayed.parked:
        told.append(f"parked, and so not played: {', '.join(map(str, replayed.parked))}")
    difference = replayed.difference
    if difference is not None:
        told += [
            f"message {difference.number}: the {difference.what} differ{'' if difference.what in PLURAL else 's'}",
            f"  logged: {_shown(difference.logged)}",
            f"  played: {_shown(difference.played)}",
        ]
    elif replayed.problem is not None:
        told.append(f"after {_messages(replayed.played)}: {replayed.problem}" if replayed.played else replayed.problem)
    elif replayed.played < replayed.compared_from:
        told.append(
            f"{_messages(replayed.played)} played again, and none compared: there is no message {replayed.compared_from} yet"
        )
    else:
        told.append(f"{_messages(replayed.played)} played again: all as it was")
    return told


PLURAL: Final = ("replies", "needs")


def _messages(count: int) -> str:
    return "1 message" if count == 1 else f"{count} messages"


def _shown(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
