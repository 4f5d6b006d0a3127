"""Which builds are open: finds the current one of each language, opens it beside the loop, and keeps it while the store is away.

Two say which build is current: the store's own `CURRENT`, and what was announced through the database, since a network
file system may show an old directory for a minute. Where they differ the newer build wins, so that neither a build that
nobody announced nor one that the file system does not show yet is missed. Called by `reading` alone.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from article_data.reader.threads import Threads
from article_data.store.build import Build
from article_data.store.errors import StoreError
from article_data.store.manifest import BuildInfo, build_folder, read_current, read_manifest
from article_data.store.mirror import sweep

OPEN_PATIENCE_S = 300.0
"""Opening a build copies its indexes, gigabytes for the largest wiki, through the network; records are read meanwhile."""
SWEEP_AFTER_S = 120.0
"""When copies of replaced builds are removed: by then the other processes of the machine have let go of them, too."""


class Builds:
    """The open builds, one a language. Blocking work is done on a thread of their own, one at a time."""

    def __init__(self, store: Path, cache: Path, *, timeout_s: float) -> None:
        """`cache` is a folder on a local disk; `timeout_s` bounds a look at `CURRENT`."""
        self._store = store
        self._cache = cache
        self._timeout_s = timeout_s
        self._threads = Threads(1)
        self._sweep_at: float | None = None
        self.current: dict[str, Build] = {}

    async def refresh(self, announced: Mapping[str, str], *, anew: bool) -> bool:
        """Look which builds are current and open new ones, or all of them `anew`; tell whether that went well.

        Where it does not, what is open stays in use.
        """
        try:
            named = await self._threads.run(lambda: read_current(self._store), self._timeout_s)
            well = True
            for language in sorted({*named, *announced}):
                known = self.current.get(language)
                wanted = dict.fromkeys(names[language] for names in (announced, named) if language in names)
                if known is None or anew or set(wanted) != {known.info.build_id}:
                    well &= await self._renew(language, tuple(wanted), None if anew else known)
            if self._sweep_at is not None and time.monotonic() >= self._sweep_at:
                self._sweep_at = None
                await self._threads.run(lambda: sweep(self._cache, min_age_s=SWEEP_AFTER_S), self._timeout_s)
        except (StoreError, OSError, TimeoutError):
            return False
        return well

    def close(self) -> None:
        """Let go of the thread; one that hangs is not waited for. The builds are closed with their last user."""
        self._threads.close()

    async def _renew(self, language: str, build_ids: Sequence[str], known: Build | None) -> bool:
        try:
            build = await self._threads.run(lambda: self._open(build_ids, known), OPEN_PATIENCE_S)
        except (StoreError, OSError):
            return False
        if build is not known:
            self.current[language] = build
            self._sweep_at = time.monotonic() + SWEEP_AFTER_S
        return True

    def _open(self, build_ids: Sequence[str], known: Build | None) -> Build:
        """Return the newest of the builds, opened, or the known one if it is that. Raises StoreError, OSError."""
        newest = build_ids[0] if len(build_ids) == 1 else self._newest(build_ids).build_id
        if known is not None and known.info.build_id == newest:
            return known
        return Build.open(self._store, newest, self._cache)

    def _newest(self, build_ids: Sequence[str]) -> BuildInfo:
        infos = []
        for build_id in build_ids:
            try:
                infos.append(read_manifest(build_folder(self._store, build_id)))
            except StoreError:
                # Removed, or not shown yet by this machine's file system: the other one, then.
                continue
        if not infos:
            raise StoreError(
                f"{self._store}: none of the builds {', '.join(build_ids)} can be read; build the articles"
            )
        return max(infos, key=lambda info: info.created_at)
