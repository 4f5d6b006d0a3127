"""The platforms' APIs misbehave: pauses hold back only whom they concern, nothing is lost, little is doubled, order stays."""

from __future__ import annotations

from typing import Final

import pytest

from ops.simulator import Rule
from ops.simulator.faults import Reason
from tests.scenario.doors import Door, changed, shape
from tests.scenario.house import ECHO, PLATFORMS, House, name_of

SENDS: Final = {
    "telegram": "sendMessage",
    "slack": "chat.postMessage",
    "discord": "edit_original",
    "messenger": "send",
    "line": "reply",
    "whatsapp": "send",
}
"""The API's method for a first reply; look-ups of names are other methods."""
OTHER_CHATS: Final = {"telegram": "4299", "slack": "D0OTHER", "discord": "91099"}
PAUSE_S: Final = 2.0
"""What a platform asks for: much longer than others take to be answered meanwhile."""
SCORES, HELP = "Nobody has scored yet", "I give the clues"


async def late(door: Door, command: str) -> None:
    """A LINE order whose reply token is dead on arrival, so that its answer is pushed."""
    body = shape(door.command(door.ana, command))
    body["events"][0]["timestamp"] -= 20 * 60_000
    body["events"][0]["deliveryContext"]["isRedelivery"] = True
    assert (await door.send(changed("line", body))).status == 200


async def dead(house: House, door: Door) -> list[tuple[str, int]]:
    """Reason and unknown attempts of a chat's dead letters."""
    return await house.rows(
        "select d.reason, d.unknowns::integer from parlor.dead_letters d"
        " join parlor.conversations c using (conversation_id) where c.address = $1 order by d.number",
        door.address,
    )


@pytest.mark.parametrize("platform", sorted(OTHER_CHATS))
async def test_a_limit_pauses_its_chat_alone(house: House, platform: str) -> None:
    here, there = Door(house, platform), Door(house, platform, chat=OTHER_CHATS[platform])
    house.simulator.faults.add(
        Rule(action="status", status=429, platform=platform, chat=here.chat, retry_after_s=PAUSE_S)
    )
    await here.order(here.ana, "scores")
    [limited] = await house.record.wait(1, platform=platform, chat=here.chat, delivered=None)
    assert limited.status == 429
    await here.order(here.ana, "help")
    await there.order(there.ana, "scores")
    other = await there.read(SCORES)
    first, second = await here.read(SCORES), await here.read(HELP)
    assert other.order < first.order < second.order
    assert first.at_monotonic - limited.at_monotonic >= PAUSE_S
    await here.nothing_more()
    assert house.count("platform_throttled_seconds_count", platform=platform) == 1
    assert await house.leftovers() == {}


async def test_a_global_limit_pauses_its_bot_alone(house: House) -> None:
    here, there = Door(house, "discord"), Door(house, "discord", chat="91099")
    another = Door(house, "discord", chat="91098", bot=name_of("discord", ECHO))
    house.simulator.faults.add(Rule(action="status", status=429, chat=here.chat, retry_after_s=PAUSE_S, whole_bot=True))
    await here.order(here.ana, "scores")
    [limited] = await house.record.wait(1, chat=here.chat, delivered=None)
    await house.settle()
    await there.order(there.ana, "scores")
    await another.say(another.ana, "hello")
    quick = await another.read("hello")
    slow = [await here.read(SCORES), await there.read(SCORES)]
    assert quick.at_monotonic - limited.at_monotonic < PAUSE_S
    assert all(message.at_monotonic - limited.at_monotonic >= PAUSE_S for message in slow)


async def test_a_server_error_is_tried_again(house: House) -> None:
    """Also where the platform has no key: one reply twice rather than none. A spent reply token of LINE is the exception."""
    doors = {platform: Door(house, platform) for platform in PLATFORMS}
    for platform, door in doors.items():
        method = "push" if platform == "line" else SENDS[platform]
        house.simulator.faults.add(Rule(action="status", status=502, platform=platform, method=method))
        if platform == "line":
            await late(door, "scores")
        else:
            await door.order(door.ana, "scores")
    for platform, door in doors.items():
        await door.read(SCORES)
        await door.nothing_more()
        assert house.count("sends_unknown_total", platform=platform) == 1, platform
        assert await dead(house, door) == []
    assert await house.rows("select distinct outcome, attempts, unknowns from parlor.log where direction = 'out'") == [
        ("delivered", 2, 1)
    ]
    assert await house.leftovers() == {}


