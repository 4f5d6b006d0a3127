from __future__ import annotations

import bz2
import os
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from article_data.article import Article
from article_data.build.building import EmptyBuild, build
from article_data.dump.pages import DumpError
from article_data.store.files import Pack, StoreError, building, info, read_current, unpack_record
from article_data.wikitext.prose import has_residue
from tests.article_data.conftest import SUBJECTS, article, page, write_dump
from tests.article_data.test_clues import leaks

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT / ".." / "shared" / "data" / "dumps"
STARTER = ROOT / "articles" / "starter.xml"
needs_dumps = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared test dumps are not beside the checkout")


def articles(store: Path, language: str = "en") -> list[Article]:
    pack = Pack(store, read_current(store)[language])
    return [unpack_record(pack.read(number))[0] for number in range(pack.info.article_count)]


def files(store: Path) -> dict[str, int]:
    return {str(path.relative_to(store)): path.stat().st_mtime_ns for path in store.rglob("*") if path.is_file()}


def test_a_dump_becomes_playable_articles(tmp_path: Path, small_dump: Path) -> None:
    lines: list[str] = []
    built = build([small_dump], tmp_path / "store", progress=lines.append)
    found = articles(tmp_path / "store")
    assert [one.article_id for one in found] == list(range(len(SUBJECTS)))
    assert [one.title for one in found] == list(SUBJECTS)
    otter = found[0]
    assert otter.aliases == ("Lutra", "Lutrine"), "redirects and double redirects, but no sections or subtopics"
    assert otter.url == "https://en.wikipedia.org/wiki/Otter"
    assert otter.summary.startswith("The otter is an animal that lives")
    assert otter.clues[-1] == "The _____ is an animal that lives beside the rivers of the old world."
    assert len(otter.clues) == 6
    assert (built.page_count, built.disambiguation_count, built.list_count, built.unplayable_count) == (9, 1, 1, 1)
    assert (built.article_count, built.clue_count, built.redirect_count) == (6, 36, 8)
    assert info(tmp_path / "store") == built
    assert lines


def test_titles_with_brackets_and_signs(tmp_path: Path) -> None:
    text = article("Crane").replace("crane", "pond's \u00e9gret").replace("Crane", "\u00c9gret")
    dump = write_dump(tmp_path / "a.xml", page("\u00c9gret & Co? (bird)", text))
    build([dump], tmp_path / "store")
    (one,) = articles(tmp_path / "store")
    assert one.aliases == ("\u00c9gret & Co?",)
    assert one.url == "https://en.wikipedia.org/wiki/%C3%89gret_%26_Co%3F_(bird)"


def test_building_the_same_again_does_nothing(tmp_path: Path, small_dump: Path) -> None:
    store = tmp_path / "store"
    first = build([small_dump], store)
    before = files(store)
    lines: list[str] = []
    again = build([small_dump], store, progress=lines.append)
    assert again == msgspec.structs.replace(first, is_new=False)
    assert files(store) == before
    assert "nothing to do" in lines[-1]
    assert build([small_dump], store, limit=3).build_id != first.build_id


def test_a_damaged_build_is_built_again(tmp_path: Path, small_dump: Path) -> None:
    store = tmp_path / "store"
    first = build([small_dump], store)
    os.truncate(store / "builds" / first.build_id / "records.pack", 10)
    assert build([small_dump], store).is_new
    assert len(articles(store)) == 6


def test_languages_live_side_by_side(tmp_path: Path, small_dump: Path) -> None:
    store = tmp_path / "store"
    english = build([small_dump], store)
    german = build([small_dump], store, language="de", limit=2)
    assert read_current(store) == {"en": english.build_id, "de": german.build_id}
    assert articles(store, "de")[0].language == "de"
    with pytest.raises(StoreError, match="'fr'"):
        info(store, "fr")


