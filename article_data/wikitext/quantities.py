"""Templates of numbers and measures: conversions, powers, fractions, money, chemistry.

A measure is told in the unit that its author wrote first; the conversion beside it, which the wiki computes, is left out,
and the sentence stays whole and true. Pure; called by `templates` only.
"""

# ruff: noqa: RUF001, RUF002 - signs of measures look like letters

from __future__ import annotations

import re

from article_data.wikitext.arguments import Arguments
from article_data.wikitext.extract import HOLE
from article_data.wikitext.scripts import formula, lowered, raised

_NUMBER = re.compile(r"[-−–+]?[\d,.]*\d[\d,.]*(?:e[+-]?\d+)?|[-−]?(?:\d+[+-])?\d+/{1,2}\d+", re.IGNORECASE)
_LONGEST_NUMBER_CHARS = 40
_PLAIN_NUMBER = re.compile(r"([-−]?)(\d{4,})((?:\.\d+)?)")
_BETWEEN = {
    "to": " to ", "-": "–", "–": "–", "and": " and ", "or": " or ", "by": " by ", "x": " × ", "×": " × ", "*": " × ",
    "+/-": " ± ", "±": " ± ", "+": " + ", "to(-)": "–", "and(-)": " and ", ",": ", ", "xx": " × ", "to about": " to about ",
}  # fmt: skip
_UNITS = {
    "C": "°C", "F": "°F", "°C": "°C", "°F": "°F", "C-change": "°C", "F-change": "°F", "in": "inches", "inch": "inches",
    "mi": "miles", "mile": "miles", "miles": "miles", "sqmi": "square miles", "mi2": "square miles", "sqkm": "km²",
    "sqm": "m²", "sqft": "square feet", "sqyd": "square yards", "sqin": "square inches", "acre": "acres", "ac": "acres",
    "acres": "acres", "kn": "knots", "nmi": "nautical miles", "yd": "yards", "lb": "pounds", "lbs": "pounds", "lbm": "pounds",
    "oz": "ounces", "impgal": "imperial gallons", "USgal": "US gallons", "U.S.gal": "US gallons", "gal": "gallons",
    "mph": "mph", "kph": "km/h", "km/h": "km/h", "ft": "feet", "foot": "feet", "cuft": "cubic feet", "cuyd": "cubic yards",
    "cumi": "cubic miles", "cuin": "cubic inches", "cukm": "km³", "cum": "m³", "stone": "stone", "st": "stone", "t": "tonnes",
    "tonne": "tonnes", "tonnes": "tonnes", "MT": "metric tons", "LT": "long tons", "ST": "short tons", "long ton": "long tons",
    "short ton": "short tons", "hp": "horsepower", "shp": "shaft horsepower", "bhp": "brake horsepower",
    "ihp": "indicated horsepower", "PS": "metric horsepower", "fathom": "fathoms", "furlong": "furlongs", "chain": "chains",
    "ly": "light-years", "pc": "parsecs", "AU": "AU", "au": "AU", "usbbl": "barrels", "oilbbl": "barrels", "bbl": "barrels",
    "ft3": "cubic feet", "yd3": "cubic yards", "in3": "cubic inches", "mi3": "cubic miles", "ft2": "square feet",
    "ftin": "feet", "/sqkm": "per km²", "/km2": "per km²", "/sqmi": "per square mile", "/mi2": "per square mile",
    "PD/sqkm": "per km²", "PD/km2": "per km²", "PD/sqmi": "per square mile", "troyoz": "troy ounces", "carat": "carats",
    "hand": "hands", "ft/s": "feet per second", "tonne/ha": "tonnes per hectare", "psi": "psi", "Mach": "Mach", "b": "barrels",
}  # fmt: skip
_PER = {
    "d": "day",
    "h": "hour",
    "min": "minute",
    "s": "second",
    "a": "year",
    "yr": "year",
    "acre": "acre",
    "sqmi": "square mile",
}
_COUNTED = re.compile(r"([kMGT])(oilbbl|bbl|usbbl|USgal|U\.S\.gal|impgal|gal|cuft|ft3|cuyd|yd3|acre|LT|ST)")
_COUNTS = {"k": "thousand", "M": "million", "G": "billion", "T": "trillion"}
_SCALES = {"e3": " thousand", "e6": " million", "e9": " billion", "e12": " trillion"}
_SCALED = re.compile(r"(e(?:3|6|9|12))(?=[^\d])(.+)")
_UNCOUNTED = ("per ", "thousand ", "million ", "billion ", "trillion ")
_ONE = {"inches": "inch", "feet": "foot", "knots": "knot", "horsepower": "horsepower", "stone": "stone", "psi": "psi"}
_SYMBOL = re.compile(
    r"(?![A-Za-z]{5})[A-Za-zµΩ°](?:(?![A-Za-z]{5})[A-Za-zµΩ°/.·⋅-]){0,11}[23]?(?:/[A-Za-z]{1,4}[23]?)?"
)
"""Longer words of letters are codes that readers of the wiki never see."""
_SINGULAR = re.compile(r"[-−]?1")
_VULGAR = {
    "1/2": "½", "1/3": "⅓", "2/3": "⅔", "1/4": "¼", "3/4": "¾", "1/5": "⅕", "2/5": "⅖", "3/5": "⅗", "4/5": "⅘",
    "1/6": "⅙", "5/6": "⅚", "1/8": "⅛", "3/8": "⅜", "5/8": "⅝", "7/8": "⅞",
}  # fmt: skip
_CHARGE = re.compile(r"\d*[+\-−–]")
_GAUGE = re.compile(r"(\d{3,4})\s*mm")


