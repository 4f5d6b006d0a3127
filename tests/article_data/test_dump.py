from __future__ import annotations

import bz2
import gzip
import io
import tracemalloc
from pathlib import Path

import pytest

from article_data.dump.pages import DumpError, Page, read_pages

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "dumps"
needs_dumps = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared test dumps are not beside the checkout")

PAGES = """
  <page><title>Otter_pond</title><ns>0</ns><id>7</id>
    <revision><id>1</id><text>old</text></revision>
    <revision><id>2</id><text>An '''otter pond''' &amp; more.</text></revision></page>
  <page><title>Pond</title><ns>0</ns><id>8</id><redirect title="Otter pond" />
    <revision><text>#REDIRECT [[Otter pond]]</text></revision></page>
  <page><title>Pond life</title><id>9</id><revision><text>#redirect: [[otter_pond#Life|x]]</text></revision></page>
  <page><title>Talk:Pond</title><id>10</id><revision><text>chat</text></revision></page>
  <page><title>Gone</title><ns>0</ns><id>11</id><revision><text deleted="deleted" /></revision></page>
"""
SITEINFO = '<siteinfo><namespaces><namespace key="1">Talk</namespace></namespaces></siteinfo>'


def dump(pages: str = PAGES, *, schema: str = "0.11", siteinfo: str = SITEINFO) -> bytes:
    namespace = f' xmlns="http://www.mediawiki.org/xml/export-{schema}/"' if schema else ""
    return f"<mediawiki{namespace}>{siteinfo}{pages}</mediawiki>".encode()


def read(data: bytes) -> list[Page]:
    return list(read_pages(io.BytesIO(data)))


@pytest.mark.parametrize("schema", ["0.3", "0.10", "0.11", "9.9", ""])
@pytest.mark.parametrize("siteinfo", [SITEINFO, ""])
def test_any_schema_reads_the_same(schema: str, siteinfo: str) -> None:
    pond, redirect, section, talk, gone = read(dump(schema=schema, siteinfo=siteinfo))
    assert (pond.title, pond.ns, pond.page_id, pond.redirect) == ("Otter pond", 0, 7, None)
    assert pond.text == "An '''otter pond''' & more.", "the newest revision, entities resolved"
    assert (redirect.redirect, redirect.redirect_section) == ("Otter pond", "")
    assert (section.ns, section.redirect, section.redirect_section) == (0, "otter pond", "Life")
    assert talk.ns == 1, "a missing <ns> is told from the title"
    assert gone.text == ""


@pytest.mark.parametrize("pack", [bz2.compress, gzip.compress, bytes], ids=["bz2", "gz", "xml"])
def test_compression_is_told_by_content(tmp_path: Path, pack: type[bytes]) -> None:
    path = tmp_path / "wiki.dump"
    path.write_bytes(pack(dump()))
    assert [page.page_id for page in read_pages(path)] == [7, 8, 9, 10, 11]
    with path.open("rb") as file:
        assert [page.page_id for page in read_pages(file)] == [7, 8, 9, 10, 11]


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><mediawiki><page><title>&b;</title></page></mediawiki>'


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b"not xml at all", "line 1"),
        (b"<html><body>Not Found</body></html>", "not a MediaWiki dump"),
        (dump()[:-20], "broken XML at line"),
        (dump().replace(b"</revision>", b"", 1), "broken XML at line"),
        (bz2.compress(dump() * 50)[:-30], "cannot be read"),
        (gzip.compress(dump())[:-12], "cannot be read"),
        (b"BZh9" + b"x" * 100, "cannot be read"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (BOMB, "document type"),
        (dump("<page><ns>0</ns><revision><text>x</text></revision></page>"), "no <title>"),
        (dump("<page><title>A</title><revision><texts>x</texts></revision></page>"), "no <text>"),
        (b"\xff\xfe<\x00m\x00", "XML"),
        (b"<mediawiki>\x00</mediawiki>", "line 1"),
    ],
)
def test_what_is_no_sound_dump_is_one_error(data: bytes, told: str) -> None:
    with pytest.raises(DumpError, match=told):
        read(data)


def test_an_absent_file_is_the_same_error(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.xml", tmp_path):
        with pytest.raises(DumpError, match=path.name):
            list(read_pages(path))


def test_memory_stays_flat(tmp_path: Path) -> None:
    path = tmp_path / "big.xml.bz2"
    page = "<page><title>T</title><ns>0</ns><id>1</id><revision><text>" + "word " * 4000 + "</text></revision></page>"
    path.write_bytes(bz2.compress(dump(page * 400)))
    tracemalloc.start()
    count = sum(1 for _ in read_pages(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 400
    assert peak < 4 << 20, "8 MB of XML are read in a fraction of it"


@needs_dumps
def test_real_dumps() -> None:
    pages = list(read_pages(SHARED / "enwiki-106-articles.xml.bz2"))
    assert sum(page.ns == 0 and page.redirect is None for page in pages) == 106
    assert sum(page.ns == 0 and page.redirect is not None for page in pages) == 99
    pages = list(read_pages(SHARED / "enwiki-2025-tiny-schema-0.11.xml.bz2"))
    assert sum(page.redirect is None for page in pages) == 6
    pages = list(read_pages(SHARED / "ltgwiki-full-small.xml.bz2"))
    assert {page.ns for page in pages} == {0, 4, 8, 10, 14, 828}


@needs_dumps
def test_real_broken_dumps() -> None:
    for name, told in (("1", "line 374.*no <title>"), ("3", "no <text>")):
        with pytest.raises(DumpError, match=told):
            list(read_pages(SHARED / "broken" / f"zhwiki-broken-{name}.xml"))
    # The second lacks one <ns>, which can be told from the title.
    assert [page.ns for page in read_pages(SHARED / "broken" / "zhwiki-broken-2.xml")] == [4, 4, 0]
