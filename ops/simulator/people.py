"""What the platforms know of their users: display names, and who administers. Look-ups answer with it; nobody is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class People:
    """Names and admins by the platform's user id."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._admins: set[str] = set()

    def introduce(self, names: Mapping[str, str]) -> None:
        """Remember the display names, by user id."""
        self._names.update(names)

    def name(self, user: str) -> str:
        """Return the user's display name, a made-up one for somebody not introduced."""
        return self._names.get(user, f"Player {user[-4:]}")

    def appoint(self, users: Iterable[str]) -> None:
        """Make these users admins wherever they are."""
        self._admins.update(users)

    def is_admin(self, user: str) -> bool:
        """Return whether the user was appointed."""
        return user in self._admins
