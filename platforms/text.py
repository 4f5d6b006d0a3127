"""Text lengths in each platform's own unit, and cutting by them.

Owns counting, splitting and shortening of plain text for `fitting` and the platforms' renderers. Knows no platform and
no markup: a renderer that escapes does so after the cut and leaves room for it.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import Literal

import regex  # type: ignore[import-untyped]  # ships without types

Unit = Literal["utf16", "code_points", "bytes", "graphemes"]

ELLIPSIS = "…"
SMALLEST_LIMIT = 4
"""Every code point fits into 4 of every unit, so every text can be cut by any limit from 4 up."""

_GRAPHEME = regex.compile(r"\X")
# Where a text may be cut, best first. A match ends where the next part may begin.
_PARAGRAPH = regex.compile(r"\n[^\S\n]*\n\s*")
_SENTENCE = regex.compile(
    r"(?<!^\s*\d+)[.!?\u2026]+[\"'\u201d\u2019\u00bb)\]]*\s+"  # not after a list's "1."
    r"|[\u3002\uff01\uff1f]+[\u300d\u300f\u201d\uff09]*\s*"  # Chinese and Japanese: no space follows
    r"|\n\s*",
    regex.MULTILINE,
)
_WORD = regex.compile(r"\s+")
_CUTS = (_PARAGRAPH, _SENTENCE, _WORD)
_LEAST_FILL = 4
"""A paragraph or sentence cut has to leave at least a 4th of the limit in the part, so that parts stay few."""


def length(text: str, unit: Unit) -> int:
    """Return the length of `text` in `unit`: UTF-16 code units, code points, UTF-8 bytes or grapheme clusters."""
    if text.isascii():
        return len(text) - (text.count("\r\n") if unit == "graphemes" else 0)
    match unit:
        case "code_points":
            return len(text)
        case "utf16":
            return len(text.encode("utf-16-le", "surrogatepass")) // 2
        case "bytes":
            return len(text.encode("utf-8", "surrogatepass"))
        case "graphemes":
            return len(_clusters(text))


def split(text: str, limit: int, unit: Unit) -> tuple[str, ...]:
    """Cut `text` into parts of at most `limit` `unit`s each: at a paragraph, else a sentence, else a word, else hard.

    Parts are never blank; joined they lose only whitespace at the cuts. No cut falls inside a grapheme cluster, unless
    that cluster alone is longer than the limit. A blank text has no parts. Raises ValueError for a limit below 4.
    """
    if limit < SMALLEST_LIMIT:
        raise ValueError(f"a limit of {limit} is below {SMALLEST_LIMIT}")
    if not text or text.isspace():
        return ()
    if length(text, unit) <= limit:
        return (text,)
    pieces = _pieces(text, limit, unit)
    costs = [length(piece, unit) for piece in pieces]
    cost_before = [0, *accumulate(costs)]
    offset_before = [0, *accumulate(map(len, pieces))]
    boundaries = frozenset(offset_before)
    parts: list[str] = []
    start = 0
    while True:
        while start < len(pieces) and pieces[start].isspace():
            start += 1
        if start == len(pieces):
            return tuple(parts)
        end = bisect_right(cost_before, cost_before[start] + limit) - 1
        cut = offset_before[end]
        if end < len(pieces):
            least = offset_before[bisect_right(cost_before, cost_before[start] + limit // _LEAST_FILL)]
            cut = _best_cut(text, offset_before[start], least, cut, boundaries)
        # The whitespace before the cut goes, unless a combining mark made it part of a visible cluster.
        index = bisect_right(offset_before, cut) - 1
        last = index
        while pieces[last - 1].isspace():
            last -= 1
        parts.append(text[offset_before[start] : offset_before[last]])
        start = index


def shorten(text: str, limit: int, unit: Unit) -> str:
    """Return `text` within `limit` `unit`s; a longer one is cut at a grapheme cluster and ends with "…".

    Raises ValueError for a limit below 4.
    """
    if limit < SMALLEST_LIMIT:
        raise ValueError(f"a limit of {limit} is below {SMALLEST_LIMIT}")
    if length(text, unit) <= limit:
        return text
    room = limit - length(ELLIPSIS, unit)
    kept = 0
    for piece in _clusters(text):
        room -= length(piece, unit)
        if room < 0:
            break
        kept += len(piece)
    return text[:kept].rstrip() + ELLIPSIS


def _best_cut(text: str, start: int, least: int, hard: int, boundaries: frozenset[int]) -> int:
    """Return the offset to cut at, in (start, hard]: the last of the best kind of place that fills enough."""
    for pattern in _CUTS:
        floor = start + 1 if pattern is _WORD else max(least, start + 1)
        # Whitespace that runs over the limit is lost at the cut anyway, so a match may end beyond it.
        ends = (min(found.end(), hard) for found in pattern.finditer(text, start, hard + 1) if found.start() <= hard)
        cuts: list[int] = [end for end in ends if end >= floor and end in boundaries and not text[start:end].isspace()]
        if cuts:
            return cuts[-1]
    return hard


def _pieces(text: str, limit: int, unit: Unit) -> list[str]:
    """Return the grapheme clusters of `text`; one that alone is longer than the limit is broken into code points."""
    pieces: list[str] = []
    for cluster in _clusters(text):
        if length(cluster, unit) > limit:
            pieces.extend(cluster)
        else:
            pieces.append(cluster)
    return pieces


def _clusters(text: str) -> list[str]:
    clusters: list[str] = _GRAPHEME.findall(text)
    return clusters
