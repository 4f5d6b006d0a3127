"""A few lines that take from wikitext what kinds of pages are told by; roughly, for tests of this room alone."""

from __future__ import annotations

import re
from collections.abc import Mapping

from article_data.article import Fact, Link
from article_data.wikitext.extract import Extract, Paragraph

_TEMPLATE = re.compile(r"\{\{([^{}|]*)(?:\|[^{}]*)?\}\}")
_TEMPLATE_BODY = re.compile(r"^\{\{([^{}]*)\}\}", re.MULTILINE)
_PARAMETER = re.compile(r"\|\s*([\w ]+?)\s*=\s*([^|\s][^|]*)")
_BOLD = re.compile(r"'''([^'\n]+)'''")
_TABLE = re.compile(r"\{\|(?:(?!\{\||\|\}).)*\|\}", re.DOTALL)
_NOISE = re.compile(
    r"<!--.*?-->|<ref[^>/]*/>|<ref.*?</ref>|<gallery.*?</gallery>|<math.*?</math>|__\w+__|</?\w[^>]*>", re.DOTALL
)
_LINK = re.compile(r"\[\[([^\[\]|]+)(?:\|([^\[\]]*))?\]\]")
_ITEM = re.compile(r"[*#:;]*[*#][:*#;]*\s*")
_HEADING = re.compile(r"=+\s*(.*?)\s*=+")
_BACK_MATTER = re.compile(
    r"==+\s*(?:see also|references|external links|notes|further reading|sources)\s*==+", re.IGNORECASE
)


def rough_extract(text: str, namespaces: Mapping[int, str]) -> tuple[Extract, int]:
    """Return the extract of a page and the length of its prose."""
    is_marked = "__DISAMBIG__" in text
    text = _NOISE.sub("", text)
    facts = tuple(
        Fact(*pair)
        for call in _TEMPLATE_BODY.findall(text)
        if len(pairs := _PARAMETER.findall(call)) > 2
        for pair in pairs
    )
    lead = text.partition("\n==")[0]
    bold = tuple(_BOLD.findall(lead))
    templates: dict[str, None] = {}
    while found := _TEMPLATE.findall(text):
        templates |= dict.fromkeys(" ".join(name.replace("_", " ").split()).lower() for name in found)
        text = _TEMPLATE.sub("", text)
    categories: list[str] = []
    links: list[Link] = []
    apart = {
        number: (name.casefold(), english)
        for (number, english) in ((14, "category"), (6, "file"), (-2, "image"))
        if (name := namespaces.get(number, ""))
    }

    def shown(match: re.Match[str]) -> str:
        target, anchor = match[1].strip(), match[2]
        prefix, colon, rest = target.partition(":")
        if colon and prefix.casefold() in apart[14]:
            categories.append(rest.split("|")[0])
            return ""
        if (colon and (prefix.casefold() in apart.get(6, ()) or prefix.casefold() in ("file", "image"))) or re.match(
            r"[a-z-]{2,12}:", target
        ):
            return ""
        target = target.partition("#")[0].lstrip(":").strip()
        if target:
            links.append(Link(target[:1].upper() + target[1:], anchor or target))
        return anchor or match[1]

    items = leading = 0
    section = ""
    paragraphs: list[Paragraph] = []
    no_tables = text
    while _TABLE.search(no_tables):
        no_tables = _TABLE.sub("", no_tables)
    back = _BACK_MATTER.search(no_tables)
    end = back.start() if back else len(no_tables)
    for line in no_tables[:end].splitlines():
        item = _ITEM.match(line)
        if item:
            items += 1
            leading += line[item.end() :].lstrip("'\"").startswith("[[")
        elif heading := _HEADING.fullmatch(line.strip()):
            section = heading[1]
        elif line.strip() and line[0] not in "|!=:;{}<-":
            shown_line = _LINK.sub(shown, line).replace("'''", "").replace("''", "").strip()
            if re.search(r"\w", shown_line):
                paragraphs.append(Paragraph(section, shown_line))
    links.clear()
    categories.clear()
    _LINK.sub(shown, text)
    extract = Extract(
        paragraphs=tuple(paragraphs),
        bold=bold,
        facts=facts,
        links=tuple(links),
        categories=tuple(categories),
        templates=tuple(templates),
        list_items=items,
        leading_links=leading,
        is_marked_disambiguation=is_marked,
    )
    return extract, sum(len(paragraph.text) for paragraph in paragraphs)
