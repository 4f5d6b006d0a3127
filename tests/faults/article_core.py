"""A core whose article store has weather, and which can go without one mechanism; run as a process by test_articles."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from collections.abc import Callable

import msgspec
from tornado.netutil import bind_sockets

from article_data.reader.redis_tier import RedisTier
from article_data.reader.threads import Threads
from delivery.answers import Answers
from game_state.store import Store
from handlers.core import Core
from ops.log import configure
from ops.settings import Settings
from tests.faults.weather import submit


class Part(msgspec.Struct):
    """What the process is told on its command line, as JSON."""

    settings: Settings
    url: str
    secret: str
    channel: int
    """A socket's descriptor: who makes the weather is at its other end."""
    without: str | None = None
    """One of WITHOUT."""


def _no_threads() -> None:
    async def run(_self: Threads, work: Callable[[], object], _patience_s: float) -> object:
        return work()

    Threads.run = run  # type: ignore[method-assign, assignment]


def _one_crew() -> None:
    (Threads.__init__).__defaults__ = (4, 1)


def _no_redis_deadline() -> None:
    (RedisTier.__init__).__kwdefaults__ = {"deadline_s": 600.0}


def _no_titles() -> None:
    Answers._titled = lambda self, need: []  # type: ignore[method-assign]


def _no_announcements() -> None:
    async def none(_self: Store) -> dict[str, str]:
        return {}

    Store.current_builds = none  # type: ignore[method-assign, assignment]


WITHOUT = {
    "threads": _no_threads,
    "fresh threads": _one_crew,
    "deadline for Redis": _no_redis_deadline,
    "titles": _no_titles,
    "announcements": _no_announcements,
}


async def main(part: Part) -> None:
    """Run until SIGTERM."""
    server = part.settings.server
    core = await Core.start(
        part.settings, url=part.url, secret=part.secret, sockets=bind_sockets(server.port, server.host)
    )
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    await ended.wait()
    await core.drain()


if __name__ == "__main__":
    told = msgspec.json.decode(sys.argv[1], type=Part)
    configure(json=True)
    if told.without is not None:
        WITHOUT[told.without]()
    with socket.socket(fileno=told.channel) as channel:
        submit(channel)
    asyncio.run(main(told))
