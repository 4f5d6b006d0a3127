"""What LINE's Messaging API answers, to outcomes.

A push of unknown outcome may be sent again with its retry key; a reply call may not (its key is the token, spent or
not), and never becomes a push, which could say everything twice.

Source: https://developers.line.biz/en/reference/messaging-api/#error-responses,
https://developers.line.biz/en/docs/messaging-api/retrying-api-request/ (read 2026-11-22).
"""

from __future__ import annotations

import math

import msgspec

from platforms.contract import Delivered, Outcome, Refused, Response, Retry, Sending, Unknown
from platforms.line.wire import ErrorAnswer, ProfileAnswer, SentAnswer
from platforms.reading import clean

_BY_STATUS = {401: "unauthorized", 403: "forbidden", 404: "chat_not_found"}


def classify(sending: Sending, response: Response) -> Outcome:
    """Say what the answer to a reply or a push means."""
    status = response.status
    if 200 <= status < 300 or (status == 409 and not sending.uses_token):
        # 409: this retry key was accepted before, and these are the messages of then.
        return Delivered(message_ids=_message_ids(response))
    if status >= 500 or status == 408:
        return Unknown(reason="server_error")
    told = _told(response)
    if status == 429:
        if "monthly limit" in told:
            return Refused(reason="quota")
        return Retry(reason="rate_limited", after_s=_retry_after(response), scope="bot")
    if status == 400 and sending.uses_token and "reply token" in told:
        return Retry(reason="token_expired", after_s=0.0, drop_token=True)
    if status == 400 and "failed to send messages" in told:
        return Refused(reason="chat_not_found")
    return Refused(reason=_BY_STATUS.get(status, "bad_request"))


def read_name(response: Response) -> str | None:
    """Return the display name of a profile, None where the answer has none."""
    if response.status != 200:
        return None
    try:
        name = msgspec.json.decode(response.body, type=ProfileAnswer).name
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    return clean(name).strip() or None if name else None


def _message_ids(response: Response) -> tuple[str, ...]:
    try:
        return tuple(clean(sent.id) for sent in msgspec.json.decode(response.body, type=SentAnswer).sent)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return ()  # it was taken all the same


def _told(response: Response) -> str:
    try:
        return msgspec.json.decode(response.body, type=ErrorAnswer).message.lower()
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return ""


def _retry_after(response: Response) -> float | None:
    # LINE documents none; a gateway in between may send one.
    try:
        seconds = float(response.headers.get("Retry-After") or "")
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None
