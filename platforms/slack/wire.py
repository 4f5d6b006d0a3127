"""Slack's JSON as typed structs: only the fields that Parlor uses, unknown ones ignored.

Owns shapes, no meaning: `parse` reads them. Slack writes "" as often as null for what is absent, so every optional
field takes both, and an id that has to be there but is empty is `parse`'s business. Ids are printable ASCII, so that
they can be addresses and keys; anything else is a shape we cannot read.

Source: https://docs.slack.dev/apis/events-api, https://docs.slack.dev/interactivity (read 2026-11-22).
"""

from __future__ import annotations

from typing import Annotated

import msgspec

Id = Annotated[str, msgspec.Meta(max_length=100, pattern=r"^[!-~]*\Z")]
Stamp = Annotated[str, msgspec.Meta(max_length=24, pattern=r"^([0-9]{1,12}(\.[0-9]{1,9})?)?\Z")]
"""Unix seconds with six decimals; together with the channel also a message's id."""


class Authorization(msgspec.Struct, frozen=True):
    """An installation that sees the event."""

    user_id: Id | None = None
    is_bot: bool | None = None


class Envelope(msgspec.Struct, frozen=True):
    """What is around an event, and the kind of everything else that comes as JSON."""

    type: str | None = None
    challenge: str | None = None
    event_id: Id | None = None
    event: msgspec.Raw = msgspec.Raw()
    authorizations: tuple[Authorization, ...] | None = None

    def bot_user(self) -> str | None:
        """The bot's own user id, where the envelope tells it."""
        for authorization in self.authorizations or ():
            if authorization.is_bot and authorization.user_id:
                return authorization.user_id
        return None


class Typed(msgspec.Struct, frozen=True):
    """The first look at an event or an interaction: its kind, before anything else of it is believed."""

    type: str | None = None
    subtype: str | None = None


class File(msgspec.Struct, frozen=True):
    """A shared file."""

    mimetype: str | None = None


class MessageEvent(msgspec.Struct, frozen=True):
    """`message` and `app_mention`: the same message may come as both."""

    channel: Id
    ts: Stamp
    user: Id | None = None
    bot_id: Id | None = None
    text: str | None = None
    thread_ts: Stamp | None = None
    channel_type: str | None = None
    files: tuple[File, ...] | None = None


class Edited(msgspec.Struct, frozen=True):
    """Who changed a message and when."""

    ts: Stamp


class EditedMessage(msgspec.Struct, frozen=True):
    """A message as it stands after the change."""

    ts: Stamp
    user: Id | None = None
    bot_id: Id | None = None
    text: str | None = None
    thread_ts: Stamp | None = None
    edited: Edited | None = None


class ChangedEvent(msgspec.Struct, frozen=True):
    """`message` of subtype `message_changed`: an edit by a person, or Slack adding a link's preview (no `edited`)."""

    channel: Id
    message: EditedMessage
    channel_type: str | None = None


class MembershipEvent(msgspec.Struct, frozen=True):
    """`member_joined_channel`, `member_left_channel`; `channel_left` and `group_left` mean the bot and name no user."""

    channel: Id
    user: Id | None = None
    event_ts: Stamp | None = None


class SlashCommand(msgspec.Struct, frozen=True):
    """A slash command's form fields."""

    command: str
    channel_id: Id
    user_id: Id
    trigger_id: Id = ""
    text: str = ""


class Named(msgspec.Struct, frozen=True):
    """Anything of which only the id counts."""

    id: Id | None = None


class Container(msgspec.Struct, frozen=True):
    """Where the pressed button stands."""

    message_ts: Stamp | None = None
    channel_id: Id | None = None
    thread_ts: Stamp | None = None


class PressedMessage(msgspec.Struct, frozen=True):
    """The message that holds the button."""

    ts: Stamp | None = None
    thread_ts: Stamp | None = None


class Action(msgspec.Struct, frozen=True):
    """One thing that was pressed or chosen."""

    type: str
    action_id: str | None = None
    value: str | None = None
    action_ts: Stamp | None = None


class BlockActions(msgspec.Struct, frozen=True):
    """The interaction `block_actions`."""

    user: Named
    actions: tuple[Action, ...]
    trigger_id: Id | None = None
    channel: Named | None = None
    container: Container | None = None
    message: PressedMessage | None = None


class PostAnswer(msgspec.Struct, frozen=True):
    """The answer of a Web API method: errors come with status 200 too."""

    ok: bool
    error: str | None = None
    ts: str | None = None


class Profile(msgspec.Struct, frozen=True):
    """How a person is called."""

    display_name: str | None = None
    real_name: str | None = None


class User(msgspec.Struct, frozen=True):
    """A person of the workspace."""

    name: str | None = None
    real_name: str | None = None
    profile: Profile | None = None
    is_admin: bool | None = None
    """Of the workspace; owners are admins too."""
    is_owner: bool | None = None


class UserAnswer(msgspec.Struct, frozen=True):
    """The answer of `users.info`."""

    ok: bool
    user: User | None = None
