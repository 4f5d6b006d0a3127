"""A redis-server of a test's own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PATIENCE_S = 30.0


def start(place: Path, port: int, *options: str) -> subprocess.Popen[bytes]:
    """A redis-server that keeps nothing on disk, from when it listens on 127.0.0.1; `options` are words of its command line.

    Skips the test where there is none.
    """
    binary = shutil.which("redis-server")
    if binary is None:
        pytest.skip("there is no redis-server on this machine: install the redis-server package")
    command = [
        binary,
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--dir",
        str(place),
        "--save",
        "",
        "--appendonly",
        "no",
    ]
    server = subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
            return server
        except OSError:
            assert server.poll() is None, "redis-server ended at once"
            if time.monotonic() > deadline:
                end(server)
                raise AssertionError("redis-server did not start") from None
            time.sleep(0.02)


def end(server: subprocess.Popen[bytes]) -> None:
    """SIGKILL: nothing of it is kept."""
    server.kill()
    server.wait()


@contextmanager
def running(place: Path, port: int, *options: str) -> Iterator[None]:
    """A redis-server that is ended afterwards."""
    server = start(place, port, *options)
    try:
        yield
    finally:
        end(server)
