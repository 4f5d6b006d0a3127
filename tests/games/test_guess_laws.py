"""Laws of guess the article that hold in any conversation: nothing leaks, nothing is lost, nothing raises, all is replayable."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from article_data.judge.key import make_key
from article_data.naming import fold
from game_state.games import GAMES
from game_state.games.contract import Turn
from game_state.games.guess_state import CLOSE_LIMIT
from game_state.message import Kind
from tests.games.talk import LANDMARKS, Talk

STATE_LIMIT = 16 * 1024
PEOPLE = st.sampled_from(["Ada", "Bob", "Cem", "\u0414\u0430\u0448\u0430", "x" * 300, "\U0001f600" * 40])
WORDS = st.one_of(
    st.sampled_from(
        [
            "/play",
            "play",
            "hint",
            "/hint",
            "skip",
            "give up",
            "scores",
            "stop",
            "help",
            "/start",
            "/guess",
            "/guess mercury",
            "Eiffel Tower",
            "tower",
            "eifel towr",
            "Beethoven",
            "mercury",
            "planet",
            "/x",
            "",
            "not it",
        ]
    ),
    st.text(max_size=30),
)
SAY = st.tuples(st.just("say"), PEOPLE, WORDS, st.booleans())
PRESS = st.tuples(
    st.just("press"), PEOPLE, st.sampled_from(["play", "hint", "skip", "giveup", "scores", "stop", "help", "?"])
)
SEND = st.tuples(
    st.just("send"), PEOPLE, st.sampled_from([kind for kind in Kind if kind is not Kind.TIMER]), st.booleans()
)
WORLD = st.one_of(
    st.tuples(st.just("ring"), st.sampled_from(["idle", "other"]), st.integers(0, 5)),
    st.tuples(st.just("store"), st.booleans()),
    st.tuples(st.just("wait"), st.integers(0, 3_600_000)),
)
START = st.tuples(st.just("press"), PEOPLE, st.just("play"))
# A game is mostly talk, and without a round on there is little to break.
CONVERSATIONS = st.lists(
    st.one_of(
        st.tuples(START, SAY, SAY, SAY), st.tuples(SAY, SAY), st.tuples(PRESS), st.tuples(SEND), st.tuples(WORLD)
    ),
    min_size=3,
    max_size=15,
).map(lambda parts: [step for part in parts for step in part])
SECRETS = {"eiffel": 0, "dame": 0, "mercury": 1, "beethoven": 2, "ludwig": 2}
ENDINGS = {"correct", "gave_up", "stopped", "idle", "outdated", "skipped"}


def take(talk: Talk, step: tuple[Any, ...]) -> bool:
    """Play one step; False for one that only changes the world around the game."""
    match step:
        case ("say", who, words, addressed):
            talk.say(who, words, addressed=addressed)
        case ("press", who, value):
            talk.press(who, value)
        case ("send", who, kind, addressed):
            talk.send(who, kind, addressed=addressed, text="Eiffel Tower")
        case ("ring", timer, number):
            talk.ring(timer, number)
        case ("store", up):
            talk.store_is_up = up
            return False
        case ("wait", milliseconds):
            talk.now_ms += milliseconds
            return False
    return True


def points(talk: Talk) -> dict[str, tuple[int, int]]:
    return {key: (player[1], player[2]) for key, player in talk.state.get("scores", {}).items()}


@given(steps=CONVERSATIONS, group=st.booleans())
@settings(max_examples=150, deadline=None)
def test_laws_of_any_conversation(steps: list[tuple[Any, ...]], group: bool) -> None:
    talk = Talk(GAMES["guess"], LANDMARKS, group=group)
    for step in steps:
        before, scores = talk.state, points(talk)
        if not take(talk, step):
            continue
        after = points(talk)
        # Scores never fall, and only a right answer raises them, for one player.
        assert all(after[key] >= scores[key] for key in scores)
        changed = [key for key in after if after[key] != scores.get(key)]
        assert len(changed) == (1 if talk.outcome == "correct" else 0)
        # Nothing said while the round goes on, or on opening it, has a word of its answer.
        running = talk.state.get("round")
        if running is not None:
            said = fold_all(talk.turn)
            told = said.partition("it was")[2].partition("which article")[0] if talk.outcome == "skipped" else ""
            for secret, article in SECRETS.items():
                assert article != running["article_id"] or secret not in said.replace(told, "")
        if before.get("round") and running is None:
            assert talk.outcome in ENDINGS | {"left"}
        # Every answer is fit to be sent, and the state to be kept.
        assert all(reply.text for reply in talk.turn.replies)
        assert len(msgspec.json.encode(talk.turn.state)) < STATE_LIMIT
        # A round always has a timer coming, an ended one leaves none.
        if running is not None and running != before.get("round") and talk.outcome in {"started", "skipped", "clue"}:
            assert talk.idle_round() == running.get("number")


def fold_all(turn: Turn) -> str:
    return fold_long(" ".join(reply.text for reply in turn.replies))


def fold_long(text: str) -> str:
    return " ".join(fold(text[start : start + 200]) for start in range(0, len(text), 150))


@given(steps=CONVERSATIONS, group=st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_replay_is_equal_byte_for_byte(steps: list[tuple[Any, ...]], group: bool) -> None:
    def run() -> list[bytes]:
        talk = Talk(GAMES["guess"], LANDMARKS, group=group)
        return [msgspec.json.encode(talk.turn) for step in steps if take(talk, step)]

    assert run() == run()


def test_the_fullest_state_stays_small() -> None:
    title = "\u9577\u57ce" * 200
    article = msgspec.structs.replace(LANDMARKS[0], title=title, key=make_key(title), article_id=2**53)
    talk = Talk(GAMES["guess"], [article], group=True)
    for number in range(150):
        talk.say("Ada", "/play")
        talk.say("\U0001f600" * 60 + str(number), title)
        assert talk.outcome == "correct"
    talk.say("Ada", "/play")
    for number in range(100):
        talk.say("n" * 99 + str(number), "\u9577\u57ce" * 98 + "\u9577")
    assert len(talk.state["round"]["close"]) == CLOSE_LIMIT
    assert len(msgspec.json.encode(talk.turn.state)) < STATE_LIMIT


def test_the_order_of_keys_changes_nothing() -> None:
    """Postgres keeps jsonb objects in an order of its own."""
    talk = Talk(GAMES["guess"], LANDMARKS[:1], group=True)
    for who in ("Cem", "Ada", "Bob"):
        talk.say(who, "/play")
        talk.say(who, "Eiffel Tower")
    shown = talk.say("Ada", "/scores")
    first = msgspec.json.encode(talk.turn)
    talk.number -= 1
    talk.state = {**talk.state, "scores": dict(reversed(talk.state["scores"].items()))}
    assert talk.say("Ada", "/scores") == shown
    assert msgspec.json.encode(talk.turn) == first
