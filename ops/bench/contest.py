"""The run: every load on every bot, in turn, pass after pass, so that whatever the machine does meanwhile hits all alike."""

from __future__ import annotations

import itertools
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from ops.bench.contestants import ROOT, SECRET, Contestant, log_of, started
from ops.bench.places import BenchError
from ops.bench.processor import Cores
from ops.bench.traffic import Load, Measured, Order

LOADS: Final = (
    Load(name="closed64", title="64 chats, one message each under way", chats=64),
    Load(name="closed256", title="256 chats, one message each under way", chats=256),
    Load(name="window4", title="32 chats, four messages each under way", chats=32, window=4),
    Load(name="open200", title="200 messages a second over 32 chats", chats=32, rate=200),
    Load(name="redeliver", title="64 chats, a tenth of the updates delivered twice", chats=64, redeliver=0.1),
)
WARM_S: Final = 1.0
CHATS_APART: Final = 1_000
"""Every run has chats of its own: a late reply of the run before cannot be taken for one of this."""
UPDATES_APART: Final = 1_000_000

Tell = Callable[[str], None]


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One load on one bot, once."""

    bot: str
    load: str
    number: int
    """The pass, from 1."""
    measured: Measured


def hold(
    bots: Sequence[Contestant],
    loads: Sequence[Load],
    *,
    passes: int,
    seconds: float,
    api_port: int,
    cores: Cores,
    environment: Mapping[str, str],
    tell: Tell,
) -> tuple[Run, ...]:
    """Measure all; `seconds` each. A load with redelivery runs in the first pass only: it counts doubles, not speed."""
    numbers = itertools.count(1)
    runs: list[Run] = []
    for number, load, bot in plan(bots, loads, passes):
        index = next(numbers)
        with started(bot, cores.bot, environment) as pid:
            order = Order(
                load=load,
                host="127.0.0.1",
                port=bot.port,
                path=bot.path,
                secret=SECRET,
                api_port=api_port,
                first_chat=10_000_000 + index * CHATS_APART,
                first_update=100_000_000 + index * UPDATES_APART,
                warm_s=WARM_S,
                measured_s=seconds,
                watched={"bot": pid, "storage": bot.storage},
            )
            measured = _measure(order)
        if measured.missing or measured.errors:
            # The next start would write over what tells why.
            log_of(bot).replace(log_of(bot).with_name(f"{bot.name}-{load.name}-{number}.log"))
        runs.append(Run(bot=bot.name, load=load.name, number=number, measured=measured))
        tell(
            f"{time.strftime('%H:%M:%S')} pass {number} {load.name:9s} {bot.name:8s} "
            f"{measured.messages_per_s:7.0f}/s  p50 {measured.p50_ms or 0:7.1f} ms  "
            f"faults {measured.faults}  crossed {measured.crossed}"
        )
    return tuple(runs)


def plan(bots: Sequence[Contestant], loads: Sequence[Load], passes: int) -> Iterator[tuple[int, Load, Contestant]]:
    """Pass, load and bot of every run, in order."""
    for number in range(1, passes + 1):
        for load in loads:
            if number == 1 or not load.redeliver:
                for bot in bots:
                    yield number, load, bot


def _measure(order: Order) -> Measured:
    bound_s = order.warm_s + order.measured_s + order.drain_s + order.linger_s + 30
    try:
        done = subprocess.run(
            [sys.executable, "-m", "ops.bench.generator"],
            input=msgspec.json.encode(order), cwd=ROOT, capture_output=True, timeout=bound_s, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise BenchError(f"the load generator did not end in {bound_s:.0f} s") from error
    if done.returncode:
        raise BenchError(f"the load generator failed: {done.stderr.decode(errors='replace')[-1500:]}")
    return msgspec.json.decode(done.stdout, type=Measured)
