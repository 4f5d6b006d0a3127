"""The settings: one frozen object, read once by `server.py` and handed on in slices.

Owns reading `parlor.toml` and its overrides; the keys themselves are in `ops/settings_keys.py`. May not read the
process's environment or know a platform: both come as arguments. All that is wrong is told at once.

A value comes from, the first that has it: `PARLOR_SECTION__KEY` (a bot's: `PARLOR_BOTS__NAME__KEY`), the short names
PORT and PARLOR_SECRET_KEY, the file, the default. An empty variable counts as none. Any text may be `env:NAME` or
`file:PATH`.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from ops.secrets import MissingSecret, resolve
from ops.settings_keys import (
    BOT_KEYS,
    SECTIONS,
    Articles,
    BotSettings,
    CredentialNames,
    Database,
    Redis,
    Server,
    Settings,
    show,
)

__all__ = [
    "Articles",
    "BotSettings",
    "CredentialNames",
    "Database",
    "Redis",
    "Server",
    "Settings",
    "SettingsError",
    "find_file",
    "load",
    "show",
]

FILE: Final = "parlor.toml"
SECRET_KEY_CHARS: Final = 32
"""Shortest secret key: 128 bits written as hexadecimal digits."""
_PREFIX: Final = "PARLOR_"
_SHORT_NAMES: Final = {("server", "port"): "PORT", ("server", "secret_key"): "PARLOR_SECRET_KEY"}


class SettingsError(Exception):
    """The configuration cannot be used; each problem names its key. For the operator; the exit code is 78."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def find_file(option: str | None, environ: Mapping[str, str], directory: Path) -> Path | None:
    """The configuration file: `--config`, else PARLOR_CONFIG, else `parlor.toml` in `directory`, else None."""
    if chosen := option or environ.get("PARLOR_CONFIG"):
        return directory / Path(chosen).expanduser()
    return directory / FILE if (directory / FILE).exists() else None


def load(
    path: Path | None,
    environ: Mapping[str, str],
    *,
    credentials: Mapping[str, CredentialNames],
    games: Collection[str] = ("guess", "echo"),
) -> Settings:
    """Read the file (None: only defaults and environment) and check every key. Raises SettingsError.

    `credentials` names the platforms that exist and what each needs. With no file and no bot in the environment there
    is one web bot, "parlor".
    """
    reader = _Reader(path, environ)
    sections = {name: reader.section(name, kind) for name, kind in SECTIONS.items()}
    bots = reader.bots(credentials, games)
    if path is None and not bots and not reader.problems:
        bots = [BotSettings(name="parlor", platform="web")]
    reader.check_together(sections)
    if reader.problems:
        raise SettingsError(reader.problems)
    return Settings(
        server=msgspec.convert(sections["server"], Server),
        database=msgspec.convert(sections["database"], Database),
        redis=msgspec.convert(sections["redis"], Redis),
        articles=msgspec.convert(sections["articles"], Articles),
        bots=tuple(bots),
    )


