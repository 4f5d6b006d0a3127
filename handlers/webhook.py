"""The doors: POST and GET `/webhooks/<platform>/<bot name>`, on Tornado's short way.

Verifies the raw bytes, has the platform's room read them, has the messages accepted, and answers 200 only once all that the
body held is durable: accepted, quarantined or moved. Runs no game code. `HTTPMessageDelegate` costs half of a RequestHandler;
`handlers/front.py` sends here what is a door's, and the rest to the Tornado application.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Sequence
from functools import lru_cache
from http.client import responses
from typing import Final, Protocol
from urllib.parse import parse_qsl

import msgspec
import structlog
from tornado import httputil

from game_state.accept import Acceptance, Acceptor
from game_state.errors import BadData, StoreError, UnknownBot
from game_state.message import Message
from handlers.accepted import tell
from platforms.contract import Answer, Bot, Fault, Move, Platform, Received, Refusal

PREFIX: Final = "/webhooks/"
DRAIN_LIMIT: Final = 1 << 40
"""Bytes of a door's body that are read, and thrown away beyond its limit, so that the 413 reaches its sender: no bound but the
time that a body may take."""

log = structlog.get_logger(__name__)


class Watch(Protocol):
    """What the doors tell the metrics."""

    def received(self, platform: str, result: str, seconds: float) -> None: ...
    def refused(self, platform: str, reason: str) -> None: ...
    def dropped(self, platform: str, kind: str) -> None: ...
    def quarantined(self, platform: str) -> None: ...


class Quarantine(Protocol):
    """Where a body's other matters become durable; both raise StoreError."""

    async def quarantine_events(self, events: Sequence[tuple[int, str, str, bytes]]) -> None: ...
    async def move_conversation(self, bot_id: int, old_address: str, new_address: str) -> bool: ...


class Doors:
    """What every request to a door shares."""

    def __init__(
        self,
        find: Callable[[str, str], tuple[Bot, Platform] | None],
        acceptor: Acceptor,
        store: Quarantine,
        watch: Watch,
    ) -> None:
        """`find`: the bot and its platform's room by platform name and bot name."""
        self.find = find
        self.acceptor = acceptor
        self.store = store
        self.watch = watch
        self.tasks: set[asyncio.Task[None]] = set()


