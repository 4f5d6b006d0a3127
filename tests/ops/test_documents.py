"""The operator's pages say what the code does: every key and every metric, no more and no less."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import msgspec
import pytest

from ops.metrics import Metrics
from ops.settings import CredentialNames, load
from ops.settings_keys import BOT_KEYS, SECTIONS, BotSettings

ROOT = Path(__file__).resolve().parents[2]
CONFIGURATION = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
METRICS = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")


def rows(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def section(title: str) -> str:
    return CONFIGURATION.split(f"\n## `{title}`\n", 1)[1].split("\n## ", 1)[0].split("\n### ", 1)[0]


def documented_credentials() -> dict[str, CredentialNames]:
    table = CONFIGURATION.split("### Credentials", 1)[1]
    found = {}
    for line in table.splitlines():
        if line.startswith("| `"):
            platform, required, optional = line.strip("|").split("|")
            found[platform.strip(" `")] = CredentialNames(
                required=tuple(re.findall("`([a-z_]+)`", required)), optional=tuple(re.findall("`([a-z_]+)`", optional))
            )
    return found


@pytest.mark.parametrize("name", SECTIONS)
def test_each_key_is_documented_with_its_default_and_variable(name: str) -> None:
    fields = {field.name: field for field in msgspec.structs.fields(SECTIONS[name])}
    documented = {row[0].strip("`"): row for row in rows(section(f"[{name}]"))}
    assert documented.keys() == fields.keys()
    for key, (_, _meaning, _unit, default, _example, variable) in documented.items():
        expected = fields[key].default
        assert default == ("unset" if expected is None else f"`{expected}`"), key
        assert f"`PARLOR_{name.upper()}__{key.upper()}`" in variable


def test_each_key_of_a_bot_is_documented_with_its_default() -> None:
    fields = {field.name: field for field in msgspec.structs.fields(BotSettings)}
    documented = {row[0].strip("`"): row for row in rows(section("[[bots]]"))}
    assert documented.keys() == set(BOT_KEYS)
    for key, row in documented.items():
        expected = fields[key].default
        default = "required" if expected is msgspec.NODEFAULT else "unset" if expected is None else f"`{expected}`"
        assert row[3] == default, key


def test_documented_examples_are_accepted() -> None:
    environ = {"PARLOR_SECRET_KEY": "k" * 32}
    for name in SECTIONS:
        for row in rows(section(f"[{name}]")):
            environ[f"PARLOR_{name.upper()}__{row[0].strip('`').upper()}"] = row[4].strip("`")
    for row in rows(section("[[bots]]"))[1:]:
        environ[f"PARLOR_BOTS__QUIZ__{row[0].strip('`').upper()}"] = row[4].strip("`")
    environ |= {"PARLOR_BOTS__QUIZ__TOKEN": "t", "PARLOR_BOTS__QUIZ__WEBHOOK_SECRET": "s"}
    environ["PARLOR_SERVER__DELIVERY_LEASE_S"] = "30"
    settings = load(None, environ, credentials=documented_credentials())
    assert settings.server.processes == 4
    assert settings.bots[0].language == "pt-BR"


def test_the_example_file_is_accepted_and_shows_every_platform(tmp_path: Path) -> None:
    text = (ROOT / "parlor.example.toml").read_text(encoding="utf-8")
    environ = dict.fromkeys(re.findall('"env:([A-Z_]+)"', text), "x" * 32)
    environ |= {"PARLOR_DATABASE_URL": "postgresql://a@b/c", "PARLOR_OWNER_URL": "postgresql://o@b/c"}
    (tmp_path / "parlor.toml").write_text(text, encoding="utf-8")
    for name in re.findall('"file:([^"]+)"', text):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("secret\n", encoding="utf-8")
    settings = load(tmp_path / "parlor.toml", environ, credentials=documented_credentials())
    assert {bot.platform for bot in settings.bots} == documented_credentials().keys()


def test_each_metric_is_documented_with_its_type_and_labels() -> None:
    documented = {
        row[0].strip("`"): (row[1], row[2]) for row in rows(METRICS) if row[0].startswith("`parlor_") and len(row) == 4
    }
    metrics = Metrics(version="1")
    existing = {}
    for family in metrics.registry.collect():
        if family.name.startswith("parlor_"):
            name = family.name + ("_total" if family.type == "counter" else "")
            metric = metrics.registry._names_to_collectors[name]
            labels = ", ".join(f"`{label}`" for label in metric._labelnames)  # type: ignore[attr-defined]
            existing[name] = (family.type, labels)
    assert documented == existing


def test_alerts_name_existing_metrics() -> None:
    page = Metrics(version="1").render()[1].decode()
    for name in set(re.findall(r"parlor_[a-z_]+", METRICS)) - {"parlor_"}:
        assert f"# TYPE {name} " in page


def test_make_help_lists_every_verb() -> None:
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {line.split()[1] for line in listed.splitlines() if line.startswith("  make ")} == {
        "help", "run", "play", "test", "lint", "messages", "bench", "bench-articles", "setup",
    }  # fmt: skip
