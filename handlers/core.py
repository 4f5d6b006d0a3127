"""One core: everything that a process runs, built, wired, started and drained, in reading order.

The composition without the command line, in one module however long, because it is read from top to bottom.
What stands above it hands in the settings' parts; nothing here reads the environment
or a file of configuration.
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Final
from uuid import UUID

import structlog
from tornado import web
from tornado.httpserver import HTTPServer

from article_data.reader.reading import Reader
from article_data.reader.tally import Tally
from delivery.admins import Admins
from delivery.answers import Answers
from delivery.bench import Bench
from delivery.client import Client
from delivery.learned import REFRESH_S
from delivery.names import Names
from delivery.outbox import Outbox
from delivery.rooms import Rooms
from game_state.accept import Acceptor
from game_state.alarm import arm
from game_state.errors import StoreError
from game_state.games.contract import Game
from game_state.holder import Holder
from game_state.listen import listen
from game_state.message import Reply
from game_state.play import Player, claim
from game_state.pulse import Beat, Pulse
from game_state.rules import GAMES
from game_state.store import Store
from handlers.cookie import ConversationCookie
from handlers.front import Front
from handlers.probe import HealthHandler, MetricsHandler, NotFoundHandler, ReadyHandler
from handlers.web_chat import close_sockets, routes
from handlers.web_history import ReplyWakes, WebAccepts, WebHistory
from handlers.web_seams import WebChat
from handlers.webhook import Doors
from languages.voice import voice_of
from ops.metrics import Metrics
from ops.migrate import check_version
from ops.settings import Settings
from ops.vault import Vault, derive
from ops.watch import Watch
from platforms import PLATFORMS

DEEDS: Final = 1000
"""Deeds booked by one call."""
LEASES: Final = 400
"""Leases played at once; beyond it a process takes no more, so that others do."""
SENDS: Final = 400
"""Conversations sent to at once, likewise."""
QUIET_S: Final = 90.0
"""Seconds that a connection may be idle between requests, or take to send a request's headers; longer than nginx keeps one."""
DRAIN_S: Final = 20.0
"""Seconds that draining may take; systemd's stop time-out is longer."""

log = structlog.get_logger(__name__)


def sorry(language: str) -> Reply:
    """The honest sentence for a message that could not be played."""
    voice = voice_of(language)
    return Reply(
        text=voice.say("Sorry, something went wrong on my side and I could not play that message. Please go on!")
    )


Checkpoint = Callable[[str], Awaitable[None]]
"""Told a named moment, where fault drills stop the process."""


async def no_checkpoint(_name: str) -> None:
    """Production: nothing happens."""


