"""Who may skip, stop and change settings in a group: the starter, an admin, or half of those who played in the last minutes.

Owns that rule, and counting votes. Alone everybody may everything. Pure.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from game_state.host.desk import Desk
from game_state.host.session import PLAYERS_AT_ONCE, Round

LATELY_MS: Final = 5 * 60_000
"""Who played within so long has a say."""


def may_end(desk: Desk, current: Round, *, is_stop: bool) -> bool:
    """Say whether the player may skip the round or stop the game; if not, count the vote and tell how many are missing.

    Who wants to stop wants to skip too, but not the other way round.
    """
    if may_end_at_once(desk, current.starter):
        return True
    if desk.session.settings.stop == "starter":
        refuse(desk)
        return False
    voters = _lately(desk)
    if is_stop:
        current = replace(current, stops=_with(current.stops, desk.player))
    else:
        current = replace(current, votes=_with(current.votes, desk.player))
    agreed = voters.intersection(current.stops if is_stop else (*current.votes, *current.stops))
    missing = (len(voters) + 1) // 2 - len(agreed)
    if missing <= 0:
        return True
    desk.change(round=current)
    desk.say(desk.voice.count("{n} more of you has to say so.", "{n} more of you have to say so.", missing))
    return False


def may_end_at_once(desk: Desk, starter: str) -> bool:
    """Say whether the player may end something that `starter` began, without asking anybody."""
    rule, player = desk.session.settings.stop, desk.player
    if desk.private or rule == "anyone" or (player and player == starter):
        return True
    if rule == "vote" and not _lately(desk) - {player}:
        return True
    return desk.facts.is_admin()


def may_change(desk: Desk, setting: str) -> bool:
    """Say whether the player may change a setting: what guards others is for admins, where it can be known who they are."""
    if desk.private or not desk.event.stage.admins:
        return True
    guards = setting in {"stop", "adult"} or desk.session.settings.stop == "starter"
    return not guards or desk.facts.is_admin()


def refuse(desk: Desk) -> None:
    """Say who may do that."""
    desk.say(desk.voice.say("Only the one who started the game, or an admin, can do that here."))


def _with(votes: tuple[str, ...], player: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*votes, player)))[:PLAYERS_AT_ONCE]


def _lately(desk: Desk) -> set[str]:
    return {who for who, at_ms in desk.session.played_ms.items() if desk.now_ms - at_ms < LATELY_MS}
