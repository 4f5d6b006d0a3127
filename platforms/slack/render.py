"""Replies to requests of Slack's Web API.

Owns the JSON of `chat.postMessage`, `chat.update` and `users.info`. Does no I/O; the replies fit the room's capabilities already.
A conversation's address is `channel` or `channel:thread`, so that a timer's reply, which answers no message, finds its
thread too.

Source: https://docs.slack.dev/reference/methods/chat.postMessage, https://docs.slack.dev/reference/methods/chat.update,
https://docs.slack.dev/reference/block-kit, https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
(read 2026-11-24).
"""

from __future__ import annotations

import re
from urllib.parse import quote

import msgspec

from game_state.message import Button, Reply
from platforms.contract import Bot, Delivery, Request, Sending
from platforms.slack.markup import escape
from platforms.text import shorten

API = "https://slack.com"
LABEL_LIMIT = 75
TEXT_LIMIT = 3000
"""For all replies: within the 4000 that a message should have, with room for escaped characters."""
_ALT_LIMIT = 2000
_ADDRESS = re.compile(r"(https?://[^\s<>]*[^\s<>.,;:!?\"'])")


def render(bot: Bot, delivery: Delivery) -> Sending:
    """Make the `chat.postMessage` of one reply, into the thread that its conversation is, or the `chat.update` of its board."""
    channel, _, thread = delivery.address.partition(":")
    reply = delivery.reply
    if delivery.edits is not None:
        # Blocks also for bare words: an update reads its text as markup, and without blocks it says "edited" beside it.
        changed: dict[str, object] = {
            "channel": channel,
            "ts": delivery.edits,
            "text": _notified(reply),
            "blocks": _blocks(reply),
        }
        return Sending(request=_call(bot, "chat.update", changed), edits=delivery.edits)
    body: dict[str, object] = {
        "channel": channel,
        "text": _notified(reply),
        "mrkdwn": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }
    if thread := thread or delivery.origin.thread or "":
        body["thread_ts"] = thread
    if reply.buttons or reply.image_url or _ADDRESS.search(reply.text):
        body["blocks"] = _blocks(reply)
    return Sending(request=_call(bot, "chat.postMessage", body))


def lookup_user(bot: Bot, sender: str) -> Request:
    """Make the `users.info` that tells a sender's display name and whether they administer the workspace."""
    return Request(
        url=(bot.api_base or API).rstrip("/") + "/api/users.info?user=" + quote(sender, safe=""),
        method="GET",
        headers=(_authorization(bot),),
        name="users.info",
    )


def _notified(reply: Reply) -> str:
    """Return what notifications read out."""
    return escape(reply.text or reply.image_url or "")


def _blocks(reply: Reply) -> list[dict[str, object]]:
    """Return a reply's picture, words and buttons as blocks."""
    blocks: list[dict[str, object]] = []
    if reply.image_url:
        alt = shorten(reply.text, _ALT_LIMIT, "utf16") or "picture"
        blocks.append({"type": "image", "image_url": reply.image_url, "alt_text": alt})
    if reply.text:
        blocks.append(
            {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": _words(reply.text)}]}
        )
    if reply.buttons:
        elements = [_button(number, button) for number, button in enumerate(reply.buttons)]
        blocks.append({"type": "actions", "elements": elements})
    return blocks


def _words(text: str) -> list[dict[str, object]]:
    """Return words as they are: rich text has no markup to escape, and its links can be followed, which plain text's cannot."""
    parts = ((number % 2, part) for number, part in enumerate(_ADDRESS.split(text)) if part)
    return [{"type": "link", "url": part} if is_link else {"type": "text", "text": part} for is_link, part in parts]


def _button(number: int, button: Button) -> dict[str, object]:
    return {
        "type": "button",
        "action_id": f"b{number}",  # unique within the block; the value tells what was pressed
        "text": _plain(shorten(button.label, LABEL_LIMIT, "utf16")),
        "value": button.value,
    }


def _plain(text: str) -> dict[str, object]:
    # Not escaped: plain text has no mentions to make, and escaping could push it over the limit.
    # Source: https://github.com/slackapi/bolt-python/issues/513, raw "&" and ">" in plain text are shown as they are.
    return {"type": "plain_text", "text": text, "emoji": False}


def _call(bot: Bot, method: str, body: dict[str, object]) -> Request:
    return Request(
        url=(bot.api_base or API).rstrip("/") + f"/api/{method}",
        body=msgspec.json.encode(body),
        headers=(("Content-Type", "application/json; charset=utf-8"), _authorization(bot)),
        name=method,
    )


def _authorization(bot: Bot) -> tuple[str, str]:
    return ("Authorization", "Bearer " + bot.credentials["bot_token"])
