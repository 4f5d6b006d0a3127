"""A small build made by the store's own writers, and a way to read its articles: shared by the tests of the store."""

from __future__ import annotations

from pathlib import Path

from article_data.article import Article, ArticleText, Section
from article_data.store.build import Build
from article_data.store.codec import decode_article, encode_article, encode_text
from article_data.store.graph_writer import GraphWriter
from article_data.store.manifest import BuildInfo
from article_data.store.names_writer import NamesWriter
from article_data.store.packs import PackWriter
from article_data.store.pool import write_pool
from article_data.store.publishing import building, publish

TITLES = ("Otter", "Beaver", "Heron", "Kingfisher", "Salamander", "Dragonfly")
POOL_SIZE = 4


def about(build_id: str, *, language: str = "en", article_count: int = len(TITLES)) -> BuildInfo:
    """What the build knows of itself."""
    return BuildInfo(
        build_id=build_id,
        language=language,
        format_version=2,
        article_count=article_count,
        clue_count=0,
        page_count=article_count,
        redirect_count=0,
        disambiguation_count=0,
        list_count=0,
        unplayable_count=0,
        splitter="punkt-english",
        created_at="2024-05-01T00:00:00Z",
        sources=("dump.xml",),
        dump_hash="00",
        pack_bytes=0,
        pool_size=min(POOL_SIZE, article_count),
    )


def write(folder: Path, titles: tuple[str, ...] = TITLES) -> None:
    """Write the files of a build: each article links to the next, the last to the first."""
    count = len(titles)
    with PackWriter(folder, "records", None) as records, PackWriter(folder, "texts", None) as texts:
        for article_id, title in enumerate(titles):
            records.add(encode_article(Article(article_id=article_id, title=title, topics=("animal",))))
            section = Section("", (f"The {title.lower()} lives.",))
            texts.add(encode_text(ArticleText(article_id=article_id, sections=(section,), links=())))
    names = NamesWriter(folder)
    for article_id, title in enumerate(titles):
        names.add(title, article_id, "title")
        names.add(f"Common {title.lower()}", article_id, "alias")
    names.close()
    pool_size = min(POOL_SIZE, count)
    write_pool(folder, pool_size, [("animal",)] * pool_size, range(10, 10 + pool_size))
    graph = GraphWriter(folder, count)
    for article_id in range(count):
        graph.add(article_id, [(article_id + 1) % count])
    graph.close()


def publish_small(store: Path, build_id: str, *, language: str = "en", titles: tuple[str, ...] = TITLES) -> BuildInfo:
    """Write and publish a build."""
    with building(store, build_id) as folder:
        write(folder, titles)
        return publish(store, folder, about(build_id, language=language, article_count=len(titles)))


def titles(build: Build) -> tuple[str, ...]:
    """The titles of all its articles, read from the pack."""
    records = build.records
    return tuple(decode_article(records.unpack(records.read(place))).title for place in range(len(records)))
