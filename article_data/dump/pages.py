"""Reads a MediaWiki XML export page by page.

Owns the wire format of the dumps: compression, XML, namespaces, redirects. Knows nothing of articles, clues or the
store. Memory stays flat: expat's events are folded straight into one page at a time, no tree is ever built, and a
document type (the only door for entity bombs) is refused at once.
Source: https://www.mediawiki.org/wiki/Help:Export (schemas 0.10 and 0.11; read 2026-11-22).
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import re
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, BinaryIO, cast
from xml.parsers import expat

import msgspec

CHUNK_BYTES = 1 << 18
"""How much XML is parsed between two yields: a few pages at the most, so memory stays flat."""
MAX_TEXT_CHARS = 32 << 20
"""MediaWiki refuses pages above 2 MiB; beyond this a file is damaged or hostile."""

_NAMESPACES = {
    "talk": 1,
    "user": 2,
    "wikipedia": 4,
    "project": 4,
    "file": 6,
    "image": 6,
    "mediawiki": 8,
    "template": 10,
    "help": 12,
    "category": 14,
    "portal": 100,
    "draft": 118,
    "module": 828,
}
"""Numbers of the usual English namespaces, for dumps that have neither `<ns>` nor siteinfo."""

_REDIRECT = re.compile(
    r"\s*#\s*(?:redirect(?:ion)?|weiterleitung|redirección|rinvia|doorverwijzing|patrz|przekieruj|redirecionamento"
    r"|перенаправление|пренасочване|виж|перенаправлення|重定向|転送|리다이렉트|pāradresācija|пренасочи)"
    r"\s*:?\s*\[\[\s*:?\s*([^\]|\n]+)",
    re.IGNORECASE,
)


class DumpError(Exception):
    """The dump cannot be read on: names the file, the place in it and what is wrong. The operator gets another file."""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page's newest revision in the dump."""

    page_id: int
    """The wiki's own number; 0 where the dump has none."""
    title: str
    """With spaces, never underscores."""
    ns: int
    """0 are articles."""
    redirect: str | None = None
    """The title it redirects to, without a section, or None."""
    redirect_section: str = ""
    """The section of the target that is meant; "" for the whole page."""
    text: str = ""
    """Wikitext; "" where it was deleted."""


def read_pages(source: Path | BinaryIO) -> Iterator[Page]:
    """Yield the pages of a dump (.xml, .bz2, .gz or .xz, told by content) in file order.

    Raises DumpError as soon as the file turns out unreadable, truncated, malformed or not a dump; what was yielded
    before that is sound, but a caller should not build on half a dump.
    """
    name = source.name if isinstance(source, Path) else str(getattr(source, "name", "dump"))
    fold = _Fold(name)
    with ExitStack() as stack:
        try:
            stream = _opened(source, name, stack)
            while chunk := stream.read(CHUNK_BYTES):
                yield from fold.feed(chunk)
            yield from fold.feed(b"", final=True)
        except (OSError, EOFError, zlib.error, lzma.LZMAError) as exc:
            where = f" after line {fold.line}" if fold.line > 1 else ""
            raise DumpError(f"{name}: cannot be read{where}: {exc}") from exc


def _opened(source: Path | BinaryIO, name: str, stack: ExitStack) -> IO[bytes]:
    file: BinaryIO = stack.enter_context(source.open("rb")) if isinstance(source, Path) else source
    if hasattr(file, "peek"):
        magic = cast("bytes", file.peek(6))[:6]
    else:
        magic = file.read(6)
        file.seek(-len(magic), 1)
    if magic.startswith(b"BZh"):
        return stack.enter_context(bz2.open(file))
    if magic.startswith(b"\x1f\x8b"):
        return cast("IO[bytes]", stack.enter_context(gzip.open(file)))
    if magic.startswith(b"\xfd7zXZ"):
        return stack.enter_context(lzma.open(file))
    if magic.startswith((b"7z\xbc\xaf", b"PK\x03\x04")):
        raise DumpError(f"{name}: is a 7z or zip archive; unpack it first, or take the .bz2 dump")
    if not magic:
        raise DumpError(f"{name}: is empty")
    return file


