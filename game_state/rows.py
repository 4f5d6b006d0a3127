"""The records that travel between the store and its callers. Plain data, one field a column, mutable where it is filled later."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec


class Accepted(msgspec.Struct, frozen=True):
    """A message on its way into the inbox."""

    bot_id: int
    address: str
    dedupe_key: str
    body: str
    """The Message as JSON."""
    seed: int


class AcceptRow(msgspec.Struct):
    """What became of it."""

    conversation_id: int
    number: int | None
    """None: a duplicate."""
    accepted_ms: int
    token: int | None
    """Set when the caller was granted the conversation's lease."""
    session_version: int
    session: str | None


class Handed(msgspec.Struct):
    """A leased conversation with the messages to play, in order."""

    conversation_id: int
    bot_id: int
    token: int
    session_version: int
    session: str | None
    numbers: list[int]
    messages: list[str | None]
    seeds: list[int]
    accepted_ms: list[int]
    attempts: int
    """Leases granted to play the first message alone, this one included; 0 for a group."""


class PlayedReply(msgspec.Struct, frozen=True):
    """A reply to commit: Reply and Origin as JSON."""

    body: str
    origin: str


class PlayedTimer(msgspec.Struct, frozen=True):
    """A timer to set, or to cancel when `message` is None."""

    name: str
    after_ms: int
    message: str | None


class Played(msgspec.Struct, frozen=True):
    """One played message."""

    number: int
    outcome: str
    replies: list[PlayedReply]
    timers: list[PlayedTimer]
    deeds: list[str] = []
    """What goes to the books, each a Deed as JSON."""
    given: str | None = None
    """What the turn got from outside besides session and message, as JSON (`given.py`); None: nothing."""


class PlayedTurn(msgspec.Struct, frozen=True):
    """All that a lease's turns change in one conversation."""

    conversation_id: int
    token: int
    session_version: int
    session: str | None
    """The new document as JSON; None: unchanged."""
    played: list[Played]


class Committed(msgspec.Struct):
    """What became of it."""

    conversation_id: int
    committed: bool = False
    """False: fenced, nothing was changed."""
    first_reply: int = 0
    """Number of the first reply; the others follow without holes."""
    reply_keys: list[str] = []
    holder: UUID | None = None
    """Whose incarnation the new leases belong to."""
    send_token: int | None = None
    """Set when the caller is to send `send_numbers` now."""
    send_numbers: list[int] = []
    next: Handed | None = None
    """Messages accepted meanwhile, leased anew; session fields are the caller's own."""


class Failure(msgspec.Struct, frozen=True):
    """A turn that raised."""

    conversation_id: int
    token: int
    number: int
    error: str
    """The exception's type and place; never a message's text."""
    reply: str
    """What to say honestly if this parks it, as JSON."""
    origin: str


class DeliveryStep(msgspec.Struct, frozen=True):
    """Leased deliveries of one conversation, by number, their attempt marked."""

    conversation_id: int
    token: int
    numbers: list[int]


class DeliveryRow(msgspec.Struct, frozen=True):
    """One reply to send."""

    number: int
    bot_id: int
    address: str
    reply: str
    origin: str
    key: str
    attempts: int
    unknowns: int


class Sendable(msgspec.Struct, frozen=True):
    """Leased deliveries with their replies, in order, at least one."""

    conversation_id: int
    token: int
    rows: list[DeliveryRow]


class DeliveryFinish(msgspec.Struct, frozen=True):
    """What became of an attempt; the outcomes are those of `finish_deliveries`."""

    conversation_id: int
    token: int
    last: int
    outcome: str
    message_id: str | None = None
    reason: str | None = None
    after_ms: int = 0
    drop_token: bool = False
    pause_ms: int | None = None
    new_address: str | None = None


class BoardRow(msgspec.Struct, frozen=True):
    """What a reply has to know of its board."""

    message_id: str | None
    """The platform's id of the message that shows the board now."""
    replaced: bool
    """A later reply of the same board waits already."""


class BotRow(msgspec.Struct, frozen=True):
    """A bot to upsert; credentials are encrypted."""

    name: str
    platform: str
    game: str
    language: str
    lane: str
    api_base: str | None
    credentials: bytes
    pulls: bool
    replies_per_call: int


class StoredBot(msgspec.Struct, frozen=True):
    """A bot as the database has it; credentials are encrypted."""

    bot_id: int
    name: str
    platform: str
    game: str
    language: str
    api_base: str | None
    credentials: bytes


class ReplyRow(msgspec.Struct, frozen=True):
    """A reply as the log keeps it."""

    number: int
    reply: str
    begun_ms: int


class HistoryRow(msgspec.Struct, frozen=True):
    """A message (`mine`) or a reply as the log keeps it; `body` is its JSON."""

    mine: bool
    number: int
    body: str
    begun_ms: int


class LogRow(msgspec.Struct, frozen=True):
    """A played message as the log keeps it, with all that playing it again needs."""

    number: int
    position: int
    """Replies before it."""
    outcome: str
    message: str
    """The Message as JSON."""
    seed: int
    accepted_ms: int
    given: str | None
    replies: list[str | None]
    """As JSON; None: not kept any more."""


class ReportRow(msgspec.Struct, frozen=True):
    """A clue that people reported."""

    language: str
    title: str
    clue: str
    reporters: int
    """How many different people."""
    last_at: datetime
    out: bool
    """It is not shown any more."""


class QueueStat(msgspec.Struct, frozen=True):
    """Depth and oldest age of a queue."""

    kind: str
    label: str
    depth: int
    oldest_s: float
