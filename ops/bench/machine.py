"""What the figures were measured on: processor, system, releases. Reads /proc and the installed packages."""

from __future__ import annotations

import os
import platform
import sys
import sysconfig
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

import msgspec

from ops.bench.processor import Cores

_PACKAGES: Final = ("tornado", "asyncpg", "aiohttp", "msgspec", "uvloop")


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """Where and with what."""

    measured_at: datetime
    processor: str
    core_count: int
    memory_gib: float
    system: str
    python: str
    optimised: bool
    """Whether this Python was built with profile-guided optimisation: it changes all figures."""
    postgres: str
    commit_ms: float
    """One small durable commit on this disk, median."""
    redis: str
    packages: dict[str, str]
    library: dict[str, str]
    """In the library's own environment."""
    cores: Cores
    busy: float
    """The machine's load average when the run began: above about 1, others used it too."""


def describe(*, postgres: str, commit_ms: float, redis: str, library: dict[str, str], cores: Cores) -> Machine:
    """This machine, now."""
    return Machine(
        measured_at=datetime.now(UTC).replace(microsecond=0),
        processor=_processor(),
        core_count=os.cpu_count() or 1,
        memory_gib=round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        system=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
        optimised=_optimised(),
        postgres=postgres,
        commit_ms=commit_ms,
        redis=redis,
        packages={name: version(name) for name in _PACKAGES},
        library=library,
        cores=cores,
        busy=round(os.getloadavg()[0], 1),
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine() or sys.platform


def _optimised() -> bool:
    return "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or "")
