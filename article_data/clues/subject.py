"""What clues are made from: one article's sentences and names, in the shape in which the build hands them over."""

from __future__ import annotations

import msgspec

from article_data.article import Fact, Link


class Sentence(msgspec.Struct, frozen=True, array_like=True):
    """One sentence of the running text and where it stood."""

    text: str
    """"" where a sentence was lost: what follows it may dangle."""
    paragraph: int
    """Paragraphs are numbered through the article."""
    section: str = ""
    """The title of its section; "" in the lead."""


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """One article, as far as its clues need it."""

    title: str
    names: tuple[str, ...] = ()
    """All its other names: redirects and the lead's bold names; may repeat the title or hold rubbish."""
    language: str = "en"
    sentences: tuple[Sentence, ...]
    """In the article's order."""
    facts: tuple[Fact, ...] = ()
    links: tuple[Link, ...] = ()
    head: str = ""
    """The noun of its lead's "X is a Y ...", "" when unknown."""
    place: int
    """Its document number in the corpus."""
