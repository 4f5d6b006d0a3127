"""What each door answers to what may come in, and what is kept and counted of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from ops.simulator.webhooks import Webhook, discord_ping, merge, slack_challenge
from tests.scenario.doors import Door, changed, shape, signed
from tests.scenario.house import CREDENTIALS, PLATFORMS, SIGNING, House, name_of

MIB = 1024 * 1024
SIGNATURES = {
    "telegram": "X-Telegram-Bot-Api-Secret-Token",
    "slack": "X-Slack-Signature",
    "discord": "X-Signature-Ed25519",
    "messenger": "X-Hub-Signature-256",
    "line": "X-Line-Signature",
    "whatsapp": "X-Hub-Signature-256",
}
STAMPS = {"slack": "X-Slack-Request-Timestamp", "discord": "X-Signature-Timestamp"}
OLD_MS = 10 * 60_000


async def nothing_stored(house: House) -> bool:
    """Nothing of any request is in the database."""
    tables = ("conversations", "inbox", "dedupe_keys", "log", "quarantine")
    return not any([await house.value(f"select exists (select from parlor.{table})") for table in tables])


async def test_nobody_there(house: House) -> None:
    door = Door(house, "telegram")
    webhook = door.text(door.ana, "/play")
    for path in (
        "/webhooks/telegram/nobody",
        "/webhooks/carrierpigeon/quiz-telegram",
        "/webhooks/slack/quiz-telegram",  # a bot of another platform
        "/webhooks/telegram/quiz-telegram/more",
        "/webhooks/telegram",
        "/webhooks/",
    ):
        assert (await house.request("POST", path, webhook)).status == 404, path
        assert (await house.request("GET", path)).status == 404, path
    assert await nothing_stored(house)


async def test_too_large(house: House) -> None:
    doors = [Door(house, platform) for platform in PLATFORMS]
    limits = {door: 3 * MIB if door.platform == "whatsapp" else MIB for door in doors}
    for door, limit in limits.items():
        assert (await door.send(signed(door.platform, b"{}" + b" " * (limit - 1)))).status == 413, door.platform
        assert house.count("webhook_refused_total", platform=door.platform, reason="too_large") == 1
    assert await nothing_stored(house)
    for door, limit in limits.items():
        body = door.text(door.ana, "/start").body
        assert (await door.send(signed(door.platform, body + b" " * (limit - len(body))))).status == 200, door.platform
        await door.read("Hello")


async def test_a_bad_signature(house: House) -> None:
    """Missing, malformed, wrong, of another body, of another time: refused, not stored, counted."""
    for platform in PLATFORMS:
        door = Door(house, platform)
        spoilt = list(spoil(platform, door.text(door.ana, "/start")))
        status = 401 if platform == "discord" else 403
        assert [(await door.send(webhook)).status for webhook in spoilt] == [status] * len(spoilt), platform
        assert house.count("webhook_refused_total", platform=platform, reason="signature") == len(spoilt), platform
    assert await nothing_stored(house)


def spoil(platform: str, webhook: Webhook) -> Iterator[Webhook]:
    """The webhook, with all that may be wrong about its signature."""
    headers, body = webhook
    name = SIGNATURES[platform]
    right = headers[name]
    yield Webhook({key: value for key, value in headers.items() if key != name}, body)
    for value in ("", "x", right[:-2] + ("1" if right[-2] == "0" else "0") + right[-1], right * 2, "é" * 8):
        yield Webhook({**headers, name: value}, body)
    if platform != "telegram":  # its secret says nothing about the body
        yield Webhook(headers, body + b" ")
    if platform in STAMPS:
        yield Webhook({**headers, STAMPS[platform]: "soon"}, body)
        yield Webhook({key: value for key, value in headers.items() if key != STAMPS[platform]}, body)


@pytest.mark.parametrize("shift_ms", [-OLD_MS, OLD_MS])
async def test_a_signature_of_another_time(house: House, shift_ms: int) -> None:
    for platform in STAMPS:
        door = Door(house, platform)
        webhook = door.text(door.ana, "/start")
        answer = await door.send(signed(platform, webhook.body, at_ms=house.stamp()["at_ms"] + shift_ms))
        assert answer.status == (401 if platform == "discord" else 403)
        assert house.count("webhook_refused_total", platform=platform, reason="stale") == 1
    assert await nothing_stored(house)


async def test_not_json(house: House) -> None:
    bodies = (b"", b"{", b"hello", b'{"a": 1} trailing', b'{"update_id": "\xff\xfe"}', b"[" * 100_000)
    for platform in PLATFORMS:
        statuses = [(await house.post(platform, signed(platform, body))).status for body in bodies]
        assert statuses == [400] * len(bodies), platform
        assert house.count("webhook_refused_total", platform=platform, reason="not_json") == len(bodies)
    assert await nothing_stored(house)


UNREADABLE = {
    "telegram": (("message", "chat"), "here", "$.message.chat"),
    "slack": (("event", "ts"), 5, "$.event.ts"),
    "discord": (("data", "name"), [], "$.data.name"),
    "messenger": (("entry", 0, "messaging", 0, "sender"), 7, "$.entry[0].messaging[0].sender"),
    "line": (("events", 0, "source"), "me", "$.events[0].source"),
    "whatsapp": (
        ("entry", 0, "changes", 0, "value", "messages", 0, "timestamp"),
        [],
        "$.entry[0].changes[0].value.messages[0].timestamp",
    ),
}
"""Where a body is broken, with what, and the path that an operator is told."""


async def test_an_unreadable_event_is_quarantined(house: House) -> None:
    for platform in PLATFORMS:
        door = Door(house, platform)
        place, value, path = UNREADABLE[platform]
        body = shape(door.text(door.ana, "/start"))
        _put(body, place, value)
        broken = changed(platform, body)
        assert (await door.send(broken)).status == 200
        [(told, event)] = await house.rows(
            "select q.path, q.event from parlor.quarantine q join parlor.bots b using (bot_id) where b.name = $1",
            door.bot,
        )
        assert told == path
        assert event in broken.body, "as it came"
        assert house.count("quarantined_total", platform=platform) == 1
    assert await house.value("select count(*) from parlor.conversations") == 0


@pytest.mark.parametrize("platform", ["messenger", "line", "whatsapp"])
async def test_the_other_events_of_its_body_are_played(house: House, platform: str) -> None:
    door = Door(house, platform)
    parts = [door.text(door.ana, words) for words in ("/start", "broken", "scores")]
    body = shape(merge(platform, SIGNING[platform], parts, at_ms=house.stamp()["at_ms"]))
    place, value, path = UNREADABLE[platform]
    _put(body, (place[0], 1, *place[2:]), value)
    assert (await door.send(changed(platform, body))).status == 200
    await door.read("Hello")
    await door.read("Nobody has scored yet")
    await door.nothing_more()
    told = await house.value("select path from parlor.quarantine")
    assert told == path.replace("[0]", "[1]", 1)


def _put(body: Any, place: Sequence[str | int], value: object) -> None:
    for step in place[:-1]:
        body = body[step]
    body[place[-1]] = value


UNKNOWN: dict[str, tuple[object, str]] = {
    "telegram": ({"update_id": 1, "hologram": {"id": "1"}}, "unknown"),
    "slack": ({"type": "event_callback", "event": {"type": "hologram"}}, "unknown_event"),
    "discord": ({"type": 99, "id": "1", "token": "t"}, "unknown_type"),
    "messenger": (
        {"object": "page", "entry": [{"id": "1", "time": 1, "messaging": [{"timestamp": 1, "hologram": {}}]}]},
        "unknown",
    ),
    "line": ({"destination": "U", "events": [{"type": "hologram", "mode": "active"}]}, "unknown_event"),
    "whatsapp": (
        {
            "object": "whatsapp_business_account",
            "entry": [{"id": "1", "changes": [{"field": "hologram", "value": {}}]}],
        },
        "unknown",
    ),
}
"""A body with an event of a kind that nobody has heard of, and the name that it is counted by."""


async def test_a_kind_that_we_do_not_know(house: House) -> None:
    for platform, (body, kind) in UNKNOWN.items():
        assert (await house.post(platform, changed(platform, body))).status == 200, platform
        assert house.count("webhook_dropped_total", platform=platform, kind=kind) == 1, platform
    assert await nothing_stored(house)


async def test_the_same_message_again(house: House) -> None:
    for platform in PLATFORMS:
        door = Door(house, platform)
        webhook = door.command(door.ana, "scores")
        heard = {(answer.status, answer.body) for answer in [await door.send(webhook) for _ in range(3)]}
        assert heard == {(200, b'{"type":5}' if platform == "discord" else b"")}
        await door.read("Nobody has scored yet")
        await door.nothing_more()
        assert house.count("inbox_received_total", platform=platform, result="new") == 1
        assert house.count("inbox_received_total", platform=platform, result="duplicate") == 2
        assert len(await house.log(door.address, "in")) == 1


async def test_slack_tells_a_mention_twice_and_it_is_played_once(house: House) -> None:
    """As app_mention and as message, with two event ids and in any order."""
    door = Door(house, "slack", group=True)
    body = shape(door.text(door.ana, "<@U0BOT> scores"))
    twin = {**body, "event_id": "EvTWIN", "event": {**body["event"], "type": "app_mention"}}
    for told in (body, twin):
        assert (await door.send(changed("slack", told))).status == 200
    await door.read("Nobody has scored yet")
    await door.nothing_more()


async def test_handshakes(house: House) -> None:
    stamp = house.stamp()
    slack = await house.post("slack", slack_challenge(SIGNING["slack"], "sesame", at_ms=stamp["at_ms"]))
    assert (slack.status, slack.body) == (200, b"sesame")
    discord = await house.post("discord", discord_ping(SIGNING["discord"], seq=stamp["seq"], at_ms=stamp["at_ms"]))
    assert (discord.status, discord.json) == (200, {"type": 1})
    line = await house.post("line", changed("line", {"destination": "U", "events": []}))
    assert line.status == 200
    for platform in ("messenger", "whatsapp"):
        path = f"/webhooks/{platform}/{name_of(platform)}?hub.mode=subscribe&hub.challenge=1158&hub.verify_token="
        told = await house.request("GET", path + CREDENTIALS[platform]["verify_token"])
        assert (told.status, told.body) == (200, b"1158")
        assert (await house.request("GET", path + "guessed")).status == 403
        assert house.count("webhook_refused_total", platform=platform, reason="verify_token") == 1
    for platform in PLATFORMS:
        assert (await house.request("PUT", f"/webhooks/{platform}/{name_of(platform)}")).status == 405
    assert await nothing_stored(house)
