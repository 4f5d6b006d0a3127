"""The command line as an operator meets it: each verb a process of its own, in a directory of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

import asyncpg
import psutil
import pytest

from ops import embedded, migrate
from ops.embedded import EmbeddedDatabase
from tests.conftest import Database

SERVER: Final = Path(__file__).resolve().parents[1] / "server.py"
SECRET: Final = "fedcba9876543210fedcba9876543210"
TOKEN: Final = "123456789:AAserver-verbs-server-verbs-server00"
PATIENCE_S: Final = 30.0
STARTER_ARTICLES: Final = 75
CHECKED: Final = {
    "configuration", "schema", "database", "bots", "queues", "quarantined", "parked", "dead letters", "rights",
    "articles", "redis",
}  # fmt: skip
TELEGRAM: Final = f"""
[[bots]]
name = "quiz"
platform = "telegram"
token = "{TOKEN}"
webhook_secret = "hook-secret"
"""

Owner = asyncpg.Connection[asyncpg.Record]


class Ended(NamedTuple):
    """What a verb left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, decoded."""
        return json.loads(self.out)


def environment(**variables: object) -> dict[str, str]:
    """This process's, without what would configure a Parlor, and with these."""
    kept = {name: value for name, value in os.environ.items() if name != "PORT" and not name.startswith("PARLOR_")}
    return kept | {name: str(value) for name, value in variables.items()}


def verb(place: Path, *words: str, typed: str = "", **variables: object) -> Ended:
    """Run a verb to its end, which shows no traceback whatever it is."""
    done = subprocess.run(
        [sys.executable, SERVER, *words],
        cwd=place,
        env=environment(**variables),
        input=typed,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Ended(done.returncode, done.stdout, done.stderr)


class Served(NamedTuple):
    """A server that said it was ready."""

    place: Path
    port: int
    told: str
    process: subprocess.Popen[str]

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Signal it; its exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_S)


