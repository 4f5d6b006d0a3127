"""Sentences that lost something: what a reader would not notice is mended, all else is left out."""

# ruff: noqa: RUF001 - punctuation of other scripts

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article_data.wikitext.extract import HOLE
from article_data.wikitext.holes import has_residue, mend, without_brackets

H = HOLE


@pytest.mark.parametrize(
    ("sentence", "mended"),
    [
        ("It is whole.", "It is whole."),
        (f"It lost {H} here.", ""),
        (f"{H} is lost.", ""),
        (f"Lost at the end {H}", ""),
        (f"Bach ({H}; born 1685) played.", "Bach (born 1685) played."),
        (f"Bach (born 1685; died {H}) played.", "Bach (born 1685) played."),
        (f"Bach ({H}) played.", "Bach played."),
        ("Bach (; born 1685) played.", "Bach (born 1685) played."),
        ("Bach (born 1685, ) played.", "Bach (born 1685) played."),
        ("Bach ( ) played.", "Bach played."),
        ("Bach (, ; or ) played.", "Bach played."),
        ("Bach [] played , and left .", "Bach played, and left."),
        ("The prefix (an-), the sign (-), [and] one (1990–) of „these“ are whole.",) * 2,
        ("Noted [1] by hand [sic].", "Noted by hand [sic]."),
        ("One,, two ;, three.", "One, two; three."),
        (f"A (b (c {H}) d) e.", "A (b d) e."),
        (f"A (b (c) {H}) e.", "A e."),
        ("A (b (c) d) e.", "A (b (c) d) e."),
        ("A (b c.", ""),
        ("b) c.", ""),
        ("a) b (c.", ""),
        ('He said "go.', ""),
        ('He said "go".', 'He said "go".'),
        ('A 5" gun fired.', 'A 5" gun fired.'),
        ("He said “go.", ""),
        ("Er sagte „geh“.", "Er sagte „geh“."),
        ("他说「走。", ""),
        (f"甲（乙；{H}）丙。", "甲（乙）丙。"),
        ("It costs .5 of it.", "It costs .5 of it."),
        ("It has [[markup.", ""),
        ("It is a | b.", ""),
        ("", ""),
    ],
)
def test_mend(sentence: str, mended: str) -> None:
    assert mend(sentence) == mended


@pytest.mark.parametrize(
    "residue",
    ["{{", "}}", "[[", "]]", "a < b", "a > b", "|", "'''", "==", "formula_16", "&nbsp;", "&amp;lt;", H + "\ue001"],
)
def test_residue_is_seen(residue: str) -> None:
    assert has_residue(f"Some {residue} text.")


def test_plain_text_is_no_residue() -> None:
    assert not has_residue("AT&T's “f(x) = 2” [sic] costs 5 % – don't; see #1: ‘x’.")


def test_without_brackets_is_shorter_and_reads_on() -> None:
    assert without_brackets("Bach (1685 (or so) – 1750), a composer (of note), died.") == "Bach, a composer, died."
    assert without_brackets("巴赫（1685年）是作曲家。") == "巴赫是作曲家。"


@given(st.text(alphabet=f"ab .,;()[]{H}\"“„”«»（）|<&'=", max_size=60))
def test_a_mended_sentence_has_no_hole_no_residue_and_is_mended_for_good(sentence: str) -> None:
    mended = mend(sentence)
    assert HOLE not in mended
    assert not has_residue(mended)
    assert "()" not in mended
    assert mend(mended) == mended
