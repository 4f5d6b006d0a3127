"""Drawing: which article a conversation plays next, so that none comes twice before its list is used up.

Each conversation has its own order of every topic's list (`Permutation`, by its key), and cursors that say how far it has come
in them. Nothing else is remembered: whether an article was played is worked out from the cursors. A cursor's position counts on
when its list is used up, and each time through (a generation) has an order of its own.

An article has been passed by a cursor as often as the cursor came by its place, if it has the cursor's difficulty. In generation g
those articles are drawn that no cursor has passed more than g times: so lists that share articles never repeat one another's
while they have others. A draw takes a step of some microseconds for each article that it passes over, of another difficulty or
played before; where a difficulty is rare, only its own articles are looked at. So it is a few steps, and at most three an
article of the list.
Pure; called by whoever answers what games ask.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Final, cast

import msgspec

from article_data.article import ADULT
from article_data.store.permutation import Permutation
from article_data.store.pool import Difficulty, Ids, Pool, difficulty_of, has, place_in

BREATH: Final = 256
"""Steps between two breaths: about a millisecond."""
_THIRDS: Final[tuple[Difficulty, ...]] = ("easy", "medium")


class Passed(msgspec.Struct, frozen=True):
    """A cursor: how far a conversation has come in its order of one topic's articles, looking for one difficulty."""

    topic: str
    """"": any."""
    difficulty: str
    """"": any."""
    position: int
    """Places passed so far, all generations together."""


class _Order:
    """A conversation's orders of one topic's list."""

    def __init__(self, ids: Ids, key: str) -> None:
        self.ids = ids
        self._key = key
        self._generations: dict[int, Permutation] = {}

    def generation(self, number: int) -> Permutation:
        """Return the order of one time through the list."""
        found = self._generations.get(number)
        if found is None:
            found = self._generations[number] = Permutation(len(self.ids), f"{self._key}|{number}")
        return found

    def times(self, article_id: int, position: int) -> int:
        """Return how often a cursor at this position has come by the article's place."""
        index = place_in(self.ids, article_id)
        if index is None:
            return 0
        number, place = divmod(position, len(self.ids))
        return number + (place > 0 and self.generation(number).place_of(index) < place)


class Drawing:
    """One conversation's view of a pool, for a single draw."""

    def __init__(
        self,
        pool: Pool,
        *,
        key: int,
        language: str,
        adult: bool = False,
        levels: Mapping[int, int] | None = None,
        shunned: Container[int] = (),
    ) -> None:
        """`key` is the conversation's own. `levels` are difficulties learned from play, by article, 1 to 100.

        `shunned` articles are never drawn; it may grow while candidates are looked at.
        """
        self._pool = pool
        self._key = f"{key}|{language}"
        self._hidden: Ids = range(0) if adult else pool.ids(topic=ADULT)
        self._levels = levels or {}
        self._shunned = shunned
        self._orders: dict[str, _Order] = {}

    def candidates(self, own: Passed, others: Sequence[Passed]) -> Iterator[tuple[int, int] | None]:
        """Yield articles and the own cursor's position after each, the next one first; and None to let others have a turn.

        Who does not take a candidate adds it to `shunned` before asking on. Ends when the list has no article that fits.
        """
        order = self._order(own.topic)
        count = len(order.ids)
        if count == 0:
            return
        generation, first = divmod(max(0, own.position), count)
        while True:
            for place, article_id in self._walk(order, generation, first, own):
                if place % BREATH == BREATH - 1:
                    yield None
                if self._fits(article_id, own.difficulty) and self._times(article_id, others) <= generation:
                    yield article_id, generation * count + place + 1
            # Used up: on with the first generation that has something left.
            least = None
            for index, article_id in enumerate(self._members(own)):
                if index % BREATH == BREATH - 1:
                    yield None
                if self._fits(article_id, own.difficulty):
                    times = self._times(article_id, others)
                    least = times if least is None else min(least, times)
                    if least <= generation + 1:
                        break
            if least is None:
                return
            generation, first = max(generation + 1, least), 0

    def _walk(self, order: _Order, generation: int, first: int, own: Passed) -> Iterator[tuple[int, int]]:
        """Yield the places of one time through from `first` on, and what stands there; for a rare difficulty only its own."""
        permutation = order.generation(generation)
        if len(self._built(own)) ** 2 >= len(order.ids):
            for place in range(first, len(order.ids)):
                yield place, order.ids[permutation.at(place)]
            return
        indexes = ((place_in(order.ids, article_id), article_id) for article_id in self._members(own))
        places = ((permutation.place_of(index), article_id) for index, article_id in indexes if index is not None)
        yield from sorted(pair for pair in places if pair[0] >= first)

    def _built(self, wanted: Passed) -> Ids:
        """Return the articles of a topic that have the difficulty as built."""
        third = cast("Difficulty | None", wanted.difficulty or None)
        return self._pool.ids(topic=wanted.topic or None, difficulty=third)

    def _members(self, wanted: Passed) -> Sequence[int] | Ids:
        """Return the articles of a topic that have the difficulty as built or as learned."""
        built = self._built(wanted)
        if not wanted.difficulty:
            return built
        listed = self._order(wanted.topic).ids
        moved = (one for one, level in self._levels.items() if difficulty_of(level) == wanted.difficulty)
        learned = [one for one in moved if has(listed, one) and not has(built, one)]
        return [*built, *learned] if learned else built

    def third(self, article_id: int) -> Difficulty:
        """Return the article's difficulty: as learned, or else as built."""
        level = self._levels.get(article_id)
        if level is not None:
            return difficulty_of(level)
        return next((third for third in _THIRDS if has(self._pool.ids(difficulty=third), article_id)), "hard")

    def _fits(self, article_id: int, difficulty: str) -> bool:
        if article_id in self._shunned or has(self._hidden, article_id):
            return False
        return not difficulty or self.third(article_id) == difficulty

    def _times(self, article_id: int, cursors: Sequence[Passed]) -> int:
        return max(
            (
                self._order(cursor.topic).times(article_id, cursor.position)
                for cursor in cursors
                if cursor.position > 0 and (not cursor.difficulty or cursor.difficulty == self.third(article_id))
            ),
            default=0,
        )

    def _order(self, topic: str) -> _Order:
        found = self._orders.get(topic)
        if found is None:
            found = self._orders[topic] = _Order(self._pool.ids(topic=topic or None), f"{self._key}|{topic}")
        return found
