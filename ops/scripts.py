"""The SQL files on disk: which there are, in which order, and what their text is.

Owns the naming rule of `sql/` and the checksums; knows no database. `ops/migrate.py` compares these with what a
database has.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final

import msgspec

SQL: Final = Path(__file__).resolve().parent.parent / "sql"
_FILE_NAME: Final = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")


class SchemaError(Exception):
    """The schema is not what is needed, or could not be changed; the text says what to do. For the operator."""


class Script(msgspec.Struct, frozen=True, kw_only=True):
    """One SQL file."""

    name: str
    """File name without ".sql"."""
    sql: str
    sha256: str
    version: int = 0
    """The number that a migration's name begins with; 0 for a function file."""


def migrations(sql: Path = SQL) -> tuple[Script, ...]:
    """The migrations on disk by number. Raises SchemaError for a name of another form and for a number used twice."""
    found: dict[int, Script] = {}
    for path in sorted((sql / "migrations").glob("*.sql")):
        match = _FILE_NAME.fullmatch(path.name)
        if match is None or int(match[1]) == 0:
            raise SchemaError(f"{path.name}: a migration is named NNNN_name.sql, from 0001 (lower case, digits, _)")
        script = _script(path, version=int(match[1]))
        if script.version in found:
            raise SchemaError(f"{path.name}: the number is taken by {found[script.version].name}.sql; give it the next")
        found[script.version] = script
    return tuple(found.values())


def _script(path: Path, *, version: int = 0) -> Script:
    sql = path.read_text(encoding="utf-8")
    return Script(name=path.stem, sql=sql, sha256=hashlib.sha256(sql.encode()).hexdigest(), version=version)


def functions(sql: Path = SQL) -> tuple[Script, ...]:
    """The function files on disk, in the order of their names."""
    return tuple(_script(path) for path in sorted((sql / "functions").glob("*.sql")))
