"""The report: medians of the passes as a Markdown table, ratios against the targets, and their place in the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Final

import msgspec

from ops.bench.contest import Run
from ops.bench.machine import Machine
from ops.bench.traffic import Load, Measured

BEGIN: Final = "<!-- bench:begin -->"
END: Final = "<!-- bench:end -->"
TARGETS: Final = {"naive": 1.3, "aiogram": 3.5}
"""How many times a peer's messages a second Parlor is to do."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A whole benchmark."""

    machine: Machine
    passes: int
    seconds: float
    loads: tuple[Load, ...]
    bots: dict[str, str]
    """Titles by name."""
    runs: tuple[Run, ...]


def write(page: Path, text: str) -> None:
    """Replace what stands between the page's two marks. The page has to have them."""
    before, _, rest = page.read_text().partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"{page} lacks {BEGIN} or {END}")
    page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}")


def render(report: Report) -> str:
    """The report in Markdown."""
    parts = [_setting(report), *_ratios(report), _rows(report)]
    return "\n\n".join(parts)


def _setting(report: Report) -> str:
    here = report.machine
    pinned = (
        f"the bot on core {here.cores.bot}, everything else on core {here.cores.rest}"
        if here.cores.bot is not None
        else "one core, nothing pinned"
    )
    ours = ", ".join(f"{name} {number}" for name, number in here.packages.items())
    theirs = ", ".join(f"{name} {number}" for name, number in here.library.items())
    return (
        f"Measured {here.measured_at:%Y-%m-%d %H:%M} UTC on {here.processor}, {here.core_count} cores, "
        f"{here.memory_gib} GiB, {here.system}; {pinned}; load average before it {here.busy}. "
        f"Python {here.python} ({'with' if here.optimised else 'without'} profile-guided optimisation), "
        f"PostgreSQL {here.postgres} (fsync and synchronous_commit on, a commit takes {here.commit_ms} ms), "
        f"Redis {here.redis}; {ours}. The library's environment: {theirs}. "
        f"Interleaved passes: {report.passes}, of {report.seconds:g} s each."
    )


def _ratios(report: Report) -> list[str]:
    """Parlor's messages a second as multiples of the peers', pass by pass, for the loads that saturate."""
    peers = [name for name in TARGETS if any(run.bot == name for run in report.runs)]
    heads = [f"x {report.bots[name]} (target {TARGETS[name]})" for name in peers]
    lines: list[list[str]] = []
    for load in report.loads:
        ours = _speeds(report, "parlor", load)
        if load.saturates and ours:
            cells = [_ratio(ours, _speeds(report, name, load), TARGETS[name]) for name in peers]
            lines.append([load.title, *cells])
    return [_table(["Parlor's messages a second", *heads], lines)] if peers and lines else []


def _ratio(ours: Mapping[int, float], theirs: Mapping[int, float], target: float) -> str:
    """The median of the ratios within each pass, whose runs follow one another: the machine's drift is in both."""
    ratios = sorted(ours[number] / theirs[number] for number in ours if theirs.get(number))
    if not ratios:
        return "-"
    middle = median(ratios)
    missed = "" if middle >= target else "missed; "
    return f"{middle:.2f} ({missed}{ratios[0]:.2f} to {ratios[-1]:.2f})"


def _speeds(report: Report, bot: str, load: Load) -> dict[int, float]:
    """Messages a second by pass."""
    return {run.number: run.measured.messages_per_s for run in report.runs if run.bot == bot and run.load == load.name}


def _of(report: Report, bot: str, load: Load) -> list[Measured]:
    return [run.measured for run in report.runs if run.bot == bot and run.load == load.name]


def _rows(report: Report) -> str:
    heads = [
        "load", "bot", "messages/s (passes)", "p50 ms", "p99 ms", "bot µs/message", "storage µs/message",
        "missing", "doubled", "out of order", "crossed", "errors",
    ]  # fmt: skip
    lines: list[list[str]] = []
    for load in report.loads:
        shown = load.title
        for name, title in report.bots.items():
            if measured := _of(report, name, load):
                lines.append([shown, title, *_cells(measured)])
                shown = ""
    return _table(heads, lines)


def _cells(measured: Sequence[Measured]) -> list[str]:
    speeds = [one.messages_per_s for one in measured]
    passes = f" ({' '.join(f'{speed:.0f}' for speed in speeds)})" if len(speeds) > 1 else ""
    errors = sum(sum(one.errors.values()) + one.unknown for one in measured)
    return [
        f"{median(speeds):.0f}{passes}",
        _middle(measured, lambda one: one.p50_ms, 1),
        _middle(measured, lambda one: one.p99_ms, 1),
        _middle(measured, lambda one: one.cpu_us_per_message.get("bot"), 0),
        _middle(measured, lambda one: one.cpu_us_per_message.get("storage"), 0),
        str(sum(one.missing for one in measured)),
        str(sum(one.doubled for one in measured)),
        str(sum(one.out_of_order for one in measured)),
        str(sum(one.crossed for one in measured)),
        str(errors),
    ]


def _middle(measured: Sequence[Measured], field: Callable[[Measured], float | None], digits: int) -> str:
    values = [value for one in measured if (value := field(one)) is not None]
    return f"{median(values):.{digits}f}" if values else "-"


def _table(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    rows = [heads, ["---"] * len(heads), *lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
