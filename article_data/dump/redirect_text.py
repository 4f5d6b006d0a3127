"""What the wikitext of a redirect says: where it leads, and whether its title is a name of the page it leads to.

Pure. `page` asks for the target where the dump's XML does not tell it, `redirects` for the name.
"""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

_LINK = re.compile(r"\s*#[^\s\[\]#*:;]+\s*:?\s*\[\[\s*:?\s*([^\[\]|\n]+)(?:\|[^\[\]\n]*)?\]\]")
"""The magic word of any language, its optional colon and the link."""
_ENGLISH = re.compile(r"\s*#redirect", re.IGNORECASE)
"""The word that every wiki understands besides its own."""
_NOTHING_MORE = re.compile(r"[ \t]*(?:\n\s*)?(?:$|\{\{|\[\[|<!--|__|<noinclude)")
"""After the link of a redirect come at most templates, categories, comments and magic words."""

_MARK = re.compile(
    r"\{\{\s*(?:redr(?:ect)?\s*\|([^{}]*)|r(?:edirect)?[ _]((?:from|to|with|un|up)[^{}|]*|up\b))", re.IGNORECASE
)
_NO_NAME = re.compile(
    r"\b(?:(?:from|to)[ _](?:an?[ _])?(?:"
    r"album|anchor|antonym|author|band|book|broader|character|company|creator|decade|domain|emoji|event|example|family|feature"
    r"|fictional|file|film|founder|game|gap|group|hashtag|highway|hyponym|hypernym|incomplete|incorrect[ _](?:name|title)"
    r"|journal|legislation|line|list|location|lyric|member|meme|merge|neighbou?rhood|opposite|owner|part|person|phrase|place"
    r"|predecessor|priority|product|publication|quotation|related|relative|road|school|season|section|settlement|single|slogan"
    r"|song|spouse|station|street|sub-?(?:page|topic)|successor|team|television|track|unicode|unit|video|work|writer|year"
    r")|with[ _]possibilities|unlikely|to[ _]diff)",
    re.IGNORECASE,
)
"""English Wikipedia's categories of redirects from something that is not another name."""
_CERTAIN_NAME = re.compile(
    r"\bfrom[ _](?:an?[ _])?(?:(?:alternative|birth|common|former|full|historic|legal|long|official|pen|scientific|short|stage)"
    r"[ _]name|abbreviation|acronym|initialism|pseudonym|synonym)",
    re.IGNORECASE,
)
"""A redirect may be in several categories: one that says that it is a name decides."""
_POOR_NAME = re.compile(
    r"\b(?:misspell|mis-?capitali[sz]|typo|camelcase|incorrect|error|other[ _]capitali[sz]|alternative[ _]capitali[sz]|case"
    r"|plural|singular|ascii|diacritic|punctuation|hyphen|spacing|unnecessary|ambiguous|adjective|adverb|verb|gerund"
    r"|unprintworthy|up$)",
    re.IGNORECASE,
)
"""And those from spellings and forms of a name, which a typo or an ending would also give."""


def redirect_link(text: str) -> tuple[str, str] | None:
    """Return the target and its section ("" for none) if the wikitext is a redirect's, in whatever language."""
    link = _LINK.match(text)
    if link is None:
        return None
    # A numbered list may begin with a word too: then more follows.
    if not _ENGLISH.match(text) and not _NOTHING_MORE.match(text, link.end()):
        return None
    target = html.unescape(link[1])
    if "%" in target:
        target = unquote(target)
    title, _, section = target.partition("#")
    return (title.strip(), section.strip()) if title.strip() else None


def is_name(title: str, target: str, section: str, text: str) -> bool:
    """Tell whether a redirect's title is another name of its whole target."""
    if section or ("/" in title and "/" not in target):
        return False
    marks = _marks(text)
    return any(_CERTAIN_NAME.search(mark) for mark in marks) or not any(_NO_NAME.search(mark) for mark in marks)


def is_plain_name(title: str, text: str) -> bool:
    """Tell whether a name is one that people use, not a misspelling or a form of another, nor one with a bracket."""
    return not title.endswith((")", "\uff09")) and not any(_POOR_NAME.search(mark) for mark in _marks(text))


def _marks(text: str) -> list[str]:
    """Return what the `{{R from ...}}` templates say, also in their short form `{{Redr|from move|up}}`."""
    marks: list[str] = []
    for parameters, mark in _MARK.findall(text):
        marks += parameters.split("|") if parameters else [mark]
    # In the short form "from" may be left out.
    return [f"from {mark.strip()}" if mark.strip().isalpha() else mark.strip() for mark in marks]
