"""The small German dump of our own: what other tests may expect of tests/german/starter.de.xml.

Ten articles, four cities and four people among them: enough for a round of each game in German.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from article_data.article import Article
from article_data.build.building import build
from article_data.clues.leaks import leaks
from article_data.judge.judging import judge
from article_data.reader.company import neighbours, telling_apart
from article_data.store.build import Build
from article_data.store.codec import decode_article, decode_text
from article_data.store.manifest import read_current
from game_state.games.questions.answer import answer

DUMP = Path(__file__).with_name("starter.de.xml")
ARTICLES = 10
CLUES_MIN = 4
PROSE_CHARS = range(900, 1501)
CITIES = {"Berlin", "Hamburg", "München", "Wien"}
PEOPLE = {"Albert Einstein", "Johann Wolfgang von Goethe", "Ludwig van Beethoven", "Wolfgang Amadeus Mozart"}
COMPANIONS = 3
"""Other titles beside the right one in a round of "which"."""
GOAL_STEPS = (2, 3, 4)
"""Links from the start of a path to a goal that will do."""


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The dump as an open build."""
    store = tmp_path_factory.mktemp("german")
    build([DUMP], store, language="de", workers=1)
    return Build.open(store, read_current(store)["de"], store / "cache")


@pytest.fixture(scope="module")
def articles(german: Build) -> list[Article]:
    """Its records, by their ids."""
    packed = (german.records.read(article_id) for article_id in range(german.info.article_count))
    return [decode_article(german.records.unpack(one)) for one in packed]


def test_every_german_article_is_playable(german: Build, articles: list[Article]) -> None:
    assert german.info.pool_size == len(articles) == ARTICLES
    assert {article.title for article in articles} > CITIES | PEOPLE
    for article in articles:
        assert article.language == "de", article.title
        assert len(article.clues) >= CLUES_MIN, article.title
        assert all((article.facts, article.categories, article.aliases, article.summary)), article.title
        shown = {clue: found for clue in article.clues if (found := leaks(clue, article.title, article.aliases))}
        assert not shown, f"{article.title}: {shown}"


def test_german_articles_have_prose_of_a_good_length(german: Build, articles: list[Article]) -> None:
    for article in articles:
        text = decode_text(german.texts.unpack(german.texts.read(article.article_id)))
        chars = sum(len(paragraph) for section in text.sections for paragraph in section.paragraphs)
        assert chars in PROSE_CHARS, f"{article.title}: {chars}"


def test_german_names_are_right_and_names_of_others_wrong(articles: list[Article]) -> None:
    keys = {article.title: article.key for article in articles}
    for title, guess in (
        ("München", "muenchen"),
        ("Eichhörnchen", "eichkätzchen"),
        ("Klavier", "das klavier"),
        ("Johann Wolfgang von Goethe", "goethe"),
        ("Wolfgang Amadeus Mozart", "mozart"),
    ):
        found = {other for other, key in keys.items() if judge(guess, key).kind == "accept"}
        assert found == {title}, guess


def test_cities_and_people_have_companions_of_their_kind(german: Build, articles: list[Article]) -> None:
    for kind in (CITIES, PEOPLE):
        for article in (one for one in articles if one.title in kind):
            beside = [articles[other] for other in neighbours(german.pool, article, COMPANIONS, seed=1)]
            company = telling_apart(article, beside, COMPANIONS)
            assert {one.title for one in company} == kind - {article.title}


def test_a_path_leads_from_every_german_article_to_a_goal(german: Build, articles: list[Article]) -> None:
    for start in articles:
        ways = [german.graph.path(start.article_id, goal.article_id) for goal in articles]
        assert None not in ways, start.title
        assert any(len(way) - 1 in GOAL_STEPS for way in ways if way is not None), start.title


@pytest.mark.parametrize(
    ("title", "question", "kind"),
    [
        ("Albert Einstein", "Lebt er noch?", "no"),
        ("Albert Einstein", "Wurde er vor 1900 geboren?", "yes"),
        ("Albert Einstein", "Ist es eine Stadt?", "no"),
        ("Albert Einstein", "Ist es ein Mensch?", "yes"),
        ("Wien", "Ist es eine Stadt?", "yes"),
        ("Wien", "Liegt es in Europa?", "yes"),
        ("Wien", "Ist es ein Tier?", "no"),
    ],
)
def test_yes_and_no_in_german(articles: list[Article], title: str, question: str, kind: str) -> None:
    article = next(one for one in articles if one.title == title)
    assert answer(question, article, "de", 2026).kind == kind
