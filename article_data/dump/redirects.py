"""All redirects of a dump, on disk: where each ends and which are names of an article.

Owns the files of one folder: `RedirectWriter` makes them, `Redirects` maps them into memory, in any process. Eleven million
redirects (English Wikipedia) cost 80 MB of private memory while they are written and less when read: the rest is the page
cache's. The build alone uses it, on its local scratch disk; nothing of it is published.
"""

from __future__ import annotations

import mmap
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from article_data.dump.pages import Page
from article_data.dump.redirect_order import FLAG_BITS, LOOP, NAME, PLAIN, ROW, Rows, arrange, mapped
from article_data.dump.redirect_text import is_name, is_plain_name
from article_data.dump.titles import Hashes, normal_title, title_hash, title_hashes
from article_data.naming import plain_title

__all__ = ["RedirectWriter", "Redirects", "title_hash", "title_hashes"]

MAX_ALIASES = 200


class RedirectWriter:
    """Writes a dump's redirects; `close` makes them ready to open. As a context, an error leaves them unready."""

    def __init__(self, folder: Path) -> None:
        """Begin anew in the folder, which is made if it is absent."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._texts = (folder / "texts").open("wb")
        self._rows = (folder / "rows").open("wb")
        self._pending: list[tuple[str, str, int]] = []
        self._place = 0

    def add(self, page: Page) -> None:
        """Note a redirect of the article namespace; any other page is passed over."""
        if page.redirect is None or page.ns != 0:
            return
        title, target = normal_title(page.title), normal_title(page.redirect)
        flags = 0
        if is_name(title, target, page.redirect_section, page.text):
            flags = NAME | (PLAIN if is_plain_name(title, page.text) else 0)
        self._pending.append((title, target, flags))
        if len(self._pending) >= 1 << 15:
            self._flush()

    def close(self) -> None:
        """Sort what was added and follow every redirect to its end."""
        self._flush()
        self._release()
        arrange(self._folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
        else:
            self._release()

    def _release(self) -> None:
        self._texts.close()
        self._rows.close()

    def _flush(self) -> None:
        rows = np.empty(len(self._pending), ROW)
        rows["source"] = title_hashes(title for title, _, _ in self._pending)
        rows["target"] = title_hashes(target for _, target, _ in self._pending)
        lines = [f"{title}\t{target}\n".encode("utf-8", "surrogatepass") for title, target, _ in self._pending]
        places = self._place + np.cumsum([0, *map(len, lines)], dtype=np.uint64)
        rows["place"] = places[:-1] << FLAG_BITS | np.array([f for *_, f in self._pending], np.uint64)
        self._place = int(places[-1])
        self._texts.writelines(lines)
        self._rows.write(rows.tobytes())
        self._pending.clear()


class Redirects:
    """A dump's redirects, read-only. `title` may be written in any way that a link may write it."""

    def __init__(self, folder: Path) -> None:
        """Map the files that a closed RedirectWriter left in the folder."""
        self._texts = _bytes(folder / "texts")
        self._sources: Hashes = mapped(folder, "sources", "<u8")
        self._ends: Hashes = mapped(folder, "ends", "<u8")
        self._lasts: Rows = mapped(folder, "lasts", "<u4")
        self._places: Hashes = mapped(folder, "places", "<u8")
        self._named: Hashes = mapped(folder, "named", "<u8")
        self._names: Rows = mapped(folder, "names", "<u4")
        self.count = len(self._sources)
        """How many redirects there are."""

    def end_of(self, title: str) -> str:
        """Return the page that a title leads to in the end; the title itself when it is no redirect or goes in circles."""
        row = self._row(title)
        if row is None or self._lasts[row] == LOOP:
            return title
        return self._line(int(self._lasts[row]))[1]

    def aliases_of(self, title: str) -> tuple[str, ...]:
        """Return the names that redirect to an article, without their brackets, the title excluded; at most MAX_ALIASES.

        The ones that people use come first, then misspellings and the like; each sorted. A redirect is not a name that
        leads to a section, is a subpage, or is marked as something else by a template {{R from ...}}, on the whole way.
        """
        hashed = np.uint64(title_hash(title))
        start, stop = (int(self._named.searchsorted(hashed, side)) for side in ("left", "right"))
        title = normal_title(title)
        ranks: dict[str, bool] = {}
        for row in self._names[start:stop].tolist():
            name = plain_title(self._line(row)[0])
            is_poor = not int(self._places[row]) & PLAIN
            ranks[name] = ranks.get(name, True) and is_poor
        ranks.pop(title, None)
        return tuple(sorted(ranks, key=lambda name: (ranks[name], name))[:MAX_ALIASES])

    def ends_of(self, hashes: Hashes) -> Hashes:
        """Return the hashes of the pages that hashed titles lead to in the end; those of no redirect unchanged."""
        if not self.count:
            return hashes.copy()
        rows = np.minimum(self._sources.searchsorted(hashes), self.count - 1)
        return np.where(self._sources[rows] == hashes, self._ends[rows], hashes)

    def _row(self, title: str) -> int | None:
        hashed = title_hash(title)
        row = int(self._sources.searchsorted(np.uint64(hashed)))
        if row == self.count or int(self._sources[row]) != hashed:
            return None
        return row if self._line(row)[0] == normal_title(title) else None

    def _line(self, row: int) -> tuple[str, str]:
        start = int(self._places[row]) >> FLAG_BITS
        line = self._texts[start : self._texts.find(b"\n", start)]
        title, _, target = line.decode("utf-8", "surrogatepass").partition("\t")
        return title, target


def _bytes(path: Path) -> bytes | mmap.mmap:
    if not path.stat().st_size:
        return b""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
