"""What stands inside a sentence: told in words, left out as a note, or marked as a hole."""

# ruff: noqa: RUF001 - signs of many scripts

from __future__ import annotations

import pytest

from article_data.wikitext.extract import HOLE
from article_data.wikitext.reading import extract

H = HOLE


def told(wikitext: str) -> str:
    """The one paragraph that a piece of wikitext gives when it stands in running text."""
    paragraphs = extract(f"So {wikitext} it is.", title="Page").paragraphs
    assert len(paragraphs) == 1
    return paragraphs[0].text.removeprefix("So ").removesuffix(" it is.")


@pytest.mark.parametrize(
    ("wikitext", "words"),
    [
        ("{{convert|5|km|mi}}", "5 km"),
        ("{{convert|1234.5|sqmi|km2|0|abbr=on}}", "1,234.5 square miles"),
        ("{{convert|5|to|10|ft}}", "5 to 10 feet"),
        ("{{convert|5|-|10|°C}}", "5–10 °C"),
        ("{{convert|2|x|4|in|cm}}", "2 × 4 inches"),
        ("{{convert|6|ft|2|in|m}}", "6 feet 2 inches"),
        ("{{convert|1|mi}}", "1 mile"),
        ("a {{convert|30|ft|adj=on}} wall", "a 30-foot wall"),
        ("a {{convert|30|km|adj=on}} road", "a 30 km road"),
        ("{{cvt|2.5|e6acre}}", "2.5 million acres"),
        ("{{convert|1/2|in}}", "½ inches"),
        ("{{convert|15700|ft3|disp=output number only}}", H),
        ("{{convert|x|km}}", H),
        (
            "{{convert|5000|oilbbl/d}} {{convert|50|kg/m3}} {{convert|1|Moilbbl}} {{convert|310|Goilbbl/d}}",
            "5,000 barrels per day 50 kg/m³ 1 million barrels 310 billion barrels per day",
        ),
        (
            "{{convert|5|Xquarter}} {{convert|5|kcal}} {{convert|5|ft3}} {{convert|3|MUSgal}}",
            f"{H} 5 kcal 5 cubic feet 3 million US gallons",
        ),
        ("{{unité|5|km}} {{unidad|7}}", "5 km 7"),
        ("{{val|6.24|e=18|u=C}}", "6.24×10¹⁸ C"),
        ("{{val|12345|5}}", "12,345±5"),
        ("2{{e|-6}}", "2×10⁻⁶"),
        ("{{frac|1|2}} {{frac|3}} {{sfrac|2|5|7}}", "½ ⅓ 2 5/7"),
        ("{{gaps|1|234}}", "1234"),
        ("{{formatnum:1234567}}", "1,234,567"),
        ("{{US$|2 billion}} {{£|5000}} {{Euro|3}}", "US$2 billion £5,000 €3"),
        ("{{RailGauge|1435mm}}", "1,435 mm"),
        ("{{height|ft=6|in=2}}", "6 ft 2 in"),
        ("{{chem|H|2|O}} {{chem|S|O|4|2-}} {{chem2|C6H12O6}}", "H₂O SO₄²⁻ C₆H₁₂O₆"),
        (
            "10<sup>6</sup> H<sub>2</sub>O 19<sup>th</sup> x<sup>''n''</sup> a<sub>n</sub> P<sub>IN</sub>",
            "10⁶ H₂O 19th xⁿ aₙ PIN",
        ),
        ("x<sup>k</sup>", f"x{H}"),
        ("<math>E = mc^2</math> <math>\\pi</math> <math>\\sum_{i}</math>", f"E = mc² π {H}"),
        ("{{math|''x''<sup>2</sup>}} {{mvar|y}}", "x² y"),
    ],
)
def test_numbers_and_measures(wikitext: str, words: str) -> None:
    assert told(wikitext) == words


@pytest.mark.parametrize(
    ("wikitext", "words"),
    [
        ("{{birth date|1879|3|14}}", "March 14, 1879"),
        ("{{birth date and age|df=y|1979|03|04}}", "4 March 1979"),
        ("{{death date and age|1955|4|18|1879|3|14}}", "April 18, 1955 (aged 76)"),
        ("{{start date|1999}} {{start date|1999|5}}", "1999 May 1999"),
        ("{{circa|130}} {{c.|130|140}} {{circa}} 150", "c. 130 c. 130 – c. 140 c. 150"),
        ("{{floruit|1200|1220}} {{reign|1558|1603}}", "fl. 1200–1220 r. 1558–1603"),
        ("{{as of|2010}} {{as of|2010|6|lc=y}} {{as of|2010|alt=then}}", "As of 2010 as of June 2010 then"),
        ("{{OldStyleDate|February 2|1905|January 20}}", "February 2, 1905"),
        ("{{age|1969|7|20}}", H),
        ("{{date|14|mars|1879|en physique}} {{bd|1879年|3月14日|1955年}}", "14 mars 1879 （1879年3月14日—1955年）"),
    ],
)
def test_dates(wikitext: str, words: str) -> None:
    assert told(wikitext) == words


