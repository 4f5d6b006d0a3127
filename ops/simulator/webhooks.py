"""Signed webhooks as the platforms would send them to us: the way in, for tests, demos and benchmarks.

Owns the bodies of messages, presses and joins of the six platforms (those of Slack's and Discord's own controls are in
`interactions.py` and offered here too). Pure functions: ids come from the caller's counter `seq`, times from `at_ms`, so
the same call makes the same bytes, and sending them twice is a redelivery. Credentials are named as in the configuration.

Chats: Telegram a number (groups negative), Slack `C..`/`D..`, Discord a snowflake, LINE `U..`/`C..`; Messenger and
WhatsApp the person's own id, so there `chat` is the sender unless `group` (WhatsApp only).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from ops.simulator.exchange import Json, encode
from ops.simulator.interactions import (
    Webhook,
    discord_command,
    discord_modal,
    discord_ping,
    discord_press,
    slack_challenge,
    slack_command,
    slack_event,
    slack_message,
    slack_press,
    slack_ts,
)
from ops.simulator.signatures import escape_unicode, key_pair, sign
from ops.simulator.tokens import make_token

__all__ = [
    "Webhook",
    "discord_command",
    "discord_modal",
    "discord_ping",
    "discord_press",
    "join",
    "key_pair",
    "merge",
    "press",
    "slack_challenge",
    "slack_command",
    "slack_press",
    "text",
]

PAGE = "1001"
"""The Messenger page that the made-up events belong to."""


def text(
    platform: str,
    credentials: Mapping[str, str],
    chat: str,
    sender: str,
    name: str,
    words: str,
    *,
    seq: int,
    at_ms: int,
    group: bool = False,
    thread: str | None = None,
) -> Webhook:
    """Return a message of `sender` in `chat`. Raises ValueError for a platform without webhooks.

    Discord sends no plain messages by HTTP: "/name rest" becomes that slash command, anything else `/guess words`.
    """
    match platform:
        case "telegram":
            message = _telegram_message(chat, sender, name, seq, at_ms, group=group, thread=thread)
            message["text"] = words
            if words.startswith("/"):
                length = len(words.split(maxsplit=1)[0])
                message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
            shape: Json = {"update_id": _update(seq), "message": message}
        case "slack":
            shape = slack_event(slack_message(chat, sender, words, seq, at_ms, thread, group=group), seq, at_ms)
        case "discord":
            command, _, rest = words.partition(" ") if words.startswith("/") else ("guess", "", words)
            return discord_command(credentials, chat, sender, name, command, rest, seq=seq, at_ms=at_ms, group=group)
        case "messenger":
            shape = _messenger_event(sender, {"message": {"mid": f"m_in{seq}", "text": words}}, at_ms)
        case "line":
            message = {"id": str(500_000 + seq), "type": "text", "quoteToken": f"q{seq}", "text": words}
            shape = _line_event("message", {"message": message}, chat, sender, seq, at_ms, group=group)
        case "whatsapp":
            message = {"type": "text", "text": {"body": words}}
            shape = _whatsapp_event(credentials, message, chat, sender, name, seq, at_ms, group=group)
        case _:
            raise ValueError(f"no webhooks of {platform}")
    return _signed(platform, credentials, shape, at_ms)


def press(
    platform: str,
    credentials: Mapping[str, str],
    chat: str,
    sender: str,
    name: str,
    value: str,
    *,
    seq: int,
    at_ms: int,
    group: bool = False,
    message_id: str | None = None,
    label: str = "Button",
    listed: bool = False,
) -> Webhook:
    """Return a press of the button with this value under our message `message_id`, or the choice of it in a list (`listed`,
    WhatsApp). Raises ValueError as `text` does."""
    match platform:
        case "telegram":
            message = _telegram_message(chat, sender, name, seq, at_ms, group=group, thread=None)
            message |= {"message_id": int(message_id or 5000), "text": "question"}
            message["from"] = {"id": 1, "is_bot": True, "first_name": "Parlor"}
            query = {"id": str(550_000 + seq), "from": _telegram_user(sender, name), "message": message}
            shape: Json = {
                "update_id": _update(seq),
                "callback_query": {**query, "chat_instance": "-88", "data": value},
            }
        case "slack":
            return slack_press(
                credentials, chat, sender, name, value, seq=seq, at_ms=at_ms, message_id=message_id, label=label
            )
        case "discord":
            return discord_press(
                credentials, chat, sender, name, value, seq=seq, at_ms=at_ms, group=group, message_id=message_id
            )
        case "messenger":
            message = {"mid": f"m_in{seq}", "text": label, "quick_reply": {"payload": value}}
            shape = _messenger_event(sender, {"message": message}, at_ms)
        case "line":
            shape = _line_event("postback", {"postback": {"data": value}}, chat, sender, seq, at_ms, group=group)
        case "whatsapp":
            way = "list_reply" if listed else "button_reply"
            reply = {"type": way, way: {"id": value, "title": label}}
            message = {"type": "interactive", "interactive": reply}
            if message_id is not None:
                message["context"] = {"from": "15550001111", "id": message_id}
            shape = _whatsapp_event(credentials, message, chat, sender, name, seq, at_ms, group=group)
        case _:
            raise ValueError(f"no webhooks of {platform}")
    return _signed(platform, credentials, shape, at_ms)


def join(
    platform: str, credentials: Mapping[str, str], chat: str, sender: str, name: str, *, seq: int, at_ms: int
) -> Webhook:
    """Return the bot's being added to a group by `sender`: Telegram, Slack and LINE; the others have no such event."""
    match platform:
        case "telegram":
            bot = {"id": 1, "is_bot": True, "first_name": "Parlor", "username": "parlor_bot"}
            change = {"chat": _telegram_chat(chat, name), "from": _telegram_user(sender, name), "date": at_ms // 1000}
            change["old_chat_member"] = {"status": "left", "user": bot}
            change["new_chat_member"] = {"status": "member", "user": bot}
            shape: Json = {"update_id": _update(seq), "my_chat_member": change}
        case "slack":
            event = {
                "type": "member_joined_channel",
                "user": "U0BOT",
                "channel": chat,
                "channel_type": "C",
                "team": "T01",
            }
            shape = slack_event({**event, "inviter": sender, "event_ts": slack_ts(seq, at_ms)}, seq, at_ms)
        case "line":
            shape = _line_event("join", {}, chat, sender, seq, at_ms, group=True)
            del shape["events"][0]["source"]["userId"]
        case _:
            raise ValueError(f"no join events of {platform}")
    return _signed(platform, credentials, shape, at_ms)


def merge(platform: str, credentials: Mapping[str, str], parts: Sequence[Webhook], *, at_ms: int) -> Webhook:
    """Return one body with the events of all `parts`, as Messenger, LINE and WhatsApp send when they are busy."""
    if platform not in ("messenger", "line", "whatsapp"):
        raise ValueError(f"{platform} sends one event at a time")
    bodies = [msgspec.json.decode(part.body) for part in parts]
    events = "events" if platform == "line" else "entry"
    shape = {**bodies[0], events: [event for body in bodies for event in body[events]]}
    return _signed(platform, credentials, shape, at_ms)


def _update(seq: int) -> int:
    return 810_000_000 + seq


def _telegram_message(
    chat: str, sender: str, name: str, seq: int, at_ms: int, *, group: bool, thread: str | None
) -> Json:
    message: Json = {
        "message_id": seq,
        "date": at_ms // 1000,
        "chat": _telegram_chat(chat, name if not group else "Group"),
        "from": _telegram_user(sender, name),
    }
    if thread is not None:
        message |= {"message_thread_id": int(thread), "is_topic_message": True}
    return message


def _telegram_chat(chat: str, name: str) -> Json:
    if not chat.startswith("-"):
        return {"id": int(chat), "type": "private", "first_name": name}
    return {"id": int(chat), "type": "supergroup" if chat.startswith("-100") else "group", "title": name}


def _telegram_user(sender: str, name: str) -> Json:
    return {"id": int(sender), "is_bot": False, "first_name": name, "language_code": "en"}


def _messenger_event(sender: str, event: Json, at_ms: int) -> Json:
    event = {"sender": {"id": sender}, "recipient": {"id": PAGE}, "timestamp": at_ms, **event}
    return {"object": "page", "entry": [{"id": PAGE, "time": at_ms, "messaging": [event]}]}


def _line_event(kind: str, event: Json, chat: str, sender: str, seq: int, at_ms: int, *, group: bool) -> Json:
    source = {"type": "user", "userId": sender}
    if group:
        place, field = ("room", "roomId") if chat.startswith("R") else ("group", "groupId")
        source = {"type": place, field: chat, "userId": sender}
    head: Json = {
        "type": kind,
        "mode": "active",
        "timestamp": at_ms,
        "source": source,
        "webhookEventId": f"01J{seq:023d}",
        "deliveryContext": {"isRedelivery": False},
        "replyToken": make_token("reply", seq, chat),
    }
    return {"destination": "U" + "0" * 32, "events": [{**head, **event}]}


def _whatsapp_event(
    credentials: Mapping[str, str],
    message: Json,
    chat: str,
    sender: str,
    name: str,
    seq: int,
    at_ms: int,
    *,
    group: bool,
) -> Json:
    head: Json = {"from": sender, "id": f"wamid.IN{seq}", "timestamp": str(at_ms // 1000)}
    if group:
        head["group_id"] = chat
    value = {
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": "15550001111",
            "phone_number_id": credentials.get("phone_number_id", "100200300"),
        },
        "contacts": [{"profile": {"name": name}, "wa_id": sender}],
        "messages": [{**head, **message}],
    }
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": "200300400", "changes": [{"field": "messages", "value": value}]}],
    }


def _signed(platform: str, credentials: Mapping[str, str], shape: Json, at_ms: int) -> Webhook:
    body = encode(shape)
    if platform in ("messenger", "whatsapp") and not body.isascii():
        # Meta sends, and signs, everything beyond ASCII as \uXXXX.
        body = escape_unicode(body)
    return Webhook(sign(platform, credentials, body, at_ms), body)
