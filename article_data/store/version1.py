"""Builds of format 1, which an earlier Parlor wrote: played as they are until the articles are built again.

    records.pack   records one after another: CRC-32 of what follows (4 bytes), zlib of the record's JSON
    index.bin      12 bytes an article: offset (8) and length (4) in the pack
    manifest.json  a BuildInfo

Numbers are big-endian. Such builds are small, so the local copy is a whole build of the present format. They know no
texts, names and links; every article is in the pool, and only its title is judged right. Called by `mirror` alone.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from article_data.article import Article
from article_data.judge.key import AnswerKey
from article_data.store.codec import encode_article
from article_data.store.errors import StoreError
from article_data.store.layout import GRAPH, NAMES, write_parts
from article_data.store.manifest import BuildInfo
from article_data.store.packs import PackWriter
from article_data.store.pool import write_pool

_ENTRY = struct.Struct(">QI")
_CRC = struct.Struct(">I")
_MAX_BYTES = 4 << 20


def translate(folder: Path, info: BuildInfo, work: Path) -> None:
    """Write a build's files in the present format into `work`. Raises StoreError for damage, OSError."""
    with PackWriter(work, "records", None) as records, PackWriter(work, "texts", None):
        for article in _articles(folder, info):
            records.add(encode_article(article))
    count = info.article_count
    write_pool(work, count, ((),) * count, (50,) * count)
    no_buckets = (bytes(8), b"")
    no_names = msgspec.msgpack.encode({"name_count": 0, "exact_bits": 0, "fuzzy_bits": 0})
    write_parts(work / "names.idx", NAMES, (no_names, b"", b"", b"", b"", *no_buckets, *no_buckets))
    no_links = msgspec.msgpack.encode({"article_count": count, "link_count": 0})
    no_rows = (bytes(4 * count + 4), b"")
    write_parts(work / "graph.idx", GRAPH, (no_links, *no_rows, *no_rows))


def _articles(folder: Path, info: BuildInfo) -> Iterator[Article]:
    index = (folder / "index.bin").read_bytes()
    if len(index) != info.article_count * _ENTRY.size:
        raise StoreError(f"{folder}: the index does not fit the manifest; build the articles again")
    with (folder / "records.pack").open("rb") as pack:
        for offset, length in _ENTRY.iter_unpack(index):
            pack.seek(offset)
            record = pack.read(min(length, _MAX_BYTES))
            if len(record) <= _CRC.size or _CRC.unpack_from(record)[0] != zlib.crc32(record[_CRC.size :]):
                raise StoreError(f"{folder}: a record is damaged (checksum); build the articles again")
            try:
                data = zlib.decompressobj().decompress(record[_CRC.size :], _MAX_BYTES)
                article = msgspec.json.decode(data, type=Article)
            except (zlib.error, msgspec.MsgspecError) as exc:
                raise StoreError(f"{folder}: a record is damaged ({exc}); build the articles again") from exc
            yield msgspec.structs.replace(article, key=AnswerKey(title=article.title))
