"""What a game is: pure rules from (state, event, articles) to a turn, or to what they need first.

A game never reads a clock, a file or a random source: the event carries time and a seed, articles come as an argument.
So the same session, event and articles give the same turn byte for byte, and any turn can be replayed from the log.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Protocol

import msgspec

from article_data.article import Article
from game_state.message import Message, Reply

State = dict[str, Any]
"""A game's own part of the session: JSON values only. Games decode it into their own Struct at once."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What a turn plays."""

    message: Message
    number: int
    """The message's number in its conversation, from 1."""
    now_ms: int
    """When it was accepted, by the database's clock, Unix milliseconds."""
    seed: int
    """The turn's own randomness, 0 to 2**63 - 1, fixed when the message was accepted."""
    language: str = "en"
    """The bot's language."""
    name: str = ""
    """The sender's display name, looked up where the event had none; "" where nobody knows it."""
    bot: str = ""
    """The bot's name, for links and greetings."""


class Pick(msgspec.Struct, frozen=True, kw_only=True):
    """An article of the pool by chance, the same for the same seed and build."""

    seed: int
    language: str = "en"
    topic: str = ""
    """Only articles of this topic; "": of any."""
    difficulty: str = ""
    """"easy", "medium" or "hard"; "": any."""


class ById(msgspec.Struct, frozen=True, kw_only=True):
    """One certain article of the build."""

    article_id: int
    language: str = "en"


class ByTitle(msgspec.Struct, frozen=True, kw_only=True):
    """The article of this very title: it keeps its title when a new build numbers the articles anew."""

    title: str
    language: str = "en"


Need = Pick | ById | ByTitle


class Needs(msgspec.Struct, frozen=True, kw_only=True):
    """The game cannot go on without these; it is called again with all of them."""

    articles: tuple[Need, ...]


Articles = Mapping[Need, Article | None]
"""What was fetched so far. None: the store cannot give it now; the game says so honestly and keeps its state."""

GONE: Final = Article(article_id=-1, title="")
"""What ById and ByTitle bring when the current build has no such article: it has the title of no other."""


class SetTimer(msgspec.Struct, frozen=True, kw_only=True):
    """Play a TIMER message with this name and round in `after_ms`; replaces a timer of the same name."""

    name: str
    round: int
    after_ms: int


class CancelTimer(msgspec.Struct, frozen=True, kw_only=True):
    """Forget the timer of this name, also when it is already queued."""

    name: str


TimerChange = SetTimer | CancelTimer


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """All that playing one message changes."""

    state: State
    replies: tuple[Reply, ...] = ()
    timers: tuple[TimerChange, ...] = ()
    outcome: str = "played"
    """What happened, one low-cardinality word for the log: "started", "clue", "correct", "wrong", "close", "ignored", ..."""


class Game(Protocol):
    """One game's rules."""

    name: str
    state_version: int
    """Version of the state's shape; older ones are raised by `upcast` before `advance` sees them."""

    def upcast(self, state: State, version: int) -> State:
        """Raise a state written by an older `state_version` to today's. An empty state is a fresh conversation."""

    def advance(self, state: State, event: Event, articles: Articles) -> Turn | Needs:
        """Play one event. Pure; raises only for a broken invariant of its own."""
