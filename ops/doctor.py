"""The doctor: looks at everything an operator relies on, and says in a sentence what to do where it is not well."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import asyncpg
import msgspec
import redis.asyncio as redis

from article_data.store import manifest as articles
from article_data.store.errors import StoreError as ArticleStoreError
from game_state.errors import StoreError
from game_state.rules import HOST
from game_state.store import Store
from ops import migrate
from ops.settings import Settings
from ops.vault import Vault, VaultError

SHOWN: Final = 10
"""Quarantined events, parked messages and dead letters that are listed."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing looked at."""

    name: str
    ok: bool
    says: str
    """What was found, and what to do where it is not well."""
    details: list[dict[str, Any]] = []


async def examine(settings: Settings, url: str, owner_url: str, secret: str) -> list[Finding]:
    """Look at everything, in the order in which a server needs it; the configuration was read before."""
    findings = [
        Finding(
            name="configuration", ok=True, says=f"{len(settings.bots)} bots, every key known, credentials well formed"
        )
    ]
    findings.append(await _schema(owner_url))
    findings += await _database(url, secret, Path(settings.articles.store))
    findings += [await _role(url), _articles(settings), _cache(Path(settings.articles.cache))]
    findings.append(await _redis(settings.redis.url))
    return findings


def lines(finding: Finding) -> Iterator[str]:
    """A finding for people."""
    yield f"{'ok  ' if finding.ok else 'BAD '} {finding.name}: {finding.says}"
    for detail in finding.details:
        yield "       " + ", ".join(f"{key} {value}" for key, value in detail.items())


