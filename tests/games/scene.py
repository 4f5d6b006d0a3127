"""One round of one game by itself, without a host: makes Scenes, fetches what the game asks for, keeps the state as JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import msgspec

from article_data.article import Article
from article_data.judge.key import make_key
from game_state.games.contract import Event, Stage, State
from game_state.games.needs import GONE, ById, ByTitle, Companions, Facts, Missing, Need
from game_state.games.rounds import RoundGame, Say, Scene, Secret, Step, short_title
from game_state.message import Kind, Message
from languages.voice import voice_of

T = TypeVar("T")
STATE_LIMIT = 6 * 1024
"""Bytes of JSON that any game's state may have."""
MOST_FETCHES = 8


def article(title: str, article_id: int = 0, *, language: str = "en", is_person: bool = False, **parts: Any) -> Article:
    """Make an article with a key; `parts` are any of its other fields."""
    key = make_key(title, language=language, redirects=parts.get("aliases", ()), is_person=is_person)
    return Article(article_id=article_id, title=title, key=key, language=language, **parts)


ARTICLES = (
    article(
        "Eiffel Tower",
        0,
        aliases=("La dame de fer",),
        clues=(
            "It was meant to stand for twenty years.",
            "Painters repaint it by hand every seven years.",
            "It is named after an engineer whose company built it.",
            "_____ is a lattice of wrought iron in Paris.",
        ),
        summary="The Eiffel Tower is a wrought-iron lattice tower in Paris. Locals call it the Iron Lady.",
        description="Tower in Paris, France",
        head="tower",
        topics=("place",),
        keywords=("lattice", "wrought", "engineer", "Paris", "Eiffel"),
        url="https://en.wikipedia.org/wiki/Eiffel_Tower",
    ),
    article(
        "Mercury (planet)",
        1,
        clues=("A year here lasts 88 days.", "It has no moon.", "_____ is the smallest of the eight planets."),
        summary="Mercury is the first planet from the Sun and the smallest in the Solar System.",
        description="First planet from the Sun",
        head="planet",
        topics=("science",),
        keywords=("planet", "orbit", "Solar", "smallest"),
        url="https://en.wikipedia.org/wiki/Mercury_(planet)",
    ),
    article(
        "Ludwig van Beethoven",
        2,
        is_person=True,
        aliases=("Beethoven",),
        clues=tuple(f"Fact number {number} about a deaf composer of the classical period." for number in range(1, 13)),
        summary="Ludwig van Beethoven was a German composer and pianist of the classical period.",
        description="German composer (1770-1827)",
        head="composer",
        topics=("person", "music"),
        keywords=("composer", "pianist", "symphony", "deaf"),
        url="https://en.wikipedia.org/wiki/Ludwig_van_Beethoven",
    ),
)


