"""Webhooks of what players do with Slack's and Discord's own controls: commands, buttons, modals, handshakes.

Owns the bodies of these requests. Pure: ids and times come from the caller. Called through `webhooks.py`.
Sources: https://docs.slack.dev/interactivity, https://docs.discord.com/developers/interactions (2026-08).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from ops.simulator.discord import EPOCH_MS
from ops.simulator.exchange import Json, encode
from ops.simulator.signatures import FORM, sign
from ops.simulator.tokens import make_token


class Webhook(NamedTuple):
    """One signed request that a platform sends to us."""

    headers: dict[str, str]
    body: bytes


def slack_challenge(credentials: Mapping[str, str], challenge: str, *, at_ms: int) -> Webhook:
    """Return Slack's handshake; the answer holds the challenge."""
    body = encode({"type": "url_verification", "token": "unused", "challenge": challenge})
    return Webhook(sign("slack", credentials, body, at_ms), body)


def slack_command(
    credentials: Mapping[str, str],
    chat: str,
    sender: str,
    name: str,
    command: str,
    words: str = "",
    *,
    seq: int,
    at_ms: int,
    response_url: str | None = None,
) -> Webhook:
    """Return a slash command ("/play"); `trigger_id` is made from `seq`."""
    fields = {
        "token": "unused",
        "team_id": "T01",
        "team_domain": "parlor",
        "channel_id": chat,
        "channel_name": "directmessage" if chat.startswith("D") else "general",
        "user_id": sender,
        "user_name": name.lower(),
        "command": command if command.startswith("/") else f"/{command}",
        "text": words,
        "api_app_id": "A01",
        "is_enterprise_install": "false",
        "response_url": response_url or f"https://hooks.slack.com/commands/T01/{seq}/x",
        "trigger_id": f"{seq}.2.t{seq}",
    }
    body = urlencode(fields).encode()
    return Webhook(sign("slack", credentials, body, at_ms, FORM), body)


def slack_press(
    credentials: Mapping[str, str],
    chat: str,
    sender: str,
    name: str,
    value: str,
    *,
    seq: int,
    at_ms: int,
    message_id: str | None = None,
    thread: str | None = None,
    label: str = "Button",
) -> Webhook:
    """Return a press of a button with this value."""
    message: Json = {"type": "message", "ts": message_id or "1790000000.000100", "text": "question", "user": "U0BOT"}
    if thread is not None:
        message["thread_ts"] = thread
    stamp = f"{at_ms // 1000}.{seq % 1_000_000:06d}"
    action = {"type": "button", "action_id": "a0", "block_id": "b0", "value": value, "action_ts": stamp}
    action_text = {"type": "plain_text", "text": label, "emoji": True}
    payload = {
        "type": "block_actions",
        "user": {"id": sender, "username": name.lower(), "name": name.lower(), "team_id": "T01"},
        "team": {"id": "T01", "domain": "parlor"},
        "api_app_id": "A01",
        "token": "unused",
        "trigger_id": f"{seq}.2.t{seq}",
        "response_url": f"https://hooks.slack.com/actions/T01/{seq}/x",
        "container": {"type": "message", "message_ts": message["ts"], "channel_id": chat, "is_ephemeral": False},
        "channel": {"id": chat, "name": "directmessage" if chat.startswith("D") else "general"},
        "message": message,
        "actions": [{**action, "text": action_text}],
    }
    body = urlencode({"payload": encode(payload).decode()}).encode()
    return Webhook(sign("slack", credentials, body, at_ms, FORM), body)


def slack_ts(seq: int, at_ms: int) -> str:
    """Return a message's timestamp, its id in the channel; unique by `seq`."""
    return f"{at_ms // 1000 + seq // 1_000_000}.{seq % 1_000_000:06d}"


def slack_message(chat: str, sender: str, words: str, seq: int, at_ms: int, thread: str | None, *, group: bool) -> Json:
    """Return the inner event of a message; mentions in `words` are markup already."""
    escaped = words
    if "<@" not in words:
        # A mention is markup already; anything else arrives with its three special characters as entities.
        escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    event: Json = {
        "type": "message",
        "channel": chat,
        "channel_type": "channel" if group else "im",
        "user": sender,
        "text": escaped,
        "ts": slack_ts(seq, at_ms),
        "event_ts": slack_ts(seq, at_ms),
        "client_msg_id": f"00000000-0000-4000-8000-{seq:012d}",
        "team": "T01",
    }
    if thread is not None:
        event["thread_ts"] = thread
    return event


def slack_event(event: Json, seq: int, at_ms: int) -> Json:
    """Return the envelope around an inner event; `event_id` is made from `seq`."""
    authorization = {"enterprise_id": None, "team_id": "T01", "user_id": "U0BOT", "is_bot": True}
    return {
        "token": "unused",
        "team_id": "T01",
        "api_app_id": "A01",
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{seq:010d}",
        "event_time": at_ms // 1000,
        "authorizations": [{**authorization, "is_enterprise_install": False}],
        "is_ext_shared_channel": False,
    }


