"""Boards: a reply takes the place of the last one of its board, in order, and is never lost when it cannot."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import TypeAlias

import asyncpg
import msgspec
import pytest

from delivery.client import Client
from delivery.outbox import Outbox
from delivery.parcel import Parcel
from game_state.holder import Holder
from game_state.message import Button, Origin, Reply
from game_state.rows import Accepted, BotRow, DeliveryFinish, Played, PlayedReply, PlayedTurn
from game_state.store import Store
from ops.simulator import Rule, Simulator, webhooks
from platforms import PLATFORMS
from platforms.contract import Bot, Delivery, Platform
from platforms.fitting import fit

Owner: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

PRIVATE_KEY, PUBLIC_KEY = webhooks.key_pair(b"boards")
CREDENTIALS = {
    "telegram": {"token": "123456:boards-token", "webhook_secret": "hook-secret"},
    "slack": {"bot_token": "xoxb-boards", "signing_secret": "signing-secret"},
    "discord": {"application_id": "900", "public_key": PUBLIC_KEY, "bot_token": "bot.token"},
    "whatsapp": {
        "access_token": "wa-token",
        "app_secret": "app-secret",
        "verify_token": "verify-me",
        "phone_number_id": "100200300",
    },
}
CHATS = {"telegram": "-1007700", "slack": "C0ROOM", "discord": "91002", "whatsapp": "g:120363001"}
EDITS = {"telegram": "editMessageText", "slack": "chat.update", "discord": "edit_message"}
GROUP = Origin(group=True)
KEY = Button(label="E", value="g1:e")


class Silence:
    """Nobody counts here."""

    def request(self, platform: str, method: str, status: int) -> None: ...
    def throttled(self, platform: str, seconds: float) -> None: ...
    def dead_letter(self, platform: str, reason: str) -> None: ...
    def unknown(self, platform: str) -> None: ...
    def fenced(self) -> None: ...


class Chat:
    """A group at one platform, and the process that sends to it."""

    def __init__(self, store: Store, owner: Owner, simulator: Simulator, platform: str) -> None:
        self.store = store
        self.owner = owner
        self.simulator = simulator
        self.platform: Platform = PLATFORMS[platform]
        self.address = CHATS[platform]
        self.chat = self.address.removeprefix("g:")
        self.checkpoint: Callable[[str], Awaitable[None]] = lambda name: asyncio.sleep(0)
        self.conversation = 0
        self._turns = itertools.count(1)
        self._clients: list[Client] = []

    async def start(self) -> None:
        """Begin a process; the one before is forgotten."""
        name, credentials = self.platform.name, CREDENTIALS[self.platform.name]
        per_call = self.platform.capabilities.replies_per_call
        row = BotRow("quiz", name, "echo", "en", "default", None, b"sealed", pulls=False, replies_per_call=per_call)
        bot_id = (await self.store.upsert_bots([row]))["quiz"]
        self.bot = Bot(bot_id=bot_id, name="quiz", platform=name, credentials=credentials, api_base=self.simulator.url)
        self.holder = Holder(
            self.store,
            turns_s=60,
            deliveries_s=60,
            playing=set,
            sending=lambda: self.outbox.tokens,
            on_lost=lambda: None,
        )
        await self.holder.start()
        client = Client(timeout_s=5.0)
        self._clients.append(client)
        self.outbox = Outbox(
            self.store, self.holder, client, lambda _: (self.bot, self.platform), Silence(), self._reach
        )

    async def close(self) -> None:
        """Close what all its processes opened."""
        for client in self._clients:
            await client.close()

    async def _reach(self, name: str) -> None:
        await self.checkpoint(name)

    async def commit(self, *replies: Reply, origin: Origin = GROUP) -> Parcel | None:
        """Play a turn that says this; what is to be sent at once."""
        number = next(self._turns)
        key = f"k{number}"
        body = f'{{"kind":"text","address":"{self.address}","dedupe_key":"{key}"}}'
        await self.store.accept_messages([Accepted(self.bot.bot_id, self.address, key, body, 7)], None)
        (handed,) = await self.store.claim_turns(self.holder.id, 1)
        self.conversation = handed.conversation_id
        said = [part for reply in replies for part in fit(reply, self.platform.capabilities)]
        origins = [msgspec.structs.replace(origin, position=position) for position in range(len(said))]
        rows = [
            PlayedReply(msgspec.json.encode(reply).decode(), msgspec.json.encode(place).decode())
            for reply, place in zip(said, origins, strict=True)
        ]
        session = '{"game":"echo","version":1,"state":{}}'
        turn = PlayedTurn(
            handed.conversation_id,
            handed.token,
            handed.session_version,
            session,
            [Played(handed.numbers[0], "played", rows, [])],
        )
        (committed,) = await self.store.finish_turns(self.holder.id, [turn], keep_on=False)
        assert committed.committed
        if committed.send_token is None:
            return None
        deliveries = [
            Delivery(
                conversation_id=handed.conversation_id,
                number=committed.first_reply + index,
                address=self.address,
                reply=reply,
                origin=place,
                key=committed.reply_keys[index],
            )
            for index, (reply, place) in enumerate(zip(said, origins, strict=True))
        ]
        return Parcel(self.bot.bot_id, committed.send_token, deliveries[:1], self.holder.id)

    async def say(self, *replies: Reply, origin: Origin = GROUP) -> None:
        """Play a turn that says this, and send all that can be sent now."""
        parcel = await self.commit(*replies, origin=origin)
        if parcel is not None:
            self.outbox.send(parcel)
        await self.flush()

    async def flush(self) -> None:
        """Send all that is due."""
        await self.outbox.drain()
        while await self.outbox.claim(10):
            await self.outbox.drain()

    async def die(self) -> None:
        """End the process as kill does, and let the next one find out."""
        tasks = tuple(self.outbox._tasks)
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task
        await self.owner.execute("update parlor.holders set turns_expire_at = now(), deliveries_expire_at = now()")
        await self.start()
        await self.store.reap_leases()

    @property
    def seen(self) -> list[str]:
        """What stands in the chat."""
        return self.simulator.record.seen(self.platform.name, self.chat)

    @property
    def methods(self) -> list[str]:
        """The calls that arrived."""
        return [sent.method for sent in self.simulator.record.calls(self.platform.name, chat=self.chat)]

    async def boards(self) -> list[tuple[str, int]]:
        """The boards that are kept, with the number of the reply that each shows."""
        rows = await self.owner.fetch("select board, number from parlor.boards order by number")
        return [(row["board"], row["number"]) for row in rows]

    async def outcomes(self) -> list[str]:
        """What became of the replies."""
        rows = await self.owner.fetch("select outcome from parlor.log where direction = 'out' order by number")
        return [row["outcome"] for row in rows]


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    """All platforms' APIs."""
    async with Simulator() as running:
        yield running


