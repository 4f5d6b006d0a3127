"""Names made comparable: how a guess, a title and an alias become the same words when they mean the same name.

Owns the folding of case, accents, punctuation, English articles, short forms and numerals. Pure text in, words out; it
knows no article, judges nothing (that is `judge/`) and never raises, whatever the string. `fold` is also the normal form
of the store's index of names.
"""

from __future__ import annotations

import re
import unicodedata

from article_data.numerals import with_digits

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
_TRAILING_BRACKET = re.compile("\\s*[(\uff08]([^()\uff08\uff09]*)[)\uff09]\\s*$")

ENGLISH_ARTICLES = frozenset({"a", "an", "the"})

_SHORT_FORMS = {
    "st": "saint",
    "mt": "mount",
    "ft": "fort",
    "vs": "versus",
    "jr": "junior",
    "jnr": "junior",
    "sr": "senior",
    "snr": "senior",
    "dr": "doctor",
    "bros": "brothers",
    "blvd": "boulevard",
}


def fold(text: str) -> str:
    """Return `text` in lower case, without accents and with only single spaces between its words and numbers."""
    folded = text[:NAME_LIMIT]
    if folded.isascii():
        plain = _JOINERS.sub("", folded.lower()).replace("&", " and ")
        return _ASCII_GAPS.sub(" ", plain).strip()[:_FOLDED_LIMIT].rstrip()
    for _ in range(2):  # decomposing shows new capitals, and folding these new compositions
        folded = unicodedata.normalize("NFKD", folded)[:_FOLDED_LIMIT].casefold()
    folded = unicodedata.normalize("NFKD", folded)[:_FOLDED_LIMIT].translate(_LETTERS)
    composed = unicodedata.normalize("NFC", _ACCENTS.sub("", folded))
    kept = (_kept(char) for char in _JOINERS.sub("", composed))
    return " ".join("".join(kept).split())[:_FOLDED_LIMIT].rstrip()


def words_of(text: str) -> tuple[str, ...]:
    """Return the comparable words of a name: folded, English articles left out, numerals as digits.

    Empty for a text without letters and digits. "The Godfather Part II" gives ("godfather", "part", "2").
    """
    return words_of_folded(fold(text))


def words_of_folded(folded: str) -> tuple[str, ...]:
    """Return what `words_of` returns, for a text that `fold` has folded."""
    words = folded.split()
    plain = tuple([_SHORT_FORMS.get(word, word) for word in words if word not in ENGLISH_ARTICLES])
    return with_digits(plain or tuple(words))


def split_bracket(title: str) -> tuple[str, str]:
    """Split "Mercury (planet)" into "Mercury" and "planet"; the second is "" for a title without a last bracket."""
    found = _TRAILING_BRACKET.search(title[:NAME_LIMIT])
    if found is None or found.start() == 0:
        return title, ""
    return title[: found.start()], found.group(1)


def plain_title(title: str) -> str:
    """Take the trailing bracket off a title: "Mercury (planet)" is called "Mercury"."""
    return split_bracket(title)[0]


def _kept(char: str) -> str:
    """Return what stays of a character: letters and marks as they are, any script's digits as 0 to 9, else a space."""
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    return char if char.isalnum() or unicodedata.category(char) in {"Mn", "Mc"} else " "
