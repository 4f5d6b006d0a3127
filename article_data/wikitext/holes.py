"""Sentences that lost something: mended where no reader would notice, left out where one would.

Pure, and light: imports nothing that only a build needs. Called for each sentence after the paragraph was split.
"""

# ruff: noqa: RUF001 - punctuation of other scripts

from __future__ import annotations

import re

from article_data.wikitext.extract import HOLE, TITLE_END

_RESIDUE = re.compile(
    r"[<>|{}\ue001-\ue00f]|\[\[|\]\]|''|==|__[A-Z]+__|&#?\w{1,31};|formula_\d|https?://|^[*#:;!=]|\[//", re.IGNORECASE
)
_SUSPECT = re.compile("[&<>_{|}\ue001-\ue00f]")
_SUSPECT_PAIRS = ("[[", "]]", "''", "==", "://", "[//")
"""Without any of these there is no residue: looking for them first, one by one, is much faster."""
_LINE_MARKUP = frozenset("*#:;!=")
_REMARK = re.compile(r"\s*(?:\(([^()\[\]]*)\)|\[([^()\[\]]*)\]|（([^（）]*)）)")
_REMARKS = re.compile(r"\s*\([^()]*\)|\s*（[^（）]*）")
_NOTHING = re.compile(r"[\s,;:.…、，；：–—/]*(?:(?:or|and|also)[\s,;:]*)*")
_NUMBERED_NOTE = re.compile(r"\s*|\d{1,3}")
"""A number in square brackets is a note that was typed; words in them are an editor's, and part of a quotation."""
_PARTS = re.compile(r"\s*[;；]\s*")
_OPENING = re.compile(r"([(\[（])\s*(?:[,;:，；：、]\s*)+")
_CLOSING = re.compile(r"(?:\s*[,;:，；：、])+\s*([)\]）])")
_DOUBLED = re.compile(r"([,;:])(?:\s*[,;:])+|;(?=[–—])")
_BEFORE_END = re.compile(r"\s*[,;:]\s*([.!?](?:\s|$))")
_SPACE_BEFORE = re.compile(r"\s+([,;)\]](?!\))|\.(?=\s|$))")
_SPACE_AFTER = re.compile(r"([(\[])\s+")
_POINTS_MEET = re.compile(r"[,;:] ?[,;:.!?]|;[–—]")
_SPACED = (" ,", " ;", " .", " )", " ]", "( ", "[ ")
_QUOTED = re.compile('[()\\[\\]（）「」『』《》«»„“”"]')
_PAIRED = re.compile("[()\\[\\]（）「」『』《》«»]")
_OPENS = {")": "(", "]": "[", "」": "「", "』": "『", "》": "《", "»": "«"}
_WIDE = str.maketrans("（）", "()")
_INCHES = re.compile(r'\d"')
_DEEPEST = 4
_SET_ASIDE = str.maketrans("()[]", "\ue010\ue011\ue012\ue013")
_SHOWN = str.maketrans("\ue010\ue011\ue012\ue013", "()[]")
"""A remark that is whole stands aside under other brackets until those around it have been looked at."""


def has_residue(text: str) -> bool:
    """Tell whether markup survived in a sentence: such a sentence is not shown."""
    if (
        _SUSPECT.search(text) is None
        and text[:1] not in _LINE_MARKUP
        and not any(pair in text for pair in _SUSPECT_PAIRS)
    ):
        return False
    return _RESIDUE.search(text) is not None


def mend(sentence: str) -> str:
    """Repair a sentence that lost something, or return "" where a reader would notice the loss.

    A remark in brackets that lost something goes, or the part of it between semicolons that did; any other loss took
    words away, and no repair is honest. So is a sentence that was cut inside brackets or quotation marks.
    """
    text = " ".join(sentence.split())
    if TITLE_END in text:
        text = text.replace(TITLE_END, "")
    if _QUOTED.search(text) is not None and not _is_balanced(text):
        return ""
    if "(" in text or "[" in text or "（" in text:
        for _ in range(_DEEPEST):
            mended = _REMARK.sub(_mended, text)
            if mended == text:
                break
            text = mended
        text = text.translate(_SHOWN)
    return "" if HOLE in text or has_residue(text) or not any(map(str.isalnum, text)) else _tidied(text)


def _is_balanced(text: str) -> bool:
    """Whether brackets and quotation marks that open also close: they do not in a sentence that was cut inside them."""
    open_now: list[str] = []
    for sign in _PAIRED.findall(text):
        sign = sign.translate(_WIDE)
        opens = _OPENS.get(sign)
        if opens is None:
            open_now.append(sign)
        elif not open_now or open_now.pop() != opens:
            return False
    low, left, right = text.count("„"), text.count("“"), text.count("”")
    is_quoted = low == left + right if low else left == right
    return not open_now and is_quoted and (text.count('"') % 2 == 0 or _INCHES.search(text) is not None)


def without_brackets(sentence: str) -> str:
    """Take out all remarks in round brackets: the shorter form of a sentence that is too long or too telling."""
    if "(" not in sentence and "（" not in sentence:
        return _tidied(sentence)
    text = sentence
    for _ in range(_DEEPEST):
        shorter = _REMARKS.sub("", text)
        if shorter == text:
            break
        text = shorter
    return _tidied(text)


def _mended(match: re.Match[str]) -> str:
    whole = match[0]
    bare = whole.lstrip()
    inside = bare[1:-1]
    if HOLE in inside:
        # "(born 1900; HOLE)" keeps its first half.
        kept = [part for part in _PARTS.split(inside) if HOLE not in part and not _NOTHING.fullmatch(part)]
        whole = f"{whole[: -len(bare)]}{bare[0]}{'; '.join(kept)}{bare[-1]}" if kept else ""
    elif (_NUMBERED_NOTE if bare[0] == "[" else _NOTHING).fullmatch(inside):
        return ""
    return _CLOSING.sub(r"\1", _OPENING.sub(r"\1", whole)).translate(_SET_ASIDE)


def _tidied(text: str) -> str:
    if _POINTS_MEET.search(text) is not None:
        text = _BEFORE_END.sub(r"\1", _DOUBLED.sub(lambda points: points[1] or "", text))
    if any(pair in text for pair in _SPACED):
        text = _SPACE_AFTER.sub(r"\1", _SPACE_BEFORE.sub(r"\1", text))
    return " ".join(text.split())
