"""What becomes of a reply after an attempt to send it: the platform's answer and its policy, turned into what is recorded. Pure."""

from __future__ import annotations

from typing import Final

import msgspec

from delivery.backoff import exhausted, wait_s
from game_state.rows import DeliveryFinish
from platforms.contract import (
    Capabilities,
    Delivered,
    Delivery,
    Moved,
    Outcome,
    Refused,
    Retry,
    Sending,
    Unknown,
)

IDS_CHARS: Final = 500
"""Characters of the platform's message ids that are kept."""


LONGEST_PAUSE_S: Final = 3600.0
"""A platform that asks for more is asked again after this."""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What to record, and what to count."""

    finish: DeliveryFinish
    unknown: bool = False
    """Nobody knows whether it arrived."""
    dead: str | None = None
    """Why it is a dead letter now."""
    throttled_s: float = 0.0
    """The pause that the platform asked for."""


def decide(
    head: Delivery,
    token: int,
    last: int,
    capabilities: Capabilities,
    sending: Sending | None,
    outcome: Outcome,
    chance: float,
) -> Decision:
    """Decide on the attempt of `head` up to number `last`, leased by `token`.

    `sending` is None for an attempt of which only its expiry is known. `chance`, 0 to 1, jitters the backoff.
    """
    base = DeliveryFinish(head.conversation_id, token, last, "delivered")
    backoff_ms = int(wait_s(head.attempts, chance) * 1000)
    match outcome:
        case Delivered(message_ids=ids):
            return Decision(finish=msgspec.structs.replace(base, message_id=",".join(ids)[:IDS_CHARS] or None))
        case Refused(reason=reason):
            return Decision(finish=msgspec.structs.replace(base, outcome="refused", reason=reason), dead=reason)
        case Moved(new_address=address):
            if exhausted(head.attempts):
                # The new address has a conversation of its own, so this one cannot move there.
                finish = msgspec.structs.replace(base, outcome="exhausted", reason="moved")
                return Decision(finish=finish, dead="exhausted")
            after_ms = 0 if head.attempts == 1 else backoff_ms
            finish = msgspec.structs.replace(
                base, outcome="retry", reason="moved", new_address=address, after_ms=after_ms
            )
            return Decision(finish=finish)
        case Unknown(reason=reason):
            spent = capabilities.unknown_token_final and (sending is None or sending.uses_token)
            if spent or not capabilities.resend_unknown or exhausted(head.attempts):
                finish = msgspec.structs.replace(base, outcome="unknown", reason=reason)
                return Decision(finish=finish, unknown=True, dead="unknown")
            # Where a spent token ends a reply, this attempt spent none, and the next must not look as if one had.
            finish = msgspec.structs.replace(
                base,
                outcome="resend",
                reason=reason,
                after_ms=backoff_ms,
                drop_token=capabilities.unknown_token_final,
            )
            return Decision(finish=finish, unknown=True)
        case Retry(reason=reason, after_s=after_s, scope=scope, drop_token=drop_token, drop_board=drop_board):
            if exhausted(head.attempts) and not (drop_token or drop_board):
                finish = msgspec.structs.replace(base, outcome="exhausted", reason=reason)
                return Decision(finish=finish, dead="exhausted")
            after_ms = backoff_ms if after_s is None else int(min(after_s, LONGEST_PAUSE_S) * 1000)
            finish = msgspec.structs.replace(
                base,
                outcome="retry",
                reason=reason,
                after_ms=after_ms,
                drop_token=drop_token,
                pause_ms=after_ms if scope == "bot" and after_ms else None,
            )
            return Decision(finish=finish, throttled_s=after_s or 0.0)
