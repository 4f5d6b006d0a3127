"""The one error of reading dumps."""

from __future__ import annotations

DAMAGED = "the file is damaged or its download incomplete: download it again and compare its checksum"
"""What an operator does about most of them."""


class DumpError(Exception):
    """The dump cannot be read on: names the file, the line or byte, what is wrong and what to do. The operator acts."""
