"""Where a racer is in the current build: its article and the links from there, whatever numbers a new build gave them. Pure."""

from __future__ import annotations

from msgspec.structs import replace

from article_data.article import Article
from game_state.games.needs import GONE, ById, ByTitle, Door, Doors
from game_state.games.path_race import Place, Race, Racer, clip
from game_state.games.rounds import Outdated, Scene, Secret, Unreachable


def stand(scene: Scene, secret: Secret, race: Race) -> tuple[Racer, tuple[Door, ...]]:
    """Return who acts, where they are in the current build, and the links from there.

    Raises Missing until these were fetched, Unreachable, Outdated.
    """
    start = Place(secret.article_id, clip(secret.title))
    racer = race.racers.get(scene.player) or Racer(scene.name, 0, (start,))
    here = racer.here
    scene.facts.want(
        ById(article_id=here.article_id, language=secret.language),
        Doors(article_id=here.article_id, language=secret.language),
    )
    article_id = article_at(scene, here, secret.language).article_id
    doors = scene.facts.doors(Doors(article_id=article_id, language=secret.language))
    if doors is None:
        raise Unreachable
    trail = (*racer.trail[:-1], Place(article_id, here.title))
    return replace(racer, name=scene.name or racer.name, trail=trail), doors


def article_at(scene: Scene, place: Place, language: str) -> Article:
    """Return the article of a place, whatever number the current build gives it. Raises as `stand`."""
    article = scene.facts.article(ById(article_id=place.article_id, language=language))
    if article is not None and clip(article.title) != place.title:
        article = scene.facts.article(ByTitle(title=place.title, language=language))
    if article is None:
        raise Unreachable
    if article is GONE or article.article_id < 0:
        raise Outdated
    return article
