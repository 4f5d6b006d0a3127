from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from article_data.store.build import Build
from article_data.store.errors import StoreError
from article_data.store.manifest import info, read_current, read_manifest
from article_data.store.publishing import building, prune, publish
from tests.article_data.store.small_build import TITLES, about, publish_small, titles, write

_WORDS = ("Apple", "Pear", "Plum")


def test_a_published_build_is_current_and_knows_its_files(tmp_path: Path) -> None:
    published = publish_small(tmp_path, "en-1")
    assert read_current(tmp_path) == {"en": "en-1"}
    assert info(tmp_path, "en") == published == read_manifest(tmp_path / "builds" / "en-1")
    sums = subprocess.run(
        ["sha256sum", *published.files], cwd=tmp_path / "builds" / "en-1", capture_output=True, text=True
    )
    assert [line.split()[0] for line in sums.stdout.splitlines()] == [file.sha256 for file in published.files.values()]


def test_languages_have_builds_of_their_own(tmp_path: Path) -> None:
    publish_small(tmp_path, "en-1")
    publish_small(tmp_path, "de-1", language="de")
    assert read_current(tmp_path) == {"de": "de-1", "en": "en-1"}
    with pytest.raises(StoreError, match="no articles in language 'fr'"):
        info(tmp_path, "fr")


def test_a_store_without_builds_says_so(tmp_path: Path) -> None:
    assert read_current(tmp_path) == {}
    with pytest.raises(StoreError, match="build them first"):
        info(tmp_path)
    with pytest.raises(StoreError, match="there is no build"):
        read_manifest(tmp_path / "builds" / "en-1")


def test_two_builds_cannot_run_at_once(tmp_path: Path) -> None:
    with (
        building(tmp_path, "one"),
        pytest.raises(StoreError, match="another build is running"),
        building(tmp_path, "two"),
    ):
        pass


@pytest.mark.parametrize("key", ["", "..", "a/b", ".hidden", "x" * 101])
def test_a_key_that_is_no_file_name_is_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(StoreError, match="cannot name a build"), building(tmp_path, key):
        pass


def test_an_interrupted_build_goes_on_and_another_sweeps_it(tmp_path: Path) -> None:
    with building(tmp_path, "one") as folder:
        (folder / "half-done").write_text("work")
    with building(tmp_path, "one") as folder:
        assert (folder / "half-done").read_text() == "work"
    with building(tmp_path, "two") as folder:
        assert list(folder.iterdir()) == []
    assert not (tmp_path / "builds" / ".work-one").exists()


def test_what_else_lay_in_the_work_folder_is_not_published(tmp_path: Path) -> None:
    with building(tmp_path, "one") as folder:
        write(folder)
        (folder / "shards").mkdir()
        (folder / "shards" / "1").write_text("work")
        (folder / "progress.json").write_text("{}")
        published = publish(tmp_path, folder, about("en-1"))
    left = {path.name for path in (tmp_path / "builds" / "en-1").iterdir()}
    assert left == {*published.files, "manifest.json"}


def test_a_build_that_lacks_a_file_is_not_published(tmp_path: Path) -> None:
    with building(tmp_path, "one") as folder:
        write(folder)
        (folder / "graph.idx").unlink()
        with pytest.raises(StoreError, match=r"graph\.idx: is missing"):
            publish(tmp_path, folder, about("en-1"))
    assert read_current(tmp_path) == {}


def test_a_taken_id_is_left_alone(tmp_path: Path) -> None:
    publish_small(tmp_path, "en-1")
    again = publish_small(tmp_path, "en-1", titles=_WORDS)
    assert again.build_id == "en-1-2"
    assert read_current(tmp_path) == {"en": "en-1-2"}
    assert titles(Build.open(tmp_path, "en-1", tmp_path / "cache")) == TITLES


def test_the_same_build_again_is_the_build_that_is_there(tmp_path: Path) -> None:
    first = publish_small(tmp_path, "en-1")
    publish_small(tmp_path, "en-2", titles=_WORDS)
    assert publish_small(tmp_path, "en-1") == first
    assert read_current(tmp_path) == {"en": "en-1"}
    assert sorted(path.name for path in (tmp_path / "builds").iterdir()) == ["en-1", "en-2"]


def test_a_damaged_build_is_replaced_by_building_again(tmp_path: Path) -> None:
    publish_small(tmp_path, "en-1")
    (tmp_path / "builds" / "en-1" / "records.pack").write_bytes(b"garbage")
    assert publish_small(tmp_path, "en-1").build_id == "en-1-2"
    assert titles(Build.open(tmp_path, read_current(tmp_path)["en"], tmp_path / "cache")) == TITLES


def test_only_builds_that_nobody_needs_are_pruned(tmp_path: Path) -> None:
    for build_id in ("en-1", "en-2", "en-3"):
        publish_small(tmp_path, build_id)
    assert prune(tmp_path, keep=["en-1"], min_age_s=3600) == []
    assert prune(tmp_path, keep=["en-1"], min_age_s=0) == ["en-2"]
    assert sorted(path.name for path in (tmp_path / "builds").iterdir()) == ["en-1", "en-3"]
    (tmp_path / "builds" / "photos").mkdir()
    assert prune(tmp_path, keep=["en-1"], min_age_s=0) == []
    assert prune(tmp_path / "nowhere", keep=[], min_age_s=0) == []


def test_a_game_on_a_build_that_was_pruned_goes_on(tmp_path: Path) -> None:
    publish_small(tmp_path, "en-1")
    build = Build.open(tmp_path, "en-1", tmp_path / "cache")
    publish_small(tmp_path, "en-2", titles=_WORDS)
    assert prune(tmp_path, keep=[], min_age_s=0) == ["en-1"]
    assert titles(build) == TITLES
    assert build.names.exact("otter")[0].article_id == 0


def _killed_at(store: Path, step: int) -> bool:
    """Build and publish in a child that kills itself at its so-manieth file operation; tell whether it lived."""
    child = os.fork()
    if child == 0:
        steps = 0

        def count(event: str, args: tuple[object, ...]) -> None:
            nonlocal steps
            if event in ("open", "os.rename", "os.mkdir", "os.remove", "shutil.rmtree") and str(store) in str(args[0]):
                steps += 1
                if steps == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        try:
            publish_small(store, "en-2", titles=_WORDS)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_build_killed_at_any_step_leaves_a_whole_store(tmp_path: Path) -> None:
    store, cache = tmp_path / "store", tmp_path / "cache"
    publish_small(store, "en-1")
    step, lived = 0, False
    while not lived:
        step += 1
        lived = _killed_at(store, step)
        current = read_current(store)["en"]
        expected = TITLES if current == "en-1" else _WORDS
        assert titles(Build.open(store, current, cache)) == expected, f"killed at step {step}"
        for folder in (store / "builds").glob("[!.]*"):
            assert titles(Build.open(store, folder.name, cache)) in (TITLES, _WORDS), f"killed at step {step}"
    assert step > 20
    assert read_current(store)["en"] == "en-2"
    publish_small(store, "en-3")
    assert not list((store / "builds").glob(".*"))


def test_a_store_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StoreError, match="cannot be written: Not a directory"), building(tmp_path / "file", "one"):
        pass


def test_a_damaged_current_says_what_to_do(tmp_path: Path) -> None:
    publish_small(tmp_path, "en-1")
    (tmp_path / "CURRENT").write_text("{")
    with pytest.raises(StoreError, match="remove it and build the articles again"):
        read_current(tmp_path)
