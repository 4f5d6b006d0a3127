"""The fourth step of a build: which articles are the pool, and every article's number.

Owns the pool's rule: articles with enough clues, the well-known part of them. Numbers go by popularity, the pool first, so
that a number says how well known an article is and the first ones are those to warm.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from article_data.build.draft import Played, read_shard, shard_path
from article_data.build.survey import KINDS, Survey

MIN_CLUES = 4
"""Fewer make no round."""
ALL_KNOWN = 5000
"""So many playable articles are played whatever their popularity: a small wiki is played whole."""
KNOWN_SHARE = 0.2
"""Of those beyond, this part, the most popular first: most of a large wiki is known to nobody in the chat."""


class Numbering(msgspec.Struct, frozen=True):
    """The order of a build's articles."""

    places: NDArray[np.int32]
    """By article id: the place in the drafts."""
    ids: NDArray[np.int32]
    """By place: the article id."""
    pool_size: int
    """The articles before this one are the pool."""
    clue_counts: NDArray[np.uint8]
    """By place."""
    unplayable_count: int
    """Articles (no lists, stubs or disambiguation pages) with too few clues."""


def number(work: Path, found: Survey, *, pool_limit: int | None = None) -> Numbering:
    """Read the shards of clues and number all pages; `pool_limit` overrides how many are played."""
    counts = bytes(
        len(played.clues)
        for shard in range(len(found.starts) - 1)
        for played in read_shard(shard_path(work / "played", shard), Played)
    )
    clue_counts = np.frombuffer(counts, np.uint8)
    playable = (clue_counts >= MIN_CLUES) & (found.kinds == KINDS.index("article"))
    # lexsort's last key is the first to count; places break ties, so that the order is the same every time.
    by_popularity = np.lexsort((np.arange(len(counts)), -found.in_degree, -found.popularity)).astype(np.int32)
    candidates = by_popularity[playable[by_popularity]]
    size = min(len(candidates), known_count(len(candidates)) if pool_limit is None else pool_limit)
    pool = candidates[:size]
    in_pool = np.zeros(len(counts), bool)
    in_pool[pool] = True
    places = np.concatenate((pool, by_popularity[~in_pool[by_popularity]]))
    ids = np.empty(len(counts), np.int32)
    ids[places] = np.arange(len(counts))
    return Numbering(
        places=places,
        ids=ids,
        pool_size=size,
        clue_counts=clue_counts,
        unplayable_count=int(np.count_nonzero((found.kinds == KINDS.index("article")) & ~playable)),
    )


def known_count(playable: int) -> int:
    """Return how many of so many playable articles are the well-known part."""
    return playable if playable <= ALL_KNOWN else ALL_KNOWN + round(KNOWN_SHARE * (playable - ALL_KNOWN))
