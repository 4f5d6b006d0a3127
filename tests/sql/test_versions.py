"""The schema and its functions on the other PostgreSQL versions that this machine has (Parlor promises 15 to 18)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OTHERS = [
    p for p in sorted(Path("/usr/lib/postgresql").glob("*/bin")) if (p / "initdb").exists() and int(p.parent.name) < 18
]


@pytest.mark.skipif(not OTHERS, reason="no other PostgreSQL on this machine (Debian: apt-get install postgresql-15)")
@pytest.mark.skipif("PARLOR_TEST_PROGRAMS" in os.environ, reason="this is the run on another version")
@pytest.mark.parametrize("programs", OTHERS, ids=lambda path: path.parent.name)
def test_the_schema_works_on(programs: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "tests/game_state/test_store.py", "tests/sql"],
        cwd=ROOT,
        env=os.environ | {"PARLOR_TEST_PROGRAMS": str(programs)},
        capture_output=True,
        text=True,
        timeout=110,
    )
    assert done.returncode == 0, done.stdout[-3000:]
