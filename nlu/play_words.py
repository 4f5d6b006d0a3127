"""Reading what shall be played: "guess 10 hard history", "letters in Spanish", in any order and any of the bot's languages.

Owns `PlayOrder` and `read_play`. Pure.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import msgspec

from languages.voice import LANGUAGES
from nlu.lexicon import Key, Lexicon, composed, lexicon, spoken, words_of

ROUNDS_MOST: Final = 50
NAME_LIMIT: Final = 5
"""Words of the longest name of a game or a topic."""
WORDS_LIMIT: Final = 40
"""Words of an order that are read."""


class PlayOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What shall be played; "" and 0 where nothing is said of it."""

    game: str = ""
    """"guess", "blank", "letters", "which", "path" or "twenty"."""
    rounds: int = 0
    """1 to 50."""
    difficulty: str = ""
    """"easy", "medium" or "hard"."""
    topic: str = ""
    """A topic's English name, "history"."""
    language: str = ""
    """A code of LANGUAGES."""
    unknown: tuple[str, ...] = ()
    """Folded words that name nothing of these, in order."""


def read_play(words: str, language: str) -> PlayOrder:
    """Read an order for a game, by the words of `language` (an IETF tag) first, then by the others'.

    Of two games, topics, levels or languages the first counts.
    """
    return read_folded(tuple(word.folded for word in words_of(composed(words))[:WORDS_LIMIT]), spoken(language))


def read_folded(words: Key, language: str) -> PlayOrder:
    """`read_play` of folded words; `language` is one of LANGUAGES."""
    own, names = lexicon(language), _names(language)
    found: dict[str, str] = {}
    rounds, code, at = 0, "", 0
    unknown: list[str] = []
    while at < len(words):
        length = next((n for n in range(NAME_LIMIT, 0, -1) if words[at : at + n] in names), 1)
        word = words[at]
        meant = names.get(words[at : at + length])
        number = _number(own, words, at) if meant is None or length == 1 else 0
        if number:
            rounds = rounds or number
        elif meant is not None:
            field = next((field for field in meant if field not in found), "")
            if field:
                found[field] = meant[field]
        elif word in LANGUAGES and (word not in own.passing or at == len(words) - 1):
            code = code or word
        elif not (
            word.isdigit() or word in own.passing or word in own.verbs or word in own.nouns or word in own.rounds
        ):
            unknown.append(word)
        at += length
    # "en" is a word in Spanish: a language that is named goes before a code.
    found.setdefault("language", code)
    return PlayOrder(**found, rounds=rounds, unknown=tuple(unknown))


def _number(own: Lexicon, words: Key, at: int) -> int:
    """Return how many rounds the word asks for: digits, or a number in words before "rounds"; 0 where it does not."""
    word = words[at]
    if word.isascii() and word.isdigit():
        return min(int(word), ROUNDS_MOST) if len(word) <= 3 else 0
    return own.numbers.get(word, 0) if words[at + 1 : at + 2] and words[at + 1] in own.rounds else 0


@lru_cache(maxsize=len(LANGUAGES))
def _names(language: str) -> dict[Key, dict[str, str]]:
    """Return all names, those of the language itself first; a name may stand for a game and for a topic."""
    names: dict[Key, dict[str, str]] = {}
    for one in (language, *(other for other in LANGUAGES if other != language)):
        own = lexicon(one)
        tables = (("game", own.games), ("difficulty", own.levels), ("topic", own.topics), ("language", own.languages))
        fresh: dict[Key, dict[str, str]] = {}
        for field, table in tables:
            for key, meant in table.items():
                if key not in names and (one == language or key[0] not in lexicon(language).passing):
                    fresh.setdefault(key, {})[field] = meant
        names |= fresh
    for field, table in (("game", lexicon("en").games), ("topic", lexicon("en").topics)):
        for meant in table.values():
            # Buttons say the English name, whatever it means in the language.
            names[meant,] = {field: meant} | names.get((meant,), {})
    return names
