from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from article_data.dump.pages import DumpError, read_pages
from article_data.dump.streams import ReadAhead
from tests.article_data.dump.written import dump_xml, page_xml

TITLES = [f"Page {number}" for number in range(60)]
DUMP = dump_xml(*(page_xml(title, f"{title} " * 2000) for title in TITLES))
PARTS = [DUMP[start : start + 100_000] for start in range(0, len(DUMP), 100_000)]

Pack = Callable[[bytes], bytes]
PACKS: dict[str, Pack] = {
    "bz2": bz2.compress,
    "gz": gzip.compress,
    "xz": lzma.compress,
    "zst": zstandard.ZstdCompressor(write_checksum=True).compress,
    "xml": bytes,
}


def many(pack: Pack) -> bytes:
    return b"".join(pack(part) for part in PARTS)


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
@pytest.mark.parametrize("parts", ["one", "many"])
def test_every_compression_is_told_by_content(tmp_path: Path, pack: Pack, parts: str, threads: int) -> None:
    path = tmp_path / "wiki.dump"
    path.write_bytes(pack(DUMP) if parts == "one" else many(pack))
    assert [page.title for page in read_pages(path, threads=threads)] == TITLES
    with path.open("rb") as file:
        assert [page.title for page in read_pages(file, threads=threads)] == TITLES


@pytest.mark.parametrize("name", PACKS)
def test_a_pipe_is_read(name: str) -> None:
    outward, inward = os.pipe()

    def write() -> None:
        with os.fdopen(inward, "wb") as file:
            file.write(PACKS[name](DUMP))

    writer = threading.Thread(target=write)
    writer.start()
    with os.fdopen(outward, "rb", buffering=0) as file:
        assert [page.title for page in read_pages(file)] == TITLES
    writer.join()


class OnlyReads:
    def __init__(self, data: bytes) -> None:
        self.read = io.BytesIO(data).read


@pytest.mark.parametrize("name", PACKS)
def test_a_stream_that_can_do_nothing_but_read_is_enough(name: str) -> None:
    stream = cast("BinaryIO", OnlyReads(PACKS[name](DUMP)))
    assert [page.title for page in read_pages(stream)] == TITLES


HANGING = """
import sys
from article_data.dump.pages import read_pages
try:
    for page in read_pages(sys.stdin.buffer):
        print(page.title, flush=True)
except KeyboardInterrupt:
    sys.exit(7)
"""


def test_a_pipe_that_pauses_can_be_interrupted() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HANGING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdin.write(DUMP[:200_000])
        run.stdin.flush()
        assert run.stdout.readline() == b"Page 0\n"
        run.send_signal(signal.SIGINT)
        assert run.wait(20) == 7
        assert run.stderr.read() == b""


@settings(derandomize=True, deadline=None, max_examples=25)
@given(st.lists(st.binary(max_size=40).map(lambda data: data * 500), max_size=8), st.integers(1, 3))
def test_streams_of_any_size_come_out_in_order(parts: list[bytes], threads: int) -> None:
    for pack in (bz2.compress, gzip.compress, lzma.compress, zstandard.compress):
        packed = b"".join(pack(part) for part in parts) or pack(b"")
        stream = ReadAhead(io.BytesIO(packed), "x", threads=threads)
        assert b"".join(stream) == b"".join(parts)
        assert stream.bytes_read == len(packed)


def test_a_long_stream_among_short_ones_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("article_data.dump.streams._SEGMENT_BYTES", 1 << 17)
    noise = os.urandom(400_000)
    packed = bz2.compress(b"a") + bz2.compress(noise) + bz2.compress(b"") + bz2.compress(b"z")
    assert b"".join(ReadAhead(io.BytesIO(packed), "x", threads=2)) == b"a" + noise + b"z"


@pytest.mark.parametrize("name", ["bz2", "gz", "xz", "zst"])
@pytest.mark.parametrize("threads", [1, 2])
def test_what_expands_without_end_is_given_out_in_small_chunks(name: str, threads: int) -> None:
    packed = PACKS[name](bytes(8 << 20))
    stream = ReadAhead(io.BytesIO(packed), "x", threads=threads)
    sizes = [len(chunk) for chunk in stream]
    assert sum(sizes) == 8 << 20
    assert max(sizes) <= 1 << 18


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("name", ["bz2", "gz", "xz", "zst"])
@pytest.mark.parametrize("parts", ["one", "many"])
def test_a_truncated_file_names_the_byte_and_what_to_do(name: str, parts: str, threads: int) -> None:
    packed = PACKS[name](DUMP) if parts == "one" else many(PACKS[name])
    for end in (len(packed) // 2, len(packed) - 2):
        with pytest.raises(DumpError, match=r"dump: cannot be read near byte \d+: .*; .*download it again"):
            list(read_pages(io.BytesIO(packed[:end]), threads=threads))


def test_zstd_frames_without_content_are_passed_over() -> None:
    empty = b"\x50\x2a\x4d\x18" + (5000).to_bytes(4, "little") + bytes(5000)
    packed = empty + zstandard.compress(DUMP[:5000]) + empty + zstandard.compress(DUMP[5000:]) + empty
    assert [page.title for page in read_pages(io.BytesIO(packed))] == TITLES


def test_a_window_too_long_to_hold_is_told_from_damage() -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=29)
    packed = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    data = packed.compress(DUMP) + packed.flush()
    with pytest.raises(DumpError, match="pack it again without --long"):
        list(read_pages(io.BytesIO(data)))


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("name", ["bz2", "gz", "xz", "zst"])
def test_a_flipped_byte_is_found(name: str, threads: int) -> None:
    packed = bytearray(many(PACKS[name]))
    packed[len(packed) // 2] ^= 0x55
    with pytest.raises(DumpError, match="download it again"):
        list(read_pages(io.BytesIO(bytes(packed)), threads=threads))


def test_a_page_before_the_damage_was_given_out() -> None:
    pages = read_pages(io.BytesIO(many(bz2.compress)[:-50]))
    assert next(pages).title == TITLES[0]


def test_a_read_that_fails_is_one_error() -> None:
    file = io.BytesIO(DUMP)
    file.close()
    with pytest.raises(DumpError, match="cannot be read"):
        list(read_pages(file))
