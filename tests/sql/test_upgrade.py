"""A database of the last release is brought to this one with all that is in it, and nothing of the old stays beside the new."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg
import pytest

from game_state.rows import Accepted, DeliveryFinish, Played, PlayedReply, PlayedTimer, PlayedTurn
from game_state.store import Store
from ops import migrate, scripts
from ops.embedded import EmbeddedDatabase
from tests.conftest import Database

Owner: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
RELEASED = 2
"""The last migration of the release that is upgraded from."""
SIGNATURES = Path(__file__).with_name("released_0002.txt")
"""That release's functions: name(arguments) returns result. To be made anew with each release, by the query in docs/sql.md."""
FUNCTIONS = """
    select p.oid::regprocedure::text as signature, pg_get_function_result(p.oid) as result, md5(p.prosrc) as body,
        p.prosecdef as definer, has_function_privilege('parlor_app', p.oid, 'execute') as usable,
        has_function_privilege('public', p.oid, 'execute') as open
    from pg_proc p where p.pronamespace = 'parlor'::regnamespace order by 1
"""
TEXT = '{{"kind":"text","address":"{address}","dedupe_key":"{key}","text":"banana","sender":"1"}}'
LEFT = f"""
    insert into parlor.bots (name, platform, game, language, lane, credentials, pulls, replies_per_call)
    values ('quiz', 'test', 'guess', 'en', 'default', 'sealed', false, 1);
    -- 1: a round, with a message that waits. 2: a round whose timer is due. 3: a reply that waits. 4: played by one that died.
    insert into parlor.conversations (bot_id, address, message_count, reply_count)
    select 1, 'chat' || n, 3, 2 from generate_series(1, 4) n;
    insert into parlor.sessions (conversation_id, version, document)
    select n, 2, '{{"game":"guess","version":1,"state":{{"rounds":1}}}}' from generate_series(1, 4) n;
    insert into parlor.dedupe_keys (bot_id, dedupe_key) values (1, 'seen');
    insert into parlor.inbox (conversation_id, number, message, seed, attempts)
    values (1, 3, '{TEXT.format(address="chat1", key="w1")}', 7, 0), (4, 3, '{TEXT.format(address="chat4", key="w4")}', 7, 1);
    insert into parlor.waiting (conversation_id, lane) values (1, 'default');
    insert into parlor.timers (conversation_id, name, due_at, message)
    values (2, 'round', clock_timestamp() - interval '1 minute', '{{"kind":"timer","timer":"round","address":"chat2"}}'),
        (1, 'idle', clock_timestamp() + interval '1 hour', '{{"kind":"timer","timer":"idle","address":"chat1"}}');
    insert into parlor.deliveries (conversation_id, number, turn, reply, origin, key, attempts)
    values (3, 2, 2, '{{"text":"late"}}', '{{}}', gen_random_uuid(), 3);
    insert into parlor.delivery_waiting (conversation_id) values (3);
    insert into parlor.holders (holder, turns_expire_at, deliveries_expire_at)
    values ('00000000-0000-4000-8000-000000000001', clock_timestamp(), clock_timestamp());
    insert into parlor.leases (conversation_id, token, holder)
    values (4, nextval('parlor.lease_tokens'), '00000000-0000-4000-8000-000000000001');
    insert into parlor.log (conversation_id, direction, number, position, kind, outcome, body, seed, begun_at)
    select n, 'in', 1, 0, 'text', 'started', '{TEXT.format(address="chat", key="l")}', 7, clock_timestamp()
    from generate_series(1, 4) n;
    insert into parlor.log (conversation_id, direction, number, position, kind, outcome, body, begun_at)
    select n, 'out', 1, 1, 'reply', 'delivered', '{{"text":"Clue 1"}}', clock_timestamp() from generate_series(1, 4) n;
    insert into parlor.parked (conversation_id, number, message, seed, error, attempts) values (3, 1, '{{}}', 7, 'boom', 5);
    insert into parlor.dead_letters (conversation_id, number, reply, reason, attempts, unknowns)
    values (3, 1, '{{}}', 'blocked', 1, 0);
    insert into parlor.quarantine (bot_id, path, error, event) values (1, '$', 'odd', 'x');
    insert into parlor.sender_names (bot_id, sender, name) values (1, '1', 'Ana');
    insert into parlor.builds (language, build_id) values ('en', 'old');
"""


