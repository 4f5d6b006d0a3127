"""The outgoing HTTP client: one pool of keep-alive connections a process, for all platforms.

Our own, chosen by measurement (docs/decisions): a POST costs it a fifth of what the best pooled library takes, and a turn sends
at least one. Every exchange has one whole time-out, which is shorter than a delivery's lease. A request is never repeated here:
whether it arrived is known, or said to be unknown.
"""

from __future__ import annotations

import asyncio
import ssl
from typing import Final
from urllib.parse import urlsplit

import msgspec

from delivery.connection import Connection, OutcomeUnknown
from platforms.contract import Request, Response

__all__ = ["Client", "NotSent", "OutcomeUnknown"]

CONNECT_S: Final = 5.0
"""Seconds that opening a connection may take."""
ADDRESSES: Final = 2000
"""Parsed addresses kept; a bot uses a few over and over."""


class NotSent(Exception):
    """The request surely did not arrive: no connection could be made. `str` is a short reason."""


class _Place(msgspec.Struct, frozen=True):
    """Where connections go."""

    host: str
    port: int
    tls: bool


class Client:
    """Sends Requests. Made inside the running loop."""

    def __init__(self, *, timeout_s: float) -> None:
        """`timeout_s`: the whole time of one exchange, in seconds."""
        self.timeout_s = timeout_s
        self._loop = asyncio.get_running_loop()
        self._idle: dict[_Place, list[Connection]] = {}
        self._open: set[Connection] = set()
        self._addresses: dict[str, tuple[_Place, bytes]] = {}
        self._tls: ssl.SSLContext | None = None

    async def send(self, request: Request) -> Response:
        """One exchange. Raises NotSent or OutcomeUnknown."""
        place, data = self._encode(request)
        begun = self._loop.time()
        connection = self._take(place)
        if connection is None:
            connection = await self._connect(place)
        left_s = self.timeout_s - (self._loop.time() - begun)
        try:
            return await connection.exchange(data, max(left_s, 0.05))
        finally:
            if connection.reusable_until:
                self._idle.setdefault(place, []).append(connection)
            else:
                connection.close()
                self._open.discard(connection)

    async def close(self) -> None:
        """Close all connections."""
        for connection in self._open:
            connection.close()
        self._open.clear()
        self._idle.clear()
        await asyncio.sleep(0)

    def _take(self, place: _Place) -> Connection | None:
        # The last one used is the one least likely to have been closed by its server meanwhile.
        idle = self._idle.get(place)
        now = self._loop.time()
        while idle:
            connection = idle.pop()
            if connection.is_open and now < connection.reusable_until:
                return connection
            connection.close()
            self._open.discard(connection)
        return None

    async def _connect(self, place: _Place) -> Connection:
        try:
            async with asyncio.timeout(min(CONNECT_S, self.timeout_s)):
                _, connection = await self._loop.create_connection(
                    lambda: Connection(self._loop),
                    place.host,
                    place.port,
                    ssl=self._context() if place.tls else None,
                    server_hostname=place.host if place.tls else None,
                )
        except (OSError, TimeoutError) as error:
            raise NotSent(type(error).__name__) from error
        self._open.add(connection)
        return connection

    def _context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = ssl.create_default_context()
        return self._tls

    def _encode(self, request: Request) -> tuple[_Place, bytes]:
        known = self._addresses.get(request.url)
        if known is None:
            known = _parse(request.url)
            if len(self._addresses) >= ADDRESSES:
                self._addresses.clear()
            self._addresses[request.url] = known
        place, target = known
        head = [request.method.encode(), b" ", target]
        for name, value in request.headers:
            if "\r" in value or "\n" in value:
                raise NotSent("a header with a line break")
            head.append(f"{name}: {value}\r\n".encode("latin-1", "replace"))
        head.append(b"Content-Length: %d\r\n\r\n" % len(request.body))
        head.append(request.body)
        return place, b"".join(head)


def _parse(url: str) -> tuple[_Place, bytes]:
    """The place of an address, and the request line's rest with the Host header. Raises NotSent for what is no address."""
    try:
        parts = urlsplit(url)
        host, tls = parts.hostname, parts.scheme == "https"
        port = parts.port or (443 if tls else 80)
    except ValueError as error:
        raise NotSent("not an address") from error
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not host or parts.scheme not in ("http", "https") or not target.isascii() or any(c <= " " for c in target):
        raise NotSent("not an address")
    named = f"[{host}]" if ":" in host else host
    shown = named if parts.port is None else f"{named}:{port}"
    return _Place(host, port, tls), f"{target} HTTP/1.1\r\nHost: {shown}\r\n".encode()
