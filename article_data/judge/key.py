"""The answer key: all that the judge must know of one article, made at build time and kept in its record.

Owns which names are right, which say too little and which other titles must not be taken for them; the rules are told in
`docs/decisions/0010-what-the-judge-accepts.md`. `make_key` is called by the build, and by the games where only a title is
known; `judging.judge` reads keys while serving. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Literal, Protocol

import msgspec

from article_data.judge.plurals import plurals
from article_data.judge.short_names import short_names, surname
from article_data.judge.spellings import respellings
from article_data.naming import fold, plain_title, split_bracket

__all__ = ["AnswerKey", "Holder", "Namesakes", "make_key", "surname"]

NAME_COUNT = 200
"""Most names kept of each sort."""
NEIGHBOUR_COUNT = 64
"""Most neighbouring titles kept, the best known first."""
NEAR_LOOKUPS = 8
"""Names whose neighbours are looked up; redirects beyond are mostly spellings of these."""
OBSCURE = 20
"""A namesake or neighbour so many times less popular than the article does not stand in its way."""
DOMINANT = 10
"""A surname that many have belongs to the one who is so many times more popular than all others together."""


class Holder(msgspec.Struct, frozen=True):
    """An article that has a name."""

    title: str
    popularity: float
    kind: Literal["title", "alias", "surname", "disambiguation"]
    """How it has the name: its title is that name, a redirect or bold name, a surname; or it lists those who have it."""


class Namesakes(Protocol):
    """What the whole dump knows of a name. Names are given as folded by `naming.fold`."""

    def holders(self, name: str) -> Sequence[Holder]:
        """Return the articles that have exactly this name, the article itself among them."""
        ...

    def near(self, name: str) -> Sequence[Holder]:
        """Return articles whose titles, without their brackets, are up to 3 edits away from this name."""
        ...


class AnswerKey(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """The names that are right, and those that must not be taken for them. Names are folded, the title's own among them."""

    title: str = ""
    """As the wiki writes it; "" in a record that was built without a key."""
    language: str = "en"
    names: tuple[str, ...] = ()
    """Right, also with spelling mistakes."""
    nouns: tuple[str, ...] = ()
    """Right like `names`, and in the plural or singular too."""
    exact: tuple[str, ...] = ()
    """Right as spelt here, or with a likely mistake at most: acronyms, surnames, other spellings."""
    general: tuple[str, ...] = ()
    """Others have these names too, or the wiki lists who has: they are close, and ask for more."""
    neighbours: tuple[str, ...] = ()
    """Names of other articles that a typo could reach."""


def make_key(
    title: str,
    *,
    language: str = "en",
    redirects: Sequence[str] = (),
    bold: Sequence[str] = (),
    is_person: bool = False,
    namesakes: Namesakes | None = None,
) -> AnswerKey:
    """Make the key of the article `title`.

    `redirects` are the titles of pages that lead to it, `bold` the names set in bold in its lead. Without `namesakes`
    nobody else is known to have any of the names: a person's surname is right then, but "Mexico" is too little for
    Mexico City.
    """
    return _Making(title, language, namesakes).key(redirects, bold, is_person=is_person)


_BRACKETS = re.compile(r"\s*[(\uff08][^()\uff08\uff09]*[)\uff09]\s*")
_ENGLISH_ARTICLE = re.compile("^(?:the|a|an) (?=.)")
_LISTING = re.compile(r"\((?:disambiguation|begriffskl|homonymie|desambig|disambigua)")

Sort = Literal["names", "nouns", "exact", "general"]
Origin = Literal["title", "redirect", "plain", "surname", "state", "kind", "acronym"]


