"""What becomes of a reply after an attempt, by the platform's answer and its policy."""

from __future__ import annotations

import pytest

from delivery.backoff import ATTEMPTS
from delivery.decision import decide
from game_state.message import Origin, Reply
from platforms import PLATFORMS
from platforms.contract import Delivered, Delivery, Moved, Outcome, Refused, Request, Retry, Sending, Unknown

PUSH = Sending(request=Request(url="https://example.org"))
SPENT = Sending(request=Request(url="https://example.org"), covers=2, uses_token=True)


def decided(outcome: Outcome, *, platform: str = "telegram", attempts: int = 1, sending: Sending | None = PUSH) -> str:
    """The outcome that is recorded, with what else is told of it."""
    head = Delivery(
        conversation_id=1, number=7, address="a", reply=Reply(text="x"), origin=Origin(), attempts=attempts, key="k"
    )
    decision = decide(head, 3, 8, PLATFORMS[platform].capabilities, sending, outcome, 0.5)
    finish = decision.finish
    assert (finish.conversation_id, finish.token, finish.last) == (1, 3, 8)
    marks = [finish.outcome]
    marks += ["unknown!"] * (decision.unknown and finish.outcome != "unknown")
    marks += ["dead"] * (decision.dead is not None) + ["drop"] * finish.drop_token
    marks += ["pause"] * (finish.pause_ms is not None) + ["now"] * (finish.outcome == "retry" and not finish.after_ms)
    return " ".join(marks)


@pytest.mark.parametrize(
    ("outcome", "more", "expected"),
    [
        (Delivered(message_ids=("1", "2")), {}, "delivered"),
        (Refused(reason="blocked"), {}, "refused dead"),
        (Retry(reason="slow"), {}, "retry"),
        (Retry(reason="slow", after_s=3, scope="bot"), {}, "retry pause"),
        (Retry(reason="dead token", after_s=0, drop_token=True), {}, "retry drop now"),
        (Retry(reason="slow"), {"attempts": ATTEMPTS}, "exhausted dead"),
        (Retry(reason="dead token", after_s=0, drop_token=True), {"attempts": ATTEMPTS}, "retry drop now"),
        (Retry(reason="board gone", after_s=0, drop_board=True), {"attempts": ATTEMPTS}, "retry now"),
        (Moved(new_address="b"), {}, "retry now"),
        (Moved(new_address="b"), {"attempts": 2}, "retry"),
        (Moved(new_address="b"), {"attempts": ATTEMPTS}, "exhausted dead"),
        (Unknown(reason="timeout"), {}, "resend unknown!"),
        (Unknown(reason="timeout"), {"attempts": ATTEMPTS}, "unknown dead"),
        (Unknown(reason="timeout"), {"platform": "line", "sending": SPENT}, "unknown dead"),
        (Unknown(reason="timeout"), {"platform": "line"}, "resend unknown! drop"),
        (Unknown(reason="expired"), {"platform": "line", "sending": None}, "unknown dead"),
        (Unknown(reason="timeout"), {"platform": "discord", "sending": SPENT}, "resend unknown!"),
    ],
)
def test_outcomes(outcome: Outcome, more: dict[str, object], expected: str) -> None:
    assert decided(outcome, **more) == expected  # type: ignore[arg-type]


def test_a_pause_of_years_is_an_hour() -> None:
    head = Delivery(conversation_id=1, number=7, address="a", reply=Reply(), origin=Origin(), key="k")
    outcome = Retry(reason="slow", after_s=1e300, scope="bot")
    finish = decide(head, 3, 7, PLATFORMS["slack"].capabilities, PUSH, outcome, 0.5).finish
    assert (finish.after_ms, finish.pause_ms) == (3_600_000, 3_600_000)
