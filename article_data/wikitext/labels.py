"""The names of an infobox's parameters as readers say them: "largestcity" is "Largest city".

Owns which parameters tell a reader nothing, and the units that stand in names. Pure; called by `infobox`.
"""

# ruff: noqa: SIM905 - a table of words reads best as words

from __future__ import annotations

import re

_TECHNICAL = re.compile(
    r"(?:.*(?:image|caption|logo|photo|picture|style|colou?r|coatof|pushpin|footnote|website|url|signature|size|link).*"
    r"|(?:full|alt|long|common|native|official|conventional|other|proto|glottoref|cia)?names?|emedicine\w*|genereviews\w*|"
    r"img|map|module|width|alt|class|bg|flag|coat|seal|emblem|symbol|audio|video|sound|ref|refs|note|notes|embed|template|child|"
    r"nocat|coord|coordinates|coords|lat|latd|latm|lats|latns|latitude|long|lon|longd|longm|longs|longew|longitude|homepage|"
    r"label|title|lang|align|float|upright|cat|mapsize|file|icon|anthem|id|ids|code|codes|isocode|doi|isbn|issn|oclc|lccn|"
    r"pubchem|chemspider|cas|inchi|inchikey|smiles|kegg|unii|chembl|chebi|drugbank|wikidata|commons|wikisource|wikispecies|"
    r"onlysourced|header|data|accessdate|omim|mesh|meshid|diseasesdb|medlineplus|icd|icdo|orphanet|satcat|cospar|glotto|iso|"
    r"lingua|linglist|dewey|congress|asin|imdb|unicode|magnitude|change|taxon|authority|display|trend|fam|pixels|px|zoom|"
    r"typedesc|calling|cctld|tld|footer|below|above|theme|layout|adjective|prefix|suffix|format|bodyclass|tz\d*\w*|iso\d*\w|"
    r"state[ _]?house|range[ _]?map|subdivision[ _]?ranks|status[ _]?system)\d*",
    re.IGNORECASE,
)
"""Of the first or the last word of a name: how the box looks, what only machines read, and what the page is called."""
_KNOWN = frozenset(
    "abbreviation academic active admittance advisor age agency album allegiance alma altitude annual anthem area arms artist "
    "attendance author average award awards band basin battle battles birth body border branch budget burial capacity capital "
    "cast cause census central chairman champion child children city class club coach code college commander company composer "
    "constituency constitution continent cost count country county coup cup currency custom date day dead death debut "
    "denomination density depth description designer developer director discoverer district doctoral doubles drainage "
    "duration east economy education election elevation end era established estimate ethnic event events family father field "
    "final first flag floor flower food former formed found founded founder french full game genre governor grand gross group "
    "groups head height high highest hills hold home honors house household income industry influences installed institution "
    "instrument introduced island known label lake land language languages largest last launch law leader league legislature "
    "length level lieutenant life line list literacy local location longest low lower main major mass master masters mate mayor "
    "median member members metro mile military minister mission money monarch month mother motto mouth movement name named "
    "national "
    "native nickname nick north notable number occupation of office official on open opened operator order origin other out "
    "owner parent parents park part party per percent period person place plant play player players point political position "
    "post postal power premier president previous prime price prize products province publisher quantity rank rate "
    "reason record region reign release religion residence resting result river role rule running runtime school sea season "
    "seat seats second secretary section sector senate series service settlement shipping singles site song source south "
    "span species speed sport spouse start state station status street structure style subject successor summit surface team "
    "teams tennis term text time title titles top total town track trade tree turned type unit university upper usage use "
    "valley vice viceroy victims village volume water weapon weight west width wins work works world writer year years zone "
    "after at career entity governing in landing partner partners pro public ranking ratio rural urban winner winners "
    "women men us".split()
)
"""Words that names of parameters are made of, in the English of most infoboxes."""
_WHOLE = frozenset(
    "candidate candidates cinematography classification commanders discipline governorate headquarters heading inhabitants "
    "landlord landscape leadership legislation manufacturer membership motherhood network ownership partnership placement "
    "playwright predecessor readership screenplay seating southern northern eastern western statement submission texture "
    "township trademark update waterfall watershed workshop worship yearbook".split()
)
"""Words that only look as if they were put together of others."""
_SPELLED = {
    "gdp": "GDP", "hdi": "HDI", "ppp": "PPP", "utc": "UTC", "dst": "DST", "gnp": "GNP", "us": "US", "fdi": "FDI", "tv": "TV",
    "pop": "population", "est": "estimate", "lang": "language", "pct": "percent", "pc": "percent", "max": "highest",
    "min": "lowest", "avg": "average", "num": "number", "pub": "publication", "elev": "elevation",
    "admin": "administrative", "govt": "government", "temp": "temperature",
}  # fmt: skip
_PARTS = re.compile(r"[\s_\-]+|(?<=[a-z])(?=[A-Z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_JOINT = re.compile(r"[\s_\-]+|(?<=[a-z])(?=[A-Z])")
_ENDINGS = frozenset(
    (
        "s",
        "es",
        "ed",
        "er",
        "ers",
        "or",
        "ors",
        "ing",
        "ings",
        "al",
        "ally",
        "ly",
        "ship",
        "ity",
        "ities",
        "ist",
        "ists",
        "ism",
        "ment",
        "ments",
        "ic",
        "ical",
        "ion",
        "ions",
        "n",
        "y",
    )
)
_SHORTEST_GLUED_CHARS = 5
_SHORTEST_TELLING_CHARS = 5
_LONGEST_GLUED_CHARS = 30
_LEAST_LETTERS = 3
_UNIT = re.compile(r"(.+?)_?(km2|sqkm|sqmi|(?<=_)(?:sq_km|km|m|cm|mm|kg|ha|sq_mi|mi|ft|in|lb|lbs|acre|acres))")
_METRIC = {
    "km2": "km²",
    "sqkm": "km²",
    "sq_km": "km²",
    "km": "km",
    "m": "m",
    "cm": "cm",
    "mm": "mm",
    "kg": "kg",
    "ha": "ha",
}
_OTHER = {
    "sq_mi": "square miles", "sqmi": "square miles", "mi": "miles", "ft": "feet", "in": "inches", "lb": "pounds",
    "lbs": "pounds", "acre": "acres", "acres": "acres",
}  # fmt: skip


_TWINS = (("area", "km²"), ("density", "per km²"), ("width", "km"), ("length", "km"))


def is_technical(key: str) -> bool:
    """Whether a parameter says how the box looks or is for machines."""
    words = _JOINT.split(key)
    return (
        _TECHNICAL.fullmatch(words[0]) is not None
        or _TECHNICAL.fullmatch(words[-1]) is not None
        or _TECHNICAL.fullmatch(key) is not None
        or sum(map(str.isalpha, key)) < (_LEAST_LETTERS if key.isascii() else 1)
    )


def label(key: str) -> str:
    """A parameter's name for readers: "birth_place" is "Birth place"; "" where its words cannot be told apart."""
    words: list[str] = []
    for word in _PARTS.split(key):
        if not word or (word == "1" and words):
            continue
        parted = [word] if not (word.isascii() and word.islower()) else _parted(word)
        if not parted:
            return ""
        words += parted
    text = " ".join(_SPELLED.get(word, word) for word in words)
    return text[:1].upper() + text[1:]


def measured(key: str) -> tuple[str, str, bool]:
    """What a parameter measures, in which unit, and whether that is metric: ("area", "km²", True); no unit is ""."""
    found = _UNIT.fullmatch(key)
    if found is None:
        return key, "", True
    unit = _METRIC.get(found[2]) or _OTHER[found[2]]
    return found[1], f"per {unit.removesuffix('s')}" if "density" in found[1] else unit, found[2] in _METRIC


def twin_unit(key: str) -> str:
    """The unit of a number whose twin, with "us" at its end, is in American units: "km²" for "totalarea"."""
    return next((unit for ending, unit in _TWINS if key.endswith(ending)), "")


def _parted(word: str) -> list[str]:
    """The words that a word in small letters is put together of; none if it is put together of more than is known."""
    if len(word) < _SHORTEST_GLUED_CHARS or _is_word(word) or len(word) > _LONGEST_GLUED_CHARS:
        return [word]
    # The fewest words that end at each letter.
    best: list[list[str] | None] = [[]] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(end):
            before = best[start]
            if (
                before is not None
                and word[start:end] in _PIECES
                and (best[end] is None or len(before) + 1 < len(best[end] or ()))
            ):
                best[end] = [*before, word[start:end]]
    parts = best[-1]
    if parts is not None:
        return parts
    is_glued = any(
        word[:cut] in _TELLING or word[cut:] in _TELLING for cut in range(_SHORTEST_TELLING_CHARS, len(word))
    ) or any(word[cut:] in _TELLING for cut in range(2, len(word) - _SHORTEST_TELLING_CHARS + 1))
    return [] if is_glued else [word]


def _is_word(word: str) -> bool:
    if word in _KNOWN or word in _WHOLE:
        return True
    return any(word.endswith(ending) and word[: -len(ending)] in _STEMS for ending in _ENDINGS)


_PIECES = _KNOWN | _SPELLED.keys()
_STEMS = _KNOWN | {word[:-1] for word in _KNOWN if word.endswith(("e", "y"))} | _WHOLE
_TELLING = frozenset(word for word in _KNOWN if len(word) >= _SHORTEST_TELLING_CHARS)
