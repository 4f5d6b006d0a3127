"""The verbs about articles, run as an operator runs them, on a small store."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.article_data.conftest import SUBJECTS, article, page, write_dump

SERVER = Path(__file__).resolve().parents[2] / "server.py"


class Ended(NamedTuple):
    """What a verb left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def verb(place: Path, *words: str | Path, **variables: str) -> Ended:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PARLOR_")}
    done = subprocess.run(
        [sys.executable, SERVER, "articles", *words],
        cwd=place,
        env=kept | variables,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Ended(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a built store in `var/articles`."""
    folder = tmp_path_factory.mktemp("articles")
    write_dump(
        folder / "small.xml",
        *(page(subject, article(subject) + "The [[Heron]] is near.") for subject in SUBJECTS),
        page("Lutra", redirect="Otter"),
    )
    built = verb(folder, "build", "small.xml", "--json")
    assert built.code == 0, built.err
    assert built.json["pool_size"] == len(SUBJECTS)
    return folder


def test_a_build_is_described(place: Path) -> None:
    assert verb(place, "info", "--json").json["page_count"] == 6
    told = verb(place, "info").out
    assert "redirect count: 1" in told
    again = verb(place, "build", "small.xml")
    assert (again.code, again.err.strip().endswith("nothing to do")) == (0, True)


@pytest.mark.parametrize("words", [("Otter",), ("otter",), ("LUTRA",)])
def test_an_article_is_shown_by_any_name_of_it(place: Path, words: tuple[str, ...]) -> None:
    shown = verb(place, "show", *words, "--json")
    assert shown.json["title"] == "Otter"
    told = verb(place, "show", *words, "--text").out
    assert "title: Otter" in told
    assert "  1. " in told
    assert "== Life ==" in told
    assert "links: Heron" in told


def test_an_unknown_article_is_a_sentence_with_a_guess(place: Path) -> None:
    ended = verb(place, "show", "Beavr")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.strip() == "parlor: there is no article 'Beavr'; did you mean Beaver?"


def test_names_are_found_exactly_and_nearly(place: Path) -> None:
    (found,) = verb(place, "find", "kingfishr", "--json").json
    assert (found["title"], found["distance"], found["kind"]) == ("Kingfisher", 1, "title")
    assert verb(place, "find", "lutra").out.startswith("Otter  (alias, distance 0)")
    nothing = verb(place, "find", "zzzzzzzzz")
    assert (nothing.code, nothing.err.startswith("parlor: nothing is called")) == (1, True)


def test_the_pool_is_counted(place: Path) -> None:
    stats = verb(place, "stats", "--json").json
    assert stats["pool"] == sum(stats["difficulties"].values()) == len(SUBJECTS)
    assert stats["links"] == len(SUBJECTS) - 1, "all but the heron itself lead to it"
    assert stats["names"] == len(SUBJECTS) + 1
    assert set(stats["bytes"]) == {
        "records.pack", "texts.pack", "records.idx", "texts.idx", "names.idx", "pool.idx", "graph.idx",
    }  # fmt: skip
    assert f"pool: {len(SUBJECTS)}" in verb(place, "stats").out


def test_damage_is_found(place: Path, tmp_path: Path) -> None:
    assert verb(place, "verify", "--json").json["problems"] == []
    store = tmp_path / "store"
    assert verb(place, "build", "small.xml", "--store", store).code == 0
    (pack,) = store.glob("builds/*/records.pack")
    data = bytearray(pack.read_bytes())
    data[len(data) // 2] ^= 0xFF
    pack.write_bytes(data)
    ended = verb(place, "verify", "--store", store)
    assert ended.code == 1
    assert "records.pack: " in ended.out


def test_what_a_build_needs_is_told(place: Path, tmp_path: Path) -> None:
    told = verb(place, "doctor", NLTK_DATA=str(tmp_path))
    assert told.code == 0
    assert "missing punkt_tab" in told.out
    assert "nltk.downloader" in told.out
    assert {"punkt_tab", "stopwords"} <= {finding["name"] for finding in verb(place, "doctor", "--json").json}


def test_redis_is_warmed(place: Path, redis_url: str) -> None:
    assert verb(place, "warm").code == 1, "there is nothing to warm without Redis"
    silent = verb(place, "warm", "--count", "6", PARLOR_REDIS__URL="redis://127.0.0.1:1/0")
    assert (silent.code, silent.err.startswith("parlor: Redis does not answer")) == (1, True)
    warmed = verb(place, "warm", "--count", "4", "--json", PARLOR_REDIS__URL=redis_url)
    assert (warmed.code, warmed.json["articles"]) == (0, 4)


def test_a_damaged_dump_is_a_sentence(place: Path) -> None:
    for name, data in (
        ("empty.xml", b""),
        ("page.html", b"<html><body>no dump</body></html>"),
        ("cut.xml", b"<mediawiki><page><title>Cut"),
        ("letters.xml", b"<mediawiki><page><title>\xff\xfe</title></page></mediawiki>"),
        ("archive.7z", b"7z\xbc\xaf\x27\x1c" + bytes(64)),
    ):
        (place / name).write_bytes(data)
        ended = verb(place, "build", name)
        assert (ended.code, ended.out) == (1, ""), name
        assert ended.err.splitlines()[-1].startswith(f"parlor: {name}: "), ended.err
    scores = place / "scores.csv"
    scores.write_text("title,score\nOtter,many\n")
    ended = verb(place, "build", "small.xml", "--limit", "5", "--popularity", scores)
    assert (ended.code, "scores.csv" in ended.err) == (1, True)
    assert verb(place, "info", "--json").json["page_count"] == 6


def test_an_interrupted_build_says_how_to_go_on(place: Path, tmp_path: Path) -> None:
    large = write_dump(
        tmp_path / "large.xml", *(page(f"{subject} {n}", article(subject)) for n in range(2500) for subject in SUBJECTS)
    )
    words: list[str | Path] = [sys.executable, SERVER, "articles", "build", large, "--store", tmp_path / "store"]
    with subprocess.Popen(words, cwd=place, stderr=subprocess.PIPE, text=True, start_new_session=True) as building:
        assert building.stderr is not None
        assert building.stderr.readline().startswith("reading")
        os.killpg(building.pid, signal.SIGINT)
        told = building.stderr.read()
    assert building.returncode == 130
    assert "Traceback" not in told, told
    assert told.splitlines()[-1] == "parlor: interrupted; the same command goes on from here"
    assert list((tmp_path / "store" / "builds").glob(".work-*"))
    assert verb(place, "info", "--store", tmp_path / "store").code == 1, "nothing of it is visible"


def test_a_server_loads_nothing_that_only_a_build_needs() -> None:
    script = "import sys, server; print(sorted({'numpy', 'nltk', 'article_data.build'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], cwd=SERVER.parent, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_dump_that_is_not_there_is_a_sentence(place: Path) -> None:
    ended = verb(place, "build", "absent.xml.bz2")
    assert (ended.code, ended.err) == (1, "parlor: absent.xml.bz2: No such file or directory; check the path\n")
