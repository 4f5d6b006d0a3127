"""No reader may see that something was lost: what promised more goes, what only looks broken is put together."""

# ruff: noqa: RUF001 - punctuation of other scripts

from __future__ import annotations

import pytest

from article_data.language.language import Language
from article_data.wikitext.extract import HOLE
from article_data.wikitext.holes import mend
from article_data.wikitext.reading import extract


def paragraphs(wikitext: str) -> list[str]:
    return [paragraph.text for paragraph in extract(wikitext).paragraphs]


@pytest.mark.parametrize(
    "wikitext",
    [
        "Otters are known. They eat:\n* fish\n* crabs",
        "Otters are known. They eat such as,\n\n{{gallery|a}}",
        "水獺有名。牠們吃：\n* 魚",
        "Otters are known. They are written so:-\n* otter",
        "Otters are known. They said that they\n<blockquote>swim</blockquote>",
        "Otters are known. They said that they\n\n{{quote|swim}}\nIt ended.",
    ],
)
def test_what_announces_a_list_or_a_quotation_is_marked(wikitext: str) -> None:
    first = paragraphs(wikitext)[0]
    assert first.endswith(HOLE)
    assert mend(first) == ""


def test_a_sentence_that_ends_before_a_quotation_stays() -> None:
    assert paragraphs("He said it.\n<blockquote>swim</blockquote>\nIt ended.") == ["He said it.", "It ended."]


def test_what_goes_on_in_a_template_is_marked_unless_it_ends_the_page() -> None:
    first, second = paragraphs("== Now ==\nThe provinces of the country now are\n\n{{Provinces}}\n\nThey are many.\n")
    assert (first, second) == (f"The provinces of the country now are {HOLE}", "They are many.")
    assert paragraphs("'''Siligo''' is a town in Italy\n\n{{stub}}\n\n{{Towns}}\n") == ["Siligo is a town in Italy"]


def test_captions_pseudo_headings_and_typed_lists_are_no_prose() -> None:
    page = "Otters swim.\n\n'''Where'''\n\n- in rivers\n- in lakes.\n\n• in ponds.\n\nThey are quick."
    assert paragraphs(page) == ["Otters swim.", "They are quick."]
    assert paragraphs("'''Otters'''\n\nThey swim.") == ["They swim."]
    by_hand = (
        '<div class="thumb"><div class="thumbcaption">(above) an otter<br/>(below) a crab</div></div>\nOtters swim.'
    )
    assert paragraphs(by_hand) == ["Otters swim."]


def test_notes_in_a_line_of_their_own_do_not_part_a_sentence() -> None:
    assert paragraphs("它叫作[[水獺]]\n<ref>a</ref><ref>b</ref>。[[它]]會游泳。\n") == ["它叫作水獺。它會游泳。"]
    assert paragraphs("Otters swim\n<ref>a</ref>\nin rivers.") == ["Otters swim in rivers."]


@pytest.mark.parametrize(
    ("wikitext", "words"),
    [
        ('It is ". . . important" now.', 'It is "... important" now.'),
        ("At −7<sup>o</sup>C it freezes.", "At −7°C it freezes."),
        ("The 1<sup>o</sup> of them swims.", "The 1o of them swims."),
        ("At 40<sub>[[hexadecimal|hex]]</sub> it stands.", "At 40ₕₑₓ it stands."),
        ("It is so.<sup>6</sup> It was x<sup>6</sup>.\n\n<sup>14</sup>C is old.", "It is so. It was x⁶."),
        ("For King, [[Jr.]]. It was... so. It ends..", "For King, Jr. It was... so. It ends."),
        ("喜劇 、 悲劇 。", "喜劇、 悲劇。"),
    ],
)
def test_signs_are_written_as_readers_know_them(wikitext: str, words: str) -> None:
    assert paragraphs(wikitext)[0] == words


@pytest.mark.parametrize("nothing", [".", "。", " – ", '"."'])
def test_signs_alone_are_no_sentence(nothing: str) -> None:
    assert mend(nothing) == ""


def test_a_title_that_asks_ends_no_sentence() -> None:
    (text,) = paragraphs("In ''[[What Is Property?]]'' Proudhon asks. ''Is it?'' He knows. It is!")
    sentences = Language.open("en").sentences(text)
    assert [mend(sentence) for sentence in sentences] == [
        "In What Is Property? Proudhon asks.",
        "Is it?",
        "He knows.",
        "It is!",
    ]


def test_the_words_that_an_editor_asks_about_stay() -> None:
    assert paragraphs("{{Which|一些大學|time=2016-5-12}}的課程很長。") == ["一些大學的課程很長。"]
    assert paragraphs("It is so{{fact|May 2007}} now{{which|date=May 2007}}.") == ["It is so now."]


def test_an_address_without_words_is_a_note_or_a_hole() -> None:
    text = "It is so.[http://a.org] It was [http://a.org the same]. More. [http://a.org]\n\nAs told in [http://a.org] it is."
    assert paragraphs(text) == ["It is so. It was the same. More.", f"As told in {HOLE} it is."]
