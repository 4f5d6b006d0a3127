"""The events of Slack's Events API to Messages.

Owns what an event means: which are said to the bot, which are its own echo, which are one message told twice. A mention
and its twin `message` event have two event ids and come in any order, so both carry the key of the message itself and
both find the bot's name in the text, whichever is first.

Source: https://docs.slack.dev/reference/events (read 2026-11-22).
"""

from __future__ import annotations

import msgspec

from game_state.message import Kind, Message
from platforms.contract import Fault, Received
from platforms.reading import is_link, key, read_event
from platforms.slack.markup import to_words
from platforms.slack.wire import ChangedEvent, Envelope, MembershipEvent, MessageEvent, Typed

_JOINS = frozenset({"member_joined_channel"})
_LEAVES = frozenset({"member_left_channel", "channel_left", "group_left"})
_ABOUT_THE_BOT = frozenset({"channel_left", "group_left"})
_WRITTEN = frozenset({None, "", "file_share", "thread_broadcast", "me_message"})
"""Subtypes of `message` that a person wrote."""
_SLACKBOT = "USLACKBOT"
"""Slack's own helper, which has a user id but no bot id."""
_KNOWN = frozenset(
    {"app_home_opened", "app_uninstalled", "tokens_revoked", "message.message_deleted", "message.message_replied"}
)
"""Kinds that are dropped by their name; all others count as one, so that the counter stays small."""


def read_callback(envelope: Envelope, raw: msgspec.Raw, path: str) -> Received:
    """Read the event inside an `event_callback`; `path` is its place in the body."""
    typed = read_event(raw, Typed, path)
    if isinstance(typed, Fault):
        return Received(faults=(typed,))
    if typed.type in _JOINS or typed.type in _LEAVES:
        return _membership(envelope, raw, typed, path)
    if typed.type == "app_mention" or (typed.type == "message" and typed.subtype in _WRITTEN):
        return _written(envelope, raw, typed, path)
    if typed.type == "message" and typed.subtype == "message_changed":
        return _changed(envelope, raw, path)
    if typed.type == "message" and typed.subtype == "bot_message":
        return Received(dropped=("bot",))
    name = f"message.{typed.subtype}" if typed.type == "message" else typed.type
    return Received(dropped=(name if name in _KNOWN else "unknown_event",))


def is_direct(channel: str, channel_type: str | None) -> bool:
    """Say whether only one person and the bot can write here. Ids of direct messages begin with D."""
    return channel_type == "im" or channel.startswith("D")


def place(channel: str, ts: str, thread_ts: str | None) -> tuple[str, str | None]:
    """Return the address and the thread. A thread is a conversation of its own; its first message is the channel's."""
    if thread_ts and thread_ts != ts:
        return f"{channel}:{thread_ts}", thread_ts
    return channel, None


def milliseconds(stamp: str | None) -> int:
    """Return Slack's "1790000000.000100" as Unix milliseconds, 0 where there is none."""
    if not stamp:
        return 0
    seconds, _, fraction = stamp.partition(".")
    return int(seconds) * 1000 + int((fraction + "000")[:3])


def _written(envelope: Envelope, raw: msgspec.Raw, typed: Typed, path: str) -> Received:
    event = read_event(raw, MessageEvent, path)
    if isinstance(event, Fault):
        return Received(faults=(event,))
    bot_user = envelope.bot_user()
    if dropped := _left_out(event.channel, event.ts, event.user, event.bot_id, bot_user):
        return Received(dropped=(dropped,))
    words, mentioned = to_words(event.text or "", bot_user)
    kind = Kind.TEXT
    if event.files:
        if any((file.mimetype or "").startswith("image/") for file in event.files):
            kind = Kind.IMAGE
        elif not words:
            return Received(dropped=("file",))
    elif is_link(words):
        kind = Kind.LINK
    direct = is_direct(event.channel, event.channel_type)
    address, thread = place(event.channel, event.ts, event.thread_ts)
    message = Message(
        kind=kind,
        address=address,
        dedupe_key=key(f"m:{event.channel}:{event.ts}"),
        group=not direct,
        sender=event.user or None,
        text=words,
        addressed=direct or mentioned or typed.type == "app_mention",
        message_id=event.ts,
        thread=thread,
        sent_at_ms=milliseconds(event.ts),
    )
    return Received(messages=(message,))


def _changed(envelope: Envelope, raw: msgspec.Raw, path: str) -> Received:
    event = read_event(raw, ChangedEvent, path)
    if isinstance(event, Fault):
        return Received(faults=(event,))
    after = event.message
    bot_user = envelope.bot_user()
    if dropped := _left_out(event.channel, after.ts, after.user, after.bot_id, bot_user):
        return Received(dropped=(dropped,))
    if after.edited is None or not after.edited.ts:
        return Received(dropped=("preview",))
    words, mentioned = to_words(after.text or "", bot_user)
    direct = is_direct(event.channel, event.channel_type)
    address, thread = place(event.channel, after.ts, after.thread_ts)
    message = Message(
        kind=Kind.EDIT,
        address=address,
        dedupe_key=key(f"e:{event.channel}:{after.ts}:{after.edited.ts}"),
        group=not direct,
        sender=after.user or None,
        text=words,
        addressed=direct or mentioned,
        message_id=after.ts,
        thread=thread,
        sent_at_ms=milliseconds(after.edited.ts),
    )
    return Received(messages=(message,))


def _membership(envelope: Envelope, raw: msgspec.Raw, typed: Typed, path: str) -> Received:
    event = read_event(raw, MembershipEvent, path)
    if isinstance(event, Fault):
        return Received(faults=(event,))
    if not event.channel or not envelope.event_id:
        return Received(dropped=("incomplete",))
    own = typed.type in _ABOUT_THE_BOT or (bool(event.user) and event.user == envelope.bot_user())
    message = Message(
        kind=Kind.JOIN if typed.type in _JOINS else Kind.LEAVE,
        address=event.channel,
        dedupe_key=key(f"v:{envelope.event_id}"),
        group=not is_direct(event.channel, None),
        sender=event.user or None,
        addressed=own,
        sent_at_ms=milliseconds(event.event_ts),
    )
    return Received(messages=(message,))


def _left_out(channel: str, ts: str, user: str | None, bot_id: str | None, bot_user: str | None) -> str | None:
    """Name why a message is not played, None when it is. A bot's own messages come back and would answer themselves."""
    if not channel or not ts:
        return "incomplete"
    if user and user == bot_user:
        return "own_echo"
    if bot_id or user == _SLACKBOT:
        return "bot"
    return None
