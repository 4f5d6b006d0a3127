"""Gathers a dump's redirects and turns them into the other names that an article answers to.

Owns which redirect is a name: one to a section, a subpage or marked as something else than a name is not. Pure.
"""

from __future__ import annotations

import re

from article_data.clues.masking import plain_title
from article_data.dump.pages import Page

MAX_ALIASES = 64
MAX_HOPS = 8
"""A chain of redirects longer than this is a loop or vandalism."""

_NOT_A_NAME = re.compile(
    r"\{\{\s*R(?:edirect)? (?:from (?:subtopic|sub-topic|related|member|character|work|song|fictional|list topic|person"
    r"|school|phrase|antonym|opposite|domain|quotation|file|merge|incorrect|gap|product|event|book|place|location)"
    r"|to (?:section|list|anchor|subtopic|decade|related|diff)|with possibilities|unlikely)",
    re.IGNORECASE,
)


class Redirects:
    """All redirects of a dump, in memory: a title and its target each."""

    def __init__(self) -> None:
        self._targets: dict[str, str] = {}
        self._names: set[str] = set()

    def __len__(self) -> int:
        return len(self._targets)

    def add(self, page: Page) -> None:
        """Note a redirect page of the article namespace."""
        assert page.redirect is not None, "only redirects are added"
        title = _first_upper(page.title)
        self._targets[title] = _first_upper(page.redirect)
        is_subpage = "/" in page.title and "/" not in page.redirect
        if not (page.redirect_section or is_subpage or _NOT_A_NAME.search(page.text)):
            self._names.add(title)

    def aliases(self) -> dict[str, tuple[str, ...]]:
        """Return the aliases of each title that is redirected to, sorted; double redirects are followed to their end."""
        found: dict[str, set[str]] = {}
        for name in self._names:
            end = self._end(name)
            if end is not None and plain_title(name) != end:
                found.setdefault(end, set()).add(plain_title(name))
        return {title: tuple(sorted(names)[:MAX_ALIASES]) for title, names in found.items()}

    def _end(self, name: str) -> str | None:
        title = name
        for _ in range(MAX_HOPS):
            following = self._targets.get(title)
            if following is None:
                return title
            if title != name and title not in self._names:
                # On the way it became a part of something else: no longer a name of the whole.
                return None
            title = following
        return None


def _first_upper(title: str) -> str:
    return title[:1].upper() + title[1:]
