"""Picking the article of a round: by the event's seed, with clues, and if possible not one of the recent ones.

Owns the choice alone; `guess_round.py` asks for it. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence

from article_data.article import Article
from game_state.games.contract import Articles, Event, Need, Needs, Pick

PICK_MORE = 5
"""Articles asked for besides the first when that one cannot be played or was played a short while ago."""
_SEED_STEP = 0x5851F42D4C957F2D  # odd and large: the steps spread over a pool of any size
_SEED_MASK = 2**63 - 1


def pick(event: Event, articles: Articles, recent: Sequence[int], also: tuple[Need, ...]) -> Article | Needs | None:
    """Pick an article; None when the store cannot give one now.

    `recent` are article ids, the newest last; `also` is what the caller needs besides and is part of every Needs. Asks
    at most twice: for one article, and when that will not do for five more at once.
    """
    seeds = [(event.seed + place * _SEED_STEP) & _SEED_MASK for place in range(1 + PICK_MORE)]
    picks = tuple(Pick(seed=seed, language=event.language) for seed in seeds)
    first, second = (*also, picks[0]), (*also, *picks)
    if any(need not in articles for need in first):
        return Needs(articles=first)
    if articles[picks[0]] is None:
        return None
    if (article := _fresh(articles, picks[:1], recent)) is not None:
        return article
    if any(need not in articles for need in second):
        return Needs(articles=second)
    # In a small pool all may be recent: then the one that was played longest ago.
    return _fresh(articles, picks, recent) or min(
        _playable(articles, picks), key=lambda article: recent.index(article.article_id), default=None
    )


def _fresh(articles: Articles, picks: Sequence[Pick], recent: Sequence[int]) -> Article | None:
    return next((article for article in _playable(articles, picks) if article.article_id not in recent), None)


def _playable(articles: Articles, picks: Sequence[Pick]) -> list[Article]:
    found = (articles[pick] for pick in picks)
    return [article for article in found if article is not None and article.clues]
