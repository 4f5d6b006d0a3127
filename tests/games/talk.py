"""A conversation to test games with: says messages, fetches what the game needs, keeps the state as the database would."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from article_data.article import Article
from article_data.judge.key import make_key
from game_state.games.contract import GONE, ById, ByTitle, Event, Game, Need, Needs, Pick, SetTimer, State, Turn
from game_state.message import Kind, Message

LANDMARKS = (
    Article(
        article_id=0,
        title="Eiffel Tower",
        aliases=("La dame de fer",),
        key=make_key("Eiffel Tower", redirects=("La dame de fer",)),
        clues=(
            "It was meant to stand for twenty years.",
            "Painters repaint it by hand.",
            "It is made of iron.",
            "It is in Paris.",
        ),
        summary="The Eiffel Tower is a lattice tower in Paris.",
        url="https://en.wikipedia.org/wiki/Eiffel_Tower",
    ),
    Article(
        article_id=1,
        title="Mercury (planet)",
        key=make_key("Mercury (planet)"),
        clues=("A year here lasts 88 days.", "It has no moon.", "It is the smallest of eight."),
        summary="Mercury is the planet nearest to the Sun.",
        url="https://en.wikipedia.org/wiki/Mercury_(planet)",
    ),
    Article(
        article_id=2,
        title="Ludwig van Beethoven",
        aliases=("Beethoven",),
        key=make_key("Ludwig van Beethoven", redirects=("Beethoven",), is_person=True),
        clues=tuple(f"Fact number {number} about a deaf composer." for number in range(1, 13)),
        summary="Ludwig van Beethoven was a German composer.",
        url="https://en.wikipedia.org/wiki/Ludwig_van_Beethoven",
    ),
)


class Talk:
    """One conversation with a game; `turn` is what the last message led to."""

    def __init__(self, game: Game, pool: Sequence[Article] = LANDMARKS, *, group: bool = False) -> None:
        self.game = game
        self.pool = pool
        self.group = group
        self.state: State = {}
        self.turn = Turn(state={})
        self.number = 0
        self.now_ms = 1_700_000_000_000
        self.seed = 0
        self.store_is_up = True
        self.fetches = 0

    def say(self, who: str, text: str, *, addressed: bool | None = None) -> str:
        """Let somebody write; returns what the bot answers, its replies parted by a line of dashes."""
        direct = not self.group or text.startswith("/") if addressed is None else addressed
        return self.hear(self.message(Kind.TEXT, who, text=text, addressed=direct))

    def press(self, who: str, value: str) -> str:
        """Let somebody press a button."""
        return self.hear(self.message(Kind.BUTTON, who, button=value, addressed=True))

    def send(self, who: str, kind: Kind, *, addressed: bool = False, text: str = "") -> str:
        """Let something else happen."""
        return self.hear(self.message(kind, who, addressed=addressed, text=text))

    def ring(self, timer: str, number: int) -> str:
        """Let a timer fall due."""
        return self.hear(
            Message(kind=Kind.TIMER, address="here", dedupe_key="t", group=self.group, timer=timer, round=number)
        )

    def message(
        self, kind: Kind, who: str, *, text: str = "", button: str | None = None, addressed: bool = False
    ) -> Message:
        """Make a message of this conversation."""
        return Message(
            kind=kind,
            address="here",
            dedupe_key=str(self.number + 1),
            group=self.group,
            sender=who.lower(),
            sender_name=who,
            text=text,
            button=button,
            addressed=addressed or not self.group,
        )

    def hear(self, message: Message) -> str:
        """Play a message."""
        self.number += 1
        self.now_ms += 1000
        self.seed = (self.seed * 6364136223846793005 + 1442695040888963407) % 2**63
        event = Event(message=message, number=self.number, now_ms=self.now_ms, seed=self.seed, bot="parlor")
        self.turn = self.play(event)
        # The database keeps JSON, and not the order of an object's keys.
        self.state = msgspec.json.decode(msgspec.json.encode(self.turn.state, order="sorted"))
        return "\n---\n".join(reply.text for reply in self.turn.replies)

    def play(self, event: Event) -> Turn:
        """Advance without keeping the state, fetching what is needed."""
        articles: dict[Need, Article | None] = {}
        for self.fetches in range(4):
            answer = self.game.advance(self.state, event, articles)
            if isinstance(answer, Turn):
                return answer
            assert isinstance(answer, Needs)
            assert any(need not in articles for need in answer.articles), "asks for what it has"
            articles = {need: self.fetch(need) for need in answer.articles}
        raise AssertionError("a turn asks for articles at most three times")

    def fetch(self, need: Need) -> Article | None:
        """Read the store."""
        if not self.store_is_up:
            return None
        if isinstance(need, Pick):
            return self.pool[need.seed % len(self.pool)]
        if isinstance(need, ByTitle):
            return next((article for article in self.pool if article.title == need.title), GONE)
        assert isinstance(need, ById)
        return next((article for article in self.pool if article.article_id == need.article_id), GONE)

    @property
    def outcome(self) -> str:
        """The last turn's outcome."""
        return self.turn.outcome

    @property
    def buttons(self) -> list[str]:
        """The values of the buttons under the last reply."""
        return [button.value for button in self.turn.replies[-1].buttons] if self.turn.replies else []

    def idle_round(self) -> int | None:
        """The round that the last turn set the idle timer for."""
        return next((timer.round for timer in self.turn.timers if isinstance(timer, SetTimer)), None)
