"""Prose to sentences: splitting with NLTK's Punkt, and mending what lost something in the middle.

Owns sentence boundaries. Works without any NLTK data: where the trained model of a language is not installed, an
untrained Punkt that knows the language's commonest abbreviations does it (a few more wrong splits, nothing else).
"""

# ruff: noqa: RUF001 - the tables hold letters and punctuation of other scripts on purpose

from __future__ import annotations

import re
from collections.abc import Iterator

from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer, PunktTokenizer

from article_data.wikitext.prose import HOLE, has_residue

_PUNKT_LANGUAGES = {
    "en": "english",
    "simple": "english",
    "de": "german",
    "fr": "french",
    "it": "italian",
    "es": "spanish",
    "pt": "portuguese",
    "ru": "russian",
    "et": "estonian",
    "nl": "dutch",
}
_ABBREVIATIONS = {
    "en": "mr mrs ms dr st prof rev hon gen col capt lt sgt gov sen rep jr sr vs etc e.g i.e c ca cf fl no vol pp ed eds "
    "al approx bros co corp inc ltd mt ft est b d r u.s u.k u.n a.d b.c a.m p.m ph.d jan feb mar apr jun jul aug sep "
    "sept oct nov dec op lit trans",
    "bg": "г в напр т.е т.н проф д-р ул бр стр вж ок св гр с др",
}
_CJK_END = re.compile(r"(?<=[。！？])(?![」』”）])")
_SPACED = (
    (re.compile(r"\s+([,.;:!?…)\]»”])"), r"\1"),
    (re.compile(r"([(\[«“])\s+"), r"\1"),
    (re.compile(r"\s{2,}"), " "),
)
_BRACKETS = re.compile(r"\s*\([^()]*\)|\s*（[^（）]*）")
_EMPTY_INSIDE = re.compile(r"[\s,;:.–—/=-]*")
_DOUBLED = re.compile(r"([,;:])(?:\s*[,;:])+")
_OPENING = re.compile(r"\(\s*(?:[,;:]\s*)+")
_CLOSING = re.compile(r"\s*[,;:–-]+\s*\)")
_DANGLING_COMMA = re.compile(r"[,;:]\s*([.!?])")


class Splitter:
    """Splits paragraphs of one language into sentences."""

    def __init__(self, language: str) -> None:
        model = _PUNKT_LANGUAGES.get(language)
        self.name = "punkt-plain"
        """Which model it found: a part of a build's identity, for the same dump splits differently with another."""
        self._punkt: PunktSentenceTokenizer
        try:
            if model is None:
                raise LookupError(language)
            self._punkt = PunktTokenizer(model)
            self.name = f"punkt-{model}"
        except (LookupError, OSError, ValueError):
            parameters = PunktParameters()
            parameters.abbrev_types = set(_ABBREVIATIONS.get(language, "").split())
            self._punkt = PunktSentenceTokenizer(parameters)

    def split(self, paragraph: str) -> Iterator[str]:
        """Yield a paragraph's whole sentences in order, mended; those that cannot be mended are left out as ""."""
        for piece in _CJK_END.split(paragraph):
            for start, end in self._punkt.span_tokenize(piece):
                yield mend(piece[start:end])


def mend(sentence: str) -> str:
    """Repair a sentence that lost something, or return "" where a reader would notice the loss.

    A bracket that held the loss goes with it; a loss at either end or right before punctuation was a note; a loss
    between words took a word away, and no repair is honest.
    """
    text = sentence.strip(HOLE + " ")
    if HOLE in text or "(" in text or "（" in text:
        text = _BRACKETS.sub(_mended_bracket, text)
    text = re.sub(rf"(?<=[.,;:!?)\"”]){HOLE}+(?=\s|$)", "", text)
    if HOLE in text:
        return ""
    text = _DANGLING_COMMA.sub(r"\1", _DOUBLED.sub(r"\1", text))
    for pattern, replacement in _SPACED:
        text = pattern.sub(replacement, text)
    text = text.strip()
    return "" if has_residue(text) else text


def without_brackets(sentence: str) -> str:
    """Take out all remarks in round brackets: the shorter form of a sentence that is too long or too telling."""
    text = _DOUBLED.sub(r"\1", _BRACKETS.sub("", sentence))
    for pattern, replacement in _SPACED:
        text = pattern.sub(replacement, text)
    return text.strip()


def _mended_bracket(match: re.Match[str]) -> str:
    whole = match[0]
    inside = whole.strip()[1:-1]
    if HOLE in inside:
        # Keep the parts of the remark that are whole: "(born 1900; HOLE)" keeps its first half.
        kept = [part.strip() for part in re.split(r"[;；]", inside) if HOLE not in part and part.strip(" ,;:")]
        return f" ({'; '.join(kept)})" if kept else ""
    if _EMPTY_INSIDE.fullmatch(inside):
        return ""
    return _CLOSING.sub(")", _OPENING.sub("(", whole))
