"""Display names that events lack: from memory, then the database, then the platform, once.

A name that nobody can tell is remembered as such, for a while. Never holds up a turn for longer than its time-out.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Final

import structlog

from delivery.client import Client, NotSent, OutcomeUnknown
from game_state.errors import StoreError
from game_state.message import Message
from game_state.store import Store
from platforms.contract import Bot, Platform

MEMORY: Final = 20_000
"""Names kept in memory."""
LONGEST: Final = 60
"""Characters of a name that are kept."""

log = structlog.get_logger(__name__)


class Names:
    """Looks names up. `rooms` gives a bot and its platform by id."""

    def __init__(self, store: Store, client: Client, rooms: Callable[[int], tuple[Bot, Platform] | None]) -> None:
        self._store = store
        self._client = client
        self._rooms = rooms
        self._known: OrderedDict[tuple[int, str], str] = OrderedDict()

    def needed(self, bot_id: int, message: Message) -> bool:
        """Whether the platform's events lack names."""
        room = self._rooms(bot_id)
        return message.sender is not None and room is not None and not room[1].capabilities.sender_names

    async def find(self, bot_id: int, message: Message) -> str:
        """The sender's display name; "" where nobody knows it."""
        sender = message.sender
        room = self._rooms(bot_id)
        if sender is None or room is None:
            return ""
        key = (bot_id, sender)
        known = self._known.get(key)
        if known is not None:
            self._known.move_to_end(key)
            return known
        try:
            found = await self._store.find_names([key])
            name = found[key] if key in found else await self._ask(room, key, message)
        except StoreError as error:
            log.warning("name.lookup_failed", error=str(error))
            return ""
        self._known[key] = name or ""
        while len(self._known) > MEMORY:
            self._known.popitem(last=False)
        return name or ""

    async def _ask(self, room: tuple[Bot, Platform], key: tuple[int, str], message: Message) -> str | None:
        bot, platform = room
        request = platform.lookup_name(bot, message.address, message.group, key[1])
        name = None
        if request is not None:
            try:
                name = platform.read_name(await self._client.send(request))
            except (NotSent, OutcomeUnknown) as error:
                log.warning("name.lookup_failed", platform=platform.name, error=str(error))
        if name is not None:
            name = name.replace("\0", "").strip()[:LONGEST] or None
        await self._store.remember_names([(*key, name)])
        return name
