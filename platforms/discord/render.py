"""Replies to requests of Discord's API.

Owns the JSON of messages and the choice of the way: while the interaction's token lives, its deferral is edited by
the turn's first reply and followed up by the others; without it, messages are posted to the channel by the bot. Does
no I/O; the replies fit the room's capabilities already.

A repeated edit changes nothing and a repeated post to the channel is recognised by its nonce; a follow-up has no key,
so one of unknown outcome may come twice.

Source: https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages,
https://docs.discord.com/developers/resources/message#create-message (read 2026-11-22).
"""

from __future__ import annotations

import base64
import hashlib
from typing import Literal
from urllib.parse import quote

import msgspec

from game_state.message import Origin, Reply
from platforms.contract import Bot, Delivery, Request, Sending
from platforms.discord.answers import ANSWER_ID
from platforms.discord.markdown import escape
from platforms.discord.parse import TOKEN_LIFE_MS, TOKEN_MARGIN_MS
from platforms.text import shorten

API = "https://discord.com"
USER_AGENT = "DiscordBot (https://parlor.invalid, 1)"
"""Without this form of it Cloudflare may block the request."""
LABEL_LIMIT = 80
BUTTONS = 24
"""Five rows of five, less the answer button."""

CLOSE = "close_deferral"
EDIT_EARLY = "edit_deferral_early"
EARLY_MS = 15_000
"""So long after an interaction "unknown webhook" still means that Discord has not read our deferral yet.

Source: https://github.com/discord/discord-api-docs/issues/7220, up to 10 s seen.
"""

_ROW = 5
_PRIMARY, _SECONDARY = 1, 2


def render(bot: Bot, delivery: Delivery, now_ms: int) -> Sending:
    """Make the request for one reply."""
    origin = delivery.origin
    if delivery.reply.silent:
        return Sending(request=_close(bot, delivery), uses_token=origin.token is not None)
    if origin.token is not None and now_ms < origin.token_expires_at_ms:
        return Sending(request=_by_token(bot, delivery, origin.token, now_ms), uses_token=True)
    return Sending(request=_by_channel(bot, delivery))


def typing(bot: Bot, address: str, origin: Origin) -> Request | None:
    """Make the request that shows typing for 10 s; a deferral shows it by itself."""
    if origin.token is not None:
        return None
    return _request(bot, "POST", f"/channels/{address}/typing", name="typing", with_bot_token=True)


def _close(bot: Bot, delivery: Delivery) -> Request:
    """End a deferral that gets no reply. A dead token leaves nothing to end: the answer 404 is as good as 204."""
    token = delivery.origin.token
    if token is None:
        # Nothing shows as waiting. The outbox wants a request all the same: the channel's, which changes nothing.
        return _request(bot, "GET", f"/channels/{delivery.address}", name=CLOSE, with_bot_token=True)
    return _request(bot, "DELETE", f"{_webhook(bot, token)}/messages/@original", name=CLOSE)


def _by_token(bot: Bot, delivery: Delivery, token: str, now_ms: int) -> Request:
    if delivery.origin.position > 0:
        return _request(bot, "POST", _webhook(bot, token), _message(delivery.reply), name="follow_up")
    sent_at_ms = delivery.origin.token_expires_at_ms - TOKEN_LIFE_MS + TOKEN_MARGIN_MS
    name = EDIT_EARLY if now_ms < sent_at_ms + EARLY_MS else "edit_deferral"
    return _request(bot, "PATCH", f"{_webhook(bot, token)}/messages/@original", _message(delivery.reply), name=name)


def _by_channel(bot: Bot, delivery: Delivery) -> Request:
    origin = delivery.origin
    body = _message(delivery.reply)
    body["nonce"] = nonce(delivery.key)
    body["enforce_nonce"] = True
    if origin.group and origin.position == 0 and origin.message_id is not None:
        body["message_reference"] = {"message_id": origin.message_id, "fail_if_not_exists": False}
        body["allowed_mentions"] = {"parse": [], "replied_user": False}
    path = f"/channels/{delivery.address}/messages"
    return _request(bot, "POST", path, body, name="create_message", with_bot_token=True)


def nonce(key: str) -> str:
    """Return the delivery's key within the 25 characters that a nonce may have."""
    return base64.urlsafe_b64encode(hashlib.sha256(key.encode("utf-8")).digest())[:22].decode("ascii")


def _message(reply: Reply) -> dict[str, object]:
    body: dict[str, object] = {"content": escape(reply.text), "allowed_mentions": {"parse": []}}
    if reply.image_url:
        body["embeds"] = [{"image": {"url": reply.image_url}}]
    if reply.buttons:
        body["components"] = _rows(reply)
    return body


def _rows(reply: Reply) -> list[dict[str, object]]:
    labels: dict[str, str] = {}
    for button in reply.buttons:
        labels.setdefault(button.value, button.label)  # ids are unique within a message, or it is refused
    # Who may press a button may also want to type, and plain messages do not come by HTTP.
    labels.setdefault(ANSWER_ID, "Answer")
    buttons = [
        {
            "type": 2,
            "style": _PRIMARY if value == ANSWER_ID else _SECONDARY,
            "label": shorten(label, LABEL_LIMIT, "utf16"),
            "custom_id": value,
        }
        for value, label in labels.items()
    ]
    return [{"type": 1, "components": buttons[start : start + _ROW]} for start in range(0, len(buttons), _ROW)]


def _webhook(bot: Bot, token: str) -> str:
    return f"/webhooks/{bot.credentials['application_id']}/{quote(token, safe='')}"


def _request(
    bot: Bot,
    method: Literal["GET", "POST", "PATCH", "DELETE"],
    path: str,
    body: dict[str, object] | None = None,
    *,
    name: str,
    with_bot_token: bool = False,
) -> Request:
    headers: list[tuple[str, str]] = [("User-Agent", USER_AGENT)]
    if body is not None:
        headers.append(("Content-Type", "application/json"))
    if with_bot_token:
        headers.append(("Authorization", "Bot " + bot.credentials["bot_token"]))
    return Request(
        url=(bot.api_base or API).rstrip("/") + "/api/v10" + path,
        body=b"" if body is None else msgspec.json.encode(body),
        method=method,
        headers=tuple(headers),
        name=name,
    )
