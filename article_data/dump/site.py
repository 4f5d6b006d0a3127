"""Which wiki a dump is of: its names, its namespaces, its language.

Pure. `folding` makes it from the dump's head; the build asks `check_language` before it reads on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from article_data.dump.failure import DumpError
from article_data.dump.page import number

CANONICAL_NAMESPACES: Mapping[int, str] = {
    -2: "Media",
    -1: "Special",
    0: "",
    1: "Talk",
    2: "User",
    3: "User talk",
    4: "Project",
    5: "Project talk",
    6: "File",
    7: "File talk",
    8: "MediaWiki",
    9: "MediaWiki talk",
    10: "Template",
    11: "Template talk",
    12: "Help",
    13: "Help talk",
    14: "Category",
    15: "Category talk",
}
"""What every wiki understands besides its own names."""
ENGLISH_NAMESPACES: Mapping[int, str] = {
    **CANONICAL_NAMESPACES,
    4: "Wikipedia",
    5: "Wikipedia talk",
    100: "Portal",
    101: "Portal talk",
    108: "Book",
    109: "Book talk",
    118: "Draft",
    119: "Draft talk",
    710: "TimedText",
    711: "TimedText talk",
    828: "Module",
    829: "Module talk",
}
"""What is taken for a dump that says nothing."""

_DBNAME = re.compile(r"([a-z][a-z_]*?)(?:wiki|wiktionary|wikiquote|wikibooks|wikisource|wikinews|wikivoyage)$")
_HOST = re.compile(r"(?:https?:)?//([a-z][a-z-]*)\.(?:m\.)?wik(?:i[a-z]+|tionary)\.org\b")
_NO_LANGUAGES = frozenset({"commons", "meta", "species", "wikidata", "mediawiki", "incubator", "www", "test", "media"})
_REGION_OR_SCRIPT = re.compile(r"-(?:[a-z]{2}|[a-z]{4}|\d{3})$")


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """The wiki that a dump says it is of; all empty where it says nothing."""

    dbname: str = ""
    """ "enwiki"."""
    language: str = ""
    """The language of its pages as the wiki codes it: "en", "zh"; "en" too for the simple English wiki."""
    name: str = ""
    """ "Wikipedia"."""
    namespaces: Mapping[int, str] = {}
    """Its own names of the namespaces by number; the usual English ones where the dump has none."""
    base: str = ""
    """The address of its main page."""


class SiteHead:
    """What the head of a dump said so far."""

    def __init__(self) -> None:
        self.language = ""
        """The root element's xml:lang."""
        self.key = ""
        """The number of the namespace whose name comes next."""
        self._dbname = ""
        self._name = ""
        self._base = ""
        self._namespaces: dict[int, str] = {}

    def take_name(self, text: str) -> None:
        self._name = text.strip()

    def take_dbname(self, text: str) -> None:
        self._dbname = text.strip()

    def take_base(self, text: str) -> None:
        self._base = text.strip()

    def take_namespace(self, text: str) -> None:
        key = number(self.key)
        if key is not None:
            self._namespaces[key] = text.strip()

    def site(self) -> Site:
        """Return the wiki that it is."""
        site = Site(dbname=self._dbname, name=self._name, base=self._base)
        language = self.language or wiki_code(site)
        return msgspec.structs.replace(site, language=language, namespaces=self._namespaces or ENGLISH_NAMESPACES)


def wiki_code(site: Site) -> str:
    """Return what the wiki's address and database call it: "en", "simple", "zh-yue"; "" where the dump does not say."""
    database = _DBNAME.match(site.dbname)
    host = _HOST.match(site.base)
    code = database[1].replace("_", "-") if database else host[1] if host else ""
    return "" if code in _NO_LANGUAGES else code


def check_language(site: Site, language: str) -> None:
    """Raise DumpError if the dump says that it is of another language's wiki; one that says nothing passes."""
    codes = {code.lower() for code in (wiki_code(site), site.language) if code}
    asked = language.lower().replace("_", "-")
    while asked not in codes and (more := _REGION_OR_SCRIPT.search(asked)):
        # en-GB and zh-Hant are no other wikis than en and zh.
        asked = asked[: more.start()]
    if codes and asked not in codes:
        right = wiki_code(site) or site.language
        wiki = f"{site.dbname} ({right})" if site.dbname else f"a wiki in {right!r}"
        raise DumpError(f"this is a dump of {wiki}, not of {language!r}: pass --language {right}, or take another dump")
