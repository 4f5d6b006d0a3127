"""Builds the article store from MediaWiki dumps: pages in, playable articles out.

Owns the order of a build and what is playable. The dumps are read once: redirects and how many articles use a word are
gathered while each article's sentences go to a scratch file; the articles are then made from that file, when all names
and rarities are known. Called by the command line; may not be imported by what runs while serving.
"""

from __future__ import annotations

import hashlib
import math
import struct
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

import msgspec

from article_data.article import Article
from article_data.clues.choose import Sentence, choose_clues, summarize
from article_data.clues.masking import Masker, plain_title
from article_data.dump.pages import Page, read_pages
from article_data.dump.redirects import Redirects
from article_data.language.sentences import Splitter
from article_data.language.words import is_cjk, tokens
from article_data.store.files import (
    FORMAT_VERSION,
    BuildInfo,
    Pack,
    StoreError,
    building,
    make_current,
    publish,
    write_records,
)
from article_data.wikitext.prose import kind, prose

MIN_CLUES = 4
"""Fewer make no round."""
COMMON_SHARE = 0.25
"""A word in more than this share of all articles gives nothing away."""
MAX_WORDS = 4_000_000
"""Words counted at a time; when a huge dump has more, those seen once are forgotten (they are as rare as unknown)."""

_LENGTH = struct.Struct(">I")
_PROGRESS_EVERY_S = 2.0

Progress = Callable[[str], None]


class EmptyBuild(StoreError):
    """The dumps were read to their end, and no article had enough clues. Nothing was changed."""


