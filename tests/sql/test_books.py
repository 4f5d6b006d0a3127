"""The books: every deed counts once, whoever folds and whatever is killed, and is read as players and operators expect."""

from __future__ import annotations

import asyncio
import math
from datetime import UTC, datetime, timedelta
from typing import TypeAlias
from uuid import UUID, uuid4

import asyncpg
import msgspec
import pytest

from game_state.games.deeds import Agreed, Deed, Forgotten, Reported, Scored, Solved
from game_state.games.needs import Line
from game_state.rows import Accepted, BotRow, Committed, Played, PlayedTurn
from game_state.store import Store
from tests.conftest import Database

pytestmark = pytest.mark.usefixtures("one_day")
Owner: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
SESSION = '{"game":"echo","version":1,"state":{}}'


class Desk:
    """Commits turns that did deeds, as the worker of turns does."""

    def __init__(self, store: Store, bot: int, holder: UUID) -> None:
        self.store = store
        self.bot = bot
        self.holder = holder
        self._messages = 0

    async def do(self, *deeds: Deed, bot: int | None = None, token_off: int = 0, given: str | None = None) -> Committed:
        """One turn of a conversation of its own."""
        self._messages += 1
        key = str(self._messages)
        body = f'{{"kind":"text","address":"{key}","dedupe_key":"{key}"}}'
        (row,) = await self.store.accept_messages([Accepted(bot or self.bot, key, key, body, 7)], self.holder)
        assert row.token is not None
        played = Played(1, "played", [], [], [msgspec.json.encode(deed).decode() for deed in deeds], given)
        turn = PlayedTurn(row.conversation_id, row.token + token_off, 0, SESSION, [played])
        return (await self.store.finish_turns(self.holder, [turn], keep_on=True))[0]


@pytest.fixture
async def desk(store: Store) -> Desk:
    """A bot's desk."""
    holder = uuid4()
    assert await store.renew_leases(holder, 60, 60)
    row = BotRow("b", "test", "echo", "en", "default", None, b"x", True, 1)
    return Desk(store, (await store.upsert_bots([row]))["b"], holder)


def scored(player: str, points: int, *, won: bool = False) -> Scored:
    return Scored(player=player, points=points, won=won)


def solved(player: str, result: float, *, title: str = "Otter", level: int = 50) -> Solved:
    return Solved(player=player, language="en", title=title, result=result, level=level)


def reported(player: str, clue: str = "It swims.") -> Reported:
    return Reported(player=player, language="en", title="Otter", clue=clue)


async def waiting(owner: Owner) -> int:
    count = await owner.fetchval("select count(*) from parlor.deeds")
    assert isinstance(count, int)
    return count


async def test_points_count_for_those_who_agreed_from_then_on(desk: Desk, store: Store, owner: Owner) -> None:
    await desk.do(scored("ana", 50), scored("ben", 60))
    await desk.do(Agreed(player="ana", name="Ana"), scored("ana", 7, won=True))
    assert await store.fold_deeds(100) == 4
    await desk.do(scored("ana", 3), scored("ben", 9))
    assert await store.fold_deeds(100) == 2
    assert await store.fold_deeds(100) == 0
    for period in ("day", "week", "all"):
        assert await store.standing(desk.bot, period) == (Line("Ana", 10, 1),)
    assert await store.standing(desk.bot + 1, "all") == ()
    assert await waiting(owner) == 0