@pytest.fixture
async def chat(store: Store, owner: Owner, simulator: Simulator, request: pytest.FixtureRequest) -> AsyncIterator[Chat]:
    """A chat at the platform that the test names, Telegram by default."""
    made = Chat(store, owner, simulator, getattr(request, "param", "telegram"))
    await made.start()
    yield made
    await made.close()


def board(text: str, *buttons: Button, name: str = "round") -> Reply:
    return Reply(text=text, buttons=buttons, board=name)


@pytest.mark.parametrize("chat", sorted(EDITS), indirect=True)
async def test_a_board_takes_the_place_of_its_last_message(chat: Chat) -> None:
    await chat.say(board("_ _ _", KEY))
    await chat.say(Reply(text="Ben is in."))
    await chat.say(board("_ E _", KEY))
    await chat.say(board("B E E"))
    assert chat.seen == ["B E E", "Ben is in."]
    first, _, *changes = chat.simulator.record.messages(chat.platform.name, chat.chat)
    assert [sent.method for sent in changes] == [EDITS[chat.platform.name]] * 2
    assert {sent.message_id for sent in changes} == {first.message_id}
    assert [len(sent.buttons) > 0 for sent in changes] == [True, False], "what the newer one lacks goes away"
    assert await chat.boards() == [("round", 4)]
    assert await chat.outcomes() == ["delivered"] * 4


@pytest.mark.parametrize("chat", ["whatsapp"], indirect=True)
async def test_where_nothing_can_be_changed_a_board_is_a_reply_like_any_other(chat: Chat) -> None:
    await chat.say(board("_ _ _"))
    await chat.say(board("B E E"))
    assert chat.seen == ["_ _ _", "B E E"]
    assert await chat.boards() == []


@pytest.mark.parametrize("chat", sorted(EDITS), indirect=True)
async def test_a_message_that_is_gone_is_forgotten_and_the_board_sent_anew(chat: Chat) -> None:
    await chat.say(board("_ _ _", KEY))
    chat.simulator.faults.add(Rule(action="refuse", method=EDITS[chat.platform.name], reason="message_gone"))
    await chat.say(board("_ E _", KEY))
    assert chat.seen == ["_ _ _", "_ E _"]
    await chat.say(board("B E E"))
    assert chat.seen == ["_ _ _", "B E E"], "the newest message is the board now"
    assert await chat.outcomes() == ["delivered"] * 3


