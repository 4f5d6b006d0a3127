"""Parcels: leased deliveries of one conversation, as the outbox carries them, and made of what the database holds. Pure."""

from __future__ import annotations

from uuid import UUID

import msgspec

from game_state.message import Origin, Reply
from game_state.rows import DeliveryRow, Sendable
from platforms.contract import Delivery

_replies = msgspec.json.Decoder(Reply)
_origins = msgspec.json.Decoder(Origin)


class Parcel(msgspec.Struct):
    """Leased deliveries of one conversation, in order, at least one."""

    bot_id: int
    token: int
    deliveries: list[Delivery]
    holder: UUID
    """The incarnation that the lease belongs to: it ends with that one."""
    unknowns: int = 0


def parcel_of(sendable: Sendable, holder: UUID) -> Parcel:
    """A parcel from rows of the outbox. Raises msgspec.DecodeError."""
    rows = sendable.rows
    return Parcel(
        rows[0].bot_id,
        sendable.token,
        [delivery_of(sendable.conversation_id, row) for row in rows],
        holder,
        unknowns=rows[0].unknowns,
    )


def delivery_of(conversation_id: int, row: DeliveryRow) -> Delivery:
    """A delivery from a row of the outbox."""
    return Delivery(
        conversation_id=conversation_id,
        number=row.number,
        address=row.address,
        reply=_replies.decode(row.reply),
        origin=_origins.decode(row.origin),
        attempts=row.attempts,
        key=row.key,
    )
