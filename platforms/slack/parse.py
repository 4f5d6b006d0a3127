"""Slack's three kinds of requests, already verified, to Messages: events (JSON), slash commands and buttons (forms).

One address takes them all. Owns what each event means; the events' own reading is in `events`. Called by the room's
`receive`; raises nothing but Refusal(400, "not_json"), for what is neither JSON nor one of Slack's forms.

Source: https://docs.slack.dev/apis/events-api, https://docs.slack.dev/interactivity/implementing-slash-commands,
https://docs.slack.dev/reference/interaction-payloads/block_actions-payload (read 2026-11-22).
"""

from __future__ import annotations

import hashlib
from urllib.parse import parse_qsl

import msgspec

from game_state.message import Kind, Message
from platforms.contract import Answer, Fault, Headers, Received, Refusal
from platforms.reading import clean, key, load_json, read_event
from platforms.slack.events import is_direct, milliseconds, place, read_callback
from platforms.slack.markup import to_words
from platforms.slack.wire import BlockActions, Envelope, PressedMessage, SlashCommand

_INTERACTIONS = frozenset(
    {
        "block_suggestion",
        "dialog_cancellation",
        "dialog_submission",
        "dialog_suggestion",
        "interactive_message",
        "message_action",
        "shortcut",
        "view_closed",
        "view_submission",
        "workflow_step_edit",
    }
)
"""Kinds of interactions that Parlor knows and has no use for."""


def parse(headers: Headers, body: bytes) -> Received:
    """Read one verified body."""
    if _is_form(headers, body):
        return _read_form(body)
    return _read_json(load_json(body))


def _is_form(headers: Headers, body: bytes) -> bool:
    content_type = (headers.get("Content-Type") or "").partition(";")[0].strip().lower()
    if content_type == "application/x-www-form-urlencoded":
        return True
    if content_type == "application/json":
        return False
    # A proxy may have dropped the header: no JSON object or array starts like a form field's name.
    return b"=" in body and body.lstrip()[:1] not in {b"{", b"[", b'"'}


def _read_form(body: bytes) -> Received:
    try:
        fields = dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True))
    except ValueError:
        raise Refusal(400, "not_json") from None
    if "payload" in fields:
        # A percent-encoded lone surrogate cannot be: parse_qsl replaces what is no UTF-8.
        return _read_json(load_json(fields["payload"].encode("utf-8", "replace")))
    if fields.get("ssl_check") == "1":
        return Received(dropped=("ssl_check",))
    if "command" in fields:
        return _read_command(fields, body)
    raise Refusal(400, "not_json")


def _read_command(fields: dict[str, str], body: bytes) -> Received:
    command = read_event(msgspec.json.encode(fields), SlashCommand, "$")
    if isinstance(command, Fault):
        return Received(faults=(command,))
    if not command.channel_id or not command.command:
        return Received(dropped=("incomplete",))
    words, _ = to_words(command.text, None)
    message = Message(
        kind=Kind.TEXT,
        address=command.channel_id,
        # Slack always sends a trigger id; without one only the very same bytes are the same command.
        dedupe_key=key("c:" + (command.trigger_id or hashlib.sha256(body).hexdigest())),
        group=not is_direct(command.channel_id, None),
        sender=command.user_id or None,
        text=f"{clean(command.command)} {words}".rstrip(),
        addressed=True,
    )
    return Received(messages=(message,))


def _read_json(raw: msgspec.Raw) -> Received:
    envelope = read_event(raw, Envelope, "$")
    if isinstance(envelope, Fault):
        return Received(faults=(envelope,))
    if envelope.type == "url_verification":
        return Received(answer=Answer(body=(envelope.challenge or "").encode("utf-8", "replace")))
    if envelope.type == "app_rate_limited":
        return Received(dropped=("app_rate_limited",))
    if envelope.type == "block_actions":
        return _read_buttons(raw)
    if envelope.type in _INTERACTIONS:
        return Received(dropped=(envelope.type,))
    if envelope.event:
        return read_callback(envelope, envelope.event, "$.event")
    return Received(dropped=("unknown_type",))


def _read_buttons(raw: msgspec.Raw) -> Received:
    pressed = read_event(raw, BlockActions, "$")
    if isinstance(pressed, Fault):
        return Received(faults=(pressed,))
    container = pressed.container
    channel = (pressed.channel.id if pressed.channel else None) or (container.channel_id if container else None)
    if not channel or not pressed.user.id:
        return Received(dropped=("incomplete",))
    stands_in = pressed.message or PressedMessage()
    message_ts = (container.message_ts if container else None) or stands_in.ts or ""
    address, thread = place(channel, message_ts, (container.thread_ts if container else None) or stands_in.thread_ts)
    messages: list[Message] = []
    dropped: list[str] = []
    for number, action in enumerate(pressed.actions):
        value = action.value or action.action_id
        if action.type != "button" or not value:
            dropped.append("block_action")
            continue
        press = pressed.trigger_id or f"{message_ts}:{action.action_ts or ''}"
        messages.append(
            Message(
                kind=Kind.BUTTON,
                address=address,
                dedupe_key=key(f"b:{press}" + (f":{number}" if number else "")),
                group=not is_direct(channel, None),
                sender=pressed.user.id,
                addressed=True,
                button=clean(value),
                message_id=message_ts or None,
                thread=thread,
                sent_at_ms=milliseconds(action.action_ts),
            )
        )
    return Received(messages=tuple(messages), dropped=tuple(dropped))
