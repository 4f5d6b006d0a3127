"""LINE's webhook bodies, already verified, to Messages.

Owns what each event means. A body holds events of several people and conversations; each is read on its own. Raises
nothing but Refusal(400, "not_json"). LINE echoes nothing of our own.

Source: https://developers.line.biz/en/reference/messaging-api/#webhook-event-objects (read 2026-11-22).
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from game_state.message import Kind, Message
from platforms.contract import Fault, Received
from platforms.line.wire import (
    Body,
    Event,
    GroupSource,
    JoinedEvent,
    LeftEvent,
    Mention,
    MessageEvent,
    Person,
    PostbackEvent,
    Typed,
    UserSource,
)
from platforms.reading import clean, is_link, key, load_json, read_event

REPLY_TOKEN_MS = 50_000
"""LINE grants a minute from receipt; the rest is for the turn and the way there."""
REDELIVERED_TOKEN_MS = 19 * 60 * 1000
"""A redelivered token is dead 20 minutes after its event."""

_KNOWN = frozenset(
    {
        "accountLink",
        "activated",
        "beacon",
        "botResumed",
        "botSuspended",
        "deactivated",
        "membership",
        "module",
        "unsend",
        "videoPlayComplete",
    }
)
"""Kinds that are dropped by their name; all others count as one, so that the counter stays small."""
_CONTENTS = {
    "text": Kind.TEXT,
    "image": Kind.IMAGE,
    "location": Kind.LOCATION,
    "sticker": Kind.STICKER,
}
_KNOWN_CONTENTS = frozenset({"audio", "file", "video"})

Read = tuple[Message, ...] | Fault | str
"""An event's messages, its fault, or the name under which it is dropped."""


def parse(body: bytes, now_ms: int) -> Received:
    """Read one verified body that arrived at `now_ms`."""
    decoded = read_event(load_json(body), Body, "$")
    if isinstance(decoded, Fault):
        return Received(faults=(decoded,))
    messages: list[Message] = []
    faults: list[Fault] = []
    dropped: list[str] = []
    for number, raw in enumerate(decoded.events):
        match _read(raw, f"$.events[{number}]", now_ms):
            case Fault() as fault:
                faults.append(fault)
            case str() as name:
                dropped.append(name)
            case found:
                messages.extend(found)
    return Received(messages=tuple(messages), faults=tuple(faults), dropped=tuple(dropped))


def _read(raw: msgspec.Raw, path: str, now_ms: int) -> Read:
    typed = read_event(raw, Typed, path)
    if isinstance(typed, Fault):
        return typed
    reader = _READERS.get(typed.type)
    if reader is None:
        return typed.type if typed.type in _KNOWN else "unknown_event"
    if typed.mode == "standby":
        return "standby"  # another channel module speaks; the event has no reply token
    return reader(raw, path, now_ms)


def _message(raw: msgspec.Raw, path: str, now_ms: int) -> Read:
    event = read_event(raw, MessageEvent, path)
    if isinstance(event, Fault):
        return event
    content = event.message
    if content.type not in _CONTENTS:
        return f"message.{content.type}" if content.type in _KNOWN_CONTENTS else "unknown_message"
    kind = _CONTENTS[content.type]
    text, mentioned = _words(content.text or "", content.mention)
    if kind is Kind.LOCATION:
        text = clean(", ".join(part for part in (content.title, content.address) if part))
    elif kind is Kind.TEXT and is_link(text):
        kind = Kind.LINK
    return (_make(event, kind, now_ms, text=text, mentioned=mentioned, message_id=content.id),)


def _edited(raw: msgspec.Raw, path: str, now_ms: int) -> Read:
    event = read_event(raw, MessageEvent, path)
    if isinstance(event, Fault):
        return event
    text, mentioned = _words(event.message.text or "", event.message.mention)
    return (_make(event, Kind.EDIT, now_ms, text=text, mentioned=mentioned, message_id=event.message.id),)


def _postback(raw: msgspec.Raw, path: str, now_ms: int) -> Read:
    event = read_event(raw, PostbackEvent, path)
    if isinstance(event, Fault):
        return event
    return (_make(event, Kind.BUTTON, now_ms, button=clean(event.postback.data), mentioned=True),)


def _joined(raw: msgspec.Raw, path: str, now_ms: int) -> Read:
    event = read_event(raw, JoinedEvent, path)
    return event if isinstance(event, Fault) else _people(event, Kind.JOIN, event.joined.members, now_ms)


def _left(raw: msgspec.Raw, path: str, now_ms: int) -> Read:
    event = read_event(raw, LeftEvent, path)
    return event if isinstance(event, Fault) else _people(event, Kind.LEAVE, event.left.members, now_ms)


def _bot_joined(raw: msgspec.Raw, path: str, now_ms: int) -> Read:
    event = read_event(raw, Event, path)
    return event if isinstance(event, Fault) else (_make(event, Kind.JOIN, now_ms, mentioned=True),)


def _bot_left(raw: msgspec.Raw, path: str, now_ms: int) -> Read:
    event = read_event(raw, Event, path)
    return event if isinstance(event, Fault) else (_make(event, Kind.LEAVE, now_ms, mentioned=True),)


_READERS: dict[str, Callable[[msgspec.Raw, str, int], Read]] = {
    "message": _message,
    "messageEdited": _edited,
    "postback": _postback,
    "follow": _bot_joined,
    "join": _bot_joined,
    "unfollow": _bot_left,
    "leave": _bot_left,
    "memberJoined": _joined,
    "memberLeft": _left,
}


def _people(event: Event, kind: Kind, people: tuple[Person, ...], now_ms: int) -> Read:
    """One message a person. The reply token is single use, so only the first has it."""
    return tuple(_make(event, kind, now_ms, person=person, number=number) for number, person in enumerate(people))


def _make(
    event: Event,
    kind: Kind,
    now_ms: int,
    *,
    text: str = "",
    mentioned: bool = False,
    button: str | None = None,
    message_id: str | None = None,
    person: Person | None = None,
    number: int = 0,
) -> Message:
    source = event.source
    private = isinstance(source, UserSource)
    token = event.reply_token if number == 0 and _token_lives(event, now_ms) else None
    return Message(
        kind=kind,
        address=_address(event),
        dedupe_key=key(f"w:{event.event_id}" + (f":{number}" if number else "")),
        group=not private,
        sender=person.user if person is not None else source.user,
        text=text,
        addressed=private or mentioned,
        button=button,
        message_id=message_id,
        sent_at_ms=event.timestamp,
        token=token,
        token_expires_at_ms=now_ms + REPLY_TOKEN_MS if token is not None else 0,
    )


def _token_lives(event: Event, now_ms: int) -> bool:
    again = event.redelivery is not None and event.redelivery.again
    return not again or now_ms - event.timestamp < REDELIVERED_TOKEN_MS


def _address(event: Event) -> str:
    source = event.source
    if isinstance(source, UserSource):
        return source.user
    return source.group if isinstance(source, GroupSource) else source.room


def _words(text: str, mention: Mention | None) -> tuple[str, bool]:
    """Return the text without mentions of the bot, and whether there were any."""
    own = sorted(
        ((found.index, found.length) for found in (mention.mentionees if mention else ()) if found.own), reverse=True
    )
    if not own:
        return clean(text).strip(), False
    units = text.encode("utf-16-le", "surrogatepass")
    for index, count in own:
        # A place outside the text, or across half a character, is taken as far as it makes sense.
        start = 2 * min(max(index, 0), len(text) * 2)
        units = units[:start] + units[start + 2 * max(count, 0) :]
    return clean(units.decode("utf-16-le", "replace")).strip(), True
