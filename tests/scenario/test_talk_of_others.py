"""What people say to one another in a group is logged, and costs no write of the session."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import pytest

from game_state.rows import Committed, PlayedTurn
from game_state.store import Store
from tests.scenario.doors import Door
from tests.scenario.house import House


async def test_talk_that_changes_nothing_writes_no_session(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[bool] = []
    finish = Store.finish_turns

    async def watched(self: Store, holder: UUID, turns: Sequence[PlayedTurn], *, keep_on: bool) -> list[Committed]:
        written.extend(turn.session is not None for turn in turns)
        return await finish(self, holder, turns, keep_on=keep_on)

    monkeypatch.setattr(Store, "finish_turns", watched)
    door = Door(house, "telegram", group=True)
    for words in ("shall we eat at eight?", "fine by me", "then bring some bread"):
        await door.say(door.ana, words)
        await house.settle()
    assert written == [True, False, False], "only the first words are news: a conversation begins"
    assert [outcome for _, _, outcome in await house.log(door.address, "in")] == ["ignored"] * 3
