"""What a page looks like, whatever its language: prose, a list, or several things of one name.

Pure. `kinds` learns from it which templates, categories and titles mean what.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from article_data.naming import plain_title
from article_data.wikitext.extract import Extract

Shape = Literal["", "disambiguation", "list"]

STUB_CHARS = 600
"""Less prose than this gives no game."""

_DENSE = re.compile("[\u0e00-\u0e7f\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Letters of scripts that say in one what others say in three: Chinese, Japanese, Korean; and those without spaces."""
_DENSE_WORTH = 3
_GAPS = re.compile(r"[\W_]+")
_SAMPLE_CHARS = 300


def prose_worth(extract: Extract, prose_chars: int) -> int:
    """Return how long the prose would be in an alphabet: a Chinese character counts for three letters."""
    sample = "".join(paragraph.text[:_SAMPLE_CHARS] for paragraph in extract.paragraphs[:2])
    dense = len(_DENSE.findall(sample))
    return prose_chars * _DENSE_WORTH if dense * 2 > len(sample) else prose_chars


def shape_of(title: str, extract: Extract, prose_chars: int) -> Shape:
    """Tell what a page looks like.

    Several things of one name: a line or two of prose in the lead, then items that begin with links, many of which hold the
    page's name. A list: items or the links of a table, and hardly any prose beside them. A page with an infobox or a
    place is about one thing.
    """
    worth = prose_worth(extract, prose_chars)
    if extract.infobox or extract.facts or extract.coordinates:
        return ""
    items, leading = extract.list_items, extract.leading_links
    beyond_lead = sum(len(paragraph.text) for paragraph in extract.paragraphs if paragraph.section)
    is_led_in = worth < STUB_CHARS and beyond_lead * 4 <= prose_chars
    if items >= 2 and leading * 2 >= items and is_led_in and _share_name(title, extract):
        return "disambiguation"
    if items >= 10 and leading * 5 >= items * 3 and worth <= 12 * items:
        return "list"
    if items >= 5 and worth <= 5 * items:
        return "list"
    if len(extract.links) >= 40 and worth < STUB_CHARS:
        return "list"
    return ""


def _share_name(title: str, extract: Extract) -> bool:
    """Whether the page's links are to things that have its name, or one that it is an abbreviation of."""
    plain = plain_title(title)
    names = {folded for name in (plain, *extract.bold[:4]) if (folded := _folded(name)).strip()}
    # No spaces part the words of a Chinese name from the next.
    names = {name.strip() if _DENSE.search(name) else name for name in names}
    is_acronym = plain.isupper() and 2 <= len(plain) <= 6
    sharing = 0
    for link in extract.links:
        target = plain_title(link.target)
        if target.startswith(f"{plain} ") and target[len(plain) + 1 :][:1].islower():
            # A kind or a part of the thing (Puma concolor couguar), no other thing of its name.
            continue
        folded = _folded(target)
        sharing += any(name in folded for name in names) or (is_acronym and _initials(target).startswith(plain))
    return sharing >= 2 and sharing * 10 >= extract.leading_links * 3


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _folded(name: str) -> str:
    """Write a name's words without case, accents and punctuation, with a space before, between and after."""
    if not name.isascii():
        name = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return f" {_GAPS.sub(' ', name.casefold()).strip()} "
