"""What one page says, without its markup: the shape in which `wikitext` hands a page to the rest of the build."""

from __future__ import annotations

import msgspec

from article_data.article import Date, Fact, Link

HOLE = "\ue000"
"""Stands where something was lost in the middle of running text (a private-use character, never in real text)."""

TITLE_END = "\ue008"
"""Stands after the question or exclamation mark of a title in running text: that mark ends no sentence."""


class Paragraph(msgspec.Struct, frozen=True, array_like=True):
    """One paragraph of running text. May hold HOLE where something was lost, and TITLE_END; `holes.mend` takes both out of its
    sentences, or drops them."""

    section: str
    """The title of its section (the nearest heading above it); "" in the lead."""
    text: str


class Extract(msgspec.Struct, frozen=True, kw_only=True):
    """All that the build takes from a page's wikitext."""

    paragraphs: tuple[Paragraph, ...]
    """In order; without references, tables, lists and back matter. May be empty."""
    bold: tuple[str, ...] = ()
    """Names set in bold in the lead."""
    links: tuple[Link, ...] = ()
    """Links to articles, in order, of the running text and of lists, tables and infobox too."""
    categories: tuple[str, ...] = ()
    """Without their namespace."""
    templates: tuple[str, ...] = ()
    """Names of the templates used, in lower case with spaces, each once, in order."""
    infobox: str = ""
    """The infobox template's name in lower case ("infobox settlement"); "" without one."""
    facts: tuple[Fact, ...] = ()
    dates: tuple[Date, ...] = ()
    description: str = ""
    coordinates: tuple[float, float] | None = None
    list_items: int = 0
    """Lines that are items of lists (`*`, `#`), outside templates and back matter."""
    leading_links: int = 0
    """List items that begin with a link or a bold link: what disambiguation pages and lists are made of."""
    is_marked_disambiguation: bool = False
    """Whether the page carries `__DISAMBIG__` itself."""
