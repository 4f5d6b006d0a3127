"""A page's infobox: which template is it, and its parameters as facts, dates and coordinates.

Pure; called by `reading`.
"""

from __future__ import annotations

import re

from article_data.article import Date, Fact
from article_data.wikitext import labels, moments
from article_data.wikitext.arguments import Arguments
from article_data.wikitext.extract import HOLE
from article_data.wikitext.holes import mend
from article_data.wikitext.marks import BREAK
from article_data.wikitext.plain import plain
from article_data.wikitext.quantities import grouped

_NAMES = (
    "infobox", "taxobox", "automatic taxobox", "speciesbox", "subspeciesbox", "chembox", "drugbox", "geobox", "starbox",
    "infokaste", "infokutija", "infocasetă", "infocaseta", "infoboks", "infolåda", "faktamall", "инфокутия",
    "карточка", "картка", "ficha", "info/", "bilgi kutusu", "tietolaatikko", "инфобокс", "信息框", "基礎情報",
    "정보상자", "صندوق معلومات", "hộp thông tin", "kotak info", "fiche ", "planetbox",
)  # fmt: skip
_FEWEST_PARAMETERS = 5
"""A template in whose lines so many parameters are named, before any text, is an infobox in any language."""
_LONGEST_KEY_CHARS = 60
MOST_FACTS = 40
LONGEST_VALUE_CHARS = 200
_SETTING = re.compile(
    r"(?:yes|no|on|off|y|n|true|false|none|auto|left|right|cent(?:er|re)|top|bottom|default|"
    r"inherit|n/?a|unknown|tb[ad]|"
    r"increased?|decreased?|steady|see[ :].*|\d+ ?px|\d+(?:px|em|%)|.*\.(?:svg|jpe?g|png|gif|webp|tiff?|ogg|pdf)|www\..*"
    r"|.*\b[a-z-]{3,}:\s?[\w.#%]+;.*|[a-z-]{3,}:[\w.#%]+(?:px|em|%))",
    re.IGNORECASE,
)
"""Values that tell the template how to look, and no reader anything."""
_ITEM = re.compile(r"\s*\n\s*(?:[*#:;]+|-{4,})\s*|^\s*[*#:;]+\s*")
_IDENTIFIER = re.compile(r"[A-Za-z]+[\d.-]*\d{3,}[\w.-]*|[a-z]+(?:-[a-z]+)+|www\.\S+")
"""A value that names something to machines only: "D001321", "andre-agassi"."""
_MARKS = "†‡*§"
_AMOUNT = re.compile(r"\d{5,}")
_EVENT = re.compile(r"(.*?)_?event(\d*)")
_YEARS = ("_year", "year", "_as_of")
_LONGEST_EVENT_CHARS = 60
_COMMAS = re.compile(r"\s*,(?:\s*,)+\s*")
_DATED = re.compile(
    r"(?!access|up|man|retriev).*dates?_?\d*|born|died|birth|death|founded|foundation|formed|formation|established|released?|"
    r"published|opened|opening|built|completed|inception|created|creation|launched|introduced|discovered|dissolved|abolished|"
    r"premiered|first_aired|last_aired|incorporated|dates?_?(?:of)?_?\w+|began|ended|start|end|beginning|year|"
    r"\w*datum|gründung\w*|gegründet|eröffnung\w*|fecha(?:[ _]\w+)*|date(?:[ _]de)+[ _]\w+|"
    r"nacimiento|fallecimiento|fundación|naissance|décès|fondation|"
    r"data(?:[ _]\w+)*|anno\w*|nascita|morte|fondazione|nascimento\w*|fundação"
)


def is_infobox(name: str) -> bool:
    """Tell an infobox by its name in lower case."""
    return name.startswith(_NAMES) or name.endswith((" infobox", "-infobox"))


def is_none(name: str) -> bool:
    """Tell a template that looks like an infobox and only sets how the page's words are written."""
    return name in ("noteta", "各地中文名")


