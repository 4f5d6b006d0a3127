"""One WhatsApp message to a Message: who wrote it, where, and what it says.

Owns senders, kinds and words; `parse` owns the way through the body. Pure.
Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages,
read 2026-11-22.
"""

from __future__ import annotations

from game_state.message import Kind, Message
from platforms.reading import clean, is_link, key, place
from platforms.whatsapp.address import group_address
from platforms.whatsapp.wire import ChatMessage, Contact, EditedMessage, Value

CARRIED = frozenset({"text", "image", "location", "button", "edit"})
"""Message types whose content stands under the type's own name and has to be there."""
UNREAD_KINDS = frozenset(
    {
        *("audio", "video", "document", "contacts", "order", "reaction", "revoke", "unsupported", "interactive"),
        *("request_welcome", "ephemeral", "errors", "poll"),
    }
)
"""Message types that Parlor cannot play, or only with contents that the message lacks; any other is "unknown"."""


def lacking(message: ChatMessage, value: Value) -> str | None:
    """Return the name of the field without which this message cannot be read, or None when nothing is lacking."""
    if message.type in CARRIED and getattr(message, message.type) is None:
        return message.type
    return None if _sender(message, _contact(message, value)) else "from"


def read_content(message: ChatMessage, value: Value) -> Message | str:
    """Read one message of a change that lacks nothing; a string is the name to drop it by."""
    content = _content(message)
    if content is None:
        return message.type if message.type in UNREAD_KINDS else "unknown"
    kind, text, button = content
    contact = _contact(message, value)
    sender = _sender(message, contact)
    group = bool(message.group_id)
    own_number = value.metadata.display_phone_number.lstrip("+")
    mention = f"@{own_number}"
    mentioned = bool(own_number) and mention in text
    answers = message.context is not None and message.context.from_ in (own_number, value.metadata.phone_number_id)
    return Message(
        kind=kind,
        address=group_address(message.group_id) if group else sender,
        dedupe_key=key(f"{'e' if kind is Kind.EDIT else 'm'}:{message.id}"),
        group=group,
        sender=sender,
        sender_name=clean(contact.profile.name or contact.profile.username) or None,
        text=_without(text, mention) if mentioned else text,
        addressed=not group or mentioned or answers or kind is Kind.BUTTON or text.startswith("/"),
        button=button,
        message_id=message.id,
        sent_at_ms=int(message.timestamp) * 1000,
    )


def _sender(message: ChatMessage, contact: Contact) -> str:
    return message.from_user_id or contact.user_id or message.from_ or contact.wa_id


def _contact(message: ChatMessage, value: Value) -> Contact:
    for contact in value.contacts:
        if (message.from_ and contact.wa_id == message.from_) or (
            message.from_user_id and contact.user_id == message.from_user_id
        ):
            return contact
    # A sender without any id of his own in the message is the only contact there is.
    alone = not message.from_ and not message.from_user_id
    return value.contacts[0] if alone and value.contacts else Contact()


def _content(message: ChatMessage) -> tuple[Kind, str, str | None] | None:
    """Return kind, words and button value, or None where there is nothing to play."""
    match message.type:
        case "text" if message.text is not None:
            text = clean(message.text.body)
            return (Kind.LINK if is_link(text) else Kind.TEXT), text, None
        case "image" if message.image is not None:
            return Kind.IMAGE, clean(message.image.caption), None
        case "sticker":
            return Kind.STICKER, "", None
        case "location" if message.location is not None:
            return Kind.LOCATION, place(message.location.latitude, message.location.longitude), None
        case "button" if message.button is not None:
            text = clean(message.button.text)
            return Kind.BUTTON, text, clean(message.button.payload) or text
        case "interactive" if message.interactive is not None:
            reply = message.interactive.button_reply or message.interactive.list_reply
            return (Kind.BUTTON, clean(reply.title), clean(reply.id)) if reply else None
        case "edit" if message.edit is not None:
            return Kind.EDIT, _caption(message.edit.message), None
        case _:
            # The words under a video or a file are worth reading; these things themselves are not.
            caption = _caption(message) if message.type in ("video", "document") else ""
            return (Kind.TEXT, caption, None) if caption else None


def _caption(message: ChatMessage | EditedMessage) -> str:
    if message.text is not None:
        return clean(message.text.body)
    media = message.image or message.video or message.document
    return clean(media.caption) if media else ""


def _without(text: str, mention: str) -> str:
    return " ".join(text.replace(mention, " ").split(" ")).strip(" ,:")
