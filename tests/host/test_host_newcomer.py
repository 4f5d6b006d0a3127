"""What somebody does who never saw the bot: says a game's name, says yes, asks for help, stops, looks something up."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from game_state.games.contract import State
from game_state.games.guess import GuessGame
from game_state.games.needs import Door, Doors, Goal, Route
from game_state.games.rounds import Scene, Secret, Step
from game_state.host import words
from game_state.host.host import Host
from game_state.rules import GAMES
from languages.voice import LANGUAGES, voice_of
from tests.games.scene import ARTICLES, article
from tests.host.chat import Chat

HOST = GAMES["guess"]
YES = {"en": "yes please", "de": "ja, gern", "es": "¡claro!", "fr": "oui", "it": "va bene", "pt": "vamos lá"}
NO = {"en": "no thanks", "de": "nein", "es": "ahora no", "fr": "non merci", "it": "no", "pt": "não"}
PLAY = {"en": "play", "de": "spielen", "es": "jugar", "fr": "jouer", "it": "gioca", "pt": "jogar"}
KNOWS = {
    "en": ("I know it!", "I got it", "I won't give up"),
    "de": ("Ich weiß es!", "ich hab's", "ich gebe nicht auf"),
    "es": ("¡lo sé!", "lo tengo", "no me rindo"),
    "fr": ("je sais !", "j'ai trouvé", "je n'abandonne pas"),
    "it": ("lo so!", "ce l'ho", "non mi arrendo"),
    "pt": ("eu sei!", "já sei", "não desisto"),
}
HELP = {"en": "help", "de": "hilfe", "es": "ayuda", "fr": "aide", "it": "aiuto", "pt": "ajuda"}
NEXT = {"en": "next", "de": "weiter", "es": "siguiente", "fr": "suivant", "it": "prossimo", "pt": "próximo"}
STOP = {"en": "stop", "de": "stopp", "es": "parar", "fr": "arrête", "it": "basta", "pt": "parar"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_game_begins_by_its_name_alone_as_the_list_writes_it(language: str) -> None:
    assert isinstance(HOST, Host)
    for name, game in HOST.games.items():
        for said in (game.title(voice_of(language)), name):
            chat = Chat(HOST, ARTICLES, language=language, answers=_links())
            chat.say("Ana", said)
            begun = chat.turn.outcome == "started" and chat.state["match"]["game"] == name
            # Of these few articles not every game can be made: then it was at least tried.
            assert begun or chat.turn.outcome == "empty", said


def test_a_name_with_more_to_it_is_read_like_an_order() -> None:
    chat = Chat(HOST, ARTICLES)
    chat.say("Ana", "letters 3")
    assert (chat.state["match"]["game"], chat.state["match"]["total"]) == ("letters", 3)


def test_a_group_may_say_the_name_of_a_game_among_themselves() -> None:
    chat = Chat(HOST, ARTICLES, group=True)
    chat.say("Ana", "letters")
    assert chat.turn.outcome == "ignored"
    chat.say("Ana", "letters", addressed=True, wait=4)
    assert chat.turn.outcome == "started"


@pytest.mark.parametrize("language", LANGUAGES)
def test_yes_to_the_bots_own_question_begins_a_round(language: str) -> None:
    chat = Chat(HOST, ARTICLES, language=language)
    chat.say("Ana", YES[language])
    assert chat.turn.outcome != "started", "nothing was asked yet"
    chat.say("Ana", YES[language])
    assert chat.turn.outcome == "started"


@pytest.mark.parametrize("said", ["how do I play letters?", "/help letters", "explain hangman"])
def test_who_asks_about_a_game_is_told_its_rules(said: str) -> None:
    chat = Chat(HOST, ARTICLES)
    assert "Write a letter to uncover it" in chat.say("Ana", said)
    chat.press("Ana", "Play")
    assert chat.state["match"]["game"] == "letters"


@pytest.mark.parametrize("said", ["who?", "what is it", "which commands are there?"])
def test_a_question_begins_no_game(said: str) -> None:
    chat = Chat(HOST, ARTICLES)
    chat.say("Ana", said)
    assert "round" not in chat.state


def test_a_setting_that_cannot_be_so_is_told_what_it_can_be() -> None:
    chat = Chat(HOST, ARTICLES)
    assert chat.say("Ana", "/settings pace 3") == "/settings pace can be: 5-300, on, off"
    assert chat.say("Ana", "/settings difficulty") == "/settings difficulty can be: any, easy, medium, hard"
    assert chat.say("Ana", "/settings foo 3").startswith("I do not know that setting.")


def test_who_speaks_another_of_its_languages_is_offered_it() -> None:
    chat = Chat(HOST, ARTICLES)
    assert chat.say("Ana", "Hola").startswith("Hello")
    assert chat.buttons[-1].label == "Español"
    chat.press("Ana", "Español")
    assert chat.say("Ana", "hola").startswith("Hola")
    assert "Español" not in [button.label for button in chat.buttons]
    assert chat.say("Ana", "hello")
    assert "English" not in [button.label for button in chat.buttons], "English is read everywhere"


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_knows_it_has_not_given_up(language: str) -> None:
    chat = Chat(HOST, ARTICLES, language=language)
    chat.say("Ana", "/play guess")
    title = chat.title
    for said in KNOWS[language]:
        chat.say("Ana", said)
        assert (chat.turn.outcome, chat.title) == ("wrong", title), said


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_to_the_bots_own_question_is_taken_for_an_answer(language: str) -> None:
    chat = Chat(HOST, ARTICLES, language=language)
    chat.say("Ana", "hello")
    said = chat.say("Ana", NO[language])
    assert said == voice_of(language).say("All right. Say play whenever you feel like it!")
    # What it asks to be said is understood.
    chat.say("Ana", PLAY[language])
    assert chat.turn.outcome == "started"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("game", ["guess", "letters", "twenty"])
def test_a_known_word_alone_is_an_order_while_a_round_is_on(language: str, game: str) -> None:
    chat = Chat(HOST, ARTICLES, language=language)
    chat.say("Ana", f"/play {game}")
    chat.say("Ana", HELP[language])
    assert chat.turn.outcome == "help"
    chat.say("Ana", NEXT[language])
    assert chat.turn.outcome == "skipped"
    chat.say("Ana", STOP[language])
    assert chat.turn.outcome == "stopped"


def test_a_known_word_that_is_the_answer_is_the_answer() -> None:
    album = article(
        "Help!", 9, clues=("Four men spell something with flags.", "It has fourteen songs."), topics=("music",)
    )
    chat = Chat(HOST, [album])
    chat.say("Ana", "/play guess")
    chat.say("Ana", "help")
    assert chat.turn.outcome == "correct"


def test_words_like_an_order_are_heard_by_the_game_once() -> None:
    heard: list[str] = []

    class Listening(GuessGame):
        def hear(self, scene: Scene, secret: Secret, state: State, words: str) -> Step:
            heard.append(words)
            return super().hear(scene, secret, state, words)

    album = article(
        "Help!", 9, clues=("Four men spell something with flags.", "It has fourteen songs."), topics=("music",)
    )
    chat = Chat(Host((Listening(),)), [album])
    chat.say("Ana", "/play")
    chat.say("Ana", "help")
    assert chat.turn.outcome == "correct"
    # Twice at most: the second time with the article that it asked for.
    assert len(heard) <= 2


def test_a_skip_that_comes_too_late_is_not_met_with_no_round_is_on() -> None:
    chat = Chat(HOST, ARTICLES, group=True)
    chat.say("Ana", "/play guess 2")
    chat.say("Ana", "/skip", wait=4)
    chat.say("Ben", "/skip", wait=1)
    assert chat.turn.outcome == "ignored"
    said = chat.wait(10)
    assert "No round is on" not in said
    chat.say("Ana", "/stop", wait=4)
    chat.wait(30)
    assert "No round is on" in chat.say("Ben", "/skip")


def test_an_unknown_command_is_told_so() -> None:
    said = Chat(HOST, ARTICLES).say("Ana", "/frobnicate")
    assert said.startswith("I do not know that command.")
    assert "/games" in said


def test_a_race_ends_with_the_article_that_all_wanted_to_reach() -> None:
    chat = Chat(HOST, ARTICLES, answers=_links())
    chat.say("Ana", "/play path")
    assert chat.title != "Mercury (planet)"
    said = chat.say("Ana", "/giveup")
    goal = ARTICLES[1]
    assert f"\n\n{goal.title}\n{goal.summary}\n{goal.url}" in said


def test_a_race_to_an_article_with_a_long_title_ends_with_it() -> None:
    long = article("The " + "very " * 30 + "long way", 40, summary="It is long.", url="https://example.org/long")
    chat = Chat(HOST, [*ARTICLES, long], answers=_links(long.article_id, long.title))
    chat.say("Ana", "/play path")
    assert f"\n\n{long.title}\nIt is long.\nhttps://example.org/long" in chat.say("Ana", "/giveup")


def test_stopping_the_daily_challenge_is_asked_about_once() -> None:
    chat = Chat(HOST, ARTICLES)
    chat.say("Ana", "/daily")
    first = chat.title
    said = chat.say("Ana", "/stop")
    assert "one try" in said
    assert first not in said
    assert chat.title == first
    chat.say("Ana", "/skip")
    assert chat.title not in {"", first}
    chat.say("Ana", "stop")
    assert chat.turn.outcome == "asked", "in another round it is asked again"
    chat.press("Ana", "Stop")
    assert chat.turn.outcome == "stopped"
    assert "That was today's challenge." in chat.say("Ana", "/daily")


def test_a_long_ending_keeps_its_title_and_link_and_is_cut_nowhere_inside_a_word() -> None:
    sentence = "The whole sentence: " + " ".join(f"{number}th word" for number in range(200)) + "."
    told = article("Sahara", 7, summary="A desert. " * 30, url="https://en.wikipedia.org/wiki/Sahara")
    ending = words.ending(("Yes! Ana got it: 3 points.", sentence, "The word was: sand"), told, "Sahara")
    assert len(ending) <= words.ENDING_LIMIT
    assert ending.startswith("Yes! Ana got it: 3 points.\nThe whole sentence: 0th word 1th word")
    assert "word ...\nThe word was: sand\n" in ending
    assert ending.endswith("\n\nSahara\nhttps://en.wikipedia.org/wiki/Sahara")
    many = words.ending([f"Yes! Player number {one} got it: 7 points." for one in range(60)], told, "Sahara")
    assert len(many) <= words.ENDING_LIMIT
    assert many.endswith("\n\nSahara\nhttps://en.wikipedia.org/wiki/Sahara")


def test_a_summary_is_cut_at_a_sentence() -> None:
    assert words.cut("One two three. Four five six seven. Eight", 24) == "One two three."
    assert words.cut("One two three four five six seven", 20) == "One two three ..."
    assert words.cut("Short.", 20) == "Short."


def test_an_open_question_is_told_what_can_be_asked() -> None:
    chat = Chat(HOST, ARTICLES)
    chat.say("Ana", "/play twenty")
    for said in ("what is it", "How many are there?", "where is it?"):
        assert "yes or no" in chat.say("Ana", said), said
    assert chat.state["round"].get("state", {}).get("count", 0) == 0


def test_a_single_near_name_is_asked_about_by_its_name() -> None:
    chat = Chat(HOST, ARTICLES)
    assert chat.say("Ana", "who is Mercurio?") == "Did you mean Mercury (planet)?"
    assert ARTICLES[1].summary in chat.press("Ana", "Mercury (planet)")


def test_how_a_round_begins_is_told_whatever_is_said_before_it_can_be_told() -> None:
    chat = Chat(HOST, ARTICLES, group=True)
    chat.say("Ana", "/play guess")
    chat.say("Ana", "/skip", wait=4)
    chat.say("Ana", "/stop", wait=1)
    chat.say("Ana", "/play twenty")
    for question in ("is it a person?", "is it alive?", "is it in Europe?"):
        chat.say("Ben", question, addressed=True)
    said = chat.wait(4)
    assert "I am thinking of an article." in said
    assert "(3 of 20)" in said


def test_more_rounds_than_can_be_played_are_as_many_as_can() -> None:
    assert "Round 1 of 50." in Chat(HOST, ARTICLES).say("Ana", "/play guess 100")


def _links(goal: int = 1, title: str = "Mercury (planet)") -> Mapping[type, object]:
    doors = (Door(3, "Greece"), Door(goal, title))
    return {
        Goal: lambda need: (
            Route(ids=(need.article_id, 3, goal), titles=("Start", "Greece", title))
            if need.article_id != goal
            else None
        ),
        Doors: doors,
    }
