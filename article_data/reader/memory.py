"""The reader's first tier: decoded articles in this process's memory, bounded by bytes.

Owns what is kept and what is let go (least recently used first). Pure bookkeeping, no I/O; called by `reader` alone.
"""

from __future__ import annotations

from collections import OrderedDict

from article_data.article import Article

OVERHEAD_BYTES = 1024
"""What a decoded record costs beyond its JSON's bytes: a Struct, two tuples and a dozen string headers."""

Key = tuple[str, int]
"""Build id and article id: two builds never answer for each other."""


class MemoryTier:
    """Articles by build and id, least recently used first to go."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._kept: OrderedDict[Key, tuple[Article, int]] = OrderedDict()
        self.size_bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Key) -> Article | None:
        """Return the article if it is kept, and keep it longer."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: Key, article: Article, json_bytes: int) -> None:
        """Keep an article; `json_bytes` is the size of its JSON. One larger than the whole tier is not kept."""
        size = json_bytes + OVERHEAD_BYTES
        if size > self._max_bytes:
            return
        replaced = self._kept.pop(key, None)
        if replaced is not None:
            self.size_bytes -= replaced[1]
        self._kept[key] = (article, size)
        self.size_bytes += size
        while self.size_bytes > self._max_bytes:
            self.size_bytes -= self._kept.popitem(last=False)[1][1]
