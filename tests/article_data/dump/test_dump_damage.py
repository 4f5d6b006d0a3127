from __future__ import annotations

import bz2
import gzip
import io
import zlib
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from article_data.dump.pages import DumpError, read_pages
from tests.article_data.dump.written import ABSENT_DUMPS, SHARED_DUMPS, dump_xml, page_xml, read

DUMP = dump_xml(page_xml("A", "Alpha é"), page_xml("B", "Beta"), page_xml("Alpha", redirect="A"))
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><mediawiki><page><title>&b;</title></page></mediawiki>'
TAR = b"enwiki.xml" + bytes(90) + b"0000644"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        pytest.param(b"", "is empty", id="nothing"),
        pytest.param(gzip.compress(b""), "is empty", id="nothing packed"),
        pytest.param(b"  \n ", "is empty", id="blanks"),
        pytest.param(b"not xml at all", "line 1: is not XML.*'not xml at all'", id="text"),
        pytest.param(b"-- MySQL dump 10.19\nDROP TABLE", "is not XML.*MySQL dump", id="sql"),
        pytest.param(gzip.compress(b"-- MySQL dump 10.19\n"), "is not XML.*MySQL dump", id="sql packed"),
        pytest.param(TAR, "is not XML", id="tar"),
        pytest.param(bz2.compress(bz2.compress(DUMP)), "is not XML", id="packed twice"),
        pytest.param(b"7z\xbc\xaf\x27\x1c", r"archive \(7z\); unpack it", id="7z"),
        pytest.param(b"PK\x03\x04....", r"archive \(zip\); unpack it", id="zip"),
        pytest.param(b"<html><body>Not Found</body></html>", "root is <html>, expected <mediawiki>", id="html"),
        pytest.param(b"<!DOCTYPE html>\n<html></html>", "web page.*download it again", id="html 5"),
        pytest.param(b"<rss><channel/></rss>", "root is <rss>", id="rss"),
        pytest.param(BOMB, "line 1: has a document type", id="entity bomb"),
        pytest.param(b"<mediawiki><page>&b;</page></mediawiki>", "line 1.*undefined entity", id="entity"),
        pytest.param(DUMP[:-20], "line 32, column 2, byte 684: it ends in the middle", id="cut"),
        pytest.param(DUMP.replace(b"</revision>", b"", 1), "line 11.*mismatched tag", id="tag missing"),
        pytest.param(DUMP.replace("é".encode(), b"\xe9"), "line 9, column 39, byte 238: .*invalid UTF-8", id="latin 1"),
        pytest.param(DUMP.replace(b"Beta", b"Be\0ta"), "line 19.*control character .0x00", id="nul"),
        pytest.param(DUMP.replace(b"Beta", b"Be&#0;ta"), "line 19.*invalid character number", id="nul reference"),
        pytest.param(b"\xff\xfe<\x00m\x00", "broken XML at line 1", id="utf-16 cut"),
        pytest.param(DUMP + b"junk", "broken XML at line 34", id="junk behind"),
        pytest.param(
            dump_xml("<page><ns>0</ns><revision><text>x</text></revision></page>"), "line 2.*no <title>", id="no title"
        ),
        pytest.param(
            dump_xml("<page><title>A</title><revision /></page>"), "line 2: page 'A' has no <text>", id="no text"
        ),
        pytest.param(dump_xml(page_xml("A"), page_xml("B", ns=None)), "line 20: page 'B' has no <ns>", id="no ns"),
        pytest.param(b"<mediawiki>" + b"<a>" * 500, "nested", id="deep"),
        pytest.param(b"<mediawiki x='" + b"y" * (4 << 20), "tag or comment of more than 2 MB", id="endless tag"),
        pytest.param(b"<mediawiki><!--" + b"y" * (4 << 20), "tag or comment of more than 2 MB", id="endless comment"),
        pytest.param(b"BZh9" + b"x" * 100, "cannot be read near byte 104", id="bz2 in name"),
        pytest.param(b"\x1f\x8b" + b"x" * 100, "cannot be read near byte 102", id="gz in name"),
    ],
)
def test_what_is_no_sound_dump_is_one_error_that_says_where(data: bytes, told: str) -> None:
    with pytest.raises(DumpError, match=f"^the dump: .*{told}"):
        read(data)


def test_lines_are_counted_over_the_documents_of_a_stream() -> None:
    pages = b"\n" + page_xml("A").encode() * 3
    with pytest.raises(DumpError, match=f"line {pages.count(10) + 1}: page 'B'"):
        read(pages + b"<page><title>B</title></page>")


def test_an_absent_file_is_the_same_error(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.xml", tmp_path):
        with pytest.raises(DumpError, match=f"^{path.name}: cannot be read"):
            list(read_pages(path))


@settings(derandomize=True, deadline=None, max_examples=120)
@given(st.data())
def test_no_damage_gives_another_error(data: st.DataObject) -> None:
    packed = data.draw(
        st.sampled_from([DUMP, bz2.compress(DUMP), zlib.compress(DUMP, wbits=31), zstandard.compress(DUMP)])
    )
    start = data.draw(st.integers(0, len(packed)))
    end = data.draw(st.integers(start, min(len(packed), start + 8)))
    damaged = packed[:start] + data.draw(st.binary(max_size=6)) + packed[end:]
    try:
        pages = list(read_pages(io.BytesIO(damaged), threads=data.draw(st.integers(1, 2))))
    except DumpError:
        return
    assert len(pages) <= 3


@pytest.mark.skipif(not SHARED_DUMPS.is_dir(), reason=ABSENT_DUMPS)
@pytest.mark.parametrize(
    ("name", "told"), [("1", "line 374.*no <title>"), ("2", "line 374.*no <ns>"), ("3", "line 375.*no <text>")]
)
def test_real_broken_dumps(name: str, told: str) -> None:
    with pytest.raises(DumpError, match=told):
        list(read_pages(SHARED_DUMPS / "broken" / f"zhwiki-broken-{name}.xml"))
