"""The benchmark's checker: a bot that loses, doubles or swaps replies is found out, and a faultless one is not accused."""

from __future__ import annotations

import asyncio
import re
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ops.bench import table
from ops.bench.contest import LOADS, Run, plan
from ops.bench.contestants import ROOT, Contestant
from ops.bench.generator import Generator
from ops.bench.http1 import split
from ops.bench.ledger import Ledger
from ops.bench.machine import Machine
from ops.bench.processor import Cores
from ops.bench.traffic import Load, Measured, Order

Replies = Callable[[int], list[int]]
"""From the count of texts so far (from 1) to which of them are answered now."""

ONE_CHAT = Load(name="one", title="one chat", chats=1, rate=100)


def faultless(count: int) -> list[int]:
    return [count]


class EchoBot:
    """A bot as small as one can be, with faults on demand."""

    def __init__(self, replies: Replies, *, status: int = 200) -> None:
        self._replies = replies
        self._status = status
        self._texts: list[bytes] = []
        self._sending = asyncio.Lock()
        self._api: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._served: list[asyncio.StreamWriter] = []
        self.api_port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One webhook connection: acknowledge, then send."""
        self._served.append(writer)
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = re.search(rb"Content-Length: (\d+)", head)
                assert length is not None
                assert b"X-Telegram-Bot-Api-Secret-Token: s3cret\r\n" in head
                body = await reader.readexactly(int(length[1]))
                writer.write(b"HTTP/1.1 %d -\r\nContent-Length: 0\r\n\r\n" % self._status)
                if self._status == 200:
                    await self._send(body)

    async def _send(self, body: bytes) -> None:
        async with self._sending:
            self._texts.append(body)
            if self._api is None:
                self._api = await asyncio.open_connection("127.0.0.1", self.api_port)
            answers, api = self._api
            for number in self._replies(len(self._texts)):
                text = self._texts[number - 1]
                api.write(b"POST /sendMessage HTTP/1.1\r\nContent-Length: %d\r\n\r\n%b" % (len(text), text))
                head = await answers.readuntil(b"\r\n\r\n")
                assert head.startswith(b"HTTP/1.1 200")
                await answers.readexactly(int(head.split(b"Content-Length: ")[1].split(b"\r")[0]))

    async def close(self) -> None:
        """Close every connection."""
        writers = [*self._served, *([self._api[1]] if self._api else [])]
        for writer in writers:
            writer.close()
        for writer in writers:
            with suppress(ConnectionError):
                await writer.wait_closed()


@asynccontextmanager
async def running(bot: EchoBot, load: Load) -> AsyncIterator[Generator]:
    """A generator that is about to post to the bot."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        bot.api_port = probe.getsockname()[1]
    server = await asyncio.start_server(bot.serve, "127.0.0.1", 0)
    try:
        yield Generator(
            Order(
                load=load,
                host="127.0.0.1",
                port=server.sockets[0].getsockname()[1],
                path="/hook",
                secret="s3cret",
                api_port=bot.api_port,
                first_chat=500,
                first_update=1,
                warm_s=0.05,
                measured_s=0.25,
                drain_s=0.3,
                linger_s=0.05,
            )
        )
    finally:
        server.close()
        await bot.close()


async def measure(replies: Replies, load: Load = ONE_CHAT, *, status: int = 200) -> Measured:
    bot = EchoBot(replies, status=status)
    async with running(bot, load) as generator:
        return await generator.run()


@pytest.mark.parametrize(
    "load",
    [ONE_CHAT, Load(name="closed", title="", chats=3), Load(name="window", title="", chats=2, window=4)],
    ids=lambda load: load.name,
)
async def test_a_faultless_bot_is_not_accused(load: Load) -> None:
    measured = await measure(faultless, load)
    assert measured.faults == measured.crossed == 0
    assert measured.sent == measured.answered > 5
    assert measured.messages_per_s > 0
    assert measured.p50_ms is not None
    assert measured.p99_ms is not None
    assert measured.p50_ms <= measured.p99_ms


