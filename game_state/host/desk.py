"""One turn in the making: the session as it is so far, what is to be said, and when to be woken.

Owns the pace of the bot's voice: what a turn says becomes replies here, in a group one message at most every 3 seconds, with
what comes sooner kept in the session until a timer tells it. Pure: made anew for every call, thrown away when something is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from game_state.games.contract import CancelTimer, Event, SetTimer, TimerChange, Turn
from game_state.games.deeds import Deed
from game_state.games.needs import Facts
from game_state.games.rounds import OWN, Say
from game_state.host.budget import spend
from game_state.host.room import fitted
from game_state.host.session import Session, Waiting, encode, player_id, short_name
from game_state.message import Button, Kind, Reply
from languages.voice import LANGUAGES, Voice, voice_of

PACE_MS: Final = 3000
"""Between two messages of the bot in a group: Telegram allows 20 a minute there."""
BOARD_PACE_MS: Final = 10_000
"""The same for a board alone where every board is a message of its own and may be billed to every member."""
WAITING_LIMIT: Final = 3
"""Most messages that wait; beyond, the oldest of those that matter least goes."""
ANSWER, PLAY, BEGIN, END = 0, 1, 2, 3
"""What matters how much: answers to orders, what the round itself says, how it began, how a round or a match ended."""
WAITING_CHARS: Final = 1200
SPEAK: Final = "speak"
"""The timer that tells what waits."""


class Desk:
    """Collects what one turn changes."""

    def __init__(self, session: Session, event: Event, facts: Facts) -> None:
        self.event = event
        self.facts = facts
        self.message = event.message
        self.now_ms = event.now_ms
        self.private = not event.message.group
        self.player = player_id(event.message.sender)
        self.name = short_name(event.name or event.message.sender_name or "")
        self.session = self._greeted(session)
        self.voice: Voice = voice_of(self.language)
        self._says: list[Waiting] = []
        self._timers: dict[str, TimerChange] = {}
        self._deeds: list[Deed] = []

    def _greeted(self, session: Session) -> Session:
        """Note what the event tells of the conversation itself."""
        if not session.key:
            session = replace(session, key=self.event.seed | 1)
        spoken = (self.message.language or "").partition("-")[0].casefold()
        if spoken in LANGUAGES and spoken != session.hint and (self.private or not session.hint):
            session = replace(session, hint=spoken)
        return session

    @property
    def language(self) -> str:
        """The language that the bot speaks here: chosen, else the platform's hint, else the bot's."""
        session = self.session
        return session.settings.language or session.hint or self.event.language

    @property
    def who(self) -> str:
        """The player's name to be told to others."""
        return self.name or self.voice.say("Somebody")

    def change(self, **changes: object) -> None:
        """Change fields of the session."""
        self.session = replace(self.session, **changes)

    def settle_language(self) -> None:
        """Speak as the session says now, after a change of settings."""
        self.voice = voice_of(self.language)

    def say(self, text: str, *buttons: Button, rank: int = ANSWER) -> None:
        """Say something; `rank` tells how much it matters."""
        self._says.append(Waiting(text=text, buttons=buttons, rank=rank))

    def tell(self, says: tuple[Say, ...], number: int, game: str, *, rank: int = PLAY) -> None:
        """Say what a round's game says; its own buttons get the round's number."""
        for one in says:
            buttons = tuple(
                Button(label=button.label, value=f"g{number}:{button.value[1:]}")
                if button.value.startswith(OWN)
                else button
                for button in one.buttons
            )
            board = f"{game}-{number}" if one.board else ""
            self._says.append(Waiting(text=one.text, buttons=buttons, board=board, rank=rank))

    def offer(self, *buttons: Button, more: bool = False) -> None:
        """Put buttons under what was said last, in place of its own or besides them."""
        kept = self._says[-1].buttons if more else ()
        self._says[-1] = replace(self._says[-1], buttons=(*kept, *buttons))

    def silence(self) -> None:
        """Take back what was said so far."""
        self._says.clear()

    @property
    def speaks(self) -> bool:
        """Whether anything is to be said."""
        return bool(self._says)

    def timer(self, name: str, number: int, after_ms: int) -> None:
        """Set a timer, in place of one of the same name."""
        self._timers[name] = SetTimer(name=name, round=number, after_ms=after_ms)

    def cancel(self, *names: str) -> None:
        """Cancel timers."""
        for name in names:
            self._timers[name] = CancelTimer(name=name)

    def note(self, *deeds: Deed) -> None:
        """Add to the books."""
        self._deeds.extend(deeds)

    def done(self, outcome: str) -> Turn:
        """Make the turn."""
        replies = self._spoken(outcome)
        self._number(replies)
        return Turn(
            state=encode(fitted(self.session)),
            replies=replies,
            timers=tuple(self._timers.values()),
            deeds=tuple(self._deeds),
            outcome=outcome,
        )

    def _spoken(self, outcome: str) -> tuple[Reply, ...]:
        fresh = self._says
        is_timer = self.message.kind is Kind.TIMER
        if fresh and not is_timer:
            self.session, allowed = spend(self.session, self.player, outcome, self.now_ms)
            if not allowed:
                fresh = [one for one in fresh if one.board or one.rank == END] if outcome != "unknown" else []
        if self.private:
            return tuple(_reply(one) for one in fresh)
        waiting = _with_fresh(self.session.waiting, fresh)
        wake = is_timer and self.message.timer == SPEAK
        if not waiting or not (fresh or wake):
            return ()
        quiet_ms = self.now_ms - self.session.spoke_ms
        pace_ms = self._pace_ms(waiting)
        # An order that the platform wants answered by its token is answered at once: that bills nobody, and somebody waits.
        direct = self.message.token is not None and self.message.addressed
        # A clock that was set back is no reason to be silent until it has caught up.
        if not 0 <= quiet_ms < pace_ms or direct or wake:
            if self.session.waiting and not wake:
                self.cancel(SPEAK)
            self.change(waiting=(), spoke_ms=self.now_ms)
            return _merged(waiting)
        if not self.session.waiting or self._pace_ms(self.session.waiting) > pace_ms:
            self.timer(SPEAK, 0, max(1, pace_ms - quiet_ms))
        self.change(waiting=waiting)
        return ()

    def _number(self, replies: tuple[Reply, ...]) -> None:
        """Remember the choices that are numbered words here, because there are no such buttons or their labels are cut."""
        stage = self.event.stage
        for buttons in (reply.buttons for reply in replies if reply.buttons):
            labels = {one.label for one in buttons}
            fit = len(labels) == len(buttons) <= stage.buttons and all(len(label) <= stage.label for label in labels)
            offered = () if fit else tuple(one.value for one in buttons)
            if offered != self.session.offered:
                self.change(offered=offered)

    def _pace_ms(self, waiting: tuple[Waiting, ...]) -> int:
        """Return how long after its last message the bot may say this: a board that cannot be changed in place comes seldom."""
        only_boards = all(one.board for one in waiting)
        return BOARD_PACE_MS if only_boards and not self.event.stage.edits else PACE_MS


