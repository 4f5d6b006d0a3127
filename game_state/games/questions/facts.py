"""Twenty, hints: true things that are told of the article and do not name it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Final

from article_data.article import Article
from game_state.games.answering import judged
from game_state.games.questions.sentences import tokens
from languages.voice import Voice

_CLUES: Final = 3
_TELLING: Final = 4
"""Letters of a word of the title that tells something: not "the"."""


def facts_to_tell(article: Article, voice: Voice) -> tuple[str, ...]:
    """Return the hints of an article, the most general first: what it is, where it is filed, its hardest clues."""
    names = {word for word in tokens(article.title) if len(word) >= _TELLING or word.isdecimal()}
    return tuple(text for fact, text in _facts(article, voice) if is_safe(fact, article, names))


def is_safe(fact: str, article: Article, names: Set[str]) -> bool:
    """Say whether a fact has no telling word of the title, and names the article in no other way."""
    return bool(fact) and names.isdisjoint(tokens(fact)) and judged(fact, article).kind == "reject"


def _facts(article: Article, voice: Voice) -> Iterator[tuple[str, str]]:
    yield article.head, voice.say("In one word: {word}.", word=article.head)
    for category in article.categories[:2]:
        yield category, voice.say("It is filed under: {category}.", category=category)
    for clue in article.clues[:_CLUES]:
        yield clue, clue
