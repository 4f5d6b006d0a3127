"""The first pass over a page: comments, HTML tags and the extensions written as tags, in one walk from left to right.

Owns all that stands in angle brackets. What follows sees only wiki markup. Each tag is looked at once, and the end of each
kind of tag is searched at most once for each place, so the work grows with the text and not with its tags.
"""

# ruff: noqa: RUF001, SIM905 - punctuation of other scripts; a table of words reads best as words

from __future__ import annotations

import re

from article_data.wikitext.extract import HOLE
from article_data.wikitext.marks import BREAK, CITED, TEXT
from article_data.wikitext.maths import told
from article_data.wikitext.scripts import formula, lowered, raised

_TAG = re.compile(r"<(?:(!--)|(/?)([A-Za-z][A-Za-z0-9]*)\b([^<>]*)>)")
_FURNITURE = frozenset(
    "blockquote categorytree gallery graph imagemap includeonly indicator inputbox mapframe maplink poem pre score "
    "section source syntaxhighlight templatedata templatestyles timeline".split()
)
"""Their content is shown, if at all, apart from the running text; in the middle of a line they leave a hole."""
_DISPLAYED = frozenset(("blockquote", "gallery", "poem", "pre", "timeline"))
_QUOTED = frozenset(("blockquote", "poem"))
"""They end the sentence before them, if that is not ended."""
_REFERENCES = frozenset(("ref", "references"))
_INLINE = frozenset(("math", "chem", "ce", "hiero", "code", "sub", "sup", "nowiki"))
_WITH_CONTENT = _FURNITURE | _REFERENCES | _INLINE
_TRANSPARENT = frozenset(
    "abbr b bdi bdo big cite data del dfn em font i ins kbd mark noinclude onlyinclude q rb rp rt rtc ruby s samp small "
    "span strike strong time tt u var wbr langconvert".split()
)
_LINE_STARTS = {"li": "\n*", "dd": "\n:", "dt": "\n;", "br": BREAK}
_BLOCKS = frozenset("center div dl h1 h2 h3 h4 h5 h6 hr noscript ol p section ul".split())
_TABLES = frozenset("caption col colgroup table tbody td tfoot th thead tr".split())
_SPELLED = {"b": "'''", "strong": "'''", "i": "''", "em": "''"}
_MARKUP = re.compile(r"[\[\]{}|'=*#:;&_]")
_TYPED_DEGREES = frozenset(("o", "O", "0", "º", "°"))
_DEGREES_FOLLOW = re.compile(r"</[^<>]{1,10}>\s?[CFKNSEW]\b")
"""A small circle raised between a number and a scale or a point of the compass is the sign for degrees."""
_NOTED = re.compile(r"[\n.!?。！？，」”\"]")
_NO_ISOTOPE = re.compile(r"</[^<>]{1,10}>(?![A-Za-z0-9])")
_ONE_LINK = re.compile(r"\s*\[\[([^\[\]|{}<>]*\|)?([^\[\]|{}<>]{1,40})\]\]\s*")
_SIMPLE_CODE = re.compile(r"[\w .()/+-]{1,60}")
_LONGEST_SCRIPT_CHARS = 60
_DEEPEST_INDENT_CHARS = 8


def without_tags(text: str) -> str:
    """Take the tags out of a page, with the content of those whose content is no running text.

    Literal text (`<nowiki>`) comes back with its markup written as entities; raised and lowered text as Unicode's.
    """
    if "<" not in text:
        return text
    closings: dict[str, int] = {}
    pieces: list[str] = []
    position = 0
    while True:
        tag = _TAG.search(text, position)
        if tag is None:
            pieces.append(text[position:])
            return "".join(pieces)
        start, after = tag.span()
        pieces.append(text[position:start])
        if tag[1]:
            end = text.find("-->", after)
            position = end + 3 if end >= 0 else _line_end(text, after)
            continue
        name = tag[3].lower()
        if name not in _WITH_CONTENT:
            pieces.append(_plain_tag(name, tag))
            position = after
            continue
        if tag[2] or tag[4].endswith("/"):
            # An empty element, or the end of one that never began.
            pieces.append(CITED if name in _REFERENCES and not tag[2] else "")
            position = after
            continue
        end = _closing(text, tag[3], after, closings)
        if end < 0:
            pieces.append(CITED if name in _REFERENCES else "" if name in _FURNITURE else HOLE)
            # An unclosed reference takes no more with it than its line; the rest of an unclosed tag stays text.
            position = _line_end(text, after) if name == "ref" else after
            continue
        pieces.append(_element(name, text, start, after, end))
        position = text.find(">", end) + 1 or len(text)


