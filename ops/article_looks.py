"""The verbs that look at built articles: info, show, find, stats, verify.

Owns what is shown of a build, to people and as JSON; `ops.articles` has the verbs that make one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import msgspec

from article_data.store.build import Build
from article_data.store.codec import decode_article, decode_text
from article_data.store.errors import StoreError
from article_data.store.manifest import BuildInfo, info, read_current
from article_data.store.verifying import verify
from ops.command import emit, fail, json_option, read_settings

language_option = click.option("--language", default="en", show_default=True, help="The articles' language.")
store_option = click.option(
    "--store", type=click.Path(file_okay=False, path_type=Path), help="The store (default: articles.store)."
)


@click.command("info")
@language_option
@store_option
@json_option
@click.pass_obj
def info_verb(config: str | None, language: str, store: Path | None, as_json: bool) -> None:
    """Show the current build of a language."""
    try:
        found = info(store or Path(read_settings(config).articles.store), language)
    except StoreError as error:
        fail(str(error))
    emit_build(found, as_json)


@click.command("show")
@click.argument("title", nargs=-1, required=True)
@language_option
@store_option
@click.option("--text", "with_text", is_flag=True, help="The prose and the links too.")
@json_option
@click.pass_obj
def show_verb(
    config: str | None, title: tuple[str, ...], language: str, store: Path | None, with_text: bool, as_json: bool
) -> None:
    """Show an article, by its title, another name of it, or its number."""
    wanted = " ".join(title)
    with _opened(config, store, language) as opened:
        article_id = _place(opened, wanted)
        if article_id is None:
            near = ", ".join(match.name for match in opened.names.fuzzy(wanted))
            fail(f"there is no article {wanted!r}" + (f"; did you mean {near}?" if near else ""))
        article = decode_article(opened.records.unpack(opened.records.read(article_id)))
        facts = msgspec.to_builtins(article)
        lines = [f"{key.replace('_', ' ')}: {_shown(value)}" for key, value in facts.items() if key != "clues"]
        lines += ["clues:", *(f"  {number}. {clue}" for number, clue in enumerate(article.clues, 1))]
        if with_text:
            text = decode_text(opened.texts.unpack(opened.texts.read(article_id)))
            facts["text"] = msgspec.to_builtins(text)
            for section in text.sections:
                lines += ["", *([f"== {section.title} =="] if section.title else []), *section.paragraphs]
            lines += ["", "links: " + ", ".join(link.target for link in text.links)]
    emit(facts, as_json, lines)


def _place(opened: Build, wanted: str) -> int | None:
    if wanted.isdecimal() and int(wanted) < opened.info.article_count:
        return int(wanted)
    return next((hit.article_id for hit in opened.names.exact(wanted)), None)


@click.command("find")
@click.argument("text", nargs=-1, required=True)
@language_option
@store_option
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="Show so many at the most.")
@json_option
@click.pass_obj
def find_verb(
    config: str | None, text: tuple[str, ...], language: str, store: Path | None, limit: int, as_json: bool
) -> None:
    """Find articles by a name, exactly or nearly; exit 1 when there is none."""
    wanted = " ".join(text)
    with _opened(config, store, language) as opened:
        exact = [(wanted, hit.article_id, hit.kind, 0) for hit in opened.names.exact(wanted)]
        near = [(m.name, m.article_id, m.kind, m.distance) for m in opened.names.fuzzy(wanted, limit=limit)]
        found = list(dict.fromkeys(exact + [row for row in near if row[3] > 0]))[:limit]
        facts = [
            {"title": _title(opened, place), "name": name, "article_id": place, "kind": kind, "distance": distance}
            for name, place, kind, distance in found
        ]
    emit(facts, as_json, [f"{fact['title']}  ({fact['kind']}, distance {fact['distance']})" for fact in facts])
    if not facts:
        fail(f"nothing is called {wanted!r} or nearly so")


def _title(opened: Build, article_id: int) -> str:
    return decode_article(opened.records.unpack(opened.records.read(article_id))).title


@click.command("stats")
@language_option
@store_option
@json_option
@click.pass_obj
def stats_verb(config: str | None, language: str, store: Path | None, as_json: bool) -> None:
    """Show what can be played: topics, difficulties, counts and sizes."""
    with _opened(config, store, language) as opened:
        found = opened.info
        facts = {
            "build_id": found.build_id,
            "pool": found.pool_size,
            "clues_per_article": round(found.clue_count / max(1, found.pool_size), 1),
            "kinds": {
                "article": found.article_count - found.disambiguation_count - found.list_count - found.stub_count,
                "disambiguation": found.disambiguation_count,
                "list": found.list_count,
                "stub": found.stub_count,
            },
            "difficulties": {level: opened.pool.size(difficulty=level) for level in ("easy", "medium", "hard")},
            "topics": opened.pool.topics(),
            "links": opened.graph.counts.link_count,
            "names": len(opened.names),
            "bytes": {name: file.size for name, file in found.files.items()},
        }
    emit(facts, as_json, [f"{key.replace('_', ' ')}: {_shown(value)}" for key, value in facts.items()])


@click.command("verify")
@language_option
@store_option
@json_option
@click.pass_obj
def verify_verb(config: str | None, language: str, store: Path | None, as_json: bool) -> None:
    """Read the current build whole and check all of it; exit 1 when something is wrong."""
    target = store or Path(read_settings(config).articles.store)
    try:
        build_id = read_current(target).get(language)
        if build_id is None:
            fail(f"{target}: there are no articles in language {language!r}; build them first")
        problems = verify(target, build_id)
    except StoreError as error:
        fail(str(error))
    lines = [
        f"{problem.file}: {problem.where + ': ' if problem.where else ''}{problem.what}" for problem in problems
    ] or [f"{build_id}: all is well"]
    emit({"build_id": build_id, "problems": msgspec.to_builtins(problems)}, as_json, lines)
    sys.exit(1 if problems else 0)


@contextmanager
def _opened(config: str | None, store: Path | None, language: str) -> Iterator[Build]:
    settings = read_settings(config)
    target = store or Path(settings.articles.store)
    try:
        build_id = read_current(target).get(language)
        if build_id is None:
            fail(f"{target}: there are no articles in language {language!r}; build them first")
        yield Build.open(target, build_id, Path(settings.articles.cache))
    except (StoreError, OSError) as error:
        fail(str(error))


def emit_build(found: BuildInfo, as_json: bool) -> None:
    facts = msgspec.to_builtins(found)
    lines = [f"{key.replace('_', ' ')}: {_shown(value)}" for key, value in facts.items() if key != "files"]
    emit(facts, as_json, lines)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_shown(part)}" for key, part in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(_shown(part) for part in value)
    return str(value)
