"""What the host says: greetings, help, openings and ends of rounds, scores. With the buttons under it.

Owns wording and layout only; decides nothing. Every sentence is an English literal that the voice translates.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from article_data.article import Article
from game_state.games.rounds import RoundGame
from game_state.host.scores import Period, Score
from game_state.host.session import Winner
from game_state.message import Button
from languages.voice import Voice

SUMMARY_LIMIT: Final = 320
"""Longest summary shown, in characters."""
ENDING_LIMIT: Final = 1200
"""Longest end of a round, in characters; a message of a group may be no longer."""
LINE_LIMIT: Final = 90
"""A line of an ending is not cut shorter."""
SCORE_LINES: Final = 10
_CUT: Final = " ..."


def button(voice: Voice, value: str) -> Button:
    """Make the button of a command."""
    labels = {
        "play": voice.say("Play"),
        "again": voice.say("Play again"),
        "games": voice.say("Games"),
        "hint": voice.say("Hint"),
        "skip": voice.say("Skip"),
        "giveup": voice.say("Give up"),
        "stop": voice.say("Stop"),
        "scores": voice.say("Scores"),
        "scores:day": voice.say("Today"),
        "scores:week": voice.say("This week"),
        "scores:all": voice.say("All time"),
        "scores:bot": voice.say("Everywhere"),
        "scores:bot:day": voice.say("Today"),
        "scores:bot:week": voice.say("This week"),
        "scores:bot:all": voice.say("All time"),
        "help": voice.say("Help"),
        "daily": voice.say("Daily challenge"),
        "settings": voice.say("Settings"),
        "report": voice.say("Bad clue"),
        "agree": voice.say("Count me in"),
    }
    return Button(label=labels[value], value=value)


def buttons(voice: Voice, *values: str) -> tuple[Button, ...]:
    """Make the buttons of several commands."""
    return tuple(button(voice, value) for value in values)


def greeting(voice: Voice, bot: str) -> str:
    """Say hello."""
    hello = voice.say("Hello, I am {bot}.", bot=bot) if bot else voice.say("Hello!")
    return f"{hello} " + voice.say("I know a lot of articles, and six games to play with them. Shall we?")


def games(voice: Voice, played: Sequence[RoundGame]) -> str:
    """List the games, one line of rules each."""
    lines = [f"{game.title(voice)}: {_first_line(game.rules(voice))}" for game in played]
    return "\n".join([voice.say("What shall we play?"), "", *lines])


def help_text(voice: Voice) -> str:
    """Explain what can be said."""
    told = voice.say("I give the clues, you name the article: just write it, spelling need not be perfect.")
    return f"{told}\n\n{commands(voice)}"


def commands(voice: Voice) -> str:
    """List the commands that matter, a line each."""
    return "\n".join(
        (
            voice.say("/games: all six games"),
            voice.say("/play guess 5 hard history: five hard rounds on history"),
            voice.say("/hint, /skip, /stop: while we play"),
            voice.say("/scores: who leads"),
            voice.say("/daily: five articles a day, in private"),
            voice.say("/about Vienna: what I know of it"),
            voice.say("/settings and /language: as you like it"),
        )
    )


def unreachable(voice: Voice) -> str:
    """Say honestly that the articles cannot be read."""
    return voice.say("I can't reach my encyclopedia right now, please try again in a moment.")


def won(voice: Voice, winners: Sequence[Winner], *, private: bool) -> str:
    """Name who named the article."""
    points = voice.count("{n} point", "{n} points", winners[0].points)
    if private:
        return voice.say("Yes, that is it! {points}.", points=points)
    names = [winner.name or voice.say("Somebody") for winner in winners]
    if len(names) == 1:
        return voice.say("Yes! {name} got it: {points}.", name=names[0], points=points)
    if len({winner.points for winner in winners}) > 1:
        each = (voice.count("{n} point", "{n} points", winner.points) for winner in winners)
        told = zip(names, each, strict=True)
        return "\n".join(voice.say("Yes! {name} got it: {points}.", name=name, points=own) for name, own in told)
    return voice.say(
        "Yes! {names} got it in the same second: {points} each.", names=joined(voice, names), points=points
    )


def joined(voice: Voice, names: Sequence[str]) -> str:
    """List two names or more: "Ana, Ben and Cleo"."""
    *first, last = names
    return voice.say("{names} and {name}", names=", ".join(first), name=last)


def about(article: Article | None, title: str, limit: int = SUMMARY_LIMIT) -> str:
    """Tell of an article: title, summary, link. The title alone where the store cannot give it now."""
    if article is None or article.article_id < 0:
        return title
    return "\n".join(part for part in (article.title, cut(article.summary, limit), article.url) if part)


def ending(lines: Sequence[str], article: Article | None, title: str) -> str:
    """Tell how a round ended, then of its article. What is too long is shortened: first the summary, then the longest lines."""
    told, lead = "", "\n".join(lines)
    for limit in (SUMMARY_LIMIT, SUMMARY_LIMIT // 2, 0):
        told = about(article, title, limit)
        if len(lead) + len(told) + 2 <= ENDING_LIMIT:
            return f"{lead}\n\n{told}"
    room = max(0, ENDING_LIMIT - len(told) - 2)
    kept = [part for line in lines for part in line.splitlines()]
    while len("\n".join(kept)) > room and (longest := max(kept, key=len)):
        # Where all lines are short, there are too many of them: the last ones go.
        if len(longest) > LINE_LIMIT:
            kept[kept.index(longest)] = cut(longest, max(LINE_LIMIT, 2 * len(longest) // 3))
        else:
            kept.pop()
    return "\n".join(kept) + f"\n\n{told}"


def cut(text: str, limit: int = SUMMARY_LIMIT) -> str:
    """Shorten a text to whole sentences if that keeps half of the limit, else to whole words; at most `limit` characters."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    if limit <= len(_CUT):
        return ""
    sentence = text[: limit + 1].rpartition(". ")[0]
    if 2 * len(sentence) >= limit:
        return f"{sentence}."
    return text[: limit - len(_CUT) + 1].rpartition(" ")[0].rstrip(" ,;:.") + _CUT


def scoreboard(voice: Voice, lines: Sequence[Score], period: Period, today: int, *, private: bool) -> str:
    """Show the best players of a period, best first. Alone, who has no name is "you"."""
    unnamed = voice.say("You") if private else voice.say("Somebody")
    headings = {
        "day": voice.say("The scores here today:"),
        "week": voice.say("The scores here this week:"),
        "all": voice.say("The scores here:"),
    }
    shown = [headings[period]]
    for place, score in enumerate(lines[:SCORE_LINES], start=1):
        points = voice.count("{n} point", "{n} points", score.points_in(period, today))
        line = f"{place}. {score.name or unnamed}: {points}"
        if period == "all":
            line += ", " + voice.count("{n} win", "{n} wins", score.wins)
        if (streak := score.streak_at(today)) > 1:
            line += ", " + voice.count("{n} day in a row", "{n} days in a row", streak)
        shown.append(line)
    rest = len(lines) - SCORE_LINES
    if rest > 0:
        shown.append(voice.count("and {n} more", "and {n} more", rest))
    return "\n".join(shown)


def _first_line(text: str) -> str:
    return text.partition("\n")[0]
