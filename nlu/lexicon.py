"""What each language calls things: commands, games, topics, levels, numbers, and the phrases that people write.

Owns reading `phrases/<language>.toml`, once a process, into tables of folded words, and `words_of`, how a text is cut into words.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import msgspec

from article_data.language.words import fold
from languages.voice import LANGUAGES

_WORD: Final = re.compile(r"[^\W_]+")
_PHRASES: Final = Path(__file__).parent / "phrases"

Key = tuple[str, ...]
"""Folded words, as tables of names have them."""


class Word(msgspec.Struct, frozen=True):
    """One word of a text, without case and accents, and where it stands in it."""

    folded: str
    start: int
    end: int


class Template(msgspec.Struct, frozen=True):
    """A question with a hole: the words before what is asked about, and those after it."""

    before: Key
    after: Key


class Lexicon(msgspec.Struct, frozen=True, kw_only=True):
    """One language's words, folded."""

    phrases: dict[str, tuple[Key, ...]]
    """By intent, and under "chatter" what is said among people."""
    intents: dict[Key, str]
    """The intent of every phrase; a phrase that stands under two intents means the first."""
    soft: frozenset[Key]
    """Phrases that are meant for the bot only when said to it: "no idea", "good night"."""
    agreeing: frozenset[Key]
    """What says yes to "Shall we?"."""
    declining: frozenset[Key]
    """What says no to it."""
    talk: frozenset[Key]
    """What is said among people and asks for nothing."""
    slash: dict[str, str]
    """The command of each slash word, without "_" and "-"."""
    games: dict[Key, str]
    levels: dict[Key, str]
    topics: dict[Key, str]
    languages: dict[Key, str]
    periods: dict[Key, str]
    numbers: dict[str, int]
    about: tuple[Template, ...]
    """The longest first."""
    pointing: frozenset[str]
    """Words that point at something in the talk, not at an article."""
    articles: frozenset[str]
    fillers: frozenset[str]
    """Words that say nothing at the start and the end of a text."""
    adverbs: frozenset[str]
    """Words that say nothing wherever they stand."""
    frames: tuple[Key, ...]
    """What people put before what they ask for: "can we"; the longest first."""
    verbs: frozenset[str]
    """Words that ask for a game."""
    nouns: frozenset[str]
    """Words for a game."""
    rounds: frozenset[str]
    """What stands behind a number of rounds."""
    passing: frozenset[str]
    """Words that change nothing in what is asked for."""


def composed(text: str) -> str:
    """Return the text with every accent joined to its letter."""
    return unicodedata.normalize("NFC", text)


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a composed text; an apostrophe parts two."""
    return tuple(Word(fold(found[0]), found.start(), found.end()) for found in _WORD.finditer(text))


def key_of(text: str) -> Key:
    """Return a name's or phrase's folded words."""
    return tuple(word.folded for word in words_of(composed(text)))


def spoken(language: str) -> str:
    """Return the language of ours for an IETF tag ("pt-br"); English for one that the bot does not speak."""
    first = language.partition("-")[0].casefold()
    return first if first in LANGUAGES else "en"


@lru_cache(maxsize=len(LANGUAGES))
def lexicon(language: str) -> Lexicon:
    """Return a language's words; `language` is one of LANGUAGES."""
    table = tomllib.loads((_PHRASES / f"{language}.toml").read_text(encoding="utf-8"))
    phrases = {intent: tuple(key_of(line) for line in _lines(text)) for intent, text in table["phrases"].items()}
    intents: dict[Key, str] = {}
    for intent, keys in phrases.items():
        if intent != "chatter":
            for key in keys:
                intents.setdefault(key, intent)
    templates = [_template(line) for line in _lines(table["about"])]
    return Lexicon(
        phrases=phrases,
        intents=intents,
        soft=frozenset(key_of(line) for line in _lines(table["soft"])),
        agreeing=frozenset(key_of(line) for line in _lines(table["agreeing"])),
        declining=frozenset(key_of(line) for line in _lines(table["declining"])),
        talk=frozenset(phrases["chatter"]),
        slash={
            slash_key(word): command for command, text in table["slash"].items() for word in (command, *text.split())
        },
        games=_names(table["games"]),
        levels=_names(table["levels"]),
        topics=_names(table["topics"]),
        languages=_names(table["languages"]),
        periods=_names(table["periods"]),
        numbers={key[0]: int(number) for key, number in _names(table["numbers"]).items()},
        about=tuple(sorted(templates, key=lambda one: len(one.before) + len(one.after), reverse=True)),
        frames=tuple(sorted({key_of(line) for line in _lines(table["frames"])}, key=len, reverse=True)),
        **{name: frozenset(key_of(table[name])) for name in _SETS},
    )


_SETS: Final = ("pointing", "articles", "fillers", "adverbs", "verbs", "nouns", "rounds", "passing")


def slash_key(word: str) -> str:
    """Return a slash word as tables have it: folded, without what joins its parts."""
    return "".join(key_of(word.replace("_", " ")))


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _names(table: dict[str, Any]) -> dict[Key, str]:
    """Turn {"hard": "hard, tough"} about: every name and what it stands for."""
    return {key_of(name): meant for meant, text in table.items() for name in text.split(",")}


def _template(line: str) -> Template:
    before, _, after = line.partition("{x}")
    return Template(key_of(before), key_of(after))
