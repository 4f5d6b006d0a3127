"""A core as a process of its own, which may stop itself, be stopped, killed and asked for its metrics."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import aiohttp
import msgspec
import psutil

from tests.faults.stopping_core import Part
from tests.faults.storm import ROOT, pause


class Process:
    """A core as a process of its own."""

    def __init__(self, part: Part, log: Path) -> None:
        self.port = part.settings.server.port
        self._output = log.open("wb")
        self.log = log
        self.popen = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.stopping_core", msgspec.json.encode(part).decode()],
            cwd=ROOT,
            stdout=self._output,
            stderr=self._output,
        )

    async def ready(self) -> None:
        """Wait until it answers."""
        async with asyncio.timeout(60), aiohttp.ClientSession() as session:
            while True:
                try:
                    async with session.get(f"http://127.0.0.1:{self.port}/readyz") as response:
                        if response.status == 200:
                            return
                except aiohttp.ClientError:
                    assert self.popen.poll() is None, self.log.read_text()
                await pause(0.05)

    async def stopped(self) -> None:
        """Wait until it has stopped itself."""
        async with asyncio.timeout(30):
            while psutil.Process(self.popen.pid).status() != psutil.STATUS_STOPPED:
                await pause(0.02)

    async def metric(self, name: str) -> float:
        """A counter's value, summed over its labels."""
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{self.port}/metrics") as response,
        ):
            lines = (await response.text()).splitlines()
        return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.partition("{")[0].partition(" ")[0] == name)

    def proceed(self) -> None:
        """SIGCONT."""
        self.popen.send_signal(signal.SIGCONT)

    def end(self) -> None:
        """Out of the way, whatever state it is in."""
        self.popen.kill()
        self.popen.wait()
        self._output.close()
