"""Slack's signature: HMAC-SHA256 over `v0:<timestamp>:<raw body>`, believed for 300 s.

Source: https://docs.slack.dev/authentication/verifying-requests-from-slack (read 2026-11-22).
"""

from __future__ import annotations

import hashlib
import hmac

from platforms.contract import Headers, Refusal
from platforms.reading import signature_matches

WINDOW_S = 300
"""Older (or later) requests are replays."""


def verify(secret: str, headers: Headers, body: bytes, now_ms: int) -> None:
    """Raise Refusal(403) unless `body` was signed with `secret` within the window: "signature" or "stale"."""
    stamp = headers.get("X-Slack-Request-Timestamp") or ""
    # `int` alone takes " 1", "1_0" and other scripts' digits, none of which Slack sends.
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
        raise Refusal(403, "signature")
    signed = b"v0:" + stamp.encode("ascii") + b":" + body
    expected = "v0=" + hmac.new(secret.encode("utf-8"), signed, hashlib.sha256).hexdigest()
    if not signature_matches(expected, headers.get("X-Slack-Signature")):
        raise Refusal(403, "signature")
    if abs(now_ms - int(stamp) * 1000) > WINDOW_S * 1000:
        raise Refusal(403, "stale")
