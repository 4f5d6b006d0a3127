"""Writes small dumps for the tests of this room, and reads them back."""

from __future__ import annotations

import io
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from article_data.dump.pages import Page, Pages, read_pages

SHARED_DUMPS = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "dumps"
ABSENT_DUMPS = "the shared test dumps are not beside the checkout"


def page_xml(
    title: str, text: str = "Text.", *, ns: int | None = 0, redirect: str = "", model: str = "wikitext"
) -> str:
    """One page as an export has it."""
    return (
        f"  <page>\n    <title>{escape(title)}</title>\n"
        + (f"    <ns>{ns}</ns>\n" if ns is not None else "")
        + "    <id>1</id>\n"
        + (f"    <redirect title={quoteattr(redirect)} />\n" if redirect else "")
        + f"    <revision>\n      <id>2</id>\n      <model>{model}</model>\n"
        + f'      <text xml:space="preserve">{escape(text)}</text>\n    </revision>\n  </page>\n'
    )


def dump_xml(*pages: str, schema: str = "0.11", siteinfo: str = "", attributes: str = "") -> bytes:
    """A whole export."""
    namespace = f' xmlns="http://www.mediawiki.org/xml/export-{schema}/" version="{schema}"' if schema else ""
    return f"<mediawiki{namespace}{attributes}>\n{siteinfo}{''.join(pages)}</mediawiki>\n".encode()


def read(data: bytes) -> list[Page]:
    """All pages of a dump."""
    return list(reading(data))


def reading(data: bytes) -> Pages:
    """The pages of a dump, to be asked for more than the pages."""
    return read_pages(io.BytesIO(data))
