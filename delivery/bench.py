"""What playing takes from the rest of the server: bots, answers, names, and the way on to delivery."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from article_data.article import Article
from delivery.answers import Answers
from delivery.client import Client, NotSent, OutcomeUnknown
from delivery.names import Names
from delivery.outbox import Outbox
from delivery.parcel import Parcel
from delivery.rooms import Rooms
from game_state.games.contract import Game, Stage
from game_state.games.needs import Need
from game_state.message import Message, Origin, Reply
from game_state.rows import Committed, Handed
from game_state.seams import Table
from game_state.turn_rows import origin_of
from platforms.contract import Delivery
from platforms.fitting import fit_turn
from platforms.stage import stage_of


class Bench:
    """Fills the worker's seam (`game_state.seams.Bench`)."""

    def __init__(
        self,
        rooms: Rooms,
        answers: Answers,
        names: Names,
        client: Client,
        replied: Callable[[int], None],
        checkpoint: Callable[[str], Awaitable[None]],
    ) -> None:
        self._rooms = rooms
        self._answers = answers
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
        return replies if room is None else fit_turn(message, replies, room[1].capabilities)

    def stage(self, bot_id: int, *, group: bool) -> Stage:
        """What the bot's platform can show in a chat of this kind."""
        room = self._rooms.room(bot_id)
        return Stage() if room is None else stage_of(room[1].capabilities, group=group)

    def at_hand(self, need: Need) -> Article | None:
        """The article of ById or ByTitle if it is in memory."""
        return self._answers.at_hand(need)

    async def fetch(self, need: Need, bot_id: int, message: Message) -> object:
        """The need's answer, from wherever it is; None when it cannot be had now."""
        return await self._answers.answer(need, bot_id, message)

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
