"""Tally: the test game of the fault drills, whose replies prove that every text was played once and in order.

Each text is answered by "{n} {chain} {text}", where n counts the conversation's texts from 1 and chain is a hash over
all of them. `verify` reads the replies again.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import msgspec

from game_state.games.contract import Event, State, Turn
from game_state.games.needs import Answers
from game_state.message import Kind, Reply


class Tally(msgspec.Struct, frozen=True):
    """The state."""

    n: int = 0
    """Texts played so far."""
    chain: str = ""
    """Hash over them, 16 hexadecimal digits; "" before the first."""
    last: int = 0
    """The number, in its conversation, of the message played last."""


class TallyGame:
    """The rules of tally."""

    name = "tally"
    former_names: tuple[str, ...] = ()
    state_version = 1

    def upcast(self, state: State, version: int) -> State:
        """Return the state as it is: there has been one version so far."""
        del version
        return state

    def advance(self, state: State, event: Event, answers: Answers) -> Turn:
        """Count a text and answer it; anything else changes nothing."""
        del answers
        if event.message.kind is not Kind.TEXT:
            return Turn(state=state, outcome="ignored")
        before = msgspec.convert(state, Tally)
        text = event.message.text
        after = Tally(n=before.n + 1, chain=_next_chain(before.chain, text), last=event.number)
        reply = Reply(text=_line(after.n, after.chain, text))
        return Turn(state=msgspec.to_builtins(after), replies=(reply,), outcome="counted")


def verify(replies: Sequence[str], texts: Sequence[str]) -> str | None:
    """Compare the replies of one conversation with the texts sent, both in order.

    None when all is as it must be, otherwise one sentence about the first difference. Repeated deliveries
    are told apart by their ids before this.
    """
    chain = ""
    for place, text in enumerate(texts):
        chain = _next_chain(chain, text)
        expected = _line(place + 1, chain, text)
        if place >= len(replies):
            return f"reply {place + 1} is missing: {expected!r}"
        if replies[place] != expected:
            return f"reply {place + 1} is {replies[place]!r}, expected {expected!r}"
    if len(replies) > len(texts):
        return f"reply {len(texts) + 1} is one too many: {replies[len(texts)]!r}"
    return None


def _next_chain(chain: str, text: str) -> str:
    # Broken surrogates cannot come from a platform's JSON, but the rules raise for no text.
    return sha256(f"{chain}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _line(n: int, chain: str, text: str) -> str:
    return f"{n} {chain} {text}"
