"""What cores ask again and again is found by an index, under the settings of their sessions: no table that grows is read whole."""

from __future__ import annotations

from typing import TypeAlias

import asyncpg
import pytest

from game_state.store import SESSION
from tests.conftest import Database

Owner: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
ROWS = """
    insert into parlor.bots (name, platform, game, language, lane, credentials, pulls, replies_per_call)
    values ('quiz', 'test', 'guess', 'en', 'default', 'sealed', false, 1);
    insert into parlor.conversations (bot_id, address, message_count, reply_count)
    select 1, 'chat' || n, 1, 1 from generate_series(1, 300) n;
    insert into parlor.sessions (conversation_id, version, document) select n, 1, '{}' from generate_series(1, 300) n;
    insert into parlor.dedupe_keys (bot_id, dedupe_key) select 1, 'k' || n from generate_series(1, 300) n;
    insert into parlor.inbox (conversation_id, number, message, seed)
    select n, 1, '{"kind":"text"}', 7 from generate_series(1, 100) n;
    insert into parlor.waiting (conversation_id, lane) select n, 'default' from generate_series(1, 100) n;
    insert into parlor.timers (conversation_id, name, due_at, message)
    select n, 't', clock_timestamp() + (n - 150) * interval '1 minute', '{"kind":"timer"}' from generate_series(101, 200) n;
    insert into parlor.deliveries (conversation_id, number, turn, reply, origin, key)
    select n, 1, 1, '{"text":"x","board":"b"}', '{}', gen_random_uuid() from generate_series(201, 300) n;
    insert into parlor.delivery_waiting (conversation_id) select n from generate_series(201, 300) n;
    insert into parlor.boards (conversation_id, board, message_id, number)
    select n, 'b', 'm', 1 from generate_series(1, 300) n;
    insert into parlor.log (conversation_id, direction, number, position, kind, outcome, body, seed, begun_at)
    select n, 'in', 1, 0, 'text', 'played', '{}', 7, clock_timestamp() from generate_series(1, 300) n;
    insert into parlor.sender_names (bot_id, sender, name) select 1, 'p' || n, 'P' from generate_series(1, 300) n;
    insert into parlor.standings (bot_id, player, name, points) select 1, 'p' || n, 'P', n from generate_series(1, 300) n;
    insert into parlor.daily_points (bot_id, day, player, points, wins)
    select 1, (clock_timestamp() at time zone 'utc')::date - n % 20, 'p' || n, n, 0 from generate_series(1, 300) n;
    insert into parlor.player_ratings (bot_id, player, rating, games)
    select 1, 'p' || n, 1500, 9 from generate_series(1, 300) n;
    insert into parlor.article_ratings (language, title, rating, games, updated_at)
    select 'en', 't' || n, 1500, 9, clock_timestamp() from generate_series(1, 300) n;
    insert into parlor.clue_reports (language, title, clue_hash, bot_id, reporter, clue, reported_at)
    select 'en', 't' || n, 'h', 1, 'p' || n, 'c', clock_timestamp() from generate_series(1, 300) n;
    insert into parlor.daily_sets (day, language, titles)
    select (clock_timestamp() at time zone 'utc')::date - n, 'en', '{a}' from generate_series(1, 300) n;
    insert into parlor.deeds (conversation_id, bot_id, deed, done_at)
    select n, 1, case n % 5
        when 0 then jsonb_build_object('kind', 'scored', 'player', 'p' || n, 'points', 5)
        when 1 then jsonb_build_object('kind', 'solved', 'player', 'p' || n, 'language', 'en', 'title', 't' || n, 'result', 1)
        when 2 then jsonb_build_object('kind', 'reported', 'player', 'p' || n, 'language', 'en', 'title', 't' || n, 'clue', 'c')
        when 3 then jsonb_build_object('kind', 'agreed', 'player', 'p' || n, 'name', 'P')
        else jsonb_build_object('kind', 'forgotten', 'player', 'p' || n)
    end, clock_timestamp() from generate_series(1, 300) n;
    analyze;
"""
HOLDER = "'00000000-0000-4000-8000-000000000001'::uuid"
CALLS = (
    f"renew_leases({HOLDER}, 60, 60)",
    "queue_stats()",
    "fold_deeds(100)",
    "standing(1, 'day')",
    "standing(1, 'week')",
    "standing(1, 'all')",
    "article_levels('en', 5, null)",
    "article_levels('en', 5, clock_timestamp())",
    "reported_clues('en', 3)",
    "pardon_clues('en', 't7')",
    "daily_set(current_date, 'en', null)",
    "read_boards('{201,202}', '{1,1}', '{b,b}')",
    "forget_board(7, 'b', 'm')",
    "find_names('{1,1}', '{p1,p2}')",
    "find_conversation(1, 'chat7')",
    "read_history(7, 20)",
    "read_replies(7, 0, 20)",
    "read_log(7, 0, 0, 20)",
    "due_timers(10)",
    f"claim_turns({HOLDER}, 10)",
    f"claim_deliveries({HOLDER}, 10)",
    "next_delivery_ms()",
    f"release_leases({HOLDER}, '{{}}', 0)",
    "reap_leases()",
    "builds_in_use()",
    "keep_up()",
)
FEW = {
    "bots",
    "holders",
    "leases",
    "delivery_leases",
    "builds",
    "delivery_pauses",
    "schema_migrations",
    "schema_functions",
}
"""Tables of a row for each bot, process, language or turn under way: reading them whole is right."""
SCANS = "select relname, seq_scan from pg_stat_user_tables where schemaname = 'parlor'"


async def test_no_table_that_grows_is_read_whole(database: Database, owner: Owner) -> None:
    core = await asyncpg.connect(database.url, server_settings=SESSION)
    try:
        await owner.execute(ROWS)
        await core.fetch("select * from parlor.keep_up()")  # makes the log's months, which reads the default partition

        async def scans() -> dict[str, int]:
            await core.execute("select pg_stat_force_next_flush()")
            await core.execute("select 1")
            return {row["relname"]: row["seq_scan"] for row in await owner.fetch(SCANS)}

        whole = {}
        before = await scans()
        for call in CALLS:
            await core.fetch(f"select * from parlor.{call}")
            after = await scans()
            read = {table for table, count in after.items() if count > before.get(table, 0)} - FEW
            if read:
                whole[call] = read
            before = after
        assert whole == {}
    finally:
        await core.close()


@pytest.mark.parametrize("period", ["day", "week", "all"])
async def test_the_tenth_place_goes_to_who_agreed_first_among_equals(
    database: Database, owner: Owner, period: str
) -> None:
    """With more equals than places, all of them are looked at."""
    await owner.execute(
        "insert into parlor.standings (bot_id, player, name, points, wins, agreed_at)"
        " select 1, 'p' || n, 'P' || n, 5, 1, clock_timestamp() - n * interval '1 hour' from generate_series(1, 30) n;"
        "insert into parlor.daily_points (bot_id, day, player, points, wins)"
        " select 1, (clock_timestamp() at time zone 'utc')::date, 'p' || n, 5, 1 from generate_series(1, 30) n"
    )
    rows = await owner.fetch("select name from parlor.standing(1, $1)", period)
    assert [row["name"] for row in rows] == [f"P{n}" for n in range(30, 20, -1)]
