"""What games ask of the articles is answered from a real build: draws, companions, ways, doors, names, through a new build too."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import cast

import pytest

from article_data.article import Article
from article_data.reader.reading import Reader
from article_data.store.manifest import build_folder
from delivery.admins import Admins
from delivery.answers import Answers
from delivery.client import Client
from game_state.games.needs import (
    GONE,
    ById,
    ByTitle,
    Companions,
    Cursor,
    Door,
    Doors,
    Draw,
    Drawn,
    Find,
    Found,
    Goal,
    Need,
    Route,
    Shelves,
    Way,
)
from game_state.message import Kind, Message
from game_state.store import Store
from tests.article_data.reader.linked import Page, publish_pages, record

MESSAGE = Message(kind=Kind.TEXT, address="1", dedupe_key="1", sender="7")

# A chain of rivers and towns; the mouth can be reached over two ways, the far one is beyond four links.
PAGES = [
    Page(title="Rhine", links=("Basel", "Cologne", "Nowhere", "Basel", "The Rhine", "Köln"), redirects=("The Rhine",)),
    Page(title="Basel", links=("Rhine", "Paper"), difficulty=20),
    Page(title="Cologne", links=("Perfume", "Basel"), redirects=("Köln",), difficulty=80),
    Page(title="Paper", links=("Ink", "Mercury"), topics=("technology",)),
    Page(title="Perfume", links=("Ink",), topics=("technology", "adult")),
    Page(title="Ink", links=("Squid",), topics=("technology",)),
    Page(title="Squid", links=("Deep sea",)),
    Page(title="Deep sea", topics=("place",)),
    Page(title="Mercury", lists_namesakes=True),
]
POOL = 8


@pytest.fixture
async def reader(tmp_path: Path) -> AsyncIterator[Reader]:
    publish_pages(tmp_path / "store", PAGES, pool_size=POOL)
    opened = Reader(tmp_path / "store", cache=tmp_path / "cache", redis_url=None)
    await opened.start()
    yield opened
    await opened.close()


@pytest.fixture
async def answers(reader: Reader, store: Store) -> AsyncIterator[Answers]:
    client = Client(timeout_s=1.0)
    yield Answers(reader, store, Admins(client, lambda _bot_id: None))
    await client.close()


Asking = Callable[[Need], Awaitable[object]]


@pytest.fixture
def ask(answers: Answers) -> Asking:
    return lambda need: answers.answer(need, 1, MESSAGE)


async def drawn(ask: Asking, draw: Draw) -> Drawn:
    """Draw something; there is something."""
    found = await ask(draw)
    assert isinstance(found, Drawn)
    return found


async def test_an_article_by_number_and_by_title(answers: Answers, ask: Asking) -> None:
    assert answers.at_hand(ById(article_id=1)) is None
    assert await ask(ById(article_id=1)) == record(1, PAGES[1])
    assert await ask(ById(article_id=99)) is GONE
    assert await ask(ById(article_id=1, language="fr")) is None, "no build to look in: perhaps later"
    assert await ask(ByTitle(title="Basel")) == record(1, PAGES[1])
    assert answers.at_hand(ById(article_id=1)) == answers.at_hand(ByTitle(title="Basel")) == record(1, PAGES[1])
    assert await ask(ByTitle(title="basel")) is GONE, "a title is meant to the letter"
    assert await ask(ByTitle(title="The Rhine")) is GONE, "another name is no title"
    assert await ask(ByTitle(title="Basel", language="fr")) is None
    assert answers.at_hand(Shelves()) is None
    assert await ask(Shelves()) == ("en",)


async def test_draws_bring_every_article_once_with_the_cursor_after_it(ask: Asking) -> None:
    cursors: tuple[Cursor, ...] = ()
    titles = []
    for _ in range(7):
        found = await drawn(ask, Draw(key=5, language="en", cursors=cursors))
        cursors = (found.cursor,)
        titles.append(found.article.title)
        assert found.level == found.article.difficulty
    assert sorted(titles) == sorted(page.title for page in PAGES[:POOL] if "adult" not in page.topics)
    again = await drawn(ask, Draw(key=5, language="en", cursors=cursors))
    assert again.article.title in titles, "used up: from the beginning in a new order"
    assert again.cursor.position > POOL


async def test_what_one_cursor_passed_another_does_not_bring(ask: Asking) -> None:
    cursors: dict[tuple[str, str], Cursor] = {}
    titles: list[str] = []
    for topic, difficulty in [("technology", ""), ("animal", "easy"), ("", "hard")] + [("", "")] * 4:
        draw = Draw(key=9, language="en", topic=topic, difficulty=difficulty, cursors=tuple(cursors.values()))
        found = await drawn(ask, draw)
        assert (found.cursor.topic, found.cursor.difficulty) == (topic, difficulty)
        cursors[topic, difficulty] = found.cursor
        titles.append(found.article.title)
    assert len(set(titles)) == len(titles)
    foreign = Cursor(language="fr", topic="", difficulty="", position=POOL)
    first = await ask(Draw(key=9, language="en"))
    assert await ask(Draw(key=9, language="en", cursors=(foreign,))) == first, "another language's list is another list"


async def test_a_topic_without_articles_is_told_from_no_build(ask: Asking) -> None:
    none = await drawn(ask, Draw(key=1, language="en", topic="opera", cursors=()))
    assert none.article is GONE
    assert none.cursor.position == 0
    assert (await drawn(ask, Draw(key=1, language="en", topic="adult"))).article is GONE
    assert (await drawn(ask, Draw(key=1, language="en", topic="adult", adult=True))).article.title == "Perfume"
    assert await ask(Draw(key=1, language="fr")) is None


async def test_companions_are_of_the_same_kind_and_tell_apart(tmp_path: Path, reader: Reader, ask: Asking) -> None:
    pages = [
        Page(title="Otter"),
        Page(title="Sea otter"),
        Page(title="Heron", topics=("animal", "place")),
        Page(title="Beaver"),
        Page(title="Porn star", topics=("animal", "adult")),
        Page(title="Vienna", topics=("place",)),
        Page(title="Salamander"),
    ]
    publish_pages(tmp_path / "store", pages, key="second", created_at="2026-02-01T00:00:00Z")
    await reader.refresh()

    async def companions(article_id: int, seed: int, *, adult: bool = False, count: int = 3) -> list[str]:
        found = await ask(Companions(article_id=article_id, language="en", count=count, seed=seed, adult=adult))
        return [one.title for one in cast("tuple[Article, ...]", found)]

    for seed in range(20):
        assert set(await companions(0, seed)) == {"Heron", "Beaver", "Salamander"}
    assert await companions(0, 3) == await companions(0, 3)
    assert len({tuple(await companions(0, seed)) for seed in range(20)}) > 1
    assert set(await companions(0, 1, adult=True, count=9)) == {"Heron", "Beaver", "Salamander", "Porn star"}
    assert await companions(5, 1) == [], "fewer where there are none"
    assert not {"Otter", "Sea otter"} <= set(await companions(3, 2, count=9)), "nor do companions give one another away"


async def test_a_goal_is_two_links_away_at_least_and_its_way_a_shortest(ask: Asking) -> None:
    goals = set()
    for seed in range(60):
        route = await ask(Goal(article_id=0, language="en", seed=seed))
        assert isinstance(route, Route)
        assert 3 <= len(route.ids) <= 5
        assert route == await ask(Way(start=0, goal=route.ids[-1], language="en"))
        assert route.titles == tuple(PAGES[number].title for number in route.ids)
        goals.add(route.titles[-1])
    assert goals == {"Paper", "Ink", "Squid"}, "not the neighbours, not what is for adults, not what is too far"
    near = {(await ask(Goal(article_id=0, language="en", seed=seed, most=2))) for seed in range(20)}
    assert {cast("Route", route).titles for route in near} == {("Rhine", "Basel", "Paper")}
    assert await ask(Goal(article_id=7, language="en", seed=1)) is None
    assert await ask(Way(start=7, goal=0, language="en")) is None


async def test_doors_lead_where_the_text_says_in_its_order(ask: Asking) -> None:
    assert await ask(Doors(article_id=0, language="en")) == (Door(1, "Basel"), Door(2, "Cologne"))
    assert await ask(Doors(article_id=3, language="en")) == (Door(5, "Ink"),), "a list of namesakes is no door"
    assert await ask(Doors(article_id=7, language="en")) == ()
    assert await ask(Doors(article_id=99, language="en")) is None


async def test_names_are_found_exactly_or_nearly(ask: Asking) -> None:
    async def find(text: str) -> tuple[bool, list[str]]:
        found = await ask(Find(text=text, language="en"))
        assert isinstance(found, Found)
        return found.exact, [one.title for one in found.articles]

    assert await find("cologne") == (True, ["Cologne"])
    assert await find("koln") == (True, ["Cologne"])
    assert await find("colonge") == (False, ["Cologne"])
    assert await find("zzzzzzzz") == (False, [])
    assert await find("perf") == (False, ["Perfume"]), "the beginning of a name"
    assert await find("the rh") == (False, ["Rhine"]), "and of an alias"
    assert await find("pe") == (False, []), "too short a beginning is nobody's"
    assert await find("Mercury") == (False, []), "a page that lists namesakes is no article"
    assert await ask(Find(text="cologne", language="fr")) is None


async def test_a_round_finds_its_article_in_a_new_build(tmp_path: Path, reader: Reader, ask: Asking) -> None:
    long_title = "Ж" * 127
    pages = [Page(title=f"New {number}") for number in range(5)] + [Page(title=long_title), *PAGES[:3]]
    publish_pages(tmp_path / "store", pages, key="second", created_at="2026-02-01T00:00:00Z")
    assert await reader.refresh()
    found = await ask(ByTitle(title="Cologne"))
    assert isinstance(found, Article)
    assert (found.article_id, found.title) == (8, "Cologne")
    assert await ask(ByTitle(title="Ink")) is GONE
    cut = await ask(ByTitle(title=long_title[:120]))
    assert isinstance(cut, Article), "a session keeps 240 bytes of a title"
    assert cut.title == long_title


async def test_a_store_that_is_gone_is_told_and_a_damaged_record_is_passed_over(
    tmp_path: Path, reader: Reader, ask: Asking
) -> None:
    seen = {(await drawn(ask, Draw(key=key, language="en"))).article.title for key in range(40)}
    assert len(seen) == 7
    pack = build_folder(tmp_path / "store", "first") / "records.pack"
    whole = pack.read_bytes()
    reader.memory.keep_builds(())
    # The first record behind the pack's header, spoilt; then all of them.
    with pack.open("r+b") as file:
        file.seek(16)
        file.write(bytes(30))
    others = {(await drawn(ask, Draw(key=key, language="en"))).article.title for key in range(40)}
    assert others == seen - {"Rhine"}
    assert await ask(ById(article_id=0)) is None
    reader.memory.keep_builds(())
    with pack.open("r+b") as file:
        file.write(bytes(len(whole)))
    assert await ask(Draw(key=1, language="en")) is None
    assert await ask(ById(article_id=0)) is None
    assert await ask(Find(text="Cologne", language="en")) is None
