"""The signed cookie that names a browser's conversation in the web chat.

Owns the cookie's form and its signature. Knows no HTTP: `web_chat` sets and reads the header. The cookie is a bearer
right to one conversation per web bot and says nothing about the person.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from platforms.reading import signature_matches

_PURPOSE = b"parlor web chat conversation cookie 1"
_VERSION = "1"
_ADDRESS_BYTES = 16
_VALUE = re.compile(r"1\.([0-9a-f]{32})\.[0-9a-f]{64}", re.ASCII)


class ConversationCookie:
    """Makes and checks cookie values: `1.<address, 32 hex digits>.<HMAC-SHA256, 64 hex digits>`."""

    NAME = "parlor_play"
    MAX_AGE_S = 365 * 24 * 3600

    def __init__(self, secret: bytes) -> None:
        """Derive the signing key from the server's `secret`, which signs nothing itself. Raises ValueError if empty."""
        if not secret:
            raise ValueError("the web chat's cookie needs a secret")
        self._key = hmac.new(secret, _PURPOSE, hashlib.sha256).digest()

    def new_address(self) -> str:
        """Return a fresh conversation address: 128 random bits as 32 hex digits."""
        return secrets.token_hex(_ADDRESS_BYTES)

    def sign(self, address: str) -> str:
        """Return the cookie value for `address`."""
        signature = hmac.new(self._key, f"{_VERSION}.{address}".encode(), hashlib.sha256).hexdigest()
        return f"{_VERSION}.{address}.{signature}"

    def read(self, value: str | None) -> str | None:
        """Return the address in a cookie value; None where it is missing, misshapen or not ours. Never raises."""
        found = _VALUE.fullmatch(value) if value else None
        if found is None:
            return None
        return found[1] if signature_matches(self.sign(found[1]), value) else None
