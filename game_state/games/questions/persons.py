"""Twenty, people: by what a record tells that it is of one, whether a woman's, whether of somebody who lives. Pure."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from article_data.article import Article
from article_data.language.words import fold, word_set
from game_state.games.questions.dating import BIRTH_DATE, DEATH_DATE
from game_state.games.questions.sentences import tokens

_FEMALE: Final = {
    "en": ("she", "her"),
    "de": ("geborene",),
    "fr": ("nee",),
    "es": ("nacida",),
    "it": ("nata",),
    "pt": ("nascida",),
}
_MALE: Final = {"en": ("he", "his", "him"), "fr": ("ne",), "es": ("nacido",), "it": ("nato",), "pt": ("nascido",)}
_PAST: Final = word_set(
    """
    was were war waren fue fueron era eran etait fut furent fu furono foi foram
    """
)
_DIED: Final = re.compile(
    r"^(?:he|she|er|sie|il|elle|ele|ela|\w+(?: \w+)?) (?:died|starb|mourut|fallecio|murio|mori|morreu)\b"
)


def looks_like_person(article: Article, language: str) -> bool:
    """Tell a person by a date or a category of births or deaths."""
    if any(BIRTH_DATE.search(date.name) or DEATH_DATE.search(date.name) for date in article.dates):
        return True
    return any(
        re.match(r"\d+s? (?:births|deaths)|living people|geboren \d|gestorben \d|nacidos en|naissance en", c.casefold())
        for c in article.categories
    )


def is_told_as_person(article: Article, language: str) -> bool:
    """Say whether two sentences begin with "He" or "She": where nothing else is known of it (ships are "she" too)."""
    first = [clue.split(" ", 1)[0].casefold() for clue in article.clues]
    return language == "en" and first.count("he") + first.count("she") + first.count("his") + first.count("her") >= 2


def is_female(article: Article, language: str) -> bool | None:
    count = Counter(word for text in (article.summary, *article.clues) for word in tokens(text)[:1] if text)
    if language != "en":
        count = Counter(tokens(" ".join((article.summary, *article.clues))))
    she = sum(count[word] for word in _FEMALE.get(language, ()))
    he = sum(count[word] for word in _MALE.get(language, ()))
    if she == he == 0:
        count = Counter(tokens(" ".join((article.summary, *article.clues))))
        she, he = count["she"] + count["her"], count["he"] + count["his"]
    return she > he if she != he else None


def is_alive(article: Article, definition: str) -> bool | None:
    if any(DEATH_DATE.search(date.name) for date in article.dates):
        return False
    if any(
        re.search(r"\bdeaths\b|\bgestorben\b|\bdeces\b|\bfallecidos\b|\bmorti\b|\bmortos\b", fold(c.casefold()))
        for c in article.categories
    ):
        return False
    if any(re.search(r"\bliving people\b|personas vivas|pessoas vivas", c.casefold()) for c in article.categories):
        return True
    copula = next((word for word in tokens(definition) if word in _PAST or word in ("is", "ist", "es", "est")), "")
    if copula in _PAST or _DIED.search(" ".join(tokens(article.summary))):
        return False
    return True if copula and article.categories and article.dates else None
