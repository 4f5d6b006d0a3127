from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

SUBJECTS = ("Otter", "Beaver", "Heron", "Kingfisher", "Salamander", "Dragonfly")


def page(title: str, text: str = "", *, redirect: str = "") -> str:
    """One page of a dump."""
    mark = f'<redirect title="{escape(redirect)}" />' if redirect else ""
    text = text or f"#REDIRECT [[{redirect}]]"
    return (
        f"<page><title>{escape(title)}</title><ns>0</ns><id>1</id>{mark}"
        f"<revision><text>{escape(text)}</text></revision></page>"
    )


def article(subject: str) -> str:
    """Wikitext of six sentences that make clues."""
    return (
        f"The '''{subject.lower()}''' is an animal that lives beside the rivers of the old world. "
        "It was described by a naturalist who walked along the upper Rhine. "
        f"{subject}s have been hunted with nets since the early bronze age. "
        f"A young {subject.lower()} leaves its parents after about fourteen months.\n\n"
        "== Life ==\n"
        f"The {subject.lower()} eats small things which it finds under stones at night. "
        f"Most {subject.lower()}s were counted by volunteers in a survey of wetlands.\n"
    )


def write_dump(path: Path, *pages: str) -> Path:
    """Write a small dump."""
    path.write_text(f'<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/">{"".join(pages)}</mediawiki>')
    return path


@pytest.fixture
def small_dump(tmp_path: Path) -> Path:
    """Six playable articles, and pages that are none."""
    return write_dump(
        tmp_path / "small.xml",
        *(page(subject, article(subject)) for subject in SUBJECTS),
        page("Lutra", redirect="Otter"),
        page("Lutrine", redirect="Lutra"),
        page("Otter (mammal)", redirect="Otter"),
        page("Otter hunting", "#REDIRECT [[Otter#Hunting]]", redirect="Otter"),
        page("Otter/History", redirect="Otter"),
        page("Otter den", "#REDIRECT [[Otter]] {{R from subtopic}}", redirect="Otter"),
        page("Loop one", redirect="Loop two"),
        page("Loop two", redirect="Loop one"),
        page("Newt (disambiguation)", "'''Newt''' may refer to:\n* x"),
        page("List of otters", article("List")),
        page("Stub", "A stub is short and says nothing of interest to anybody at all."),
    )


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A redis-server of our own on a free port."""
    binary = shutil.which("redis-server")
    if binary is None:
        pytest.skip("there is no redis-server on this machine: install the redis-server package")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("redis")
    server = subprocess.Popen(
        [binary, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", "", "--appendonly", "no"],
        stdout=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
                break
            except OSError:
                assert time.monotonic() < deadline, "redis-server did not start"
                assert server.poll() is None, "redis-server ended at once"
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(10)
