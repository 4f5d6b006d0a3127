"""What one of the table's games is: the rules of a single round, from its opening to its reveal.

The host (`game_state/host/`) owns everything around a round: commands, matches, who may skip, scores, pacing, settings, the words
that open and end it, and the second in which right answers count alike. A game owns what happens in between. Pure: a game gets
a Scene and gives a Step. Asking the Scene's facts for what has not been fetched raises Missing, which the host handles.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, Protocol

import msgspec

from article_data.article import Article
from game_state.games.contract import Event, Stage, State
from game_state.games.needs import GONE, ById, ByTitle, Facts
from game_state.message import Button
from languages.voice import Voice

OWN: Final = "="
"""Begins the values of a game's own buttons; the host adds the round's number on the way out and takes it off again."""
SHORT_TITLE: Final = 240
"""Bytes of a title that a session keeps."""


class Unreachable(Exception):
    """The store cannot give now what a game needs: the host says so honestly and keeps everything as it was."""


class Outdated(Exception):
    """The round's article is not in the current build any more: the host ends the round politely."""


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """What a game may look at."""

    event: Event
    facts: Facts
    voice: Voice
    """Says things in the conversation's language."""
    player: str
    """Id of who acts; "" for timers and where the platform does not say."""
    name: str
    """Their display name; "" where nobody knows it."""
    private: bool
    """One person plays alone with the bot: no timers, every try is answered."""
    pace_s: int = 20
    """Seconds between what comes by itself in a group (a new clue, the end of a pick)."""
    paced: bool = True
    """Clues and letters come by themselves in a group; False: on request, as alone."""
    emoji: bool = False
    """The conversation likes emoji."""
    number: int
    """The round's number in its conversation; timers carry it."""
    adult: bool = False

    @property
    def stage(self) -> Stage:
        """What the platform can show."""
        return self.event.stage


class Secret(msgspec.Struct, frozen=True, kw_only=True):
    """The article of a round, as the session keeps it."""

    article_id: int
    title: str
    """Cut to 240 bytes."""
    language: str
    level: int
    """Its difficulty, 1 to 100."""


class Say(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to say."""

    text: str
    buttons: tuple[Button, ...] = ()
    board: bool = False
    """It shows the state of the round: a later one takes its place, on the screen where the platform can, and while it waits."""


class Award(msgspec.Struct, frozen=True, kw_only=True):
    """Points that a player wins at once."""

    player: str
    points: int
    name: str = ""
    """The player's display name, where it is not who acts that wins."""
    won: bool = False
    """Counts as a round won."""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What one act changes."""

    state: State
    """The game's own state after it, JSON values, at most 6 KB encoded."""
    says: tuple[Say, ...] = ()
    outcome: str = "played"
    """One low-cardinality word for the log: "clue", "letter", "picked", "moved", "answered", "ignored", ..."""
    verdict: Literal["", "wrong", "close"] = ""
    """The player tried to name the article and failed. The host alone answers that: silence in a group, a word in private."""
    solved: bool = False
    """The player named the article: the host waits the second, gives `worth` to all that were right in it, and reveals."""
    over: bool = False
    """The round ends without anybody naming the article now (time is up, all have picked, somebody arrived): reveal."""
    awards: tuple[Award, ...] = ()
    after_ms: int | None = None
    """Ring the round in so many milliseconds (`ring`); None: leave its timer as it is; 0: cancel it."""
    active: bool = True
    """The player took part: counts for votes and keeps the round awake. False for talk that the game made nothing of."""


class RoundGame(Protocol):
    """The rules of one game. Holds no state, so that one object serves all conversations."""

    name: str
    """The word in commands and the log: "guess", "blank", "letters", "which", "path", "twenty"."""

    def title(self, voice: Voice) -> str:
        """What players call it: "Guess the article"."""

    def rules(self, voice: Voice) -> str:
        """Explain the game in two lines."""

    def open(self, scene: Scene, secret: Secret, article: Article) -> Step | None:
        """Begin a round with this article, or None where it does not suit the game: the host draws another."""

    def hear(self, scene: Scene, secret: Secret, state: State, words: str) -> Step:
        """Play words that a player wrote while the round is on (commands are the host's)."""

    def press(self, scene: Scene, secret: Secret, state: State, value: str) -> Step:
        """Play a button of the game's own (`own`); `value` is what `own` was given. Buttons of older rounds never get here."""

    def ring(self, scene: Scene, secret: Secret, state: State) -> Step:
        """The round's timer rings."""

    def hint(self, scene: Scene, secret: Secret, state: State) -> Step:
        """A player asks for help: costs who asked, not the chat, or says that there is none left."""

    def show(self, scene: Scene, secret: Secret, state: State) -> Step:
        """Show again what the round is about (its board, its clues so far)."""

    def worth(self, scene: Scene, secret: Secret, state: State) -> tuple[int, float]:
        """Points for naming the article now, for this player, and the result for ratings (1 at once, 0 not at all)."""

    def last_clue(self, scene: Scene, secret: Secret, state: State) -> str:
        """Return the clue that is on the screen, as the article has it, for "bad clue"; "" where the game has none."""

    def subject(self, secret: Secret, state: State) -> Secret:
        """Return the article that the reveal tells of: the round's own, or the one that a race led to."""

    def closing(self, scene: Scene, secret: Secret, state: State) -> tuple[str, ...]:
        """Return lines to tell at the reveal besides title, summary and link: the shortest path, the whole sentence, who picked."""


def own(label: str, value: str) -> Button:
    """Make a button of the game's own; `value` is ASCII, at most 40 bytes."""
    return Button(label=label, value=OWN + value)


def article_of(scene: Scene, secret: Secret) -> Article:
    """Return the round's article, whatever number the current build gives it.

    Raises Missing until it was fetched, Unreachable when it cannot be had now, Outdated when there is none any more.
    """
    article = scene.facts.article(ById(article_id=secret.article_id, language=secret.language))
    if article is not None and short_title(article.title) != secret.title:
        article = scene.facts.article(ByTitle(title=secret.title, language=secret.language))
    if article is None:
        raise Unreachable
    if article is GONE or article.article_id < 0:
        raise Outdated
    return article


def short_title(title: str) -> str:
    """Return the title as a session keeps it."""
    return title.encode("utf-8", "ignore")[:SHORT_TITLE].decode("utf-8", "ignore")


Games = Mapping[str, RoundGame]
"""The games of a table, by name, in the order in which they are listed."""
