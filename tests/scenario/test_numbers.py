"""Where a platform takes no buttons, too few, or only short ones, what is shown can be played by its numbers all the same."""

from __future__ import annotations

from ops.simulator import Sent
from tests.scenario.doors import Door
from tests.scenario.house import House


def number_of(words: str, shown: Sent) -> str:
    """The number in front of the words."""
    (line,) = [line for line in shown.text.splitlines() if line.partition(". ")[2] == words]
    return line.partition(". ")[0]


async def test_a_list_of_whatsapp_is_picked_from(house: House) -> None:
    door = Door(house, "whatsapp")
    await door.order(door.ana, "games")
    games = await door.read("What shall we play?")
    assert games.body["interactive"]["type"] == "list"
    await door.press(door.ana, "Which one", games)
    asked = await door.read("Which one is this?")
    state = (await house.round(door.address))["state"]
    await door.press(door.ana, state["titles"][state["right"]], asked)
    reveal = await door.read("Yes, that is it!")
    assert reveal.body["interactive"]["type"] == "button"
    await door.nothing_more()
    assert [sent for sent in house.record.calls() if sent.error] == []


async def test_a_group_of_whatsapp_plays_by_numbers(house: House) -> None:
    """Its groups take words only: choices and links are numbered, and so is what buttons say elsewhere."""
    door = Door(house, "whatsapp", group=True)
    await door.order(door.ana, "games")
    games = await door.read("What shall we play?")
    await door.say(door.ben, number_of("Guess the article", games))
    clue = await door.read("Clue 1 of")
    await door.say(door.cleo, number_of("Hint", clue))
    await door.read("Clue 2 of")
    await door.say(door.dan, await house.title(door.address))
    await house.ring(door.address, "reveal")
    await door.read("Yes! Dan Weiss got it", "Play again")

    await door.order(door.ana, "play which")
    asked = await door.read("Which one is this?")
    state = (await house.round(door.address))["state"]
    await door.say(door.ben, number_of(state["titles"][state["right"]], asked))
    await house.ring(door.address, "reveal")
    await door.read("Yes! Ben Okoro got it")

    await door.order(door.ana, "play path")
    board = await door.read("From ")
    way = (await house.round(door.address))["state"]["way"]
    for title in way[1:-1]:
        await door.say(door.ana, number_of(title, board) if f". {title}" in board.text else title)
        board = await door.read(title)
    await door.say(door.ana, way[-1])
    await door.read("Ana Lima is there")
    await door.nothing_more()
    shown = house.record.messages("whatsapp", door.chat)
    assert all(sent.delivered and not sent.buttons for sent in shown)
    assert [sent for sent in house.record.calls() if sent.error] == []
    assert await house.leftovers() == {}


async def test_a_round_of_twenty_on_discord_promises_nothing_that_it_does_not_hear(house: House) -> None:
    """Replies and mentions do not reach the bot there."""
    for platform, hears in (("slack", True), ("discord", False)):
        door = Door(house, platform, group=True)
        await door.order(door.ana, "play twenty")
        opening = await door.read("I am thinking of an article.")
        assert ("Reply to me or mention me" in opening.text) is hears
