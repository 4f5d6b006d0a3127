"""Replay: a conversation's logged messages played again by the same rules, and compared with what they said then.

Pure: logged rows come in, the first difference comes out. Articles and the fitting of replies to the platform are asked of
whoever calls. Called by the command line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal

import msgspec

from article_data.article import Article, ArticleUnavailable
from game_state.errors import SessionTooNew
from game_state.games.contract import Event, Game, Turn
from game_state.games.needs import Need
from game_state.given import Face, Given, Place, read_answers, read_given
from game_state.message import Message, Reply
from game_state.rows import LogRow
from game_state.session import close_session, open_session
from game_state.turn_rows import describe

PARKED: Final = "parked"
"""The outcome of a message that no turn was played for."""

_message_decoder = msgspec.json.Decoder(Message)
_reply_decoder = msgspec.json.Decoder(Reply)


class Unreplayable(Exception):
    """The log does not hold what playing this message again needs; says what and why."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules did otherwise than the log says."""

    number: int
    """The message's number."""
    what: Literal["outcome", "reply", "replies", "needs"]
    logged: Any
    """The outcome; the reply, or None where there was none; how many replies; the needs as they were asked."""
    played: Any


class Replayer:
    """Plays one conversation from its first message on; holds its session."""

    def __init__(
        self,
        games: Mapping[str, Game],
        *,
        release: str,
        prepare: Callable[[Message, Sequence[Reply]], Sequence[Reply]],
        article_at: Callable[[Place], Article],
    ) -> None:
        """`prepare` fits a turn's replies to the bot's platform. `article_at` reads an article; raises ArticleUnavailable."""
        self._games = games
        self._release = release
        self._prepare = prepare
        self._article_at = article_at
        self._document: str | None = None
        self._face: Face | None = None
        self._last = 0
        self.other_releases: dict[str, int] = {}
        """How many messages other releases than this one played, by release."""
        self.parked: list[int] = []
        """Numbers of the messages that were parked: they changed nothing."""

    def play(self, row: LogRow) -> Difference | None:
        """Play the next message; None when all is as it was. Raises Unreplayable."""
        if self._last == 0 and row.number != 1:
            raise Unreplayable(
                f"the log does not reach back to message 1: it begins with {row.number}, older months were dropped"
            )
        self._last = row.number
        if row.outcome == PARKED:
            self.parked.append(row.number)
            return None
        try:
            given = read_given(row.given)
            message = _message_decoder.decode(row.message)
        except msgspec.DecodeError as error:
            raise Unreplayable(f"message {row.number} cannot be read: {error}") from error
        face = self._facing(row, given)
        game = self._games.get(face.game)
        if game is None:
            raise Unreplayable(
                f"message {row.number} was played by the rules of {face.game!r}, which this release lacks"
            )
        event = Event(
            message=message,
            number=row.number,
            now_ms=row.accepted_ms,
            seed=row.seed,
            language=face.language,
            name=message.sender_name or given.name,
            bot=face.bot,
            game=face.game,
            stage=face.stage,
        )
        turn = self._turn(game, event, self._answers(row, given))
        if isinstance(turn, Difference):
            return turn
        self._document = close_session(game, turn.state)
        return self._compared(row, turn, self._prepare(message, turn.replies))

    def _facing(self, row: LogRow, given: Given) -> Face:
        if given.face is not None:
            self._face = given.face
        if self._face is None:
            raise Unreplayable(
                f"message {row.number} was played by a release that did not write down what a turn is given"
            )
        if self._face.release != self._release:
            release = self._face.release
            self.other_releases[release] = self.other_releases.get(release, 0) + 1
        return self._face

    def _answers(self, row: LogRow, given: Given) -> dict[Need, Any]:
        try:
            return read_answers(given, self._article_at)
        except (msgspec.DecodeError, ArticleUnavailable) as error:
            raise Unreplayable(f"message {row.number}: what it was given cannot be read: {error}") from error

    def _turn(self, game: Game, event: Event, recorded: dict[Need, Any]) -> Turn | Difference:
        try:
            state = open_session(game, self._document)
        except SessionTooNew as error:
            raise Unreplayable(f"message {event.number}: {error}") from error
        answers: dict[Need, Any] = {}
        while True:
            # As it was then: first without answers, then with those it asked for.
            try:
                outcome = game.advance(state, event, answers)
            except Exception as error:
                raise Unreplayable(f"message {event.number}: the rules fail now: {describe(error)}") from error
            if isinstance(outcome, Turn):
                return outcome
            asked = [need for need in outcome.wanted if need not in answers]
            if not asked or any(need not in recorded for need in asked):
                return Difference(
                    number=event.number,
                    what="needs",
                    logged=[_named(need) for need in recorded],
                    played=[_named(need) for need in (*answers, *asked)],
                )
            answers.update((need, recorded[need]) for need in asked)

    def _compared(self, row: LogRow, turn: Turn, replies: Sequence[Reply]) -> Difference | None:
        if turn.outcome != row.outcome:
            return Difference(number=row.number, what="outcome", logged=row.outcome, played=turn.outcome)
        for logged, reply in zip(row.replies, replies, strict=False):
            if logged is not None and _reply_decoder.decode(logged) != reply:
                return Difference(
                    number=row.number,
                    what="reply",
                    logged=msgspec.json.decode(logged),
                    played=msgspec.to_builtins(reply),
                )
        if len(row.replies) != len(replies):
            return Difference(number=row.number, what="replies", logged=len(row.replies), played=len(replies))
        return None


def _named(need: Need) -> str:
    return f"{type(need).__name__} {msgspec.json.encode(need).decode()}"
