"""Replies to Send API calls, typing marks and profile look-ups.

Buttons are quick replies. A picture is a message of its own at Messenger, so the capabilities deny pictures and they
arrive here as links.
Source: https://developers.facebook.com/docs/messenger-platform/reference/send-api, read 2026-11-22.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from platforms import meta
from platforms.contract import Bot, Delivery, Request, Sending


def render(bot: Bot, delivery: Delivery) -> Sending:
    """Make the call that says one reply. Its key goes along as metadata, which comes back in the message's echo."""
    reply = delivery.reply
    message: dict[str, Any] = {"text": reply.text, "metadata": delivery.key}
    if reply.buttons:
        message["quick_replies"] = [
            {"content_type": "text", "title": button.label, "payload": button.value} for button in reply.buttons
        ]
    return Sending(request=_call(bot, delivery.address, {"messaging_type": "RESPONSE", "message": message}, "messages"))


def typing(bot: Bot, address: str) -> Request:
    """Make the call that shows "typing"."""
    return _call(bot, address, {"sender_action": "typing_on"}, "typing")


def lookup_name(bot: Bot, sender: str) -> Request:
    """Make the call that asks for a sender's profile."""
    return Request(
        url=meta.address(bot, f"{quote(sender, safe='')}?fields=first_name,last_name"),
        method="GET",
        headers=(("Authorization", f"Bearer {bot.credentials['page_token']}"),),
        name="profile",
    )


def _call(bot: Bot, address: str, fields: dict[str, Any], name: str) -> Request:
    return meta.call(bot, bot.credentials["page_token"], "me/messages", {"recipient": {"id": address}, **fields}, name)