async def test_the_same_again_is_delivered(chat: Chat) -> None:
    await chat.say(board("_ _ _", KEY))
    await chat.say(board("_ _ _", KEY))
    assert chat.seen == ["_ _ _"]
    assert await chat.outcomes() == ["delivered", "delivered"]
    assert await chat.boards() == [("round", 2)], "still known, although Telegram's refusal names no message"


@pytest.mark.parametrize("when", ["before_post", "after_post"])
async def test_a_process_killed_while_it_changes_a_board(chat: Chat, when: str) -> None:
    await chat.say(board("_ _ _"))
    reached = asyncio.Event()

    async def stop(name: str) -> None:
        if name == when:
            reached.set()
            await asyncio.Event().wait()

    chat.checkpoint = stop
    parcel = await chat.commit(board("_ E _"))
    assert parcel is not None
    chat.outbox.send(parcel)
    await reached.wait()
    chat.checkpoint = lambda name: asyncio.sleep(0)
    await chat.die()
    await chat.flush()
    assert chat.seen == ["_ E _"]
    await chat.say(board("B E E"))
    assert chat.seen == ["B E E"], "one message, whoever sent it"
    assert chat.methods.count("sendMessage") == 1
    assert await chat.outcomes() == ["delivered"] * 3


async def test_a_change_of_unknown_outcome_is_made_again(chat: Chat) -> None:
    await chat.say(board("_ _ _"))
    chat.simulator.faults.add(Rule(action="cut", method="editMessageText"))
    await chat.say(board("B E E"))
    await chat.owner.execute("update parlor.delivery_waiting set due_at = now()")
    await chat.say(Reply(text="Yes!"))
    assert chat.seen == ["B E E", "Yes!"]
    assert chat.methods == ["sendMessage", "editMessageText", "editMessageText", "sendMessage"]


async def test_a_limit_holds_a_change_back_in_its_place(chat: Chat) -> None:
    await chat.say(board("_ _ _"))
    chat.simulator.faults.add(Rule(action="status", status=429, method="editMessageText", retry_after_s=30))
    await chat.say(board("_ E _"))
    await chat.say(Reply(text="Ben wins."))
    assert chat.seen == ["_ _ _"]
    await chat.owner.execute("update parlor.delivery_waiting set due_at = now()")
    await chat.flush()
    assert chat.seen == ["_ E _", "Ben wins."]


async def test_boards_that_wait_are_replaced_while_they_wait(chat: Chat) -> None:
    await chat.say(board("_ _ _"), Reply(text="Here we go."), board("1 of 9", name="other"), board("_ _ _ !"))
    assert chat.seen == ["Here we go.", "1 of 9", "_ _ _ !"]
    chat.simulator.faults.add(Rule(action="status", status=429, method="editMessageText", retry_after_s=30))
    for text in ("_ E _", "B E _"):
        await chat.say(board(text))
    await chat.say(Reply(text="Ben wins."), board("B E E"))
    await chat.owner.execute("update parlor.delivery_waiting set due_at = now()")
    await chat.flush()
    assert chat.seen == ["Here we go.", "1 of 9", "B E E", "Ben wins."]
    assert chat.methods[3:] == ["editMessageText", "sendMessage", "editMessageText"], "the first was limited"
    assert (await chat.outcomes())[4:] == ["replaced", "replaced", "delivered", "delivered"]
    assert await chat.owner.fetchval("select count(*) from parlor.dead_letters") == 0


async def test_a_conversation_keeps_its_last_eight_boards(chat: Chat) -> None:
    for number in range(10):
        await chat.say(board(f"board {number}", name=f"b{number}"))
    await chat.say(board("board 3 again", name="b3"), board("board 0 again", name="b0"))
    assert [name for name, _ in await chat.boards()] == ["b4", "b5", "b6", "b7", "b8", "b9", "b3", "b0"]
    assert chat.seen[3] == "board 3 again"
    assert chat.seen[-1] == "board 0 again", "forgotten, so sent anew"


async def test_a_chat_that_moves_forgets_its_boards(chat: Chat) -> None:
    await chat.say(board("_ _ _"))
    assert await chat.store.move_conversation(chat.bot.bot_id, chat.address, "-1008800")
    assert not await chat.store.move_conversation(chat.bot.bot_id, chat.address, "-1008801")
    assert await chat.boards() == [], "messages have other numbers there"


async def test_only_the_message_that_is_gone_is_forgotten(chat: Chat) -> None:
    await chat.say(board("_ _ _"))

    async def shown(name: str) -> str | None:
        (row,) = await chat.store.read_boards([(chat.conversation, 2, name)])
        assert not row.replaced
        return row.message_id

    message_id = chat.simulator.record.messages("telegram", chat.chat)[0].message_id or ""
    assert [await shown("round"), await shown("none")] == [message_id, None]
    await chat.store.forget_board(chat.conversation, "round", "another message")
    assert await shown("round") == message_id
    await chat.store.forget_board(chat.conversation, "round", message_id)
    assert await shown("round") is None


