"""What a turn was given from outside: noted as it is played, kept with its message in the log, read again by a replay.

Session, message, time and seed are kept anyway; here is the rest: the bot's face where it changed, a sender's name that was
looked up, and the answers to needs. Articles are kept as their places in their builds, so a note stays small. Pure.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Final
from zlib import crc32

import msgspec

from article_data.article import Article
from game_state.games.contract import Stage
from game_state.games.needs import (
    GONE,
    ById,
    ByTitle,
    Companions,
    Cursor,
    DailySet,
    Door,
    Doors,
    Draw,
    Drawn,
    Find,
    Found,
    Goal,
    IsAdmin,
    Line,
    Need,
    Route,
    Shelves,
    Standing,
    Way,
)


class Face(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the bot is to its conversations, and which release plays it: the same for every turn until somebody changes it."""

    language: str = "en"
    bot: str = ""
    game: str = ""
    """What the bot plays, as its settings say it."""
    stage: Stage = Stage()
    release: str = ""


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where an article that was handed in lies."""

    build: str
    """"": the build changed while it was fetched, nobody knows which one it is from."""
    article_id: int
    """-1: GONE."""
    clues: tuple[int, ...] | None = None
    """Check sums (CRC-32) of the clues that were left in; None: all."""


class _Drawn(msgspec.Struct, frozen=True):
    article: Place
    cursor: Cursor
    level: int


class _Found(msgspec.Struct, frozen=True):
    exact: bool
    articles: tuple[Place, ...]


class Asked(msgspec.Struct, frozen=True, array_like=True):
    """One need and its answer."""

    kind: str
    """A key of KINDS."""
    need: msgspec.Raw
    answer: msgspec.Raw


class Given(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All of it."""

    face: Face | None = None
    """Only where it is another than the conversation's last turn had."""
    name: str = ""
    """The sender's name, where it was looked up."""
    asked: tuple[Asked, ...] = ()
    """In the order in which they were answered."""


KINDS: Final[dict[str, tuple[type[Any], Any]]] = {
    "id": (ById, Place | None),
    "title": (ByTitle, Place | None),
    "draw": (Draw, _Drawn | None),
    "companions": (Companions, tuple[Place, ...] | None),
    "goal": (Goal, Route | None),
    "way": (Way, Route | None),
    "doors": (Doors, tuple[Door, ...] | None),
    "find": (Find, _Found | None),
    "standing": (Standing, tuple[Line, ...] | None),
    "daily": (DailySet, tuple[str, ...] | None),
    "admin": (IsAdmin, bool | None),
    "shelves": (Shelves, tuple[str, ...] | None),
}
"""The word for each need, the need, and how its answer is kept."""
_WORDS: Final = {need: word for word, (need, _) in KINDS.items()}

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Given)


@lru_cache(maxsize=512)
def mark_of(face: Face) -> str:
    """A short mark by which a session remembers a face: 12 hexadecimal digits."""
    return blake2b(_encoder.encode(face), digest_size=6).hexdigest()


class Notes:
    """What one turn has been given so far."""

    def __init__(self) -> None:
        self.answers: dict[Need, Any] = {}
        self._asked: list[Asked] = []

    def note(self, need: Need, answer: Any, build: str) -> None:
        """Take an answer. `build`: the id of the build that its articles are from, "" where that is not known."""
        self.answers[need] = answer
        kept = _kept(need, answer, build)
        raw_need, raw_answer = msgspec.Raw(_encoder.encode(need)), msgspec.Raw(_encoder.encode(kept))
        self._asked.append(Asked(_WORDS[type(need)], raw_need, raw_answer))

    def written(self, face: Face | None, name: str) -> str | None:
        """The notes as JSON, or None where there are none. `name`: only a looked-up one."""
        if face is None and not name and not self._asked:
            return None
        return _encoder.encode(Given(face=face, name=name, asked=tuple(self._asked))).decode()


def read_given(document: str | None) -> Given:
    """The notes of a turn. Raises msgspec.DecodeError."""
    return Given() if document is None else _decoder.decode(document)


def read_answers(given: Given, article_at: Callable[[Place], Article]) -> dict[Need, Any]:
    """The answers by need; `article_at` reads an article of a build. Raises msgspec.DecodeError and what `article_at` raises."""
    answers: dict[Need, Any] = {}
    for asked in given.asked:
        if asked.kind not in KINDS:
            raise msgspec.DecodeError(f"a need of the unknown kind {asked.kind!r}")
        need_type, answer_type = KINDS[asked.kind]
        need = msgspec.json.decode(asked.need, type=need_type)
        answers[need] = _restored(msgspec.json.decode(asked.answer, type=answer_type), article_at)
    return answers


def _kept(need: Need, answer: Any, build: str) -> Any:
    if isinstance(need, ById | ByTitle):
        return None if answer is None else _place(answer, build, whole=True)
    match answer:
        case Drawn():
            return _Drawn(_place(answer.article, build), answer.cursor, answer.level)
        case Found():
            return _Found(answer.exact, tuple(_place(article, build) for article in answer.articles))
        case tuple() if isinstance(need, Companions):
            return tuple(_place(article, build) for article in answer)
        case _:
            return answer


def _place(article: Article, build: str, *, whole: bool = False) -> Place:
    if article == GONE:
        return Place("", GONE.article_id)
    return Place(build, article.article_id, None if whole else tuple(_sum(clue) for clue in article.clues))


def _restored(kept: Any, article_at: Callable[[Place], Article]) -> Any:
    match kept:
        case Place():
            return _article(kept, article_at)
        case _Drawn():
            return Drawn(article=_article(kept.article, article_at), cursor=kept.cursor, level=kept.level)
        case _Found():
            return Found(exact=kept.exact, articles=tuple(_article(place, article_at) for place in kept.articles))
        case (Place(), *_):
            return tuple(_article(place, article_at) for place in kept)
        case _:
            return kept


def _article(place: Place, article_at: Callable[[Place], Article]) -> Article:
    if place.article_id == GONE.article_id:
        return GONE
    article = article_at(place)
    if place.clues is None:
        return article
    left = set(place.clues)
    return msgspec.structs.replace(article, clues=tuple(clue for clue in article.clues if _sum(clue) in left))


def _sum(clue: str) -> int:
    return crc32(clue.encode())
