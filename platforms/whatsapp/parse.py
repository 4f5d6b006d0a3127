"""WhatsApp changes to Messages: entry x changes x messages, each message read by itself.

Called by the room after the signature was checked. One address of an app serves many numbers, so changes for another
number are dropped here. Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks,
read 2026-11-22.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from game_state.message import Message
from platforms.contract import Bot, Fault, Move, Received
from platforms.meta import Entry, Envelope
from platforms.reading import load_json, read_event
from platforms.whatsapp.contents import lacking, read_content
from platforms.whatsapp.wire import Change, ChatMessage, System, Value

UNREAD_FIELDS = frozenset(
    {
        *("account_alerts", "account_update", "account_review_update", "business_capability_update", "calls"),
        *("flows", "history", "message_template_components_update", "message_template_quality_update"),
        *("message_template_status_update", "phone_number_name_update", "phone_number_quality_update", "security"),
        *("smb_app_state_sync", "smb_message_echoes", "template_category_update", "user_preferences"),
        *("group_lifecycle_update", "group_participants_update", "group_settings_update", "group_status_update"),
    }
)
"""Fields that Parlor has no use for; any other is dropped as "unknown"."""

Read = Message | Fault | Move | str
"""What one event came to; a string is the name to drop it by."""


def receive(bot: Bot, body: bytes) -> Received:
    """Read a verified body. Raises Refusal(400, "not_json")."""
    envelope = read_event(load_json(body), Envelope, "$")
    if isinstance(envelope, Fault):
        return Received(faults=(envelope,))
    if envelope.object != "whatsapp_business_account":
        return Received(dropped=("other_object",))
    messages: list[Message] = []
    faults: list[Fault] = []
    moves: list[Move] = []
    dropped: list[str] = []
    for number, raw in enumerate(envelope.entry):
        for found in _read_entry(bot, raw, f"$.entry[{number}]"):
            match found:
                case Message():
                    messages.append(found)
                case Fault():
                    faults.append(found)
                case Move():
                    moves.append(found)
                case name:
                    dropped.append(name)
    return Received(messages=tuple(messages), faults=tuple(faults), moves=tuple(moves), dropped=tuple(dropped))


def _read_entry(bot: Bot, raw: msgspec.Raw, path: str) -> Iterator[Read]:
    entry = read_event(raw, Entry, path)
    if isinstance(entry, Fault):
        yield entry
        return
    for number, raw_change in enumerate(entry.changes):
        place = f"{path}.changes[{number}]"
        change = read_event(raw_change, Change, place)
        if isinstance(change, Fault):
            yield change
        elif change.field != "messages":
            yield change.field if change.field in UNREAD_FIELDS else "unknown"
        else:
            yield from _read_value(bot, change.value, f"{place}.value")


def _read_value(bot: Bot, raw: msgspec.Raw, path: str) -> Iterator[Read]:
    value = read_event(raw, Value, path)
    if isinstance(value, Fault):
        yield value
        return
    if value.metadata.phone_number_id != bot.credentials.get("phone_number_id"):
        yield "other_number"
        return
    yield from ["status"] * len(value.statuses)
    yield from ["error"] * len(value.errors)
    for number, raw_message in enumerate(value.messages):
        place = f"{path}.messages[{number}]"
        message = read_event(raw_message, ChatMessage, place)
        if isinstance(message, Fault):
            yield message
        elif message.type == "system":
            yield from _read_system(message, message.system or System())
        elif field := lacking(message, value):
            error = f"Object missing required field `{field}`"
            yield Fault(path=f"{place}.{field}", error=error, event=bytes(raw_message))
        else:
            yield read_content(message, value)


def _read_system(message: ChatMessage, system: System) -> Iterator[Read]:
    """Read a notice. A changed number also changes the business-scoped id, so each kind of address moves by itself."""
    pairs = ((message.from_, system.wa_id), (message.from_user_id, system.user_id))
    moves = [Move(old_address=old, new_address=new) for old, new in pairs if old and new and old != new]
    if "changed" in system.type and "number" in system.type and moves:
        yield from moves
    else:
        yield "system"
