"""The front: looks at each request's path and gives it to a door or to the Tornado application; closes what is idle or slow."""

from __future__ import annotations

import time
from collections.abc import Awaitable

from tornado import httputil, web

from handlers.webhook import PREFIX, Door, Doors


class Front(httputil.HTTPServerConnectionDelegate):
    """Sends each request to its door, or on to the application."""

    def __init__(self, doors: Doors, application: web.Application) -> None:
        self._doors = doors
        self._application = application
        # Connections on which nobody has sent a request's headers, or a door's whole body, yet, and since when. Tornado does not
        # tell of those that end: the sweep forgets them.
        self.quiet: dict[httputil.HTTPConnection, float] = {}

    def close_quiet(self, longer_s: float) -> int:
        """Close connections that have been idle, or slow with their headers, for longer; how many.

        Instead of Tornado's own time-out, which arms a timer for each request and costs a twentieth of its time.
        """
        before = time.monotonic() - longer_s
        late = [connection for connection, since in self.quiet.items() if since < before]
        for connection in late:
            del self.quiet[connection]
            connection.stream.close()  # type: ignore[attr-defined]
        return len(late)

    def start_request(self, server_conn: object, request_conn: httputil.HTTPConnection) -> httputil.HTTPMessageDelegate:
        """Called by Tornado for each request, before its headers are known."""
        return _Switch(self, server_conn, request_conn)

    def choose(
        self, path: str, server_conn: object, request_conn: httputil.HTTPConnection
    ) -> httputil.HTTPMessageDelegate:
        """The delegate for a request's path."""
        if path.startswith(PREFIX):
            return Door(self._doors, request_conn)
        return self._application.start_request(server_conn, request_conn)


class _Switch(httputil.HTTPMessageDelegate):
    def __init__(self, front: Front, server_conn: object, request_conn: httputil.HTTPConnection) -> None:
        self._front = front
        self._server_conn = server_conn
        self._request_conn = request_conn
        self._target: httputil.HTTPMessageDelegate | None = None
        front.quiet[request_conn] = time.monotonic()

    def headers_received(
        self, start_line: httputil.RequestStartLine | httputil.ResponseStartLine, headers: httputil.HTTPHeaders
    ) -> Awaitable[None] | None:
        assert isinstance(start_line, httputil.RequestStartLine)
        if start_line.path.startswith(PREFIX):
            # A door's body has as long again; then it is cut off like slow headers.
            self._front.quiet[self._request_conn] = time.monotonic()
        else:
            self._front.quiet.pop(self._request_conn, None)
        self._target = self._front.choose(start_line.path, self._server_conn, self._request_conn)
        return self._target.headers_received(start_line, headers)

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        return self._target.data_received(chunk) if self._target else None

    def finish(self) -> None:
        self._front.quiet.pop(self._request_conn, None)
        if self._target:
            self._target.finish()

    def on_connection_close(self) -> None:
        if self._target:
            self._target.on_connection_close()
