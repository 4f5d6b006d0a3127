"""Hints from other processes: LISTEN on one connection of its own.

A hint only wakes what polls anyway; all of them may be lost. Reconnects for ever.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

import asyncpg
import structlog

CHANNEL: Final = "parlor"
RETRY_S: Final = 2.0

log = structlog.get_logger(__name__)


async def listen(url: str, heard: Callable[[str], None]) -> None:
    """Call `heard` with every payload, until cancelled: 'turns', 'deliveries', 'builds', 'replies:ID,ID,...'."""
    while True:
        try:
            await _listen_once(url, heard)
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("listen.lost", error=type(error).__name__)
        await asyncio.sleep(RETRY_S)


async def _listen_once(url: str, heard: Callable[[str], None]) -> None:
    connection = await asyncpg.connect(url, timeout=5, server_settings={"application_name": "parlor-listen"})
    try:
        lost = asyncio.Event()
        connection.add_termination_listener(lambda _: lost.set())

        def called(_connection: Any, _pid: int, _channel: str, payload: object) -> None:
            heard(str(payload))

        await connection.add_listener(CHANNEL, called)
        # Whatever was said while nobody listened: look at everything once.
        heard("turns")
        heard("deliveries")
        heard("builds")
        await lost.wait()
    finally:
        connection.terminate()
