"""What the doctor says about article builds and the disk for their indexes."""

from __future__ import annotations

from pathlib import Path

import pytest

from game_state.store import Store
from ops import doctor
from tests.article_data.reader.stored import publish_build


async def test_an_announced_build_that_this_machine_does_not_have(store: Store, tmp_path: Path) -> None:
    assert (await doctor._builds(store, tmp_path)).ok, "nothing was announced yet"
    publish_build(tmp_path / "articles")
    await store.announce_build("en", "first")
    assert (await doctor._builds(store, tmp_path / "articles")).ok
    elsewhere = await doctor._builds(store, tmp_path / "elsewhere")
    assert not elsewhere.ok
    assert "first was announced" in elsewhere.says
    assert "the same store" in elsewhere.says


def test_the_cache_is_a_folder_that_can_be_made(tmp_path: Path) -> None:
    found = doctor._cache(tmp_path / "made" / "later")
    assert found.ok
    assert "MB free" in found.says
    assert doctor._cache(Path("relative/place")).ok


@pytest.mark.skipif(not Path("/proc/self/mounts").exists(), reason="only Linux tells what a place is mounted from")
def test_the_kind_of_a_file_system_is_told() -> None:
    assert doctor._file_system(Path("/proc/self")) == "proc"
