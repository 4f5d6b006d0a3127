"""The keys of the configuration: sections, types, ranges and defaults, and how they are shown to people.

Owns the frozen records that `ops/settings.py` fills (docs/configuration.md explains each key). Reads nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from ops.secrets import HIDDEN, hide_password

Port = Annotated[int, Meta(ge=0, le=65535)]
Seconds = Annotated[float, Meta(ge=0.1, le=3600)]
Word = Annotated[str, Meta(pattern="^[a-z0-9-]{1,40}$")]
HttpBase = Annotated[str, Meta(pattern=r"^https?://[^/?#@\s]+/?$")]
PostgresUrl = Annotated[str, Meta(pattern="^postgres(ql)?://")]
RedisUrl = Annotated[str, Meta(pattern="^(rediss?|unix)://")]


class CredentialNames(msgspec.Struct, frozen=True, kw_only=True):
    """Which credentials a platform's bots have."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


class Server(msgspec.Struct, frozen=True, kw_only=True):
    """`[server]`: the processes and their deadlines."""

    host: str = "127.0.0.1"
    port: Port = 8080
    """0: any free one."""
    admin_port: Port | None = None
    """Probes and metrics on a port of their own; None: on `port`."""
    processes: Annotated[int, Meta(ge=1, le=256)] = 1
    turn_lease_s: Seconds = 6.0
    delivery_lease_s: Seconds = 15.0
    send_timeout_s: Seconds = 10.0
    secret_key: str | None = None
    """Encrypts credentials and signs cookies; None only with the embedded database."""

    def __repr__(self) -> str:
        return f"Server({self.host}:{self.port})"


class Database(msgspec.Struct, frozen=True, kw_only=True):
    """`[database]`: PostgreSQL."""

    url: PostgresUrl | None = None
    """The application role's; None: the embedded database."""
    owner_url: PostgresUrl | None = None
    """The migrating role's; None: `url` migrates too."""

    def __repr__(self) -> str:
        return f"Database({hide_password(self.url or 'embedded')})"


class Redis(msgspec.Struct, frozen=True, kw_only=True):
    """`[redis]`: a cache tier."""

    url: RedisUrl | None = None

    def __repr__(self) -> str:
        return f"Redis({hide_password(self.url or 'none')})"


class Articles(msgspec.Struct, frozen=True, kw_only=True):
    """`[articles]`: the article store."""

    store: str = "var/articles"
    cache: str = "var/cache/articles"
    """A folder on a local disk: indexes of builds are copied there and mapped."""
    memory_bytes: Annotated[int, Meta(ge=1 << 20, le=1 << 40)] = 64 << 20
    """Decoded articles in each process."""
    warm: Annotated[int, Meta(ge=0, le=10_000_000)] = 1000
    """Most popular articles read in the background when a build is opened."""


class BotSettings(msgspec.Struct, frozen=True, kw_only=True):
    """One of `[[bots]]`."""

    name: Word
    platform: str
    game: str = "guess"
    language: Annotated[str, Meta(pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"
    lane: Word = "default"
    api_base: HttpBase | None = None
    credentials: Mapping[str, str] = {}
    """By the platform's names for them. In the file they stand beside the other keys."""

    def __repr__(self) -> str:
        return f"BotSettings({self.platform}/{self.name})"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All of the configuration, checked."""

    server: Server = Server()
    database: Database = Database()
    redis: Redis = Redis()
    articles: Articles = Articles()
    bots: tuple[BotSettings, ...] = ()


SECTIONS: Final[Mapping[str, type[msgspec.Struct]]] = {
    "server": Server,
    "database": Database,
    "redis": Redis,
    "articles": Articles,
}
BOT_KEYS: Final = tuple(name for name in BotSettings.__struct_fields__ if name != "credentials")


def show(settings: Settings) -> dict[str, Any]:
    """The settings as they are in force, for people: secrets and passwords hidden."""
    shown: dict[str, Any] = msgspec.to_builtins(settings)
    if shown["server"]["secret_key"] is not None:
        shown["server"]["secret_key"] = HIDDEN
    for section, key in (("database", "url"), ("database", "owner_url"), ("redis", "url")):
        if shown[section][key] is not None:
            shown[section][key] = hide_password(shown[section][key])
    for bot in shown["bots"]:
        bot.update(dict.fromkeys(bot.pop("credentials"), HIDDEN))
    return shown
