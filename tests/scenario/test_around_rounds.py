"""What stands around rounds, whole: matches, the daily challenge, languages, and clues that people report."""

from __future__ import annotations

import re
from pathlib import Path

import aiohttp
import asyncpg

from languages.voice import voice_of
from ops.simulator import Simulator
from tests.article_data.reader.stored import publish_build
from tests.conftest import Database
from tests.scenario.doors import CHATS, Door, Person, changed, shape
from tests.scenario.house import House, open_core, settings_for


async def test_a_match_has_a_winner(house: House) -> None:
    door = Door(house, "telegram", group=True)
    await door.say(door.ana, "/play guess 3")
    points = {door.ben: 0, door.cleo: 0}
    reveal = None
    for number, winner in enumerate((door.ben, door.cleo, door.ben), 1):
        await door.read(f"Round {number} of 3.", "Clue 1 of")
        await door.say(winner, await house.title(door.address))
        await house.ring(door.address, "reveal")
        reveal = await door.read(f"Yes! {winner.name} got it:", "https://")
        points[winner] += int(re.findall(r"got it: (\d+) points", reveal.text)[0])
        if number < 3:
            assert "The match is over" not in reveal.text
            await house.ring(door.address, "next")
    ben, cleo = points[door.ben], points[door.cleo]
    assert reveal is not None
    assert f"The match is over, and Ben Okoro wins it with {ben} points!" in reveal.text
    assert f"1. Ben Okoro: {ben} points\n2. Cleo Marsh: {cleo} points" in reveal.text
    await door.say(door.dan, "/scores")
    await door.read(f"1. Ben Okoro: {ben} points, 2 wins\n2. Cleo Marsh: {cleo} points, 1 win")
    await door.nothing_more()
    assert await house.value("select count(*) from parlor.timers") == 0


async def test_a_match_that_nobody_plays_ends_itself(house: House) -> None:
    """After two rounds in which nobody spoke; a chat is not talked to for ever."""
    door = Door(house, "telegram", group=True)
    await door.say(door.ana, "/play guess 20")
    await door.read("Round 1 of 20.")
    assert await house.ring(door.address, "idle") == ["idle"]
    await door.read("It has been quiet for a while")
    await house.ring(door.address, "next")
    await door.read("Round 2 of 20.")
    assert await house.ring(door.address, "idle") == ["idle"]
    await door.read("It is quiet here, so I stop.")
    await door.nothing_more()
    assert await house.value("select count(*) from parlor.timers") == 0


async def test_the_daily_challenge_is_the_same_everywhere(house: House) -> None:
    shares: list[str] = []
    sets: list[list[str]] = []
    for platform in ("telegram", "line"):
        door = Door(house, platform)
        await door.say(door.ana, "/daily")
        await door.read("The daily challenge: 5 articles, the same for everyone today.")
        titles = (await house.kept(door.address))["match"]["titles"]
        sets.append(titles)
        read = ""
        for number, title in enumerate(titles, 1):
            clue = await door.read(f"Round {number} of 5.", "Clue 1 of")
            read += clue.text
            await door.say(door.ana, title if number != 2 else "/giveup")
            await door.read(title, "https://")
        share = (await door.read("Daily challenge ", ": 4 of 5")).text
        assert not [title for title in titles if title in share]
        shares.append(share)
        await door.say(door.ana, "/daily")
        await door.read(share.partition("\n\n")[0], "The next one begins at midnight UTC.")
        await door.nothing_more()
    assert sets[0] == sets[1]
    assert len(set(sets[0])) == 5
    group = Door(house, "telegram", group=True)
    await group.say(group.ben, "/daily")
    await group.read("The daily challenge is played alone")
    await group.nothing_more()


async def test_the_bot_speaks_as_the_platform_hints_and_as_it_is_told(house: House) -> None:
    door = Door(house, "telegram")
    body = shape(door.text(door.ana, "/play guess"))
    body["message"]["from"]["language_code"] = "de-AT"
    assert (await door.send(changed("telegram", body))).status == 200
    await door.read("Welcher Artikel ist das?")
    assert (await house.round(door.address))["secret"]["language"] == "de"
    await door.say(door.ana, "/giveup")
    await door.read("https://de.wikipedia.org/")

    await door.say(door.ana, "/language")
    asked = await door.next()
    assert [label for label, _ in asked.buttons] == [
        "English",
        "Deutsch",
        "Español",
        "Français",
        "Italiano",
        "Português",
    ]
    await door.press(door.ana, "Français", asked)
    await door.read(voice_of("fr").say("I speak English now."))
    await door.say(door.ana, "/play guess")
    # There are no articles in French here: it says so, and plays with others.
    await door.read(voice_of("fr").say("I have no articles in your language here, so the clues are in another."))
    await door.next()
    await door.say(door.ana, "/language en")
    await door.read("I speak English now.")
    await door.nothing_more()


async def test_a_clue_that_three_people_report_is_not_played_any_more(
    database: Database, owner: asyncpg.Connection[asyncpg.Record], simulator: Simulator, tmp_path: Path
) -> None:
    """Three different people, wherever they are; by the books, and learned by every core."""
    store = tmp_path / "store"
    publish_build(store, ("Otter",))
    async with (
        open_core(settings_for(store, simulator.url), database.url) as core,
        aiohttp.ClientSession() as session,
    ):
        house = House(core, simulator, owner, session)
        group = Door(house, "telegram", group=True)

        async def first_clue(who: Person) -> str:
            """What another chat is shown first, once the books are closed."""
            await core.store.fold_deeds(100)
            await core.answers.refresh()
            door = Door(house, "telegram", chat=who.id)
            await door.say(who, "/play guess")
            text = (await door.read("Which article is this?")).text
            return text[text.index("Which article is this?") :]

        await group.say(group.ana, "/play guess")
        await group.read("Clue 1 of 6:\n\nClue 1 of what swims")
        for who in (group.ana, group.ben, group.ana, group.ana):
            await group.say(who, "/report")
            await group.read("When three people say so")
        assert "Clue 1 of 6:\n\nClue 1 of what swims" in await first_clue(CHATS["telegram"].ana)
        await group.say(group.cleo, "/report")
        await group.read("When three people say so")
        assert "Clue 1 of 5:\n\nClue 2 of what swims" in await first_clue(CHATS["telegram"].ben)
