"""What a turn becomes on its way to the database: origins, timers, deeds, and an error without its words. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from game_state.games.contract import CancelTimer, SetTimer, TimerChange
from game_state.games.deeds import Deed
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


def timer_rows(message: Message, changes: Sequence[TimerChange], *, token_is_free: bool = False) -> list[PlayedTimer]:
    """Timer changes as the database takes them; a free token goes to the timer that rings first: it can be spent only once."""
    first = min(
        (change for change in changes if isinstance(change, SetTimer)), key=lambda one: one.after_ms, default=None
    )
    return [timer_row(message, change, token_is_free=token_is_free and change is first) for change in changes]


def timer_row(message: Message, change: TimerChange, *, token_is_free: bool = False) -> PlayedTimer:
    """A timer change as the database takes it; the TIMER message answers in the thread of the message that set it.

    `token_is_free`: that message gets no answer now, so the timer may spend its token, which costs less than a message unasked.
    """
    if isinstance(change, CancelTimer):
        return PlayedTimer(change.name, 0, None)
    fired = Message(
        kind=Kind.TIMER,
        address=message.address,
        dedupe_key="timer",
        group=message.group,
        addressed=True,
        thread=message.thread,
        token=message.token if token_is_free else None,
        token_expires_at_ms=message.token_expires_at_ms if token_is_free else 0,
        timer=change.name,
        round=change.round,
    )
    return PlayedTimer(change.name, change.after_ms, _encoder.encode(fired).decode())


def deed_row(deed: Deed) -> str:
    """A deed as the database takes it."""
    return _encoder.encode(deed).decode()


def describe(error: BaseException) -> str:
    """An error's type and place, without its words: they may hold a player's."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    if place is None:
        return type(error).__name__
    code = place.tb_frame.f_code
    return f"{type(error).__name__} in {code.co_qualname} line {place.tb_lineno}"
