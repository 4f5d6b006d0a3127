"""Reads a popularity file: `title,score` lines, from page views or whatever the operator counts. Called by the build."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from pathlib import Path

LONGEST_LINE_CHARS = 4096
"""No title is longer than 255 bytes; a line beyond this is no line of such a file."""


class PopularityError(ValueError):
    """The popularity file cannot be used; the message names the file and the line, and what a line should be."""


def read_popularity(path: Path | str) -> Iterator[tuple[str, float]]:
    """Yield each line's title (spaces for underscores) and score, in the file's order.

    UTF-8, with or without byte order mark; comma or tab (a file is of the kind that its first line is of); titles with a comma
    stand in double quotes; further columns are passed over. A first line whose second column is no number is a header; blank
    lines are passed over. Nothing is held in memory. Raises PopularityError on the first line that is neither, when the file
    cannot be read, and when it holds no score at all.
    """
    name = str(path)
    number = found = 0
    separator = ","
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            for number, line in enumerate(file, start=1):
                if number == 1 and "\t" in line:
                    separator = "\t"
                if not line.strip():
                    continue
                if len(line) > LONGEST_LINE_CHARS:
                    raise PopularityError(
                        f"{name}, line {number}: longer than {LONGEST_LINE_CHARS} characters; {_WANTED}"
                    )
                entry = _entry(line, separator)
                if entry is not None:
                    found += 1
                    yield entry
                elif number > 1:
                    raise PopularityError(
                        f"{name}, line {number}: {line.strip()[:80]!r} is no title and score; {_WANTED}"
                    )
    except UnicodeDecodeError as error:
        raise PopularityError(f"{name}, after line {number}: not UTF-8 ({error.reason}); save it as UTF-8") from error
    except OSError as error:
        raise PopularityError(f"{name}: {error.strerror or error}") from error
    if not found:
        raise PopularityError(f"{name}: no line holds a title and a score; {_WANTED}")


_WANTED = (
    "each line is a title, a comma or a tab, and a number that is not negative; a title with a comma stands in quotes"
)


def _entry(line: str, separator: str) -> tuple[str, float] | None:
    try:
        row = next(csv.reader([line], delimiter=separator, strict=True))
        score = float(row[1])
    except (csv.Error, ValueError, IndexError):
        return None
    title = " ".join(row[0].replace("_", " ").split())
    if not title or not math.isfinite(score) or score < 0:
        return None
    return title, score
