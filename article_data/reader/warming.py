"""Warming: the most popular articles are read before anybody asks for them, gently, in the background.

Called by `reading` when a build was opened, and by the command line.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from article_data.reader.reading import Reader

AT_ONCE = 8
"""Articles of one step: one MGET, and two reads for each of the store's threads."""
WARM_SHARE = 0.5
"""Part of the memory tier that warming may take; the rest is for what is asked for."""


async def warm(reader: Reader, language: str, limit: int, *, memory_share: float) -> int:
    """Read the `limit` most popular articles; return how many were had. See `Reader.warm`."""
    build_id = reader.builds().get(language)
    loop = asyncio.get_running_loop()
    had = 0
    count = min(limit, reader.pool_size(language))
    for start in range(0, count, AT_ONCE):
        if (
            reader.builds().get(language) != build_id
            or reader.breaker_states()["store"] != "closed"
            or reader.memory.fill >= memory_share
        ):
            break
        began = loop.time()
        found = await reader.get_many(range(start, min(start + AT_ONCE, count)), language)
        had += sum(article is not None for article in found)
        # As long a rest as the step took: whoever plays meanwhile has at least half of the loop and of the store.
        await asyncio.sleep(loop.time() - began)
    return had
