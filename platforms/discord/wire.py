"""Discord's JSON as typed structs: only the fields that Parlor uses, unknown ones ignored.

Owns shapes, no meaning: `parse` reads them. Ids are snowflakes, decimal numbers in strings, and stay strings.

Source: https://docs.discord.com/developers/interactions/receiving-and-responding,
https://docs.discord.com/developers/components/reference (read 2026-11-22).
"""

from __future__ import annotations

from typing import Annotated

import msgspec

Snowflake = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,20}\Z")]
Bits = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,40}\Z")]
"""A number of many bits, in decimal."""
Token = Annotated[str, msgspec.Meta(min_length=1, max_length=500, pattern=r"^[!-~]+\Z")]


class Typed(msgspec.Struct, frozen=True):
    """The first look: what kind of body it is, before anything else of it is believed."""

    type: int
    event: msgspec.Raw = msgspec.Raw()
    """Only on the other endpoint, the webhook events'."""


class Named(msgspec.Struct, frozen=True):
    """Anything of which only the id counts."""

    id: Snowflake


class User(msgspec.Struct, frozen=True):
    """An account."""

    id: Snowflake
    username: str | None = None
    global_name: str | None = None


class Member(msgspec.Struct, frozen=True):
    """An account within a server."""

    user: User
    nick: str | None = None
    permissions: Bits | None = None
    """What they may do in the channel, all roles together."""


class Interaction(msgspec.Struct, frozen=True):
    """What a person did: a command, a press, a filled modal. `data` is read by its type."""

    id: Snowflake
    type: int
    token: Token
    guild_id: Snowflake | None = None
    channel_id: Snowflake | None = None
    channel: Named | None = None
    context: int | None = None
    """Where: 0 a server, 1 the bot's direct messages, 2 other direct or group messages."""
    member: Member | None = None
    user: User | None = None
    locale: str | None = None
    message: Named | None = None
    data: msgspec.Raw = msgspec.Raw()


class Option(msgspec.Struct, frozen=True):
    """A command's option; subcommands nest."""

    name: str
    type: int
    value: str | int | float | bool | None = None
    options: tuple[Option, ...] | None = None


class CommandData(msgspec.Struct, frozen=True):
    """`data` of a command."""

    name: str
    options: tuple[Option, ...] | None = None


class ComponentData(msgspec.Struct, frozen=True):
    """`data` of a press or a choice."""

    custom_id: str
    component_type: int


class Input(msgspec.Struct, frozen=True):
    """A component of a modal: a text input (4), or a row (1) or label (18) around it."""

    type: int
    custom_id: str | None = None
    value: str | None = None
    component: Input | None = None
    components: tuple[Input, ...] | None = None


class ModalData(msgspec.Struct, frozen=True):
    """`data` of a filled modal."""

    custom_id: str
    components: tuple[Input, ...]


class SentMessage(msgspec.Struct, frozen=True):
    """A message as the API gives it back."""

    id: Snowflake


class ErrorBody(msgspec.Struct, frozen=True):
    """The API's error, or its rate limit."""

    code: int | None = None
    retry_after: float | None = None
    is_global: bool | None = msgspec.field(default=None, name="global")
