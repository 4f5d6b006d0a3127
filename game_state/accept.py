"""Accepting: Messages of verified webhooks become durable, numbered rows, in batches, in order.

A conversation's messages always take the same FIFO lane of the process, so that batches cannot overtake each other. When
the database grants the lease of an idle conversation, its turns start at once (the short way).
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from typing import Final
from uuid import UUID

import msgspec

from game_state.batch import Batch
from game_state.message import Message
from game_state.rows import Accepted, AcceptRow, Handed
from game_state.store import Store

LANES: Final = 2
"""Accept calls in flight; more did not raise the throughput of one core (docs/performance.md)."""
BATCH: Final = 64
"""Most messages a call."""

_encoder = msgspec.json.Encoder()


class Acceptance(msgspec.Struct, frozen=True):
    """What became of a message: durable in any case."""

    conversation_id: int
    number: int | None
    """None: a duplicate of one accepted before."""

    @property
    def duplicate(self) -> bool:
        """Whether it had been accepted before."""
        return self.number is None


class _Item(msgspec.Struct, frozen=True):
    row: Accepted
    message: Message


class Acceptor:
    """The way into the inbox. `holder` says who takes leases (None: nobody, while draining or overloaded)."""

    def __init__(
        self,
        store: Store,
        holder: Callable[[], UUID | None],
        play: Callable[[Handed, list[Message]], None],
    ) -> None:
        self._store = store
        self._holder = holder
        self._play = play
        self._lanes = [Batch(self._accept, limit=BATCH) for _ in range(LANES)]

    def put(self, bot_id: int, message: Message) -> asyncio.Future[Acceptance]:
        """Queue a message. The future brings its Acceptance once it is committed, or a StoreError."""
        row = Accepted(
            bot_id=bot_id,
            address=message.address,
            dedupe_key=message.dedupe_key,
            body=_encoder.encode(message).decode(),
            seed=secrets.randbits(63),
        )
        lane = self._lanes[hash((bot_id, message.address)) % LANES]
        return lane.put(_Item(row, message))

    async def accept(self, bot_id: int, message: Message, timeout_s: float) -> Acceptance:
        """Accept one message. Raises TimeoutError after `timeout_s` (it may be accepted all the same), or StoreError."""
        return await asyncio.wait_for(asyncio.shield(self.put(bot_id, message)), timeout_s)

    async def drain(self) -> None:
        """Wait until all that was put is answered."""
        for lane in self._lanes:
            await lane.drain()

    async def _accept(self, items: Sequence[_Item]) -> Sequence[Acceptance]:
        rows = await self._store.accept_messages([item.row for item in items], self._holder())
        self._start_turns(items, rows)
        return [Acceptance(row.conversation_id, row.number) for row in rows]

    def _start_turns(self, items: Sequence[_Item], rows: Sequence[AcceptRow]) -> None:
        opened: dict[int, tuple[Handed, list[Message]]] = {}
        for item, row in zip(items, rows, strict=True):
            if row.token is None or row.number is None:
                continue
            entry = opened.get(row.conversation_id)
            if entry is None:
                handed = Handed(
                    conversation_id=row.conversation_id,
                    bot_id=item.row.bot_id,
                    token=row.token,
                    session_version=row.session_version,
                    session=row.session,
                    numbers=[],
                    messages=[],
                    seeds=[],
                    accepted_ms=[],
                    attempts=1,
                )
                entry = opened[row.conversation_id] = (handed, [])
            elif row.session is not None:
                entry[0].session = row.session
            handed, messages = entry
            handed.numbers.append(row.number)
            handed.messages.append(item.row.body)
            handed.seeds.append(item.row.seed)
            handed.accepted_ms.append(row.accepted_ms)
            messages.append(item.message)
        for handed, messages in opened.values():
            self._play(handed, messages)
