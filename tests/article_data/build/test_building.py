"""What an operator relies on when articles are built: the right articles, nothing twice, nothing half."""

from __future__ import annotations

import bz2
import io
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from article_data.article import Article
from article_data.build.building import EmptyBuild, build
from article_data.clues.leaks import leaks
from article_data.dump.pages import DumpError
from article_data.store.errors import StoreError
from article_data.store.manifest import info, read_current
from article_data.store.publishing import building
from article_data.wikitext.holes import has_residue
from tests.article_data.conftest import SUBJECTS, article, articles_of, page, write_dump

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT / ".." / "shared" / "data" / "dumps"
STARTER = ROOT / "articles" / "starter.xml"
needs_dumps = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared test dumps are not beside the checkout")


def files(store: Path) -> dict[str, int]:
    return {str(path.relative_to(store)): path.stat().st_mtime_ns for path in store.rglob("*") if path.is_file()}


def test_a_dump_becomes_playable_articles(tmp_path: Path, small_dump: Path) -> None:
    stream = io.StringIO()
    built = build([small_dump], tmp_path / "store", workers=1, stream=stream)
    found = articles_of(tmp_path / "store")
    assert [one.article_id for one in found] == list(range(9))
    assert {one.title for one in found[: built.pool_size]} == set(SUBJECTS)
    otter = next(one for one in found if one.title == "Otter")
    assert set(otter.aliases) == {"Lutra", "Lutrine"}, "redirects and double redirects, but no sections or subtopics"
    assert otter.url == "https://en.wikipedia.org/wiki/Otter"
    assert otter.summary.startswith("The otter is an animal that lives")
    assert otter.clues[-1].startswith("The _____ is an animal that lives beside the rivers of the old world.")
    assert (built.page_count, built.disambiguation_count, built.list_count, built.stub_count) == (9, 1, 1, 1)
    assert (built.article_count, built.pool_size, built.redirect_count) == (9, 6, 8)
    assert info(tmp_path / "store") == built
    assert stream.getvalue().splitlines()[-1].startswith(built.build_id)


def test_titles_with_brackets_and_signs(tmp_path: Path) -> None:
    text = article("Crane").replace("crane", "pond's \u00e9gret").replace("Crane", "\u00c9gret")
    dump = write_dump(tmp_path / "a.xml", page("\u00c9gret & Co? (bird)", text))
    build([dump], tmp_path / "store", workers=1)
    (one,) = articles_of(tmp_path / "store")
    assert "\u00c9gret & Co?" in one.aliases
    assert one.url == "https://en.wikipedia.org/wiki/%C3%89gret_%26_Co%3F_(bird)"


def test_what_many_link_to_comes_first(tmp_path: Path) -> None:
    star, planet = "A wise man wrote of the [[Heron]] in the winter of 1820.", "It was painted near [[Lutra]] by many."
    dump = write_dump(
        tmp_path / "linked.xml",
        *(page(subject, article(subject) + (star if subject != "Heron" else planet)) for subject in SUBJECTS),
        page("Lutra", redirect="Otter"),
    )
    build([dump], tmp_path / "links", workers=1)
    found = articles_of(tmp_path / "links")
    assert [(one.title, one.popularity) for one in found[:2]] == [("Heron", 5), ("Otter", 1)]
    scores = tmp_path / "scores.csv"
    scores.write_text("title,score\nKingfisher,70000\nLutra,900\n")
    by_score = build([dump], tmp_path / "scores", workers=1, popularity=scores)
    found = articles_of(tmp_path / "scores")
    assert [(one.title, one.popularity) for one in found[:3]] == [("Kingfisher", 70000), ("Otter", 900), ("Heron", 0)]
    assert by_score.popularity == "scores.csv"


def test_the_pool_can_be_bounded(tmp_path: Path, small_dump: Path) -> None:
    built = build([small_dump], tmp_path / "store", workers=1, pool_limit=2)
    assert (built.pool_size, built.article_count) == (2, 9)


def test_building_the_same_again_does_nothing(tmp_path: Path, small_dump: Path) -> None:
    store = tmp_path / "store"
    first = build([small_dump], store, workers=1)
    before = files(store)
    stream = io.StringIO()
    again = build([small_dump], store, workers=1, stream=stream)
    assert again == msgspec.structs.replace(first, is_new=False)
    assert files(store) == before
    assert "nothing to do" in stream.getvalue()
    assert build([small_dump], store, workers=1, limit=3).build_id != first.build_id