def _with_fresh(waiting: tuple[Waiting, ...], fresh: list[Waiting]) -> tuple[Waiting, ...]:
    """Return all that is to be said: a newer board takes the place of an older one, and only a few are kept."""
    said = list(waiting)
    for one in fresh:
        if one.board:
            said = [older for older in said if older.board != one.board]
        if len(one.text) > WAITING_CHARS:
            one = replace(one, text=one.text[: WAITING_CHARS - 1] + "…")
        said.append(one)
    while len(said) > WAITING_LIMIT:
        said.remove(min(said, key=lambda one: one.rank))
    return tuple(said)


def _merged(waiting: tuple[Waiting, ...]) -> tuple[Reply, ...]:
    """Return one message of all that waits: a group is not flooded."""
    if len(waiting) == 1:
        return (_reply(waiting[0]),)
    # A question cannot be answered without its own buttons; else the newest count.
    last = sorted((one for one in waiting if one.buttons), key=lambda one: any(map(_is_own, one.buttons)))[-1:]
    buttons = last[0].buttons if last else ()
    return (Reply(text="\n\n".join(one.text for one in waiting), buttons=buttons),)


def _is_own(button: Button) -> bool:
    """Say whether it is a button of a round's game."""
    return button.value[:1] == "g" and button.value[1:2].isdigit()


def _reply(one: Waiting) -> Reply:
    return Reply(text=one.text, buttons=one.buttons, board=one.board or None)


Act = Callable[[Desk], str]
"""Does something and returns the turn's outcome."""
