"""The dumps of a build, read as one stream of pages.

Owns where the bytes come from and how far they are read; what they mean is `article_data.dump`'s matter.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from article_data.dump.page import Page
from article_data.dump.pages import read_pages
from article_data.dump.site import check_language
from article_data.store.errors import StoreError

STANDARD_INPUT = Path("-")


class Source:
    """Pages of some dumps, one dump after the other; `-` is standard input, which is read once."""

    def __init__(self, dumps: Sequence[Path], language: str, *, threads: int = 1) -> None:
        self._dumps = dumps
        self._language = language
        self._threads = threads
        self._whole = sum(path.stat().st_size for path in dumps if path != STANDARD_INPUT)
        self._read = 0
        self._digest = hashlib.sha256()
        self.namespaces: tuple[tuple[int, str], ...] = ()
        """Of the dump that is being read: the wiki's own names of its namespaces."""
        self.skipped: Counter[str] = Counter()
        """Pages that could not be taken, by reason."""

    def __iter__(self) -> Iterator[Page]:
        """Yield the pages. Raises DumpError as soon as a dump cannot be read on, or is another language's."""
        for path in self._dumps:
            if path == STANDARD_INPUT:
                yield from self._pages(cast("BinaryIO", _Counted(sys.stdin.buffer, "standard input", self._note)))
                continue
            try:
                with path.open("rb") as file:
                    yield from self._pages(cast("BinaryIO", _Counted(file, path.name, self._note)))
            except OSError as exc:
                raise StoreError(f"{path}: {exc.strerror}; check the dump's path") from exc

    @property
    def share(self) -> float:
        """How much was read, 0 to 1; 0 where nobody knows the end."""
        return min(1.0, self._read / self._whole) if self._whole else 0.0

    @property
    def digest(self) -> str:
        """SHA-256 of all bytes read so far."""
        return self._digest.hexdigest()

    def _pages(self, file: BinaryIO) -> Iterator[Page]:
        pages = read_pages(file, threads=self._threads)
        is_checked = False
        for page in pages:
            if not is_checked:
                check_language(pages.site, self._language)
                self.namespaces = tuple(sorted(pages.site.namespaces.items()))
                is_checked = True
            yield page
        self.skipped.update(pages.skipped)

    def _note(self, data: bytes) -> None:
        self._read += len(data)
        if not self._whole:
            self._digest.update(data)


class _Counted:
    """A file that tells what is read from it; reads like the file, and only forwards."""

    def __init__(self, file: BinaryIO, name: str, note: Callable[[bytes], None]) -> None:
        self._file = file
        self._note = note
        self.name = name

    def read(self, size: int = -1, /) -> bytes:
        data = self._file.read(size)
        self._note(data)
        return data

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False