async def test_an_id_that_does_not_fit_costs_the_board_and_not_the_reply(chat: Chat) -> None:
    """A game's board of 41 characters is refused by the database: the reply was sent all the same."""
    await chat.say(board("_ _ _", name="b" * 41))
    assert await chat.outcomes() == ["delivered"]
    assert await chat.boards() == []


@pytest.mark.parametrize("chat", ["discord"], indirect=True)
async def test_discords_command_brings_the_board_down_and_a_press_leaves_it_where_it_is(chat: Chat) -> None:
    expires_ms = int(time.time() * 1000) + 870_000

    def asked(token: str, pressed: str | None = None) -> Origin:
        return Origin(group=True, token=token, token_expires_at_ms=expires_ms, message_id=pressed)

    for number in (1, 2, 3):
        chat.simulator.discord.know_token(f"t{number}", chat.chat)
    await chat.say(board("_ _ _", KEY), origin=asked("t1"))
    await chat.say(Reply(text="Ben is in."))
    await chat.say(board("_ E _", KEY), origin=asked("t2"))
    assert chat.seen == ["_ _ _", "Ben is in.", "_ E _"], "every deferral is ended by what it asked for"
    newest = chat.simulator.record.messages("discord", chat.chat)[-1].message_id
    await chat.say(Reply(silent=True), origin=asked("t3", newest))
    assert chat.methods == ["edit_original", "create_message", "edit_original"], "nothing shows as waiting"
    await chat.say(board("B E E"), Reply(text="Yes!"), origin=asked("t3", "older"))
    assert chat.seen == ["_ _ _", "Ben is in.", "B E E", "Yes!"]
    assert chat.methods[3:] == ["edit_message", "follow_up"]
    await chat.say(board("1"), board("2"), origin=asked("t3"))
    assert chat.methods[5:] == ["edit_original", "edit_message"], "a deferral is ended also by what is replaced at once"
    assert await chat.outcomes() == ["delivered"] * 8


@pytest.mark.parametrize("chat", ["discord"], indirect=True)
async def test_discords_board_is_changed_by_a_press_on_it_as_long_as_the_token_lives(chat: Chat) -> None:
    await chat.say(board("_ _ _", KEY))
    message_id = chat.simulator.record.messages("discord", chat.chat)[0].message_id
    at_ms = int(time.time() * 1000)
    pressed = webhooks.discord_press(
        CREDENTIALS["discord"] | {"private_key": PRIVATE_KEY},
        chat.chat,
        "81001",
        "Ana",
        "g1:e",
        seq=1,
        at_ms=at_ms,
        group=True,
        message_id=message_id,
    )
    (message,) = chat.platform.receive(chat.bot, pressed.headers, pressed.body, at_ms).messages
    origin = Origin(
        group=True,
        token=message.token,
        token_expires_at_ms=message.token_expires_at_ms,
        message_id=message.message_id,
    )
    await chat.say(board("_ E _", KEY), origin=origin)
    assert message.token is not None
    chat.simulator.discord.expire_token(message.token)
    await chat.say(board("B E E"), origin=origin)
    assert chat.seen == ["B E E"]
    assert chat.methods == ["create_message", "edit_original", "edit_original", "edit_message"]


async def test_a_reply_of_many_at_once_shows_no_board(store: Store, owner: Owner) -> None:
    """A message id that stands for several replies is no board's: only the last of a call may be one."""
    row = BotRow("five", "line", "echo", "en", "default", None, b"sealed", pulls=False, replies_per_call=5)
    bot_id = (await store.upsert_bots([row]))["five"]
    holder = Holder(store, turns_s=60, deliveries_s=60, playing=set, sending=set, on_lost=lambda: None)
    await holder.start()
    await store.accept_messages([Accepted(bot_id, "C1", "k", '{"kind":"text"}', 7)], None)
    (handed,) = await store.claim_turns(holder.id, 1)
    replies = [PlayedReply(f'{{"text":"{n}"}}', "{}") for n in range(3)]
    turn = PlayedTurn(handed.conversation_id, handed.token, 0, "{}", [Played(1, "played", replies, [])])
    (committed,) = await store.finish_turns(holder.id, [turn], keep_on=False)
    assert committed.send_token is not None
    finish = DeliveryFinish(handed.conversation_id, committed.send_token, 3, "delivered", message_id="1,2,3")
    assert (await store.finish_deliveries(holder.id, [finish], keep_on=True))[0][0]
    assert await owner.fetchval("select count(*) from parlor.boards") == 0
