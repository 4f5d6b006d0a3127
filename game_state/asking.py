"""One message through the pure rules: they are called until they have all that they need, and what they got is noted.

Owns the event that they see and the order in which their needs are answered: from memory at once, all else together. Nothing
here is durable; the worker of turns commits what comes out.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Final

from game_state.alarm import under_alarm
from game_state.games.contract import Event, Game, Needs, State, Turn
from game_state.games.needs import Need
from game_state.given import Face, Notes
from game_state.message import Message
from game_state.rows import Handed
from game_state.seams import Bench

NEEDS_LIMIT: Final = 48
"""Times that a turn may ask for needs; more is a rule that never has enough. An opening draws a dozen articles at the most, and
a game may ask about each of them."""
TYPING_AFTER_S: Final = 0.4
"""Seconds of fetching after which the player is shown that an answer takes a moment."""


class Asking:
    """Plays messages. `builds` gives the current article builds' ids by language."""

    def __init__(self, bench: Bench, builds: Callable[[], Mapping[str, str]]) -> None:
        self._bench = bench
        self._builds = builds

    async def turn(
        self, game: Game, state: State, face: Face, news: Face | None, handed: Handed, index: int, message: Message
    ) -> tuple[Turn, str | None]:
        """Play the lease's message at `index`. Returns the turn, and what it was given as JSON for the log.

        `news` is the face where the log has to be told of it. Raises what the rules raise, and TurnTimeout.
        """
        name = message.sender_name or ""
        looked_up = ""
        if not name and self._bench.name_needed(handed.bot_id, message):
            name = looked_up = await self._bench.find_name(handed.bot_id, message)
        event = Event(
            message=message,
            number=handed.numbers[index],
            now_ms=handed.accepted_ms[index],
            seed=handed.seeds[index],
            language=face.language,
            name=name,
            bot=face.bot,
            game=face.game,
            stage=face.stage,
        )
        notes = Notes()
        for _ in range(NEEDS_LIMIT):
            outcome = under_alarm(lambda: game.advance(state, event, notes.answers))
            if isinstance(outcome, Turn):
                return outcome, notes.written(news, looked_up)
            await self._bring(outcome, notes, handed.bot_id, message)
        raise RuntimeError("a rule that never has enough answers")

    async def _bring(self, needs: Needs, notes: Notes, bot_id: int, message: Message) -> None:
        builds = self._builds()
        missing: list[Need] = []
        for need in needs.wanted:
            article = self._bench.at_hand(need)
            if article is None:
                missing.append(need)
            else:
                notes.note(need, article, _build_of(need, builds))
        if missing:
            fetching = asyncio.gather(*(self._bench.fetch(need, bot_id, message) for need in missing))
            typing = asyncio.get_running_loop().call_later(TYPING_AFTER_S, self._bench.show_typing, bot_id, message)
            try:
                answers = await fetching
            finally:
                typing.cancel()
            after = self._builds()
            for need, answer in zip(missing, answers, strict=True):
                build = _build_of(need, builds)
                notes.note(need, answer, build if build == _build_of(need, after) else "")


def _build_of(need: Need, builds: Mapping[str, str]) -> str:
    return builds.get(getattr(need, "language", ""), "")
