"""Whole pages: what of them is prose, and what else is taken from them."""

from __future__ import annotations

import pytest

from article_data.article import Date, Fact, Link
from article_data.wikitext.extract import HOLE, Extract, Paragraph
from article_data.wikitext.reading import extract

PAGE = """{{Short description|Kind of animal}}{{Use dmy dates|date=May 2020}}
{{about|the animal|the river|Otter (river)}}
{{Infobox animal
| name = Otter {{nested|a|b}}
| image = Otter.jpg
| caption = An ''otter''
| birth_place = [[Kent]], [[England]]
| birth_date = {{birth date|df=yes|1879|3|14}}
| food = {{plainlist|
* [[Fish]]
* [[Crab]]s
}}
| colour = brown
| weight = {{convert|8|kg|lb}}
| range = {{mystery|x}} of it
}}
[[File:Otter.jpg|thumb|upright|The ''otter'' [[swimming|swims]]]]
<!-- a comment
of two lines -->__NOTOC__
The '''otter''' ({{IPAc-en|o|t}}; {{lang|la|lutra}}) is a [[mammal|semiaquatic mammal]]{{sfn|Smith|2001}} of the
[[weasel#Family|weasel]]s' family.<ref name="a">A [[ref]] {{cite book|title=x}}</ref> It weighs {{convert|8|kg|lb}}&nbsp;or more.

It eats at [http://example.org many rivers].<ref name="a" /> Its formula is <math>\\frac{a}{b}</math> of it.
* a [[list]] item
# [[another]]
# '''[[third]]'''
: an indent
{| class="wikitable"
|-
! head
| [[cell]] ||
{|
| nested
|}
|}
== Life ==
{{main|Life of otters}}
Otters live {{mystery|about}} ten years. They were found in 1900.{{mystery note|date=May 2001}}
<gallery>
A.jpg|[[text]]
</gallery>
=== Young ===
Pups swim<br />early.
== References ==
{{reflist}}
A note that nobody reads.
=== Sub ===
* [[Nor this]]
== After ==
Otters play.
== External links ==
* [http://example.org Otters]
{{coord|48|12|N|16|21.5|W|display=title}}
[[Category:Otters|*]] [[category:Animals_of Kent]] [[bg:Видра]] [[Файл:x.jpg]] [[Категория:Видри]]
"""


def read() -> Extract:
    return extract(PAGE, title="Otter", namespaces={6: "Файл", 14: "Категория"})


def test_prose_comes_in_paragraphs_under_their_headings() -> None:
    assert read().paragraphs == (
        Paragraph(
            "",
            "The otter (; lutra) is a semiaquatic mammal of the weasels' family. It weighs 8 kg or more.",
        ),
        Paragraph("", f"It eats at many rivers. Its formula is {HOLE} of it."),
        Paragraph("Life", f"Otters live {HOLE} ten years. They were found in 1900."),
        Paragraph("Young", "Pups swim early."),
        Paragraph("After", "Otters play."),
    )


def test_links_are_articles_in_order_with_what_the_page_shows() -> None:
    links = read().links
    assert links[:5] == (
        Link("Kent", "Kent"),
        Link("England", "England"),
        Link("Fish", "Fish"),
        Link("Crab", "Crabs"),
        Link("Swimming", "swims"),
    )
    assert Link("Weasel", "weasels") in links
    assert {link.target for link in links} == {
        *(
            "Kent",
            "England",
            "Fish",
            "Crab",
            "Swimming",
            "Mammal",
            "Weasel",
            "List",
            "Another",
            "Third",
            "Cell",
            "Nor this",
        ),
    }


def test_an_infobox_is_facts_in_words() -> None:
    page = read()
    assert page.infobox == "infobox animal"
    assert page.facts == (
        Fact("Birth place", "Kent, England"),
        Fact("Birth date", "14 March 1879"),
        Fact("Food", "Fish, Crabs"),
        Fact("Weight", "8 kg"),
    )
    assert page.dates == (Date("birth_date", "1879-03-14"),)


