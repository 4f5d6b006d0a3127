from __future__ import annotations

from ops.bench.articles_store import measure


def test_the_store_is_measured_on_an_encyclopedia_of_any_size() -> None:
    figures = {figure.what: figure for figure in measure(2000)}
    assert len(figures) == 9
    memory = figures["private memory of a core's process with the store open, 2,000 names"]
    assert memory.met, memory.measured
    assert figures["names with one or two errors found, 2,000 names"].measured == "100.00%"