class Door(httputil.HTTPMessageDelegate):
    """One request to a door."""

    __slots__ = (
        "_answered",
        "_begun",
        "_body",
        "_closed",
        "_connection",
        "_doors",
        "_headers",
        "_room",
        "_size",
        "_start_line",
    )

    def __init__(self, doors: Doors, connection: httputil.HTTPConnection) -> None:
        self._doors = doors
        self._connection = connection
        self._body: list[bytes] = []
        self._size = 0
        self._closed = False
        self._answered = False
        self._begun = 0.0

    def headers_received(
        self, start_line: httputil.RequestStartLine | httputil.ResponseStartLine, headers: httputil.HTTPHeaders
    ) -> None:
        assert isinstance(start_line, httputil.RequestStartLine)
        self._start_line = start_line
        self._headers = headers
        self._connection.set_max_body_size(DRAIN_LIMIT)  # type: ignore[attr-defined]  # HTTP1Connection's, for this request
        parts = start_line.path.partition("?")[0][len(PREFIX) :].split("/")
        self._room = self._doors.find(parts[0], parts[1]) if len(parts) == 2 else None

    def data_received(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._size <= self._limit:
            self._body.append(chunk)

    @property
    def _limit(self) -> int:
        return 0 if self._room is None else self._room[1].capabilities.body_limit

    def on_connection_close(self) -> None:
        self._closed = True

    def finish(self) -> None:
        self._begun = time.perf_counter()
        if self._room is None:
            self._answer(Answer(status=404, body=b"no such bot\n"))
            return
        bot, platform = self._room
        if self._size > self._limit:
            self._doors.watch.refused(platform.name, "too_large")
            self._answer(Answer(status=413, body=b"the body is too large\n"))
            return
        try:
            if self._start_line.method == "POST":
                body = self._body[0] if len(self._body) == 1 else b"".join(self._body)
                received = platform.receive(bot, self._headers, body, int(time.time() * 1000))
            elif self._start_line.method == "GET":
                query = dict(parse_qsl(self._start_line.path.partition("?")[2], keep_blank_values=True))
                self._answer(platform.handshake(bot, query))
                return
            else:
                raise Refusal(405, "method")
        except Refusal as refusal:
            self._doors.watch.refused(platform.name, refusal.reason)
            self._answer(Answer(status=refusal.status, body=refusal.reason.encode() + b"\n"))
            return
        for kind in received.dropped:
            self._doors.watch.dropped(platform.name, kind)
        if not received.messages and not received.faults and not received.moves:
            self._answer(received.answer)
            return
        if len(received.messages) == 1 and not received.faults and not received.moves:
            self._make_one_durable(bot, platform, received)
            return
        self._start(self._make_durable(bot, platform, received))

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._doors.tasks.add(task)
        task.add_done_callback(self._doors.tasks.discard)

    def _make_one_durable(self, bot: Bot, platform: Platform, received: Received) -> None:
        """The usual body, one message, without a task of its own: the same as `_make_durable`, by callbacks."""

        def committed(future: asyncio.Future[Acceptance]) -> None:
            late.cancel()
            if self._answered:
                return
            error = future.exception()
            if isinstance(error, BadData) and not isinstance(error, UnknownBot):
                self._start(self._make_durable(bot, platform, received))
                return
            if error is not None:
                self._reject(bot, platform, received, error)
                return
            tell(bot, received.messages[0], future.result(), time.perf_counter() - self._begun, self._doors.watch)
            self._answer(received.answer)

        future = self._doors.acceptor.put(bot.bot_id, received.messages[0])
        late = asyncio.get_running_loop().call_later(
            deadline_s(platform), self._reject, bot, platform, received, TimeoutError()
        )
        future.add_done_callback(committed)

    async def _make_durable(self, bot: Bot, platform: Platform, received: Received) -> None:
        """Answer once everything is committed, or 503 within the platform's deadline: then it delivers again."""
        try:
            async with asyncio.timeout(deadline_s(platform)):
                if received.moves or received.faults:
                    await self._keep(bot, platform, received.faults, received.moves)
                futures = [self._doors.acceptor.put(bot.bot_id, message) for message in received.messages]
                acceptances = [
                    await self._accepted(bot, platform, message, future)
                    for message, future in zip(received.messages, futures, strict=True)
                ]
        except (TimeoutError, StoreError) as error:
            self._reject(bot, platform, received, error)
            return
        for message, acceptance in zip(received.messages, acceptances, strict=True):
            if acceptance is not None:
                tell(bot, message, acceptance, time.perf_counter() - self._begun, self._doors.watch)
        self._answer(received.answer)

    async def _accepted(
        self, bot: Bot, platform: Platform, message: Message, future: asyncio.Future[Acceptance]
    ) -> Acceptance | None:
        """None: the database can never take this message; it is quarantined, so that its platform does not send it for ever."""
        try:
            return await asyncio.shield(future)
        except UnknownBot:
            raise
        except BadData as error:
            body = msgspec.json.encode(message)
            await self._keep(bot, platform, (Fault(path="$", error=type(error).__name__, event=body),), ())
            return None

    def _reject(self, bot: Bot, platform: Platform, received: Received, error: BaseException) -> None:
        for _ in received.messages:
            self._doors.watch.received(platform.name, "rejected", time.perf_counter() - self._begun)
        log.warning("message.rejected", platform=platform.name, bot=bot.bot_id, error=type(error).__name__)
        self._answer(Answer(status=503, body=b"try again\n"), retry_after=True)

    async def _keep(self, bot: Bot, platform: Platform, faults: Sequence[Fault], moves: Sequence[Move]) -> None:
        if faults:
            await self._doors.store.quarantine_events([(bot.bot_id, f.path, f.error, f.event) for f in faults])
        for fault in faults:
            self._doors.watch.quarantined(platform.name)
            log.warning("event.quarantined", platform=platform.name, bot=bot.bot_id, path=fault.path, error=fault.error)
        for move in moves:
            await self._doors.store.move_conversation(bot.bot_id, move.old_address, move.new_address)

    def _answer(self, answer: Answer, *, retry_after: bool = False) -> None:
        self._answered = True
        if self._closed:
            return
        headers = _headers(answer.content_type, len(answer.body)).copy()
        if retry_after:
            headers["Retry-After"] = "1"
        if answer.status == 413:
            headers["Connection"] = "close"
        if answer.status == 405:
            headers["Allow"] = "GET, POST"
        self._connection.write_headers(_status_line(answer.status), headers, answer.body)
        self._connection.finish()


@lru_cache(maxsize=256)
def _headers(content_type: str, length: int) -> httputil.HTTPHeaders:
    return httputil.HTTPHeaders({"Content-Type": content_type, "Content-Length": str(length)})


@lru_cache(maxsize=64)
def _status_line(status: int) -> httputil.ResponseStartLine:
    return httputil.ResponseStartLine("HTTP/1.1", status, responses.get(status, "Unknown"))


def deadline_s(platform: Platform) -> float:
    """Seconds within which a door answers: the platform's deadline less a margin for the way back."""
    given_s = platform.capabilities.webhook_deadline_s
    return given_s - max(0.3, given_s * 0.2)
