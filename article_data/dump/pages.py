"""Reads a MediaWiki dump page by page: the door of this room.

Compression is `streams`' part, XML `folding`'s, the wiki's names `site`'s. Knows nothing of articles, clues or the store.
Called by the build.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from article_data.dump.failure import DumpError
from article_data.dump.folding import Fold
from article_data.dump.page import Page
from article_data.dump.site import Site, check_language
from article_data.dump.streams import ReadAhead

__all__ = ["DumpError", "Page", "Pages", "Site", "check_language", "read_pages"]


class Pages(Iterator[Page]):
    """The pages of one dump in file order, once. `close` it (or use `with`) when it is left before its end."""

    def __init__(self, source: Path | BinaryIO, *, threads: int) -> None:
        named = str(source) if isinstance(source, Path) else str(getattr(source, "name", "the dump"))
        name = "standard input" if named == "<stdin>" else Path(named).name or named
        self._fold = Fold(name)
        self._source = source
        self._threads = threads
        self._name = name
        self._stream: ReadAhead | None = None
        self._pages = self._read()

    @property
    def site(self) -> Site:
        """Which wiki the dump is of: known with the first page (or the end), empty before."""
        return self._fold.site

    @property
    def skipped(self) -> Counter[str]:
        """How many pages were left out so far, by reason: "too long", "not wikitext", ..."""
        return self._fold.skipped

    @property
    def bytes_read(self) -> int:
        """How much of the file, as it is on disk, was read: for a progress bar."""
        return self._stream.bytes_read if self._stream else 0

    def __next__(self) -> Page:
        """Return the next page. Raises DumpError when the dump turns out unreadable, truncated or malformed.

        What was returned before that is sound, but a caller should not build on half a dump.
        """
        return next(self._pages)

    def __enter__(self) -> Pages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop reading."""
        self._pages.close()

    def _read(self) -> Generator[Page, None, None]:
        self._stream = ReadAhead(self._source, self._name, threads=self._threads)
        try:
            for chunk in self._stream:
                yield from self._fold.feed(chunk)
            yield from self._fold.feed(b"", final=True)
        finally:
            self._stream.close()


def read_pages(source: Path | BinaryIO, *, threads: int = 1) -> Pages:
    """Read a dump (.xml, .bz2, .gz, .zst or .xz, told by content) from a path or a stream such as standard input.

    `threads` decompress a bz2 of many streams (the "multistream" dumps) at once; one more reads ahead of the caller, so
    processes should be forked before. Nothing is opened before the first page is asked for. Raises DumpError, then.
    """
    return Pages(source, threads=threads)
