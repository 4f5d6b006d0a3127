"""Parlor's command line and composition root: what is read, built, wired and started, in reading order.

One module for all verbs, so that what an operator can say stands on one page.

Verbs are thin: they read the settings once, hand them on in slices, and turn what is wrong into one sentence and an exit
code: 0 fine, 1 failed, 2 usage, 78 bad configuration.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import click
import msgspec
import uvloop
from tornado.netutil import bind_sockets

from article_data.store.errors import StoreError as ArticlesError
from article_data.store.manifest import read_current
from game_state.errors import SchemaMismatch, StoreError
from ops import doctor as checks
from ops import embedded, migrate, reported
from ops.articles import articles
from ops.command import EXIT_CONFIG, emit, fail, json_option, read_settings
from ops.log import configure
from ops.settings import Settings, show
from ops.supervise import supervise
from ops.vault import load_or_make_key

VERSION: Final = "0.2.0"
VAR: Final = Path("var")
STARTER: Final = Path(__file__).parent / "articles" / "starter.xml"


class Place(msgspec.Struct, frozen=True):
    """Where this Parlor's state is: settings, database URLs, the secret key."""

    settings: Settings
    url: str
    owner_url: str
    secret: str


@contextmanager
def opened_place(settings: Settings, *, join: bool = False, look_only: bool = False) -> Iterator[Place]:
    """The database that the settings name, or the embedded one, started, migrated and stopped again.

    `join`: go on with an embedded database that another process runs. `look_only`: do not migrate it. Exits with a sentence
    when there is none to be had.
    """
    database = settings.database
    if database.url is not None:
        if settings.server.secret_key is None:
            fail("server.secret_key is missing: set PARLOR_SECRET_KEY", EXIT_CONFIG)
        yield Place(settings, database.url, database.owner_url or database.url, settings.server.secret_key)
        return
    secret = settings.server.secret_key or load_or_make_key(VAR)
    running = embedded.find(VAR) if join else None
    if running is not None:
        yield Place(settings, running.url, running.owner_url, secret)
        return
    try:
        with embedded.claim(VAR), embedded.start(VAR) as started:
            if started.note:
                click.echo(started.note, err=True)
            if not look_only:
                asyncio.run(migrate.up(started.owner_url, urlsplit(started.url).username or ""))
            yield Place(settings, started.url, started.owner_url, secret)
    except (embedded.AlreadyRunning, embedded.ClusterError, migrate.SchemaError) as error:
        fail(str(error))


def ensure_articles(settings: Settings) -> None:
    """Build the starter articles where the store holds none yet."""
    store = Path(settings.articles.store)
    try:
        if read_current(store):
            return
    except (ArticlesError, OSError) as error:
        click.echo(f"parlor: no articles to play with: {error}", err=True)
        return
    # In a process of its own: what a build imports would stay in this one's memory.
    verb = [sys.executable, __file__, "articles", "build", str(STARTER), "--store", str(store.absolute())]
    if subprocess.run(verb, stdout=subprocess.DEVNULL, check=False).returncode:  # noqa: S603 - our own program
        click.echo("parlor: there are no articles to play with; the games say so", err=True)


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--config", metavar="FILE", help="The configuration (default: PARLOR_CONFIG, else parlor.toml).")
@click.pass_context
def cli(context: click.Context, config: str | None) -> None:
    """Parlor: chat games over Wikipedia. Without a command: serve."""
    context.obj = config
    if context.invoked_subcommand is None:
        context.invoke(serve)


