"""What Telegram refuses in a request, in Telegram's words.

Owns the limits of texts, captions, keyboards and parameter types. Pure.
Source: https://core.telegram.org/bots/api#available-types (2026-06).
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from ops.simulator.exchange import Buttons, Call, Json, as_text

TEXT_LIMIT = 4096
"""Characters of a text after its entities are parsed."""
CAPTION_LIMIT = 1024
DATA_LIMIT = 64
"""Bytes of `callback_data`."""

ACTIONS = frozenset(
    (
        *("typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice"),
        *("upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note"),
    )
)
_TYPES: dict[str, type] = {
    "text": str,
    "caption": str,
    "photo": str,
    "parse_mode": str,
    "callback_query_id": str,
    "action": str,
    "message_thread_id": int,
    "message_id": int,
    "disable_notification": bool,
    "show_alert": bool,
    "reply_parameters": dict,
    "link_preview_options": dict,
    "reply_markup": dict,
    "entities": list,
}


def markup_of(body: Json) -> Json | str | None:
    """Return the reply markup: an object, "" when it cannot be read, None when there is none."""
    markup = body.get("reply_markup")
    if isinstance(markup, str) and markup:
        try:
            markup = msgspec.json.decode(markup)
        except msgspec.DecodeError:
            return ""
    if markup is None:
        return None
    return markup if isinstance(markup, dict) else ""


def buttons_of(markup: Json) -> Buttons:
    """Return the buttons of an inline or a reply keyboard."""
    found = []
    for row in _rows(markup):
        for button in row:
            shape = button if isinstance(button, dict) else {"text": button}
            label = as_text(shape.get("text"))
            found.append((label, as_text(shape.get("callback_data") or shape.get("url") or label)))
    return tuple(found)


def check_chat(chat: str) -> str | None:
    """Return the fault of a chat's address in Telegram's words, or None."""
    if not chat:
        return "chat_id is empty"
    return None if re.fullmatch(r"-?[1-9][0-9]{0,15}|@\w+", chat) else "chat not found"


def check_words(call: Call) -> str | None:
    """Return the fault of a message's words or picture in Telegram's words, or None."""
    text = call.drafts[0].text
    if call.problem == "content_type":
        return "message text is empty"
    if call.problem:
        return call.problem
    if call.method == "sendPhoto":
        photo = call.drafts[0].image
        if not photo:
            return "there is no photo in the request"
        if not re.fullmatch(r"https?://[^\s]+\.[^\s]+|[\w-]{4,}", photo):
            return "wrong remote file identifier specified: Wrong string length"
        return "message caption is too long" if len(text) > CAPTION_LIMIT else None
    if not text.strip():
        return "message text is empty"
    return "message is too long" if len(text) > TEXT_LIMIT else None


def check_markup(markup: Json | str | None) -> str | None:
    """Return the fault of a keyboard in Telegram's words, or None."""
    if markup is None:
        return None
    if not isinstance(markup, dict):
        return "can't parse reply keyboard markup JSON object"
    rows = _rows(markup)
    buttons = [button for row in rows for button in row]
    if len(buttons) > 100:
        return "reply markup is too long"
    if "inline_keyboard" not in markup:
        return None
    for button in buttons:
        if not isinstance(button, dict) or not isinstance(button.get("text"), str) or not button["text"]:
            return 'can\'t parse inline keyboard button: Field "text" must be of type String'
        actions = button.keys() - {"text", "style", "icon_custom_emoji_id"}
        if len(actions) != 1:
            return "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        data = button.get("callback_data")
        if "callback_data" in button and not (isinstance(data, str) and 1 <= len(data.encode()) <= DATA_LIMIT):
            return "BUTTON_DATA_INVALID"
    return None


def wrong_type(body: Json) -> str | None:
    """Name the first parameter of a wrong type; strings stand for anything, as in forms."""
    for name, value in body.items():
        wanted = _TYPES.get(name)
        if wanted is None or type(value) is wanted or (isinstance(value, str) and wanted is not str):
            continue
        if value is not None:
            return name
    return None


def _rows(markup: Json) -> list[list[Any]]:
    rows = markup.get("inline_keyboard", markup.get("keyboard", []))
    return [row for row in rows if isinstance(row, list)] if isinstance(rows, list) else []
