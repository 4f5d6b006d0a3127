"""One spelling for what British and American English write differently: "Colour" and "Color", "Ether" and "Aether".

Owns the rules of that difference. Called by `sheet.py` for the names of English articles and by `judging.py` for guesses;
both are brought to the American spelling, so nobody has to list the other. Where the other spelling is another article's
title it stays that article's. Pure; works on folded words, and what it makes of a word that has only one spelling is
harmless, since only the same word becomes the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_MAY_DIFFER = re.compile(
    "ae|oe|our|bre|tre|vre|is(?:e|ing|ab|at)|ys(?:e|ing|ab|at)|ll(?:e[dr]|ing|o)|ogue|gramme|ence|practise|sulph|grey|mould|plough|sceptic|"
    "moust|pyjama|jewell|alumin"
)
"""What a word has in it that any rule changes; alternatives that begin with a letter are searched for fastest."""
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        # Greek and Latin ae and oe, but in no name like "Michael", "Noel" or "Hoess": encyclopaedia, foetus, aether.
        ("^[ao]e(?=[bcdgmnoprtu]|s(?!s))", "e"),
        ("(?<=[a-z][^aeiou])(?:ae(?=[bcdgmnoprtu]|s(?!s))|oe(?=[abu]))", "e"),
        ("^(h)ae(?=m)|^(f)[ao]e(?=[ct])", r"\1\2e"),
        ("([aeiouy][bcdfghlmnprtv]{1,3}|vi)our", r"\1or"),  # colour, neighbour, behaviour
        ("([a-z]{2}[btv])re(?=s?$)", r"\1er"),  # theatre, fibre, manoeuvre
        ("([a-z]{3}[iy])s(?=(?:e[ds]?|ers?|ing|ations?|able)$)", r"\1z"),  # organise, analyse
        ("([aeiou][a-z]*[aeiou]l)l(?=(?:ed|ing|ers?|ors?|ous)$)", r"\1"),  # traveller, marvellous
        ("([a-z]{3})ogue(?=s?$)", r"\1og"),  # catalogue
        ("gramme(?=s?$)", "gram"),
        ("^(def|off|lic|pret)ence(?=s?$)", r"\1ense"),
        ("^practise", "practice"),
        ("^sulph", "sulf"),
        ("^grey", "gray"),
        ("^mould", "mold"),
        ("^plough", "plow"),
        ("^sceptic", "skeptic"),
        ("^moustache", "mustache"),
        ("^pyjama", "pajama"),
        ("^jewellery$", "jewelry"),
        ("^aluminium$", "aluminum"),
    )
)


def may_differ(text: str) -> bool:
    """Say whether a name in this folded text may have another spelling; most have none, and are done after this."""
    return _MAY_DIFFER.search(text) is not None


def american(words: Iterable[str]) -> tuple[str, ...]:
    """Return folded words as they are spelt in American English."""
    return tuple([_american(word) if may_differ(word) else word for word in words])


@lru_cache(maxsize=4096)
def _american(word: str) -> str:
    if len(word) > 4 or word == "grey":
        for pattern, to in _RULES:
            word = pattern.sub(to, word)
    return word
