"""A conversation with the host: people write, timers ring, needs are fetched, the session is kept as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from article_data.article import Article
from game_state.games.contract import CancelTimer, Event, Game, Needs, SetTimer, Stage, State, Turn
from game_state.games.needs import (
    GONE,
    ById,
    ByTitle,
    Companions,
    Cursor,
    DailySet,
    Draw,
    Drawn,
    Find,
    Found,
    IsAdmin,
    Line,
    Need,
    Shelves,
    Standing,
)
from game_state.message import Button, Kind, Message, Reply

SESSION_LIMIT = 16 * 1024


class Chat:
    """One conversation; `said` are all replies so far, `turn` is what the last message led to."""

    def __init__(
        self,
        host: Game,
        articles: Sequence[Article],
        *,
        group: bool = False,
        language: str = "en",
        stage: Stage | None = None,
        seed: int = 5,
        admins: Sequence[str] = (),
        shelves: Sequence[str] = ("en",),
        answers: Mapping[type, Any] | None = None,
    ) -> None:
        self.host = host
        self.articles = list(articles)
        self.group = group
        self.language = language
        self.stage = stage or Stage()
        self.seed = seed
        self.admins = set(admins)
        self.shelves = tuple(shelves)
        self.answers = dict(answers or {})
        self.state: State = {}
        self.turn = Turn(state={})
        self.number = 0
        self.now_ms = 1_790_000_000_000
        self.timers: dict[str, tuple[int, int]] = {}
        self.said: list[tuple[int, Reply]] = []
        self.store_is_up = True
        self.events: list[Event] = []

    # What people do

    def say(self, who: str, text: str, *, addressed: bool | None = None, wait: float = 0.0, **parts: Any) -> str:
        """Let somebody write; returns what the bot answers at once, replies parted by a line of dashes."""
        self.wait(wait)
        direct = not self.group or text.startswith("/") if addressed is None else addressed
        return self.hear(self.message(Kind.TEXT, who, text=text, addressed=direct, **parts))

    def press(self, who: str, label_or_value: str) -> str:
        """Let somebody press a button of the newest reply that has one of this label or value."""
        for _, reply in reversed(self.said):
            for button in reply.buttons:
                if label_or_value in (button.label, button.value):
                    return self.hear(self.message(Kind.BUTTON, who, button=button.value, addressed=True))
        return self.hear(self.message(Kind.BUTTON, who, button=label_or_value, addressed=True))

    def send(self, who: str, kind: Kind, **parts: Any) -> str:
        """Let something else happen."""
        return self.hear(self.message(kind, who, **parts))

    def wait(self, seconds: float) -> str:
        """Let time pass; timers ring in their order. Returns all that was said meanwhile."""
        until_ms = self.now_ms + round(seconds * 1000)
        before = len(self.said)
        while due := sorted((at_ms, name) for name, (at_ms, _) in self.timers.items() if at_ms <= until_ms):
            at_ms, name = due[0]
            _, number = self.timers.pop(name)
            self.now_ms = max(self.now_ms, at_ms)
            self.hear(
                Message(
                    kind=Kind.TIMER,
                    address="here",
                    dedupe_key="timer",
                    group=self.group,
                    addressed=True,
                    timer=name,
                    round=number,
                )
            )
        self.now_ms = until_ms
        return "\n---\n".join(reply.text for _, reply in self.said[before:])

    def message(self, kind: Kind, who: str, **parts: Any) -> Message:
        """Make a message of this conversation."""
        parts.setdefault("addressed", not self.group)
        parts.setdefault("sent_at_ms", self.now_ms)
        return Message(
            kind=kind,
            address="here",
            dedupe_key=str(self.number + 1),
            group=self.group,
            sender=who.lower(),
            sender_name=who,
            **parts,
        )

    def hear(self, message: Message) -> str:
        """Play a message."""
        self.number += 1
        self.now_ms += 5
        self.seed = (self.seed * 6364136223846793005 + 1442695040888963407) % 2**63
        event = Event(
            message=message,
            number=self.number,
            now_ms=self.now_ms,
            seed=self.seed,
            language=self.language,
            bot="parlor",
            stage=self.stage,
        )
        self.events.append(event)
        self.turn = self.play(event)
        encoded = msgspec.json.encode(self.turn.state, order="sorted")
        assert len(encoded) <= SESSION_LIMIT, f"a session of {len(encoded)} bytes"
        self.state = msgspec.json.decode(encoded)
        for change in self.turn.timers:
            if isinstance(change, SetTimer):
                self.timers[change.name] = (self.now_ms + change.after_ms, change.round)
            else:
                assert isinstance(change, CancelTimer)
                self.timers.pop(change.name, None)
        self.said.extend((self.now_ms, reply) for reply in self.turn.replies)
        for reply in self.turn.replies:
            values = [button.value for button in reply.buttons]
            assert reply.text
            assert all(value.isascii() and len(value) <= 60 for value in values), reply
        return "\n---\n".join(reply.text for reply in self.turn.replies)

    def play(self, event: Event) -> Turn:
        """Advance without keeping the state, fetching what is needed."""
        answers: dict[Need, Any] = {}
        for _ in range(24):
            outcome = self.host.advance(self.state, event, answers)
            if isinstance(outcome, Turn):
                return outcome
            assert isinstance(outcome, Needs)
            assert any(need not in answers for need in outcome.wanted), "asks for what it has"
            answers |= {need: self.fetch(need, event) for need in outcome.wanted}
        raise AssertionError("a turn that never has enough")

    # What it looks like

    @property
    def outcome(self) -> str:
        """The last turn's outcome."""
        return self.turn.outcome

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The buttons under the newest reply."""
        return self.said[-1][1].buttons

    @property
    def title(self) -> str:
        """The answer of the round that is on; "" without one."""
        current = self.state.get("round")
        return str(current["secret"]["title"]) if current else ""

    @property
    def texts(self) -> list[str]:
        """Everything the bot said."""
        return [reply.text for _, reply in self.said]

    def fetch(self, need: Need, event: Event) -> Any:
        """Answer a need from the articles."""
        if type(need) in self.answers:
            answer = self.answers[type(need)]
            return answer(need) if callable(answer) else answer
        if isinstance(need, Shelves):
            return self.shelves
        if isinstance(need, IsAdmin):
            return event.message.sender in self.admins
        if isinstance(need, Standing):
            return (Line("Ana", 12, 3),)
        if not self.store_is_up:
            return None
        if isinstance(need, ById):
            return next((one for one in self.articles if one.article_id == need.article_id), GONE)
        if isinstance(need, ByTitle):
            return next((one for one in self.articles if one.title == need.title), GONE)
        if isinstance(need, Draw):
            return self._draw(need)
        if isinstance(need, Companions):
            return tuple(one for one in self.articles if one.article_id != need.article_id)[: need.count]
        if isinstance(need, DailySet):
            return tuple(one.title for one in self.articles[:5])
        if isinstance(need, Find):
            exact = tuple(one for one in self.articles if one.title.casefold() == need.text.casefold())
            near = tuple(one for one in self.articles if one.title[:3].casefold() == need.text[:3].casefold())
            return Found(exact=bool(exact), articles=exact or near[:3])
        raise AssertionError(f"nobody answers {need}")

    def _draw(self, need: Draw) -> Drawn:
        fits = [one for one in self.articles if not need.topic or need.topic in one.topics]
        own = [c for c in need.cursors if (c.topic, c.difficulty) == (need.topic, need.difficulty)]
        position = own[0].position if own else 0
        cursor = Cursor(need.language, need.topic, need.difficulty, position + 1)
        if not fits:
            return Drawn(article=GONE, cursor=cursor)
        article = fits[(need.key + position) % len(fits)]
        return Drawn(article=article, cursor=cursor, level=article.difficulty)
