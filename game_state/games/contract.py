"""What a bot's rules are: pure, from (session, event, what was asked for) to a turn, or to what they need first.

Rules never read a clock, a file or a random source: the event carries time and a seed, articles and everything else from outside
come as answers to needs (`needs.py`). So the same session, event and answers give the same turn byte for byte, and any turn
can be replayed from the log.
"""

from __future__ import annotations

from typing import Any, Protocol

import msgspec

from game_state.games.deeds import Deed
from game_state.games.needs import Answers, Need
from game_state.message import Message, Reply

State = dict[str, Any]
"""A part of the session: JSON values only. Its owner decodes it into its own Struct at once."""


class Stage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the platform can show here; rules differ by nothing else of a platform."""

    buttons: int = 13
    """Most buttons under one reply; 0: none, choices are numbered words."""
    label: int = 80
    """Longest label of a button, in code points; where one is longer, all choices stand above as numbered words, too."""
    hears: bool = True
    """What people write reaches the bot; False: only orders and presses do."""
    hidden_picks: bool = False
    """A press is seen by nobody but who pressed."""
    edits: bool = False
    """A board is changed in place."""
    groups: bool = True
    """There are group chats."""
    admins: bool = False
    """It can be found out who administers a group."""


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
    game: str = "guess"
    """What the bot plays when nobody says which."""
    stage: Stage = Stage()


class Needs(msgspec.Struct, frozen=True, kw_only=True):
    """The rules cannot go on without these; they are called again with all that was answered so far and these."""

    wanted: tuple[Need, ...]


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
    deeds: tuple[Deed, ...] = ()
    """What it adds to the books beyond this conversation; committed with the turn."""
    outcome: str = "played"
    """What happened, one low-cardinality word for the log: "started", "clue", "correct", "wrong", "close", "ignored", ..."""


class Game(Protocol):
    """One bot's rules: the table of games, or one of the games that test the server."""

    name: str
    former_names: tuple[str, ...]
    """Names that sessions of earlier releases carry; `upcast` raises those too."""
    state_version: int
    """Version of the state's shape; older ones are raised by `upcast` before `advance` sees them."""

    def upcast(self, state: State, version: int) -> State:
        """Raise a state written by an older `state_version` to today's. An empty state is a fresh conversation."""

    def advance(self, state: State, event: Event, answers: Answers) -> Turn | Needs:
        """Play one event. Pure; raises only for a broken invariant of its own."""
