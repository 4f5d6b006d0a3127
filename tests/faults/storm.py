"""The storm: several server processes on one database, conversations that talk, a nemesis that kills or stops, a checker.

The server is the product's own command with its own supervisor; the platform is the simulator. The bot plays `tally`, whose
answers carry a count and a hash chain over everything that the conversation saw.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import aiohttp
import msgspec
import psutil

from game_state.games.tally import verify
from ops.simulator import Simulator, webhooks
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
CREDENTIALS = {"token": "123456789:AAstorm-storm-storm-storm-storm-storm00", "webhook_secret": "storm-secret"}
PROCESSES = 4
STOP_S = 4.5
"""A lease, the second until somebody looks, and time for others to go on with the conversations."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a storm does."""

    conversations: int
    messages: int
    """Of each conversation."""
    seconds: float
    """How long the talking is spread over."""
    kills: int = 0
    """SIGKILLs of a random process, one a second."""
    stops: int = 0
    """SIGSTOPs of a random process for longer than its leases, one after another."""
    twice: float = 0.1
    """Share of the messages that the platform delivers twice."""
    patience_s: float = 60.0
    """How long to wait for the last replies."""
    seed: int = 1


class Outcome(msgspec.Struct, kw_only=True):
    """What a storm showed."""

    violations: list[str] = []
    """Conversations whose replies are not all messages, once, in order; the first difference of each."""
    sends_repeated: int = 0
    """Replies that arrived at the platform more than once."""
    killed: int = 0
    stopped: int = 0
    refused: int = 0
    """Webhooks not answered with 2xx at first."""


class Servers:
    """The product's `serve` with several processes, as an operator starts it."""

    def __init__(self, directory: Path, url: str, api_base: str) -> None:
        self.port = free_port()
        self.log = directory / "server.log"
        config = directory / "parlor.toml"
        config.write_text(
            f"""
[server]
port = {self.port}
processes = {PROCESSES}
secret_key = "{"storm" * 8}"
turn_lease_s = 1.5
delivery_lease_s = 3.0
send_timeout_s = 1.5
[database]
url = "{url}"
[articles]
store = "{directory / "articles"}"
[[bots]]
name = "storm"
platform = "telegram"
game = "tally"
api_base = "{api_base}"
token = "{CREDENTIALS["token"]}"
webhook_secret = "{CREDENTIALS["webhook_secret"]}"
"""
        )
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PARLOR")} | {"PORT": ""}
        self._output = self.log.open("wb")
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "server.py"), "--config", str(config)],
            cwd=directory,
            env=environment,
            stdout=self._output,
            stderr=self._output,
        )

    async def ready(self) -> None:
        """Wait until they answer."""
        async with asyncio.timeout(60), aiohttp.ClientSession() as session:
            while True:
                try:
                    async with session.get(f"http://127.0.0.1:{self.port}/readyz") as response:
                        if response.status == 200:
                            return
                except aiohttp.ClientError:
                    assert self.process.poll() is None, self.log.read_text()
                await pause(0.1)

    def cores(self) -> list[psutil.Process]:
        """The server processes, the supervisor left out."""
        return psutil.Process(self.process.pid).children()

    def kill(self) -> None:
        """SIGKILL to all: what they leave behind is not looked at."""
        if self.process.poll() is None:
            cores = self.cores()
            self.process.kill()
            for core in cores:
                core.kill()
            self.process.wait()
        self._output.close()

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        for core in self.cores():
            core.resume()
        self.process.terminate()
        return self.process.wait(40)


async def pause(seconds: float) -> None:
    """Let time pass: what a storm is made of."""
    await asyncio.get_running_loop().create_task(asyncio.sleep(seconds))


class Storm:
    """One run of a plan."""

    def __init__(self, plan: Plan, servers: Servers, simulator: Simulator) -> None:
        self.plan = plan
        self._servers = servers
        self._simulator = simulator
        self._random = random.Random(plan.seed)
        self._outcome = Outcome()
        self._seq = int(time.time()) % 10**6 * 1000

    async def run(self) -> Outcome:
        """Talk, strike, wait, check."""
        plan = self.plan
        connector = aiohttp.TCPConnector(limit=64, force_close=True)
        async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=10)) as session:
            striking = asyncio.gather(self._kill(), self._stop())
            await asyncio.gather(*(self._talk(session, chat) for chat in range(plan.conversations)))
            await striking
        deadline = time.monotonic() + plan.patience_s
        while time.monotonic() < deadline and not self._complete():
            await pause(0.25)
        # What is still repeated after the last missing reply belongs to the count.
        await pause(1.0)
        self._check()
        return self._outcome

    async def _talk(self, session: aiohttp.ClientSession, chat: int) -> None:
        plan = self.plan
        gap = plan.seconds / plan.messages
        begun = time.monotonic() + self._random.random() * gap
        for number in range(plan.messages):
            await pause(max(0.0, begun + number * gap - time.monotonic()))
            self._seq += 1
            made = webhooks.text(
                "telegram", CREDENTIALS, str(1000 + chat), str(1000 + chat), "Storm", said(number), seq=self._seq,
                at_ms=int(time.time() * 1000),
            )  # fmt: skip
            again = self._random.random() < plan.twice
            await self._deliver(session, made)
            if again:
                await self._deliver(session, made)

    async def _deliver(self, session: aiohttp.ClientSession, made: webhooks.Webhook) -> None:
        headers, body = made
        url = f"http://127.0.0.1:{self._servers.port}/webhooks/telegram/storm"
        while True:
            try:
                async with session.post(url, data=body, headers=headers) as response:
                    if response.status < 300:
                        return
            except (aiohttp.ClientError, TimeoutError, OSError):
                pass
            self._outcome.refused += 1
            await pause(0.1)

    async def _kill(self) -> None:
        for _ in range(self.plan.kills):
            await pause(1.0)
            cores = self._servers.cores()
            if cores:
                os.kill(self._random.choice(cores).pid, signal.SIGKILL)
                self._outcome.killed += 1

    async def _stop(self) -> None:
        for _ in range(self.plan.stops):
            await pause(0.3)
            cores = self._servers.cores()
            if not cores:
                continue
            core = self._random.choice(cores)
            try:
                core.suspend()
                await pause(STOP_S)
                core.resume()
            except psutil.NoSuchProcess:
                continue
            self._outcome.stopped += 1

    def _arrived(self, chat: int) -> list[str]:
        return [sent.text for sent in self._simulator.record.messages("telegram", str(1000 + chat))]

    def _complete(self) -> bool:
        return all(
            len({text.partition(" ")[0] for text in self._arrived(chat)}) >= self.plan.messages
            for chat in range(self.plan.conversations)
        )

    def _check(self) -> None:
        wanted = [said(number) for number in range(self.plan.messages)]
        for chat in range(self.plan.conversations):
            first: dict[str, str] = {}
            differing = 0
            for text in self._arrived(chat):
                # The count is the reply's id: the same count again has to be the same reply, sent again.
                identity = text.partition(" ")[0]
                if identity not in first:
                    first[identity] = text
                elif first[identity] == text:
                    self._outcome.sends_repeated += 1
                else:
                    differing += 1
            difference = verify(list(first.values()), wanted)
            if difference is None and differing:
                difference = f"{differing} replies with one count and other words"
            if difference is not None:
                self._outcome.violations.append(f"conversation {chat}: {difference}")


def said(number: int) -> str:
    """The words of a conversation's message."""
    return f"message {number}"
