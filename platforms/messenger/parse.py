"""Messenger events to Messages: a page's one-to-one chats, so the address is the sender's page-scoped id.

Called by the room after the signature was checked. Every event of every entry is read by itself.
Source: https://developers.facebook.com/docs/messenger-platform/webhooks, read 2026-11-22.
"""

from __future__ import annotations

import hashlib

import msgspec

from game_state.message import Kind, Message
from platforms.contract import Bot, Fault, Received
from platforms.messenger.wire import Attachment, Content, Event, MessageEdit, Postback
from platforms.meta import Entry, Envelope
from platforms.reading import clean, is_link, key, load_json, place, read_event

UNREAD_KINDS = frozenset(
    {
        *("delivery", "read", "reaction", "optin", "referral", "account_linking", "policy_enforcement"),
        *("pass_thread_control", "take_thread_control", "request_thread_control", "app_roles", "game_play"),
        *("message_context", "messaging_feedback", "response_feedback", "pre_checkout", "checkout_update", "payment"),
    }
)
"""Event kinds that Parlor has no use for; any other is dropped as "unknown"."""

_PLACE = "$.entry[{}]"


def receive(bot: Bot, body: bytes) -> Received:
    """Read a verified body. Raises Refusal(400, "not_json")."""
    envelope = read_event(load_json(body), Envelope, "$")
    if isinstance(envelope, Fault):
        return Received(faults=(envelope,))
    if envelope.object != "page":
        return Received(dropped=("other_object",))
    page = bot.credentials.get("page_id")
    messages: list[Message] = []
    faults: list[Fault] = []
    dropped: list[str] = []
    for number, raw_entry in enumerate(envelope.entry):
        entry = read_event(raw_entry, Entry, _PLACE.format(number))
        if isinstance(entry, Fault):
            faults.append(entry)
            continue
        dropped += ["standby"] * len(entry.standby) + ["changes"] * len(entry.changes)
        if page and entry.id != page:
            dropped += ["other_page"] * len(entry.messaging)
            continue
        for index, raw in enumerate(entry.messaging):
            match _read(raw, f"{_PLACE.format(number)}.messaging[{index}]"):
                case Message() as message:
                    messages.append(message)
                case Fault() as fault:
                    faults.append(fault)
                case name:
                    dropped.append(name)
    return Received(messages=tuple(messages), faults=tuple(faults), dropped=tuple(dropped))


def _read(raw: msgspec.Raw, path: str) -> Message | Fault | str:
    """Read one event: a Message, a Fault, or the name to drop it by."""
    event = read_event(raw, Event, path)
    if isinstance(event, Fault):
        return event
    if event.message is not None and event.message.is_echo:
        return "echo"
    if event.message is None and event.postback is None and event.message_edit is None:
        fields = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
        return next((name for name in fields if name in UNREAD_KINDS), "unknown")
    if event.sender is None:
        return Fault(path=f"{path}.sender", error="Object missing required field `sender`", event=bytes(raw))
    sender = event.sender.id
    if event.message is not None:
        return _message(sender, event.timestamp, event.message)
    if event.postback is not None:
        return _press(sender, event.timestamp, event.postback)
    assert event.message_edit is not None
    return _edit(sender, event.timestamp, event.message_edit)


def _message(sender: str, sent_at_ms: int, content: Content) -> Message | str:
    text = clean(content.text or "")
    button = None
    kind: Kind | None
    if content.quick_reply is not None:
        kind, button = Kind.BUTTON, clean(content.quick_reply.payload)
    elif text:
        # A link that is written comes with an attachment of what it shows, a picture with its words: the words count.
        pictured = any(attachment.type == "image" for attachment in content.attachments)
        kind = Kind.IMAGE if pictured else Kind.LINK if is_link(text) else Kind.TEXT
    elif content.attachments:
        kind, text = _attachment(content.attachments[0])
    else:
        return "empty"
    if kind is None:
        return "unread_content"
    return Message(
        kind=kind,
        address=sender,
        dedupe_key=key(f"m:{content.mid}"),
        sender=sender,
        text=text,
        addressed=True,
        button=button,
        message_id=content.mid,
        sent_at_ms=sent_at_ms,
    )


def _attachment(attachment: Attachment) -> tuple[Kind | None, str]:
    """Return what an attachment without words is, and the words that stand for it."""
    payload = attachment.payload
    match attachment.type:
        case "image":
            return (Kind.STICKER if payload and payload.sticker_id is not None else Kind.IMAGE), ""
        case "location":
            spot = payload.coordinates if payload else None
            return Kind.LOCATION, place(spot.lat, spot.long) if spot else ""
        case "fallback":
            return Kind.LINK, clean(attachment.url or (payload and payload.url) or attachment.title or "")
        case _:
            return None, ""


def _press(sender: str, sent_at_ms: int, postback: Postback) -> Message:
    payload = clean(postback.payload or postback.title)
    dedupe_key = f"m:{postback.mid}"
    if not postback.mid:
        pressed = msgspec.json.encode((sender, sent_at_ms, payload))
        dedupe_key = "p:" + hashlib.sha256(pressed).hexdigest()
    return Message(
        kind=Kind.BUTTON,
        address=sender,
        dedupe_key=key(dedupe_key),
        sender=sender,
        text=clean(postback.title),
        addressed=True,
        button=payload,
        message_id=clean(postback.mid) if postback.mid else None,
        sent_at_ms=sent_at_ms,
    )


def _edit(sender: str, sent_at_ms: int, edit: MessageEdit) -> Message:
    count = edit.num_edit if edit.num_edit is not None else edit.num_edits
    return Message(
        kind=Kind.EDIT,
        address=sender,
        dedupe_key=key(f"e:{edit.mid}:{sent_at_ms if count is None else count}"),
        sender=sender,
        text=clean(edit.text),
        addressed=True,
        message_id=edit.mid,
        sent_at_ms=sent_at_ms,
    )
