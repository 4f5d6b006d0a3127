"""How a build grows: with the dump's size, with the cores, and in memory."""

from __future__ import annotations

import bz2
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from xml.sax.saxutils import escape

import psutil

from article_data.dump.pages import read_pages
from ops.bench.articles_speed import ROOT, processor_s
from ops.bench.figures import Figure

_SYLLABLES = ("ba", "ke", "lo", "mi", "nu", "ra", "se", "ti", "vo", "za", "dri", "pla", "sto", "gna", "fu", "he")


def enlarge(dump: Path, times: int, target: Path) -> int:
    """Write a dump of so many copies, each page under a name of its own; return the articles in it."""
    count = 0
    with bz2.open(target, "wt", compresslevel=1, encoding="utf-8") as out:
        out.write('<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" xml:lang="en">\n')
        for copy in range(times):
            name = "".join(_SYLLABLES[(copy * 7 + place * 5) // 16**place % 16] for place in range(4)).capitalize()
            for page in read_pages(dump):
                if page.ns != 0 or page.redirect is not None:
                    continue
                count += 1
                title = escape(f"{name} {page.title}") if copy else escape(page.title)
                out.write(
                    f"<page><title>{title}</title><ns>0</ns><id>{count}</id>"
                    f"<revision><text>{escape(page.text)}</text></revision></page>\n"
                )
        out.write("</mediawiki>\n")
    return count


def measure(dump: Path, *, small: int = 3, large: int = 12) -> list[Figure]:
    """Build dumps of two sizes, with one worker and with two; private memory is that of all processes together."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        few = enlarge(dump, small, path / "few.xml.bz2")
        many = enlarge(dump, large, path / "many.xml.bz2")

        def command(name: str, workers: int) -> list[str]:
            store = path / f"{name}-{workers}"
            where = ["--store", str(store), "--workers", str(workers)]
            return [sys.executable, str(ROOT / "server.py"), "articles", "build", str(path / f"{name}.xml.bz2"), *where]

        per_few = processor_s(command("few", 2), path) / few
        per_many = processor_s(command("many", 2), path) / many
        alone_s = _wall_s(command("few", 1), path)
        shutil.rmtree(path / "few-2")
        pair_s = _wall_s(command("few", 2), path)
        shutil.rmtree(path / "many-2")
        peak_bytes = _private_peak(command("many", 2), path)
    return [
        Figure(
            f"linear in size: CPU time an article, {many} articles beside {few}",
            "1.0 times",
            f"{per_many / per_few:.2f} times",
            per_many / per_few <= 1.15,
        ),
        Figure(
            "linear in cores: wall time with two workers beside one, two cores",
            "0.5 times",
            f"{pair_s / alone_s:.2f} times",
            pair_s / alone_s <= 0.65,
        ),
        Figure(
            f"private memory (RssAnon) of a build of {many} articles, all processes",
            "under 600 MB",
            f"{peak_bytes / 1e6:.0f} MB",
            peak_bytes < 600e6,
        ),
    ]


def _wall_s(command: list[str], folder: Path) -> float:
    began = time.monotonic()
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    return time.monotonic() - began


def _private_peak(command: list[str], folder: Path) -> int:
    """Return the greatest sum of private memory (RssAnon) of a command and its children, looked at ten times a second."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    peak = 0
    with subprocess.Popen(
        command, cwd=folder, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=environment
    ) as run:
        while run.poll() is None:
            peak = max(peak, sum(map(_private, _family(run.pid))))
            time.sleep(0.1)
    if run.returncode:
        raise subprocess.CalledProcessError(run.returncode, command)
    return peak


def _family(pid: int) -> list[int]:
    try:
        return [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]
    except psutil.NoSuchProcess:
        return []


def _private(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"RssAnon:\s+(\d+) kB", status)
    return 1024 * int(found[1]) if found else 0
