"""The record: order, waiting, and reading it over HTTP."""

from __future__ import annotations

import asyncio

import pytest

from ops.simulator import Simulator
from tests.simulator.conftest import Client


async def test_wait_returns_what_it_waited_for(simulator: Simulator, client: Client) -> None:
    waiting = asyncio.create_task(simulator.record.wait(3, platform="telegram", chat="77"))
    for text in ("one", "two"):
        await client.telegram(chat_id=77, text=text)
    await client.telegram(chat_id=77, text="")
    await client.telegram(chat_id=78, text="elsewhere")
    assert not waiting.done()
    await client.telegram(chat_id=77, text="three")
    assert [sent.text for sent in await waiting] == ["one", "two", "three"]
    assert [sent.text for sent in await simulator.record.wait(1, platform="telegram", chat="78")] == ["elsewhere"]


async def test_wait_takes_a_condition(simulator: Simulator, client: Client) -> None:
    waiting = asyncio.create_task(simulator.record.wait(lambda record: "end" in record.seen("telegram", "77")))
    await client.telegram(chat_id=77, text="begin")
    await client.telegram(chat_id=77, text="end")
    assert len(await waiting) == 2


async def test_wait_in_vain_says_what_arrived(simulator: Simulator, client: Client) -> None:
    await client.telegram(chat_id=77, text="")
    with pytest.raises(TimeoutError, match="message text is empty"):
        await simulator.record.wait(1, 0.01, platform="telegram")


async def test_the_record_keeps_no_token(simulator: Simulator, client: Client) -> None:
    await client.telegram(chat_id=77, text="hi")
    await client.slack(channel="C01", text="hi")
    found = simulator.record.calls()
    assert [sent.account for sent in found] == ["123", "secret"]
    assert "secret-token" not in repr(found)
    assert "xoxb" not in repr(found)


async def test_a_bounded_record_keeps_the_newest(client: Client) -> None:
    async with Simulator(keep=5) as simulator:
        other = Client(simulator, client._session)
        for number in range(23):
            await other.telegram(chat_id=77, text=f"m{number}")
        kept = simulator.record.messages("telegram", "77")
        assert 5 <= len(kept) <= 10
        assert kept[-1].text == "m22"
        assert [sent.order for sent in simulator.record.after(20)] == [21, 22, 23]


async def test_another_process_reads_and_steers_over_http(simulator: Simulator, client: Client) -> None:
    reading = asyncio.create_task(client.call("/_sim/record?after=0&wait=20", verb="GET"))
    await client.telegram(chat_id=77, text="hi")
    _, found, _ = await reading
    assert [sent["text"] for sent in found["sent"]] == ["hi"]
    last = found["last"]
    _, found, _ = await client.call(f"/_sim/record?after={last}&wait=0.01", verb="GET")
    assert found == {"sent": [], "last": last}
    _, found, _ = await client.call("/_sim/seen?platform=telegram&chat=77", verb="GET")
    assert found == {"texts": ["hi"]}
    assert (await client.call("/_sim/faults", {"action": "status", "status": 503}))[0] == 200
    assert (await client.call("/_sim/faults", [{"action": "refuse", "reason": "blocked"}]))[0] == 200
    assert (await client.call("/_sim/limits", {"platform": "slack", "interval_s": 1}))[0] == 200
    assert (await client.call("/_sim/people", {"U01": "Ana"}))[0] == 200
    assert [(await client.telegram(chat_id=77, text="x"))[0] for _ in range(3)] == [503, 403, 200]
    assert (await client.call("/_sim/faults", {"action": "explode"}))[0] == 400
    assert (await client.call("/_sim/record", verb="DELETE"))[0] == 200
    assert simulator.record.seen("telegram", "77") == []
    await client.telegram(chat_id=77, text="new")
    _, found, _ = await client.call(f"/_sim/record?after={last}", verb="GET")
    assert [sent["text"] for sent in found["sent"]] == ["new"]
    assert (await client.call("/_sim/nothing", verb="GET"))[0] == 404
    assert (await client.call("/elsewhere", verb="GET"))[0] == 404
