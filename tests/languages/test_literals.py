"""Finding the bot's sentences in the code, and stopping those that no catalog could hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from languages.literals import Untranslatable, sentences


def test_sentences_are_found_where_a_voice_speaks(tmp_path: Path) -> None:
    (tmp_path / "rules.py").write_text(
        "desk.say(share + '\\n\\n' + self.desk.voice.say('It was ' 'this:'))\n"
        "voice.count('{n} win of {name}', '{n} wins of {name}', text.count('a'), name=voice_of(tag).say('Somebody'))\n"
        "voice.say('{n} of {all}', **parts)\n"
    )
    assert sentences([tmp_path]) == {
        "It was this:": "It was this:",
        "Somebody": "Somebody",
        "{n} of {all}": "{n} of {all}",
        "{n} win of {name}": ("{n} win of {name}", "{n} wins of {name}"),
    }


@pytest.mark.parametrize(
    "code",
    [
        "voice.say(text)",
        "voice.say(f'Hello {name}')",
        "voice.say('a' if x else 'b')",
        "voice.say('')",
        "voice.say('Hello {name}')",
        "voice.say('Hello', name=name)",
        "voice.say('Hello {}', name)",
        "voice.count('{n} day', days, n)",
        "voice.count('{n} day of {name}', '{n} days', n)",
        "voice.count('{n} day', '{n} days')",
        "desk.say('English for all')",
        "voice.count('{n} day', '{n} days', n)\nvoice.count('{n} day', '{n} Days', n)",
    ],
)
def test_what_cannot_be_translated_is_told_with_its_place(tmp_path: Path, code: str) -> None:
    (tmp_path / "rules.py").write_text(code)
    with pytest.raises(Untranslatable, match=r"rules\.py:\d"):
        sentences([tmp_path])
