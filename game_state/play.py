"""Playing: leased messages through the pure rules, and the turns committed.

The worker of turns. It owns nothing durable: a lease comes in, `advance` says what changes, `finish_turns` commits it or
refuses. What the rules need is fetched meanwhile (`asking.py`), outside any transaction, while the lease runs.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec
import structlog

from game_state.asking import Asking
from game_state.batch import Batch, newest
from game_state.errors import BadData, HolderExpired, SessionTooNew, StoreError, TurnTimeout
from game_state.games.contract import Turn
from game_state.given import Face, mark_of
from game_state.holder import Holder
from game_state.message import Message, Origin, Reply
from game_state.rows import Committed, Failure, Handed, Played, PlayedReply, PlayedTurn
from game_state.seams import Bench, Watch
from game_state.session import close_session, read_session
from game_state.store import Store
from game_state.turn_rows import deed_row, describe, origin_of, timer_rows
from ops.log import TURN_FINISHED

PARK_AFTER: Final = 5
"""Failures of its own after which a message is parked."""

log = structlog.get_logger(__name__)
_decoder = msgspec.json.Decoder(Message)
_encoder = msgspec.json.Encoder()


class _Played(msgspec.Struct):
    """A lease's turns, played and not yet committed."""

    handed: Handed
    turns: list[Played]
    replies: list[tuple[Reply, Origin]]
    document: str
    address: str
    begun: float
    is_changed: bool = False
    """The session is another than it was: much of a group's talk changes nothing, and then nothing is written."""


