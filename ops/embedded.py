"""The embedded database of `make run`: one directory, one running Parlor, a PostgreSQL of its own.

Owns the claim on `var/`, the roles and the database inside the private cluster, and their URLs; `ops/cluster.py` runs
the programs. Blocking calls: made before the event loop starts and after it ended.

No passwords are used (`trust`), and none would help: the server listens on no network address, only on a Unix socket
in a directory that nobody but its own account (and root) may enter, and who may enter it may read the data files too.
"""

from __future__ import annotations

import atexit
import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self
from urllib.parse import quote

from ops import cluster as clusters
from ops.cluster import Cluster, ClusterError
from ops.cluster_home import locate

__all__ = ["AlreadyRunning", "ClusterError", "EmbeddedDatabase", "claim", "find", "start"]

DATABASE: Final = "parlor"
OWNER: Final = "parlor_owner"
APP: Final = "parlor_app"
SETTINGS: Final[Mapping[str, str]] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "jit": "off",
    # Parallel workers need /dev/shm, which containers keep small; our statements are short anyway.
    "max_parallel_workers_per_gather": "0",
    # The queue tables change their whole content within seconds.
    "autovacuum_naptime": "5s",
    "log_min_messages": "warning",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    "log_timezone": "UTC",
    "timezone": "UTC",
}

_ROLES: Final = f"""
select 'create role {OWNER} login' where not exists (select from pg_roles where rolname = '{OWNER}') \\gexec
select 'create role {APP} login' where not exists (select from pg_roles where rolname = '{APP}') \\gexec
grant {APP} to {OWNER};
select 'create database {DATABASE} owner {OWNER}'
 where not exists (select from pg_database where datname = '{DATABASE}') \\gexec
revoke all on database {DATABASE} from public;
grant connect on database {DATABASE} to {APP};
"""  # noqa: S608 (constants)


class AlreadyRunning(Exception):
    """Another Parlor uses this directory. For who started the second one."""

    def __init__(self, var: Path, pid: int | None) -> None:
        self.pid = pid
        """The process that holds the directory; None where it could not be read."""
        who = f"process {pid}" if pid else "another process"
        super().__init__(f"Parlor is already running on {var} ({who}): stop it first, or use another directory")


class EmbeddedDatabase:
    """A running embedded database. A context manager: leaving it stops the server."""

    def __init__(self, cluster: Cluster, *, ours: bool) -> None:
        self._cluster = cluster
        self._stopper = os.getpid() if ours else None
        self.note = cluster.note
        """What the person at the terminal should know, or None."""
        self.url = _url(cluster, APP, DATABASE)
        """For the servers: the role that may only execute functions."""
        self.owner_url = _url(cluster, OWNER, DATABASE)
        """For migrations: the role that owns the database; no superuser."""
        self.superuser_url = _url(cluster, "postgres", "postgres")
        """For tests and tools that make databases."""

    def stop(self) -> None:
        """Stop the server, if this process started it (a forked child's call does nothing). Again: nothing."""
        if self._stopper == os.getpid():
            self._stopper = None
            atexit.unregister(self.stop)
            clusters.stop(self._cluster)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


@contextmanager
def claim(var: Path) -> Iterator[None]:
    """Hold `var/` for this process (and the children that it forks). Raises AlreadyRunning when somebody else does.

    The system ends the claim with the last process that holds it, so a killed Parlor leaves none behind.
    """
    var.mkdir(parents=True, exist_ok=True)
    with (var / "parlor.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            pid = file.read().strip()
            raise AlreadyRunning(var, int(pid) if pid.isdecimal() else None) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def start(var: Path, *, settings: Mapping[str, str] | None = None) -> EmbeddedDatabase:
    """Start (the first time: make) the database under `var/postgres`; call it inside `claim(var)`.

    `settings` are further server settings (a test's `fsync` off). A server that a killed Parlor left behind is gone on
    with. Takes about two seconds the first time and half a second later. Raises ClusterError.
    """
    cluster = locate(var / "postgres")
    clusters.create(cluster)
    try:
        clusters.start(cluster, _configuration(cluster, settings or {}))
        clusters.run(
            cluster, "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", str(cluster.sockets), "-U", "postgres", "-d",
            "postgres", script=_ROLES,
        )  # fmt: skip
    except BaseException:
        with suppress(ClusterError):
            clusters.stop(cluster)
        raise
    database = EmbeddedDatabase(cluster, ours=True)
    atexit.register(database.stop)
    return database


def find(var: Path) -> EmbeddedDatabase | None:
    """The database that another process runs under `var/postgres`; its `stop` does nothing. None: none runs."""
    if not (var / "parlor.lock").exists():
        return None
    cluster = locate(var / "postgres")
    return EmbeddedDatabase(cluster, ours=False) if clusters.running(cluster) else None


def _configuration(cluster: Cluster, more: Mapping[str, str]) -> str:
    # The inner quotes keep a comma in the path from being read as the end of a directory.
    settings = {**SETTINGS, "unix_socket_directories": f'"{cluster.sockets}"', **more}
    lines = (f"{name} = '{_quoted(value)}'\n" for name, value in settings.items())
    return "# Written by Parlor at every start; ALTER SYSTEM goes before it.\n" + "".join(lines)


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")


def _url(cluster: Cluster, role: str, database: str) -> str:
    return f"postgresql://{role}@/{database}?host={quote(str(cluster.sockets), safe='')}"
