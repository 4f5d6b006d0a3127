"""The pages say what the code does: what they name is there, and what is there they name."""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import click
import pytest

from game_state.errors import SQLSTATES
from game_state.message import Kind
from handlers import core
from handlers.cookie import ConversationCookie
from handlers.web_seams import Pace
from platforms import PLATFORMS
from server import cli
from tests.conftest import Database

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
OWN_SQL = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "sql" / "functions").glob("*.sql")))
TABLES = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "sql" / "migrations").glob("*.sql")))
ROOMS = tuple(f"{path.name}/" for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith("."))
MADE_LATER = ("var/", "secrets/")
"""Folders that no fresh clone has."""

pages = pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def words(text: str) -> set[str]:
    """What stands in backticks, code blocks left out."""
    return set(re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL)))


def heading(line: str) -> str:
    """A heading's anchor, as the usual renderers make it."""
    text = re.sub(r"[^\w\- ]", "", line.lstrip("#").strip().lower())
    return text.replace(" ", "-")


def sql_blocks() -> Iterator[str]:
    yield from re.findall(r"```sql\n(.*?)```", read("docs/sql.md"), flags=re.DOTALL)


@pages
def test_files_that_a_page_names_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = {word for word in words(text) if re.fullmatch(r"[\w.@-]+(/[\w.@-]*)*", word)}
    files = {word for word in named if word.startswith(ROOMS) or word.endswith((".py", ".md", ".sql", ".toml", ".txt"))}
    missing = {
        name
        for name in files
        if not (ROOT / name).exists() and not name.startswith(MADE_LATER) and name not in {"parlor.toml"}
    }
    # A migration to come is an example, not a file.
    assert {name for name in missing if name != "sql/migrations/0002_what.sql"} == set()


@pages
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if target.startswith(("http://", "https://")):
            continue
        name, _, anchor = target.partition("#")
        aim = (page.parent / name).resolve() if name else page
        assert aim.exists(), f"{target} in {page.name}"
        if anchor:
            anchors = {heading(line) for line in aim.read_text(encoding="utf-8").splitlines() if line.startswith("#")}
            assert anchor in anchors, f"{target} in {page.name}"


