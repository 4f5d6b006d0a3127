"""What a platform is to the rest of Parlor: bytes to Messages, Replies to requests, responses to outcomes.

Sans-I/O: nothing here or in a platform's room opens a socket, reads a clock or knows SQL; time comes in as an argument.
A platform's room holds one object that satisfies `Platform`; `platforms/__init__.py` lists them by name. The door
(`handlers/webhook.py`) calls `receive`, delivery calls `render` and `classify`. No platform's name appears outside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, Protocol

import msgspec

from game_state.message import Message, Origin, Reply

Headers = Mapping[str, str]
"""HTTP headers; look-ups ignore case (Tornado's HTTPHeaders on the way in)."""


class Bot(msgspec.Struct, frozen=True, kw_only=True):
    """One account on one platform, as the platform's room needs it."""

    bot_id: int
    name: str
    platform: str
    credentials: Mapping[str, str]
    """Names as in the configuration (`token`, `app_secret`, ...). Never logged."""
    api_base: str | None = None
    """Replaces scheme and host of every request that `render` and the others make; None: the platform's own."""
    game: str = "guess"
    language: str = "en"


class Capabilities(msgspec.Struct, frozen=True, kw_only=True):
    """What the platform can show. Drives splitting, button fall-backs and sending; no other platform test exists."""

    text_limit: int
    """Longest text of one reply, in `text_unit`."""
    text_unit: Literal["utf16", "code_points", "bytes", "graphemes"]
    buttons: int
    """Most buttons under one reply; more become numbered text. 0: none."""
    button_label_limit: int
    """Longest label, in code points."""
    buttons_text_limit: int
    """Longest text of a reply that has buttons, in `text_unit`."""
    image: bool
    """Takes a picture by its address together with text."""
    typing: bool
    edit: bool
    """A sent reply can be changed later: a reply with a board takes the place of the last one with that board."""
    groups: bool
    admins: bool = False
    """Who administers a group is told by events, or by `lookup_admin`."""
    hidden_picks: bool = False
    """A press of a button is seen by nobody but who pressed."""
    replies_per_call: int = 1
    """How many replies of one turn one request may carry."""
    must_close: bool = False
    """Every message with a token has to be answered or closed (a Reply with `silent`), even when a turn says nothing."""
    sender_names: bool = True
    """Events carry display names; False: `lookup_name` finds them."""
    group_text: bool = True
    """Plain messages reach the bot, also in groups; False: only commands and buttons do, anywhere."""
    group_buttons: bool = True
    """Buttons are taken in groups, too; False: only in private chats."""

    def of(self, *, group: bool) -> Capabilities:
        """Return what can be shown in a chat of this kind."""
        return msgspec.structs.replace(self, buttons=0) if group and not self.group_buttons else self

    webhook_deadline_s: float = 5.0
    """The platform gives up on our answer after this long."""
    body_limit: int = 1024 * 1024
    """Longest webhook body in bytes; a longer one is answered 413."""
    resend_unknown: bool = True
    """A send of unknown outcome is sent again (one duplicate rather than silence); False: it is a dead letter."""
    unknown_token_final: bool = False
    """A send that spent the origin's token and whose outcome is unknown is never repeated, by whatever way."""
    idempotent: bool = False
    """A repeated send of the same delivery key is recognised by the platform."""
    pull: bool = False
    """Nothing is sent: players read the replies from the log (the web chat)."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An HTTP answer to a webhook."""

    status: int = 200
    body: bytes = b""
    content_type: str = "text/plain; charset=utf-8"


OK = Answer()


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """An event of a signed body that could not be read: quarantined, acknowledged, listed by `doctor`."""

    path: str
    """Where the shape broke, as msgspec says it: "$.entry[0].messaging[1].timestamp"."""
    error: str
    """What was expected there. Never the event's content."""
    event: bytes
    """The event's own JSON, unchanged, at most the body."""


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """The platform gave a conversation a new address (a group became a supergroup)."""

    old_address: str
    new_address: str


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """What one verified webhook body holds."""

    messages: tuple[Message, ...] = ()
    """In the order of the body."""
    faults: tuple[Fault, ...] = ()
    moves: tuple[Move, ...] = ()
    dropped: tuple[str, ...] = ()
    """Names of event kinds knowingly left out (own echoes, other bots, unknown kinds): counted, low cardinality."""
    answer: Answer = OK
    """What the platform wants to hear once the messages are durable."""


class Refusal(Exception):
    """The request is not to be believed, or is not JSON: answered with `status`, nothing stored, counted by `reason`."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        """One low-cardinality word or two: "signature", "stale", "not_json", "verify_token", "method"."""


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """One reply on its way."""

    conversation_id: int
    number: int
    """The reply's number in its conversation, from 1, without holes."""
    address: str
    reply: Reply
    origin: Origin
    attempts: int = 1
    """How often it has been attempted, this time included."""
    key: str
    """A UUID, the same for every attempt of this reply: the platform's idempotency key where it has one."""
    edits: str | None = None
    """The platform's id of the message that shows the reply's board now, whose place it is to take; None: none does."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One HTTP request to a platform's API."""

    url: str
    body: bytes = b""
    method: Literal["GET", "POST", "PATCH", "DELETE", "PUT"] = "POST"
    headers: tuple[tuple[str, str], ...] = ()
    name: str = "send"
    """The API method's name for logs and metrics, low cardinality; never the URL, which may hold a token."""


class Sending(msgspec.Struct, frozen=True, kw_only=True):
    """How to send the first of a conversation's due deliveries."""

    request: Request
    covers: int = 1
    """How many of the deliveries, from the first on, this request carries."""
    uses_token: bool = False
    """It spends the origin's token; `classify` may answer with `Retry(drop_token=True)`."""
    edits: str | None = None
    """The message that it changes; `classify` may answer with `Retry(drop_board=True)`."""


NOTHING: Final = Sending(request=Request(url="", name="nothing"))
"""There is nothing to send: the reply counts as delivered."""


class Response(msgspec.Struct, frozen=True, kw_only=True):
    """What the platform's API answered."""

    status: int
    headers: Headers
    body: bytes


class Delivered(msgspec.Struct, frozen=True, kw_only=True, tag="delivered"):
    """The platform took it."""

    message_ids: tuple[str, ...] = ()
    """The platform's ids, one for each reply covered where it tells them."""


class Retry(msgspec.Struct, frozen=True, kw_only=True, tag="retry"):
    """Not now."""

    reason: str
    after_s: float | None = None
    """The platform's own word on how long; None: exponential backoff."""
    scope: Literal["chat", "bot"] = "chat"
    """Whom the pause concerns."""
    drop_token: bool = False
    """The origin's token is spent or dead; the next attempt goes without it."""
    drop_board: bool = False
    """The message to change is gone or cannot be changed; the next attempt is a message of its own."""


class Refused(msgspec.Struct, frozen=True, kw_only=True, tag="refused"):
    """Never: a dead letter."""

    reason: str
    """Low cardinality: "blocked", "chat_not_found", "window_closed", "unauthorized", "bad_request", ..."""


class Unknown(msgspec.Struct, frozen=True, kw_only=True, tag="unknown"):
    """It may or may not have arrived: connection lost after writing, time-out, a 5xx that does not say."""

    reason: str


class Moved(msgspec.Struct, frozen=True, kw_only=True, tag="moved"):
    """The conversation has another address now: rewrite it, then send again."""

    new_address: str


Outcome = Delivered | Retry | Refused | Unknown | Moved


class Platform(Protocol):
    """One platform. Stateless: every call gets the bot."""

    name: str
    capabilities: Capabilities
    credentials: tuple[str, ...]
    """Names of the credentials that a bot of this platform must have."""
    optional_credentials: tuple[str, ...]
    """Names of those that it may have."""

    def check_credentials(self, credentials: Mapping[str, str]) -> tuple[str, ...]:
        """Return what is wrong with the form of the credentials, one sentence each; () when all is well. No values."""

    def handshake(self, bot: Bot, query: Mapping[str, str]) -> Answer:
        """Answer the platform's GET handshake. Raises Refusal(403) on a wrong verify token, Refusal(405) where it has none."""

    def receive(self, bot: Bot, headers: Headers, body: bytes, now_ms: int) -> Received:
        """Verify the raw bytes in constant time, then read them. Raises Refusal; never anything else, whatever the bytes."""

    def render(self, bot: Bot, deliveries: Sequence[Delivery], now_ms: int) -> Sending:
        """Make the request for the first of `deliveries` (at least one, same conversation, same turn, in order).

        The replies fit `capabilities` already (`platforms.fitting.fit` split them). NOTHING: there is none to make.
        """

    def classify(self, sending: Sending, response: Response) -> Outcome:
        """Say what the API's answer means. Never raises, whatever the bytes."""

    def typing(self, bot: Bot, address: str, origin: Origin) -> Request | None:
        """The request that shows the bot as typing, or None."""

    def lookup_name(self, bot: Bot, address: str, group: bool, sender: str) -> Request | None:
        """The request that asks for a sender's display name, or None where events carry names."""

    def read_name(self, response: Response) -> str | None:
        """The display name in the answer to `lookup_name`, or None."""

    def lookup_admin(self, bot: Bot, address: str, sender: str) -> Request | None:
        """The request that asks whether a sender administers the chat; None where nobody can be asked."""

    def read_admin(self, response: Response) -> bool | None:
        """The answer to `lookup_admin`, or None where it does not tell."""
