"""Which of NLTK's models and word lists belongs to a wiki's language code, and how its script parts words and sentences.

A table of plain knowledge; read by everything in `language`. A code that is in none of the tables is served by what
can be learned from its own dump.
"""

from __future__ import annotations

from article_data.language.words import word_set

PUNKT = {
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "fi": "finnish",
    "fr": "french",
    "it": "italian",
    "ml": "malayalam",
    "nb": "norwegian",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ru": "russian",
    "simple": "english",
    "sl": "slovene",
    "sv": "swedish",
    "tr": "turkish",
}
"""The languages of `punkt_tab`."""

SNOWBALL = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "simple": "english",
    "sv": "swedish",
}
"""The languages that NLTK's Snowball stems; its fifteenth stemmer, Porter's, is English again."""

STOPWORDS = {
    "ar": "arabic",
    "az": "azerbaijani",
    "be": "belarusian",
    "bn": "bengali",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "he": "hebrew",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "kk": "kazakh",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "simple": "english",
    "sl": "slovene",
    "sq": "albanian",
    "sv": "swedish",
    "ta": "tamil",
    "tg": "tajik",
    "tr": "turkish",
    "zh": "chinese",
}
"""The files of `stopwords`."""

WITHOUT_SPACES = word_set("zh ja yue wuu gan lzh zh-classical zh-yue zh-hans zh-hant th lo km my bo dz mnw shn")
"""Languages written without spaces between words: they are compared by overlapping pairs of characters."""

WITHOUT_SENTENCE_ENDS = frozenset({"th", "lo"})
"""Languages without a full stop: a space ends a clause, and no mark tells a sentence's end."""


def base(code: str) -> str:
    """Bring a wiki's language code to the one in the tables: lower case, `_` as `-`, region left off when unknown."""
    code = code.strip().lower().replace("_", "-")
    if code in WITHOUT_SPACES or code in SNOWBALL or code in PUNKT or code in STOPWORDS:
        return code
    short = code.partition("-")[0]
    return short if short in SNOWBALL or short in PUNKT or short in STOPWORDS or short in WITHOUT_SPACES else code
