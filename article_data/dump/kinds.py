"""Tells articles from disambiguation, list and stub pages, in any language.

No list of a language's words: which templates, categories and titles mean what is learned from the dump itself. Where nearly
all pages that have a mark look alike (`shape`), the mark means that, and then also for pages that look otherwise. Besides,
there is what is true of every MediaWiki: `__DISAMBIG__` on a page or in a template.
Source: https://www.mediawiki.org/wiki/Extension:Disambiguator.

The build adds every article's extract to a `KindStatistics` in each of its processes, merges them, and asks the `KindRules`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from article_data.article import Kind
from article_data.dump.pages import Page
from article_data.dump.shape import STUB_CHARS, prose_worth, shape_of
from article_data.naming import plain_title
from article_data.wikitext.extract import Extract

WELL_KNOWN = frozenset({"disambig", "disambiguation"})
"""What the templates with `__DISAMBIG__` are called in many wikis, English or not; for dumps without template pages."""
MAX_MARKS = 200_000
"""How many marks are counted at once; beyond, the rarest are forgotten."""
SURE_PROSE = 3000
"""A page with this much prose is an article whatever learned marks say, though not against `__DISAMBIG__`."""
_SHORT_PROSE = 1000
_MAX_STUB_PROSE = 1200
_SHARE = 0.7
"""Of the pages with a mark, and one more, so many must look alike."""
_FILED_SHARE = 0.33
"""It may be fewer where the title's first words and the page's category agree ("List of ...", "Lists of ...")."""
_STUB_SHARE = 0.85
_STUB_PAGES = {"t": 5, "c": 50}
"""How many pages a template or category must have before it can tell stubs; small topics may have short pages alone."""

_BRACKET = re.compile(r"[(\uff08]([^()\uff08\uff09]+)[)\uff09]\s*$")
_NOT_USED = re.compile(r"<!--.*?-->|<nowiki>.*?</nowiki>|<noinclude>.*?</noinclude>", re.DOTALL | re.IGNORECASE)
_CJK_END = re.compile("[\u3040-\u30ff\u3400-\u9fff]{2}$")

# What is counted of each mark.
_PAGES, _DISAMBIGUATIONS, _LISTS, _SHORT = range(4)


class KindRules(msgspec.Struct, frozen=True):
    """What a dump's marks mean. A mark is a kind's letter, a colon and a name: "t:geodis" is a template."""

    known: frozenset[str] = frozenset()
    """Templates that are disambiguation by MediaWiki's own sign."""
    disambiguation: frozenset[str] = frozenset()
    """Learned marks of disambiguation pages."""
    lists: frozenset[str] = frozenset()
    stubs: frozenset[str] = frozenset()

    def kind(self, title: str, extract: Extract, prose_chars: int) -> Kind:
        """Return what a page of the article namespace is; `prose_chars` is the length of its paragraphs."""
        if extract.is_marked_disambiguation or not self.known.isdisjoint(extract.templates):
            return "disambiguation"
        worth = prose_worth(extract, prose_chars)
        marks = frozenset(_marks(title, extract))
        shape = shape_of(title, extract, prose_chars)
        if shape == "disambiguation" or (worth < SURE_PROSE and not self.disambiguation.isdisjoint(marks)):
            return "disambiguation"
        if shape == "list" or self._is_marked_list(marks, worth):
            return "list"
        if worth < STUB_CHARS or (worth < _MAX_STUB_PROSE and not self.stubs.isdisjoint(marks)):
            return "stub"
        return "article"

    def _is_marked_list(self, marks: frozenset[str], worth: int) -> bool:
        # What is called a list is one, however much prose it has; a template or category says less.
        found = marks & self.lists
        return any(worth < SURE_PROSE or mark[0] in "pef" for mark in found)


