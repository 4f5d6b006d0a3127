"""Twenty, the sentences of a record: their words, which are about the article, and what they affirm. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from article_data.article import Article
from article_data.language.words import WORD, fold, word_set

Words = tuple[str, ...]
NEGATIONS: Final = word_set(
    """
    not no never without nor neither except unlike nicht kein keine nie ohne pas jamais sans aucun ni nunca jamas sin
    non mai senza ne nao sem nem
    """
)
_SUBJECTS: Final = word_set(
    """
    it he she they its his her their es er sie seine il elle ils elles ele ela esso essa
    """
)
_MASK: Final = "_____"
_MADE_IT: Final = re.compile(
    r"\b(?:wrote|built|made|invented|designed|gave|painted|composed|founded|discovered|created|drew) it\b"
)


def tokens(text: str) -> Words:
    """Return a text's comparable words: folded, apostrophes part them, "isn't" is "isnt"."""
    return tuple(WORD.findall(fold(re.sub(r"n['\u2019]t\b", "nt", text.casefold()))))


def sentences_of(article: Article) -> Iterator[str]:
    return (part.strip() for part in re.split(r"(?<=[.!?])\s+(?=[^\W\d_a-z])", article.summary) if part.strip())


def without(words: Words, own: frozenset[str]) -> Words:
    return tuple(word for word in words if word not in own)


def defining(sentence: str) -> str:
    """Return what comes after a defining sentence's copula."""
    match = re.search(
        r"\b(?:is|was|are|were|ist|war|sind|waren|es|fue|era|son|est|etait|était|sont|fut|\u00e8|fu|sono|foi|é|são)\b",
        sentence,
    )
    return sentence[match.end() :] if match else sentence


def is_about(sentence: str, title: str) -> bool:
    """Say whether a sentence speaks of the article: it begins with "It", the mask or the title, or has its object in it."""
    plain = re.sub(r"^(?:The|A|An|Die|Der|Das|Le|La|L'|El|Il|Lo|O|A)\s+", "", sentence)
    first = tokens(sentence)[:1]
    return (
        plain.startswith((_MASK, title))
        or bool(first and first[0] in _SUBJECTS)
        or _MADE_IT.search(sentence) is not None
    )


def said(article: Article, sentences: Sequence[str], own: frozenset[str]) -> Iterator[Words]:
    for text in dict.fromkeys((*sentences, *article.clues)):
        if is_about(text, article.title) or text in sentences:
            yield _affirmed(without(tokens(text), own))
    for text in (article.description, *article.categories):
        yield _affirmed(without(tokens(text), own))
    for fact in article.facts:
        yield _affirmed(without(tokens(f"{fact.name} {fact.value}"), own))


def _affirmed(words: Words) -> Words:
    """Cut a sentence at its first negation."""
    return next((words[:place] for place, word in enumerate(words) if word in NEGATIONS), words)
