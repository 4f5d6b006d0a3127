"""Corners where a host may lose a win, stop answering, or be outwitted: each was found by looking for it."""

from __future__ import annotations

import string
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from game_state.games.contract import SetTimer, Stage
from game_state.games.rounds import Secret
from game_state.host.room import fitted
from game_state.host.scores import Score
from game_state.host.session import Budget, Match, Round, Session, Waiting, Winner
from game_state.message import Kind
from game_state.rules import GAMES
from tests.games.pool import answers_of, pool
from tests.host.chat import SESSION_LIMIT, Chat

DAY_MS = 86_400_000


def group(game: str = "guess", **parts: Any) -> Chat:
    return Chat(GAMES[game], pool(), group=True, answers=answers_of(pool()), **parts)


def alone(game: str = "guess", **parts: Any) -> Chat:
    return Chat(GAMES[game], pool(), answers=answers_of(pool()), **parts)


def begun(order: str = "/play guess", **parts: Any) -> Chat:
    chat = group(**parts)
    chat.say("Ana", order)
    assert chat.title
    chat.wait(4)
    return chat


# The second in which right answers count alike


def test_a_right_answer_given_with_the_command_counts_in_the_second_too() -> None:
    chat = begun()
    chat.say("Ben", chat.title)
    chat.say("Cleo", f"/guess {chat.title}")
    assert "Ben and Cleo" in chat.wait(4)


def test_hints_cost_only_who_asked_also_in_the_same_second() -> None:
    chat = begun()
    chat.say("Cleo", "/hint", wait=4)
    chat.say("Ben", chat.title, wait=4)
    chat.say("Cleo", chat.title)
    told = chat.wait(4)
    points = {who: score[1] for who, score in chat.state["scores"].items()}
    assert points["ben"] > points["cleo"] > 0
    assert f"Ben got it: {points['ben']} points" in told
    assert f"Cleo got it: {points['cleo']} points" in told


def test_all_of_the_second_are_paid_as_the_first() -> None:
    for wait in range(1, 18):
        chat = begun("/play guess", seed=wait)
        now_ms = chat.now_ms
        chat.say("Ben", chat.title, wait=wait)
        chat.say("Cleo", chat.title, wait=0.9)
        assert chat.now_ms - now_ms > 0
        chat.wait(4)
        assert chat.state["scores"]["ben"][1] == chat.state["scores"]["cleo"][1]


def test_an_idle_timer_in_the_second_tells_the_winner() -> None:
    chat = begun()
    number = chat.state["rounds"]
    chat.say("Ben", chat.title)
    chat.timers.clear()
    chat.send("", Kind.TIMER, timer="idle", round=number)
    assert "Ben" in chat.texts[-1] or "Ben" in chat.wait(4)
    assert chat.state["scores"]["ben"][1] > 0


def test_a_build_that_changes_in_the_second_does_not_hide_the_winner() -> None:
    chat = begun()
    title = chat.title
    chat.say("Ben", title)
    chat.articles = [one for one in chat.articles if one.title != title]
    chat.say("Cleo", "something else")
    chat.wait(5)
    assert "Ben" in chat.texts[-1]
    assert chat.state["scores"]["ben"][1] > 0


def test_the_win_is_kept_when_the_bot_is_thrown_out_in_the_second() -> None:
    chat = begun()
    chat.say("Ben", chat.title)
    chat.send("Ana", Kind.LEAVE, addressed=True)
    assert chat.state["scores"]["ben"][1] > 0


# What is said, and what is lost


def test_the_reveal_is_never_pushed_out_by_what_else_is_said() -> None:
    chat = begun()
    title = chat.title
    chat.say("Ana", "/help", wait=4)
    chat.say("Ben", title)
    chat.wait(1.2)
    for order in ("/help", "/scores", "/games", "/settings", "/help", "/scores"):
        chat.say("Ana", order, wait=0.1)
    told = chat.wait(10)
    assert title in told
    assert "Ben" in told


def test_the_titles_of_a_question_are_not_lost_when_messages_are_told_as_one() -> None:
    chat = group("which", stage=Stage(hidden_picks=True))
    chat.say("Ana", "/help")
    chat.say("Ana", "/play which", wait=0.5)
    chat.say("Ben", "/help", wait=0.5)
    chat.wait(5)
    assert any(button.value.startswith("g1:") for _, reply in chat.said for button in reply.buttons)


