"""Templates in words: those that carry a sentence's meaning are told, notes vanish, the rest is UNKNOWN.

Owns which template says what. `scanning` calls it inside out, so arguments are already words. Pure.
"""

# ruff: noqa: RUF001, SIM905 - signs and letters of other scripts

from __future__ import annotations

import re
from collections.abc import Callable

from article_data.wikitext import moments, phrases, quantities
from article_data.wikitext.arguments import Arguments
from article_data.wikitext.extract import HOLE
from article_data.wikitext.marks import BREAK, CITED, PIPE, PRONOUNCED, TEXT, UNKNOWN
from article_data.wikitext.maths import told as maths_told
from article_data.wikitext.notes import is_citation, is_note, is_question
from article_data.wikitext.scripts import lowered, raised

Teller = Callable[[Arguments], str]

_APOSTROPHE = "&#39;"
"""Written so, it is no part of the quotes around it: ''Eagle''{{'s}}."""
_SIGNS = {
    "!": PIPE, "pipe": PIPE, "=": "=", "'": _APOSTROPHE, "'s": _APOSTROPHE + "s", '"': '"', "-'": _APOSTROPHE, '-"': '"',
    "' \"": _APOSTROPHE + ' "', "\" '": '" ' + _APOSTROPHE, "\"'": '"' + _APOSTROPHE, "'\"": _APOSTROPHE + '"',
    "snd": " – ", "snds": " – ", "spnd": " – ", "sndash": " – ", "spaced ndash": " – ",
    "spaced en dash": " – ", "ndash": "–", "en dash": "–", "–": "–", "mdash": "—", "em dash": "—", "mdashb": "—", "—": "—",
    "mdashs": " — ", "spaced mdash": " — ", "spaced em dash": " — ", "--": "–", "---": "—", "nbsp": " ", "nbs": " ", "spaces": " ",
    "space": " ", "thinsp": " ", "thin space": " ", "hairsp": " ", "hair space": " ", "nnbsp": " ", "zwnbsp": "", "·": " · ",
    "dot": " · ", "middot": " · ", "•": " • ", "bull": " • ", "bullet": " • ", "\\": " / ", "slash": "/", "br": BREAK,
    "break": BREAK, "crlf": BREAK, "(": "(", ")": ")", "okina": "ʻ", "'okina": "ʻ", "hamza": "ʼ", "ayin": "ʿ", "prime": "′",
    "dagger": "†", "double-dagger": "‡", "minus": "−", "pm": "±", "times": "×",
    "bc": "BC", "ad": "AD", "bce": "BCE", "ce": "CE", "approx": "≈", "degree": "°", "eqm": '"', "sup2": "²", "sup3": "³", "sic": "",
}  # fmt: skip
"""Templates that stand for a sign or a few letters, when they have no arguments."""

