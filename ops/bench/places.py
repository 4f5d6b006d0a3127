"""What the bots need to run: a database each, a Redis, and for the library a virtual environment of its own.

Owns making and ending them. PostgreSQL is the embedded one of `make run` with its durability as it comes (fsync and
synchronous_commit on), on the disk of this checkout; both bots with a database use this one server.
"""

from __future__ import annotations

import asyncio
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote

import asyncpg
import msgspec

from ops import embedded, migrate
from ops.bench.processor import parent

VAR: Final = Path("var/bench")
PARLOR_DATABASE: Final = "bench_parlor"
NAIVE_DATABASE: Final = "bench_naive"
LIBRARY: Final = ("aiogram==3.31.0", "aiohttp==3.14.5", "redis==8.1.0", "hiredis==3.5.0", "uvloop==0.23.0")
"""The same releases of what both use as in requirements.txt."""
REDIS_START_S: Final = 10.0

Tell = Callable[[str], None]


class BenchError(Exception):
    """The benchmark cannot run; the text says why and what to do."""


class Databases(msgspec.Struct, frozen=True, kw_only=True):
    """The PostgreSQL server and its two databases."""

    version: str
    pid: int
    """The server's first process."""
    commit_ms: float
    """How long one small durable commit takes on this disk, median."""
    parlor_url: str
    parlor_owner_url: str
    naive_url: str


class Redis(msgspec.Struct, frozen=True, kw_only=True):
    """A Redis of our own."""

    version: str
    pid: int
    url: str


def free_port() -> int:
    """A TCP port on 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def databases() -> Iterator[Databases]:
    """Start PostgreSQL under `var/bench`, with fresh databases that are dropped at the end."""
    try:
        with embedded.claim(VAR), embedded.start(VAR) as server:
            made = asyncio.run(_make(server))
            try:
                yield made
            finally:
                asyncio.run(_drop(server))
    except (embedded.AlreadyRunning, embedded.ClusterError, migrate.SchemaError) as error:
        raise BenchError(str(error)) from error


async def _make(server: embedded.EmbeddedDatabase) -> Databases:
    await _drop(server)
    connection = await asyncpg.connect(server.superuser_url)
    try:
        await connection.execute(f"create database {PARLOR_DATABASE} owner {embedded.OWNER}")
        await connection.execute(f"create database {NAIVE_DATABASE} owner {embedded.OWNER}")
        version = str(await connection.fetchval("show server_version"))
        pid = parent(await connection.fetchval("select pg_backend_pid()"))
    finally:
        await connection.close()
    owner_url = _renamed(server.owner_url, PARLOR_DATABASE)
    await migrate.up(owner_url, embedded.APP)
    return Databases(
        version=version.split()[0],
        pid=pid,
        commit_ms=await _commit_ms(_renamed(server.owner_url, NAIVE_DATABASE)),
        parlor_url=_renamed(server.url, PARLOR_DATABASE),
        parlor_owner_url=owner_url,
        naive_url=_renamed(server.owner_url, NAIVE_DATABASE),
    )


async def _drop(server: embedded.EmbeddedDatabase) -> None:
    connection = await asyncpg.connect(server.superuser_url)
    try:
        for name in (PARLOR_DATABASE, NAIVE_DATABASE):
            await connection.execute(f"drop database if exists {name} with (force)")
    finally:
        await connection.close()


async def _commit_ms(url: str) -> float:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("create table commits (number integer not null)")
        took: list[float] = []
        for number in range(100):
            begun = time.perf_counter()
            await connection.execute("insert into commits (number) values ($1)", number)
            took.append(time.perf_counter() - begun)
        await connection.execute("drop table commits")
    finally:
        await connection.close()
    return round(sorted(took)[50] * 1000, 2)


def _renamed(url: str, database: str) -> str:
    head, _, query = url.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{quote(database)}?{query}"


@contextmanager
def redis() -> Iterator[Redis]:
    """Start a Redis that keeps everything in memory only: the library's bot pays for no disk."""
    program = shutil.which("redis-server")
    if program is None:
        raise BenchError("there is no redis-server: install your system's package (apt-get install redis-server)")
    port = free_port()
    VAR.mkdir(parents=True, exist_ok=True)
    log = (VAR / "redis.log").open("wb")
    server = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(VAR)],
        stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        wait_for_port(port, server, REDIS_START_S, "Redis")
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
        version = next((word[2:] for word in said.split() if word.startswith("v=")), "unknown")
        yield Redis(version=version, pid=server.pid, url=f"redis://127.0.0.1:{port}/0")
    finally:
        server.terminate()
        server.wait(REDIS_START_S)
        log.close()


def wait_for_port(port: int, process: subprocess.Popen[bytes], seconds: float, name: str) -> None:
    """Wait until somebody listens. Raises BenchError when the process ends or the time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 0.5).close()
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.02)
        else:
            return
    raise BenchError(f"{name} did not start: see {VAR}")


def library(tell: Tell) -> tuple[Path, dict[str, str]]:
    """The Python that has the library, and the versions in its environment; installed where it is missing."""
    home = VAR / "venv"
    python = home / "bin" / "python"
    stamp = home / "installed"
    if not stamp.exists() or stamp.read_text() != "\n".join(LIBRARY):
        tell(f"Installing into {home} (once): {' '.join(LIBRARY)}")
        shutil.rmtree(home, ignore_errors=True)
        for command in (
            [sys.executable, "-m", "venv", str(home)],
            [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", "install", *LIBRARY],
        ):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                raise BenchError(f"could not install the library's bot: {done.stderr.strip()[-500:]}")
        stamp.write_text("\n".join(LIBRARY))
    return python.absolute(), dict(line.split("==", 1) for line in LIBRARY)
