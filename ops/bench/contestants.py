"""The bots that are measured, and how each is started, found ready and stopped.

Every bot is one process on one core, started anew for every run, and answers a text with the same text after reading and
writing a counter in its store. Parlor runs as `server.py serve` does, from a configuration file, with nothing switched
off: its log goes to a file as JSON lines, its metrics are kept, its probes are served.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.error import URLError

import msgspec

from ops.bench.places import VAR, BenchError, Databases, Redis, wait_for_port
from ops.bench.processor import pin

ROOT: Final = Path(__file__).resolve().parents[2]
PEERS: Final = Path(__file__).resolve().parent / "peers"
TOKEN: Final = "123456789:AAbench-bench-bench-bench-bench-bench0"
SECRET: Final = "s3cret"
START_S: Final = 60.0
STOP_S: Final = 30.0

_CONFIGURATION: Final = """\
[server]
host = "127.0.0.1"
port = {port}
secret_key = "only-for-the-benchmark-on-this-machine"

[database]
url = {url}
owner_url = {owner_url}

[[bots]]
name = "bench"
platform = "telegram"
game = "echo"
token = "{token}"
webhook_secret = "{secret}"
api_base = "http://127.0.0.1:{api_port}"
"""


class Contestant(msgspec.Struct, frozen=True, kw_only=True):
    """One bot."""

    name: str
    title: str
    command: tuple[str, ...]
    directory: Path
    """Where it runs."""
    port: int
    path: str
    """Of its webhook."""
    probe: str | None
    """A path that answers 200 once it is ready; None: it is when it listens."""
    storage: int
    """The process whose time its storage costs."""


def contestants(
    stored: Databases, cache: Redis, python: Path, *, port: int, api_port: int
) -> tuple[Contestant, Contestant, Contestant]:
    """Parlor and its peers, all on `port`, one at a time, sending to the fake platform on `api_port`."""
    home = (VAR / "parlor").absolute()
    home.mkdir(parents=True, exist_ok=True)
    (home / "parlor.toml").write_text(
        _CONFIGURATION.format(
            port=port,
            url=_toml(stored.parlor_url),
            owner_url=_toml(stored.parlor_owner_url),
            token=TOKEN,
            secret=SECRET,
            api_port=api_port,
        )
    )
    common = (
        "--port", str(port), "--api-base", f"http://127.0.0.1:{api_port}", "--token", TOKEN, "--secret", SECRET,
    )  # fmt: skip
    server = (sys.executable, str(ROOT / "server.py"), "--config", str(home / "parlor.toml"), "serve")
    return (
        Contestant(
            name="parlor",
            title="Parlor",
            command=server,
            directory=home,
            port=port,
            path="/webhooks/telegram/bench",
            probe="/readyz",
            storage=stored.pid,
        ),
        Contestant(
            name="naive",
            title="hand-written",
            command=(sys.executable, str(PEERS / "naive_bot.py"), *common, "--dsn", stored.naive_url),
            directory=home,
            port=port,
            path="/hook",
            probe=None,
            storage=stored.pid,
        ),
        Contestant(
            name="aiogram",
            title="aiogram",
            command=(str(python), str(PEERS / "aiogram_bot.py"), *common, "--redis-url", cache.url),
            directory=home,
            port=port,
            path="/hook",
            probe=None,
            storage=cache.pid,
        ),
    )


def _toml(text: str) -> str:
    return msgspec.json.encode(text).decode()


def log_of(bot: Contestant) -> Path:
    """The file that takes what a bot writes; every start begins it anew."""
    return VAR / f"{bot.name}.log"


@contextmanager
def started(bot: Contestant, core: int | None, environment: Mapping[str, str]) -> Iterator[int]:
    """Run a bot, alone on its core; its process id. Raises BenchError when it does not start or ends badly."""
    log = log_of(bot)
    clean = {name: value for name, value in environment.items() if not name.startswith("PARLOR_") and name != "PORT"}
    with log.open("wb") as out:
        process = subprocess.Popen(
            bot.command, cwd=bot.directory, env=clean, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            start_new_session=True, preexec_fn=_pinned(core),  # noqa: PLW1509 (no threads here)
        )  # fmt: skip
        try:
            wait_for_port(bot.port, process, START_S, bot.title)
            if bot.probe is not None:
                _wait_ready(f"http://127.0.0.1:{bot.port}{bot.probe}", bot.title)
            yield process.pid
            if process.poll() is not None:
                raise BenchError(f"{bot.title} ended by itself with {process.returncode}: see {log}")
        finally:
            _stop(process)
        # A peer has no handler for the signal and dies of it.
        if process.returncode not in (0, -signal.SIGTERM):
            raise BenchError(f"{bot.title} ended with {process.returncode} when it was told to stop: see {log}")


def _pinned(core: int | None) -> Callable[[], None]:
    return lambda: pin(core)


def _wait_ready(url: str, title: str) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            pass
        time.sleep(0.02)
    raise BenchError(f"{title} was not ready in {START_S:.0f} s: see {VAR}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
