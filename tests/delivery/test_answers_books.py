"""What games ask of the books and the platforms: learned difficulties, reported clues, tables, the set of a day, admins."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias, cast

import asyncpg
import pytest

from article_data.reader.reading import Reader
from delivery.admins import Admins
from delivery.answers import Answers
from delivery.client import Client
from game_state.games.needs import GONE, ById, DailySet, Draw, Drawn, Line, Standing
from game_state.message import Kind, Message
from game_state.rows import BotRow
from game_state.store import Store
from ops.simulator import Simulator
from platforms import PLATFORMS
from platforms.contract import Bot
from tests.article_data.reader.linked import Page, publish_pages, record

MESSAGE = Message(kind=Kind.TEXT, address="1", dedupe_key="1", sender="7")
TOPICS = ("animal", "place", "music", "film", "sport", "food")
PAGES = [
    Page(title=f"Title {number}", topics=(TOPICS[number % 6],), difficulty=10 if number < 5 else 50)
    for number in range(30)
]
PAGES[7] = Page(title="Title 7", topics=("place", "adult"))
PAGES[8] = Page(title="Title 8", topics=("music",), clues=4)

pytestmark = pytest.mark.usefixtures("one_day")
Owner: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


@pytest.fixture
async def reader(tmp_path: Path) -> AsyncIterator[Reader]:
    publish_pages(tmp_path / "store", PAGES)
    opened = Reader(tmp_path / "store", cache=tmp_path / "cache", redis_url=None)
    await opened.start()
    yield opened
    await opened.close()


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    made = Client(timeout_s=2.0)
    yield made
    await made.close()


@pytest.fixture
def answers(reader: Reader, store: Store, client: Client) -> Answers:
    return Answers(reader, store, Admins(client, lambda _bot_id: None))


async def report(owner: Owner, title: str, *numbers: int, people: int = 3) -> None:
    """People find an article's clues bad."""
    for number in numbers:
        clue = f"Clue {number} of {title}."
        for person in range(people):
            await owner.execute(
                "insert into parlor.clue_reports values ('en', $1, $2, 1, $3, $4, clock_timestamp())",
                title,
                sha256(clue.encode()).digest(),
                str(person),
                clue,
            )


async def draws(answers: Answers, *, difficulty: str = "") -> dict[str, Drawn]:
    """Everything that many conversations draw first, by title."""
    found: dict[str, Drawn] = {}
    for key in range(250):
        one = await answers.answer(Draw(key=key, language="en", difficulty=difficulty), 1, MESSAGE)
        assert isinstance(one, Drawn)
        found[one.article.title] = one
    return found


async def test_reported_clues_are_out_of_play_and_articles_without_enough_too(answers: Answers, owner: Owner) -> None:
    await report(owner, "Title 0", 2, 5)
    await report(owner, "Title 1", 1, 2, 3, 4)
    await report(owner, "Title 2", 1, 2, 3, 4, people=2)
    await report(owner, "Title nobody has", 1)
    before = await draws(answers)
    assert len(before["Title 0"].article.clues) == 6, "not read yet"
    await answers.refresh()
    found = await draws(answers)
    assert set(before) - set(found) == {"Title 1"}, "two clues are left: too few to play with"
    assert found["Title 0"].article.clues == tuple(f"Clue {number} of Title 0." for number in (1, 3, 4, 6))
    assert len(found["Title 2"].article.clues) == 6, "two people are not enough"
    assert await answers.answer(ById(article_id=0), 1, MESSAGE) == record(0, PAGES[0]), (
        "a round that is on keeps its clues"
    )


async def test_difficulty_is_as_learned_from_play(answers: Answers, owner: Owner) -> None:
    insert = "insert into parlor.article_ratings values ('en', $1, $2, $3, clock_timestamp())"
    await owner.execute(insert, "Title 9", 1500 + 8 * 40, 50)
    await owner.execute(insert, "Title 10", 1500 + 8 * 40, 1)
    await answers.refresh()
    hard = await draws(answers, difficulty="hard")
    assert {title: one.level for title, one in hard.items()} == {"Title 9": 90}, "one game teaches nothing yet"
    await owner.execute("update parlor.article_ratings set rating = 1500, updated_at = clock_timestamp()")
    await owner.execute(insert, "Title 11", 1500 + 8 * 30, 50)
    await answers.refresh()
    hard = await draws(answers, difficulty="hard")
    assert {title: one.level for title, one in hard.items()} == {"Title 11": 80}, "what changed since is read"
    assert (await draws(answers))["Title 9"].level == 50


async def test_lessons_follow_the_articles_into_a_new_build(
    tmp_path: Path, reader: Reader, answers: Answers, owner: Owner
) -> None:
    await report(owner, "Title 0", 2)
    await answers.refresh()
    publish_pages(tmp_path / "store", PAGES[::-1], key="second", created_at="2026-02-01T00:00:00Z")
    await reader.refresh()
    await answers.refresh()
    found = await draws(answers)
    assert len(found["Title 0"].article.clues) == 5
    assert len(found["Title 29"].article.clues) == 6


