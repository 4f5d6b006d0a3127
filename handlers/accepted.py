"""The canonical line and the metrics of an accepted message, the same whichever way it came in."""

from __future__ import annotations

from typing import Protocol

import structlog

from game_state.accept import Acceptance
from game_state.message import Message
from ops.log import MESSAGE_ACCEPTED
from platforms.contract import Bot

log = structlog.get_logger(__name__)


class Watch(Protocol):
    """What is counted."""

    def received(self, platform: str, result: str, seconds: float) -> None: ...


def tell(bot: Bot, message: Message, acceptance: Acceptance, seconds: float, watch: Watch) -> None:
    """Say that a message is durable; `seconds` since its last byte."""
    result = "duplicate" if acceptance.number is None else "new"
    watch.received(bot.platform, result, seconds)
    log.info(
        MESSAGE_ACCEPTED,
        platform=bot.platform,
        bot=bot.bot_id,
        conversation=acceptance.conversation_id,
        number=acceptance.number,
        kind=message.kind,
        result=result,
        ms=round(seconds * 1000, 2),
    )
