"""What players may say to steer "guess the article": commands, phrases and button values.

Owns the words that come in; the sentences that go out are in `guess_texts.py`. Pure: text in, an order out.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from article_data.naming import fold


class Command(StrEnum):
    """What a player wants. The values are the buttons' values too."""

    PLAY = "play"
    HINT = "hint"
    SKIP = "skip"
    GIVE_UP = "giveup"
    SCORES = "scores"
    STOP = "stop"
    HELP = "help"
    GREET = "greet"
    """The platform's own first command, /start."""
    GUESS = "guess"
    """/guess WORDS: a guess where plain messages do not reach the bot."""


class Order(msgspec.Struct, frozen=True):
    """One text understood."""

    command: Command | None
    """None: no command, perhaps a guess."""
    slash: bool = False
    """Written with a slash: never taken for a guess."""
    words: str = ""
    """The guess: the text itself, or what followed /guess or an unknown slash command."""


_PHRASES: dict[Command, tuple[str, ...]] = {
    Command.PLAY: (
        "play",
        "play again",
        "lets play",
        "play a game",
        "start",
        "start a game",
        "start game",
        "start the game",
        "new",
        "new game",
        "new round",
        "another round",
    ),
    Command.HINT: (
        "hint",
        "hint please",
        "a hint please",
        "give me a hint",
        "give us a hint",
        "another hint",
        "next hint",
        "clue",
        "next clue",
        "another clue",
        "give me a clue",
        "give us a clue",
    ),
    Command.SKIP: ("skip", "skip it", "skip this", "skip this one", "next article", "another article"),
    Command.GIVE_UP: ("giveup", "give up", "i give up", "we give up", "i giveup", "reveal", "tell me the answer"),
    Command.SCORES: ("scores", "score", "scoreboard", "leaderboard", "show scores", "show the scores"),
    Command.STOP: ("stop", "stop it", "stop game", "stop the game", "stop playing", "end game", "end the game", "quit"),
    Command.HELP: ("help", "help me", "how to play", "how do i play", "how do we play", "what can you do"),
    Command.GUESS: ("guess",),
}
_BY_PHRASE = {phrase: command for command, phrases in _PHRASES.items() for phrase in phrases}
_BY_SLASH = {phrase.replace(" ", ""): command for phrase, command in _BY_PHRASE.items()} | {"start": Command.GREET}
_BY_BUTTON = {command.value: command for command in Command if command not in {Command.GREET, Command.GUESS}}
_LONGEST = max(map(len, _BY_PHRASE)) + 16


def read_text(text: str) -> Order:
    """Understand a text: "/hint@name now", "Give me a HINT!", "start a game"; anything else has no command.

    A slash command may carry a @name and words, which are kept for /guess and for commands that are not ours. A bare
    phrase has to be the whole text.
    """
    stripped = text.strip()
    if stripped.startswith("/"):
        return _read_slash(stripped)
    if len(stripped) > _LONGEST:
        return Order(None, words=stripped)
    command = _BY_PHRASE.get(fold(stripped))
    # "guess" alone asks for nothing that the bot could do.
    return Order(None if command is Command.GUESS else command, words=stripped)


def read_button(value: str | None) -> Command | None:
    """Understand a button's value; None for one that is not ours."""
    return _BY_BUTTON.get((value or "").strip().casefold())


def _read_slash(text: str) -> Order:
    head, _, rest = text[1:].partition(" ")
    name = head.partition("@")[0].casefold().replace("_", "").replace("-", "")
    command = _BY_SLASH.get(name)
    if command is None and name == "give" and fold(rest[:8]).startswith("up"):
        command = Command.GIVE_UP
    return Order(command, slash=True, words=rest.strip() if command in {Command.GUESS, None} else "")