class _Making:
    """Gathers one key: each name goes to the sort under which it was added first."""

    def __init__(self, title: str, language: str, namesakes: Namesakes | None) -> None:
        self._title = title
        self._language = language
        self._namesakes = namesakes
        self._plain, self._bracket = split_bracket(title)
        own = fold(title)
        self._popularity = max(
            (holder.popularity for holder in self._holders(own) if holder.title == title), default=0.0
        )
        self._sorts: dict[str, Sort] = {}

    def key(self, redirects: Sequence[str], bold: Sequence[str], *, is_person: bool) -> AnswerKey:
        redirects = [redirect for redirect in redirects if _LISTING.search(redirect.lower()) is None]
        self._add_title({fold(redirect) for redirect in redirects})
        for redirect in redirects:
            # A redirect without letters is kept as it is: people guess with pictures too.
            self._add(fold(redirect) or redirect.strip(), _sort_of(redirect, self._bracket), "redirect")
            self._add(fold(_BRACKETS.sub(" ", redirect)), _sort_of(redirect, "bracket"), "plain")
        for name in bold:
            self._add(fold(name), _sort_of(name, self._bracket), "plain")
        for name in (self._plain, *redirects, *bold):
            for other in respellings(plain_title(name), self._language):
                self._add(other, "exact", "plain")
        self._add_short(redirects, is_person=is_person or any(fold(_turned(name)) in self._sorts for name in redirects))
        return AnswerKey(
            title=self._title,
            language=self._language,
            names=self._of("names"),
            nouns=self._of("nouns"),
            exact=self._of("exact"),
            general=self._of("general"),
            neighbours=self._neighbours(),
        )

    def _add_title(self, redirects: Set[str]) -> None:
        plain = fold(self._plain)
        origin: Origin = "title" if not self._bracket else "redirect" if plain in redirects else "plain"
        self._add(plain, _sort_of(self._plain, self._bracket), origin)
        if self._bracket:
            # The bracket is what a player has to add where the title alone says too little; then it may be misspelt.
            sort: Sort = "names" if self._sorts.get(plain) == "general" else "exact"
            self._add(fold(f"{self._plain} {self._bracket}"), sort, "title")
            self._add(fold(f"{self._bracket} {self._plain}"), sort, "title")
        self._add(fold(_BRACKETS.sub(" ", self._plain)), "names", "plain")

    def _add_short(self, redirects: Sequence[str], *, is_person: bool) -> None:
        for short, origin in short_names(self._title, self._language, is_person=is_person):
            self._add(short, "exact", origin)
        if not is_person:
            for redirect in redirects[:NEAR_LOOKUPS]:
                for short, origin in short_names(redirect, self._language):
                    if origin != "acronym":
                        self._add(short, "exact", origin)
            self._add_plurals()

    def _add_plurals(self) -> None:
        """Add the title in another number where it is a proper name ("Academy Award") and nothing else is called so."""
        folded = fold(self._plain)
        before, _, last = _ENGLISH_ARTICLE.sub("", folded).rpartition(" ")
        if self._namesakes is None or self._sorts.get(folded) != "names" or not before:
            return
        for other in plurals(last, self._language):
            name = f"{before} {other}"
            if not self._holders(name) and not self._holders(f"the {name}"):
                self._add(name, "exact", "title")

    def _add(self, name: str, sort: Sort, origin: Origin) -> None:
        if not name or name in self._sorts:
            return
        found = self._standing(name, sort, origin)
        if found is not None:
            self._sorts[name] = found

    def _standing(self, name: str, sort: Sort, origin: Origin) -> Sort | None:
        """Return the sort that a name belongs to, or None when it is nobody's business."""
        if origin == "title":
            return sort
        if self._namesakes is None:
            return "general" if origin == "kind" else sort
        others = [holder for holder in self._holders(name) if holder.title != self._title]
        if not others:
            return sort
        named = [holder for holder in others if fold(holder.title) == name]
        listed = any(holder.kind == "disambiguation" for holder in named)
        if origin == "acronym":
            return None
        if any(holder.kind != "disambiguation" and not self._is_obscure(holder) for holder in named):
            return "general"
        if origin == "redirect":
            return "general" if listed else sort
        known = [holder.popularity for holder in others if holder.kind != "disambiguation"]
        if origin in {"surname", "state", "kind"}:
            return sort if known and sum(known) * DOMINANT < self._popularity else "general"
        return "general" if listed or (known and sum(known) >= self._popularity) else sort

    def _neighbours(self) -> tuple[str, ...]:
        if self._namesakes is None:
            return ()
        found: dict[str, float] = {}
        names = [_ENGLISH_ARTICLE.sub("", name) for name in (fold(self._plain), *self._of("names"), *self._of("nouns"))]
        # Titles are found as they are written, perhaps with an article that this one lacks.
        for name in list(dict.fromkeys((names[0], f"the {names[0]}", *names)))[:NEAR_LOOKUPS]:
            for holder in (*self._namesakes.near(name), *self._holders(name)):
                if holder.title == self._title or holder.kind == "disambiguation" or self._is_obscure(holder):
                    continue
                for form in (fold(plain_title(holder.title)), fold(holder.title)):
                    if form and form not in self._sorts:
                        found[form] = max(holder.popularity, found.get(form, 0.0))
        return tuple(sorted(found, key=lambda form: (-found[form], form))[:NEIGHBOUR_COUNT])

    def _of(self, sort: Sort) -> tuple[str, ...]:
        return tuple(name for name, its in self._sorts.items() if its == sort)[:NAME_COUNT]

    def _holders(self, name: str) -> Sequence[Holder]:
        return () if self._namesakes is None else self._namesakes.holders(name)

    def _is_obscure(self, holder: Holder) -> bool:
        return holder.popularity * OBSCURE < self._popularity


def _sort_of(name: str, bracket: str) -> Sort:
    """Say whether a name as the wiki writes it takes a plural.

    A title with a bracket has namesakes, and a capital at the end makes a proper name: there an s is another article
    ("Alien" and "Aliens", "Rolling Stone" and "The Rolling Stones").
    """
    words = name.split()
    return "nouns" if words and not bracket and (len(words) == 1 or words[-1][0].islower()) else "names"


def _turned(name: str) -> str:
    """Turn "Fleming, Sir Ambrose" into "Sir Ambrose Fleming"; returns "" for a name without a single comma."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma and "," not in first else ""
