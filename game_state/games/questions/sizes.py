"""Twenty, how big: rough sizes of kinds, and of what people compare things with.

Owns questions like "bigger than a car" and "longer than 100 km", in six languages. Pure; a kind whose things may be smaller or
bigger than what is asked for gives no answer.
"""

from __future__ import annotations

import re
from typing import Final

from game_state.games.questions.record import Record

# Kinds and things by their size, in metres: from the least to the greatest.
SIZES: Final = {
    "person": (1.3, 2.3),
    "hoofed": (0.5, 6.0),
    "feline": (0.3, 3.5),
    "canine": (0.15, 2.0),
    "insect": (0.0002, 0.3),
    "arachnid": (0.0003, 0.3),
    "bird": (0.05, 3.0),
    "microbe": (0.0, 0.001),
    "country": (2000, 1e7),
    "settlement": (300, 2e5),
    "continent": (2e6, 1e7),
    "river": (2000, 7e6),
    "lake": (100, 1e6),
    "sea": (1e4, 2e7),
    "mountain": (100, 5e6),
    "desert": (5000, 5e6),
    "region": (5000, 3e6),
    "planet": (2e6, 2e8),
    "star": (1e4, 3e12),
    "moon": (1e3, 6e6),
    "galaxy": (100, 1e25),
    "tower": (8, 1000),
    "bridge": (5, 2e5),
    "church": (6, 300),
    "castle": (15, 2000),
    "temple": (6, 1000),
    "mosque": (8, 500),
    "arena": (25, 400),
    "structure": (2.5, 2e7),
    "ship": (3, 500),
    "aircraft": (3, 100),
    "car": (2.3, 20),
    "train": (8, 2000),
    "cycle": (1.0, 2.6),
    "fruit": (0.003, 0.8),
    "vegetable": (0.01, 1.0),
    "food": (0.002, 1.0),
    "bodypart": (0.001, 2.0),
    "toy": (0.01, 1.5),
    "boardgame": (0.05, 1.2),
}
_YARDSTICKS: Final = {
    0.01: "ant ameise hormiga fourmi formica formiga", 0.09: "mouse maus raton souris topo rato", 0.2: "hand mano"
        " main mao",
    0.22: "football fussball ball ballon", 0.35: "shoebox breadbox bread_box schuhkarton", 0.45: "cat katze gato"
        " chat gatto microwave",
    0.9: "dog hund perro chien cane cachorro", 1.0: "chair table stuhl silla chaise", 1.75: "person human"
        " human_being man me you mensch"
    " persona personne humain homem hombre homme uomo pessoa fridge refrigerator", 2.4: "horse pferd caballo"
    " cheval cavallo cow lion",
    4.5: "car auto coche voiture carro macchina", 6.0: "elephant elefant elefante room", 12.0: "house haus casa"
        " maison bus building",
    30.0: "whale blue_whale tree", 100.0: "football_field football_pitch stadium", 2e4: "city town stadt ciudad"
        " ville citta cidade",
    1.27e7: "earth erde tierra terre terra planet", 3.5e6: "moon mond luna lune lua", 1.4e9: "sun sonne sol"
        " soleil sole",
}  # fmt: skip
_THAN: Final = re.compile(
    r"\b(?:(?P<big>bigger|larger|taller|longer|higher|grosser|hoher|langer|mas grande|mas alto|plus grande?|plus"
    r" haute?|piu grande|piu alto"
    r"|maior|mais alto)|(?P<small>smaller|shorter|tinier|kleiner|kurzer|mas pequeno|plus petite?|piu piccolo|menor))"
    r" (?:than|als|que|di|do que|del?l?)(?: (?P<n>\d[\d ]*)(?P<unit>km|kilomet\w+|kms|met\w+|m|cm|centimet\w+"
    r"|feet|foot|ft|miles?)\b"
    r"|(?: (?:a|an|the|my|your|our|this|ein|eine|einen|die|der|un|una|una|une|la|el|um|uma|o))? (?P<x>\w+(?: \w+)?))"
)
_METRES: Final = {"k": 1000.0, "me": 1.0, "m": 1.0, "c": 0.01, "f": 0.3048, "mi": 1609.0}
_MEASURE: Final = re.compile(
    r"(\d[\d,.]*\d|\d) (kilomet\w+|metres?|meters?|km|m|miles|feet) (?:high|tall|long|in height|in length|hoch"
    r"|lang|de haut|de long|de alto|de largo|de altura)\b"
)


def compared(record: Record, asked: str) -> tuple[bool | None, str] | None:
    """Answer a question for size ("bigger than a car", "longer than 100 km"); with the question without it."""
    match = _THAN.search(asked)
    if match is None:
        return None
    rest = f"{asked[: match.start()]} {asked[match.end() :]}"
    if match["n"]:
        unit = match["unit"]
        metres = int(match["n"].replace(" ", "")) * (_METRES.get(unit[:2]) or _METRES[unit[0]])
        return _measured(record, metres, is_bigger=bool(match["big"])), rest
    metres = next(
        (
            size
            for words in (match["x"], match["x"].split(" ", 1)[0])
            for size, names in _YARDSTICKS.items()
            if words.replace(" ", "_") in names.split()
        ),
        0.0,
    )
    return (_by_kind(record, metres, is_bigger=bool(match["big"])) if metres else None), rest


def _measured(record: Record, metres: float, *, is_bigger: bool) -> bool | None:
    found = {
        float(number.replace(",", "")) * (_METRES.get(unit[:2]) or _METRES[unit[0]])
        for number, unit in _MEASURE.findall(record.text)
    }
    if len(found) == 1 and abs((size := found.pop()) - metres) > 0.05 * metres:
        return (size > metres) == is_bigger
    return _by_kind(record, metres, is_bigger=is_bigger) if not found else None


def _by_kind(record: Record, metres: float, *, is_bigger: bool) -> bool | None:
    for kind, (least, greatest) in SIZES.items():
        if (
            kind in record.kinds
            or (kind not in ("structure", "person") and record.is_kind(kind))
            or kind in record.kinds
        ):
            if least > metres:
                return is_bigger
            if greatest < metres:
                return not is_bigger
    if record.is_person and (metres < 1.3 or metres > 2.5):
        return (metres < 1.3) == is_bigger
    if record.is_kind("structure") and not record.is_kind("statue") and metres < 2.5:
        return is_bigger
    return None
