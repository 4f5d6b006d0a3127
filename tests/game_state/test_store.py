"""The stored functions, through their typed door: what every promise of the pipeline stands on."""

from __future__ import annotations

from typing import TypeAlias
from uuid import UUID, uuid4

import asyncpg
import pytest

from game_state.errors import HolderExpired, SessionTooLarge, UnknownBot
from game_state.rows import (
    Accepted,
    BotRow,
    Committed,
    DeliveryFinish,
    Failure,
    Handed,
    Played,
    PlayedReply,
    PlayedTimer,
    PlayedTurn,
)
from game_state.store import Store

Owner: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


@pytest.fixture
async def bot(store: Store) -> int:
    """A bot whose replies are sent."""
    return (await store.upsert_bots([bot_row("sent")]))["sent"]


@pytest.fixture
async def holder(store: Store) -> UUID:
    """A live holder."""
    return await live(store)


async def live(store: Store, turns_s: float = 60, deliveries_s: float = 60) -> UUID:
    incarnation = uuid4()
    assert await store.renew_leases(incarnation, turns_s, deliveries_s)
    return incarnation


def bot_row(name: str, *, pulls: bool = False, replies_per_call: int = 1) -> BotRow:
    return BotRow(name, "test", "echo", "en", "default", None, b"sealed", pulls, replies_per_call)


def message(bot: int, key: str, address: str = "a") -> Accepted:
    return Accepted(
        bot, address, key, f'{{"kind":"text","address":"{address}","dedupe_key":"{key}","text":"{key}"}}', 7
    )


def turn(
    conversation: int,
    token: int,
    numbers: list[int],
    *,
    version: int = 0,
    replies: int = 0,
    timers: list[PlayedTimer] | None = None,
    session: str = '{"game":"echo","version":1,"state":{}}',
) -> PlayedTurn:
    said = [PlayedReply('{"text":"hi"}', '{"token":"t","token_expires_at_ms":5}')] * replies
    played = [Played(n, "played", said if n == numbers[-1] else [], []) for n in numbers[:-1]]
    return PlayedTurn(
        conversation, token, version, session, [*played, Played(numbers[-1], "played", said, timers or [])]
    )


async def finish(store: Store, holder: UUID, played: PlayedTurn, *, keep_on: bool = True) -> Committed:
    return (await store.finish_turns(holder, [played], keep_on=keep_on))[0]


async def test_an_idle_conversation_is_leased_with_the_accept(store: Store, bot: int, holder: UUID) -> None:
    first, second = await store.accept_messages([message(bot, "1"), message(bot, "2")], holder)
    assert (first.number, second.number) == (1, 2)
    assert first.token is not None
    assert first.token == second.token
    third = (await store.accept_messages([message(bot, "3")], holder))[0]
    assert (third.number, third.token) == (3, None)


async def test_a_duplicate_is_told_and_never_stored_again(store: Store, bot: int, holder: UUID, owner: Owner) -> None:
    await store.accept_messages([message(bot, "1")], None)
    rows = await store.accept_messages([message(bot, "2"), message(bot, "1"), message(bot, "2")], None)
    assert [row.number for row in rows] == [2, None, None]
    assert await owner.fetchval("select count(*) from parlor.inbox") == 2


async def test_numbers_are_separate_for_each_conversation(store: Store, bot: int, holder: UUID) -> None:
    rows = await store.accept_messages([message(bot, "1", "b"), message(bot, "2", "a"), message(bot, "3", "b")], holder)
    assert [row.number for row in rows] == [1, 1, 2]
    assert len({row.conversation_id for row in rows}) == 2


async def test_an_unknown_bot_is_refused_by_its_own_sqlstate(store: Store, holder: UUID) -> None:
    with pytest.raises(UnknownBot):
        await store.accept_messages([message(999, "1")], holder)


