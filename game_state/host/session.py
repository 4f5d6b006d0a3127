"""What a conversation remembers: its settings, its round and match, its scores, and what is still to be said.

Owns the shape of the session and the bounds of its parts: 60 scores of at most 150 bytes, a game's own state of at most 6 KB, 24
players of a round. That all of it together stays under 16 KB is seen to in `room.py`. Pure data.
"""

from __future__ import annotations

import unicodedata
from hashlib import sha256
from typing import Any, Final

import msgspec

from game_state.games.contract import State
from game_state.games.needs import Cursor
from game_state.games.rounds import Secret
from game_state.host.scores import Score
from game_state.message import Button

CURSOR_LIMIT: Final = 16
"""Most lists of articles in which a conversation's place is remembered; the one used longest ago goes."""
PLAYERS_AT_ONCE: Final = 24
"""Most players whose part in a round, in votes and in the last minutes is remembered."""
_NAME_CHARS: Final = 24
_NAME_BYTES: Final = 48
_ID_CHARS: Final = 40


class Settings(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a conversation chose with /settings and /language."""

    language: str = ""
    """What the bot speaks here; "": the platform's hint, else the bot's."""
    articles: str = ""
    """Language of the articles; "": as the bot speaks where it has them."""
    difficulty: str = ""
    """"easy", "medium", "hard"; "": any."""
    pace_s: int = 20
    """Seconds between what comes by itself in a group."""
    paced: bool = True
    """Clues come by themselves in a group; False: on request."""
    rounds: int = 1
    """Rounds of a match when nobody says how many."""
    stop: str = "vote"
    """Who may skip and stop: "vote" (the starter, an admin, or half of the players), "starter" (and admins), "anyone"."""
    adult: bool = False
    emoji: bool = False


class Winner(msgspec.Struct, frozen=True, array_like=True):
    """A player who named the article within the second."""

    player: str
    name: str
    points: int
    result: float


class Round(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The round that is on."""

    number: int
    """From 1, counted per conversation; timers and buttons carry it."""
    game: str
    secret: Secret
    state: dict[str, Any] = {}
    """The game's own."""
    begun_ms: int = 0
    touched_ms: int = 0
    """When the idle timer was last set."""
    starter: str = ""
    """Player id of who asked for it."""
    close: tuple[str, ...] = ()
    """Who was told "close"."""
    tried: dict[str, int] = {}
    """Who took part, and until when each one's wrong tries cool down, Unix milliseconds."""
    tried_name: tuple[str, ...] = ()
    """Who tried to name the article and failed."""
    votes: tuple[str, ...] = ()
    """Who wants it skipped."""
    stops: tuple[str, ...] = ()
    """Who wants the game stopped, and so the round skipped too."""
    winners: tuple[Winner, ...] = ()
    """Not empty: the second runs in which right answers count alike."""
    solved_ms: int = 0
    """When the first right answer was written, by the platform's clock."""
    decided_ms: int = 0
    """When it was accepted: what it is worth then, it is worth to all of that second."""


class Match(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Rounds that belong together."""

    game: str
    total: int
    played: int = 0
    """Rounds ended."""
    topic: str = ""
    difficulty: str = ""
    language: str = ""
    """Of the articles."""
    starter: str = ""
    points: dict[str, int] = {}
    """By player id."""
    quiet: int = 0
    """Rounds in a row in which nobody spoke."""
    day: str = ""
    """The UTC day of a daily challenge."""
    titles: tuple[str, ...] = ()
    """The articles of a daily challenge."""
    marks: tuple[int, ...] = ()
    """Points of its rounds; 0: missed."""
    warned: bool = False
    """It was said in this round that stopping ends the day's one try."""


class Last(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The round before: for "another one" and "bad clue"."""

    game: str
    title: str = ""
    language: str = ""
    article_id: int = 0
    clue: str = ""
    """The clue that was on the screen, at most 300 characters."""
    topic: str = ""
    difficulty: str = ""


class Budget(msgspec.Struct, frozen=True, array_like=True):
    """The answers that a sender got lately."""

    minute: int
    """Minutes since 1970."""
    answers: int
    """In that minute."""
    in_hour: int
    """In that minute's hour."""


class Waiting(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is to be said as soon as the pace allows."""

    text: str
    buttons: tuple[Button, ...] = ()
    board: str = ""
    rank: int = 0
    """How much it matters: what matters least gives way where too much waits."""


class Session(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The whole state of a conversation."""

    key: int = 0
    """Orders the articles for this conversation; made of the first turn's seed."""
    settings: Settings = Settings()
    hint: str = ""
    """Language that the platform says people here speak."""
    rounds: int = 0
    """Rounds begun so far."""
    round: Round | None = None
    match: Match | None = None
    last: Last | None = None
    scores: dict[str, Score] = {}
    """By player id. Never changed in place."""
    cursors: tuple[Cursor, ...] = ()
    """The one used last comes last."""
    played_ms: dict[str, int] = {}
    """When each player last took part in a game here."""
    spoke_ms: int = 0
    """When the bot last spoke."""
    waiting: tuple[Waiting, ...] = ()
    astray: int = 0
    """Answers in a row that led nowhere."""
    fruitless: int = 0
    """Answers in a row that brought the round no further."""
    budgets: dict[str, Budget] = {}
    """By player id."""
    daily: str = ""
    """The UTC day of the last daily challenge played here."""
    share: str = ""
    """Its result, to be shown again."""
    offered: tuple[str, ...] = ()
    """Values of the buttons that were last shown as numbered words, in that order."""
    explained: tuple[str, ...] = ()
    """Games whose rules were told here."""
    noted: bool = False
    """It was said that the articles are of another language."""


def decode(state: State) -> Session:
    """Read the state; {} is a fresh conversation. Raises msgspec.ValidationError for a state that is not ours."""
    return msgspec.convert(state, Session)


def encode(session: Session) -> State:
    """Write the state; equal sessions give equal bytes."""
    state: State = msgspec.to_builtins(session, order="deterministic")
    return state


def player_id(sender: str | None) -> str:
    """Return the key of a sender in the session, at most 40 characters; "" where the platform does not say."""
    if sender is None:
        return ""
    if len(sender) <= _ID_CHARS and sender.isascii() and sender.isprintable() and not set(sender) & {'"', "\\"}:
        return sender
    return sha256(sender.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def short_name(name: str) -> str:
    """Return a display name fit for one line: no control characters, at most 24 characters and 48 bytes."""
    shown = "".join(
        " " if char.isspace() else char
        for char in name[: 8 * _NAME_CHARS].replace('"', "'").replace("\\", "/")
        if char.isspace() or unicodedata.category(char)[0] != "C"
    )
    cut = " ".join(shown.split())[:_NAME_CHARS]
    return cut.encode("utf-8", "ignore")[:_NAME_BYTES].decode("utf-8", "ignore").strip()


def with_latest(times: dict[str, int], player: str, now_ms: int) -> dict[str, int]:
    """Return the times with this player's newest; beyond 24 players the one heard longest ago goes."""
    after = times | {player: now_ms}
    if len(after) > PLAYERS_AT_ONCE:
        oldest = min((at_ms, key) for key, at_ms in after.items() if key != player)[1]
        after = {key: at_ms for key, at_ms in after.items() if key != oldest}
    return after


def with_match_points(match: Match, player: str, points: int) -> Match:
    """Return the match after `player` won `points`; only the first 24 players are on its list."""
    if player not in match.points and len(match.points) >= PLAYERS_AT_ONCE:
        return match
    return msgspec.structs.replace(match, points={**match.points, player: match.points.get(player, 0) + points})


def with_cursor(cursors: tuple[Cursor, ...], moved: Cursor) -> tuple[Cursor, ...]:
    """Return the cursors with this one moved; beyond 16 the one used longest ago goes."""
    place = (moved.language, moved.topic, moved.difficulty)
    others = tuple(one for one in cursors if (one.language, one.topic, one.difficulty) != place)
    return (*others, moved)[-CURSOR_LIMIT:]
