"""Articles to play: the next one of a conversation, and those of a day, as people taught them (`learned`).

Owns what is passed over: articles with too few clues left, and those that cannot be read. Which come in which order is
`article_data.reader`'s. Called by `answers`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from itertools import islice
from typing import Final, Protocol

from article_data.article import Article, ArticleUnavailable
from article_data.reader.company import DAILY_CLUES, day_set, of_day
from article_data.reader.drawing import Drawing, Passed
from article_data.store.build import Build
from delivery.learned import Overlay
from game_state.games.needs import GONE, Cursor, DailySet, Draw, Drawn

LEAST_CLUES: Final = 3
"""An article with fewer clues left is not drawn."""
PATIENCE_S: Final = 1.0
"""A draw passes over an article that cannot be read, unless finding that out took so long: then the store hangs."""
UNREAD: Final = 4
"""So many articles that cannot be read end a draw."""
DAILY: Final = 5
"""Titles of a day."""
DAILY_LOOKS: Final = 96
"""Articles that are looked at for a day's set."""


class Reader(Protocol):
    """Reads articles."""

    async def get(self, article_id: int, language: str) -> Article: ...
    async def get_many(self, ids: Iterable[int], language: str) -> list[Article | None]: ...


async def draw(reader: Reader, build: Build, overlay: Overlay, need: Draw) -> Drawn | None:
    """Return the next article of the conversation; None when articles cannot be read. Raises ArticleUnavailable, too, for that."""
    shunned = set(overlay.spent)
    drawing = Drawing(
        build.pool,
        key=need.key,
        language=need.language,
        adult=need.adult,
        levels=overlay.levels,
        shunned=shunned,
    )
    own, others = _cursors(need)
    unread = 0
    for candidate in drawing.candidates(own, others):
        if candidate is None:
            await asyncio.sleep(0)
            continue
        article_id, position = candidate
        article = await _read(reader, article_id, need.language)
        if article is None:
            unread += 1
            if unread == UNREAD:
                return None
            shunned.add(article_id)
            continue
        article = overlay.played(article)
        if len(article.clues) >= LEAST_CLUES:
            return Drawn(article=article, cursor=_cursor(need, position), level=overlay.level(article))
        shunned.add(article_id)
        overlay.spent.add(article_id)
    return None if unread else Drawn(article=GONE, cursor=_cursor(need, own.position))


async def choose_day(reader: Reader, build: Build, overlay: Overlay, need: DailySet) -> tuple[str, ...] | None:
    """Return the titles of a day; None when an article cannot be read: the choice is kept, so it shall not hang on that."""
    listed = dict.fromkeys(islice(of_day(build.pool, need.day, need.language), 3 * DAILY_LOOKS))
    candidates = islice(listed, DAILY_LOOKS)
    looked: list[Article] = []
    topics: set[tuple[str, ...]] = set()
    while len(topics) < DAILY and (some := list(islice(candidates, 2 * DAILY))):
        read = [one for one in await reader.get_many(some, need.language) if one is not None]
        if len(read) < len(some):
            return None
        looked += map(overlay.played, read)
        topics = {one.topics[:1] for one in looked if one.topics and len(one.clues) >= DAILY_CLUES}
    return day_set(looked, DAILY)


async def _read(reader: Reader, article_id: int, language: str) -> Article | None:
    """Read an article; None for one that cannot be read while others may. Raises ArticleUnavailable when the store hangs."""
    clock = asyncio.get_running_loop().time
    began = clock()
    try:
        return await reader.get(article_id, language)
    except ArticleUnavailable:
        if clock() - began > PATIENCE_S:
            raise
        return None


def _cursors(need: Draw) -> tuple[Passed, list[Passed]]:
    """Return the draw's own cursor and the conversation's others of that language."""
    own = Passed(need.topic, need.difficulty, 0)
    others = []
    for cursor in need.cursors:
        if cursor.language != need.language:
            continue
        passed = Passed(cursor.topic, cursor.difficulty, cursor.position)
        if (cursor.topic, cursor.difficulty) == (need.topic, need.difficulty):
            own = passed
        else:
            others.append(passed)
    return own, others


def _cursor(need: Draw, position: int) -> Cursor:
    return Cursor(language=need.language, topic=need.topic, difficulty=need.difficulty, position=position)
