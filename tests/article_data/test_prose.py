# ruff: noqa: RUF001 - other scripts' punctuation on purpose
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article_data.language.sentences import Splitter, mend
from article_data.language.words import word_set
from article_data.wikitext.prose import HOLE, has_residue, kind, prose

PAGE = """{{Short description|a rodent}}{{Use dmy dates}}
{{Infobox animal
| name = Otter {{nested|a|b}}
| image = [[File:Otter.jpg|thumb|An otter]]
}}
[[File:Otter.jpg|thumb|upright|The ''otter'' [[swim]]s]]
<!-- a comment -->__NOTOC__
The '''otter''' ({{IPAc-en|o|t}}; {{lang|la|lutra}}) is a [[mammal|semiaquatic mammal]]{{sfn|Smith|2001}} of the
[[Weasel#Family|weasel]] family.<ref name="a">A [[ref]] {{cite|x}}</ref> It weighs {{convert|8|kg|lb}}&nbsp;or more.

It eats {{abbr|fish|food}} at [http://example.org many rivers].<ref name="a" /> Its formula is <math>x^2</math> of it.
* a list item
# another
: an indent
{| class="wikitable"
|-
! head
| cell
|}
== Life ==
Otters live {{unknown|about}} ten years. They were found in 1900 {{citation needed|date=May 2001}}.
=== Young ===
Pups swim<br />early.
== References ==
{{reflist}}
A note that nobody reads.
=== Sub ===
Nor this.
== After ==
Otters play.
== External links ==
Not this. [[Category:Otters]] [[bg:Видра]]
"""


def sentences(text: str) -> list[str]:
    page = prose(text)
    splitter = Splitter("en")
    return [sentence for part in (*page.lead, *page.body) for sentence in splitter.split(part) if sentence]


def test_a_page_becomes_clean_sentences() -> None:
    assert sentences(PAGE) == [
        "The otter (lutra) is a semiaquatic mammal of the weasel family.",
        "It weighs 8 kg or more.",
        "It eats fish at many rivers.",
        "They were found in 1900.",
        "Pups swim early.",
        "Otters play.",
    ]
    assert prose(PAGE).bold == ("otter",)


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        (f"The pond ({HOLE}) is deep.", "The pond is deep."),
        (f"The pond ({HOLE}, {HOLE}; born 1900) is deep.", "The pond (born 1900) is deep."),
        ("The pond ( ) is deep.", "The pond is deep."),
        ("The pond (; , deep) is wide.", "The pond (deep) is wide."),
        ("The pond, , is deep.", "The pond, is deep."),
        (f"The pond is deep.{HOLE}", "The pond is deep."),
        (f"The pond is{HOLE} deep.", ""),
        (f"It is {HOLE} m deep.", ""),
        ("The [[pond is deep.", ""),
        ("The {{pond}} is deep.", ""),
        ("The <span>pond is deep.", ""),
    ],
)
def test_a_hole_is_mended_or_the_sentence_left_out(broken: str, mended: str) -> None:
    assert mend(broken) == mended


PIECES = """
[[ ]] {{ }} {| |} | ''' '' <ref> </ref> <nowiki> </div> <!-- --> == = * # : ; [http://a.b c] &nbsp; &lt; __TOC__
File:x Category:y Pond. (a) ( ) , {{x| [[a|
"""
MARKUP = st.lists(
    st.sampled_from([*sorted(word_set(PIECES)), " ", "\n", "\n\n", "The pond is deep. "]), max_size=30
).map("".join)


@given(MARKUP)
def test_no_markup_survives_whatever_is_unbalanced(text: str) -> None:
    for sentence in sentences(text):
        assert not has_residue(sentence)
        assert HOLE not in sentence


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(sentences(text), list)


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Otter", "The otter is an animal.", "article"),
        ("Otter (disambiguation)", "x", "disambiguation"),
        ("Otter", "Otter is\n{{Disambiguation|fish}}", "disambiguation"),
        ("Otter", "{{Hndis|Otter}}", "disambiguation"),
        ("Otter", "'''Otter''' may refer to:\n* a\n", "disambiguation"),
        ("Otter", "x\n[[Category:Disambiguation pages]]", "disambiguation"),
        ("List of otters", "x", "list"),
        ("Lists of otters", "x", "list"),
        ("Listening", "x", "article"),
    ],
)
def test_pages_that_are_no_article_are_told(title: str, text: str, expected: str) -> None:
    assert kind(title, text) == expected


def test_sentences_without_a_trained_model() -> None:
    splitter = Splitter("bg")
    assert splitter.name == "punkt-plain"
    assert list(splitter.split("Това е река. Тя е дълга 5 км и минава през гр. София.")) == [
        "Това е река.",
        "Тя е дълга 5 км и минава през гр. София.",
    ]
    assert list(Splitter("zh").split("数学是科学。它很古老！是的？")) == ["数学是科学。", "它很古老！", "是的？"]
