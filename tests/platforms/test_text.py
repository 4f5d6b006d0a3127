"""Lengths count in the platform's unit; cuts lose only whitespace and never break a visible character."""

from __future__ import annotations

import pytest
import regex  # type: ignore[import-untyped]  # ships without types
from hypothesis import given
from hypothesis import strategies as st

from platforms.text import Unit, length, shorten, split

UNITS: tuple[Unit, ...] = ("utf16", "code_points", "bytes", "graphemes")
ALPHABET = st.one_of(
    st.sampled_from(
        ["a", "b", " ", "\n", "\n\n", ". ", "! ", "é", "e\u0301", "👩‍👩‍👧", "🇫🇷", "漢", "。", "\r\n", " \u0301", "🎲"]
    ),
    st.characters(codec="utf-8"),
)
TEXTS = st.lists(ALPHABET, max_size=120).map("".join)


def test_lengths() -> None:
    family = "👩‍👩‍👧"
    assert {unit: length(family, unit) for unit in UNITS} == {
        "utf16": 8,
        "code_points": 5,
        "bytes": 18,
        "graphemes": 1,
    }
    assert length("a\r\nb", "graphemes") == 3
    assert length("a\r\nb", "bytes") == 4


@given(TEXTS, st.integers(4, 40), st.sampled_from(UNITS))
def test_parts_fit_are_not_blank_and_lose_only_whitespace(text: str, limit: int, unit: Unit) -> None:
    parts = split(text, limit, unit)
    position = 0
    for part in parts:
        assert part
        assert not part.isspace()
        assert length(part, unit) <= limit
        found = text.index(part, position)
        assert not text[position:found].strip()
        position = found + len(part)
    assert not text[position:].strip()


@given(TEXTS, st.integers(30, 60), st.sampled_from(UNITS))
def test_no_cut_falls_inside_a_grapheme_that_fits(text: str, limit: int, unit: Unit) -> None:
    boundaries = {0, len(text)}
    longest = 0
    for found in regex.finditer(r"\X", text):
        boundaries.add(found.start())
        longest = max(longest, length(found[0], unit))
    if longest > limit:
        return
    position = 0
    for part in split(text, limit, unit):
        start = text.index(part, position)
        position = start + len(part)
        assert start in boundaries
        assert position in boundaries


@given(TEXTS, st.integers(4, 40), st.sampled_from(UNITS))
def test_shortened_text_fits_and_says_so(text: str, limit: int, unit: Unit) -> None:
    short = shorten(text, limit, unit)
    assert length(short, unit) <= limit
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


def test_cuts_prefer_paragraphs_then_sentences_then_words() -> None:
    assert split("One two. Three.\n\nFour five. Six", 28, "utf16") == ("One two. Three.", "Four five. Six")
    assert split("One two. Three four five", 14, "utf16") == ("One two.", "Three four", "five")
    assert split("他走了。她来了。", 5, "code_points") == ("他走了。", "她来了。")
    assert split("abcdefghij", 4, "utf16") == ("abcd", "efgh", "ij")
    assert split("🎲🎲🎲", 4, "utf16") == ("🎲🎲", "🎲")
    assert split("  \n ", 4, "utf16") == ()
    assert split("short ", 10, "utf16") == ("short ",)


def test_a_long_text_of_one_letter_words_is_cut_in_linear_time() -> None:
    parts = split("a " * 100_000, 4096, "utf16")
    assert len(parts) == 49


def test_a_limit_that_some_characters_exceed_is_a_bug() -> None:
    with pytest.raises(ValueError, match="below 4"):
        split("🎲🎲🎲", 1, "utf16")
    with pytest.raises(ValueError, match="below 4"):
        shorten("🎲🎲🎲", 3, "bytes")
