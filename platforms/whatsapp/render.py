"""Replies to Cloud API calls: text, a picture with its caption, up to three reply buttons, or a list of up to ten choices.

A list opens by a button of its own. Groups take neither buttons nor lists, and no typing mark. WhatsApp reads *, _, ~ and `
as markup and has no escape for them, so the text goes out as it is.
Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages and
.../messages/interactive-list-messages, https://developers.facebook.com/documentation/business-messaging/whatsapp/groups,
read 2026-11-24.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from game_state.message import Origin, Reply
from platforms import meta
from platforms.contract import Bot, Delivery, Request, Sending
from platforms.text import length
from platforms.whatsapp.address import recipient

CAPTION_LIMIT = 1024
"""Longest caption of a picture, in UTF-16 code units."""
TEXT_LIMIT = 4096
MOST_BUTTONS = 3
OPENS_LIST = "\u2630"
"""What stands on the button that opens a list: three lines, which need no translation."""


def render(bot: Bot, delivery: Delivery) -> Sending:
    """Make the call that says one reply. In a group the first of a turn shows which message it answers."""
    origin = delivery.origin
    fields: dict[str, Any] = {**recipient(delivery.address), **_content(delivery.reply)}
    if origin.group and origin.message_id and origin.position == 0:
        fields["context"] = {"message_id": origin.message_id}
    # Comes back in the message's statuses, where a send of unknown outcome can be found again.
    fields["biz_opaque_callback_data"] = delivery.key
    return Sending(request=_call(bot, fields, "messages"))


def typing(bot: Bot, origin: Origin) -> Request | None:
    """Make the call that shows "typing" under the message that is answered, and marks it as read."""
    if not origin.message_id or origin.group:
        return None
    fields = {"status": "read", "message_id": origin.message_id, "typing_indicator": {"type": "text"}}
    return _call(bot, fields, "typing")


def _content(reply: Reply) -> dict[str, Any]:
    picture = reply.image_url
    if len(reply.buttons) > MOST_BUTTONS:
        return {"type": "interactive", "interactive": _list(reply)}
    if reply.buttons:
        shown: dict[str, Any] = {
            "type": "button",
            "body": {"text": reply.text},
            "action": {
                "buttons": [
                    {"type": "reply", "reply": {"id": button.value, "title": button.label}} for button in reply.buttons
                ]
            },
        }
        if picture:
            shown["header"] = {"type": "image", "image": {"link": picture}}
        return {"type": "interactive", "interactive": shown}
    text = reply.text
    if picture and length(text, "utf16") <= CAPTION_LIMIT:
        return {"type": "image", "image": {"link": picture, **({"caption": text} if text else {})}}
    if picture and length(f"{text}\n{picture}", "utf16") <= TEXT_LIMIT:
        text = f"{text}\n{picture}"
    return {"type": "text", "text": {"body": text, "preview_url": bool(picture)}}


def _list(reply: Reply) -> dict[str, Any]:
    """Return a list of choices. Only words can stand above it, so that a picture is told by its address where there is room."""
    text = f"{reply.text}\n{reply.image_url}" if reply.image_url else reply.text
    rows = [{"id": button.value, "title": button.label} for button in reply.buttons]
    return {
        "type": "list",
        "body": {"text": text if length(text, "utf16") <= CAPTION_LIMIT else reply.text},
        "action": {"button": OPENS_LIST, "sections": [{"rows": rows}]},
    }


def _call(bot: Bot, fields: dict[str, Any], name: str) -> Request:
    path = f"{quote(bot.credentials['phone_number_id'], safe='')}/messages"
    return meta.call(bot, bot.credentials["access_token"], path, {"messaging_product": "whatsapp", **fields}, name)
