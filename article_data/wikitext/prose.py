"""Wikitext to prose: what a reader would read as running sentences, without a trace of markup.

Owns what counts as prose. A thing that stood inside a sentence and cannot be told in words (a template, a formula)
leaves a HOLE, so that `sentences` can mend or drop the sentence; nobody but `sentences` sees one. Pure.
"""

# ruff: noqa: RUF001 - the tables hold letters and punctuation of other scripts on purpose

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import msgspec
import mwparserfromhell
from mwparserfromhell.nodes import ExternalLink, Heading, HTMLEntity, Tag, Template, Text, Wikilink

HOLE = "\ue000"
"""Stands where something was lost in the middle of running text (a private-use character, never in real text)."""
PARSED_CHARS = 60_000
"""Only so much of a page is parsed, up to a heading: twelve clues never need more, and parsing is most of a build."""

_QUIET = re.compile(
    r"(?:sfn|harv|efn|ref|refn|r|rp|cn|fact|citation|cite|cit|clarify|who|when|where|which|why|by whom|dead|dubious|vague"
    r"|better|failed|verify|page|full|not in|original research|nbsp|anchor|main|see also|further|about|other|for|"
    r"short description|use|good article|featured|pp|infobox|redirect|distinguish|hatnote|as of|update|unreliable|"
    r"specify|primary source|expand|portal|authority|commons|wiktionary|quote|multiple image|clear|toc|-)(?:\b|_|$)",
    re.IGNORECASE,
)
"""Templates that take nothing from the sentence they stand in: notes, citations, hatnotes, layout."""
_TELLING = {"lang": 2, "nowrap": 1, "nobr": 1, "transl": 2, "nihongo": 1, "em": 1, "small": 1, "abbr": 1, "tooltip": 1}
"""Templates that show one of their arguments, and which."""
_UNITS = re.compile(r"[\d.,]+")
_LINK_DROPPED = re.compile(
    r"\s*(?:file|image|media|category|special|файл|картинка|категория|文件|檔案|图像|分类|分類|attēls|fails|kategoreja"
    r"|fichier|datei|bild|archivo|imagen|immagine|catégorie|kategorie|categoría|categoria)\s*:",
    re.IGNORECASE,
)
_INTERWIKI = re.compile(r"[a-z]{2,3}(?:-[a-z]+)*:")
_TAGS_DROPPED = {
    "ref",
    "references",
    "gallery",
    "table",
    "timeline",
    "imagemap",
    "score",
    "templatestyles",
    "hr",
    "poem",
}
_TAGS_DROPPED |= {
    "blockquote",
    "mapframe",
    "graph",
    "syntaxhighlight",
    "source",
    "pre",
    "section",
    "indicator",
    "tr",
    "td",
}
_TAGS_HOLE = {"math", "chem", "hiero", "ce"}
_MAGIC = re.compile(r"__[A-Z]{3,}__")
_BACK_MATTER = re.compile(
    r"(?:references?|notes?|footnotes?|citations?|sources?|bibliography|works cited|external links?|see also|gallery|"
    r"further reading|works|publications|discography|filmography|literature|notes and references|selected .*|"
    r"бележки|източници|литература|външни препратки|вижте също|参考文献|參考文獻|外部链接|外部連結|参见|參見|注释|"
    r"atsauces|nūruodis|viers)\s*",
    re.IGNORECASE,
)
_DISAMBIGUATION = re.compile(
    r"\{\{\s*(?:[\w -]*disambig\w*|dab|hndis|geodis|mil-unit-dis|hospitaldis|schooldis|numberdis|airport disambig|"
    r"surname|given name|set index[\w ]*|消歧义|消歧義|消歧義頁|пояснение|nūzeimu atškiršona)\s*(?:\||\}\})"
    r"|__DISAMBIG__|\[\[\s*category\s*:[^\]]*disambiguation",
    re.IGNORECASE,
)
_LIST_TITLE = re.compile(
    r"(?:lists? of|timeline of|index of|outline of|glossary of|bibliography of|списък на)\s", re.IGNORECASE
)
_RESIDUE = re.compile(r"\[\[|\]\]|\{\{|\}\}|\{\||\|\}|''|</?[a-z]+[^>]*>|^[|!*#:;]|==|https?://|\|", re.IGNORECASE)
_STYLE = re.compile(r"'{2,5}")
_BOLD = re.compile(rf"'''+([^'\n{HOLE}]{{2,80}}?)'''+")


class Prose(msgspec.Struct, frozen=True, kw_only=True):
    """A page's running text."""

    lead: tuple[str, ...]
    """Paragraphs before the first heading; may be empty."""
    body: tuple[str, ...]
    """Paragraphs of the sections, without references, links and other back matter."""
    bold: tuple[str, ...] = ()
    """Names set in bold in the lead: by Wikipedia's custom, the subject's other names."""


def kind(title: str, text: str) -> str:
    """Tell what a page is: "disambiguation", "list" or "article", by its title and its templates."""
    if title.endswith("(disambiguation)") or _DISAMBIGUATION.search(text):
        return "disambiguation"
    if re.search(r"^'''[^\n]{1,80}(?:may|can) (?:also )?(?:refer to|mean)\b[^\n]*:\s*$", text, re.MULTILINE):
        return "disambiguation"
    return "list" if _LIST_TITLE.match(title) else "article"