def test_a_clock_that_goes_back_silences_nobody() -> None:
    chat = begun()
    chat.now_ms -= 3600_000
    chat.say("Ana", "/help")
    chat.wait(4)
    assert len(chat.said) >= 2
    assert "clues" in chat.texts[-1]


# Who may end


def test_who_does_not_play_cannot_end_the_round_of_the_only_player() -> None:
    chat = begun()
    chat.say("Ana", "Berlin", wait=4)
    title = chat.title
    chat.say("Mallory", "/stop", wait=4)
    assert chat.title == title
    chat.say("Mallory", "/stop", wait=4)
    chat.say("Trudy", "/stop", wait=4)
    assert chat.title == title


def test_who_left_has_no_say() -> None:
    chat = begun()
    for who in ("Ben", "Cleo", "Dan"):
        chat.say(who, "Berlin", wait=4)
    title = chat.title
    chat.send("Ben", Kind.LEAVE)
    chat.send("Cleo", Kind.LEAVE)
    chat.say("Dan", "/skip", wait=4)
    assert chat.title != title


def test_a_stranger_cannot_end_a_match_between_two_rounds_by_playing_something_else() -> None:
    chat = begun("/play guess 3")
    chat.say("Ben", chat.title, wait=4)
    chat.wait(2)
    assert not chat.title
    chat.say("Mallory", "/play letters")
    assert chat.state["match"]["game"] == "guess"
    assert chat.state["match"]["total"] == 3


def test_the_language_of_a_chat_is_guarded_as_its_other_settings() -> None:
    chat = group(stage=Stage(admins=True), admins=["zoe"])
    chat.say("Zoe", "/settings stop starter")
    for order in ("/language de", "/settings language de"):
        chat.say("Ben", order, wait=4)
        assert chat.outcome == "refused", order
    chat.press("Ben", "language:de")
    assert chat.outcome == "refused"
    chat.say("Zoe", "/language de", wait=4)
    assert chat.outcome == "language"


# A game that ends by itself, and one that must not


def test_a_match_is_not_quiet_while_somebody_skips() -> None:
    chat = begun("/play guess 5")
    for _ in range(3):
        chat.say("Ana", "/skip", wait=4)
        chat.wait(10)
        assert chat.title
    assert chat.state["rounds"] == 4


def test_a_timed_match_alone_ends_when_nobody_is_there() -> None:
    chat = alone()
    chat.say("Ana", "/play path 10")
    chat.wait(4 * 3600)
    assert not chat.title
    assert not chat.timers
    assert chat.state["rounds"] == 2


def test_people_without_a_name_or_id_are_not_silent() -> None:
    chat = group()
    chat.hear(chat.message(Kind.TEXT, "Ana", text="/play guess 5", addressed=True))
    for _ in range(3):
        chat.hear(replace(chat.message(Kind.TEXT, "", text="Berlin"), sender=None, sender_name=None))
        chat.wait(90)
    assert chat.state["round"]["number"] >= 3


def test_skipping_the_only_round_is_no_match_of_two() -> None:
    for chat in (alone(), group()):
        chat.say("Ana", "/play")
        chat.say("Ana", "/skip", wait=4)
        chat.wait(10)
        assert chat.title
        assert not any("of 2" in text for text in chat.texts)
        chat.say("Ana", "/skip", wait=4)
        chat.wait(10)
        assert chat.title
        chat.say("Ana", chat.title, wait=4)
        chat.wait(10)
        assert not chat.title
        assert "match" not in chat.texts[-1]


# Loops and floods


def test_a_bot_that_answers_everything_in_a_round_is_not_answered_for_ever() -> None:
    for game in ("guess", "blank", "letters", "which", "path", "twenty"):
        chat = alone()
        chat.say("Bot", f"/play {game} 5")
        answers = [chat.say("Bot", f"I did not understand that, human {place}", wait=10) for place in range(400)]
        assert not any(answers[-200:]), game


