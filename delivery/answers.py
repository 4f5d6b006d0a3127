"""The answers to what games ask for (`game_state.games.needs`): from the articles, the books and the platforms.

Owns which part of the server answers which need, and that an answer is of one build, though another may become current meanwhile.
An answer of None means that it cannot be had now. How articles are chosen is `article_data.reader`'s; nothing here is remembered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from itertools import chain, islice, zip_longest
from typing import Final, Literal, Protocol, TypeVar

from article_data.article import ADULT, Article, ArticleGone, ArticleText, ArticleUnavailable
from article_data.reader.company import neighbours, telling_apart
from article_data.reader.doors import doors
from article_data.store.build import Build
from article_data.store.errors import StoreError as BuildError
from article_data.store.goals import goal
from delivery.admins import Admins
from delivery.draws import choose_day, draw
from delivery.learned import Learned, Lessons
from game_state.errors import StoreError
from game_state.games.needs import (
    GONE,
    ById,
    ByTitle,
    Companions,
    DailySet,
    Door,
    Doors,
    Draw,
    Find,
    Found,
    Goal,
    IsAdmin,
    Line,
    Need,
    Route,
    Shelves,
    Standing,
    Way,
)
from game_state.games.rounds import SHORT_TITLE, short_title
from game_state.message import Message

MOST_FOUND: Final = 3
SHORTEST_BEGINNING: Final = 3
"""Letters of the beginning of a name that are enough to look for the rest."""

T = TypeVar("T")


class Reader(Protocol):
    """Reads articles."""

    def builds(self) -> Mapping[str, str]: ...
    def opened(self, language: str) -> Build | None: ...
    def peek(self, article_id: int, language: str) -> Article | None: ...
    def titled(self, title: str, language: str) -> list[int]: ...
    async def get(self, article_id: int, language: str) -> Article: ...
    async def get_many(self, ids: Iterable[int], language: str) -> list[Article | None]: ...
    async def text(self, article_id: int, language: str) -> ArticleText: ...
    async def path(self, start: int, goal: int, language: str) -> tuple[int, ...] | None: ...


class Books(Lessons, Protocol):
    """What the database keeps beyond conversations. All raise `game_state.errors.StoreError`."""

    async def standing(self, bot_id: int, period: Literal["day", "week", "all"]) -> tuple[Line, ...]: ...

    async def daily_set(self, day: str, language: str, titles: Sequence[str] | None) -> tuple[str, ...]:
        """Return the day's titles: those frozen for it, else the given ones, then frozen; () where neither is."""


