"""Replies to requests of Discord's API.

Owns the JSON of messages and the choice of the way. While the interaction's token lives, a command's deferral is edited
by the turn's first reply, and everything else follows up; without it, messages are posted to the channel by the bot. A
board is edited where it stands, by the token of a press on it or else by the bot; only a command's deferral is rather
filled by it, so that it comes down to who asked. Does no I/O; the replies fit the room's capabilities already.

A repeated edit changes nothing and a repeated post to the channel is recognised by its nonce; a follow-up has no key,
so one of unknown outcome may come twice.

An origin with a token and a message is a press (or a modal that a press opened): nothing shows as waiting, and the
interaction's "original" is that message.

Source: https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages,
https://docs.discord.com/developers/resources/message#create-message,
https://docs.discord.com/developers/resources/message#edit-message (read 2026-11-22).
"""

from __future__ import annotations

import base64
import hashlib
from typing import Literal
from urllib.parse import quote

import msgspec

from game_state.message import Origin, Reply
from languages.voice import voice_of
from platforms.contract import NOTHING, Bot, Delivery, Request, Sending
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
EDIT_EARLY, FOLLOW_UP_EARLY, BOARD_EARLY = "edit_deferral_early", "follow_up_early", "edit_pressed_early"
EARLY_MS = 15_000
"""So long after an interaction "unknown webhook" still means that Discord has not read our answer to it yet.

Source: https://github.com/discord/discord-api-docs/issues/7220, up to 10 s seen.
"""

_ROW = 5
_PRIMARY, _SECONDARY = 1, 2


def render(bot: Bot, delivery: Delivery, now_ms: int) -> Sending:
    """Make the request for one reply."""
    origin = delivery.origin
    token, pressed = origin.token, origin.message_id
    if delivery.reply.silent:
        return NOTHING if token is None or pressed is not None else Sending(request=_close(bot, token), uses_token=True)
    if token is not None and now_ms >= origin.token_expires_at_ms:
        token = None
    board = delivery.edits
    if board is not None and (token is None or pressed is not None or origin.position > 0):
        if token is not None and pressed == board:
            return Sending(request=_edit_pressed(bot, delivery, token, now_ms), uses_token=True, edits=board)
        return Sending(request=_edit(bot, delivery, board), edits=board)
    if token is not None:
        return Sending(request=_by_token(bot, delivery, token, now_ms), uses_token=True)
    return Sending(request=_by_channel(bot, delivery))


def typing(bot: Bot, address: str, origin: Origin) -> Request | None:
    """Make the request that shows typing for 10 s; a deferral shows it by itself."""
    if origin.token is not None and origin.message_id is None:
        return None
    return _request(bot, "POST", f"/channels/{address}/typing", name="typing", with_bot_token=True)


def _close(bot: Bot, token: str) -> Request:
    """End a deferral that gets no reply. A dead token leaves nothing to end: the answer 404 is as good as 204."""
    return _request(bot, "DELETE", f"{_webhook(bot, token)}/messages/@original", name=CLOSE)


def _by_token(bot: Bot, delivery: Delivery, token: str, now_ms: int) -> Request:
    origin, early = delivery.origin, _is_early(delivery.origin, now_ms)
    if origin.position > 0 or origin.message_id is not None:
        name = FOLLOW_UP_EARLY if early else "follow_up"
        return _request(bot, "POST", _webhook(bot, token), _message(bot, delivery.reply), name=name)
    name = EDIT_EARLY if early else "edit_deferral"
    return _request(
        bot, "PATCH", f"{_webhook(bot, token)}/messages/@original", _message(bot, delivery.reply), name=name
    )


def _edit_pressed(bot: Bot, delivery: Delivery, token: str, now_ms: int) -> Request:
    name = BOARD_EARLY if _is_early(delivery.origin, now_ms) else "edit_pressed"
    return _request(bot, "PATCH", f"{_webhook(bot, token)}/messages/@original", _whole(bot, delivery.reply), name=name)


def _edit(bot: Bot, delivery: Delivery, message_id: str) -> Request:
    path = f"/channels/{delivery.address}/messages/{message_id}"
    return _request(bot, "PATCH", path, _whole(bot, delivery.reply), name="edit_message", with_bot_token=True)


def _is_early(origin: Origin, now_ms: int) -> bool:
    sent_at_ms = origin.token_expires_at_ms - TOKEN_LIFE_MS + TOKEN_MARGIN_MS
    return now_ms < sent_at_ms + EARLY_MS


def _by_channel(bot: Bot, delivery: Delivery) -> Request:
    origin = delivery.origin
    body = _message(bot, delivery.reply)
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


def _message(bot: Bot, reply: Reply) -> dict[str, object]:
    body: dict[str, object] = {"content": escape(reply.text), "allowed_mentions": {"parse": []}}
    if reply.image_url:
        body["embeds"] = [{"image": {"url": reply.image_url}}]
    if reply.buttons:
        body["components"] = _rows(bot, reply)
    return body


def _whole(bot: Bot, reply: Reply) -> dict[str, object]:
    """Return all of a message: an edit keeps what it does not name."""
    return {"embeds": [], "components": [], **_message(bot, reply)}


def _rows(bot: Bot, reply: Reply) -> list[dict[str, object]]:
    labels: dict[str, str] = {}
    for button in reply.buttons:
        labels.setdefault(button.value, button.label)  # ids are unique within a message, or it is refused
    # Who may press a button may also want to type, and plain messages do not come by HTTP.
    labels.setdefault(ANSWER_ID, voice_of(bot.language).say("Answer"))
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
