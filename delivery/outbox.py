"""The outbox: committed replies on their way to the platforms, in order per conversation, conversations in parallel.

A conversation's replies are sent by whoever holds its delivery lease, one request at a time; each attempt was marked durably
before it comes here. Sends cannot be fenced, so the lease is checked by the monotonic clock just before the POST. What the
platform answers is classified by its room; what nobody knows is recorded as unknown, and the platform's policy decides.

In one module, a little long, because it is one reply's way in reading order: leased, placed, sent, recorded, the next one.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Protocol
from uuid import UUID

import msgspec
import structlog

from delivery.backoff import exhausted, wait_s
from delivery.boards import Boards
from delivery.client import Client, NotSent, OutcomeUnknown
from delivery.decision import decide
from delivery.gate import Gate
from delivery.parcel import Parcel, parcel_of
from game_state.batch import Batch, newest
from game_state.errors import BadData, HolderExpired, StoreError, Unavailable
from game_state.holder import Holder
from game_state.rows import DeliveryFinish, DeliveryStep, Sendable
from game_state.store import Store
from ops.log import DELIVERY_FINISHED
from platforms.contract import (
    NOTHING,
    Bot,
    Delivered,
    Delivery,
    Outcome,
    Platform,
    Retry,
    Sending,
    Unknown,
)

PER_BOT: Final = 128
"""Requests of one bot under way at once in one process: a slow platform holds back only its own conversations."""

UNRECORDED_S: Final = 0.5
"""Between two tries to record an outcome while the database is away."""

log = structlog.get_logger(__name__)


class Watch(Protocol):
    """What sending tells the metrics."""

    def request(self, platform: str, method: str, status: int) -> None: ...
    def throttled(self, platform: str, seconds: float) -> None: ...
    def dead_letter(self, platform: str, reason: str) -> None: ...
    def unknown(self, platform: str) -> None: ...
    def fenced(self) -> None: ...


class Outbox:
    """Sends parcels. `send` never raises; every outcome is recorded, or its lease given back."""

    def __init__(
        self,
        store: Store,
        holder: Holder,
        client: Client,
        rooms: Callable[[int], tuple[Bot, Platform] | None],
        watch: Watch,
        checkpoint: Callable[[str], Awaitable[None]],
    ) -> None:
        self._store = store
        self._holder = holder
        self._client = client
        self._rooms = rooms
        self._watch = watch
        self._checkpoint = checkpoint
        self._finish = Batch(self._finish_deliveries, limit=64, in_flight=4)
        self._boards = Boards(store)
        self._tasks: set[asyncio.Task[None]] = set()
        self._gates: dict[int, Gate] = {}
        self._paused_until: dict[int, float] = {}
        # Later replies of the conversations being sent to, by conversation and number: what is handed back next need not be read.
        self._at_hand: dict[int, dict[int, Delivery]] = {}
        self.tokens: set[int] = set()
        """Tokens of the delivery leases in use here."""
        self.keep_on = True
        """Send the next reply of a conversation at once; False while draining."""

    @property
    def busy(self) -> int:
        """Conversations being sent to."""
        return len(self._tasks)

    def send(self, parcel: Parcel) -> None:
        """Send leased deliveries."""
        self.tokens.add(parcel.token)
        self._at_hand.setdefault(parcel.deliveries[0].conversation_id, {})
        task = asyncio.get_running_loop().create_task(self._send(parcel))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def keep(self, conversation_id: int, deliveries: dict[int, Delivery]) -> None:
        """Remember committed replies, by number, that wait for an earlier one which is being sent here."""
        waiting = self._at_hand.get(conversation_id)
        if waiting is not None:
            waiting.update(deliveries)

    async def claim(self, limit: int) -> int:
        """Claim and send what is due; how many conversations. Raises StoreError."""
        holder = self._holder.id
        try:
            claimed = await self._store.claim_deliveries(holder, limit)
        except HolderExpired:
            return 0
        for sendable in claimed:
            parcel = await self._open(sendable, holder)
            if parcel is not None:
                self.send(parcel)
        return len(claimed)

    async def _open(self, sendable: Sendable, holder: UUID) -> Parcel | None:
        """The parcel of what was read; a reply that cannot be read is a dead letter, and stops nobody else's."""
        try:
            return parcel_of(sendable, holder)
        except msgspec.DecodeError:
            first = sendable.rows[0].number
            log.error("delivery.unreadable", conversation=sendable.conversation_id, number=first)
            await self._finished(
                DeliveryFinish(sendable.conversation_id, sendable.token, first, "refused", reason="unreadable")
            )
            return None

    async def drain(self) -> None:
        """Wait until nothing is being sent."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def _send(self, parcel: Parcel) -> None:
        following: Parcel | None = parcel
        conversation_id = parcel.deliveries[0].conversation_id
        try:
            while (current := following) is not None:
                following = await self._send_held(current)
        finally:
            self._at_hand.pop(conversation_id, None)

    async def _send_held(self, parcel: Parcel) -> Parcel | None:
        self.tokens.add(parcel.token)
        conversation_id = parcel.deliveries[0].conversation_id
        try:
            return await self._send_one(parcel)
        except StoreError as error:
            # What is next could not be read: the lease, of which nothing was sent yet, is given back by the heartbeat.
            log.warning("delivery.abandoned", conversation=conversation_id, error=str(error))
            return None
        except Exception as error:  # the lane's top: recorded with the reply, which is tried again
            log.error("delivery.failed", conversation=conversation_id, exc_info=error)
            return await self._stumbled(parcel, type(error).__name__)
        finally:
            self.tokens.discard(parcel.token)

    async def _stumbled(self, parcel: Parcel, reason: str) -> Parcel | None:
        """A fault of ours: the reply waits, longer each time, and ends as a dead letter rather than being tried for ever."""
        head = parcel.deliveries[0]
        finish = DeliveryFinish(head.conversation_id, parcel.token, head.number, "retry", reason=reason)
        if exhausted(head.attempts):
            finish = msgspec.structs.replace(finish, outcome="exhausted")
        else:
            finish = msgspec.structs.replace(finish, after_ms=int(wait_s(head.attempts, 1.0) * 1000))
        return await self._record(parcel, finish)

    async def _send_one(self, parcel: Parcel) -> Parcel | None:
        room = self._rooms(parcel.bot_id)
        head = parcel.deliveries[0]
        if room is None:
            return await self._record(
                parcel,
                DeliveryFinish(
                    head.conversation_id, parcel.token, parcel.deliveries[-1].number, "deferred", after_ms=2000
                ),
            )
        bot, platform = room
        pause = self._paused_until.get(bot.bot_id, 0.0) - time.monotonic()
        if pause > 0:
            return await self._record(
                parcel,
                DeliveryFinish(
                    head.conversation_id,
                    parcel.token,
                    parcel.deliveries[-1].number,
                    "deferred",
                    after_ms=int(pause * 1000) + 1,
                ),
            )
        capabilities = platform.capabilities
        # Replies behind the first of their turn were only ever pushed.
        spent = capabilities.unknown_token_final and head.origin.token is not None and head.origin.position == 0
        if parcel.unknowns and (spent or not capabilities.resend_unknown):
            # A process died or was stopped while it sent this: the platform's policy says not to try again.
            covers = len(parcel.deliveries) if spent else 1
            return await self._end(bot, platform, parcel, covers, None, Unknown(reason="attempt_expired"), 0.0)
        deliveries = await self._boards.place(capabilities, parcel.deliveries)
        if deliveries is None:
            replaced = DeliveryFinish(head.conversation_id, parcel.token, head.number, "replaced")
            _tell(bot, head, replaced, replies=1, seconds=0.0)
            return await self._record(parcel, replaced)
        sending = platform.render(bot, deliveries, int(time.time() * 1000))
        if sending is NOTHING:
            return await self._end(bot, platform, parcel, 1, sending, Delivered(), 0.0)
        begun = time.perf_counter()
        gate = self._gates.get(bot.bot_id)
        if gate is None:
            gate = self._gates[bot.bot_id] = Gate(PER_BOT)
        await gate.enter()
        try:
            await self._checkpoint("before_post")
            late = time.monotonic() + self._client.timeout_s >= self._holder.deliveries_until
            if late or parcel.holder != self._holder.id:
                return await self._record(
                    parcel, DeliveryFinish(head.conversation_id, parcel.token, parcel.deliveries[-1].number, "deferred")
                )
            outcome, status = await self._post(platform, sending)
        finally:
            gate.leave()
        await self._checkpoint("after_post")
        self._watch.request(platform.name, sending.request.name, status)
        return await self._end(bot, platform, parcel, sending.covers, sending, outcome, time.perf_counter() - begun)

    async def _post(self, platform: Platform, sending: Sending) -> tuple[Outcome, int]:
        try:
            response = await self._client.send(sending.request)
        except NotSent as error:
            return Retry(reason=str(error)), 0
        except OutcomeUnknown as error:
            return Unknown(reason=str(error)), 0
        return platform.classify(sending, response), response.status

    async def _end(
        self,
        bot: Bot,
        platform: Platform,
        parcel: Parcel,
        covers: int,
        sending: Sending | None,
        outcome: Outcome,
        seconds: float,
    ) -> Parcel | None:
        head = parcel.deliveries[0]
        await self._boards.follow(head, sending, outcome)
        last = parcel.deliveries[min(covers, len(parcel.deliveries)) - 1].number
        chance = random.random()  # noqa: S311  jitter, not a secret
        decision = decide(head, parcel.token, last, platform.capabilities, sending, outcome, chance)
        finish = decision.finish
        if decision.unknown:
            self._watch.unknown(platform.name)
        if decision.dead is not None:
            self._watch.dead_letter(platform.name, decision.dead)
        if decision.throttled_s:
            self._watch.throttled(platform.name, decision.throttled_s)
        if finish.pause_ms is not None:
            self._paused_until[bot.bot_id] = time.monotonic() + finish.pause_ms / 1000
        _tell(bot, head, finish, replies=covers, seconds=seconds)
        return await self._record(parcel, finish)

    async def _finished(self, finish: DeliveryFinish) -> tuple[bool, DeliveryStep | None, UUID]:
        """Record an outcome, however long the database is away: it is known here alone. After the lease it is fenced."""
        while True:
            try:
                return await self._finish.put(finish)
            except BadData as error:
                if finish.message_id is None and finish.new_address is None and finish.pause_ms is None:
                    raise
                # What the platform told does not fit. That it was sent is worth more than what it told.
                log.error("delivery.unrecordable", conversation=finish.conversation_id, error=type(error).__name__)
                finish = msgspec.structs.replace(finish, message_id=None, new_address=None, pause_ms=None)
            except Unavailable as error:
                log.warning("delivery.unrecorded", conversation=finish.conversation_id, error=str(error))
                await asyncio.sleep(UNRECORDED_S)

    async def _record(self, parcel: Parcel, finish: DeliveryFinish) -> Parcel | None:
        finished, step, holder = await self._finished(finish)
        if not finished:
            self._watch.fenced()
        if step is None:
            return None
        kept = self._at_hand.get(finish.conversation_id, {})
        at_hand = [kept.pop(number) for number in step.numbers if number in kept]
        if len(at_hand) == len(step.numbers):
            return Parcel(parcel.bot_id, step.token, at_hand, holder)
        self.tokens.add(step.token)
        try:
            read = await self._store.read_deliveries([step])
        finally:
            self.tokens.discard(step.token)
        return await self._open(read[0], holder) if read else None

    async def _finish_deliveries(
        self, finishes: Sequence[DeliveryFinish]
    ) -> Sequence[tuple[bool, DeliveryStep | None, UUID]]:
        current = newest(finishes)
        holder = self._holder.id
        told = [finish for finish, is_newest in zip(finishes, current, strict=True) if is_newest]
        answers = iter(await self._store.finish_deliveries(holder, told, keep_on=self.keep_on))
        return [(*(next(answers) if is_newest else (False, None)), holder) for is_newest in current]


def _tell(bot: Bot, head: Delivery, finish: DeliveryFinish, *, replies: int, seconds: float) -> None:
    log.info(
        DELIVERY_FINISHED,
        conversation=head.conversation_id,
        bot=bot.bot_id,
        platform=bot.platform,
        number=head.number,
        replies=replies,
        attempts=head.attempts,
        outcome=finish.outcome,
        reason=finish.reason,
        ms=round(seconds * 1000, 2),
    )
