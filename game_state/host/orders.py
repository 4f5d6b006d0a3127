"""Carrying out commands: play, games, hint, skip, give up, stop, scores, help, and those of the other rooms.

Owns which command does what, whether it came as a slash command, as plain words or as a button. Pure.
"""

from __future__ import annotations

from typing import Final, assert_never

from game_state.games.deeds import Agreed, Reported
from game_state.games.rounds import Games, RoundGame
from game_state.host import daily, lookups, preferences, standings, words
from game_state.host.desk import Desk
from game_state.host.ending import NEXT, drop, go_on, reveal
from game_state.host.going import forget
from game_state.host.opening import articles_language, open_match, scene_of
from game_state.host.permission import may_end, may_end_at_once, refuse
from game_state.host.playing import heard, move
from game_state.host.session import Match, Round
from game_state.message import Button
from nlu.orders import Intent, Order, PlayOrder, read_play

ROUNDS_LIMIT: Final = 50
LATE_MS: Final = 5000
"""So soon after a round in a group, a hint or a skip was meant for it."""


def obey(desk: Desk, games: Games, order: Order) -> str:
    """Carry out an order; those about a round say so when none is on."""
    intent = order.intent
    assert intent is not None
    match intent:
        case Intent.PLAY | Intent.AGAIN:
            return _play(desk, games, order.play, again=intent is Intent.AGAIN)
        case Intent.GAMES:
            return _list(desk, games)
        case Intent.HELP:
            return _help(desk, games, order.words)
        case Intent.GREET:
            desk.say(words.greeting(desk.voice, desk.event.bot), *words.buttons(desk.voice, "play", "games", "help"))
            return "greeted"
        case Intent.THANKS:
            desk.say(desk.voice.say("You are welcome!"))
            return "thanked"
        case Intent.SCORES:
            return standings.scores(desk, order.words)
        case Intent.DAILY:
            return daily.start(desk, games)
        case Intent.LANGUAGE:
            return preferences.language(desk, order.words)
        case Intent.SETTINGS:
            return preferences.settings(desk, order.words)
        case Intent.ABOUT:
            outcome = lookups.about(desk, order.words)
            game = games.get(read_play(order.words, desk.language).game)
            if outcome == "not_found" and game is not None:
                desk.silence()
                return _explain(desk, game)
            return outcome
        case Intent.AGREE:
            return _agree(desk)
        case Intent.FORGET:
            return forget(desk)
        case Intent.REPORT:
            return _report(desk, games)
        case Intent.HINT | Intent.SKIP | Intent.GIVE_UP | Intent.STOP | Intent.GUESS | Intent.SHOW:
            return _in_round(desk, games, intent, order.words)
        case _:
            assert_never(intent)


def press(desk: Desk, games: Games, value: str) -> str:
    """Carry out a button of the host's: a command, or one with what it is about after a colon."""
    name, _, about = value.casefold().partition(":")
    if name == "set":
        return preferences.settings(desk, about.replace(":", " "))
    if name == "about" and about:
        return lookups.chosen(desk, about)
    try:
        intent = Intent(name)
    except ValueError:
        desk.say(desk.voice.say("That button is an old one."), *words.buttons(desk.voice, "play", "games"))
        return "unknown"
    play = read_play(about.replace(":", " "), desk.language) if intent is Intent.PLAY else PlayOrder()
    return obey(desk, games, Order(intent=intent, sureness=1.0, words=about, play=play))


def _play(desk: Desk, games: Games, asked: PlayOrder, *, again: bool) -> str:
    """Start a match, go on with the one that waits, or show the round that is on."""
    session = desk.session
    if session.round is not None:
        if again:
            return move(desk, games, session.round, games[session.round.game].hint)
        if asked.game and asked.game != session.round.game:
            desk.say(
                desk.voice.say("A round is on already. Finish it first, or say stop."),
                *words.buttons(desk.voice, "stop"),
            )
            return "busy"
        return move(desk, games, session.round, games[session.round.game].show)
    match = session.match
    if match is not None and (match.day or not asked.game or not may_end_at_once(desk, match.starter)):
        desk.cancel(NEXT)
        return go_on(desk, games)
    last = session.last if again else None
    settings = session.settings
    name = asked.game or (last.game if last else "") or desk.event.game
    if name not in games:
        name = next(iter(games))
    if asked.unknown and not (asked.game or asked.rounds or asked.topic or asked.difficulty or asked.language):
        desk.say(
            desk.voice.say("I do not know that game or topic. Which one shall it be?"), *_game_buttons(desk, games)
        )
        return "unknown"
    language = articles_language(desk, asked.language)
    if language is None:
        return "no_shelf"
    desk.cancel(NEXT)
    return open_match(
        desk,
        Match(
            game=name,
            total=min(ROUNDS_LIMIT, asked.rounds or settings.rounds),
            topic=asked.topic or (last.topic if last else ""),
            difficulty=asked.difficulty or (last.difficulty if last else "") or settings.difficulty,
            language=language,
            starter=desk.player,
        ),
        games,
    )


