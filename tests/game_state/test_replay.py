"""Replay: turns that the real worker played and committed are played again from the log, and what differs is shown."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import asyncpg
import msgspec
import pytest

import ops.replay
from article_data.article import Article
from article_data.reader.reading import Reader
from game_state.games.contract import Event, Game, Needs, SetTimer, Stage, State, Turn
from game_state.games.deeds import Agreed, Reported, Scored
from game_state.games.echo import EchoGame
from game_state.games.needs import (
    Answers,
    ById,
    ByTitle,
    Companions,
    Cursor,
    DailySet,
    Draw,
    Drawn,
    Facts,
    IsAdmin,
    Missing,
    Need,
    Standing,
)
from game_state.holder import Holder
from game_state.message import Kind, Message, Origin, Reply
from game_state.play import Player, claim
from game_state.rows import Accepted, BotRow, Committed, Handed
from game_state.seams import Table
from game_state.session import close_session, open_session
from game_state.store import Store
from ops.replay import Replayed
from ops.settings import Articles, Settings
from platforms import PLATFORMS
from platforms.contract import Bot
from platforms.fitting import fit_turn
from server import VERSION
from tests.article_data.reader.stored import publish_build
from tests.conftest import Database

Owner: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
WEB = PLATFORMS["web"].capabilities
LONG = 300_000
SERVER = Path(__file__).resolve().parents[2] / "server.py"


class Asking:
    """Rules that ask for one thing of each kind, by the message's words, and use all that an event carries."""

    name = "asking"
    former_names: tuple[str, ...] = ("questioning",)
    state_version = 2

    def upcast(self, state: State, version: int) -> State:
        """The first version counted in "n"."""
        return {"count": state["n"]} if version == 1 else state

    def advance(self, state: State, event: Event, answers: Answers) -> Turn | Needs:
        """Answer."""
        try:
            said = self._said(state, event, Facts(answers))
        except Missing as missing:
            return Needs(wanted=missing.wanted)
        count = state.get("count", 0) + 1
        text = f"{count} {event.seed % 97} {event.now_ms} {event.name} {event.bot} {event.game} {event.stage.buttons} {said}"
        deeds = (Agreed(player="u", name=event.name), Scored(player="u", points=count)) if said == "won" else ()
        timers = (SetTimer(name="later", round=1, after_ms=0),) if said == "timer" else ()
        replies = (Reply(text=text), Reply(text="and more")) if said else ()
        return Turn(state={"count": count}, replies=replies, deeds=deeds, timers=timers, outcome=said[:9] or "ignored")

    def _said(self, state: State, event: Event, facts: Facts) -> str:
        word, _, rest = event.message.text.partition(" ")
        match word:
            case "draw":
                drawn = facts.draw(Draw(key=1, language="en"))
                other = facts.article(ById(article_id=(drawn.article.article_id + 1) % 6)) if drawn else None
                return f"{drawn.article.title} {len(drawn.article.clues)} {other and other.title}" if drawn else "away"
            case "title":
                article = facts.article(ByTitle(title=rest))
                return f"{article.title} {article.article_id}" if article else "away"
            case "friends":
                friends = facts.companions(Companions(article_id=1, language="en", count=2, seed=3)) or ()
                return " ".join(friend.title for friend in friends)
            case "table":
                return " ".join(f"{line.name}:{line.points}" for line in facts.standing(Standing(period="all")) or ())
            case "long":
                return str(len("".join(facts.daily_set(DailySet(day="2026-11-24", language="en")) or ())))
            case "admin":
                return str(facts.is_admin())
        return word


