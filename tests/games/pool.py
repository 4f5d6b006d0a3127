"""A small world of articles that every game can be played with, and the links among them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from article_data.article import Article, Date, Fact
from game_state.games.needs import Companions, Door, Doors, Goal, Route, Way
from tests.games.scene import ARTICLES, article

CITIES = {
    "Paris": ("France", "Seine"),
    "London": ("England", "Thames"),
    "Vienna": ("Austria", "Danube"),
    "Lisbon": ("Portugal", "Tagus"),
    "Oslo": ("Norway", "Akerselva"),
    "Warsaw": ("Poland", "Vistula"),
}


@lru_cache(maxsize=1)
def pool() -> tuple[Article, ...]:
    """Return the articles; each has clues, facts and a summary."""
    cities = tuple(
        article(
            city,
            number,
            clues=(
                f"The river {river} runs through it.",
                "Its university is older than most of its bridges.",
                f"_____ is the largest city of {country}, and its capital.",
            ),
            summary=f"{city} is the capital of {country}. The river {river} runs through it.",
            description=f"Capital of {country}",
            head="city",
            topics=("place",),
            keywords=("capital", "river", "bridges", "university"),
            facts=(Fact("Country", country), Fact("Capital of", country)),
            dates=(Date("founded", f"10{number:02}"),),
            coordinates=(48.0, 2.0),
            url=f"https://en.wikipedia.org/wiki/{city}",
        )
        for number, (city, (country, river)) in enumerate(CITIES.items(), start=len(ARTICLES))
    )
    return (*ARTICLES, *cities)


def answers_of(articles: Sequence[Article]) -> dict[type, Any]:
    """Return what `Chat` answers of links and companions: every article links to the next two in a ring."""
    count = len(articles)
    places = {one.article_id: place for place, one in enumerate(articles)}

    def doors(need: Doors) -> tuple[Door, ...] | None:
        place = places.get(need.article_id)
        if place is None:
            return None
        following = (articles[(place + step) % count] for step in (1, 2))
        return tuple(Door(one.article_id, one.title) for one in following)

    def way(need: Way) -> Route | None:
        if need.start not in places or need.goal not in places:
            return None
        start, goal = places[need.start], places[need.goal]
        steps = (goal - start) % count
        between = [start + 2 * step for step in range(steps // 2 + 1)]
        if between[-1] != start + steps:
            between.append(start + steps)
        return _route(articles, [place % count for place in between])

    def goal(need: Goal) -> Route | None:
        place = places.get(need.article_id)
        if place is None:
            return None
        return way(Way(start=need.article_id, goal=articles[(place + 4) % count].article_id, language=need.language))

    def companions(need: Companions) -> tuple[Article, ...]:
        asked = next(one for one in articles if one.article_id == need.article_id)
        alike = [one for one in articles if one is not asked and one.topics[:1] == asked.topics[:1]]
        return tuple(alike[: need.count])

    return {Doors: doors, Way: way, Goal: goal, Companions: companions}


def _route(articles: Sequence[Article], places: Sequence[int]) -> Route:
    return Route(
        ids=tuple(articles[place].article_id for place in places),
        titles=tuple(articles[place].title for place in places),
    )
