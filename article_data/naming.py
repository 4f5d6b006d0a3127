"""Names made comparable: how a guess, a title and an alias become the same words when they mean the same name.

Owns the folding of case, accents, punctuation, leading articles and numerals. Pure text in, words out; it knows no
article, judges nothing (that is `judge.py`) and never raises, whatever the string.
"""

from __future__ import annotations

import re
import unicodedata

NAME_LIMIT = 200
"""Longest text that is looked at, in code points: bounds the cost of one judgement."""

# One code point may fold to as many as 18.
_FOLDED_LIMIT = 2 * NAME_LIMIT

# Letters that Unicode does not decompose but keyboards without them write so.
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
        "ħ": "h",
        "ŋ": "n",
        "&": " and ",
    }
)
# Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowel marks: people leave these out. The vowel signs of
# Indic scripts are letters in all but name and stay.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]")
_JOINERS = re.compile("['\u2019\u2018\u02bc`\u00b4\u00ad\u200b-\u200d\u2060]")
_ASCII_GAPS = re.compile("[^a-z0-9]+")
_TRAILING_BRACKET = re.compile(r"\s*\(([^()]*)\)\s*$")
_ROMAN = re.compile(r"^(x{0,3})(ix|iv|v?i{0,3})$")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}

ENGLISH_ARTICLES = frozenset({"a", "an", "the"})
FOREIGN_ARTICLES = frozenset(
    [
        "der",
        "die",
        "das",
        "den",
        "dem",
        "ein",
        "eine",
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "el",
        "los",
        "las",
        "il",
        "lo",
        "gli",
        "uno",
        "una",
        "o",
        "os",
        "as",
        "um",
        "uma",
        "de",
        "het",
        "een",
    ]
)
"""Articles that a guess may carry in front where the name has none: "der Bundestag"."""

_NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
_SHORT_FORMS = {"st": "saint", "mt": "mount", "vs": "versus", "ft": "fort"} | _NUMBER_WORDS


def fold(text: str) -> str:
    """Return `text` in lower case, without accents and with only single spaces between its words and numbers."""
    folded = text[:NAME_LIMIT]
    if folded.isascii():
        plain = _JOINERS.sub("", folded.lower()).replace("&", " and ")
        return " ".join(_ASCII_GAPS.sub(" ", plain).split())[:_FOLDED_LIMIT]
    for _ in range(2):  # decomposing shows new capitals, and folding these new compositions
        folded = unicodedata.normalize("NFKD", folded).casefold()
    folded = unicodedata.normalize("NFKD", folded).translate(_LETTERS)
    composed = unicodedata.normalize("NFC", _ACCENTS.sub("", folded))
    kept = (char if _is_word_char(char) else " " for char in _JOINERS.sub("", composed))
    return " ".join("".join(kept).split())[:_FOLDED_LIMIT]


def words_of(text: str) -> tuple[str, ...]:
    """Return the comparable words of a name: folded, English articles left out, numerals as digits.

    Empty for a text without letters and digits. "The Godfather Part II" gives ("godfather", "part", "2").
    """
    return words_of_folded(fold(text))


def words_of_folded(folded: str) -> tuple[str, ...]:
    """Return what `words_of` returns, for a text that `fold` has folded."""
    words = folded.split()
    plain = [word for word in words if word not in ENGLISH_ARTICLES] or words
    return tuple(_numeral(word, place) for place, word in enumerate(plain))


def split_bracket(title: str) -> tuple[str, str]:
    """Split "Mercury (planet)" into "Mercury" and "planet"; the second is "" for a title without a last bracket."""
    found = _TRAILING_BRACKET.search(title[:NAME_LIMIT])
    if found is None or found.start() == 0:
        return title, ""
    return title[: found.start()], found.group(1)


def _is_word_char(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char) in {"Mn", "Mc"}


def _numeral(word: str, place: int) -> str:
    """Write a number word, or a Roman numeral up to 39 that is not the name's first word, in digits."""
    short = _SHORT_FORMS.get(word)
    if short is not None:
        return short
    # The first word of "I, Robot" or "Xi Jinping" is no numeral.
    if place == 0 or _ROMAN.match(word) is None:
        return word
    values = [_ROMAN_VALUES[char] for char in word]
    following = [*values[1:], 0]
    return str(sum(-value if value < after else value for value, after in zip(values, following, strict=True)))
