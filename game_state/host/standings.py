"""Who leads: in this conversation, or at the bot, of those who agreed to be on its list; today, this week, or of all time.

Owns which table is asked for, and telling it in one tidy message. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence

from game_state.games.needs import Line, Standing
from game_state.host import words
from game_state.host.desk import Desk
from game_state.host.scores import Period, day_of, ranking
from languages.voice import Voice


def scores(desk: Desk, which: str) -> str:
    """Tell a table; `which` holds "day", "week" or neither, and "bot" for the bot's."""
    asked = which.casefold().replace(":", " ").split()
    period: Period = "day" if "day" in asked else "week" if "week" in asked else "all"
    if "bot" in asked:
        return _everywhere(desk, period)
    lines, today = ranking(desk.session.scores, period, day_of(desk.now_ms)), day_of(desk.now_ms)
    others = [f"scores:{other}" for other in ("day", "week", "all", "bot") if other != period]
    if lines:
        desk.say(
            words.scoreboard(desk.voice, lines, period, today, private=desk.private),
            *words.buttons(desk.voice, *others),
        )
    else:
        desk.say(desk.voice.say("Nobody has scored yet. Be the first?"), *words.buttons(desk.voice, "play", *others))
    return "scores"


def _everywhere(desk: Desk, period: Period) -> str:
    voice = desk.voice
    lines = desk.facts.standing(Standing(period=period))
    if lines is None:
        desk.say(voice.say("I can't look that up right now."))
        return "unreachable"
    others = [f"scores:bot:{other}" for other in ("day", "week", "all") if other != period]
    text = _table(voice, lines, period) if lines else voice.say("Nobody is on this list yet.")
    desk.say(text, *words.buttons(voice, "agree", *others))
    return "scores"


def _table(voice: Voice, lines: Sequence[Line], period: Period) -> str:
    headings = {
        "day": voice.say("The best of today, of all who agreed to be on this list:"),
        "week": voice.say("The best of this week, of all who agreed to be on this list:"),
        "all": voice.say("The best of all who agreed to be on this list:"),
    }
    told = [
        f"{place}. {line.name}: " + voice.count("{n} point", "{n} points", line.points)
        for place, line in enumerate(lines, start=1)
    ]
    return "\n".join([headings[period], *told])
