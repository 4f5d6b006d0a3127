"""The real servers that tests run against: one PostgreSQL for the session with a migrated template, a database for each test."""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
import signal
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

import asyncpg
import pytest
import uvloop
from hypothesis import HealthCheck, settings

from game_state.store import Store
from ops import embedded, migrate
from tests import other_postgres, redis_server
from tests.ports import free_port

MEMORY_BYTES: Final = 4 << 30
"""Free bytes from which on the database may lie in memory; it takes a few hundred megabytes."""
_numbers = itertools.count(1)

# A shell starts its background jobs with SIGINT ignored, and what we start would inherit that: Ctrl-C is among what is tested.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Found by lot, a failure would strike whoever runs the tests next; a slow machine is no failure. To look for more by lot:
# `pytest --hypothesis-profile=explore`.
settings.register_profile(
    "certain", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("explore", settings.get_profile("certain"), derandomize=False, max_examples=2000)
settings.load_profile("certain")


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Tests run on the loop that the server runs on."""
    return {"uvloop": uvloop.new_event_loop}


class Database(NamedTuple):
    """A migrated database of its own."""

    url: str
    """The application's role: EXECUTE and nothing else."""
    owner_url: str
    superuser_url: str


@pytest.fixture(scope="session")
def cluster() -> Iterator[embedded.EmbeddedDatabase | other_postgres.Server]:
    """A PostgreSQL server, started for this session; fsync is off, which only a crash of the machine would notice.

    PARLOR_TEST_PROGRAMS names the programs of another version to use. It lies in memory where there is enough: for each test a
    database is made, of hundreds of files, and a slow disk takes eight times as long for them.
    """
    memory = Path("/dev/shm")
    place = memory if memory.is_dir() and shutil.disk_usage(memory).free > MEMORY_BYTES else None
    with tempfile.TemporaryDirectory(prefix="parlor-test-", dir=place, ignore_cleanup_errors=True) as directory:
        Path(directory).chmod(0o755)
        programs = os.environ.get("PARLOR_TEST_PROGRAMS")
        if programs:
            with other_postgres.running(Path(programs), Path(directory)) as server:
                yield server
            return
        running = embedded.start(
            Path(directory), settings={"fsync": "off", "synchronous_commit": "off", "max_connections": "300"}
        )
        try:
            yield running
        finally:
            running.stop()


def _renamed(url: str, database: str) -> str:
    head, _, query = url.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{quote(database)}?{query}"


@pytest.fixture(scope="session")
def template(cluster: embedded.EmbeddedDatabase | other_postgres.Server) -> str:
    """Name of a database with the schema of this release."""
    name = f"template_{os.getpid()}"

    async def make() -> None:
        connection = await asyncpg.connect(cluster.superuser_url)
        try:
            await connection.execute(f"create database {name} owner parlor_owner")
        finally:
            await connection.close()
        await migrate.up(_renamed(cluster.owner_url, name), "parlor_app")

    asyncio.run(make())
    return name


@pytest.fixture
async def database(
    cluster: embedded.EmbeddedDatabase | other_postgres.Server, template: str
) -> AsyncIterator[Database]:
    """A fresh database, made from the template."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    connection = await asyncpg.connect(cluster.superuser_url)
    try:
        await connection.execute(f"create database {name} template {template} owner parlor_owner")
        yield Database(
            _renamed(cluster.url, name), _renamed(cluster.owner_url, name), _renamed(cluster.superuser_url, name)
        )
        await connection.execute(f"drop database {name} with (force)")
    finally:
        await connection.close()


@pytest.fixture
async def store(database: Database) -> AsyncIterator[Store]:
    """The typed stored functions on the test's database, as the application's role."""
    opened = await Store.connect(database.url)
    try:
        yield opened
    finally:
        await opened.close()


@pytest.fixture
async def owner(database: Database) -> AsyncIterator[asyncpg.Connection[asyncpg.Record]]:
    """A connection that may read the tables."""
    connection = await asyncpg.connect(database.owner_url)
    try:
        yield connection
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A redis-server of our own on a free port."""
    port = free_port()
    with redis_server.running(tmp_path_factory.mktemp("redis"), port):
        yield f"redis://127.0.0.1:{port}/0"


@pytest.fixture
def one_day() -> None:
    """The test begins and ends on one day (UTC): near its end the next one is waited for."""
    left_s = 86_400 - time.time() % 86_400
    if left_s < 20:
        time.sleep(left_s + 0.1)
