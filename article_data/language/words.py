"""What the build knows of words: how they compare, which are too ordinary to give anything away, and odd forms.

Owns tables of plain language knowledge and `fold`. Pure; called by `masking` and `clues`.
"""

from __future__ import annotations

import re
import unicodedata

_MARKS = "".join(
    re.escape(character)
    for code in range(0x0300, 0x1D00)
    if unicodedata.category(character := chr(code)) in ("Mn", "Mc")
)
WORD = re.compile(rf"[^\W_]+(?:[{_MARKS}][^\W_]*)*")
"""A run of letters or digits (a combining mark inside it, a stress or an Indic vowel, does not end it); hyphens and
apostrophes part words."""
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def word_set(text: str) -> frozenset[str]:
    """Read a table of words, written as running text."""
    return frozenset(text.split())


_WITHOUT_SPACES = word_set("zh ja yue wuu gan lzh zh-classical zh-yue")
_STOPWORDS = word_set(
    """
    a about above after again against all almost along already also although always am among an and another any
    are around as at away back be became because become becomes been before began begin being below between both
    but by came can cannot come comes could de der des did different do does done down during each early either
    el end even ever every few first following for former found from further gave general get give given gives
    go goes good great had half has have having he her here high him his how however if in including into is it
    its itself just kind known la large larger largest last late later least left less like little long made
    main mainly make makes many may means might more most much must name named names near nearly never new next
    no nor not now number of off often old on once one only or order other others our out over own part parts
    people place present probably put rather right same second see seen several she should show similar since
    small so some something still such take taken than that the their them themselves then there these they
    thing things third this those though three through thus time times title to together too took toward towards
    two type under until up upon us use used uses using usually very von was way ways we well went were what
    when where whether which while who whole whom whose why will with within without word words work works world
    would year years yet you your
    """
)
_ORDINARY = word_set(
    """
    north south east west northern southern eastern western central upper lower middle state states city town
    village country county province district region nation national international republic kingdom empire union
    united federal island islands river lake mount mountain mountains valley street road park house group family
    system theory language languages history economy politics government geography demographics culture foreign
    relations transport law laws science field study studies company society association organization institute
    institution university college school council committee party army force forces armed civil battle
    revolution president king queen prince emperor saint book novel story film movie series song album band show
    game games team club league sport sports award prize best black white green blue golden grand little royal
    holy public private modern ancient common ordinary human life death born list article articles journal
    american british english french german european century animal plant
    """
)
_IRREGULAR = """
mouse mice | louse lice | goose geese | tooth teeth dental | foot feet | man men | woman women | ox oxen | die dice
person people persons | france french frenchman | spain spanish spaniard spaniards | wales welsh welshman
england english englishman | scotland scottish scots scotch | ireland irish irishman | poland polish pole poles
finland finnish finn finns | netherlands dutch dutchman holland | denmark danish dane danes | switzerland swiss
turkey turkish turk turks | philippines filipino filipinos filipina | naples neapolitan | moon lunar | sun solar
venice venetian | troy trojan | bee bees honeybee apiary | cat feline | dog canine | horse equine | star stellar
greece greek greeks | cyprus cypriot | lung pulmonary | heart cardiac | iron ferrous | gold golden | london londoner
bake baking | make making | write writing written | swim swimming | run running | ski skiing skier | glass glazing
fly flying flight | rome roman romans | leaf leaves foliage | knife knives | wolf wolves | king kings kingdom
"""
_FORMS: dict[str, frozenset[str]] = {
    word: word_set(group) for line in _IRREGULAR.splitlines() for group in line.split("|") for word in group.split()
}


def fold(word: str) -> str:
    """Bring words that a reader takes for the same to one form: no case, no accents."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def tokens(text: str) -> list[str]:
    """Return a text's words in order, folded."""
    return [fold(word) for word in WORD.findall(text)]


def is_stopword(word: str) -> bool:
    """Tell whether a folded word carries no meaning of its own."""
    return word in _STOPWORDS


def is_ordinary(word: str) -> bool:
    """Tell whether a folded word is in so many names that it alone gives none of them away."""
    return word in _ORDINARY or word in _STOPWORDS or word.isdecimal()


def odd_forms(word: str) -> frozenset[str]:
    """Return the forms of a folded word that share too few letters with it to be seen by comparing; may be empty."""
    return _FORMS.get(word, frozenset())


def has_no_spaces(language: str) -> bool:
    """Tell whether a language is written without spaces between words."""
    return language in _WITHOUT_SPACES


def is_cjk(text: str) -> bool:
    """Tell whether a text is in a script without spaces between words, so that it cannot be compared word by word."""
    return _CJK.search(text) is not None
