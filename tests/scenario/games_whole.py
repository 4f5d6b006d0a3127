"""How each of the six games is played to its end at a platform's door: alone, and by four in a group.

Owns the moves and what every player relies on at each: the opening, silence on a miss, a board that stays one message where
the platform can edit, nothing of the answer before the end, the reveal. What is asserted around a game is in the test.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from string import ascii_lowercase
from typing import Final, NamedTuple

from article_data.clues.masking import MASK
from article_data.naming import fold
from languages.voice import Voice, voice_of
from ops.simulator import Sent
from tests.scenario.doors import Door, Person

WRONG: Final = "Qvxzk Wjplmb"
EDITS: Final = ("telegram", "slack", "discord")
"""Where a board is changed in place."""
HIDE_PICKS: Final = ("telegram", "slack", "discord")
"""Where nobody else in a group sees a press."""


class Ending(NamedTuple):
    """How a round ended."""

    reveal: str
    winner: str
    """Who is on top of the scores."""
    points: int
    """That the winner has."""


class Table:
    """A chat in which people play in one language, what they read so far, and what must not be read before the end."""

    def __init__(self, door: Door, language: str, alone: Person | None) -> None:
        self.door = door
        self.house = door.house
        self.voice: Voice = voice_of(language)
        self.language = language
        self.alone = alone
        self.edits = door.platform in EDITS
        self.hides_picks = door.platform in HIDE_PICKS

    @property
    def people(self) -> tuple[Person, Person, Person, Person]:
        """Who plays, in turns; alone it is always the same one."""
        one = self.alone
        return (one, one, one, one) if one else (self.door.ana, self.door.ben, self.door.cleo, self.door.dan)

    @property
    def address(self) -> str:
        """The conversation's."""
        return self.door.address

    async def begin(self, game: str) -> Sent:
        """Start a round in the table's language; return its opening."""
        first = self.people[0]
        if self.language != "en":
            await self.orders(first, f"language {self.language}")
            await self.door.read(self.voice.say("I speak English now."))
        await self.orders(first, f"play {game}")
        return await self.door.next()

    async def orders(self, who: Person, command: str) -> None:
        """Give an order with its slash, which is read in every language."""
        if self.door.platform == "slack":
            await self.door.order(who, command)
        else:
            await self.door.say(who, f"/{command}")

    async def misses(self, who: Person, words: str = WRONG) -> None:
        """A wrong answer: a word in private, silence in a group."""
        await self.door.say(who, words)
        if self.alone:
            await self.door.read(self.voice.say("Not quite. Try again, or take a hint?"))
        else:
            await self.door.nothing_more()

    async def answers(self, who: Person, words: str) -> Ending:
        """The right answer: told at once in private, in a group after a second of silence."""
        await self.door.answer(who, words)
        return await self.solved(who)

    async def solved(self, who: Person) -> Ending:
        """What follows a right answer."""
        if self.alone:
            text = (await self.door.next()).text
            said = self.voice.say("Yes, that is it! {points}.", points="POINTS")
        else:
            if await self.house.hold(self.address, "reveal"):
                await self.door.nothing_more()
            await self.house.ring(self.address, "reveal")
            text = (await self.door.next()).text
            said = self.voice.say("Yes! {name} got it: {points}.", name=who.name, points="POINTS")
        found = re.match(re.escape(said).replace("POINTS", r"(\d+) \w+"), text)
        assert found, text
        return Ending(text, who.name, int(found[1]))

    async def picks(self, who: Person, title: str, under: Sent) -> None:
        """Press the button of a title, which may be shortened."""
        label = next(label for label, _ in under.buttons if title.startswith(label.rstrip("…")))
        await self.door.press(who, label, under)

    async def changed(self, board: Sent, *words: str) -> Sent:
        """The board's next version: the same message where the platform edits, else another one.

        A command of Discord shows as waiting until it is answered, so that its answer is the board from then on.
        """
        after = await self.door.read(*words)
        if after.method == "edit_original" and after.message_id != board.message_id:
            assert after.message_id not in self.door.seen, "a deferral's own"
        elif self.edits:
            assert (after.effect, after.message_id) == ("edit", board.message_id)
        else:
            assert after.effect == "post"
            assert after.message_id != board.message_id
        return after


def hides(text: str, answer: str) -> bool:
    """Whether a text says nothing of the answer."""
    return f" {fold(answer)} " not in f" {fold(text)} "


async def guess(table: Table) -> Ending:
    """Clues by time in a group, by asking alone."""
    one, two, three, four = table.people
    voice = table.voice
    opening = await table.begin("guess")
    round_ = await table.house.round(table.address)
    title, total = round_["secret"]["title"], len(round_["state"]["marks"])
    assert voice.say("Which article is this? Clue {number} of {total}:", number=1, total=total) in opening.text
    await table.misses(two)
    if not table.alone:
        assert await table.house.ring(table.address, "round") == ["round"]
        second = await table.door.read(voice.say("Clue {number} of {total}:", number=2, total=total))
    else:
        await table.door.press(one, voice.say("Hint"), opening)
        second = await table.door.read(voice.say("Clue {number} of {total}:", number=2, total=total))
    await table.door.press(three, voice.say("Hint"), second)
    third = await table.door.read(voice.say("Clue {number} of {total}:", number=3, total=total))
    assert all(hides(shown.text, title) for shown in (opening, second, third))
    return await table.answers(four, title)


