"""The files of redirects: what is in them, and how they are put in order without holding them in memory.

`texts` holds "title, tab, target" lines; `sources` the sorted hashes of the titles; `ends`, `lasts` and `places` run beside
it: the hash of the end, the row of the last redirect on the way (whose line names the end), and where the row's own line is,
with two flags. `named` are the sorted hashes of the ends that have names, `names` the rows of those redirects.

Called by `redirects` alone. Arrays are mapped from their files, so that they are the page cache's memory, and worked on in
blocks; private are the sorting of one block and a byte for each redirect.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from article_data.dump.titles import Hashes

Rows = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.bool_]

ROW: Final = np.dtype([("source", "<u8"), ("target", "<u8"), ("place", "<u8")])
"""A redirect as it was added, in the file `rows`."""
NAME: Final = 1
"""Its title is a name of its target."""
PLAIN: Final = 2
"""And one that people use."""
FLAG_BITS: Final = 2
LOOP: Final = 0xFFFFFFFF
"""In `lasts`: this one goes in circles."""
_END: Final = 0xFFFFFFFF
_BLOCK: Final = 1 << 19
"""Rows that are worked on at once."""


def arrange(folder: Path) -> None:
    """Make the sorted files of the file `rows`, and remove it."""
    _sort(folder)
    is_name = _follow(folder)
    _index_names(folder, is_name)
    (folder / "rows").unlink()


def mapped(folder: Path, name: str, dtype: npt.DTypeLike, mode: Any = "r") -> npt.NDArray[Any]:
    """Map one of the files; numpy cannot map an empty one."""
    path = folder / name
    if not path.stat().st_size:
        return np.empty(0, dtype)
    return np.asarray(np.memmap(path, dtype, mode))


def _sort(folder: Path) -> None:
    rows = mapped(folder, "rows", ROW)
    with (
        (folder / "sources").open("wb") as sources,
        (folder / "ends").open("wb") as ends,
        (folder / "places").open("wb") as places,
    ):
        for order in _in_order(len(rows), lambda start, stop: rows["source"][start:stop]):
            chosen = rows[order]
            # A title that is there twice counts once, as it was last: equal ones stand in the order of adding.
            chosen = chosen[np.append(chosen["source"][1:] != chosen["source"][:-1], True)]
            sources.write(chosen["source"].tobytes())
            ends.write(chosen["target"].tobytes())
            places.write(chosen["place"].tobytes())


def _follow(folder: Path) -> Flags:
    """Fill in `lasts` and `ends`; return which redirects are names on the whole way to their end.

    Each round doubles the length of the way that is known (pointer jumping), so that any chain is followed in a few.
    """
    sources = mapped(folder, "sources", "<u8")
    ends = mapped(folder, "ends", "<u8", "r+")
    places = mapped(folder, "places", "<u8")
    count = len(sources)
    is_name = np.zeros(count, np.bool_)
    np.arange(count, dtype="<u4").tofile(folder / "lasts")
    lasts = mapped(folder, "lasts", "<u4", "r+")
    np.full(count, _END, "<u4").tofile(folder / "jumps")
    jumps = mapped(folder, "jumps", "<u4", "r+")
    for start in range(0, count, _BLOCK):
        block = slice(start, start + _BLOCK)
        targets = ends[block]
        found = np.minimum(sources.searchsorted(targets), count - 1)
        jumps[block] = np.where(sources[found] == targets, found, _END)
        is_name[block] = places[block] & NAME
    under_way = np.flatnonzero(jumps != _END).astype(np.uint32)
    for _ in range(count.bit_length() + 1):
        for start in range(0, len(under_way), _BLOCK):
            rows = under_way[start : start + _BLOCK]
            following = jumps[rows]
            lasts[rows], jumps[rows] = lasts[following], jumps[following]
            is_name[rows] &= is_name[following]
        under_way = under_way[jumps[under_way] != _END]
    # What is still under way goes in circles.
    lasts[under_way] = LOOP
    is_name[under_way] = False
    for start in range(0, count, _BLOCK):
        block = slice(start, start + _BLOCK)
        last = lasts[block]
        is_loop = last == LOOP
        ends[block] = np.where(is_loop, sources[block], ends[np.where(is_loop, 0, last)])
    (folder / "jumps").unlink()
    return is_name


def _index_names(folder: Path, is_name: Flags) -> None:
    ends = mapped(folder, "ends", "<u8")
    with (folder / "named").open("wb") as named, (folder / "names").open("wb") as names:
        for order in _in_order(len(ends), lambda start, stop: ends[start:stop]):
            order = order[is_name[order]]
            named.write(ends[order].tobytes())
            names.write(order.tobytes())


def _in_order(count: int, keys: Callable[[int, int], Hashes]) -> Iterator[Rows]:
    """Yield all row numbers, in blocks, in the order of their keys; equal keys keep theirs.

    Keys are hashes, so that their first bits part them evenly.
    """
    bits = (count // _BLOCK).bit_length() + 1
    shift = np.uint64(64 - bits)
    for first_bits in range(1 << bits):
        rows: list[Rows] = [np.empty(0, np.uint32)]
        chosen: list[Hashes] = [np.empty(0, np.uint64)]
        for start in range(0, count, _BLOCK):
            block = keys(start, start + _BLOCK)
            found = np.flatnonzero(block >> shift == first_bits)
            rows.append((found + start).astype(np.uint32))
            chosen.append(block[found])
        order = np.concatenate(chosen).argsort(kind="stable")
        if len(order):
            yield np.concatenate(rows)[order]
