"""A round at each platform's door, from the signed webhook to the platform's API, with the state in the database."""

from __future__ import annotations

import pytest

from article_data.judge.judging import judge
from article_data.judge.key import make_key
from tests.scenario.doors import GROUPS, LOOKED_UP, Door
from tests.scenario.house import PLATFORMS, House

WRONG = "Qvxzk Wjplmb"


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_private_round_is_won(house: House, platform: str) -> None:
    door = Door(house, platform)
    await door.order(door.ana, "play")
    clue = await door.read("Clue 1 of")
    assert {"Hint", "Give up"} <= {label for label, _ in clue.buttons}

    await door.press(door.ana, "Hint", clue)
    await door.read("Clue 2 of")
    await door.say(door.ana, WRONG)
    await door.read("Not quite")
    title = await house.title(door.address)
    assert title not in clue.text
    await door.say(door.ana, title)
    await door.read("Yes! You got it after 2 clues: 9 points.", title, "https://")
    await door.order(door.ana, "scores")
    await door.read("1. Ana Lima: 9 points, 1 win")

    await door.nothing_more()
    incoming, outgoing = await house.log(door.address, "in"), await house.log(door.address, "out")
    assert [(number, outcome) for number, _, outcome in incoming] == list(
        enumerate(("started", "clue", "wrong", "correct", "scores"), 1)
    )
    assert [(number, outcome) for number, _, outcome in outgoing] == [(n, "delivered") for n in range(1, 6)]
    assert await house.leftovers() == {}
    assert await house.value("select count(*) from parlor.sessions") == 1
    assert await house.value("select count(*) from parlor.dedupe_keys") == 5
    assert await house.value("select count(*) from parlor.timers") == 0
    assert await house.value("select count(*) from parlor.log where direction = 'out' and message_id is null") == 0
    refused = [sent for sent in house.record.calls() if sent.error]
    assert refused == []


@pytest.mark.parametrize("platform", sorted(LOOKED_UP))
async def test_a_name_is_looked_up_once(house: House, platform: str) -> None:
    door = Door(house, platform)
    for _ in range(2):
        await door.order(door.ana, "play")
        await door.read("Clue 1 of")
        await door.say(door.ana, await house.title(door.address))
        await door.read("Yes!")
    await door.order(door.ana, "scores")
    await door.read("1. Ana Lima: 20 points, 2 wins")
    assert len(house.record.calls(platform, LOOKED_UP[platform])) == 1


@pytest.mark.parametrize("platform", GROUPS)
async def test_a_group_races(house: House, platform: str) -> None:
    door = Door(house, platform, group=True)
    hears_talk = platform != "discord"
    if hears_talk:
        await door.say(door.ben, "anybody hungry?")
        await door.nothing_more()
    await door.order(door.ana, "play")
    await door.read("Clue 1 of")
    await door.say(door.ben, WRONG)
    if hears_talk:
        await door.nothing_more()
    else:
        await door.read("Not it.")
    title = await house.title(door.address)
    await door.say(door.ben, title)
    await door.read("Yes! Ben Okoro got it after the first clue: 10 points.", title, "https://")
    await door.say(door.ana, title)
    if hears_talk:
        await door.nothing_more()  # the round is over, so this is talk again
    else:
        await door.read("I did not get that")
    await door.order(door.ana, "scores")
    await door.read("1. Ben Okoro: 10 points, 1 win")
    await door.nothing_more()
    assert await house.leftovers() == {}
    assert [sent for sent in house.record.calls() if sent.error] == []


async def test_both_race_for_the_same_article_and_one_wins(house: House) -> None:
    """The right answer of two at once: the first accepted has the points, the other is talk."""
    door = Door(house, "telegram", group=True)
    await door.order(door.ana, "play")
    await door.read("Clue 1 of")
    title = await house.title(door.address)
    await door.say(door.ben, title)
    await door.say(door.ana, title)
    await door.read("Yes! Ben Okoro")
    await door.nothing_more()


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_give_up_and_skip_tell_the_answer(house: House, platform: str) -> None:
    door = Door(house, platform)
    await door.order(door.ana, "play")
    first = await door.read("Clue 1 of")
    title = await house.title(door.address)
    await door.press(door.ana, "Skip", first)
    await door.read("Skipped. It was:", title)
    second = await door.read("Clue 1 of")
    other = await house.title(door.address)
    assert judge(other, make_key(title)).kind == "reject"
    await door.press(door.ana, "Give up", second)
    await door.read("No shame", other, "https://")
    await door.nothing_more()
