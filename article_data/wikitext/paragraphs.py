"""Lines to paragraphs: what of a page is running text, under which heading, and what is back matter.

Owns what counts as prose. Gets a page without tags, templates and tables; pure.
"""

# ruff: noqa: RUF001, SIM905 - titles in other scripts; a table of words reads best as words

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from article_data.wikitext.extract import HOLE, TITLE_END, Paragraph
from article_data.wikitext.marks import ANY_MARK, BREAK, CITED, LINK, UNKNOWN
from article_data.wikitext.plain import plain

_HEADING = re.compile(r"(={1,6})(.+?)\1[\s\ue000-\ue00f]*")
_LEADING_LINK = re.compile(rf"[*#:;]+[\s'\"“„«]*{LINK}")
_FURNITURE = re.compile(rf"\A[\s{CITED}]*(?:{UNKNOWN}[\s{CITED}]*)+(?=[^\W\d_a-z]|['\"“«(\[{LINK}])")
"""Templates before the first word of a line; before a small letter they may be words of it."""
_TITLE = re.compile(rf"((?<=[\w,] )''(?!')[^'\n]{{1,80}}[?!]{LINK}*(?:''))(?!')(?=\s+[^\W\d_a-z])")
"""A title in the middle of a sentence that goes on with a name: "In ''What Is Property?'' Proudhon answers"."""
_BOLD = re.compile(r"(?<!')'{3,5}(?!')(.{1,120}?)'{3}")
_PREFORMATTED_CHARS = 80
"""A line set in by a space is shown as typewriter text; a longer one is a paragraph whose space nobody noticed."""
_VERSE_BREAKS = 3
_VERSE_LINE_CHARS = 80
"""A paragraph with so many breaks and so short lines is verse, an address or a caption."""
_PARAGRAPH_BREAK = re.compile(rf"{BREAK}\s*{BREAK}[\s{BREAK}]*")
_BACK_MATTER = frozenset(
    "references;reference;notes;footnotes;citations;sources;bibliography;works cited;cited works;external links;see also;"
    "further reading;gallery;notes and references;references and notes;literature;selected bibliography;publications;"
    "discography;filmography;bibliografía;referencias;enlaces externos;véase también;notas;fuentes;références;"
    "notes et références;liens externes;voir aussi;bibliographie;annexes;articles connexes;einzelnachweise;weblinks;"
    "literatur;siehe auch;quellen;anmerkungen;note;riferimenti;bibliografia;collegamenti esterni;voci correlate;"
    "altri progetti;referências;ligações externas;ver também;literatuur;externe links;zie ook;bronnen;noten;przypisy;"
    "zobacz też;linki zewnętrzne;bibliografie;poznámky;externí odkazy;související články;примечания;литература;ссылки;"
    "см. также;источники;бележки;източници;външни препратки;вижте също;примітки;посилання;джерела;література;"
    "див. також;kaynakça;dış bağlantılar;ayrıca bakınız;källor;referenser;externa länkar;se även;kilder;referanser;"
    "eksterne lenker;lähteet;aiheesta muualla;jegyzetek;források;további információk;irodalom;atsauces;ārējās saites;"
    "skatīt arī;literatūra;šaltiniai;nuorodos;参考文献;參考文獻;外部链接;外部連結;外部鏈接;参见;參見;"
    "参看;參看;注释;註釋;脚注;腳註;参考资料;參考資料;延伸阅读;延伸閱讀;相关条目;相關條目;外部リンク;関連項目;脚注;"
    "出典;각주;외부 링크;참고 문헌;같이 보기;مراجع;وصلات خارجية;انظر أيضا;הערות שוליים;קישורים חיצוניים".split(";")
)


class _Section:
    """A section as it is read: its lines told apart, and what its shape says."""

    def __init__(self, title: str, level: int) -> None:
        self.title = title
        self.level = level
        self.paragraphs: list[str] = []
        self.items = 0
        self.leading = 0
        self.cited_items = 0
        self.citations = 0

    def is_apparatus(self) -> bool:
        """Whether by its shape it is a list of sources or links: then its title need not be understood."""
        if any(len(paragraph) > 1 for paragraph in self.paragraphs):
            return False
        return 2 * self.cited_items > self.items if self.items else self.citations > 0


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What the lines of a page say."""

    paragraphs: tuple[Paragraph, ...]
    bold: tuple[str, ...]
    list_items: int
    leading_links: int


def read_lines(text: str) -> Reading:
    """Read a page's running text."""
    sections = list(_sections(text))
    bold = _bold(sections[0].paragraphs)
    paragraphs: list[Paragraph] = []
    items = leading = 0
    skipped_below = 7
    for section in _without_apparatus(sections):
        if section.level <= skipped_below:
            skipped_below = section.level if section.title.casefold().strip(" :") in _BACK_MATTER else 7
        if skipped_below < 7:
            continue
        items += section.items
        leading += section.leading
        for place, raw in enumerate(section.paragraphs):
            words = plain(_TITLE.sub(rf"\1{TITLE_END}", raw) if "?''" in raw or "!''" in raw else raw)
            if len(words.strip(HOLE + " ")) > 1 and not _is_label(words, raw.strip(), is_first=not paragraphs):
                # What begins in the middle of a sentence goes on after a formula or a list that is left out.
                lost = f"{HOLE} " if place and words[0].islower() and words.partition(" ")[0].islower() else ""
                promised = f" {HOLE}" if words[-1] in _PROMISES else ""
                paragraphs.append(Paragraph(section.title, lost + words + promised))
    return Reading(paragraphs=tuple(paragraphs), bold=bold, list_items=items, leading_links=leading)