def discord_ping(credentials: Mapping[str, str], *, seq: int, at_ms: int) -> Webhook:
    """Return Discord's handshake; the answer is `{"type":1}`."""
    shape = {"id": snowflake(at_ms, seq), "application_id": _app(credentials), "type": 1, "version": 1, "token": "ping"}
    return _signed(credentials, shape, at_ms)


def discord_command(
    credentials: Mapping[str, str],
    chat: str,
    sender: str,
    name: str,
    command: str,
    words: str = "",
    *,
    seq: int,
    at_ms: int,
    group: bool = False,
    option: str = "text",
    permissions: int = 0,
) -> Webhook:
    """Return a slash command; `words` become its option of the given name, `permissions` are the member's bits in a group."""
    data: Json = {"id": "555", "name": command.lstrip("/"), "type": 1}
    if words:
        data["options"] = [{"name": option, "type": 3, "value": words}]
    shape = _interaction(2, credentials, chat, sender, name, data, seq, at_ms, group)
    if group:
        shape["member"]["permissions"] = str(permissions)
    return _signed(credentials, shape, at_ms)


def discord_press(
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
) -> Webhook:
    """Return a press of the button with this `custom_id`."""
    data: Json = {"custom_id": value, "component_type": 2, "id": 2}
    shape = _interaction(3, credentials, chat, sender, name, data, seq, at_ms, group)
    _on(shape, message_id or snowflake(at_ms - 1, seq))
    return _signed(credentials, shape, at_ms)


def discord_modal(
    credentials: Mapping[str, str],
    chat: str,
    sender: str,
    name: str,
    words: str,
    *,
    seq: int,
    at_ms: int,
    group: bool = False,
    modal: str = "answer",
    field: str = "answer",
    old_form: bool = False,
    message_id: str | None = None,
) -> Webhook:
    """Return a submitted modal with one text field; `old_form` puts it in an action row and not in a label, `message_id` is
    the message whose button opened it."""
    value = {"type": 4, "id": 2, "custom_id": field, "value": words}
    component = {"type": 1, "components": [value]} if old_form else {"type": 18, "id": 1, "component": value}
    data = {"custom_id": modal, "components": [component]}
    shape = _interaction(5, credentials, chat, sender, name, data, seq, at_ms, group)
    if message_id is not None:
        _on(shape, message_id)
    return _signed(credentials, shape, at_ms)


def snowflake(at_ms: int, seq: int) -> str:
    """Return Discord's id for something at `at_ms`, unique by `seq` within 4 million."""
    return str(((at_ms - EPOCH_MS) << 22) | (seq % (1 << 22)))


def _app(credentials: Mapping[str, str]) -> str:
    return credentials.get("application_id", "900")


def _interaction(
    kind: int,
    credentials: Mapping[str, str],
    chat: str,
    sender: str,
    name: str,
    data: Json,
    seq: int,
    at_ms: int,
    group: bool,
) -> Json:
    user = {"id": sender, "username": f"user{sender}", "global_name": name, "discriminator": "0", "avatar": None}
    shape: Json = {
        "id": snowflake(at_ms, seq),
        "application_id": _app(credentials),
        "type": kind,
        "token": make_token("interaction", seq, chat),
        "version": 1,
        "channel_id": chat,
        "channel": {"id": chat, "type": 0 if group else 1},
        "locale": "en-US",
        "app_permissions": "0",
        "entitlements": [],
        "attachment_size_limit": 10485760,
        "authorizing_integration_owners": {"0": "700"},
        "context": 0 if group else 1,
        "data": data,
    }
    if group:
        shape |= {"guild_id": "700", "guild_locale": "en-US"}
        shape["member"] = {"user": user, "nick": None, "roles": [], "permissions": "0"}
        shape["member"]["joined_at"] = "2025-01-01T00:00:00+00:00"
    else:
        shape["user"] = user
    return shape


def _on(shape: Json, message_id: str) -> None:
    """Make it an interaction with this message of ours."""
    chat = shape["channel_id"]
    author = {"id": shape["application_id"], "username": "parlor", "bot": True}
    shape["message"] = {"id": message_id, "channel_id": chat, "author": author}
    shape["message"] |= {"content": "question", "type": 0, "timestamp": "2026-11-22T12:00:00+00:00", "components": []}
    shape["token"] = make_token("interaction", int(shape["id"]) & 0x3FFFFF, chat, pressed=message_id)


def _signed(credentials: Mapping[str, str], shape: Json, at_ms: int) -> Webhook:
    body = encode(shape)
    return Webhook(sign("discord", credentials, body, at_ms), body)
