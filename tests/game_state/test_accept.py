"""Accepting: in the order in which messages were put, whatever is under way, and leased ones are played at once."""

from __future__ import annotations

import asyncio
from uuid import UUID, uuid4

import pytest

from game_state.accept import Acceptor
from game_state.errors import UnknownBot
from game_state.message import Kind, Message
from game_state.rows import BotRow, Handed
from game_state.store import Store


class House:
    """An acceptor on a real database, and what it hands on to be played."""

    def __init__(self, store: Store, bot: int, holder: UUID | None) -> None:
        self.bot = bot
        self.played: list[tuple[Handed, list[Message]]] = []
        self.acceptor = Acceptor(store, lambda: holder, lambda handed, messages: self.played.append((handed, messages)))


@pytest.fixture
async def house(store: Store) -> House:
    """An acceptor that takes leases."""
    holder = uuid4()
    assert await store.renew_leases(holder, 60, 60)
    bots = await store.upsert_bots([BotRow("b", "test", "echo", "en", "default", None, b"x", False, 1)])
    return House(store, bots["b"], holder)


def said(address: str, number: int) -> Message:
    return Message(kind=Kind.TEXT, address=address, dedupe_key=f"{address}:{number}", text=str(number), addressed=True)


async def test_a_conversations_messages_are_numbered_in_the_order_they_were_put(house: House) -> None:
    futures = []
    for number in range(1, 201):
        futures += [house.acceptor.put(house.bot, said(f"chat {chat}", number)) for chat in range(5)]
        if number % 7 == 0:
            await asyncio.sleep(0)  # calls begin and end meanwhile, so that there are many batches
    acceptances = await asyncio.gather(*futures)
    numbers: dict[int, list[int | None]] = {}
    for acceptance in acceptances:
        numbers.setdefault(acceptance.conversation_id, []).append(acceptance.number)
    assert list(numbers.values()) == [list(range(1, 201))] * 5


async def test_what_is_leased_is_handed_on_with_its_messages(house: House) -> None:
    await asyncio.gather(*(house.acceptor.put(house.bot, said("chat", number)) for number in (1, 2)))
    await house.acceptor.accept(house.bot, said("chat", 3), 5)
    ((handed, messages),) = house.played
    assert handed.numbers == [1, 2]
    assert [message.text for message in messages] == ["1", "2"]
    assert handed.session is None


async def test_a_duplicate_is_told_as_such(house: House) -> None:
    first = await house.acceptor.accept(house.bot, said("chat", 1), 5)
    again = await house.acceptor.accept(house.bot, said("chat", 1), 5)
    assert (first.duplicate, again.duplicate) == (False, True)
    assert first.conversation_id == again.conversation_id


async def test_a_bot_that_the_database_does_not_know_fails_alone(house: House) -> None:
    results = await asyncio.gather(
        house.acceptor.put(house.bot, said("chat", 1)),
        house.acceptor.put(999, said("chat", 1)),
        house.acceptor.put(house.bot, said("other", 1)),
        return_exceptions=True,
    )
    assert isinstance(results[1], UnknownBot)
    assert [getattr(result, "number", None) for result in (results[0], results[2])] == [1, 1]


async def test_nobody_takes_leases_while_draining(store: Store, house: House) -> None:
    draining = House(store, house.bot, None)
    await draining.acceptor.accept(house.bot, said("chat", 1), 5)
    assert draining.played == []
