"""The daily challenge: the same five articles for everyone on that UTC day in that language, one try, alone with the bot.

Owns when it may be played and how it begins; its rounds are rounds of "guess", its end is told by `ending.py`. Pure.
"""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from game_state.games.needs import DailySet
from game_state.games.rounds import Games, Unreachable
from game_state.host import words
from game_state.host.desk import Desk
from game_state.host.ending import go_on
from game_state.host.opening import articles_language, open_match
from game_state.host.playing import move
from game_state.host.session import Match

GAME = "guess"


def warns(desk: Desk, match: Match) -> bool:
    """Say once in a round, before a challenge is stopped, that this ends the day's one try; whether it was said now."""
    if not match.day or match.warned:
        return False
    desk.change(match=replace(match, warned=True))
    desk.say(
        desk.voice.say("Stopping ends today's challenge, and you have one try. Say stop again if you mean it."),
        *words.buttons(desk.voice, "hint", "skip", "stop"),
    )
    return True


def start(desk: Desk, games: Games) -> str:
    """Begin today's challenge, go on with it, or show its result again."""
    voice, session = desk.voice, desk.session
    if not desk.private:
        desk.say(voice.say("The daily challenge is played alone: write to me in private, and share the result here."))
        return "private_only"
    day = datetime.fromtimestamp(desk.now_ms / 1000, UTC).date().isoformat()
    if session.daily == day:
        desk.say(
            session.share + "\n\n" + voice.say("That was today's challenge. The next one begins at midnight UTC."),
            *words.buttons(voice, "games"),
        )
        return "daily_done"
    match = session.match
    if session.round is not None:
        if match is not None and match.day:
            return move(desk, games, session.round, games[session.round.game].show)
        desk.say(voice.say("A round is on already. Finish it first, or say stop."), *words.buttons(voice, "stop"))
        return "busy"
    if match is not None and match.day == day:
        return go_on(desk, games)
    language = articles_language(desk, "") or desk.language
    titles = desk.facts.daily_set(DailySet(day=day, language=language))
    if titles is None:
        raise Unreachable
    if not titles:
        desk.say(voice.say("There are not enough articles here for a daily challenge."))
        return "empty"
    desk.say(
        voice.count(
            "The daily challenge: one article, the same for everyone today. You have one try.",
            "The daily challenge: {n} articles, the same for everyone today. You have one try.",
            len(titles),
        )
    )
    return open_match(
        desk,
        Match(game=GAME, total=len(titles), language=language, starter=desk.player, day=day, titles=titles),
        games,
    )
