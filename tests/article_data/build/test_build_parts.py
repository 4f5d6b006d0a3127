"""The parts of a build that can be told by themselves: progress, identity, links, numbers."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from article_data.build.crew import Crew
from article_data.build.numbering import ALL_KNOWN, known_count
from article_data.build.order import MAKING_VERSION, Order
from article_data.build.progress import Progress
from article_data.build.survey import Places
from article_data.dump.titles import title_hash, title_hashes

ROOT = Path(__file__).resolve().parents[3]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_progress_on_a_terminal_is_one_line_with_rate_and_time_left() -> None:
    stream, clock = Terminal(), Clock()
    progress = Progress(stream, clock=clock)
    progress.begin("reading", "articles")
    for second in range(1, 11):
        clock.now = float(second)
        progress.tell(second / 20, second * 100)
    assert "\n" not in stream.getvalue()
    last = stream.getvalue().split("\r")[-1]
    assert last.endswith("[############............] reading  50 %  1000 articles, 100/s, 10 s left")
    progress.say("done")
    assert stream.getvalue().endswith("done\n")


def test_progress_elsewhere_is_a_plain_line_now_and_then() -> None:
    stream, clock = io.StringIO(), Clock()
    progress = Progress(stream, clock=clock)
    progress.begin("reading", "articles")
    for tenth in range(1, 121):
        clock.now = tenth / 10
        progress.tell(tenth / 240, tenth)
    lines = stream.getvalue().splitlines()
    assert len(lines) == 3
    assert "\x1b" not in stream.getvalue()
    assert lines[-1].startswith("reading ")


def test_progress_does_not_count_what_was_there_already() -> None:
    stream, clock = io.StringIO(), Clock()
    progress = Progress(stream, clock=clock)
    progress.begin("reading", "articles")
    clock.now = 1.0
    progress.skipped(0.5)
    clock.now = 11.0
    progress.tell(0.75, 50)
    assert stream.getvalue().strip().endswith("10 s left")


def order(**changes: object) -> Order:
    return msgspec.structs.replace(Order(language="en", sources=("a.xml",), dump_hash="1" * 64), **changes)


@pytest.mark.parametrize(
    "change",
    [
        {"language": "de"},
        {"dump_hash": "2" * 64},
        {"limit": 5},
        {"pool_limit": 5},
        {"popularity": "3" * 64},
        {"sentence_model": "punkt-english"},
    ],
)
def test_what_shapes_a_build_shapes_its_name(change: dict[str, object]) -> None:
    assert order(**change).build_id(2) != order().build_id(2)
    assert order().build_id(2) != order().build_id(3)
    assert order(sources=("elsewhere.xml",)).build_id(2) == order().build_id(2)


def test_what_makes_something_else_of_a_dump_makes_another_build(monkeypatch: pytest.MonkeyPatch) -> None:
    before = order().build_id(2)
    monkeypatch.setattr("article_data.build.order.MAKING_VERSION", MAKING_VERSION + 1)
    assert order().build_id(2) != before


@given(st.lists(st.text(min_size=1, max_size=20), unique_by=title_hash), st.lists(st.text(min_size=1, max_size=20)))
def test_places_are_found_by_title(titles: list[str], others: list[str]) -> None:
    places = Places(np.asarray([title_hash(title) for title in titles], np.uint64))
    assert places.find(title_hashes(titles)).tolist() == list(range(len(titles)))
    known = {title_hash(title) for title in titles}
    found = places.find(title_hashes(others)).tolist()
    assert [place >= 0 for place in found] == [title_hash(other) in known for other in others]


@given(st.integers(0, 10_000_000))
def test_the_pool_grows_with_the_wiki_and_never_beyond_it(playable: int) -> None:
    assert known_count(playable) <= playable
    assert known_count(playable) >= min(playable, ALL_KNOWN)
    assert known_count(playable + 1) >= known_count(playable)


def double(number: int) -> int:
    if number < 0:
        raise ValueError(number)
    return 2 * number


@pytest.mark.parametrize("workers", [1, 3])
def test_a_crew_gives_results_in_order_and_passes_errors_on(workers: int) -> None:
    with Crew(workers) as crew:
        assert list(crew.each(double, range(50))) == [2 * number for number in range(50)]
    with Crew(workers) as crew, pytest.raises(ValueError, match="-1"):
        list(crew.each(double, [1, 2, -1, 3]))


def test_work_is_handed_out_a_few_pieces_ahead_only() -> None:
    taken = 0

    def pieces() -> Iterator[int]:
        nonlocal taken
        for number in range(100):
            taken += 1
            yield number

    with Crew(2) as crew:
        results = crew.each(double, pieces())
        next(results)
        assert taken <= 2 * 2 + 1


def test_no_worker_outlives_a_build_that_is_killed() -> None:
    script = (
        "import time\nfrom article_data.build.crew import Crew\n"
        "with Crew(2):\n    print('ready', flush=True)\n    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True) as build:
        assert build.stdout is not None
        assert build.stdout.readline() == "ready\n"
        workers = psutil.Process(build.pid).children(recursive=True)
        assert len(workers) == 2
        build.kill()
        assert psutil.wait_procs(workers, timeout=20)[1] == []