class KindStatistics(msgspec.Struct):
    """What the pages with each mark look like. Processes count apart and `merge`."""

    marks: dict[str, list[int]] = {}
    """By mark: how many pages have it, look like disambiguation, like lists, and are short."""
    page_count: int = 0
    short_count: int = 0
    templates: set[str] = set()
    """Templates that put `__DISAMBIG__` on a page."""
    template_redirects: dict[str, str] = {}
    floor: int = 1
    """Marks of so many pages and fewer are forgotten next."""

    def add(self, title: str, extract: Extract, prose_chars: int) -> None:
        """Count one page of the article namespace."""
        worth = prose_worth(extract, prose_chars)
        shape = "disambiguation" if _is_known(extract, WELL_KNOWN) else shape_of(title, extract, prose_chars)
        is_disambiguation, is_list, is_short = shape == "disambiguation", shape == "list", worth < _SHORT_PROSE
        self.page_count += 1
        self.short_count += is_short
        marks = self.marks
        for mark in _marks(title, extract):
            tally = marks.get(mark)
            if tally is None:
                tally = marks[mark] = [0, 0, 0, 0]
            tally[_PAGES] += 1
            tally[_DISAMBIGUATIONS] += is_disambiguation
            tally[_LISTS] += is_list
            tally[_SHORT] += is_short
        self._forget()

    def add_template_page(self, page: Page) -> None:
        """Look whether a page of the template namespace makes the pages that use it disambiguation pages."""
        name = _template_name(page.title)
        if page.redirect is not None:
            self.template_redirects[name] = _template_name(page.redirect)
        elif "__DISAMBIG__" in page.text and "/" not in name and "__DISAMBIG__" in _NOT_USED.sub("", page.text):
            self.templates.add(name)

    def merge(self, other: KindStatistics) -> None:
        """Add what another process counted."""
        self.page_count += other.page_count
        self.short_count += other.short_count
        self.templates |= other.templates
        self.template_redirects |= other.template_redirects
        for mark, counts in other.marks.items():
            tally = self.marks.setdefault(mark, [0, 0, 0, 0])
            for place, count in enumerate(counts):
                tally[place] += count
        self.floor = max(self.floor, other.floor)
        self._forget()

    def decide(self) -> KindRules:
        """Return what the marks mean."""
        known = WELL_KNOWN | self.templates
        # A redirect to a redirect does not work in MediaWiki.
        known |= {name for name, target in self.template_redirects.items() if target in known}
        short_share = self.short_count / max(self.page_count, 1)
        disambiguation: set[str] = set()
        lists: set[str] = set()
        stubs: set[str] = set()
        for mark, (pages, disambiguations, list_count, short) in self.marks.items():
            letter = mark[0]
            enough = max(3.0, _SHARE * (pages + 1))
            if letter != "f" and disambiguations >= enough:
                disambiguation.add(mark)
            elif list_count >= enough or (letter == "f" and pages > 1 and list_count >= _FILED_SHARE * (pages + 1)):
                lists.add(mark)
            elif (
                letter in _STUB_PAGES
                and pages >= _STUB_PAGES[letter]
                and short >= _STUB_SHARE * (pages + 1)
                and short_share * 1.3 < short / pages
            ):
                stubs.add(mark)
        return KindRules(known, frozenset(disambiguation), frozenset(lists), frozenset(stubs))

    def _forget(self) -> None:
        while len(self.marks) > MAX_MARKS:
            self.marks = {mark: tally for mark, tally in self.marks.items() if tally[_PAGES] > self.floor}
            self.floor += 1


def _is_known(extract: Extract, known: frozenset[str]) -> bool:
    return extract.is_marked_disambiguation or not known.isdisjoint(extract.templates)


def _marks(title: str, extract: Extract) -> Iterator[str]:
    """Yield what may tell a page's kind, each once: templates, categories, the title's bracket, its first and last words."""
    for template in extract.templates:
        yield f"t:{template}"
    for category in dict.fromkeys(extract.categories):
        yield f"c:{category}"
    bracket = _BRACKET.search(title)
    if bracket:
        yield f"b:{bracket[1].casefold()}"
    words = plain_title(title).casefold().split()
    if len(words) > 1:
        yield f"p:{words[0]}"
        yield f"e:{words[-1]}"
    elif ending := _CJK_END.search(plain_title(title)):
        yield f"e:{ending[0]}"
    if len(words) > 2:
        yield f"p:{words[0]} {words[1]}"
        if any(_agree(words[0], category) for category in extract.categories):
            yield f"f:{words[0]} {words[1]}"


def _agree(word: str, category: str) -> bool:
    """Whether a category's first word is a form of the word: "List", "Lists"."""
    first = category.casefold().partition(" ")[0]
    needed = max(4, -(-len(word) * 3 // 5))
    return len(first) >= needed and first[:needed] == word[:needed] and abs(len(first) - len(word)) <= 3


def _template_name(title: str) -> str:
    return " ".join(title.partition(":")[2].replace("_", " ").split()).lower()
