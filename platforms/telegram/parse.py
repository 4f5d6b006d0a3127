"""Telegram updates to Messages: one update is at most one Message, with its update_id as the dedupe key.

Called by the room after the secret was checked. Decodes the body once; only a body that does not fit is read again.
A forum topic is a conversation of its own, so its address is "<chat id>:<topic id>".
Source: https://core.telegram.org/bots/api#update, read 2026-11-22.
"""

from __future__ import annotations

import msgspec

from game_state.message import Kind, Message
from platforms.contract import Answer, Bot, Fault, Move, Received
from platforms.reading import clean, is_link, place, read_body
from platforms.telegram.wire import CallbackQuery, ChatMessage, MembershipChange, Update, User
from platforms.telegram.words import covers, read_words

UNREAD_KINDS = frozenset(
    {
        *("business_connection", "business_message", "edited_business_message", "deleted_business_messages"),
        *("chat_boost", "removed_chat_boost", "chat_join_request", "chat_member", "inline_query"),
        *("chosen_inline_result", "message_reaction", "message_reaction_count", "poll", "poll_answer"),
        *("pre_checkout_query", "purchased_paid_media", "shipping_query"),
    }
)
"""Update kinds that Parlor has no use for; any other is dropped as "unknown"."""

_OUT = frozenset({"left", "kicked"})


def receive(bot: Bot, body: bytes) -> Received:
    """Read one verified update. Raises Refusal(400, "not_json")."""
    update = read_body(body, Update)
    if isinstance(update, Fault):
        return Received(faults=(update,))
    key = f"u:{update.update_id}"
    if message := update.message or update.channel_post:
        return _receive_message(bot, key, message)
    if query := update.callback_query:
        return _receive_press(key, query)
    if edited := update.edited_message or update.edited_channel_post:
        return _receive_edit(bot, key, edited)
    if change := update.my_chat_member:
        return _receive_membership(key, change)
    return Received(dropped=(_unread_kind(body),))


def _receive_message(bot: Bot, key: str, message: ChatMessage) -> Received:
    old, new = message.migrate_from_chat_id, message.migrate_to_chat_id
    if new is not None:
        return Received(moves=(Move(old_address=str(message.chat.id), new_address=str(new)),))
    if old is not None:
        return Received(moves=(Move(old_address=str(old), new_address=str(message.chat.id)),))
    if message.is_automatic_forward:
        return Received(dropped=("automatic_forward",))
    if message.sender_chat is None and message.from_ is not None and message.from_.is_bot:
        return Received(dropped=("bot",))
    if message.new_chat_members or message.left_chat_member:
        return _receive_people(key, message)
    kind = _kind(message)
    if kind is None:
        return Received(dropped=("unread_content",))
    return Received(messages=(_message(bot, key, kind, message),))


def _receive_people(key: str, message: ChatMessage) -> Received:
    """Read who came or went. The bot's own coming and going is told by my_chat_member, so bots are left out here."""
    left = message.left_chat_member
    people = [user for user in message.new_chat_members or (left,) if user is not None and not user.is_bot]
    if not people:
        return Received(dropped=("bot_member",))
    address, thread = _address(message)
    found = Message(
        kind=Kind.JOIN if message.new_chat_members else Kind.LEAVE,
        address=address,
        dedupe_key=key,
        group=True,
        sender=str(people[0].id),
        sender_name=", ".join(filter(None, map(_name, people))) or None,
        language=people[0].language_code,
        message_id=str(message.message_id),
        thread=thread,
        sent_at_ms=message.date * 1000,
    )
    return Received(messages=(found,))


def _receive_press(key: str, query: CallbackQuery) -> Received:
    """Read a pressed button. The answer ends the client's spinner; how that goes does not matter to us."""
    done = {"method": "answerCallbackQuery", "callback_query_id": query.id}
    answer = Answer(body=msgspec.json.encode(done), content_type="application/json")
    if query.message is None or query.data is None:
        return Received(dropped=("inline_callback" if query.message is None else "game_callback",), answer=answer)
    message = query.message
    address, thread = _address(message)
    label = ""
    if message.reply_markup is not None:
        rows = message.reply_markup.inline_keyboard
        label = next((button.text for row in rows for button in row if button.callback_data == query.data), "")
    found = Message(
        kind=Kind.BUTTON,
        address=address,
        dedupe_key=key,
        group=message.chat.type != "private",
        sender=str(query.from_.id),
        sender_name=_name(query.from_) or None,
        text=clean(label),
        addressed=True,
        button=clean(query.data),
        language=query.from_.language_code,
        message_id=str(message.message_id),
        thread=thread,
    )
    return Received(messages=(found,), answer=answer)


