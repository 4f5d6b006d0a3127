"""What playing takes from the rest of the server: the seams that the composition root fills."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from article_data.article import Article
from game_state.games.contract import Game, Stage
from game_state.games.needs import Need
from game_state.message import Message, Origin, Reply
from game_state.rows import Committed, Handed


class Table(Protocol):
    """What the worker needs to know of a bot."""

    @property
    def bot_id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def game(self) -> str: ...


class Bench(Protocol):
    """What playing takes from the rest of the server; made by the composition root."""

    def table(self, bot_id: int) -> tuple[Table, Game] | None:
        """The bot and its game, or None when this process does not know the bot yet."""

    def prepare(self, bot_id: int, message: Message, replies: Sequence[Reply]) -> Sequence[Reply]:
        """Fit replies to the platform: split, numbered, closed."""

    def stage(self, bot_id: int, *, group: bool) -> Stage:
        """What the bot's platform can show in a chat of this kind."""

    def at_hand(self, need: Need) -> Article | None:
        """An article (ById, ByTitle) from memory; None for what is not there, and for every other need."""

    async def fetch(self, need: Need, bot_id: int, message: Message) -> object:
        """The need's answer, as its docstring says, from wherever it is. Never fails: None where it cannot be had now."""

    def name_needed(self, bot_id: int, message: Message) -> bool:
        """Whether the sender's name has to be looked up."""

    async def find_name(self, bot_id: int, message: Message) -> str:
        """The sender's display name, or ''."""

    def show_typing(self, bot_id: int, message: Message) -> None:
        """Show that an answer takes a moment; never fails."""

    def deliver(self, handed: Handed, address: str, committed: Committed, replies: list[tuple[Reply, Origin]]) -> None:
        """Send committed replies, now or when it is their turn."""

    def replied(self, conversation_id: int) -> None:
        """Wake whoever reads this conversation's replies."""

    @property
    def checkpoint(self) -> Callable[[str], Awaitable[None]]:
        """Told a named moment, where fault drills stop the process; nothing in production."""


class Watch(Protocol):
    """What the worker tells the metrics."""

    def turn(self, seconds: float) -> None: ...
    def turn_error(self, kind: str) -> None: ...
    def fenced(self) -> None: ...
    def parked(self) -> None: ...
