from __future__ import annotations

import os
from pathlib import Path

import pytest

from article_data.article import Article
from article_data.store.codec import encode_article
from article_data.store.errors import StoreError
from article_data.store.graph_writer import GraphWriter
from article_data.store.manifest import INDEX_FILES, PACK_FILES
from article_data.store.names_writer import NamesWriter
from article_data.store.packs import PackWriter
from article_data.store.pool import write_pool
from article_data.store.publishing import building, publish
from article_data.store.verifying import MAX_PROBLEMS, verify
from tests.article_data.store.small_build import about, publish_small, write


def test_a_whole_build_has_no_problems(tmp_path: Path) -> None:
    publish_small(tmp_path, "en-1")
    assert verify(tmp_path, "en-1") == []
    assert verify(tmp_path, "en-1", cache=tmp_path / "cache") == []


@pytest.mark.parametrize("name", [*PACK_FILES, *INDEX_FILES])
def test_a_changed_byte_is_found(tmp_path: Path, name: str) -> None:
    publish_small(tmp_path, "en-1")
    path = tmp_path / "builds" / "en-1" / name
    data = bytearray(path.read_bytes())
    data[-2] ^= 0x10
    path.write_bytes(data)
    problems = verify(tmp_path, "en-1")
    assert {problem.file for problem in problems} == {name}
    assert problems[0].what == "is damaged (checksum)"
    if name in PACK_FILES:  # the other records can be read: the damaged one is named
        assert [problem.where for problem in problems[1:]] == ["article 5"]


def test_a_lost_and_a_cut_file_are_found(tmp_path: Path) -> None:
    publish_small(tmp_path, "en-1")
    folder = tmp_path / "builds" / "en-1"
    os.truncate(folder / "texts.pack", 20)
    (folder / "pool.idx").unlink()
    whats = {problem.file: problem.what for problem in verify(tmp_path, "en-1")}
    assert whats["pool.idx"] == "cannot be read: No such file or directory"
    assert whats["texts.pack"].startswith("has 20 bytes instead of ")


def test_a_build_that_was_put_together_wrongly_is_found(tmp_path: Path) -> None:
    """Every file is sound by itself."""
    with building(tmp_path, "one") as folder:
        write(folder)
        with PackWriter(folder, "records", None) as records:
            for article_id in (0, 1, 2, 3, 5, 4):
                records.add(encode_article(Article(article_id=article_id, title="Otter", topics=("place",))))
        names = NamesWriter(folder)
        names.add("Otter", 77, "title")
        names.close()
        write_pool(folder, 4, [("animal",)] * 4, [50] * 4)
        graph = GraphWriter(folder, 7)
        graph.add(0, [6])
        graph.close()
        publish(tmp_path, folder, about("en-1"))
    found = {(problem.file, problem.where, problem.what) for problem in verify(tmp_path, "en-1")}
    assert found == {
        ("records.pack", "article 4", "holds article 5"),
        ("records.pack", "article 5", "holds article 4"),
        ("names.idx", "Otter", "leads to article 77, there are 6"),
        ("pool.idx", "", "lists other topics than the articles have"),
        ("graph.idx", "", "has 7 articles of 6"),
    }


def test_problems_are_told_up_to_a_bound(tmp_path: Path) -> None:
    with building(tmp_path, "one") as folder:
        write(folder, tuple(f"Town {number}" for number in range(300)))
        with PackWriter(folder, "records", None) as records:
            for _ in range(300):
                records.add(b"no article")
        publish(tmp_path, folder, about("en-1", article_count=300))
    assert len(verify(tmp_path, "en-1")) == MAX_PROBLEMS


def test_a_build_that_is_not_there_cannot_be_verified(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no build"):
        verify(tmp_path, "en-1")
