"""The migration runner against a real PostgreSQL: once, in order, whole or not at all, and the rights afterwards."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from ops import embedded, migrate
from ops.embedded import EmbeddedDatabase
from ops.migrate import SchemaError

TABLE = "create table parlor.note (n integer not null);"
FUNCTION = """
create or replace function parlor.read_notes() returns bigint language sql stable security definer
set search_path = '' as $$ select count(*) from parlor.note $$;
"""


@pytest.fixture(scope="module")
def server() -> Iterator[EmbeddedDatabase]:
    directory = Path(tempfile.mkdtemp(prefix="parlor-test-"))
    directory.chmod(0o755)
    with embedded.start(directory / "var", settings={"fsync": "off"}) as database:
        yield database
    shutil.rmtree(directory)


@pytest.fixture
async def database(server: EmbeddedDatabase) -> AsyncIterator[EmbeddedDatabase]:
    yield server
    connection = await asyncpg.connect(server.owner_url)
    await connection.execute("drop schema if exists parlor cascade")
    await connection.close()


@pytest.fixture
def sql(tmp_path: Path) -> Path:
    for name in ("migrations", "functions"):
        (tmp_path / name).mkdir()
    write(tmp_path, "migrations/0001_note.sql", TABLE)
    write(tmp_path, "functions/10_read.sql", FUNCTION)
    return tmp_path


def write(sql: Path, name: str, text: str) -> None:
    (sql / name).write_text(text, encoding="utf-8")


async def value(url: str, query: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


async def test_an_empty_database_is_brought_up_once(database: EmbeddedDatabase, sql: Path) -> None:
    before = await migrate.status(database.owner_url, sql=sql)
    assert (before.found, before.required, before.pending) == (0, 1, ("0001_note",))
    assert not before.ready
    done = await migrate.up(database.owner_url, "parlor_app", sql=sql)
    assert (done.version, done.migrations, done.functions) == (1, ("0001_note",), ("10_read",))
    assert (await migrate.status(database.owner_url, sql=sql)).ready
    again = await migrate.up(database.owner_url, "parlor_app", sql=sql)
    assert (again.migrations, again.functions) == ((), ())


async def test_the_application_may_execute_and_nothing_else(database: EmbeddedDatabase, sql: Path) -> None:
    await migrate.up(database.owner_url, "parlor_app", sql=sql)
    assert await value(database.url, "select parlor.read_notes()") == 0
    for query in ("select count(*) from parlor.note", "create table parlor.mine ()"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await value(database.url, query)
    public = "select count(*) from pg_proc where pronamespace = 'parlor'::regnamespace and proacl::text like '%{=X%'"
    assert await value(database.owner_url, public) == 0


async def test_one_account_for_both_keeps_its_rights(database: EmbeddedDatabase, sql: Path) -> None:
    await migrate.up(database.owner_url, "parlor_owner", sql=sql)
    assert await value(database.owner_url, "select parlor.read_notes()") == 0


async def test_changed_functions_are_made_again_and_only_those(database: EmbeddedDatabase, sql: Path) -> None:
    write(sql, "functions/20_more.sql", FUNCTION.replace("read_notes", "more_notes"))
    await migrate.up(database.owner_url, "parlor_app", sql=sql)
    write(sql, "functions/10_read.sql", FUNCTION.replace("count(*)", "count(*) + 5"))
    assert (await migrate.status(database.owner_url, sql=sql)).functions_changed == ("10_read",)
    assert (await migrate.up(database.owner_url, "parlor_app", sql=sql)).functions == ("10_read",)
    assert await value(database.url, "select parlor.read_notes()") == 5


async def test_a_migration_has_all_functions_made_again(database: EmbeddedDatabase, sql: Path) -> None:
    await migrate.up(database.owner_url, "parlor_app", sql=sql)
    write(sql, "migrations/0002_drop.sql", "drop function parlor.read_notes();")
    assert (await migrate.up(database.owner_url, "parlor_app", sql=sql)).functions == ("10_read",)
    assert await value(database.url, "select parlor.read_notes()") == 0


async def test_a_failing_migration_leaves_nothing_and_names_its_line(database: EmbeddedDatabase, sql: Path) -> None:
    write(sql, "migrations/0002_bad.sql", "create table parlor.half ();\n\ncreate tabel parlor.x ();")
    with pytest.raises(SchemaError, match=r"0002_bad\.sql line 3: .*tabel"):
        await migrate.up(database.owner_url, "parlor_app", sql=sql)
    assert await value(database.owner_url, "select to_regclass('parlor.half')") is None
    assert (await migrate.status(database.owner_url, sql=sql)).found == 1
    write(sql, "migrations/0002_bad.sql", "create table parlor.half ();")
    assert (await migrate.up(database.owner_url, "parlor_app", sql=sql)).migrations == ("0002_bad",)


async def test_failing_functions_leave_the_old_ones(database: EmbeddedDatabase, sql: Path) -> None:
    await migrate.up(database.owner_url, "parlor_app", sql=sql)
    write(sql, "functions/10_read.sql", FUNCTION.replace("count(*)", "count(*) + 5"))
    write(sql, "functions/20_bad.sql", "nonsense;")
    with pytest.raises(SchemaError, match=r"functions/20_bad\.sql"):
        await migrate.up(database.owner_url, "parlor_app", sql=sql)
    assert await value(database.url, "select parlor.read_notes()") == 0


async def test_an_edited_migration_is_refused(database: EmbeddedDatabase, sql: Path) -> None:
    await migrate.up(database.owner_url, "parlor_app", sql=sql)
    write(sql, "migrations/0001_note.sql", TABLE + " -- better")
    assert (await migrate.status(database.owner_url, sql=sql)).edited == ("0001_note",)
    with pytest.raises(SchemaError, match=r"were edited .*0001_note"):
        await migrate.up(database.owner_url, "parlor_app", sql=sql)


async def test_a_newer_database_is_refused(database: EmbeddedDatabase, sql: Path) -> None:
    write(sql, "migrations/0002_new.sql", "select 1;")
    await migrate.up(database.owner_url, "parlor_app", sql=sql)
    (sql / "migrations" / "0002_new.sql").unlink()
    found = await migrate.status(database.owner_url, sql=sql)
    assert (found.found, found.required, found.unknown) == (2, 1, ("0002_new",))
    with pytest.raises(SchemaError, match="newer Parlor"):
        await migrate.up(database.owner_url, "parlor_app", sql=sql)


async def test_a_migration_that_comes_too_late_is_refused(database: EmbeddedDatabase, sql: Path) -> None:
    write(sql, "migrations/0003_third.sql", "select 1;")
    await migrate.up(database.owner_url, "parlor_app", sql=sql)
    write(sql, "migrations/0002_second.sql", "select 1;")
    with pytest.raises(SchemaError, match="0002_second would come after 0003"):
        await migrate.up(database.owner_url, "parlor_app", sql=sql)


async def test_a_migration_that_ends_its_transaction_is_refused(database: EmbeddedDatabase, sql: Path) -> None:
    write(sql, "migrations/0002_commit.sql", "commit;")
    with pytest.raises(SchemaError, match="ends its transaction"):
        await migrate.up(database.owner_url, "parlor_app", sql=sql)


async def test_runners_at_once_take_turns(database: EmbeddedDatabase, sql: Path) -> None:
    done = await asyncio.gather(*(migrate.up(database.owner_url, "parlor_app", sql=sql) for _ in range(4)))
    assert sorted(run.migrations for run in done) == [(), (), (), ("0001_note",)]


async def test_a_missing_role_is_named(database: EmbeddedDatabase, sql: Path) -> None:
    with pytest.raises(SchemaError, match="there is no role 'nobody_here'"):
        await migrate.up(database.owner_url, "nobody_here", sql=sql)


async def test_an_unreachable_database_is_told_without_its_password(sql: Path) -> None:
    with pytest.raises(SchemaError, match=r"127\.0\.0\.1") as caught:
        await migrate.status("postgresql://o:hunter2@127.0.0.1:1/parlor", sql=sql)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("name", ["1_short.sql", "0000_zero.sql", "0002_Upper.sql", "0001_twice.sql"])
def test_badly_named_migrations_are_refused(sql: Path, name: str) -> None:
    write(sql, f"migrations/{name}", "select 1;")
    with pytest.raises(SchemaError, match=name):
        migrate.required_version(sql)


def test_a_server_starts_on_just_its_own_version() -> None:
    migrate.check_version(5, 5)
    with pytest.raises(SchemaError, match=r"run `python server.py migrate up`"):
        migrate.check_version(4, 5)
    with pytest.raises(SchemaError, match="newer Parlor"):
        migrate.check_version(6, 5)


async def test_parlors_own_schema_comes_up_and_gives_the_application_no_table(database: EmbeddedDatabase) -> None:
    done = await migrate.up(database.owner_url, "parlor_app")
    assert done.version == migrate.required_version()
    assert (await migrate.status(database.owner_url)).ready
    rights = "select count(*) from information_schema.table_privileges where grantee in ('parlor_app', 'PUBLIC')"
    assert await value(database.owner_url, f"{rights} and table_schema = 'parlor'") == 0
