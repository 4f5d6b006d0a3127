"""Scores of a conversation: today, this week, all time, and days in a row. Days and weeks are UTC's.

Owns one player's line, how points are added and how lines are ranked. Pure.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

PLAYER_LIMIT: Final = 60
"""Most players on a scoreboard; the weakest makes room for a new one."""
DAY_MS: Final = 86_400_000

Period = Literal["day", "week", "all"]


class Score(msgspec.Struct, frozen=True, array_like=True):
    """One line of the scoreboard."""

    name: str
    """Display name, at most 24 characters; "" where nobody knows it, and for who left or asked to be forgotten."""
    points: int
    wins: int
    day: int = 0
    """Days since 1970 of the newest points."""
    day_points: int = 0
    """Points of that day."""
    week_points: int = 0
    """Points of that day's week, from Monday on."""
    streak: int = 0
    """Days in a row with points, that day the last."""

    def points_in(self, period: Period, today: int) -> int:
        """Return the points of a period that has `today` (days since 1970) in it."""
        if period == "all":
            return self.points
        if period == "week":
            return self.week_points if week_of(self.day) == week_of(today) else 0
        return self.day_points if self.day == today else 0

    def streak_at(self, today: int) -> int:
        """Return the days in a row up to today or yesterday; 0 when the row is broken."""
        return self.streak if 0 <= today - self.day <= 1 else 0


def day_of(now_ms: int) -> int:
    """Return the days since 1970 at a Unix time in milliseconds."""
    return now_ms // DAY_MS


def week_of(day: int) -> int:
    """Return the number of the week, from Monday on, that a day is in (1970-01-01 was a Thursday)."""
    return (day + 3) // 7


def with_points(
    scores: dict[str, Score], player: str, name: str, points: int, won: bool, today: int
) -> dict[str, Score]:
    """Return the scores after `player` won `points`; the weakest other player goes when there are more than 60."""
    before = scores.get(player, Score("", 0, 0))
    if before.day - today == 1:
        today = before.day  # a clock that was set back at midnight: that day has begun
    after = scores | {
        player: Score(
            name or before.name,
            before.points + points,
            before.wins + won,
            today,
            before.points_in("day", today) + points,
            before.points_in("week", today) + points,
            before.streak if before.day == today and before.streak else before.streak_at(today) + 1,
        )
    }
    if len(after) <= PLAYER_LIMIT:
        return after
    # The database does not keep the order of keys, so ties are broken by the id.
    weakest = min((entry.points, entry.wins, key) for key, entry in after.items() if key != player)[2]
    return {key: entry for key, entry in after.items() if key != weakest}


def ranking(scores: dict[str, Score], period: Period, today: int) -> list[Score]:
    """Return those with points in the period, best first: by points, then wins, then name and id."""
    lines = [(entry.points_in(period, today), entry, key) for key, entry in scores.items()]
    lines.sort(key=lambda line: (-line[0], -line[1].wins, line[1].name, line[2]))
    return [entry for points, entry, _ in lines if points > 0]


def nameless(scores: dict[str, Score], player: str) -> dict[str, Score]:
    """Return the scores without this player's name."""
    if player not in scores:
        return scores
    return scores | {player: msgspec.structs.replace(scores[player], name="")}
