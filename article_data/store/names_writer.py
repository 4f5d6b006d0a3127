"""Writing the names of a build: sorted on disk, so that 18 million take no more memory than a thousand.

Names are gathered into runs of sorted lines; the runs are merged into the strings; the keys of each name go to their
buckets by way of `buckets_writer`. Called by the build; needs numpy. See `names` for what is written.
"""

from __future__ import annotations

import heapq
import shutil
from array import array
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import msgspec

from article_data.naming import NAME_LIMIT
from article_data.store.buckets_writer import BucketsWriter
from article_data.store.errors import StoreError
from article_data.store.layout import NAMES, write_parts
from article_data.store.names import KINDS, LEADER_NAMES, Counts, NameKind, folded_name
from article_data.store.offsets import OffsetsWriter
from article_data.store.segments import exact_key, keys


class NamesWriter:
    """Writes `names.idx` into a build's folder, by way of `names.work/` in it; an earlier attempt's is swept."""

    def __init__(self, folder: Path, *, run_names: int = 200_000, batch_keys: int = 500_000) -> None:
        """So many names are sorted in memory at a time, of about 250 bytes each, and keys, of about 50 bytes each."""
        self._path = folder / "names.idx"
        self._run_names = run_names
        self._batch_keys = batch_keys
        self._work = folder / "names.work"
        shutil.rmtree(self._work, ignore_errors=True)
        self._work.mkdir(parents=True)
        self._lines: list[str] = []
        self._runs: list[Path] = []

    def add(self, name: str, article_id: int, kind: NameKind) -> None:
        """File a name, in any order; what folds to nothing is left out. Raises StoreError for a number too large."""
        if not 0 <= article_id < 1 << 30:
            raise StoreError(f"article {article_id} has no place in the names: there is room for {1 << 30}")
        written = " ".join(name[:NAME_LIMIT].replace("\0", " ").split()).encode(errors="replace").decode()
        folded = folded_name(written)
        if not folded:
            return
        # Sorted as a line: the folded form, then the strongest kind, then the most popular article.
        self._lines.append(f"{folded}\0{KINDS.index(kind)}{article_id:010d}\0{written}\n")
        if len(self._lines) >= self._run_names:
            self._spill()

    def close(self) -> int:
        """Sort everything and write the file; return how many names there are, each once an article."""
        self._spill()
        work = self._work
        count = 0
        leaders = array("I")
        with ExitStack() as stack:
            strings, offsets_file, entries = (
                stack.enter_context((work / part).open("wb")) for part in ("strings", "offsets", "entries")
            )
            offsets = OffsetsWriter(offsets_file.write)
            exact, fuzzy = (BucketsWriter(work / sort, self._batch_keys) for sort in ("exact", "fuzzy"))
            before = ""
            for folded, entry, written in self._merged():
                string = (written if written.lower() == folded else f"{written}\0{folded}").encode()
                strings.write(string)
                offsets.add(len(string))
                entries.write(entry.to_bytes(4, "little"))
                if count % LEADER_NAMES == 0:
                    leaders.append(entry)
                elif entry < leaders[-1]:
                    leaders[-1] = entry
                if folded != before:
                    exact.add((exact_key(folded),), entry, count)
                    fuzzy.add(keys(folded), entry, count)
                    before = folded
                count += 1
            offsets.close()
        counts = Counts(count, exact.bits, fuzzy.bits)
        exact.write(counts.number_bits)
        fuzzy.write(counts.number_bits)
        buckets = [work / f"{sort}.{part}" for sort in ("exact", "fuzzy") for part in ("begins", "numbers")]
        parts: list[bytes | Path] = [
            msgspec.msgpack.encode(counts),
            work / "strings",
            work / "offsets",
            work / "entries",
            leaders.tobytes(),
        ]
        write_parts(self._path, NAMES, [*parts, *buckets])
        shutil.rmtree(work)
        return count

    def _spill(self) -> None:
        if not self._lines:
            return
        self._lines.sort()
        run = self._work / f"run-{len(self._runs):05d}"
        with run.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(self._lines)
        self._runs.append(run)
        self._lines = []

    def _merged(self) -> Iterator[tuple[str, int, str]]:
        """Yield folded form, entry and written form in order; of one article's namesakes the strongest kind."""
        with ExitStack() as stack:
            runs = [stack.enter_context(run.open(encoding="utf-8", newline="\n")) for run in self._runs]
            before, seen = "", set[int]()
            for line in heapq.merge(*runs):
                folded, number, written = line[:-1].split("\0")
                article_id = int(number[1:])
                if folded != before:
                    before, seen = folded, set()
                if article_id not in seen:
                    seen.add(article_id)
                    yield folded, article_id << 2 | int(number[0]), written
        for run in self._runs:
            run.unlink()