async def test_a_lost_reply_is_missing() -> None:
    measured = await measure(lambda count: [] if count == 3 else [count])
    assert (measured.missing, measured.doubled, measured.out_of_order) == (1, 0, 0)


async def test_a_second_reply_is_doubled() -> None:
    measured = await measure(lambda count: [count, count] if count == 3 else [count])
    assert (measured.missing, measured.doubled, measured.out_of_order) == (0, 1, 0)


async def test_swapped_replies_are_out_of_order() -> None:
    def swap(count: int) -> list[int]:
        return {3: [], 4: [4, 3]}.get(count, [count])

    measured = await measure(swap)
    # On a busy machine the two may be sent in one breath: then they have crossed.
    assert (measured.missing, measured.doubled, measured.out_of_order + measured.crossed) == (0, 0, 1)


async def test_an_update_delivered_twice_is_doubled_by_a_bot_that_does_not_look() -> None:
    measured = await measure(faultless, Load(name="twice", title="", chats=2, redeliver=0.5))
    assert measured.redelivered > 0
    assert measured.doubled == measured.redelivered


async def test_a_refused_message_is_an_error_and_not_missing() -> None:
    measured = await measure(faultless, status=503)
    assert measured.errors["503"] == measured.sent > 5
    assert measured.missing == 0


async def test_the_open_loop_keeps_its_rate() -> None:
    measured = await measure(faultless, Load(name="open", title="", chats=4, rate=200))
    assert measured.sent == pytest.approx(0.3 * 200, rel=0.3)


def test_a_reply_to_nothing_is_unknown() -> None:
    ledger = Ledger(10, 2)
    ledger.send(10, 0, at_ns=5)
    assert ledger.reply(10, 0, at_ns=12) == 7
    assert ledger.reply(11, 0, at_ns=13) is None
    assert ledger.reply(99, 0, at_ns=13) is None
    assert (ledger.unknown, ledger.doubled, ledger.missing) == (2, 0, 0)


def test_only_messages_that_were_under_way_at_once_can_cross() -> None:
    ledger = Ledger(10, 1)
    ledger.send(10, 0, at_ns=1)
    ledger.send(10, 1, at_ns=2)
    ledger.acknowledge(10, 0)
    ledger.send(10, 2, at_ns=3)
    ledger.reply(10, 1, at_ns=4)
    ledger.reply(10, 0, at_ns=5)
    assert (ledger.out_of_order, ledger.crossed) == (0, 1)
    ledger.send(10, 3, at_ns=6)
    ledger.acknowledge(10, 2)
    ledger.send(10, 4, at_ns=7)
    ledger.reply(10, 4, at_ns=8)
    ledger.reply(10, 2, at_ns=9)
    assert (ledger.out_of_order, ledger.crossed) == (1, 1)
    ledger.reply(10, 3, at_ns=10)
    assert (ledger.out_of_order, ledger.crossed) == (1, 2)


def test_a_late_reply_to_a_refused_message_is_no_fault() -> None:
    ledger = Ledger(10, 1)
    ledger.send(10, 0, at_ns=5)
    ledger.refuse(10, 0)
    assert ledger.reply(10, 0, at_ns=9) is None
    assert (ledger.unknown, ledger.doubled, ledger.missing) == (0, 0, 0)
    assert ledger.reply(10, 0, at_ns=9) is None
    assert ledger.doubled == 1


def test_messages_are_split_wherever_the_network_cuts_them() -> None:
    plain = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"
    chunked = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    for message in (plain, chunked):
        assert all(split(message[:cut]) is None for cut in range(len(message)))
        found = split(message + plain)
        assert found is not None
        assert found.end == len(message)
        assert b"abc" in found.body


