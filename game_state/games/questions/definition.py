"""Twenty, what an article is: the kinds that its definition, description and categories name. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from article_data.article import Article
from article_data.language.head_tables import GRAMMARS, Grammar
from game_state.games.questions.kinds import Named, kinds
from game_state.games.questions.persons import is_told_as_person, looks_like_person
from game_state.games.questions.sentences import defining, tokens

_MOST_SUBJECTS: Final = 3
"""An article of which only categories tell what it is has so many categories for each that tells it."""
_NOT_REAL: Final = re.compile(r"myth|legend|fiction|fiktiv|ficti|mito|mitolog")
_OTHER_TAILS: Final = frozenset(["births", "deaths", "laureates", "people", "geburten"])


def noun_phrase(words: Sequence[str], grammar: Grammar | None) -> int:
    """Return after how many words the first noun phrase ends: before a preposition, a conjunction, a relative."""
    for place, word in enumerate(words):
        if grammar is not None and word in grammar.stops and place > 0:
            return place
    return len(words)


def _heads(text: str, language: str) -> Iterator[Named]:
    """Yield the kinds that a definition or a description names: the last noun of each part (the first in Romance languages)."""
    grammar = GRAMMARS.get(language)
    noun_first = grammar is not None and grammar.noun_first
    for chunk in re.split(r"[,;(]|\b(?:and|or|und|oder|y|o|et|ou|e)\b", text):
        words = tokens(chunk)
        while words and grammar is not None and (words[0] in grammar.determiners or words[0] in grammar.passed):
            words = words[1:]
        end = noun_phrase(words, grammar)
        if end == 0 or (grammar is not None and words and words[0] in grammar.stops):
            break
        named = kinds().named(words[:end], language)
        if named:
            _, last, kind = named[0] if noun_first else named[-1]
            if (
                grammar is not None
                and kind.word in grammar.general
                and words[end : end + 1]
                and words[end] in grammar.links
            ):
                yield from _heads(" ".join(words[end + 1 :]), language)
                break
            if noun_first or last == end:
                yield kind
        if end < len(words):
            break


def kinds_of(
    article: Article, definition: str, sentences: Sequence[str], language: str
) -> tuple[frozenset[str], frozenset[str]]:
    tree = kinds()
    sure = list(_heads(defining(definition), language))
    bracket = re.search(r"\(([^)]*)\)$", article.title)
    for text in (article.description, bracket[1] if bracket else ""):
        sure.extend(_heads(text, language))
    if not sure:
        sure.extend(_heads(article.head, language))
    found = {named.kind for named in sure}
    if looks_like_person(article, language):
        found = {kind for kind in found if not tree.exclude(kind, "person")} | {"person"}
    elif not found and is_told_as_person(article, language):
        found = {"person"}
    guessed: list[Named] = []
    for category in article.categories:
        words = tokens(category)
        end = noun_phrase(words, GRAMMARS.get(language))
        if words and words[end - 1] not in _OTHER_TAILS and _NOT_REAL.search(category.casefold()) is None:
            # English categories of things are plurals; "Food and drink" is a subject.
            is_class = language != "en" or words[end - 1].endswith(("s", "men", "people"))
            guessed.extend(n for _, last, n in tree.named(words[:end], language)[-1:] if last == end and is_class)
    if not found and not guessed:
        found = {topic for topic in article.topics if topic in ("person", "animal", "plant")}
    if not found and _MOST_SUBJECTS * len(guessed) < len(article.categories):
        guessed = []  # a few of many categories: subjects that it belongs to
    for named in guessed:
        if not any(tree.exclude(kind, named.kind) for kind in found):
            found.add(named.kind)
            sure.append(named)
    return frozenset(found), frozenset(named.word for named in sure)