class Core:
    """A running core. Made by `start`, ended by `drain`."""

    def __init__(
        self,
        settings: Settings,
        url: str,
        secret: str,
        version: str,
        checkpoint: Checkpoint,
        games: Mapping[str, Game],
    ) -> None:
        self._settings = settings
        self._url = url
        self._secret = secret
        self._version = version
        self._checkpoint = checkpoint
        self.metrics = Metrics(version=version)
        self.watch = Watch(self.metrics)
        self.rooms = Rooms(PLATFORMS, games)
        self.wakes = ReplyWakes()
        self.draining = False
        self.port = 0
        self._servers: list[HTTPServer] = []
        self._writable_until = 0.0

    @classmethod
    async def start(
        cls,
        settings: Settings,
        *,
        url: str,
        secret: str,
        version: str = "0",
        sockets: Sequence[socket.socket] = (),
        admin_sockets: Sequence[socket.socket] = (),
        checkpoint: Checkpoint = no_checkpoint,
        games: Mapping[str, Game] = GAMES,
    ) -> Core:
        """Build and start everything; no sockets: no HTTP (the terminal game). Raises StoreError, SchemaError."""
        core = cls(settings, url, secret, version, checkpoint, games)
        await core._open()
        core._listen(sockets, admin_sockets)
        return core

    async def _open(self) -> None:
        server = self._settings.server
        arm()
        self.store = await Store.connect(self._url)
        check_version(await self.store.schema_version())
        vault = Vault(self._secret)
        await self.rooms.upsert(self.store, vault, self._settings.bots)
        articles = self._settings.articles
        self.reader = Reader(
            Path(articles.store),
            cache=Path(articles.cache),
            redis_url=self._settings.redis.url,
            memory_bytes=articles.memory_bytes,
            warm=articles.warm,
            tally=Tally(self.watch.article_read),
        )
        await self.reader.start()
        self.client = Client(timeout_s=server.send_timeout_s)
        # A connection of its own: a heartbeat waits for no other call.
        self._heart = await Store.connect(self._url, size=1)
        self.holder = Holder(
            self._heart,
            turns_s=server.turn_lease_s,
            deliveries_s=server.delivery_lease_s,
            playing=lambda: self.player.tokens,
            sending=lambda: self.outbox.tokens,
            on_lost=self.watch.fenced,
        )
        self.answers = Answers(self.reader, self.store, Admins(self.client, self.rooms.room))
        self.bench = Bench(
            self.rooms,
            self.answers,
            Names(self.store, self.client, self.rooms.room),
            self.client,
            self.wakes.wake,
            self._checkpoint,
        )
        self.outbox = Outbox(self.store, self.holder, self.client, self.rooms.room, self.watch, self._checkpoint)
        self.bench.outbox = self.outbox
        self.player = Player(
            self.store,
            self.holder,
            self.bench,
            self.watch,
            sorry=sorry,
            builds=self.reader.builds,
            release=self._version,
        )
        self.acceptor = Acceptor(self.store, self._taker, self.player.play)
        await self.holder.start()

        self._turns = Beat("turns", 1.0, self._claim_turns)
        self._deliveries = Beat("deliveries", 1.0, self._claim_deliveries)
        timers = Beat("timers", 0.5, self._fire_timers)
        self._builds = Beat("builds", 5.0, self._follow_builds)
        self.pulse = Pulse()
        self.pulse.start("heartbeat", self.holder.run())
        for beat in (
            self._turns,
            self._deliveries,
            timers,
            self._builds,
            Beat("reap", 1.0, self._reap),
            Beat("books", 2.0, self._fold_deeds),
            Beat("learned", REFRESH_S, self._learn),
            Beat("upkeep", 60.0, self._keep_up),
            Beat("stuck", server.turn_lease_s, self._end_stuck),
            Beat("look", 5.0, lambda: self._look(vault)),
        ):
            self.pulse.start(beat.name, beat.run())
        self.pulse.start("listen", listen(self._url, self._heard))

    def _listen(self, sockets: Sequence[socket.socket], admin_sockets: Sequence[socket.socket]) -> None:
        web_bots = [bot.name for bot in self._settings.bots if bot.platform == "web"]
        self.chat = WebChat(
            find_bot=self.rooms.named,
            default_bot=web_bots[0] if web_bots else None,
            accepts=WebAccepts(self.acceptor, self.watch),
            history=WebHistory(self.store),
            wakes=self.wakes,
            cookie=ConversationCookie(derive(self._secret, "web chat cookie")),
            now_ms=lambda: int(time.time() * 1000),
        )
        probes: list[tuple[str, type[web.RequestHandler], dict[str, object]]] = [
            (r"/healthz|/livez", HealthHandler, {}),
            (r"/readyz", ReadyHandler, {"ready": self.ready}),
        ]
        metrics: list[tuple[str, type[web.RequestHandler], dict[str, object]]] = [
            (r"/metrics", MetricsHandler, {"metrics": self.metrics})
        ]
        public = web.Application(
            [*probes, *([] if admin_sockets else metrics), *routes(self.chat)],
            default_handler_class=NotFoundHandler,
            log_function=lambda _handler: None,
            compress_response=False,
        )
        self.doors = Doors(self.rooms.find, self.acceptor, self.store, self.watch)
        if sockets:
            front = Front(self.doors, public)
            server = HTTPServer(front)
            server.conn_params.header_timeout = None  # the sweep does it, for all connections at once
            self._serve(server, sockets)
            self.pulse.start("sweep", Beat("sweep", 10.0, lambda: self._sweep(front)).run())
            self.port = sockets[0].getsockname()[1]
        if admin_sockets:
            admin = web.Application(
                [*probes, *metrics], default_handler_class=NotFoundHandler, log_function=lambda _handler: None
            )
            self._serve(HTTPServer(admin), admin_sockets)

    def _serve(self, server: HTTPServer, sockets: Sequence[socket.socket]) -> None:
        server.add_sockets(sockets)
        self._servers.append(server)

    async def ready(self) -> str | None:
        """None, or why no message should be sent here. A good answer of the database counts for a second."""
        if self.draining:
            return "draining"
        if time.monotonic() >= self._writable_until:
            if not await self.store.is_writable():
                return "the database takes no writes"
            check_version(await self.store.schema_version())
            self._writable_until = time.monotonic() + 1
        return None

    async def drain(self) -> None:
        """Stop taking, finish or give back what is leased, close. Nothing is lost: what is not finished waits for others."""
        self.draining = True
        self.player.keep_on = False
        self.outbox.keep_on = False
        try:
            async with asyncio.timeout(DRAIN_S):
                # Probes are answered, with 503, and messages accepted, for others to play, until what is leased is done.
                close_sockets(self.chat)
                await self.player.drain()
                await self.outbox.drain()
                for server in self._servers:
                    server.stop()
                await self.acceptor.drain()
                if self.doors.tasks:
                    await asyncio.wait(set(self.doors.tasks))
        except TimeoutError:
            log.warning("drain.unfinished", turns=len(self.player.tokens), deliveries=len(self.outbox.tokens))
        await self.pulse.stop()
        try:
            await self.holder.release()
        except StoreError as error:
            log.warning("drain.leases_left", error=str(error))
        for server in self._servers:
            await server.close_all_connections()
        await self.client.close()
        await self.reader.close()
        await self._heart.close()
        await self.store.close()

    def _taker(self) -> UUID | None:
        if self.draining or len(self.player.tokens) >= LEASES:
            return None
        return self.holder.id

    def _heard(self, payload: str) -> None:
        kind, _, rest = payload.partition(":")
        if kind == "turns":
            self._turns.wake()
        elif kind == "deliveries":
            self._deliveries.wake()
        elif kind == "builds":
            self._builds.wake()
        elif kind == "replies":
            for conversation_id in rest.split(","):
                self.wakes.wake(int(conversation_id))

    async def _claim_turns(self) -> float | None:
        free = LEASES - len(self.player.tokens)
        if self.draining or free <= 0:
            return None
        limit = min(free, 64)
        return 0.0 if await claim(self.store, self.holder, self.player, limit) >= limit else None

    async def _claim_deliveries(self) -> float | None:
        free = SENDS - self.outbox.busy
        if self.draining or free <= 0:
            return None
        limit = min(free, 64)
        if await self.outbox.claim(limit) >= limit:
            return 0.0
        next_ms = await self.store.next_delivery_ms()
        return None if next_ms is None else max(0.05, next_ms / 1000)

    async def _sweep(self, front: Front) -> float | None:
        front.close_quiet(QUIET_S)
        return None

    async def _fire_timers(self) -> float | None:
        if self.draining:
            return None
        fired, next_ms = await self.store.due_timers(200)
        if fired:
            self._turns.wake()
        return None if next_ms is None else max(0.02, next_ms / 1000)

    async def _reap(self) -> float | None:
        turns, deliveries = await self.store.reap_leases()
        self.watch.taken_over(turns + deliveries)
        return None

    async def _end_stuck(self) -> float | None:
        await self.store.end_stuck_backends(self._settings.server.turn_lease_s)
        return None

    async def _fold_deeds(self) -> float | None:
        return 0.0 if await self.store.fold_deeds(DEEDS) >= DEEDS else None

    async def _keep_up(self) -> float | None:
        await self.store.keep_up()
        return None

    async def _follow_builds(self) -> float | None:
        announced = await self.store.current_builds()
        # Before they are opened: what is held is not removed.
        await self._hold_builds({*announced.values(), *self.reader.builds().values()})
        if await self.reader.refresh(announced):
            await self.answers.refresh()
        await self._hold_builds(set(self.reader.builds().values()))
        self.watch.articles(self.reader)
        return None

    async def _learn(self) -> float | None:
        await self.answers.refresh()
        return None

    async def _hold_builds(self, build_ids: set[str]) -> None:
        await self.store.hold_builds(self.holder.id, sorted(build_ids))

    async def _look(self, vault: Vault) -> float | None:
        self.watch.queues(await self.store.queue_stats())
        self.watch.articles(self.reader)
        self.watch.sockets(len(self.chat.sockets))
        await self.rooms.refresh(self.store, vault)
        return None
