"""What a conversation remembers of "guess the article": its round, its recent articles and its scoreboard.

Owns the shape of the state and its bounds: encoded it stays under 16 KB whatever is played (100 players of at most 110
bytes, a close list of 40 ids, a title of 240 bytes). Pure data; the rules are in `guess.py`.
"""

from __future__ import annotations

import unicodedata
from hashlib import sha256

import msgspec

from game_state.games.contract import State

PLAYER_LIMIT = 100
"""Most players on a scoreboard; the weakest makes room for a new one."""
RECENT_LIMIT = 20
"""How many of the last articles are not played again when there is another."""
CLOSE_LIMIT = 40
"""Most players who are told "close" at one clue; the others are judged all the same."""
_NAME_CHARS = 24
_NAME_BYTES = 48
_ID_CHARS = 40
_TITLE_BYTES = 240


class Player(msgspec.Struct, frozen=True, array_like=True):
    """One line of the scoreboard."""

    name: str
    """Display name, at most 24 characters; "" where nobody knew it."""
    points: int
    wins: int


class Round(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The round that is on."""

    number: int
    """From 1, counted per conversation; timers carry it."""
    article_id: int
    title: str
    """The answer, cut to 240 bytes: told without the store, and shows when a build renumbered the articles."""
    language: str = "en"
    clue: int = 1
    """How many clues have been shown."""
    started_by: str = ""
    """Player id of who asked for it; "" where unknown."""
    touched_ms: int = 0
    """When the idle timer was last set, Unix milliseconds."""
    close: tuple[str, ...] = ()
    """Ids of the players who were told "close" at this clue."""


class Table(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The whole state."""

    rounds: int = 0
    """Rounds started so far."""
    round: Round | None = None
    recent: tuple[int, ...] = ()
    """Article ids, the newest last."""
    scores: dict[str, Player] = {}
    """By player id. Never changed in place."""


def decode(state: State) -> Table:
    """Read the state; {} is a fresh conversation. Raises msgspec.ValidationError for a state that is not ours."""
    return msgspec.convert(state, Table)


def encode(table: Table) -> State:
    """Write the state; equal tables give equal bytes, in whatever order their players came."""
    state: State = msgspec.to_builtins(table, order="deterministic")
    return state


def player_id(sender: str | None) -> str:
    """Return the key of a sender on the scoreboard, at most 40 characters; "" where the platform does not say."""
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
    return _cut_bytes(" ".join(shown.split())[:_NAME_CHARS], _NAME_BYTES).strip()


def short_title(title: str) -> str:
    """Return the title as a round keeps it."""
    return _cut_bytes(title, _TITLE_BYTES)


def with_points(scores: dict[str, Player], player: str, name: str, points: int) -> dict[str, Player]:
    """Return the scores after `player` won `points`; the weakest other player goes when there are more than 100."""
    before = scores.get(player, Player("", 0, 0))
    after = scores | {player: Player(name or before.name, before.points + points, before.wins + 1)}
    if len(after) <= PLAYER_LIMIT:
        return after
    # The database does not keep the order of keys, so ties are broken by the id.
    weakest = min((entry.points, entry.wins, key) for key, entry in after.items() if key != player)[2]
    return {key: entry for key, entry in after.items() if key != weakest}


def ranking(scores: dict[str, Player]) -> list[Player]:
    """Return the players, best first: by points, then wins, then name and id."""
    ordered = sorted(scores.items(), key=lambda item: (-item[1].points, -item[1].wins, item[1].name, item[0]))
    return [player for _, player in ordered]


def _cut_bytes(text: str, limit: int) -> str:
    return text.encode("utf-8", "ignore")[:limit].decode("utf-8", "ignore")