def test_the_rest_of_what_a_page_says_of_itself() -> None:
    page = read()
    assert page.bold == ("otter",)
    assert page.categories == ("Otters", "Animals of Kent", "Видри")
    assert page.description == "Kind of animal"
    assert page.coordinates == (48.2, -16.358333)
    assert (page.list_items, page.leading_links) == (3, 2)
    assert page.templates[:3] == ("short description", "use dmy dates", "about")
    assert not page.is_marked_disambiguation
    assert extract("'''X''' may be\n* [[Y]]\n__DISAMBIG__").is_marked_disambiguation


def test_an_infobox_is_known_by_its_shape_in_any_language() -> None:
    page = extract(
        "{{Kasten\n| eins = a1\n| zwei = b2\n| drei = c3\n| vier = d4\n| fünf = e5\n}}\nEin Satz über etwas.\n"
    )
    assert page.infobox == "kasten"
    assert [fact.name for fact in page.facts] == ["Eins", "Zwei", "Drei", "Vier", "Fünf"]
    late = extract("Ein Satz.\n== Da ==\n{{Kasten\n| eins = a\n| zwei = b\n| drei = c\n| vier = d\n| fünf = e\n}}\n")
    assert late.infobox == ""


def test_the_first_infobox_counts_also_when_another_stands_in_it() -> None:
    page = extract("{{Infobox a\n|module={{Infobox b|x=1}}\n|place=Rome\n}}\n{{Infobox c\n|place=Paris\n}}")
    assert page.infobox == "infobox a"
    assert page.facts == (Fact("Place", "Rome"),)


def test_facts_are_few_short_and_whole() -> None:
    lines = "\n".join(f"|key{number} = value {number}" for number in range(60))
    long = "|long = " + "word " * 60
    page = extract(f"{{{{Infobox x\n{long}\n|mapsize = 200px\n|lost = the {{{{mystery}}}} one\n{lines}\n}}}}")
    assert len(page.facts) == 40
    assert page.facts[0] == Fact("Key 0", "value 0")


def test_dates_of_infoboxes_in_iso() -> None:
    page = extract(
        "{{Infobox x\n|founded = May 5, 1889 (in Rome)\n|released = 2001-07\n|death_date = 12 June 44 BC\n|opened = 1920s\n"
        "|wymyślono = {{start date|1999|12|31}}\n|population = 1889\n}}"
    )
    assert page.dates == (
        Date("founded", "1889-05-05"),
        Date("released", "2001-07"),
        Date("death_date", "-0043-06-12"),
        Date("wymyślono", "1999-12-31"),
    )


@pytest.mark.parametrize(
    ("parameter", "date"),
    [
        ("Geburtsdatum = 14. März 1879", Date("geburtsdatum", "1879-03-14")),
        ("fecha de nacimiento = 14 de marzo de 1879", Date("fecha de nacimiento", "1879-03-14")),
        ("date de naissance = 1er janvier 1900", Date("date de naissance", "1900-01-01")),
        ("AnnoNascita = 1879", Date("annonascita", "1879")),
        ("nascimento_data = 14 de março de 1879", Date("nascimento_data", "1879-03-14")),
    ],
)
def test_dates_of_infoboxes_in_other_languages(parameter: str, date: Date) -> None:
    assert extract(f"{{{{Infobox x\n|{parameter}\n}}}}").dates == (date,)


def test_coordinates_are_the_pages_own() -> None:
    assert extract("{{coord|-33.5|151.25|display=inline,title}}").coordinates == (-33.5, 151.25)
    assert extract("A place at {{coord|1|2|N|3|4|E}} of many.").coordinates is None
    old = extract("{{Infobox x\n|latd=10|latm=30|latNS=S|longd=20|longm=15|longEW=W\n}}")
    assert old.coordinates == (-10.5, -20.25)
    assert extract("{{Infobox x\n|coordinates={{coord|10|30|S|20|15|W}}\n}}").coordinates == (-10.5, -20.25)
    assert extract("{{coord|91|0|N|0|0|E|display=title}}").coordinates is None