def _receive_edit(bot: Bot, key: str, message: ChatMessage) -> Received:
    if message.sender_chat is None and message.from_ is not None and message.from_.is_bot:
        return Received(dropped=("bot",))
    return Received(messages=(_message(bot, key, Kind.EDIT, message),))


def _receive_membership(key: str, change: MembershipChange) -> Received:
    """Read the bot's own coming and going; in a private chat these are a person's unblocking and blocking."""
    old, new = (
        state.status not in _OUT and (state.status != "restricted" or state.is_member)
        for state in (change.old_chat_member, change.new_chat_member)
    )
    if old == new:
        return Received(dropped=("my_chat_member",))
    group = change.chat.type != "private"
    # Who takes the bot out of a group does not leave it.
    acted = new or not group
    found = Message(
        kind=Kind.JOIN if new else Kind.LEAVE,
        address=str(change.chat.id),
        dedupe_key=key,
        group=group,
        sender=str(change.from_.id) if acted else None,
        sender_name=(_name(change.from_) or None) if acted else None,
        addressed=True,
        language=change.from_.language_code,
        sent_at_ms=change.date * 1000,
    )
    return Received(messages=(found,))


def _kind(message: ChatMessage) -> Kind | None:
    if message.text is not None:
        link = is_link(message.text) or (message.entities and covers(message.text, message.entities, "url"))
        return Kind.LINK if link else Kind.TEXT
    if message.photo or (message.document is not None and message.document.mime_type.startswith("image/")):
        return Kind.IMAGE
    if message.sticker is not None:
        return Kind.STICKER
    if message.location is not None:
        return Kind.LOCATION
    # The words under a video, a voice message or a file are worth reading; these things themselves are not.
    return Kind.TEXT if message.caption is not None else None


def _message(bot: Bot, key: str, kind: Kind, message: ChatMessage) -> Message:
    text, addressed = _words(bot, message)
    address, thread = _address(message)
    sender, name, language = _sender(message)
    group = message.chat.type != "private"
    return Message(
        kind=kind,
        address=address,
        dedupe_key=key,
        group=group,
        sender=sender,
        sender_name=name or None,
        text=text,
        addressed=addressed or not group or _answers_bot(bot, message),
        # Who writes in the chat's own name is one of its admins.
        admin=True if message.sender_chat is not None and message.sender_chat.id == message.chat.id else None,
        language=language,
        message_id=str(message.message_id),
        thread=thread,
        sent_at_ms=(message.edit_date or message.date) * 1000,
    )


def _words(bot: Bot, message: ChatMessage) -> tuple[str, bool]:
    text, entities = message.text, message.entities
    if text is None:
        text, entities = message.caption, message.caption_entities
    if text is None:
        if message.sticker is not None:
            return clean(message.sticker.emoji), False
        if message.location is not None:
            return place(message.location.latitude, message.location.longitude), False
        return "", False
    addressed = False
    if entities:
        text, addressed = read_words(text, entities, bot.credentials.get("username", "").removeprefix("@"))
    return clean(text), addressed


def _answers_bot(bot: Bot, message: ChatMessage) -> bool:
    replied = message.reply_to_message
    # Every message of a topic "replies" to the one that opened the topic.
    if replied is None or replied.from_ is None or replied.message_id == message.message_thread_id:
        return False
    username = bot.credentials.get("username", "").removeprefix("@").lower()
    return replied.from_.is_bot and (not username or replied.from_.username.lower() == username)


def _address(message: ChatMessage) -> tuple[str, str | None]:
    if message.is_topic_message and message.message_thread_id is not None:
        thread = str(message.message_thread_id)
        return f"{message.chat.id}:{thread}", thread
    return str(message.chat.id), None


def _sender(message: ChatMessage) -> tuple[str | None, str, str | None]:
    """Return id, name and language of who wrote; an anonymous admin or a channel writes as a chat."""
    if message.sender_chat is not None:
        return str(message.sender_chat.id), clean(message.sender_chat.title), None
    if message.from_ is None:
        return None, "", None
    return str(message.from_.id), _name(message.from_), message.from_.language_code


def _name(user: User) -> str:
    return clean(f"{user.first_name} {user.last_name}".strip() or user.username)


def _unread_kind(body: bytes) -> str:
    fields = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
    return next((name for name in fields if name in UNREAD_KINDS), "unknown")
