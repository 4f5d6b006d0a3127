"""Twenty, what the record of an article says of it, put together: kinds, places, times, sentences.

Owns `Record`. The article's title is taken out of what can be looked up, so that no answer gives it away. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from typing import Final

import msgspec

from article_data.article import Article
from article_data.language.head_tables import GRAMMARS
from article_data.language.words import word_set
from game_state.games.questions.dating import BORN_HERE, MADE_HERE, Times, times_of
from game_state.games.questions.definition import kinds_of, noun_phrase
from game_state.games.questions.kinds import kinds
from game_state.games.questions.persons import is_alive, is_female
from game_state.games.questions.places import atlas, continent_at
from game_state.games.questions.sentences import Words, defining, is_about, said, sentences_of, tokens, without

_RELATIVE: Final = re.compile(
    r"\b(?:that|which|who|whose|whom|where|when|der|die|das|que|qui|dont|che|cui|born|geboren|ne|nee|nacido"
    r"|nacida|nato|nata|nascido"
    r"|nascida)\b.*"
)
_HOME_FACTS: Final = re.compile(
    r"\b(?:country|countries|location|origin|region|continent|place|capital|state|ort|land|staat|pais|pays|paese"
    r"|stato|lieu|lugar|luogo)\b"
)


_NATION_FACTS: Final = re.compile(
    r"\b(?:nationality|citizenship|nationalitat|nacionalidad|nationalite"
    r"|nazionalita|nacionalidade)\b"
)
_BORN_FACTS: Final = re.compile(r"born|birth|geburt|geboren|nacimiento|naissance|nascita|nascimento|origin")
_UNSURE: Final = word_set("former speaking descent colonies emigrants immigrants expatriate culture members relations")
"""Words with which a category's place is not where its articles are."""
_IN: Final = word_set("in of from on by aus von im en de du des d en a di del della da do em")
HELD: Final = 64
"""Records that are kept, by each process."""
_HAS: Final = word_set(
    """
    has have had with its their his her contains contain hat haben mit seine ihre tiene tienen con sus avec
    ses ha hanno suoi tem com seus
    """
)
_REACH: Final = 6
"""Words after "has" that may name what it has."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What an article's record says."""

    language: str
    kinds: frozenset[str]
    """The nearest kinds; `questions/kinds.py` tells what they are too."""
    members: frozenset[str]
    """The words of its definition and categories that name something of a kind: "whale"."""
    definition: Words
    homes: frozenset[str]
    """Places that it is in or of."""
    itself: frozenset[str]
    """The place that it is, as far as the tables know it."""
    origins: frozenset[str]
    """Places where it was born or made."""
    mentions: frozenset[str]
    """All places that the record names, and what they lie in."""
    names: tuple[Words, ...]
    """The noun phrases that say what it is: "soft heavy yellow metal"."""
    having: tuple[Words, ...]
    """What sentences about it say after "has" or "with", a few words each."""
    sentences: tuple[Words, ...]
    """What is said of it, up to the first negation, without its own name."""
    words: frozenset[str]
    """All words of the record, without its own name."""
    stated: frozenset[str]
    """The words of definition, description and categories."""
    text: str
    """Summary and clues, as written."""
    female: bool | None
    alive: bool | None
    """For a person."""
    times: Times
    coordinates: tuple[float, float] | None

    def is_kind(self, kind: str) -> bool | None:
        """Say whether it is of the kind; None where the record does not tell."""
        tree = kinds()
        if any(kind in tree.line(mine) for mine in self.kinds):
            return True
        return False if any(tree.exclude(mine, kind) for mine in self.kinds) else None

    @property
    def nearest(self) -> frozenset[str]:
        """The homes without those that others lie in."""
        return frozenset(
            home for home in self.homes if not any(home in atlas().line(other) for other in self.homes if other != home)
        )

    @property
    def is_person(self) -> bool:
        """The record is a person's."""
        return self.is_kind("person") is True


