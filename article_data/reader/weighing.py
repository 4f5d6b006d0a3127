"""How many bytes of memory a decoded record really takes, so that the memory tier's bound is an honest one.

Called by `memory` for every record that it keeps. Pure.
"""

from __future__ import annotations

from collections.abc import Collection
from sys import getsizeof

import msgspec
from msgspec.structs import astuple

_LEAVES = (str, int, float, type(None))


def weigh(record: msgspec.Struct) -> int:
    """Return the bytes of a record and of all that it refers to.

    A formula over the length of the encoded text would be off by two: one dash in a sentence makes Python keep the
    whole sentence in two bytes a character. Costs about as much as decoding the record.
    """
    total = getsizeof(record)
    waiting: list[Collection[object]] = [astuple(record)]
    while waiting:
        parts = waiting.pop()
        total += sum(map(getsizeof, parts))
        for part in parts:
            if isinstance(part, _LEAVES):
                continue
            if isinstance(part, msgspec.Struct):
                waiting.append(astuple(part))
            elif isinstance(part, tuple | list):
                if part:
                    waiting.append(part)
            elif isinstance(part, dict):
                waiting += [part.keys(), part.values()]
    return total
