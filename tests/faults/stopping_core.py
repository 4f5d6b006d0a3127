"""A core that stops itself with SIGSTOP, once, at the named moment of its first turn; run as a process by test_stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

import msgspec
from tornado.netutil import bind_sockets

from handlers.core import Core
from ops.log import configure
from ops.settings import Settings


class Part(msgspec.Struct):
    """What the process is told on its command line, as JSON."""

    settings: Settings
    url: str
    secret: str
    stop_at: str | None


async def main(part: Part) -> None:
    """Run until SIGTERM."""
    stop_at = part.stop_at

    async def checkpoint(name: str) -> None:
        nonlocal stop_at
        if name == stop_at:
            stop_at = None
            os.kill(os.getpid(), signal.SIGSTOP)

    server = part.settings.server
    core = await Core.start(
        part.settings,
        url=part.url,
        secret=part.secret,
        sockets=bind_sockets(server.port, server.host),
        checkpoint=checkpoint,
    )
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    await ended.wait()
    await core.drain()


if __name__ == "__main__":
    configure(json=True)
    asyncio.run(main(msgspec.json.decode(sys.argv[1], type=Part)))
