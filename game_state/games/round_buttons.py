"""The buttons under what a round shows: their values are the host's, which plays them. Pure."""

from __future__ import annotations

from game_state.message import Button
from languages.voice import Voice


def help_buttons(voice: Voice, *, more: bool) -> tuple[Button, ...]:
    """Return the ways on: a hint while there are `more`, another article, the answer."""
    ways = (
        Button(label=voice.say("Skip"), value="skip"),
        Button(label=voice.say("Give up"), value="giveup"),
    )
    return (Button(label=voice.say("Hint"), value="hint"), *ways) if more else ways
