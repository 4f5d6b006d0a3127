"""Slack's text: control sequences and entities to plain words on the way in, plain words to safe text on the way out.

Source: https://docs.slack.dev/messaging/formatting-message-text (read 2026-11-22).
"""

from __future__ import annotations

import re

from platforms.reading import clean

_SEQUENCE = re.compile(r"<([^<>]*)>")


def to_words(text: str, bot_user: str | None) -> tuple[str, bool]:
    """Return the plain words of `text`, and whether it mentions `bot_user`, whose mentions are taken out."""
    mentioned = False

    def words(match: re.Match[str]) -> str:
        nonlocal mentioned
        content, _, label = match[1].partition("|")
        if content.startswith("@"):
            if bot_user is not None and content[1:] == bot_user:
                mentioned = True
                return ""
            return "@" + (label or content[1:]).removeprefix("@")
        if content.startswith("#"):
            return "#" + (label or content[1:]).removeprefix("#")
        if content.startswith("!"):
            return label or "@" + content[1:].partition("^")[0]
        return label or content.removeprefix("mailto:")

    plain = _SEQUENCE.sub(words, text)
    # "&amp;" last, or "&amp;lt;" (somebody wrote "&lt;") would become "<".
    plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return clean(plain).strip(), mentioned


def escape(text: str) -> str:
    """Return `text` so that Slack reads none of it as a mention, a link or `<!channel>`.

    There is no escape for `*`, `_`, `~` and the backtick: messages are sent with `mrkdwn` off instead.
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
