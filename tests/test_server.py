"""The command line as an operator meets it: each verb a process of its own, in a directory of its own."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
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
from ops.vault import Vault
from tests.conftest import Database
from tests.ports import free_port, free_ports

SERVER: Final = Path(__file__).resolve().parents[1] / "server.py"
SECRET: Final = "fedcba9876543210fedcba9876543210"
TOKEN: Final = "123456789:AAserver-verbs-server-verbs-server00"
PATIENCE_S: Final = 60.0
STARTER_ARTICLES: Final = 75
CHECKED: Final = {
    "configuration", "schema", "database", "bots", "builds", "queues", "quarantined", "parked", "dead letters", "rights",
    "articles", "cache", "redis",
}  # fmt: skip
TELEGRAM: Final = f"""
[[bots]]
name = "quiz"
platform = "telegram"
token = "{TOKEN}"
webhook_secret = "hook-secret"
"""


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
    port = free_port()
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
        if process.poll() is None:
            parent = psutil.Process(process.pid)
            for member in (*parent.children(), parent):
                member.kill()
        process.wait()
        process.stdout.close()


def get(port: int, path: str) -> tuple[int, str]:
    """Status and body; a listening server that is still starting is waited for."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE_S) as response:
        return response.status, response.read().decode()


def findings(ended: Ended) -> dict[str, dict[str, Any]]:
    """The doctor's, by name."""
    return {finding["name"]: finding for finding in ended.json}


def of_database(database: Database) -> dict[str, Any]:
    """The variables of a Parlor on this database."""
    return {
        "PARLOR_DATABASE__URL": database.url,
        "PARLOR_DATABASE__OWNER_URL": database.owner_url,
        "PARLOR_SECRET_KEY": SECRET,
    }


def without_schema(owner_url: str) -> None:
    """Make it a database that was never migrated."""

    async def drop() -> None:
        connection = await asyncpg.connect(owner_url)
        await connection.execute("drop schema parlor cascade")
        await connection.close()

    asyncio.run(drop())


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
    second = verb(served.place, "serve", PORT=free_port())
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
    for form in ([], ["--json"]):
        shown = verb(place, "config", "show", *form, PARLOR_SECRET_KEY=SECRET, PARLOR_DATABASE__URL=url)
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
    assert "No shame in that" in answer
    title = answer.split("\n\n")[1].split("\n")[0]
    assert title
    assert f"https://en.wikipedia.org/wiki/{title.split()[0]}" in answer
    assert end.strip() == ""


def test_a_stopped_server_takes_its_database_along_and_looking_changes_nothing(place: Path) -> None:
    lock = place / "var" / "postgres" / "data" / "postmaster.pid"
    with serving(place) as running:
        assert lock.exists()
        assert running.stop() == 0
    assert not lock.exists()
    assert "Traceback" not in (place / "log").read_text()

    with embedded.start(place / "var") as database:
        without_schema(database.owner_url)
    found = verb(place, "doctor", "--json")
    assert found.code == 1
    assert "migrate up" in findings(found)["schema"]["says"]
    status = verb(place, "migrate", "status", "--json")
    assert (status.code, status.json["found"]) == (1, 0), "looked at, not migrated"
    assert not lock.exists()


def test_usage_and_help(place: Path) -> None:
    assert verb(place, "conquer").code == 2
    helped = verb(place, "--help")
    assert helped.code == 0
    for word in ("serve", "play", "migrate", "articles", "doctor", "config", "version"):
        assert f"  {word} " in helped.out


@pytest.mark.parametrize(
    ("file", "keys"),
    [
        ("[server]\nprot = 1\n[postgres]\n", ["server.prot: unknown key, perhaps port?", "postgres: unknown key"]),
        (TELEGRAM.replace(TOKEN, "env:NOPE"), ["bots.quiz.token: the environment variable NOPE is not set"]),
        (TELEGRAM.replace(TOKEN, "s3cret"), ["bots.quiz: token is not of the form"]),
        ("[database]\nurl = 'postgresql://app:s3cret@db/parlor'\n", ["server.secret_key: missing"]),
        ("[server\n", ["parlor.toml: is not TOML"]),
    ],
    ids=["unknown keys", "no such variable", "malformed token", "no secret key", "not TOML"],
)
def test_a_bad_configuration_is_refused_by_its_keys(place: Path, file: str, keys: list[str]) -> None:
    (place / "parlor.toml").write_text(file)
    refused = verb(place, "serve")
    assert (refused.code, refused.out) == (78, "")
    for key in keys:
        assert key in refused.err
    assert "s3cret" not in refused.err
    assert not (place / "var").exists()


def test_a_configuration_that_is_not_there_is_refused(place: Path) -> None:
    refused = verb(place, "--config", "other.toml", "serve")
    assert refused.code == 78
    assert "other.toml: cannot be read" in refused.err


def test_a_broken_dump_is_refused_and_the_store_goes_on(served: Served) -> None:
    (served.place / "cut.xml").write_text("<mediawiki><page><title>Cut")
    broken = verb(served.place, "articles", "build", "cut.xml", "--json")
    assert (broken.code, broken.out) == (1, "")
    assert broken.err.startswith("parlor: cut.xml: ")
    assert verb(served.place, "articles", "info", "--json").json["article_count"] == STARTER_ARTICLES


