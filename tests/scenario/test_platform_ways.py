"""What only one platform has: Discord's deferrals and modal, LINE's reply token, Telegram's groups that move."""

from __future__ import annotations

import itertools

import pytest

from ops.simulator import Rule, webhooks
from tests.scenario.doors import Door, changed, shape
from tests.scenario.house import ECHO, SIGNING, House, name_of

DEFERRED, ACKNOWLEDGED = {"type": 5}, {"type": 6}
NEW_CHAT = "-1009900"


async def test_every_deferral_of_discord_ends(house: House) -> None:
    """By an edit or a delete of its own, also where the turn says nothing. A press has none."""
    door = Door(house, "discord", group=True)
    webhook = door.text(door.ana, "/play")
    tokens = [shape(webhook)["token"]]
    assert (await door.send(webhook)).json == DEFERRED
    clue = await door.read("Clue 1 of")
    hint = dict(clue.buttons)["Hint"]
    for webhook, answer in (
        (door.text(door.ana, "/weather"), DEFERRED),  # nobody's command here: a silent turn
        (door.text(door.ben, "Qvxzk Wjplmb"), DEFERRED),
        (door.button(door.ben, hint, clue.message_id), ACKNOWLEDGED),
        (door.text(door.ana, "/skip"), DEFERRED),
    ):
        tokens.append(shape(webhook)["token"])
        assert (await door.send(webhook)).json == answer
        await house.settle()

    calls = house.record.calls("discord", chat=door.chat)
    assert [call.method for call in calls] == [
        "edit_original",
        "delete_original",
        "delete_original",
        "follow_up",
        "edit_original",
    ]
    assert all(call.delivered for call in calls)
    assert len(set(tokens)) == 5
    assert len({call.message_id for call in calls}) == 5, "each deferral is ended by itself"
    await door.read("Clue 2 of")
    await door.read("Skipped.")

    # What comes by itself answers nothing, and needs none.
    await house.ring(door.address, "next")
    assert (await door.read("Which article is this? Clue 1")).method == "create_message"
    await door.nothing_more()


async def test_discords_answer_button_opens_a_modal_whose_words_are_judged(house: House) -> None:
    door = Door(house, "discord")
    await door.order(door.ana, "play")
    clue = await door.read("Clue 1 of")
    opened = await door.press(door.ana, "Answer", clue)
    assert opened.json["type"] == 9
    field = opened.json["data"]["components"][0]["component"]["custom_id"]
    assert await house.value("select message_count from parlor.conversations") == 1, "the door opens it, statelessly"

    stamp = house.stamp()
    title = await house.title(door.address)
    modal = webhooks.discord_modal(
        SIGNING["discord"],
        door.chat,
        door.ana.id,
        door.ana.name,
        title,
        modal=opened.json["data"]["custom_id"],
        field=field,
        seq=stamp["seq"],
        at_ms=stamp["at_ms"],
    )
    assert (await door.send(modal)).json == DEFERRED
    await door.read("Yes, that is it!", title)
    await door.nothing_more()


async def test_one_reply_call_of_line_carries_a_turns_replies(house: House) -> None:
    door = Door(house, "line")
    await door.order(door.ana, "play")
    await door.read("Clue 1 of")
    await door.order(door.ana, "skip")
    answer, clue = await door.read("Skipped."), await door.read("Clue 1 of")
    assert [answer.method, clue.method] == ["reply", "reply"]
    assert answer.call == clue.call
    await door.nothing_more()


async def test_line_pushes_what_the_reply_call_cannot_carry(house: House) -> None:
    """At most five replies a call; the sixth goes on by push, with its retry key."""
    door = Door(house, "line", bot=name_of("line", ECHO))
    words = "".join(f"<{number:05}>" for number in range(3800))
    await door.say(door.ana, words)
    shown = [await door.next() for _ in range(6)]
    await door.nothing_more()
    assert "".join(message.text for message in shown) == words
    assert [message.method for message in shown] == ["reply"] * 5 + ["push"]
    assert [len(list(same)) for _, same in itertools.groupby(shown, key=lambda message: message.call)] == [5, 1]
    assert "X-Line-Retry-Key" in shown[-1].headers
    assert "X-Line-Retry-Key" not in shown[0].headers


async def test_line_pushes_when_the_reply_token_is_dead(house: House) -> None:
    door = Door(house, "line")
    await door.order(door.ana, "play")
    await door.read("Clue 1 of")
    house.simulator.faults.add(Rule(action="refuse", platform="line", method="reply", reason="token_expired"))
    await door.order(door.ana, "skip")
    answer, clue = await door.read("Skipped."), await door.read("Clue 1 of")
    assert [answer.method, clue.method] == ["push", "push"]
    await door.nothing_more()
    assert await house.leftovers() == {}


async def test_line_pushes_in_answer_to_a_late_redelivery(house: House) -> None:
    """Twenty minutes after an event its token is dead, and is not even tried."""
    door = Door(house, "line")
    body = shape(door.command(door.ana, "help"))
    body["events"][0]["timestamp"] -= 20 * 60_000
    body["events"][0]["deliveryContext"]["isRedelivery"] = True
    assert (await door.send(changed("line", body))).status == 200
    assert (await door.read("I give the clues")).method == "push"
    await door.nothing_more()
    assert house.record.calls("line", "reply") == []


@pytest.mark.parametrize("told_by", ["webhook", "send"])
async def test_a_telegram_group_that_moves_keeps_its_round(house: House, told_by: str) -> None:
    """Told by a service message, or by the API's refusal of the next reply, whichever is first."""
    old = Door(house, "telegram", group=True, chat="-7700")
    new = Door(house, "telegram", group=True, chat=NEW_CHAT)
    await old.order(old.ana, "play")
    await old.read("Clue 1 of")
    title = await house.title("-7700")
    if told_by == "webhook":
        for chat, field, other in (
            ("-7700", "migrate_to_chat_id", NEW_CHAT),
            (NEW_CHAT, "migrate_from_chat_id", "-7700"),
        ):
            body = shape(Door(house, "telegram", group=True, chat=chat).text(old.ana, ""))
            del body["message"]["text"]
            body["message"][field] = int(other)
            assert (await old.send(changed("telegram", body))).status == 200
    else:
        house.simulator.faults.add(
            Rule(action="refuse", platform="telegram", chat="-7700", reason="migrated", new_chat=NEW_CHAT, times=None)
        )
        await old.order(old.ana, "hint")
        await new.read("Clue 2 of")
    assert await house.rows("select address from parlor.conversations") == [(NEW_CHAT,)]

    await new.say(new.ben, title)
    await house.ring(NEW_CHAT, "reveal")
    await new.read("Yes! Ben Okoro got it")
    await new.order(new.ana, "scores")
    await new.read("1. Ben Okoro: ")
    await old.nothing_more()
    assert await house.leftovers() == {}
    assert await house.value("select count(*) from parlor.dead_letters") == 0
