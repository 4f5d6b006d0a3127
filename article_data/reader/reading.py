"""Reads articles while serving: memory, then Redis, then the store; one flight per article and process.

Owns the order of the tiers and what a caller is told. The store may vanish, hang or lie, and Redis too: a caller gets the
right article in bounded time or ArticleUnavailable, never a wrong one, and the event loop never waits for a disk. Names,
the pool and the link graph are local memory maps and are asked directly. Called by the composition root, by whoever
fetches what a game needs, and by the command line; may not know games.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable, Mapping
from pathlib import Path
from time import perf_counter

from article_data.article import Article, ArticleGone, ArticleText, ArticleUnavailable
from article_data.reader.breaker import State
from article_data.reader.builds import Builds
from article_data.reader.flights import Flights
from article_data.reader.memory import MemoryTier
from article_data.reader.tally import Tally
from article_data.reader.tiers import Tiers
from article_data.reader.warming import WARM_SHARE, warm
from article_data.store.build import Build
from article_data.store.codec import decode_article, decode_text
from article_data.store.errors import StoreError

AT_ONCE = 64
"""Articles that `get_many` fetches at once: as many as one MGET asks for; more would only wait for the store's threads."""


class Reader:
    """Gives articles of the current builds. Make it, `start` it, call `refresh` every few seconds, `close` it."""

    def __init__(
        self,
        store: Path,
        *,
        cache: Path,
        redis_url: str | None,
        memory_bytes: int = 64 << 20,
        timeout_s: float = 2.0,
        warm: int = 0,
        tally: Tally | None = None,
    ) -> None:
        """`store` need not exist yet; `cache` is a folder on a local disk; `timeout_s` bounds one read of the store.

        `warm`: so many of each build's most popular articles are read in the background as soon as it is open.
        """
        self._timeout_s = timeout_s
        self._warm = warm
        self.tally = tally if tally is not None else Tally()
        self._builds = Builds(store, cache, timeout_s=timeout_s)
        self.memory = MemoryTier(memory_bytes)
        self._tiers = Tiers(redis_url=redis_url, timeout_s=timeout_s, tally=self.tally)
        self._articles: Flights[Article] = Flights()
        self._texts: Flights[ArticleText] = Flights()
        self._refreshing = asyncio.Lock()
        self._tasks: set[asyncio.Task[object]] = set()

    # Its life

    async def start(self) -> None:
        """Open what is current, or go on without waiting for it when that takes three times a read's patience.

        An absent store or Redis is no error: the pool is empty until `refresh` finds a build.
        """
        ended, _ = await asyncio.wait({self._begin(self.refresh())}, timeout=3 * self._timeout_s)
        for refreshed in ended:
            refreshed.result()

    async def close(self) -> None:
        """End the flights and let go of Redis and the threads; a thread that hangs in the store is not waited for."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._articles.close()
        await self._texts.close()
        await self._tiers.close()
        self._builds.close()

    async def refresh(self, announced: Mapping[str, str] | None = None) -> bool:
        """Look which builds are current and open new ones; tell whether anything changed.

        `announced` is what the database says: language to build id. When the store cannot be read, what is open stays in
        use. Articles of a replaced build are let go of; rounds that are on ask for theirs by title.
        """
        async with self._refreshing:
            before = self.builds()
            anew = self._tiers.need_opening
            well = await self._builds.refresh(announced or {}, anew=anew)
            self.tally.count("refresh", "hit" if well else "error")
            if well and anew:
                self._tiers.opened_anew()
            after = self.builds()
            if after == before:
                return False
            self.memory.keep_builds(after.values())
            for language in after:
                if self._warm and after[language] != before.get(language):
                    self._begin(self.warm(language, self._warm))
            return True

    def builds(self) -> dict[str, str]:
        """Return the ids of the open builds, by language."""
        return {language: build.info.build_id for language, build in self._builds.current.items()}

    def opened(self, language: str) -> Build | None:
        """Return the open build: its names, pool and link graph are asked directly. None without one.

        Another one may be current a moment later: whoever reads articles by its numbers looks again afterwards.
        """
        return self._builds.current.get(language)

    # Articles

    def peek(self, article_id: int, language: str) -> Article | None:
        """Return the article if it is in memory, without waiting for anything."""
        build = self._builds.current.get(language)
        if build is None:
            return None
        began = perf_counter()
        article = self.memory.get((build.info.build_id, article_id))
        if article is not None:
            self.tally.count("memory", "hit")
            self.tally.timed("memory", perf_counter() - began)
        return article

    async def get(self, article_id: int, language: str) -> Article:
        """Return the article of the current build.

        Raises ArticleGone when the build has no such article, ArticleUnavailable when no tier can give it in time.
        Cancelling a caller never cancels the flight that others wait for.
        """
        article = self.peek(article_id, language)
        if article is not None:
            return article
        build = self._having(article_id, language)
        self.tally.count("memory", "miss")
        key = ("article", build.info.build_id, article_id)
        return await self._articles.join(key, lambda: self._fetch_article(build, article_id))

    async def get_many(self, ids: Iterable[int], language: str) -> list[Article | None]:
        """Return the articles in the order asked for, None for each that cannot be given; one MGET for 64."""
        wanted = list(ids)
        articles: list[Article | None] = []
        for start in range(0, len(wanted), AT_ONCE):
            some = wanted[start : start + AT_ONCE]
            articles += await asyncio.gather(*(self._get_or_none(article_id, language) for article_id in some))
        return articles

    async def text(self, article_id: int, language: str) -> ArticleText:
        """Return the article's prose and links; not kept in memory. Raises as `get` does."""
        build = self._having(article_id, language)
        key = ("text", build.info.build_id, article_id)

        def opened(record: bytes) -> ArticleText:
            text = decode_text(build.texts.unpack(record))
            if text.article_id != article_id:
                raise StoreError("a text lies under another article's number; build the articles again")
            return text

        return await self._texts.join(key, lambda: self._tiers.fetch(key, build.texts, opened))

    # Looking up; local, and without waiting

    def pool_size(self, language: str) -> int:
        """Return how many articles games are played with, numbered from 0; 0 without a build."""
        build = self._builds.current.get(language)
        return build.pool.size() if build is not None else 0

    def find(self, text: str, language: str) -> list[int]:
        """Return the articles that have this name, the likeliest first; those with the nearest names if none has."""
        build = self._builds.current.get(language)
        if build is None:
            return []
        found = build.names.exact(text) or build.names.fuzzy(text)
        return list(dict.fromkeys(one.article_id for one in found))

    def titled(self, title: str, language: str) -> list[int]:
        """Return the articles whose title is this but for case, accents and punctuation: seldom more than one."""
        build = self._builds.current.get(language)
        return [hit.article_id for hit in build.names.exact(title) if hit.kind == "title"] if build is not None else []

    async def path(self, start: int, goal: int, language: str) -> tuple[int, ...] | None:
        """Return a shortest way by links, both ends included; None when there is none of a few steps.

        Raises ArticleGone, ArticleUnavailable. Searching takes milliseconds, so it is done beside the loop.
        """
        build = self._having(max(start, goal), language)
        self._having(min(start, goal), language)
        return await asyncio.to_thread(build.graph.path, start, goal)

    # Warming, and what it shows

    async def warm(self, language: str, limit: int, *, memory_share: float = WARM_SHARE) -> int:
        """Read the `limit` most popular articles of the pool, a few at a time; return how many were had.

        Ends early when `memory_share` of the memory tier is taken (1: when it is full; `math.inf`: never, which fills
        Redis), when the store's breaker opens, and when another build is current.
        """
        return await warm(self, language, limit, memory_share=memory_share)

    def breaker_states(self) -> dict[str, State]:
        """Return the state of each breaker by its tier, those in use."""
        return self._tiers.breaker_states()

    @property
    def hanging(self) -> int:
        """Threads that a dead file system keeps; at about 35 no further one is risked until some come back."""
        return self._tiers.hanging

    def counts(self) -> Mapping[tuple[str, str], int]:
        """Return how often each (tier, result) happened: memory, redis, store, refresh; hit, miss, error, skipped."""
        return self.tally.counts

    # Inside

    async def _get_or_none(self, article_id: int, language: str) -> Article | None:
        try:
            return await self.get(article_id, language)
        except ArticleUnavailable:
            return None

    def _having(self, article_id: int, language: str) -> Build:
        build = self._builds.current.get(language)
        if build is None:
            raise ArticleUnavailable(f"there are no articles in language {language!r}")
        if not 0 <= article_id < build.info.article_count:
            raise ArticleGone(f"build {build.info.build_id} has no article {article_id}")
        return build

    async def _fetch_article(self, build: Build, article_id: int) -> Article:
        build_id = build.info.build_id

        def opened(record: bytes) -> Article:
            article = decode_article(build.records.unpack(record))
            if article.article_id != article_id or article.language != build.info.language:
                raise StoreError("a record lies under another article's number; build the articles again")
            return article

        article = await self._tiers.fetch(("article", build_id, article_id), build.records, opened)
        if self._builds.current.get(build.info.language) is build:
            self.memory.put((build_id, article_id), article)
        return article

    def _begin(self, work: Coroutine[None, None, object]) -> asyncio.Task[object]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