@contextmanager
def serving(place: Path, *, processes: int = 1, **variables: object) -> Iterator[Served]:
    """`server.py serve`, from its ready line on; whatever happens, nothing of it is left."""
    port = free_ports(1)
    with (place / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, SERVER, "serve"],
            cwd=place,
            env=environment(PORT=port, PARLOR_SERVER__PROCESSES=processes, **variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    assert process.stdout is not None
    patience = threading.Timer(PATIENCE_S, process.kill)
    patience.start()
    try:
        told = process.stdout.readline()
        patience.cancel()
        assert told, (place / "log").read_text()
        yield Served(place, port, told, process)
    finally:
        patience.cancel()
        family = [process_, *psutil.Process(process_.pid).children()] if (process_ := alive(process)) else []
        for member in family:
            member.kill()
        process.wait()
        process.stdout.close()


def alive(process: subprocess.Popen[str]) -> psutil.Process | None:
    """The process, unless it ended."""
    return psutil.Process(process.pid) if process.poll() is None else None


def free_ports(count: int) -> int:
    """The first of so many ports in a row that nobody listens on."""
    for _ in range(50):
        with socket.socket() as first:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            try:
                for more in range(1, count):
                    with socket.socket() as other:
                        other.bind(("127.0.0.1", port + more))
            except OSError:
                continue
            return port
    raise AssertionError("no free ports")


def get(port: int, path: str) -> tuple[int, str]:
    """Status and body; a listening server that is still starting is waited for."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE_S) as response:
        return response.status, response.read().decode()


def findings(ended: Ended) -> dict[str, dict[str, Any]]:
    """The doctor's, by name."""
    return {finding["name"]: finding for finding in ended.json}


def own_database(database: Database, **variables: object) -> dict[str, object]:
    """The variables of a Parlor on this database."""
    return {
        "PARLOR_DATABASE__URL": database.url,
        "PARLOR_DATABASE__OWNER_URL": database.owner_url,
        "PARLOR_SECRET_KEY": SECRET,
    } | variables


@contextmanager
def made_place() -> Iterator[Path]:
    # Not pytest's own directory: as root the database's account has to enter it.
    directory = Path(tempfile.mkdtemp(prefix="parlor-test-"))
    directory.chmod(0o755)
    try:
        yield directory
    finally:
        lock = directory / "var" / "postgres" / "data" / "postmaster.pid"
        if lock.exists():  # only after a failed test
            os.kill(int(lock.read_text().split()[0]), signal.SIGQUIT)
        shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture
def place() -> Iterator[Path]:
    with made_place() as directory:
        yield directory


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """A Parlor started without any configuration, beside which verbs are used."""
    with made_place() as directory, serving(directory) as running:
        yield running
        running.stop()


def test_a_server_without_configuration_is_ready_to_play(served: Served) -> None:
    assert "Parlor is ready" in served.told
    assert f"http://127.0.0.1:{served.port}/play" in served.told
    assert get(served.port, "/readyz") == (200, "ready\n")
    status, page = get(served.port, "/play")
    assert (status, "<html" in page) == (200, True)


def test_a_second_server_on_the_port_is_told_so(served: Served, place: Path) -> None:
    second = verb(place, "serve", PORT=served.port)
    assert second.code == 1
    assert f"cannot listen on 127.0.0.1:{served.port}" in second.err
    assert not (place / "var").exists(), "nothing was begun"


def test_a_second_server_in_the_directory_is_told_who_the_first_is(served: Served) -> None:
    second = verb(served.place, "serve", PORT=free_ports(1))
    assert second.code == 1
    assert f"already running on var (process {served.process.pid})" in second.err
    assert get(served.port, "/readyz") == (200, "ready\n")


def test_the_doctor_beside_a_server_finds_all_well(served: Served) -> None:
    found = verb(served.place, "doctor", "--json")
    assert [finding for finding in found.json if not finding["ok"]] == []
    assert set(findings(found)) == CHECKED
    assert (found.code, found.err) == (0, "")
    read = verb(served.place, "doctor")
    assert read.code == 0
    for name in CHECKED:
        assert f"ok   {name}: " in read.out


def test_what_is_there_is_shown(served: Served) -> None:
    status = verb(served.place, "migrate", "status", "--json")
    assert (status.code, status.json["pending"], status.json["found"]) == (0, [], migrate.required_version())
    up = verb(served.place, "migrate", "up", "--json")
    assert (up.code, up.json["migrations"], up.json["functions"]) == (0, [], [])
    info = verb(served.place, "articles", "info", "--json")
    assert (info.code, info.json["article_count"], info.json["language"]) == (0, STARTER_ARTICLES, "en")
    version = verb(served.place, "version", "--json")
    assert (version.code, version.json["schema"]) == (0, migrate.required_version())


def test_no_secret_is_shown(place: Path) -> None:
    (place / "parlor.toml").write_text(TELEGRAM)
    url = "postgresql://parlor_app:pass-word@db.example/parlor"
    for form in ("--json", None):
        words = ("config", "show") if form is None else ("config", "show", form)
        shown = verb(place, *words, PARLOR_SECRET_KEY=SECRET, PARLOR_DATABASE__URL=url)
        assert shown.code == 0
        assert "db.example" in shown.out
        for secret in (SECRET, "pass-word", TOKEN, "hook-secret"):
            assert secret not in shown.out + shown.err
    assert not (place / "var").exists()


def test_a_round_in_the_terminal(served: Served) -> None:
    played = verb(served.place, "play", typed="play\nhint\ngive up\n\n")
    assert played.code == 0, played.err
    begin, clue, hint, answer, end = played.out.split("> ")
    assert "Type play to begin" in begin
    assert "Clue 1 of" in clue
    assert "[1] Hint" in clue
    assert "Clue 2 of" in hint
    title = answer.split("It was:")[1].split("\n")[2]
    assert title
    assert f"https://en.wikipedia.org/wiki/{title.split()[0]}" in answer
    assert end.strip() == ""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_server_takes_its_database_along_and_looking_changes_nothing(place: Path, number: int) -> None:
    with serving(place) as running:
        assert running.stop(number) == 0
    assert not (place / "var" / "postgres" / "data" / "postmaster.pid").exists()
    assert "Traceback" not in (place / "log").read_text()
    if number == signal.SIGINT:
        return

    with embedded.start(place / "var") as database:
        without_schema(database.owner_url)
    for _ in range(2):
        status = verb(place, "migrate", "status", "--json")
        assert (status.code, status.json["found"]) == (1, 0), "looked at, not migrated"
        assert status.json["pending"]
    found = verb(place, "doctor", "--json")
    assert found.code == 1
    assert "migrate up" in findings(found)["schema"]["says"]
    assert not (place / "var" / "postgres" / "data" / "postmaster.pid").exists()


def without_schema(owner_url: str) -> None:
    """Make it a database that was never migrated."""
    import asyncio

    async def drop() -> None:
        connection = await asyncpg.connect(owner_url)
        await connection.execute("drop schema parlor cascade")
        await connection.close()

    asyncio.run(drop())
