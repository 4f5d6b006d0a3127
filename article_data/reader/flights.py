"""One flight for many callers: whoever asks for what is being fetched already waits for the same fetch.

Called by `reading`; knows nothing of what is fetched.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Flights(Generic[T]):
    """Fetches under way, by key."""

    def __init__(self) -> None:
        self._under_way: dict[Hashable, asyncio.Task[T]] = {}

    async def join(self, key: Hashable, fetch: Callable[[], Coroutine[None, None, T]]) -> T:
        """Return what the fetch under this key returns, or raise what it raises; starts one if there is none.

        Cancelling a caller never cancels the flight that others wait for.
        """
        flight = self._under_way.get(key)
        if flight is None:
            flight = asyncio.create_task(fetch())
            self._under_way[key] = flight
            flight.add_done_callback(lambda done: self._landed(key, done))
        return await asyncio.shield(flight)

    async def close(self) -> None:
        """Cancel what is under way."""
        for flight in self._under_way.values():
            flight.cancel()
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    def _landed(self, key: Hashable, flight: asyncio.Task[T]) -> None:
        self._under_way.pop(key, None)
        if not flight.cancelled():
            # Read it, so that a flight whose callers have all gone is no "exception was never retrieved".
            flight.exception()
