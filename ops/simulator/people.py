"""The display names that the platforms know of their users. Look-ups answer with them; nobody is unknown."""

from __future__ import annotations

from collections.abc import Mapping


class People:
    """Names by the platform's user id."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def introduce(self, names: Mapping[str, str]) -> None:
        """Remember the display names, by user id."""
        self._names.update(names)

    def name(self, user: str) -> str:
        """Return the user's display name, a made-up one for somebody not introduced."""
        return self._names.get(user, f"Player {user[-4:]}")
