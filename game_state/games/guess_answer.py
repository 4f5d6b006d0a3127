"""The answer that a guess is judged against: the article's key, or one made from what else is known of it.

Owns where the games get their keys from. Pure; the keys made here are kept while they are played.
"""

from __future__ import annotations

from functools import lru_cache

from article_data.article import Article
from article_data.judge.key import AnswerKey, make_key

HELD = 64
"""Keys made here that are kept, by each process."""


def answer_key(article: Article) -> AnswerKey:
    """Return the key of an article; records of builds without keys are judged by their title and aliases."""
    return article.key if article.key.title else _made(article.title, article.language, article.aliases)


def title_key(title: str) -> AnswerKey:
    """Return a key for where only the title is known."""
    return _made(title, "en", ())


@lru_cache(maxsize=HELD)
def _made(title: str, language: str, aliases: tuple[str, ...]) -> AnswerKey:
    return make_key(title, language=language, redirects=aliases)
