"""What a page is shown of boards that were replaced, from the log of a real database."""

from __future__ import annotations

from uuid import uuid4

import msgspec

from game_state.message import Button, Reply
from game_state.rows import Accepted, BotRow, Played, PlayedReply, PlayedTurn
from game_state.store import Store
from handlers.web_history import WebHistory


async def talk(store: Store, *replies: Reply) -> int:
    """A web conversation in which one message got these replies; its id."""
    row = BotRow("tavern", "web", "echo", "en", "default", None, b"sealed", pulls=True, replies_per_call=1)
    bot_id = (await store.upsert_bots([row]))["tavern"]
    holder = uuid4()
    assert await store.renew_leases(holder, 60, 60)
    body = '{"kind":"text","address":"a","dedupe_key":"k","text":"play"}'
    (accepted,) = await store.accept_messages([Accepted(bot_id, "a", "k", body, 7)], holder)
    assert accepted.token is not None
    said = [PlayedReply(msgspec.json.encode(reply).decode(), "{}") for reply in replies]
    turn = PlayedTurn(accepted.conversation_id, accepted.token, 0, "{}", [Played(1, "played", said, [])])
    (committed,) = await store.finish_turns(holder, [turn], keep_on=False)
    assert committed.committed
    return accepted.conversation_id


async def test_the_history_shows_the_newest_of_a_board_at_its_place(store: Store) -> None:
    hint = (Button(label="Hint", value="hint"),)
    conversation = await talk(
        store,
        Reply(text="_ _ _", board="r1"),
        Reply(text="Here we go."),
        Reply(text="1 of 9", board="r2"),
        Reply(text="_ E _", board="r1", buttons=hint),
    )
    history = WebHistory(store)
    lines = await history.read_history(conversation, 100)
    assert [(line.number, line.text, line.board) for line in lines if not line.mine] == [
        (2, "Here we go.", ""),
        (3, "1 of 9", "r2"),
        (4, "_ E _", "r1"),
    ]
    assert lines[-1].buttons == hint
    replies = await history.read_replies(conversation, 0, 100)
    assert [line.number for line in replies] == [1, 2, 3, 4], "a page that follows counts them without holes"
    assert [line.board for line in replies] == ["r1", "", "r2", "r1"]
