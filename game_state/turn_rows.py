"""What a turn becomes on its way to the database: origins, timers, and an error without its words. Pure."""

from __future__ import annotations

import msgspec

from game_state.games.contract import CancelTimer, TimerChange
from game_state.message import Kind, Message, Origin
from game_state.rows import PlayedTimer

_encoder = msgspec.json.Encoder()


def origin_of(message: Message, position: int) -> Origin:
    """What delivery needs to know of the message that a reply answers."""
    return Origin(
        message_id=message.message_id,
        thread=message.thread,
        token=message.token,
        token_expires_at_ms=message.token_expires_at_ms,
        group=message.group,
        position=position,
    )


def timer_row(message: Message, change: TimerChange) -> PlayedTimer:
    """A timer change as the database takes it; the TIMER message answers in the thread of the message that set it."""
    if isinstance(change, CancelTimer):
        return PlayedTimer(change.name, 0, None)
    fired = Message(
        kind=Kind.TIMER,
        address=message.address,
        dedupe_key="timer",
        group=message.group,
        addressed=True,
        thread=message.thread,
        timer=change.name,
        round=change.round,
    )
    return PlayedTimer(change.name, change.after_ms, _encoder.encode(fired).decode())


def describe(error: BaseException) -> str:
    """An error's type and place, without its words: they may hold a player's."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    if place is None:
        return type(error).__name__
    code = place.tb_frame.f_code
    return f"{type(error).__name__} in {code.co_qualname} line {place.tb_lineno}"
