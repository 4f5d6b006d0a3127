"""The article record: what a game may know of one Wikipedia article.

Pure data, written by the build, read by the reader, handed to games as an argument. Stored as JSON (msgspec).
"""

from __future__ import annotations

import msgspec


class Article(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One article, ready to be played."""

    article_id: int
    """Its place in the build, from 0 without holes: the pool is numbered by it."""
    title: str
    aliases: tuple[str, ...] = ()
    """Other names that count as the answer (redirects, the title without its bracket), title excluded."""
    clues: tuple[str, ...] = ()
    """Sentences with every trace of the answer masked, hardest first, at most 12."""
    summary: str = ""
    """One or two sentences about it, unmasked, for after the round."""
    url: str = ""
    language: str = "en"


class ArticleUnavailable(Exception):
    """The store cannot give the article now (gone, hanging, damaged): the player gets an honest sentence; retry later."""
