"""What the article store costs a core: memory, lookups, link paths and records, on a made-up encyclopedia of any size.

`python -m ops.bench.articles_store --names 18000000` is the whole English Wikipedia (7 million articles, 11 million
redirects; minutes to write, 6 GB of disk). The store is written by the store's own writers; everything is then measured in a
process that has only the reading side, with a processor's seconds, on names that were misspelt at random.
"""

from __future__ import annotations

import importlib
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from string import ascii_lowercase

import click
import msgspec
from rapidfuzz.distance import OSA

from article_data.article import Article
from article_data.reader.drawing import Drawing, Passed
from article_data.store.build import Build
from article_data.store.codec import decode_article, encode_article
from article_data.store.goals import goal
from article_data.store.names import folded_name
from ops.bench.figures import Figure

NAMES_PER_ARTICLE = 18 / 7
_LINKS = 20
_REAL_RECORDS = 2000
"""Records as large as real ones: the rest are as small as can be, to save disk."""
_WORDS = 400_000
_SAMPLES = 1000
_BUILD_ID = "bench"


class Readings(msgspec.Struct, frozen=True):
    """What the reading process measured: times in microseconds, median and 99th percentile."""

    memory_mb: float
    """RssAnon of the process."""
    opened_mb: float
    """What opening and all the lookups added to it."""
    exact_us: tuple[float, float]
    fuzzy_us: tuple[float, float]
    fuzzy_found: float
    """The share of names with one or two errors that were found, or a nearer one."""
    prefix_us: tuple[float, float]
    draw_us: tuple[float, float]
    """An article of a topic and difficulty, by a conversation that has played a hundred with five other cursors."""
    goal_us: tuple[float, float]
    path_us: tuple[float, float]
    record_us: tuple[float, float]


def measure(name_count: int = 300_000) -> list[Figure]:
    """Write a store with so many names, and measure it; return the figures."""
    with tempfile.TemporaryDirectory(prefix="parlor-bench-") as temporary:
        write_store(Path(temporary), name_count)
        command = [sys.executable, "-m", __spec__.name, "--read", temporary]
        done = subprocess.run(command, check=True, capture_output=True)
    return figures(msgspec.json.decode(done.stdout, type=Readings), name_count)


def figures(read: Readings, name_count: int) -> list[Figure]:
    """Return the readings beside their targets."""
    size = f"{name_count:,} names"
    return [
        Figure(
            f"private memory of a core's process with the store open, {size}",
            "under 64 MB",
            f"{read.memory_mb:.1f} MB, {read.opened_mb:.1f} MB of it by the store",
            read.memory_mb < 64,
        ),
        _timed(f"a name looked up exactly, {size}", read.exact_us, 20),
        _timed(f"a misspelt name looked up, {size}", read.fuzzy_us, 5000),
        Figure(
            f"names with one or two errors found, {size}", "99 %", f"{read.fuzzy_found:.2%}", read.fuzzy_found >= 0.99
        ),
        _timed(f"a name's beginning looked up, {size}", read.prefix_us, 5000),
        _timed("an article drawn by topic and difficulty, beside five other cursors", read.draw_us, 500),
        _timed(f"a shortest link path, {name_count / NAMES_PER_ARTICLE:,.0f} articles", read.path_us, 10_000),
        _timed("a goal some links away found, with the way", read.goal_us, 20_000),
        _timed("a record read, unpacked and decoded", read.record_us, 5000),
    ]


def _timed(what: str, taken_us: tuple[float, float], target_us: float) -> Figure:
    return Figure(
        what, f"under {_time(target_us)}", f"{_time(taken_us[0])}, p99 {_time(taken_us[1])}", taken_us[0] < target_us
    )


def _time(microseconds: float) -> str:
    return f"{microseconds / 1000:.1f} ms" if microseconds >= 1000 else f"{microseconds:.1f} µs"


