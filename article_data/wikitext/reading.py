"""One page's wikitext to all that the build takes from it: the front door of this package.

Three walks, each over the whole page: `tags` takes out what stands in angle brackets, `scanning` templates, links and
tables from the inside out, `paragraphs` tells running text from the rest. Called by the build for each page; pure.
"""

from __future__ import annotations

from collections.abc import Mapping

from article_data.article import Link
from article_data.wikitext import coordinates, infobox, moments
from article_data.wikitext.arguments import Arguments
from article_data.wikitext.extract import HOLE, Extract
from article_data.wikitext.marks import ANY_MARK, LINK, UNKNOWN
from article_data.wikitext.notes import is_citation
from article_data.wikitext.paragraphs import read_lines
from article_data.wikitext.plain import plain, without_addresses
from article_data.wikitext.scanning import brackets_before, flattened
from article_data.wikitext.tags import without_tags
from article_data.wikitext.templates import bare_name, tell, template_name
from article_data.wikitext.titles import namespaces_of, normal, without_bracket

_LONGEST_TITLE_CHARS = 255
_LONGEST_DATE_CHARS = 80
_MOST_DATES = 200
_MOST_COORDINATES = 200
_DISAMBIGUATION_SWITCH = "__DISAMBIG__"


def extract(text: str, *, title: str = "", namespaces: Mapping[int, str] | None = None) -> Extract:
    """Read one page; never raises, and its work grows with the text alone, whatever stands in it.

    `title` is the page's own, for the magic words that show it. `namespaces` are the wiki's (number to name), as its dump
    gives them; files and categories are known in the usual languages without them.
    """
    return _Page(title, namespaces).read(text)


class _Page:
    """What is gathered on the way through a page."""

    def __init__(self, title: str, namespaces: Mapping[int, str] | None) -> None:
        self.title = title
        self.namespaces = namespaces_of(namespaces)
        self.links: list[Link] = []
        self.categories: dict[str, None] = {}
        self.templates: dict[str, None] = {}
        self.description = ""
        self.coordinates: coordinates.Coordinates | None = None
        self.inline_coordinates: list[tuple[int, coordinates.Coordinates]] = []
        self.infobox_coordinates: coordinates.Coordinates | None = None
        self.stated: dict[str, str] = {}
        self.lead_places = 0
        self.infobox_place = -1
        self.infobox_name = ""
        self.infobox_is_named = False
        self.infobox_arguments = Arguments([])

    def read(self, text: str) -> Extract:
        if not text.isascii():
            text = ANY_MARK.sub("", text)
        is_disambiguation = _DISAMBIGUATION_SWITCH in text
        text = without_addresses(without_tags(text))
        heading = text.find("\n==")
        self.lead_places = brackets_before(text, heading if heading >= 0 else len(text))
        flat = flattened(text, self.link, self.template)
        reading = read_lines(flat)
        box = self.infobox_arguments
        return Extract(
            paragraphs=reading.paragraphs,
            bold=reading.bold,
            links=tuple(self.links),
            categories=tuple(self.categories),
            templates=tuple(self.templates),
            infobox=self.infobox_name,
            facts=infobox.facts(box, self.title),
            dates=infobox.dates(box, self.stated),
            description=self.description,
            coordinates=self.coordinates or self.infobox_coordinates or coordinates.of_infobox(box.named),
            list_items=reading.list_items,
            leading_links=reading.leading_links,
            is_marked_disambiguation=is_disambiguation,
        )

    def link(self, content: str, after: str, is_outermost: bool) -> str:
        """Tell what stood between [[ and ]]; note where it leads."""
        target, bar, shown = content.partition("|")
        if "\n" in target or len(target) > _LONGEST_TITLE_CHARS or ("\n\n" in shown and ":" not in target):
            # No link: its brackets were left open somewhere, and what stands between is text.
            return HOLE + content
        if not target.isascii() and ANY_MARK.search(target) is not None:
            if HOLE in target or UNKNOWN in target:
                return shown or HOLE
            target = ANY_MARK.sub("", target)
        if ":" in target:
            leads, name = self.namespaces.leads(target)
            if leads != "article":
                if leads == "category":
                    category = normal(name)
                    if category:
                        self.categories[category] = None
                    return ""
                if leads == "elsewhere":
                    return shown or name.lstrip(":") if bar else target.strip(": ")
                return ""
            target = name
        title = normal(target)
        if not bar:
            shown = target.strip() if "_" not in target else " ".join(target.replace("_", " ").split())
            if "#" in shown:
                shown = shown.lstrip("#") if shown[0] == "#" else shown.replace("#", " § ")
        elif not shown.strip():
            # The pipe trick, which saving a page resolves, but old pages still have.
            shown = without_bracket(target)
        if title:
            anchor = shown
            if after and after[0].islower():
                anchor += _trail(after)
            anchor = plain(anchor)
            if HOLE in anchor:
                anchor = anchor.replace(HOLE, "").strip()
            self.links.append(Link(title, anchor or title))
        return LINK + shown if is_outermost else shown

    def template(self, content: str, place: int) -> str:
        """Tell what stood between {{ and }}; keep what the page says of itself in it."""
        written, *parts = content.split("|")
        name = bare_name(ANY_MARK.sub("", written))
        self.templates[template_name(name)] = None
        if name == "short description" or name.startswith("shortdesc:"):
            return self._describe(parts[0] if parts else written.partition(":")[2])
        if name in ("coord", "coor", "coords"):
            return self._locate(Arguments(parts), place)
        if parts and not (self.infobox_is_named and self.infobox_place < place):
            self._consider_infobox(name, parts, content, place)
        told = tell(name, parts, self.title)
        if "date" in name and len(told) < _LONGEST_DATE_CHARS and len(self.stated) < _MOST_DATES:
            when = moments.iso(told)
            if when:
                self.stated[told] = when
        return told

    def _consider_infobox(self, name: str, parts: list[str], content: str, place: int) -> None:
        """The infobox is the first template so called, or else the first that looks like one."""
        is_named = infobox.is_infobox(name)
        if not is_named:
            may_be = (
                place < self.lead_places
                and not self.infobox_is_named
                and not (is_citation(name) or infobox.is_none(name))
            )
            if not may_be or not infobox.has_shape(content):
                return
        if self.infobox_name and is_named == self.infobox_is_named and place > self.infobox_place:
            return
        self.infobox_place = place
        self.infobox_name = name
        self.infobox_is_named = is_named
        self.infobox_arguments = Arguments(parts)
        # Inner templates come before outer ones: those seen already that began later stand in this one.
        inside = (where for began, where in self.inline_coordinates if began > place)
        self.infobox_coordinates = next(inside, None)

    def _describe(self, text: str) -> str:
        text = plain(text)
        if not self.description and text.lower() != "none" and HOLE not in text:
            self.description = text
        return ""

    def _locate(self, arguments: Arguments, place: int) -> str:
        """The page's place if the template says so; shown in the text it is a number among words, so UNKNOWN."""
        shown = arguments.get("display")
        is_of_page = "title" in shown or shown == "t" or shown == "it"
        where = coordinates.of_template(arguments)
        if is_of_page and where is not None and self.coordinates is None:
            self.coordinates = where
        elif where is not None and not is_of_page and len(self.inline_coordinates) < _MOST_COORDINATES:
            self.inline_coordinates.append((place, where))
        return "" if is_of_page and "inline" not in shown else UNKNOWN


def _trail(after: str) -> str:
    """The letters that follow a link and belong to its word: "[[cat]]s"."""
    end = 0
    while end < len(after) and end < 30 and after[end].islower():
        end += 1
    return after[:end]
