"""How tables of words are written in this room: as running text, which is read and changed more easily than quotes and commas."""

from __future__ import annotations


def listed(text: str, separator: str | None = None) -> tuple[str, ...]:
    """Return the words of `text`, or what stands between its separators."""
    return tuple(text.split(separator))