async def test_a_waiting_conversation_is_not_overtaken(store: Store, bot: int, holder: UUID) -> None:
    await store.accept_messages([message(bot, "1")], None)
    later = (await store.accept_messages([message(bot, "2")], holder))[0]
    assert later.token is None
    handed = (await store.claim_turns(holder, 10))[0]
    assert handed.numbers == [1, 2]


async def test_a_due_timer_is_not_overtaken(store: Store, bot: int, holder: UUID, owner: Owner) -> None:
    row = (await store.accept_messages([message(bot, "1")], holder))[0]
    assert row.token is not None
    timer = PlayedTimer("idle", 0, '{"kind":"timer","address":"a","dedupe_key":"timer","timer":"idle","round":4}')
    await finish(store, holder, turn(row.conversation_id, row.token, [1], timers=[timer]))
    assert (await store.accept_messages([message(bot, "2")], holder))[0].token is None
    fired, _ = await store.due_timers(10)
    assert fired == 1
    handed = (await store.claim_turns(holder, 10))[0]
    assert handed.numbers == [2, 3]
    assert '"round": 4' in (handed.messages[1] or "")
    assert (await store.due_timers(10))[0] == 0


async def test_cancelling_deletes_a_timer_that_is_queued(store: Store, bot: int, holder: UUID) -> None:
    row = (await store.accept_messages([message(bot, "1")], holder))[0]
    assert row.token is not None
    timer = PlayedTimer("idle", 0, '{"kind":"timer","address":"a","dedupe_key":"timer","timer":"idle"}')
    await finish(store, holder, turn(row.conversation_id, row.token, [1], timers=[timer]))
    await store.accept_messages([message(bot, "2")], holder)
    handed = (await store.claim_turns(holder, 10))[0]
    assert handed.numbers == [2]
    await store.due_timers(10)
    cancel = PlayedTimer("idle", 0, None)
    done = await finish(store, holder, turn(row.conversation_id, handed.token, [2], version=1, timers=[cancel]))
    assert done.committed
    assert done.next is None


async def test_finish_hands_back_what_came_meanwhile(store: Store, bot: int, holder: UUID) -> None:
    row = (await store.accept_messages([message(bot, "1")], holder))[0]
    await store.accept_messages([message(bot, "2")], holder)
    assert row.token is not None
    done = await finish(store, holder, turn(row.conversation_id, row.token, [1]))
    assert done.next is not None
    assert done.next.numbers == [2]
    assert done.next.token != row.token


async def test_finish_leaves_the_rest_to_others_while_draining(store: Store, bot: int, holder: UUID) -> None:
    row = (await store.accept_messages([message(bot, "1")], holder))[0]
    await store.accept_messages([message(bot, "2")], holder)
    assert row.token is not None
    assert (await finish(store, holder, turn(row.conversation_id, row.token, [1]), keep_on=False)).next is None
    other = await live(store)
    assert [h.numbers for h in await store.claim_turns(other, 10)] == [[2]]


@pytest.mark.parametrize(
    ("token_off", "version_off"), [(1, 0), (0, 1)], ids=["another lease", "another session version"]
)
async def test_the_fence_refuses_and_changes_nothing(
    store: Store, bot: int, holder: UUID, owner: Owner, token_off: int, version_off: int
) -> None:
    row = (await store.accept_messages([message(bot, "1")], holder))[0]
    assert row.token is not None
    done = await finish(
        store, holder, turn(row.conversation_id, row.token + token_off, [1], version=version_off, replies=2)
    )
    assert not done.committed
    assert await owner.fetchval("select count(*) from parlor.inbox") == 1
    assert await owner.fetchval("select count(*) from parlor.deliveries") == 0
    assert await owner.fetchval("select count(*) from parlor.sessions") == 0


async def test_an_expired_holder_commits_and_claims_nothing(store: Store, bot: int) -> None:
    late = await live(store, turns_s=0.0)
    row = (await store.accept_messages([message(bot, "1")], late))[0]
    assert row.token is None
    with pytest.raises(HolderExpired):
        await store.claim_turns(late, 1)
    assert not await store.renew_leases(late, 60, 60)


