"""Replies to Bot API calls: sendMessage, sendPhoto where a picture comes with a text short enough for a caption, editMessageText.

Plain text without parse_mode, so nothing needs escaping. The token is in the URL: a Request's `name` is what logs show.
Source: https://core.telegram.org/bots/api#sendmessage, read 2026-11-22.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

import msgspec

from game_state.message import Button, Reply
from platforms.contract import Bot, Delivery, Request, Sending
from platforms.text import length

API = "https://api.telegram.org"
CAPTION_LIMIT = 1024
"""Longest caption of a picture, in UTF-16 code units."""
ROW_LABELS_LIMIT = 24
"""Buttons share a row while their labels together are at most this long, in code points: phones show them whole."""
ROW_BUTTONS = 4

_JSON = (("Content-Type", "application/json"),)


def render(bot: Bot, delivery: Delivery) -> Sending:
    """Make the call that says one reply."""
    reply, origin = delivery.reply, delivery.origin
    if delivery.edits is not None:
        return _edit(bot, delivery, delivery.edits)
    fields = _target(delivery.address)
    # In a group the first reply of a turn shows what it answers; in a private chat that is plain to see.
    if origin.group and origin.message_id and origin.position == 0:
        fields["reply_parameters"] = {"message_id": int(origin.message_id), "allow_sending_without_reply": True}
    if reply.buttons:
        fields["reply_markup"] = {"inline_keyboard": _rows(reply.buttons)}
    photo = reply.image_url
    # Telegram fetches a photo before it takes the call, and refuses the call when that fails. So only the first attempt
    # sends it as one; later ones show it as the text's preview, which cannot fail. A board needs a text that can be changed.
    if photo and reply.board is None and delivery.attempts <= 1 and length(reply.text, "utf16") <= CAPTION_LIMIT:
        fields["photo"] = photo
        if reply.text:
            fields["caption"] = reply.text
        return Sending(request=_call(bot, "sendPhoto", fields))
    return Sending(request=_call(bot, "sendMessage", fields | _words(reply)))


def _edit(bot: Bot, delivery: Delivery, message_id: str) -> Sending:
    """Make the call that changes a message; what it does not name, buttons and picture, goes away."""
    reply = delivery.reply
    fields = {"chat_id": _target(delivery.address)["chat_id"], "message_id": int(message_id), **_words(reply)}
    if reply.buttons:
        fields["reply_markup"] = {"inline_keyboard": _rows(reply.buttons)}
    return Sending(request=_call(bot, "editMessageText", fields), edits=message_id)


def _words(reply: Reply) -> dict[str, Any]:
    photo = reply.image_url
    fields: dict[str, Any] = {"text": reply.text or photo or ""}
    if photo:
        fields["link_preview_options"] = {"url": photo, "prefer_large_media": True, "show_above_text": True}
    return fields


def typing(bot: Bot, address: str) -> Request:
    """Make the call that shows "typing" for 5 s."""
    return _call(bot, "sendChatAction", {**_target(address), "action": "typing"})


def lookup_admin(bot: Bot, address: str, sender: str) -> Request | None:
    """Make the call that asks what a person is in a group; people's ids are positive, groups' and channels' negative."""
    chat = address.partition(":")[0]
    if not chat.startswith("-") or not sender.isdecimal():
        return None
    return _call(bot, "getChatMember", {"chat_id": int(chat), "user_id": int(sender)})


def _target(address: str) -> dict[str, Any]:
    chat, _, topic = address.partition(":")
    fields: dict[str, Any] = {"chat_id": int(chat)}
    if topic:
        fields["message_thread_id"] = int(topic)
    return fields


def _rows(buttons: tuple[Button, ...]) -> list[list[dict[str, str]]]:
    row = used = count = 0
    places = []
    for button in buttons:
        if count and (count == ROW_BUTTONS or used + len(button.label) > ROW_LABELS_LIMIT):
            row, used, count = row + 1, 0, 0
        used, count = used + len(button.label), count + 1
        places.append((row, {"text": button.label, "callback_data": button.value}))
    return [[shown for _, shown in same] for _, same in groupby(places, key=lambda place: place[0])]


def _call(bot: Bot, method: str, fields: dict[str, Any]) -> Request:
    base = (bot.api_base or API).rstrip("/")
    url = f"{base}/bot{bot.credentials['token']}/{method}"
    return Request(url=url, body=msgspec.json.encode(fields), headers=_JSON, name=method)
