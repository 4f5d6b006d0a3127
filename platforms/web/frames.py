"""The frames of the web chat's socket: client frames to Messages, and the shapes of what the server says.

Pure: bytes and the time come in as arguments. Every frame is one JSON object with a `type`; unknown fields are ignored,
so that pages of a later release may say more. `handlers/static/play.js` speaks the other side.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

import msgspec

from game_state.message import Button, Kind, Message
from platforms.contract import Bot
from platforms.reading import clean, key
from platforms.text import shorten

FRAME_LIMIT_BYTES = 16 * 1024
TEXT_LIMIT = 4000
"""Longest text of one message, in code points."""
NAME_LIMIT = 40
LABEL_LIMIT = 100
VALUE_LIMIT_BYTES = 60
_LARGEST_NUMBER = 2**53 - 1
"""The largest whole number that a browser counts exactly."""

_CLIENT_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,4}")
_JOINERS = frozenset("\u200c\u200d")
"""Format characters that Persian, Indic scripts and emoji need inside a word."""

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co"})
"""Controls, format characters (they can turn the direction of what follows), surrogates, private use."""


class Fault(StrEnum):
    """Why a client frame cannot be played; the handlers say it in the player's language."""

    MISSHAPEN = "misshapen"
    """No page of this release sends it."""
    EMPTY = "empty"
    LONG = "long"
    """The text has more than TEXT_LIMIT code points."""


class BadFrame(Exception):
    """A client frame that cannot be played: the sender's fault. The socket stays, the sender is told."""

    def __init__(self, fault: Fault, client_id: str = "") -> None:
        super().__init__(fault)
        self.fault = fault
        self.client_id = client_id
        """The message's id where it could be read, else ""."""


class Hello(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="hello"):
    """The first frame of a socket, and again whenever the page wants to be sure that it missed nothing."""

    after: int | None = None
    """The last reply's number that the page has; None: a fresh page, which wants the history."""


class Written(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="message"):
    """Words that the player wrote."""

    id: str
    text: str
    name: str = ""
    language: str = ""


class Pressed(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="press"):
    """A button that the player pressed."""

    id: str
    value: str
    label: str = ""
    name: str = ""
    language: str = ""


class Shown(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the history."""

    number: int
    """The reply's number; the player's own lines are not counted by the page."""
    text: str
    at_ms: int
    mine: bool = False
    name: str = ""
    buttons: tuple[Button, ...] = ()
    board: str = ""
    """As in `Said`."""
    id: str = ""
    """The client's id of an own line, so that the page knows what of its outbox has arrived."""


class PastShown(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="history"):
    """The conversation so far; it replaces all that the page shows."""

    entries: tuple[Shown, ...]
    last: int
    """The number that the next reply follows; 0 where there is none yet."""


class Resumed(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="resumed"):
    """The page has everything up to `last`."""

    last: int


class Said(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="reply"):
    """A reply of the bot."""

    number: int
    text: str
    at_ms: int
    name: str = ""
    buttons: tuple[Button, ...] = ()
    board: str = ""
    """The line that shows this board is taken away; "": it replaces none."""


class Ack(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="ack"):
    """The message is durable."""

    id: str


class TryAgain(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="retry"):
    """The message is not durable: keep it, and send it again with the same id after `after_s` seconds."""

    id: str
    after_s: float


class Problem(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="error"):
    """Something that the player should know."""

    message: str
    """One sentence in the player's language."""
    id: str = ""
    refused: bool = False
    """The frame is not to be sent again; False: nothing is lost, it is only a word to the player."""


ClientFrame = Hello | Written | Pressed
ServerFrame = PastShown | Resumed | Said | Ack | TryAgain | Problem

_frames = msgspec.json.Decoder(ClientFrame)
_encoder = msgspec.json.Encoder()


def read_frame(bot: Bot, address: str, frame: bytes, now_ms: int) -> Hello | Message:
    """Turn a client frame into a Message, or a Hello, which plays nothing. Raises BadFrame.

    The message's `message_id` is the client's id, unchanged: the acknowledgement carries it back.
    """
    try:
        read = _frames.decode(frame)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadFrame(Fault.MISSHAPEN) from None
    if isinstance(read, Hello):
        if read.after is not None and not 0 <= read.after <= _LARGEST_NUMBER:
            raise BadFrame(Fault.MISSHAPEN)
        return read
    if _CLIENT_ID.fullmatch(read.id) is None:
        raise BadFrame(Fault.MISSHAPEN)
    text, button = _written(read) if isinstance(read, Written) else _pressed(read)
    return Message(
        kind=Kind.TEXT if button is None else Kind.BUTTON,
        address=address,
        dedupe_key=key(f"w:{address}:{read.id.lower()}"),
        sender=address,
        sender_name=clean_name(read.name),
        text=text,
        addressed=True,
        button=button,
        language=_language(read.language),
        message_id=read.id,
        sent_at_ms=now_ms,
    )


def write_frame(frame: ServerFrame) -> bytes:
    """Return the frame as JSON."""
    return _encoder.encode(frame)


def clean_name(name: str) -> str | None:
    """Return a display name on one line, at most 40 characters, without controls or turned direction; None if blank."""
    kept = "".join(c for c in name if c in _JOINERS or c.isspace() or unicodedata.category(c) not in _UNSEEN)
    return shorten(" ".join(kept.split()), NAME_LIMIT, "code_points").strip("\u200c\u200d ") or None


def _written(frame: Written) -> tuple[str, None]:
    text = clean(frame.text)
    if not text.strip():
        raise BadFrame(Fault.EMPTY, frame.id)
    if len(text) > TEXT_LIMIT:
        raise BadFrame(Fault.LONG, frame.id)
    return text, None


def _pressed(frame: Pressed) -> tuple[str, str]:
    value = frame.value
    if not (value.isascii() and value.isprintable() and 1 <= len(value) <= VALUE_LIMIT_BYTES):
        raise BadFrame(Fault.MISSHAPEN, frame.id)
    return shorten(clean(frame.label), LABEL_LIMIT, "code_points"), value


def _language(tag: str) -> str | None:
    tag = tag.lower()
    return tag if _LANGUAGE.fullmatch(tag) else None