@lru_cache(maxsize=HELD)
def read(article: Article) -> Record:
    """Read the record of an article."""
    language = article.language.partition("-")[0]
    own = frozenset(tokens(article.title))
    sentences = tuple(sentences_of(article))
    definition = next((s for s in (*sentences, *reversed(article.clues))), "")
    found, members = kinds_of(article, definition, sentences, language)
    about = tuple(said(article, sentences, own))
    tree = kinds()
    line = {above for kind in found for above in tree.line(kind)}
    is_person = "person" in line
    homes, origins = _places(article, definition, sentences, own if is_person else frozenset(), line)
    everything = [tokens(text) for text in (*sentences, *article.clues, article.description, *article.categories)]
    everything += [tokens(f"{fact.name} {fact.value}") for fact in article.facts]
    return Record(
        language=language,
        kinds=found,
        members=members,
        definition=without(tokens(defining(definition)), own),
        homes=homes,
        itself=frozenset(spot.place for spot in atlas().spots(tokens(article.title)) if "place" in line),
        origins=origins,
        mentions=frozenset(place for words in everything for place in _lines(words)),
        names=tuple(_names(article, definition, own)),
        having=tuple(_having(about)),
        sentences=about,
        words=frozenset(word for words in everything for word in words) - own,
        stated=frozenset(tokens(" ".join((defining(definition), article.description, *article.categories)))) - own,
        text="\n".join((*sentences, *article.clues)),
        female=is_female(article, language) if is_person else None,
        alive=is_alive(article, definition) if is_person else None,
        times=times_of(article, definition, sentences, line),
        coordinates=article.coordinates,
    )


def _names(article: Article, definition: str, own: frozenset[str]) -> Iterator[Words]:
    grammar = GRAMMARS.get(article.language.partition("-")[0])
    for text in (defining(definition), article.description, article.head, *article.categories):
        words = tokens(text)
        start = next((at for at, word in enumerate(words) if grammar is None or word not in grammar.determiners), 0)
        yield without(words[start : start + noun_phrase(words[start:], grammar)], own)


def _having(sentences: Sequence[Words]) -> Iterator[Words]:
    for words in sentences:
        for at, word in enumerate(words):
            if word in _HAS:
                yield words[at + 1 : at + _REACH]


def _filed(words: Words, line: Set[str], language: str) -> Iterator[str]:
    """Yield the places of a category that is one of what the article is: "Cities in France", "Polish physicists"."""
    spots = atlas().spots(words)
    if not spots or not _UNSURE.isdisjoint(words):
        return
    if len(spots) == 1 and spots[0].end - spots[0].start == len(words) and line.isdisjoint({"person", "country"}):
        yield spots[0].place
    end = noun_phrase(words, GRAMMARS.get(language))
    named = [one for _, last, one in kinds().named(words[:end], language) if last == end]
    if words[0] == "history" and not line.isdisjoint({"person", "event", "structure"}):
        yield from (spot.place for spot in spots)
    is_its = any(one.kind in line for one in named) or ("person" in line and words[end - 1] == "people")
    if is_its and (end == len(words) or words[end] in _IN):
        yield from (spot.place for spot in spots)


def _lines(words: Words) -> Iterator[str]:
    for spot in atlas().spots(words):
        yield from atlas().line(spot.place)


def _places(
    article: Article, definition: str, sentences: Sequence[str], own: frozenset[str], line: Set[str]
) -> tuple[frozenset[str], frozenset[str]]:
    said = without(tokens(defining(definition)), own)
    core = _RELATIVE.sub("", " ".join(said)).split()
    homes = {spot.place for spot in atlas().spots(core)}
    homes.update(spot.place for spot in atlas().spots(without(tokens(article.description), own)))
    for category in article.categories:
        homes.update(_filed(without(tokens(category), own), line, article.language.partition("-")[0]))
    for fact in article.facts:
        if (_NATION_FACTS if "person" in line else _HOME_FACTS).search(fact.name.casefold()):
            homes.update(spot.place for spot in atlas().spots(tokens(fact.value)))
    if article.coordinates is not None and (continent := continent_at(*article.coordinates)):
        homes.add(continent)
    origins: set[str] = set()
    for fact in article.facts:
        if _BORN_FACTS.search(fact.name.casefold()):
            origins.update(spot.place for spot in atlas().spots(tokens(fact.value)))
    for text in (*sentences, *article.clues):
        folded = " ".join(tokens(text))
        for pattern in (BORN_HERE, MADE_HERE):
            match = pattern.search(folded)
            if match is not None and is_about(text, article.title):
                rest = folded[match.end() if pattern is MADE_HERE else match.start() :].split()
                origins.update(spot.place for spot in atlas().spots(rest[:12]))
    return frozenset(homes), frozenset(origins)
