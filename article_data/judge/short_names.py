"""Shorter names that an article goes by when nothing else does: surnames, "Thames" for the River Thames, acronyms.

Owns how they are made from a title; whether one is unambiguous is decided in `key.py`, which calls this. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from article_data.judge.little_words import little_words
from article_data.naming import ENGLISH_ARTICLES, fold, plain_title
from article_data.numerals import roman
from article_data.word_lists import listed

Origin = Literal["surname", "state", "kind", "acronym"]
"""Where a shorter name comes from: a person's family name, a state's form ("Kingdom of Denmark") or another kind of thing
("River Thames") left out, initials."""

ACRONYM_LETTERS = 3
"""Fewest letters of an acronym made from a title, one more where little words lend theirs; two say too little."""

HONORIFICS = frozenset(
    listed(
        "sir dame lord lady saint king queen prince princess emperor empress pope president doctor professor mister mr mrs "
        "miss ms captain colonel general admiral major sergeant count countess duke duchess baron baroness sultan tsar czar "
        "reverend father sister brother bishop archbishop cardinal judge justice senator governor chancellor herr frau don "
        "dona san santa santo sankt st monsieur madame signor signora senhor senhora pharaoh shah sheikh imam rabbi"
    )
)
"""Titles of people that may stand before a name, folded."""

_SUFFIXES = frozenset({"junior", "senior", "jr", "sr", "esq", "phd", "md", *(roman(value) for value in range(1, 11))})
_PARTICLES = frozenset(listed("van von der den de la le du di da del della dos das do ter ten zu al el bin ibn st"))
# "Joan of Arc", "Catherine the Great", "Otto der Gro\u00dfe" have no family name.
_BYNAMES = frozenset(listed("of the und"))
_BYNAMES_SECOND = frozenset(listed("der die"))
_SURNAME_FIRST = frozenset({"zh", "ja", "ko", "vi", "hu", "km", "wuu", "yue"})
# Common family names of Chinese, Korean and Vietnamese people, who stand under them in other languages too.
_FAMILY_FIRST = frozenset(
    listed(
        "mao xi deng zhou li wang zhang liu chen yang zhao huang wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie "
        "han tang feng yu dong xiao cheng cao yuan pan jiang cai jia ding wei xue ye yan du dai xia zhong tian ren fan fang shi "
        "yao tan liao zou xiong jin lu hao kong bai cui kang qiu qin chiang kim park choi jung jeong cho yoon jang lim oh seo "
        "shin kwon hwang ahn yoo hong moon bae baek nguyen tran pham vo ho bui dang ngo lee bong ban"
    )
)
_PINYIN = re.compile(
    "(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxzcsryw])?(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|"
    "ie|iu|ua|ue|ui|uo|a|e|i|o|u)(?:r)?){2}"
)
_STATE = re.compile(
    "^(?:the )?(?:(?:federal|federative|democratic|islamic|peoples|socialist|co operative)+ )*"
    "(?:republic|kingdom|state|commonwealth|principality|sultanate|emirate|grand duchy|dominion) of (?:the )?(?=.)"
)
_KINDS_BEFORE = re.compile(
    "^(?:the )?(?:city|town|county|province|river|lake|mount|mt|lac|monte|rio|isle|island|gulf) (?:of (?:the )?)?(?=.)"
)
_KINDS_AFTER = re.compile(
    "(?<=.) (?:river|mountains?|city|islands?|county|province|desert|peninsula|republic|dynasty|languages?|people|ocean|sea|"
    "lake|canal|valley|volcano|bridge|railway|company|corporation|inc|ltd|group|band)$"
)
_KINDS: tuple[tuple[re.Pattern[str], Origin], ...] = (
    (_STATE, "state"),
    (_KINDS_BEFORE, "kind"),
    (_KINDS_AFTER, "kind"),
)


def surname(title: str, language: str = "en") -> str | None:
    """Return the family name in a person's title, as written there; None where the title has none.

    "Ludwig van Beethoven" gives "Beethoven", "Sammy Davis Jr." "Davis", "Mao Zedong" "Mao"; "Plato", "Henry VIII",
    "Joan of Arc" and "Catherine the Great" give None.
    """
    words = _name_words(title)
    if len(words) < 2 or any(fold(word) in _BYNAMES for word in words) or fold(words[1]) in _BYNAMES_SECOND:
        return None
    found = words[0] if _is_family_first(words, language) else words[-1]
    return found if len(fold(found)) > 1 else None


def short_names(title: str, language: str = "en", *, is_person: bool = False) -> Iterator[tuple[str, Origin]]:
    """Yield folded shorter names of what `title` names, and of which sort; each holds only if nobody else is called so."""
    plain = plain_title(title)
    if is_person:
        for name in _of_person(plain, language):
            yield name, "surname"
    else:
        folded = fold(plain)
        for pattern, origin in _KINDS:
            short = pattern.sub("", folded)
            if short != folded:
                yield short, origin
    for letters in _acronyms(" ".join(_name_words(plain)) if is_person else plain, language):
        yield letters, "acronym"


def _of_person(plain: str, language: str) -> Iterator[str]:
    words = _name_words(plain)
    last = surname(plain, language)
    if last is None:
        return
    yield fold(last)
    if fold(plain).endswith((" jr", " sr")):
        yield fold(" ".join(words))
    if _is_family_first(words, language):
        return
    *given, _ = words
    # "van Beethoven", "de la Tour".
    start = len(given)
    while start > 1 and fold(given[start - 1]) in _PARTICLES:
        start -= 1
    family = words[start:]
    if len(family) > 1:
        yield fold(" ".join(family))
    given = words[:start]
    if len(given) > 1:
        yield fold(f"{given[0]} {' '.join(family)}")
        yield fold(f"{' '.join(name[0] for name in given)} {' '.join(family)}")
        # Spanish and Portuguese names end in two surnames, and some go by both.
        yield fold(f"{given[-1]} {' '.join(family)}")


def _name_words(title: str) -> list[str]:
    """Return the words of a person's name without honorifics before it and "Jr.", "II" after it."""
    words = plain_title(title).partition(",")[0].split()
    while len(words) > 1 and _is_in(words[0], HONORIFICS):
        del words[0]
    while len(words) > 1 and _is_in(words[-1], _SUFFIXES):
        del words[-1]
    return words


