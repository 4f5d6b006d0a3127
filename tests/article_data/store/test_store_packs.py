from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from article_data.article import Article, ArticleText, Fact, Link, Section
from article_data.judge.key import AnswerKey
from article_data.store.codec import decode_article, decode_text, encode_article, encode_text
from article_data.store.errors import StoreError
from article_data.store.packs import MAX_RECORD_BYTES, Pack, Packer, PackWriter, train_dictionary


def _written(folder: Path, records: list[bytes], dictionary: bytes | None = None) -> Pack:
    with PackWriter(folder, "records", dictionary) as writer:
        for record in records:
            writer.add(record)
    return Pack(folder / "records.pack", folder / "records.idx")


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(st.binary(max_size=300), max_size=200))
def test_every_record_comes_back(tmp_path_factory: pytest.TempPathFactory, records: list[bytes]) -> None:
    pack = _written(tmp_path_factory.mktemp("pack"), records)
    assert len(pack) == len(records)
    assert [pack.unpack(pack.read(place)) for place in range(len(pack))] == records


def test_a_dictionary_makes_records_smaller_and_travels_in_the_index(tmp_path: Path) -> None:
    articles = [
        encode_article(
            Article(article_id=n, title=f"Town {n}", summary=f"Town {n} is a town in the county of {n * 7}.")
        )
        for n in range(500)
    ]
    dictionary = train_dictionary(articles)
    assert dictionary is not None
    for name, with_dictionary in (("plain", None), ("trained", dictionary)):
        (tmp_path / name).mkdir()
        pack = _written(tmp_path / name, articles, with_dictionary)
        assert [pack.unpack(pack.read(place)) for place in range(500)] == articles
    sizes = [(tmp_path / name / "records.pack").stat().st_size for name in ("trained", "plain")]
    assert sizes[0] < 0.7 * sizes[1]


def test_too_few_samples_make_no_dictionary() -> None:
    assert train_dictionary([b"one", b"two"]) is None
    assert train_dictionary([]) is None


def test_records_packed_by_workers_are_the_same(tmp_path: Path) -> None:
    packer = Packer(None)
    with PackWriter(tmp_path, "texts", None) as writer:
        writer.add_packed(packer.pack(b"by a worker"))
        writer.add(b"here")
    pack = Pack(tmp_path / "texts.pack", tmp_path / "texts.idx")
    assert [pack.unpack(pack.read(place)) for place in (0, 1)] == [b"by a worker", b"here"]


def test_a_record_is_read_at_the_place_that_the_index_gives(tmp_path: Path) -> None:
    pack = _written(tmp_path, [b"x" * n for n in range(100)])
    for place in (0, 63, 64, 99):
        offset, length = pack.locate(place)
        with (tmp_path / "records.pack").open("rb") as file:
            assert os.pread(file.fileno(), length, offset) == pack.read(place)


@pytest.mark.parametrize("article_id", [-1, 3, 1 << 40])
def test_a_number_that_the_pack_does_not_have_is_refused(tmp_path: Path, article_id: int) -> None:
    pack = _written(tmp_path, [b"a", b"b", b"c"])
    with pytest.raises(StoreError, match="it has 3 articles"):
        pack.read(article_id)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data())
def test_any_changed_byte_is_noticed(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    pack = _written(tmp_path_factory.mktemp("pack"), [b"The otter lives beside rivers. " * 3])
    record = bytearray(pack.read(0))
    record[data.draw(st.integers(0, len(record) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(StoreError):
        pack.unpack(bytes(record))


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.binary(max_size=200))
def test_garbage_is_no_record_and_no_article(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    pack = _written(tmp_path_factory.mktemp("pack"), [b"a"])
    for read in (pack.unpack, decode_article, decode_text):
        with pytest.raises(StoreError):
            read(data)


def test_a_record_that_says_it_is_huge_is_not_unpacked(tmp_path: Path) -> None:
    pack = _written(tmp_path, [b"a"])
    frame = zstandard.ZstdCompressor(level=1).compress(bytes(MAX_RECORD_BYTES + 1))
    with pytest.raises(StoreError, match="size"):
        pack.unpack(struct.pack("<I", zlib.crc32(frame)) + frame)


def test_a_record_that_is_too_large_is_refused_when_written(tmp_path: Path) -> None:
    with PackWriter(tmp_path, "texts", None) as writer:
        with pytest.raises(StoreError, match="leave the page out"):
            writer.add(bytes(MAX_RECORD_BYTES + 1))
        writer.add(b"and the rest goes on")


def test_a_pack_that_was_cut_short_is_not_opened(tmp_path: Path) -> None:
    _written(tmp_path, [b"a" * 100])
    os.truncate(tmp_path / "records.pack", 30)
    with pytest.raises(StoreError, match="has 30 bytes"):
        Pack(tmp_path / "records.pack", tmp_path / "records.idx")


def test_a_pack_closes_its_file_when_nobody_uses_it(tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    pack = _written(tmp_path, [b"a"])
    assert len(os.listdir("/proc/self/fd")) > before
    del pack
    assert len(os.listdir("/proc/self/fd")) == before


def test_articles_and_texts_come_back_whole() -> None:
    article = Article(
        article_id=7,
        title="Wien",
        key=AnswerKey(title="Wien"),
        clues=("A ▢ on the Danube.",),
        facts=(Fact("Capital of", "Austria"),),
        coordinates=(48.2, 16.37),
    )
    text = ArticleText(article_id=7, sections=(Section("", ("Wien liegt.",)),), links=(Link("Donau", "an der Donau"),))
    assert decode_article(encode_article(article)) == article
    assert decode_text(encode_text(text)) == text