@cli.command()
@click.pass_obj
def serve(config: str | None) -> None:
    """Serve webhooks, the web chat, probes and metrics."""
    # Before the cores are forked, so that they share it; the verbs that run no core answer in half the time without it.
    import handlers.core  # noqa: F401
    from nlu.orders import prepare

    settings = read_settings(config)
    configure()
    begun = time.monotonic()
    for language in {bot.language for bot in settings.bots}:
        prepare(language)
    server = settings.server
    port = server.port
    try:
        sockets = bind_sockets(port, server.host, backlog=1024)
        port = server.admin_port or 0
        admin = None if server.admin_port is None else [
            bind_sockets(server.admin_port + index if server.admin_port else 0, server.host)
            for index in range(server.processes)
        ]  # fmt: skip
    except OSError as error:
        fail(
            f"cannot listen on {server.host}:{server.port}: {error.strerror}. Is Parlor running already? PORT=… changes it"
        )
    # Until the loop takes the signal over: what was started by then is stopped again.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(128 + signal.SIGTERM))
    with opened_place(settings) as place:
        ensure_articles(settings)

        def run(index: int) -> int:
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                return runner.run(_serve(place, sockets, admin[index] if admin else [], begun, tell=index == 0))

        several = server.processes > 1
        code = supervise(server.processes, run, lambda text: click.echo(text, err=True)) if several else run(0)
    sys.stdout.flush()
    sys.stderr.flush()
    # Without waiting for threads that hang in the article store's file system.
    os._exit(code)


async def _serve(
    place: Place, sockets: list[socket.socket], admin: list[socket.socket], begun: float, *, tell: bool
) -> int:
    # What was made by now lives as long as the process. With Python's own thresholds the collector looked at young objects hundreds
    # of times a second under load, and found none to collect.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    from handlers.core import Core

    try:
        core = await Core.start(
            place.settings, url=place.url, secret=place.secret, version=VERSION, sockets=sockets, admin_sockets=admin
        )
    except (migrate.SchemaError, SchemaMismatch) as error:
        click.echo(f"parlor: {error}", err=True)
        return EXIT_CONFIG
    except StoreError as error:
        click.echo(f"parlor: {error}", err=True)
        return 1
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if tell:
        where = f"http://{place.settings.server.host}:{core.port}"
        web = next((bot for bot in place.settings.bots if bot.platform == "web"), None)
        click.echo(
            f"Parlor is ready after {time.monotonic() - begun:.1f} s: "
            + (f"play at {where}/play" if web else f"webhooks at {where}/webhooks/<platform>/<bot>")
            + "  (Ctrl-C stops it)"
        )
    core.pulse.failed.add_done_callback(lambda _: stop.set())
    await stop.wait()
    await core.drain()
    if core.pulse.failed.done():
        click.echo(f"parlor: a task of the core ended: {core.pulse.failed.exception()!r}", err=True)
        return 1
    return 0


@cli.command()
@click.pass_obj
def play(config: str | None) -> None:
    """Play the game here, in the terminal."""
    from handlers.terminal import play_in_terminal

    settings = read_settings(config)
    configure(level="error")
    if not any(bot.platform == "web" for bot in settings.bots):
        fail('the terminal plays as the web chat does: add a bot with platform = "web"', EXIT_CONFIG)
    with opened_place(settings, join=True) as place:
        ensure_articles(settings)
        try:
            asyncio.run(play_in_terminal(settings, place.url, place.secret, VERSION))
        except (StoreError, migrate.SchemaError) as error:
            fail(str(error))
        except KeyboardInterrupt:
            click.echo()


@cli.group("migrate")
def migrate_group() -> None:
    """The database's schema."""


@migrate_group.command("status")
@json_option
@click.pass_obj
def migrate_status(config: str | None, as_json: bool) -> None:
    """Show what is applied and what is pending; exit 1 when something is."""
    with opened_place(read_settings(config), join=True, look_only=True) as place:
        try:
            status = asyncio.run(migrate.status(place.owner_url))
        except migrate.SchemaError as error:
            fail(str(error))
    facts = msgspec.to_builtins(status)
    shown = {key: ", ".join(value) if isinstance(value, tuple | list) else str(value) for key, value in facts.items()}
    emit(facts, as_json, [f"{key.replace('_', ' ')}: {value or 'none'}" for key, value in shown.items()])
    sys.exit(0 if status.ready else 1)


@migrate_group.command("up")
@json_option
@click.pass_obj
def migrate_up(config: str | None, as_json: bool) -> None:
    """Apply what is pending, as the owner."""
    # Looking only: started here, the embedded database would be migrated before it could be told what was pending.
    with opened_place(read_settings(config), join=True, look_only=True) as place:
        try:
            applied = asyncio.run(migrate.up(place.owner_url, urlsplit(place.url).username or ""))
        except migrate.SchemaError as error:
            fail(str(error))
    facts = msgspec.to_builtins(applied)
    emit(
        facts,
        as_json,
        [
            f"schema version {applied.version}; applied now: {', '.join((*applied.migrations, *applied.functions)) or 'nothing'}"
        ],
    )


