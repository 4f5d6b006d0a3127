"""The shapes of WhatsApp's JSON: only the fields that Parlor reads.

Pure data. Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks, read 2026-11-22.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

Seconds = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,12}$")]
"""Unix seconds, as a string of digits."""
Identifier = Annotated[str, msgspec.Meta(pattern=r"^[^\x00]+$", max_length=400)]
MaybeIdentifier = Annotated[str, msgspec.Meta(pattern=r"^[^\x00]*$", max_length=400)]
"""An id, or "" where it is not told."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    field: str
    value: msgspec.Raw


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    display_phone_number: str = ""
    phone_number_id: str


class ContactProfile(msgspec.Struct, frozen=True, kw_only=True):
    name: str = ""
    username: str = ""


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    profile: ContactProfile = ContactProfile()
    wa_id: MaybeIdentifier = ""
    """The phone number, digits only; missing for people who show a user name instead."""
    user_id: MaybeIdentifier = ""
    """The business-scoped user id (BSUID), like "BR.9001"."""


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """The value of a change of the field "messages"."""

    metadata: Metadata
    contacts: tuple[Contact, ...] = ()
    messages: tuple[msgspec.Raw, ...] = ()
    statuses: tuple[msgspec.Raw, ...] = ()
    errors: tuple[msgspec.Raw, ...] = ()


class Text(msgspec.Struct, frozen=True, kw_only=True):
    body: str


class Media(msgspec.Struct, frozen=True, kw_only=True):
    caption: str = ""


class Location(msgspec.Struct, frozen=True, kw_only=True):
    latitude: float
    longitude: float


class InteractiveReply(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    title: str = ""


class Interactive(msgspec.Struct, frozen=True, kw_only=True):
    type: str = ""
    button_reply: InteractiveReply | None = None
    list_reply: InteractiveReply | None = None


class TemplateButton(msgspec.Struct, frozen=True, kw_only=True):
    text: str = ""
    payload: str = ""


class Context(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    from_: str = ""
    """Who wrote the message that this one answers."""


class System(msgspec.Struct, frozen=True, kw_only=True):
    type: str = ""
    wa_id: MaybeIdentifier = ""
    user_id: MaybeIdentifier = ""


class EditedMessage(msgspec.Struct, frozen=True, kw_only=True):
    text: Text | None = None
    image: Media | None = None
    video: Media | None = None
    document: Media | None = None


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    original_message_id: str = ""
    message: EditedMessage = EditedMessage()


class ChatMessage(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    id: Identifier
    type: str
    timestamp: Seconds
    from_: MaybeIdentifier = ""
    from_user_id: MaybeIdentifier = ""
    group_id: MaybeIdentifier = ""
    context: Context | None = None
    text: Text | None = None
    image: Media | None = None
    video: Media | None = None
    document: Media | None = None
    location: Location | None = None
    interactive: Interactive | None = None
    button: TemplateButton | None = None
    edit: Edit | None = None
    system: System | None = None


class SentMessage(msgspec.Struct, frozen=True, kw_only=True):
    id: str


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    messages: Annotated[tuple[SentMessage, ...], msgspec.Meta(min_length=1)]
