"""LINE's JSON as typed structs: only the fields that Parlor uses, unknown ones ignored.

Owns shapes, no meaning: `parse` reads them.

Source: https://developers.line.biz/en/reference/messaging-api/#webhook-event-objects (read 2026-11-22).
"""

from __future__ import annotations

from typing import Annotated

import msgspec

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=150, pattern=r"^[!-~]+\Z")]
"""Printable ASCII: ids become addresses and keys."""
Milliseconds = Annotated[int, msgspec.Meta(ge=0, lt=2**53)]


class Body(msgspec.Struct, frozen=True):
    """A webhook body. The events are decoded one by one, so that one of unknown shape costs the others nothing."""

    events: tuple[msgspec.Raw, ...]
    """Empty for a connection check."""


class Typed(msgspec.Struct, frozen=True):
    """The first look at an event: its kind, before anything else of it is believed."""

    type: str
    mode: str = "active"


class UserSource(msgspec.Struct, frozen=True, tag_field="type", tag="user"):
    """A private chat."""

    user: Id = msgspec.field(name="userId")


class GroupSource(msgspec.Struct, frozen=True, tag_field="type", tag="group"):
    """A group chat. Who wrote may be missing."""

    group: Id = msgspec.field(name="groupId")
    user: Id | None = msgspec.field(default=None, name="userId")


class RoomSource(msgspec.Struct, frozen=True, tag_field="type", tag="room"):
    """A chat of several people without a group."""

    room: Id = msgspec.field(name="roomId")
    user: Id | None = msgspec.field(default=None, name="userId")


class Redelivery(msgspec.Struct, frozen=True):
    """`deliveryContext`."""

    again: bool = msgspec.field(default=False, name="isRedelivery")


class Mentionee(msgspec.Struct, frozen=True):
    """One mention in a text; place and length count UTF-16 code units."""

    index: int
    length: int
    own: bool = msgspec.field(default=False, name="isSelf")


class Mention(msgspec.Struct, frozen=True):
    """The mentions of a text."""

    mentionees: tuple[Mentionee, ...] = ()


class Content(msgspec.Struct, frozen=True):
    """`message` of an event: a text, sticker, picture, place or file."""

    id: Id
    type: str
    text: str | None = None
    mention: Mention | None = None
    title: str | None = None
    address: str | None = None


class Postback(msgspec.Struct, frozen=True):
    """What a pressed button says."""

    data: str


class Person(msgspec.Struct, frozen=True):
    """Somebody who joined or left."""

    user: Id | None = msgspec.field(default=None, name="userId")


class Members(msgspec.Struct, frozen=True):
    """Those who joined or left."""

    members: tuple[Person, ...]


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What every event of a conversation has."""

    source: UserSource | GroupSource | RoomSource
    timestamp: Milliseconds
    """When it happened, Unix milliseconds; a redelivery keeps it."""
    event_id: Id = msgspec.field(name="webhookEventId")
    reply_token: Id | None = msgspec.field(default=None, name="replyToken")
    redelivery: Redelivery | None = msgspec.field(default=None, name="deliveryContext")


class MessageEvent(Event, frozen=True, kw_only=True):
    """`message` and `messageEdited`."""

    message: Content


class PostbackEvent(Event, frozen=True, kw_only=True):
    """`postback`."""

    postback: Postback


class JoinedEvent(Event, frozen=True, kw_only=True):
    """`memberJoined`."""

    joined: Members


class LeftEvent(Event, frozen=True, kw_only=True):
    """`memberLeft`."""

    left: Members


class Sent(msgspec.Struct, frozen=True):
    """One message that was taken."""

    id: str


class SentAnswer(msgspec.Struct, frozen=True):
    """The answer to a reply or a push."""

    sent: tuple[Sent, ...] = msgspec.field(default=(), name="sentMessages")


class ErrorAnswer(msgspec.Struct, frozen=True):
    """What went wrong."""

    message: str = ""


class ProfileAnswer(msgspec.Struct, frozen=True):
    """How a person is called."""

    name: str | None = msgspec.field(default=None, name="displayName")