async def test_the_leases_of_a_dead_holder_pass_on(store: Store, bot: int, holder: UUID, owner: Owner) -> None:
    row = (await store.accept_messages([message(bot, "1")], holder))[0]
    assert row.token is not None
    await owner.execute("update parlor.holders set turns_expire_at = now()")
    assert not (await finish(store, holder, turn(row.conversation_id, row.token, [1], replies=1))).committed
    other = await live(store)
    assert (await store.reap_leases())[0] == 1
    handed = (await store.claim_turns(other, 10))[0]
    assert (handed.numbers, handed.attempts) == ([1], 2)
    assert not (await finish(store, holder, turn(row.conversation_id, row.token, [1], replies=1))).committed
    assert (await finish(store, other, turn(row.conversation_id, handed.token, [1], replies=1))).committed


async def test_after_an_unclean_end_a_group_is_played_one_by_one(store: Store, bot: int, owner: Owner) -> None:
    await store.accept_messages([message(bot, "1"), message(bot, "2")], None)
    first = await live(store)
    assert (await store.claim_turns(first, 10))[0].numbers == [1, 2]
    await owner.execute("update parlor.holders set turns_expire_at = now()")
    second = await live(store)
    await store.reap_leases()
    handed = (await store.claim_turns(second, 10))[0]
    assert (handed.numbers, handed.attempts) == ([1], 1)


async def test_leases_nobody_uses_are_given_back_with_their_attempt(store: Store, bot: int, holder: UUID) -> None:
    row = (await store.accept_messages([message(bot, "1")], holder))[0]
    assert row.token is not None
    assert await store.release_leases(holder, [row.token], 0) == 0
    assert await store.release_leases(holder, [], 0) == 1
    assert (await store.claim_turns(holder, 10))[0].attempts == 1


async def test_the_fifth_failure_parks_and_the_conversation_goes_on(
    store: Store, bot: int, holder: UUID, owner: Owner
) -> None:
    row = (await store.accept_messages([message(bot, "1"), message(bot, "2")], None))[0]
    statuses = []
    for _ in range(5):
        await owner.execute("update parlor.waiting set due_at = now()")
        handed = (await store.claim_turns(holder, 10))[0]
        assert handed.numbers[0] == 1
        failure = Failure(row.conversation_id, handed.token, 1, "ValueError", '{"text":"sorry"}', "{}")
        statuses += await store.fail_turns([failure])
    assert statuses == ["waiting"] * 4 + ["parked"]
    assert await owner.fetchval("select error from parlor.parked") == "ValueError"
    assert await owner.fetchval("select reply->>'text' from parlor.deliveries") == "sorry"
    assert (await store.claim_turns(holder, 10))[0].numbers == [2]


async def test_replies_are_numbered_and_sent_by_one_in_order(store: Store, bot: int, holder: UUID) -> None:
    row = (await store.accept_messages([message(bot, "1"), message(bot, "2")], holder))[0]
    assert row.token is not None
    done = await finish(store, holder, turn(row.conversation_id, row.token, [1, 2], replies=3))
    assert (done.first_reply, len(done.reply_keys), done.send_numbers) == (1, 3, [1])
    again = (await store.accept_messages([message(bot, "3")], holder))[0]
    assert again.token is not None
    more = await finish(store, holder, turn(row.conversation_id, again.token, [3], version=1, replies=1))
    assert (more.first_reply, more.send_token) == (4, None)
    assert done.send_token is not None
    token, sent = done.send_token, []
    for number in (1, 2, 3, 4):
        delivered = DeliveryFinish(row.conversation_id, token, number, "delivered", message_id=f"m{number}")
        ((finished, step),) = await store.finish_deliveries(holder, [delivered], keep_on=True)
        assert finished
        sent.append(number)
        if step is None:
            break
        assert step.numbers == [number + 1]
        token = step.token
    assert sent == [1, 2, 3, 4]
    history = await store.read_history(row.conversation_id, 50)
    assert [(h.mine, h.number) for h in history] == [
        (True, 1), (True, 2), (False, 1), (False, 2), (False, 3), (True, 3), (False, 4)
    ]  # fmt: skip


