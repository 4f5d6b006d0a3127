"""What rules may ask for, and how they get at the answers.

A need is a frozen, hashable record; its answer is fetched outside any transaction and handed in at the next call. `Facts` gives
typed access: asking for what is not there yet raises Missing, which the table of games turns into `Needs`. So rules read
as if everything were at hand. An answer of None always means: cannot be had now; the rules say so honestly and keep their state.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, cast

import msgspec

from article_data.article import Article

GONE: Final = Article(article_id=-1, title="")
"""What ById and ByTitle bring when the current build has no such article: it has the title of no other."""


class ById(msgspec.Struct, frozen=True, kw_only=True):
    """One certain article of the build. Answer: Article, GONE, or None."""

    article_id: int
    language: str = "en"


class ByTitle(msgspec.Struct, frozen=True, kw_only=True):
    """The article of this very title: it keeps its title when a new build numbers the articles anew. Answer as ById."""

    title: str
    language: str = "en"


class Cursor(msgspec.Struct, frozen=True, array_like=True):
    """How far a conversation has come in its own order of the articles of one topic and difficulty."""

    language: str
    topic: str
    """"": any."""
    difficulty: str
    """"easy", "medium", "hard"; "": any."""
    position: int
    """Articles of that order passed so far."""


class Draw(msgspec.Struct, frozen=True, kw_only=True):
    """The next article of the pool that this conversation has not played. Answer: Drawn or None."""

    key: int
    """The conversation's own: orders every list its own way (a keyed permutation)."""
    language: str
    topic: str = ""
    difficulty: str = ""
    adult: bool = False
    """Adult topics may come."""
    cursors: tuple[Cursor, ...] = ()
    """All cursors of the conversation: what any of them passed is not drawn again until the list is used up."""


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """An article and where the cursor stands after it."""

    article: Article
    """Clues that people reported are left out. GONE: the pool has nothing of that topic and difficulty."""
    cursor: Cursor
    level: int = 50
    """Its difficulty as learned from play, 1 to 100; the build's where nobody played it."""


class Companions(msgspec.Struct, frozen=True, kw_only=True):
    """Other articles of the same kind: topic, popularity, difficulty. Answer: tuple[Article, ...] (may be fewer) or None."""

    article_id: int
    language: str
    count: int
    seed: int
    adult: bool = False


class Goal(msgspec.Struct, frozen=True, kw_only=True):
    """A well-known article that can be reached from `article_id` by 2 to `most` links, no fewer. Answer: Route or None."""

    article_id: int
    language: str
    seed: int
    most: int = 4


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """A shortest way by links between two articles. Answer: Route or None (none, or cannot be had)."""

    start: int
    goal: int
    language: str


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """A way by links, both ends included."""

    ids: tuple[int, ...]
    titles: tuple[str, ...]


class Doors(msgspec.Struct, frozen=True, kw_only=True):
    """The links of an article, in the order of its text. Answer: tuple[Door, ...] or None."""

    article_id: int
    language: str


class Door(msgspec.Struct, frozen=True, array_like=True):
    """A link that leads to an article of the build."""

    article_id: int
    title: str


class Find(msgspec.Struct, frozen=True, kw_only=True):
    """Articles of this name, or of nearly this name. Answer: Found or None."""

    text: str
    language: str


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a name leads to."""

    exact: bool
    """An article has this very name."""
    articles: tuple[Article, ...]
    """At most three, the likeliest first."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """The bot's table of those who agreed to be on it. Answer: tuple[Line, ...] (at most 10) or None."""

    period: Literal["day", "week", "all"]


class Line(msgspec.Struct, frozen=True, array_like=True):
    """One line of the bot's table."""

    name: str
    points: int
    wins: int


class DailySet(msgspec.Struct, frozen=True, kw_only=True):
    """The five titles of that UTC day ("2026-11-24"), the same for all. Answer: tuple[str, ...], () without a store; or None."""

    day: str
    language: str


class IsAdmin(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the sender of this message administers the chat. Answer: bool (False where the platform does not say)."""


class Shelves(msgspec.Struct, frozen=True, kw_only=True):
    """Languages that have articles. Answer: tuple[str, ...], sorted."""


Need = ById | ByTitle | Draw | Companions | Goal | Way | Doors | Find | Standing | DailySet | IsAdmin | Shelves
Answers = Mapping[Need, Any]
"""What was fetched so far, by need; the type of each answer is in its need's docstring."""


class Missing(Exception):
    """The rules asked for what has not been fetched yet."""

    def __init__(self, wanted: tuple[Need, ...]) -> None:
        super().__init__(wanted)
        self.wanted = wanted


class Facts:
    """Typed access to the answers. Every method raises Missing when its answer has not been fetched."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def want(self, *needs: Need) -> None:
        """Ask for several at once, so that they are fetched together."""
        missing = tuple(need for need in needs if need not in self._answers)
        if missing:
            raise Missing(missing)

    def article(self, need: ById | ByTitle) -> Article | None:
        """The article, GONE, or None."""
        return cast("Article | None", self._get(need))

    def draw(self, need: Draw) -> Drawn | None:
        """The next article to play."""
        return cast("Drawn | None", self._get(need))

    def companions(self, need: Companions) -> tuple[Article, ...] | None:
        """Articles of the same kind."""
        return cast("tuple[Article, ...] | None", self._get(need))

    def route(self, need: Goal | Way) -> Route | None:
        """A way by links."""
        return cast("Route | None", self._get(need))

    def doors(self, need: Doors) -> tuple[Door, ...] | None:
        """An article's links."""
        return cast("tuple[Door, ...] | None", self._get(need))

    def found(self, need: Find) -> Found | None:
        """What a name leads to."""
        return cast("Found | None", self._get(need))

    def standing(self, need: Standing) -> tuple[Line, ...] | None:
        """The bot's table."""
        return cast("tuple[Line, ...] | None", self._get(need))

    def daily_set(self, need: DailySet) -> tuple[str, ...] | None:
        """The titles of a day."""
        return cast("tuple[str, ...] | None", self._get(need))

    def is_admin(self) -> bool:
        """Whether the sender administers the chat."""
        return bool(self._get(IsAdmin()))

    def shelves(self) -> tuple[str, ...]:
        """Languages that have articles."""
        return cast("tuple[str, ...]", self._get(Shelves()) or ())

    def _get(self, need: Need) -> object:
        self.want(need)
        return self._answers[need]
