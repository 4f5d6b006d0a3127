"""What a player reads once a platform's markup is taken out, and what is wrong with the markup.

Owns Telegram's HTML and MarkdownV2 (roughly: enough to catch what was not escaped), Slack's entities and Discord's
backslashes. Pure text in, text out.
"""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s[^<>]*)?)>")
_TELEGRAM_TAGS = frozenset(
    (
        *("a", "b", "blockquote", "code", "del", "em", "i", "ins", "pre", "s", "span", "strike", "strong", "u"),
        *("tg-emoji", "tg-spoiler", "tg-time"),
    )
)
_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|#[0-9]+|#x[0-9a-fA-F]+);)")
_MARKDOWN_V2_CODE = re.compile(r"```.*?```|`[^`]*`|\]\([^)]*\)", re.DOTALL)
_MARKDOWN_V2_RESERVED = re.compile(r"(?<!\\)(?:\\\\)*([.!\-=|{}+#])")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SLACK_LINK = re.compile(r"<(?![@#!])([^|>]+)(?:\|([^>]*))?>")


def telegram_visible(text: str, parse_mode: str) -> tuple[str, str]:
    """Return the text as shown and the fault in its markup ("" when there is none), worded as Telegram words it."""
    match parse_mode.lower():
        case "":
            return text, ""
        case "html":
            return _telegram_html(text)
        case "markdownv2":
            bare = _MARKDOWN_V2_CODE.sub("", text)
            found = _MARKDOWN_V2_RESERVED.search(bare)
            shown = _ESCAPED.sub(r"\1", re.sub(r"(?<!\\)[*_~`]+", "", text))
            if found is None:
                return shown, ""
            character = found.group(1)
            return shown, (
                f"can't parse entities: Character '{character}' is reserved and must be escaped with the preceding '\\'"
            )
        case "markdown":
            return re.sub(r"(?<!\\)[*_`]", "", text), ""
        case _:
            return text, "unsupported parse_mode"


def slack_visible(text: str) -> str:
    """Return mrkdwn with links as their labels and the three entities decoded."""
    text = _SLACK_LINK.sub(lambda found: found.group(2) or found.group(1), text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def discord_visible(text: str) -> str:
    """Return the text with its backslash escapes taken out; other markdown stays."""
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def _telegram_html(text: str) -> tuple[str, str]:
    opened: list[str] = []
    plain: list[str] = []
    position = 0
    for found in _TAG.finditer(text):
        between = text[position : found.start()]
        if "<" in between:
            break
        plain.append(between)
        position = found.end()
        closing, name = found.group(1), found.group(2).lower()
        offset = len(text[: found.start()].encode())
        if name not in _TELEGRAM_TAGS:
            return text, f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {offset}'
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return text, f"can't parse entities: Unexpected end tag at byte offset {offset}"
    rest = text[position:]
    if "<" in rest:
        offset = len(text[: position + rest.index("<")].encode())
        return text, f'can\'t parse entities: Unsupported start tag "" at byte offset {offset}'
    if opened:
        return text, f"can't parse entities: Can't find end tag corresponding to start tag \"{opened[-1]}\""
    plain.append(rest)
    shown = "".join(plain)
    # A bare ampersand is taken as it is; only a well-formed entity is decoded.
    return html.unescape(_ENTITY.sub("&amp;", shown)), ""