class Solo:
    """A game played without its host; `step` is what the last act led to, `said` all texts so far, oldest first."""

    def __init__(
        self,
        game: RoundGame,
        articles: Sequence[Article] = ARTICLES,
        *,
        secret: int = 0,
        private: bool = True,
        language: str = "en",
        level: int = 50,
        seed: int = 1,
        stage: Stage | None = None,
        answer: Callable[[Need], Any] | None = None,
    ) -> None:
        """`secret` is a place in `articles`; `answer` answers what `fetch` cannot make from the articles."""
        self.game = game
        self.articles = list(articles)
        self.private = private
        self.language = language
        self.seed = seed
        self.stage = stage or Stage()
        self.answer = answer
        self.now_ms = 1_700_000_000_000
        self.number = 0
        self.pace_s = 20
        self.emoji = False
        self.store_is_up = True
        chosen = self.articles[secret]
        self.secret = Secret(
            article_id=chosen.article_id, title=short_title(chosen.title), language=chosen.language, level=level
        )
        self.state: State = {}
        self.step = Step(state={})
        self.said: list[str] = []

    @property
    def chosen(self) -> Article:
        """The round's article as the store has it."""
        return next(one for one in self.articles if short_title(one.title) == self.secret.title)

    @property
    def texts(self) -> str:
        """What the last act said, a line each."""
        return "\n".join(say.text for say in self.step.says)

    @property
    def buttons(self) -> list[str]:
        """The values of the buttons under the last thing said."""
        return [button.value for say in self.step.says[-1:] for button in say.buttons]

    def open(self) -> Step | None:
        """Begin the round."""
        step = self.play(lambda scene: self.game.open(scene, self.secret, self.chosen), Kind.TEXT, "ada")
        return None if step is None else self._took(step)

    def hear(self, words: str, who: str = "ada") -> Step:
        """Let somebody write."""
        return self._took(
            self.play(lambda scene: self.game.hear(scene, self.secret, self.state, words), Kind.TEXT, who, text=words)
        )

    def press(self, value: str, who: str = "ada") -> Step:
        """Let somebody press one of the game's own buttons; `value` is what `own` was given."""
        return self._took(
            self.play(lambda scene: self.game.press(scene, self.secret, self.state, value), Kind.BUTTON, who)
        )

    def ring(self) -> Step:
        """Let the round's timer ring."""
        return self._took(self.play(lambda scene: self.game.ring(scene, self.secret, self.state), Kind.TIMER, ""))

    def hint(self, who: str = "ada") -> Step:
        """Let somebody ask for help."""
        return self._took(self.play(lambda scene: self.game.hint(scene, self.secret, self.state), Kind.TEXT, who))

    def show(self, who: str = "ada") -> Step:
        """Let somebody ask what the round is about."""
        return self._took(self.play(lambda scene: self.game.show(scene, self.secret, self.state), Kind.TEXT, who))

    def worth(self, who: str = "ada") -> tuple[int, float]:
        """What naming the article is worth now."""
        return self.play(lambda scene: self.game.worth(scene, self.secret, self.state), Kind.TEXT, who)

    def closing(self) -> tuple[str, ...]:
        """What is told at the reveal."""
        return self.play(lambda scene: self.game.closing(scene, self.secret, self.state), Kind.TEXT, "ada")

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.now_ms += round(1000 * seconds)

    def play(self, act: Callable[[Scene], T], kind: Kind, who: str, *, text: str = "") -> T:
        """Play an act, fetching what it asks for. Also sees to it that the same act gives the same again."""
        self.number += 1
        self.now_ms += 1
        self.seed = (self.seed * 6364136223846793005 + 1442695040888963407) % 2**63
        event = Event(
            message=Message(
                kind=kind,
                address="here",
                dedupe_key=str(self.number),
                group=not self.private,
                sender=who or None,
                text=text,
                addressed=self.private,
            ),
            number=self.number,
            now_ms=self.now_ms,
            seed=self.seed,
            language=self.language,
            stage=self.stage,
        )
        answers: dict[Need, Any] = {}
        for _ in range(MOST_FETCHES):
            scene = self.scene(event, who, answers)
            try:
                found = act(scene)
            except Missing as missing:
                answers |= {need: self.fetch(need) for need in missing.wanted}
                continue
            assert act(scene) == found, "the same act gives something else"
            return found
        raise AssertionError(f"an act asks more than {MOST_FETCHES} times")

    def scene(self, event: Event, who: str, answers: dict[Need, Any]) -> Scene:
        """Make what the game may look at."""
        return Scene(
            event=event,
            facts=Facts(answers),
            voice=voice_of(self.language),
            player=who,
            name=who.capitalize(),
            private=self.private,
            pace_s=self.pace_s,
            emoji=self.emoji,
            number=1,
        )

    def fetch(self, need: Need) -> Any:
        """Answer a need as the fetchers would, from the articles; None for all while the store is down."""
        if not self.store_is_up:
            return None
        if isinstance(need, ById):
            return next((one for one in self.articles if one.article_id == need.article_id), GONE)
        if isinstance(need, ByTitle):
            return next((one for one in self.articles if one.title == need.title), GONE)
        if self.answer is not None:
            return self.answer(need)
        if isinstance(need, Companions):
            return tuple(one for one in self.articles if one.article_id != need.article_id)[: need.count]
        raise AssertionError(f"nobody answers {need}: give Solo an `answer`")

    def _took(self, step: Step) -> Step:
        """Keep what the act changed, as the database would: JSON, and not the order of an object's keys."""
        encoded = msgspec.json.encode(step.state, order="sorted")
        assert len(encoded) <= STATE_LIMIT, f"a state of {len(encoded)} bytes"
        assert all(fits(say) for say in step.says), step.says
        assert all(award.points >= 0 for award in step.awards), step.awards
        assert not (step.solved and step.verdict), "right and wrong at once"
        self.state = msgspec.json.decode(encoded)
        self.step = step
        self.said.extend(say.text for say in step.says)
        return step


def fits(say: Say) -> bool:
    """Say whether something said is fit to be sent."""
    values = [button.value for button in say.buttons]
    return bool(say.text) and len(values) == len(set(values)) and all(v.isascii() and len(v) <= 48 for v in values)