async def test_a_connection_cut_after_accepting(house: House) -> None:
    """Nobody knows what came of it: shown twice where the platform cannot tell a repetition, once where it can."""
    keyless = [Door(house, platform) for platform in ("telegram", "slack", "messenger", "whatsapp")]
    edited = Door(house, "discord")
    posted = Door(house, "discord", chat="91098")
    pushed = Door(house, "line")
    replied = Door(house, "line", group=True)
    house.simulator.faults.add(
        Rule(action="refuse", method="edit_original", chat=posted.chat, reason="token_expired"),
        Rule(action="cut", method="edit_original", chat=edited.chat),
        Rule(action="cut", method="create_message", chat=posted.chat),
        Rule(action="cut", method="push", chat=pushed.chat),
        Rule(action="cut", method="reply", chat=replied.chat),
        *(Rule(action="cut", platform=door.platform, method=SENDS[door.platform]) for door in keyless),
    )
    await late(pushed, "scores")
    for door in (*keyless, edited, posted, replied):
        await door.order(door.ana, "scores")
    for door in keyless:
        await house.record.wait(2, platform=door.platform, chat=door.chat)
        await house.settle()
        assert [SCORES in text for text in house.record.seen(door.platform, door.chat)] == [True, True], door.platform
    for door, attempts in ((edited, 2), (posted, 3), (pushed, 2)):
        await house.record.wait(attempts, platform=door.platform, chat=door.chat, delivered=None)
        await house.settle()
        assert len(house.record.seen(door.platform, door.chat)) == 1, door.platform
    for door in (posted, pushed):
        last = house.record.messages(door.platform, door.chat)[-1]
        assert last.duplicate, "recognised by the delivery's key"
    for door in (*keyless, edited, posted, pushed):
        assert [outcome for _, _, outcome in await house.log(door.address, "out")] == ["delivered"]

    assert len(house.record.messages("line", replied.chat)) == 1, "never by push: it could say everything twice"
    assert [outcome for _, _, outcome in await house.log(replied.address, "out")] == ["unknown"]
    [(_, unknowns)] = await dead(house, replied)
    assert unknowns == 1
    assert house.count("dead_letters_total", platform="line", reason="unknown") == 1
    assert await house.leftovers() == {}
    await replied.order(replied.ana, "help")
    assert HELP in (await house.record.wait(2, platform="line", chat=replied.chat))[-1].text


REFUSED: Final[dict[str, tuple[Reason, str]]] = {
    "telegram": ("blocked", "blocked"),
    "slack": ("kicked", "not_a_member"),
    "discord": ("blocked", "blocked"),
    "messenger": ("chat_not_found", "chat_not_found"),
    "line": ("chat_not_found", "chat_not_found"),
    "whatsapp": ("window_closed", "window_closed"),
}
"""What the platform is told to refuse by, and the reason that an operator reads."""


async def test_a_refusal_is_a_dead_letter_and_the_conversation_goes_on(house: House) -> None:
    for platform, (reason, told) in REFUSED.items():
        door = Door(house, platform)
        house.simulator.faults.add(Rule(action="refuse", platform=platform, method=SENDS[platform], reason=reason))
        await door.order(door.ana, "scores")
        await house.record.wait(1, platform=platform, chat=door.chat, delivered=None)
        await door.order(door.ana, "help")
        await door.read(HELP)
        await door.nothing_more()
        assert await dead(house, door) == [(told, 0)], platform
        assert [outcome for _, _, outcome in await house.log(door.address, "out")] == ["refused", "delivered"]
        assert house.count("dead_letters_total", platform=platform, reason=told) == 1
    assert await house.leftovers() == {}


async def test_order_is_kept_through_retries(house: House) -> None:
    """Five messages, the second reply failing and the fourth slow: the chat reads them in the order of the messages."""
    doors = [Door(house, platform, bot=name_of(platform, ECHO)) for platform in ("telegram", "slack", "whatsapp")]
    words = [f"message number {number}" for number in range(1, 6)]
    for door in doors:
        house.simulator.faults.add(
            Rule(action="status", status=503, platform=door.platform, contains=words[1]),
            Rule(action="slow", delay_s=0.3, platform=door.platform, contains=words[3]),
        )
    for text in words:
        for door in doors:
            await door.say(door.ana, text)
    for door in doors:
        assert [(await door.next()).text for _ in words] == words
        await door.nothing_more()


async def test_a_platform_that_cannot_be_reached(house: House) -> None:
    """A request that surely did not arrive is no unknown outcome; the reply comes when the platform is back."""
    door = Door(house, "telegram")
    await house.simulator.stop()
    await door.order(door.ana, "scores")
    await house.settle()
    assert house.count("platform_requests_total", platform="telegram", method="sendMessage", status="error") >= 1
    assert (await house.leftovers())["deliveries"] == 1
    await house.simulator.start()
    await door.read(SCORES)
    await door.nothing_more()
    assert house.count("sends_unknown_total", platform="telegram") == 0
    assert await house.leftovers() == {}
