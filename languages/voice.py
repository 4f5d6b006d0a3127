"""The bot's voice: everything it says, in the conversation's language, from gettext catalogs.

Owns looking a sentence up, its plural and its parts. A sentence is written in English where it is said; the catalogs
(`languages/catalogs/<language>.po`) hold it in the other languages. A catalog is read once a process, when its language is first
spoken; pure after that. What a catalog does not have, or has as fuzzy, is said in English.
"""

from __future__ import annotations

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES: Final = ("en", "de", "es", "fr", "it", "pt")
"""Languages that the bot speaks."""
NAMES: Final = {
    "en": "English",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "it": "Italiano",
    "pt": "Português",
}
"""What their speakers call them."""
SOURCE: Final = "en"
"""The language that sentences are written in; it has no catalog."""
CATALOGS: Final = Path(__file__).parent / "catalogs"


class Voice:
    """Says sentences in one language."""

    def __init__(self, language: str, catalogs: Path = CATALOGS) -> None:
        """Read the language's catalog; raises OSError where there is none."""
        self.language = language
        translations = NullTranslations() if language == SOURCE else _translations(catalogs / f"{language}.po")
        self._one, self._counted = translations.gettext, translations.ngettext

    def say(self, text: str, /, **parts: object) -> str:
        """Return the sentence in this language, its `{parts}` filled in. `text` is a literal, in English."""
        said = self._one(text)
        return said.format(**parts) if parts else said

    def count(self, one: str, many: str, n: int, /, **parts: object) -> str:
        """Return the sentence for `n` things in this language's plural; `{n}` is the number. Both are literals, in English."""
        return self._counted(one, many, n).format(n=n, **parts)


def voice_of(language: str) -> Voice:
    """Return the voice for an IETF tag ("pt-br"); English where the bot does not speak it."""
    spoken = language.partition("-")[0].casefold()
    return _voice(spoken if spoken in LANGUAGES else SOURCE)


@lru_cache(maxsize=len(LANGUAGES))
def _voice(language: str) -> Voice:
    return Voice(language)


def _translations(path: Path) -> GNUTranslations:
    """Read a catalog as gettext wants it."""
    with path.open("rb") as file:
        catalog = read_po(file)
    for message in list(catalog):
        # Half a plural would be filled up with English by gettext, form by form: all of it is said in English instead.
        if message.pluralizable and not all(message.string or ()):
            catalog.delete(message.id)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return GNUTranslations(compiled)
