"""What the door itself answers to an interaction, within Discord's 3 s.

A command is deferred ("thinking ..."), and the first reply takes the deferral's place. A press is acknowledged without a
word, so that nobody else sees it. The answer button opens its modal right here, without any state: HTTP interactions
carry no plain messages, so this is how a guess is typed.

Source: https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type
(read 2026-11-22).
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from languages.voice import LANGUAGES, voice_of
from platforms.contract import Answer

ANSWER_ID = "answer"
"""The `custom_id` of the answer button, of its modal and of the modal's text input."""
ANSWER_LENGTH = 200
"""Longest answer that can be typed, in characters."""

_EPHEMERAL = 64


def _json(value: object) -> Answer:
    return Answer(body=msgspec.json.encode(value), content_type="application/json")


PONG = _json({"type": 1})
DEFERRED = _json({"type": 5})
ACKNOWLEDGED = _json({"type": 6})
"""For a press: stops the waiting, shows nothing. The message that was pressed becomes the interaction's "original"."""
NO_CHOICES = _json({"type": 8, "data": {"choices": []}})
UNREADABLE = _json(
    {
        "type": 4,
        "data": {
            "content": "Sorry, I could not read that.",
            "flags": _EPHEMERAL,
            "allowed_mentions": {"parse": []},
        },
    }
)
"""For an interaction that is quarantined: no turn will ever end a deferral, so there is none."""
NO_CONTENT = Answer(status=204)


@lru_cache(maxsize=len(LANGUAGES))
def modal(language: str) -> Answer:
    """Open the form in which a guess is typed, in the language of whose locale this is (one of the voice's)."""
    voice = voice_of(language)
    field = {
        "type": 4,
        "custom_id": ANSWER_ID,
        "style": 1,
        "min_length": 1,
        "max_length": ANSWER_LENGTH,
        "required": True,
    }
    label = {"type": 18, "label": voice.say("What is it?"), "component": field}
    return _json(
        {"type": 9, "data": {"custom_id": ANSWER_ID, "title": voice.say("Your answer"), "components": [label]}}
    )
