"""What a turn becomes on its way to the database."""

from __future__ import annotations

import msgspec

from game_state.games.contract import CancelTimer, SetTimer
from game_state.message import Kind, Message
from game_state.turn_rows import timer_row, timer_rows

ASKED = Message(
    kind=Kind.TEXT,
    address="C1",
    dedupe_key="1",
    group=True,
    sender="ana",
    thread="7",
    token="reply-token",
    token_expires_at_ms=60_000,
)
REVEAL = SetTimer(name="reveal", round=3, after_ms=1000)


def fired(*, token_is_free: bool) -> Message:
    body = timer_row(ASKED, REVEAL, token_is_free=token_is_free).message
    assert body is not None
    return msgspec.json.decode(body, type=Message)


def test_a_timer_answers_where_the_message_stood_that_set_it() -> None:
    message = fired(token_is_free=False)
    assert (message.kind, message.address, message.thread, message.group) == (Kind.TIMER, "C1", "7", True)
    assert (message.timer, message.round, message.sender) == ("reveal", 3, None)


def test_a_timer_spends_the_token_of_a_message_that_got_no_answer() -> None:
    assert fired(token_is_free=True).token == "reply-token"
    assert fired(token_is_free=True).token_expires_at_ms == 60_000
    assert fired(token_is_free=False).token is None


def test_a_token_is_spent_once() -> None:
    later, sooner = SetTimer(name="idle", round=3, after_ms=600_000), SetTimer(name="speak", round=0, after_ms=3000)
    rows = timer_rows(ASKED, (later, CancelTimer(name="next"), sooner), token_is_free=True)
    tokens = [msgspec.json.decode(row.message, type=Message).token if row.message else None for row in rows]
    assert tokens == [None, None, "reply-token"]
