"""What players taught about articles: how hard they are, and which of their clues are bad.

Kept in memory, over the builds' own figures, and read anew from the books every half a minute. The books know articles by
their titles; here they stand by their numbers in the open build, so that a draw asks nobody.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Final, Protocol, TypeVar

import msgspec
import structlog

from article_data.article import Article
from article_data.store.build import Build
from game_state.errors import StoreError

REFRESH_S: Final = 30.0
"""Seconds between two looks into the books."""

T = TypeVar("T")

log = structlog.get_logger(__name__)


class Lessons(Protocol):
    """The books, as far as they tell of articles. All raise `game_state.errors.StoreError`."""

    async def changed_levels(
        self, language: str, after: datetime | None
    ) -> tuple[Mapping[str, int], datetime | None]: ...
    async def reported_clues(self, language: str) -> Mapping[str, AbstractSet[str]]: ...


class Overlay(msgspec.Struct, frozen=True):
    """What is known of the articles of one build, by their numbers in it."""

    build: Build
    levels: Mapping[int, int]
    """Difficulties learned from play, 1 to 100."""
    reported: Mapping[int, frozenset[str]]
    """Clues out of play."""
    spent: set[int]
    """Articles found to have too few clues left; grows as they are met."""
    newest: datetime | None = None
    """When the levels were last learned, by the database's clock."""

    def played(self, article: Article) -> Article:
        """Return the article as it is played: without the clues that were reported."""
        reported = self.reported.get(article.article_id)
        if not reported:
            return article
        kept = tuple(clue for clue in article.clues if clue not in reported)
        return msgspec.structs.replace(article, clues=kept)

    def level(self, article: Article) -> int:
        """Return the article's difficulty, 1 to 100."""
        return self.levels.get(article.article_id, article.difficulty)


class Learned:
    """The overlays of all open builds."""

    def __init__(self, lessons: Lessons, opened: Callable[[str], Build | None]) -> None:
        self._lessons = lessons
        self._opened = opened
        self._overlays: dict[str, Overlay] = {}

    def of(self, language: str, build: Build) -> Overlay:
        """Return what is known of a build; nothing yet when it has only just become current."""
        overlay = self._overlays.get(language)
        if overlay is not None and overlay.build is build:
            return overlay
        return Overlay(build=build, levels={}, reported={}, spent=set())

    async def refresh(self, languages: Iterable[str]) -> None:
        """Read the books. Where they cannot be read, what was known stays. Never fails."""
        for language in languages:
            build = self._opened(language)
            if build is None:
                continue
            known = self.of(language, build)
            try:
                levels, newest = await self._lessons.changed_levels(language, known.newest)
                reported = await self._lessons.reported_clues(language)
            except StoreError as error:
                log.warning("learned.refresh_failed", language=language, error=str(error))
                continue
            # A look-up of each title takes microseconds, and there may be many.
            clues = await asyncio.to_thread(_numbered, build, reported)
            self._overlays[language] = Overlay(
                build=build,
                levels={**known.levels, **await asyncio.to_thread(_numbered, build, levels)},
                reported={one: frozenset(of_one) for one, of_one in clues.items()},
                spent=set(),
                newest=newest,
            )


def _numbered(build: Build, by_title: Mapping[str, T]) -> dict[int, T]:
    numbered = ((build.names.titled(title), value) for title, value in by_title.items())
    return {number: value for number, value in numbered if number is not None}
