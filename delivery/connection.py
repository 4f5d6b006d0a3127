"""One keep-alive HTTP/1.1 connection to a platform's API: one request at a time, its answer parsed by httptools.

Owns the bytes on the wire. Knows no pool, no platform and no retry: how an exchange ended is all that it says.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final, cast

import httptools

from platforms.contract import Response

BODY_LIMIT: Final = 256 * 1024
"""Bytes of an answer that are kept; platforms answer with a few hundred."""
IDLE_S: Final = 10.0
"""How long a connection is kept for the next request, unless the server says how long it will."""


class OutcomeUnknown(Exception):
    """The request was written, the answer did not come: it may have arrived. `str` is a short reason."""


class AnswerHeaders(dict[str, str]):
    """Headers by lower-case name; look-ups ignore case."""

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.lower())

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name.lower() if isinstance(name, str) else name)

    def get(self, name: str, default: Any = None) -> Any:
        """The header's value, or `default`."""
        return super().get(name.lower(), default)


class Connection(asyncio.Protocol):
    """A connection. `exchange` may be called again once its future is done and `reusable_until` is set."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[Response] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._parser: httptools.HttpResponseParser | None = None
        self._headers = AnswerHeaders()
        self._body: list[bytes] = []
        self._size = 0
        self._headed = False
        self.reusable_until = 0.0
        """Loop time until when another request may be sent; 0 while one is under way, or never again."""

    @property
    def is_open(self) -> bool:
        """Whether the peer has not closed it, as far as we know."""
        return self._transport is not None and not self._transport.is_closing()

    def exchange(self, request: bytes, timeout_s: float) -> asyncio.Future[Response]:
        """Write a whole request; the future brings its answer or OutcomeUnknown, at the latest after `timeout_s`."""
        assert self._transport is not None
        assert self._answer is None
        self.reusable_until = 0.0
        self._headers = AnswerHeaders()
        self._body = []
        self._size = 0
        self._headed = False
        self._parser = httptools.HttpResponseParser(self)
        self._answer = answer = self._loop.create_future()
        self._timer = self._loop.call_later(timeout_s, self._fail, "timeout")
        self._transport.write(request)
        return answer

    def close(self) -> None:
        """Close at once."""
        if self._transport is not None:
            self._transport.abort()

    # asyncio calls these

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection stands."""
        # uvloop's transports are transports in all but their class.
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Bytes of an answer; bytes that nobody asked for end the connection."""
        if self._parser is None:
            self.close()
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._fail("garbage")

    def eof_received(self) -> bool:
        """The peer has said all: an answer without a length ends here."""
        unbounded = "content-length" not in self._headers and "transfer-encoding" not in self._headers
        if self._headed and unbounded:
            self._finish(keep=False)
        return False

    def connection_lost(self, error: Exception | None) -> None:
        """The connection is gone."""
        self._fail("connection lost")
        self._transport = None

    # httptools calls these

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header."""
        self._headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        """All headers are there."""
        self._headed = True

    def on_body(self, body: bytes) -> None:
        """Some of the body."""
        if self._size < BODY_LIMIT:
            self._body.append(body)
        self._size += len(body)

    def on_message_complete(self) -> None:
        """The answer is whole; a 1xx is none yet."""
        assert self._parser is not None
        if self._parser.get_status_code() < 200:
            self._headers = AnswerHeaders()
            self._headed = False
            return
        self._finish(keep=self._parser.should_keep_alive())

    def _finish(self, *, keep: bool) -> None:
        answer, parser = self._answer, self._parser
        if answer is None or parser is None:
            return
        response = Response(
            status=parser.get_status_code(), headers=self._headers, body=b"".join(self._body)[:BODY_LIMIT]
        )
        self._end()
        if keep:
            self.reusable_until = self._loop.time() + _kept_s(self._headers.get("keep-alive", ""))
        else:
            self.close()
        if not answer.done():
            answer.set_result(response)

    def _fail(self, reason: str) -> None:
        answer = self._answer
        self._end()
        self.close()
        if answer is not None and not answer.done():
            answer.set_exception(OutcomeUnknown(reason))

    def _end(self) -> None:
        self._answer = None
        self._parser = None
        self.reusable_until = 0.0
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _kept_s(header: str) -> float:
    """Seconds from a `Keep-Alive: timeout=N`, a second on the safe side."""
    _, _, rest = header.partition("timeout=")
    digits = rest.split(",")[0].strip()
    return min(max(float(digits) - 1, 0.0), 60.0) if digits.isdecimal() else IDLE_S