class _Draft(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """One article between the two halves of a build."""

    title: str
    bold: tuple[str, ...]
    sentences: tuple[Sentence, ...]


class _Gathered:
    """What the first half of a build learns of the whole dump."""

    def __init__(self) -> None:
        self.redirects = Redirects()
        self.frequencies: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()

    @property
    def page_count(self) -> int:
        return self.kinds.total()

    def is_common(self, word: str) -> bool:
        return self.frequencies[word] > max(3.0, COMMON_SHARE * self.kinds["article"])

    def rarity(self, word: str) -> float:
        return math.log((self.kinds["article"] + 1) / (self.frequencies[word] + 1))


def build(
    dumps: Sequence[Path],
    store: Path,
    *,
    language: str = "en",
    limit: int | None = None,
    progress: Progress | None = None,
) -> BuildInfo:
    """Build the dumps' articles into the store and make them current for their language; return what was built.

    The same input (bytes of the dumps, language, limit, format, sentence model) builds the same again, so it is left
    alone and the present build is returned with `is_new` False. `limit` stops reading after so many articles.
    Raises DumpError for a dump that cannot be read to its end, EmptyBuild when nothing is playable, StoreError for a store
    that cannot be written; the store's readers then still see what they saw before.
    """
    say = progress or (lambda line: None)
    splitter = Splitter(language)
    dump_hash = _hash(dumps)
    identity = f"{FORMAT_VERSION}:{language}:{limit}:{splitter.name}:{dump_hash}"
    build_id = f"{language}-{hashlib.sha256(identity.encode()).hexdigest()[:16]}"
    with building(store) as folder:
        present = _present(store, build_id)
        if present is not None:
            make_current(store, present)
            say(f"{build_id}: the same input is built already ({present.article_count} articles); nothing to do")
            return msgspec.structs.replace(present, is_new=False)
        scratch = folder / "scratch"
        with scratch.open("w+b") as file:
            gathered = _gather(dumps, file, splitter, limit, say)
            file.seek(0)
            counts = write_records(folder, _articles(file, gathered, language, say))
        scratch.unlink()
        article_count, clue_count, pack_bytes = counts
        if not article_count:
            raise EmptyBuild(
                f"none of the {gathered.page_count} articles in {', '.join(path.name for path in dumps)} has "
                f"{MIN_CLUES} clues; the store is as it was: take a dump with longer articles, or check the language"
            )
        built = BuildInfo(
            build_id=build_id,
            language=language,
            format_version=FORMAT_VERSION,
            article_count=article_count,
            clue_count=clue_count,
            page_count=gathered.page_count,
            redirect_count=len(gathered.redirects),
            disambiguation_count=gathered.kinds["disambiguation"],
            list_count=gathered.kinds["list"],
            unplayable_count=gathered.kinds["article"] - article_count,
            splitter=splitter.name,
            created_at=datetime.now(UTC).isoformat(timespec="seconds"),
            sources=tuple(path.name for path in dumps),
            dump_hash=dump_hash,
            pack_bytes=pack_bytes,
        )
        publish(store, folder, built)
    say(f"{build_id}: {article_count} articles with {clue_count} clues")
    return built


def _hash(dumps: Sequence[Path]) -> str:
    if not dumps:
        raise StoreError("no dump was given; name at least one file")
    digest = hashlib.sha256()
    for path in dumps:
        try:
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        except OSError as exc:
            raise StoreError(f"{path}: {exc.strerror}; check the dump's path") from exc
    return digest.hexdigest()


def _present(store: Path, build_id: str) -> BuildInfo | None:
    try:
        pack = Pack(store, build_id)
        if (store / "builds" / build_id / "records.pack").stat().st_size != pack.info.pack_bytes:
            return None
    except (StoreError, OSError):
        return None
    return pack.info


def _gather(
    dumps: Sequence[Path], scratch: BinaryIO, splitter: Splitter, limit: int | None, say: Progress
) -> _Gathered:
    gathered = _Gathered()
    said_at = time.monotonic()
    for path in dumps:
        for page in read_pages(path):
            if page.ns != 0:
                continue
            if page.redirect is not None:
                gathered.redirects.add(page)
                continue
            if limit is not None and gathered.page_count >= limit:
                return gathered
            _gather_article(page, gathered, scratch, splitter)
            if time.monotonic() - said_at > _PROGRESS_EVERY_S:
                said_at = time.monotonic()
                say(f"{path.name}: {gathered.page_count} articles, {len(gathered.redirects)} redirects read")
    return gathered


def _gather_article(page: Page, gathered: _Gathered, scratch: BinaryIO, splitter: Splitter) -> None:
    page_kind = kind(page.title, page.text)
    gathered.kinds[page_kind] += 1
    if page_kind != "article":
        return
    text = prose(page.text)
    paragraphs = [(part, True) for part in text.lead] + [(part, False) for part in text.body]
    sentences = tuple(
        Sentence(text=sentence, paragraph=number, in_lead=in_lead)
        for number, (paragraph, in_lead) in enumerate(paragraphs)
        for sentence in splitter.split(paragraph)
    )
    gathered.frequencies.update({word for sentence in sentences for word in tokens(sentence.text)})
    if len(gathered.frequencies) > MAX_WORDS:
        gathered.frequencies = Counter({word: count for word, count in gathered.frequencies.items() if count > 1})
    draft = msgspec.msgpack.encode(_Draft(title=page.title, bold=text.bold, sentences=sentences))
    scratch.write(_LENGTH.pack(len(draft)) + draft)


def _articles(scratch: BinaryIO, gathered: _Gathered, language: str, say: Progress) -> Iterator[Article]:
    aliases = gathered.redirects.aliases()
    decoder = msgspec.msgpack.Decoder(_Draft)
    article_id = 0
    said_at = time.monotonic()
    while head := scratch.read(_LENGTH.size):
        draft = decoder.decode(scratch.read(_LENGTH.unpack(head)[0]))
        article = _article(draft, article_id, aliases.get(draft.title, ()), gathered, language)
        if len(article.clues) >= MIN_CLUES:
            article_id += 1
            yield article
        if time.monotonic() - said_at > _PROGRESS_EVERY_S:
            said_at = time.monotonic()
            say(f"{article_id} articles written")


def _article(
    draft: _Draft, article_id: int, redirected: tuple[str, ...], gathered: _Gathered, language: str
) -> Article:
    title = draft.title
    aliases = dict.fromkeys((plain_title(title), *redirected))
    # A name that differs in case or accents alone (old CamelCase redirects) is no other name.
    aliases = {name: None for name in aliases if tokens(name) != tokens(title)}
    masker = Masker(title, (*aliases, *draft.bold), is_common=gathered.is_common)
    clues = choose_clues(draft.sentences, masker, gathered.rarity, language=language)
    return Article(
        article_id=article_id,
        title=title,
        aliases=tuple(aliases),
        # Nobody guesses a single letter, and masking one would take every such article of speech with it.
        clues=clues if len(plain_title(title)) > 1 or is_cjk(title) else (),
        summary=summarize([sentence.text for sentence in draft.sentences if sentence.in_lead and sentence.text]),
        url=f"https://{language}.wikipedia.org/wiki/{quote(title.replace(' ', '_'), safe='/:(),_-.~!*')}",
        language=language,
    )
