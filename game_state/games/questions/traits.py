"""Twenty, what goes without saying: a person eats, a planet is in space, a river was not invented.

Owns a table of traits by kind, with the words that ask for them in six languages. Pure; precision first: a trait that some of a
kind have and some do not is in neither of its lists.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import msgspec

from game_state.games.questions.record import Record

_STUFF: Final = "structure heavenly vehicle instrument device weapon furniture clothing"
_ABSTRACT: Final = "event idea group work videogame sport"
_NATURE: Final = "person animal plant fungus microbe heavenly waters relief element bodypart continent mineral"
_MADE: Final = (
    "structure vehicle instrument device weapon furniture clothing toy videogame boardgame game film series"
    " written painting"
    " music artifact"
)


class Trait(msgspec.Struct, frozen=True, kw_only=True):
    """A yes/no property that kinds have or lack."""

    ask: str
    """Regular expression over a folded question, all languages."""
    yes: str = ""
    no: str = ""
    unless: str = ""
    """Words of the record with which the table says nothing."""
    signs: str = ""
    """Words that make it a yes where they define an animal."""
    opposite: str = ""
    """Asks for the contrary."""


TRAITS: Final = (
    Trait(
        ask=r"(?:living|alive|lebt (?:es|das)$|lebendig|lebewesen|vivo$|viva$|vivant|ser vivo|essere vivente)(?:"
        r" (?:thing|being|creature|organism))?s?",
        yes="person animal plant fungus microbe",
        no=f"{_STUFF} place substance fare artifact toy {_ABSTRACT}",
        unless="extinct ausgestorben extinto eteint estinto",
        opposite=r"(?:not alive|non ?living|inanimate|lifeless)",
    ),
    Trait(
        ask=r"(?:(?:man|hand|human) ?made|artificial|(?:made|built|created|invented) by (?:man|humans?|people"
        r"|mankind|us)|humans make"
        r"|(?:von )?menschen(?:hand)? ?gemacht|kunstlich|hecho por (?:el )?hombre|artificiale?s?|fait(?:e)? par"
        r" (?:l )?homme"
        r"|fatto dall uomo|feit[oa] pel[oa] homem|manufactured|invented(?!.*\bby\b))",
        yes=_MADE,
        no=_NATURE,
        unless="synthetic artificial cultivar",
        opposite=r"(?:natural(?! satellite)(?: thing| object| feature)?|(?:made|created|found|occurs?) (?:by|in)"
        r" nature|from nature|naturlich|naturel(?:le)?|naturale)",
    ),
    Trait(
        ask=r"(?:something (?:you|we|people|one) (?:can )?eat|(?:to )?eat (?:it|this|that|them)|edible|(?:be"
        r" )?eaten|essbar|(?:es|das|man) essen|comestible|comer(?:lo)?|comestivel|manger|commestibile"
        r"|mangiare|se come)",
        yes="food vegetable fruit",
        no=f"person place {_STUFF} {_ABSTRACT} element metal gas mineral toy",
        unless="chocolate edible",
    ),
    Trait(
        ask=r"(?:something (?:you|we|people|one) (?:can )?drink|drink (?:it|this|that)|drinkable|trinken"
        r"|beber(?:lo)?|boire|bere)",
        yes="drink",
        no=f"person animal {_STUFF} {_ABSTRACT} metal settlement country food toy",
        unless="soup",
    ),
    Trait(
        ask=r"(?:(?:it|he|she|they) fly|can fly|flies|able to fly|fliegen|volar|voler|volare|voar)",
        yes="aircraft spacecraft",
        no="fish plant place structure instrument furniture game work idea food"
        " element hoofed feline canine mollusc ship car train mammal",
        unless="bat gliding glide flight flying fly wings winged seaplane",
    ),
    Trait(
        ask=r"(?:(?:in|on|under) (?:the )?(?:water|sea|ocean)s?|underwater|aquatic|swims?|im (?:wasser|meer)|en"
        r" el (?:agua|mar)|dans (?:l )?(?:eau|la mer)|(?:nell acqua|nel mare)|n[ao] (?:agua|mar)|marine"
        r" animal|sea (?:creature|animal))",
        yes="fish",
        no="hoofed feline canine tree heavenly country",
        signs="marine aquatic sea freshwater ocean meeresbewohner marino marin",
        unless="sea water ocean marine aquatic swim swims island islands lagoon river lakes",
    ),
    Trait(
        ask=r"(?:(?:can )?touch(?: (?:it|this|that))?|tangible|physical (?:object|thing)|something physical"
        r"|material object|anfassen|tocar(?:lo)?|toucher|toccare)",
        yes="person animal plant structure vehicle instrument device weapon furniture clothing food metal mineral"
        " toy painting",
        no="event idea videogame sport music series",
        opposite=r"(?:abstract(?: thing)?|intangible|abstrakt|abstract[oa]|abstrait|astratto)",
    ),
    Trait(
        ask=r"(?:(?:hold|carry|lift|pick up|fit) (?:it |this |that |one )?(?:up )?(?:in|with)? ?(?:my|your|one s"
        r"|a|the|ones)? ?(?:hands?|pocket|bag)?|hand ?held|in (?:die|der) hand|en la mano|dans la main|in"
        r" mano|na mao)",
        yes="fruit vegetable insect",
        no="place structure heavenly car train ship aircraft event idea group videogame sport music hoofed",
        unless="held book small pocket piano organ model",
    ),
    Trait(
        ask=r"(?:four legs|4 legs|vier beine|cuatro patas|quatre pattes|quattro zampe|quatro patas)",
        yes="hoofed feline canine",
        no="bird insect arachnid fish person mollusc plant place structure heavenly substance fare",
    ),
    Trait(
        ask=r"(?:legs|beine|patas|pattes|zampe|pernas)",
        yes="hoofed feline canine insect arachnid bird person",
        no="plant place heavenly substance fare event idea fish vehicle videogame",
    ),
    Trait(
        ask=r"(?:bones|skeleton|vertebrate|backbone|spine)",
        yes="mammal bird fish reptile amphibian person",
        no="mollusc insect arachnid crustacean plant place heavenly structure",
        opposite=r"(?:invertebrate)",
    ),
    Trait(
        ask=r"(?:feathers|wings|beak|federn|plumas|plumes|piume|penas)",
        yes="bird",
        no="hoofed feline canine mollusc person plant place fish reptile structure heavenly substance fare",
        unless="wings wing",
    ),
    Trait(
        ask=r"(?:fur|furry|hairy)",
        yes="feline canine",
        no="bird fish mollusc plant place reptile structure heavenly substance fare",
    ),
    Trait(
        ask=r"(?:(?:give|gives) birth|breastfeeds?|warm ?blooded)",
        yes="mammal",
        no="fish insect mollusc plant place structure heavenly substance reptile arachnid",
        unless="platypus eggs shark",
    ),
    Trait(
        ask=r"(?:eats? meat|carnivorous|a carnivore|meat eater|fleischfresser|carnivoro|carnivore)",
        yes="feline canine",
        no="hoofed plant place structure heavenly substance",
        opposite=r"(?:herbivore|herbivorous|vegetarian|eats? (?:plants|grass|leaves)|pflanzenfresser)",
        unless="pig hippopotamus carnivorous bamboo",
    ),
    Trait(
        ask=r"(?:(?:use |run on |need |have )?(?:electricity|batteries|electric(?:al)?|electronic(?:s)?)|strom"
        r"|elektronisch|elektrisch|electronico|electrique|electronique|elettrico|elettronico|eletronico)",
        yes="videogame computing",
        no="person animal plant place heavenly element food tomb painting",
        unless="electric electronic electrical ray eel",
    ),
    Trait(
        ask=r"(?:(?:in|from|outer) (?:outer )?space|extraterrestrial|im weltall|en el espacio|dans l espace"
        r"|nello spazio|no espaco)",
        yes="planet star galaxy moon",
        no="place structure animal plant food ship car train instrument",
        opposite=r"(?:on (?:the )?(?:planet )?earth|on our planet|auf der erde|en la"
        r" tierra|sur (?:la )?terre|sulla terra|na terra)",
    ),
    Trait(
        ask=r"(?:fictional|fictitious|imaginary|made up|mythical|mythological|fiktiv|fictici[ao]|fictif"
        r"|immaginario|inventado)",
        yes="character",
        no="place structure heavenly element animal plant vehicle device instrument food sport war",
        unless="legend legendary myth mythical mythological fictional imaginary",
        opposite=r"(?:real(?:ly)?|non ?fictional|exist(?:s|ed)?(?: in real life)?)",
    ),
    Trait(
        ask=r"(?:(?:play|played|playing) (?:it|this|that|with)|something you play|spielen|jugar|jouer|giocare"
        r"|jogar)",
        yes="game instrument toy sport",
        no="heavenly place structure animal metal food",
    ),
    Trait(
        ask=r"(?:wear (?:it|this|them)|something you wear|wearable)",
        yes="clothing",
        no=f"person animal place structure heavenly vehicle instrument food {_ABSTRACT}",
    ),
    Trait(
        ask=r"(?:(?:live|stay) (?:in it|there|inside)|people live (?:in it|there|on it)|inhabited|have"
        r" inhabitants|visit (?:it|this)|go (?:there|to it)|travel (?:there|to it))",
        yes="settlement country",
        no="person element food instrument videogame sport",
    ),
    Trait(
        ask=r"(?:grows?|in a garden|on a farm|wachst|crece|pousse|cresce)",
        yes="plant",
        no="structure heavenly element instrument device vehicle videogame place event idea",
    ),
    Trait(
        ask=r"(?:underground|under the ground)",
        no="heavenly country continent videogame person",
        unless="underground tuber roots soil bury buried",
    ),
    Trait(
        ask=r"(?:liquid|flussig|liquid[oe]|liquide)",
        yes="river lake sea drink",
        no="structure person animal gas instrument vehicle",
        unless="liquid",
    ),
    Trait(
        ask=r"(?:solid)",
        yes="structure instrument vehicle furniture",
        no="gas river sea lake event idea",
        unless="liquid",
    ),
    Trait(ask=r"(?:something you (?:can )?use|a tool|useful)", yes="artifact device vehicle instrument", no="heavenly"),
    Trait(
        ask=r"(?:blow (?:into|in|on) it|wind instrument|blasinstrument)",
        no="game place animal person structure",
        unless="wind brass woodwind blow blown reed pipe",
    ),
)


def trait(record: Record, asked: str) -> tuple[bool | None, str] | None:
    """Answer what a folded question asks for by kind alone; with the question without it. None: it asks for no trait."""
    for pattern, opposite, one in _patterns():
        for ask, turned in ((opposite, True), (pattern, False)):
            match = ask.search(asked) if ask is not None else None
            if match is not None:
                has = _has(record, one)
                return (
                    not has if turned and has is not None else has
                ), f"{asked[: match.start()]} {asked[match.end() :]}"
    return None


def _has(record: Record, one: Trait) -> bool | None:
    if record.is_kind("animal") and not record.stated.isdisjoint(one.signs.split()):
        return True
    if not record.words.isdisjoint(one.unless.split()):
        return None
    if any(record.is_kind(kind) for kind in one.yes.split()):
        return True
    return False if any(record.is_kind(kind) for kind in one.no.split()) else None


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], re.Pattern[str] | None, Trait], ...]:
    return tuple(
        (re.compile(rf"\b(?:{one.ask})\b"), re.compile(rf"\b(?:{one.opposite})\b") if one.opposite else None, one)
        for one in TRAITS
    )
