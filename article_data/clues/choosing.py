"""Which of an article's candidates become its clues: the best of all sections, nothing twice, from hard to easy.

Owns what a set of clues is: at most 12, those worth less only where there are few, each the harder the less it finds its
article among all others, the defining sentence last if it finds it. Called by `making`. Pure.
"""

from __future__ import annotations

from collections import Counter

import msgspec

from article_data.clues.corpus import Standing

MAX_CLUES = 12
MAX_RANKED = 40
"""Candidates whose standing is looked up: the best of each section first."""
MAX_LIKENESS = 0.45
"""Two clues that share this part of their stems say the same thing twice."""
ENOUGH = 6

_MISLEADING = 0.2
"""For each clue that finds its article, at most so many may find another before it."""
_NEARLY = 3
_HARDLY = 10
_PLENTY = 8
_FLOOR = 1.0
"""A clue worth less is taken only where an article has not enough."""
_LOW_FLOOR = -2.5
_LOWEST_FLOOR = -6.5
"""Where an article would otherwise not be played at all: it stands alone and leaks nothing, and that is all."""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """What may become a clue."""

    text: str
    sentences: tuple[str, ...]
    """Of the article's, those it was made of."""
    section: str
    worth: float
    speaks_of_subject: bool = False
    """Whether it opens with the mask or a pronoun for it, so that it can follow the defining sentence."""
    mentions_subject: bool = False
    """Whether it holds a pronoun for it anywhere, so that it can follow where nothing better is."""
    is_head: bool = False


class Ranked(msgspec.Struct, frozen=True, kw_only=True):
    """A candidate, and how well it alone finds its article."""

    candidate: Candidate
    stems: frozenset[str]
    standing: Standing


def shortlist(candidates: list[Candidate]) -> list[Candidate]:
    """Take the best of every section in turn, the head first, until there are enough to rank."""
    sections: Counter[str] = Counter()
    turns: list[tuple[float, int, Candidate]] = []
    for number, candidate in enumerate(sorted(candidates, key=lambda one: -one.worth)):
        # The third of a section waits behind a first that is somewhat worse.
        turns.append((candidate.worth - 0.5 * sections[candidate.section] + 99 * candidate.is_head, number, candidate))
        sections[candidate.section] += 1
    return [candidate for _, _, candidate in sorted(turns, key=lambda turn: (-turn[0], turn[1]))[:MAX_RANKED]]


def choose(ranked: list[Ranked]) -> list[Ranked]:
    """Take the best that find their article, not the same thing twice, not too much of one section.

    What finds another article first is taken too where there are few others: it is a hard clue, and a fair one.
    """
    finding = sum(one.standing.rank == 1 for one in ranked)
    chosen = _taken(ranked, [], MAX_CLUES, misses=int(_MISLEADING * min(finding, MAX_CLUES)))
    chosen = _taken(ranked, chosen, _PLENTY, misses=_PLENTY)
    return _taken(ranked, chosen, ENOUGH, misses=ENOUGH, floor=_LOWEST_FLOOR)


def _taken(
    ranked: list[Ranked], before: list[Ranked], count: int, *, misses: int, floor: float = _LOW_FLOOR
) -> list[Ranked]:
    """Return what was taken before, and the best of the others until there are so many.

    At most so many `misses` find another article first; nothing is taken that is worth less than the floor.
    """
    chosen = list(before)
    sections = Counter(one.candidate.section for one in chosen)
    waiting = [one for one in ranked if one not in chosen]

    def value(one: Ranked) -> float:
        rank = one.standing.rank
        finds = 2.0 if rank == 1 else 0.5 if rank <= _NEARLY else -1.0 if rank <= _HARDLY else -3.0
        return one.candidate.worth + finds - 0.8 * sections[one.candidate.section] + 99 * one.candidate.is_head

    while waiting and len(chosen) < count:
        best = max(waiting, key=value)
        waiting.remove(best)
        is_miss = best.standing.rank > 1 and not best.candidate.is_head
        least = _FLOOR if len(chosen) >= ENOUGH and count > _PLENTY else floor
        if (best.candidate.worth < least and not best.candidate.is_head) or (is_miss and not misses):
            continue
        if any(_likeness(best, other) >= MAX_LIKENESS for other in chosen):
            continue
        chosen.append(best)
        misses -= is_miss
        sections[best.candidate.section] += 1
    return chosen


def _likeness(one: Ranked, other: Ranked) -> float:
    return len(one.stems & other.stems) / max(1, min(len(one.stems), len(other.stems)))


def order(chosen: list[Ranked]) -> list[Ranked]:
    """Return the clues from hard to easy: those that find their article the surest come last, the defining sentence at the end.

    A definition that fits another article better ("a branch of biology") ends nothing as long as another clue finds its own.
    """
    is_found = any(one.standing.rank == 1 for one in chosen)

    def ease(one: Ranked) -> tuple[bool, int, float]:
        ends = one.candidate.is_head and (one.standing.rank == 1 or not is_found)
        return ends, -one.standing.rank, one.standing.margin

    return sorted(chosen, key=ease)
