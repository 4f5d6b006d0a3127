"""Templates of dates and times, and dates as pages write them: told in words, and in ISO 8601 for the record.

Pure; called by `templates` and `infobox`.
"""

# ruff: noqa: RUF001, RUF002, SIM905 - dashes; a table of words reads best as words

from __future__ import annotations

import re

from article_data.wikitext.arguments import Arguments
from article_data.wikitext.extract import HOLE

_MONTHS = "January February March April May June July August September October November December".split()
_MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(_MONTHS, 1)}
_MONTH_NUMBERS |= {name[:3].lower(): number for number, name in enumerate(_MONTHS, 1)} | {"sept": 9}
_OTHER_MONTHS = (
    "januar jänner februar feber märz april mai juni juli august september oktober november dezember",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
)
"""German, Spanish, French, Italian and Portuguese; the Austrian names stand after the German ones of the same month."""
_AUSTRIAN = {"jänner": 1, "feber": 2}
for _names in _OTHER_MONTHS:
    _MONTH_NUMBERS |= {name: number for number, name in enumerate((n for n in _names.split() if n not in _AUSTRIAN), 1)}
_MONTH_NUMBERS |= _AUSTRIAN
_NAME = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))
_ERA = r"(?:\s*(?P<era>BCE?|B\.C\.(?:E\.)?))?"
_ISO = re.compile(r"(?<![\d-])(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?(?![\d-])")
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|[º°])?"
_DAY_FIRST = re.compile(
    rf"\b{_DAY}\s+(?:de\s+)?(?P<name>{_NAME})\.?,?\s+(?:de\s+|del\s+)?(?P<year>\d{{1,4}})\b{_ERA}", re.IGNORECASE
)
_MONTH_FIRST = re.compile(rf"\b(?P<name>{_NAME})\.?\s+{_DAY},?\s+(?P<year>\d{{1,4}})\b{_ERA}", re.IGNORECASE)
_MONTH = re.compile(rf"\b(?P<name>{_NAME})\.?,?\s+(?:de\s+)?(?P<year>\d{{4}})\b{_ERA}", re.IGNORECASE)
_YEAR = re.compile(rf"(?<![\d.,/–-])(?P<year>\d{{3,4}})(?![.,%]?\d|'?s\b){_ERA}")
_LAST_YEAR = 2999


def iso(text: str) -> str:
    """The first date of a text in ISO 8601, as exact as it is written; "" if there is none.

    Known are ISO's own form, day and month in English either way round, the day first in five other languages, and bare
    years of three or four digits.
    """
    found = [match for form in (_ISO, _DAY_FIRST, _MONTH_FIRST) if (match := form.search(text)) is not None]
    exact = min(found, key=re.Match.start, default=None) or _MONTH.search(text) or _YEAR.search(text)
    if exact is None:
        return ""
    parts = exact.groupdict()
    month = int(parts["month"]) if parts.get("month") else _MONTH_NUMBERS.get((parts.get("name") or "").lower(), 0)
    return of_parts(int(parts["year"]), month, int(parts.get("day") or 0), before_christ=bool(parts.get("era")))


def of_parts(year: int, month: int = 0, day: int = 0, *, before_christ: bool = False) -> str:
    """A date in ISO 8601; the parts that are 0 or impossible are left out. The year before 1 is "0000", as ISO counts."""
    if not 0 < year <= _LAST_YEAR:
        return ""
    when = f"{year:04d}" if not before_christ else "0000" if year == 1 else f"-{year - 1:04d}"
    if not 1 <= month <= 12:
        return when
    return f"{when}-{month:02d}-{day:02d}" if 1 <= day <= 31 else f"{when}-{month:02d}"


def written(parts: list[str], *, day_first: bool) -> str:
    """A date from the numbers year, month, day as templates take them; what is no number stays as it is written."""
    parts = [part for part in parts[:3] if part]
    if not parts:
        return HOLE
    if not parts[0].isdecimal():
        return parts[0]
    if len(parts) == 3 and len(parts[0]) < 3 <= len(parts[2]):
        # Day, month in words, year, as other wikis take them.
        return " ".join(parts)
    year = parts[0].lstrip("0") or "0"
    month = _month(parts[1]) if len(parts) > 1 else ""
    if not month:
        return year
    day = parts[2].lstrip("0") if len(parts) > 2 and parts[2].isdecimal() else ""
    if not day:
        return f"{month} {year}"
    return f"{day} {month} {year}" if day_first else f"{month} {day}, {year}"


def _month(text: str) -> str:
    number = int(text) if text.isdecimal() and len(text) < 3 else _MONTH_NUMBERS.get(text.lower(), 0)
    return _MONTHS[number - 1] if 1 <= number <= 12 else ""


def date(arguments: Arguments) -> str:
    """{{birth date|1879|3|14}}, {{start date|..}}, {{birth date and age|..}}: the date; an age would be wrong tomorrow."""
    return written(arguments.all() or [arguments.get("year")], day_first=_is_day_first(arguments))


def death(arguments: Arguments) -> str:
    """{{death date and age|1955|4|18|1879|3|14}}: the date of death and the age, if both are whole."""
    numbers = arguments.all()
    when = written(numbers, day_first=_is_day_first(arguments))
    if len(numbers) < 6 or not all(number.isdecimal() and len(number) < 5 for number in numbers[:6]):
        return when
    died, born = ([int(number) for number in numbers[at : at + 3]] for at in (0, 3))
    return f"{when} (aged {died[0] - born[0] - (died[1:] < born[1:])})"


def _is_day_first(arguments: Arguments) -> bool:
    return arguments.get("df")[:1].lower() in ("y", "t", "1")


def as_of(arguments: Arguments) -> str:
    """{{as of|2010|6}}: "As of June 2010"; `lc`, `since` and `alt` are followed."""
    if alternative := arguments.get("alt"):
        return alternative
    when = written(arguments.all(), day_first=_is_day_first(arguments))
    word = "Since" if arguments.get("since") else "As of"
    return f"{word.lower() if arguments.get('lc') else word} {when}" if when != HOLE else HOLE


def about(arguments: Arguments) -> str:
    """{{circa|130}}: "c. 130"; {{circa|130|140}}: "c. 130 – c. 140"."""
    years = [year for year in arguments.all() if year]
    return " – ".join(f"c. {year}" for year in years) if years else "c. "


def span(word: str, arguments: Arguments) -> str:
    """{{floruit|1200|1220}}, {{reign|1558|1603}}: the years with their word."""
    years = [year for year in arguments.all() if year]
    return f"{word} {'–'.join(years[:2])}" if years else HOLE


def lifetime(arguments: Arguments) -> str:
    """{{bd|1879年|3月14日|1955年|4月18日}}: the two dates, in brackets, as Chinese pages begin."""
    parts = [*arguments.all()[:4], "", "", "", ""]
    born, died = "".join(parts[:2]), "".join(parts[2:4])
    return f"（{born}—{died}）" if born or died else ""


def old_style(arguments: Arguments) -> str:
    """{{OldStyleDate|2 February|1905|20 January}}: the day that today's calendar counts."""
    day, year = arguments.at(1), arguments.at(2)
    if not day:
        return HOLE
    return f"{day}, {year}" if year and day[0].isalpha() else f"{day} {year}".strip()


def marriage(arguments: Arguments) -> str:
    """{{marriage|Mary|1842|1865}}: "Mary (1842–1865)"."""
    who, *years = arguments.all() or [""]
    years = [year for year in years[:2] if year]
    return f"{who} ({'–'.join(years)})" if who and years else who or HOLE
