"""The proof that each platform puts on its webhooks, made from the bot's own credentials.

Owns the signing headers and Discord's key pairs. Pure. Sources: platform documents on webhook verification (2026-11).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


def key_pair(seed: bytes) -> tuple[str, str]:
    """Return (private key, public key) in hex, the same for the same seed; the public one goes into the bot's credentials."""
    private = hashlib.sha256(seed).hexdigest()
    return private, _private_key(private).public_key().public_bytes_raw().hex()


def sign(
    platform: str, credentials: Mapping[str, str], body: bytes, at_ms: int, content_type: str = JSON
) -> dict[str, str]:
    """Return the headers that the platform sends with the body at `at_ms` (Unix milliseconds).

    Credentials are named as in the configuration; Discord needs `private_key` (see `key_pair`) instead of `public_key`.
    Raises KeyError when the credential is missing, ValueError for a platform without webhooks.
    """
    headers = {"Content-Type": content_type}
    at_s = str(at_ms // 1000)
    match platform:
        case "telegram":
            headers["X-Telegram-Bot-Api-Secret-Token"] = credentials["webhook_secret"]
        case "slack":
            signed = b"v0:" + at_s.encode() + b":" + body
            headers["X-Slack-Request-Timestamp"] = at_s
            headers["X-Slack-Signature"] = "v0=" + _hmac(credentials["signing_secret"], signed).hex()
        case "discord":
            signature = _private_key(credentials["private_key"]).sign(at_s.encode() + body)
            headers["X-Signature-Timestamp"] = at_s
            headers["X-Signature-Ed25519"] = signature.hex()
        case "messenger" | "whatsapp":
            headers["X-Hub-Signature-256"] = "sha256=" + _hmac(credentials["app_secret"], body).hex()
        case "line":
            headers["X-Line-Signature"] = base64.b64encode(_hmac(credentials["channel_secret"], body)).decode()
        case _:
            raise ValueError(f"no webhooks of {platform}")
    return headers


def escape_unicode(body: bytes) -> bytes:
    """Return the JSON with everything beyond ASCII as `\\uXXXX`, the form that Meta sends and signs."""
    return "".join(unit if unit < "\x80" else _escape_unit(unit) for unit in body.decode()).encode()


def _escape_unit(character: str) -> str:
    pairs = character.encode("utf-16-be")
    return "".join(f"\\u{pairs[place : place + 2].hex()}" for place in range(0, len(pairs), 2))


def _hmac(secret: str, body: bytes) -> bytes:
    return hmac.digest(secret.encode(), body, "sha256")


@lru_cache(maxsize=64)
def _private_key(private: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private))
