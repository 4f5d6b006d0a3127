"""Any input ends, and soon; nothing of it is left in what a player may read."""

# ruff: noqa: SIM905, E501 - heaps of markup read best as words

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from article_data.wikitext.holes import mend
from article_data.wikitext.reading import extract

RESIDUE = re.compile(r"\{\{|\}\}|\[\[|\]\]|[<>|]|'''|==|formula_\d|&#?\w+;")
PRIVATE = re.compile("[\ue000-\uf8ff]")
MARKUP = st.sampled_from(
    (
        *"{{ }} {{{ }} [[ ]] [ ] {| |} | || ! = == === ' '' ''' ''''' * # : ; < > <ref> </ref> <ref/> <!-- --> <math> </math>".split(),
        *"<br> <nowiki> </nowiki> <sup> </sup> <table> <td> & &amp; &nbsp; &#60; __TOC__ -{ }- http:// [http://x word Word".split(),
        *"1879 . , ( ) convert lang File: Category: infobox coord cite {{convert|5|km}} [[a|b]] {{lang|fr|x}}".split(),
        *"{{coord|1|2|display=title}} \ue000 \ue001 \x00".split(),
        *(" ", "\n", "\n\n", "\n* ", "\n{|", "\n|}", "\n== "),
    )
)
MANY_CHARS = 120_000
MEGABYTES_2 = 2_000_000


@settings(max_examples=150, deadline=None)
@given(st.lists(MARKUP, max_size=40).map("".join))
def test_any_heap_of_markup_is_read_without_residue(text: str) -> None:
    page = extract(text, title="T")
    for paragraph in page.paragraphs:
        assert not RESIDUE.search(paragraph.text)
        mend(paragraph.text)
    for fact in page.facts:
        assert not RESIDUE.search(fact.value)
    for link in page.links:
        assert link.target == link.target.strip()
        assert link.target
        assert link.anchor
    words = [
        *page.bold,
        *page.categories,
        page.description,
        *(text for link in page.links for text in (link.target, link.anchor)),
    ]
    assert not [word for word in words if PRIVATE.search(word)]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.text(max_size=20))
def test_any_text_is_read(text: str, name: str) -> None:
    extract(text, title=name, namespaces={14: name, 6: "File", -2: ""})
    extract(
        f"{{{{infobox {name}\n|date={{{{birth date|{text}}}}}\n|x={{{{convert|{text}}}}}\n}}}}[[{text}]]{{{{{name}|{text}}}}}"
    )


PIECES = (
    "{{", "}}", "[[", "]]", "{|\n", "\n|}", "\n{|", "[[a|", "{{a|", "{{nowrap|", "{{{", "<ref>", "<ref", "<!--", "<math>", "<sup>",
    "<", "&", "'''''", "''", "''a'''s ", "''a", "\n==", "\n== a ", "= ", "-{", "[http://a ", "[http://", "[//", "<nowiki>", "</ref>",
    "|", "\n|a=", "{{convert|1|", "{{lang|a|[[b|", "(", "[", "a(", "\n* [", "* '''", "\n'''", "__A", "&#", "&amp;", "a\u0301", "<ref>\n==",
    "{{infobox|a=1|", "{{frac|", " \n", "\n ", "12 March ", "1,", "{{a}}", "[[a]]", "{{coord|1|2|", "<td>", "<br>", "x<pre></pre>", "<sup>a</sup>", "<math>x</math>", " ", "1", "a",
)  # fmt: skip


@pytest.mark.timeout(15)
@pytest.mark.parametrize("piece", PIECES)
def test_a_heap_of_one_thing_costs_no_more_than_its_size(piece: str) -> None:
    text = piece * (MANY_CHARS // len(piece))
    extract(f"{{{{convert|{text}\n{text}</ref> }}}} ]] |}}")
    extract(f"[http://a {text}")


@pytest.mark.parametrize("piece", ["{{", "[[", "<ref>", "'''"])
def test_two_megabytes_end_in_time(piece: str) -> None:
    extract(piece * (MEGABYTES_2 // len(piece)))


def test_deep_nesting_ends_in_time_and_is_told_no_further_than_a_wiki_would() -> None:
    depth = 20_000
    long = "word " * 10_000
    for opening, closing in (
        ("{{nowrap|", "}}"),
        ("[[a|", "]]"),
        ("\n{|\n|", "\n|}"),
        ("[[a|{{small|", "}}]]"),
        ("<small>", "</small>"),
    ):
        page = extract(f"Before it.\n\n{opening * depth}{long}{closing * depth}\n\nAfter it.")
        assert page.paragraphs[0].text == "Before it."
        assert page.paragraphs[-1].text == "After it."


def test_every_article_of_the_test_dumps_reads_without_residue() -> None:
    folder = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "dumps"
    dumps = sorted(folder.glob("*.bz2"))
    if not dumps:
        pytest.skip("the test dumps are not beside the repository")
    read = 0
    for dump in dumps:
        for title, text in pages_of(dump):
            for paragraph in extract(text, title=title).paragraphs:
                assert not RESIDUE.search(paragraph.text), (title, paragraph.text)
                read += 1
    assert read > 8_000


def pages_of(dump: Path) -> list[tuple[str, str]]:
    """Titles and wikitext of a dump's articles."""
    import bz2
    from xml.etree import ElementTree as ET

    pages: list[tuple[str, str]] = []
    with bz2.open(dump) as file:
        for _, element in ET.iterparse(file):
            if not element.tag.endswith("}page"):
                continue
            parts = {part.tag.rpartition("}")[2]: part for part in element.iter()}
            if parts["ns"].text == "0" and "redirect" not in parts:
                pages.append((parts["title"].text or "", parts["text"].text or ""))
            element.clear()
    return pages
