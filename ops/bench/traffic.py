"""What a run is: the load, who it goes to, and what came of it. Records, and the bytes of a Telegram update."""

from __future__ import annotations

import re
from typing import Final

import msgspec

TAG: Final = re.compile(rb"Q(\d+)-(\d+)Q")
"""Stands in every message's text and is echoed: chat and the message's number in it."""
SENT: Final = (
    b'{"ok":true,"result":{"message_id":%d,"from":{"id":1,"is_bot":true,"first_name":"Bench","username":"bench_bot"},'
    b'"chat":{"id":%d,"first_name":"Player","type":"private"},"date":1700000000,"text":"ok"}}'
)
"""sendMessage's answer. Source: https://core.telegram.org/bots/api#sendmessage (read 2026-11)."""
OTHER_CALL: Final = b'{"ok":true,"result":true}'


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """How messages are sent."""

    name: str
    title: str
    chats: int
    window: int = 1
    """Closed loop: messages of a chat under way at once; the next goes out when one is acknowledged and answered."""
    rate: float = 0.0
    """Open loop: messages a second, evenly spaced, over the chats in turn, whatever comes back; 0: closed loop."""
    redeliver: float = 0.0
    """The share of updates that the platform sends twice at once, 0 to 1."""

    @property
    def saturates(self) -> bool:
        """Whether the bot decides how many messages a second there are, so that they can be compared."""
        return not self.rate and not self.redeliver


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One run of the load generator."""

    load: Load
    host: str
    port: int
    path: str
    secret: str
    api_port: int
    """Where the fake platform listens; 0: any free port (read `Generator.api_port`)."""
    first_chat: int
    first_update: int
    warm_s: float
    measured_s: float
    drain_s: float = 5.0
    """How long the last replies are waited for."""
    linger_s: float = 0.3
    """How long replies that should not come are waited for afterwards."""
    watched: dict[str, int] = {}
    """Processes whose processor time is counted, by name."""


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a run. Times are those of messages answered within the measured seconds."""

    messages_per_s: float
    p50_ms: float | None
    p99_ms: float | None
    longest_ms: float | None
    sent: int
    answered: int
    missing: int
    doubled: int
    out_of_order: int
    crossed: int
    unknown: int
    redelivered: int
    errors: dict[str, int]
    """Webhooks not acknowledged with a 2xx, by status ("lost": the connection ended)."""
    generator_cpu: float
    """Processor time of the generator itself as a share of one core: near 1 it, and not the bot, was measured."""
    cpu_us_per_message: dict[str, float]
    """By the names of `Order.watched`."""

    @property
    def faults(self) -> int:
        """Everything that is the bot's fault beyond doubt (what crossed may be the network's)."""
        return self.missing + self.doubled + self.out_of_order + self.unknown + sum(self.errors.values())


def update(update_id: int, chat: int, number: int, date_s: int) -> bytes:
    """A text message in a private chat, as Telegram posts it.

    Source: https://core.telegram.org/bots/api#update (read 2026-11).
    """
    return (
        b'{"update_id":%d,"message":{"message_id":%d,"from":{"id":%d,"is_bot":false,"first_name":"Player",'
        b'"last_name":"One","username":"player_%d","language_code":"en"},"chat":{"id":%d,"first_name":"Player",'
        b'"last_name":"One","username":"player_%d","type":"private"},"date":%d,"text":"hello there Q%d-%dQ"}}'
        % (update_id, number + 1, chat, chat, chat, chat, date_s, chat, number)
    )


def webhook(order: Order, body: bytes) -> bytes:
    """The whole request that delivers an update."""
    return (
        b"POST %b HTTP/1.1\r\nHost: %b:%d\r\nContent-Type: application/json\r\n"
        b"X-Telegram-Bot-Api-Secret-Token: %b\r\nContent-Length: %d\r\n\r\n%b"
        % (order.path.encode(), order.host.encode(), order.port, order.secret.encode(), len(body), body)
    )