async def test_the_tables_of_day_and_week_end_with_them(desk: Desk, store: Store, owner: Owner) -> None:
    await desk.do(
        Agreed(player="ana", name="Ana"), Agreed(player="ben", name="Ben"), scored("ana", 5), scored("ben", 9)
    )
    await store.fold_deeds(100)
    assert await store.standing(desk.bot, "day") == (Line("Ben", 9, 0), Line("Ana", 5, 0))
    now = datetime.now(UTC)
    monday = (now - timedelta(days=now.weekday())).date()
    await owner.execute("update parlor.daily_points set day = $1 where player = 'ben'", monday - timedelta(days=1))
    assert await store.standing(desk.bot, "day") == (Line("Ana", 5, 0),)
    assert await store.standing(desk.bot, "week") == (Line("Ana", 5, 0),)
    assert await store.standing(desk.bot, "all") == (Line("Ben", 9, 0), Line("Ana", 5, 0))
    await owner.execute("update parlor.daily_points set day = current_date - 30 where player = 'ben'")
    assert await store.keep_up()
    assert await owner.fetchval("select string_agg(player, ',') from parlor.daily_points") == "ana"


async def test_ten_are_shown_the_best_first(desk: Desk, store: Store) -> None:
    for number in range(12):
        await desk.do(Agreed(player=f"p{number}", name=f"P{number}"), scored(f"p{number}", number))
    await store.fold_deeds(100)
    for period in ("day", "all"):
        lines = await store.standing(desk.bot, period)
        assert [line.points for line in lines] == list(range(11, 1, -1))


async def test_a_fenced_turn_leaves_no_deed(desk: Desk, owner: Owner) -> None:
    assert not (await desk.do(scored("ana", 5), token_off=1)).committed
    assert await waiting(owner) == 0
    assert (await desk.do(scored("ana", 5))).committed
    assert await waiting(owner) == 1


async def test_two_folders_at_once_book_each_deed_once(desk: Desk, store: Store, database: Database) -> None:
    await desk.do(Agreed(player="ana", name="Ana"))
    await store.fold_deeds(1)
    doing = asyncio.gather(*(desk.do(*[scored("ana", 1)] * 5) for _ in range(40)))
    other = await Store.connect(database.url)

    async def fold(folder: Store) -> int:
        booked = 0
        while (
            not doing.done() or await folder.fold_deeds(1) or (await folder.standing(desk.bot, "all"))[0].points < 200
        ):
            booked += await folder.fold_deeds(7)
        return booked

    try:
        async with asyncio.timeout(60):
            await asyncio.gather(fold(store), fold(other), doing)
    finally:
        await other.close()
    assert await store.standing(desk.bot, "all") == (Line("Ana", 200, 0),)
    assert await store.standing(desk.bot, "day") == (Line("Ana", 200, 0),)


async def test_a_fold_that_is_killed_has_booked_nothing(
    desk: Desk, store: Store, owner: Owner, database: Database
) -> None:
    await desk.do(Agreed(player="ana", name="Ana"), scored("ana", 5), solved("ana", 1), reported("ana"))
    dying = await asyncpg.connect(database.owner_url)
    killer = await asyncpg.connect(database.superuser_url)
    try:
        transaction = dying.transaction()
        await transaction.start()
        assert await dying.fetchval("select parlor.fold_deeds(100)") == 4
        assert await store.fold_deeds(100) == 0, "one folder at a time, and nobody waits"
        assert await waiting(owner) == 4
        assert await killer.fetchval("select pg_terminate_backend($1, 5000)", dying.get_server_pid())
    finally:
        dying.terminate()
        await killer.close()
    assert await store.standing(desk.bot, "all") == ()
    assert await store.fold_deeds(100) == 4
    assert await store.standing(desk.bot, "all") == (Line("Ana", 5, 0),)