class Answers:
    """Answers needs. `refresh` is called every `learned.REFRESH_S` seconds, and whenever a build became current."""

    def __init__(self, reader: Reader, books: Books, admins: Admins) -> None:
        self._reader = reader
        self._books = books
        self._admins = admins
        self._learned = Learned(books, reader.opened)

    async def refresh(self) -> None:
        """Read anew what players taught. Never fails."""
        await self._learned.refresh(tuple(self._reader.builds()))

    def at_hand(self, need: Need) -> Article | None:
        """The article of ById or ByTitle if it is in memory."""
        if isinstance(need, ById):
            return self._reader.peek(need.article_id, need.language)
        if isinstance(need, ByTitle):
            found = (self._reader.peek(place, need.language) for place in self._titled(need))
            return next((article for article in found if article is not None and _has_title(article, need)), None)
        return None

    async def answer(self, need: Need, bot_id: int, message: Message) -> object:
        """The need's answer, as its docstring says; None when it cannot be had now."""
        try:
            return await self._answer(need, bot_id, message)
        except (ArticleUnavailable, BuildError, StoreError):
            return None

    async def _answer(self, need: Need, bot_id: int, message: Message) -> object:
        match need:
            case ById():
                return await self._by_id(need)
            case ByTitle():
                return await self._by_title(need)
            case Draw():
                return await self._of_one_build(
                    need.language, lambda build: draw(self._reader, build, self._learned.of(need.language, build), need)
                )
            case Companions():
                return await self._of_one_build(need.language, lambda build: self._companions(need, build))
            case Goal():
                return await self._of_one_build(need.language, lambda build: self._goal(need, build))
            case Way():
                return await self._of_one_build(need.language, lambda _: self._way(need))
            case Doors():
                return await self._of_one_build(need.language, lambda build: self._doors(need, build))
            case Find():
                return await self._of_one_build(need.language, lambda build: self._find(need, build))
            case Standing():
                return await self._books.standing(bot_id, need.period)
            case DailySet():
                return await self._daily_set(need)
            case IsAdmin():
                return await self._admins.find(bot_id, message)
            case Shelves():
                return tuple(sorted(self._reader.builds()))

    async def _of_one_build(self, language: str, work: Callable[[Build], Awaitable[T]]) -> T | None:
        """Do the work on the current build, once more when another became current meanwhile: numbers mean something in one only."""
        for _ in range(2):
            build = self._reader.opened(language)
            if build is None:
                return None
            try:
                done = await work(build)
            except ArticleUnavailable:
                if self._reader.opened(language) is build:
                    raise
                continue
            if self._reader.opened(language) is build:
                return done
        return None

    async def _by_id(self, need: ById) -> Article:
        try:
            return await self._reader.get(need.article_id, need.language)
        except ArticleGone:
            return GONE

    async def _by_title(self, need: ByTitle) -> Article | None:
        build = self._reader.opened(need.language)
        try:
            for article_id in self._titled(need):
                article = await self._reader.get(article_id, need.language)
                if _has_title(article, need):
                    return article
        except ArticleGone:
            return None  # the build changed meanwhile: not known
        # No place has it: for certain only where there is a build to look in.
        return GONE if build is not None and self._reader.opened(need.language) is build else None

    def _titled(self, need: ByTitle) -> list[int]:
        """Return where the article may be: names are found whatever their case and accents."""
        found = self._reader.titled(need.title, need.language)
        build = self._reader.opened(need.language)
        if found or build is None or len(need.title.encode()) < SHORT_TITLE - 3:
            return found
        return [match.article_id for match in build.names.prefix(need.title) if match.kind == "title"]

    async def _companions(self, need: Companions, build: Build) -> tuple[Article, ...]:
        article = await self._reader.get(need.article_id, need.language)
        candidates = neighbours(build.pool, article, need.count, need.seed, adult=need.adult)
        read: list[Article] = []
        found: tuple[Article, ...] = ()
        while len(found) < need.count and (some := list(islice(candidates, 2 * need.count))):
            read += [one for one in await self._reader.get_many(some, need.language) if one is not None]
            found = telling_apart(article, read, need.count)
        return found

    async def _goal(self, need: Goal, build: Build) -> Route | None:
        hidden = build.pool.ids(topic=ADULT)
        way = await asyncio.to_thread(
            goal, build.graph, build.pool, need.article_id, seed=need.seed, most=need.most, hidden=hidden
        )
        return await self._route(way, need.language)

    async def _way(self, need: Way) -> Route | None:
        return await self._route(await self._reader.path(need.start, need.goal, need.language), need.language)

    async def _route(self, way: tuple[int, ...] | None, language: str) -> Route | None:
        if way is None:
            return None
        articles = await self._reader.get_many(way, language)
        titles = tuple(article.title for article in articles if article is not None)
        return Route(ids=way, titles=titles) if len(titles) == len(way) else None

    async def _doors(self, need: Doors, build: Build) -> tuple[Door, ...] | None:
        text = await self._reader.text(need.article_id, need.language)
        found = await asyncio.to_thread(doors, build, text)
        renamed = [article_id for article_id, title in found if not title]
        articles = zip(renamed, await self._reader.get_many(renamed, need.language), strict=True)
        titles = {article_id: article.title for article_id, article in articles if article is not None}
        named = ((article_id, title or titles.get(article_id, "")) for article_id, title in found)
        return tuple(Door(article_id, title) for article_id, title in named if title)

    async def _find(self, need: Find, build: Build) -> Found | None:
        hits = [hit for hit in build.names.exact(need.text) if hit.kind != "disambiguation"]
        ids = list(dict.fromkeys(hit.article_id for hit in hits))
        if not ids:
            ids = await asyncio.to_thread(_alike, build, need.text)
        articles = await self._reader.get_many(ids[:MOST_FOUND], need.language)
        found = tuple(article for article in articles if article is not None)
        if ids and not found:
            return None
        return Found(exact=any(hit.kind in ("title", "alias") for hit in hits), articles=found)

    async def _daily_set(self, need: DailySet) -> tuple[str, ...] | None:
        frozen = await self._books.daily_set(need.day, need.language, None)
        if frozen:
            return tuple(frozen)
        if self._reader.opened(need.language) is None:
            return ()
        titles = await self._of_one_build(
            need.language,
            lambda build: choose_day(self._reader, build, self._learned.of(need.language, build), need),
        )
        return titles and tuple(await self._books.daily_set(need.day, need.language, titles))


def _alike(build: Build, text: str) -> list[int]:
    """Return the articles with a name that begins so, and those with nearly this name: of each the best is among the first."""
    begun = build.names.prefix(text) if len(text) >= SHORTEST_BEGINNING else ()
    near = build.names.fuzzy(text)
    begins, nears = ([match.article_id for match in found if match.kind != "disambiguation"] for found in (begun, near))
    mixed = chain.from_iterable(zip_longest(nears[:1], begins))
    return list(dict.fromkeys(one for one in (*mixed, *nears) if one is not None))


def _has_title(article: Article, need: ByTitle) -> bool:
    """A title is meant to the letter, as far as a session keeps it."""
    return need.title in (article.title, short_title(article.title))
