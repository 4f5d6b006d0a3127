"""Credentials at rest: bots' secrets are kept in the database only as this module seals them.

Owns the keys that are derived from the one secret key, and the sealed form. Does no I/O but for the key file of
`make run`. A sealed value is bound to its bot's name, so that rows cannot be exchanged.

Sealed form: 1 byte version, 4 bytes of the key's fingerprint, 12 bytes nonce, then AES-256-GCM of the JSON with its tag.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_FILE: Final = "secret.key"
_VERSION: Final = b"\x01"
_FINGERPRINT_BYTES: Final = 4
_NONCE_BYTES: Final = 12
_HEAD_BYTES: Final = len(_VERSION) + _FINGERPRINT_BYTES


class VaultError(Exception):
    """A sealed value cannot be opened; the text says why. For the operator."""


def derive(secret: str, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose ("cookies"); keys of different purposes tell nothing about each other.

    HKDF stretches nothing: `secret` has to be random (the settings ask for 32 characters), not a password.
    """
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"parlor {purpose}".encode()).derive(secret.encode())


def load_or_make_key(var: Path) -> str:
    """The secret key kept in `var/secret.key` (readable by its owner only), made at the first call.

    Only for the embedded database: a server with a database of its own is given its key by the settings.
    """
    path = var / KEY_FILE
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        # Renamed when whole: a key that is lost or cut short makes every sealed value useless.
        unfinished.rename(path)
    return path.read_text(encoding="ascii").strip()


class Vault:
    """Seals and opens with one secret key."""

    def __init__(self, secret: str) -> None:
        self._cipher = AESGCM(derive(secret, "credentials"))
        self._head = _VERSION + derive(secret, "fingerprint")[:_FINGERPRINT_BYTES]

    def seal(self, credentials: Mapping[str, str], bot: str) -> bytes:
        """The sealed credentials of the bot named `bot`. The same ones seal to other bytes each time."""
        nonce = os.urandom(_NONCE_BYTES)
        return self._head + nonce + self._cipher.encrypt(nonce, msgspec.json.encode(dict(credentials)), bot.encode())

    def open(self, sealed: bytes, bot: str) -> dict[str, str]:
        """The credentials of the bot named `bot`. Raises VaultError for another key, another bot or changed bytes."""
        if sealed[:1] != _VERSION or len(sealed) < _HEAD_BYTES + _NONCE_BYTES:
            raise VaultError(f"the credentials of bot {bot} are in a form that this Parlor does not know")
        if sealed[:_HEAD_BYTES] != self._head:
            raise VaultError(
                f"the credentials of bot {bot} were sealed with another secret key: "
                "set PARLOR_SECRET_KEY to that one, or start once with the bots in the configuration to seal them anew"
            )
        nonce = sealed[_HEAD_BYTES : _HEAD_BYTES + _NONCE_BYTES]
        try:
            text = self._cipher.decrypt(nonce, sealed[_HEAD_BYTES + _NONCE_BYTES :], bot.encode())
        except InvalidTag as error:
            raise VaultError(
                f"the credentials of bot {bot} were changed in the database, or are another bot's"
            ) from error
        return msgspec.json.decode(text, type=dict[str, str])
