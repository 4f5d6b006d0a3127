"""The load generator: plays the players and the platform to one bot, in one process with one clock.

`python -m ops.bench.generator` reads an Order as JSON from standard input and writes a Measured to standard output; it is a
process of its own so that it can have a core of its own. Closed loops send when a message is acknowledged *and* answered;
the open loop sends by the clock, and its waiting times begin when a message was due, not when it could be sent.
"""

from __future__ import annotations

import asyncio
import gc
import random
import sys
import time
from collections import defaultdict
from functools import partial
from typing import Final

import msgspec
import uvloop

from ops.bench.http1 import CONNECTION_LOST, ApiConnection, Posts
from ops.bench.ledger import Ledger
from ops.bench.processor import used_s
from ops.bench.traffic import OTHER_CALL, SENT, TAG, Measured, Order, update, webhook

CONNECTIONS: Final = (64, 512)
"""Fewest and most webhook connections; between them one for each message that may be under way."""
PAUSE_S: Final = 0.05
"""Before a chat whose message was refused says something again."""
_ACKNOWLEDGED: Final = 1
_ANSWERED: Final = 2


class Generator:
    """One run."""

    def __init__(self, order: Order) -> None:
        self._order = order
        load = order.load
        fewest, most = CONNECTIONS
        self._posts = Posts(order.host, order.port, max(fewest, min(load.chats * load.window, most)))
        self._ledger = Ledger(order.first_chat, load.chats)
        self._next = [0] * load.chats
        self._update_id = order.first_update
        self._awaited: dict[tuple[int, int], int] = {}
        self._waits_ns: list[int] = []
        self._errors: defaultdict[str, int] = defaultdict(int)
        self._api_messages = 0
        self._redelivered = 0
        self._sending = False
        self._recording = False
        # Which updates are sent twice is the same in every run, for every bot.
        self._dice = random.Random(0)
        self.api_port = order.api_port

    async def run(self) -> Measured:
        """Send, measure, wait for the last replies. Takes at most the order's four times together."""
        order = self._order
        loop = asyncio.get_running_loop()
        api = await loop.create_server(lambda: ApiConnection(self._answer), "127.0.0.1", order.api_port, backlog=1024)
        self.api_port = api.sockets[0].getsockname()[1]
        try:
            await self._posts.connect()
            self._sending = True
            driver = loop.create_task(self._drive())
            await asyncio.sleep(order.warm_s)
            self._recording = True
            before = {name: used_s(pid) for name, pid in order.watched.items()}
            own, begun = time.process_time(), time.monotonic()
            await asyncio.sleep(order.measured_s)
            lasted = time.monotonic() - begun
            own = time.process_time() - own
            after = {name: used_s(pid) for name, pid in order.watched.items()}
            self._recording = False
            self._sending = False
            await driver
            await self._drain()
        finally:
            api.close()
            self._posts.close()
        used = {name: after[name] - before[name] for name in before}
        return self._report(lasted, own / lasted, used)

    async def _drive(self) -> None:
        load = self._order.load
        if not load.rate:
            # Round by round: a chat's first messages are not sent in one breath.
            for _ in range(load.window):
                for chat in range(load.chats):
                    self._send(chat)
                await asyncio.sleep(PAUSE_S)
            return
        gap_ns = int(1e9 / load.rate)
        due = time.monotonic_ns()
        count = 0
        while self._sending:
            early = due - time.monotonic_ns()
            if early > 0:
                await asyncio.sleep(early / 1e9)
            while due <= time.monotonic_ns():
                self._send(count % load.chats, due)
                count += 1
                due += gap_ns

    async def _drain(self) -> None:
        deadline = time.monotonic() + self._order.drain_s
        while self._ledger.missing and time.monotonic() < deadline:
            await asyncio.sleep(PAUSE_S)
        await asyncio.sleep(self._order.linger_s)

    def _send(self, index: int, due_ns: int | None = None) -> None:
        if not self._sending:
            return
        number = self._next[index]
        self._next[index] = number + 1
        chat = self._order.first_chat + index
        key = (chat, number)
        body = update(self._update_id, chat, number, int(time.time()))
        self._update_id += 1
        request = webhook(self._order, body)
        self._awaited[key] = _ACKNOWLEDGED | _ANSWERED
        self._ledger.send(chat, number, due_ns or time.monotonic_ns())
        self._posts.post(request, partial(self._acknowledged, key))
        share = self._order.load.redeliver
        if share and self._dice.random() < share:
            self._redelivered += 1
            self._posts.post(request, self._count_errors)

    def _acknowledged(self, key: tuple[int, int], status: int) -> None:
        if self._count_errors(status):
            self._ledger.acknowledge(*key)
            self._step(key, _ACKNOWLEDGED)
            return
        self._ledger.refuse(*key)
        self._awaited.pop(key, None)
        if not self._order.load.rate:
            asyncio.get_running_loop().call_later(PAUSE_S, self._send, key[0] - self._order.first_chat)

    def _count_errors(self, status: int) -> bool:
        if 200 <= status < 300:
            return True
        self._errors["lost" if status == CONNECTION_LOST else str(status)] += 1
        return False

    def _answer(self, _target: bytes, body: bytes) -> bytes:
        tag = TAG.search(body)
        if tag is None:
            return OTHER_CALL
        chat, number = int(tag[1]), int(tag[2])
        waited_ns = self._ledger.reply(chat, number, time.monotonic_ns())
        if waited_ns is not None:
            if self._recording:
                self._waits_ns.append(waited_ns)
            self._step((chat, number), _ANSWERED)
        self._api_messages += 1
        return SENT % (self._api_messages, chat)

    def _step(self, key: tuple[int, int], part: int) -> None:
        left = self._awaited.get(key, 0) & ~part
        if left:
            self._awaited[key] = left
            return
        if self._awaited.pop(key, None) is not None and not self._order.load.rate:
            self._send(key[0] - self._order.first_chat)

    def _report(self, lasted_s: float, own_cpu: float, used: dict[str, float]) -> Measured:
        waits, ledger = sorted(self._waits_ns), self._ledger
        errors = dict(self._errors)
        if self._posts.refused:
            errors["refused"] = self._posts.refused
        return Measured(
            messages_per_s=round(len(waits) / lasted_s, 1),
            p50_ms=_at(waits, 0.5),
            p99_ms=_at(waits, 0.99),
            longest_ms=_at(waits, 1.0),
            sent=ledger.sent,
            answered=ledger.answered,
            missing=ledger.missing,
            doubled=ledger.doubled,
            out_of_order=ledger.out_of_order,
            crossed=ledger.crossed,
            unknown=ledger.unknown,
            redelivered=self._redelivered,
            errors=errors,
            generator_cpu=round(own_cpu, 3),
            cpu_us_per_message={name: round(1e6 * s / len(waits), 1) for name, s in used.items()} if waits else {},
        )


def _at(ordered_ns: list[int], share: float) -> float | None:
    if not ordered_ns:
        return None
    return round(ordered_ns[min(len(ordered_ns) - 1, int(len(ordered_ns) * share))] / 1e6, 3)


def main() -> None:
    """Run one order."""
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    # A pause of the collector would count as the bot's.
    gc.disable()
    measured = uvloop.run(Generator(order).run())
    sys.stdout.buffer.write(msgspec.json.encode(measured))


if __name__ == "__main__":
    main()
