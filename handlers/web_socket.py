"""The web chat's socket: frames in, numbered replies out, nothing lost and nothing twice.

Owns one browser's connection. A message is acknowledged once `accept` has returned, which is after the commit. Replies
are read from the database by number, by whichever process holds the socket: wakes are hints, a poll makes it correct.
One task alone (`_follow`) reads and sends replies, so they leave in order. Knows no SQL; keeps nothing that matters.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import structlog
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from game_state.errors import BadData
from game_state.message import Message
from handlers.allowance import Allowance
from handlers.web_seams import Entry, WebChat
from handlers.web_words import fault_words, never_taken, too_fast, wanted_language
from languages.voice import voice_of
from platforms.contract import Bot
from platforms.web import PLATFORM
from platforms.web.frames import (
    FRAME_LIMIT_BYTES,
    Ack,
    BadFrame,
    Hello,
    PastShown,
    Problem,
    Resumed,
    Said,
    ServerFrame,
    Shown,
    TryAgain,
    read_frame,
    write_frame,
)

GOING_AWAY = 1001
SERVER_FAULT = 1011
NO_COOKIE = 4401
"""Close code: the page has to be fetched again, which sets the cookie."""
HISTORY_LIMIT = 1600
"""Most lines looked through for the last reply's number."""

log = structlog.get_logger(__name__)


