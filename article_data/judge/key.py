"""The answer key: all that the judge must know of one article, made at build time and kept in its record.

Pure data and its making. `make_key` is called by the build; `judging.judge` reads keys while serving.
"""

from __future__ import annotations

import msgspec


class AnswerKey(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """The names that are right, and those that must not be taken for them."""

    title: str = ""