def grouped(number: str) -> str:
    """Write a number with its thousands set off, as English does: "12345.6" is "12,345.6"; anything else stays."""
    plain = _PLAIN_NUMBER.fullmatch(number)
    return f"{plain[1]}{int(plain[2]):,}{plain[3]}" if plain is not None and len(plain[2]) < 40 else number


def _is_number(text: str) -> bool:
    return len(text) <= _LONGEST_NUMBER_CHARS and _NUMBER.fullmatch(text) is not None


def conversion(arguments: Arguments) -> str:
    """{{convert|5|km|mi}}: "5 km"; {{convert|5|to|10|ft}}: "5 to 10 feet"; {{convert|6|ft|2|in}}: "6 feet 2 inches"."""
    values = arguments.all()
    display = arguments.get("disp")
    if "number" in display or display.startswith(("unit", "u2", "table", "pre")):
        # What is shown is a part of a measure, and the text around it says the rest.
        return HOLE
    told: list[str] = []
    place = 0
    while place < len(values):
        number = _number(values[place])
        if number == HOLE:
            return HOLE
        told.append(number)
        following = values[place + 1] if place + 1 < len(values) else ""
        if following in _BETWEEN and place + 2 < len(values):
            told.append(_BETWEEN[following])
            place += 2
            continue
        if not following:
            return HOLE
        told.append(_measured(number, following, hyphened=arguments.get("adj") in ("on", "mid", "1")))
        # A second number with a smaller unit of the same measure belongs to the first: 6 ft 2 in.
        smaller = values[place + 2 : place + 4]
        if (following, smaller[1] if len(smaller) == 2 else "") in _COMPOUND and _is_number(smaller[0]):
            told.append(" " + _number(smaller[0]))
            told.append(_measured(smaller[0], smaller[1], hyphened=False))
        return HOLE if HOLE in told[-1] else "".join(told)
    return HOLE


_COMPOUND = {
    ("ft", "in"),
    ("st", "lb"),
    ("lb", "oz"),
    ("mi", "yd"),
    ("mi", "ft"),
    ("mi", "chain"),
    ("yd", "ft"),
    ("foot", "in"),
}


def _number(text: str) -> str:
    if not _is_number(text):
        return HOLE
    mantissa, power, exponent = text.lower().partition("e")
    number = grouped(mantissa).replace("//", "/").replace("-", "−" if mantissa[0] == "-" else "-")
    if "/" in number:
        whole, plus, part = number.replace("-", "+").rpartition("+")
        return (whole if plus else "") + ("" if part in _VULGAR or not plus else " ") + _VULGAR.get(part, part)
    return f"{number}×10{raised(exponent)}" if power else number


def _measured(number: str, unit: str, *, hyphened: bool) -> str:
    """The unit as it follows a number, with what stands between them."""
    scale = ""
    scaled = _SCALED.fullmatch(unit)
    if scaled is not None:
        scale, unit = _SCALES[scaled[1]], scaled[2]
    name = _told(unit) or _rate(unit)
    if not name:
        if not _SYMBOL.fullmatch(unit):
            return HOLE
        name = unit.replace("2", "²").replace("3", "³")
    if name[0] == "°":
        return f" {name}" if not scale else HOLE
    if (hyphened or (_SINGULAR.fullmatch(number) and not scale)) and not name.startswith(_UNCOUNTED):
        name = _ONE.get(name) or (name[:-1] if len(name) > 3 and name.endswith("s") else name)
        # "a 30-foot wall", but "a 30 km road": words are joined, symbols are not.
        if hyphened and not scale and len(name) > 3 and name.isalpha() and name.islower():
            return f"-{name}"
    return f"{scale} {name}"


