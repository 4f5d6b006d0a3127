"""What a message means at the table: a command, a guess, a button, a timer, or talk that is not for the bot.

Owns whom the bot listens to. In a group it is a guest: without a round it hears what is addressed to it, its commands, and words
that can hardly mean anything else; while a round is on every text may be a guess. What is then done is in `orders.py`,
`playing.py` and `ending.py`. Pure.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, assert_never

import msgspec

from article_data.judge.judging import judge
from game_state.games.answering import title_key
from game_state.games.contract import State
from game_state.games.letters_cells import letter_in
from game_state.games.path_board import spoken
from game_state.games.rounds import Games, Outdated, Step, Unreachable
from game_state.host import words
from game_state.host.desk import SPEAK, Desk
from game_state.host.ending import NEXT, TIMERS, drop, go_on, reveal, reward
from game_state.host.going import gone
from game_state.host.opening import IDLE, scene_of
from game_state.host.orders import obey, press
from game_state.host.permission import may_change
from game_state.host.playing import REVEAL, carry, heard, move, pressed
from game_state.host.session import Round
from game_state.message import Button, Kind
from languages.voice import NAMES
from nlu.answers import read_answer
from nlu.orders import HALF, LIKELY, SURE, Intent, Order, read_command, read_phrase

LATELY_MS: Final = 15 * 60_000
"""So long after it last spoke, a group's plain words may be meant for the bot without naming it."""
AGAIN_MS: Final = 60_000
NAMED: Final = frozenset({"guess", "letters", "twenty"})
"""Games whose answer is the article's name: a command word may be the answer itself ("Help!")."""
LISTED: Final = frozenset({"which", "path"})
"""Games that number what they show by themselves where there are few buttons."""
PHRASES_HELD: Final = 64
"""Readings of plain words that are kept: a turn that waits for an article reads them twice."""
_OWN = re.compile(r"g(\d{1,12}):(.{0,48})")


_phrase = lru_cache(maxsize=PHRASES_HELD)(read_phrase)


def hear(desk: Desk, games: Games) -> str:
    """Play one event; return its outcome."""
    message = desk.message
    match message.kind:
        case Kind.TEXT:
            return _text(desk, games)
        case Kind.BUTTON:
            return _button(desk, games)
        case Kind.TIMER:
            return _ring(desk, games)
        case Kind.JOIN:
            if message.group and not message.addressed:
                return "ignored"
            desk.say(words.greeting(desk.voice, desk.event.bot), *words.buttons(desk.voice, "play", "games", "help"))
            return "greeted"
        case Kind.LEAVE:
            return _leave(desk)
        case Kind.EDIT:
            return "ignored"
        case Kind.IMAGE | Kind.LOCATION | Kind.STICKER | Kind.LINK:
            if message.group:
                return "ignored"
            desk.say(desk.voice.say("Nice! I only understand words, though."))
            return "unreadable"
        case _:
            assert_never(message.kind)


def unreachable(desk: Desk, _games: Games) -> str:
    """Say that the store is away; in a group only to those who asked or may be right, lest all talk be met with it."""
    message, current = desk.message, desk.session.round
    if message.kind is Kind.TIMER:
        if message.timer == "round" and current is not None and message.round == current.number:
            desk.timer("round", current.number, 30_000)
        return "unreachable"
    if message.group and not message.addressed and current is not None:
        title = title_key(current.secret.title)
        if message.kind is Kind.TEXT and judge(message.text, title).kind == "reject":
            return "unreachable"
    desk.say(words.unreachable(desk.voice))
    return "unreachable"


def _text(desk: Desk, games: Games) -> str:
    message, current = desk.message, desk.session.round
    direct = desk.private or message.addressed
    if (value := _numbered(desk, current, direct=direct)) is not None:
        return _press(desk, games, value)
    order = read_command(message.text, desk.language)
    if order is not None:
        return _slash(desk, games, order)
    order = _phrase(message.text, desk.language)
    if order.intent is Intent.GIVE_UP and order.sureness < SURE:
        # "No idea" need not be the end.
        order = msgspec.structs.replace(order, intent=Intent.HINT)
    if current is None and direct and not order.exact:
        # A game's name is more than what is only like an order.
        order = read_answer(message.text, desk.language, offered=bool(desk.session.astray)) or order
    if order.intent is not None and _meant(desk, order, current, direct=direct):
        step = _answering(desk, games, current, order) if current is not None else None
        if current is not None and step is not None:
            return carry(desk, games, current, step)
        outcome = obey(desk, games, order)
        if order.spoken and outcome in {"greeted", "help", "listed"} and may_change(desk, "language"):
            desk.offer(Button(label=NAMES[order.spoken], value=f"language:{order.spoken}"), more=True)
        return outcome
    if current is not None:
        return heard(desk, games, current, message.text)
    if not direct:
        return "ignored"
    if not message.text.strip():
        desk.say(words.greeting(desk.voice, desk.event.bot), *words.buttons(desk.voice, "play", "games", "help"))
        return "greeted"
    desk.say(
        desk.voice.say("I did not get that. Shall we play a round?"),
        *words.buttons(desk.voice, "play", "games", "help"),
    )
    return "unknown"


