"""`make bench`: measures, prints the table, and writes it to docs/performance.md. `--quick` is a smoke test."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Final

import click
import msgspec

from ops.bench import machine, places, processor, table
from ops.bench.contest import LOADS, hold
from ops.bench.contestants import ROOT, contestants

PAGE: Final = ROOT / "docs" / "performance.md"
NAMES: Final = ("parlor", "naive", "aiogram")


def _tell(line: str) -> None:
    click.echo(line, err=True)


@click.command()
@click.option("--passes", type=click.IntRange(1, 50), default=5, show_default=True, help="Times that each is measured.")
@click.option("--seconds", type=click.FloatRange(0.5, 600), default=2.0, show_default=True, help="Measured, each time.")
@click.option("--quick", is_flag=True, help="One short pass; the page is not written.")
@click.option("--bot", "only", type=click.Choice(NAMES), multiple=True, help="Only this bot; the page is not written.")
@click.option("--load", "some", type=click.Choice([load.name for load in LOADS]), multiple=True, help="Only this load.")
@click.option("--write/--no-write", default=True, help="Write the table to docs/performance.md.")
@click.option("--json", "as_json", is_flag=True, help="Print every run as JSON instead of the table.")
def main(
    passes: int, seconds: float, quick: bool, only: tuple[str, ...], some: tuple[str, ...], write: bool, as_json: bool
) -> None:
    """Measure an echo turn of Parlor beside a hand-written bot and aiogram, interleaved, pinned to cores."""
    if not sys.platform.startswith("linux"):
        raise click.ClickException("the benchmark needs Linux: it pins processes and reads their time from /proc")
    os.chdir(ROOT)
    if quick:
        passes, seconds = 1, 1.0
    loads = tuple(load for load in LOADS if not some or load.name in some)
    cores = processor.choose()
    # Whoever ends the run ends the servers, too.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    # What is started from here on inherits it; only the bots get the other core.
    processor.pin(cores.rest)
    try:
        python, packages = places.library(_tell)
        with places.databases() as stored, places.redis() as cache:
            api_port, port = places.free_port(), places.free_port()
            bots = contestants(stored, cache, python, port=port, api_port=api_port)
            here = machine.describe(
                postgres=stored.version, commit_ms=stored.commit_ms, redis=cache.version, library=packages, cores=cores
            )
            _tell(f"{here.processor}, {here.core_count} cores; a durable commit takes {here.commit_ms} ms")
            runs = hold(
                [bot for bot in bots if not only or bot.name in only],
                loads,
                passes=passes,
                seconds=seconds,
                api_port=api_port,
                cores=cores,
                environment=os.environ,
                tell=_tell,
            )
    except places.BenchError as error:
        raise click.ClickException(str(error)) from error
    report = table.Report(
        machine=here, passes=passes, seconds=seconds, loads=loads, bots={bot.name: bot.title for bot in bots}, runs=runs
    )
    text = table.render(report)
    if write and not (quick or only or some):
        table.write(PAGE, text)
        _tell(f"Written to {Path('docs') / PAGE.name}")
    click.echo(msgspec.json.format(msgspec.json.encode(report)).decode() if as_json else text)


if __name__ == "__main__":
    main(prog_name="python -m ops.bench")
