"""Waiting for what nothing tells of, in bounded time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable


async def eventually(holds: Callable[[], Awaitable[bool]], timeout_s: float = 30.0) -> None:
    """Return once the condition holds. Raises TimeoutError."""
    never = asyncio.Event()
    async with asyncio.timeout(timeout_s):
        while not await holds():
            try:
                await asyncio.wait_for(never.wait(), 0.02)
            except TimeoutError:
                continue