_SHOWING_FIRST = (
    "nowrap nobr nowraplinks small smaller big bigger large larger huge em strong abbr abbrlink tooltip hint sc smallcaps allcaps "
    "caps vanchor visible_anchor linktext keypress key key_press kbd mono code tt samp var char noitalic nobold normal bold uline "
    "underline u strike script not_a_typo typo proper_name as_written unicode polytonic tq nq text plain_text pre serif sans-serif "
    "emphasis center lj comment citation_needed_span "
    "sic 読み仮名 nihongo2 cjk flag flagcountry flagu flag+link country longitem nts number num dts vr "
    "avoid_wrap flatlist plainlist plain_list birth-date start-date end-date script/arabic script/hebrew nastaliq"
)
_SHOWING_SECOND = "lang langx rtl-lang wikt-lang resize font_color color colour fontcolor text_color native_name bg"
_SHOWING_LAST = "transl transliteration translit tlit"
_SHIPS = frozenset(
    "hms uss ss rms hmas hmcs hmnzs ins mv ms mt usns uscgc sms hnlms hdms usat ussr rfa usrc css hmt hmhs hmsas hswms hmbs "
    "rv my sy ps ts tss mts gts nms hmis pns jds orp kri bns roks usc&gs lst".split()
)
_DISPLAYED = frozenset(
    "quote;blockquote;cquote;bquote;quotation;quote box;rquote;pull quote;poem quote;verse translation".split(";")
)
"""They stand as paragraphs of their own, wherever they are written."""
_SUBSTITUTED = ("subst:", "safesubst:", "template:", "msgnw:")
_FOREIGN = re.compile(r"(?!ipa|cite|link-interwiki)[^\W\d_]{2,5}-[a-z]{2,3}(?:-[a-z]{2,6}){0,2}")
"""A word and a language code ("lang-fr", and its like in other wikis): the text that follows is in that language."""
_FUNCTIONS = frozenset(
    "anchorencode defaultsort defaultsortkey displaytitle formatnum fullurl gender grammar int lc lcfirst localurl ns padleft "
    "padright pagename plural shortdesc uc ucfirst urlencode".split()
)
_CODE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,6}){0,2}")
_MUSIC = {"flat": "♭", "b": "♭", "sharp": "♯", "#": "♯", "natural": "♮", "♭": "♭", "♯": "♯"}


def tell(name: str, parts: list[str], title: str) -> str:
    """Say in words what a template shows in running text.

    `name` is in lower case with spaces; `parts` are its arguments as split at "|", already in words. "" if it shows nothing
    of the sentence, UNKNOWN if only the place where it stands can tell, HOLE if it shows what cannot be said in words.
    """
    if is_citation(name):
        # French wikis quote with a template of this name; a source is given by named arguments.
        return CITED if name != "citation" or any("=" in part for part in parts) else HOLE
    if not parts and name in _SIGNS:
        return _SIGNS[name]
    if is_note(name):
        # The first argument in Latin letters is a reason or a date; in Chinese pages it is the text asked about.
        asked = Arguments(parts).at(1) if parts and is_question(name) else ""
        return asked if not asked.isascii() else ""
    teller = _TELLERS.get(name)
    if teller is not None:
        return teller(Arguments(parts)) or HOLE
    if ":" in name:
        return _function(name)
    if name in _SHIPS:
        ship = Arguments(parts).at(1)
        return f"{name.upper()} {ship}" if ship else HOLE
    if name.startswith("ipa") or name == "respell":
        return PRONOUNCED
    if name in _DISPLAYED:
        # Shown like a list's item, it ends the sentence before it, if that is not ended.
        return f"\n:{UNKNOWN}\n\n{TEXT}"
    if _FOREIGN.fullmatch(name):
        return Arguments(parts).at(1) or UNKNOWN
    if name in ("pagename", "fullpagename", "subpagename", "basepagename"):
        return title or HOLE
    if not parts and _CODE.fullmatch(name):
        # The name of a language after a link in it.
        return ""
    return UNKNOWN


def _function(name: str) -> str:
    """A parser function: `formatnum:1234`; its first argument is a part of its name."""
    function, _, argument = name.partition(":")
    argument = argument.strip()
    if function in ("formatnum", "fn"):
        return quantities.grouped(argument) or HOLE
    if function in ("lc", "lcfirst", "uc", "ucfirst", "nowrap"):
        return (
            argument.upper()
            if function == "uc"
            else argument[:1].upper() + argument[1:]
            if function == "ucfirst"
            else argument
        )
    return UNKNOWN


def bare_name(written: str) -> str:
    """A template's name in lower case with spaces, without what only says how it is put in."""
    name = " ".join(written.replace("_", " ").split()).lower()
    while name.startswith(_SUBSTITUTED):
        name = name.partition(":")[2].strip()
    return name


def template_name(name: str) -> str:
    """The name under which a template counts: that of a parser function ends at its colon."""
    function, colon, _ = name.partition(":")
    return function if colon and (function.startswith("#") or function in _FUNCTIONS) else name


