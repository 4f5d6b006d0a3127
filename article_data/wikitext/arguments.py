"""The arguments of a template, split and looked up as wikis do it.

Pure. Made by `scanning`, read by the tellers of templates.
"""

from __future__ import annotations

from article_data.wikitext.marks import BREAK, CITED, LINK


class Arguments:
    """Positional and named arguments; what stood in them is already told in words."""

    __slots__ = ("named", "positional")

    def __init__(self, parts: list[str]) -> None:
        self.positional: list[str] = []
        """Stripped; the first is the template's argument 1."""
        self.named: dict[str, str] = {}
        """By name in lower case, stripped; also "1", "2" where written so. The last of a name counts."""
        for part in parts:
            name, equals, value = part.partition("=")
            if equals:
                self.named[name.strip().lower()] = value.strip()
            else:
                self.positional.append(part.strip())

    def at(self, place: int) -> str:
        """The argument `place`, from 1; "" without one. An explicit "2=" wins, for it is written on purpose."""
        named = self.named.get(str(place)) if self.named else None
        if named is not None:
            return _bare(named)
        return _bare(self.positional[place - 1]) if place <= len(self.positional) else ""

    def get(self, *names: str) -> str:
        """The first of the named arguments that is given and not empty; "" if none is."""
        for name in names:
            value = self.named.get(name)
            if value:
                return _bare(value)
        return ""

    def all(self) -> list[str]:
        """The arguments 1, 2, ... up to the first that is missing; they may be empty."""
        found: list[str] = []
        while len(found) < len(self.positional) or str(len(found) + 1) in self.named:
            found.append(self.at(len(found) + 1))
        return found


def _bare(value: str) -> str:
    """A value without the marks that say nothing inside another template."""
    if value.isascii():
        return value
    return value.replace(LINK, "").replace(CITED, "").replace(BREAK, " ").strip()
