"""Forms of a word that cannot be told by comparing letters: Poland and Polish, mouse and mice, moon and lunar.

A table of plain language knowledge and the few spelling rules whose forms share less than four letters. Called by
`masking` and `leaks`. Pure.
"""

from __future__ import annotations

from functools import lru_cache

from article_data.clues.ordinary import word_set

_GROUPS = """
mouse mice | louse lice | goose geese | tooth teeth dental | foot feet | man men | woman women | ox oxen | die dice
person people persons | child children | cow cows cattle bovine | pig pigs swine porcine | sheep ovine | horse equine equestrian
cat feline | dog canine | bear ursine | bee bees apiary | fox vulpine foxes vixen | lion leonine lioness | bird avian
france french frenchman frenchwoman gallic | spain spanish spaniard spaniards hispanic | wales welsh welshman cymru
england english englishman anglo | scotland scottish scots scotch scot | ireland irish irishman | poland polish pole poles
finland finnish finn finns | netherlands dutch dutchman holland hollander | denmark danish dane danes | sweden swedish swede swedes
norway norwegian norwegians norse | switzerland swiss | turkey turkish turk turks | germany german germans | thailand thai thais
philippines filipino filipinos filipina philippine | greece greek greeks hellenic hellas | cyprus cypriot cypriots
iraq iraqi iraqis | iran iranian persian | peru peruvian peruvians | chile chilean | cuba cuban cubans | mali malian
laos lao laotian | tibet tibetan | niger nigerien | nepal nepali nepalese | china chinese sino | japan japanese nippon
troy trojan trojans | rome roman romans | naples neapolitan | venice venetian venetians | florence florentine | milan milanese
genoa genoese | vienna viennese | moscow muscovite | liverpool liverpudlian | manchester mancunian | glasgow glaswegian
london londoner londoners | paris parisian parisians | halifax haligonian | crete cretan | malta maltese | corsica corsican
moon lunar | sun solar | star stellar | earth terrestrial | mars martian | venus venusian | jupiter jovian | mercury mercurial
heart cardiac | lung pulmonary | liver hepatic | kidney renal | skin dermal | brain cerebral | bone osseous | blood hematic
iron ferrous ferric | gold golden | silver argentic | lead plumbous | tin stannic | copper cupric
king kings kingdom royal | god gods divine deity | law laws legal lawyer | city cities urban | sea seas marine | ice icy
life live lives living alive | death die dead died dying | birth born | war wars warfare
 ski skis skiing skier | fly flies flew flight
write wrote written writing writer | swim swam swum swimming swimmer | run ran running runner | sing sang sung song singer
knife knives | wolf wolves | leaf leaves foliage | loaf loaves | thief thieves theft | calf calves | half halves | elf elves elven
mycology fungus fungi fungal | genus genera generic | corpus corpora | opus opera | index indices | matrix matrices | axis axes
"""
_FORMS: dict[str, frozenset[str]] = {}
for _group in _GROUPS.replace("\n", "|").split("|"):
    for _word in _group.split():
        _FORMS[_word] = _FORMS.get(_word, frozenset()) | frozenset(_group.split())

_SHORT_ENDINGS = word_set("s es ed er ers or ors ing y al ic ics ian ians ist ists ism ish istic n an ns ans i")


@lru_cache(maxsize=8192)
def odd_forms(word: str) -> frozenset[str]:
    """Return the forms of a folded word that share too few letters with it to be seen by comparing; may be empty."""
    stem, last = word[:-1], word[-1:]
    forms = set(_FORMS.get(word, ()))
    if last == "y":
        forms |= {f"{stem}ies", f"{stem}ied", f"{stem}ier"}
    elif last == "f":
        forms |= {f"{stem}ves", f"{stem}ve"}
    elif last == "e":
        forms |= {stem + ending for ending in ("ing", "ed", "er", "ers", "ian", "ic", "al", "y", "ist")}
        forms |= {f"{stem[:-1]}ves"} if stem.endswith("f") else set()
    elif word.endswith(("us", "is", "um", "on")):
        forms |= {word[:-2] + ending for ending in ("i", "es", "a", "al", "ic")}
    elif word.endswith("istan") and len(word) > 8:
        forms |= {word[:-5], f"{word[:-5]}s"}
    elif last == "a" and len(word) >= 3:
        forms |= {stem + ending for ending in ("ae", "an", "ans", "ic", "al", "ese")}
    return frozenset(form for form in forms if len(form) >= 2) - {word}


def is_short_form(word: str, short: str) -> bool:
    """Tell whether a word is a form of one with two or three letters (art, artist), which has too few to compare."""
    rest = word[len(short) :]
    if not word.startswith(short) or not rest:
        return False
    return rest in _SHORT_ENDINGS or (rest[0] == short[-1] and rest[1:] in _SHORT_ENDINGS)
