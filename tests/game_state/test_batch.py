"""Batches: what arrives meanwhile goes together, in order, and one bad item hurts only itself."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from game_state.batch import Batch, newest
from game_state.errors import BadData, Unavailable
from game_state.rows import DeliveryFinish


class Calls:
    """A call that waits until it is let go, and doubles numbers; negative ones are bad data, 13 is bad luck for all."""

    def __init__(self, *, open_from_start: bool = True) -> None:
        self.seen: list[list[int]] = []
        self.gate = asyncio.Event()
        if open_from_start:
            self.gate.set()

    async def __call__(self, items: Sequence[int]) -> Sequence[int]:
        self.seen.append(list(items))
        await self.gate.wait()
        if 13 in items:
            raise Unavailable("gone")
        if any(item < 0 for item in items):
            raise BadData("negative")
        return [item * 2 for item in items]


async def test_what_arrives_during_a_call_goes_into_the_next_one() -> None:
    calls = Calls(open_from_start=False)
    batch = Batch(calls, limit=3)
    first = batch.put(1)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    rest = [batch.put(number) for number in (2, 3, 4, 5)]
    calls.gate.set()
    assert await asyncio.gather(first, *rest) == [2, 4, 6, 8, 10]
    assert calls.seen == [[1], [2, 3, 4], [5]]


async def test_an_item_that_comes_as_a_call_ends_is_not_left_behind() -> None:
    """Put by the callback of the last result: the running task has looked at the queue for the last time by then, or not yet."""
    batch = Batch(Calls(), limit=10)
    second: asyncio.Future[asyncio.Future[int]] = asyncio.get_running_loop().create_future()

    def later(rounds: int) -> None:
        if rounds:
            asyncio.get_running_loop().call_soon(later, rounds - 1)
        else:
            second.set_result(batch.put(2))

    for rounds in range(4):
        second = asyncio.get_running_loop().create_future()
        batch.put(1).add_done_callback(lambda _, rounds=rounds: later(rounds))  # type: ignore[misc]
        async with asyncio.timeout(30):
            assert await (await second) == 4


async def test_items_of_the_same_moment_share_a_call() -> None:
    calls = Calls()
    batch = Batch(calls, limit=10)
    assert list(await asyncio.gather(batch.put(1), batch.put(2))) == [2, 4]
    assert calls.seen == [[1, 2]]


async def test_bad_data_splits_and_fails_alone() -> None:
    calls = Calls()
    batch = Batch(calls, limit=10)
    results = await asyncio.gather(batch.put(1), batch.put(-1), batch.put(2), return_exceptions=True)
    assert results[0] == 2
    assert isinstance(results[1], BadData)
    assert results[2] == 4


async def test_a_lost_database_fails_the_whole_batch_and_not_the_next() -> None:
    calls = Calls()
    batch = Batch(calls, limit=10)
    results = await asyncio.gather(batch.put(1), batch.put(13), return_exceptions=True)
    assert all(isinstance(result, Unavailable) for result in results)
    assert await batch.put(4) == 8


async def test_a_caller_that_gives_up_cancels_nothing() -> None:
    calls = Calls(open_from_start=False)
    batch = Batch(calls, limit=10)
    impatient, patient = batch.put(1), batch.put(2)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(impatient, 0.01)
    calls.gate.set()
    assert await patient == 4
    assert calls.seen == [[1, 2]]


async def test_drain_waits_for_everything() -> None:
    calls = Calls()
    batch = Batch(calls, limit=1, in_flight=2)
    futures = [batch.put(number) for number in range(5)]
    await batch.drain()
    assert all(future.done() for future in futures)


def test_of_two_leases_of_a_conversation_in_one_batch_only_the_newer_is_told() -> None:
    finishes = [
        DeliveryFinish(conversation, token, 1, "retry") for conversation, token in ((1, 5), (2, 3), (1, 9), (3, 4))
    ]
    assert newest(finishes) == [False, True, True, True]
