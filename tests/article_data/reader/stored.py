"""Builds made by hand, in the store's own format, for whoever tests reading them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from article_data.article import Article, ArticleText, Link, Section
from article_data.store.codec import encode_article, encode_text
from article_data.store.graph_writer import GraphWriter
from article_data.store.layout import FORMAT_VERSION
from article_data.store.manifest import BuildInfo
from article_data.store.names_writer import NamesWriter
from article_data.store.packs import PackWriter
from article_data.store.pool import write_pool
from article_data.store.publishing import building, publish

TITLES = ("Otter", "Beaver", "Heron", "Kingfisher", "Salamander", "Dragonfly")


def article(article_id: int, title: str, language: str = "en", *, keywords: tuple[str, ...] = ()) -> Article:
    """An article that can be played; its clues end with its number."""
    return Article(
        article_id=article_id,
        title=title,
        aliases=(f"Common {title.lower()}",),
        clues=tuple(
            f"Clue {number} of what swims \N{EN DASH} or flies \N{EN DASH} beside the river {article_id}."
            for number in range(1, 7)
        ),
        summary=f"The {title.lower()} is an animal.",
        topics=("animal",),
        keywords=keywords,
        difficulty=20 if article_id % 2 else 80,
        url=f"https://example.org/{title}",
        language=language,
    )


def publish_build(
    store: Path,
    titles: Sequence[str] = TITLES,
    *,
    key: str = "first",
    language: str = "en",
    pool_size: int | None = None,
    created_at: str = "2026-01-01T00:00:00Z",
    keywords: tuple[str, ...] = (),
) -> BuildInfo:
    """Write a build of these titles and make it current. Each article links to the next one."""
    articles = [article(number, title, language, keywords=keywords) for number, title in enumerate(titles)]
    size = len(articles) if pool_size is None else pool_size
    with building(store, key) as folder:
        with PackWriter(folder, "records", None) as records, PackWriter(folder, "texts", None) as texts:
            for one in articles:
                records.add(encode_article(one))
                texts.add(encode_text(text_of(one)))
        names = NamesWriter(folder)
        graph = GraphWriter(folder, len(articles))
        for one in articles:
            names.add(one.title, one.article_id, "title")
            for alias in one.aliases:
                names.add(alias, one.article_id, "alias")
            graph.add(one.article_id, [one.article_id + 1] if one.article_id + 1 < len(articles) else [])
        names.close()
        graph.close()
        write_pool(folder, size, (one.topics for one in articles[:size]), (one.difficulty for one in articles[:size]))
        return publish(
            store,
            folder,
            BuildInfo(
                build_id=key,
                language=language,
                format_version=FORMAT_VERSION,
                article_count=len(articles),
                clue_count=6 * len(articles),
                page_count=len(articles),
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


def text_of(one: Article) -> ArticleText:
    """The prose of an article made here."""
    return ArticleText(
        article_id=one.article_id,
        sections=(Section("", (one.summary,)),),
        links=(Link("River", "the river"),),
    )
