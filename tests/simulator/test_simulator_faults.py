"""What the simulator does wrong on demand, and what the record says of it."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import aiohttp
import pytest

from ops.simulator import Limit, Rule, Simulator
from ops.simulator.tokens import make_token
from tests.simulator.conftest import Client


async def send(client: Client, platform: str) -> tuple[int, Any, Any]:
    """Send "hi" to one chat of the platform."""
    match platform:
        case "telegram":
            return await client.telegram(chat_id=77, text="hi")
        case "slack":
            return await client.slack(channel="C01", text="hi")
        case "discord":
            return await client.discord("/channels/701/messages", {"content": "hi"})
        case "messenger":
            return await client.messenger({"text": "hi"})
        case "whatsapp":
            return await client.whatsapp(type="text", text={"body": "hi"})
        case _:
            return await client.push("U11", "hi")


PLATFORMS = ("telegram", "slack", "discord", "messenger", "whatsapp", "line")


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_an_error_hits_as_often_as_told_and_delivers_nothing(
    simulator: Simulator, client: Client, platform: str
) -> None:
    simulator.faults.add(Rule(action="status", status=503, platform=platform, times=2))
    assert [(await send(client, platform))[0] for _ in range(3)] == [503, 503, 200]
    sent = simulator.record.messages(platform)
    assert [(one.status, one.delivered, one.fault) for one in sent] == [
        (503, False, "status"),
        (503, False, "status"),
        (200, True, ""),
    ]


async def test_too_many_requests_in_each_platforms_words(simulator: Simulator, client: Client) -> None:
    simulator.faults.add(Rule(action="status", status=429, retry_after_s=7, times=None))
    answers = {platform: await send(client, platform) for platform in PLATFORMS}
    statuses = {platform: answer[0] for platform, answer in answers.items()}
    assert statuses == {
        "telegram": 429,
        "slack": 429,
        "discord": 429,
        "messenger": 400,
        "whatsapp": 400,
        "line": 429,
    }
    assert answers["telegram"][1]["parameters"] == {"retry_after": 7}
    assert answers["telegram"][2]["Retry-After"] == "7"
    assert answers["slack"][1]["error"] == "ratelimited"
    assert answers["slack"][2]["Retry-After"] == "7"
    assert answers["discord"][1]["retry_after"] == 7.0
    assert answers["discord"][1]["global"] is False
    assert answers["messenger"][1]["error"]["code"] == 613
    assert answers["whatsapp"][1]["error"]["code"] == 131056
    assert "Retry-After" not in answers["line"][2]


async def test_a_retry_after_that_lies_goes_on_for_its_own_time(simulator: Simulator, client: Client) -> None:
    rule = Rule(action="status", status=429, retry_after_s=1, for_s=0.2, times=None)
    simulator.faults.add(rule)
    begun = time.monotonic()
    while (await client.telegram(chat_id=77, text="hi"))[0] == 429:
        assert time.monotonic() - begun < 5
    assert time.monotonic() - begun >= 0.2
    assert simulator.faults.pending() == []


@pytest.mark.parametrize(
    ("platform", "reason", "status", "words"),
    [
        ("telegram", "blocked", 403, "bot was blocked by the user"),
        ("telegram", "chat_not_found", 400, "chat not found"),
        ("slack", "chat_not_found", 200, "channel_not_found"),
        ("discord", "blocked", 403, "50007"),
        ("messenger", "window_closed", 400, "2018278"),
        ("messenger", "blocked", 400, "551"),
        ("whatsapp", "window_closed", 400, "131047"),
        ("whatsapp", "unauthorized", 401, "190"),
        ("line", "chat_not_found", 400, "Failed to send messages"),
        ("line", "quota", 429, "monthly limit"),
    ],
)
async def test_permanent_refusals(
    simulator: Simulator, client: Client, platform: str, reason: Any, status: int, words: str
) -> None:
    simulator.faults.add(Rule(action="refuse", reason=reason))
    answer = await send(client, platform)
    assert answer[0] == status
    assert words in str(answer[1])
    assert not simulator.record.messages(platform)[0].delivered


async def test_a_telegram_group_moves(simulator: Simulator, client: Client) -> None:
    simulator.faults.add(Rule(action="refuse", reason="migrated", chat="-5", new_chat="-1005", times=None))
    _, answer, _ = await client.telegram(chat_id=-5, text="hi")
    assert answer["parameters"] == {"migrate_to_chat_id": -1005}
    assert (await client.telegram(chat_id=-1005, text="hi"))[0] == 200


async def test_a_push_to_who_blocked_the_account_looks_fine(simulator: Simulator, client: Client) -> None:
    simulator.faults.add(Rule(action="refuse", reason="blocked"))
    assert (await client.push("U11", "hi"))[0] == 200
    assert simulator.record.seen("line", "U11") == []


async def test_an_expired_token_stays_expired(simulator: Simulator, client: Client) -> None:
    token = make_token("interaction", 1, "701")
    simulator.faults.add(Rule(action="refuse", reason="token_expired"))
    codes = [(await client.discord(f"/webhooks/900/{token}", {"content": "x"}))[1]["code"] for _ in range(2)]
    assert codes == [50027, 50027]
    body = {"replyToken": "rt1", "messages": [{"type": "text", "text": "x"}]}
    simulator.faults.add(Rule(action="refuse", reason="token_expired", platform="line"))
    words = [(await client.line("reply", body))[1]["message"] for _ in range(2)]
    assert words == ["Invalid reply token"] * 2


async def test_a_cut_connection_after_accepting_leaves_the_message_delivered(
    simulator: Simulator, client: Client
) -> None:
    simulator.faults.add(Rule(action="cut", chat="77"), Rule(action="cut", chat="78", deliver=False))
    for chat in (77, 78):
        with pytest.raises(aiohttp.ClientConnectionError):
            await client.telegram(chat_id=chat, text="hi")
    assert (await client.telegram(chat_id=79, text="hi"))[0] == 200
    assert simulator.record.seen("telegram", "77") == ["hi"]
    assert simulator.record.seen("telegram", "78") == []
    assert [sent.status for sent in simulator.record.messages("telegram")] == [0, 0, 200]


async def test_a_slow_answer_is_recorded_at_arrival(simulator: Simulator, client: Client) -> None:
    simulator.faults.add(Rule(action="slow", delay_s=30, contains="wait"))
    slow = asyncio.create_task(client.telegram(chat_id=77, text="wait for it"))
    sent = await simulator.record.wait(1, platform="telegram", chat="77")
    assert sent[0].delivered
    assert not slow.done()
    assert (await client.telegram(chat_id=78, text="at once"))[0] == 200
    slow.cancel()
    await asyncio.gather(slow, return_exceptions=True)


async def test_a_slow_answer_comes_at_last(simulator: Simulator, client: Client) -> None:
    simulator.faults.add(Rule(action="slow", delay_s=0.05), Rule(action="status", status=500))
    begun = time.monotonic()
    assert (await client.telegram(chat_id=77, text="hi"))[0] == 500
    assert time.monotonic() - begun >= 0.05


async def test_garbage_is_not_json_though_the_message_arrived(simulator: Simulator, client: Client) -> None:
    simulator.faults.add(Rule(action="garbage"))
    status, answer, _ = await client.slack(channel="C01", text="hi")
    assert status == 200
    assert isinstance(answer, bytes)
    assert simulator.record.seen("slack", "C01") == ["hi"]


async def test_an_error_after_delivery(simulator: Simulator, client: Client) -> None:
    simulator.faults.add(Rule(action="status", status=500, deliver=True))
    assert (await client.telegram(chat_id=77, text="hi"))[0] == 500
    assert simulator.record.seen("telegram", "77") == ["hi"]


async def test_a_hard_limit_holds_for_each_chat_by_itself(simulator: Simulator, client: Client) -> None:
    simulator.faults.limit(Limit(platform="telegram", interval_s=60, burst=2))
    statuses = [(await client.telegram(chat_id=chat, text="hi"))[0] for chat in (77, 77, 77, 78)]
    assert statuses == [200, 200, 429, 200]
    assert (await client.telegram("sendChatAction", chat_id=77, action="typing"))[0] == 200
    simulator.faults.clear()
    assert (await client.telegram(chat_id=77, text="hi"))[0] == 200


async def test_chances_repeat_with_their_seed() -> None:
    async def fates() -> list[int]:
        async with Simulator(seed=5) as simulator, aiohttp.ClientSession() as session:
            simulator.faults.add(Rule(action="status", status=500, probability=0.5, times=None))
            client = Client(simulator, session)
            return [(await client.telegram(chat_id=77, text="hi"))[0] for _ in range(20)]

    first, second = await fates(), await fates()
    assert first == second
    assert set(first) == {200, 500}
