"""The front closes connections that are idle or slow with their headers, and no other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

import pytest
from tornado import web
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from handlers.front import Front
from handlers.probe import HealthHandler
from handlers.webhook import Doors


class Slow(web.RequestHandler):
    """Answers when it is told to."""

    def initialize(self, go: asyncio.Event) -> None:
        self._go = go

    async def get(self) -> None:
        """Wait, then answer."""
        await self._go.wait()
        self.finish("done")


class House:
    """A front with an application behind it."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        application = web.Application([("/healthz", HealthHandler), ("/slow", Slow, {"go": self.go})])
        doors = Doors(lambda _platform, _name: None, None, None, None)  # type: ignore[arg-type]  # no door is used
        self.front = Front(doors, application)
        self.server = HTTPServer(self.front)
        sockets = bind_sockets(0, "127.0.0.1")
        self.server.add_sockets(sockets)
        self.port = sockets[0].getsockname()[1]

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection that the server knows of."""
        known = len(self.front.quiet)
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        await until(lambda: len(self.front.quiet) > known)
        return reader, writer


async def until(true: Callable[[], bool]) -> None:
    """Let the loop turn until it is so."""
    async with asyncio.timeout(30):
        while not true():  # noqa: ASYNC110  what Tornado does inside gives no event to wait for
            await asyncio.sleep(0)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    """A running front."""
    made = House()
    yield made
    made.server.stop()
    await made.server.close_all_connections()


async def test_slow_headers_are_cut_off(house: House) -> None:
    reader, writer = await house.connect()
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow")
    await writer.drain()
    assert house.front.close_quiet(60) == 0
    assert house.front.close_quiet(0) == 1
    async with asyncio.timeout(30):
        with suppress(ConnectionResetError):
            assert await reader.read() == b""
    writer.close()


async def test_idle_connections_are_closed_and_answers_under_way_are_not(house: House) -> None:
    reader, writer = await house.connect()
    writer.write(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
    await writer.drain()
    await until(lambda: not house.front.quiet)
    assert house.front.close_quiet(0) == 0
    house.go.set()
    async with asyncio.timeout(30):
        assert (await reader.readuntil(b"done")).startswith(b"HTTP/1.1 200")
        await until(lambda: len(house.front.quiet) == 1)
        assert house.front.close_quiet(0) == 1
        assert await reader.read() == b""
    writer.close()


async def test_a_connection_that_ended_by_itself_is_forgotten(house: House) -> None:
    reader, writer = await house.connect()
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert await reader.read()
    writer.close()
    _, other = await house.connect()
    other.close()
    await other.wait_closed()
    house.front.close_quiet(0)
    assert house.front.quiet == {}


async def test_a_body_that_trickles_is_cut_off(house: House) -> None:
    reader, writer = await house.connect()
    writer.write(b"POST /webhooks/telegram/none HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nsome")
    await writer.drain()
    assert house.front.close_quiet(60) == 0
    assert house.front.close_quiet(0) == 1
    async with asyncio.timeout(30):
        with suppress(ConnectionResetError):
            assert await reader.read() == b""
    writer.close()
