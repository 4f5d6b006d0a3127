"""LINE's signature: base64 of HMAC-SHA256 over the raw body. It carries no time, so there is no replay window.

Source: https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature/ (read 2026-11-22).
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from platforms.contract import Headers, Refusal
from platforms.reading import signature_matches


def verify(secret: str, headers: Headers, body: bytes) -> None:
    """Raise Refusal(403, "signature") unless `body` was signed with the channel's secret."""
    expected = base64.b64encode(hmac.new(secret.encode("utf-8"), body, hashlib.sha256).digest())
    if not signature_matches(expected, headers.get("X-Line-Signature")):
        raise Refusal(403, "signature")