def prose(text: str) -> Prose:
    """Read the running text of one page's wikitext; never fails, at worst there is no prose."""
    text = _MAGIC.sub("", _shortened(text.replace(HOLE, "")))
    # Style tags ('' and ''') are left to us: parsing them doubles the work on pages where they are unbalanced.
    nodes = mwparserfromhell.parse(text, skip_style_tags=True).nodes
    lead: list[str] = []
    body: list[str] = []
    bold: list[str] = []
    out = lead
    buffer: list[str] = []
    skipped_below = 7
    for node in nodes:
        if not isinstance(node, Heading):
            if skipped_below == 7:
                _tell(node, buffer)
            continue
        out.extend(_paragraphs("".join(buffer), bold if out is lead else None))
        buffer.clear()
        out = body
        if node.level <= skipped_below:
            skipped_below = node.level if _BACK_MATTER.fullmatch(str(node.title).strip()) else 7
    out.extend(_paragraphs("".join(buffer), bold if out is lead else None))
    return Prose(lead=tuple(lead), body=tuple(body), bold=tuple(dict.fromkeys(bold)))


def has_residue(sentence: str) -> bool:
    """Tell whether markup survived in a sentence (unbalanced wikitext does that): such a sentence is not shown."""
    return _RESIDUE.search(sentence) is not None


def _shortened(text: str) -> str:
    if len(text) <= PARSED_CHARS:
        return text
    for boundary in ("\n==", "\n\n"):
        cut = text.rfind(boundary, 0, PARSED_CHARS)
        if cut > PARSED_CHARS // 4:
            return text[:cut]
    return text[:PARSED_CHARS]


def _tell_all(code: Any, buffer: list[str]) -> None:
    if code is not None:
        for node in code.nodes:
            _tell(node, buffer)


def _tell(node: Any, buffer: list[str]) -> None:
    match node:
        case Text():
            buffer.append(node.value)
        case Wikilink():
            _tell_link(node, buffer)
        case ExternalLink():
            if node.title is not None:
                _tell_all(node.title, buffer)
            else:
                buffer.append(HOLE)
        case Template():
            _tell_template(node, buffer)
        case Tag():
            _tell_tag(node, buffer)
        case HTMLEntity():
            character = node.normalize()
            buffer.append(character if character.isprintable() or character.isspace() else " ")
        case Heading():
            buffer.append("\n\n")
        case _:
            # Comments say nothing to a reader; arguments belong to templates' own pages.
            pass


def _tell_link(link: Any, buffer: list[str]) -> None:
    title = str(link.title).strip()
    if _LINK_DROPPED.match(title) or (link.text is None and _INTERWIKI.match(title)):
        return
    if link.text is None:
        buffer.append(title.lstrip(":").partition("#")[0] or title.lstrip(":#"))
    else:
        _tell_all(link.text, buffer)


def _tell_template(template: Any, buffer: list[str]) -> None:
    name = str(template.name).strip().lower()
    first_word = name.partition("-")[0] if name.startswith("lang-") else name
    if name in _TELLING or first_word == "lang":
        place = 1 if name.startswith("lang-") else _TELLING.get(name, 1)
        if template.has(str(place)):
            _tell_all(template.get(str(place)).value, buffer)
            return
    if name in ("convert", "cvt") and template.has("2"):
        number, unit = str(template.get("1").value).strip(), str(template.get("2").value).strip()
        buffer.append(f"{number} {unit}" if _UNITS.fullmatch(number) and unit.isalpha() else HOLE)
    elif name in ("snd", "spnd", "ndash", "spaced ndash", "mdash", "snds"):
        buffer.append(" – ")
    elif name in ("'", "'s"):
        buffer.append("'s" if name == "'s" else "'")
    elif not _QUIET.match(name):
        buffer.append(HOLE)


def _tell_tag(tag: Any, buffer: list[str]) -> None:
    name = str(tag.tag).strip().lower()
    if name in _TAGS_HOLE:
        buffer.append(HOLE)
    elif name == "br":
        buffer.append(" ")
    elif tag.wiki_markup and name in ("li", "dt", "dd"):
        buffer.append("*")
    elif name not in _TAGS_DROPPED:
        _tell_all(tag.contents, buffer)


def _paragraphs(text: str, bold: list[str] | None) -> Iterable[str]:
    paragraph: list[str] = []
    for line in (*text.split("\n"), ""):
        line = line.strip()
        # A line that begins with list, table or indent markup is no running text, and ends the paragraph before it.
        if line and line[0] not in "*#:;|!{}":
            paragraph.append(line)
            continue
        joined = " ".join(paragraph)
        paragraph.clear()
        if bold is not None:
            bold.extend(name.strip() for name in _BOLD.findall(joined))
        plain = " ".join(_STYLE.sub("", joined).split())
        if len(plain.strip(HOLE + " ")) > 1:
            yield plain
