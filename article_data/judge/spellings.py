"""Other ways to write a name that say the same: umlauts as two letters, Latin letters for Cyrillic and Greek, numbers in words.

Owns the tables. Called by `key.make_key` at build time, and by `judging.judge` for a guess in another script. Pure.
"""

# ruff: noqa: RUF001 - the tables hold letters of other scripts on purpose

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from article_data.judge.little_words import ARTICLES
from article_data.naming import NAME_LIMIT, fold, words_of_folded
from article_data.word_lists import listed

_TWO_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa"}
)
_OTHER_SCRIPT = re.compile("[\u0370-\u03ff\u0400-\u04ff]")
_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўјљњћђџѓќѕѝ",
        listed(
            "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya i yi ye g w j lj nj c dj dz g k dz i"
        ),
        strict=True,
    )
)
_CYRILLIC_OF: dict[str, dict[str, str]] = {
    "bg": {"щ": "sht", "ъ": "a", "х": "h", "ь": "y"},
    "uk": {"г": "h", "и": "y"},
    "be": {"г": "h", "х": "kh"},
    "sr": {"х": "h", "ж": "z", "ч": "c", "ш": "s", "ц": "c", "ђ": "dj"},
    "mk": {"х": "h", "ц": "c"},
}
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        listed("a v g d e z i th i k l m n x o p r s s t y f ch ps o"),
        strict=True,
    )
)
_GREEK_PAIRS = (("ου", "ou"), ("αυ", "av"), ("ευ", "ev"), ("μπ", "b"), ("ντ", "nt"), ("γγ", "ng"), ("γκ", "gk"))
_POSSESSIVE = re.compile("(?<=[^\\W\\d_])['\u2019]s\\b")
_ELISION = re.compile("^[Ll]['\u2019](?=\\w)")
_NUMBERS: dict[str, tuple[str, ...]] = {
    "de": listed(
        "null eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn "
        "siebzehn achtzehn neunzehn zwanzig"
    ),
    "fr": listed("zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"),
    "es": listed("cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"),
    "it": listed(
        "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici "
        "sedici diciassette diciotto diciannove venti"
    ),
    "pt": listed("zero um dois tres quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezasseis"),
}
_ORDINALS: dict[str, tuple[str, ...]] = {
    "de": listed("_ erste zweite dritte vierte funfte sechste siebte achte neunte zehnte elfte zwolfte"),
    "fr": listed("_ premier deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme"),
    "es": listed("_ primero segundo tercero cuarto quinto sexto septimo octavo noveno decimo"),
    "it": listed("_ primo secondo terzo quarto quinto sesto settimo ottavo nono decimo"),
    "pt": listed("_ primeiro segundo terceiro quarto quinto sexto setimo oitavo nono decimo"),
}
_AND = {"de": "und", "fr": "et", "es": "y", "it": "e", "pt": "e", "nl": "en"}


def has_other_script(text: str) -> bool:
    """Say whether the text has Cyrillic or Greek letters."""
    return _OTHER_SCRIPT.search(text) is not None


def latin(text: str, language: str = "") -> str:
    """Return `text` folded, with its Cyrillic and Greek letters as players type them in Latin ones."""
    composed = unicodedata.normalize("NFC", text[:NAME_LIMIT].casefold())
    for pair, sound in _GREEK_PAIRS:
        composed = composed.replace(pair, sound)
    own = _CYRILLIC_OF.get(language, {})
    letters = (own.get(char) or _CYRILLIC.get(char) or _GREEK.get(_bare(char)) or char for char in composed)
    return fold("".join("" if letter == "_" else letter for letter in letters))


def respellings(name: str, language: str) -> Iterator[str]:
    """Yield the folded other spellings of a name as the wiki writes it; may yield what `fold(name)` gives as well."""
    name = unicodedata.normalize("NFC", name[:NAME_LIMIT])
    yield fold(name.translate(_TWO_LETTERS))
    if has_other_script(name):
        yield latin(name, language)
    if _POSSESSIVE.search(name):
        yield fold(_POSSESSIVE.sub("", name))
    if language in _AND and "&" in name:
        yield fold(name.replace("&", f" {_AND[language]} "))
    if language in {"fr", "it"} and _ELISION.match(name):
        yield fold(_ELISION.sub("", name))
    folded = fold(name)
    first, _, rest = folded.partition(" ")
    if rest and first in ARTICLES.get(language, ()):
        yield rest
    yield from _in_words(folded, language)


def _bare(char: str) -> str:
    return unicodedata.normalize("NFD", char)[:1]


def _in_words(folded: str, language: str) -> Iterator[str]:
    """Yield a name with its numbers in the words of a language other than English, whose words all names know."""
    words = words_of_folded(folded)
    if language not in _NUMBERS or not any(word.isdigit() for word in words):
        return
    for table in (_NUMBERS[language], _ORDINALS[language]):
        written = [
            table[int(word)] if word.isdigit() and len(word) < 3 and int(word) < len(table) else word for word in words
        ]
        yield " ".join(written)
