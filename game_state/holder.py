"""This process' right to hold leases: a random incarnation, kept alive by a heartbeat.

Leases live as long as their holder by the database's clock. Here the same is known by the monotonic clock, on the safe
side: counted from before the renewal was asked for. An incarnation that expired is never renewed; a new one begins.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection
from uuid import UUID, uuid4

import structlog

from game_state.errors import StoreError
from game_state.store import Store

log = structlog.get_logger(__name__)


class Holder:
    """The incarnation and its heartbeat. `start` makes the first renewal; `run` goes on until cancelled."""

    def __init__(
        self,
        store: Store,
        *,
        turns_s: float,
        deliveries_s: float,
        playing: Callable[[], Collection[int]],
        sending: Callable[[], Collection[int]],
        on_lost: Callable[[], None],
    ) -> None:
        """`turns_s`, `deliveries_s`: length of the leases in seconds. `playing`, `sending`: the tokens of the leases in use
        here; others of this holder are given back. `on_lost` is called when an incarnation died."""
        self._store = store
        self._turns_s = turns_s
        self._deliveries_s = deliveries_s
        self._playing = playing
        self._sending = sending
        self._on_lost = on_lost
        self.id: UUID = uuid4()
        self.turns_until = 0.0
        """Monotonic seconds until when the turn leases hold for sure."""
        self.deliveries_until = 0.0
        """Likewise for the deliveries'."""

    async def start(self) -> None:
        """Become a holder. Raises StoreError."""
        await self._renew()

    async def run(self) -> None:
        """Renew three times a lease, for ever, and give back what nobody uses."""
        while True:
            await asyncio.sleep(self._turns_s / 3)
            try:
                await self._renew()
                await self._store.release_leases(self.id, [*self._playing(), *self._sending()], self._turns_s)
            except StoreError as error:
                log.warning("holder.renewal_failed", error=str(error))

    async def release(self) -> None:
        """Give all leases back (draining). What may be on its way to a platform expires by itself, and is unknown then."""
        await self._store.release_leases(self.id, [*self._sending()], 0)

    async def _renew(self) -> None:
        asked_at = time.monotonic()
        if not await self._store.renew_leases(self.id, self._turns_s, self._deliveries_s):
            # Turns it still has are given back with their attempts, rather than left to be reaped as an unclean end. What is
            # being sent stays known, and ends by its own lease.
            await self._store.release_leases(self.id, [*self._sending()], 0)
            self._on_lost()
            asked_at, following = time.monotonic(), uuid4()
            await self._store.renew_leases(following, self._turns_s, self._deliveries_s)
            self.id = following
        self.turns_until = asked_at + self._turns_s
        self.deliveries_until = asked_at + self._deliveries_s