def _is_in(word: str, words: frozenset[str]) -> bool:
    return fold(word).replace(" ", "") in words


def _is_family_first(words: list[str], language: str) -> bool:
    """Say whether the family name stands first: "Mao Zedong", "Kim Jong Il", "Park Geun-hye"."""
    if language in _SURNAME_FIRST:
        return True
    if fold(words[0]) not in _FAMILY_FIRST:
        return False
    given = words[1:]
    if len(given) == 1 and "-" not in given[0]:
        return _PINYIN.fullmatch(given[0].lower()) is not None
    parts = fold(" ".join(given)).split()
    return len(parts) == 2 and all(len(part) <= 5 for part in parts)


def _acronyms(plain: str, language: str) -> Iterator[str]:
    """Yield the initials of a proper name of several words, with and without its little words: "jfk", "lotr"."""
    passed_over = little_words(language) | ENGLISH_ARTICLES
    written = [word for word in plain.split() if fold(word)]
    if not all(word[0].isupper() for word in written if fold(word) not in passed_over):
        return
    words = fold(plain).split()
    if words and words[0] in ENGLISH_ARTICLES:
        del words[0]
    if all(len(word) == 1 for word in words):
        return
    telling = [word for word in words if word not in passed_over]
    if len(telling) >= ACRONYM_LETTERS:
        yield "".join(word[0] for word in telling)
    if len(words) > ACRONYM_LETTERS and len(telling) > 1:
        yield "".join(word[0] for word in words)