def _of(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


@pytest.fixture
async def released(cluster: EmbeddedDatabase, tmp_path: Path) -> AsyncIterator[Database]:
    """A database as the last release left it: its tables, its functions' signatures (nobody calls their bodies), and rows."""
    sql = tmp_path / "sql"
    (sql / "functions").mkdir(parents=True)
    (sql / "migrations").mkdir()
    for script in scripts.migrations()[:RELEASED]:
        shutil.copy(scripts.SQL / "migrations" / f"{script.name}.sql", sql / "migrations")
    stubs = [
        f"create or replace function parlor.{line} language plpgsql security definer set search_path = '' as $$ begin end $$;"
        for line in SIGNATURES.read_text().splitlines()
    ]
    (sql / "functions" / "30_turns.sql").write_text("\n".join(stubs))
    superuser = await asyncpg.connect(cluster.superuser_url)
    try:
        await superuser.execute("create database upgraded owner parlor_owner")
        found = Database(*(_of(url, "upgraded") for url in (cluster.url, cluster.owner_url, cluster.superuser_url)))
        await migrate.up(found.owner_url, "parlor_app", sql=sql)
        owner = await asyncpg.connect(found.owner_url)
        await owner.execute(LEFT)
        await owner.close()
        yield found
        await superuser.execute("drop database upgraded with (force)")
    finally:
        await superuser.close()


async def test_the_functions_are_those_of_a_fresh_database(released: Database, owner: Owner) -> None:
    await migrate.up(released.owner_url, "parlor_app")
    assert (await migrate.status(released.owner_url)).ready
    upgraded = await asyncpg.connect(released.owner_url)
    try:
        found = [tuple(row) for row in await upgraded.fetch(FUNCTIONS)]
    finally:
        await upgraded.close()
    assert found == [tuple(row) for row in await owner.fetch(FUNCTIONS)]
    names = [signature.partition("(")[0] for signature, *_ in found]
    assert len(names) == len(set(names)), "no function in two versions"


async def test_all_that_waited_goes_on(released: Database) -> None:
    await migrate.up(released.owner_url, "parlor_app")
    store = await Store.connect(released.url)
    holder = uuid4()
    try:
        assert await store.renew_leases(holder, 60, 60)
        assert await store.reap_leases() == (1, 0)
        assert (await store.due_timers(10))[0] == 1
        handed = {h.conversation_id: h for h in await store.claim_turns(holder, 10)}
        assert {c: h.numbers for c, h in handed.items()} == {1: [3], 2: [4], 4: [3]}
        assert all(h.session is not None and h.session_version == 2 for h in handed.values())

        given = '{"name":"Ana"}'
        deed = '{"kind":"agreed","player":"1","name":"Ana"}'
        turns = [
            PlayedTurn(
                c,
                h.token,
                2,
                '{"game":"parlor","version":2,"state":{}}',
                [
                    Played(
                        h.numbers[0],
                        "wrong",
                        [PlayedReply('{"text":"no","board":"round"}', "{}")],
                        [PlayedTimer("idle", 1, '{"kind":"timer"}')],
                        [deed],
                        given,
                    )
                ],
            )
            for c, h in handed.items()
        ]
        committed = await store.finish_turns(holder, turns, keep_on=False)
        assert [(c.committed, c.first_reply) for c in committed] == [(True, 3)] * 3, "replies are numbered on"
        assert await store.fold_deeds(100) == 3

        (late,) = await store.claim_deliveries(holder, 10)
        assert (late.conversation_id, late.rows[0].number, late.rows[0].attempts) == (3, 2, 4)
        sent = DeliveryFinish(3, late.token, 2, "delivered", message_id="m2")
        first = DeliveryFinish(
            committed[0].conversation_id, committed[0].send_token or 0, 3, "delivered", message_id="m3"
        )
        assert await store.finish_deliveries(holder, [sent, first], keep_on=False) == [(True, None)] * 2
        (board,) = await store.read_boards([(first.conversation_id, 4, "round")])
        assert board.message_id == "m3"

        accepted = await store.accept_messages(
            [Accepted(1, "chat3", key, TEXT.format(address="chat3", key=key), 7) for key in ("seen", "new")], holder
        )
        assert [row.number for row in accepted] == [None, 4]
        logged = await store.read_log(1, 0, 0, 10)
        assert [(row.number, row.given) for row in logged] == [(1, None), (3, '{"name": "Ana"}')]
        assert {kind: len(rows) for kind, rows in (await store.troubles(10)).items()} == {
            "quarantined": 1,
            "parked": 1,
            "dead_letters": 1,
        }
        assert await store.find_names([(1, "1")]) == {(1, "1"): "Ana"}
        assert await store.current_builds() == {"en": "old"}
        assert await store.keep_up()
    finally:
        await store.close()