async def test_one_call_carries_a_turns_replies_where_the_platform_can(store: Store, holder: UUID) -> None:
    bot = (await store.upsert_bots([bot_row("grouping", replies_per_call=5)]))["grouping"]
    row = (await store.accept_messages([message(bot, "1")], holder))[0]
    assert row.token is not None
    done = await finish(store, holder, turn(row.conversation_id, row.token, [1], replies=7))
    assert done.send_numbers == [1, 2, 3, 4, 5]


async def test_an_attempt_that_expired_is_unknown(store: Store, bot: int, owner: Owner) -> None:
    dying = await live(store)
    row = (await store.accept_messages([message(bot, "1")], dying))[0]
    assert row.token is not None
    await finish(store, dying, turn(row.conversation_id, row.token, [1], replies=2))
    await owner.execute("update parlor.holders set turns_expire_at = now(), deliveries_expire_at = now()")
    other = await live(store)
    assert (await store.reap_leases())[1] == 1
    (taken,) = await store.claim_deliveries(other, 10)
    assert [(d.number, d.attempts, d.unknowns) for d in taken.rows] == [(1, 2, 1)]
    late = DeliveryFinish(row.conversation_id, row.token, 1, "delivered")
    assert (await store.finish_deliveries(dying, [late], keep_on=True))[0] == (False, None)


async def test_a_dropped_token_is_dropped_for_the_whole_turn(
    store: Store, bot: int, holder: UUID, owner: Owner
) -> None:
    row = (await store.accept_messages([message(bot, "1")], holder))[0]
    assert row.token is not None
    done = await finish(store, holder, turn(row.conversation_id, row.token, [1], replies=2))
    assert done.send_token is not None
    retry = DeliveryFinish(row.conversation_id, done.send_token, 1, "retry", drop_token=True)
    await store.finish_deliveries(holder, [retry], keep_on=True)
    assert await owner.fetchval("select string_agg(distinct origin::text, ',') from parlor.deliveries") == "{}"
    (claimed,) = await store.claim_deliveries(holder, 10)
    assert claimed.rows[0].attempts == 2


async def test_a_paused_bot_is_passed_over_and_nobody_else(store: Store, bot: int, holder: UUID) -> None:
    other = (await store.upsert_bots([bot_row("other")]))["other"]
    for each in (bot, other):
        row = (await store.accept_messages([message(each, "1")], holder))[0]
        assert row.token is not None
        done = await finish(store, holder, turn(row.conversation_id, row.token, [1], replies=1))
        assert done.send_token is not None
        pause = DeliveryFinish(
            row.conversation_id, done.send_token, 1, "retry", pause_ms=60_000 if each == bot else None
        )
        await store.finish_deliveries(holder, [pause], keep_on=True)
    assert [s.rows[0].bot_id for s in await store.claim_deliveries(holder, 10)] == [other]


async def test_refused_and_unknown_become_dead_letters(store: Store, bot: int, holder: UUID, owner: Owner) -> None:
    for key, outcome in (("1", "refused"), ("2", "unknown"), ("3", "exhausted")):
        row = (await store.accept_messages([message(bot, key, key)], holder))[0]
        assert row.token is not None
        done = await finish(store, holder, turn(row.conversation_id, row.token, [1], replies=1))
        assert done.send_token is not None
        end = DeliveryFinish(row.conversation_id, done.send_token, 1, outcome, reason=f"why {outcome}")
        await store.finish_deliveries(holder, [end], keep_on=True)
    dead = await owner.fetch("select reason, unknowns from parlor.dead_letters order by conversation_id")
    assert [tuple(d) for d in dead] == [("why refused", 0), ("why unknown", 1), ("why exhausted", 0)]
    assert await owner.fetchval("select count(*) from parlor.deliveries") == 0


