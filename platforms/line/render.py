"""Replies to requests of LINE's Messaging API.

Owns the JSON of reply and push and the choice between them. The reply token is free and single use: the first call of
a turn spends it and carries the turn's first replies, at most five; whatever comes later is pushed, one reply a call,
since the retry key belongs to one delivery. Does no I/O; the replies fit the room's capabilities already.

Source: https://developers.line.biz/en/docs/messaging-api/sending-messages/,
https://developers.line.biz/en/docs/messaging-api/retrying-api-request/ (read 2026-11-22).
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

import msgspec

from game_state.message import Button
from platforms.contract import Bot, Delivery, Request, Sending
from platforms.text import shorten

API = "https://api.line.me"
REPLIES_PER_CALL = 5
BUTTONS = 13
LABEL_LIMIT = 20
REPLY, PUSH = "message.reply", "message.push"
LOADING_S = 20
"""How long the loading animation shows at most; the reply ends it. LINE takes multiples of 5 from 5 to 60."""


def render(bot: Bot, deliveries: Sequence[Delivery], now_ms: int) -> Sending:
    """Make the reply call of a turn's first replies, or the push of one."""
    first = deliveries[0]
    origin = first.origin
    # Only the turn's first reply may spend the token; a later one alone means that it is spent.
    if origin.token is not None and origin.position == 0 and now_ms < origin.token_expires_at_ms:
        carried = deliveries[:REPLIES_PER_CALL]
        body: dict[str, object] = {"replyToken": origin.token, "messages": _messages(carried)}
        return Sending(request=_post(bot, "/v2/bot/message/reply", body, REPLY), covers=len(carried), uses_token=True)
    body = {"to": first.address, "messages": _messages(deliveries[:1])}
    # LINE refuses a retry key on a reply call, and knows a push by it for 24 hours.
    key = ("X-Line-Retry-Key", first.key)
    return Sending(request=_post(bot, "/v2/bot/message/push", body, PUSH, key))


def typing(bot: Bot, address: str) -> Request | None:
    """Make the request for the loading animation, which only private chats have."""
    if not address.startswith("U"):
        return None
    return _post(bot, "/v2/bot/chat/loading/start", {"chatId": address, "loadingSeconds": LOADING_S}, "loading.start")


def lookup_name(bot: Bot, address: str, sender: str) -> Request:
    """Make the request for a person's profile; a group tells of members who are not the bot's friends too."""
    person, chat = quote(sender, safe=""), quote(address, safe="")
    match address[:1]:
        case "C":
            path = f"/v2/bot/group/{chat}/member/{person}"
        case "R":
            path = f"/v2/bot/room/{chat}/member/{person}"
        case _:
            path = f"/v2/bot/profile/{person}"
    return Request(url=_base(bot) + path, method="GET", headers=(_authorization(bot),), name="profile")


def _messages(deliveries: Sequence[Delivery]) -> list[dict[str, object]]:
    messages: list[dict[str, object]] = [{"type": "text", "text": delivery.reply.text} for delivery in deliveries]
    # LINE shows quick replies of the last message only, so the latest buttons of the call move there.
    buttons = next((delivery.reply.buttons for delivery in reversed(deliveries) if delivery.reply.buttons), ())
    if buttons:
        messages[-1]["quickReply"] = {"items": [_item(button) for button in buttons[:BUTTONS]]}
    return messages


def _item(button: Button) -> dict[str, object]:
    label = shorten(button.label, LABEL_LIMIT, "utf16")
    action = {"type": "postback", "label": label, "data": button.value, "displayText": label}
    return {"type": "action", "action": action}


def _post(bot: Bot, path: str, body: dict[str, object], name: str, *more: tuple[str, str]) -> Request:
    return Request(
        url=_base(bot) + path,
        body=msgspec.json.encode(body),
        headers=(("Content-Type", "application/json"), _authorization(bot), *more),
        name=name,
    )


def _base(bot: Bot) -> str:
    return (bot.api_base or API).rstrip("/")


def _authorization(bot: Bot) -> tuple[str, str]:
    return ("Authorization", "Bearer " + bot.credentials["channel_access_token"])