def has_shape(content: str) -> bool:
    """Whether a template is written like an infobox: many named parameters, each in a line of its own.

    Before the first heading this tells infoboxes in languages whose word for them is not known.
    """
    return (
        content.count("\n|") + content.count("\n |") >= _FEWEST_PARAMETERS and content.count("=") >= _FEWEST_PARAMETERS
    )


def facts(arguments: Arguments, title: str = "") -> tuple[Fact, ...]:
    """The parameters that say something in words, at most 40, in their order; their names as labels.

    What belongs together is one fact: a measure and its unit, an amount and its year, an event and its date. What only says
    the page's `title` again is left out.
    """
    named = arguments.named
    found: list[Fact] = []
    for key, raw in named.items():
        if not raw or len(key) > _LONGEST_KEY_CHARS or key.isdecimal() or labels.is_technical(key):
            continue
        said = value(_referred(raw, named))
        if not said or said.casefold() in (title.casefold(), key.casefold()):
            continue
        fact = _fact(key, said, named)
        if fact is not None:
            found.append(fact)
            if len(found) == MOST_FACTS:
                break
    return tuple(found)


def _fact(key: str, said: str, named: dict[str, str]) -> Fact | None:
    if _EVENT.fullmatch(key) is not None or _is_year(key, named) or (key.endswith("us") and key[:-2] in named):
        # Told with its date, with what was counted in that year, or in metric units.
        return None
    event = named.get(key.replace("date", "event")) if "date" in key else None
    if event:
        name = value(event)
        name = name if not name[:1].islower() else f"{labels.label(key.partition('date')[0])} {name}"
        return Fact(name, said) if 0 < len(name) <= _LONGEST_EVENT_CHARS else None
    base, unit, is_metric = labels.measured(key)
    unit = unit or (labels.twin_unit(key) if key + "us" in named else "")
    if not is_metric and any(labels.measured(other)[0] == base for other in named if other != key and named[other]):
        return None
    name = labels.label(base)
    if not name:
        return None
    if _AMOUNT.fullmatch(said) and (unit or "pop" in key or "area" in key):
        said = grouped(said)
    if unit and said[-1].isdigit():
        said = f"{said} {unit}"
    year = next((value(named[key + end]) for end in _YEARS if named.get(key + end)), "")
    return Fact(name, f"{said} ({year})" if year and year not in said else said)


def _is_year(key: str, named: dict[str, str]) -> bool:
    return key.endswith("_year") or any(key.endswith(end) and named.get(key.removesuffix(end)) for end in _YEARS)


def _referred(raw: str, named: dict[str, str]) -> str:
    """What is meant where a value is another parameter's name: the largest city may be "capital"."""
    return named.get(raw, raw) if raw.islower() else raw


def value(raw: str) -> str:
    """A parameter's value as short plain text, lists joined by commas; "" if that would lose something or is too long."""
    if len(raw) > 8 * LONGEST_VALUE_CHARS:
        return ""
    text = _ITEM.sub(", ", raw.replace(BREAK, ", ").strip()).strip(" ,")
    if "\n\n" in text or "\n!" in text or "\n|" in text:
        return ""
    text = mend(_COMMAS.sub(", ", plain(text)).strip(" ,;").replace(", (", " (")).rstrip(_MARKS)
    if (
        len(text) > LONGEST_VALUE_CHARS
        or not any(map(str.isalnum, text))
        or (len(text) == 1 and text.isascii() and text.isalpha())
    ):
        return ""
    if _SETTING.fullmatch(text) or _IDENTIFIER.fullmatch(text):
        return ""
    return text


def dates(arguments: Arguments, stated: dict[str, str]) -> tuple[Date, ...]:
    """The dates that an infobox states: of date templates anywhere in it (`stated`: words to ISO), and of parameters for dates."""
    found: list[Date] = []
    for key, raw in arguments.named.items():
        when = next((iso for words, iso in stated.items() if words in raw), "") if stated and raw else ""
        if not when and raw and _DATED.fullmatch(key):
            when = moments.iso(plain(raw[:LONGEST_VALUE_CHARS]).replace(HOLE, " "))
        if when:
            found.append(Date(key, when))
    return tuple(found)
