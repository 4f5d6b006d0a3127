"""The migration runner: brings a database to the schema that this Parlor needs, and refuses one that it does not know.

Owns the two bookkeeping tables and the application role's rights. `sql/migrations/NNNN_name.sql` are applied once, in
order, each in a transaction with its row in `parlor.schema_migrations`; `sql/functions/*.sql` are re-applied whenever
their text changed, all in one transaction with the grants. It never runs at import or on a server's start: a server
only compares versions (`check_version`). Called by `server.py migrate`; needs a direct connection (no pooler).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import asyncpg
import msgspec

from ops.scripts import SQL, SchemaError, Script, functions, migrations

if TYPE_CHECKING:
    Connection = asyncpg.Connection[asyncpg.Record]

__all__ = ["Applied", "SchemaError", "SchemaStatus", "check_version", "required_version", "status", "up"]

OLDEST_POSTGRES: Final = 15
CONNECT_TIMEOUT_S: Final = 10.0
LOCK_TIMEOUT: Final = "5s"
"""A migration that waits longer for a table's lock would queue all traffic behind it: it fails and is tried again."""
TURN_TIMEOUT: Final = "60s"
"""How long a second runner waits for the first."""
ADVISORY_KEY: Final = 0x5061726C6F72
"""The runners' own lock: "Parlor" in ASCII."""

_BOOKKEEPING: Final = """
create schema if not exists parlor;
create table if not exists parlor.schema_migrations (
    version integer not null constraint schema_migrations_pkey primary key,
    name text not null,
    sha256 text not null,
    applied_at timestamptz not null default now()
);
create table if not exists parlor.schema_functions (
    name text not null constraint schema_functions_pkey primary key,
    sha256 text not null,
    applied_at timestamptz not null default now()
);
"""


class SchemaStatus(msgspec.Struct, frozen=True, kw_only=True):
    """What a database has, against what is on disk. All names are in order and without ".sql"."""

    found: int
    """The highest applied migration, 0 for an empty database."""
    required: int
    """The highest migration on disk."""
    applied: tuple[str, ...]
    pending: tuple[str, ...]
    edited: tuple[str, ...]
    """Applied, but the file's text changed since."""
    unknown: tuple[str, ...]
    """Applied, but not on disk: a newer Parlor did it."""
    functions_changed: tuple[str, ...]

    @property
    def ready(self) -> bool:
        """Nothing is to be done and nothing is wrong."""
        return not (self.pending or self.edited or self.unknown or self.functions_changed)


class Applied(msgspec.Struct, frozen=True, kw_only=True):
    """What one run of `up` did."""

    version: int
    """The schema's version now."""
    migrations: tuple[str, ...]
    functions: tuple[str, ...]


def required_version(sql: Path = SQL) -> int:
    """The schema version that this Parlor needs: its highest migration's number, 0 without any."""
    return max((script.version for script in migrations(sql)), default=0)


def check_version(found: int, required: int | None = None) -> None:
    """Raise SchemaError unless the database's version is just the one needed (by default: the highest on disk)."""
    needed = required_version() if required is None else required
    if found < needed:
        raise SchemaError(
            f"the database's schema is version {found}, this Parlor needs {needed}: run `python server.py migrate up`"
        )
    if found > needed:
        raise SchemaError(
            f"the database's schema is version {found}, this Parlor knows only {needed}: "
            "start the newer Parlor that migrated it"
        )


async def status(owner_url: str, *, sql: Path = SQL) -> SchemaStatus:
    """Compare a database with the files; changes nothing. Raises SchemaError when it cannot be reached."""
    async with _connected(owner_url) as connection:
        return await _status(connection, sql)


async def up(owner_url: str, app_role: str, *, sql: Path = SQL) -> Applied:
    """Apply what is pending and give `app_role` the right to execute the functions, and nothing else.

    Safe to run again and from several machines at once (they take turns). Each migration commits by itself, so a run
    that fails can be repeated after the cause is mended. Raises SchemaError before changing anything for edited,
    unknown or out-of-order migrations, and naming the file when one fails.
    """
    async with _connected(owner_url) as connection:
        await _take_turn(connection)
        try:
            await connection.execute(_BOOKKEEPING)
        except asyncpg.InsufficientPrivilegeError as error:
            raise SchemaError(f"the role of database.owner_url may not make the schema: {error}") from error
        before = await _status(connection, sql)
        _refuse(before, migrations(sql))
        todo = [script for script in migrations(sql) if script.name in before.pending]
        for script in todo:
            await _migrate(connection, script)
        # A migration may have dropped or changed what functions lean on: then all of them are made anew.
        present = functions(sql)
        changed = [script for script in present if todo or script.name in before.functions_changed]
        await _finish(connection, changed, present, app_role)
        return Applied(
            version=before.required,
            migrations=tuple(script.name for script in todo),
            functions=tuple(script.name for script in changed),
        )


@asynccontextmanager
async def _connected(owner_url: str) -> AsyncIterator[Connection]:
    try:
        connection = await asyncpg.connect(
            owner_url, timeout=CONNECT_TIMEOUT_S, server_settings={"application_name": "parlor-migrate"}
        )
    except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        # Only the place is named: the URL holds a password.
        place = urlsplit(owner_url).hostname or "the local socket"
        raise SchemaError(
            f"cannot connect to PostgreSQL at {place} as the owner: {str(error) or 'no answer'}; "
            "check database.owner_url"
        ) from error
    try:
        major = connection.get_server_version().major
        if major < OLDEST_POSTGRES:
            raise SchemaError(f"PostgreSQL {major} is too old: Parlor needs {OLDEST_POSTGRES} or newer")
        yield connection
    finally:
        await connection.close()


