"""Raised and lowered characters: "10<sup>6</sup>" must stay readable without its tags, and never become 106.

Pure. Used by `tags` and by the tellers of templates.
"""

# ruff: noqa: RUF001 - raised and lowered characters are what this module is about

from __future__ import annotations

import re

from article_data.wikitext.extract import HOLE

_RAISED = str.maketrans("0123456789+-−–=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")
_LOWERED_LETTERS = str.maketrans("aehijklmnoprstuvx", "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_LOWERABLE = re.compile(r"[0-9+\-−–=()aehijklmnoprstuvx]+")
_RAISABLE = re.compile(r"[0-9+\-−–=()ni]+")
_LETTERS = re.compile(r"[^\W\d_]{2,5}\.?")
_FORMULA_COUNT = re.compile(r"(?<=[A-Za-z)\]])\d+")


def raised(text: str, before: str = "") -> str:
    """Write an exponent ("⁶"), an ordinal's ending ("th") or a charge; a HOLE where no plain text says the same.

    `before` is the character that it stands after: it tells the "o" of "1o" from a variable.
    """
    text = text.replace("''", "").strip()
    if _RAISABLE.fullmatch(text):
        return text.translate(_RAISED)
    if not text or _LETTERS.fullmatch(text) or (text in "aeoºª" and (before.isdigit() or before == "n")):
        return text
    return HOLE


def lowered(text: str) -> str:
    """Write an index: digits and, where all have a small form, letters become small ("H₂O", "xₙ"); else letters stay."""
    text = text.replace("''", "").strip()
    if _LOWERABLE.fullmatch(text):
        text = text.translate(_LOWERED_LETTERS)
    return text.translate(_LOWERED)


def formula(text: str) -> str:
    """Write a chemical formula given as plain letters and digits: "C6H12O6" becomes "C₆H₁₂O₆"."""
    return _FORMULA_COUNT.sub(lambda count: count[0].translate(_LOWERED), text)
