"""The shapes of Telegram's JSON: only the fields that Parlor reads.

Pure data. Numbers that become ids or times are bounded here, so that what decodes also fits the database.
Source: https://core.telegram.org/bots/api#available-types, read 2026-11-22.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

Id = Annotated[int, msgspec.Meta(ge=-(2**62), le=2**62)]
Seconds = Annotated[int, msgspec.Meta(ge=0, le=2**40)]


class User(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    id: Id
    is_bot: bool = False
    first_name: str = ""
    last_name: str = ""
    username: str = ""
    language_code: str | None = None


class Chat(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    id: Id
    type: str
    """private, group, supergroup or channel."""
    title: str = ""


class Entity(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    type: str
    offset: int
    """In UTF-16 code units, like `length`."""
    length: int
    user: User | None = None
    """Whom a text_mention names."""


class Present(msgspec.Struct, frozen=True, gc=False):
    """An object of which only the presence counts."""


class Document(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    mime_type: str = ""


class Location(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    latitude: float
    longitude: float


class Sticker(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    emoji: str = ""


class KeyboardButton(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    text: str = ""
    callback_data: str | None = None


class Keyboard(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    inline_keyboard: tuple[tuple[KeyboardButton, ...], ...] = ()


class Replied(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}, gc=False):
    """The message that a message answers."""

    message_id: Id
    from_: User | None = None


class ChatMessage(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}, gc=False):
    message_id: Id
    chat: Chat
    date: Seconds = 0
    """0 in a message that the bot can no longer see."""
    edit_date: Seconds = 0
    from_: User | None = None
    """Absent in channels."""
    sender_chat: Chat | None = None
    """On whose behalf it was sent: an anonymous admin's group, a channel."""
    text: str | None = None
    caption: str | None = None
    entities: tuple[Entity, ...] = ()
    caption_entities: tuple[Entity, ...] = ()
    message_thread_id: Id | None = None
    is_topic_message: bool = False
    is_automatic_forward: bool = False
    reply_to_message: Replied | None = None
    reply_markup: Keyboard | None = None
    photo: tuple[Present, ...] = ()
    document: Document | None = None
    location: Location | None = None
    sticker: Sticker | None = None
    new_chat_members: tuple[User, ...] = ()
    left_chat_member: User | None = None
    migrate_to_chat_id: Id | None = None
    migrate_from_chat_id: Id | None = None


class CallbackQuery(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}, gc=False):
    id: str
    from_: User
    message: ChatMessage | None = None
    data: str | None = None


class Membership(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    status: str
    """creator, administrator, member, restricted, left or kicked."""
    is_member: bool = False
    """Tells restricted members who are in from those who are out."""


class MembershipChange(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}, gc=False):
    chat: Chat
    from_: User
    date: Seconds
    old_chat_member: Membership
    new_chat_member: Membership


class Update(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    update_id: Id
    message: ChatMessage | None = None
    edited_message: ChatMessage | None = None
    channel_post: ChatMessage | None = None
    edited_channel_post: ChatMessage | None = None
    callback_query: CallbackQuery | None = None
    my_chat_member: MembershipChange | None = None


class Parameters(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    migrate_to_chat_id: Id | None = None
    retry_after: float | None = None


class ApiAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What every method of the Bot API answers."""

    ok: bool
    result: msgspec.Raw = msgspec.Raw(b"")
    error_code: int = 0
    description: str = ""
    parameters: Parameters | None = None


class Sent(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    message_id: Id
