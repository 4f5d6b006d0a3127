"""Discord's signature: Ed25519 over timestamp and raw body.

Discord keeps sending bad signatures on purpose and removes the address of a server that takes one, or that answers them
with anything but 401. Its documents name no age limit; 300 s is ours.

Source: https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint (read 2026-11-22).
"""

from __future__ import annotations

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from platforms.contract import Headers, Refusal

WINDOW_S = 300
_SIGNATURE_BYTES = 64


def verify(public_key: str, headers: Headers, body: bytes, now_ms: int) -> None:
    """Raise Refusal(401) unless `body` was signed for the application within the window: "signature" or "stale"."""
    stamp = headers.get("X-Signature-Timestamp") or ""
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
        raise Refusal(401, "signature")
    try:
        signature = bytes.fromhex(headers.get("X-Signature-Ed25519") or "")
        key = _key(public_key)
    except ValueError:
        raise Refusal(401, "signature") from None
    if len(signature) != _SIGNATURE_BYTES:
        raise Refusal(401, "signature")
    try:
        key.verify(signature, stamp.encode("ascii") + body)
    except InvalidSignature:
        raise Refusal(401, "signature") from None
    if abs(now_ms - int(stamp) * 1000) > WINDOW_S * 1000:
        raise Refusal(401, "stale")


@lru_cache(maxsize=256)
def _key(public_key: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
