"""How well words that the classifier has never seen are understood, and how rarely talk among people is taken for an order."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from languages.voice import LANGUAGES
from nlu.lexicon import key_of, lexicon
from nlu.orders import LIKELY, SURE, read_phrase

_HELD_OUT = tomllib.loads((Path(__file__).parent / "held_out.toml").read_text(encoding="utf-8"))
_REPOSITORY = Path(__file__).resolve().parents[2]
_TALK = next(
    (
        found
        for up in (_REPOSITORY.parent, _REPOSITORY.parent.parent)
        if (found := up / "shared/data/nlu/clinc150/data_full.json").is_file()
    ),
    None,
)


def _held_out(language: str) -> list[tuple[str, str]]:
    return [(intent, text) for intent, lines in _HELD_OUT[language].items() for text in lines.strip().splitlines()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nine_of_ten_unseen_phrases_are_understood(language: str) -> None:
    phrases = [(intent, text) for intent, text in _held_out(language) if intent != "chatter"]
    assert not {key_of(text) for _, text in phrases} & lexicon(language).intents.keys()
    wrong = []
    for intent, text in phrases:
        order = read_phrase(text, language)
        if order.intent != intent or order.sureness < LIKELY:
            wrong.append((intent, text, order.intent, order.sureness))
    assert len(phrases) >= 70
    assert len(wrong) <= len(phrases) / 10, wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_unseen_talk_is_not_taken_for_an_order(language: str) -> None:
    talk = [text for intent, text in _held_out(language) if intent == "chatter"]
    orders = [(text, read_phrase(text, language)) for text in talk]
    assert len(talk) >= 35
    assert [text for text, order in orders if order.intent is not None and order.sureness >= SURE] == []
    assert sum(order.intent is not None and order.sureness >= LIKELY for _, order in orders) <= 0.06 * len(talk)


@pytest.mark.skipif(_TALK is None, reason="the CLINC150 texts, only measured with, are not beside the repository")
@pytest.mark.parametrize("scope", ["out of scope", "in scope"])
def test_what_people_ask_other_assistants_is_not_taken_for_an_order(scope: str) -> None:
    assert _TALK is not None
    sets = json.loads(_TALK.read_text(encoding="utf-8"))
    texts = [
        text for name, rows in sets.items() if name.startswith("oos") == (scope == "out of scope") for text, _ in rows
    ]
    orders = [read_phrase(text, "en") for text in texts]
    taken = sum(order.intent is not None and order.sureness >= SURE for order in orders)
    assert len(texts) >= 1000
    assert taken < 0.01 * len(texts)
