"""The tables of figures: a missed target shows, and each part has its place in the page."""

from __future__ import annotations

from ops.bench.articles import PAGE, PARTS, render
from ops.bench.articles_content import HOLES, RESIDUE
from ops.bench.figures import Figure


def test_a_missed_target_shows() -> None:
    table = render([Figure("clues", "75 %", "80 %", met=True), Figure("holes", "0", "3", met=False)])
    assert "| clues | 75 % | 80 % |" in table
    assert "| holes | 0 | 3 **(missed)** |" in table


def test_each_part_has_its_place_in_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for part, title in PARTS.items():
        table = page.split(f"<!-- {part}: begin -->")[1].split(f"<!-- {part}: end -->")[0]
        assert f"### {title}" in table
        assert "Measured 20" in table


def test_what_a_reader_would_see_is_found() -> None:
    for sentence in (
        "It is () tall.",
        "It is long, about long.",
        "He ran 5 and , then stopped.",
        "It weighs about kg.",
    ):
        assert any(hole.search(sentence) for hole in HOLES), sentence
    for sentence in ("It is 5 m (16 ft) tall.", "She left, and he stayed.", "Crops go hundreds of miles to be sold."):
        assert not any(hole.search(sentence) for hole in HOLES), sentence
    for text in ("{{convert}}", "[[a]]", "x < y", "''a''", "== b ==", "formula_16", "a&nbsp;b"):
        assert RESIDUE.search(text), text
    assert not RESIDUE.search("AT&T's “quoted” words, and more.")