def test_a_player_who_misses_often_still_hears_of_being_right() -> None:
    chat = alone()
    chat.say("Ana", "/play guess 2")
    for place in range(150):
        chat.say("Ana", f"Berlin {place}", wait=2)
    title = chat.title
    assert title in chat.say("Ana", title, wait=2)
    assert "Not quite" in chat.say("Ana", "Berlin", wait=2)


def test_a_keen_player_is_answered_all_the_hour() -> None:
    chat = alone()
    chat.say("Ana", "/play guess 50")
    silent = 0
    for place in range(700):
        if not chat.title:
            chat.say("Ana", "/play guess 50", wait=5)
        word = chat.title if place % 4 == 3 else "Berlin" if place % 4 else "/hint"
        silent += not chat.say("Ana", word, wait=5)
    assert not silent


# Tricks


def test_who_tries_one_name_after_the_other_is_not_right_by_chance() -> None:
    chat = begun()
    for place in range(20):
        chat.say("Mallory", f"Berlin {place}", wait=0.05)
    chat.say("Mallory", chat.title, wait=0.05)
    assert (chat.outcome, bool(chat.title)) == ("ignored", True)
    chat.say("Mallory", chat.title, wait=6)
    assert "winners" in chat.state["round"]


def test_who_corrects_a_guess_at_once_is_right() -> None:
    chat = begun()
    written_ms = chat.now_ms
    for place in range(8):
        chat.say("Ben", f"Berlin {place}", sent_at_ms=written_ms + 3000 * place)
    chat.say("Cleo", "/hint", wait=0.1)
    chat.say("Ben", chat.title, sent_at_ms=written_ms + 3000 * 8)
    assert chat.outcome == "correct"

    chat = begun()
    chat.say("Ben", "Berlin")
    chat.say("Ben", chat.title)
    assert chat.outcome == "correct"


def test_another_one_is_understood_right_after_a_round_only() -> None:
    chat = begun()
    chat.say("Ben", chat.title)
    chat.wait(10)
    chat.say("Ben", "another one bites the dust")
    assert "round" not in chat.state
    chat.say("Ben", "another one")
    assert "round" in chat.state
    chat.say("Ana", "/stop", wait=4)
    chat.wait(600)
    chat.say("Ben", "another one")
    assert "round" not in chat.state


def test_numbers_of_any_length_are_read() -> None:
    long = "9" * 5000
    for game in ("guess", "blank", "letters", "which", "path", "twenty"):
        for chat in (alone(), group()):
            chat.say("Ana", f"/play {game}")
            for text in (
                f"/settings pace {long}",
                f"/settings rounds {long}",
                f"/play {long}",
                f"/about {long}",
                long,
                f"was it built before {long}?",
                f"is it older than {long} years?",
                f"was it born in the {long}th century?",
                f"is it taller than {long} metres?",
                f"did it happen in the {long}s?",
                f"was it built in {long} BC?",
                f"did it end {long} years ago?",
                f"is it larger than {long} km?",
                f"has it more than {long} inhabitants?",
            ):
                chat.say("Ana", text, addressed=True, wait=4)
            for value in (f"set:pace:{long}", f"g1:{long}", f"about:en:{long}:1", f"play:{long}", "g1:go:9>9", long):
                chat.press("Ana", value)


def test_the_daily_challenge_has_one_try_whatever_is_tried() -> None:
    def leave(chat: Chat) -> None:
        chat.send("Ana", Kind.LEAVE)

    def stop_without_the_store(chat: Chat) -> None:
        chat.store_is_up = False
        chat.say("Ana", "/giveup", wait=5)
        chat.say("Ana", "/stop", wait=5)
        chat.store_is_up = True

    def play_another_without_the_store(chat: Chat) -> None:
        chat.store_is_up = False
        chat.say("Ana", "/giveup", wait=5)
        chat.store_is_up = True
        chat.say("Ana", "/play letters", wait=5)
        for _ in range(6):
            chat.say("Ana", "/stop", wait=5)

    for trick in (leave, stop_without_the_store, play_another_without_the_store):
        chat = alone()
        chat.say("Ana", "/daily")
        first = chat.title
        chat.say("Ana", first, wait=5)
        trick(chat)
        chat.say("Ana", "/daily", wait=5)
        assert chat.title != first, trick.__name__


