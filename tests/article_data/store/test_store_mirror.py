from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from article_data.store.build import Build
from article_data.store.errors import StoreError
from article_data.store.manifest import INDEX_FILES
from article_data.store.mirror import sweep
from tests.article_data.store.small_build import TITLES, publish_small, titles

_OPEN = """
import os, resource, signal, sys
from pathlib import Path
from article_data.store.build import Build
from article_data.store.errors import StoreError
if len(sys.argv) > 3:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    build = Build.open(Path(sys.argv[1]), "en-1", Path(sys.argv[2]))
except StoreError as exc:
    sys.exit(str(exc))
print(build.names.exact("otter")[0].article_id, "numpy" in sys.modules, flush=True)
sys.stdin.read()
"""


def _opening(store: Path, cache: Path, *limit: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _OPEN, str(store), str(cache), *limit]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    publish_small(tmp_path / "store", "en-1")
    return tmp_path / "store"


def test_nothing_on_the_store_is_mapped(store: Path, tmp_path: Path) -> None:
    build = Build.open(store, "en-1", tmp_path / "cache")
    maps = Path("/proc/self/maps").read_text()
    assert titles(build) == TITLES
    assert str(store) not in maps
    assert all(str(tmp_path / "cache" / "en-1" / name) in maps for name in INDEX_FILES)


def test_everything_is_let_go_with_the_last_user(store: Path, tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    build = Build.open(store, "en-1", tmp_path / "cache")
    records, names = build.records, build.names
    del build
    assert records.unpack(records.read(0))
    assert names.exact("otter")
    del records, names
    assert len(os.listdir("/proc/self/fd")) == before
    assert str(tmp_path / "cache") not in Path("/proc/self/maps").read_text()


def test_processes_of_a_host_share_one_copy(store: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    readers = [_opening(store, cache) for _ in range(3)]
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "0 False\n"
    copies = [path.name for path in cache.iterdir() if not path.name.startswith(".lock")]
    inode = (cache / "en-1" / "names.idx").stat().st_ino
    Build.open(store, "en-1", cache)
    for reader in readers:
        reader.communicate()
    assert copies == ["en-1"]
    assert (cache / "en-1" / "names.idx").stat().st_ino == inode


@pytest.mark.parametrize("name", INDEX_FILES)
def test_a_copy_that_was_written_to_is_made_again(store: Path, tmp_path: Path, name: str) -> None:
    cache = tmp_path / "cache"
    before = Build.open(store, "en-1", cache)
    (cache / "en-1" / name).write_bytes(b"garbage")
    del before
    assert titles(Build.open(store, "en-1", cache)) == TITLES
    assert (cache / "en-1" / name).read_bytes() == (store / "builds" / "en-1" / name).read_bytes()


def test_a_copy_of_another_store_is_not_taken_for_this_one(store: Path, tmp_path: Path) -> None:
    publish_small(tmp_path / "other", "en-1", titles=("Apple", "Pear"))
    for place, expected in ((store, TITLES), (tmp_path / "other", ("Apple", "Pear")), (store, TITLES)):
        build = Build.open(place, "en-1", tmp_path / "cache")
        assert titles(build) == expected
        assert [build.names.exact(title)[0].article_id for title in expected] == list(range(len(expected)))


@pytest.mark.parametrize("name", INDEX_FILES)
def test_a_damaged_index_is_not_copied(store: Path, tmp_path: Path, name: str) -> None:
    path = store / "builds" / "en-1" / name
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(StoreError, match=rf"{name}: is damaged \(checksum\)"):
        Build.open(store, "en-1", tmp_path / "cache")
    assert not list((tmp_path / "cache").glob("*en-1*"))


def test_a_disk_that_is_full_is_told_and_left_clean(store: Path, tmp_path: Path) -> None:
    reader = _opening(store, tmp_path / "cache", "1000")
    _, error = reader.communicate()
    assert reader.returncode == 1
    assert "File too large" in error
    assert "Traceback" not in error
    assert not list((tmp_path / "cache").glob("*en-1*"))
    assert titles(Build.open(store, "en-1", tmp_path / "cache")) == TITLES


@pytest.mark.parametrize("name", ["records.pack", "texts.pack", *INDEX_FILES])
def test_a_store_without_a_file_says_so(store: Path, tmp_path: Path, name: str) -> None:
    (store / "builds" / "en-1" / name).unlink()
    with pytest.raises(StoreError, match=f"{name}.*No such file"):
        Build.open(store, "en-1", tmp_path / "cache")


@pytest.mark.parametrize("build_id", ["en-2", "", "../store", ".work-x"])
def test_a_build_that_is_not_there_says_so(store: Path, tmp_path: Path, build_id: str) -> None:
    with pytest.raises(StoreError, match="no build"):
        Build.open(store, build_id, tmp_path / "cache")


def test_copies_that_nobody_uses_are_swept(store: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    publish_small(store, "en-2")
    used, unused = Build.open(store, "en-1", cache), Build.open(store, "en-2", cache)
    del unused
    assert sweep(cache, min_age_s=3600) == []
    assert sweep(cache, min_age_s=0) == ["en-2"]
    assert used.names.exact("otter")
    del used
    assert sweep(cache, min_age_s=0) == ["en-1"]
    assert sweep(tmp_path / "nowhere", min_age_s=0) == []


def test_a_new_copy_makes_room_by_sweeping_old_ones(store: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    Build.open(store, "en-1", cache)
    os.utime(cache / "en-1", (0, 0))
    publish_small(store, "en-2")
    Build.open(store, "en-2", cache)
    assert [path.name for path in cache.glob("[!.]*")] == ["en-2"]


def test_a_copier_that_was_killed_leaves_nothing(store: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    (cache / ".copy-en-1").mkdir(parents=True)
    (cache / ".copy-en-1" / "names.idx").write_bytes(b"half a file")
    assert titles(Build.open(store, "en-1", cache)) == TITLES
    assert [path.name for path in cache.iterdir() if path.name != ".lock"] == ["en-1"]


def test_a_folder_that_is_no_copy_is_never_removed(store: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    for name in ("en-1", "photos"):
        (cache / name).mkdir(parents=True)
        (cache / name / "mine").write_text("dear to me")
        os.utime(cache / name, (0, 0))
    for place in (cache, store / "builds"):
        with pytest.raises(StoreError, match="no copy that Parlor made"):
            Build.open(store, "en-1", place)
    assert sweep(cache, min_age_s=0) == []
    assert (cache / "en-1" / "mine").read_text() == (cache / "photos" / "mine").read_text() == "dear to me"
    assert titles(Build.open(store, "en-1", tmp_path / "elsewhere")) == TITLES


def test_a_cache_that_is_no_folder_says_so(store: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(StoreError, match=r"while the indexes of .* were copied to"):
        Build.open(store, "en-1", tmp_path / "cache")
