"""What a build costs in processor time, beside wikiextractor on the same dump."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from ops.bench.figures import Figure

ROOT = Path(__file__).resolve().parents[2]
EXTRACTION = """
import sys
from pathlib import Path
from article_data.dump.pages import read_pages
from article_data.wikitext.reading import extract
for page in read_pages(Path(sys.argv[1])):
    if page.ns == 0 and page.redirect is None:
        extract(page.text, title=page.title)
"""


def processor_s(command: list[str], folder: Path) -> float:
    """Return the CPU seconds (user and system, children too) of a command. Raises CalledProcessError when it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def measure(dump: Path, passes: int) -> list[Figure]:
    """Run wikiextractor, our extraction and our whole build in turns; the figures are medians of ratios within a pass.

    Each has one worker: two that share a processor's core take more of its time for the same work.
    """
    extraction, whole, ours, theirs = [], [], [], []
    for _ in range(passes):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder)
            wikiextractor = [str(Path(sys.executable).with_name("wikiextractor")), "--processes", "1", "-q", "-o"]
            peer = processor_s([*wikiextractor, str(path / "text"), str(dump)], path)
            own = processor_s([sys.executable, "-c", EXTRACTION, str(dump)], path)
            store = ["articles", "build", str(dump), "--store", str(path / "store"), "--workers", "1"]
            build = processor_s([sys.executable, str(ROOT / "server.py"), *store], path)
        theirs.append(peer)
        ours.append(own)
        extraction.append(own / peer)
        whole.append(build / peer)
    return [
        Figure(
            f"extraction, CPU time beside wikiextractor ({statistics.median(theirs):.2f} s)",
            "not slower: 1.0 times",
            f"{statistics.median(extraction):.2f} times ({statistics.median(ours):.2f} s)",
            statistics.median(extraction) <= 1.0,
        ),
        Figure(
            "whole build, CPU time beside wikiextractor",
            "at most 4 times",
            f"{statistics.median(whole):.2f} times",
            statistics.median(whole) <= 4.0,
        ),
    ]
