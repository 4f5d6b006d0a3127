"""Is that the article? What every game asks when a player names it.

Owns how words become one guess: a list of names is fishing and counts as none. The verdict itself is the judge's. Pure.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from article_data.article import Article
from article_data.judge.judging import Verdict, judge
from article_data.judge.key import AnswerKey, make_key

HELD: Final = 64
"""Keys made here that are kept, by each process."""
MOST_NAMES: Final = 3
"""A text with so many names parted by commas, semicolons, slashes or lines is a list: fishing."""

_PARTS = re.compile(r"[,;/|\n\u3001\uff0c]+")
FISHING: Final = Verdict("reject", "list")


def judged(words: str, article: Article) -> Verdict:
    """Judge the words as one guess. A list of names is rejected with reason "list", unless it is itself a name."""
    verdict = judge(words, answer_key(article))
    if verdict.reason == "exact" or not is_list(words):
        return verdict
    return FISHING


def is_list(words: str) -> bool:
    """Say whether the words name several things at once."""
    return sum(1 for part in _PARTS.split(words) if part.strip()) >= MOST_NAMES


def answer_key(article: Article) -> AnswerKey:
    """Return the key of an article; records of builds without keys are judged by their title and aliases."""
    return article.key if article.key.title else _made(article.title, article.language, article.aliases)


def title_key(title: str, language: str = "en") -> AnswerKey:
    """Return a key for where only the title is known."""
    return _made(title, language, ())


@lru_cache(maxsize=HELD)
def _made(title: str, language: str, aliases: tuple[str, ...]) -> AnswerKey:
    return make_key(title, language=language, redirects=aliases)
