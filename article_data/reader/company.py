"""Company: articles of the pool that go well together, chosen by a seed.

Owns which articles stand beside one another as choices, and that their titles do not give one another away; and which make the
set of a day. Pure over an open build's pool; whoever calls reads the articles. Candidates come in an order told by the seed
alone, so that the same question gets the same answer from every process that has the same build.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from article_data.article import ADULT, Article
from article_data.naming import fold
from article_data.store.permutation import Permutation
from article_data.store.pool import Ids, Pool, has

NEAR: Final = 12
"""Neighbours in a topic's list, by popularity, that are looked at for each companion wanted."""
DAILY_CLUES: Final = 5
"""Clues that an article of a day's set has at least."""


def neighbours(pool: Pool, article: Article, count: int, seed: int, *, adult: bool = False) -> Iterator[int]:
    """Yield articles with the same first topic and about the same popularity, in an order by the seed; `NEAR` times `count`."""
    topic = _topic(article)
    ids = pool.ids(topic=topic)
    width = min(len(ids), max(1, count) * NEAR)
    middle = bisect_left(ids, article.article_id)
    begin = min(max(0, middle - width // 2), len(ids) - width)
    hidden: Ids = range(0) if adult else pool.ids(topic=ADULT)
    if width:
        order = Permutation(width, f"{seed}|{article.article_id}")
        for place in range(width):
            other = ids[begin + order.at(place)]
            if other != article.article_id and not has(hidden, other):
                yield other


def telling_apart(article: Article, others: Iterable[Article], count: int) -> tuple[Article, ...]:
    """Return the first `count` of the others that are of the article's kind and whose titles tell nothing of one another.

    That is: none holds the article's title or another's.
    """
    found: list[Article] = []
    titles = [_name(article)]
    for other in others:
        if len(found) == count:
            break
        title = _name(other)
        if _topic(other) == _topic(article) and not any(
            _holds(title, known) or _holds(known, title) for known in titles
        ):
            found.append(other)
            titles.append(title)
    return tuple(found)


def of_day(pool: Pool, day: str, language: str) -> Iterator[int]:
    """Yield candidates for a day's set, in an order by day and language: well-known ones of medium difficulty, then any."""
    hidden = pool.ids(topic=ADULT)
    medium = pool.ids(difficulty="medium")
    for name, ids in (("known", medium[: -(-len(medium) // 2)]), ("medium", medium), ("any", pool.ids())):
        if len(ids):
            order = Permutation(len(ids), f"{day}|{language}|{name}")
            yield from (one for place in range(len(ids)) if not has(hidden, one := ids[order.at(place)]))


def day_set(candidates: Sequence[Article], count: int) -> tuple[str, ...]:
    """Return the titles of a day: the first with enough clues, each of a topic of its own as far as there are such."""
    fitting = list({one.title: one for one in candidates if len(one.clues) >= DAILY_CLUES}.values())
    chosen: list[Article] = []
    for same_topic in (False, True):
        for one in fitting:
            taken = {topic for other in chosen for topic in other.topics[:1]}
            if len(chosen) < count and one not in chosen and (same_topic or not taken.intersection(one.topics[:1])):
                chosen.append(one)
    return tuple(one.title for one in chosen)


def _topic(article: Article) -> str | None:
    """Return what the article is about in the first place."""
    return next((topic for topic in article.topics if topic != ADULT), None)


def _name(article: Article) -> str:
    return f" {fold(article.title)} "


def _holds(title: str, other: str) -> bool:
    return other in title
