"""The one module that calls the stored functions, typed.

One method a stored function, all in this one place, and so longer than other modules.

Owns the connection pool and the translation of rows and of SQLSTATEs; decides nothing. Every method is one statement in
autocommit, or two where a large body comes by a second read without locks. All raise StoreError.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final, Literal, LiteralString
from uuid import UUID

import asyncpg

from game_state.errors import SQLSTATES, BadData, SchemaMismatch, StoreError, Unavailable
from game_state.games.needs import Line
from game_state.rows import (
    Accepted,
    AcceptRow,
    BoardRow,
    BotRow,
    Committed,
    DeliveryFinish,
    DeliveryRow,
    DeliveryStep,
    Failure,
    Handed,
    HistoryRow,
    LogRow,
    Played,
    PlayedTurn,
    QueueStat,
    ReplyRow,
    ReportRow,
    Sendable,
    StoredBot,
)

SESSION: Final = {
    "application_name": "parlor",
    "statement_timeout": "30s",
    "jit": "off",
    # Every statement looks up a batch of keys. Plans are kept for as long as a connection lives, and one that was made while
    # the tables were empty would scan them whole later: so the shape of all of them is fixed, index look-ups in nested loops.
    "enable_seqscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    # Planning a batch anew at each call costs several times its execution.
    "plan_cache_mode": "force_generic_plan",
}
REPORTERS: Final = 3
"""Different people who take a clue out of play."""
LEARNED_AFTER: Final = 5
"""Results after which an article's level is taken from play."""
POOL_SIZE: Final = 12
"""Connections a process: accepting 2, finishing turns 3, finishing deliveries 4, and what polls."""


class _Connection(asyncpg.Connection):
    """A pooled connection without the reset query: every call is one autocommit statement and leaves nothing behind."""

    def get_reset_query(self) -> str:
        return ""