async def test_pulled_replies_are_readable_when_committed(store: Store, holder: UUID, owner: Owner) -> None:
    bot = (await store.upsert_bots([bot_row("web", pulls=True)]))["web"]
    row = (await store.accept_messages([message(bot, "1")], holder))[0]
    assert row.token is not None
    done = await finish(store, holder, turn(row.conversation_id, row.token, [1], replies=2))
    assert done.send_token is None
    assert [r.number for r in await store.read_replies(row.conversation_id, 0, 10)] == [1, 2]
    assert [r.number for r in await store.read_replies(row.conversation_id, 1, 10)] == [2]
    assert await owner.fetchval("select count(*) from parlor.deliveries") == 0


async def test_a_session_beyond_its_bound_is_refused(store: Store, bot: int, holder: UUID) -> None:
    row = (await store.accept_messages([message(bot, "1")], holder))[0]
    assert row.token is not None
    with pytest.raises(SessionTooLarge):
        await finish(store, holder, turn(row.conversation_id, row.token, [1], session='"' + "x" * 262144 + '"'))


async def test_large_sessions_and_messages_come_by_a_second_read(store: Store, bot: int, holder: UUID) -> None:
    long = "x" * 60_000
    row = (await store.accept_messages([message(bot, "1")], holder))[0]
    assert row.token is not None
    await finish(store, holder, turn(row.conversation_id, row.token, [1], session=f'{{"pad": "{long}"}}'))
    again = (await store.accept_messages([message(bot, "2")], holder))[0]
    assert again.session is not None
    assert long in again.session
    await store.release_leases(holder, [], 0)
    big = Accepted(bot, "a", "3", f'{{"kind":"text","text":"{long}"}}', 1)
    await store.accept_messages([big], None)
    handed: Handed = (await store.claim_turns(holder, 1))[0]
    assert long in (handed.session or "")
    assert all(handed.messages)


async def test_a_moved_conversation_keeps_its_state(store: Store, bot: int, holder: UUID) -> None:
    row = (await store.accept_messages([message(bot, "1", "old")], holder))[0]
    assert await store.move_conversation(bot, "old", "new")
    assert not await store.move_conversation(bot, "old", "new")
    assert await store.find_conversation(bot, "new") == row.conversation_id
    await store.accept_messages([message(bot, "2", "other")], None)
    assert not await store.move_conversation(bot, "other", "new")


async def test_names_are_remembered_even_when_nobody_knows(store: Store, bot: int) -> None:
    await store.remember_names([(bot, "u1", "Ana"), (bot, "u2", None)])
    found = await store.find_names([(bot, "u1"), (bot, "u2"), (bot, "u3")])
    assert found == {(bot, "u1"): "Ana", (bot, "u2"): None}


async def test_nothing_due_is_told_as_nothing(store: Store, bot: int, holder: UUID) -> None:
    """Zero would make every core ask again at once, for ever."""
    assert await store.due_timers(10) == (0, None)
    assert await store.next_delivery_ms() is None
    row = (await store.accept_messages([message(bot, "1")], holder))[0]
    assert row.token is not None
    timer = PlayedTimer("idle", 60_000, '{"kind":"timer","address":"a","dedupe_key":"timer","timer":"idle"}')
    done = await finish(store, holder, turn(row.conversation_id, row.token, [1], replies=1, timers=[timer]))
    assert done.send_token is not None
    retry = DeliveryFinish(row.conversation_id, done.send_token, 1, "retry", after_ms=60_000)
    await store.finish_deliveries(holder, [retry], keep_on=True)
    fired, timer_ms = await store.due_timers(10)
    delivery_ms = await store.next_delivery_ms()
    assert fired == 0
    assert timer_ms is not None
    assert delivery_ms is not None
    assert 50_000 < timer_ms <= 60_000
    assert 50_000 < delivery_ms <= 60_000
