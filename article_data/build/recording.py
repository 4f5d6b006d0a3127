"""The fifth step of a build: records, made by all workers from drafts, clues and the finished index of names.

Owns how an article's parts become its record and its text. What the judge must know of other articles with the same or
nearly the same name comes from the build's own index of names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

import msgspec
import numpy as np

from article_data.article import Article, ArticleText, Section
from article_data.build.draft import Draft, Played, read_shard, shard_path
from article_data.build.playing import names_of
from article_data.build.survey import KINDS, Titles
from article_data.dump.redirects import Redirects
from article_data.judge.key import Holder, make_key
from article_data.language.codes import WITHOUT_SPACES, base
from article_data.language.difficulty import difficulty
from article_data.store.codec import encode_article, encode_text
from article_data.store.names import NameKind, Names
from article_data.store.packs import Packer

NEAR_LIMIT = 24
"""Most neighbours of a name that are looked at."""


class Record(msgspec.Struct, frozen=True, array_like=True):
    """One article, packed; for a sample not yet."""

    article_id: int
    article: bytes
    text: bytes
    topics: tuple[str, ...]
    difficulty: int


class Piece(msgspec.Struct, frozen=True):
    """One shard to record."""

    work: str
    names: str
    """The index of names."""
    number: int
    first: int
    kinds: bytes
    ids: tuple[int, ...]
    popularity: tuple[int, ...]
    pool_size: int
    language: str
    dictionaries: tuple[str, str] = ("", "")
    """Paths of the compression dictionaries for records and texts; "" to go without."""


def record(piece: Piece) -> list[Record]:
    """Make one shard's records and pack them."""
    articles, texts = map(_packer, piece.dictionaries)
    return [
        msgspec.structs.replace(made, article=articles.pack(made.article), text=texts.pack(made.text))
        for made in sample(piece)
    ]


def sample(piece: Piece, limit: int | None = None) -> Iterator[Record]:
    """Make one shard's records, or the first of them, without packing them."""
    work = Path(piece.work)
    tools = _tools(piece.work, piece.names)
    drafts = read_shard(shard_path(work / "drafts", piece.number), Draft)
    played = read_shard(shard_path(work / "played", piece.number), Played)
    for offset, (draft, extra) in enumerate(zip(drafts[:limit], played[:limit], strict=True)):
        yield tools.record(piece, offset, draft, extra)


class IndexedNamesakes:
    """Who else has a name, and whose name is near: from the build's index of names."""

    def __init__(self, names: Names, work: Path) -> None:
        self._names = names
        self._titles = Titles(work)
        self._places = np.load(work / "places.npy", mmap_mode="r")
        self._popularity = np.load(work / "popularity.npy", mmap_mode="r")

    def holders(self, name: str) -> Sequence[Holder]:
        """Return the articles that have exactly this name, folded."""
        return [self._holder(hit.article_id, hit.kind) for hit in self._names.exact(name)]

    def near(self, name: str) -> Sequence[Holder]:
        """Return the articles whose title a typo could make of this name."""
        found = self._names.fuzzy(name, limit=NEAR_LIMIT)
        return [self._holder(match.article_id, "title") for match in found if match.kind == "title"]

    def _holder(self, article_id: int, kind: NameKind) -> Holder:
        place = int(self._places[article_id])
        return Holder(title=self._titles[place], popularity=float(self._popularity[place]), kind=kind)


class _Tools:
    def __init__(self, work: Path, names: Path) -> None:
        self._redirects = Redirects(work / "redirects")
        self._namesakes = IndexedNamesakes(Names(names), work)

    def record(self, piece: Piece, offset: int, draft: Draft, played: Played) -> Record:
        article_id = piece.ids[offset]
        page, title = draft.page, draft.title
        is_played = article_id < piece.pool_size
        level = difficulty(article_id / max(1, piece.pool_size), len(played.clues), title) if is_played else 100
        article = Article(
            article_id=article_id,
            page_id=draft.page_id,
            kind=KINDS[piece.kinds[offset]],
            title=title,
            aliases=names_of(draft, self._redirects),
            key=make_key(
                title,
                language=piece.language,
                redirects=self._redirects.aliases_of(title),
                bold=page.bold,
                is_person=played.is_person,
                # Neighbours are looked for where somebody may guess: the rest is for looking up.
                namesakes=self._namesakes if is_played else None,
            ),
            clues=played.clues,
            summary=played.summary,
            description=page.description,
            head=played.head,
            topics=played.topics,
            categories=page.categories,
            facts=page.facts,
            dates=page.dates,
            coordinates=page.coordinates,
            keywords=played.keywords,
            collocations=played.collocations,
            popularity=piece.popularity[offset],
            difficulty=level,
            url=url_of(title, piece.language),
            language=piece.language,
        )
        blank = "" if base(piece.language) in WITHOUT_SPACES else " "
        text = ArticleText(article_id=article_id, sections=_sections(draft, blank), links=page.links)
        return Record(article_id, encode_article(article), encode_text(text), played.topics, level)


@lru_cache(maxsize=1)
def _tools(work: str, names: str) -> _Tools:
    return _Tools(Path(work), Path(names))


@lru_cache(maxsize=2)
def _packer(dictionary: str) -> Packer:
    return Packer(Path(dictionary).read_bytes() if dictionary else None)


def url_of(title: str, language: str) -> str:
    """Return the page's address on Wikipedia."""
    return f"https://{language}.wikipedia.org/wiki/{quote(title.replace(' ', '_'), safe='/:(),_-.~!*')}"


def _sections(draft: Draft, blank: str) -> tuple[Section, ...]:
    sections: list[Section] = []
    paragraphs: list[str] = []
    sentences: list[str] = []
    section, paragraph = "", -1
    for sentence in (*draft.sentences, None):
        if sentence is None or sentence.paragraph != paragraph:
            if sentences:
                paragraphs.append(blank.join(sentences))
                sentences = []
            paragraph = -1 if sentence is None else sentence.paragraph
        if sentence is None or sentence.section != section:
            if paragraphs:
                sections.append(Section(section, tuple(paragraphs)))
                paragraphs = []
            section = "" if sentence is None else sentence.section
        if sentence is not None and sentence.text:
            sentences.append(sentence.text)
    return tuple(sections)