class Player:
    """Plays leases. `play` never raises; what fails is recorded with the message or given back."""

    def __init__(
        self,
        store: Store,
        holder: Holder,
        bench: Bench,
        watch: Watch,
        *,
        sorry: Callable[[str], Reply],
        builds: Callable[[], Mapping[str, str]],
        release: str,
    ) -> None:
        """`sorry`: the honest sentence for a message that is parked, in a language. `builds`: the builds' ids by language.

        `release` is noted with the turns, so that a replay can tell which rules played them.
        """
        self._store = store
        self._holder = holder
        self._bench = bench
        self._watch = watch
        self._sorry = sorry
        self._asking = Asking(bench, builds)
        self._release = release
        self._finish = Batch(self._finish_turns, limit=64, in_flight=3)
        self._fail = Batch(self._fail_turns, limit=64)
        self._tasks: set[asyncio.Task[None]] = set()
        self._tokens: set[int] = set()
        self.keep_on = True
        """Take what was accepted meanwhile; False while draining."""

    @property
    def tokens(self) -> set[int]:
        """Tokens of the leases being played."""
        return self._tokens

    def play(self, handed: Handed, messages: list[Message] | None = None) -> None:
        """Play a lease; `messages` are its decoded messages where the caller has them."""
        task = asyncio.get_running_loop().create_task(self._play(handed, messages))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def drain(self) -> None:
        """Wait until every lease is played and committed."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def _play(self, handed: Handed, messages: list[Message] | None) -> None:
        following: Handed | None = handed
        while (lease := following) is not None:
            self._tokens.add(lease.token)
            try:
                following = await self._play_or_fail(lease, messages)
            except (StoreError, SessionTooNew) as error:
                # Not the message's fault: forgotten here, the lease is given back by the heartbeat.
                self._watch.turn_error(type(error).__name__)
                log.warning("turn.abandoned", conversation=lease.conversation_id, error=str(error))
                return
            finally:
                self._tokens.discard(lease.token)
            messages = None

    async def _play_or_fail(self, handed: Handed, messages: list[Message] | None) -> Handed | None:
        try:
            return await self._play_lease(handed, messages)
        except (StoreError, SessionTooNew):
            raise
        except Exception as error:  # noqa: BLE001  the lane's top: a session or message that cannot be read is recorded too
            self._watch.turn_error(type(error).__name__)
            return await self._failed(handed, describe(error))

    async def _play_lease(self, handed: Handed, messages: list[Message] | None) -> Handed | None:
        known = self._bench.table(handed.bot_id)
        if known is None:
            raise StoreError("a bot that this process does not know yet")
        table, game = known
        if messages is None:
            if None in handed.messages:
                await self._store.fill(handed)
            messages = [_decoder.decode(body) for body in handed.messages if body is not None]
        before, mark = read_session(game, handed.session)
        state = before
        face = Face(
            language=table.language,
            bot=table.name,
            game=table.game,
            stage=self._bench.stage(handed.bot_id, group=any(message.group for message in messages)),
            release=self._release,
        )
        # Told to the log where it is another than the conversation's last turn had.
        news = None if mark_of(face) == mark else face
        result = _Played(handed, [], [], handed.session or "", "", time.perf_counter())
        if handed.attempts > PARK_AFTER:
            # Its process ended uncleanly each time, so nobody could say why.
            return await self._failed(handed, "the process ended while playing it")
        for index, message in enumerate(messages):
            try:
                turn, given = await self._asking.turn(game, state, face, news, handed, index, message)
            except (Exception, TurnTimeout) as error:  # noqa: BLE001  the lane's top: recorded with the message
                self._watch.turn_error(type(error).__name__)
                if index == 0:
                    return await self._failed(handed, describe(error))
                break  # what was played is committed; the failing message comes back alone
            state, news = turn.state, None
            self._note(result, message, handed.numbers[index], turn, given)
        if handed.session is None or mark_of(face) != mark or state != before:
            result.document, result.is_changed = close_session(game, state, mark_of(face)), True
        return await self._commit(result)

    def _note(self, result: _Played, message: Message, number: int, turn: Turn, given: str | None) -> None:
        replies = self._bench.prepare(result.handed.bot_id, message, turn.replies)
        result.address = message.address
        rows = []
        for position, reply in enumerate(replies):
            origin = origin_of(message, position)
            result.replies.append((reply, origin))
            rows.append(PlayedReply(_encoder.encode(reply).decode(), _encoder.encode(origin).decode()))
        timers = timer_rows(message, turn.timers, token_is_free=not rows)
        deeds = [deed_row(deed) for deed in turn.deeds]
        result.turns.append(Played(number, turn.outcome, rows, timers, deeds, given))

    async def _commit(self, result: _Played) -> Handed | None:
        handed = result.handed
        await self._bench.checkpoint("before_finish")
        try:
            committed = await self._finish.put(result)
        except BadData as error:
            self._watch.turn_error(type(error).__name__)
            return await self._failed(handed, describe(error))
        seconds = time.perf_counter() - result.begun
        self._watch.turn(seconds)
        log.info(
            TURN_FINISHED,
            conversation=handed.conversation_id,
            bot=handed.bot_id,
            number=handed.numbers[0],
            messages=len(result.turns),
            replies=len(result.replies),
            outcome=",".join(turn.outcome for turn in result.turns) if committed.committed else "fenced",
            ms=round(seconds * 1000, 2),
        )
        if not committed.committed:
            self._watch.fenced()
            return None
        if result.replies:
            self._bench.deliver(handed, result.address, committed, result.replies)
            self._bench.replied(handed.conversation_id)
        following = committed.next
        if following is not None:
            following.bot_id = handed.bot_id
            following.session_version = handed.session_version + 1
            following.session = result.document
        return following

    async def _failed(self, handed: Handed, error: str) -> Handed | None:
        """Record that the lease's first message failed."""
        number, body = handed.numbers[0], handed.messages[0]
        known = self._bench.table(handed.bot_id)
        sorry, origin = self._sorry("en" if known is None else known[0].language), Origin()
        try:
            message = _decoder.decode(body or "")
            sorry, origin = self._bench.prepare(handed.bot_id, message, [sorry])[0], origin_of(message, 0)
        except msgspec.DecodeError:
            log.error("message.unreadable", conversation=handed.conversation_id, number=number)
        status = await self._fail.put(
            Failure(
                handed.conversation_id,
                handed.token,
                number,
                error,
                _encoder.encode(sorry).decode(),
                _encoder.encode(origin).decode(),
            )
        )
        log.warning(
            "turn.failed",
            conversation=handed.conversation_id,
            bot=handed.bot_id,
            number=number,
            error=error,
            status=status,
        )
        if status == "parked":
            self._watch.parked()
            self._bench.replied(handed.conversation_id)
        elif status == "fenced":
            self._watch.fenced()
        return None

    async def _finish_turns(self, played: Sequence[_Played]) -> Sequence[Committed]:
        current = newest([p.handed for p in played])
        results = [p for p, is_newest in zip(played, current, strict=True) if is_newest]
        holder = self._holder.id
        committed = await self._store.finish_turns(
            holder,
            [
                PlayedTurn(
                    r.handed.conversation_id,
                    r.handed.token,
                    r.handed.session_version,
                    r.document if r.is_changed else None,
                    r.turns,
                )
                for r in results
            ],
            keep_on=self.keep_on,
        )
        answers = iter(committed)
        for commit in committed:
            commit.holder = holder
        return [
            next(answers) if is_newest else Committed(conversation_id=p.handed.conversation_id)
            for p, is_newest in zip(played, current, strict=True)
        ]

    async def _fail_turns(self, failures: Sequence[Failure]) -> Sequence[str]:
        current = newest(failures)
        statuses = iter(
            await self._store.fail_turns([f for f, is_newest in zip(failures, current, strict=True) if is_newest])
        )
        return [next(statuses) if is_newest else "fenced" for is_newest in current]


async def claim(store: Store, holder: Holder, player: Player, limit: int) -> int:
    """Claim and start waiting conversations; how many. Raises StoreError; an expired holder claims none."""
    try:
        handed = await store.claim_turns(holder.id, limit)
    except HolderExpired:
        return 0
    for lease in handed:
        player.play(lease)
    return len(handed)
