"""Is a build whole? Every checksum, every record, every name, the pool and every link, read and compared.

Called by the command line. Bounded in memory, not in time: it reads everything.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path

import msgspec

from article_data.store.build import Build
from article_data.store.codec import decode_article, decode_text
from article_data.store.errors import StoreError
from article_data.store.graph import Graph
from article_data.store.manifest import build_folder, read_manifest
from article_data.store.names import Names, folded_name

MAX_PROBLEMS = 100
"""So many are told: what follows is of the same cause."""

_SAMPLED = 64
"""One in so many names is looked up as a misspelt one is."""


class Problem(msgspec.Struct, frozen=True):
    """Something that is wrong with a build."""

    file: str
    """The file's name in the build's folder."""
    where: str
    """The article, the name, ... in it; "" for the file as a whole."""
    what: str


def verify(store: Path, build_id: str, *, cache: Path | None = None) -> list[Problem]:
    """Return what is wrong with a build, at most MAX_PROBLEMS; nothing when it is whole.

    `cache` is where its indexes are copied to; a temporary folder by default. Raises StoreError when there is no such
    build, or its manifest cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="parlor-verify-") as temporary:
        return list(islice(_problems(store, build_id, cache or Path(temporary)), MAX_PROBLEMS))


def _problems(store: Path, build_id: str, cache: Path) -> Iterator[Problem]:
    folder = build_folder(store, build_id)
    manifest = read_manifest(folder)
    whole = True
    for name, expected in sorted(manifest.files.items()):
        wrong = _file_problem(folder / name, expected.size, expected.sha256)
        if wrong:
            whole = False
            yield Problem(name, "", wrong)
    if not whole and any(not (folder / name).exists() for name in manifest.files):
        return
    try:
        build = Build.open(store, build_id, cache)
    except StoreError as exc:
        if whole:
            yield Problem("manifest.json", "", str(exc))
        return
    topics: Counter[str] = Counter()
    for article_id in range(len(build.records)):
        try:
            article = decode_article(build.records.unpack(build.records.read(article_id)))
        except (StoreError, OSError) as exc:
            yield Problem("records.pack", f"article {article_id}", str(exc))
            continue
        if article.article_id != article_id:
            yield Problem("records.pack", f"article {article_id}", f"holds article {article.article_id}")
        if article_id < manifest.pool_size:
            topics.update(set(article.topics))
    yield from _texts(build)
    yield from _names(build.names, manifest.article_count)
    if manifest.format_version > 1 and topics != build.pool.topics():
        yield Problem("pool.idx", "", "lists other topics than the articles have")
    yield from _links(build.graph, manifest.article_count)


def _file_problem(path: Path, size: int, sha256: str) -> str:
    try:
        with path.open("rb") as file:
            if path.stat().st_size != size:
                return f"has {path.stat().st_size} bytes instead of {size}"
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as exc:
        return f"cannot be read: {exc.strerror}"
    return "" if found == sha256 else "is damaged (checksum)"


def _texts(build: Build) -> Iterator[Problem]:
    if build.info.format_version == 1:
        return
    if len(build.texts) != len(build.records):
        yield Problem("texts.pack", "", f"has {len(build.texts)} texts of {len(build.records)} articles")
    for article_id in range(len(build.texts)):
        try:
            text = decode_text(build.texts.unpack(build.texts.read(article_id)))
        except (StoreError, OSError) as exc:
            yield Problem("texts.pack", f"article {article_id}", str(exc))
            continue
        if text.article_id != article_id:
            yield Problem("texts.pack", f"article {article_id}", f"holds the text of article {text.article_id}")


def _names(names: Names, article_count: int) -> Iterator[Problem]:
    before = ""
    for number in range(len(names)):
        try:
            written, folded = names.written(number), names.folded(number)
            hit = names.hit(number)
        except UnicodeDecodeError:
            yield Problem("names.idx", f"name {number}", "is no UTF-8")
            continue
        if hit.article_id >= article_count:
            yield Problem("names.idx", written, f"leads to article {hit.article_id}, there are {article_count}")
        elif folded < before:
            yield Problem("names.idx", written, "is out of order")
        elif folded != folded_name(written):
            yield Problem("names.idx", written, "was compared otherwise when it was built; build the articles again")
        elif folded != before and hit not in names.exact(written):
            yield Problem("names.idx", written, "is not found by itself")
        elif number % _SAMPLED == 0 and not names.fuzzy(written, limit=1, max_distance=0):
            yield Problem("names.idx", written, "is not found by those who misspell it")
        before = folded


def _links(graph: Graph, article_count: int) -> Iterator[Problem]:
    if len(graph) != article_count:
        yield Problem("graph.idx", "", f"has {len(graph)} articles of {article_count}")
        return
    forward, backward = (
        _edges(rows, article_count, flip) for rows, flip in ((graph.links, False), (graph.linking, True))
    )
    if forward is None or backward is None:
        yield Problem("graph.idx", "", "has links to articles that are not in the build, or out of order")
    elif forward != backward:
        yield Problem("graph.idx", "", "has other links forward than backward")


def _edges(row: Callable[[int], Sequence[int]], article_count: int, flip: bool) -> tuple[int, int] | None:
    """Return the count of links and a sum that does not depend on their order; None for rows that cannot be."""
    count = total = 0
    for article_id in range(article_count):
        links = row(article_id)
        if any(one >= two for one, two in pairwise(links)) or (links and links[-1] >= article_count):
            return None
        count += len(links)
        for other in links:
            source, target = (other, article_id) if flip else (article_id, other)
            # Mixed, so that two wrong links do not make up for each other.
            total += (source * 0x9E3779B97F4A7C15 ^ target * 0xC2B2AE3D27D4EB4F) & 0xFFFF_FFFF_FFFF
    return count, total
