"""What a read of an article costs a core by the tier that has it: memory, Redis, the article store.

`python -m ops.bench.articles_reader STORE CACHE REDIS_URL` measures on a built store; its largest language is read in an
order by chance. Times are a clock's, one read after another, as a turn waits for them. Before each read of the store its
pack is dropped from the page cache, so that the disk is read.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import click
import uvloop

from article_data.reader.reading import Reader
from article_data.store.manifest import build_folder
from ops.bench.figures import Figure

READS = 1000
_PLENTY = 1 << 30


def measure(store: Path, cache: Path, redis_url: str) -> list[Figure]:
    """Measure the three tiers on the store's articles; Redis is filled on the way. Raises ArticleUnavailable."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_measure(store, cache, redis_url))


async def _measure(store: Path, cache: Path, redis_url: str) -> list[Figure]:
    from_store = await _store_reads(store, cache)
    from_redis = await _redis_reads(store, cache, redis_url)
    from_memory = await _memory_reads(store, cache)
    return [
        _figure("an article from memory", from_memory, 20e-6),
        _figure("an article from Redis", from_redis, 1e-3),
        _figure("an article from the store", from_store, 5e-3),
    ]


async def _store_reads(store: Path, cache: Path) -> list[float]:
    reader = Reader(store, cache=cache, redis_url=None, memory_bytes=0)
    await reader.start()
    language, ids = _chosen(reader)
    pack = os.open(build_folder(store, reader.builds()[language]) / "records.pack", os.O_RDONLY)
    try:
        return await _timed(
            lambda article_id: reader.get(article_id, language),
            ids,
            before=lambda: os.posix_fadvise(pack, 0, 0, os.POSIX_FADV_DONTNEED),
        )
    finally:
        os.close(pack)
        await reader.close()


async def _redis_reads(store: Path, cache: Path, redis_url: str) -> list[float]:
    filling = Reader(store, cache=cache, redis_url=redis_url, memory_bytes=0)
    await filling.start()
    language, ids = _chosen(filling)
    await filling.get_many(set(ids), language)
    await filling.close()
    reader = Reader(store, cache=cache, redis_url=redis_url, memory_bytes=0)
    await reader.start()
    try:
        return await _timed(lambda article_id: reader.get(article_id, language), ids)
    finally:
        assert reader.counts()["redis", "hit"] > 0.9 * len(ids), "it was Redis that answered"
        await reader.close()


async def _memory_reads(store: Path, cache: Path) -> list[float]:
    reader = Reader(store, cache=cache, redis_url=None, memory_bytes=_PLENTY)
    await reader.start()
    language, ids = _chosen(reader)
    await reader.get_many(set(ids), language)
    try:
        return await _timed(lambda article_id: reader.get(article_id, language), ids)
    finally:
        await reader.close()


def _chosen(reader: Reader) -> tuple[str, Sequence[int]]:
    language = max(reader.builds(), key=reader.pool_size)
    draw = random.Random(1)
    return language, [draw.randrange(reader.pool_size(language)) for _ in range(READS)]


async def _timed(
    read: Callable[[int], Awaitable[object]], ids: Sequence[int], *, before: Callable[[], object] = lambda: None
) -> list[float]:
    times = []
    for article_id in ids:
        before()
        began = perf_counter()
        await read(article_id)
        times.append(perf_counter() - began)
    return times


def _figure(what: str, seconds: Sequence[float], target_s: float) -> Figure:
    middle, late = median(seconds), quantiles(seconds, n=100)[-1]
    unit, scale = ("µs", 1e6) if target_s < 1e-3 else ("ms", 1e3)
    return Figure(
        what=what,
        target=f"under {target_s * scale:g} {unit} at the median",
        measured=f"{middle * scale:.2f} {unit} (p99 {late * scale:.2f} {unit})",
        met=middle < target_s,
    )


@click.command()
@click.argument("store", type=click.Path(exists=True, path_type=Path))
@click.argument("cache", type=click.Path(path_type=Path))
@click.argument("redis_url")
def main(store: Path, cache: Path, redis_url: str) -> None:
    """Measure and print."""
    for figure in measure(store, cache, redis_url):
        click.echo(f"{figure.what}: {figure.measured}; to reach: {figure.target}")


if __name__ == "__main__":
    main()
