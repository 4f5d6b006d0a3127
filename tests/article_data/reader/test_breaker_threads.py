"""What stands between the loop and a sick tier: the breaker, the threads, the flights."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from article_data.reader.breaker import Breaker
from article_data.reader.flights import Flights
from article_data.reader.threads import Hanging, Threads
from tests.article_data.reader.patience import eventually


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[Path]:
    """Opening it for reading hangs in the kernel, just as a dead file server does; released at the end."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    yield path
    release(path)


def release(pipe: Path) -> None:
    """The file server is back: whoever hangs goes on, and finds nothing to read."""
    os.close(os.open(pipe, os.O_RDWR))


def hang(pipe: Path) -> bytes:
    """Read what hangs."""
    return pipe.read_bytes()


def test_the_breaker_lets_one_try_per_pause() -> None:
    breaker = Breaker(failures=2, pause_s=1.0)
    breaker.failed(0.0)
    assert breaker.allows(0.0)
    assert breaker.state(0.0) == "closed"
    breaker.failed(0.0)
    assert breaker.state(0.5) == "open"
    assert breaker.state(1.0) == "half-open"
    assert [breaker.allows(at) for at in (0.5, 1.0, 1.1)] == [False, True, False]
    assert breaker.state(1.2) == "half-open", "a try is under way"
    breaker.failed(1.3)
    assert breaker.state(1.4) == "open"
    assert breaker.allows(2.3)
    breaker.succeeded()
    assert breaker.state(2.4) == "closed"
    assert breaker.allows(2.4)


async def test_threads_that_hang_are_left_behind(pipe: Path) -> None:
    threads = Threads(2, 2)
    try:

        async def both_hang() -> bool:
            with pytest.raises(TimeoutError):
                await threads.run(lambda: hang(pipe), 0.05)
            return threads.hanging(0.0) == 2

        await eventually(both_hang)
        # The first crew is given a second before the next takes over.
        refused: set[type[BaseException]] = set()

        async def answers() -> bool:
            try:
                return await threads.run(lambda: True, 0.05)
            except TimeoutError as late:
                refused.add(type(late))
                return False

        await eventually(answers)
        assert Hanging in refused
        assert threads.hanging(0.05) == 2
        release(pipe)

        async def is_well() -> bool:
            return await answers() and threads.hanging(0.0) == 0

        await eventually(is_well)
    finally:
        threads.close()


async def test_a_fresh_crew_risks_one_thread_until_it_came_back(pipe: Path) -> None:
    threads = Threads(3, 3)

    async def hangs() -> bool:
        try:
            await threads.run(lambda: hang(pipe), 0.05)
        except Hanging:
            return False
        except TimeoutError:
            return True
        raise AssertionError("it came back")

    try:

        async def a_fourth_hangs() -> bool:
            await hangs()
            return threads.hanging(0.0) == 4

        await eventually(a_fourth_hangs)
        assert [await hangs() for _ in range(5)] == [False] * 5
        assert threads.hanging(0.0) == 4, "the crew has three threads, and its second would be risked"
        release(pipe)

        async def is_well() -> bool:
            return threads.hanging(0.0) == 0

        await eventually(is_well)
        assert await asyncio.gather(*(threads.run(lambda: 7, 5.0) for _ in range(20))) == [7] * 20
    finally:
        threads.close()


async def test_no_more_crews_than_allowed_and_all_heals(pipe: Path) -> None:
    threads = Threads(1, 1)
    try:

        async def it_hangs() -> bool:
            with pytest.raises(TimeoutError):
                await threads.run(lambda: hang(pipe), 0.05)
            return threads.hanging(0.0) == 1

        await eventually(it_hangs)
        for _ in range(20):
            with pytest.raises(TimeoutError):
                await threads.run(int, 0.1)
        release(pipe)

        async def answers() -> bool:
            try:
                return await threads.run(lambda: True, 0.2)
            except TimeoutError:
                return False

        await eventually(answers)
    finally:
        threads.close()


async def test_many_callers_share_a_flight_and_none_takes_the_others_along() -> None:
    flights: Flights[int] = Flights()
    started = 0
    landed = asyncio.Event()

    async def fetch() -> int:
        nonlocal started
        started += 1
        await landed.wait()
        return started

    hasty, *patient = (asyncio.create_task(flights.join("a", fetch)) for _ in range(50))
    await asyncio.sleep(0)
    hasty.cancel()
    landed.set()
    assert await asyncio.gather(*patient) == [1] * 49
    with pytest.raises(asyncio.CancelledError):
        await hasty
    assert await flights.join("a", fetch) == 2, "nothing is kept"
    await flights.close()