def _game_buttons(desk: Desk, games: Games) -> tuple[Button, ...]:
    return tuple(Button(label=game.title(desk.voice), value=f"play:{name}") for name, game in games.items())


def _list(desk: Desk, games: Games) -> str:
    desk.say(words.games(desk.voice, tuple(games.values())), *_game_buttons(desk, games))
    return "listed"


def _help(desk: Desk, games: Games, said: str) -> str:
    """Explain the game that is on in two lines, or the one that is named; else what can be said."""
    current = desk.session.round
    if current is not None:
        desk.say(games[current.game].rules(desk.voice), *words.buttons(desk.voice, "hint", "skip", "giveup"))
        return "help"
    # "Which commands are there?" names no game.
    game = games.get(read_play(said if len(said.split()) == 1 else said.partition(" ")[2], desk.language).game)
    if game is not None:
        return _explain(desk, game)
    desk.say(words.help_text(desk.voice), *words.buttons(desk.voice, "play", "games", "daily"))
    return "help"


def _explain(desk: Desk, game: RoundGame) -> str:
    """Tell a game's rules, with a button to play it."""
    play = Button(label=desk.voice.say("Play"), value=f"play:{game.name}")
    desk.say(f"{game.title(desk.voice)}\n{game.rules(desk.voice)}", play, *words.buttons(desk.voice, "games"))
    return "help"


def _agree(desk: Desk) -> str:
    voice = desk.voice
    if not desk.player or not desk.name:
        desk.say(voice.say("I do not know your name, so I cannot put it on the list."))
        return "nameless"
    desk.note(Agreed(player=desk.player, name=desk.name))
    desk.say(
        voice.say("{name}, from now on you are on the list of all players. /forget takes you off it.", name=desk.name)
    )
    return "agreed"


def _report(desk: Desk, games: Games) -> str:
    """Report the clue on the screen, of the round that is on or of the one before."""
    voice, current, last = desk.voice, desk.session.round, desk.session.last
    if current is not None:
        clue = games[current.game].last_clue(scene_of(desk, current.number), current.secret, current.state)
        title, language = current.secret.title, current.secret.language
    elif last is not None:
        clue, title, language = last.clue, last.title, last.language
    else:
        clue, title, language = "", "", ""
    if not clue or not desk.player:
        desk.say(voice.say("There is no clue to report."))
        return "no_clue"
    desk.note(Reported(player=desk.player, language=language, title=title, clue=clue))
    desk.say(voice.say("Thank you! When three people say so, that clue is not played any more."))
    return "reported"


def _in_round(desk: Desk, games: Games, intent: Intent, said: str) -> str:
    current = desk.session.round
    if current is None:
        match = desk.session.match
        if intent is Intent.STOP and match is not None:
            if not may_end_at_once(desk, match.starter):
                refuse(desk)
                return "refused"
            if daily.warns(desk, match):
                return "asked"
            drop(desk, match)
            desk.say(desk.voice.say("The match is over. Thank you for playing!"), *words.buttons(desk.voice, "scores"))
            return "stopped"
        if _is_late(desk):
            return "ignored"
        if intent is Intent.STOP:
            desk.say(desk.voice.say("All right. Say play whenever you feel like it!"))
            return "no_round"
        desk.say(
            desk.voice.say("No round is on right now. Shall we start one?"), *words.buttons(desk.voice, "play", "games")
        )
        return "no_round"
    if intent is Intent.GUESS:
        if not said.strip():
            desk.say(desk.voice.say("Write your guess after the command, on the same line: /guess and the name."))
            return "unknown"
        return heard(desk, games, current, said)
    if current.winners:
        return "ignored"
    if intent is Intent.HINT:
        return move(desk, games, current, games[current.game].hint)
    if intent is Intent.SHOW:
        return move(desk, games, current, games[current.game].show)
    return _leave_round(desk, games, intent, current)


def _is_late(desk: Desk) -> bool:
    """Say whether a group's order was meant for the round whose end was told a moment ago, or is still to be told."""
    session = desk.session
    quiet_ms = desk.now_ms - session.spoke_ms
    return desk.message.group and session.last is not None and (bool(session.waiting) or 0 <= quiet_ms < LATE_MS)


def _leave_round(desk: Desk, games: Games, intent: Intent, current: Round) -> str:
    """Give up, skip or stop, if the player may."""
    if not may_end(desk, current, is_stop=intent is Intent.STOP):
        return "voted"
    voice = desk.voice
    if intent is Intent.STOP:
        if desk.session.match is not None and daily.warns(desk, desk.session.match):
            return "asked"
        return reveal(desk, games, current, "stopped", voice.say("The game is over, thank you for playing!"))
    if intent is Intent.GIVE_UP:
        return reveal(desk, games, current, "gave_up", voice.say("No shame in that, it was a hard one."))
    return reveal(desk, games, current, "skipped", voice.say("Skipped."))
