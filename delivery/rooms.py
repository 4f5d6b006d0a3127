"""The bots that this process knows: by name for the doors, by id for turns and deliveries.

Filled at start from the configuration; a bot that another process upserted later is read from the database when one of its
conversations turns up. Credentials are opened here, in memory, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import structlog

from game_state.games.contract import Game
from game_state.rows import BotRow
from game_state.store import Store
from ops.vault import VaultError
from platforms.contract import Bot, Platform

log = structlog.get_logger(__name__)


class Vault(Protocol):
    """Encrypts credentials for the database."""

    def seal(self, credentials: Mapping[str, str], bot: str) -> bytes: ...
    def open(self, sealed: bytes, bot: str) -> dict[str, str]: ...


class Configured(Protocol):
    """A bot as the configuration has it."""

    @property
    def name(self) -> str: ...
    @property
    def platform(self) -> str: ...
    @property
    def game(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def lane(self) -> str: ...
    @property
    def api_base(self) -> str | None: ...
    @property
    def credentials(self) -> Mapping[str, str]: ...


class Rooms:
    """Bots with their platforms and games."""

    def __init__(self, platforms: Mapping[str, Platform], games: Mapping[str, Game]) -> None:
        self._platforms = platforms
        self._games = games
        self._by_id: dict[int, tuple[Bot, Platform]] = {}
        self._by_name: dict[tuple[str, str], tuple[Bot, Platform]] = {}

    def find(self, platform: str, name: str) -> tuple[Bot, Platform] | None:
        """The bot of a door's address."""
        return self._by_name.get((platform, name))

    def named(self, name: str) -> Bot | None:
        """The bot of this name, on whatever platform."""
        return next((bot for bot, _ in self._by_id.values() if bot.name == name), None)

    def room(self, bot_id: int) -> tuple[Bot, Platform] | None:
        """A bot and its platform."""
        return self._by_id.get(bot_id)

    def table(self, bot_id: int) -> tuple[Bot, Game] | None:
        """A bot and its game."""
        room = self._by_id.get(bot_id)
        if room is None:
            return None
        return room[0], self._games[room[0].game]

    async def upsert(self, store: Store, vault: Vault, bots: Sequence[Configured]) -> None:
        """Make the configured bots known to the database, and all of the database's to this process. Raises StoreError."""
        if bots:
            await store.upsert_bots([self._row(vault, bot) for bot in bots])
        await self.refresh(store, vault)

    async def refresh(self, store: Store, vault: Vault) -> None:
        """Read the bots anew. One that this release cannot serve, or whose credentials this key does not open, is left out."""
        for row in await store.list_bots():
            platform = self._platforms.get(row.platform)
            if platform is None or row.game not in self._games:
                log.warning("bot.left_out", bot=row.name, reason="unknown platform or game")
                continue
            try:
                credentials = vault.open(row.credentials, row.name)
            except VaultError as error:
                log.error("bot.left_out", bot=row.name, reason=str(error))
                continue
            bot = Bot(
                bot_id=row.bot_id,
                name=row.name,
                platform=row.platform,
                credentials=credentials,
                api_base=row.api_base,
                game=row.game,
                language=row.language,
            )
            self._by_id[row.bot_id] = self._by_name[(row.platform, row.name)] = (bot, platform)

    def _row(self, vault: Vault, bot: Configured) -> BotRow:
        capabilities = self._platforms[bot.platform].capabilities
        return BotRow(
            name=bot.name,
            platform=bot.platform,
            game=bot.game,
            language=bot.language,
            lane=bot.lane,
            api_base=bot.api_base,
            credentials=vault.seal(bot.credentials, bot.name),
            pulls=capabilities.pull,
            replies_per_call=capabilities.replies_per_call,
        )