def _named(names: str, teller: Teller) -> dict[str, Teller]:
    return {name.replace("_", " "): teller for name in names.split()}


_TELLERS: dict[str, Teller] = {
    **_named(_SHOWING_FIRST, phrases.first),
    **_named(_SHOWING_SECOND, lambda arguments: arguments.at(2) or arguments.get("text")),
    **_named(_SHOWING_LAST, phrases.last),
    **_named(
        "hlist ubl unbulleted_list ubli ublist vunblist cslist comma_separated_entries flatlist_inline blist",
        phrases.listed,
    ),
    **_named("nihongo nihongo3 nihongo_foot", phrases.japanese),
    **_named("zh zh-full", phrases.chinese),
    **_named(
        "ill interlanguage_link illm interlanguage_link_multi link-interwiki le lien 仮リンク", phrases.other_wiki
    ),
    **_named("tsl translink internal_link_helper", phrases.other_wiki_chinese),
    **_named("нп нп1 нп2 нп3 нп4 нп5 не_переведено не_переведено_5 iw", phrases.shown_second),
    **_named("ship warship", phrases.ship),
    **_named("sclass sclass2 sclass-", phrases.ship_class),
    **_named("lang-rus lang-ka lang-zh lang-ja lang-ko", phrases.language_shown),
    **_named("literally literal_translation lit.", phrases.etymology),
    **_named("section_link slink sectionlink", phrases.section_link),
    **_named("angbr angle_bracket angle_brackets gph grapheme", phrases.angled),
    **_named("bibleref bibleref2 bibleverse", phrases.bible),
    **_named("convert cvt convert/spell cv", quantities.conversion),
    **_named("val", quantities.value),
    **_named("frac sfrac fraction frac2", quantities.fraction),
    **_named("e esp-ten x10^ e-10", quantities.power_of_ten),
    **_named("10^", lambda arguments: f"10{raised(arguments.at(1))}"),
    **_named("gaps", lambda arguments: "".join(arguments.all())),
    **_named("chem", quantities.chemical),
    **_named("chem2 ce", quantities.compound),
    **_named("us$ usd", lambda arguments: quantities.money("US$", arguments)),
    **_named("£ gbp pound_sterling", lambda arguments: quantities.money("£", arguments)),
    **_named("euro € eur", lambda arguments: quantities.money("€", arguments)),
    **_named("a$ aud", lambda arguments: quantities.money("A$", arguments)),
    **_named("c$ cad can$", lambda arguments: quantities.money("C$", arguments)),
    **_named("¥ jpy yen", lambda arguments: quantities.money("¥", arguments)),
    **_named("inr ₹ indian_rupee inrconvert indian_rupees", lambda arguments: quantities.money("₹", arguments)),
    **_named("railgauge track_gauge", quantities.gauge),
    **_named("unité unite unidad unità nombre num-unité число", quantities.with_unit),
    **_named("height", quantities.height),
    **_named("sup", lambda arguments: raised(arguments.at(1))),
    **_named("sub", lambda arguments: lowered(arguments.at(1))),
    **_named("math mvar", lambda arguments: maths_told(arguments.at(1).replace("''", ""))),
    **_named("music", lambda arguments: _MUSIC.get(arguments.at(1).lower(), "")),
    **_named(
        "birth_date birth_date_and_age start_date start_date_and_age end_date film_date date bda dob birth-date_and_age "
        "start_date_and_years_ago end_date_and_age birth_year_and_age birth_year date- date_de_naissance",
        moments.date,
    ),
    **_named("death_date death_date_and_age dda death_year_and_age", moments.death),
    **_named("as_of asof", moments.as_of),
    **_named("circa c. ca. ca", moments.about),
    **_named("floruit fl fl.", lambda arguments: moments.span("fl.", arguments)),
    **_named("reign", lambda arguments: moments.span("r.", arguments)),
    **_named("bd", moments.lifetime),
    **_named("oldstyledate", moments.old_style),
    **_named("marriage married", moments.marriage),
}
