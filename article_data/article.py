"""The article records: what a game may know of one Wikipedia article, and its text for looking up.

Pure data, written by the build, read by the reader, handed to games as an argument.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from article_data.judge.key import AnswerKey

Kind = Literal["article", "disambiguation", "list", "stub"]
"""What a page of the article namespace is. Only articles are played; all are there for looking up."""


ADULT: Final = "adult"
"""The topic of what is not for everybody: left out of the games unless a conversation allows it."""


class Fact(msgspec.Struct, frozen=True, array_like=True):
    """One line of an infobox, in words: ("Capital", "Vienna")."""

    name: str
    value: str


class Date(msgspec.Struct, frozen=True, array_like=True):
    """A date that the page states of its subject."""

    name: str
    """The infobox's own key in lower case: "birth_date"."""
    when: str
    """ISO 8601, as exact as the page is: "1879-03-14", "1879-03", "1879"; "0000" is 1 BC, "-0043" is 44 BC."""


class Article(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One article, ready to be played."""

    article_id: int
    """Its place in the build, from 0 without holes. The pool comes first, the most popular first, then the rest likewise."""
    title: str
    page_id: int = 0
    """The wiki's own number of the page; 0 where the dump has none."""
    kind: Kind = "article"
    aliases: tuple[str, ...] = ()
    """Other names as the wiki writes them (redirects, bold names of the lead, the title without its bracket); title excluded."""
    key: AnswerKey = AnswerKey()
    """What the judge needs to tell right from nearly and wrong."""
    clues: tuple[str, ...] = ()
    """Sentences with every trace of the answer masked, hardest first, the defining one last if it finds its article; at most 12."""
    summary: str = ""
    """One or two sentences about it, unmasked, for after the round; at most 300 characters."""
    description: str = ""
    """The wiki's short description: "German-born theoretical physicist"."""
    head: str = ""
    """The noun of the lead's "X is a Y ...": "physicist"."""
    topics: tuple[str, ...] = ()
    """Low-cardinality words that games choose by: "person", "place", "history", "science", ..."""
    categories: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    """The infobox, in its order."""
    dates: tuple[Date, ...] = ()
    coordinates: tuple[float, float] | None = None
    """Latitude and longitude in degrees, north and east positive."""
    keywords: tuple[str, ...] = ()
    """The words that set it apart from the dump's other articles (TF-IDF), the strongest first."""
    collocations: tuple[str, ...] = ()
    """Words that go together in it more often than chance: "general relativity"."""
    popularity: int = 0
    """Links from other articles of the dump, or the score of the popularity file."""
    difficulty: int = 50
    """1 (everybody knows it) to 100."""
    url: str = ""
    language: str = "en"


class Section(msgspec.Struct, frozen=True, array_like=True):
    """A section of an article's text; the lead is the first and has the title ""."""

    title: str
    paragraphs: tuple[str, ...]


class Link(msgspec.Struct, frozen=True, array_like=True):
    """A link of an article, where it stands."""

    target: str
    """The title it leads to: spaces, first letter upper, no section."""
    anchor: str
    """What the text shows for it."""


class ArticleText(msgspec.Struct, frozen=True, kw_only=True):
    """An article's prose and links: kept apart from the record, so that what games keep in memory stays small."""

    article_id: int
    sections: tuple[Section, ...]
    links: tuple[Link, ...]


class ArticleUnavailable(Exception):
    """The store cannot give the article now (gone, hanging, damaged): the player gets an honest sentence; retry later."""


class ArticleGone(ArticleUnavailable):
    """The current build has no such article, for certain: asking again is of no use."""
