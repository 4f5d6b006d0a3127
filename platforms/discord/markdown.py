"""Plain words to Discord's markdown, so that they are read as they are.

Source: https://support.discord.com/hc/en-us/articles/210298617 (the markup), and
https://docs.discord.com/developers/reference#message-formatting (mentions, times), both read 2026-11-22.
"""

from __future__ import annotations

import re

from platforms.text import length

CONTENT_LIMIT = 2000
"""The live limit of a message's content. The published schema says 4000, which is refused."""

# Backslashes inside an address would become part of it, and Discord reads no markup there anyway.
_ADDRESS = re.compile(r"(https?://[^\s<]+)")
_MARKUP = re.compile(r"([\\*_~`|<\[\]])")
_LINE_START = re.compile(r"^([^\S\n]*)([#>-])", re.MULTILINE)
# Discord counts lists anew: "1. ..." and "3. ..." would be shown as 1 and 2.
_NUMBER = re.compile(r"^([^\S\n]*[0-9]+)\.(?=\s)", re.MULTILINE)


def escape(text: str) -> str:
    """Return `text` with its markup taken literally, at most 2000 units if `text` is.

    Escaping lengthens. A text that would no longer fit is sent as it is: odd to look at in the worst case, but
    there; nobody is notified, since every message forbids mentions.
    """
    parts = _ADDRESS.split(text)
    parts[::2] = [_MARKUP.sub(r"\\\1", words) for words in parts[::2]]
    escaped = _NUMBER.sub(r"\1\\.", _LINE_START.sub(r"\1\\\2", "".join(parts)))
    return escaped if length(escaped, "utf16") <= CONTENT_LIMIT else text