def test_the_daily_challenge_goes_on_over_midnight_as_the_one_it_was() -> None:
    chat = alone()
    chat.now_ms = (chat.now_ms // DAY_MS + 1) * DAY_MS - 60_000
    chat.say("Ana", "/daily")
    day = chat.state["match"]["day"]
    chat.wait(300)
    chat.say("Ana", "/daily", wait=5)
    assert chat.state["match"]["day"] == day
    while "round" in chat.state:
        chat.say("Ana", chat.title, wait=5)
    assert day in chat.texts[-1]
    chat.say("Ana", "/daily", wait=5)
    assert chat.state["match"]["day"] != day


def test_a_button_of_before_does_not_tell_of_an_article_while_a_daily_challenge_waits() -> None:
    chat = alone()
    chat.say("Ana", "/about Par")
    offered = [button.value for button in chat.buttons if button.value.startswith("about:")]
    assert offered
    chat.say("Ana", "/daily")
    chat.store_is_up = False
    chat.say("Ana", "/giveup", wait=5)
    chat.store_is_up = True
    assert "round" not in chat.state
    assert chat.press("Ana", offered[0]) == "That button is an old one."


def test_who_is_forgotten_in_a_match_is_named_nowhere_after_it() -> None:
    chat = begun("/play guess 2")
    chat.say("Ben", chat.title)
    chat.wait(12)
    chat.say("Ben", chat.title, wait=4)
    chat.say("Ben", "/forget")
    chat.wait(20)
    chat.say("Ana", "/scores", wait=4)
    encoded = msgspec.json.encode({**chat.state, "waiting": [], "budgets": {}}).decode().casefold()
    assert "ben" not in encoded, encoded


def test_who_was_told_close_is_told_once_however_many_play() -> None:
    chat = begun()
    title = chat.title
    near = next((word for word in (title[:-2], f"{title} city", title[1:]) if _is_close(chat, word)), "")
    assert near, "no name of these is close"
    told = 0
    for turn in range(2):
        for place in range(40):
            chat.say(f"P{place}", near, wait=4)
            chat.wait(4)
        told = sum("close" in text for text in chat.texts) if turn == 0 else told
    assert sum("close" in text for text in chat.texts) == told


def _is_close(chat: Chat, word: str) -> bool:
    before = chat.state
    chat.say("Zoe", word, wait=4)
    found = chat.outcome == "close"
    chat.state = before
    return found


# Midnight


def test_a_streak_counts_days_and_not_a_clock_that_flickers() -> None:
    chat = alone()
    midnight = (chat.now_ms // DAY_MS + 1) * DAY_MS
    for place in range(6):
        chat.now_ms = midnight + (1000 if place % 2 else -1000)
        chat.say("Ana", "/play")
        chat.now_ms = midnight + (1000 if place % 2 else -1000)
        chat.say("Ana", chat.title)
    assert chat.state["scores"]["ana"][6] == 2


# Room


def test_a_crowd_with_long_names_fits_into_the_session() -> None:
    largest = 0
    for game in ("guess", "blank", "letters", "which", "path", "twenty"):
        chat = group(stage=Stage(hidden_picks=game == "which"))
        people = ["U" + f"{place:032x}" for place in range(70)]
        names = ["\U0001f468" * 8 + f"{place:04}" for place in range(70)]
        for turn in range(4):
            for place, person in enumerate(people):
                if not chat.title:
                    chat.say("Ana", f"/play {game} 50", wait=9)
                letter = string.ascii_lowercase[place % 26]
                texts = ("/hint", "Berlin", letter, "1", "/skip", chat.title if turn > 1 else "more", f"/about {place}")
                message = chat.message(Kind.TEXT, person, text=texts[place % len(texts)], addressed=True)
                chat.hear(replace(message, sender=person, sender_name=names[place]))
                chat.now_ms += 300
                largest = max(largest, len(msgspec.json.encode(chat.state)))
                if turn > 1 and chat.title and place % 10 == 9:
                    for other in range(place, place + 24):
                        winner = people[other % 70]
                        said = chat.message(Kind.TEXT, winner, text=chat.title, addressed=True)
                        chat.hear(replace(said, sender=winner, sender_name=names[other % 70]))
                    largest = max(largest, len(msgspec.json.encode(chat.state)))
                    chat.wait(9)
    assert largest > 10_000, "no crowd"


def test_timers_are_never_of_the_past_or_far_away() -> None:
    chat = begun("/play guess 3")
    chat.now_ms -= 10 * DAY_MS
    for _ in range(5):
        chat.say("Ana", "/help", wait=0.5)
        assert all(0 < one.after_ms <= 600_000 for one in chat.turn.timers if isinstance(one, SetTimer))


def test_messages_told_as_one_keep_the_pace() -> None:
    chat = begun("/play letters")
    for place in range(60):
        chat.say("ABCDEFGH"[place % 8], string.ascii_lowercase[place % 26], wait=0.35)
    chat.wait(30)
    assert all(later - earlier >= 3000 for earlier, later in pairwise(at_ms for at_ms, _ in chat.said))


def test_a_session_that_is_full_in_every_part_keeps_its_room() -> None:
    ids = [f"U{place:032x}" for place in range(60)]
    name, now_ms = "\U0001f468" * 12, 1_790_000_000_000
    latest = dict.fromkeys(ids[:24], now_ms)
    long = "\u65e5" * 1200
    current = Round(
        number=1,
        game="guess",
        secret=Secret(article_id=1, title="x" * 240, language="en", level=50),
        state={"what": "y" * 6000},
        close=tuple(ids[:24]),
        tried=latest,
        tried_name=tuple(ids[:24]),
        votes=tuple(ids[:24]),
        winners=tuple(Winner(one, name, 10, 0.5) for one in ids[:24]),
    )
    full = Session(
        round=current,
        match=Match(game="guess", total=50, points=dict.fromkeys(ids[:24], 1234)),
        scores={one: Score(name, 1000 + place, 1, 20717, 10, 10, 1) for place, one in enumerate(ids)},
        played_ms=latest,
        budgets={one: Budget(29833334, 40, 400) for one in ids[:24]},
        waiting=(Waiting(text=long), Waiting(text=long), Waiting(text=long, rank=2)),
    )
    kept = fitted(full)
    assert len(msgspec.json.encode(full)) > SESSION_LIMIT > len(msgspec.json.encode(kept)) + 900
    assert kept.round is not None
    assert kept.round.winners == current.winners
    assert len(kept.waiting) == 3
    assert len(kept.scores) >= 20
    assert ids[-1] in kept.scores
    assert fitted(replace(full, scores={}, waiting=(), round=None)) == replace(full, scores={}, waiting=(), round=None)


def test_wrong_names_after_the_last_question_are_silent_and_prolong_nothing() -> None:
    chat = group("twenty")
    chat.say("Ana", "/play twenty")
    for place in range(22):
        chat.say("Ben", f"is it Albert {string.ascii_uppercase[place]}instein?", addressed=True, wait=4)
    assert any("last question" in text for text in chat.texts)
    said = len(chat.said)
    until = dict(chat.timers)["round"]
    for place in range(5):
        chat.say("Ben", f"is it Isaac {string.ascii_uppercase[place]}ewton?", addressed=True, wait=4)
    chat.wait(4)
    assert len(chat.said) == said
    assert chat.timers["round"] == until


@pytest.mark.parametrize("is_group", [False, True], ids=["private", "group"])
def test_a_match_waits_for_the_store_and_goes_on(is_group: bool) -> None:
    chat = group() if is_group else alone()
    chat.say("Ana", "/play guess 3")
    chat.wait(4)
    chat.store_is_up = False
    chat.say("Ana", chat.title, wait=4)
    chat.wait(20)
    assert "encyclopedia" in chat.texts[-1]
    assert not chat.timers
    points = chat.state["match"]["points"]["ana"]
    chat.store_is_up = True
    chat.wait(DAY_MS / 1000)
    chat.press("Ana", "play")
    assert chat.state["match"]["points"]["ana"] == points > 0
    assert "Round 2 of 3" in chat.texts[-1]


def test_a_clock_that_goes_back_ends_no_round_that_is_played() -> None:
    chat = begun("/play letters")
    chat.now_ms -= 3600_000
    chat.timers = {name: (at_ms - 3600_000, number) for name, (at_ms, number) in chat.timers.items()}
    title = chat.title
    for place in range(12):
        chat.say("Ben", f"Berlin {place}", wait=110)
    assert chat.title == title
