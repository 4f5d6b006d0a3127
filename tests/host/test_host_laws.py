"""Laws that hold whatever people do: scores never fall, a game always ends, nothing tells the answer early, nothing raises.

`Chat` itself checks at every turn that the session stays under 16 KB and that replies can be sent.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game_state.games.contract import Stage, Turn
from game_state.message import Kind
from game_state.rules import GAMES, HOST
from tests.games.pool import answers_of, pool
from tests.host.chat import Chat

GAME = st.sampled_from(sorted(HOST.games))
WORDS = st.one_of(
    st.sampled_from(
        ("hint", "skip", "give up", "stop", "who's winning?", "/scores", "/scores week", "/help", "/games", "/daily", "/settings",
         "/settings pace 10", "/settings stop anyone", "/language de", "/about Eiffel Tower", "/report", "/agree", "/forget",
         "another one", "e", "a", "t", "1", "3", "is it alive?", "is it in Europe?", "is it a city?", "back", "more", "Paris",
         "the tower", "/play", "/play guess 3", "/play letters", "/play which 2", "/play path", "/play twenty", "/play blank hard")
    ),
    st.text(max_size=60),
)  # fmt: skip
ACT = st.one_of(
    st.tuples(st.just("say"), st.sampled_from("ABCD"), WORDS),
    st.tuples(st.just("answer"), st.sampled_from("ABCD"), st.just("")),
    st.tuples(st.just("press"), st.sampled_from("ABCD"), st.integers(0, 5).map(str)),
    st.tuples(st.just("wait"), st.just(""), st.sampled_from(("1", "3", "20", "61"))),
    st.tuples(
        st.just("kind"), st.sampled_from("ABCD"), st.sampled_from([k.value for k in Kind if k is not Kind.TIMER])
    ),
)


def play(chat: Chat, act: tuple[str, str, str]) -> None:
    what, who, said = act
    if what == "say":
        chat.say(who, said, addressed=None)
    elif what == "answer":
        chat.say(who, chat.title or "nothing")
    elif what == "press":
        shown = [button for _, reply in chat.said[-3:] for button in reply.buttons]
        chat.press(who, shown[int(said) % len(shown)].value if shown else "play")
    elif what == "wait":
        chat.wait(float(said))
    else:
        chat.send(who, Kind(said), addressed=False)


@pytest.mark.parametrize("is_group", [False, True], ids=["private", "group"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(game=GAME, acts=st.lists(ACT, max_size=30), seed=st.integers(1, 2**62), hidden=st.booleans(), down=st.booleans())
def test_laws(is_group: bool, game: str, acts: list[tuple[str, str, str]], seed: int, hidden: bool, down: bool) -> None:
    chat = Chat(
        GAMES[game], pool(), group=is_group, seed=seed, stage=Stage(hidden_picks=hidden), answers=answers_of(pool())
    )
    chat.say("A", f"/play {game}")
    points: dict[str, int] = {}
    for place, act in enumerate(acts):
        chat.store_is_up = not (down and place % 7 == 3)
        forgets = "/forget" in act[2]
        play(chat, act)
        now = {who: score[1] for who, score in chat.state.get("scores", {}).items()}
        if forgets:
            points = now
        assert all(now.get(who, 0) >= had for who, had in points.items()), "points fell"
        points = now
    chat.store_is_up = True
    ends(chat)


def ends(chat: Chat) -> None:
    """In a group the timers end every game; alone, who gives up."""
    if chat.group:
        chat.wait(3 * 3600)
    else:
        for _ in range(60):
            if not chat.title:
                break
            chat.say("A", "/stop", wait=61)
    assert not chat.title, "a game that does not end"
    assert not chat.timers


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(game=GAME, acts=st.lists(ACT, max_size=15), seed=st.integers(1, 2**62))
def test_a_turn_is_the_same_however_often_it_is_played(game: str, acts: list[Any], seed: int) -> None:
    chat = Chat(GAMES[game], pool(), group=True, seed=seed, answers=answers_of(pool()))
    before = chat.state
    chat.say("A", f"/play {game}")
    for act in acts:
        before, number = chat.state, chat.number
        play(chat, act)
        if chat.number == number + 1:
            after, turn = chat.state, chat.turn
            chat.state = before
            again = chat.play(chat.events[-1])
            assert isinstance(again, Turn)
            assert again == turn
            chat.state = after


@pytest.mark.parametrize("game", ["guess", "letters", "twenty"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(acts=st.lists(ACT.filter(lambda act: act[0] != "answer"), max_size=20), seed=st.integers(1, 2**62))
def test_nothing_names_the_article_before_the_end(game: str, acts: list[tuple[str, str, str]], seed: int) -> None:
    chat = Chat(GAMES[game], pool(), group=True, seed=seed, answers=answers_of(pool()))
    chat.say("A", f"/play {game}")
    for act in acts:
        title, number, said = chat.title, chat.state.get("rounds"), len(chat.said)
        if "/about" in act[2] or "/daily" in act[2]:
            continue
        play(chat, act)
        if title and chat.title == title and chat.state.get("rounds") == number and game != "letters":
            assert not any(title.casefold() in text.casefold() for text in chat.texts[said:]), chat.texts[said:]