class _Fold:
    """Folds expat's events into pages: keeps the path's local names and the text of the element it is in."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._path: list[str] = []
        self._chars: list[str] = []
        self._char_count = 0
        self._pages: list[Page] = []
        self._namespaces = dict(_NAMESPACES)
        self._key = ""
        self._reset()
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.StartDoctypeDeclHandler = self._doctype
        self._parser = parser

    @property
    def line(self) -> int:
        return self._parser.CurrentLineNumber

    def feed(self, chunk: bytes, *, final: bool = False) -> list[Page]:
        try:
            self._parser.Parse(chunk, final)
        except expat.ExpatError as exc:
            where = f"line {exc.lineno}, column {exc.offset}, byte {self._parser.ErrorByteIndex}"
            raise DumpError(f"{self._name}: broken XML at {where}: {expat.ErrorString(exc.code)}") from exc
        pages, self._pages = self._pages, []
        return pages

    def _reset(self) -> None:
        self._title = ""
        self._text: str | None = None
        self._ns: int | None = None
        self._page_id = 0
        self._redirect: str | None = None

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(" ")[2]
        if not self._path and tag != "mediawiki":
            raise DumpError(f"{self._name}: is not a MediaWiki dump: its root is <{tag}>, expected <mediawiki>")
        self._path.append(tag)
        self._chars.clear()
        self._char_count = 0
        if tag == "page":
            self._reset()
        elif tag == "redirect":
            self._redirect = attributes.get("title")
        elif tag == "namespace":
            self._key = attributes.get("key", "")

    def _data(self, data: str) -> None:
        self._char_count += len(data)
        if self._char_count > MAX_TEXT_CHARS:
            raise DumpError(f"{self._name}: line {self.line}: a text of more than {MAX_TEXT_CHARS} characters")
        self._chars.append(data)

    def _end(self, tag: str) -> None:
        text = "".join(self._chars)
        self._chars.clear()
        self._char_count = 0
        match self._path:
            case [*_, "page", "title"]:
                self._title = " ".join(text.replace("_", " ").split())
            case [*_, "page", "ns"]:
                self._ns = int(text) if text.strip().lstrip("-").isdecimal() else None
            case [*_, "page", "id"]:
                self._page_id = int(text) if text.strip().isdecimal() else 0
            case [*_, "revision", "text"]:
                # In a full-history dump revisions come oldest first: the last one is today's page.
                self._text = text
            case [*_, "namespace"] if self._key.lstrip("-").isdecimal() and text.strip():
                self._namespaces[text.strip().casefold()] = int(self._key)
            case [*_, "page"]:
                self._pages.append(self._page())
        self._path.pop()

    def _page(self) -> Page:
        if not self._title:
            raise DumpError(f"{self._name}: the page that ends on line {self.line} has no <title>: the dump is damaged")
        if self._text is None:
            # A deleted text is an empty element; none at all means that the export lost it.
            raise DumpError(f"{self._name}: line {self.line}: page {self._title!r} has no <text>: the dump is damaged")
        ns = self._ns
        if ns is None:
            prefix, colon, _ = self._title.partition(":")
            ns = self._namespaces.get(prefix.strip().casefold(), 0) if colon else 0
        link = _REDIRECT.match(self._text)
        target = self._redirect if self._redirect is not None else link[1] if link else None
        if target is None:
            return Page(page_id=self._page_id, title=self._title, ns=ns, text=self._text)
        title, _, section = target.partition("#")
        section = section or (link[1].partition("#")[2] if link else "")
        return Page(
            page_id=self._page_id,
            title=self._title,
            ns=ns,
            redirect=" ".join(title.replace("_", " ").split()),
            redirect_section=section.strip(),
            text=self._text,
        )

    def _doctype(self, name: str, system_id: str | None, public_id: str | None, internal: bool) -> None:
        raise DumpError(f"{self._name}: line {self.line}: has a document type; a MediaWiki dump never has one")
