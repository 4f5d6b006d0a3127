"""Matches, scores, the daily challenge, looking up, settings and languages, as one person or a group meets them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from game_state.games.deeds import Agreed, Forgotten, Reported, Scored, Solved
from game_state.games.needs import DailySet
from game_state.message import Kind
from game_state.rules import GAMES
from languages.voice import LANGUAGES
from tests.games.pool import answers_of, pool
from tests.games.scene import ARTICLES, article
from tests.host.chat import Chat

DAY_MS = 86_400_000


def private(**parts: object) -> Chat:
    return Chat(GAMES["guess"], ARTICLES, **parts)  # type: ignore[arg-type]


def test_every_game_is_found_within_two_messages() -> None:
    chat = private()
    first = chat.say("Ana", "hello")
    listed = first if "/games" in first or "Games" in [b.label for b in chat.buttons] else ""
    assert listed
    chat.press("Ana", "games")
    assert {button.value for button in chat.buttons} == {f"play:{name}" for name in GAMES["guess"].games}  # type: ignore[attr-defined]


def test_a_round_alone_from_the_first_clue_to_the_points() -> None:
    chat = private()
    assert "Clue 1" in chat.say("Ana", "/play")
    assert "Not quite" in chat.say("Ana", "a lighthouse")
    assert "Clue 2" in chat.say("Ana", "give me a hint")
    title = chat.title
    told = chat.say("Ana", title)
    assert title in told
    assert "points" in told
    assert not chat.timers
    assert [type(deed) for deed in chat.turn.deeds] == [Scored, Solved]


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_letter_is_a_letter_and_no_order(language: str) -> None:
    chat = private(language=language)
    chat.say("Ana", "/play letters")
    number = chat.state["round"]["number"]
    for letter in "iyeclntj":
        chat.say("Ana", letter)
        assert chat.outcome in {"letter", "missed", "repeated", "correct"}
        if chat.outcome == "correct":
            return
        assert chat.state["round"]["number"] == number


def test_words_too_short_for_a_title_are_answered_alone_and_cost_nothing() -> None:
    chat = private()
    chat.say("Ana", "/play letters")
    chat.say("Ana", "q")
    before = chat.state["round"]["state"]
    assert "Not quite" in chat.say("Ana", "qz")
    assert chat.state["round"]["state"] == before


def test_the_missing_word_is_the_answer_even_where_it_sounds_like_an_order() -> None:
    prose = "Rubik's Cube is a puzzle whose six coloured faces can be turned and must be put in order"
    chat = Chat(GAMES["guess"], [article("Rubik's Cube", 0, summary=prose, keywords=("puzzle",))])
    chat.say("Ana", "/play blank")
    assert chat.state["round"]["state"]["word"] == "puzzle"
    chat.say("Ana", "puzzle")
    assert chat.outcome == "correct"


def test_back_on_a_path_is_a_step_back() -> None:
    chat = Chat(GAMES["guess"], pool(), answers=answers_of(pool()))
    chat.say("Ana", "/play path")
    chat.press("Ana", chat.buttons[0].label)
    assert "after 1 step." in chat.texts[-1]
    assert "after 2 steps." in chat.say("Ana", "back")


def test_another_game_is_not_begun_while_a_round_is_on() -> None:
    chat = private()
    chat.say("Ana", "/play letters")
    assert "A round is on already" in chat.say("Ana", "/play guess")
    assert chat.state["round"]["game"] == "letters"
    assert "_" in chat.say("Ana", "/play letters")


def test_the_rules_come_first_and_blanks_have_a_line_of_their_own() -> None:
    rules, _, board = private().say("Ana", "/play letters 2").partition("\n\n")
    assert rules.startswith("The title of an article is hidden.")
    place, blanks, *_ = board.split("\n")
    assert place == "Round 1 of 2."
    assert blanks.startswith("_ ")


def test_a_round_waits_for_days() -> None:
    chat = private()
    chat.say("Ana", "/play")
    title = chat.title
    assert chat.wait(5 * 86400) == ""
    assert title in chat.say("Ana", title)


def test_a_match_of_three_has_a_winner_and_says_so() -> None:
    chat = Chat(GAMES["guess"], ARTICLES, group=True)
    chat.say("Ana", "/play guess 3")
    for who in ("Ben", "Cleo", "Ben"):
        chat.wait(6)
        assert chat.title
        chat.say(who, chat.title)
        chat.wait(2)
    chat.wait(10)
    assert "The match is over, and Ben wins it" in chat.texts[-1]
    assert not chat.title
    assert not chat.timers


def test_no_article_comes_twice_in_a_match_that_the_pool_can_fill() -> None:
    chat = private()
    seen = []
    chat.say("Ana", "/play guess 3")
    while chat.title:
        seen.append(chat.title)
        chat.say("Ana", chat.title)
    assert sorted(seen) == sorted(one.title for one in ARTICLES)


def test_a_topic_that_nothing_has_is_told() -> None:
    chat = private()
    assert "topic" in chat.say("Ana", "/play history")
    assert not chat.title


def test_the_daily_challenge_is_five_articles_once_a_day() -> None:
    five = [article(f"Thing {name}", place, clues=("A first clue.", "A second one."), summary="It is one.")
            for place, name in enumerate(("Alpha", "Bravo", "Charlie", "Delta", "Echo"))]  # fmt: skip
    chat = Chat(GAMES["guess"], five)
    chat.say("Ana", "/daily")
    for _ in range(4):
        chat.say("Ana", chat.title)
    told = chat.say("Ana", "/giveup")
    assert "4 of 5" in told
    assert not any(one.title in told.rpartition("Daily challenge")[2] for one in five)
    assert "4 of 5" in chat.say("Ana", "/daily")
    assert not chat.title
    chat.now_ms += DAY_MS
    chat.say("Ana", "/daily")
    assert chat.title


def test_the_daily_challenge_asks_for_the_day_of_the_event() -> None:
    asked: list[DailySet] = []

    def answer(need: DailySet) -> tuple[str, ...]:
        asked.append(need)
        return ()

    chat = private(answers={DailySet: answer})
    chat.say("Ana", "/daily")
    assert asked == [DailySet(day="2026-09-21", language="en")]


def test_the_daily_challenge_is_not_played_in_a_group() -> None:
    chat = Chat(GAMES["guess"], ARTICLES, group=True)
    assert "private" in chat.say("Ana", "/daily")
    assert not chat.title


def test_who_is_who_is_told_and_refused_while_a_round_is_on() -> None:
    chat = private()
    told = chat.say("Ana", "/about Eiffel Tower")
    assert "wrought-iron" in told
    assert "https://" in told
    assert "mean" in chat.say("Ana", "/about Eiffl")
    chat.say("Ana", "/play")
    assert "Not while a round is on" in chat.say("Ana", "/about Eiffel Tower")


def test_scores_of_the_day_the_week_and_all_time() -> None:
    chat = private()
    chat.say("Ana", "/play")
    chat.say("Ana", chat.title)
    assert "1 win" in chat.say("Ana", "/scores")
    chat.now_ms += 8 * DAY_MS
    assert "Nobody" in chat.say("Ana", "/scores week")
    assert "1 win" in chat.say("Ana", "/scores")
    chat.say("Ana", "/play")
    chat.say("Ana", chat.title)
    chat.now_ms += DAY_MS
    chat.say("Ana", "/play")
    chat.say("Ana", chat.title)
    assert "2 days in a row" in chat.say("Ana", "/scores")


def test_agreeing_and_being_forgotten_go_to_the_books() -> None:
    chat = private()
    chat.say("Ana", "/play")
    chat.say("Ana", chat.title)
    chat.say("Ana", "/agree")
    assert [*chat.turn.deeds] == [Agreed(player="ana", name="Ana")]
    chat.say("Ana", "/forget")
    assert [*chat.turn.deeds] == [Forgotten(player="ana")]
    assert "Ana" not in chat.say("Ben", "/scores")


def test_a_bad_clue_is_reported_with_its_own_words() -> None:
    chat = private()
    chat.say("Ana", "/play")
    shown = chat.texts[-1]
    chat.say("Ana", "/report")
    (deed,) = chat.turn.deeds
    assert isinstance(deed, Reported)
    assert deed.clue
    assert deed.clue in shown
    title = chat.title
    chat.say("Ana", title)
    chat.press("Ana", "report")
    (deed,) = chat.turn.deeds
    assert isinstance(deed, Reported)
    assert deed.title == title


def test_settings_change_what_they_say() -> None:
    chat = Chat(GAMES["guess"], ARTICLES, group=True)
    assert "20 s" in chat.say("Ana", "/settings")
    chat.say("Ana", "/settings pace 60", wait=4)
    chat.say("Ana", "/play", wait=4)
    assert chat.wait(50) == ""
    assert "lue 2" in chat.wait(15) or "last clue" in chat.texts[-1]


def test_the_store_that_is_away_is_told_honestly_and_loses_nothing() -> None:
    chat = private()
    chat.say("Ana", "/play")
    title = chat.title
    chat.store_is_up = False
    assert "encyclopedia" in chat.say("Ana", "no such thing")
    chat.store_is_up = True
    assert title in chat.say("Ana", title)


def test_a_language_without_a_store_says_so_and_offers_one_that_has_it() -> None:
    chat = private()
    told = chat.say("Ana", "/play guess spanish")
    assert not chat.title
    assert told
    assert chat.buttons[0].value == "play:en"
    chat.press("Ana", "play:en")
    assert chat.title


def test_who_speaks_a_countrys_language_reads_its_articles() -> None:
    chat = Chat(GAMES["guess"], ARTICLES, language="en-GB", shelves=("de", "en"))
    assert "I have no articles" not in chat.say("Ana", "/play")
    assert chat.state["match"]["language"] == "en"


def test_joining_a_group_says_hello_with_the_games() -> None:
    chat = Chat(GAMES["guess"], ARTICLES, group=True)
    assert "Hello" in chat.send("Ana", Kind.JOIN, addressed=True)
    assert "games" in {button.value for button in chat.buttons}


def test_a_round_goes_on_with_the_new_builds_record() -> None:
    chat = private()
    chat.say("Ana", "/play")
    title = chat.title
    chat.articles = [replace(one, article_id=one.article_id + 7) for one in chat.articles]
    assert chat.say("Ana", "/hint")
    assert title in chat.say("Ana", title)
    assert chat.outcome == "correct"


def test_a_round_whose_article_is_gone_ends_politely_with_its_answer() -> None:
    chat = private()
    chat.say("Ana", "/play")
    title = chat.title
    chat.articles = [one for one in chat.articles if one.title != title]
    told = chat.say("Ana", "/hint")
    assert "renewed" in told
    assert title in told
    assert not chat.title
