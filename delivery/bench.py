"""What playing takes from the rest of the server: bots, articles, names, and the way on to delivery."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol, cast

from article_data.article import Article, ArticleGone, ArticleUnavailable
from article_data.store.pool import Difficulty
from delivery.client import Client, NotSent, OutcomeUnknown
from delivery.names import Names
from delivery.outbox import Outbox
from delivery.parcel import Parcel
from delivery.rooms import Rooms
from game_state.games.contract import GONE, ById, ByTitle, Game, Need, Pick
from game_state.message import Message, Origin, Reply
from game_state.rows import Committed, Handed
from game_state.seams import Table
from game_state.turn_rows import origin_of
from platforms.contract import Delivery
from platforms.fitting import fit


class Reader(Protocol):
    """Reads articles."""

    def peek(self, article_id: int, language: str) -> Article | None: ...
    async def get(self, article_id: int, language: str) -> Article: ...
    def titled(self, title: str, language: str) -> list[int]: ...
    def pick(
        self, seed: int, language: str, *, topic: str | None = None, difficulty: Difficulty | None = None
    ) -> int | None: ...
    def builds(self) -> Mapping[str, str]: ...


class Bench:
    """Fills the worker's seam (`game_state.seams.Bench`)."""

    def __init__(
        self,
        rooms: Rooms,
        reader: Reader,
        names: Names,
        client: Client,
        replied: Callable[[int], None],
        checkpoint: Callable[[str], Awaitable[None]],
    ) -> None:
        self._rooms = rooms
        self._reader = reader
        self._names = names
        self._client = client
        self._typing: set[asyncio.Task[None]] = set()
        self.replied = replied
        self.checkpoint = checkpoint
        self.outbox: Outbox | None = None
        """Set once it is made: the outbox and the worker know each other."""

    def table(self, bot_id: int) -> tuple[Table, Game] | None:
        """The bot and its game."""
        return self._rooms.table(bot_id)

    def prepare(self, bot_id: int, message: Message, replies: Sequence[Reply]) -> Sequence[Reply]:
        """Fit replies to the platform; a turn that says nothing still ends what the platform shows as waiting."""
        room = self._rooms.room(bot_id)
        if room is None:
            return replies
        capabilities = room[1].capabilities
        fitted = [part for reply in replies for part in fit(reply, capabilities)]
        if not fitted and capabilities.must_close and message.token is not None:
            return (Reply(silent=True),)
        return fitted

    def peek(self, need: Need) -> Article | None:
        """An article from memory."""
        for article_id in self._places(need):
            article = self._reader.peek(article_id, need.language)
            if article is not None and _fits(article, need):
                return article
        return None

    async def fetch(self, need: Need) -> Article | None:
        """An article from wherever it is; None when the store cannot give it now, GONE when the build has no such."""
        try:
            for article_id in self._places(need):
                article = await self._reader.get(article_id, need.language)
                if _fits(article, need):
                    return article
        except ArticleGone:
            return GONE
        except ArticleUnavailable:
            return None
        # No place had it: for certain only where there is a build to look in.
        return GONE if isinstance(need, ByTitle) and need.language in self._reader.builds() else None

    def _places(self, need: Need) -> Sequence[int]:
        """Where in the build it may be."""
        match need:
            case ById():
                return (need.article_id,)
            case ByTitle():
                return self._reader.titled(need.title, need.language)
            case Pick():
                # A game's own word for a difficulty that the pool does not know picks nothing.
                difficulty = cast("Difficulty | None", need.difficulty or None)
                picked = self._reader.pick(need.seed, need.language, topic=need.topic or None, difficulty=difficulty)
                return () if picked is None else (picked,)

    def name_needed(self, bot_id: int, message: Message) -> bool:
        """Whether the sender's name has to be looked up."""
        return self._names.needed(bot_id, message)

    async def find_name(self, bot_id: int, message: Message) -> str:
        """The sender's display name, or ""."""
        return await self._names.find(bot_id, message)

    def show_typing(self, bot_id: int, message: Message) -> None:
        """Show that an answer takes a moment. Not durable, never fails."""
        room = self._rooms.room(bot_id)
        if room is None or not room[1].capabilities.typing:
            return
        request = room[1].typing(room[0], message.address, origin_of(message, 0))
        if request is None:
            return

        async def show() -> None:
            try:
                await self._client.send(request)
            except (NotSent, OutcomeUnknown):
                return

        task = asyncio.get_running_loop().create_task(show())
        self._typing.add(task)
        task.add_done_callback(self._typing.discard)

    def deliver(self, handed: Handed, address: str, committed: Committed, replies: list[tuple[Reply, Origin]]) -> None:
        """Send committed replies now, or once the earlier one that is being sent has arrived."""
        assert self.outbox is not None
        deliveries = {
            committed.first_reply + index: Delivery(
                conversation_id=handed.conversation_id,
                number=committed.first_reply + index,
                address=address,
                reply=reply,
                origin=origin,
                key=committed.reply_keys[index],
            )
            for index, (reply, origin) in enumerate(replies)
        }
        if committed.send_token is not None:
            first = [deliveries.pop(number) for number in committed.send_numbers]
            assert committed.holder is not None
            self.outbox.send(Parcel(handed.bot_id, committed.send_token, first, committed.holder))
        if deliveries:
            self.outbox.keep(handed.conversation_id, deliveries)


def _fits(article: Article, need: Need) -> bool:
    """Names are found whatever their case and accents; a title is meant to the letter."""
    return not isinstance(need, ByTitle) or article.title == need.title
