"""The reader's measuring runs on any store and says what each tier costs."""

from __future__ import annotations

from pathlib import Path

from ops.bench.articles_reader import measure
from tests.article_data.reader.stored import publish_build


def test_each_tier_is_measured(tmp_path: Path, redis_url: str) -> None:
    publish_build(tmp_path / "store")
    figures = measure(tmp_path / "store", tmp_path / "cache", redis_url)
    assert [figure.what.rsplit(" ", 1)[1] for figure in figures] == ["memory", "Redis", "store"]
    assert all("under" in figure.target and "p99" in figure.measured for figure in figures)
