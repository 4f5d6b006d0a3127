"""Builds the article store from MediaWiki dumps: pages in, playable articles out.

Owns the order of the steps and what becomes of an interruption: every step leaves its work in the build's own folder, and
the same command goes on there. Readers see nothing of it until the last step. Called by the command line; may not be
imported by what runs while serving.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

import msgspec
import numpy as np

from article_data.build import playing, recording
from article_data.build.crew import Crew
from article_data.build.draft import Draft, Played, read_shard, shard_path
from article_data.build.drafting import Drafted, draft_all, needs_training
from article_data.build.numbering import MIN_CLUES, Numbering, number
from article_data.build.order import Order, hash_files
from article_data.build.packing import pack, train
from article_data.build.progress import Progress
from article_data.build.source import STANDARD_INPUT, Source
from article_data.build.survey import KINDS, Links, Survey, survey, with_scores
from article_data.dump.redirects import Redirects, RedirectWriter
from article_data.judge.key import surname
from article_data.language.language import Language
from article_data.language.popularity import read_popularity
from article_data.naming import plain_title
from article_data.store.errors import StoreError
from article_data.store.graph_writer import GraphWriter
from article_data.store.layout import FORMAT_VERSION
from article_data.store.manifest import BuildInfo, build_folder, read_manifest
from article_data.store.names import NameKind
from article_data.store.names_writer import NamesWriter
from article_data.store.publishing import building, make_current, publish


class EmptyBuild(StoreError):
    """The dumps were read to their end, and no article had enough clues. Nothing was changed."""


def build(
    dumps: Sequence[Path],
    store: Path,
    *,
    language: str = "en",
    limit: int | None = None,
    workers: int | None = None,
    popularity: Path | None = None,
    pool_limit: int | None = None,
    stream: TextIO | None = None,
) -> BuildInfo:
    """Build the dumps' articles into the store and make them current for their language; return what was built.

    `-` as the only dump is standard input. `workers` are processes (default: one a core). `popularity` is a file of
    `title,score`; without it links count. `pool_limit` bounds how many articles are played. `stream` gets the progress.
    The same input builds the same again, so it is left alone and the present build is returned with `is_new` False; an
    interrupted build goes on. Raises DumpError for a dump that cannot be read to its end, EmptyBuild when nothing is
    playable, StoreError for a store that cannot be written; readers then still see what they saw before.
    """
    if not dumps or (STANDARD_INPUT in dumps and len(dumps) > 1):
        raise StoreError("name at least one dump, or `-` alone for standard input")
    is_stream = STANDARD_INPUT in dumps
    crew_size = workers if workers is not None else os.cpu_count() or 1
    order = Order(
        language=language,
        sources=("standard input",) if is_stream else tuple(path.name for path in dumps),
        dump_hash="" if is_stream else hash_files(dumps),
        limit=limit,
        pool_limit=pool_limit,
        popularity=hash_files([popularity]) if popularity else "",
        sentence_model="punkt-trained" if needs_training(language) else Language.open(language).sentence_model,
    )
    progress = Progress(stream)
    with building(store, order.build_id(FORMAT_VERSION)) as work:
        if not is_stream and (done := _present(store, order)):
            return _already(store, done, progress)
        with Crew(crew_size) as crew:
            source = Source(dumps, language, threads=crew_size)
            if is_stream:
                shutil.rmtree(work)
                work.mkdir()
            drafted = _draft(source, work, order, crew, progress)
            if is_stream:
                order = msgspec.structs.replace(order, dump_hash=source.digest)
                if done := _present(store, order):
                    return _already(store, done, progress)
            built = _make(work, order, drafted, crew, popularity, progress)
            built = msgspec.structs.replace(built, skipped=dict(sorted(source.skipped.items())))
        built = publish(store, work / "build", built)
        shutil.rmtree(work)
    progress.say(f"{built.build_id}: {built.pool_size} articles to play with {built.clue_count} clues")
    return built


def _present(store: Path, order: Order) -> BuildInfo | None:
    """Return the whole build that the order made before; one that is damaged counts for nothing."""
    build_id = order.build_id(FORMAT_VERSION)
    for folder in sorted((store / "builds").glob(f"{build_id}*")):
        try:
            found = read_manifest(build_folder(store, folder.name))
            if all((folder / name).stat().st_size == file.size for name, file in found.files.items()):
                return found
        except (StoreError, OSError):
            continue
    return None


def _already(store: Path, done: BuildInfo, progress: Progress) -> BuildInfo:
    make_current(store, done)
    progress.say(f"{done.build_id}: the same input is built already ({done.pool_size} articles to play); nothing to do")
    return msgspec.structs.replace(done, is_new=False)


def _draft(source: Source, work: Path, order: Order, crew: Crew, progress: Progress) -> Drafted:
    # The dump is read from its beginning whenever this step is gone on with, so the redirects are noted anew.
    shutil.rmtree(work / "redirects", ignore_errors=True)
    (work / "redirects").mkdir()
    progress.begin("reading", "articles")
    with RedirectWriter(work / "redirects") as redirects:
        return draft_all(source, work, redirects, crew, order.language, limit=order.limit, progress=progress)


def _make(
    work: Path, order: Order, drafted: Drafted, crew: Crew, popularity: Path | None, progress: Progress
) -> BuildInfo:
    redirects = Redirects(work / "redirects")
    found = survey(work, drafted.shard_count, drafted.kinds.decide(), redirects, order.language, progress)
    if popularity is not None:
        found = with_scores(found, work, read_popularity(popularity), redirects)
    _play(work, order, found, crew, progress)
    numbering = number(work, found, pool_limit=order.pool_limit)
    if not numbering.pool_size:
        raise EmptyBuild(
            f"none of the {drafted.article_count} articles in {', '.join(order.sources)} has {MIN_CLUES} clues; "
            "the store is as it was: take a dump with longer articles, or check the language"
        )
    shutil.rmtree(work / "build", ignore_errors=True)
    (work / "build").mkdir()
    alias_count = _write_names(work, found, numbering, redirects, order.language)
    np.save(work / "places.npy", numbering.places)
    np.save(work / "popularity.npy", found.popularity)
    _write_links(work, found, numbering)
    dictionaries = train(work, _pieces_to_record(work, order, found, numbering), len(numbering.ids))
    pieces = _pieces_to_record(work, order, found, numbering, dictionaries)
    progress.begin("writing", "articles")
    pack(work, crew.each(recording.record, pieces), numbering, dictionaries, progress)
    kinds = dict(zip(KINDS, np.bincount(found.kinds, minlength=len(KINDS)).tolist(), strict=True))
    return BuildInfo(
        build_id=order.build_id(FORMAT_VERSION),
        language=order.language,
        format_version=FORMAT_VERSION,
        article_count=len(numbering.ids),
        pool_size=numbering.pool_size,
        clue_count=int(numbering.clue_counts[numbering.places[: numbering.pool_size]].sum()),
        page_count=drafted.article_count,
        redirect_count=redirects.count,
        alias_count=alias_count,
        kinds=kinds,
        disambiguation_count=kinds["disambiguation"],
        list_count=kinds["list"],
        stub_count=kinds["stub"],
        unplayable_count=numbering.unplayable_count,
        splitter=order.sentence_model,
        created_at=datetime.now(UTC).isoformat(timespec="seconds"),
        sources=order.sources,
        dump_hash=order.dump_hash,
        popularity="links" if popularity is None else popularity.name,
        pack_bytes=0,
    )


def _play(work: Path, order: Order, found: Survey, crew: Crew, progress: Progress) -> None:
    (work / "played").mkdir(exist_ok=True)
    progress.begin("finding clues", "articles")
    pieces = (
        playing.Piece(
            work=str(work),
            number=shard,
            first=first,
            kinds=found.kinds[first:end].tobytes(),
            language=order.language,
            punkt=_model(work),
        )
        for shard, (first, end) in enumerate(zip(found.starts, found.starts[1:], strict=False))
    )
    count = 0
    for made in crew.each(playing.play, pieces):
        count += made
        progress.tell(count / max(1, found.starts[-1]), count)


def _model(work: Path) -> str:
    return str(work / "punkt") if (work / "punkt").exists() else ""


def _pieces_to_record(
    work: Path, order: Order, found: Survey, numbering: Numbering, dictionaries: tuple[str, str] = ("", "")
) -> Iterator[recording.Piece]:
    for shard, (first, end) in enumerate(zip(found.starts, found.starts[1:], strict=False)):
        yield recording.Piece(
            work=str(work),
            names=str(work / "build" / "names.idx"),
            number=shard,
            first=first,
            kinds=found.kinds[first:end].tobytes(),
            ids=tuple(numbering.ids[first:end].tolist()),
            popularity=tuple(found.popularity[first:end].tolist()),
            pool_size=numbering.pool_size,
            language=order.language,
            dictionaries=dictionaries,
        )


def _write_names(work: Path, found: Survey, numbering: Numbering, redirects: Redirects, language: str) -> int:
    """Write the index of names; return how many aliases it has."""
    names = NamesWriter(work / "build")
    alias_count = 0
    for shard, first in enumerate(found.starts[:-1]):
        drafts = read_shard(shard_path(work / "drafts", shard), Draft)
        played = read_shard(shard_path(work / "played", shard), Played)
        for place, (draft, extra) in enumerate(zip(drafts, played, strict=True), first):
            article_id = int(numbering.ids[place])
            is_unclear = found.kind_of(place) == "disambiguation"
            plain, aliases = plain_title(draft.title), playing.names_of(draft, redirects)
            for name in (draft.title, *aliases):
                kind: NameKind = "title" if name in (draft.title, plain) else "alias"
                names.add(name, article_id, "disambiguation" if is_unclear else kind)
            last = surname(draft.title, language) if extra.is_person else None
            if last is not None and last not in aliases:
                names.add(last, article_id, "surname")
            alias_count += len(aliases)
    names.close()
    return alias_count


def _write_links(work: Path, found: Survey, numbering: Numbering) -> None:
    graph = GraphWriter(work / "build", len(numbering.ids))
    links = Links(work, len(numbering.ids))
    for article_id, place in enumerate(numbering.places.tolist()):
        graph.add(article_id, sorted(numbering.ids[links[place]].tolist()))
    graph.close()