@cli.command()
@json_option
@click.pass_obj
def doctor(config: str | None, as_json: bool) -> None:
    """Check configuration, database, schema, store, Redis and credentials, and say what to do; exit 1 when one is BAD."""
    settings = read_settings(config)
    configure(level="error")
    with opened_place(settings, join=True, look_only=True) as place:
        findings = asyncio.run(checks.examine(settings, place.url, place.owner_url, place.secret))
    emit(msgspec.to_builtins(findings), as_json, [line for finding in findings for line in checks.lines(finding)])
    sys.exit(0 if all(finding.ok for finding in findings) else 1)


@cli.command("replay")
@click.argument("conversation", type=click.IntRange(min=1))
@click.option(
    "--from",
    "start",
    type=click.IntRange(min=1),
    default=1,
    help="Compare from this message on; those before are only played.",
)
@json_option
@click.pass_obj
def replay_verb(config: str | None, conversation: int, start: int, as_json: bool) -> None:
    """Play a conversation again from its log and show the first difference; exit 1 when there is one, or something is missing.

    CONVERSATION is its number in the database: the field `conversation` of the server's log lines, or found as docs/sql.md says.
    """
    from ops import replay

    settings = read_settings(config)
    configure(level="error")
    with opened_place(settings, join=True, look_only=True) as place:
        try:
            found = asyncio.run(replay.replay(settings, place.url, conversation, start=start, release=VERSION))
        except StoreError as error:
            fail(str(error))
    emit(msgspec.to_builtins(found), as_json, replay.lines(found))
    sys.exit(0 if found.difference is None and found.problem is None else 1)


@cli.group("clues")
def clues_group() -> None:
    """Clues that players reported."""


@clues_group.command("reported")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help="Show so many clues, those that most people reported first.",
)
@json_option
@click.pass_obj
def clues_reported(config: str | None, limit: int, as_json: bool) -> None:
    """List reported clues; those that three people reported are out of play."""
    with opened_place(read_settings(config), join=True, look_only=True) as place:
        try:
            rows = asyncio.run(reported.reported(place.url, limit))
        except StoreError as error:
            fail(str(error))
    emit(msgspec.to_builtins(rows), as_json, reported.lines(rows))


@clues_group.command("pardon")
@click.argument("language")
@click.argument("title")
@json_option
@click.pass_obj
def clues_pardon(config: str | None, language: str, title: str, as_json: bool) -> None:
    """Forget the reports of an article's clues: they come back into play; exit 1 when there were none.

    LANGUAGE and TITLE as `clues reported` lists them, the title in quotes where it has spaces.
    """
    with opened_place(read_settings(config), join=True, look_only=True) as place:
        try:
            count = asyncio.run(reported.pardon(place.url, language, title))
        except StoreError as error:
            fail(str(error))
    emit(
        {"clues": count},
        as_json,
        [
            f"the reports of {count} {'clue' if count == 1 else 'clues'} of {title!r} are forgotten; what was out comes back"
            if count
            else f"no clue of {title!r} in {language!r} was reported: `clues reported` lists those that were"
        ],
    )
    sys.exit(0 if count else 1)


@cli.group("config")
def config_group() -> None:
    """The configuration."""


@config_group.command("show")
@json_option
@click.pass_obj
def config_show(config: str | None, as_json: bool) -> None:
    """Show the settings in force, secrets hidden."""
    facts = show(read_settings(config))
    emit(facts, as_json, [f"{key} = {value}" for key, value in checks.flat(facts)])


@cli.command()
@json_option
def version(as_json: bool) -> None:
    """Show versions."""
    facts = {"parlor": VERSION, "python": sys.version.split()[0], "schema": migrate.required_version()}
    emit(facts, as_json, [f"{name} {value}" for name, value in facts.items()])


cli.add_command(articles)


if __name__ == "__main__":
    cli(prog_name="server.py")
