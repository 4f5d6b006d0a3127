"""How a misspelt name finds its right form without a scan: the keys under which names are filed, and those to look under.

A name of up to 7 letters is filed under itself with up to two letters left out (symmetric deletion: two strings at most
two edits apart share such a remainder). A longer name is cut into quarters and filed under each of the six pairs of
them: two edits spoil at most two quarters, so that some pair is found whole in the other string, at most two places
away. Pairs are long, hence rare: few wrong names are looked at. A swap of two letters across a border spoils two quarters
at once; where there can be another edit, the swap is undone for some keys.

Source of the ideas: Li, Deng, Wang, Feng: Pass-Join (VLDB 2011), with pairs in place of single segments; Garbe's
symmetric deletion.

Pure; shared by the writer and the reader of names, whose files hold these keys: a change is a change of the format.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import combinations
from zlib import crc32

SHORT_CHARS = 7
MAX_EDITS = 2

_PAIRS = tuple(combinations(range(4), 2))
_FIRST_HALF, _SECOND_HALF = _PAIRS.index((0, 1)), _PAIRS.index((2, 3))
_SHORT = 0xFFFF_FFFF
"""Seeds tell keys of different sorts apart: lengths and pairs are smaller."""


def allowed_edits(length: int) -> int:
    """Return how many edits leave enough of a name of so many letters to be called the same."""
    if length < 3:
        return 0
    return 1 if length < 5 else MAX_EDITS


def exact_key(name: str) -> int:
    """Return the 32-bit key of a whole name."""
    return crc32(name.encode())


def keys(name: str) -> Collection[int]:
    """Return the 32-bit keys under which a name is filed: 6 for a long one, up to 29 for a short one."""
    length = len(name)
    if length <= SHORT_CHARS:
        return _remainders(name, allowed_edits(length))
    cut = _quarters(length)
    quarters = [name[cut[place] : cut[place + 1]] for place in range(4)]
    seed = length << 3
    return [crc32((quarters[one] + quarters[two]).encode(), seed | pair) for pair, (one, two) in enumerate(_PAIRS)]


def probes(query: str, edits: int) -> set[int]:
    """Return the keys that names at most `edits` (0 to 2) edits away from the query are filed under."""
    length = len(query)
    found = _remainders(query, edits) if length <= SHORT_CHARS + edits else set()
    for of_name in range(max(SHORT_CHARS + 1, length - edits), length + edits + 1):
        longer_by = length - of_name
        found.update(_pair_probes(query, of_name, _SHIFTS[longer_by, edits]))
        if edits == MAX_EDITS and abs(longer_by) <= 1:
            found.update(_swap_probes(query, of_name, longer_by))
    return found


def _pair_probes(query: str, of_name: int, ways: tuple[tuple[int, int], ...]) -> Iterator[int]:
    """Yield the keys of all pairs of quarters of a name of so many letters, where they can lie in the query."""
    cut = _quarters(of_name)
    length = len(query)
    for pair, (one, two) in enumerate(_PAIRS):
        begin_one, end_one, begin_two, end_two = cut[one], cut[one + 1], cut[two], cut[two + 1]
        seed = of_name << 3 | pair
        for first, second in ways:
            if begin_one + first >= 0 and end_two + second <= length:
                part = query[begin_one + first : end_one + first] + query[begin_two + second : end_two + second]
                yield crc32(part.encode(), seed)


def _swap_probes(query: str, of_name: int, longer_by: int) -> Iterator[int]:
    """Yield the keys of the halves of a name, each whole but for a swap at its border or in its middle.

    The other edit is then in the other half, so that the first half lies in its place and the second is moved by all of
    the difference in length. Any other swap with another edit leaves two quarters whole.
    """
    _, quarter, half, last_quarter, _ = _quarters(of_name)
    for border in (quarter, half):
        yield crc32(_swapped(query, border)[:half].encode(), of_name << 3 | _FIRST_HALF)
    for border in (half, last_quarter):
        moved = _swapped(query, border + longer_by)[half + longer_by :]
        yield crc32(moved.encode(), of_name << 3 | _SECOND_HALF)


def _swapped(text: str, border: int) -> str:
    """Return the text with the two letters beside a border changed round."""
    return text[: border - 1] + text[border : border + 1] + text[border - 1 : border] + text[border + 1 :]


def _quarters(length: int) -> tuple[int, int, int, int, int]:
    return 0, length // 4, length // 2, length * 3 // 4, length


def _remainders(name: str, edits: int) -> set[int]:
    found = level = {name}
    for _ in range(min(edits, len(name) - 1)):
        level = {left[:place] + left[place + 1 :] for left in level for place in range(len(left))}
        found = found | level
    return {crc32(left.encode(), _SHORT) for left in found}


def _shifts(longer_by: int, edits: int) -> tuple[tuple[int, int], ...]:
    """Return how far two quarters of a name can lie from their places in a string of `edits` edits."""
    reach = range(-edits, edits + 1)
    return tuple(
        (first, second)
        for first in reach
        for second in reach
        if abs(first) + abs(second - first) + abs(longer_by - second) <= edits
    )


_SHIFTS = {(by, edits): _shifts(by, edits) for edits in range(MAX_EDITS + 1) for by in range(-edits, edits + 1)}