class _Reader:
    """Collects values and, beside them, everything that is wrong."""

    def __init__(self, path: Path | None, environ: Mapping[str, str]) -> None:
        self.problems: list[str] = []
        self._environ = environ
        self._directory = path.parent if path else Path()
        self._file = _parsed(path) if path else {}
        self._overrides = self._read_overrides()
        for name in self._file:
            if name not in SECTIONS and name != "bots":
                self._unknown(name, (*SECTIONS, "bots"))

    def section(self, name: str, kind: type[msgspec.Struct]) -> dict[str, Any]:
        """The section's values that are given and right."""
        table = self._file.get(name, {})
        if not isinstance(table, dict):
            self.problems.append(f"{name}: is a section, written [{name}]")
            table = {}
        fields = {field.name: field.type for field in msgspec.structs.fields(kind)}
        found = self._merged((name,), table)
        values = {}
        for key, (raw, source) in found.items():
            if key not in fields:
                self._unknown(source or f"{name}.{key}", fields, key)
            elif (value := self._value(f"{name}.{key}", raw, source, fields[key])) is not None:
                values[key] = value
        return values

    def bots(self, credentials: Mapping[str, CredentialNames], games: Collection[str]) -> list[BotSettings]:
        """The bots that are right, those of the file first."""
        tables = self._file.get("bots", [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self.problems.append("bots: is a list, each written under [[bots]]")
            tables = []
        named: dict[str, dict[str, Any]] = {}
        for place, table in enumerate(tables, 1):
            name = table.get("name")
            if not isinstance(name, str):
                self.problems.append(f"bots[{place}].name: missing")
            elif name in named:
                self.problems.append(f"bots.{name}: the name is used twice")
            else:
                named[name] = table
        for section in self._overrides:
            if section[0] == "bots" and section[1] not in named:
                named[section[1]] = {"name": section[1]}
        made = (self._bot(name, table, credentials, games) for name, table in named.items())
        return [bot for bot in made if bot is not None]

    def _bot(
        self, name: str, table: dict[str, Any], platforms: Mapping[str, CredentialNames], games: Collection[str]
    ) -> BotSettings | None:
        known_problems = len(self.problems)
        found = self._merged(("bots", name), table)
        platform = found.get("platform", (None, None))[0]
        if platform is None:
            self.problems.append(f"bots.{name}.platform: missing, one of {', '.join(platforms)}")
            return None
        if platform not in platforms:
            self.problems.append(f"bots.{name}.platform: unknown, one of {', '.join(platforms)}")
            return None
        needed = platforms[platform]
        fields = {field.name: field.type for field in msgspec.structs.fields(BotSettings)}
        secrets = (*needed.required, *needed.optional)
        values: dict[str, Any] = {}
        held: dict[str, str] = {}
        for key, (raw, source) in found.items():
            dotted = f"bots.{name}.{key}"
            if key in secrets:
                held[key] = self._value(dotted, raw, source, str)
            elif key in BOT_KEYS and not (key == "name" and source):
                values[key] = self._value(dotted, raw, source, fields[key])
            else:
                self._unknown(source or dotted, (*BOT_KEYS, *secrets), key)
        for key in needed.required:
            if key not in held:
                self.problems.append(f"bots.{name}.{key}: missing, {platform} needs it")
        if (game := values.get("game", "guess")) not in games and game is not None:
            self.problems.append(f"bots.{name}.game: unknown, one of {', '.join(sorted(games))}")
        if len(self.problems) > known_problems:
            return None
        if base := values.get("api_base"):
            values["api_base"] = base.rstrip("/")
        return BotSettings(**values, credentials=held)

    def check_together(self, sections: Mapping[str, Mapping[str, Any]]) -> None:
        """The rules between keys."""
        if self.problems:
            return
        server = msgspec.convert(sections["server"], Server)
        database = msgspec.convert(sections["database"], Database)
        if server.delivery_lease_s <= server.send_timeout_s + server.turn_lease_s / 3:
            # A send that outlives its lease would be sent by a second process as well; the heartbeat comes thrice a turn lease.
            self.problems.append(
                "server.delivery_lease_s: has to be longer than server.send_timeout_s and a third of server.turn_lease_s"
            )
        if server.delivery_lease_s < server.turn_lease_s:
            self.problems.append("server.delivery_lease_s: has to be as long as server.turn_lease_s at least")
        if database.owner_url and not database.url:
            self.problems.append("database.url: missing, database.owner_url alone serves nobody")
        if database.url and server.secret_key is None:
            self.problems.append("server.secret_key: missing, a database of your own needs it: set PARLOR_SECRET_KEY")
        if server.secret_key is not None and len(server.secret_key) < SECRET_KEY_CHARS:
            self.problems.append(
                f"server.secret_key: at least {SECRET_KEY_CHARS} characters, made with `openssl rand -hex 32`"
            )

    def _read_overrides(self) -> dict[tuple[str, ...], dict[str, tuple[str, str]]]:
        """By section, or by ("bots", name): key → (value, the variable's name)."""
        found: dict[tuple[str, ...], dict[str, tuple[str, str]]] = {}
        for (section, key), name in _SHORT_NAMES.items():
            if value := self._environ.get(name):
                found.setdefault((section,), {})[key] = (value, name)
        for name, value in sorted(self._environ.items()):
            # Without "__" it is not ours: an orchestrator sets PARLOR_SERVICE_HOST for a service named parlor.
            if not name.startswith(_PREFIX) or "__" not in name or not value:
                continue
            match name.removeprefix(_PREFIX).lower().split("__"):
                case ["bots", bot, key]:
                    found.setdefault(("bots", bot.replace("_", "-")), {})[key] = (value, name)
                case [section, key] if section in SECTIONS:
                    found.setdefault((section,), {})[key] = (value, name)
                case _:
                    self.problems.append(f"{name}: unknown, written PARLOR_SECTION__KEY or PARLOR_BOTS__NAME__KEY")
        return found

    def _merged(self, section: tuple[str, ...], table: Mapping[str, Any]) -> dict[str, tuple[Any, str | None]]:
        """Key → (value, the variable that it came from or None for the file)."""
        return {**{key: (raw, None) for key, raw in table.items()}, **self._overrides.get(section, {})}

    def _value(self, dotted: str, raw: Any, source: str | None, kind: Any) -> Any:
        """The value, its secret fetched and its type checked; None after noting what is wrong. Never shows it."""
        place = f"{dotted} ({source})" if source else dotted
        value = raw
        if isinstance(raw, str):
            try:
                value = resolve(raw, self._environ, self._directory)
            except MissingSecret as error:
                self.problems.append(f"{place}: {error}")
                return None
        try:
            # What is not written in the file itself is text, whatever the key's type.
            return msgspec.convert(value, kind, strict=source is None and value is raw)
        except msgspec.ValidationError as error:
            self.problems.append(f"{place}: {error}")
            return None

    def _unknown(self, place: str, known: Iterable[str], key: str | None = None) -> None:
        near = difflib.get_close_matches(key or place, tuple(known), n=1)
        self.problems.append(f"{place}: unknown key" + (f", perhaps {near[0]}?" if near else ""))


def _parsed(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except OSError as error:
        raise SettingsError([f"{path}: cannot be read: {error.strerror}"]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError([f"{path}: is not TOML: {error}"]) from error
