"""Secrets in the configuration: where a value is kept, and how one is hidden when it is shown.

Owns the forms `env:NAME` and `file:PATH` and the redaction of URLs. Never logs; its errors name places, never values.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit, urlunsplit

HIDDEN: Final = "***"
SECRET_LIMIT_BYTES: Final = 64 * 1024
"""A secret's file is longer only by mistake."""


class MissingSecret(Exception):
    """A secret is not where the configuration says; the text says where that is."""


def resolve(value: str, environ: Mapping[str, str], directory: Path) -> str:
    """The value that `env:NAME` or `file:PATH` stands for; any other value as it is.

    A path is taken from `directory` (the configuration file's); the line end after a file's secret is dropped.
    Raises MissingSecret when the variable or the file is missing or empty.
    """
    kind, _, place = value.partition(":")
    if kind == "env":
        if not (found := environ.get(place, "")):
            raise MissingSecret(f"the environment variable {place} is not set")
        return found
    if kind == "file":
        path = directory / Path(place).expanduser()
        try:
            with path.open("rb") as file:
                found = file.read(SECRET_LIMIT_BYTES).decode().rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
            raise MissingSecret(f"the file {path} cannot be read: {reason}") from error
        if not found:
            raise MissingSecret(f"the file {path} is empty")
        return found
    return value


def hide_password(url: str) -> str:
    """The URL with its password hidden, whether it stands before the host or in the query."""
    parts = urlsplit(url)
    place = parts.netloc
    if parts.password is not None:
        user, _, _ = place.rpartition("@")[0].partition(":")
        place = f"{user}:{HIDDEN}@{place.rpartition('@')[2]}"
    query = "&".join(
        f"{name}={HIDDEN}" if "pass" in name.lower() else f"{name}{equals}{value}"
        for name, equals, value in (pair.partition("=") for pair in parts.query.split("&"))
    )
    return urlunsplit(parts._replace(netloc=place, query=query))