def test_a_store_without_articles_is_a_sentence(place: Path) -> None:
    empty = verb(place, "articles", "info", "--store", "nowhere")
    assert (empty.code, empty.out) == (1, "")
    assert empty.err.startswith("parlor: ")


def test_no_database_is_a_sentence_without_the_password(place: Path) -> None:
    url = f"postgresql://owner:s3cret@127.0.0.1:{free_port()}/parlor"
    for words in (("migrate", "status"), ("serve",), ("doctor",)):
        ended = verb(
            place, *words, PARLOR_DATABASE__URL=url, PARLOR_SECRET_KEY=SECRET, PARLOR_BOTS__HALL__PLATFORM="web", PORT=0
        )
        assert ended.code == 1, words
        assert "connect" in ended.out + ended.err, words
        assert "s3cret" not in ended.out + ended.err, words


async def test_a_database_without_schema_is_not_served_before_it_is_migrated(database: Database, place: Path) -> None:
    await asyncio.to_thread(without_schema, database.owner_url)
    settings = of_database(database) | {"PARLOR_BOTS__HALL__PLATFORM": "web"}
    for processes in (1, 2):
        refused = verb(place, "serve", **settings, PORT=0, PARLOR_SERVER__PROCESSES=processes)
        assert refused.code == 78, refused.err
        assert "migrate up" in refused.err
    assert verb(place, "migrate", "status", **settings).code == 1
    assert verb(place, "migrate", "up", **settings).code == 0
    assert verb(place, "migrate", "status", **settings).code == 0


async def test_the_doctor_lists_what_needs_a_person(
    served: Served, database: Database, owner: asyncpg.Connection[asyncpg.Record], place: Path
) -> None:
    bot = await owner.fetchval(
        "insert into parlor.bots (name, platform, game, language, lane, credentials, pulls, replies_per_call)"
        " values ('quiz', 'telegram', 'guess', 'en', 'default', $1, false, 1) returning bot_id",
        Vault(SECRET).seal({"token": TOKEN, "webhook_secret": "hook-secret"}, "quiz"),
    )
    chat = await owner.fetchval(
        "insert into parlor.conversations (bot_id, address) values ($1, '4201') returning conversation_id", bot
    )
    await owner.execute(
        "insert into parlor.quarantine (bot_id, path, error, event) values ($1, '$.message', 'no text', 'private')", bot
    )
    await owner.execute(
        "insert into parlor.parked (conversation_id, number, message, seed, error, attempts)"
        """ values ($1, 3, '{"text": "private"}', 1, 'RecursionError in guess', 5)""",
        chat,
    )
    await owner.execute(
        "insert into parlor.dead_letters (conversation_id, number, reply, reason, attempts, unknowns)"
        """ values ($1, 7, '{"text": "private"}', 'bot was blocked', 1, 0)""",
        chat,
    )
    (place / "parlor.toml").write_text(
        f"[server]\nsecret_key = '{SECRET}'\n[database]\nurl = '{database.url}'\nowner_url = '{database.owner_url}'\n"
        f"[articles]\nstore = '{served.place / 'var' / 'articles'}'\n{TELEGRAM}"
    )
    ended = verb(place, "doctor", "--json")
    found = findings(ended)
    assert ended.code == 0, ended.out
    (event,), (message,), (reply,) = (found[name]["details"] for name in ("quarantined", "parked", "dead letters"))
    assert (event["bot"], event["path"], event["error"]) == ("quiz", "$.message", "no text")
    assert (message["bot"], message["number"], message["error"]) == ("quiz", 3, "RecursionError in guess")
    assert (reply["bot"], reply["number"], reply["reason"]) == ("quiz", 7, "bot was blocked")
    read = verb(place, "doctor")
    for words in ("no text", "RecursionError in guess", "bot was blocked"):
        assert words in read.out
    for secret in ("private", TOKEN, "hook-secret", SECRET):
        assert secret not in ended.out + read.out

    other = verb(place, "doctor", "--json", PARLOR_SECRET_KEY=SECRET[::-1], PARLOR_DATABASE__URL=database.owner_url)
    assert other.code == 1
    wrong = {name for name, finding in findings(other).items() if not finding["ok"]}
    assert wrong == {"bots", "rights"}, "another key, and the owner where the servers' role belongs"


async def test_several_cores_replace_one_that_is_killed_and_stop_together(database: Database, place: Path) -> None:
    admin = free_ports(2)
    settings = of_database(database) | {"PARLOR_BOTS__HALL__PLATFORM": "web", "PARLOR_SERVER__ADMIN_PORT": admin}
    with serving(place, processes=2, **settings) as running:
        assert [get(port, "/readyz")[0] for port in (running.port, admin, admin + 1)] == [200] * 3
        parent = psutil.Process(running.process.pid)
        killed, kept = parent.children()
        killed.kill()
        # The sockets are the parent's too, so this waits for the one that takes the place.
        assert [get(port, "/readyz")[0] for port in (admin, admin + 1, running.port)] == [200] * 3
        cores = parent.children()
        assert (len(cores), killed in cores, kept in cores) == (2, False, True)
        assert running.stop() == 0
        assert [core for core in cores if core.is_running()] == []
    log = (place / "log").read_text()
    assert "ended with -9; starting it again" in log
    assert "Traceback" not in log
