"""What all verbs of the command line share: reading the settings, printing facts, ending with a sentence.

Exit codes: 0 fine, 1 failed, 2 usage, 78 bad configuration.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from game_state.rules import GAMES
from ops.settings import CredentialNames, Settings, SettingsError, find_file, load
from platforms import PLATFORMS

EXIT_CONFIG: Final = 78

json_option = click.option("--json", "as_json", is_flag=True, help="Print the facts as JSON.")


def fail(message: str, code: int = 1) -> NoReturn:
    """End with one sentence on standard error."""
    click.echo(f"parlor: {message}", err=True)
    sys.exit(code)


def emit(facts: Any, as_json: bool, lines: Sequence[str]) -> None:
    """Print facts as JSON, or as lines for people."""
    click.echo(json.dumps(facts, indent=2, default=str, ensure_ascii=False) if as_json else "\n".join(lines))


def read_settings(config: str | None) -> Settings:
    """The settings, or exit 78 with all that is wrong."""
    names = {
        name: CredentialNames(required=tuple(p.credentials), optional=tuple(p.optional_credentials))
        for name, p in PLATFORMS.items()
    }
    try:
        path = find_file(config, os.environ, Path.cwd())
        settings = load(path, os.environ, credentials=names, games=tuple(GAMES))
    except SettingsError as error:
        fail("the configuration cannot be used:\n  " + "\n  ".join(error.problems), EXIT_CONFIG)
    wrong = [
        f"bots.{bot.name}: {problem}"
        for bot in settings.bots
        for problem in PLATFORMS[bot.platform].check_credentials(bot.credentials)
    ]
    if wrong:
        fail("the configuration cannot be used:\n  " + "\n  ".join(wrong), EXIT_CONFIG)
    return settings
