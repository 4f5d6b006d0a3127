"""The last pass over a paragraph: what is left of markup becomes words, and what must not be read becomes a hole.

Pure. Used for paragraphs, headings, anchors of links and values of infoboxes.
"""

# ruff: noqa: RUF001 - punctuation of other scripts

from __future__ import annotations

import html
import re

from article_data.wikitext.extract import HOLE
from article_data.wikitext.marks import CITED, PRONOUNCED, SILENT, UNKNOWN

_POSSESSIVE = re.compile(r"((?<!')''(?!')[^'\n]{1,80}'')'(?=s\b)")
"""In "''Eagle'''s" the quotes end before the apostrophe."""
_QUOTES = re.compile(r"'{2,}")
_EXTERNAL = re.compile(
    r"\[(?:(?:https?|ftps?|mailto|news|irc|gopher|tel|sftp):(?://)?|//)[^\s\[\]]*+\s*+([^\[\]\n]*+)\]", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:https?|ftp)://\S+", re.IGNORECASE)
_SWITCH = re.compile(r"__[^\W\d_]{3,}__")
_VARIANT = re.compile(r"-\{([^{}]*)\}-")
_VARIANT_FLAGS = re.compile(r"\s*+[A-Za-z+;-]*+\s*+\|")
_VARIANT_CHOICE = re.compile(r"\s*zh(?:-[a-z]+)?\s*:\s*([^;]*)")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]+")
_RESIDUE = re.compile(r"[<>|{}=]{2,}|[<>|{}]|\[\[|\]\]|'{2,}|&#?\w{1,31};")
_SUSPECT = re.compile(r"[&<>{|}]")
_PAIRS = ("[[", "]]", "==", "''")
"""Looked for first, one by one: that is six times as fast as looking for all of the residue at once."""
_NAMED_FORMULA = re.compile(r"formula_\d+")
_TOUCHED = re.compile(
    r"[\x00-\x1f\x7f\xa0&'<=>\[\]_{|}\xad\u2000-\u200f\u2028-\u202f\u2060-\u206f\u3000\ue000-\uf8ff\ufeff]|  |-\{|://|\. \.|\.\."
    r"| [。，、；：！？）」』]"
)
"""What a text with nothing to be done about it has none of."""
_GLUED = re.compile(r"[.,](?=[A-ZА-Я][a-zß-ÿа-я])")
_SPACED_DOTS = re.compile(r"\.(?: \.){2,}")
_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?=\s+[^\Wa-z_]|\s*\Z)")
"""An abbreviation's and the sentence's, or one typed twice; three are dots that were meant."""
_BEFORE_WIDE = re.compile(r"\s+(?=[。，、；：！？）」』])")
"""A word, not an abbreviation, and the next one without a space between: the note that stood there is gone."""
_SHORTEST_WORD_CHARS = 3
_ENDS = '.,;:!?…)\\]»”"。，、；：！？）」』'
_NOTE = re.compile(rf"(?:(?<=[{_ENDS}])|(?<=[^\W\d_A-ZА-Я\u2e80-\U0003ffff]{{2}})){UNKNOWN}+(?=[\s.,;:!?)»”\"]|$)")
_LAST = re.compile(rf"(?<=[.!?…。！？])\s*{UNKNOWN}+$")
_PRONOUNCED = re.compile(
    rf"(?:(?<=''')|(?<=\)))(?:\s*{PRONOUNCED})+|(?<=[(\[;（；])(?:\s*{PRONOUNCED})+(?=\s*[,;)\]，；）、])"
    rf"|(?:(?<='')|(?<=[,，、]))(?:\s*{PRONOUNCED})+(?=\s*[;)\]；）])"
)


def plain(text: str) -> str:
    """Make a paragraph's text readable: it comes back without markup, on one line, with a HOLE wherever something is lost."""
    if _TOUCHED.search(text) is None:
        return text.strip()
    if "-{" in text:
        text = _VARIANT.sub(_variant, text)
    if "://" in text or "[//" in text or "[mailto:" in text:
        text = _ADDRESS.sub(HOLE, _EXTERNAL.sub(r"\1", text))
    if PRONOUNCED in text:
        text = _PRONOUNCED.sub("", text).replace(PRONOUNCED, HOLE)
    if "''" in text:
        text = _QUOTES.sub(_quotes, _POSSESSIVE.sub(r"\1&#39;", text) if "'''s" in text else text)
    if "&" in text:
        text = html.unescape(text)
        if "&" in text:
            # Pages escaped twice ("&amp;nbsp;") show what their authors did not mean.
            text = html.unescape(text)
    for mark, shown in SILENT:
        if mark in text:
            text = text.replace(mark, shown)
    if "__" in text:
        text = _SWITCH.sub("", text)
    if UNKNOWN in text:
        text = _judged(text)
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
        if "。" in text or "，" in text:
            text = _BEFORE_WIDE.sub("", text)
    if _SUSPECT.search(text) or any(pair in text for pair in _PAIRS):
        text = _RESIDUE.sub(HOLE, text)
    text = _GLUED.sub(_parted, text)
    if ".." in text:
        text = _TWO_STOPS.sub(".", text)
    if ". . ." in text:
        text = _SPACED_DOTS.sub("...", text)
    if "formula_" in text:
        text = _NAMED_FORMULA.sub(HOLE, text)
    return " ".join(text.split())


def without_addresses(text: str) -> str:
    """Take the addresses out of the external links of a page, leaving what they show, marked as sources."""
    return _EXTERNAL.sub(_shown, text) if "//" in text else text


def _shown(match: re.Match[str]) -> str:
    # Without words of its own the wiki shows a number: after a sentence it is a note, in its middle the thing itself.
    return CITED + (match[1] or UNKNOWN)


def _quotes(match: re.Match[str]) -> str:
    # Four are an apostrophe and a bold one, more than five are five and the rest before them.
    count = len(match[0])
    return "'" if count == 4 else "'" * (count - 5)


def _parted(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - _SHORTEST_WORD_CHARS) : match.start()]
    is_word = len(before) == _SHORTEST_WORD_CHARS and before.isalpha() and before.islower()
    return f"{match[0]} " if is_word else match[0]


def _variant(match: re.Match[str]) -> str:
    """The first of the variants of Chinese that a text offers, or the text that is the same in all."""
    content = match[1]
    flags = _VARIANT_FLAGS.match(content)
    if flags is not None:
        if "h" in flags[0].lower() or "-" in flags[0]:
            return ""
        content = content[flags.end() :]
    choice = _VARIANT_CHOICE.match(content)
    return choice[1].strip() if choice is not None else content


def _judged(text: str) -> str:
    """Tell templates that no rule knows apart by where they stand, which holds in any language.

    One that stands glued to the end of a word or a sentence is a note and takes nothing from the sentence; one with
    spaces around it stood for words.
    """
    return _LAST.sub("", _NOTE.sub("", text.strip())).replace(UNKNOWN, HOLE)
