"""Everything at once: orders, guesses, presses, stale timers, people without names, a store and a clock that fail.

What must hold then: one message a turn in a group, timers within reach, a round that is told of in the end, and no timer left.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from game_state.games.contract import SetTimer, Stage
from game_state.message import Kind, Message
from game_state.rules import HOST
from tests.games.pool import answers_of, pool
from tests.host.chat import Chat

FURTHEST_MS = 900_000
NOBODY = "_"
WHO = st.sampled_from(("A", "B", "C", "D", NOBODY))
WORDS = st.sampled_from(
    ("hint", "skip", "give up", "stop", "/scores", "/scores week", "/scores bot", "/help", "/games", "/daily", "/settings",
     "/settings pace 5", "/settings stop anyone", "/settings stop starter", "/settings emoji on", "/settings rounds 3",
     "/settings difficulty hard", "/language de", "/about Eiffel Tower", "/about Par", "/report", "/agree", "/forget",
     "another one", "e", "a", "1", "3", "is it alive?", "back", "more", "Paris", "/play", "/play guess 3", "/play letters 2",
     "/play which 2", "/play path", "/play twenty", "/play blank 2", "/guess Paris", "/guess", "x" * 4000, "A, B, C, D",
     "\U0001f468" * 50, "hello", "thanks")
)  # fmt: skip
ACT = st.one_of(
    st.tuples(st.just("say"), WHO, WORDS),
    st.tuples(st.just("say"), WHO, WORDS),
    st.tuples(st.just("answer"), WHO, st.sampled_from(("{}", "/guess {}", "is it {}?"))),
    st.tuples(st.just("press"), WHO, st.integers(0, 40).map(str)),
    st.tuples(st.just("wait"), WHO, st.sampled_from(("0.3", "1", "3", "20", "61", "700", "86400"))),
    st.tuples(
        st.just("kind"), WHO, st.sampled_from([k.value for k in Kind if k not in {Kind.TIMER, Kind.LEAVE}])
    ),
    st.tuples(st.just("timer"), st.sampled_from(("round", "idle", "reveal", "next", "speak")), st.just("")),
    st.tuples(st.just("store"), WHO, st.sampled_from(("up", "down", "renewed"))),
    st.tuples(st.just("clock"), WHO, st.sampled_from(("-1", "-5000", "-90000000"))),
)  # fmt: skip
STAGES = st.sampled_from(
    (
        Stage(),
        Stage(buttons=0),
        Stage(edits=True, admins=True),
        Stage(hidden_picks=True, edits=True),
    )
)


@pytest.mark.parametrize("is_group", [False, True], ids=["private", "group"])
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    game=st.sampled_from(sorted(HOST.games)),
    acts=st.lists(ACT, min_size=5, max_size=40),
    seed=st.integers(1, 2**62),
    stage=STAGES,
)
def test_storm(is_group: bool, game: str, acts: list[tuple[str, str, str]], seed: int, stage: Stage) -> None:
    chat = Chat(HOST, pool(), group=is_group, seed=seed, stage=stage, answers=answers_of(pool()), admins=["a"])
    every = chat.articles
    chat.say("A", f"/play {game}")
    played = {chat.title}
    for what, who, said in acts:
        number = chat.number
        _do(chat, what, who, said)
        played.add(chat.title)
        if is_group and chat.number == number + 1:
            assert len(chat.turn.replies) <= 1
        assert all(0 < one.after_ms <= FURTHEST_MS for one in chat.turn.timers if isinstance(one, SetTimer))
        assert "round" not in chat.state or "match" in chat.state
        if what == "store" and said == "renewed":
            chat.articles = [one for one in every if one.title != chat.title]
    if not is_group:
        return
    chat.store_is_up, chat.articles = True, every
    chat.now_ms = max([chat.now_ms, *(at_ms for at_ms, _ in chat.timers.values())])
    for _ in range(40):
        chat.wait(300)
        played.add(chat.title)
    assert "round" not in chat.state
    assert not chat.timers
    told = "\n".join(chat.texts)
    assert all(title in told for title in played), played


def _do(chat: Chat, what: str, who: str, said: str) -> None:
    match what:
        case "say":
            direct = not chat.group or said.startswith("/")
            chat.hear(_from(who, chat.message(Kind.TEXT, who, text=said, addressed=direct)))
        case "answer":
            chat.hear(_from(who, chat.message(Kind.TEXT, who, text=said.format(chat.title or "nothing"))))
        case "press":
            shown = [button.value for _, reply in chat.said for button in reply.buttons] or ["play"]
            value = shown[-1 - int(said) % len(shown)]
            chat.hear(_from(who, chat.message(Kind.BUTTON, who, button=value, addressed=True)))
        case "wait":
            chat.wait(float(said))
        case "kind":
            chat.send(who, Kind(said), addressed=False)
        case "timer":
            chat.send("", Kind.TIMER, timer=who, round=max(0, chat.state.get("rounds", 0) - 1))
        case "store":
            chat.store_is_up = said != "down"
        case "clock":
            chat.now_ms += int(said)


def _from(who: str, message: Message) -> Message:
    if who == NOBODY:
        return replace(message, sender=None, sender_name=None)
    return replace(message, sender_name="\U0001f468 The same name")
