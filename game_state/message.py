"""The shared words of the way of a message: what comes in, what goes out, and where.

Owns the platform-neutral records that every room speaks in. Pure data: no I/O, no platform's name, no SQL. `platforms/`
makes Messages and reads Replies; `games/` reads Messages and makes Replies; the store keeps both as JSON (msgspec).
Every field that has a default is left out of the JSON while it holds the default, so records stay small and grow safely.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """What a message is."""

    TEXT = "text"
    BUTTON = "button"
    IMAGE = "image"
    LOCATION = "location"
    STICKER = "sticker"
    LINK = "link"
    EDIT = "edit"
    """An earlier message was changed: logged, never judged as a guess."""
    JOIN = "join"
    """The bot was added to the conversation, or a person joined it."""
    LEAVE = "leave"
    """The bot was removed or blocked, or a person left."""
    TIMER = "timer"
    """A timer of the game fell due; made by the database, never by a platform."""


class Message(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One message that came in, as the platform's parser understood it."""

    kind: Kind
    address: str
    """The conversation's address at its platform (a chat id, `channel`, ...); with `bot` it names the conversation."""
    dedupe_key: str
    """The same key is played once, however often it is delivered (kept 8 days at least); 1 to 200 characters."""
    group: bool = False
    """More than one person can write here."""
    sender: str | None = None
    """The platform's id of who wrote; None where the platform does not say."""
    sender_name: str | None = None
    """Display name as the event gives it; None where it has to be looked up."""
    text: str = ""
    """The words, without NUL characters, mentions of the bot itself taken out, entities decoded."""
    addressed: bool = False
    """Meant for the bot: a command, a mention of it, a reply to it, a button of its, or a private chat."""
    admin: bool | None = None
    """The sender administers the chat; None where the event does not say."""
    button: str | None = None
    """The value of the pressed button (kind BUTTON)."""
    language: str | None = None
    """The sender's language as an IETF tag ("pt-br"), where the platform says it."""
    message_id: str | None = None
    """The platform's id of this message, to reply to."""
    thread: str | None = None
    """The platform's thread or topic inside the address; replies go there."""
    sent_at_ms: int = 0
    """When it was written, by the platform's clock, Unix milliseconds; 0 where unknown."""
    token: str | None = None
    """A short-lived right to answer just this message (a reply token, an interaction token)."""
    token_expires_at_ms: int = 0
    """When `token` ends, Unix milliseconds; 0 without a token."""
    timer: str | None = None
    """The timer's name (kind TIMER)."""
    round: int = 0
    """The round that the timer belongs to (kind TIMER)."""


class Button(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One choice under a reply. A press comes back as a Message of kind BUTTON with `button` = `value`."""

    label: str
    """What the player reads; renderers shorten it to the platform's limit."""
    value: str
    """ASCII, at most 60 bytes (the smallest platform takes 64)."""


class Reply(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing to say, platform-neutral: plain text with optional buttons or a picture."""

    text: str = ""
    """Plain text; renderers escape what their platform would read as markup."""
    buttons: tuple[Button, ...] = ()
    image_url: str | None = None
    """An https address of a picture to show above the text."""
    board: str | None = None
    """Shows the state of something that goes on: where the platform can edit, it takes the place of the last reply with the
    same board (1 to 40 ASCII characters); elsewhere it is a reply like any other."""
    silent: bool = False
    """Nothing to say: it only ends what the platform shows as waiting (a deferred interaction)."""


class Origin(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a reply answers: the parts of the message that delivery needs, kept with the reply."""

    message_id: str | None = None
    thread: str | None = None
    token: str | None = None
    token_expires_at_ms: int = 0
    group: bool = False
    position: int = 0
    """Place of the reply among its turn's replies, from 0; the first may use what a token allows only once."""
