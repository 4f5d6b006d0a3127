"""What players do and see at a platform: they write, give orders, press buttons, and read what arrives, in order.

Owns the differences between the platforms' ways in, so that the scenarios read the same for all of them.
"""

from __future__ import annotations

import time
from typing import Any, Final, NamedTuple

import msgspec

from ops.simulator import Sent, webhooks
from ops.simulator.signatures import sign
from ops.simulator.webhooks import Webhook
from tests.scenario.house import SIGNING, Answer, House, name_of


class Person(NamedTuple):
    """A player, as a platform knows them."""

    id: str
    name: str


class Chats(NamedTuple):
    """Who plays at a platform, and where."""

    ana: Person
    ben: Person
    cleo: Person
    dan: Person
    private: str
    """Ana's chat with the bot."""
    group: str
    """Where all are; empty where the platform has no groups."""


_NAMES: Final = ("Ana Lima", "Ben Okoro", "Cleo Marsh", "Dan Weiss")
_IDS: Final = {
    "telegram": ("4201", "4202", "4203", "4204"),
    "slack": ("U0ANA", "U0BEN", "U0CLEO", "U0DAN"),
    "discord": ("81001", "81002", "81003", "81004"),
    "messenger": ("7100001", "7100002", "7100003", "7100004"),
    "line": ("U" + "a" * 32, "U" + "b" * 32, "U" + "c" * 32, "U" + "d" * 32),
    "whatsapp": ("5511900000001", "5511900000002", "5511900000003", "5511900000004"),
}
_PLACES: Final = {
    "telegram": ("4201", "-1007700"),
    "slack": ("D0ANA", "C0ROOM"),
    "discord": ("91001", "91002"),
    "messenger": ("7100001", ""),
    "line": ("U" + "a" * 32, "C" + "c" * 32),
    "whatsapp": ("5511900000001", "120363001"),
}


def _chats(platform: str) -> Chats:
    ana, ben, cleo, dan = map(Person, _IDS[platform], _NAMES)
    private, group = _PLACES[platform]
    return Chats(ana, ben, cleo, dan, private, group)


CHATS: Final = {platform: _chats(platform) for platform in _IDS}
GROUPS: Final = tuple(platform for platform, chats in CHATS.items() if chats.group)
LOOKED_UP: Final = {"slack": "users.info", "messenger": "profile", "line": "profile"}
"""The API call by which names are looked up, where events lack them."""


