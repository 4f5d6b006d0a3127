"""When to be silent: no bot talks to bots for ever, and nobody makes this one flood a chat.

Owns two limits: answers to one sender in a minute and an hour, and answers in a row that led nowhere. Pure.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from game_state.host.session import PLAYERS_AT_ONCE, Budget, Session

A_MINUTE: Final = 40
AN_HOUR: Final = 1000
"""Answers that one sender gets; what comes beyond is played, and met with silence until it ends a round. No person plays so fast
for an hour."""
ASTRAY_LIMIT: Final = 5
"""After so many answers in a row that led nowhere (unknown words, greetings, help) the bot waits for a real command."""
ASTRAY: Final = frozenset({"unknown", "greeted", "help", "unreadable", "no_round", "thanked"})
FRUITLESS_LIMIT: Final = 40
"""After so many answers in a row that brought a round no further, what is wrong is played and no longer answered."""
FRUITLESS: Final = frozenset({"wrong", "unclear", "untold", "repeated", "ignored", "exhausted", "spent", "no_hint"})
_MINUTE_MS: Final = 60_000


def spend(session: Session, player: str, outcome: str, now_ms: int) -> tuple[Session, bool]:
    """Count an answer; say whether it may be given."""
    astray = session.astray + 1 if outcome in ASTRAY else 0
    fruitless = session.fruitless + 1 if outcome in FRUITLESS else 0
    if astray > ASTRAY_LIMIT or fruitless > FRUITLESS_LIMIT:
        return session, False
    session = replace(session, astray=astray, fruitless=fruitless)
    minute = now_ms // _MINUTE_MS
    before = session.budgets.get(player, Budget(minute, 0, 0))
    hour_is_same = before.minute // 60 == minute // 60
    budget = Budget(
        minute,
        before.answers + 1 if before.minute == minute else 1,
        before.in_hour + 1 if hour_is_same else 1,
    )
    if budget.answers > A_MINUTE or budget.in_hour > AN_HOUR:
        return session, False
    budgets = {key: one for key, one in session.budgets.items() if one.minute // 60 == minute // 60 and key != player}
    if len(budgets) < PLAYERS_AT_ONCE:
        budgets[player] = budget
    return replace(session, budgets=budgets), True
