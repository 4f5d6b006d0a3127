"""One request and one answer, as the simulated platforms see them.

Owns the records that pass between the server and the platforms' modules, and the decoding of bodies. Knows no
platform's rules and opens no socket; `server.py` makes Requests, the platform modules turn them into Calls and Answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, Protocol
from urllib.parse import parse_qsl

import msgspec

if TYPE_CHECKING:
    from ops.simulator.faults import Rule

Json = dict[str, Any]
"""A decoded JSON object of a platform's API."""

Buttons = tuple[tuple[str, str], ...]
"""(label, value) of each button, in the order shown; the value of a link button is its address."""

Effect = Literal["post", "edit", "delete", "none"]
"""What a call does to the chat: shows a new message, changes one, takes one away, or nothing that stays."""

_ENCODER = msgspec.json.Encoder()


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One HTTP request as it arrived."""

    verb: str
    path: str
    """Without the query."""
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """Look-ups ignore case."""
    raw: bytes


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """One message that a call wants to show."""

    text: str = ""
    """As a player would read it: the platform's escapes and markup tags taken out."""
    buttons: Buttons = ()
    image: str | None = None
    """Address or file id of the picture."""


class Call(msgspec.Struct, kw_only=True):
    """A request read leniently: what it seems to want, valid or not. Nothing has happened yet."""

    platform: str
    request: Request
    method: str
    """The API method's name, low cardinality: "sendMessage", "push", "edit_original"."""
    account: str = ""
    """The bot's id, page or phone number where the request names one, else the token's last 6 characters."""
    token: str = ""
    """The bot's token as sent; never recorded."""
    chat: str = ""
    body: Json
    problem: str = ""
    """Why the body could not be read; empty when it could."""
    effect: Effect = "none"
    drafts: tuple[Draft, ...] = ()
    """What it wants to show; empty unless `effect` is "post" or "edit"."""
    target: str = ""
    """The message that is edited or deleted."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What the platform says, and what came of the call."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    content_type: str = "application/json"
    message_ids: tuple[str, ...] = ()
    """The ids given to the call's drafts, in order."""
    delivered: bool = False
    """The players see something of this call that they did not see before."""
    duplicate: bool = False
    """The platform recognised a repeated call by its idempotency key."""
    error: str = ""
    """The platform's error in a few words; empty when it accepted."""


class Api(Protocol):
    """One platform's outgoing API."""

    name: str

    def read(self, request: Request) -> Call:
        """Say what the request seems to want. Never raises, whatever the bytes."""

    def perform(self, call: Call) -> Answer:
        """Check the call as the platform would, and carry it out when it is right."""

    def fail(self, call: Call, rule: Rule) -> Answer:
        """Answer with the platform's own error for the rule's `status` or `reason`."""


def encode(value: object) -> bytes:
    """Return the value as JSON."""
    return _ENCODER.encode(value)


def json_answer(value: object, *, status: int = 200, error: str = "", **more: Any) -> Answer:
    """Return an Answer whose body is the value as JSON."""
    return Answer(status=status, body=_ENCODER.encode(value), error=error, **more)


def read_body(request: Request) -> tuple[Json, str]:
    """Decode a JSON or form body by its content type.

    Returns the object and the problem: "" when it could be read, else "not_json", "not_object" or "content_type".
    An empty body is an empty object.
    """
    if not request.raw:
        return {}, ""
    content_type = request.headers.get("Content-Type", "").lower()
    if "application/json" in content_type:
        try:
            value = msgspec.json.decode(request.raw)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return {}, "not_json"
        return (value, "") if isinstance(value, dict) else ({}, "not_object")
    if "x-www-form-urlencoded" in content_type:
        return dict(parse_qsl(request.raw.decode("utf-8", "replace"), keep_blank_values=True)), ""
    return {}, "content_type"


def as_text(value: object) -> str:
    """Return the value when it is a string, a number as its digits, else an empty string."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def as_objects(value: object) -> list[Json]:
    """Return the objects in a list; an empty list for anything else."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def as_object(value: object) -> Json:
    """Return the value when it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def bearer(request: Request) -> str:
    """Return the token of an `Authorization: Bearer` header, or an empty string."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