class Door:
    """One chat at a platform."""

    def __init__(
        self, house: House, platform: str, *, group: bool = False, chat: str = "", thread: str = "", bot: str = ""
    ) -> None:
        """Ana's private chat or the group, unless `chat` names another; a `thread` of it (Slack); `bot` is the bot's name."""
        chats = CHATS[platform]
        self.house = house
        self.platform = platform
        self.group = group
        self.chat = chat or (chats.group if group else chats.private)
        self.thread = thread
        self.ana, self.ben, self.cleo, self.dan = chats.ana, chats.ben, chats.cleo, chats.dan
        self.bot = bot or name_of(platform)
        self._read = 0
        house.simulator.people.introduce(
            {person.id: person.name for person in (self.ana, self.ben, self.cleo, self.dan)}
        )

    @property
    def address(self) -> str:
        """The conversation's address in the database."""
        if self.thread:
            return f"{self.chat}:{self.thread}"
        return f"g:{self.chat}" if self.platform == "whatsapp" and self.group else self.chat

    def text(self, who: Person, words: str, *, later_ms: int = 0) -> Webhook:
        """A message of words; `later_ms`: written so long from now, by the platform's clock."""
        stamp = self.house.stamp()
        return webhooks.text(
            self.platform,
            SIGNING[self.platform],
            self.chat,
            who.id,
            who.name,
            words,
            seq=stamp["seq"],
            at_ms=stamp["at_ms"] + later_ms,
            group=self.group,
            thread=self.thread or None,
        )

    def button(self, who: Person, value: str, message_id: str | None = None, *, listed: bool = False) -> Webhook:
        """A press, or a choice from a list."""
        stamp = self.house.stamp()
        return webhooks.press(
            self.platform,
            SIGNING[self.platform],
            self.chat,
            who.id,
            who.name,
            value,
            seq=stamp["seq"],
            at_ms=stamp["at_ms"],
            group=self.group,
            message_id=message_id,
            listed=listed,
        )

    def command(self, who: Person, command: str) -> Webhook:
        """An order, by the platform's own kind of command where it has one, else as plain words. Slack's threads have none."""
        match self.platform:
            case "slack" if not self.thread:
                stamp, (name, _, words) = self.house.stamp(), command.partition(" ")
                return webhooks.slack_command(
                    SIGNING["slack"], self.chat, who.id, who.name, name, words, seq=stamp["seq"], at_ms=stamp["at_ms"]
                )
            case "telegram" | "discord":
                return self.text(who, f"/{command}")
            case _:
                # In a group a bare word is not meant for the bot.
                return self.text(who, f"/{command}" if self.group else command)

    async def send(self, webhook: Webhook) -> Answer:
        """Deliver, as the platform does."""
        return await self.house.post(self.platform, webhook, bot=self.bot)

    async def say(self, who: Person, words: str) -> Answer:
        """Write; it has to be acknowledged."""
        return _acknowledged(await self.send(self.text(who, words)))

    async def order(self, who: Person, command: str) -> Answer:
        """Give an order; likewise."""
        return _acknowledged(await self.send(self.command(who, command)))

    async def press(self, who: Person, label: str, under: Sent) -> Answer:
        """Press the button with this label under a message; likewise."""
        values = dict(under.buttons)
        assert label in values, f"{under.text!r} has the buttons {list(values)}"
        listed = under.body.get("interactive", {}).get("type") == "list"
        return _acknowledged(await self.send(self.button(who, values[label], under.message_id, listed=listed)))

    async def answer(self, who: Person, words: str) -> Answer:
        """Answer what is asked: write it, or where plain messages do not reach the bot, by the form of the last button for it."""
        under = next((shown for shown in reversed(self._shown()) if "Answer" in dict(shown.buttons)), None)
        if self.platform != "discord" or under is None:
            return await self.say(who, words)
        form, stamp = (await self.press(who, "Answer", under)).json["data"], self.house.stamp()
        field = form["components"][0]["component"]["custom_id"]
        modal = webhooks.discord_modal(
            SIGNING["discord"],
            self.chat,
            who.id,
            who.name,
            words,
            seq=stamp["seq"],
            at_ms=stamp["at_ms"],
            group=self.group,
            modal=form["custom_id"],
            field=field,
            message_id=under.message_id,
        )
        return _acknowledged(await self.send(modal))

    @property
    def seen(self) -> set[str | None]:
        """Ids of all messages that were read before the last."""
        return {shown.message_id for shown in self._shown()[: self._read - 1]}

    async def next(self) -> Sent:
        """The next message that this chat shows; each is told once, in order. What a group's pace holds back is told now."""
        if self.group:
            await self.house.played(self.address)
            if len(self._shown()) <= self._read:
                await self.house.ring(self.address, "speak")
        await self.house.record.wait(
            lambda _: len(self._shown()) > self._read, 20.0, platform=self.platform, chat=self.chat
        )
        self._read += 1
        return self._shown()[self._read - 1]

    async def read(self, *words: str) -> Sent:
        """The next message, which has to hold all these words."""
        message = await self.next()
        for word in words:
            assert word in message.text, f"{word!r} is not in {message.text!r}"
        return message

    async def nothing_more(self) -> None:
        """Nothing is shown that was not read, and nothing is on its way or held back."""
        await self.house.settle()
        if self.group:
            await self.house.ring(self.address, "speak")
        assert [message.text for message in self._shown()[self._read :]] == []

    def _shown(self) -> list[Sent]:
        """All that was shown or changed here."""
        messages = self.house.record.messages(self.platform, self.chat, delivered=True)
        return [message for message in messages if message.effect != "delete"]


def signed(platform: str, body: bytes, *, at_ms: int | None = None) -> Webhook:
    """Any bytes, signed as the platform would; `at_ms`: when, now if None."""
    when_ms = int(time.time() * 1000) if at_ms is None else at_ms
    return Webhook(sign(platform, SIGNING[platform], body, when_ms), body)


def shape(webhook: Webhook) -> Any:
    """A JSON webhook's body, to be changed and signed anew."""
    return msgspec.json.decode(webhook.body)


def changed(platform: str, body: object) -> Webhook:
    """A changed body, signed."""
    return signed(platform, msgspec.json.encode(body))


def _acknowledged(answer: Answer) -> Answer:
    assert answer.status == 200, answer
    return answer
