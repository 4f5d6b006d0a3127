"""Builds of pages with links, topics and difficulties of their own, for whoever tests what games ask for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from article_data.article import Article, ArticleText, Link, Section
from article_data.store.codec import encode_article, encode_text
from article_data.store.graph_writer import GraphWriter
from article_data.store.layout import FORMAT_VERSION
from article_data.store.manifest import BuildInfo
from article_data.store.names_writer import NamesWriter
from article_data.store.packs import PackWriter
from article_data.store.pool import write_pool
from article_data.store.publishing import building, publish


class Page(msgspec.Struct, kw_only=True):
    """One page of a wiki."""

    title: str
    links: tuple[str, ...] = ()
    """As the text writes them: titles, redirects, what is not there."""
    topics: tuple[str, ...] = ("animal",)
    difficulty: int = 50
    clues: int = 6
    redirects: tuple[str, ...] = ()
    lists_namesakes: bool = False
    paragraphs: tuple[str, ...] = ()


def record(article_id: int, page: Page, language: str = "en") -> Article:
    """The page's record."""
    return Article(
        article_id=article_id,
        title=page.title,
        kind="disambiguation" if page.lists_namesakes else "article",
        aliases=page.redirects,
        clues=tuple(f"Clue {number} of {page.title}." for number in range(1, page.clues + 1)),
        topics=page.topics,
        difficulty=page.difficulty,
        language=language,
    )


def publish_pages(
    store: Path,
    pages: Sequence[Page],
    *,
    key: str = "first",
    language: str = "en",
    pool_size: int | None = None,
    created_at: str = "2026-01-01T00:00:00Z",
) -> BuildInfo:
    """Write a build of these pages, in this order, and make it current."""
    size = len(pages) if pool_size is None else pool_size
    numbers = {name: number for number, page in enumerate(pages) for name in (page.title, *page.redirects)}
    with building(store, key) as folder:
        with PackWriter(folder, "records", None) as records, PackWriter(folder, "texts", None) as texts:
            for number, page in enumerate(pages):
                records.add(encode_article(record(number, page, language)))
                sections = (Section("", page.paragraphs or (f"{page.title} is one.",)), Section("More", ("Other.",)))
                links = tuple(Link(target, target.lower()) for target in page.links)
                texts.add(encode_text(ArticleText(article_id=number, sections=sections, links=links)))
        names, graph = NamesWriter(folder), GraphWriter(folder, len(pages))
        for number, page in enumerate(pages):
            names.add(page.title, number, "disambiguation" if page.lists_namesakes else "title")
            for redirect in page.redirects:
                names.add(redirect, number, "alias")
            graph.add(number, sorted({numbers[target] for target in page.links if target in numbers}))
        names.close()
        graph.close()
        write_pool(folder, size, (page.topics for page in pages[:size]), (page.difficulty for page in pages[:size]))
        return publish(
            store,
            folder,
            BuildInfo(
                build_id=key,
                language=language,
                format_version=FORMAT_VERSION,
                article_count=len(pages),
                clue_count=0,
                page_count=len(pages),
                redirect_count=0,
                disambiguation_count=0,
                list_count=0,
                unplayable_count=0,
                splitter="none",
                created_at=created_at,
                sources=(),
                dump_hash="",
                pack_bytes=0,
                pool_size=size,
            ),
        )