def test_the_bots_take_turns_and_doubles_are_counted_once(tmp_path: Path) -> None:
    bots = [
        Contestant(name=name, title=name, command=(), directory=tmp_path, port=1, path="/", probe=None, storage=1)
        for name in ("parlor", "naive")
    ]
    loads = [Load(name="closed", title="", chats=1), Load(name="twice", title="", chats=1, redeliver=0.1)]
    assert [(number, load.name, bot.name) for number, load, bot in plan(bots, loads, 2)] == [
        (1, "closed", "parlor"),
        (1, "closed", "naive"),
        (1, "twice", "parlor"),
        (1, "twice", "naive"),
        (2, "closed", "parlor"),
        (2, "closed", "naive"),
    ]


USED = """
import os, subprocess, sys
from ops.bench.processor import used_s
before = used_s(os.getpid())
subprocess.run([sys.executable, "-c", "sum(range(3_000_000))"], check=True)
sum(range(3_000_000))
print(before, sum(os.times()[:4]), used_s(os.getpid()), sum(os.times()[:4]))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_processor_time_is_that_of_the_process_and_its_children() -> None:
    # In a process of its own: this one may have living children, the tests' servers, whose time counts too.
    done = subprocess.run([sys.executable, "-c", USED], cwd=ROOT, capture_output=True, text=True, check=True)
    before, least, after, most = map(float, done.stdout.split())
    assert before < after
    # Each of the four parts is told in hundredths of a second.
    assert least - 0.05 <= after <= most + 0.05


def report() -> table.Report:
    speeds = {"parlor": (1400.0, 2800.0, 2600.0), "naive": (1000.0, 1200.0, 900.0), "aiogram": (800.0, 900.0, 700.0)}
    runs = [
        Run(
            bot=bot,
            load="closed64",
            number=number,
            measured=Measured(
                messages_per_s=speed,
                p50_ms=1.0,
                p99_ms=2.0,
                longest_ms=3.0,
                sent=10,
                answered=9,
                missing=int(bot == "naive"),
                doubled=0,
                out_of_order=2 if bot == "aiogram" else 0,
                crossed=0,
                unknown=0,
                redelivered=0,
                errors={},
                generator_cpu=0.1,
                cpu_us_per_message={"bot": 400.0, "storage": 80.0},
            ),
        )
        for bot, several in speeds.items()
        for number, speed in enumerate(several, 1)
    ]
    machine = Machine(
        measured_at=datetime(2026, 11, 22, tzinfo=UTC), processor="One", core_count=2, memory_gib=4.0, system="Linux",
        python="3.11", optimised=False, postgres="18", commit_ms=0.3, redis="7", packages={"tornado": "6"},
        library={"aiogram": "3"}, cores=Cores(0, 1), busy=0.1,
    )  # fmt: skip
    return table.Report(
        machine=machine, passes=3, seconds=3.5, loads=LOADS[:1],
        bots={"parlor": "Parlor", "naive": "hand-written", "aiogram": "aiogram"}, runs=tuple(runs),
    )  # fmt: skip


def test_the_table_compares_pass_by_pass_and_says_which_target_was_missed() -> None:
    text = table.render(report())
    assert f"| {LOADS[0].title} | 2.33 (1.40 to 2.89) | 3.11 (missed; 1.75 to 3.71) |" in text
    assert "| Parlor | 2600 (1400 2800 2600) | 1.0 | 2.0 | 400 | 80 | 0 | 0 | 0 | 0 | 0 |" in text
    assert "| aiogram | 800 (800 900 700) | 1.0 | 2.0 | 400 | 80 | 0 | 0 | 6 | 0 | 0 |" in text


def test_only_what_is_between_the_marks_is_replaced(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{table.BEGIN}\nold\n{table.END}\nafter\n")
    table.write(page, "new")
    assert page.read_text() == f"before\n{table.BEGIN}\n\nnew\n\n{table.END}\nafter\n"
    page.write_text("no marks")
    with pytest.raises(ValueError, match="lacks"):
        table.write(page, "new")