class Bench:
    """Answers from a real reader and a real store; replies are fitted as they are for the web chat."""

    def __init__(self, store: Store, reader: Reader, game: Game) -> None:
        self.store = store
        self.reader = reader
        self.game = game
        self.bot = Bot(bot_id=0, name="b", platform="web", credentials={}, game="asking", language="en")

    def table(self, bot_id: int) -> tuple[Table, Game]:
        return self.bot, self.game

    def stage(self, bot_id: int, *, group: bool) -> Stage:
        return Stage(buttons=11)

    def prepare(self, bot_id: int, message: Message, replies: Sequence[Reply]) -> Sequence[Reply]:
        return fit_turn(message, replies, WEB)

    def at_hand(self, need: Need) -> Article | None:
        return self.reader.peek(need.article_id, need.language) if isinstance(need, ById) else None

    async def fetch(self, need: Need, bot_id: int, message: Message) -> object:
        match need:
            case ById():
                return await self.reader.get(need.article_id, need.language)
            case ByTitle():
                places = self.reader.titled(need.title, need.language)
                return await self.reader.get(places[0], need.language) if places else None
            case Draw():
                article = await self.reader.get(2, "en")
                left = msgspec.structs.replace(article, clues=article.clues[1:])  # one was reported
                return Drawn(article=left, cursor=Cursor("en", "", "", 1))
            case Companions():
                return (await self.reader.get(3, "en"), await self.reader.get(4, "en"))
            case Standing():
                return await self.store.standing(bot_id, need.period)
            case DailySet():
                return ("x" * LONG, "\N{EN DASH}")
            case IsAdmin():
                return True
        return None

    def name_needed(self, bot_id: int, message: Message) -> bool:
        return message.sender is not None

    async def find_name(self, bot_id: int, message: Message) -> str:
        return "Ana"

    def show_typing(self, bot_id: int, message: Message) -> None:
        return

    def deliver(self, handed: Handed, address: str, committed: Committed, replies: list[tuple[Reply, Origin]]) -> None:
        return

    def replied(self, conversation_id: int) -> None:
        return

    @property
    def checkpoint(self) -> Callable[[str], Awaitable[None]]:
        async def passing(_name: str) -> None:
            return

        return passing


class Watch:
    """Counts what went wrong."""

    def __init__(self) -> None:
        self.errors: list[str] = []

    def turn(self, seconds: float) -> None:
        return

    def turn_error(self, kind: str) -> None:
        self.errors.append(kind)

    def fenced(self) -> None:
        self.errors.append("fenced")

    def parked(self) -> None:
        return


class Hall:
    """One conversation with the worker that plays it."""

    def __init__(self, store: Store, reader: Reader, holder: Holder, bot: int, url: str, folder: Path) -> None:
        self.store = store
        self.reader = reader
        self.bot = bot
        self.url = url
        self.holder = holder
        self.watch = Watch()
        self.bench = Bench(store, reader, Asking())
        self.settings = Settings(articles=Articles(store=str(folder / "store"), cache=str(folder / "cache")))
        self.conversation = 0
        self._said = 0

    async def play(self, *texts: str, release: str = "1", sender: str | None = "u", together: bool = False) -> None:
        """Say and play, each by itself or all in one lease."""
        player = Player(
            self.store, self.holder, self.bench, self.watch,
            sorry=lambda _language: Reply(text="sorry"), builds=self.reader.builds, release=release,
        )  # fmt: skip
        for group in (texts,) if together else tuple((text,) for text in texts):
            rows = []
            for text in group:
                self._said += 1
                message = Message(
                    kind=Kind.TEXT, address="a", dedupe_key=str(self._said), text=text, sender=sender,
                    sender_name=None if sender else "Eve",
                )  # fmt: skip
                rows.append(
                    Accepted(
                        self.bot, "a", message.dedupe_key, msgspec.json.encode(message).decode(), 1000 + self._said
                    )
                )
            self.conversation = (await self.store.accept_messages(rows, None))[0].conversation_id
            while await claim(self.store, self.holder, player, 10):
                await player.drain()

    async def replay(self, *, start: int = 1, release: str = "1") -> Replayed:
        """Play it again."""
        return await ops.replay.replay(
            self.settings, self.url, self.conversation, start=start, release=release, games={"asking": self.bench.game}
        )


@pytest.fixture
async def hall(store: Store, database: Database, tmp_path: Path) -> AsyncIterator[Hall]:
    """A build of six articles, a web bot, and who plays."""
    publish_build(tmp_path / "store")
    reader = Reader(tmp_path / "store", cache=tmp_path / "cache", redis_url=None)
    await reader.start()
    holder = Holder(store, turns_s=60, deliveries_s=60, playing=lambda: (), sending=lambda: (), on_lost=lambda: None)
    await holder.start()
    bots = await store.upsert_bots([BotRow("b", "web", "asking", "en", "default", None, b"x", True, 1)])
    yield Hall(store, reader, holder, bots["b"], database.url, tmp_path)
    await reader.close()


EVENING = (
    "draw", "hello", "", "title Heron", "title Nowhere", "friends", "won", "table", "long", "admin", "timer", "draw", "bye",
)  # fmt: skip


