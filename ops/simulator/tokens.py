"""Short-lived tokens of made-up webhooks that say which chat they answer in.

A real platform remembers what it handed out; the simulator may run in another process than the one that makes the
webhooks, so their tokens carry the chat in base64, as Discord's own tokens carry the interaction's id.
"""

from __future__ import annotations

import base64
import binascii


def make_token(kind: str, number: int, chat: str) -> str:
    """Return a token for answering in `chat`; unique by kind and number."""
    return base64.urlsafe_b64encode(f"{kind}:{number}:{chat}".encode()).decode().rstrip("=")


def channel_of(token: str) -> str:
    """Return the chat that the token answers in; the token itself when it is not one of ours."""
    try:
        plain = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return token
    parts = plain.split(":", 2)
    return parts[2] if len(parts) == 3 and parts[1].isdecimal() else token
