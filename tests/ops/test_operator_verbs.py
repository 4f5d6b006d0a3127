"""What verbs tell an operator who upgrades, and who looks at what players reported: each a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.conftest import Database

SERVER = Path(__file__).resolve().parents[2] / "server.py"
Verb: TypeAlias = Callable[..., tuple[int, str, str]]


@pytest.fixture
def verb() -> Iterator[Verb]:
    """Runs a verb in a directory that the embedded database's account may enter: (exit code, output, errors)."""
    place = Path(tempfile.mkdtemp(prefix="parlor-test-"))
    place.chmod(0o755)

    def run(*words: str, **variables: str) -> tuple[int, str, str]:
        kept = {name: value for name, value in os.environ.items() if name != "PORT" and not name.startswith("PARLOR_")}
        done = subprocess.run(
            [sys.executable, SERVER, *words],
            cwd=place,
            env=kept | variables,
            capture_output=True,
            text=True,
            timeout=30,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stdout, done.stderr

    yield run
    shutil.rmtree(place)


def test_migrate_up_tells_what_it_applied_also_where_it_started_the_database(verb: Verb) -> None:
    code, out, _ = verb("migrate", "up")
    assert (code, "applied now: 0001_conversations, 0002_builds" in out) == (0, True)
    code, out, _ = verb("migrate", "up")
    assert (code, out.endswith("applied now: nothing\n")) == (0, True)


def test_nothing_to_pardon_says_where_to_look(verb: Verb, database: Database) -> None:
    variables = {"PARLOR_DATABASE__URL": database.url, "PARLOR_SECRET_KEY": "s" * 32}
    code, out, _ = verb("clues", "pardon", "en", "Otter", **variables)
    assert (code, "`clues reported` lists those that were" in out) == (1, True)