async def test_the_same_comes_out_however_the_deeds_are_cut(desk: Desk, store: Store, owner: Owner) -> None:
    deeds: list[Deed] = [
        scored("ana", 1),
        Agreed(player="ana", name="Ana"),
        scored("ana", 2, won=True),
        reported("ana"),
        Forgotten(player="ana"),
        scored("ana", 4),
        reported("ana", "It dives."),
        Agreed(player="ana", name="Anna"),
        scored("ana", 8),
        Agreed(player="ana", name="Annie"),
        Forgotten(player="ben"),
        Agreed(player="ben", name="Ben"),
        scored("ben", 16),
        Forgotten(player="ben"),
    ]

    async def outcome() -> tuple[object, ...]:
        reports = await owner.fetch("select clue, bot_id, reporter from parlor.clue_reports order by clue")
        days = await owner.fetch("select player, points, wins from parlor.daily_points order by player")
        table = await store.standing(desk.bot, "all")
        await owner.execute("truncate parlor.standings, parlor.daily_points, parlor.clue_reports")
        return table, [tuple(r) for r in reports], [tuple(d) for d in days]

    await desk.do(*deeds)
    assert await store.fold_deeds(100) == len(deeds)
    at_once = await outcome()
    await desk.do(*deeds)
    for _ in deeds:
        assert await store.fold_deeds(1) == 1
    one_by_one = await outcome()
    assert at_once == one_by_one
    assert at_once == (
        (Line("Annie", 8, 0),),
        [("It dives.", desk.bot, "ana"), ("It swims.", 0, "")],
        [("ana", 8, 0)],
    )


async def test_ratings_move_as_elo_says(desk: Desk, store: Store, owner: Owner) -> None:
    await desk.do(solved("ana", 1.0, level=50))
    await store.fold_deeds(100)
    row = await owner.fetchrow(
        "select a.rating, p.rating, a.games, p.games from parlor.article_ratings a, parlor.player_ratings p"
    )
    assert row is not None
    assert tuple(row) == (1488, 1512, 1, 1), "even chances: half of 24"

    # By the ratings as they were, all in one fold: 1488 against 1512 and against a newcomer's 1500.
    await desk.do(solved("ana", 0.0), solved("ben", 0.5))
    await store.fold_deeds(100)
    ana = 24 * (0 - 1 / (1 + 10 ** ((1488 - 1512) / 400)))
    ben = 24 * (0.5 - 1 / (1 + 10 ** ((1488 - 1500) / 400)))
    players = {r["player"]: r["rating"] for r in await owner.fetch("select player, rating from parlor.player_ratings")}
    assert players == pytest.approx({"ana": 1512 + ana, "ben": 1500 + ben})
    assert await owner.fetchval("select rating from parlor.article_ratings") == pytest.approx(
        1488 - (ana + ben) / (1 + 24 * math.log(10) / 1600)
    )

    # An article starts at its level; a hard one costs little to lose against.
    await desk.do(solved("cem", 0.0, title="Heron", level=90))
    await store.fold_deeds(100)
    expected = 1 / (1 + 10 ** (320 / 400))
    heron = await owner.fetchval("select rating from parlor.article_ratings where title = 'Heron'")
    assert heron == pytest.approx(1820 + 24 * expected)


async def test_levels_are_learned_after_enough_games_and_told_as_they_change(desk: Desk, store: Store) -> None:
    await desk.do(*[solved(f"p{number}", 1.0) for number in range(4)], *[solved("q", 1.0, title="Heron", level=2)] * 9)
    await store.fold_deeds(100)
    levels, seen = await store.changed_levels("en", None)
    assert levels == {"Heron": 1}, "nothing is easier than 1"
    await desk.do(solved("p5", 1.0))
    await store.fold_deeds(100)
    levels, later = await store.changed_levels("en", seen)
    assert levels == {"Otter": 43}, "four losses of 12 and one of less: 59 of its rating, 7 of its level"
    assert (await store.changed_levels("en", later)) == ({}, later)
    assert await store.article_levels("en") == {"Heron": 1, "Otter": 43}
    assert await store.article_levels("de") == {}


async def test_three_people_take_a_clue_out_and_an_operator_gives_it_back(desk: Desk, store: Store) -> None:
    await desk.do(*[reported("ana")] * 3, reported("ben"), reported("cem", "It dives."))
    await store.fold_deeds(100)
    assert await store.reported_clues("en") == {}
    await desk.do(reported("cem"), reported("ana", "It dives."), reported("ana", "x" * 3000))
    await store.fold_deeds(100)
    assert await store.reported_clues("en") == {"Otter": {"It swims."}}
    assert await store.reported_clues("de") == {}
    listed = await store.list_clue_reports(2)
    assert [(r.clue, r.reporters, r.out) for r in listed] == [("It swims.", 3, True), ("It dives.", 2, False)]
    assert await store.pardon_clues("en", "Heron") == 0
    assert await store.pardon_clues("en", "Otter") == 3
    assert await store.reported_clues("en") == {}