async def test_an_evening_is_played_again_as_it_was(hall: Hall, owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    await hall.play(*EVENING)
    await hall.store.fold_deeds(100)
    await hall.play("table", "won", "table", together=True)
    await hall.play("table", sender=None)
    assert hall.watch.errors == []
    # What has changed since plays no part.
    await hall.store.fold_deeds(100)
    monkeypatch.setattr(ops.replay, "PAGE", 3)
    found = await hall.replay()
    assert (found.difference, found.problem, found.parked, found.other_releases) == (None, None, [], {})
    assert found.played == await owner.fetchval("select count(*) from parlor.log where direction = 'in'")
    replies = [r.reply for r in await hall.store.read_replies(hall.conversation, 0, 100)]
    assert any(f"Ana b asking 11 {LONG + 1}" in reply for reply in replies)
    assert any("Heron 5 Kingfisher" in reply for reply in replies)
    assert any("Ana:7" in reply for reply in replies), "what the books said then"
    assert any("Eve b asking" in reply for reply in replies)


async def test_the_log_keeps_little_of_what_was_given(hall: Hall, owner: Owner) -> None:
    await hall.play("hello", sender=None)
    await hall.play("hello", sender=None)
    await hall.play("title Heron", sender=None)
    first, second, third = await owner.fetch(
        "select given::text from parlor.log where direction = 'in' order by number"
    )
    assert '"release": "1"' in first["given"]
    assert second["given"] is None
    assert len(third["given"]) < 120
    await hall.play("hello", "hello", release="2", sender=None)
    rows = await owner.fetch("select given from parlor.log where direction = 'in' and number > 3 order by number")
    assert [row["given"] is None for row in rows] == [False, True], "the face is told where it changed"


@pytest.mark.parametrize(
    ("tampering", "number", "what"),
    [
        ("""update parlor.log set body = '{"text": "no"}' where direction = 'out' and number = 3""", 2, "reply"),
        ("update parlor.log set outcome = 'won' where direction = 'in' and number = 2", 2, "outcome"),
        ("update parlor.log set seed = seed + 1 where direction = 'in' and number = 3", 3, "reply"),
        ("update parlor.log set given = given - 'asked' where number = 4 and direction = 'in'", 4, "needs"),
        ("""update parlor.log set body = body || '{"text": ""}' where direction = 'in' and number = 3""", 3, "outcome"),
    ],
)
async def test_a_log_that_was_tampered_with_shows_where(
    hall: Hall, owner: Owner, tampering: str, number: int, what: str
) -> None:
    await hall.play("hello", "hello", "hello", "draw", "hello")
    assert (await hall.replay()).difference is None
    await owner.execute(tampering)
    difference = (await hall.replay()).difference
    assert difference is not None
    assert (difference.number, difference.what) == (number, what)
    assert difference.logged != difference.played
    later = await hall.replay(start=5)
    if what == "needs":
        assert later.difference == difference, "without that turn there is nothing to go on with"
    else:
        assert later.difference is None, "what comes before is played and not compared"


async def test_it_is_said_what_the_log_lacks(hall: Hall, owner: Owner) -> None:
    await hall.play("draw", "hello", "hello")
    shutil.rmtree(hall.settings.articles.store)
    shutil.rmtree(hall.settings.articles.cache)
    found = await hall.replay()
    assert found.played == 0
    assert "message 1" in (found.problem or "")
    assert "article 2 of build first" in (found.problem or "")

    publish_build(Path(hall.settings.articles.store))
    assert (await hall.replay()).problem is None
    newer = await hall.replay(release="2")
    assert (newer.other_releases, newer.difference, newer.problem) == ({"1": 3}, None, None)

    await owner.execute("delete from parlor.log where direction = 'out' and number = 3")
    assert (await hall.replay()).problem is None, "a reply that is not kept is not compared"
    await owner.execute("update parlor.log set given = null where number = 1")
    assert "did not write down" in ((await hall.replay()).problem or "")
    await owner.execute("delete from parlor.log where direction = 'in' and number = 1")
    assert "does not reach back to message 1: it begins with 2" in ((await hall.replay()).problem or "")
    hall.conversation += 1
    assert "there is no such conversation" in ((await hall.replay()).problem or "")


async def test_a_parked_message_is_passed_over(hall: Hall, owner: Owner) -> None:
    await hall.play("hello")
    row = (await hall.store.accept_messages([Accepted(hall.bot, "a", "broken", '{"kind":"text"}', 1)], None))[0]
    await owner.execute("update parlor.inbox set attempts = 9 where number = 2")
    await hall.play("hello")
    await owner.execute("update parlor.waiting set due_at = now()")
    await hall.play("hello", "draw")
    assert row.number == 2
    found = await hall.replay()
    assert (found.parked, found.difference, found.problem) == ([2], None, None)


async def test_replies_on_their_way_are_compared_too(hall: Hall, owner: Owner) -> None:
    await owner.execute("update parlor.bots set pulls = false")
    await hall.play("hello", "draw")
    assert await owner.fetchval("select count(*) from parlor.deliveries") == 4
    assert (await hall.replay()).difference is None
    await owner.execute("""update parlor.deliveries set reply = '{"text": "no"}' where number = 4""")
    difference = (await hall.replay()).difference
    assert difference is not None
    assert (difference.number, difference.logged) == (2, {"text": "no"})


async def test_turns_of_one_lease_do_their_deeds_once(hall: Hall, owner: Owner) -> None:
    await hall.play("won", "hello", "won", together=True)
    deeds = await owner.fetch(
        "select deed ->> 'kind' as kind, deed ->> 'points' as points from parlor.deeds order by deed_id"
    )
    assert [tuple(d) for d in deeds] == [("agreed", None), ("scored", "1"), ("agreed", None), ("scored", "3")]


def test_a_session_under_a_former_name_is_the_games_own() -> None:
    game = Asking()
    old = '{"game": "questioning", "version": 1, "state": {"n": 4}}'
    assert open_session(game, old) == {"count": 4}
    assert open_session(game, close_session(game, {"count": 5})) == {"count": 5}
    assert open_session(game, old.replace("questioning", "another")) == {}


async def test_rules_that_never_have_enough_are_stopped(hall: Hall) -> None:
    class Greedy(Asking):
        def advance(self, state: State, event: Event, answers: Answers) -> Turn | Needs:
            return Needs(wanted=(ById(article_id=len(answers) % 6), Standing(period="day")))

    hall.bench.game = Greedy()
    await asyncio.wait_for(hall.play("hello"), 30)
    assert hall.watch.errors == ["RuntimeError"]


async def test_the_verbs_of_the_command_line(hall: Hall, owner: Owner, database: Database, tmp_path: Path) -> None:
    async def verb(*words: str) -> tuple[int | None, str, str]:
        running = await asyncio.create_subprocess_exec(
            sys.executable, SERVER, *words, cwd=tmp_path, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            env={name: value for name, value in os.environ.items() if not name.startswith("PARLOR_")}
            | {"PARLOR_DATABASE__URL": database.url, "PARLOR_SECRET_KEY": "s" * 32},
        )  # fmt: skip
        out, err = await asyncio.wait_for(running.communicate(), 60)
        return running.returncode, out.decode(), err.decode()

    hall.bench.game = EchoGame()
    hall.bench.bot = msgspec.structs.replace(hall.bench.bot, game="echo")
    await hall.play("hello", "there", release=VERSION)
    conversation = str(hall.conversation)
    assert await verb("replay", conversation) == (0, "2 messages played again: all as it was\n", "")
    await owner.execute("""update parlor.log set body = '{"text": "no"}' where direction = 'out' and number = 2""")
    code, out, err = await verb("replay", conversation)
    assert (code, err) == (1, "")
    assert out.splitlines() == ["message 2: the reply differs", '  logged: {"text":"no"}', '  played: {"text":"there"}']
    code, out, _ = await verb("replay", conversation, "--from", "3", "--json")
    assert code == 0
    assert msgspec.json.decode(out)["played"] == 2
    assert await verb("replay", conversation, "--from", "3") == (
        0,
        "2 messages played again, and none compared: there is no message 3 yet\n",
        "",
    )
    code, out, _ = await verb("replay", "999")
    assert (code, out.startswith("there is no such conversation: docs/sql.md")) == (1, True)

    assert (await verb("clues", "reported"))[:2] == (0, "nobody has reported a clue\n")
    for player in ("ana", "ben", "cem"):
        deed = Reported(player=player, language="en", title="Red Heron", clue="It wades.")
        await owner.execute(
            "insert into parlor.deeds (conversation_id, bot_id, deed, done_at) values (1, $1, $2::text::jsonb, now())",
            hall.bot,
            msgspec.json.encode(deed).decode(),
        )
    await hall.store.fold_deeds(10)
    assert (await verb("clues", "reported"))[1] == "out    3 en Red Heron: It wades.\n"
    listed = msgspec.json.decode((await verb("clues", "reported", "--json"))[1])
    assert (listed[0]["title"], listed[0]["reporters"], listed[0]["out"]) == ("Red Heron", 3, True)
    assert (await verb("clues", "pardon", "en", "Red Heron"))[0] == 0
    assert (await verb("clues", "pardon", "en", "Red Heron"))[0] == 1
    assert await hall.store.reported_clues("en") == {}