async def test_the_table_of_a_bot(answers: Answers, store: Store, owner: Owner) -> None:
    bot_id = (await store.upsert_bots([BotRow("b", "test", "guess", "en", "default", None, b"x", False, 1)]))["b"]
    for player, points in (("1", 12), ("2", 30)):
        await owner.execute(
            "insert into parlor.standings (bot_id, player, name, points, wins) values ($1, $2, $3, $4, 2)",
            bot_id,
            player,
            f"Player {player}",
            points,
        )
    assert await answers.answer(Standing(period="all"), bot_id, MESSAGE) == (
        Line("Player 2", 30, 2),
        Line("Player 1", 12, 2),
    )
    assert await answers.answer(Standing(period="day"), bot_id, MESSAGE) == ()
    assert await answers.answer(Standing(period="all"), bot_id + 1, MESSAGE) == ()


async def test_the_set_of_a_day_is_the_same_for_all(
    tmp_path: Path, reader: Reader, answers: Answers, store: Store, owner: Owner, client: Client
) -> None:
    today = datetime.now(UTC).date()
    need = DailySet(day=str(today), language="en")
    titles = cast("tuple[str, ...]", await answers.answer(need, 1, MESSAGE))
    pages = {page.title: page for page in PAGES}
    assert len(set(titles)) == 5
    assert len({pages[title].topics for title in titles}) == 5, "of different topics while there are"
    assert all(pages[title].difficulty == 50 and pages[title].clues >= 5 for title in titles)
    assert not any("adult" in pages[title].topics for title in titles)

    other = Answers(reader, store, Admins(client, lambda _bot_id: None))
    assert await asyncio.gather(*(other.answer(need, 2, MESSAGE) for _ in range(5))) == [titles] * 5
    publish_pages(tmp_path / "store", PAGES[:6], key="second", created_at="2026-02-01T00:00:00Z")
    await reader.refresh()
    assert await answers.answer(need, 1, MESSAGE) == titles, "a new build changes nothing on the day"

    yesterday = DailySet(day=str(today - timedelta(days=1)), language="en")
    assert await answers.answer(yesterday, 1, MESSAGE) != titles
    for day in (str(today + timedelta(days=1)), str(today - timedelta(days=5)), "no day"):
        assert await answers.answer(DailySet(day=day, language="en"), 1, MESSAGE) == ()
    assert await owner.fetchval("select count(*) from parlor.daily_sets") == 2
    assert await answers.answer(DailySet(day=str(today), language="fr"), 1, MESSAGE) == (), "no articles"


async def test_who_administers_is_told_by_the_event_or_the_platform_and_kept(client: Client) -> None:
    async with Simulator() as simulator:
        bot = Bot(
            bot_id=1,
            name="b",
            platform="telegram",
            credentials={"token": "123456:scenario-token"},
            api_base=simulator.url,
        )
        rooms = {1: (bot, PLATFORMS["telegram"]), 2: (bot, PLATFORMS["line"])}
        admins = Admins(client, rooms.get)
        simulator.people.appoint(["7"])

        def said(sender: str | None, *, admin: bool | None = None, group: bool = True) -> Message:
            return Message(kind=Kind.TEXT, address="-5", dedupe_key="1", sender=sender, admin=admin, group=group)

        assert await admins.find(1, said("8", admin=True)), "the event says so"
        assert not await admins.find(1, said("7", admin=False))
        assert await admins.find(1, said("8", group=False)), "whoever is alone with the bot"
        assert await admins.find(1, said("7"))
        assert not await admins.find(1, said("8"))
        assert not await admins.find(1, said(None))
        assert not await admins.find(2, said("7")), "nobody can be asked"
        assert not await admins.find(3, said("7")), "no such bot"
        simulator.people.appoint(["8"])
        assert not await admins.find(1, said("8")), "the platform's word counts for some minutes"
    assert await admins.find(1, said("7")), "kept, also while the platform is away"
    assert not await admins.find(1, said("9")), "it cannot be asked now"


async def test_books_that_cannot_be_read_are_told_and_articles_come_all_the_same(
    reader: Reader, store: Store, client: Client
) -> None:
    answers = Answers(reader, store, Admins(client, lambda _bot_id: None))
    await store.close()
    assert await answers.answer(Standing(period="all"), 1, MESSAGE) is None
    assert await answers.answer(DailySet(day="2026-11-24", language="en"), 1, MESSAGE) is None
    await answers.refresh()
    found = await answers.answer(Draw(key=1, language="en"), 1, MESSAGE)
    assert isinstance(found, Drawn)
    assert found.article is not GONE
