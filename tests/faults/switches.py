"""Stored functions with one mechanism switched off, to show that a test sees it missing."""

from __future__ import annotations

from pathlib import Path

SQL = Path(__file__).resolve().parents[2] / "sql" / "functions"


def without(file: str, *changes: tuple[str, str]) -> str:
    """A functions file with pieces changed; each has to be there."""
    text = (SQL / file).read_text()
    for old, new in changes:
        assert old in text, f"{file} no longer says: {old}"
        text = text.replace(old, new)
    return text


FENCE_OFF = without(
    "30_turns.sql",
    ("        where l.conversation_id = t.conversation_id and l.token = t.token\n"
     "            and exists (select 1 from parlor.holders h where h.holder = l.holder and h.turns_expire_at > v_now)\n"
     "            and t.session_version = coalesce(\n"
     "                (select s.version from parlor.sessions s where s.conversation_id = t.conversation_id), 0)\n"
     "        returning l.conversation_id\n"
     "    )\n"
     "    select coalesce(array_agg(conversation_id), '{}') into v_ids from gone;",
     "        where l.conversation_id = t.conversation_id returning l.conversation_id\n"
     "    )\n"
     "    select coalesce(array_agg(conversation_id), '{}') into v_ids from unnest(p_conversation_ids) as t (conversation_id);"),
)  # fmt: skip
LEASE_OFF = without(
    "20_accept.sql",
    ("(select 1 from parlor.leases l where l.conversation_id = s.conversation_id limit 1) is null\n"
     "                    and (select 1 from parlor.waiting w where w.conversation_id = s.conversation_id limit 1) is null\n"
     "                    and (select 1 from parlor.inbox i where i.conversation_id = s.conversation_id limit 1) is null\n",
     "true\n"),
    ("        where s.token is not null;\n\n        insert into parlor.inbox",
     "        where s.token is not null\n"
     "        on conflict (conversation_id) do update set token = excluded.token, holder = excluded.holder;\n\n"
     "        insert into parlor.inbox"),
)  # fmt: skip
