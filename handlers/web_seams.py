"""What the web chat needs from the rest of Parlor, and how fast it goes.

Owns the seams (Protocols) that the composition root fills, and the one record that carries them into the handlers.
Nothing here does anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

import msgspec

from game_state.errors import HolderExpired, Unavailable
from game_state.message import Button, Message
from handlers.cookie import ConversationCookie
from platforms.contract import Bot

if TYPE_CHECKING:
    from handlers.web_socket import ChatSocket


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a conversation."""

    number: int
    """A reply's number in its conversation, from 1, without holes; of an own line, its message's number."""
    mine: bool
    """The player wrote it; False: a reply."""
    text: str
    name: str = ""
    """Who wrote it, as shown; "" for the player and for the bot itself."""
    buttons: tuple[Button, ...] = ()
    board: str = ""
    """A later line of the same board takes this one's place; "": none does."""
    at_ms: int
    """When, Unix milliseconds."""
    client_id: str = ""
    """The browser's id of an own line: the Message's `message_id`."""


class Accepts(Protocol):
    """Makes messages durable."""

    async def accept(self, bot: Bot, message: Message, timeout_s: float) -> int:
        """Return the conversation's id once the message is committed, also for a duplicate.

        Raises one of `WebChat.try_again` when that could not be done within `timeout_s`, BadData when it never can.
        """


class History(Protocol):
    """Reads what the database holds. Everything raises one of `WebChat.try_again` when it cannot be reached."""

    async def find_conversation(self, bot: Bot, address: str) -> int | None:
        """Return the conversation's id, or None before its first message."""

    async def read_replies(self, conversation_id: int, after: int, limit: int) -> Sequence[Entry]:
        """Return at most `limit` replies with a number above `after`, ascending."""

    async def read_history(self, conversation_id: int, limit: int) -> Sequence[Entry]:
        """Return the last `limit` messages and replies in the order to show, of each board only the newest."""


class Wakes(Protocol):
    """Tells that a conversation has new replies: a hint, which may be lost or come for nothing."""

    def subscribe(self, conversation_id: int, wake: Callable[[], None]) -> Callable[[], None]:
        """Call `wake` on the event loop's thread from now on; return what ends it."""


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """How fast the socket asks, and how much it takes."""

    poll_s: float = 1.0
    """Between two looks for replies while one is expected."""
    idle_poll_s: float = 15.0
    """Between two looks otherwise, and the longest wait while the database cannot be reached."""
    expect_s: float = 30.0
    """How long a reply is expected after a message."""
    linger_s: float = 3.0
    """How long more replies are expected after one."""
    accept_timeout_s: float = 5.0
    retry_after_s: float = 2.0
    """What the page is told to wait when a message could not be made durable."""
    burst: int = 10
    """Most frames at once from one socket."""
    frames_per_s: float = 2.0
    """Frames a second from one socket in the long run."""
    ping_s: float = 25.0
    """Between two pings; below the 60 s after which proxies drop a quiet connection."""
    page_size: int = 100
    """Lines of the history on a fresh page, and replies in one read."""


class WebChat(msgspec.Struct, frozen=True, kw_only=True):
    """All that the web chat's handlers are given."""

    find_bot: Callable[[str], Bot | None]
    """Any bot by its name; those of other platforms are no web bots and stay hidden."""
    default_bot: str | None
    """The bot of `/play` alone; None: there is none."""
    accepts: Accepts
    history: History
    wakes: Wakes
    cookie: ConversationCookie
    now_ms: Callable[[], int]
    try_again: tuple[type[Exception], ...] = (TimeoutError, OSError, Unavailable, HolderExpired)
    """What the seams raise when the fault passes by itself."""
    pace: Pace = Pace()
    sockets: set[ChatSocket] = msgspec.field(default_factory=set)
    """The open sockets of this process: counted by metrics, closed when it drains."""
