"""Which clue is next: the order is fixed when the round begins, and holds when a new build changes the article's clues.

Each clue is kept as a mark (a checksum of its text). A clue that is gone is left out; where another stands in its place that
was in no place before, that one is shown. Owns this order. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from zlib import crc32

import msgspec

from article_data.article import Article

MOST_CLUES: Final = 12


class Clue(msgspec.Struct, frozen=True):
    """A clue to show."""

    number: int
    """Its place, from 1."""
    text: str


def marks_of(article: Article) -> tuple[int, ...]:
    """Return the marks of the article's clues, in order."""
    return tuple(_mark(text) for text in article.clues[:MOST_CLUES])


def after(article: Article, marks: Sequence[int], shown: int) -> Clue | None:
    """Return the next clue after `shown` places were passed, or None when there is none any more."""
    return next(_clues(article, marks, shown, len(marks)), None)


def so_far(article: Article, marks: Sequence[int], shown: int) -> list[Clue]:
    """Return the clues of the first `shown` places, those that are still there."""
    return list(_clues(article, marks, 0, shown))


def _clues(article: Article, marks: Sequence[int], start: int, end: int) -> Iterator[Clue]:
    by_mark = {_mark(text): text for text in article.clues}
    for place in range(start, end):
        text = by_mark.get(marks[place])
        if text is None and place < len(article.clues) and _mark(article.clues[place]) not in marks:
            text = article.clues[place]
        if text:
            yield Clue(place + 1, text)


def _mark(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))