def read_store(store: Path) -> Readings:
    """Measure a written store in this process, which has loaded all that a core loads."""
    importlib.import_module("server")
    before = _private_mb()
    build = Build.open(store, _BUILD_ID, store / "cache")
    draw = random.Random(3)
    some = [build.names.written(draw.randrange(len(build.names))) for _ in range(_SAMPLES)]
    typos = [_misspelt(name, 1 + place % 2, draw) for place, name in enumerate(some)]
    articles = range(len(build.records))
    ends = [(draw.choice(articles), draw.choice(articles)) for _ in range(_SAMPLES // 5)]
    records = [draw.randrange(min(_REAL_RECORDS, len(articles))) for _ in range(_SAMPLES)]
    found = sum(_found(build, name, typo) for name, typo in zip(some, typos, strict=True))
    names = build.names
    timings = {
        "exact_us": _spent([partial(names.exact, name) for name in some]),
        "fuzzy_us": _spent([partial(names.fuzzy, typo) for typo in typos]),
        "prefix_us": _spent([partial(names.prefix, name[:3]) for name in some[:200]]),
        "draw_us": _spent([partial(_draw, build, key) for key in range(_SAMPLES)]),
        "path_us": _spent([partial(build.graph.path, *pair) for pair in ends]),
        "goal_us": _spent([partial(goal, build.graph, build.pool, start, seed=start, most=4) for start, _ in ends]),
        "record_us": _spent([partial(_read, build, article_id) for article_id in records]),
    }
    after = _private_mb()
    return Readings(memory_mb=after, opened_mb=after - before, fuzzy_found=found / _SAMPLES, **timings)


def _draw(build: Build, key: int) -> object:
    own = Passed("t3", "hard", 100)
    others = [
        Passed(topic, third, 100) for topic, third in (("", ""), ("", "hard"), ("t3", ""), ("t2", ""), ("t4", "easy"))
    ]
    return next(Drawing(build.pool, key=key, language="en").candidates(own, others))


def _read(build: Build, article_id: int) -> Article:
    return decode_article(build.records.unpack(build.records.read(article_id)))


def _spent(calls: list[Callable[[], object]]) -> tuple[float, float]:
    """Return the median and the 99th percentile of the calls' processor time in microseconds, each at its best of 5.

    At its best: other processes of the machine are not measured.
    """
    best = [float("inf")] * len(calls)
    for _ in range(5):
        for place, call in enumerate(calls):
            begin = time.process_time_ns()
            call()
            best[place] = min(best[place], (time.process_time_ns() - begin) / 1000)
    best.sort()
    return best[len(best) // 2], best[len(best) * 99 // 100]


def _found(build: Build, name: str, typo: str) -> bool:
    """Tell whether the lookup of a misspelt name gives the name, or as many that are as near."""
    folded = folded_name(name)
    meant = OSA.distance(folded, folded_name(typo))
    matches = build.names.fuzzy(typo)
    return any(folded_name(match.name) == folded for match in matches) or (
        len(matches) == 5 and matches[-1].distance <= meant
    )


def _misspelt(name: str, errors: int, draw: random.Random) -> str:
    """Return the name with so many errors, with fewer when it is short."""
    errors = errors if len(name) >= 7 else 1 if len(name) >= 4 else 0
    while True:
        typo = name
        for _ in range(errors):
            place, letter = draw.randrange(len(typo) - 1), draw.choice(ascii_lowercase)
            typo = draw.choice(
                [
                    typo[:place] + typo[place + 1 :],
                    typo[:place] + letter + typo[place:],
                    typo[:place] + letter + typo[place + 1 :],
                    typo[:place] + typo[place + 1] + typo[place] + typo[place + 2 :],
                ]
            )
        # Two errors in one place can make three edits.
        if OSA.distance(folded_name(name), folded_name(typo)) <= errors:
            return typo


def _private_mb() -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.split("RssAnon:")[1].split()[0]) / 1024


def write_store(store: Path, name_count: int) -> None:
    """Write a made-up encyclopedia: names of Zipf-distributed words, links of which some articles have very many."""
    from article_data.store.graph_writer import GraphWriter
    from article_data.store.manifest import BuildInfo
    from article_data.store.names_writer import NamesWriter
    from article_data.store.packs import Packer, PackWriter
    from article_data.store.pool import write_pool
    from article_data.store.publishing import building, publish

    article_count = int(name_count / NAMES_PER_ARTICLE)
    pool_size = article_count // 10
    with building(store, "bench") as folder:
        names = NamesWriter(folder)
        made = _titles(min(name_count, _WORDS))
        for article_id in range(article_count):
            names.add(next(made), article_id, "title")
        for number, name in enumerate(islice(made, name_count - article_count)):
            names.add(name, number * 7 % article_count, "surname" if " " not in name else "alias")
        _tell(f"{names.close():,} different names")
        packer = Packer(None)
        small = packer.pack(b"\x80")
        with PackWriter(folder, "records", None) as records, PackWriter(folder, "texts", None) as texts:
            for article_id in range(article_count):
                if article_id < _REAL_RECORDS:
                    records.add(_record(article_id, made))
                else:
                    records.add_packed(small)
                texts.add_packed(small)
        topics = ((f"t{article_id % 7}", f"t{article_id % 3}") for article_id in range(pool_size))
        write_pool(folder, pool_size, topics, (article_id % 100 + 1 for article_id in range(pool_size)))
        graph = GraphWriter(folder, article_count)
        for article_id, targets in enumerate(_links(article_count)):
            graph.add(article_id, targets)
        _tell(f"{graph.close():,} links")
        known = dict.fromkeys(
            ["clue_count", "page_count", "redirect_count", "disambiguation_count", "list_count", "unplayable_count"], 0
        )
        about = {"language": "en", "splitter": "", "created_at": "", "sources": (), "dump_hash": "", "pack_bytes": 0}
        counts = {"format_version": 2, "article_count": article_count, "pool_size": pool_size}
        publish(store, folder, msgspec.convert({"build_id": _BUILD_ID, **known, **about, **counts}, BuildInfo))


def _titles(word_count: int) -> Iterator[str]:
    """Yield made-up titles without end: about 20 letters, of words as unequal as words are."""
    import numpy as np

    draw = np.random.default_rng(1)
    syllables = [a + b for a in "bcdfghjklmnprstvwz" for b in ("a", "e", "i", "o", "u", "an", "er", "in", "on", "ar")]
    sizes = draw.choice([1, 2, 3, 4], word_count, p=[0.02, 0.4, 0.4, 0.18])
    drawn = iter(draw.integers(0, len(syllables), int(sizes.sum())).tolist())
    words = ["".join([syllables[place] for place in islice(drawn, size)]).capitalize() for size in sizes.tolist()]
    words = list(dict.fromkeys(words))
    shares = 1 / np.arange(3, len(words) + 3) ** 0.9
    ends = np.cumsum(shares / shares.sum())
    while True:
        sizes = draw.choice([1, 2, 3, 4, 5], 20_000, p=[0.12, 0.4, 0.28, 0.13, 0.07])
        ranks = iter(np.searchsorted(ends, draw.random(int(sizes.sum()))).tolist())
        for size in sizes.tolist():
            yield " ".join([words[rank] for rank in islice(ranks, size)])


def _links(article_count: int) -> Iterator[list[int]]:
    """Yield each article's links: half to well-known articles, half into its neighbourhood."""
    import numpy as np

    draw = np.random.default_rng(2)
    for begin in range(0, article_count, 10_000):
        size = min(10_000, article_count - begin)
        known = (article_count * draw.random((size, _LINKS // 2)) ** 3).astype(np.int64)
        near = np.arange(begin, begin + size)[:, None] + draw.integers(-300, 300, (size, _LINKS // 2))
        yield from np.concatenate((known, near % article_count), axis=1).tolist()


def _record(article_id: int, words: Iterator[str]) -> bytes:
    """Return an article of 12 clues, about 5 KB."""
    clues = tuple(" ".join(islice(words, 7)) for _ in range(12))
    aliases = tuple(islice(words, 20))
    return encode_article(
        Article(
            article_id=article_id, title=next(words), clues=clues, aliases=aliases, categories=tuple(islice(words, 30))
        )
    )


def _tell(line: str) -> None:
    click.echo(f"{line}; {time.process_time():.0f} s of processor, {_private_mb():.0f} MB private", err=True)


@click.command()
@click.option("--names", "name_count", default=300_000, show_default=True, help="Titles and aliases to make.")
@click.option("--read", "store", type=click.Path(path_type=Path), hidden=True, help="Measure this store, as JSON.")
def main(name_count: int, store: Path | None) -> None:
    """Measure the article store."""
    if store:
        click.echo(msgspec.json.encode(read_store(store)).decode())
        return
    for figure in measure(name_count):
        click.echo(f"{'ok  ' if figure.met else 'MISS'} {figure.what}: {figure.measured} ({figure.target})")


if __name__ == "__main__":
    main(prog_name="python -m ops.bench.articles_store")