class ChatSocket(WebSocketHandler):
    """`/play/<bot>/socket`."""

    def initialize(self, chat: WebChat) -> None:
        """Take the dependencies; nothing is asked of them yet."""
        self.chat = chat
        self._bot: Bot | None = None
        self._address: str | None = None
        self._conversation_id: int | None = None
        self._after: int | None = None  # the last number sent; None until a hello is answered
        self._hello: Hello | None = None  # the newest unanswered one
        self._wake = asyncio.Event()
        self._expect_until = 0.0
        self._faults = 0
        self._timer: asyncio.TimerHandle | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._follower: asyncio.Task[None] | None = None
        self._allowance = Allowance(chat.pace.burst, chat.pace.frames_per_s)

    @property
    def ping_interval(self) -> float:
        """Seconds between pings."""
        return self.chat.pace.ping_s

    @property
    def max_message_size(self) -> int:
        """Bytes of the largest frame; a larger one closes the socket with 1009."""
        return FRAME_LIMIT_BYTES

    def check_origin(self, origin: str) -> bool:
        """Refuse every page of another host, whatever the application trusts: the cookie alone would let it in."""
        return False

    def prepare(self) -> None:
        """Find the bot. Raises HTTPError(404) where it is no web bot."""
        bot = self.chat.find_bot(self.path_kwargs["bot"])
        if bot is None or bot.platform != PLATFORM.name:
            raise HTTPError(404)
        self._bot = bot
        # As the page does: a browser's handshake names the same languages.
        self._voice = voice_of(wanted_language(self.request.headers.get("Accept-Language", "")) or bot.language)

    def open(self, *args: str, **kwargs: str) -> None:
        """Start following the conversation, or close with 4401 where the cookie names none."""
        self._address = self.chat.cookie.read(self.get_cookie(self.chat.cookie.NAME))
        if self._address is None:
            self.close(NO_COOKIE, "no valid cookie")
            return
        self.set_nodelay(True)
        self.chat.sockets.add(self)
        self._follower = asyncio.create_task(self._follow(), name="web chat follower")

    async def on_message(self, message: str | bytes) -> None:
        """Play one client frame. Tornado reads the next one only after this returns, so messages stay in order."""
        if self._address is None or self._bot is None:
            return
        raw = message.encode("utf-8", "surrogatepass") if isinstance(message, str) else message
        try:
            try:
                read = read_frame(self._bot, self._address, raw, self.chat.now_ms())
            except BadFrame as bad:
                await asyncio.sleep(self._allowance.take())
                await self._send(Problem(message=fault_words(self._voice, bad.fault), id=bad.client_id, refused=True))
                return
            if isinstance(read, Hello):
                # Not reading on is enough against a page that asks too often: the newest hello counts.
                await asyncio.sleep(self._allowance.take())
                self._hello = read
                self._wake.set()
            else:
                await self._accept(self._bot, read)
        except WebSocketClosedError:
            pass  # What was accepted is durable; the page sends it again and hears of it then.

    def on_close(self) -> None:
        """Stop following; the conversation does not notice."""
        self.chat.sockets.discard(self)
        if self._timer is not None:
            self._timer.cancel()
        if self._unsubscribe is not None:
            self._unsubscribe()
        if self._follower is not None:
            self._follower.cancel()

    async def _accept(self, bot: Bot, message: Message) -> None:
        client_id = message.message_id or ""
        wait_s = self._allowance.take(or_leave=True)
        if wait_s > 0:
            await self._send(Problem(message=too_fast(self._voice)))
            await self._send(TryAgain(id=client_id, after_s=round(wait_s + 0.05, 2)))
            return
        try:
            conversation_id = await self.chat.accepts.accept(bot, message, self.chat.pace.accept_timeout_s)
        except self.chat.try_again as error:
            log.warning("web_accept_failed", bot=bot.name, error=type(error).__name__)
            await self._send(TryAgain(id=client_id, after_s=self.chat.pace.retry_after_s))
            return
        except BadData as error:
            log.error("web_message_refused", bot=bot.name, error=type(error).__name__)
            await self._send(Problem(message=never_taken(self._voice), id=client_id, refused=True))
            return
        self._join(conversation_id)
        self._expect_until = self._now() + self.chat.pace.expect_s
        self._look_in(self.chat.pace.poll_s)
        await self._send(Ack(id=client_id))

    async def _follow(self) -> None:
        """Send replies until the socket closes. A fault that passes is waited out; any other closes the socket."""
        pace = self.chat.pace
        try:
            while True:
                await self._wake.wait()
                self._wake.clear()
                try:
                    await self._catch_up()
                    self._faults = 0
                except self.chat.try_again as error:
                    self._faults += 1
                    log.warning("web_read_failed", conversation_id=self._conversation_id, error=type(error).__name__)
                expecting = self._faults > 0 or self._now() < self._expect_until
                delay_s = pace.poll_s * 2 ** max(0, min(self._faults, 10) - 1) if expecting else pace.idle_poll_s
                self._look_in(min(delay_s, pace.idle_poll_s))
        except WebSocketClosedError:
            pass
        except Exception as error:
            log.exception("web_socket_failed", conversation_id=self._conversation_id, error=type(error).__name__)
            self.close(SERVER_FAULT, "server fault")

    async def _catch_up(self) -> None:
        if self._hello is None and self._after is None:
            return
        assert self._bot is not None
        assert self._address is not None
        if self._conversation_id is None:
            found = await self.chat.history.find_conversation(self._bot, self._address)
            if found is not None:
                self._join(found)
        if self._hello is not None:
            hello = self._hello
            if hello.after is None or not await self._resume(hello.after):
                await self._show_history()
            if self._hello is hello:
                self._hello = None
        limit = self.chat.pace.page_size
        while self._conversation_id is not None:
            entries = await self.chat.history.read_replies(self._conversation_id, self._after or 0, limit)
            await self._say(entries)
            if len(entries) < limit:
                return

    async def _resume(self, after: int) -> bool:
        """Go on behind `after`; False where the log does not join on there (pruned, or another database)."""
        entries: Sequence[Entry] = ()
        if self._conversation_id is not None:
            # One earlier than asked: the page's last reply has to be there still, or its numbers are not ours.
            entries = await self.chat.history.read_replies(
                self._conversation_id, max(after - 1, 0), self.chat.pace.page_size
            )
        first = max(after, 1)
        if [entry.number for entry in entries] != list(range(first, first + len(entries))) or (after and not entries):
            return False
        self._after = after
        await self._say([entry for entry in entries if entry.number > after])
        await self._send(Resumed(last=self._after))
        return True

    async def _show_history(self) -> None:
        entries: Sequence[Entry] = ()
        limit = self.chat.pace.page_size
        while self._conversation_id is not None:
            entries = await self.chat.history.read_history(self._conversation_id, limit)
            # Own lines alone do not tell where the replies stand. (Timers are left out, so a short page is no end.)
            if limit >= HISTORY_LIMIT or not all(entry.mine for entry in entries):
                break
            limit *= 4
        last = max((entry.number for entry in entries if not entry.mine), default=0)
        await self._send(PastShown(entries=tuple(map(_shown, entries)), last=last))
        self._after = last

    async def _say(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            await self._send(
                Said(
                    number=entry.number,
                    text=entry.text,
                    at_ms=entry.at_ms,
                    name=entry.name,
                    buttons=entry.buttons,
                    board=entry.board,
                )
            )
            self._after = entry.number
        if entries:
            self._expect_until = min(self._expect_until, self._now() + self.chat.pace.linger_s)

    def _join(self, conversation_id: int) -> None:
        if self._conversation_id is None and self in self.chat.sockets:
            self._conversation_id = conversation_id
            self._unsubscribe = self.chat.wakes.subscribe(conversation_id, self._wake.set)
            self._wake.set()  # What was committed before the subscription woke nobody.

    def _look_in(self, delay_s: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(delay_s, self._wake.set)

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    async def _send(self, frame: ServerFrame) -> None:
        await self.write_message(write_frame(frame))


def _shown(entry: Entry) -> Shown:
    return Shown(
        number=entry.number,
        text=entry.text,
        at_ms=entry.at_ms,
        mine=entry.mine,
        name=entry.name,
        buttons=entry.buttons,
        board=entry.board,
        id=entry.client_id,
    )
