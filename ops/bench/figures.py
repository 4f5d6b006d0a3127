"""One line of a table of figures: what was measured, what was aimed at, what came out."""

from __future__ import annotations

import msgspec


class Figure(msgspec.Struct, frozen=True):
    """A figure beside its target."""

    what: str
    target: str
    measured: str
    met: bool
