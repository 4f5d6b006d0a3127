"""The bot's sentences in every language: all there, none left over, nothing lost on the way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from languages import messages
from languages.literals import Sentence, sentences
from languages.messages import SPEAKING, TRANSLATED, catalog_of, faults, text_of
from languages.voice import CATALOGS, LANGUAGES, NAMES, voice_of

COMMAND = r"(?<!\w)/[a-z]+"

in_each_language = pytest.mark.parametrize("language", TRANSLATED)


@pytest.fixture(scope="module")
def said() -> dict[str, Sentence]:
    found = sentences(SPEAKING)
    assert len(found) > 100, "the bot says more than that: are its sentences still found?"
    return found


@in_each_language
def test_everything_the_code_says_is_translated(said: dict[str, Sentence], language: str) -> None:
    assert faults(said, catalog_of(language)) == []


@in_each_language
def test_catalog_is_as_the_upkeep_writes_it(said: dict[str, Sentence], language: str) -> None:
    written = text_of(language, said, catalog_of(language))
    assert (CATALOGS / f"{language}.po").read_text(encoding="utf-8") == written


def test_there_is_a_catalog_for_every_language_and_no_other() -> None:
    assert {path.stem for path in CATALOGS.glob("*.po")} == set(LANGUAGES) - {"en"}


@in_each_language
def test_commands_stay_as_they_are_typed(said: dict[str, Sentence], language: str) -> None:
    voice = voice_of(language)
    for text in (sentence for sentence in said.values() if isinstance(sentence, str)):
        assert re.findall(COMMAND, voice.say(text)) == re.findall(COMMAND, text), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bot_names_the_language_that_it_speaks(language: str) -> None:
    assert NAMES[language].casefold() in voice_of(language).say("I speak English now.").casefold()


def test_upkeep_keeps_translations_adds_what_is_new_and_drops_what_is_said_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules, catalogs = tmp_path / "rules", tmp_path / "catalogs"
    rules.mkdir()
    code = rules / "greeting.py"
    monkeypatch.setattr(messages, "SPEAKING", (rules,))
    monkeypatch.setattr(messages, "CATALOGS", catalogs)
    monkeypatch.setattr(messages, "TRANSLATED", ("de",))
    runner = CliRunner()

    code.write_text('voice.say("Hello, {name}! 100 % fun", name=x)\nvoice.say("Old")')
    assert runner.invoke(messages.main).exit_code == 0
    german = catalogs / "de.po"
    filled = german.read_text().replace('fun"\nmsgstr ""', 'fun"\nmsgstr "Hallo {name}! 100 % Spaß"')
    german.write_text(filled.replace('"Old"\nmsgstr ""', '"Old"\nmsgstr "Alt"'))
    assert runner.invoke(messages.main, ["--check"]).output == "2 sentences\n"

    code.write_text('voice.say("Hello, {name}! 100 % fun", name=x)\nvoice.count("{n} day", "{n} days", n)')
    checked = runner.invoke(messages.main, ["--check"])
    assert checked.exit_code == 1
    assert "de: missing: {n} day\n" in checked.output
    assert "de: said no more: Old\n" in checked.output
    assert runner.invoke(messages.main).exit_code == 0
    kept = german.read_text()
    assert 'msgstr "Hallo {name}! 100 % Spaß"' in kept
    assert "Alt" not in kept
    assert kept.endswith('msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] ""\nmsgstr[1] ""\n')
    runner.invoke(messages.main)
    assert german.read_text() == kept, "a second time changes nothing"


@pytest.mark.parametrize(
    ("translated", "fault"),
    [
        ('msgstr ""', "missing: Hi {name}"),
        ('msgstr "Hallo {nam}"', "other parts: Hi {name}"),
        ('msgstr "Hallo {name"', "other parts: Hi {name}"),
        ('msgstr "Hallo"', "other parts: Hi {name}"),
    ],
)
def test_a_translation_that_would_break_is_told(tmp_path: Path, translated: str, fault: str) -> None:
    (tmp_path / "de.po").write_text(f'msgid "Hi {{name}}"\n{translated}\n')
    assert faults({"Hi {name}": "Hi {name}"}, catalog_of("de", tmp_path)) == [fault]


def test_a_fuzzy_translation_is_told(tmp_path: Path) -> None:
    (tmp_path / "de.po").write_text('#, fuzzy\nmsgid "Hi"\nmsgstr "Hallo"\n')
    assert faults({"Hi": "Hi"}, catalog_of("de", tmp_path)) == ["fuzzy: Hi"]
