"""What the articles of a built store are like: prose without residue and holes, clues that are fair and lead somewhere.

Looks at the records of finished builds alone and checks them by its own rules, not by those of the build.
"""

# ruff: noqa: RUF001 - punctuation and letters of other scripts

from __future__ import annotations

import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from article_data.article import Article, ArticleText
from article_data.clues.leaks import leaks
from article_data.language.language import Language
from article_data.store.build import Build
from article_data.store.codec import decode_article, decode_text
from ops.bench.figures import Figure

K1, B = 1.2, 0.75
"""BM25's usual constants. Source: Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), section 3.3."""
SAMPLE = 300

RESIDUE = re.compile(
    r"\{\{|\}\}|\[\[|\]\]|[<>|]|'''|''|==|formula_\d|&(?:[a-z]+|#\d+|#x[0-9a-f]+);|__[A-Z]+__|\{\||\|\}", re.IGNORECASE
)
"""Markup, and entities whether escaped once or twice."""
_MEASURES = "long|wide|high|tall|deep|thick"
_UNITS = "km|m|cm|mm|kg|ft|mi|miles|metres|meters|feet|°C|°F|%|per cent|percent|million|billion"
_BEFORE_NUMBERS = "(?<!s )of|by|about|approximately|around|roughly|nearly|over|under|than|between"
HOLES = (
    re.compile(r"\(\s*[,;:.]*\s*\)|\(\s+[–-]\s*\)|\([–-]\s+\)|\[\s*\]|（\s*）"),
    re.compile(r"[(（]\s*[,;]|[,;]\s*[)）]"),
    re.compile(r"[,;]\s*(?:[,;]|\.(?!\.))|\s[,;](?:\s|$)|(?<!\.)\.\s\.(?!\.)|^\W*$|^[,;.:)]\s"),
    re.compile(r"[:;,：；，]$"),
    re.compile(rf"\b(?:{_MEASURES}|{_BEFORE_NUMBERS}|is|was),? (?:about|and) (?:{_MEASURES})\b"),
    re.compile(rf"\b(?:{_BEFORE_NUMBERS}) (?:{_UNITS})(?![\w'-])(?! of)"),
    re.compile(r"\b(?:the|a|an|of|and|with|from|by) (?:[,;)]|\.(?![\d.])|$)"),
    re.compile(r"“\s*”|(?:^|[\s(])\"\s*\"(?:[\s.,;)]|$)|''"),
    re.compile(r"\b(?:[kMGT]|[A-Za-z]*oil)bbl\b|\b\w+(?:/sq(?:km|mi)|/km2)\b"),
    re.compile(r"\bborn (?:in|on) *[,)]|[(]born *[)]"),
)
"""What a reader sees where something was lost: empty brackets, doubled commas, a promised list, a unit without its number, a
broken joint, a template's code for a unit."""


class Shelf:
    """A finished build, read whole."""

    def __init__(self, store: Path, build_id: str, cache: Path) -> None:
        build = Build.open(store, build_id, cache)
        self.info = build.info
        count = build.info.article_count
        self.articles: list[Article] = [
            decode_article(build.records.unpack(build.records.read(i))) for i in range(count)
        ]
        self.texts: list[ArticleText] = [decode_text(build.texts.unpack(build.texts.read(i))) for i in range(count)]


def prose_of(text: ArticleText) -> Iterator[str]:
    """Yield an article's paragraphs."""
    for section in text.sections:
        yield from section.paragraphs


def measure(shelves: Mapping[str, Shelf]) -> list[Figure]:
    """Measure all builds; the rows on clues that find their article and on clue counts are of the first, an English one."""
    first = next(iter(shelves.values()))
    return [_residue(shelves), _holes(shelves), _leaks(shelves), *_search(first), *_clue_counts(shelves)]


def _residue(shelves: Mapping[str, Shelf]) -> Figure:
    articles = sum(len(shelf.articles) for shelf in shelves.values())
    found = [
        paragraph
        for shelf in shelves.values()
        for text in shelf.texts
        for paragraph in prose_of(text)
        if RESIDUE.search(paragraph)
    ]
    return Figure(f"paragraphs with markup residue, in {articles} pages of all dumps", "0", str(len(found)), not found)


def _holes(shelves: Mapping[str, Shelf]) -> Figure:
    sentences = [
        sentence
        for shelf in shelves.values()
        for text in shelf.texts
        for paragraph in prose_of(text)
        for sentence in re.split(r"(?<=[.!?。])\s+", paragraph)
    ]
    sample = random.Random(1).sample(sentences, min(SAMPLE, len(sentences)))
    found = [sentence for sentence in sample if any(hole.search(sentence) for hole in HOLES)]
    everywhere = sum(any(hole.search(sentence) for hole in HOLES) for sentence in sentences)
    return Figure(
        f"sentences with a hole, of {len(sample)} sampled",
        "0",
        f"{len(found)} (by the same patterns {everywhere} of all {len(sentences)})",
        not found,
    )