def _meant(desk: Desk, order: Order, current: Round | None, *, direct: bool) -> bool:
    """Say whether the words are an order to the bot, and not a guess or talk among people."""
    if current is not None and order.intent in {Intent.ABOUT, Intent.GREET, Intent.THANKS} and not direct:
        return False
    if current is not None and current.game == "twenty":
        # What is asked there is meant for the game.
        return (order.sureness >= SURE or (direct and order.exact)) and order.intent is not Intent.ABOUT
    said = desk.message.text.split()
    # While a round is on, a single letter is an answer, and so is a single word that is only like an order and none itself.
    if current is not None and len("".join(said)) == 1:
        return False
    is_plain = direct and (current is None or len(said) > 1 or order.exact)
    if order.sureness < (LIKELY if is_plain else SURE):
        # Right after a round "another one" is said to who gave the last one.
        heard_ms = desk.now_ms - desk.session.spoke_ms
        return order.intent is Intent.AGAIN and order.sureness >= HALF and current is None and 0 <= heard_ms < AGAIN_MS
    if direct or current is not None:
        return True
    lately = desk.now_ms - desk.session.spoke_ms < LATELY_MS
    talk = {Intent.ABOUT, Intent.GREET, Intent.THANKS, Intent.HELP}
    return (order.intent is Intent.PLAY and bool(order.play.game)) or (lately and order.intent not in talk)


def _slash(desk: Desk, games: Games, order: Order) -> str:
    """Obey a command with a slash; one that is not ours is another bot's, most likely."""
    meant = _inner(desk, order) or order
    if meant.intent is not None:
        return obey(desk, games, meant)
    if desk.message.group:
        return "ignored"
    unknown = desk.voice.say("I do not know that command. These I know:")
    desk.say(f"{unknown}\n{words.commands(desk.voice)}", *words.buttons(desk.voice, "play", "games", "daily"))
    return "help"


def _inner(desk: Desk, order: Order) -> Order | None:
    """Return the order behind a command named by who set the bot up: "/anything hint", or "/quiz hint", which is no game."""
    if not desk.message.addressed or not order.words:
        return None
    if order.intent is not None and (order.intent is not Intent.PLAY or not order.play.unknown):
        return None
    inner = read_phrase(order.words, desk.language)
    if inner.intent is not None and inner.sureness >= SURE:
        return inner
    inner = read_command("/" + order.words, desk.language) or inner
    return inner if inner.slash and inner.intent is not None else None


def _answering(desk: Desk, games: Games, current: Round, order: Order) -> Step | None:
    """Return the game's step if words that sound like an order are the game's: the answer ("Help!"), a letter, a link; or None."""
    said = desk.message.text
    is_own = (current.game == "path" and bool(spoken(said, desk.voice))) or (
        current.game == "letters" and letter_in(said) is not None
    )
    try:
        step = games[current.game].hear(scene_of(desk, current.number), current.secret, current.state, said)
    except (Outdated, Unreachable):
        # By its title alone it can be told whether the game should have heard this.
        if is_own or (current.game in NAMED and judge(said, title_key(current.secret.title)).kind == "accept"):
            raise
        return None
    moves = current.game not in NAMED and order.sureness < 1 and not _alike(step.state, current.state)
    return step if is_own or step.solved or moves else None


def _alike(one: State, other: State) -> bool:
    """Compare states as they are kept: what was a tuple comes back as a list."""
    return msgspec.json.encode(one, order="deterministic") == msgspec.json.encode(other, order="deterministic")


def _numbered(desk: Desk, current: Round | None, *, direct: bool) -> str | None:
    """Return the value of the button that a written number stands for, where buttons were shown as numbered words."""
    values = {str(number): value for number, value in enumerate(desk.session.offered, 1)}
    value = values.get(desk.message.text.strip(" .#)"))
    if value is None:
        return None
    own = _OWN.fullmatch(value)
    if current is None:
        lately = 0 <= desk.now_ms - desk.session.spoke_ms < LATELY_MS
        return value if own is None and (direct or lately) else None
    if own is None:
        return None if current.game in LISTED else value
    return value if int(own[1]) == current.number else None


def _button(desk: Desk, games: Games) -> str:
    return _press(desk, games, (desk.message.button or "").strip())


def _press(desk: Desk, games: Games, value: str) -> str:
    """Play a button's value."""
    current = desk.session.round
    own = _OWN.fullmatch(value)
    if own is None:
        return press(desk, games, value)
    if current is None or int(own[1]) != current.number:
        return "stale"
    return pressed(desk, games, current, own[2])


def _ring(desk: Desk, games: Games) -> str:
    message, current, match = desk.message, desk.session.round, desk.session.match
    if message.timer == SPEAK:
        return "spoke"
    if message.timer == NEXT:
        if match is None or current is not None or message.round != desk.session.rounds:
            return "ignored"
        return go_on(desk, games)
    if current is None or message.round != current.number:
        return "ignored"
    if message.timer == REVEAL and current.winners:
        return reveal(desk, games, current, "revealed")
    if message.timer == IDLE:
        return reveal(
            desk, games, current, "idle", desk.voice.say("It has been quiet for a while, so I end this round.")
        )
    if message.timer == "round" and not current.winners:
        return move(desk, games, current, games[current.game].ring)
    return "ignored"


def _leave(desk: Desk) -> str:
    message, current, match = desk.message, desk.session.round, desk.session.match
    if message.group and not message.addressed:
        return gone(desk)
    if current is not None and current.winners:
        reward(desk, current)
    if match is not None:
        drop(desk, match)
    desk.change(round=None, waiting=())
    desk.cancel(*TIMERS, NEXT, SPEAK)
    return "left"