async def _take_turn(connection: Connection) -> None:
    """Take the runners' lock; it ends with the connection."""
    await connection.execute("select set_config('lock_timeout', $1, false)", TURN_TIMEOUT)
    try:
        await connection.execute("select pg_advisory_lock($1)", ADVISORY_KEY)
    except asyncpg.LockNotAvailableError as error:
        raise SchemaError(
            f"another migration has been running for {TURN_TIMEOUT}; wait for it, then try again"
        ) from error


async def _status(connection: Connection, sql: Path) -> SchemaStatus:
    recorded: dict[str, tuple[int, str]] = {}
    made: dict[str, str] = {}
    if await connection.fetchval("select to_regclass('parlor.schema_functions') is not null"):
        rows = await connection.fetch("select version, name, sha256 from parlor.schema_migrations order by version")
        recorded = {row["name"]: (row["version"], row["sha256"]) for row in rows}
        rows = await connection.fetch("select name, sha256 from parlor.schema_functions")
        made = {row["name"]: row["sha256"] for row in rows}
    on_disk = migrations(sql)
    names = {script.name for script in on_disk}
    return SchemaStatus(
        found=max((version for version, _ in recorded.values()), default=0),
        required=max((script.version for script in on_disk), default=0),
        applied=tuple(recorded),
        pending=tuple(script.name for script in on_disk if script.name not in recorded),
        edited=tuple(
            script.name for script in on_disk if script.name in recorded and recorded[script.name][1] != script.sha256
        ),
        unknown=tuple(name for name in recorded if name not in names),
        functions_changed=tuple(script.name for script in functions(sql) if made.get(script.name) != script.sha256),
    )


def _refuse(found: SchemaStatus, on_disk: Sequence[Script]) -> None:
    if found.unknown:
        raise SchemaError(
            f"the database has migrations that this Parlor does not know ({', '.join(found.unknown)}): "
            "run the newer Parlor that applied them"
        )
    if found.edited:
        raise SchemaError(
            f"applied migrations were edited ({', '.join(found.edited)}): restore the files, put changes in a new one"
        )
    late = [script.name for script in on_disk if script.name in found.pending and script.version < found.found]
    if late:
        raise SchemaError(f"{', '.join(late)} would come after {found.found:04}, already applied: give it a new number")


async def _migrate(connection: Connection, script: Script) -> None:
    async with connection.transaction():
        await _execute(connection, f"migrations/{script.name}.sql", script.sql)
        await connection.execute(
            "insert into parlor.schema_migrations (version, name, sha256) values ($1, $2, $3)",
            script.version,
            script.name,
            script.sha256,
        )


async def _finish(connection: Connection, changed: Sequence[Script], present: Sequence[Script], app_role: str) -> None:
    """Make the functions and the rights in one transaction, so that no server meets half of them."""
    async with connection.transaction():
        for script in changed:
            await _execute(connection, f"functions/{script.name}.sql", script.sql)
            await connection.execute(
                "insert into parlor.schema_functions (name, sha256) values ($1, $2)"
                " on conflict (name) do update set sha256 = excluded.sha256, applied_at = now()",
                script.name,
                script.sha256,
            )
        await connection.execute(
            "delete from parlor.schema_functions where not name = any($1::text[])", [script.name for script in present]
        )
        await _grant(connection, app_role)


async def _execute(connection: Connection, file: str, sql: str) -> None:
    await connection.execute(f"set local lock_timeout = '{LOCK_TIMEOUT}'")
    try:
        await connection.execute(sql)
    except asyncpg.LockNotAvailableError as error:
        raise SchemaError(f"{file}: a table was in use for {LOCK_TIMEOUT}; nothing changed, run it again") from error
    except asyncpg.PostgresError as error:
        # `position` counts characters from 1 in the file's text.
        position = error.as_dict().get("position")
        line = f" line {sql.count(chr(10), 0, int(position)) + 1}" if position else ""
        raise SchemaError(f"{file}{line}: {error} (SQLSTATE {error.sqlstate}); the file was rolled back") from error
    if not connection.is_in_transaction():
        raise SchemaError(f"{file}: ends its transaction; take begin, commit and rollback out of the file")


async def _grant(connection: Connection, app_role: str) -> None:
    role = await connection.fetchval("select quote_ident(rolname) from pg_roles where rolname = $1", app_role)
    if role is None:
        raise SchemaError(f"there is no role {app_role!r} (the user of database.url): `create role {app_role} login`")
    await connection.execute(
        "revoke all on all routines in schema parlor from public;"
        "revoke all on all tables in schema parlor from public;"
        "alter default privileges revoke execute on routines from public;"
    )
    if await connection.fetchval("select current_user = $1", app_role):
        # One account for both: its rights come from owning the schema, and revoking them would break the functions.
        return
    await connection.execute(
        f"revoke all on all tables in schema parlor from {role};"
        f"revoke all on all sequences in schema parlor from {role};"
        f"grant usage on schema parlor to {role};"
        f"grant execute on all routines in schema parlor to {role};"
    )
