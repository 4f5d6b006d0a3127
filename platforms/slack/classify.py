"""What Slack's Web API answers, to outcomes.

Errors come with status 200 and `"ok": false`, so the error's name decides. Slack has no idempotency key: where an error
leaves open whether something was posted, the outcome is unknown.

Source: https://docs.slack.dev/reference/methods/chat.postMessage#errors,
https://docs.slack.dev/reference/methods/chat.update#errors, https://docs.slack.dev/apis/web-api/rate-limits
(read 2026-11-22).
"""

from __future__ import annotations

import math

import msgspec

from platforms.contract import Delivered, Outcome, Refused, Response, Retry, Sending, Unknown
from platforms.reading import clean
from platforms.slack.wire import PostAnswer, User, UserAnswer

_LIMITED = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
_LATER = frozenset({"service_unavailable", "request_timeout", "team_added_to_org"})
_OPEN = frozenset({"internal_error", "fatal_error"})
"""Slack says of these that a part of the operation may have succeeded."""
_BOARD = frozenset({"message_not_found", "cant_update_message", "edit_window_closed", "is_inactive"})
"""The message that was to be changed is gone, or can no longer be changed."""
_REFUSED = {
    "channel_not_found": "chat_not_found",
    "is_archived": "chat_not_found",
    "not_in_channel": "not_a_member",
    "account_inactive": "unauthorized",
    "invalid_auth": "unauthorized",
    "not_authed": "unauthorized",
    "token_expired": "unauthorized",
    "token_revoked": "unauthorized",
    "access_denied": "forbidden",
    "missing_scope": "forbidden",
    "restricted_action": "forbidden",
    "restricted_action_read_only_channel": "forbidden",
    "restricted_action_thread_only_channel": "forbidden",
    "restricted_action_non_threadable_channel": "forbidden",
    "messages_tab_disabled": "forbidden",
    "cannot_reply_to_message": "message_not_found",
}
"""Others are of our own making and become "bad_request"."""


def classify(sending: Sending, response: Response) -> Outcome:
    """Say what the answer to `chat.postMessage` or `chat.update` means."""
    if response.status == 429:
        return Retry(reason="rate_limited", after_s=_retry_after(response))
    if response.status >= 500 or response.status == 408:
        return Unknown(reason="server_error")
    if response.status in {401, 403}:
        return Refused(reason="unauthorized")
    if not 200 <= response.status < 300:
        return Refused(reason="bad_request")
    try:
        answer = msgspec.json.decode(response.body, type=PostAnswer)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return Unknown(reason="unreadable_answer")
    if answer.ok:
        return Delivered(message_ids=(clean(answer.ts),) if answer.ts else ())
    error = answer.error or ""
    if error in _LIMITED:
        return Retry(reason="rate_limited", after_s=_retry_after(response))
    if error in _LATER:
        return Retry(reason=error, after_s=_retry_after(response))
    if error in _OPEN:
        return Unknown(reason=error)
    if sending.edits is not None and error in _BOARD:
        return Retry(reason="board_gone", after_s=0.0, drop_board=True)
    return Refused(reason=_REFUSED.get(error, "bad_request"))


def read_name(response: Response) -> str | None:
    """Return the name that a person goes by in the workspace, None where the answer has none."""
    user = _user(response)
    if user is None:
        return None
    profile = user.profile
    names = (profile.display_name, profile.real_name) if profile else ()
    for name in (*names, user.real_name, user.name):
        if name and (told := clean(name).strip()):
            return told
    return None


def read_admin(response: Response) -> bool | None:
    """Return whether a person is an admin or owner of the workspace, None where the answer does not tell."""
    user = _user(response)
    if user is None or user.is_admin is None:
        return None
    return user.is_admin or bool(user.is_owner)


def _user(response: Response) -> User | None:
    if response.status != 200:
        return None
    try:
        return msgspec.json.decode(response.body, type=UserAnswer).user
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None


def _retry_after(response: Response) -> float | None:
    try:
        seconds = float(response.headers.get("Retry-After") or "")
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None
