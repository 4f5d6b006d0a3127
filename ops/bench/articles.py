"""`make bench-articles`: measures articles, clues, judge, store and reader, and writes the table to docs/articles.md."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from article_data.build.building import build
from article_data.store.manifest import BuildInfo
from ops.bench import (
    articles_content,
    articles_judge,
    articles_reader,
    articles_scale,
    articles_speed,
    articles_store,
    places,
)
from ops.bench.figures import Figure

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = ROOT / "docs" / "articles.md"
DUMPS: Final = {
    "enwiki-106-articles.xml.bz2": ("en", 106, 99),
    "enwiki-2025-tiny-schema-0.11.xml.bz2": ("en", 6, 64),
    "ltgwiki-full-small.xml.bz2": ("ltg", 903, 147),
    "bgwiki-3-pages.xml.bz2": ("bg", 1, 0),
    "zhwiki-23-articles.xml.bz2": ("zh", 23, 0),
}
"""Each dump's language, and the articles and redirects that its own description counts."""
PARTS: Final = {
    "content": "What is in the articles",
    "judge": "The judge",
    "speed": "Extraction and build beside wikiextractor",
    "scale": "Larger dumps",
    "store": "The store",
    "reader": "Reading",
}


def _tell(line: str) -> None:
    click.echo(line, err=True)


@click.command()
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=ROOT.parent / "shared" / "data",
    help="The folder of dumps and judge sets (default: beside the project).",
)
@click.option("--part", "parts", type=click.Choice(list(PARTS)), multiple=True, help="Only this; may be repeated.")
@click.option(
    "--passes", type=click.IntRange(1, 50), default=5, show_default=True, help="Times that speed is measured."
)
@click.option(
    "--names", type=click.IntRange(min=1000), default=18_000_000, show_default=True, help="Names in the store."
)
@click.option("--write/--no-write", default=True, help="Write the tables to docs/articles.md.")
def main(data: Path, parts: tuple[str, ...], passes: int, names: int, write: bool) -> None:
    """Measure the article room against its targets; exit 1 when one is missed."""
    os.chdir(ROOT)
    is_met = True
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        for part in parts or PARTS:
            _tell(f"measuring: {PARTS[part]}")
            figures = _measure(part, data, path, passes=passes, names=names)
            is_met = is_met and all(figure.met for figure in figures)
            table = render(figures)
            click.echo(f"{PARTS[part]}\n\n{table}\n")
            if write:
                _write(part, table)
    sys.exit(0 if is_met else 1)


def _measure(part: str, data: Path, path: Path, *, passes: int, names: int) -> list[Figure]:
    dump = data / "dumps" / next(iter(DUMPS))
    match part:
        case "content":
            builds = _builds(data, path)
            shelves = {
                name: articles_content.Shelf(path / name, built.build_id, path / "cache")
                for name, built in builds.items()
            }
            return [_counts(builds), *articles_content.measure(shelves)]
        case "judge":
            return articles_judge.measure(data)
        case "speed":
            return articles_speed.measure(dump, passes)
        case "scale":
            return articles_scale.measure(dump)
        case "store":
            return articles_store.measure(names)
        case _:
            build([dump], path / dump.name)
            with places.redis() as redis:
                return articles_reader.measure(path / dump.name, path / "cache", redis.url)


def _builds(data: Path, path: Path) -> dict[str, BuildInfo]:
    return {
        name: build([data / "dumps" / name], path / name, language=language) for name, (language, _, _) in DUMPS.items()
    }


def render(figures: Sequence[Figure]) -> str:
    """The figures as a table, and when they were measured."""
    rows = [f"| {f.what} | {f.target} | {f.measured}{'' if f.met else ' **(missed)**'} |" for f in figures]
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return "\n".join(("| what | target | measured |", "| --- | --- | --- |", *rows, "", f"Measured {when}."))


def _write(part: str, table: str) -> None:
    """Put a part's table under its heading in the page, in place of the one before."""
    page = PAGE.read_text(encoding="utf-8")
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    before, _, rest = page.partition(begin)
    _, _, after = rest.partition(end)
    PAGE.write_text(f"{before}{begin}\n### {PARTS[part]}\n\n{table}\n{end}{after}", encoding="utf-8")
    _tell(f"Written to docs/{PAGE.name}")


def _counts(builds: dict[str, BuildInfo]) -> Figure:
    found = [f"{b.page_count} and {b.redirect_count}" for b in builds.values()]
    expected = [f"{articles} and {redirects}" for _, articles, redirects in DUMPS.values()]
    return Figure(
        "articles and redirects found in the five dumps", "; ".join(expected), "; ".join(found), found == expected
    )


if __name__ == "__main__":
    main()
