"""The second pass over a page: templates, links and tables, inside out, in one walk with a stack.

Owns nesting. `re.split` finds the brackets at the speed of C; the walk looks at each bracket once, and what stands between
is never looked at by Python. A bracket that is never closed costs a HOLE where it stands and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from article_data.wikitext.extract import HOLE
from article_data.wikitext.marks import UNKNOWN

_BRACKET = re.compile(r"(\[\[|\]\]|\{\{+|\}\}+|\n[ :]?:*\{\||\n[ :]?\|\}(?!\}(?!\})))")
_TEMPLATE, _LINK, _TABLE = 0, 1, 2
DEEPEST = 40
"""Deeper nesting is not told: as in MediaWiki, whose pages stop at 40 templates in each other."""


def flattened(text: str, tell_link: Callable[[str, str, bool], str], tell_template: Callable[[str, int], str]) -> str:
    """Take templates, links and tables out of a text, putting in their place what the tellers make of them.

    `tell_link(content, after, is_outermost)` gets what stands between the brackets and the text that follows them;
    `tell_template(content, place)` gets what stands between the braces and a number that grows along the page.
    Inner ones are told before outer ones. Tables leave nothing.
    """
    # A line's end in front lets a table begin with the page.
    parts = _BRACKET.split("\n" + text)
    out = [parts[0]]
    kinds: list[int] = []
    starts: list[int] = []
    widths: list[int] = []
    places: list[int] = []
    open_templates = open_tables = 0
    index, end = -1, len(parts)
    while (index := index + 2) < end:
        bracket = parts[index]
        after = parts[index + 1]
        if bracket == "[[":
            if index + 2 < end and parts[index + 2] == "]]" and len(kinds) <= DEEPEST:
                # Most links hold nothing else, and need no stack.
                index += 2
                rest = parts[index + 1]
                out.append(tell_link(after, rest, not kinds))
                out.append(rest)
                continue
            kinds.append(_LINK)
            starts.append(len(out))
            widths.append(2)
            places.append(index)
            out.append(HOLE)
        elif bracket == "]]":
            if kinds and kinds[-1] == _LINK:
                kinds.pop()
                widths.pop()
                places.pop()
                content = _taken(out, starts.pop(), len(kinds))
                out.append(tell_link(content, after, not kinds))
            else:
                out.append(HOLE)
        elif bracket[0] == "{":
            kinds.append(_TEMPLATE)
            starts.append(len(out))
            widths.append(len(bracket))
            places.append(index)
            out.append(HOLE)
            open_templates += 1
        elif bracket[0] == "}":
            width = len(bracket)
            while width > 1 and open_templates:
                while kinds[-1] != _TEMPLATE:
                    open_tables -= kinds.pop() == _TABLE
                    starts.pop()
                    widths.pop()
                    places.pop()
                closed = min(3, width, widths[-1])
                if closed == 3 and widths[-1] == 4:
                    closed = 2
                content = _taken(out, starts[-1], len(kinds))
                place = places[-1]
                told = tell_template(content, place) if closed == 2 else content.partition("|")[2]
                width -= closed
                widths[-1] -= closed
                if widths[-1] > 1:
                    out.append(HOLE)
                else:
                    if widths[-1] == 1:
                        out.append("{")
                    kinds.pop()
                    starts.pop()
                    widths.pop()
                    places.pop()
                    open_templates -= 1
                out.append(told)
            if width:
                out.append(HOLE if width > 1 else "}")
        elif bracket[-1] == "|":
            kinds.append(_TABLE)
            starts.append(len(out))
            widths.append(2)
            places.append(index)
            out.append("\n!")
            open_tables += 1
        else:
            depth = len(kinds) - 1
            while open_tables and depth >= 0 and kinds[depth] == _LINK:
                depth -= 1
            if open_tables and depth >= 0 and kinds[depth] == _TABLE:
                del kinds[depth:], widths[depth:], places[depth:]
                del out[starts[depth] :], starts[depth:]
                open_tables -= 1
                out.append("\n")
            else:
                # It ends no table: the line of a table whose beginning is a template's.
                out.append("\n!")
        if after:
            out.append(after)
    return "".join(out)


def brackets_before(text: str, position: int) -> int:
    """The number that `flattened` gives to the first template at or after a position of its text."""
    return 2 * sum(1 for _ in _BRACKET.finditer("\n" + text[:position])) + 1


def _taken(out: list[str], start: int, depth: int) -> str:
    """Take what stands after the bracket at `start` out of the list, and the bracket too."""
    if depth > DEEPEST:
        content = UNKNOWN
    elif len(out) == start + 2:
        content = out[-1]
    else:
        content = "".join(out[start + 1 :])
    del out[start:]
    return content
