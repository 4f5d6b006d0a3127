"""The simulator's HTTP server: one loopback port that plays every platform.

Owns sockets, the way of a request (read, fault, perform, record, answer) and start and stop. What a platform says is in
its own module; `/_sim/` is in `control.py`. Uses Tornado's HTTPMessageDelegate and not RequestHandler, because a load
test sends thousands of requests a second through it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from http.client import responses
from types import TracebackType
from typing import cast
from urllib.parse import parse_qsl

from tornado.http1connection import HTTP1Connection
from tornado.httpserver import HTTPServer
from tornado.httputil import (
    HTTPConnection,
    HTTPHeaders,
    HTTPMessageDelegate,
    HTTPServerConnectionDelegate,
    RequestStartLine,
    ResponseStartLine,
)
from tornado.netutil import bind_sockets

from ops.simulator.control import CONTROL_PREFIX, Control
from ops.simulator.discord import DiscordApi
from ops.simulator.exchange import Answer, Api, Call, Request, json_answer
from ops.simulator.faults import Faults, Rule
from ops.simulator.line import LineApi
from ops.simulator.messenger import MessengerApi
from ops.simulator.meta import is_whatsapp
from ops.simulator.people import People
from ops.simulator.record import Record
from ops.simulator.slack import SlackApi
from ops.simulator.telegram import TelegramApi
from ops.simulator.whatsapp import WhatsappApi

HOST = "127.0.0.1"
GARBAGE = b'{"ok": tru\xff\x00<html>'


class Simulator:
    """All six platforms on one port. `async with Simulator() as simulator:` starts and stops it."""

    def __init__(self, *, port: int = 0, keep: int | None = None, seed: int = 1) -> None:
        """Listen on `port` (0: a free one) once started; `keep` bounds the record; `seed` drives the faults' chances."""
        self.record = Record(keep)
        self.faults = Faults(seed)
        self.people = People()
        self.telegram = TelegramApi(self.people)
        self.slack = SlackApi(self.people)
        self.discord = DiscordApi()
        self.messenger = MessengerApi(self.people)
        self.line = LineApi(self.people)
        self.whatsapp = WhatsappApi()
        self._control = Control(self.record, self.faults, self.people)
        self._port = port
        self._server: HTTPServer | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """Scheme, host and port: what a bot's `api_base` is set to."""
        return f"http://{HOST}:{self._port}"

    async def start(self) -> None:
        """Listen. Raises OSError when the port is taken."""
        sockets = bind_sockets(self._port, HOST)
        self._port = sockets[0].getsockname()[1]
        self._server = HTTPServer(_Front(self), idle_connection_timeout=3600)
        self._server.add_sockets(sockets)

    async def stop(self) -> None:
        """Close all connections; late answers are not given any more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._server is not None:
            self._server.stop()
            await self._server.close_all_connections()
            self._server = None

    async def __aenter__(self) -> Simulator:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def take(self, request: Request, connection: HTTP1Connection) -> None:
        """Treat one complete request, and answer it now or later."""
        if request.path.startswith(CONTROL_PREFIX):
            self._later(self._answer_control(request, connection))
            return
        api = self._api(request)
        if api is None:
            _write(connection, json_answer({"error": "no platform has this path"}, status=404))
            return
        now = time.monotonic()
        call = api.read(request)
        verdict = self.faults.verdict(call, now)
        rule = verdict.rule
        answer = api.perform(call) if rule is None else _spoil(api, call, rule)
        self.record.add(call, answer, rule, now)
        cut = rule is not None and rule.action == "cut"
        if verdict.delay_s > 0:
            self._later(_respond_late(connection, answer, verdict.delay_s, cut=cut))
        elif cut:
            connection.stream.close()
        else:
            _write(connection, answer)

    def _api(self, request: Request) -> Api | None:
        """Say whose API the path belongs to."""
        path = request.path
        if path.startswith("/bot"):
            return self.telegram
        if path.startswith("/api/v") and path[6:7].isdecimal():
            return self.discord
        if path.startswith("/api/"):
            return self.slack
        if path.startswith("/v2/"):
            return self.line
        if path.startswith("/v") and path[2:3].isdecimal():
            return self.whatsapp if is_whatsapp(request) else self.messenger
        return None

    async def _answer_control(self, request: Request, connection: HTTP1Connection) -> None:
        _write(connection, await self._control.answer(request))

    def _later(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


class _Front(HTTPServerConnectionDelegate):
    """Makes one delegate per request."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    def start_request(self, server_conn: object, request_conn: HTTPConnection) -> HTTPMessageDelegate:
        return _Incoming(self._simulator, cast(HTTP1Connection, request_conn))


class _Incoming(HTTPMessageDelegate):
    """Collects one request."""

    def __init__(self, simulator: Simulator, connection: HTTP1Connection) -> None:
        self._simulator = simulator
        self._connection = connection
        self._start: RequestStartLine | None = None
        self._headers = HTTPHeaders()
        self._chunks: list[bytes] = []

    def headers_received(self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders) -> None:
        assert isinstance(start_line, RequestStartLine)
        self._start, self._headers = start_line, headers

    def data_received(self, chunk: bytes) -> None:
        self._chunks.append(chunk)

    def finish(self) -> None:
        assert self._start is not None
        path, _, query = self._start.path.partition("?")
        request = Request(
            verb=self._start.method,
            path=path,
            query=dict(parse_qsl(query, keep_blank_values=True)) if query else {},
            headers=self._headers,
            raw=b"".join(self._chunks),
        )
        self._simulator.take(request, self._connection)

    def on_connection_close(self) -> None:
        self._chunks.clear()


def _spoil(api: Api, call: Call, rule: Rule) -> Answer:
    """Treat the call as the rule says: carried out or not, and answered wrongly."""
    done = api.perform(call) if rule.delivers() else Answer()
    failing = rule.action in ("status", "refuse")
    spoilt = api.fail(call, rule) if failing else Answer(body=GARBAGE, error=rule.action)
    return Answer(
        status=spoilt.status,
        body=spoilt.body,
        headers=spoilt.headers,
        content_type=spoilt.content_type,
        message_ids=done.message_ids or spoilt.message_ids,
        delivered=done.delivered,
        duplicate=done.duplicate,
        error=spoilt.error,
    )


async def _respond_late(connection: HTTP1Connection, answer: Answer, delay_s: float, *, cut: bool) -> None:
    await asyncio.sleep(delay_s)
    if cut:
        connection.stream.close()
    else:
        _write(connection, answer)


def _write(connection: HTTP1Connection, answer: Answer) -> None:
    """Send the answer; somebody who hung up meanwhile gets none."""
    if connection.stream.closed():
        return
    headers = HTTPHeaders()
    for name, value in answer.headers:
        headers.add(name, value)
    if answer.status != 204:
        headers["Content-Type"] = answer.content_type
        headers["Content-Length"] = str(len(answer.body))
    reason = responses.get(answer.status, "Unknown")
    written = connection.write_headers(ResponseStartLine("HTTP/1.1", answer.status, reason), headers, answer.body)
    # Whoever hangs up while we write fails this future; nobody is there to be told.
    written.add_done_callback(lambda future: future.cancelled() or future.exception())
    connection.finish()
