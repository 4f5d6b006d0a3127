"""Replies to requests of Slack's Web API.

Owns the JSON of `chat.postMessage` and `users.info`. Does no I/O; the replies fit the room's capabilities already.
A conversation's address is `channel` or `channel:thread`, so that a timer's reply, which answers no message, finds its
thread too.

Source: https://docs.slack.dev/reference/methods/chat.postMessage, https://docs.slack.dev/reference/block-kit
(read 2026-11-22).
"""

from __future__ import annotations

from urllib.parse import quote

import msgspec

from game_state.message import Button, Reply
from platforms.contract import Bot, Delivery, Request, Sending
from platforms.slack.markup import escape
from platforms.text import shorten

API = "https://slack.com"
LABEL_LIMIT = 75
TEXT_LIMIT = 3000
"""A section's limit, for all replies: within the 4000 that a message should have, with room for escaped characters."""
_ALT_LIMIT = 2000


def render(bot: Bot, delivery: Delivery) -> Sending:
    """Make the `chat.postMessage` of one reply, into the thread that its conversation is."""
    channel, _, thread = delivery.address.partition(":")
    reply = delivery.reply
    body: dict[str, object] = {
        "channel": channel,
        "text": escape(reply.text or reply.image_url or ""),  # what notifications read out
        "mrkdwn": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }
    if thread := thread or delivery.origin.thread or "":
        body["thread_ts"] = thread
    if blocks := _blocks(reply):
        body["blocks"] = blocks
    request = Request(
        url=(bot.api_base or API).rstrip("/") + "/api/chat.postMessage",
        body=msgspec.json.encode(body),
        headers=(("Content-Type", "application/json; charset=utf-8"), _authorization(bot)),
        name="chat.postMessage",
    )
    return Sending(request=request)


def lookup_name(bot: Bot, sender: str) -> Request:
    """Make the `users.info` that tells a sender's display name."""
    return Request(
        url=(bot.api_base or API).rstrip("/") + "/api/users.info?user=" + quote(sender, safe=""),
        method="GET",
        headers=(_authorization(bot),),
        name="users.info",
    )


def _blocks(reply: Reply) -> list[dict[str, object]]:
    """Return the blocks of a reply that has buttons or a picture, [] for plain text."""
    if not reply.buttons and not reply.image_url:
        return []
    blocks: list[dict[str, object]] = []
    if reply.image_url:
        alt = shorten(reply.text, _ALT_LIMIT, "utf16") or "picture"
        blocks.append({"type": "image", "image_url": reply.image_url, "alt_text": alt})
    if reply.text:
        blocks.append({"type": "section", "text": _plain(reply.text)})
    if reply.buttons:
        elements = [_button(number, button) for number, button in enumerate(reply.buttons)]
        blocks.append({"type": "actions", "elements": elements})
    return blocks


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


def _authorization(bot: Bot) -> tuple[str, str]:
    return ("Authorization", "Bearer " + bot.credentials["bot_token"])
