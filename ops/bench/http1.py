"""HTTP/1.1 as the load generator speaks it: keep-alive, one exchange at a time, whole messages.

Owns splitting bytes into messages, the fake platform's side of a connection and the pool that posts webhooks. Knows what
bots and HTTP clients send in practice and no more: it is to cost the machine as little as possible, not to be a server.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Final, NamedTuple, cast

CONNECTION_LOST: Final = 0
"""The status told for a request whose connection ended without an answer."""


class HttpMessage(NamedTuple):
    """A request or an answer."""

    start: bytes
    """The first line."""
    head: bytes
    """First line and headers, in lower case."""
    body: bytes
    """As on the wire: a chunked body keeps its chunk sizes."""
    end: int
    """Where the next message begins."""


def split(buffer: bytes) -> HttpMessage | None:
    """The first message in `buffer`; None while it is not whole."""
    head_end = buffer.find(b"\r\n\r\n")
    if head_end < 0:
        return None
    head = buffer[:head_end].lower()
    body_at = head_end + 4
    field = head.find(b"content-length:")
    if field >= 0:
        line_end = head.find(b"\r\n", field)
        end = body_at + int(head[field + 15 : line_end if line_end > 0 else len(head)])
        if len(buffer) < end:
            return None
    elif b"transfer-encoding: chunked" in head:
        last = buffer.find(b"0\r\n\r\n", body_at)
        if last < 0:
            return None
        end = last + 5
    else:
        end = body_at
    return HttpMessage(buffer[: buffer.find(b"\r\n")], head, buffer[body_at:end], end)


class ApiConnection(asyncio.Protocol):
    """A bot's connection to the fake platform. `answer(target, body)` gives the JSON to answer with."""

    def __init__(self, answer: Callable[[bytes, bytes], bytes]) -> None:
        self._answer = answer
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are no subclasses of asyncio's.
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        assert self._transport is not None
        self._buffer += data
        while (message := split(self._buffer)) is not None:
            self._buffer = self._buffer[message.end :]
            out = self._answer(message.start.split(b" ", 2)[1], message.body)
            closing = b"connection: close" in message.head
            self._transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%b\r\n%b"
                % (len(out), b"Connection: close\r\n" if closing else b"", out)
            )
            if closing:
                self._transport.close()


class _Post(asyncio.Protocol):
    """One connection of the pool; at most one request under way."""

    def __init__(self, posts: Posts) -> None:
        self._posts = posts
        self._buffer = b""
        self.waiting: Callable[[int], object] | None = None
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def send(self, request: bytes, answered: Callable[[int], object]) -> None:
        """Send; `answered` hears the status."""
        assert self.transport is not None
        self.waiting = answered
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        assert self.transport is not None
        self._buffer += data
        message = split(self._buffer)
        if message is None:
            return
        self._buffer = b""
        closing = b"connection: close" in message.head
        if closing:
            self.transport.close()
        answered, self.waiting = self.waiting, None
        if not closing:
            self._posts.free(self)
        if answered is not None:
            answered(int(message.start[9:12]))

    def connection_lost(self, exc: Exception | None) -> None:
        answered, self.waiting = self.waiting, None
        self._posts.lost(self)
        if answered is not None:
            answered(CONNECTION_LOST)


class Posts:
    """Up to `size` keep-alive connections to the bot; requests beyond wait their turn, first come, first served."""

    def __init__(self, host: str, port: int, size: int) -> None:
        self._place = (host, port)
        self._size = size
        self._idle: deque[_Post] = deque()
        self._queue: deque[tuple[bytes, Callable[[int], object]]] = deque()
        self._opening: set[asyncio.Task[None]] = set()
        self._open = 0
        self.refused = 0
        """Connections that could not be made."""

    async def connect(self) -> None:
        """Open all connections."""
        for _ in range(self._size):
            await self._connect()

    def post(self, request: bytes, answered: Callable[[int], object]) -> None:
        """Send a request on an idle connection, or queue it."""
        while self._idle:
            connection = self._idle.popleft()
            if connection.transport is not None and not connection.transport.is_closing():
                connection.send(request, answered)
                return
        self._queue.append((request, answered))
        self._grow()

    def free(self, connection: _Post) -> None:
        """A connection has had its answer."""
        if self._queue:
            connection.send(*self._queue.popleft())
        else:
            self._idle.append(connection)

    def lost(self, connection: _Post) -> None:
        """A connection has ended."""
        self._open -= 1
        if connection in self._idle:
            self._idle.remove(connection)
        if self._queue:
            self._grow()

    def close(self) -> None:
        """Close the idle connections; what waits is never sent."""
        self._queue.clear()
        for connection in tuple(self._idle):
            if connection.transport is not None:
                connection.transport.close()

    def _grow(self) -> None:
        if self._open < self._size:
            task = asyncio.get_running_loop().create_task(self._connect())
            self._opening.add(task)
            task.add_done_callback(self._opening.discard)

    async def _connect(self) -> None:
        self._open += 1
        loop = asyncio.get_running_loop()
        try:
            _, connection = await loop.create_connection(lambda: _Post(self), *self._place)
        except OSError:
            self._open -= 1
            self.refused += 1
            return
        self.free(connection)
