"""A sentence with a word missing: which sentence of an article, and which word of it.

The word is one of the article's keywords if any of its sentences has one, else a name, else a long word; never one that the rest
of the sentence or the title gives away. Owns that choice. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal

import msgspec

from article_data.article import Article
from article_data.clues.masking import MASK, Masker
from article_data.clues.ordinary import is_function_word, is_ordinary
from article_data.language.codes import base
from article_data.language.stopwords import own_stopwords
from article_data.language.words import WORD, fold, is_cjk

SHORTEST_WORD: Final = 4
LONGEST_WORD: Final = 24
SHORTEST_SENTENCE: Final = 40
"""Characters."""
FEWEST_WORDS: Final = 7
MOST_BYTES: Final = 800
"""Of a sentence: it is kept in the session."""
LONG_WORD: Final = 6
"""Letters of a word that is neither a keyword nor a name."""
MOST_TRIED: Final = 24
"""Words looked at closely: bounds the cost of one article."""

_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3}[.!?])\s+(?=[^\W\d_])")
"""Where a summary is parted: not after an initial or a short form."""
_HYPHENS = frozenset("-\u2010\u2011\u2013'\u2019\u00b4/")

Rank = Literal[0, 1, 2]
"""0: a keyword; 1: a name; 2: a long word."""


class Blanked(msgspec.Struct, frozen=True):
    """A sentence and the word that is missing."""

    before: str
    word: str
    after: str


class _Place(msgspec.Struct, frozen=True):
    rank: Rank
    blanked: Blanked


def choose(article: Article, seed: int) -> Blanked | None:
    """Return a sentence of the article and its missing word, by the seed among the best; None where nothing is fit."""
    places = [place for sentence in _sentences(article) for place in _places(sentence, article)]
    if not places:
        return None
    start = seed % len(places)
    turned = [*places[start:], *places[:start]]
    turned.sort(key=lambda place: place.rank)
    return next((place.blanked for place in turned[:MOST_TRIED] if not gives_away(place.blanked, article.title)), None)


def gives_away(blanked: Blanked, title: str) -> bool:
    """Say whether the missing word, or a form of it, is seen in the rest of the sentence or in the title."""
    masker = Masker(blanked.word)
    rest = f"{blanked.before} {blanked.after} {title}"
    return fold(blanked.word) in fold(rest) or any(
        masker.traces(part) for part in (blanked.before, blanked.after, title)
    )


def _sentences(article: Article) -> Iterator[str]:
    """Yield the article's sentences that read well alone: those of its summary, and its clues that have no mask."""
    found = (*_SENTENCE_END.split(" ".join(article.summary.split())), *article.clues)
    for sentence in dict.fromkeys(found):
        if (
            len(sentence) >= SHORTEST_SENTENCE
            and len(sentence.encode("utf-8", "ignore")) <= MOST_BYTES
            and MASK not in sentence
            and len(WORD.findall(sentence)) >= FEWEST_WORDS
        ):
            yield sentence


def _places(sentence: str, article: Article) -> Iterator[_Place]:
    keywords = {fold(keyword) for keyword in article.keywords}
    for at, match in enumerate(WORD.finditer(sentence)):
        word = match.group()
        folded = fold(word)
        blanked = Blanked(sentence[: match.start()], word, sentence[match.end() :])
        if not _is_fit(blanked, folded, article.language):
            continue
        if folded in keywords:
            yield _Place(0, blanked)
        elif at and word[0].isupper() and article.language != "de":
            yield _Place(1, blanked)
        elif len(word) >= LONG_WORD and not is_ordinary(folded):
            yield _Place(2, blanked)


def _is_fit(blanked: Blanked, folded: str, language: str) -> bool:
    """Say whether a word can be asked for: letters only, of a fair length, no function word, no part of a compound."""
    word = blanked.word
    if not (SHORTEST_WORD <= len(word) <= LONGEST_WORD and word.isalpha()) or is_cjk(word):
        return False
    if is_function_word(folded) or folded in _stopwords(language):
        return False
    # "North-_____" or "l'_____" tells too much, and reads badly in parts.
    return blanked.before[-1:] not in _HYPHENS and blanked.after[:1] not in _HYPHENS


@lru_cache(maxsize=64)
def _stopwords(language: str) -> frozenset[str]:
    return own_stopwords(base(language))