def _told(unit: str) -> str:
    """A unit in words; "" if its code stands for itself or is not known. "Goilbbl" is "billion barrels"."""
    counted = _COUNTED.fullmatch(unit)
    if counted is not None:
        return f"{_COUNTS[counted[1]]} {_UNITS[counted[2]]}"
    return _UNITS.get(unit) or _UNITS.get(unit.lower(), "")


def _rate(unit: str) -> str:
    """A measure by time or area, where its parts are known by other names: "oilbbl/d" is "barrels per day"."""
    measure, slash, per = unit.partition("/")
    told = _told(measure) if slash and per in _PER else ""
    return f"{told} per {_PER[per]}" if told else ""


def value(arguments: Arguments) -> str:
    """{{val|6.24|e=18|u=C}}: "6.24×10¹⁸ C"; a second number is its uncertainty."""
    numbers = arguments.all()
    if not numbers or not _is_number(numbers[0]):
        return HOLE
    told = grouped(numbers[0])
    if len(numbers) > 1 and _is_number(numbers[1]):
        told += f"±{numbers[1].lstrip('+-')}"
    if exponent := arguments.get("e"):
        told = f"{told}×10{raised(exponent)}"
    unit = arguments.get("u", "ul", "upl", "up")
    if unit in ("%", "°"):
        return told + unit
    return f"{arguments.get('p')}{told}{' ' * bool(unit)}{unit}"


def fraction(arguments: Arguments) -> str:
    """{{frac|1|2}}: "½"; {{frac|3}}: "1/3"; {{frac|2|1|2}}: "2½"."""
    parts = [part for part in arguments.all() if part]
    if not parts or len(parts) > 3:
        return HOLE
    whole = parts[0] if len(parts) == 3 else ""
    part = f"1/{parts[0]}" if len(parts) == 1 else "/".join(parts[-2:])
    return whole + _VULGAR[part] if part in _VULGAR else f"{whole} {part}".strip()


def power_of_ten(arguments: Arguments) -> str:
    """{{e|24}}: "×10²⁴"."""
    return f"×10{raised(arguments.at(1))}" if arguments.at(1) else HOLE


def chemical(arguments: Arguments) -> str:
    """{{chem|Se|''x''|2-}}: symbols and counts in turn, a charge last."""
    told: list[str] = []
    for part in arguments.all():
        bare = part.replace("''", "")
        if _CHARGE.fullmatch(bare):
            told.append(raised(bare))
        else:
            told.append(lowered(bare) if told and (bare.isdigit() or (len(bare) == 1 and bare.islower())) else bare)
    return "".join(told) or HOLE


def compound(arguments: Arguments) -> str:
    """{{chem2|H2SO4}}: "H₂SO₄"."""
    text = arguments.at(1)
    return formula(text) if text.isalnum() or re.fullmatch(r"[A-Za-z0-9()\[\]·]+", text) else HOLE


def money(sign: str, arguments: Arguments) -> str:
    """{{US$|2 billion}}: "US$2 billion"."""
    amount = arguments.at(1)
    return sign + grouped(amount) if amount else HOLE


def with_unit(arguments: Arguments) -> str:
    """{{unité|5|km}}, {{unidad|5|km}}: "5 km", as other wikis write measures without converting them."""
    number, unit = arguments.at(1), arguments.at(2)
    return f"{number} {unit}".strip() if number and not unit.isdecimal() else number


def gauge(arguments: Arguments) -> str:
    """{{RailGauge|1435mm}}: "1,435 mm"."""
    width = _GAUGE.fullmatch(arguments.at(1))
    return f"{grouped(width[1])} mm" if width is not None else HOLE


def height(arguments: Arguments) -> str:
    """{{height|ft=6|in=2}}: "6 ft 2 in"; {{height|m=1.88}}: "1.88 m"."""
    named = [(arguments.get(unit), unit) for unit in ("m", "cm", "ft", "in")]
    return " ".join(f"{number} {unit}" for number, unit in named if number) or HOLE
