"""The tables of phrases are whole: every language has every intent, topic and game, and no phrase means two things."""

from __future__ import annotations

import pytest

from article_data.language.topic_tables import TOPICS
from languages.voice import LANGUAGES
from nlu.lexicon import lexicon
from nlu.orders import Intent

_GAMES = {"guess", "blank", "letters", "which", "path", "twenty"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word(language: str) -> None:
    own = lexicon(language)
    assert set(own.games.values()) == _GAMES
    assert set(own.levels.values()) == {"easy", "medium", "hard"}
    assert set(own.topics.values()) == {topic for topics in TOPICS.values() for topic in topics} - {"adult"}
    assert set(own.languages.values()) == set(LANGUAGES)
    assert set(own.slash.values()) == set(Intent) - {Intent.THANKS}
    assert set(own.phrases) == {intent.value for intent in Intent if intent not in {Intent.GUESS, Intent.ABOUT}} | {
        "chatter"
    }
    assert all(len(keys) >= (150 if intent == "chatter" else 15) for intent, keys in own.phrases.items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_means_two_things(language: str) -> None:
    own = lexicon(language)
    seen: dict[tuple[str, ...], str] = {}
    for intent, keys in own.phrases.items():
        for key in keys:
            assert seen.setdefault(key, intent) == intent, " ".join(key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_soft_phrases_are_phrases_of_an_intent(language: str) -> None:
    own = lexicon(language)
    assert own.soft
    assert own.soft <= own.intents.keys()