@pages
def test_verbs_that_a_page_names_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = set(re.findall(r"^(\w+):", read("Makefile"), flags=re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make (\w+)", text, flags=re.MULTILINE)) <= targets
    for line in re.findall(r"(?<![/\w])server\.py ([a-z]+(?: [a-z]+)?)", text):
        verb, _, rest = line.partition(" ")
        command = cli.commands.get(verb)
        assert command is not None, line
        if isinstance(command, click.Group):
            assert not rest or rest in command.commands, line


def test_the_readme_names_every_verb_that_a_newcomer_needs() -> None:
    text = read("README.md")
    for verb in ("run", "test", "play", "lint", "bench", "setup"):
        assert f"make {verb}" in text, verb


def test_each_platform_is_connected_step_by_step() -> None:
    text = read("docs/platforms.md")
    for name, platform in PLATFORMS.items():
        assert f'platform = "{name}"' in text
        for credential in platform.credentials:
            assert re.search(rf"^ *{credential} = ", text, flags=re.MULTILINE), credential


def test_each_stored_function_is_documented_and_exists() -> None:
    made = set(re.findall(r"create or replace function parlor\.(\w+)", OWN_SQL))
    named = {word for word in words(read("docs/sql.md")) if re.fullmatch(r"\w+", word)}
    assert {name for name in made if not name.startswith("_")} <= named
    documented = set(re.findall(r"`(_?\w+)`", "\n".join(
        line.split("|")[1] for line in read("docs/sql.md").split("## Functions", 1)[1].split("### SQLSTATEs", 1)[0].splitlines()
        if line.startswith("| `")
    )))  # fmt: skip
    assert documented <= made


def test_each_table_is_documented_and_exists() -> None:
    made = set(re.findall(r"create table (?:if not exists )?parlor\.(\w+)", TABLES + read("ops/migrate.py")))
    rows = [line for line in read("docs/sql.md").split("## Functions", 1)[0].splitlines() if line.startswith("| `")]
    documented = {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert documented == made - {"log_default"}


def test_each_sqlstate_is_raised_mapped_and_documented() -> None:
    raised = set(re.findall(r"errcode = '(\w+)'", OWN_SQL))
    table = read("docs/sql.md").split("### SQLSTATEs of our own", 1)[1]
    documented = set(re.findall(r"^\| (PL\d{3}) \|", table, flags=re.MULTILINE))
    assert raised == SQLSTATES.keys() == documented
    for name, body in re.findall(r"create or replace function parlor\.(\w+)(.*?)\n\$\$;", OWN_SQL, flags=re.DOTALL):
        for code in re.findall(r"errcode = '(\w+)'", body):
            row = next(
                line for line in read("docs/sql.md").splitlines() if line.startswith("| `") and f"`{name}`" in line
            )
            assert code in row, name


def test_each_route_is_documented() -> None:
    source = read("handlers/core.py") + read("handlers/web_chat.py")
    found = set()
    for pattern in re.findall(r'\(r"(/[^"]+)"', source):
        for alternative in re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", pattern).split("|/"):
            route = "/" + alternative.lstrip("/")
            optional = re.sub(r"\(\?:([^)]*)\)\?", r"\1", route)
            found |= {re.sub(r"\(\?:[^)]*\)\?", "", route), optional}
    routes = {route.split("(")[0].removesuffix("/?") for route in found} | {"/webhooks/<platform>/<bot>"}
    table = read("docs/architecture.md").split("### Routes", 1)[1].split("| what comes to a door", 1)[0]
    documented = {word for line in table.splitlines() if line.startswith("| `") for word in words(line.split("|")[1])}
    assert documented == routes


def test_tests_that_guard_a_promise_exist() -> None:
    named = {word for word in words(read("docs/architecture.md")) if word.startswith("test_")}
    assert named
    written = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert {name for name in named if f"def {name}(" not in written} == set()


def test_the_glossary_explains_each_word_once() -> None:
    table = read("docs/architecture.md").split("## Glossary", 1)[1]
    entries = [
        line.split("|")[1].strip().strip("*").split(", ") for line in table.splitlines() if line.startswith("| **")
    ]
    explained = [word for entry in entries for word in entry]
    assert len(explained) == len(set(explained))
    wanted = {
        "bot", "platform", "core", "door", "conversation", "address", "message", "dedupe key", "number", "turn", "session", "reply",
        "origin", "delivery", "timer", "holder", "incarnation", "lease", "token", "fenced", "lane", "parked", "quarantined",
        "dead letter", "unknown", "store", "build", "article", "title", "alias", "clue", "sender", "player", "drain",
    }  # fmt: skip
    assert wanted <= set(explained)
    message = next(line for line in table.splitlines() if line.startswith("| **message**"))
    assert words(message) == set(Kind)


def test_decisions_are_numbered_without_holes_and_say_why() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [path.name[:4] for path in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    for path in decisions:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {path.name[:4]}: ")
        for part in ("## Context", "## Options", "## Decision", "## Consequences"):
            assert part in text, (path.name, part)


def test_nginx_takes_the_bodies_that_the_doors_take() -> None:
    text = read("ops/nginx/parlor.conf")
    sizes = {
        place: int(size) * 1024 * 1024
        for place, size in re.findall(r"location (\S+) \{\s+client_max_body_size (\d+)m;", text)
    }
    limits = {name: platform.capabilities.body_limit for name, platform in PLATFORMS.items() if name != "web"}
    assert {name: sizes.get(f"/webhooks/{name}/", sizes["/webhooks/"]) for name in limits} == limits
    socket_s = int(re.findall(r"location /play .*?proxy_read_timeout (\d+)s", text, flags=re.DOTALL)[0])
    assert socket_s > Pace().ping_s
    assert f"proxy_cookie_flags {ConversationCookie.NAME} " in text


def test_systemd_waits_for_the_draining_and_heeds_the_exit_codes() -> None:
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str  # type: ignore[method-assign, assignment]
    unit.read(ROOT / "ops" / "systemd" / "parlor@.service")
    service = unit["Service"]
    assert float(service["TimeoutStopSec"]) > core.DRAIN_S
    assert service["RestartPreventExitStatus"].split() == ["2", "78"]
    assert "server.py serve" in service["ExecStart"]
    assert unit["Install"]["WantedBy"] == unit["Unit"]["PartOf"] == "parlor.target"


async def test_the_queries_run(database: Database) -> None:
    """Each query of the page for SQL maintainers, with something put in for psql's variables, as the owner."""
    connection = await asyncpg.connect(database.owner_url)
    try:
        blocks = list(sql_blocks())
        assert len(blocks) > 10
        for block in blocks:
            query = re.sub(r"(?<!:):'\w+'", "'x'", block)
            query = re.sub(r"(?<!:):[a-z]\w*", "1", query)
            await connection.fetch(query)
    finally:
        await connection.close()


def test_no_page_names_a_certain_machine() -> None:
    files = [*PAGES, *(ROOT / "ops" / "systemd").iterdir(), *(ROOT / "ops" / "nginx").iterdir()]
    for path in files:
        found = re.search(r"(?<![\w.])/(work|root|home/\w+)/", path.read_text(encoding="utf-8"))
        assert found is None, path.name