def test_back_matter_is_known_by_its_shape_in_any_language() -> None:
    page = extract(
        "Jeden řádek.\n== Dějiny ==\n* [[První]]\n* [[Druhý]]\n== Zvláštní zdroje ==\n* {{cite web|x}}\n* [http://a.example A]\n"
    )
    assert (page.list_items, page.leading_links) == (2, 2)


def test_chinese_prose_keeps_its_words() -> None:
    page = extract("'''化學'''是-{zh-hans:一门;zh-hant:一門}-研究{{link-en|物质|matter}}的[[科学]]{{r|a}}。")
    assert [paragraph.text for paragraph in page.paragraphs] == ["化學是一门研究物质的科学。"]
    assert page.bold == ("化學",)


def test_unclosed_markup_harms_its_own_line_alone() -> None:
    for broken in (
        "{{cite|x",
        "[[link",
        "<ref>open",
        "{|\n|cell",
        "<!-- open",
        "<math>x",
        "'''bold",
        "[http://x.example y",
        "{{{1|",
    ):
        page = extract(
            f"First sentence here.\n\nA second one {broken} goes on.\n\nThird [[sentence]] {{{{nowrap|here}}}}.\n"
        )
        texts = [paragraph.text for paragraph in page.paragraphs]
        assert texts[0] == "First sentence here.", broken
        assert texts[-1] == "Third sentence here.", broken
        assert Link("Sentence", "sentence") in page.links


def test_links_lead_where_the_wiki_would_go() -> None:
    page = extract(
        "[[a_b  c#d|x]] [[:Category:Z|shown]] [[wikt:word|a word]] [[fr:autre]] [[Star Trek: First]] [[#Section]] "
        "[[Mercury (planet)|]] [[User:Me]] [[&amp;c]] [[:de:Titel|German]] [[image:a.png|thumb|[[Inner]] text]]"
    )
    assert page.links == (
        Link("A b c", "x"),
        Link("Star Trek: First", "Star Trek: First"),
        Link("Mercury (planet)", "Mercury"),
        Link("&c", "&c"),
        Link("Inner", "Inner"),
    )
    assert page.paragraphs[0].text == "x shown a word Star Trek: First Section Mercury User:Me &c German"


def test_bold_names_of_the_lead_alone() -> None:
    page = extract("The '''Bank of ''X''''' or '''[[B|BX]]''' is it.\n== H ==\n'''Later''' is not.")
    assert page.bold == ("Bank of X", "BX")


def test_paragraphs_cut_by_a_formula_or_a_list_lose_only_the_sentence_that_was_cut() -> None:
    page = extract(
        "It is known. The mean is\n\n:<math>x</math>\n\nwhere x is any. Good.\n\niPhones sell.\n\nA full stop.\n* item"
    )
    assert [paragraph.text for paragraph in page.paragraphs] == [
        f"It is known. The mean is {HOLE}",
        f"{HOLE} where x is any. Good.",
        "iPhones sell.",
        "A full stop.",
    ]


def test_a_sentence_after_a_note_begins_with_a_space() -> None:
    page = extract("It was found there.<ref>x</ref>The others, e.g.Rome,<ref>y</ref>Italy, came later.")
    assert page.paragraphs[0].text == "It was found there. The others, e.g.Rome, Italy, came later."


def test_an_infobox_may_stand_in_one_line() -> None:
    page = extract("{{Infobox x|place=Rome|date=1 May 1900}} '''X''' is it.")
    assert (page.infobox, page.facts[0], page.dates[0]) == (
        "infobox x",
        Fact("Place", "Rome"),
        Date("date", "1900-05-01"),
    )
    assert page.paragraphs[0].text == "X is it."
