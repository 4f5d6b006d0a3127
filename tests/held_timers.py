"""Timers that ring when a test says so, and not when a slow machine happens to be late or early for them."""

from __future__ import annotations

import asyncpg

_HOLD = """
    create function parlor.hold() returns trigger language plpgsql as $$
    begin
        new.due_at := new.due_at + interval '1 hour';
        return new;
    end $$;
    create trigger hold before insert on parlor.timers for each row when (new.name in ({names})) execute function parlor.hold();
"""


async def hold(owner: asyncpg.Connection[asyncpg.Record], *names: str) -> None:
    """From now on a timer of these names that is set waits an hour longer. Once for a database."""
    await owner.execute(_HOLD.format(names=", ".join(f"'{name}'" for name in names)))
