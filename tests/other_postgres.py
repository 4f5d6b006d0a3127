"""A PostgreSQL server of another version, from programs that the machine has; for the tests that say which versions will do."""

from __future__ import annotations

import os
import pwd
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote


class Server(NamedTuple):
    """A running server; the same three addresses as the embedded one's."""

    url: str
    owner_url: str
    superuser_url: str


@contextmanager
def running(programs: Path, directory: Path) -> Iterator[Server]:
    """Start a fresh cluster in `directory` (which its account may enter) and stop it in the end."""
    account = "nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    home = directory / "other"
    home.mkdir()
    if os.geteuid() == 0:
        entry = pwd.getpwnam(account)
        os.chown(home, entry.pw_uid, entry.pw_gid)

    def call(program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(programs / program), *arguments],
            user=account if os.geteuid() == 0 else None,
            group=pwd.getpwnam(account).pw_gid if os.geteuid() == 0 else None,
            extra_groups=[] if os.geteuid() == 0 else None,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        assert done.returncode == 0, f"{program} ended with {done.returncode}"

    data = str(home / "data")
    call("initdb", "-D", data, "-U", "postgres", "--encoding=UTF8", "--no-locale", "--auth=trust")
    options = f"-c listen_addresses= -c unix_socket_directories={home} -c fsync=off -c max_connections=100"
    call("pg_ctl", "-D", data, "-l", str(home / "log"), "-w", "-o", options, "start")
    try:
        base = f"host={quote(str(home), safe='')}"
        superuser = f"postgresql://postgres@/postgres?{base}"
        for statement in (
            "create role parlor_owner login",
            "create role parlor_app login",
            "grant parlor_app to parlor_owner",
        ):
            call("psql", "-h", str(home), "-U", "postgres", "-d", "postgres", "-c", statement)
        yield Server(f"postgresql://parlor_app@/parlor?{base}", f"postgresql://parlor_owner@/parlor?{base}", superuser)
    finally:
        call("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
