"""A round at each platform's door, from the signed webhook to the platform's API, with the state in the database."""

from __future__ import annotations

import time
from typing import Any

import pytest

from article_data.judge.judging import judge
from article_data.judge.key import make_key
from game_state.games.points import points_for
from tests.held_timers import hold
from tests.scenario.doors import GROUPS, LOOKED_UP, Door
from tests.scenario.house import PLATFORMS, House

WRONG = "Qvxzk Wjplmb"


def points_now(round_: Any) -> int:
    """What naming the article alone is worth now, by the rules that players read."""
    state = round_["state"]
    return points_for((state["shown"] - 1) / (len(state["marks"]) - 1), round_["secret"]["level"])


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_private_round_is_won(house: House, platform: str) -> None:
    door = Door(house, platform)
    await door.order(door.ana, "play")
    clue = await door.read("Clue 1 of")
    assert {"Hint", "Skip", "Give up"} <= {label for label, _ in clue.buttons}

    at_once = points_now(await house.round(door.address))
    await door.press(door.ana, "Hint", clue)
    hint = await door.read("Clue 2 of")
    await door.say(door.ana, WRONG)
    await door.read("Not quite")
    title = await house.title(door.address)
    assert title not in clue.text + hint.text
    points = points_now(await house.round(door.address))
    assert points < at_once
    await door.say(door.ana, title)
    await door.read(f"Yes, that is it! {points} points.", title, "https://")
    await door.order(door.ana, "scores")
    await door.read(f"1. Ana Lima: {points} points, 1 win")

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
    points = 0
    for _ in range(2):
        await door.order(door.ana, "play")
        await door.read("Clue 1 of")
        points += points_now(await house.round(door.address))
        await door.say(door.ana, await house.title(door.address))
        await door.read("Yes, that is it!")
    await door.order(door.ana, "scores")
    await door.read(f"1. Ana Lima: {points} points, 2 wins")
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
    await door.nothing_more()
    title, points = await house.title(door.address), points_now(await house.round(door.address))
    await hold(house.owner, "reveal")
    await door.say(door.ben, title)
    await house.played(door.address)
    await door.nothing_more()  # nor does it tell within the second that somebody was right
    assert await house.ring(door.address, "reveal") == ["reveal"]
    await door.read(f"Yes! Ben Okoro got it: {points} points.", title, "https://")
    await door.say(door.ana, title)
    if hears_talk:
        await door.nothing_more()  # the round is over, so this is talk again
    else:
        await door.read("I did not get that")
    await door.order(door.ana, "scores")
    await door.read(f"1. Ben Okoro: {points} points, 1 win")
    await door.nothing_more()
    assert await house.leftovers() == {}
    assert await house.value("select count(*) from parlor.timers") == 0
    assert [sent for sent in house.record.calls() if sent.error] == []


async def test_a_groups_reveal_comes_by_itself(house: House) -> None:
    """A second after the right answer, and not sooner than three after what the bot said before."""
    door = Door(house, "telegram", group=True)
    begun = time.monotonic()
    await door.order(door.ana, "play")
    clue = await door.read("Clue 1 of")
    await door.say(door.ben, await house.title(door.address))
    [revealed] = (await house.record.wait(2, 30, platform="telegram", chat=door.chat))[1:]
    assert "Yes! Ben Okoro got it" in revealed.text
    # The three seconds are counted from the turn of the clue, which was sooner than it arrived.
    assert revealed.at_monotonic - begun >= 3.0
    assert revealed.at_monotonic - clue.at_monotonic < 8


async def test_right_answers_of_the_same_second_are_worth_the_same(house: House) -> None:
    """By the platform's clock: who wrote it later has nothing, though the reveal is not out yet."""
    door = Door(house, "telegram", group=True)
    await door.order(door.ana, "play")
    await door.read("Clue 1 of")
    title, points = await house.title(door.address), points_now(await house.round(door.address))
    await hold(house.owner, "reveal")
    await door.say(door.ben, title)
    await door.say(door.ana, title)
    await door.send(door.text(door.cleo, title, later_ms=3000))
    await door.nothing_more()
    await house.ring(door.address, "reveal")
    await door.read(f"Yes! Ben Okoro and Ana Lima got it in the same second: {points} points each.", title)
    await door.order(door.ana, "scores")
    board = await door.read(f"Ana Lima: {points} points, 1 win", f"Ben Okoro: {points} points, 1 win")
    assert "Cleo" not in board.text
    await door.nothing_more()


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_give_up_and_skip_tell_the_answer(house: House, platform: str) -> None:
    door = Door(house, platform)
    await door.order(door.ana, "play")
    first = await door.read("Clue 1 of")
    title = await house.title(door.address)
    await door.press(door.ana, "Skip", first)
    await door.read("Skipped.", title)
    second = await door.read("Clue 1 of")
    other = await house.title(door.address)
    assert judge(other, make_key(title)).kind == "reject"
    await door.press(door.ana, "Give up", second)
    await door.read("No shame", other, "https://")
    await door.nothing_more()
