"""What can go wrong between a process and its state, split by whose fault it is.

StoreError
    Unavailable      the database cannot be reached, is read-only, or lost the connection: answer 503, try again
    HolderExpired    this process' incarnation is dead: take a new one, its leases are lost
    BadData          the database refuses these values: only the item that holds them fails
        UnknownBot, SessionTooLarge
    SchemaMismatch   the functions are not those that this code calls: migrate
SessionTooNew        a newer release wrote the session: give the lease back, this process cannot play it
TurnTimeout          a rule ran longer than a turn may

`SQLSTATES` maps the database's own codes; every code raised under `sql/functions` stands there and nowhere else.
"""

from __future__ import annotations


class StoreError(Exception):
    """Any failure of a stored function."""


class Unavailable(StoreError):
    """The database cannot be reached or does not take writes now. Nothing is known of the call's effect; try again."""


class HolderExpired(StoreError):
    """The holder's lease ended by the database's clock. The caller takes a new incarnation."""


class BadData(StoreError):
    """The database refuses the values. Split the batch; the item alone that raises it is at fault."""


class UnknownBot(BadData):
    """A message names a bot that the database does not have: restart, so that bots are upserted."""


class SessionTooLarge(BadData):
    """A session is beyond 256 KiB: the game keeps too much."""


class RetentionTooShort(BadData):
    """Dedupe keys were to be forgotten before the longest platform stops retrying."""


class SchemaMismatch(StoreError):
    """A stored function is missing or has another signature: run `python server.py migrate up`."""


class SessionTooNew(Exception):
    """The session was written by a newer release than this one."""


class TurnTimeout(BaseException):
    """A rule ran longer than a turn may. Not an Exception, so that no rule can swallow it."""


SQLSTATES: dict[str, type[StoreError]] = {
    "PL001": UnknownBot,
    "PL002": HolderExpired,
    "PL003": SessionTooLarge,
    "PL004": RetentionTooShort,
}
