"""Who administers a chat: as the event says it, or as the platform does when asked, kept for some minutes.

Never holds up a turn for longer than the client's time-out; what nobody tells is no.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

import structlog

from delivery.client import Client, NotSent, OutcomeUnknown
from game_state.message import Message
from platforms.contract import Bot, Platform

KEPT_S: Final = 300.0
"""Seconds that the platform's word counts."""
MEMORY: Final = 20_000
"""Senders kept in memory."""

log = structlog.get_logger(__name__)


class Admins:
    """Finds out. `rooms` gives a bot and its platform by id."""

    def __init__(self, client: Client, rooms: Callable[[int], tuple[Bot, Platform] | None]) -> None:
        self._client = client
        self._rooms = rooms
        self._known: OrderedDict[tuple[int, str, str], tuple[float, bool]] = OrderedDict()

    async def find(self, bot_id: int, message: Message) -> bool:
        """Whether the sender of the message administers its chat; whoever is alone with the bot does."""
        if not message.group:
            return True
        if message.admin is not None:
            return message.admin
        room = self._rooms(bot_id)
        if message.sender is None or room is None:
            return False
        key = (bot_id, message.address, message.sender)
        now = asyncio.get_running_loop().time()
        until, told = self._known.get(key, (0.0, False))
        if now < until:
            return told
        answer = await self._ask(room, message.address, message.sender)
        if answer is None:
            return False
        self._known[key] = (now + KEPT_S, answer)
        self._known.move_to_end(key)
        while len(self._known) > MEMORY:
            self._known.popitem(last=False)
        return answer

    async def _ask(self, room: tuple[Bot, Platform], address: str, sender: str) -> bool | None:
        bot, platform = room
        request = platform.lookup_admin(bot, address, sender)
        if request is None:
            return None
        try:
            return platform.read_admin(await self._client.send(request))
        except (NotSent, OutcomeUnknown) as error:
            log.warning("admin.lookup_failed", platform=platform.name, error=str(error))
            return None
