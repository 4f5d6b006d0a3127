"""What Discord's API answers, to outcomes.

The JSON code decides, then the status. A token that is dead costs only itself: the reply goes to the channel instead.

Source: https://docs.discord.com/developers/topics/opcodes-and-status-codes,
https://docs.discord.com/developers/topics/rate-limits (read 2026-11-22).
"""

from __future__ import annotations

import math

import msgspec

from platforms.contract import Delivered, Outcome, Refused, Response, Retry, Sending, Unknown
from platforms.discord.render import BOARD_EARLY, CLOSE, EDIT_EARLY, FOLLOW_UP_EARLY
from platforms.discord.wire import ErrorBody, SentMessage

_UNKNOWN_WEBHOOK = 10015
_TOKEN_ERRORS = {
    10008: "deferral_gone",  # somebody removed the waiting message
    _UNKNOWN_WEBHOOK: "token_expired",
    10062: "token_expired",
    50027: "token_expired",
}
_EARLY = frozenset({EDIT_EARLY, FOLLOW_UP_EARLY, BOARD_EARLY})
_BOARD_ERRORS = frozenset({10008, 30046, 50001, 50005, 50013})
"""The message is gone, was changed too often since it is an hour old, is not ours, or stands where the bot may not look:
by the token, if there is one, the reply still arrives."""
_SLOW_MODE = frozenset({20016, 20028})
_REFUSED = {
    10003: "chat_not_found",
    10008: "message_not_found",
    50001: "forbidden",
    50006: "bad_request",
    50007: "blocked",
    50013: "forbidden",
    50035: "bad_request",
    50278: "blocked",
}
_EARLY_WAIT_S = 1.0


def classify(sending: Sending, response: Response) -> Outcome:
    """Say what the answer to a request of `render` means."""
    error = _error(response)
    if response.status == 429:
        return _limited(response, error)
    if response.status >= 500 or response.status == 408:
        return Unknown(reason="server_error")
    if 200 <= response.status < 300:
        return Delivered(message_ids=_message_ids(response))
    if sending.request.name == CLOSE:
        # Whatever the reason, nothing is shown as waiting that we could still end.
        return Delivered()
    if error.code in _SLOW_MODE:
        return Retry(reason="slow_mode", after_s=_retry_after(response, error))
    if sending.uses_token and (error.code in _TOKEN_ERRORS or response.status in {401, 404}):
        if error.code == _UNKNOWN_WEBHOOK and sending.request.name in _EARLY:
            # Our answer is still on its way: without the token a deferral would show as waiting for ever.
            return Retry(reason="not_deferred_yet", after_s=_EARLY_WAIT_S)
        return Retry(reason=_TOKEN_ERRORS.get(error.code or 0, "token_expired"), after_s=0.0, drop_token=True)
    if sending.edits is not None and error.code in _BOARD_ERRORS:
        return Retry(reason="board_gone", after_s=0.0, drop_board=True)
    if error.code in _REFUSED:
        return Refused(reason=_REFUSED[error.code])
    by_status = {401: "unauthorized", 403: "forbidden", 404: "chat_not_found"}
    return Refused(reason=by_status.get(response.status, "bad_request"))


def _limited(response: Response, error: ErrorBody) -> Retry:
    # Cloudflare's own limit has no JSON and concerns our whole address, as the global one does.
    everywhere = error.is_global or error.retry_after is None or response.headers.get("X-RateLimit-Global") == "true"
    return Retry(
        reason="rate_limited",
        after_s=_retry_after(response, error),
        scope="bot" if everywhere else "chat",
    )


def _retry_after(response: Response, error: ErrorBody) -> float | None:
    seconds = error.retry_after
    if seconds is None:
        try:
            seconds = float(response.headers.get("Retry-After") or "")
        except ValueError:
            return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def _message_ids(response: Response) -> tuple[str, ...]:
    try:
        return (msgspec.json.decode(response.body, type=SentMessage).id,)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return ()  # 204, or an answer that is none of ours to check: it was taken all the same


def _error(response: Response) -> ErrorBody:
    try:
        return msgspec.json.decode(response.body, type=ErrorBody)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return ErrorBody()
