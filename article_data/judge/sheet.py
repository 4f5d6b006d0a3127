"""A key made ready for judging: sets to look words up in and lists for rapidfuzz to run along.

Owns that form and how long it is kept: the guesses of a round come in a row, so the last keys are held. Called by
`judging.py` and `closeness.py`. Pure but for the cache.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import msgspec

from article_data.judge.american import american
from article_data.judge.key import AnswerKey
from article_data.judge.little_words import little_words
from article_data.judge.plurals import plurals
from article_data.naming import split_bracket, words_of, words_of_folded
from article_data.word_lists import listed

HELD = 64
"""Keys held ready, by each process: some 10 KB each for 100 redirects."""
STRICT_LETTERS = 5
"""Fewest letters of a surname or another made name that may be misspelt at all; acronyms are shorter."""
TELLING_LETTERS = 4
"""Fewest letters of a word that says something of a name by itself."""
TELLING_NAMES = 2
"""A word in so many of the names says what they are about, even when the title has another."""

# Words that stand in the names of many articles and tell nothing of this one.
_COMMON = frozenset(
    listed(
        "list with from over under into that this what when where your their history part world book film song album novel "
        "series season game first second great"
    )
)

# What a bracket calls a kind of thing, and what people say for it.
_SAID_FOR = {
    "film": ("movie",),
    "series": ("show",),
    "band": ("group",),
    "novel": ("book",),
    "album": ("record",),
    "mythology": ("god", "goddess"),
}

Words = tuple[str, ...]


class Match(NamedTuple):
    """A name that a few edits lead to."""

    form: Words
    """The guess, and its words joined."""
    text: str
    words: Words
    """The name, and its words joined."""
    name: str
    edits: int
    """Plain edits between `text` and `name`."""


class Sheet(msgspec.Struct, frozen=True):
    """All names of one article, ready to be compared."""

    language: str
    raw: frozenset[str]
    """Titles without letters and digits ("!!!"), compared as they are."""
    right: dict[str, str]
    """Joined words to the reason of accepting them."""
    general: frozenset[str]
    neighbours: frozenset[str]
    """Joined words of what is close, and of what is another article."""
    rivals: frozenset[str]
    """Those of `neighbours` that a misspelt guess may be nearer to: not the other spelling of a name ("Color", "Colour")."""
    names: tuple[Words, ...]
    """Those that may be misspelt, the title first, those that are general last."""
    joined: tuple[str, ...]
    """The same with their words joined."""
    strict: frozenset[str]
    """Those of `joined` in which only a likely mistake is forgiven."""
    orders: dict[Words, tuple[frozenset[str], ...]]
    """The words of a name that are not little, sorted, each once, to the little words it has besides."""
    middles: dict[tuple[str, str, int], tuple[Words, ...]]
    """First word, last word and length of a name to what stands between."""
    bracket: frozenset[str]
    """Words of the title's bracket and what people say for them, which a guess may add."""
    pairs: frozenset[tuple[str, str]]
    """Words that follow one another in a name, the little ones left out."""
    telling: frozenset[str]
    """Words that are part of the answer and say something by themselves."""
    telling_by_letter: dict[str, tuple[str, ...]]
    """The same by their first letters."""
    numbers: frozenset[str]
    """Numbers in the title."""
    first_words: frozenset[str]
    little: frozenset[str]


@lru_cache(maxsize=HELD)
def sheet_of(key: AnswerKey) -> Sheet:
    """Make the sheet of a key, or return the one held."""
    little = little_words(key.language)
    plain, bracket = split_bracket(key.title)
    title = words_of(plain)
    whole = "".join(title)
    general, strict = _by_joined(key.general), _by_joined(key.exact)
    names = ({whole: title} if title and whole not in general else {}) | _by_joined((*key.names, *key.nouns))
    every = names | strict
    right = dict.fromkeys(every, "alias")
    if whole in right:
        right[whole] = "exact"
    general = {joined: words for joined, words in general.items() if joined not in right}
    neighbours = frozenset(_by_joined(key.neighbours)).difference(right)
    for joined in _plurals(key):
        if joined not in general and joined not in neighbours:
            right.setdefault(joined, "plural")
    rivals = neighbours
    if key.language == "en":
        spelt = _by_joined(" ".join(american(words)) for words in names.values())
        same = {"".join(words) for words in map(american, every.values())}
        rivals = frozenset(
            joined for joined, words in _by_joined(key.neighbours).items() if "".join(american(words)) not in same
        ).intersection(neighbours)
        names |= {joined: words for joined, words in spelt.items() if joined not in general}
        for joined in spelt:
            if joined not in general and joined not in neighbours:
                right.setdefault(joined, "alias")
    strict = {
        joined: words for joined, words in strict.items() if len(joined) >= STRICT_LETTERS and joined not in names
    }
    shortened = tuple(word for word in title if word not in little)
    if 2 <= len(shortened) < len(title):
        names.setdefault("".join(shortened), shortened)
    telling = _telling(title, every.values(), little)
    return Sheet(
        language=key.language,
        raw=frozenset(
            name.strip() for name in (key.title, *key.names, *key.nouns) if name.strip() and not words_of(name)
        ),
        right=right,
        general=frozenset(general),
        neighbours=neighbours,
        rivals=rivals,
        names=(*names.values(), *strict.values(), *general.values()),
        joined=(*names, *strict, *general),
        strict=frozenset(strict),
        orders=_orders(every.values(), little),
        middles=_middles(every.values()),
        bracket=frozenset(other for word in words_of(bracket) for other in (word, *_SAID_FOR.get(word, ()))),
        pairs=frozenset(pair for words in every.values() for pair in pairwise(w for w in words if w not in little)),
        telling=telling,
        telling_by_letter={
            letter: tuple(sorted(word for word in telling if word[0] == letter))
            for letter in {word[0] for word in telling}
        },
        numbers=frozenset(word for word in title if word.isdigit()),
        first_words=frozenset(words[0] for words in every.values()),
        little=little,
    )


def _by_joined(names: Iterable[str]) -> dict[str, Words]:
    """Return the words of folded names by these words joined."""
    by_joined: dict[str, Words] = {}
    for words in map(words_of_folded, names):
        by_joined.setdefault("".join(words), words)
    by_joined.pop("", None)
    return by_joined


def _plurals(key: AnswerKey) -> Iterator[str]:
    for words in map(words_of_folded, key.nouns):
        for other in plurals(words[-1], key.language):
            yield "".join((*words[:-1], other))


def _orders(names: Iterable[Words], little: frozenset[str]) -> dict[Words, tuple[frozenset[str], ...]]:
    orders: dict[Words, tuple[frozenset[str], ...]] = {}
    for words in names:
        others = tuple(sorted({word for word in words if word not in little}))
        if len(others) > 1:
            orders[others] = (*orders.get(others, ()), little.intersection(words))
    return orders


def _middles(names: Iterable[Words]) -> dict[tuple[str, str, int], tuple[Words, ...]]:
    middles: dict[tuple[str, str, int], tuple[Words, ...]] = {}
    for words in names:
        if len(words) > 2:
            ends = (words[0], words[-1], len(words))
            middles[ends] = (*middles.get(ends, ()), words[1:-1])
    return middles


def _telling(title: Words, names: Iterable[Words], little: frozenset[str]) -> frozenset[str]:
    counts = Counter(word for words in names for word in set(words))
    chosen = {*title, *(word for word, count in counts.items() if count >= TELLING_NAMES)}
    return frozenset(
        word for word in chosen if len(word) >= TELLING_LETTERS and word.isalpha() and word not in little | _COMMON
    )