def _closing(text: str, name: str, after: int, closings: dict[str, int]) -> int:
    """Where the element closes; -1 if nowhere, or so late that a section begins before (then it was never closed)."""
    needle = "</" + name
    end = closings.get(needle, 0)
    if 0 <= end < after:
        end = text.find(needle, after)
        if end < 0:
            end = text.find(needle.lower() if name != name.lower() else needle.upper(), after)
        closings[needle] = end
    if end < 0 or (name.lower() in ("ref", "sub", "sup") and text.find("\n==", after, end) >= 0):
        return -1
    return end


def _element(name: str, text: str, start: int, after: int, end: int) -> str:
    """What an element with content says."""
    if name in _REFERENCES:
        return CITED
    if name in _FURNITURE:
        if _begins_line(text, start):
            return "\n:\n" if name in _QUOTED else "\n"
        return f"{HOLE}\n\n{TEXT}" if name in _DISPLAYED else HOLE
    content = text[after:end]
    if name == "nowiki":
        return _MARKUP.sub(lambda sign: f"&#{ord(sign[0])};", content)
    if name == "math":
        return told(content)
    if name in ("chem", "ce"):
        return formula(content) if _SIMPLE_CODE.fullmatch(content) else HOLE
    if name == "code":
        return content if _SIMPLE_CODE.fullmatch(content) else HOLE
    if (
        name == "sup"
        and content in _TYPED_DEGREES
        and _DEGREES_FOLLOW.match(text, end)
        and text[start - 1 : start].isdigit()
    ):
        return "°"
    if (
        name == "sup"
        and content.isdecimal()
        and _NOTED.fullmatch(text, start - 1, start)
        and _NO_ISOTOPE.match(text, end)
    ):
        # The number of a note, typed by hand after a sentence.
        return CITED
    linked = _ONE_LINK.fullmatch(content) if name in ("sub", "sup") else None
    if linked is not None:
        shown = lowered(linked[2]) if name == "sub" else raised(linked[2], text[start - 1 : start])
        return f"[[{linked[1] or linked[2] + '|'}{shown}]]"
    if name == "hiero" or len(content) > _LONGEST_SCRIPT_CHARS or "{" in content or "<" in content or "\n" in content:
        return HOLE
    return lowered(content) if name == "sub" else raised(content, text[start - 1 : start])


def _plain_tag(name: str, tag: re.Match[str]) -> str:
    if name in _SPELLED:
        return _SPELLED[name]
    if name in _TRANSPARENT:
        return ""
    if name in _LINE_STARTS:
        return _LINE_STARTS[name] if not tag[2] or name == "br" else "\n"
    if name in _TABLES:
        # A line that begins so is a table's, like the cells of wiki tables; "|" would split a template around it.
        return "\n" if tag[2] and name == "table" else "\n!"
    if name == "div" and "thumbcaption" in tag[4]:
        # The caption of a picture that is put together by hand.
        return "\n!"
    return "\n" if name in _BLOCKS else HOLE


def _begins_line(text: str, position: int) -> bool:
    """Whether nothing but a few spaces stands before it in its line."""
    before = text[max(0, position - _DEEPEST_INDENT_CHARS) : position].rstrip(" \t:")
    return before.endswith("\n") if before else position <= _DEEPEST_INDENT_CHARS


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return end if end >= 0 else len(text)
