"""One page of a dump: what it is, and its making from what the XML says of it, element by element.

Owns which pages are left out, and why; how a namespace and a redirect are told where the XML does not say. Called by
`folding`, one draft after the other.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from article_data.dump.redirect_text import redirect_link


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page's newest revision in the dump."""

    page_id: int
    """The wiki's own number; 0 where the dump has none."""
    title: str
    """With spaces, never underscores."""
    ns: int
    """0 are articles."""
    redirect: str | None = None
    """The title it redirects to, without a section, or None."""
    redirect_section: str = ""
    """The section of the target that is meant; "" for the whole page."""
    text: str = ""
    """Wikitext; "" where it was deleted."""


class Draft:
    """A page whose end was not yet read."""

    def __init__(self) -> None:
        self.ns: int | None = None
        self.redirect: str | None = None
        """The title in `<redirect>`, "" if it has none; None without the element."""
        self.is_too_long = False
        self.is_text_lost = False
        """Whether the XML says that there is a text, but has none: so it is in dumps of "stubs"."""
        self.title = ""
        self._page_id = 0
        self._model = ""
        self._text: str | None = None

    def take_title(self, text: str) -> None:
        self.title = _spaced(text)

    def take_ns(self, text: str) -> None:
        self.ns = number(text)

    def take_id(self, text: str) -> None:
        self._page_id = number(text) or 0

    def take_text(self, text: str) -> None:
        # In a full-history dump revisions come oldest first: the last one is today's page.
        self._text = text
        self.is_text_lost = self.is_text_lost and not text

    def take_model(self, text: str) -> None:
        self._model = text.strip()

    @property
    def damage(self) -> str:
        """What must be there and is not; "" for a sound page."""
        if not self.title:
            return "the page that ends here has no <title>"
        return "" if self._text is not None else f"page {self.title!r} has no <text>"

    def namespace(self, numbers: Mapping[str, int]) -> int:
        """Return its namespace, told by the title's prefix where the dump does not say (schemas before 0.6)."""
        if self.ns is not None:
            return self.ns
        prefix, colon, _ = self.title.partition(":")
        return numbers.get(prefix.strip().casefold(), 0) if colon else 0

    def page(self, ns: int) -> Page | str:
        """Return the page, or the reason for leaving it out."""
        text = self._text or ""
        if self.is_text_lost:
            return "text not in the dump"
        if ns == 0 and self._model not in ("", "wikitext"):
            return "not wikitext"
        # A text that cannot be a redirect's need not be looked at closely.
        is_candidate = self.redirect is not None or text[:200].lstrip().startswith("#")
        link = redirect_link(text) if is_candidate else None
        if link is None and self.redirect is None:
            return Page(page_id=self._page_id, title=self.title, ns=ns, text=text)
        target, section = link or ("", "")
        target = _spaced((self.redirect or target).partition("#")[0])
        if not target:
            return "redirect to nothing"
        return Page(
            page_id=self._page_id, title=self.title, ns=ns, redirect=target, redirect_section=section, text=text
        )


def number(text: str) -> int | None:
    """Return a whole number that an element or attribute holds, None if it holds none."""
    text = text.strip()
    return int(text) if len(text) < 20 and text.removeprefix("-").isdecimal() else None


def _spaced(title: str) -> str:
    return " ".join(title.replace("_", " ").split())
