"""The reader's first tier: decoded articles in this process's memory, bounded by bytes.

Owns what is kept and what is let go. New articles go into a small queue and are let go at its end unless they were asked
for meanwhile; those that were go into the main queue, and stay there as long as they are asked for now and then. So a
scan over everything passes through the small queue and pushes out nothing that is in use. What just left the small
queue is remembered by its key alone: asked for again, it goes straight into the main one.
Source: Yang et al., "FIFO queues are all you need for cache eviction" (S3-FIFO), SOSP 2023.

Pure bookkeeping, no I/O; called by `reading` alone.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection

import msgspec

from article_data.article import Article
from article_data.reader.weighing import weigh

ENTRY_BYTES = 300
"""What keeping a record costs beyond it: its entry, its key, and their places in the table and in a queue."""
GHOST_BYTES = 200
"""What remembering a key costs. Counted like everything else."""
SMALL_SHARE = 0.1
"""Part of the bytes that new articles have for proving themselves."""
MOST_USES = 3
"""Uses that are remembered; each is one more round through the main queue."""

Key = tuple[str, int]
"""Build id and article id: two builds never answer for each other."""


class _Entry(msgspec.Struct):
    key: Key
    article: Article
    size: int
    uses: int = 0
    """Since it entered its queue, at most MOST_USES."""


class MemoryTier:
    """Articles by build and id."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._kept: dict[Key, _Entry] = {}
        self._small: deque[_Entry] = deque()
        self._main: deque[_Entry] = deque()
        self._small_bytes = 0
        self._ghosts: dict[Key, None] = {}
        self._kept_bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def size_bytes(self) -> int:
        """What the tier takes now; never more than its bound."""
        return self._kept_bytes + GHOST_BYTES * len(self._ghosts)

    @property
    def fill(self) -> float:
        """The part of the bound that is taken, 0 to 1."""
        return self.size_bytes / self._max_bytes if self._max_bytes else 1.0

    def get(self, key: Key) -> Article | None:
        """Return the article if it is kept, and count the use."""
        found = self._kept.get(key)
        if found is None:
            return None
        if found.uses < MOST_USES:
            found.uses += 1
        return found.article

    def put(self, key: Key, article: Article) -> None:
        """Keep an article. One larger than the small queue is not kept, and a kept one stays as it is."""
        if key in self._kept:
            return
        entry = _Entry(key, article, weigh(article) + ENTRY_BYTES)
        if entry.size > self._max_bytes * SMALL_SHARE:
            return
        self._kept[key] = entry
        self._kept_bytes += entry.size
        if key in self._ghosts:
            del self._ghosts[key]
            self._main.append(entry)
        else:
            self._small.append(entry)
            self._small_bytes += entry.size
        while self.size_bytes > self._max_bytes:
            self._make_room()

    def keep_builds(self, build_ids: Collection[str]) -> None:
        """Let go of the articles of all other builds."""
        for key in [key for key in self._kept if key[0] not in build_ids]:
            self._kept_bytes -= self._kept.pop(key).size
        self._small = deque(entry for entry in self._small if entry.key in self._kept)
        self._main = deque(entry for entry in self._main if entry.key in self._kept)
        self._small_bytes = sum(entry.size for entry in self._small)
        self._ghosts = {key: None for key in self._ghosts if key[0] in build_ids}

    def _make_room(self) -> None:
        """Take one step towards the bound: each ends with fewer bytes, or with an entry that has fewer rounds left."""
        if self._small and (self._small_bytes > self._max_bytes * SMALL_SHARE or not self._main):
            entry = self._small.popleft()
            self._small_bytes -= entry.size
            if entry.uses > 0:
                entry.uses = 0
                self._main.append(entry)
            else:
                self._drop(entry)
                self._ghosts[entry.key] = None
                # As many keys as there are articles: what left longer ago was asked for too rarely to count.
                while len(self._ghosts) > max(len(self._kept), 1):
                    del self._ghosts[next(iter(self._ghosts))]
        elif self._main:
            entry = self._main.popleft()
            if entry.uses > 0:
                entry.uses -= 1
                self._main.append(entry)
            else:
                self._drop(entry)
        else:
            self._ghosts.clear()

    def _drop(self, entry: _Entry) -> None:
        del self._kept[entry.key]
        self._kept_bytes -= entry.size
