"""The shapes of Messenger's JSON: only the fields that Parlor reads.

Pure data. Source: https://developers.facebook.com/docs/messenger-platform/reference/webhook-events, read 2026-11-22.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

Milliseconds = Annotated[int, msgspec.Meta(ge=0, le=2**50)]
Identifier = Annotated[str, msgspec.Meta(pattern=r"^[^\x00]+$", max_length=400)]


class Party(msgspec.Struct, frozen=True, kw_only=True):
    id: Identifier
    """A page-scoped user id (PSID), or the page's own id."""


class QuickReply(msgspec.Struct, frozen=True, kw_only=True):
    payload: str


class Coordinates(msgspec.Struct, frozen=True, kw_only=True):
    lat: float
    long: float


class AttachmentPayload(msgspec.Struct, frozen=True, kw_only=True):
    url: str | None = None
    title: str | None = None
    sticker_id: int | None = None
    coordinates: Coordinates | None = None


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    type: str
    """image, video, audio, file, location, fallback (a shared link), template."""
    payload: AttachmentPayload | None = None
    url: str | None = None
    title: str | None = None


class Content(msgspec.Struct, frozen=True, kw_only=True):
    mid: Identifier
    text: str | None = None
    quick_reply: QuickReply | None = None
    attachments: tuple[Attachment, ...] = ()
    is_echo: bool = False


class Postback(msgspec.Struct, frozen=True, kw_only=True):
    mid: str | None = None
    """Not on every page's API version."""
    title: str = ""
    payload: str = ""


class MessageEdit(msgspec.Struct, frozen=True, kw_only=True):
    mid: Identifier
    text: str = ""
    num_edit: int | None = None
    num_edits: int | None = None
    """Libraries of others know the count by this name; both are read."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    sender: Party | None = None
    """Absent in events that Parlor does not play."""
    timestamp: Milliseconds = 0
    message: Content | None = None
    postback: Postback | None = None
    message_edit: MessageEdit | None = None


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    message_id: str


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    first_name: str = ""
    last_name: str = ""
    name: str = ""
