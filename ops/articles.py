"""The verbs about articles: what makes and warms them here, what looks at them in `ops.article_looks`.

Thin: what they do is `article_data`'s matter; here it is asked for, announced to running servers and printed. What only a
build needs (NumPy, NLTK) is imported by the verbs that build: a server imports this module too, and its memory is dear.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import click
import msgspec

from article_data.store.errors import StoreError
from article_data.store.manifest import BuildInfo
from article_data.store.publishing import prune
from game_state import errors
from game_state.store import Store
from ops import embedded
from ops.article_looks import (
    emit_build,
    find_verb,
    info_verb,
    language_option,
    show_verb,
    stats_verb,
    store_option,
    verify_verb,
)
from ops.command import emit, fail, json_option, read_settings
from ops.settings import Settings

VAR = Path("var")
PRUNED_AFTER_S = 3600.0
"""A build that is no longer current is kept at least so long: a server that does not know the database yet may read it."""


@click.group()
def articles() -> None:
    """The article store."""


for look in (info_verb, show_verb, find_verb, stats_verb, verify_verb):
    articles.add_command(look)


@articles.command("build")
@click.argument("dumps", nargs=-1, required=True, type=click.Path(allow_dash=True, path_type=Path))
@language_option
@store_option
@click.option("--workers", type=click.IntRange(min=1), help="Processes (default: one a core).")
@click.option("--limit", type=click.IntRange(min=1), help="Stop after so many articles.")
@click.option("--pool", type=click.IntRange(min=1), help="Play so many articles at the most, the best known.")
@click.option(
    "--popularity",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of lines `title,score`; without it the links to an article count.",
)
@json_option
@click.pass_obj
def build_verb(
    config: str | None,
    dumps: tuple[Path, ...],
    language: str,
    store: Path | None,
    workers: int | None,
    limit: int | None,
    pool: int | None,
    popularity: Path | None,
    as_json: bool,
) -> None:
    """Build MediaWiki XML dumps (.xml, .bz2, .gz, .zst; - is standard input) into the store and make them current.

    Interrupted, the same command goes on where it was. Running servers take the new build within seconds.
    """
    from article_data.build.building import build
    from article_data.dump.failure import DumpError
    from article_data.language.popularity import PopularityError

    settings = read_settings(config)
    target = store or Path(settings.articles.store)
    try:
        built = build(
            dumps,
            target,
            language=language,
            limit=limit,
            workers=workers,
            popularity=popularity,
            pool_limit=pool,
            stream=sys.stderr,
        )
        announced = asyncio.run(_announce(settings, built)) if target == Path(settings.articles.store) else None
        pruned = [] if announced is None else prune(target, keep=announced, min_age_s=PRUNED_AFTER_S)
    except (DumpError, PopularityError, StoreError, OSError) as error:
        fail(str(error))
    except KeyboardInterrupt:
        click.echo("\nparlor: interrupted; the same command goes on from here", err=True)
        sys.exit(130)
    for build_id in pruned:
        click.echo(f"{build_id}: removed, nobody uses it any more", err=True)
    emit_build(built, as_json)


async def _announce(settings: Settings, built: BuildInfo) -> set[str] | None:
    """Tell running servers of the build; return the builds in use, or None where no database is to be had."""
    running = embedded.find(VAR)
    url = settings.database.url or (running.url if running is not None else None)
    if url is None:
        return None
    try:
        database = await Store.connect(url, size=1)
        try:
            await database.announce_build(built.language, built.build_id)
            return await database.builds_in_use()
        finally:
            await database.close()
    except (errors.StoreError, OSError) as error:
        click.echo(f"parlor: servers were not told ({error}); they look for themselves now and then", err=True)
        return None


@articles.command("warm")
@language_option
@click.option("--count", type=click.IntRange(min=1), default=10_000, show_default=True, help="So many articles.")
@json_option
@click.pass_obj
def warm_verb(config: str | None, language: str, count: int, as_json: bool) -> None:
    """Put the best-known articles into Redis, so that a server that starts finds them there."""
    settings = read_settings(config)
    if settings.redis.url is None:
        fail("there is no Redis to warm: set redis.url; a server warms its own memory by itself")
    warmed, takes_them = asyncio.run(_warm(settings, language, count))
    if not takes_them:
        fail("Redis does not answer: nothing can be put there; see doctor")
    if not warmed:
        fail(f"{settings.articles.store}: no article in language {language!r} can be read; see articles verify")
    emit({"articles": warmed}, as_json, [f"{warmed} articles are in Redis"])


async def _warm(settings: Settings, language: str, count: int) -> tuple[int, bool]:
    """Read articles as a server does: what comes from the store is put into Redis on the way.

    Return how many were read, and whether Redis answered.
    """
    from article_data.reader.reading import Reader

    reader = Reader(Path(settings.articles.store), cache=Path(settings.articles.cache), redis_url=settings.redis.url)
    await reader.start()
    try:
        warmed = await reader.warm(language, count, memory_share=2.0)
        failed = reader.counts().get(("redis", "error"), 0) + reader.counts().get(("redis", "skipped"), 0)
        return warmed, not failed
    finally:
        await reader.close()


@articles.command("doctor")
@json_option
def doctor_verb(as_json: bool) -> None:
    """Say what a build would find of NLTK's data, what is missing and what that costs."""
    from article_data.language.doctor import doctor

    findings = doctor()
    lines = []
    for finding in findings:
        lines.append(f"{'ok     ' if finding.is_installed else 'missing'} {finding.name}: {finding.detail}")
        if finding.command and not finding.is_installed:
            lines.append(f"        {finding.command}")
    emit(msgspec.to_builtins(findings), as_json, lines)
