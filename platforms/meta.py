"""What Messenger and WhatsApp share: Meta's signature, its GET handshake, the Graph API's calls and errors.

Both rooms build on it; it knows neither's events. Sans-I/O.
Source: https://developers.facebook.com/docs/graph-api/webhooks/getting-started, read 2026-11-22.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from platforms.contract import (
    Answer,
    Bot,
    Delivered,
    Headers,
    Outcome,
    Refusal,
    Refused,
    Request,
    Response,
    Retry,
    Unknown,
)
from platforms.reading import retry_after_s, signature_matches

API = "https://graph.facebook.com"
VERSION = "v25.0"
SIGNATURE_HEADER = "X-Hub-Signature-256"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One account's events of a body. Each event is read by itself, so that one bad event costs no other."""

    id: str = ""
    messaging: tuple[msgspec.Raw, ...] = ()
    standby: tuple[msgspec.Raw, ...] = ()
    """Events that another app of the page has to answer."""
    changes: tuple[msgspec.Raw, ...] = ()


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    object: str
    entry: tuple[msgspec.Raw, ...] = ()


class ErrorDetail(msgspec.Struct, frozen=True, kw_only=True):
    code: int = 0
    error_subcode: int = 0
    is_transient: bool = False


class GraphError(msgspec.Struct, frozen=True, kw_only=True):
    error: ErrorDetail


_error = msgspec.json.Decoder(GraphError)

Verdict = Refused | Retry
"""What one error code means."""

SHARED_CODES: Mapping[int, Verdict] = {
    1: Retry(reason="api_unknown"),
    2: Retry(reason="api_unavailable"),
    4: Retry(reason="rate_limited", scope="bot"),
    10: Refused(reason="forbidden"),
    100: Refused(reason="bad_request"),
    102: Refused(reason="unauthorized"),
    190: Refused(reason="unauthorized"),
    368: Refused(reason="policy_blocked"),
    **{code: Refused(reason="forbidden") for code in range(200, 300)},
}
"""Codes that mean the same at both platforms. Source: https://developers.facebook.com/docs/graph-api/guides/error-handling"""


def verify(secret: str, headers: Headers, body: bytes) -> None:
    """Check the signature over the raw bytes, in constant time. Raises Refusal(403, "signature").

    The bytes arrive with non-ASCII escaped and are signed so: they must never be decoded and written again.
    """
    expected = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    if not secret or not signature_matches(expected, headers.get(SIGNATURE_HEADER)):
        raise Refusal(403, "signature")


def handshake(bot: Bot, query: Mapping[str, str]) -> Answer:
    """Answer the subscription's GET with its challenge. Raises Refusal(403, "verify_token")."""
    token = bot.credentials.get("verify_token", "")
    subscribes = query.get("hub.mode") == "subscribe"
    if not token or not signature_matches(token, query.get("hub.verify_token")) or not subscribes:
        raise Refusal(403, "verify_token")
    return Answer(body=query.get("hub.challenge", "").encode("utf-8", "replace"))


def missing(credentials: Mapping[str, str], names: tuple[str, ...]) -> tuple[str, ...]:
    """Return a sentence for each credential that is empty or has whitespace in it."""
    wrong = [name for name in names if not credentials.get(name) or any(map(str.isspace, credentials[name]))]
    return tuple(f"{name} is empty or contains whitespace." for name in wrong)


def call(bot: Bot, token: str, path: str, fields: Mapping[str, Any], name: str) -> Request:
    """Make a POST to the Graph API. The token goes into a header, never into the address."""
    headers = (("Content-Type", "application/json"), ("Authorization", f"Bearer {token}"))
    return Request(url=address(bot, path), body=msgspec.json.encode(fields), headers=headers, name=name)


def address(bot: Bot, path: str) -> str:
    """Return the address of a Graph API path, at the bot's own gateway if it has one."""
    return f"{(bot.api_base or API).rstrip('/')}/{VERSION}/{path}"


def classify(
    response: Response,
    codes: Mapping[int, Verdict],
    subcodes: Mapping[int, Verdict],
    read_ids: Callable[[bytes], tuple[str, ...]],
) -> Outcome:
    """Say what the answer to a send means: by its error's subcode, then its code, then the HTTP status. Never raises.

    `read_ids` finds the sent messages' ids in a good answer; it may raise msgspec's errors.
    """
    if 200 <= response.status < 300:
        try:
            return Delivered(message_ids=read_ids(response.body))
        except (ValueError, RecursionError):
            return Unknown(reason="unreadable_answer")
    detail = _read_error(response)
    told_s = retry_after_s(response.headers.get("Retry-After"))
    if detail is not None:
        verdict = subcodes.get(detail.error_subcode) or codes.get(detail.code) or SHARED_CODES.get(detail.code)
        if verdict is None and detail.is_transient:
            verdict = Retry(reason="api_transient")
        if isinstance(verdict, Retry) and verdict.after_s is None and told_s is not None:
            return msgspec.structs.replace(verdict, after_s=told_s)
        if verdict is not None:
            return verdict
    return _by_status(response.status, told_s)


def _by_status(status: int, told_s: float | None) -> Outcome:
    if status == 429:
        return Retry(reason="rate_limited", after_s=told_s, scope="bot")
    if status == 503:
        return Retry(reason="unavailable", after_s=told_s)
    if status == 408:
        return Retry(reason="timeout")
    if status == 401:
        return Refused(reason="unauthorized")
    if status == 403:
        return Refused(reason="forbidden")
    if status in (400, 404, 413):
        return Refused(reason="too_large" if status == 413 else "bad_request")
    if 300 <= status < 500:
        return Refused(reason="unexpected_status")
    return Unknown(reason="server_error")


def _read_error(response: Response) -> ErrorDetail | None:
    try:
        return _error.decode(response.body).error
    except (ValueError, RecursionError):
        return None