async def test_who_is_forgotten_is_in_no_book_and_counts_once_among_the_nameless(
    desk: Desk, store: Store, owner: Owner
) -> None:
    other = (await store.upsert_bots([BotRow("o", "test", "echo", "en", "default", None, b"x", True, 1)]))["o"]
    for bot in (desk.bot, other):
        await desk.do(Agreed(player="ana", name="Ana"), scored("ana", 5), solved("ana", 1), reported("ana"), bot=bot)
        await store.remember_names([(bot, "ana", "Ana")])
    await store.fold_deeds(100)
    for _ in range(3):
        await desk.do(reported("ana"), Forgotten(player="ana"))
        await store.fold_deeds(100)
    assert await store.standing(desk.bot, "all") == ()
    assert await store.find_names([(desk.bot, "ana"), (other, "ana")]) == {(other, "ana"): "Ana"}
    for table, column in (
        ("standings", "player"),
        ("daily_points", "player"),
        ("player_ratings", "player"),
        ("clue_reports", "reporter"),
        ("sender_names", "sender"),
    ):
        found = await owner.fetch(f"select bot_id from parlor.{table} where {column} = 'ana'")
        assert [row["bot_id"] for row in found] == [other], table
    assert [r.reporters for r in await store.list_clue_reports(9)] == [2], "the nameless, and ana of the other bot"
    assert await owner.fetchval("select games from parlor.article_ratings") == 2, "what the articles learned stays"


async def test_odd_numbers_stop_no_fold(desk: Desk, store: Store) -> None:
    await desk.do(
        Agreed(player="ana", name="A" * 500),
        scored("ana", 10**30),
        scored("ana", -7),
        solved("ana", float("nan"), level=10**12),
        solved("ana", 17.0, title="t" * 5000, level=-3),
        solved("", 1.0),
    )
    assert await store.fold_deeds(100) == 6
    assert await store.standing(desk.bot, "all") == (Line("A" * 60, 1_000_000, 0),)


async def test_a_day_has_one_set_whoever_asks_first(store: Store) -> None:
    today = datetime.now(UTC).date()
    day, titles = today.isoformat(), ("Otter", "Heron")
    assert await store.daily_set(day, "en", None) == ()
    assert await store.daily_set(day, "en", []) == ()
    sets = await asyncio.gather(*(store.daily_set(day, "en", (*titles, str(n))) for n in range(8)))
    assert len(set(sets)) == 1
    assert sets[0][:2] == titles
    assert await store.daily_set(day, "en", None) == sets[0]
    assert await store.daily_set(day, "de", ["Reiher"]) == ("Reiher",)
    yesterday, tomorrow = ((today + timedelta(days=days)).isoformat() for days in (-1, 2))
    assert await store.daily_set(yesterday, "en", titles) == titles
    assert await store.daily_set(tomorrow, "en", titles) == (), "nobody fixes what is to come"
    assert await store.daily_set((today - timedelta(days=3)).isoformat(), "en", titles) == (), "nor what is over"
    assert await store.daily_set("someday", "en", titles) == ()


async def test_what_waits_in_the_queue_is_told(desk: Desk, store: Store) -> None:
    await desk.do(scored("ana", 1), scored("ana", 2))
    stats = {stat.kind: stat for stat in await store.queue_stats()}
    assert stats["deeds"].depth == 2
    await store.fold_deeds(100)
    stats = {stat.kind: stat for stat in await store.queue_stats()}
    assert (stats["deeds"].depth, stats["deeds"].oldest_s) == (0, 0)
