"""Every sentence that "guess the article" says, in English, with its buttons.

Owns wording only: each function makes one Reply from plain values and decides nothing. Short, warm, one idea a message.
No function is given the answer but those that reveal it.
"""

from __future__ import annotations

from collections.abc import Sequence

from article_data.article import Article
from game_state.games.guess_state import Player
from game_state.games.guess_words import Command
from game_state.message import Button, Reply

SUMMARY_LIMIT = 320
"""Longest summary shown, in characters."""
SCOREBOARD_LINES = 10

_PLAY = Button(label="Play", value=Command.PLAY)
_AGAIN = Button(label="Play again", value=Command.PLAY)
_HINT = Button(label="Hint", value=Command.HINT)
_SKIP = Button(label="Skip", value=Command.SKIP)
_GIVE_UP = Button(label="Give up", value=Command.GIVE_UP)
_SCORES = Button(label="Scores", value=Command.SCORES)
_HELP = Button(label="Help", value=Command.HELP)
_AFTER = (_AGAIN, _SCORES)


def greeting(bot: str) -> Reply:
    """Say hello to a conversation that the bot was added to."""
    who = f"Hello, I am {bot}." if bot else "Hello!"
    return Reply(
        text=f"{who} I know a lot of articles: I give the clues, you name the article. Shall we?",
        buttons=(_PLAY, _HELP),
    )


def how_to_play() -> Reply:
    """Explain the game."""
    return Reply(
        text=(
            "I pick an article and give clues, the hardest first. Write what you think it is: anyone here may guess, "
            "as often as you like, and spelling need not be perfect. Fewer clues, more points!\n\n"
            "play: a new article\n"
            "hint: the next clue\n"
            "skip: another article\n"
            "give up: the answer\n"
            "scores: who leads\n"
            "stop: the end of the game"
        ),
        buttons=(_PLAY, _SCORES),
    )


def first_clue(clue: str, total: int) -> Reply:
    """Open a round."""
    return Reply(text=f"Which article is this? Clue 1 of {total}:\n\n{clue}", buttons=_clue_buttons(1, total))


def next_clue(clue: str, number: int, total: int) -> Reply:
    """Give the next clue."""
    return Reply(text=f"Clue {number} of {total}:\n\n{clue}", buttons=_clue_buttons(number, total))


def already_on(clue: str, number: int, total: int) -> Reply:
    """Repeat the clue of the round that is on."""
    return Reply(
        text=f"A round is on already. Clue {number} of {total}:\n\n{clue}", buttons=_clue_buttons(number, total)
    )


def no_more_clues() -> Reply:
    """Say that all clues were given."""
    return Reply(text="Those were all the clues. Have a last guess, or give up?", buttons=(_SKIP, _GIVE_UP))


def correct(article: Article, name: str, points: int, clues: int) -> Reply:
    """Name the winner, then the article."""
    won = f"{points} point" if points == 1 else f"{points} points"
    after = "the first clue" if clues == 1 else f"{clues} clues"
    return Reply(text=f"Yes! {name} got it after {after}: {won}.\n\n{_about(article)}", buttons=_AFTER)


def revealed(title: str, article: Article | None, opening: str) -> Reply:
    """Give the answer at the end of a round that nobody won. `article` is None where the store cannot give it now."""
    return Reply(text=f"{opening}\n\n{_about(article) if article is not None else title}", buttons=_AFTER)


def skipped(title: str, article: Article | None) -> Reply:
    """Give the answer of a skipped round; the next clue follows."""
    link = f"\n{article.url}" if article is not None and article.url else ""
    return Reply(text=f"Skipped. It was: {title}{link}")


GAVE_UP = "No shame in that, it was a hard one. It was:"
STOPPED = "The game is over, thank you for playing. It was:"
IDLE = "It has been quiet for a while, so I end this round. It was:"
OUTDATED = "My encyclopedia has just been renewed, so this round has to end here. It was:"


def close(name: str) -> Reply:
    """Tell a player of a near miss."""
    return Reply(text=f"{name}, that is close!" if name else "That is close!")


def wrong_in_private(*, more_clues: bool) -> Reply:
    """Tell the only player of a miss, with the next step."""
    if more_clues:
        return Reply(text="Not quite. Try again, or take a hint?", buttons=(_HINT, _GIVE_UP))
    return Reply(text="Not quite. Those were all the clues: try again, or give up?", buttons=(_SKIP, _GIVE_UP))


def wrong_in_group() -> Reply:
    """Answer a miss that was said to the bot directly."""
    return Reply(text="Not it.")


def empty_guess() -> Reply:
    """Ask for the words of an empty guess."""
    return Reply(text="Write your guess after the command, on the same line: /guess and the name.")


def no_round() -> Reply:
    """Say that nothing is being played."""
    return Reply(text="No round is on right now. Shall we start one?", buttons=(_PLAY, _SCORES))


def suggestion() -> Reply:
    """Answer words that mean nothing while no round is on."""
    return Reply(text="I did not get that. Shall we play a round of Guess the article?", buttons=(_PLAY, _HELP))


def only_words() -> Reply:
    """Answer a picture, a sticker and their like in a private chat."""
    return Reply(text="Nice! I only understand words, though.")


def unreachable() -> Reply:
    """Say honestly that the articles cannot be read."""
    return Reply(text="I can't reach my encyclopedia right now, please try again in a moment.")


def scoreboard(players: Sequence[Player]) -> Reply:
    """Show the best players, best first."""
    if not players:
        return Reply(text="Nobody has scored yet. Be the first?", buttons=(_PLAY,))
    lines = [
        f"{place}. {player.name or 'Somebody'}: {_counted(player.points, 'point')}, {_counted(player.wins, 'win')}"
        for place, player in enumerate(players[:SCOREBOARD_LINES], start=1)
    ]
    rest = len(players) - SCOREBOARD_LINES
    if rest > 0:
        lines.append(f"and {rest} more")
    return Reply(text="\n".join(["The scores here:", *lines]), buttons=(_PLAY,))


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _clue_buttons(number: int, total: int) -> tuple[Button, ...]:
    return (_HINT, _SKIP, _GIVE_UP) if number < total else (_SKIP, _GIVE_UP)


def _about(article: Article) -> str:
    summary = " ".join(article.summary.split())
    if len(summary) > SUMMARY_LIMIT:
        summary = summary[:SUMMARY_LIMIT].rpartition(" ")[0].rstrip(" ,;:.") + " ..."
    return "\n".join(part for part in (article.title, summary, article.url) if part)
