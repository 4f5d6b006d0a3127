"""Cores and processor time: who runs where, and how much of it a process and its children used. Linux only."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path
from typing import Final, NamedTuple

_TICKS_PER_S: Final = os.sysconf("SC_CLK_TCK")


class Cores(NamedTuple):
    """Which core runs what; None on a machine with a single core, where nothing is pinned."""

    bot: int | None
    """The bot under test, alone."""
    rest: int | None
    """Load generator with the fake platform, PostgreSQL, Redis."""


def choose() -> Cores:
    """The first two cores that this process may use."""
    allowed = sorted(os.sched_getaffinity(0))
    return Cores(allowed[0], allowed[1]) if len(allowed) > 1 else Cores(None, None)


def pin(core: int | None) -> None:
    """Keep this process, and what it starts from now on, on one core."""
    if core is not None:
        os.sched_setaffinity(0, {core})


def parent(pid: int) -> int:
    """The parent of a process."""
    return int(_fields(Path(f"/proc/{pid}/stat").read_text())[1])


def used_s(pid: int) -> float:
    """User and system seconds of a process, its living descendants, and its children that ended and were waited for."""
    children: defaultdict[int, list[int]] = defaultdict(list)
    ticks: dict[int, int] = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = file.read_text()
        except OSError:
            continue
        number = int(text.split(" ", 1)[0])
        fields = _fields(text)
        children[int(fields[1])].append(number)
        ticks[number] = sum(map(int, fields[11:15]))
    total, todo = 0, [pid]
    while todo:
        number = todo.pop()
        total += ticks.get(number, 0)
        todo += children[number]
    return total / _TICKS_PER_S


def _fields(stat: str) -> list[str]:
    # The program's name stands in parentheses and may hold anything.
    return stat[stat.rfind(")") + 2 :].split()
