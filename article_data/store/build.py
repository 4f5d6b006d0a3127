"""One build, open for reading: what the reader, the games' seams and the command line hold while they use it.

Opening copies the indexes to local disk (`mirror`) and maps them; packs are opened by descriptor and stay on the store.
All of it may block, so it is done on a thread. A build is immutable and can be used by any threads.
"""

from __future__ import annotations

import os
import weakref
from pathlib import Path

import msgspec

from article_data.store.errors import StoreError
from article_data.store.graph import Graph
from article_data.store.manifest import BuildInfo, build_folder
from article_data.store.mirror import local_copy
from article_data.store.names import Names
from article_data.store.packs import Pack
from article_data.store.pool import Pool


class Build:
    """An open build. Its descriptors are closed and its maps let go when the last user lets go of it."""

    info: BuildInfo
    records: Pack
    """An `Article` by its number: see `codec`."""
    texts: Pack
    """An `ArticleText` by the same number; empty for a build of format 1."""
    names: Names
    pool: Pool
    graph: Graph

    def __init__(self, copy: Path, packs: Path, info: BuildInfo) -> None:
        """Open the files of a local copy and the packs beside or on the store: `open` is the way to get here."""
        self.info = info
        self.records = Pack(packs / "records.pack", copy / "records.idx")
        self.texts = Pack(packs / "texts.pack", copy / "texts.idx")
        self.names = Names(copy / "names.idx")
        self.pool = Pool(copy / "pool.idx")
        self.graph = Graph(copy / "graph.idx")

    @classmethod
    def open(cls, store: Path, build_id: str, cache: Path) -> Build:
        """Open a build of the store, by way of a copy of its indexes in `cache`, a folder on local disk. Blocking.

        Raises StoreError when the build is absent, damaged or of another format, or when the copy cannot be made.
        """
        copy, held, info = local_copy(store, build_id, cache)
        # A build of format 1 is copied whole, in the present format.
        packs = copy if info.format_version == 1 else build_folder(store, build_id)
        try:
            if info.format_version == 1:
                info = msgspec.structs.replace(info, pool_size=info.article_count)
            build = cls(copy, packs, info)
            if not build.pool.size() == info.pool_size <= info.article_count == len(build.records):
                raise StoreError(f"{packs}: the files do not fit the manifest; build the articles again")
        except OSError as exc:
            os.close(held)
            raise StoreError(f"{exc.filename or packs}: {exc.strerror}; is the store there?") from exc
        except StoreError:
            os.close(held)
            raise
        weakref.finalize(build, os.close, held)
        return build
