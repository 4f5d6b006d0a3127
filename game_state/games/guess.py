"""Guess the article: clues from the hardest to the easiest, and whoever names the article first gets the points.

Owns what a message means here: which messages of a private chat or a group count, and which act they ask for. The acts
are in `guess_round.py`, the memory in `guess_state.py`, the words in and out in `guess_words.py` and `guess_texts.py`.
Pure: it reads no clock, file or random source and knows no platform.

In a group the bot is a guest: without a round it hears only what is addressed to it and its slash commands; while a
round is on every text may be a guess, and a wrong one that was not said to the bot is met with silence.
"""

from __future__ import annotations

from typing import assert_never

from article_data.judge.judging import judge
from game_state.games import guess_round, guess_state, guess_texts
from game_state.games.contract import Articles, Event, Needs, State, Turn
from game_state.games.guess_answer import title_key
from game_state.games.guess_round import Play, done
from game_state.games.guess_words import Command, Order, read_button, read_text
from game_state.message import Kind


class GuessGame:
    """The rules of "guess the article"."""

    name = "guess"
    state_version = 1

    def upcast(self, state: State, version: int) -> State:
        """Return the state as it is: there has been one version so far."""
        del version
        return state

    def advance(self, state: State, event: Event, articles: Articles) -> Turn | Needs:
        """Play one event. Raises msgspec.ValidationError only for a state that this game did not write."""
        play = Play(guess_state.decode(state), event, articles)
        message = event.message
        match message.kind:
            case Kind.TEXT:
                return _hear(play)
            case Kind.BUTTON:
                return _press(play)
            case Kind.TIMER:
                return _ring(play)
            case Kind.JOIN:
                return _arrive(play)
            case Kind.LEAVE:
                # In a group only the bot's own going is addressed to it; a person's ends nobody's round.
                if message.group and not message.addressed:
                    return done(play, "ignored")
                return guess_round.leave(play)
            case Kind.EDIT:
                return done(play, "ignored")
            case Kind.IMAGE | Kind.LOCATION | Kind.STICKER | Kind.LINK:
                if message.group:
                    return done(play, "ignored")
                return done(play, "unreadable", guess_texts.only_words())
            case _:
                assert_never(message.kind)


def _hear(play: Play) -> Turn | Needs:
    """Play a text: a command, a guess, or talk that is not for us."""
    message, current = play.event.message, play.table.round
    order = read_text(message.text)
    if current is None and message.group and not (message.addressed or order.slash):
        return done(play, "ignored")
    if current is not None and _is_title(order, current.title):
        return guess_round.guess(play, current, order.words)
    if order.command is not None:
        return _obey(play, order.command, order.words)
    if order.slash:
        return _hear_unknown_slash(play, order)
    if not order.words:
        return (
            done(play, "greeted", guess_texts.greeting(play.event.bot)) if message.addressed else done(play, "ignored")
        )
    if current is not None:
        return guess_round.guess(play, current, order.words)
    return done(play, "unknown", guess_texts.suggestion())


def _hear_unknown_slash(play: Play, order: Order) -> Turn | Needs:
    """Obey "/anything hint" that is meant for us: where commands are named by who set the bot up, the rest says it."""
    message = play.event.message
    inner = read_text(order.words).command if message.addressed else None
    if inner is not None:
        return _obey(play, inner, "")
    # In a group it is another bot's command, most likely.
    return done(play, "ignored") if message.group else done(play, "help", guess_texts.how_to_play())


def _is_title(order: Order, title: str) -> bool:
    """Say whether a bare command word is the answer itself: an article may be called "Hint" or "Help!"."""
    return order.command is not None and not order.slash and judge(order.words, title_key(title)).reason == "exact"


def _press(play: Play) -> Turn | Needs:
    command = read_button(play.event.message.button)
    if command is None:
        return done(
            play, "unknown", guess_texts.suggestion() if play.table.round is None else guess_texts.how_to_play()
        )
    return _obey(play, command, "")


def _ring(play: Play) -> Turn | Needs:
    message, current = play.event.message, play.table.round
    if current is None or message.timer != guess_round.IDLE_TIMER or message.round != current.number:
        return done(play, "ignored")
    return guess_round.expire(play, current)


def _arrive(play: Play) -> Turn:
    message = play.event.message
    if message.group and not message.addressed:
        return done(play, "ignored")
    return done(play, "greeted", guess_texts.greeting(play.event.bot))


def _obey(play: Play, command: Command, words: str) -> Turn | Needs:
    """Carry out a command; those about a round say so when none is on."""
    match command:
        case Command.PLAY:
            return guess_round.start(play)
        case Command.SCORES:
            return done(play, "scores", guess_texts.scoreboard(guess_state.ranking(play.table.scores)))
        case Command.HELP:
            return done(play, "help", guess_texts.how_to_play())
        case Command.GREET:
            return done(play, "greeted", guess_texts.greeting(play.event.bot), guess_texts.how_to_play())
        case Command.HINT | Command.SKIP | Command.GIVE_UP | Command.STOP | Command.GUESS:
            return _obey_in_round(play, command, words)
        case _:
            assert_never(command)


def _obey_in_round(play: Play, command: Command, words: str) -> Turn | Needs:
    current = play.table.round
    if current is None:
        return done(play, "no_round", guess_texts.no_round())
    if command is Command.HINT:
        return guess_round.hint(play, current)
    if command is Command.SKIP:
        return guess_round.skip(play, current)
    if command is Command.GIVE_UP:
        return guess_round.give_up(play, current)
    if command is Command.STOP:
        return guess_round.stop(play, current)
    if not words:
        return done(play, "unknown", guess_texts.empty_guess())
    return guess_round.guess(play, current, words)
