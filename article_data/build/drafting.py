"""The first step of a build: the dump's pages become drafts, in shards.

The dump is read by one process, which notes redirects and templates and hands batches of pages to the workers; those
take the markup off, split sentences and count words. Batches are cut by what is in the dump alone, so an interrupted step
reads the dump again and goes on with the first shard that is missing.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import msgspec

from article_data.build.crew import Crew
from article_data.build.draft import Draft, read_shard, shard_path, write_shard
from article_data.build.progress import Progress
from article_data.build.source import Source
from article_data.clues.subject import Sentence
from article_data.dump.kinds import KindStatistics
from article_data.dump.pages import Page
from article_data.dump.redirects import RedirectWriter
from article_data.language.language import Language
from article_data.language.punkt_model import train_punkt
from article_data.wikitext.extract import HOLE, Extract
from article_data.wikitext.holes import mend
from article_data.wikitext.reading import extract

BATCH_CHARS = 2 << 20
"""Wikitext in one shard: small enough to keep all workers busy to the end, large enough to cost no overhead."""
BATCH_PAGES = 2000
TRAINED_CHARS = 300_000
"""Prose that a sentence model is trained on where none is installed."""


class Manner(msgspec.Struct, frozen=True):
    """How pages are read; the same for all workers of a build."""

    language: str
    punkt: str = ""
    """Path of the trained sentence model; "" to use the installed one."""
    namespaces: tuple[tuple[int, str], ...] = ()


class Batch(msgspec.Struct, frozen=True):
    """Pages for one shard."""

    path: str
    manner: Manner
    pages: tuple[tuple[str, int, str], ...]
    """Title, page id, wikitext."""


class Drafted(msgspec.Struct, frozen=True):
    """What the whole step learned."""

    shard_count: int
    article_count: int
    kinds: KindStatistics
    """By the articles' shape and the dump's templates."""


def draft_all(
    source: Source,
    work: Path,
    redirects: RedirectWriter,
    crew: Crew,
    language: str,
    *,
    limit: int | None,
    progress: Progress,
) -> Drafted:
    """Write the drafts' shards into `drafts/` of the work folder and the redirects into their writer."""
    folder = work / "drafts"
    folder.mkdir(exist_ok=True)
    model = work / "punkt"
    kinds = KindStatistics()
    article_count = 0
    shard_count = 0

    def articles() -> Iterator[Page]:
        nonlocal article_count
        for page in source:
            if page.ns == 10:
                kinds.add_template_page(page)
            elif page.ns == 0 and page.redirect is not None:
                redirects.add(page)
            elif page.ns == 0:
                if limit is not None and article_count >= limit:
                    return
                article_count += 1
                yield page

    def batches() -> Iterator[Batch]:
        nonlocal shard_count
        for batch in _cut(articles()):
            if needs_training(language) and not model.exists():
                learn_sentences(batch, model, source.namespaces)
            manner = Manner(language, str(model) if model.exists() else "", source.namespaces)
            path = shard_path(folder, shard_count)
            shard_count += 1
            if not path.with_suffix(".kinds").exists():
                yield Batch(str(path), manner, tuple((page.title, page.page_id, page.text) for page in batch))
            else:
                progress.skipped(source.share)

    for _ in crew.each(draft_batch, batches()):
        progress.tell(source.share, article_count)
    for number in range(shard_count):
        (found,) = read_shard(shard_path(folder, number).with_suffix(".kinds"), KindStatistics)
        kinds.merge(found)
    return Drafted(shard_count, article_count, kinds)


def draft_batch(batch: Batch) -> int:
    """Draft one batch of pages; return how many. Writes the shard, and what it says of kinds last: then it is done."""
    language = opened_language(batch.manner.language, batch.manner.punkt)
    namespaces = dict(batch.manner.namespaces)
    kinds = KindStatistics()
    drafts = []
    for title, page_id, text in batch.pages:
        draft = _draft(title, page_id, extract(text, title=title, namespaces=namespaces), language)
        kinds.add(title, draft.page, draft.prose_chars)
        drafts.append(draft)
    path = Path(batch.path)
    write_shard(path, drafts)
    write_shard(path.with_suffix(".kinds"), [kinds])
    return len(drafts)


def needs_training(language: str) -> bool:
    """Tell whether no sentence model of the language is installed, and one can be trained."""
    return opened_language(language, "").sentence_model == "punkt-plain"


def learn_sentences(pages: list[Page], path: Path, namespaces: tuple[tuple[int, str], ...]) -> None:
    """Train a sentence model on the prose of a batch of pages and leave it at the path."""
    texts: list[str] = []
    chars = 0
    for page in pages:
        for paragraph in extract(page.text, title=page.title, namespaces=dict(namespaces)).paragraphs:
            texts.append(paragraph.text.replace(HOLE, ""))
            chars += len(paragraph.text)
        if chars > TRAINED_CHARS:
            break
    temporary = path.with_suffix(".part")
    temporary.write_bytes(train_punkt(texts))
    os.replace(temporary, path)


@lru_cache(maxsize=2)
def opened_language(code: str, punkt: str) -> Language:
    """Return a language, opened once in each process: it remembers the stems of the words that it has seen."""
    return Language.open(code, punkt=Path(punkt).read_bytes() if punkt else None)


def _draft(title: str, page_id: int, page: Extract, language: Language) -> Draft:
    sentences: list[Sentence] = []
    terms: Counter[str] = Counter()
    prose_chars = 0
    for number, paragraph in enumerate(page.paragraphs):
        for piece in language.sentences(paragraph.text):
            sentence = mend(piece)
            sentences.append(Sentence(text=sentence, paragraph=number, section=paragraph.section))
            prose_chars += len(sentence)
            terms.update(language.stems(sentence))
    return Draft(
        title=title,
        page_id=page_id,
        page=msgspec.structs.replace(page, paragraphs=()),
        sentences=tuple(sentences),
        prose_chars=prose_chars,
        terms=terms,
    )


def _cut(pages: Iterable[Page]) -> Iterator[list[Page]]:
    batch: list[Page] = []
    chars = 0
    for page in pages:
        batch.append(page)
        chars += len(page.text)
        if chars >= BATCH_CHARS or len(batch) >= BATCH_PAGES:
            yield batch
            batch, chars = [], 0
    if batch:
        yield batch
