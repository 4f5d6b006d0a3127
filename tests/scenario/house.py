"""A whole Parlor under test: a real core on a free port, the simulator as every platform, the state in real PostgreSQL.

Owns the running parts, the bots and their credentials, and what the tests look up. What players do is in `doors.py`.
Nothing here waits by the clock: the simulator's record tells of arrivals, the core's own drains tell when it is idle.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, Final, NamedTuple

import aiohttp
import asyncpg
import msgspec
from tornado.netutil import bind_sockets

from handlers.core import Core
from ops.embedded import EmbeddedDatabase
from ops.settings import Articles, BotSettings, Server, Settings
from ops.simulator import Simulator
from ops.simulator.webhooks import Webhook, key_pair

SECRET: Final = "0123456789abcdef0123456789abcdef"
_PRIVATE, _PUBLIC = key_pair(b"scenario")

CREDENTIALS: Final[dict[str, dict[str, str]]] = {
    "telegram": {"token": "123456:scenario-token", "webhook_secret": "hook-secret"},
    "slack": {"bot_token": "xoxb-scenario-token", "signing_secret": "signing-secret"},
    "discord": {"application_id": "900", "public_key": _PUBLIC, "bot_token": "scenario.bot.token"},
    "messenger": {"page_token": "page-token", "app_secret": "app-secret", "verify_token": "verify-me"},
    "line": {"channel_access_token": "channel-token", "channel_secret": "channel-secret"},
    "whatsapp": {
        "access_token": "wa-access-token",
        "app_secret": "wa-app-secret",
        "verify_token": "verify-me",
        "phone_number_id": "100200300",
    },
}
"""As in the configuration."""
SIGNING: Final = {**CREDENTIALS, "discord": {**CREDENTIALS["discord"], "private_key": _PRIVATE}}
"""What the platforms sign with."""
PLATFORMS: Final = tuple(CREDENTIALS)
GUESS: Final = "quiz"
"""Each platform has a bot of this game and one that echoes; their names are these words and the platform's."""
ECHO: Final = "echo"


class Answer(NamedTuple):
    """What the door answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, decoded."""
        return msgspec.json.decode(self.body)


