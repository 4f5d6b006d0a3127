"""The voice: sentences, plurals and parts in a language, English where a catalog cannot help."""

from __future__ import annotations

from pathlib import Path

import pytest

from languages.voice import LANGUAGES, Voice, voice_of

CATALOG = """\
msgid ""
msgstr ""
"Language: fr\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "Hello, {name}!"
msgstr "Ça va, {name} ?"

#, fuzzy
msgid "Skip"
msgstr "Sauter"

msgid "Hint"
msgstr ""

msgid "{n} point"
msgid_plural "{n} points"
msgstr[0] "{n} petit point"
msgstr[1] "{n} petits points"

msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "{n} jour"
msgstr[1] ""
"""


@pytest.fixture
def french(tmp_path: Path) -> Voice:
    (tmp_path / "fr.po").write_text(CATALOG, encoding="utf-8")
    return Voice("fr", tmp_path)


def test_a_sentence_is_said_with_its_parts(french: Voice) -> None:
    assert french.say("Hello, {name}!", name="Ana") == "Ça va, Ana ?"


@pytest.mark.parametrize("name", ["{", "}", "{0}", "{name}", "{name!r:>{w}}", "100 %s %(n)d", "\\"])
def test_what_a_player_writes_is_never_read_as_parts(french: Voice, name: str) -> None:
    assert french.say("Hello, {name}!", name=name) == f"Ça va, {name} ?"
    assert french.count("{n} for {name}", "{n} for {name}", 2, name=name) == f"2 for {name}"


def test_a_part_may_have_any_name(french: Voice) -> None:
    assert french.say("{text} {self}", text="a", self="b") == "a b"
    assert french.count("{n} {one} {many}", "{n} {one} {many}", 3, one="a", many="b") == "3 a b"


@pytest.mark.parametrize("text", ["Hint", "Skip", "Nobody knows this one"])
def test_missing_and_fuzzy_sentences_are_said_in_english(french: Voice, text: str) -> None:
    assert french.say(text) == text


def test_a_count_has_the_languages_plural(french: Voice) -> None:
    said = [french.count("{n} point", "{n} points", n) for n in (0, 1, 2)]
    assert said == ["0 petit point", "1 petit point", "2 petits points"]


def test_half_a_plural_is_said_in_english(french: Voice) -> None:
    assert [french.count("{n} day", "{n} days", n) for n in (0, 1, 2)] == ["0 days", "1 day", "2 days"]


@pytest.mark.parametrize(
    ("language", "none"),
    [
        ("en", "0 points"),
        ("de", "0 Punkte"),
        ("es", "0 puntos"),
        ("fr", "0 point"),
        ("it", "0 punti"),
        ("pt", "0 ponto"),
    ],
)
def test_each_language_counts_from_nothing_as_its_speakers_do(language: str, none: str) -> None:
    assert voice_of(language).count("{n} point", "{n} points", 0) == none


@pytest.mark.parametrize(
    ("tag", "language"), [("pt-br", "pt"), ("de", "de"), ("FR-ca", "fr"), ("en-GB", "en"), ("ja", "en"), ("", "en")]
)
def test_a_tag_gets_its_language_or_english(tag: str, language: str) -> None:
    assert voice_of(tag).language == language


def test_a_catalog_is_read_once_however_many_tags_are_spoken() -> None:
    voices = {id(voice_of(f"{language}-{region}")) for region in "abcdefghij" for language in LANGUAGES}
    assert len(voices) == len(LANGUAGES)