class Store:
    """Conversations in Postgres. Made by `connect`."""

    def __init__(self, pool: asyncpg.Pool[asyncpg.Record]) -> None:
        self._pool = pool

    @classmethod
    async def connect(cls, url: str, *, size: int = POOL_SIZE, timeout_s: float = 5.0) -> Store:
        """Open the pool. Raises Unavailable."""
        try:
            pool = await asyncpg.create_pool(
                url,
                min_size=1,
                max_size=size,
                timeout=timeout_s,
                # A last resort against a silent network; deadlines belong to the callers' futures.
                command_timeout=60,
                connection_class=_Connection,
                server_settings=SESSION,
            )
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise Unavailable(f"cannot connect to the database: {type(error).__name__}") from error
        return cls(pool)

    async def close(self) -> None:
        """Close the pool, at the latest after 5 seconds."""
        try:
            await asyncio.wait_for(self._pool.close(), 5)
        except (TimeoutError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            self._pool.terminate()

    async def _fetch(self, query: LiteralString, *arguments: Any) -> list[asyncpg.Record]:
        try:
            async with self._pool.acquire(timeout=10) as connection:
                return await connection.fetch(query, *arguments)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError) as error:
            raise translate(error) from error

    async def _value(self, query: LiteralString, *arguments: Any) -> Any:
        rows = await self._fetch(query, *arguments)
        return rows[0][0] if rows else None

    # Turns

    async def accept_messages(self, messages: Sequence[Accepted], holder: UUID | None) -> list[AcceptRow]:
        """Commit messages; one row each, in order. Large sessions are read here, by a second statement."""
        rows = await self._fetch(
            "select * from parlor.accept_messages($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6)",
            [m.bot_id for m in messages],
            [m.address for m in messages],
            [m.dedupe_key for m in messages],
            [m.body for m in messages],
            [m.seed for m in messages],
            holder,
        )
        accepted = [
            AcceptRow(
                conversation_id=r["conversation_id"],
                number=r["number"],
                accepted_ms=r["accepted_ms"],
                token=r["token"],
                session_version=r["session_version"],
                session=r["session"],
            )
            for r in rows
        ]
        left = [index for index, r in enumerate(rows) if r["session_left"]]
        if left:
            sessions = await self._sessions([accepted[index].conversation_id for index in left])
            for index in left:
                accepted[index].session = sessions.get(accepted[index].conversation_id)
        return accepted

    async def claim_turns(self, holder: UUID, limit: int) -> list[Handed]:
        """Lease waiting conversations. Raises HolderExpired."""
        rows = await self._fetch("select * from parlor.claim_turns($1, $2)", holder, limit)
        handed = [
            Handed(
                conversation_id=r["conversation_id"],
                bot_id=r["bot_id"],
                token=r["token"],
                session_version=r["session_version"],
                session=r["session"],
                numbers=r["numbers"],
                messages=r["messages"],
                seeds=r["seeds"],
                accepted_ms=r["accepted_ms"],
                attempts=r["attempts"],
            )
            for r in rows
        ]
        left = [h for h, r in zip(handed, rows, strict=True) if r["session_left"]]
        if left:
            sessions = await self._sessions([h.conversation_id for h in left])
            for h in left:
                h.session = sessions.get(h.conversation_id)
        for h in handed:
            await self.fill(h)
        return handed

    async def fill(self, handed: Handed) -> None:
        """Read the bodies that a claim left out, in place."""
        missing = [n for n, body in zip(handed.numbers, handed.messages, strict=True) if body is None]
        if not missing:
            return
        rows = await self._fetch(
            "select number, message from parlor.read_messages($1::bigint[], $2::bigint[])",
            [handed.conversation_id] * len(missing),
            missing,
        )
        bodies = {r["number"]: r["message"] for r in rows}
        handed.messages = [b or bodies.get(n) for n, b in zip(handed.numbers, handed.messages, strict=True)]

    async def _sessions(self, conversation_ids: list[int]) -> dict[int, str]:
        rows = await self._fetch("select * from parlor.read_sessions($1::bigint[])", conversation_ids)
        return {r["conversation_id"]: r["session"] for r in rows}

    async def finish_turns(self, holder: UUID, turns: Sequence[PlayedTurn], *, keep_on: bool) -> list[Committed]:
        """Commit played turns, each fenced for itself; one result each, in order."""
        played: list[tuple[int, Played]] = [(t.conversation_id, p) for t in turns for p in t.played]
        replies = [(c, p.number, reply) for c, p in played for reply in p.replies]
        timers = [(c, timer) for c, p in played for timer in p.timers]
        deeds = [(c, deed) for c, p in played for deed in p.deeds]
        rows = await self._fetch(
            "select * from parlor.finish_turns($1, $2, $3::bigint[], $4::bigint[], $5::bigint[], $6::text[],"
            " $7::bigint[], $8::bigint[], $9::text[], $10::bigint[], $11::bigint[], $12::text[], $13::text[],"
            " $14::bigint[], $15::text[], $16::bigint[], $17::text[], $18::text[], $19::bigint[], $20::text[])",
            holder,
            keep_on,
            [t.conversation_id for t in turns],
            [t.token for t in turns],
            [t.session_version for t in turns],
            [t.session for t in turns],
            [c for c, _ in played],
            [p.number for _, p in played],
            [p.outcome for _, p in played],
            [c for c, _, _ in replies],
            [n for _, n, _ in replies],
            [reply.body for _, _, reply in replies],
            [reply.origin for _, _, reply in replies],
            [c for c, _ in timers],
            [t.name for _, t in timers],
            [t.after_ms for _, t in timers],
            [t.message for _, t in timers],
            [p.given for _, p in played],
            [c for c, _ in deeds],
            [deed for _, deed in deeds],
        )
        results = {t.conversation_id: Committed(conversation_id=t.conversation_id) for t in turns}
        for r in rows:
            result = results[r["conversation_id"]]
            status = r["status"]
            if status == "committed":
                result.committed = True
                result.first_reply = r["first_reply"] or 0
                result.reply_keys = [str(key) for key in r["reply_keys"] or ()]
                if r["send_token"] is not None:
                    result.send_token = r["send_token"]
                    result.send_numbers = r["send_numbers"]
            elif status == "handed":
                result.next = Handed(
                    conversation_id=r["conversation_id"],
                    bot_id=0,
                    token=r["next_token"],
                    session_version=0,
                    session=None,
                    numbers=r["next_numbers"],
                    messages=r["next_messages"],
                    seeds=r["next_seeds"],
                    accepted_ms=r["next_accepted_ms"],
                    attempts=r["next_attempts"],
                )
        return [results[t.conversation_id] for t in turns]

    async def fail_turns(self, failures: Sequence[Failure]) -> list[str]:
        """Record failed turns; 'waiting', 'parked' or 'fenced' for each, in order."""
        rows = await self._fetch(
            "select * from parlor.fail_turns($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[])",
            [f.conversation_id for f in failures],
            [f.token for f in failures],
            [f.number for f in failures],
            [f.error for f in failures],
            [f.reply for f in failures],
            [f.origin for f in failures],
        )
        statuses = {r["conversation_id"]: str(r["status"]) for r in rows}
        return [statuses[f.conversation_id] for f in failures]

    async def due_timers(self, limit: int) -> tuple[int, int | None]:
        """Queue the timers that are due; how many, and milliseconds until the next one (None: none)."""
        row = (await self._fetch("select * from parlor.due_timers($1)", limit))[0]
        return row["fired"], row["next_ms"]

    # Leases

    async def renew_leases(self, holder: UUID, turns_s: float, deliveries_s: float) -> bool:
        """Heartbeat; False when the incarnation is dead."""
        return bool(await self._value("select parlor.renew_leases($1, $2, $3)", holder, turns_s, deliveries_s))

    async def release_leases(self, holder: UUID, known: Sequence[int], older_s: float) -> int:
        """Give back the holder's leases older than `older_s` whose tokens are not `known`; how many."""
        return int(await self._value("select parlor.release_leases($1, $2::bigint[], $3)", holder, known, older_s))

    async def reap_leases(self) -> tuple[int, int]:
        """Free what dead holders held: (turns, deliveries) taken over."""
        row = (await self._fetch("select * from parlor.reap_leases()"))[0]
        return row["turns"], row["deliveries"]

    # Deliveries

    async def claim_deliveries(self, holder: UUID, limit: int) -> list[Sendable]:
        """Lease conversations whose replies are due, with the replies. Raises HolderExpired."""
        rows = await self._fetch("select * from parlor.claim_deliveries($1, $2)", holder, limit)
        steps = [
            DeliveryStep(conversation_id=r["conversation_id"], token=r["token"], numbers=r["numbers"]) for r in rows
        ]
        return await self.read_deliveries(steps)

    async def read_deliveries(self, steps: Sequence[DeliveryStep]) -> list[Sendable]:
        """The replies of leased deliveries, one entry a conversation; those whose lease is gone are left out."""
        if not steps:
            return []
        rows = await self._fetch(
            "select * from parlor.read_deliveries($1::bigint[], $2::bigint[], $3::bigint[])",
            [s.conversation_id for s in steps for _ in s.numbers],
            [s.token for s in steps for _ in s.numbers],
            [n for s in steps for n in s.numbers],
        )
        found: dict[int, list[DeliveryRow]] = {}
        for r in rows:
            found.setdefault(r["conversation_id"], []).append(
                DeliveryRow(
                    number=r["number"],
                    bot_id=r["bot_id"],
                    address=r["address"],
                    reply=r["reply"],
                    origin=r["origin"],
                    key=str(r["key"]),
                    attempts=r["attempts"],
                    unknowns=r["unknowns"],
                )
            )
        return [
            Sendable(conversation_id=s.conversation_id, token=s.token, rows=found[s.conversation_id])
            for s in steps
            if s.conversation_id in found
        ]

    async def finish_deliveries(
        self, holder: UUID, finishes: Sequence[DeliveryFinish], *, keep_on: bool
    ) -> list[tuple[bool, DeliveryStep | None]]:
        """Record outcomes; for each (not fenced, what to send next or None), in order."""
        rows = await self._fetch(
            "select * from parlor.finish_deliveries($1, $2, $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::text[],"
            " $8::text[], $9::bigint[], $10::boolean[], $11::bigint[], $12::text[])",
            holder,
            keep_on,
            [f.conversation_id for f in finishes],
            [f.token for f in finishes],
            [f.last for f in finishes],
            [f.outcome for f in finishes],
            [f.message_id for f in finishes],
            [f.reason for f in finishes],
            [f.after_ms for f in finishes],
            [f.drop_token for f in finishes],
            [f.pause_ms for f in finishes],
            [f.new_address for f in finishes],
        )
        finished: dict[int, bool] = {}
        steps: dict[int, DeliveryStep] = {}
        for r in rows:
            if r["status"] == "handed":
                steps[r["conversation_id"]] = DeliveryStep(
                    conversation_id=r["conversation_id"], token=r["next_token"], numbers=r["next_numbers"]
                )
            else:
                finished[r["conversation_id"]] = r["status"] == "finished"
        return [(finished[f.conversation_id], steps.get(f.conversation_id)) for f in finishes]

    async def next_delivery_ms(self) -> int | None:
        """Milliseconds until a delivery is due; None when none waits."""
        value = await self._value("select parlor.next_delivery_ms()")
        return None if value is None else int(value)

    # Doors

    async def quarantine_events(self, events: Sequence[tuple[int, str, str, bytes]]) -> None:
        """Keep unreadable events: (bot_id, path, error, event)."""
        await self._fetch(
            "select parlor.quarantine_events($1::bigint[], $2::text[], $3::text[], $4::bytea[])",
            [e[0] for e in events],
            [e[1] for e in events],
            [e[2] for e in events],
            [e[3] for e in events],
        )

    async def move_conversation(self, bot_id: int, old_address: str, new_address: str) -> bool:
        """Give a conversation its new address; False when there was nothing to move or it is taken."""
        return bool(await self._value("select parlor.move_conversation($1, $2, $3)", bot_id, old_address, new_address))

    async def upsert_bots(self, bots: Sequence[BotRow]) -> dict[str, int]:
        """Make or change bots by name; their ids."""
        rows = await self._fetch(
            "select * from parlor.upsert_bots($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],"
            " $7::bytea[], $8::boolean[], $9::smallint[])",
            [b.name for b in bots],
            [b.platform for b in bots],
            [b.game for b in bots],
            [b.language for b in bots],
            [b.lane for b in bots],
            [b.api_base for b in bots],
            [b.credentials for b in bots],
            [b.pulls for b in bots],
            [b.replies_per_call for b in bots],
        )
        return {r["name"]: r["bot_id"] for r in rows}

    async def list_bots(self) -> list[StoredBot]:
        """All bots, credentials still encrypted."""
        rows = await self._fetch("select * from parlor.list_bots()")
        return [
            StoredBot(
                bot_id=r["bot_id"],
                name=r["name"],
                platform=r["platform"],
                game=r["game"],
                language=r["language"],
                api_base=r["api_base"],
                credentials=bytes(r["credentials"]),
            )
            for r in rows
        ]

    async def find_names(self, wanted: Sequence[tuple[int, str]]) -> dict[tuple[int, str], str | None]:
        """Display names looked up before, by (bot_id, sender); None: asked, and nobody knew."""
        rows = await self._fetch(
            "select * from parlor.find_names($1::bigint[], $2::text[])", [b for b, _ in wanted], [s for _, s in wanted]
        )
        return {(r["bot_id"], r["sender"]): r["name"] for r in rows}

    async def remember_names(self, names: Sequence[tuple[int, str, str | None]]) -> None:
        """Keep looked-up names: (bot_id, sender, name)."""
        await self._fetch(
            "select parlor.remember_names($1::bigint[], $2::text[], $3::text[])",
            [n[0] for n in names],
            [n[1] for n in names],
            [n[2] for n in names],
        )

    # Books

    async def fold_deeds(self, limit: int) -> int:
        """Book the oldest deeds, each once; how many. 0 also while another process is at it."""
        return int(await self._value("select parlor.fold_deeds($1)", limit))

    async def standing(self, bot_id: int, period: Literal["day", "week", "all"]) -> tuple[Line, ...]:
        """The best ten of a bot among those who agreed to be shown; day and week (from Monday) are UTC."""
        rows = await self._fetch("select * from parlor.standing($1, $2)", bot_id, period)
        return tuple(Line(r["name"], r["points"], r["wins"]) for r in rows)

    async def article_levels(self, language: str) -> dict[str, int]:
        """Levels (1 to 100) learned from play, by title, of all articles that were played often enough."""
        return (await self.changed_levels(language, None))[0]

    async def changed_levels(self, language: str, after: datetime | None) -> tuple[dict[str, int], datetime | None]:
        """Those that changed after a time (None: all), and the time to ask for next."""
        rows = await self._fetch("select * from parlor.article_levels($1, $2, $3)", language, LEARNED_AFTER, after)
        newest = max((r["updated_at"] for r in rows), default=after)
        return {r["title"]: r["level"] for r in rows}, newest

    async def reported_clues(self, language: str) -> dict[str, set[str]]:
        """Clues that enough different people reported, by title."""
        reported: dict[str, set[str]] = {}
        for r in await self._fetch("select * from parlor.reported_clues($1, $2)", language, REPORTERS):
            reported.setdefault(r["title"], set()).add(r["clue"])
        return reported

    async def list_clue_reports(self, limit: int) -> list[ReportRow]:
        """Reported clues, those that most people reported first."""
        rows = await self._fetch("select * from parlor.list_clue_reports($1)", limit)
        return [
            ReportRow(
                language=r["language"],
                title=r["title"],
                clue=r["clue"],
                reporters=r["reporters"],
                last_at=r["last_at"],
                out=r["reporters"] >= REPORTERS,
            )
            for r in rows
        ]

    async def pardon_clues(self, language: str, title: str) -> int:
        """Forget the reports of an article's clues; how many clues had some."""
        return int(await self._value("select parlor.pardon_clues($1, $2)", language, title))

    async def daily_set(self, day: str, language: str, titles: Sequence[str] | None) -> tuple[str, ...]:
        """The titles of a UTC day ("2026-11-24"). The first who brings titles fixes them, for today or yesterday only.

        None only reads; () where none are fixed, also for what is not a day.
        """
        try:
            asked = date.fromisoformat(day)
        except ValueError:
            return ()
        return tuple(await self._value("select parlor.daily_set($1, $2, $3::text[])", asked, language, titles) or ())

    # Article builds

    async def announce_build(self, language: str, build_id: str) -> None:
        """Make a published build the language's announced one; every core looks at once."""
        await self._fetch("select parlor.announce_build($1, $2)", language, build_id)

    async def current_builds(self) -> dict[str, str]:
        """The announced build of each language."""
        rows = await self._fetch("select * from parlor.current_builds()")
        return {r["language"]: r["build_id"] for r in rows}

    async def hold_builds(self, holder: UUID, builds: Sequence[str]) -> bool:
        """Say which builds this process has open or is about to open; False when the holder has no row."""
        return bool(await self._value("select parlor.hold_builds($1, $2::text[])", holder, builds))

    async def builds_in_use(self) -> set[str]:
        """Ids of the builds that must stay in the store: announced, or held by a living process."""
        rows = await self._fetch("select parlor.builds_in_use()")
        return {r[0] for r in rows}

    # Reading

    async def find_conversation(self, bot_id: int, address: str) -> int | None:
        """The conversation at an address."""
        value = await self._value("select parlor.find_conversation($1, $2)", bot_id, address)
        return None if value is None else int(value)

    async def read_replies(self, conversation_id: int, after: int, limit: int) -> list[ReplyRow]:
        """Replies numbered above `after`, ascending."""
        rows = await self._fetch("select * from parlor.read_replies($1, $2, $3)", conversation_id, after, limit)
        return [ReplyRow(number=r["number"], reply=r["reply"], begun_ms=r["begun_ms"]) for r in rows]

    async def read_history(self, conversation_id: int, limit: int) -> list[HistoryRow]:
        """The last messages and replies, in the order to show."""
        rows = await self._fetch("select * from parlor.read_history($1, $2)", conversation_id, limit)
        return [
            HistoryRow(mine=r["direction"] == "in", number=r["number"], body=r["body"], begun_ms=r["begun_ms"])
            for r in rows
        ]

    async def read_log(self, conversation_id: int, position: int, number: int, limit: int) -> list[LogRow]:
        """Played messages after a row's position and number (0, 0: from the first), in order, with their replies."""
        rows = await self._fetch(
            "select * from parlor.read_log($1, $2, $3, $4)", conversation_id, position, number, limit
        )
        return [
            LogRow(
                number=r["number"],
                position=r["log_position"],
                outcome=r["outcome"],
                message=r["message"],
                seed=r["seed"],
                accepted_ms=r["accepted_ms"],
                given=r["given"],
                replies=r["replies"],
            )
            for r in rows
        ]

    async def find_bot(self, conversation_id: int) -> tuple[str, str] | None:
        """Name and platform of a conversation's bot."""
        rows = await self._fetch("select * from parlor.find_bot($1)", conversation_id)
        return (rows[0]["name"], rows[0]["platform"]) if rows else None

    async def queue_stats(self) -> list[QueueStat]:
        """What waits and for how long."""
        rows = await self._fetch("select * from parlor.queue_stats()")
        return [QueueStat(kind=r["kind"], label=r["label"], depth=r["depth"], oldest_s=r["oldest_s"]) for r in rows]

    async def troubles(self, limit: int) -> dict[str, list[dict[str, Any]]]:
        """The newest quarantined events, parked messages and dead letters, without their content."""
        quarantined = await self._fetch("select * from parlor.list_quarantine($1)", limit)
        parked = await self._fetch("select * from parlor.list_parked($1)", limit)
        dead = await self._fetch("select * from parlor.list_dead_letters($1)", limit)
        return {
            "quarantined": [dict(r) for r in quarantined],
            "parked": [dict(r) for r in parked],
            "dead_letters": [dict(r) for r in dead],
        }

    async def schema_version(self) -> int:
        """The newest migration applied. Raises SchemaMismatch where there is none."""
        return int(await self._value("select parlor.schema_version()"))

    async def is_writable(self) -> bool:
        """Whether the database takes writes."""
        return bool(await self._value("select parlor.is_writable()"))

    async def end_stuck_backends(self, seconds: float) -> int:
        """End backends that have been stuck writing to their client for longer; how many."""
        return int(await self._value("select parlor.end_stuck_backends($1)", seconds))

    async def keep_up(self) -> bool:
        """Upkeep: partitions, old dedupe keys; False when another core is at it."""
        return bool(await self._value("select parlor.keep_up()"))

    # Boards

    async def read_boards(self, replies: Sequence[tuple[int, int, str]]) -> list[BoardRow]:
        """What is known of the boards of replies (conversation_id, number, board), in order."""
        rows = await self._fetch(
            "select * from parlor.read_boards($1::bigint[], $2::bigint[], $3::text[])",
            [c for c, _, _ in replies],
            [n for _, n, _ in replies],
            [b for _, _, b in replies],
        )
        found = {(r["conversation_id"], r["number"]): BoardRow(r["message_id"], r["replaced"]) for r in rows}
        return [found[c, n] for c, n, _ in replies]

    async def forget_board(self, conversation_id: int, board: str, message_id: str) -> None:
        """Forget that this message shows the board: it cannot be changed any more."""
        await self._fetch("select parlor.forget_board($1, $2, $3)", conversation_id, board, message_id)


def translate(error: BaseException) -> StoreError:
    """The StoreError for an error of the driver; SQLSTATEs are mapped here and nowhere else."""
    if isinstance(error, asyncpg.PostgresError):
        code = error.sqlstate or ""
        own = SQLSTATES.get(code)
        if own is not None:
            return own(error.args[0] if error.args else code)
        if code[:2] in ("22", "23"):
            return BadData(f"the database refuses the values ({code})")
        if code in ("42883", "42P01", "3F000", "42703", "42501"):
            return SchemaMismatch(
                f"the schema is not the one this release needs ({code}): run `python server.py migrate up`"
            )
        return Unavailable(f"the database failed ({code})")
    if isinstance(error, asyncpg.DataError):
        return BadData("a value does not fit its type")
    return Unavailable(f"the database cannot be reached: {type(error).__name__}")
