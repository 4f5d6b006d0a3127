"""The web chat's seams, filled: accepting, reading the log, and wakes for whoever shows a conversation."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec
import structlog

from game_state.accept import Acceptor
from game_state.errors import StoreError
from game_state.message import Message, Reply
from game_state.rows import HistoryRow, ReplyRow
from game_state.store import Store
from handlers.accepted import tell
from handlers.web_seams import Entry
from platforms.contract import Bot

log = structlog.get_logger(__name__)
_messages = msgspec.json.Decoder(Message)
_replies = msgspec.json.Decoder(Reply)


class Watch(Protocol):
    """What accepting tells the metrics."""

    def received(self, platform: str, result: str, seconds: float) -> None: ...


class WebAccepts:
    """Makes the web chat's messages durable, and says so as the doors do for theirs."""

    def __init__(self, acceptor: Acceptor, watch: Watch) -> None:
        self._acceptor = acceptor
        self._watch = watch

    async def accept(self, bot: Bot, message: Message, timeout_s: float) -> int:
        """The conversation's id once the message is committed. Raises TimeoutError or StoreError."""
        begun = time.perf_counter()
        try:
            acceptance = await self._acceptor.accept(bot.bot_id, message, timeout_s)
        except (TimeoutError, StoreError) as error:
            self._watch.received(bot.platform, "rejected", time.perf_counter() - begun)
            log.warning("message.rejected", platform=bot.platform, bot=bot.bot_id, error=type(error).__name__)
            raise
        tell(bot, message, acceptance, time.perf_counter() - begun, self._watch)
        return acceptance.conversation_id


class WebHistory:
    """Reads what the log holds. Everything raises StoreError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def find_conversation(self, bot: Bot, address: str) -> int | None:
        """The conversation's id, or None before its first message."""
        return await self._store.find_conversation(bot.bot_id, address)

    async def read_replies(self, conversation_id: int, after: int, limit: int) -> Sequence[Entry]:
        """At most `limit` replies numbered above `after`, ascending."""
        return [_reply_entry(row) for row in await self._store.read_replies(conversation_id, after, limit)]

    async def read_history(self, conversation_id: int, limit: int) -> Sequence[Entry]:
        """The last `limit` messages and replies, in the order to show; timers and boards that were replaced are no lines."""
        rows = await self._store.read_history(conversation_id, limit)
        entries = [_message_entry(row) if row.mine else _reply_entry(row) for row in rows if not _is_quiet(row)]
        newest = {entry.board: entry.number for entry in entries if entry.board}
        return [entry for entry in entries if not entry.board or entry.number == newest[entry.board]]


class ReplyWakes:
    """Wakes those who show a conversation, in this process."""

    def __init__(self) -> None:
        self._subscribers: dict[int, set[Callable[[], None]]] = {}

    def subscribe(self, conversation_id: int, wake: Callable[[], None]) -> Callable[[], None]:
        """Call `wake` when the conversation has new replies; returns what ends it."""
        subscribers = self._subscribers.setdefault(conversation_id, set())
        subscribers.add(wake)

        def unsubscribe() -> None:
            subscribers.discard(wake)
            if not subscribers and self._subscribers.get(conversation_id) is subscribers:
                del self._subscribers[conversation_id]

        return unsubscribe

    def wake(self, conversation_id: int) -> None:
        """The conversation has new replies, or may have."""
        for wake in tuple(self._subscribers.get(conversation_id, ())):
            wake()


def _is_quiet(row: HistoryRow) -> bool:
    return row.mine and not _messages.decode(row.body).text


def _message_entry(row: HistoryRow) -> Entry:
    message = _messages.decode(row.body)
    return Entry(
        number=row.number, mine=True, text=message.text, at_ms=row.begun_ms, client_id=message.message_id or ""
    )


def _reply_entry(row: ReplyRow | HistoryRow) -> Entry:
    body = row.body if isinstance(row, HistoryRow) else row.reply
    reply = _replies.decode(body)
    return Entry(
        number=row.number,
        mine=False,
        text=reply.text,
        buttons=reply.buttons,
        board=reply.board or "",
        at_ms=row.begun_ms,
    )
