# ruff: noqa: RUF001 - dates in brackets have a dash
"""Clues of the real dumps beside the repository: what players of a round are shown."""

from __future__ import annotations

import bz2
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from article_data.clues.corpus import Corpus, CorpusWriter
from article_data.clues.leaks import leaks
from article_data.clues.making import Clue, ClueMaker
from article_data.clues.masking import MASK
from article_data.clues.shaping import MAX_CHARS, is_long_enough
from article_data.clues.subject import Sentence, Subject
from article_data.language.head import head
from article_data.language.language import Language
from article_data.wikitext.holes import mend
from article_data.wikitext.reading import extract

DUMPS = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "dumps"
LANGUAGES = {
    "enwiki-106-articles": "en",
    "enwiki-2025-tiny-schema-0.11": "en",
    "zhwiki-23-articles": "zh",
    "bgwiki-3-pages": "bg",
    "ltgwiki-full-small": "ltg",
}
ARTICLES_READ = 150
"""Of a dump, at most; the rest is more of the same and costs time."""

_DISAMBIGUATION = re.compile(r"\{\{\s*(?:[\w -]*disambig|dab\s*[|}]|hndis|geodis)", re.IGNORECASE)

pytestmark = pytest.mark.skipif(not DUMPS.is_dir(), reason="the shared test dumps are not beside the repository")


class Made(NamedTuple):
    subject: Subject
    clues: tuple[Clue, ...]
    prose_chars: int


@cache
def made(dump: str) -> list[Made]:
    with TemporaryDirectory() as folder:
        return _made(dump, Path(folder))


def _made(dump: str, folder: Path) -> list[Made]:
    code = LANGUAGES[dump]
    language = Language.open(code)
    writer = CorpusWriter(folder, code)
    subjects: list[Subject] = []
    for title, text in _articles(DUMPS / f"{dump}.xml.bz2"):
        page = extract(text, title=title)
        sentences = tuple(
            Sentence(mend(sentence), number, paragraph.section)
            for number, paragraph in enumerate(page.paragraphs)
            for sentence in language.sentences(paragraph.text)
        )
        place = len(subjects)
        writer.add(place, Counter(stem for sentence in sentences for stem in language.stems(sentence.text)))
        subjects.append(
            Subject(
                title=title,
                names=page.bold,
                language=code,
                sentences=sentences,
                facts=page.facts,
                links=page.links,
                head=head(sentences[0].text, (title, *page.bold), code) if sentences else "",
                place=place,
            )
        )
    writer.close()
    maker = ClueMaker(language, Corpus(folder))
    return [Made(one, maker.made(one), sum(len(sentence.text) for sentence in one.sentences)) for one in subjects]


def _articles(path: Path) -> Iterator[tuple[str, str]]:
    count = 0
    with bz2.open(path) as file:
        for _, page in ElementTree.iterparse(file):
            if page.tag.rpartition("}")[2] != "page":
                continue
            fields = {element.tag.rpartition("}")[2]: element.text or "" for element in page.iter()}
            if fields["ns"] == "0" and "redirect" not in fields and not _DISAMBIGUATION.search(fields["text"]):
                yield fields["title"], fields["text"]
                count += 1
            page.clear()
            if count == ARTICLES_READ:
                return


@pytest.mark.parametrize("dump", LANGUAGES)
def test_no_clue_shows_its_answer(dump: str) -> None:
    shown = {
        (one.subject.title, clue.text): found
        for one in made(dump)
        for clue in one.clues
        if (found := leaks(clue.text, one.subject.title, one.subject.names))
    }
    assert shown == {}


@pytest.mark.parametrize("dump", LANGUAGES)
def test_every_clue_has_the_shape_of_one(dump: str) -> None:
    for one in made(dump):
        assert len(one.clues) <= 12
        assert len({clue.text for clue in one.clues}) == len(one.clues)
        for clue in one.clues:
            assert is_long_enough(clue.text), clue
            assert len(clue.text) <= MAX_CHARS, clue
            assert clue.text.count(MASK) <= 1, clue


def test_clues_find_their_articles_and_get_easier() -> None:
    played = [one for one in made("enwiki-106-articles") if len(one.clues) >= 4]
    clues = [clue for one in played for clue in one.clues]
    assert sum(clue.standing.rank == 1 for clue in clues) >= 0.75 * len(clues)
    last = [one.clues[-1] for one in played]
    assert sum(clue.standing.rank == 1 for clue in last) >= 0.95 * len(last)
    thirds = [[0, 0], [0, 0], [0, 0]]
    for one in made("enwiki-106-articles"):
        for at, clue in enumerate(one.clues):
            third = thirds[3 * at // len(one.clues)]
            third[0] += clue.standing.rank == 1
            third[1] += 1
    shares = [found / count for found, count in thirds]
    assert shares[0] < shares[1], "the first clues are the hard ones"
    assert shares[0] < shares[2]


def test_long_articles_have_enough_clues() -> None:
    for chars, share in ((6000, 0.9), (3000, 0.5)):
        long = [one for one in made("enwiki-106-articles") if one.prose_chars > chars]
        assert sum(len(one.clues) >= 6 for one in long) >= share * len(long)


def test_a_round_ends_with_the_definition() -> None:
    by_title = {one.subject.title: one.clues for one in made("enwiki-106-articles")}
    assert by_title["Albert Einstein"][-1].text.startswith("_____ (14 March 1879 – 18 April 1955) was a German-born ")
    assert by_title["Amphibian"][-1].text.startswith("_____ are ectothermic, tetrapod vertebrates")
    with_clues = [one for one in made("enwiki-106-articles") if len(one.clues) >= 6]
    defined = sum(one.clues[-1].sentences[:1] == (one.subject.sentences[0].text,) for one in with_clues)
    assert defined >= 0.8 * len(with_clues)


def test_clues_come_from_many_sections() -> None:
    sections: list[int] = []
    for one in made("enwiki-106-articles"):
        where = {sentence.text: sentence.section for sentence in one.subject.sentences}
        if len(set(where.values())) >= 8 and len(one.clues) == 12:
            sections.append(len({where[clue.sentences[0]] for clue in one.clues if clue.sentences}))
    assert min(sections) >= 4
    assert sum(sections) / len(sections) >= 7