async def blank(table: Table) -> Ending:
    """A sentence whose missing word shows letter by letter."""
    _, two, three, four = table.people
    opening = await table.begin("blank")
    round_ = await table.house.round(table.address)
    state, title = round_["state"], round_["secret"]["title"]
    word: str = state["word"]
    assert table.voice.say("From the article {title}:", title=title) in opening.text
    assert f"{state['before']}{MASK}{state['after']}" in opening.text
    assert "_ " * (len(word) - 1) + "_" in opening.text
    await table.misses(two)
    if table.alone:
        await table.door.press(three, table.voice.say("Hint"), opening)
    else:
        assert await table.house.ring(table.address, "round") == ["round"]
    board = await table.changed(opening, MASK)
    assert word[state["order"][0]] in board.text.rpartition(":")[2], "a letter of it"
    assert all(hides(shown.text, word) for shown in (opening, board))
    ending = await table.answers(four, word)
    assert table.voice.say("The word was: {word}", word=word) in ending.reveal
    return ending


async def letters(table: Table) -> Ending:
    """A title as blanks: a letter that is in it, one that is not, then the title."""
    one, two, three, four = table.people
    opening = await table.begin("letters")
    title = await table.house.title(table.address)
    known = set(fold(title))
    assert "_" in opening.text
    right = next(letter for letter in fold(title) if letter in ascii_lowercase)
    wrong = next(letter for letter in ascii_lowercase if letter not in known)
    await table.door.say(one, right)
    board = await table.changed(opening, "_")
    assert board.text.count("_") < opening.text.count("_")
    await table.door.say(two, wrong)
    after = await table.changed(board, table.voice.say("Not in it: {letters}", letters=wrong))
    if not table.alone:
        await table.misses(three)
    assert all(hides(shown.text, title) for shown in (opening, board, after))
    ending = await table.answers(four, title)
    # Who found the letter has its point; alone that is the one who wins, too.
    scores = (await table.house.kept(table.address))["scores"]
    assert scores[one.id][1] == (1 + ending.points if table.alone else 1)
    return ending._replace(points=scores[four.id][1])


async def which(table: Table) -> Ending:
    """Four titles, one pick each: hidden where presses are, else the first right one wins."""
    one, two, three, four = table.people
    opening = await table.begin("which")
    state = (await table.house.round(table.address))["state"]
    titles: list[str] = state["titles"]
    right, wrong = titles[state["right"]], titles[state["right"] - 1]
    assert state["clue"] in opening.text
    offered = [label for label, _ in opening.buttons if label != "Answer"]
    assert len(offered) == 4
    assert hides(opening.text, right)
    if table.alone:
        await table.picks(one, right, opening)
        return await table.solved(one)
    await table.picks(two, wrong, opening)
    await table.door.nothing_more()
    await table.picks(two, right, opening)  # only the first pick counts
    await table.picks(four, right, opening)
    await table.door.nothing_more()
    if not table.hides_picks:
        return await table.solved(four)
    await table.door.say(three, wrong)
    await table.door.nothing_more()
    assert await table.house.ring(table.address, "round") == ["round"]
    reveal = await table.door.read(table.voice.say("The round is over."), f"{wrong}: {two.name}")
    assert three.name in reveal.text
    found = re.search(rf"{re.escape(right)}: {four.name} \+(\d+)\n", reveal.text)
    assert found, reveal.text
    return Ending(reveal.text, four.name, int(found[1]))


async def path(table: Table) -> Ending:
    """From one article to another: one goes astray, one follows a shortest way."""
    one, two, _, four = table.people
    opening = await table.begin("path")
    round_ = await table.house.round(table.address)
    start, goal = round_["secret"]["title"], round_["state"]["goal"][1]
    way = round_["state"]["way"]
    assert (way[0], way[-1]) == (start, goal)
    assert start in opening.text
    assert goal in opening.text
    board = opening
    if not table.alone:
        if table.door.platform != "discord":  # there only what is meant for the bot reaches it
            await table.door.say(two, "who has seen my keys today, I need them")
            await table.door.nothing_more()
        await table.door.say(one, way[1])
        board = await table.changed(board, f"{one.name}: {way[1]}")
    for title in way[1:-1]:
        await table.door.say(four, title)
        board = await table.changed(board, title)
    await table.door.say(four, goal)
    steps, voice = len(way) - 1, table.voice
    if table.alone:
        await table.door.read(voice.count("You are there, in {n} step!", "You are there, in {n} steps!", steps))
    reveal = await table.door.read(voice.say("A shortest way: {way}", way=" → ".join(way)))
    if not table.alone:
        there = voice.count("{name} is there, in {n} step!", "{name} is there, in {n} steps!", steps, name=four.name)
        assert there in reveal.text
    scores = (await table.house.kept(table.address))["scores"]
    return Ending(reveal.text, four.name, scores[four.id][1])


QUESTION: Final = {"en": "Is it a person?", "de": "Ist es eine Person?"}


async def twenty(table: Table) -> Ending:
    """Questions that are answered, then the name."""
    one, two, three, four = table.people
    voice = table.voice
    opening = await table.begin("twenty")
    title = await table.house.title(table.address)
    assert "20" in opening.text
    if not table.alone:
        await table.door.say(two, "nice weather today")
        await table.door.nothing_more()
    await table.door.say(three, QUESTION[table.language])
    answer = await table.door.next()
    parts = {"n": 1, "all": 20}
    assert answer.text in (voice.say("Yes. ({n} of {all})", **parts), voice.say("No. ({n} of {all})", **parts))
    await table.orders(one, "hint")
    hint = await table.door.next()
    assert all(hides(shown.text, title) for shown in (opening, answer, hint))
    ending = await table.answers(four, title)
    asked = voice.count("{n} question was asked.", "{n} questions were asked.", 1)
    assert asked in ending.reveal
    return ending


PLAYED: Final[dict[str, Callable[[Table], Awaitable[Ending]]]] = {
    "guess": guess,
    "blank": blank,
    "letters": letters,
    "which": which,
    "path": path,
    "twenty": twenty,
}