def test_a_broken_dump_changes_nothing(tmp_path: Path, small_dump: Path) -> None:
    store = tmp_path / "store"
    first = build([small_dump], store)
    before = files(store)
    cut = tmp_path / "cut.xml.bz2"
    cut.write_bytes(bz2.compress(small_dump.read_bytes())[:-40])
    short = write_dump(tmp_path / "short.xml", page("Stub", "A stub."))
    for dumps, error in (([cut], DumpError), ([small_dump, cut], DumpError), ([short], EmptyBuild)):
        with pytest.raises(error):
            build(dumps, store)
    with pytest.raises(StoreError, match="absent"):
        build([tmp_path / "absent.xml"], store)
    with pytest.raises(StoreError, match="no dump"):
        build([], store)
    assert files(store) == before
    assert info(store) == first


def test_a_killed_build_is_invisible_and_swept_up(tmp_path: Path, small_dump: Path) -> None:
    store = tmp_path / "store"
    first = build([small_dump], store, limit=2)
    killed_in_the_middle = f"""
import os, signal
from pathlib import Path
from article_data.build.building import build
from article_data.store.files import building, write_records
import article_data.build.building as room
def die(folder, articles):
    next(iter(articles))
    (folder / "records.pack").write_bytes(b"half")
    os.kill(os.getpid(), signal.SIGKILL)
room.write_records = die
build([Path({str(small_dump)!r})], Path({str(store)!r}))
"""
    ended = subprocess.run([sys.executable, "-c", killed_in_the_middle], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert list((store / "builds").glob(".tmp-*")), "it died with its folder half written"
    assert info(store) == first
    assert build([small_dump], store).article_count == 6
    assert not list((store / "builds").glob(".tmp-*"))


def test_two_builds_at_once_are_refused(tmp_path: Path, small_dump: Path) -> None:
    with building(tmp_path / "store"), pytest.raises(StoreError, match="another build"):
        build([small_dump], tmp_path / "store")


def test_damage_is_told_not_shown(tmp_path: Path, small_dump: Path) -> None:
    store = tmp_path / "store"
    built = build([small_dump], store)
    folder = store / "builds" / built.build_id
    record = Pack(store, built.build_id).read(0)
    for damaged in (b"", record[:-1], record[:20] + b"x" + record[21:], b"\0\0\0\0"):
        with pytest.raises(StoreError):
            unpack_record(damaged)
    (folder / "index.bin").write_bytes(b"short")
    with pytest.raises(StoreError, match="index"):
        info(store)
    (folder / "manifest.json").write_text("{")
    with pytest.raises(StoreError, match="manifest"):
        info(store)
    (store / "CURRENT").write_text("[]")
    with pytest.raises(StoreError, match="CURRENT"):
        info(store)
    with pytest.raises(StoreError, match="build them first"):
        info(tmp_path / "absent")


def check_articles(found: list[Article]) -> None:
    for one in found:
        assert 4 <= len(one.clues) <= 12
        assert 0 < len(one.summary) <= 300
        assert not has_residue(one.summary)
        for clue in one.clues:
            assert not has_residue(clue), clue
            assert not leaks(clue, one.title, one.aliases), (one.title, clue)


@needs_dumps
def test_the_106_articles(tmp_path: Path) -> None:
    built = build([SHARED / "enwiki-106-articles.xml.bz2"], tmp_path)
    assert (built.page_count, built.disambiguation_count, built.list_count) == (106, 8, 2)
    assert built.article_count >= 90
    check_articles(articles(tmp_path))


@needs_dumps
@pytest.mark.parametrize(
    ("name", "language", "least"),
    [
        ("enwiki-2025-tiny-schema-0.11.xml.bz2", "en", 5),
        ("bgwiki-3-pages.xml.bz2", "bg", 1),
        ("zhwiki-23-articles.xml.bz2", "zh", 15),
        ("ltgwiki-full-small.xml.bz2", "ltg", 50),
    ],
)
def test_other_wikis(tmp_path: Path, name: str, language: str, least: int) -> None:
    assert build([SHARED / name], tmp_path, language=language).article_count >= least
    for one in articles(tmp_path, language):
        assert not any(one.title in clue for clue in one.clues), one.title


@pytest.mark.skipif(not STARTER.exists(), reason="the starter dump is not written yet")
def test_every_starter_article_plays_well(tmp_path: Path) -> None:
    built = build([STARTER], tmp_path)
    assert built.article_count == built.page_count >= 60
    found = articles(tmp_path)
    check_articles(found)
    assert {one.title: len(one.clues) for one in found if len(one.clues) < 8} == {}
