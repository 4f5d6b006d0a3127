"""Folds the XML of a MediaWiki export into pages.

Owns the export schemas 0.3 to 0.11 and where the XML is broken; what becomes of a page is `page`'s. Called by `pages` alone.
Memory stays flat: expat's events are folded straight into one page at a time, no tree is ever built, text
that is not wanted is never collected, and a document type (the only door for entity bombs) is refused at once.
Sources: docs/export-0.5.xsd to export-0.10.xsd of MediaWiki, and https://www.mediawiki.org/wiki/Multi-Content_Revisions/Dumps for
0.11 (read 2026-11-24).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final
from xml.parsers import expat

from article_data.dump.failure import DAMAGED, DumpError
from article_data.dump.page import Draft, Page
from article_data.dump.site import CANONICAL_NAMESPACES, Site, SiteHead

MAX_TEXT_CHARS = 8 << 20
"""MediaWiki refuses pages above 2 MiB; a longer text than this is skipped."""
_MAX_TAG_BYTES = 2 << 20
_MAX_DEPTH = 64
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_ENDS_EARLY = frozenset(
    {
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
    }
)
_JUNK = expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]


class Fold:
    """Takes the bytes of one dump in order; gives out its pages."""

    def __init__(self, name: str) -> None:
        """`name` is what errors call the file."""
        self.site = Site()
        """Known as soon as the first page is."""
        self.skipped: Counter[str] = Counter()
        """How many pages were left out, by reason."""
        self._name: Final = name
        self._head = SiteHead()
        self._draft = Draft()
        self._numbers: dict[str, int] = {}
        self._has_ns: bool | None = None
        self._is_begun = False
        self._pages: list[Page] = []
        # Where the present document begins: a stream may hold several, one after the other.
        self._lines_before = 0
        self._bytes_before = 0
        self._previous = b""
        self._fed = 0
        self._chars: list[str] = []
        self._char_count = 0
        self._open()

    @property
    def line(self) -> int:
        """The line that was reached."""
        return self._lines_before + self._parser.CurrentLineNumber

    def feed(self, chunk: bytes, *, final: bool = False) -> list[Page]:
        """Return the pages that end in these bytes. Raises DumpError for what is no sound dump."""
        if not self._is_begun:
            chunk = self._begin(chunk, final=final)
        while True:
            try:
                self._parser.Parse(chunk, final)
                break
            except expat.ExpatError as exc:
                chunk = self._following_document(chunk, exc)
        self._fed += len(chunk)
        self._previous = chunk
        if self._fed - self._parser.CurrentByteIndex > _MAX_TAG_BYTES:
            raise self._error(f"a tag or comment of more than {_MAX_TAG_BYTES >> 20} MB; {DAMAGED}")
        pages, self._pages = self._pages, []
        return pages

    def _begin(self, chunk: bytes, *, final: bool) -> bytes:
        """Look at the first bytes: a file of another kind gets a better word than a parser's."""
        if chunk.startswith(_BYTE_ORDER_MARKS):
            self._is_begun = True
            return chunk
        # Blank lines before an XML declaration are an error to the parser, not to us.
        start = chunk.lstrip()
        self._lines_before += chunk[: len(chunk) - len(start)].count(b"\n")
        self._bytes_before += len(chunk) - len(start)
        self._is_begun = bool(start)
        if final and not start:
            raise DumpError(f"{self._name}: is empty; {DAMAGED}")
        if start and not start.startswith(b"<"):
            told = start[:40].decode("utf-8", "replace").partition("\n")[0]
            raise self._error(f"is not XML, it begins with {told!r}; take a wiki's pages-articles dump (.xml.bz2)")
        return start

    def _following_document(self, chunk: bytes, error: expat.ExpatError) -> bytes:
        """Begin anew where another document or bare page follows a whole one; raise DumpError for all other errors."""
        index = self._parser.ErrorByteIndex
        if error.code != _JUNK or self._path:
            raise self._broken(chunk, error, index)
        at = index - self._fed
        # Its first bytes may have come with the chunk before.
        rest = chunk[at:] if at >= 0 else self._previous[at:] + chunk
        self._lines_before += error.lineno - 1
        self._bytes_before += index
        self._fed = 0
        self._previous = b""
        self._open()
        return rest

    def _broken(self, chunk: bytes, error: expat.ExpatError, index: int) -> DumpError:
        at = index - self._fed
        byte = chunk[at] if 0 <= at < len(chunk) else 0x20
        why = expat.ErrorString(error.code)
        if why == expat.errors.XML_ERROR_INVALID_TOKEN:
            why += ": invalid UTF-8" if byte >= 0x80 else f": a control character ({byte:#04x})" if byte < 0x20 else ""
        if why in _ENDS_EARLY:
            why = f"it ends in the middle ({why})"
        where = f"line {self._lines_before + error.lineno}, column {error.offset}, byte {self._bytes_before + index}"
        broken = DumpError(f"{self._name}: broken XML at {where}: {why}; {DAMAGED}")
        broken.__cause__ = error
        return broken

    def _error(self, what: str) -> DumpError:
        return DumpError(f"{self._name}: line {self.line}: {what}")

    def _open(self) -> None:
        self._path: list[str] = []
        self._collected_depth = 0
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype
        self._parser = parser

    def _doctype(self, name: str, system_id: str | None, public_id: str | None, internal: bool) -> None:
        if name.lower() == "html":
            raise self._error("is a web page, not a dump: the download went wrong; download it again")
        raise self._error("has a document type, which no MediaWiki dump has; take the dump from its origin")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        path = self._path
        parent = path[-1] if path else ""
        path.append(tag)
        if (parent, tag) in _WANTED:
            if not self._collected_depth:
                self._collected_depth = len(path)
                self._chars = []
                self._char_count = 0
                self._parser.CharacterDataHandler = self._data
                if tag == "namespace":
                    self._head.key = attributes.get("key", "")
                elif tag == "text":
                    self._draft.is_text_lost = attributes.get("bytes", "0") != "0" and "deleted" not in attributes
        elif tag == "page":
            self._draft = Draft()
            if not self.site.namespaces:
                self._meet()
        elif tag == "redirect" and parent == "page":
            self._draft.redirect = attributes.get("title", "")
        elif not parent:
            if tag != "mediawiki":
                raise self._error(
                    f"is not a MediaWiki dump: its root is <{tag[:40]}>, expected <mediawiki>; take a pages-articles dump"
                )
            self._head.language = attributes.get("xml:lang", "")
        elif len(path) > _MAX_DEPTH:
            raise self._error(f"elements nested {_MAX_DEPTH} deep, which no MediaWiki dump has; {DAMAGED}")

    def _data(self, data: str) -> None:
        self._char_count += len(data)
        if self._char_count > MAX_TEXT_CHARS:
            self._draft.is_too_long = True
            self._chars.clear()
        else:
            self._chars.append(data)

    def _end(self, tag: str) -> None:
        path = self._path
        depth = len(path)
        path.pop()
        if depth == self._collected_depth:
            self._collected_depth = 0
            self._parser.CharacterDataHandler = None
            text = "".join(self._chars)
            self._chars = []
            taker = _PAGE_TAKERS.get((path[-1], tag))
            if taker is not None:
                taker(self._draft, text)
            else:
                _HEAD_TAKERS[path[-1], tag](self._head, text)
        elif tag == "page" and not self._collected_depth:
            self._finish_page()
        elif tag == "siteinfo":
            self._meet()

    def _meet(self) -> None:
        self.site = self._head.site()
        names = (*CANONICAL_NAMESPACES.items(), *self.site.namespaces.items())
        self._numbers = {name.casefold(): number for number, name in names if name}

    def _finish_page(self) -> None:
        draft = self._draft
        if draft.is_too_long:
            self.skipped["too long"] += 1
            return
        if draft.damage:
            raise self._error(f"{draft.damage}; {DAMAGED}")
        has_ns = draft.ns is not None
        if self._has_ns not in (None, has_ns):
            raise self._error(f"page {draft.title!r} has {'an' if has_ns else 'no'} <ns>, unlike the others; {DAMAGED}")
        self._has_ns = has_ns
        page = draft.page(draft.namespace(self._numbers))
        if isinstance(page, str):
            self.skipped[page] += 1
        else:
            self._pages.append(page)


_PAGE_TAKERS: dict[tuple[str, str], Callable[[Draft, str], None]] = {
    ("page", "title"): Draft.take_title,
    ("page", "ns"): Draft.take_ns,
    ("page", "id"): Draft.take_id,
    ("revision", "text"): Draft.take_text,
    ("revision", "model"): Draft.take_model,
}
_HEAD_TAKERS: dict[tuple[str, str], Callable[[SiteHead, str], None]] = {
    ("siteinfo", "sitename"): SiteHead.take_name,
    ("siteinfo", "dbname"): SiteHead.take_dbname,
    ("siteinfo", "base"): SiteHead.take_base,
    ("namespaces", "namespace"): SiteHead.take_namespace,
}
_WANTED = _PAGE_TAKERS.keys() | _HEAD_TAKERS.keys()
"""The elements whose text is collected, by parent and tag."""
