"""The third step of a build: clues, keywords and what else takes the whole dump's words to say.

The dearest step, done by all workers; a shard that is there already is not made again.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path

import msgspec

from article_data.build.draft import Draft, Played, read_shard, shard_path, write_shard
from article_data.build.drafting import opened_language
from article_data.build.survey import KINDS, read_common
from article_data.clues.corpus import Corpus
from article_data.clues.making import ClueMaker, summarize
from article_data.clues.subject import Subject
from article_data.dump.redirects import Redirects
from article_data.language.head import head
from article_data.language.keywords import collocations, keywords
from article_data.language.person import is_person
from article_data.language.topics import topics
from article_data.naming import fold, plain_title


class Piece(msgspec.Struct, frozen=True):
    """One shard to play."""

    work: str
    number: int
    first: int
    """Place of its first draft."""
    kinds: bytes
    """The drafts' kinds, one byte each, as places in KINDS."""
    language: str
    punkt: str


def play(piece: Piece) -> int:
    """Make one shard's clues; return how many articles it holds."""
    work = Path(piece.work)
    path = shard_path(work / "played", piece.number)
    if path.exists():
        return len(piece.kinds)
    tools = _tools(piece.work, piece.language, piece.punkt)
    drafts = read_shard(shard_path(work / "drafts", piece.number), Draft)
    write_shard(
        path,
        [
            tools.play(draft, place, is_played=KINDS[kind] == "article")
            for place, (draft, kind) in enumerate(zip(drafts, piece.kinds, strict=True), piece.first)
        ],
    )
    return len(drafts)


class _Tools:
    """What a worker keeps open between shards."""

    def __init__(self, work: Path, language: str, punkt: str) -> None:
        self._language = opened_language(language, punkt)
        documents, frequencies = read_common(work)
        self._language.learn_common(frequencies, documents)
        self._corpus = Corpus(work / "corpus")
        self._redirects = Redirects(work / "redirects")
        self._maker = ClueMaker(self._language, self._corpus)

    def play(self, draft: Draft, place: int, *, is_played: bool) -> Played:
        page, code = draft.page, self._language.code
        lead = [sentence.text for sentence in draft.sentences if not sentence.section and sentence.text]
        names = names_of(draft, self._redirects)
        noun = head(lead[0], (draft.title, *names), code) if lead else ""
        written = [word for sentence in draft.sentences for word in (*self._language.words(sentence.text), "")]
        return Played(
            clues=self._clues(draft, place, names, noun) if is_played else (),
            summary=summarize(lead),
            head=noun,
            topics=topics(
                page.categories,
                noun,
                page.infobox,
                page.description,
                page.facts,
                dates=page.dates,
                coordinates=page.coordinates,
                language=code,
            ),
            keywords=self._keywords(draft, written) if is_played else (),
            collocations=collocations(written, self._language) if is_played else (),
            is_person=is_person(
                dates=page.dates, infobox=page.infobox, categories=page.categories, head=noun, facts=page.facts
            ),
        )

    def _clues(self, draft: Draft, place: int, names: tuple[str, ...], noun: str) -> tuple[str, ...]:
        subject = Subject(
            title=draft.title,
            names=names,
            language=self._language.code,
            sentences=draft.sentences,
            facts=draft.page.facts,
            links=draft.page.links,
            head=noun,
            place=place,
        )
        return self._maker.make(subject)

    def _keywords(self, draft: Draft, written: list[str]) -> tuple[str, ...]:
        terms = list(draft.terms)
        frequencies = dict(zip(terms, self._corpus.frequencies(terms), strict=True))
        counts = Counter(written)
        del counts[""]
        stem = self._language.stem
        return keywords(counts, lambda folded: frequencies.get(stem(folded), 1), self._corpus.doc_count)


@lru_cache(maxsize=1)
def _tools(work: str, language: str, punkt: str) -> _Tools:
    return _Tools(Path(work), language, punkt)


def names_of(draft: Draft, redirects: Redirects) -> tuple[str, ...]:
    """Return an article's other names: redirects, the bold names of its lead, the title without its bracket.

    What differs from the title in case, accents or punctuation alone is no other name.
    """
    names = dict.fromkeys((plain_title(draft.title), *redirects.aliases_of(draft.title), *draft.page.bold))
    title = fold(draft.title)
    return tuple(name for name in names if fold(name) != title)