def test_the_same_build_whatever_the_workers(tmp_path: Path, small_dump: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    build([small_dump], one, workers=1)
    build([small_dump], two, workers=2)
    assert articles_of(one) == articles_of(two)


def test_a_dump_comes_through_a_pipe(tmp_path: Path, small_dump: Path) -> None:
    ended = subprocess.run(
        [sys.executable, ROOT / "server.py", "articles", "build", "-", "--store", tmp_path / "store"],
        input=bz2.compress(small_dump.read_bytes()),
        capture_output=True,
        cwd=tmp_path,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert [one.title for one in articles_of(tmp_path / "store")[:6]] == [
        one.title for one in sorted(articles_of(tmp_path / "store")[:6], key=lambda one: one.article_id)
    ]
    assert info(tmp_path / "store").sources == ("standard input",)


def test_a_damaged_build_is_built_again(tmp_path: Path, small_dump: Path) -> None:
    store = tmp_path / "store"
    first = build([small_dump], store, workers=1)
    os.truncate(store / "builds" / first.build_id / "records.pack", 10)
    assert build([small_dump], store, workers=1).is_new
    assert len(articles_of(store)) == 9


def test_languages_live_side_by_side(tmp_path: Path, small_dump: Path) -> None:
    store = tmp_path / "store"
    english = build([small_dump], store, workers=1)
    unsaid = tmp_path / "unsaid.xml"
    unsaid.write_text(small_dump.read_text().replace(' xml:lang="en"', ""))
    german = build([unsaid], store, workers=1, language="de", limit=2)
    assert read_current(store) == {"en": english.build_id, "de": german.build_id}
    assert articles_of(store, "de")[0].language == "de"
    with pytest.raises(StoreError, match="'fr'"):
        info(store, "fr")


def test_a_broken_dump_changes_nothing(tmp_path: Path, small_dump: Path) -> None:
    store = tmp_path / "store"
    first = build([small_dump], store, workers=1)
    before = files(store)
    cut = tmp_path / "cut.xml.bz2"
    cut.write_bytes(bz2.compress(small_dump.read_bytes())[:-40])
    short = write_dump(tmp_path / "short.xml", page("Stub", "A stub."))
    wrong = tmp_path / "wrong.xml"
    wrong.write_text(small_dump.read_text().replace("<mediawiki", '<mediawiki xml:lang="bg"'))
    for dumps, error in (
        ([cut], DumpError),
        ([small_dump, cut], DumpError),
        ([short], EmptyBuild),
        ([wrong], DumpError),
    ):
        with pytest.raises(error):
            build(dumps, store, workers=1)
    with pytest.raises(StoreError, match="absent"):
        build([tmp_path / "absent.xml"], store)
    with pytest.raises(StoreError, match="at least one dump"):
        build([], store)
    kept = {path: time for path, time in files(store).items() if "/.work-" not in path}
    assert kept == before
    assert info(store) == first


KILLED = """
import os, signal, sys
from pathlib import Path
from article_data.build import building, drafting, playing
step, after = sys.argv[3], 2
room = {"draft_batch": drafting, "play": playing}[step]
work = getattr(room, step)
def dying(piece):
    global after
    after -= 1
    if after < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return work(piece)
setattr(room, step, dying)
drafting.BATCH_PAGES = 2
building.build([Path(sys.argv[1])], Path(sys.argv[2]), workers=1)
"""


@pytest.mark.parametrize("step", ["draft_batch", "play"])
def test_a_killed_build_is_invisible_and_goes_on(
    tmp_path: Path, small_dump: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    first = build([small_dump], store, workers=1, limit=2)
    ended = subprocess.run([sys.executable, "-c", KILLED, small_dump, store, step], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert info(store) == first
    (work,) = (store / "builds").glob(".work-*")
    folder = work / ("drafts" if step == "draft_batch" else "played")
    done = {path: path.stat().st_mtime_ns for path in folder.glob("*.shard")}
    assert len(done) == 2, "two pieces were done when it died"
    gone_on = {}
    replace = os.replace

    def noticed(source: str | Path, target: str | Path) -> None:
        gone_on[Path(target)] = True
        replace(source, target)

    monkeypatch.setattr(os, "replace", noticed)
    monkeypatch.setattr("article_data.build.drafting.BATCH_PAGES", 2)
    assert build([small_dump], store, workers=1).pool_size == 6
    assert not set(done) & set(gone_on), "what was done is not done again"
    assert not list((store / "builds").glob(".work-*"))
    assert len(articles_of(store)) == 9


def test_two_builds_at_once_are_refused(tmp_path: Path, small_dump: Path) -> None:
    with building(tmp_path / "store", "other"), pytest.raises(StoreError, match="another build"):
        build([small_dump], tmp_path / "store", workers=1)


def check_articles(found: list[Article]) -> None:
    for one in found:
        assert len(one.clues) <= 12
        assert len(one.summary) <= 300
        assert not has_residue(one.summary)
        for clue in one.clues:
            assert not has_residue(clue), clue
            assert not leaks(clue, one.title, one.aliases), (one.title, clue)


@needs_dumps
def test_the_106_articles(tmp_path: Path) -> None:
    built = build([SHARED / "enwiki-106-articles.xml.bz2"], tmp_path)
    assert (built.page_count, built.redirect_count) == (106, 99)
    assert (built.disambiguation_count, built.list_count) == (8, 2)
    assert built.pool_size >= 85
    found = articles_of(tmp_path)
    check_articles(found)
    assert all(len(one.clues) >= 4 for one in found[: built.pool_size])


@needs_dumps
@pytest.mark.parametrize(
    ("name", "language", "counts", "least"),
    [
        ("enwiki-2025-tiny-schema-0.11.xml.bz2", "en", (6, 64), 5),
        ("bgwiki-3-pages.xml.bz2", "bg", (1, 0), 1),
        ("zhwiki-23-articles.xml.bz2", "zh", (23, 0), 15),
        ("ltgwiki-full-small.xml.bz2", "ltg", (903, 147), 50),
    ],
)
def test_other_wikis(tmp_path: Path, name: str, language: str, counts: tuple[int, int], least: int) -> None:
    built = build([SHARED / name], tmp_path, language=language)
    assert (built.page_count, built.redirect_count) == counts
    assert built.pool_size >= least
    found = articles_of(tmp_path, language)
    check_articles(found)
    for one in found:
        traces = re.compile(rf"(?<!\w){re.escape(one.title)}(?!\w)" if language != "zh" else re.escape(one.title))
        assert not any(traces.search(clue) for clue in one.clues), one.title


def test_every_starter_article_plays_well(tmp_path: Path) -> None:
    built = build([STARTER], tmp_path, workers=1)
    assert built.pool_size == built.page_count >= 60
    found = articles_of(tmp_path)
    check_articles(found)
    assert {one.title: len(one.clues) for one in found if len(one.clues) < 6} == {}