class House:
    """One core with all its doors, the simulator behind it and a look into its tables."""

    def __init__(
        self,
        core: Core,
        simulator: Simulator,
        owner: asyncpg.Connection[asyncpg.Record],
        session: aiohttp.ClientSession,
    ) -> None:
        self.core = core
        self.simulator = simulator
        self.record = simulator.record
        self.owner = owner
        self.session = session
        self._numbers = itertools.count(1)

    @property
    def url(self) -> str:
        """Scheme, host and port of the core."""
        return f"http://127.0.0.1:{self.core.port}"

    def stamp(self) -> dict[str, int]:
        """The next webhook's number and time, as the makers of webhooks take them."""
        return {"seq": next(self._numbers), "at_ms": int(time.time() * 1000)}

    async def post(self, platform: str, webhook: Webhook, *, bot: str | None = None) -> Answer:
        """Deliver a webhook as its platform would."""
        return await self.request("POST", f"/webhooks/{platform}/{bot or name_of(platform)}", webhook)

    async def request(self, verb: str, path: str, webhook: Webhook | None = None) -> Answer:
        """One request to the core."""
        headers, body = webhook if webhook is not None else ({}, b"")
        async with self.session.request(verb, self.url + path, data=BytesIO(body), headers=headers) as response:
            return Answer(response.status, dict(response.headers), await response.read())

    async def settle(self) -> None:
        """Return when nothing is being accepted, played or sent by the core; what waits for a later time still waits."""
        await self.core.acceptor.drain()
        await self.core.player.drain()
        await self.core.outbox.drain()

    def count(self, metric: str, **labels: str) -> float:
        """A metric's value now; 0 before it was ever counted."""
        return self.core.metrics.registry.get_sample_value(f"parlor_{metric}", labels) or 0.0

    async def value(self, query: str, *arguments: object) -> Any:
        """The first value of a query, as the tables' owner."""
        return await self.owner.fetchval(query, *arguments)

    async def rows(self, query: str, *arguments: object) -> list[tuple[Any, ...]]:
        """The rows of a query, as the tables' owner."""
        return [tuple(row) for row in await self.owner.fetch(query, *arguments)]

    async def until(self, query: str, *arguments: object) -> None:
        """Return once the query says true; for what the database tells nobody."""

        async def holds() -> bool:
            return bool(await self.value(query, *arguments))

        await eventually(holds)

    async def kept(self, address: str) -> Any:
        """What is kept of the conversation at this address, decoded."""
        document = await self.value(
            "select s.document ->> 'state' from parlor.sessions s"
            " join parlor.conversations c using (conversation_id) where c.address = $1",
            address,
        )
        return msgspec.json.decode(document)

    async def round(self, address: str) -> Any:
        """The round that is on at this address."""
        found = (await self.kept(address)).get("round")
        assert found is not None, "no round is on"
        return found

    async def title(self, address: str) -> str:
        """The title of the article that is played at this address."""
        title = (await self.round(address))["secret"]["title"]
        assert isinstance(title, str)
        return title

    async def ring(self, address: str, *names: str) -> list[str]:
        """Let the timers of these names fall due now, as if their time had come; return those that there were, once played.

        One that comes within seconds may have rung by itself before.
        """
        await self.played(address)
        rung = await self.rows(
            "update parlor.timers t set due_at = clock_timestamp() from parlor.conversations c"
            " where c.conversation_id = t.conversation_id and c.address = $1 and t.name = any ($2) returning t.name",
            address,
            names,
        )
        if rung:
            await self.core.store.due_timers(200)
            await self.owner.execute("notify parlor, 'turns'")
            await self.played(address)
        return sorted(name for (name,) in rung)

    async def hold(self, address: str, name: str) -> bool:
        """Keep a timer from ringing until `ring` is called; whether it was still to ring."""
        await self.played(address)
        held = await self.rows(
            "update parlor.timers t set due_at = clock_timestamp() + interval '1 hour' from parlor.conversations c"
            " where c.conversation_id = t.conversation_id and c.address = $1 and t.name = $2 returning t.name",
            address,
            name,
        )
        return bool(held)

    async def played(self, address: str) -> None:
        """Return once all that was accepted from this address is played, and what it said is sent."""
        await self.until(
            "select count(*) = 0 from parlor.conversations c where c.address = $1 and ("
            " exists (select from parlor.inbox i where i.conversation_id = c.conversation_id)"
            " or exists (select from parlor.leases l where l.conversation_id = c.conversation_id)"
            " or exists (select from parlor.timers t"
            "  where t.conversation_id = c.conversation_id and t.due_at <= clock_timestamp()))",
            address,
        )
        await self.settle()

    async def log(self, address: str, direction: str) -> list[tuple[int, str, str]]:
        """Number, kind and outcome of all that was said one way, in order."""
        return await self.rows(
            "select l.number, l.kind, l.outcome from parlor.log l join parlor.conversations c using (conversation_id)"
            " where c.address = $1 and l.direction = $2 order by l.number",
            address,
            direction,
        )

    async def leftovers(self) -> dict[str, int]:
        """How many rows each table of unfinished work has, those with none left out."""
        tables = ("inbox", "waiting", "leases", "deliveries", "delivery_waiting", "delivery_leases", "parked")
        counts = {table: await self.value(f"select count(*) from parlor.{table}") for table in tables}
        return {table: count for table, count in counts.items() if count}


def name_of(platform: str, game: str = GUESS) -> str:
    """The bot's name."""
    return f"{game}-{platform}"


def settings_for(store: Path, api_base: str) -> Settings:
    """Both bots of every platform, and one in the web chat."""
    bots = [
        BotSettings(
            name=name_of(platform, game), platform=platform, game=kind, api_base=api_base, credentials=credentials
        )
        for platform, credentials in CREDENTIALS.items()
        for game, kind in ((GUESS, "guess"), (ECHO, "echo"))
    ]
    return Settings(
        server=Server(),
        articles=Articles(store=str(store), cache=f"{store}.cache"),
        bots=(*bots, BotSettings(name=name_of("web"), platform="web")),
    )


@asynccontextmanager
async def open_core(settings: Settings, url: str) -> AsyncIterator[Core]:
    """A core that serves on a free port, drained at the end."""
    core = await Core.start(settings, url=url, secret=SECRET, sockets=bind_sockets(0, "127.0.0.1"))
    try:
        yield core
    finally:
        if not core.draining:
            await core.drain()


@asynccontextmanager
async def unreachable(house: House, cluster: EmbeddedDatabase) -> AsyncIterator[None]:
    """The database takes no connections of the core; all it had are cut."""
    name = await house.value("select current_database()")
    superuser = await asyncpg.connect(cluster.superuser_url)
    try:
        await superuser.execute(f"alter database {name} with allow_connections false")
        await superuser.execute(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
            " where datname = $1 and application_name like 'parlor%'",
            name,
        )
        yield
    finally:
        await superuser.execute(f"alter database {name} with allow_connections true")
        await superuser.close()


async def eventually(holds: Callable[[], Awaitable[bool]], timeout_s: float = 20.0) -> None:
    """Return once the condition holds; for what nothing tells of. Raises TimeoutError."""
    never = asyncio.Event()
    async with asyncio.timeout(timeout_s):
        while not await holds():
            try:
                await asyncio.wait_for(never.wait(), 0.02)
            except TimeoutError:
                continue