def flat(facts: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Nested facts as dotted keys."""
    for key, value in facts.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{prefix}{key}.")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for item in value:
                yield from flat(item, f"{prefix}{key}.{item.get('name', '')}.")
        else:
            yield f"{prefix}{key}", value


async def _schema(owner_url: str) -> Finding:
    try:
        status = await migrate.status(owner_url)
    except migrate.SchemaError as error:
        return Finding(name="schema", ok=False, says=str(error))
    if status.pending or status.functions_changed or status.edited or status.unknown:
        return Finding(
            name="schema",
            ok=False,
            says="not that of this release: run `python server.py migrate status`, then `migrate up`",
        )
    return Finding(name="schema", ok=True, says=f"version {status.required}, all functions as shipped")


async def _database(url: str, secret: str, articles_store: Path) -> list[Finding]:
    try:
        store = await Store.connect(url, size=2)
    except StoreError as error:
        return [Finding(name="database", ok=False, says=f"{error}: check database.url and that PostgreSQL runs")]
    try:
        if not await store.is_writable():
            return [
                Finding(
                    name="database", ok=False, says="takes no writes (a standby?): point database.url at the primary"
                )
            ]
        findings = [Finding(name="database", ok=True, says="answers and takes writes")]
        findings.append(await _bots(store, Vault(secret)))
        findings.append(await _builds(store, articles_store))
        waiting = {(s.kind, s.label): s for s in await store.queue_stats()}
        old = [f"{k} {label} {s.oldest_s:.0f} s" for (k, label), s in waiting.items() if s.oldest_s > 60]
        says = (
            f"waiting too long: {', '.join(old)}: is a core running, and does the platform answer?"
            if old
            else "nothing waits longer than a minute"
        )
        findings.append(Finding(name="queues", ok=not old, says=says))
        for kind, rows in (await store.troubles(SHOWN)).items():
            says = (
                "none"
                if not rows
                else f"the newest {len(rows)}, without their content; docs/operations.md says what they mean"
            )
            findings.append(Finding(name=kind.replace("_", " "), ok=True, says=says, details=rows))
        return findings
    except StoreError as error:
        return [Finding(name="database", ok=False, says=str(error))]
    finally:
        await store.close()


async def _bots(store: Store, vault: Vault) -> Finding:
    shut = []
    bots = await store.list_bots()
    for bot in bots:
        try:
            vault.open(bot.credentials, bot.name)
        except VaultError as error:
            shut.append(str(error))
    return Finding(
        name="bots", ok=not shut, says="; ".join(shut) or f"{len(bots)} in the database, all credentials open"
    )


async def _builds(store: Store, articles_store: Path) -> Finding:
    announced = await store.current_builds()
    missing = []
    for language, build_id in announced.items():
        try:
            articles.read_manifest(articles.build_folder(articles_store, build_id))
        except ArticleStoreError as error:
            missing.append(f"{language}: {build_id} was announced to the servers, and {error}")
    if missing:
        says = f"{'; '.join(missing)}. Is it the same store on all machines?"
        return Finding(name="builds", ok=False, says=says)
    shown = ", ".join(f"{language} {build_id}" for language, build_id in announced.items())
    return Finding(name="builds", ok=True, says=shown or "none announced: servers look into the store alone")


async def _role(url: str) -> Finding:
    name = urlsplit(url).username or "the role"
    try:
        connection = await asyncpg.connect(url, timeout=5)
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        return Finding(name="rights", ok=False, says=f"cannot connect: {type(error).__name__}")
    try:
        free = await connection.fetchval(
            "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            " where n.nspname = 'parlor' and c.relkind in ('r', 'p')"
            " and has_table_privilege(c.oid, 'select, insert, update, delete')"
        )
    finally:
        await connection.close()
    if free:
        return Finding(
            name="rights",
            ok=False,
            says=f"{name} may touch {free} tables: give the servers a role of their own (docs/operations.md, Roles)",
        )
    return Finding(name="rights", ok=True, says=f"{name} may execute the functions and nothing else")


def _articles(settings: Settings) -> Finding:
    store = Path(settings.articles.store)
    try:
        current = articles.read_current(store)
        if not current:
            return Finding(
                name="articles", ok=False, says=f"{store} holds no build: run `python server.py articles build DUMP`"
            )
        counts = ", ".join(f"{lang} {articles.info(store, lang).article_count}" for lang in sorted(current))
    except ArticleStoreError as error:
        return Finding(name="articles", ok=False, says=str(error))
    missing = {bot.language for bot in settings.bots if bot.game in HOST.games} - set(current)
    if missing:
        return Finding(
            name="articles", ok=False, says=f"bots speak {', '.join(sorted(missing))}, the store does not: build it"
        )
    return Finding(name="articles", ok=True, says=f"{counts} in {store}")


def _cache(folder: Path) -> Finding:
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    kind = _file_system(there.resolve())
    if kind.startswith(("nfs", "cifs", "smb", "ceph", "9p", "fuse.sshfs", "afs")):
        return Finding(
            name="cache",
            ok=False,
            says=f"{folder} is on a network file system ({kind}): point articles.cache at a local disk, a page that does not"
            " come from there stops a server",
        )
    if not os.access(there, os.W_OK):
        return Finding(name="cache", ok=False, says=f"{folder} cannot be written: give it to the servers' account")
    free = shutil.disk_usage(there).free >> 20
    return Finding(
        name="cache", ok=True, says=f"{folder}, on {kind or 'a file system of unknown kind'}, {free} MB free"
    )


def _file_system(place: Path) -> str:
    """The kind of file system that a place is on, in Linux's words; "" where that cannot be told."""
    try:
        mounts = [line.split() for line in Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return ""
    over = [(len(fields[1]), fields[2]) for fields in mounts if place.is_relative_to(fields[1])]
    return max(over)[1] if over else ""


async def _redis(url: str | None) -> Finding:
    if url is None:
        return Finding(name="redis", ok=True, says="not configured: articles are read from memory and the store")
    client = redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)
    try:
        await client.ping()
    except (redis.RedisError, OSError) as error:
        return Finding(name="redis", ok=False, says=f"does not answer ({type(error).__name__}): games go on without it")
    finally:
        await client.aclose()
    return Finding(name="redis", ok=True, says="answers")
