from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

import pytest

from article_data.store.build import Build
from article_data.store.codec import decode_article
from article_data.store.errors import StoreError
from article_data.store.manifest import INDEX_FILES, PACK_FILES, info
from article_data.store.names import Names
from article_data.store.pool import Pool
from article_data.store.verifying import verify
from tests.article_data.store.small_build import about, publish_small, write


def _write_version_1(store: Path) -> None:
    """A build as format 1 had it, byte by byte: zlib of JSON in the pack, 12 bytes an article in the index."""
    folder = store / "builds" / "en-old"
    folder.mkdir(parents=True)
    pack = index = b""
    for number, title in enumerate(("Otter", "Heron")):
        article = {"article_id": number, "title": title, "aliases": [f"{title}s"], "clues": ["▢ eats fish."], "url": ""}
        packed = zlib.compress(json.dumps(article).encode())
        index += struct.pack(">QI", len(pack), len(packed) + 4)
        pack += struct.pack(">I", zlib.crc32(packed)) + packed
    (folder / "records.pack").write_bytes(pack)
    (folder / "index.bin").write_bytes(index)
    counts = ("clue_count", "page_count", "redirect_count", "disambiguation_count", "list_count", "unplayable_count")
    manifest = dict.fromkeys(counts, 2) | {
        "build_id": "en-old",
        "language": "en",
        "format_version": 1,
        "article_count": 2,
        "splitter": "punkt-english",
        "created_at": "2023-01-01T00:00:00Z",
        "sources": ["dump.xml"],
        "dump_hash": "00",
        "pack_bytes": len(pack),
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (store / "CURRENT").write_text('{"en": "en-old"}')


def test_a_build_of_format_1_is_played(tmp_path: Path) -> None:
    _write_version_1(tmp_path)
    assert info(tmp_path).format_version == 1
    for _ in range(2):  # copied, then found
        build = Build.open(tmp_path, "en-old", tmp_path / "cache")
        articles = [decode_article(build.records.unpack(build.records.read(place))) for place in (0, 1)]
        assert [article.title for article in articles] == ["Otter", "Heron"]
        assert articles[0].key.title == "Otter"
        assert articles[1].clues == ("▢ eats fish.",)
        assert (build.info.pool_size, build.pool.size()) == (2, 2)
        assert list(build.pool.ids()) == [0, 1]
        assert (build.names.exact("Otter"), build.names.fuzzy("Otter"), build.graph.links(0)) == ((), (), [])


def test_a_damaged_build_of_format_1_is_not_played(tmp_path: Path) -> None:
    _write_version_1(tmp_path)
    pack = tmp_path / "builds" / "en-old" / "records.pack"
    pack.write_bytes(pack.read_bytes()[:-1] + b"\0")
    with pytest.raises(StoreError, match="checksum"):
        Build.open(tmp_path, "en-old", tmp_path / "cache")
    assert [problem.what for problem in verify(tmp_path, "en-old")]


def test_a_build_of_format_1_is_replaced_by_the_next(tmp_path: Path) -> None:
    _write_version_1(tmp_path)
    publish_small(tmp_path, "en-1")
    assert info(tmp_path).build_id == "en-1"
    assert verify(tmp_path, "en-old") == []


@pytest.mark.parametrize(("version", "advice"), [(0, "build the articles again"), (3, "update Parlor")])
def test_a_manifest_of_an_unknown_format_is_refused(tmp_path: Path, version: int, advice: str) -> None:
    publish_small(tmp_path, "en-1")
    path = tmp_path / "builds" / "en-1" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format_version": version}))
    with pytest.raises(StoreError, match=f"has format {version}, this Parlor reads 1 to 2; {advice}"):
        Build.open(tmp_path, "en-1", tmp_path / "cache")


@pytest.mark.parametrize("name", [*PACK_FILES, *INDEX_FILES])
def test_each_file_says_its_format(tmp_path: Path, name: str) -> None:
    write(tmp_path)
    data = bytearray((tmp_path / name).read_bytes())
    assert data[:6] == b"PARLOR"
    struct.pack_into("<H", data, 8, 3)
    (tmp_path / name).write_bytes(data)
    with pytest.raises(StoreError, match=rf"{name}: has format 3, this Parlor reads 2; update Parlor"):
        Build(tmp_path, tmp_path, about("en-1"))


def test_one_file_is_not_taken_for_another(tmp_path: Path) -> None:
    write(tmp_path)
    for path, open_file in ((tmp_path / "pool.idx", Names), (tmp_path / "names.idx", Pool)):
        with pytest.raises(StoreError, match="another kind of file"):
            open_file(path)
    for content in (b"", b"PARLOR"):
        (tmp_path / "pool.idx").write_bytes(content)
        with pytest.raises(StoreError, match=r"empty|cut short"):
            Pool(tmp_path / "pool.idx")
