"""Echo: sends every text back unchanged, and counts. Serves connection checks and benchmarks.

Owns as little as a game can: the state is {"n": texts echoed}, read without a Struct because it is one number and this
is the turn that measures everything around it.
"""

from __future__ import annotations

from game_state.games.contract import Event, State, Turn
from game_state.games.needs import Answers
from game_state.message import Kind, Reply


class EchoGame:
    """The rules of echo."""

    name = "echo"
    former_names: tuple[str, ...] = ()
    state_version = 1

    def upcast(self, state: State, version: int) -> State:
        """Return the state as it is: there has been one version so far."""
        del version
        return state

    def advance(self, state: State, event: Event, answers: Answers) -> Turn:
        """Answer a text or a link with `message.text`, a button with its value, anything else with silence."""
        del answers
        message = event.message
        kind = message.kind
        if kind is Kind.TEXT or kind is Kind.LINK:
            text = message.text
        elif kind is Kind.BUTTON:
            text = message.button or message.text
        else:
            text = ""
        if not text:
            return Turn(state=state, outcome="ignored")
        return Turn(state={"n": state.get("n", 0) + 1}, replies=(Reply(text=text),), outcome="echoed")