@pytest.mark.parametrize(
    ("wikitext", "words"),
    [
        ("{{lang|fr|''mot''}} {{lang-de|Wort}} {{langx|la|verbum}} {{vrd-ru|слово}}", "mot Wort verbum слово"),
        ("{{transl|ar|DIN|ʿAbd}} {{transliteration|grc|áchos}}", "ʿAbd áchos"),
        ("{{nihongo|health|元気|genki}} {{zh|s=汉|t=漢|p=hàn}}", "health (元気, genki) 汉, 漢, hàn"),
        ("{{ill|Nikolay Kritsky|ru|Критский}} {{ill|de|Schule}}", "Nikolay Kritsky Schule"),
        ("{{nowrap|29° N}} {{nobr|x}} {{abbr|BC|before}} {{tooltip|a|b}} {{small|y}} {{sup|2}}", "29° N x BC a y ²"),
        ("a{{snd}}b{{spaced ndash}}c{{mdash}}d{{nbsp}}e{{·}}f", "a – b – c—d e · f"),
        ("''Eagle''{{'s}} ''Eagle'''s", "Eagle's Eagle's"),
        (
            "{{USS|Hornet|CV-12|6}} {{HMS|Victory}} {{ship|MV|Doulos}} {{sclass|Nimitz|carrier|2}}",
            "USS Hornet HMS Victory MV Doulos Nimitz-class carrier",
        ),
        (
            "{{flag|France}}{{flagicon|Italy}} {{music|flat}} {{angbr|a}} {{char|x}} {{vanchor|Word}}",
            "France ♭ ⟨a⟩ x Word",
        ),
        ("{{PAGENAME}} {{section link||History}} a{{=}}b", "Page § History a=b"),
        ("&eacute;&#233;&#xE9;&amp;nbsp;AT&amp;T&ndash;1", "ééé AT&T–1"),
        ("<nowiki>''x''</nowiki> <span style='a'>y</span> <small>z</small> <code>f(x)</code>", f"{H}x{H} y z f(x)"),
        ("{{citation|des mots}}", H),
        ("{{仮リンク|名前|en|Name}} {{нп5|Имя|имени|en|Name}}", "名前 имени"),
        ("{{lc:ABC}} {{unknown template|x}} {{#if:x|y}}", f"abc {H} {H}"),
        ("[http://example.org the site] http://example.org/x [http://example.org]", f"the site {H} {H}"),
        ("{{nowrap|{{lang|la|{{nobr|deep}}}}}} {{{1|x}}}", "deep x"),
        ("a < b", f"a {H} b"),
        ("a{{!}}b", f"a{H}b"),
        ("-{zh-hans:简;zh-hant:繁}- -{same}-", "简 same"),
    ],
)
def test_words(wikitext: str, words: str) -> None:
    assert told(wikitext) == words


@pytest.mark.parametrize(
    ("wikitext", "words"),
    [
        ("word{{sfn|A|1999}} {{citation needed|date=May 2001}}more<ref>x {{y}}</ref>", "word more"),
        ("word{{примечание|x}} more, {{sic}} then{{unknown note}}, and", "word more, then, and"),
        ("{{unknown}} word", f"{H} word"),
        ("5 {{unknown}}, and 7{{unknown}}", f"5 {H}, and 7{H}"),
        ('<!-- c -->a<ref name=x/>b<ref name="y">[[z]]</ref>c', "abc"),
    ],
)
def test_notes_vanish_and_words_leave_holes(wikitext: str, words: str) -> None:
    assert told(wikitext) == words


@pytest.mark.parametrize(
    "furniture",
    [
        "{{unknown box|a|b}}",
        "{{Hauptartikel|Y}} {{Siehe auch|Z}}",
        "<gallery>\nA.jpg|b\n</gallery>",
        "<blockquote>Said [[he]].</blockquote>",
        "{{quote|Said he.}}",
        "<syntaxhighlight lang=x>a = b;</syntaxhighlight>",
        "[[File:A.jpg|thumb|a [[b]] [http://x.example c]]]",
        "{| class=x\n| a\n{|\n| b\n|}\n|}",
        "<table><tr><td>a</td></tr></table>",
        "* item\n: indent\n; term\n# number",
        "<poem>\na\nb\n</poem>",
        "----",
        " preformatted",
        "{{multi\n| line = {{inner|{{deep}}}}\n}}",
        "\na<br>b<br/>c<br>d",
    ],
)
def test_furniture_between_paragraphs_is_no_prose(furniture: str) -> None:
    page = extract(f"One sentence.\n{furniture}\n\nAnother one.")
    assert [paragraph.text for paragraph in page.paragraphs] == ["One sentence.", "Another one."]


def test_a_quotation_in_a_line_stands_apart() -> None:
    page = extract("He wrote: {{quote|Words.}} Then he left.")
    assert [paragraph.text for paragraph in page.paragraphs] == [f"He wrote: {H}", "Then he left."]


def test_pronunciations_are_remarks_beside_names_and_holes_elsewhere() -> None:
    page = extract(
        "'''Word''' {{IPAc-en|w}} ({{IPA|x}}, {{lang|la|verbum}} or {{IPA|y}}) {{IPA|z}} has the vowel {{IPA|a}} in it."
    )
    assert page.paragraphs[0].text == f"Word (, verbum or {H}) has the vowel {H} in it."
