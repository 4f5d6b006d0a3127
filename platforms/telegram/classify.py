"""Bot API answers to outcomes. Never raises, whatever the bytes.

Source: tdlib/telegram-bot-api, Client.cpp (fail_query_with_error and the chat checks), read 2026-11-22.
"""

from __future__ import annotations

import msgspec

from platforms.contract import Delivered, Moved, Outcome, Refused, Response, Retry, Sending, Unknown
from platforms.reading import retry_after_s
from platforms.telegram.wire import ApiAnswer, Membership, Sent

# Looked for in the description, lower case, in this order.
FORBIDDEN = (
    ("blocked by the user", "blocked"),
    ("user is deactivated", "gone"),
    ("kicked", "removed"),
    ("not a member", "removed"),
    ("can't initiate conversation", "not_started"),
)
BAD_REQUEST = (
    ("chat not found", "chat_not_found"),
    ("upgraded to a supergroup", "chat_not_found"),
    ("group chat was deactivated", "gone"),
    ("user not found", "chat_not_found"),
    ("thread not found", "thread_not_found"),
    ("topic_closed", "thread_closed"),
    ("rights to send", "no_rights"),
    ("query is too old", "too_late"),
    ("message is too long", "too_long"),
)
ADMINS = frozenset({"creator", "administrator"})
BOARD = ("message to edit not found", "message can't be edited", "no text in the message", "message_id_invalid")
"""The message that was to be changed is gone, or can no longer be changed."""
UNCHANGED = "message is not modified"
PICTURE = ("http url", "web page content", "webpage_", "photo_", "image_process", "wrong file identifier", "wrong type")

_answer = msgspec.json.Decoder(ApiAnswer)
_sent = msgspec.json.Decoder(Sent)
_member = msgspec.json.Decoder(Membership)


def classify(sending: Sending, response: Response) -> Outcome:
    """Say what the answer to a call means."""
    status = response.status
    try:
        answer = _answer.decode(response.body)
    except (ValueError, RecursionError):
        answer = None
    if 200 <= status < 300:
        if answer is None:
            return Unknown(reason="unreadable_answer")
        if answer.ok:
            return _delivered(answer)
        status = answer.error_code
    description = answer.description.lower() if answer else ""
    parameters = answer.parameters if answer else None
    if parameters and parameters.migrate_to_chat_id is not None:
        return Moved(new_address=str(parameters.migrate_to_chat_id))
    if status == 429:
        # The answer does not say whether the chat's limit or the bot's was hit: pausing the chat harms nobody else.
        told = retry_after_s(parameters.retry_after) if parameters else None
        return Retry(
            reason="rate_limited", after_s=retry_after_s(response.headers.get("Retry-After")) if told is None else told
        )
    if status == 503:
        return Retry(reason="unavailable", after_s=retry_after_s(response.headers.get("Retry-After")))
    if status == 400 and sending.edits is not None:
        if UNCHANGED in description:
            return Delivered(message_ids=(sending.edits,))
        if any(word in description for word in BOARD):
            return Retry(reason="board_gone", after_s=0.0, drop_board=True)
    if status == 400 and sending.request.name == "sendPhoto" and any(word in description for word in PICTURE):
        return Retry(reason="picture", after_s=0.0)
    if status == 400:
        return Refused(reason=_first(BAD_REQUEST, description, "bad_request"))
    if status == 403:
        return Refused(reason=_first(FORBIDDEN, description, "forbidden"))
    if status in (401, 404):  # a wrong token is part of the path, so it can also be "not found"
        return Refused(reason="unauthorized")
    if status in (408, 409):
        return Retry(reason="conflict" if status == 409 else "timeout")
    if 300 <= status < 500:
        return Refused(reason="too_large" if status == 413 else "unexpected_status")
    return Unknown(reason="server_error")


def read_admin(response: Response) -> bool | None:
    """Return whether the answer to getChatMember tells of an admin, None where it tells of nobody."""
    try:
        answer = _answer.decode(response.body)
        return _member.decode(answer.result).status in ADMINS if answer.ok else None
    except (ValueError, RecursionError):
        return None


def _delivered(answer: ApiAnswer) -> Delivered:
    try:
        return Delivered(message_ids=(str(_sent.decode(answer.result).message_id),))
    except (ValueError, RecursionError):
        return Delivered()


def _first(reasons: tuple[tuple[str, str], ...], description: str, otherwise: str) -> str:
    return next((reason for word, reason in reasons if word in description), otherwise)
