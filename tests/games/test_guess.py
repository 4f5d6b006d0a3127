"""Guess the article, as its players see it: in private, in a group, with the store away, and when they wander off."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from article_data.article import Article
from article_data.judge.key import AnswerKey, make_key
from game_state.games import GAMES
from game_state.games.contract import CancelTimer, SetTimer
from game_state.games.guess_round import IDLE_MS, points_for
from game_state.games.guess_words import read_button, read_text
from game_state.message import Kind
from tests.games.talk import LANDMARKS, Talk

TOWER = LANDMARKS[:1]


def private(pool: tuple[Article, ...] = TOWER) -> Talk:
    return Talk(GAMES["guess"], pool)


def group(pool: tuple[Article, ...] = TOWER) -> Talk:
    return Talk(GAMES["guess"], pool, group=True)


def test_a_round_in_private() -> None:
    talk = private()
    assert "Clue 1 of 4:\n\nIt was meant to stand for twenty years." in talk.say("Ada", "/play")
    assert (talk.outcome, talk.buttons) == ("started", ["hint", "skip", "giveup"])
    assert talk.say("Ada", "the Great Wall").startswith("Not quite.")
    assert (talk.outcome, talk.buttons) == ("wrong", ["hint", "giveup"])
    assert "Clue 2 of 4:\n\nPainters" in talk.press("Ada", "hint")
    assert talk.say("Ada", "some tower") == "That is close!"
    assert talk.say("Ada", "another tower").startswith("Not quite."), "close is said once for a clue"
    won = talk.say("Ada", "is it the eifel tower?")
    assert won == (
        "Yes! You got it after 2 clues: 9 points.\n\nEiffel Tower\nThe Eiffel Tower is a lattice tower in Paris.\n"
        "https://en.wikipedia.org/wiki/Eiffel_Tower"
    )
    assert (talk.outcome, talk.buttons) == ("correct", ["play", "scores"])
    assert talk.turn.timers == (CancelTimer(name="idle"),)
    assert talk.say("Ada", "scores") == "The scores here:\n1. Ada: 9 points, 1 win"


def test_a_round_in_a_group() -> None:
    talk = group()
    assert talk.say("Ada", "play") == "", "plain words without a round are not for the bot"
    assert talk.outcome == "ignored"
    assert "Clue 1" in talk.say("Ada", "/play@parlor_bot history")
    assert talk.say("Bob", "what do you all think?") == ""
    assert talk.outcome == "wrong"
    assert talk.say("Bob", "Big Ben", addressed=True) == "Not it."
    assert talk.say("Bob", "radio tower") == "Bob, that is close!"
    assert talk.say("Bob", "water tower") == "", "once for a player and clue"
    assert talk.say("Cem", "tower block") == "Cem, that is close!"
    assert "Clue 2" in talk.say("Cem", "hint"), "a bare command word counts during a round"
    assert talk.say("Bob", "steel tower") == "Bob, that is close!"
    assert "Yes! Cem got it after 2 clues: 9 points." in talk.say("Cem", "La Dame de Fer")
    assert talk.say("Cem", "Eiffel Tower") == "", "the round is over"
    assert talk.say("Bob", "scores", addressed=True) == "The scores here:\n1. Cem: 9 points, 1 win"


@pytest.mark.parametrize(
    "words", ["/play", "play", "Play!", "start a game", "start", "New game", "/newgame", "/play@bot now", "let's play"]
)
def test_ways_to_start(words: str) -> None:
    talk = private()
    talk.say("Ada", words)
    assert talk.outcome == "started"


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("/hint", "clue"),
        ("HINT", "clue"),
        ("give me a hint!", "clue"),
        ("/skip", "skipped"),
        ("skip", "skipped"),
        ("/giveup", "gave_up"),
        ("/give_up", "gave_up"),
        ("/give up", "gave_up"),
        ("I give up...", "gave_up"),
        ("give up", "gave_up"),
        ("/scores", "scores"),
        ("score", "scores"),
        ("stop", "stopped"),
        ("/stop@bot", "stopped"),
        ("help", "help"),
        ("/help", "help"),
        ("/start", "greeted"),
        ("/start payload", "greeted"),
        ("play", "repeated"),
        ("/guess eiffel tower", "correct"),
        ("/guess@bot Eiffel Tower", "correct"),
        ("/guess", "unknown"),
        ("/parlor hint", "clue"),
        ("/weather", "help"),
        ("hint me not", "wrong"),
    ],
)
def test_words_in_a_round(words: str, outcome: str) -> None:
    talk = private()
    talk.say("Ada", "/play")
    talk.say("Ada", words)
    assert talk.outcome == outcome


@pytest.mark.parametrize("value", ["hint", "skip", "giveup", "stop"])
def test_a_late_button_offers_a_new_round(value: str) -> None:
    for talk in (private(), group()):
        assert "No round is on" in talk.press("Ada", value)
        assert "play" in talk.buttons
        talk.press("Ada", "play")
        assert talk.outcome == "started"


def test_every_button_shown_is_understood() -> None:
    talk = private()
    shown: set[str] = set()
    for words in ("/start", "hello", "scores", "play", "wrong", "hint", "hint", "hint", "hint", "give up"):
        talk.say("Ada", words)
        shown |= {button.value for reply in talk.turn.replies for button in reply.buttons}
    assert shown == {"play", "help", "scores", "hint", "skip", "giveup"}
    for value in sorted(shown):
        talk.press("Ada", value)
        assert talk.outcome != "unknown"
    assert talk.press("Ada", "left over from somewhere") != ""


def test_every_label_can_be_written_instead() -> None:
    """Where a platform shows no buttons, players write what they read."""
    talk = private()
    for words in ("/start", "hello", "scores", "play", "wrong", "give up"):
        talk.say("Ada", words)
        for button in (button for reply in talk.turn.replies for button in reply.buttons):
            order = read_text(button.label)
            assert order.command is read_button(button.value) is not None


def test_when_the_clues_run_out() -> None:
    talk = private()
    talk.say("Ada", "/play")
    for number in (2, 3, 4):
        assert f"Clue {number} of 4" in talk.say("Ada", "hint")
    assert talk.buttons == ["skip", "giveup"]
    assert talk.say("Ada", "hint") == "Those were all the clues. Have a last guess, or give up?"
    assert talk.outcome == "exhausted"
    assert "all the clues" in talk.say("Ada", "no idea")
    assert "after 4 clues: 7 points" in talk.say("Ada", "Eiffel Tower")


def test_points_fall_with_the_clues() -> None:
    assert [points_for(clue) for clue in range(1, 13)] == [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1, 1]


def test_points_and_wins_add_up() -> None:
    talk = group()
    for winner, hints in (("Ada", 0), ("Bob", 3), ("Ada", 2), ("Bob", 0), ("Bob", 1)):
        talk.say("Cem", "/play")
        for _ in range(hints):
            talk.say("Cem", "hint")
        talk.say(winner, "Eiffel Tower")
    assert talk.say("Cem", "/scores") == "The scores here:\n1. Bob: 26 points, 3 wins\n2. Ada: 18 points, 2 wins"


def test_giving_up_reveals_and_ends() -> None:
    talk = private()
    talk.say("Ada", "/play")
    assert "It was:\n\nEiffel Tower\nThe Eiffel Tower is" in talk.say("Ada", "i give up")
    assert talk.buttons == ["play", "scores"]
    talk.say("Ada", "Eiffel Tower")
    assert talk.outcome == "unknown", "nothing is won afterwards"


def test_skipping_reveals_and_goes_on() -> None:
    talk = private(LANDMARKS)
    talk.say("Ada", "/play")
    before = talk.state["round"]
    assert talk.say("Ada", "skip").startswith(f"Skipped. It was: {before['title']}\nhttps://")
    assert len(talk.turn.replies) == 2
    assert "Clue 1 of" in talk.turn.replies[1].text
    assert talk.state["round"]["article_id"] != before["article_id"]
    assert talk.turn.timers == (SetTimer(name="idle", round=2, after_ms=IDLE_MS),)


def test_stopping_shows_the_scores() -> None:
    talk = group()
    talk.say("Ada", "/play")
    talk.say("Ada", "Eiffel Tower")
    talk.say("Ada", "/play")
    answer = talk.say("Bob", "stop")
    assert "thank you for playing" in answer
    assert answer.endswith("The scores here:\n1. Ada: 10 points, 1 win")
    assert talk.turn.timers == (CancelTimer(name="idle"),)


def test_recent_articles_are_not_repeated() -> None:
    pool = tuple(Article(article_id=number, title=f"Thing {number}", clues=("A clue.",)) for number in range(60))
    talk = private(pool)
    played = []
    for _ in range(200):
        talk.say("Ada", "/play")
        played.append(talk.state["round"]["article_id"])
        talk.say("Ada", "give up")
    repeats = sum(article in played[max(0, place - 20) : place] for place, article in enumerate(played))
    assert repeats <= 4, "six picks of sixty, twenty of them recent, fail once in about 700"


def test_a_small_pool_takes_turns() -> None:
    talk = private(LANDMARKS)
    before = None
    for _ in range(30):
        talk.say("Ada", "/play")
        now = talk.state["round"]["article_id"]
        assert now != before
        before = now
        talk.say("Ada", "give up")


def test_an_article_without_clues_is_passed_over() -> None:
    bare = Article(article_id=7, title="Nothing")
    talk = private((bare, *LANDMARKS))
    for _ in range(20):
        talk.say("Ada", "/play")
        assert talk.state["round"]["article_id"] != 7
        talk.say("Ada", "stop")
    only = private((bare,))
    assert "can't reach my encyclopedia" in only.say("Ada", "/play")


def test_the_store_is_away() -> None:
    talk = private()
    talk.store_is_up = False
    assert talk.say("Ada", "/play") == "I can't reach my encyclopedia right now, please try again in a moment."
    assert (talk.outcome, talk.state) == ("unreachable", {})
    talk.store_is_up = True
    talk.say("Ada", "/play")
    kept = talk.state
    talk.store_is_up = False
    for words in ("hint", "Eiffel Tower", "skip", "play"):
        assert "can't reach" in talk.say("Ada", words)
        assert talk.state == kept
    assert talk.say("Ada", "give up").endswith("Eiffel Tower"), "the round itself knows its answer"


def test_the_store_is_away_from_a_talking_group() -> None:
    talk = group()
    talk.say("Ada", "/play")
    talk.store_is_up = False
    assert talk.say("Bob", "what a strange thing to say") == ""
    assert talk.outcome == "unreachable"
    assert "try again in a moment" in talk.say("Bob", "Eiffel Tower"), "a right guess is not lost in silence"
    talk.store_is_up = True
    assert "Yes! Bob got it" in talk.say("Bob", "Eiffel Tower")


def test_a_new_build_ends_the_round_politely() -> None:
    talk = private()
    talk.say("Ada", "/play")
    talk.pool = (Article(article_id=0, title="Big Ben", clues=("It strikes.",)),)
    answer = talk.say("Ada", "hint")
    assert "just been renewed" in answer
    assert answer.endswith("Eiffel Tower")
    assert (talk.outcome, talk.turn.timers) == ("outdated", (CancelTimer(name="idle"),))
    talk.say("Ada", "play")
    talk.pool = TOWER
    assert "Big Ben" in talk.say("Ada", "give up")
    assert "lattice" not in talk.turn.replies[0].text, "never the words of another article"


def test_a_record_without_a_key_is_judged_by_its_title_and_other_names() -> None:
    bare = replace(TOWER[0], key=AnswerKey())
    for guess in ("the eiffel tower", "Eifel Tower", "la dame de fer"):
        talk = private((bare,))
        talk.say("Ada", "/play")
        talk.say("Ada", guess)
        assert talk.outcome == "correct"


def test_a_round_is_judged_by_the_records_key() -> None:
    wide = replace(TOWER[0], key=make_key("Eiffel Tower", redirects=("Iron Lady",)))
    talk = private((wide,))
    talk.say("Ada", "/play")
    assert talk.say("Ada", "la dame de fer").startswith("Not quite.")
    talk.say("Ada", "iron lady")
    assert talk.outcome == "correct"


def test_a_round_goes_on_with_the_new_builds_record() -> None:
    talk = private()
    talk.say("Ada", "/play")
    talk.say("Ada", "hint")
    talk.say("Ada", "hint")
    tower = replace(TOWER[0], article_id=1, clues=("It was renewed.", "Still iron."))
    talk.pool = (Article(article_id=0, title="Big Ben", clues=("It strikes.",)), tower)
    assert talk.say("Ada", "Big Ben").startswith("Not quite.")
    assert (talk.fetches, talk.state["round"]["article_id"]) == (2, 1), "looked for by its title, once"
    talk.say("Ada", "hint")
    assert (talk.outcome, talk.fetches) == ("exhausted", 1)
    assert "after 2 clues: 9 points" in talk.say("Ada", "Eiffel Tower"), "no more clues than the record has"


def test_a_new_build_without_the_number_is_told_from_a_store_that_is_away() -> None:
    talk = private()
    talk.say("Ada", "/play")
    talk.pool = ()
    talk.store_is_up = False
    assert "can't reach" in talk.say("Ada", "hint")
    talk.store_is_up = True
    assert "just been renewed" in talk.say("Ada", "hint")


def test_an_idle_round_ends_itself() -> None:
    talk = group()
    talk.say("Ada", "/play")
    assert talk.turn.timers == (SetTimer(name="idle", round=1, after_ms=30 * 60_000),)
    talk.say("Ada", "hint")
    assert talk.idle_round() == 1
    talk.say("Ada", "Big Ben")
    assert talk.idle_round() is None, "a guess soon after writes no timer"
    talk.now_ms += 11 * 60_000
    talk.say("Ada", "Big Bell")
    assert talk.idle_round() == 1, "a guess later on does"
    assert talk.ring("idle", 0) == ""
    assert talk.ring("other", 1) == ""
    assert "quiet for a while" in talk.ring("idle", 1)
    assert talk.outcome == "idle"
    assert talk.ring("idle", 1) == "", "once"
    talk.say("Ada", "/play")
    assert talk.ring("idle", 1) == "", "the timer of an old round ends no new one"
    assert talk.idle_round() is None
    assert "round" in talk.state


def test_what_is_not_words() -> None:
    for kind in (Kind.IMAGE, Kind.STICKER, Kind.LOCATION, Kind.LINK):
        talk = private()
        assert "only understand words" in talk.send("Ada", kind)
        talk = group()
        assert talk.send("Ada", kind) == ""
        assert talk.turn.timers == ()


def test_edits_are_never_judged() -> None:
    for talk in (private(), group()):
        talk.say("Ada", "/play")
        assert talk.send("Ada", Kind.EDIT, text="Eiffel Tower") == ""
        assert talk.outcome == "ignored"


def test_joining_and_leaving() -> None:
    talk = group()
    assert talk.send("Bob", Kind.JOIN) == "", "a person came"
    assert "Hello, I am parlor." in talk.send("parlor", Kind.JOIN, addressed=True)
    talk.say("Ada", "/play")
    talk.say("Ada", "Eiffel Tower")
    talk.say("Ada", "/play")
    assert talk.send("Bob", Kind.LEAVE) == ""
    assert "round" in talk.state, "a person went; the others play on"
    assert talk.send("parlor", Kind.LEAVE, addressed=True) == ""
    assert "round" not in talk.state
    assert talk.turn.timers == (CancelTimer(name="idle"),)
    assert "Ada: 10 points" in talk.say("Ada", "/scores")
    assert "Hello" in private().send("Ada", Kind.JOIN)


def test_talk_without_a_round() -> None:
    talk = private()
    assert "Shall we play" in talk.say("Ada", "good morning")
    assert talk.buttons == ["play", "help"]
    talk = group()
    assert talk.say("Ada", "good morning") == ""
    assert "Shall we play" in talk.say("Ada", "good morning", addressed=True)
    assert "Hello" in talk.say("Ada", "", addressed=True)
    assert talk.say("Ada", "/weather") == "", "another bot's command"
    assert "Clue 1" in talk.say("Ada", "/quiz start"), "a command named by who set the bot up"


def test_an_article_named_like_a_command_can_be_won() -> None:
    talk = private((Article(article_id=3, title="Help!", clues=("The fifth album of a band.",)),))
    talk.say("Ada", "/play")
    assert talk.say("Ada", "/help").startswith("I pick an article")
    assert "Yes! You got it" in talk.say("Ada", "help")


def test_the_scoreboard_is_short_and_names_are_tame() -> None:
    talk = group()
    for number in range(130):
        talk.say("Ada", "/play")
        talk.say(f"{number}\u202e\n{'Long name ' * 9}", "Eiffel Tower")
    assert len(talk.state["scores"]) == 100
    lines = talk.say("Ada", "/scores").splitlines()
    assert len(lines) == 12
    assert lines[-1] == "and 90 more"
    assert all("\u202e" not in line and len(line) < 60 for line in lines)
    assert any("129 Long name" in player[0] for player in talk.state["scores"].values()), "the newest winner stays"


def test_somebody_without_a_name_or_id() -> None:
    talk = group()
    talk.say("Ada", "/play")
    nobody = talk.message(Kind.TEXT, "", text="Eiffel Tower")
    assert "Yes! Somebody got it" in talk.hear(nobody)
    assert "1. Somebody: 10 points, 1 win" in talk.say("Ada", "/scores")
