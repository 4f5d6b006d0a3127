"""Numbers in names made comparable: Roman numerals, English number words and ordinals become digits.

Owns the tables and the grammar; knows nothing of articles. Called by `naming.words_of` for every guess, so a name
without numbers costs one set operation. Pure, never raises.
"""

from __future__ import annotations

from article_data.word_lists import listed

_UNITS = listed("zero one two three four five six seven eight nine ten eleven twelve")
_TEENS = listed("thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
_TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")
_ORDINAL_UNITS = listed("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth")

_SMALL = {word: value for value, word in enumerate((*_UNITS, *_TEENS))}
_DECADES = {word: 10 * place for place, word in enumerate(_TENS, start=2)}
_ORDINALS = (
    {word: value for value, word in enumerate(_ORDINAL_UNITS, start=1)}
    | {f"{word}th": _SMALL[word] for word in _TEENS}
    | {f"{word[:-1]}ieth": value for word, value in _DECADES.items()}
)
_SCALES = {"hundred": 100, "thousand": 1000}
ROMAN_LIMIT = 89
"""Largest Roman numeral read; larger ones are more often words ("mix", "civil")."""


def roman(value: int) -> str:
    """Write 1 to ROMAN_LIMIT as a Roman numeral in lower case."""
    tens = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx")
    units = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    return tens[value // 10] + units[value % 10]


# A single L is a letter.
_ROMAN = {roman(value): str(value) for value in range(1, ROMAN_LIMIT + 1) if value != 50}
_CARDINALS = {**_SMALL, **_DECADES}
_READ = frozenset({*_ROMAN, *_CARDINALS, *_ORDINALS})


def with_digits(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return folded words with their numbers in digits.

    ("henry", "the", "eighth") gives ("henry", "the", "8"), ("nineteen", "eighty", "four") gives ("1984",). The first
    word is never a Roman numeral ("I, Robot", "Xi Jinping"), and a single word never an ordinal ("Second").
    """
    if _READ.isdisjoint(words) and not any(word[0] in "0123456789" and word[-1] in "tdh" for word in words):
        return words
    written: list[str] = []
    place = 0
    while place < len(words):
        word = words[place]
        if word in _CARDINALS or (len(words) > 1 and word in _ORDINALS):
            value, place = _read_number(words, place)
            written.append(str(value))
            continue
        if place and word in _ROMAN:
            word = _ROMAN[word]
        elif word[:-2].isdigit() and word[-2:] in {"st", "nd", "rd", "th"}:
            word = word[:-2]
        written.append(word)
        place += 1
    return tuple(written)


def _read_number(words: tuple[str, ...], place: int) -> tuple[int, int]:
    """Read the number that begins at `place`; returns its value and the place after it."""
    value, after, is_open = _read_below_100(words, place)
    if not is_open:
        return value, after
    scaled = False
    while after < len(words) and words[after] in _SCALES:
        value *= _SCALES[words[after]]
        scaled = True
        after += 1
        more = after + 1 if after + 1 < len(words) and words[after] == "and" else after
        if more < len(words) and (words[more] in _CARDINALS or words[more] in _ORDINALS):
            rest, after, _ = _read_below_100(words, more)
            if after < len(words) and words[after] == "hundred" and value >= 1000:
                rest, after = rest * 100, after + 1
            value += rest
    if not scaled and value >= 10 and after < len(words) and _CARDINALS.get(words[after], 0) >= 10:
        # Years are said in pairs: nineteen eighty-four.
        rest, after, _ = _read_below_100(words, after)
        value = value * 100 + rest
    return value, after


def _read_below_100(words: tuple[str, ...], place: int) -> tuple[int, int, bool]:
    """Read "eighty four", "eighty fourth", "nineteen" or "fourth"; the third says whether more may follow."""
    word = words[place]
    if word in _ORDINALS:
        return _ORDINALS[word], place + 1, False
    value = _CARDINALS[word]
    following = words[place + 1] if place + 1 < len(words) else ""
    if word in _DECADES and 1 <= _SMALL.get(following, 0) <= 9:
        return value + _SMALL[following], place + 2, True
    if word in _DECADES and 1 <= _ORDINALS.get(following, 0) <= 9:
        return value + _ORDINALS[following], place + 2, False
    return value, place + 1, True