def _is_label(words: str, raw: str, *, is_first: bool) -> bool:
    """Whether a paragraph is a caption, a heading set in bold or an item of a typed list.

    The first of a page is none if it is more than a name in bold: small pages may lack the full stop after all they say.
    """
    if is_first:
        return raw.startswith("'''") and raw.endswith("'''") and raw.count("'''") == 2 and words[-1].isalnum()
    return words.startswith(_TYPED_ITEMS) or (len(words) < _SHORTEST_UNENDED_CHARS and words[-1].isalnum())


def _without_apparatus(sections: list[_Section]) -> list[_Section]:
    """Leave out the sections at the page's end that are nothing but sources and links."""
    end = len(sections)
    while end > 1 and (
        sections[end - 1].is_apparatus() or not (sections[end - 1].paragraphs or sections[end - 1].items)
    ):
        end -= 1
    return sections[:end]


def _sections(text: str) -> Iterator[_Section]:
    section = _Section("", 0)
    paragraph: list[str] = []
    is_before_template = False
    for line in text.split("\n"):
        first = line[:1]
        if first not in _NOT_TEXT or (first == "-" and not line.startswith("----")):
            paragraph.append(line)
            continue
        if first in (CITED, UNKNOWN) and ANY_MARK.sub("", line).strip():
            # Notes at the end of a sentence may stand in a line of their own, with what goes on after them.
            paragraph.append(line if paragraph else _FURNITURE.sub("", line))
            continue
        if first == CITED and paragraph:
            section.citations += 1
            continue
        if paragraph:
            if is_before_template:
                _leave_open(section.paragraphs)
            is_before_template = False
            _close(paragraph, section)
        if first in _CONTINUING and section.paragraphs:
            _leave_open(section.paragraphs)
        if first == "=":
            heading = _HEADING.fullmatch(line)
            if heading is not None:
                if is_before_template:
                    _leave_open(section.paragraphs)
                is_before_template = False
                yield section
                section = _Section(plain(heading[2]).replace(HOLE, "").strip(), len(heading[1]))
        elif first in ("*", "#"):
            section.items += 1
            section.leading += _LEADING_LINK.match(line) is not None
            section.cited_items += CITED in line
        elif first == " ":
            if len(line) > _PREFORMATTED_CHARS:
                paragraph.append(line)
        elif first in (CITED, UNKNOWN):
            # A template alone in its line is furniture in any language: a box, a picture, a hatnote, a list of notes.
            # But what stops in the middle of a sentence before it goes on in it, unless it stands at the page's end or
            # after the page's first words, which nothing but a full stop may lack.
            section.citations += first == CITED
            is_before_template = first == UNKNOWN and len(section.paragraphs) > (section.level == 0)
    if paragraph:
        _close(paragraph, section)
    yield section


_NOT_TEXT = frozenset(("", "=", "*", "#", ":", ";", "|", "!", "{", "}", "-", " ", CITED, UNKNOWN))
"""What a line that is not plainly running text begins with."""
_CONTINUING = frozenset(("*", "#", ":", ";"))
_TYPED_ITEMS = ("- ", "– ", "— ", "• ", "· ")
_SHORTEST_UNENDED_CHARS = 40
_PROMISES = frozenset(":,;：，；、–—-")
"""A paragraph that ends so promises a list, a quotation or a formula that stood after it and is no running text."""


def _leave_open(paragraphs: list[str]) -> None:
    """Mark a paragraph that stops in the middle of a sentence, which a list or a formula after it would end."""
    end = ANY_MARK.sub("", paragraphs[-1][-20:]).rstrip(" '\"”»")[-1:]
    if end.isalnum() and not paragraphs[-1].endswith(HOLE):
        paragraphs[-1] += f" {HOLE}"


def _close(lines: list[str], section: _Section) -> None:
    joined = " ".join(lines)
    lines.clear()
    if BREAK not in joined:
        section.paragraphs.append(joined)
        return
    for part in _PARAGRAPH_BREAK.split(joined):
        breaks = part.count(BREAK)
        if breaks < _VERSE_BREAKS or len(part) > _VERSE_LINE_CHARS * (breaks + 1):
            section.paragraphs.append(part)


def _bold(paragraphs: list[str]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for paragraph in paragraphs:
        if "'''" not in paragraph:
            continue
        for name in _BOLD.findall(paragraph):
            words = plain(name).strip(" ,;:.")
            if 0 < len(words) <= 80 and HOLE not in words:
                names[words] = None
    return tuple(names)