def _leaks(shelves: Mapping[str, Shelf]) -> Figure:
    clues = [(clue, article) for shelf in shelves.values() for article in shelf.articles for clue in article.clues]
    found = [clue for clue, article in clues if leaks(clue, article.title, article.aliases)]
    return Figure(f"clues that tell their answer, of {len(clues)}", "0", str(len(found)), not found)


def _clue_counts(shelves: Mapping[str, Shelf]) -> list[Figure]:
    english = [
        (sum(map(len, prose_of(text))), len(article.clues))
        for shelf in shelves.values()
        if shelf.info.language == "en"
        for article, text in zip(shelf.articles, shelf.texts, strict=True)
        if article.kind == "article"
    ]
    rows = []
    for name, least, most, target in (("above 6,000", 6000, math.inf, 90), ("from 3,000 to 6,000", 3000, 6000, 50)):
        counts = [clues for chars, clues in english if least <= chars <= most]
        share = 100 * sum(clues >= 6 for clues in counts) / len(counts) if counts else 0.0
        rows.append(
            Figure(
                f"English articles {name} characters of prose with at least 6 clues ({len(counts)} articles)",
                f"{target} %",
                f"{share:.1f} %",
                share >= target,
            )
        )
    return rows


def _search(shelf: Shelf) -> list[Figure]:
    """How often a clue alone finds its article first, its sentence taken out of the article's text."""
    index = _Bm25(shelf)
    ranks: list[list[int]] = []
    for place, article in enumerate(shelf.articles):
        if article.clues and article.article_id < shelf.info.pool_size:
            ranks.append([index.rank(place, clue) for clue in article.clues])
    every = [rank for row in ranks for rank in row]
    last = [row[-1] for row in ranks]
    thirds = [[], [], []]  # type: list[list[int]]
    for row in ranks:
        for place, rank in enumerate(row):
            thirds[3 * place // len(row)].append(rank)
    shares = [_first(third) for third in thirds]
    return [
        Figure(
            "clues that alone find their article first by BM25", "75 %", f"{_first(every):.1f} %", _first(every) >= 75
        ),
        Figure("the last clue alone does", "95 %", f"{_first(last):.1f} %", _first(last) >= 95),
        Figure(
            "rising from hard to easy: first, second, last third of the clues",
            "rising",
            ", ".join(f"{share:.1f} %" for share in shares),
            shares[0] <= shares[1] <= shares[2],
        ),
    ]


def _first(ranks: Sequence[int]) -> float:
    return 100 * sum(rank == 1 for rank in ranks) / max(1, len(ranks))


class _Bm25:
    """BM25 by its definition, over all articles of a build (no lists, stubs or disambiguation pages)."""

    def __init__(self, shelf: Shelf) -> None:
        self._language = Language.open(shelf.info.language)
        self._sentences: list[list[str]] = []
        self._counts: list[Counter[str]] = []
        self._holders: dict[str, set[int]] = defaultdict(set)
        for place, (article, text) in enumerate(zip(shelf.articles, shelf.texts, strict=True)):
            sentences = [
                sentence
                for paragraph in prose_of(text)
                for sentence in self._language.sentences(paragraph)
            ] if article.kind == "article" else []  # fmt: skip
            self._sentences.append(sentences)
            counts = Counter(stem for sentence in sentences for stem in self._language.stems(sentence))
            self._counts.append(counts)
            for stem in counts:
                self._holders[stem].add(place)
        self._lengths = [counts.total() for counts in self._counts]
        self._documents = sum(length > 0 for length in self._lengths)
        self._mean = sum(self._lengths) / max(1, self._documents)

    def rank(self, place: int, clue: str) -> int:
        """Return the article's place among all for a clue; ties count against it."""
        query = set(self._language.stems(clue.replace("_____", " ")))
        without = Counter(self._language.stems(self._source(place, clue)))
        own = self._score(query, self._counts[place] - without, self._lengths[place] - without.total())
        rivals = {other for stem in query for other in self._holders.get(stem, ())} - {place}
        scores = (self._score(query, self._counts[other], self._lengths[other]) for other in rivals)
        return 1 + sum(score >= own for score in scores)

    def _score(self, query: set[str], counts: Mapping[str, int], length: int) -> float:
        score = 0.0
        for stem in query:
            times = counts.get(stem, 0)
            if times > 0:
                holders = len(self._holders[stem])
                idf = math.log(1 + (self._documents - holders + 0.5) / (holders + 0.5))
                score += idf * times * (K1 + 1) / (times + K1 * (1 - B + B * length / self._mean))
        return score

    def _source(self, place: int, clue: str) -> str:
        """Return the sentence that a clue was made from: the one that shares most words with it; "" for a fact."""
        wanted = Counter(self._language.tokens(clue.replace("_____", " ")))
        best, most = "", 0.6 * wanted.total()
        for sentence in self._sentences[place]:
            shared = (Counter(self._language.tokens(sentence)) & wanted).total()
            if shared > most:
                best, most = sentence, shared
        return best
