"""The embedded database as `make run` uses it: it starts, keeps what was written, stops, and survives what people do."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from ops import embedded
from ops.embedded import AlreadyRunning, ClusterError

ROOT = Path(__file__).resolve().parents[2]


FAST = {"fsync": "off"}


@pytest.fixture
def var() -> Iterator[Path]:
    # Not pytest's own directory: as root the server's account has to enter it.
    directory = Path(tempfile.mkdtemp(prefix="parlor-test-"))
    directory.chmod(0o755)
    yield directory / "var"
    shutil.rmtree(directory)


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A directory whose database was made and stopped; copied by each test that needs one, as making costs more."""
    directory = Path(tempfile.mkdtemp(prefix="parlor-test-"))
    directory.chmod(0o755)
    embedded.start(directory / "var", settings=FAST).stop()
    yield directory / "var"
    shutil.rmtree(directory)


@pytest.fixture
def used(made: Path, var: Path) -> Path:
    subprocess.run(["cp", "-a", made, var], check=True)
    return var


def postmaster(var: Path) -> int:
    return int((var / "postgres" / "data" / "postmaster.pid").read_text().split()[0])


def run(program: str) -> subprocess.CompletedProcess[str]:
    """A Parlor of its own, in a session of its own as at another terminal."""
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, start_new_session=True
    )


async def value(url: str, query: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


async def test_the_roles_may_do_what_they_are_for_and_no_more(var: Path) -> None:
    with embedded.start(var, settings=FAST) as database:
        assert await value(database.url, "select current_user") == "parlor_app"
        assert await value(database.owner_url, "select current_user") == "parlor_owner"
        assert await value(database.owner_url, "select rolsuper from pg_roles where rolname = current_user") is False
        assert await value(database.superuser_url, "select current_user") == "postgres"
        await value(database.owner_url, "create schema parlor")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await value(database.url, "create schema mine")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await value(database.url, "create temporary table t ()")
        assert await value(database.url, "show listen_addresses") == ""


async def test_a_later_start_finds_what_was_written(used: Path) -> None:
    with embedded.start(used, settings=FAST) as database:
        await value(database.owner_url, "create table public_note as select 7 as n")
    assert embedded.find(used) is None
    with embedded.start(used, settings={**FAST, "work_mem": "5MB"}) as database:
        assert await value(database.owner_url, "select n from public_note") == 7
        assert await value(database.url, "show work_mem") == "5MB"


async def test_a_killed_server_comes_back_with_its_data(used: Path) -> None:
    with embedded.start(used, settings=FAST) as database:
        await value(database.owner_url, "create table note as select 7 as n")
        os.kill(postmaster(used), signal.SIGKILL)
        with embedded.start(used, settings=FAST) as again:
            assert await value(again.owner_url, "select n from note") == 7


async def test_a_pid_file_whose_number_is_another_programs_by_now_is_no_hindrance(used: Path) -> None:
    embedded.start(used, settings=FAST).stop()
    for file, rest in (
        (used / "postgres" / "data" / "postmaster.pid", f"{used}/postgres/data\n1700000000\n5432\n\n\n  1  1\nready\n"),
        (used / "postgres" / "run" / ".s.PGSQL.5432.lock", f"{used}/postgres/data\n1700000000\n5432\n\n\n"),
    ):
        file.write_text(f"{os.getpid()}\n{rest}")
        shutil.chown(file, (used / "postgres" / "data").stat().st_uid)
    with embedded.start(used, settings=FAST) as database:
        assert await value(database.url, "select 1") == 1


async def test_a_server_that_a_killed_parlor_left_is_gone_on_with(used: Path) -> None:
    program = f"""
import os
from pathlib import Path
from ops import embedded
embedded.start(Path({str(used)!r}), settings={FAST!r})
os._exit(9)
"""
    assert run(program).returncode == 9
    left = postmaster(used)
    with embedded.start(used, settings=FAST) as database:
        assert postmaster(used) == left
        assert await value(database.url, "select 1") == 1
    with pytest.raises(OSError, match=r"refused|No such file"):
        await value(database.url, "select 1")


async def test_ctrl_c_reaches_parlor_but_not_its_database(used: Path) -> None:
    program = f"""
import os, signal, sys
from pathlib import Path
from ops import embedded
database = embedded.start(Path({str(used)!r}), settings={FAST!r})
try:
    os.killpg(0, signal.SIGINT)
    signal.pause()
except KeyboardInterrupt:
    import asyncio, asyncpg
    async def look():
        connection = await asyncpg.connect(database.url)
        return await connection.fetchval("select 6 * 7")
    sys.exit(asyncio.run(look()))
"""
    done = run(program)
    assert done.returncode == 42
    # It was stopped at the program's exit.
    assert not (used / "postgres" / "data" / "postmaster.pid").exists()


async def test_another_process_finds_the_running_database(used: Path) -> None:
    with embedded.claim(used), embedded.start(used, settings=FAST) as database:
        found = embedded.find(used)
        assert found is not None
        assert found.url == database.url
        found.stop()
        assert await value(database.url, "select 1") == 1


async def test_a_path_too_long_for_a_socket_works(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(var.parent))
    deep = var.parent / ("d" * 60) / ("e" * 60) / "var's, own"
    deep.parent.mkdir(parents=True)
    with embedded.start(deep, settings=FAST) as database:
        assert await value(database.url, "select 1") == 1


async def test_a_socket_directory_that_another_person_prepared_is_refused(var: Path) -> None:
    (var / "postgres").mkdir(parents=True)
    (var / "postgres" / "run").mkdir(mode=0o777)
    (var / "postgres" / "run").chmod(0o777)
    with pytest.raises(ClusterError, match="not a private directory"):
        embedded.start(var, settings=FAST)


def test_data_of_another_major_version_is_refused_with_advice(used: Path) -> None:
    embedded.start(used, settings=FAST).stop()
    (used / "postgres" / "data" / "PG_VERSION").write_text("14\n")
    with pytest.raises(ClusterError, match="made by PostgreSQL 14"):
        embedded.start(used, settings=FAST)


def test_a_second_parlor_is_told_who_the_first_is(var: Path) -> None:
    with embedded.claim(var):
        program = f"from pathlib import Path; from ops import embedded\nwith embedded.claim(Path({str(var)!r})): pass"
        second = run(program)
        assert f"already running on {var} (process {os.getpid()})" in second.stderr
        with pytest.raises(AlreadyRunning), embedded.claim(var):
            pass
    with embedded.claim(var):
        pass
