"""Short-lived tokens of made-up webhooks that say which chat they answer in.

A real platform remembers what it handed out; the simulator may run in another process than the one that makes the
webhooks, so their tokens carry the chat in base64, as Discord's own tokens carry the interaction's id.
"""

from __future__ import annotations

import base64
import binascii


def make_token(kind: str, number: int, chat: str, *, pressed: str = "") -> str:
    """Return a token for answering in `chat`; unique by kind and number. `pressed`: the message whose button was pressed."""
    return base64.urlsafe_b64encode(f"{kind}@{pressed}:{number}:{chat}".encode()).decode().rstrip("=")


def channel_of(token: str) -> str:
    """Return the chat that the token answers in; the token itself when it is not one of ours."""
    parts = _parts(token)
    return parts[2] if parts else token


def pressed_of(token: str) -> str:
    """Return the message whose button was pressed; "" where nothing was, and for a token that is not one of ours."""
    parts = _parts(token)
    return parts[0].partition("@")[2] if parts else ""


def _parts(token: str) -> list[str] | None:
    try:
        plain = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
    parts = plain.split(":", 2)
    return parts if len(parts) == 3 and parts[1].isdecimal() else None
