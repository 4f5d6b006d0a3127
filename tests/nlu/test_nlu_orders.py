"""What people write becomes orders: slash commands, what shall be played, questions about an article, odd texts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from languages.voice import LANGUAGES
from nlu.orders import LIKELY, SURE, Intent, PlayOrder, read_command, read_phrase, read_play

_HEAP = [
    "who",
    "is",
    "what",
    "the",
    "hint",
    "play",
    "20",
    "in",
    "about",
    "next",
    "?",
    ",",
    "!",
    ":",
    "/",
    "@",
    "é",
    "🙂",
]


@pytest.mark.parametrize(
    ("text", "language", "intent", "words"),
    [
        ("/hint", "en", Intent.HINT, ""),
        ("/hint@parlor_bot", "en", Intent.HINT, ""),
        ("  /HINT  ", "de", Intent.HINT, ""),
        ("/guess Marie Curie", "en", Intent.GUESS, "Marie Curie"),
        ("/guess@parlor_bot\nMarie Curie", "en", Intent.GUESS, "Marie Curie"),
        ("/about Eiffel Tower", "en", Intent.ABOUT, "Eiffel Tower"),
        ("/settings difficulty hard", "en", Intent.SETTINGS, "difficulty hard"),
        ("/start", "en", Intent.GREET, ""),
        ("/daily", "en", Intent.DAILY, ""),
        ("/scores week", "en", Intent.SCORES, "week"),
        ("/scores bot", "en", Intent.SCORES, "bot"),
        ("/scores", "de", Intent.SCORES, ""),
        ("/punkte woche", "de", Intent.SCORES, "week"),
        ("/give_up", "en", Intent.GIVE_UP, ""),
        ("/überspringen", "de", Intent.SKIP, ""),
        ("/ueberhaupt_nichts was", "de", None, "was"),
        ("/pista", "es", Intent.HINT, ""),
        ("/indice", "fr", Intent.HINT, ""),
        ("/aiuto", "it", Intent.HELP, ""),
        ("/dica", "pt-br", Intent.HINT, ""),
        ("/hinweis", "en", Intent.HINT, ""),
        ("/nothing hint please", "en", None, "hint please"),
    ],
)
def test_a_slash_command_is_read_in_any_language(text: str, language: str, intent: Intent | None, words: str) -> None:
    order = read_command(text, language)
    assert order is not None
    assert (order.intent, order.words, order.slash) == (intent, words, True)


@pytest.mark.parametrize("text", ["hint", "", "/", "/ hint", "1/2", "/home/user", "what /hint", "/20"])
def test_a_text_without_a_command_is_none(text: str) -> None:
    assert read_command(text, "en") is None


@pytest.mark.parametrize("intent", sorted(set(Intent) - {Intent.THANKS}))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_has_its_own_name_as_a_command(intent: Intent, language: str) -> None:
    order = read_command(f"/{intent.value}", language)
    assert order is not None
    assert order.intent is intent


@pytest.mark.parametrize("game", ["blank", "letters", "which", "path", "twenty"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_games_name_is_a_command_that_plays_it(game: str, language: str) -> None:
    order = read_command(f"/{game} 3 hard", language)
    assert order is not None
    assert order.intent is Intent.PLAY
    assert order.play == PlayOrder(game=game, rounds=3, difficulty="hard")


@pytest.mark.parametrize(
    ("words", "language", "order"),
    [
        ("", "en", PlayOrder()),
        ("guess 10 hard history", "en", PlayOrder(game="guess", rounds=10, difficulty="hard", topic="history")),
        ("history hard 10 guess", "en", PlayOrder(game="guess", rounds=10, difficulty="hard", topic="history")),
        ("hangman in Spanish", "en", PlayOrder(game="letters", language="es")),
        ("letters es", "en", PlayOrder(game="letters", language="es")),
        ("20 questions", "en", PlayOrder(game="twenty")),
        ("20 questions about animals", "en", PlayOrder(game="twenty", topic="animal")),
        ("ten rounds", "en", PlayOrder(rounds=10)),
        ("51", "en", PlayOrder(rounds=50)),
        ("1984", "en", PlayOrder()),
        ("0", "en", PlayOrder()),
        ("chess", "en", PlayOrder(unknown=("chess",))),
        (
            "Galgenmännchen fünf Runden schwer Tiere",
            "de",
            PlayOrder(game="letters", rounds=5, difficulty="hard", topic="animal"),
        ),
        ("galgenmannchen", "de", PlayOrder(game="letters")),
        ("ahorcado en alemán", "es", PlayOrder(game="letters", language="de")),
        ("letras en", "es", PlayOrder(game="letters", language="en")),
        ("pendu facile histoire", "fr", PlayOrder(game="letters", difficulty="easy", topic="history")),
        ("impiccato difficile 3 storia", "it", PlayOrder(game="letters", rounds=3, difficulty="hard", topic="history")),
        (
            "forca fácil música em inglês",
            "pt",
            PlayOrder(game="letters", difficulty="easy", topic="music", language="en"),
        ),
        ("Lückentext", "en", PlayOrder(game="blank")),
        ("path", "fr", PlayOrder(game="path")),
        ("adult", "en", PlayOrder(unknown=("adult",))),
    ],
)
def test_what_shall_be_played_is_read_in_any_order(words: str, language: str, order: PlayOrder) -> None:
    assert read_play(words, language) == order


@pytest.mark.parametrize(
    ("text", "language", "order"),
    [
        ("let's play the letters game in Spanish", "en", PlayOrder(game="letters", language="es")),
        ("Lass uns Galgenmännchen auf Englisch spielen!", "de", PlayOrder(game="letters", language="en")),
        ("juguemos al ahorcado en inglés", "es", PlayOrder(game="letters", language="en")),
        ("on joue au pendu en anglais ?", "fr", PlayOrder(game="letters", language="en")),
        ("giochiamo all'impiccato in inglese", "it", PlayOrder(game="letters", language="en")),
        ("vamos jogar forca em inglês", "pt", PlayOrder(game="letters", language="en")),
        ("let's play 5 hard rounds about music", "en", PlayOrder(rounds=5, difficulty="hard", topic="music")),
    ],
)
def test_a_game_is_asked_for_in_plain_words(text: str, language: str, order: PlayOrder) -> None:
    heard = read_phrase(text, language)
    assert heard.intent is Intent.PLAY
    assert heard.sureness >= SURE or not order.game
    assert heard.play == order


def test_a_game_that_there_is_not_is_told() -> None:
    heard = read_phrase("let's play chess", "en")
    assert heard.intent is Intent.PLAY
    assert heard.play == PlayOrder(unknown=("chess",))


@pytest.mark.parametrize(
    ("text", "language", "about"),
    [
        ("who is Marie Curie?", "en", "Marie Curie"),
        ("Who's Ada Lovelace", "en", "Ada Lovelace"),
        ("tell me about the Eiffel Tower!", "en", "Eiffel Tower"),
        ("what is C++?", "en", "C++"),
        ("do you know who Pelé is?", "en", "Pelé"),
        ("hey bot, what's a quasar?", "en", "quasar"),
        ("Wer war Albert Einstein?", "de", "Albert Einstein"),
        ("erzähl mir was über den Eiffelturm", "de", "Eiffelturm"),
        ("¿Quién fue Frida Kahlo?", "es", "Frida Kahlo"),
        ("háblame de la Torre Eiffel", "es", "Torre Eiffel"),
        ("qui est Marie Curie ?", "fr", "Marie Curie"),
        ("parle-moi de l\u2019Arc de Triomphe", "fr", "Arc de Triomphe"),
        ("chi era Leonardo da Vinci?", "it", "Leonardo da Vinci"),
        ("dimmi qualcosa su Roma", "it", "Roma"),
        ("quem foi Santos Dumont?", "pt", "Santos Dumont"),
        ("me fala sobre o Cristo Redentor", "pt", "Cristo Redentor"),
        ("fala sobre o Cristo Redentor", "pt", "Cristo Redentor"),
    ],
)
def test_a_question_about_an_article_names_it(text: str, language: str, about: str) -> None:
    heard = read_phrase(text, language)
    assert (heard.intent, heard.words) == (Intent.ABOUT, about)
    assert LIKELY <= heard.sureness < SURE


@pytest.mark.parametrize(
    ("text", "language", "intent"),
    [
        ("who is winning?", "en", Intent.SCORES),
        ("what is this game", "en", Intent.HELP),
        ("what are the rules of this game", "en", Intent.HELP),
        ("wer gewinnt?", "de", Intent.SCORES),
        ("was ist das für ein Spiel?", "de", Intent.HELP),
        ("¿quién va ganando?", "es", Intent.SCORES),
        ("c'est quoi ce jeu ?", "fr", Intent.HELP),
        ("chi sta vincendo?", "it", Intent.SCORES),
        ("quem está ganhando?", "pt", Intent.SCORES),
    ],
)
def test_a_question_about_the_game_is_none_about_an_article(text: str, language: str, intent: Intent) -> None:
    heard = read_phrase(text, language)
    assert heard.intent is intent
    assert heard.sureness >= LIKELY


@pytest.mark.parametrize(
    ("text", "language", "intent"),
    [
        ("give us a hint pls", "en", Intent.HINT),
        ("GIVE US A HINT!!! 🙏", "en", Intent.HINT),
        ("this one is nasty, can we get a hint?", "en", Intent.HINT),
        ("no idea, next!", "en", Intent.SKIP),
        ("who's winning?", "en", Intent.SCORES),
        ("enough for today", "en", Intent.STOP),
        ("another one", "en", Intent.AGAIN),
        ("gib uns mal einen Tipp bitte", "de", Intent.HINT),
        ("keine Ahnung, weiter!", "de", Intent.SKIP),
        ("genug für heute", "de", Intent.STOP),
        ("noch eins", "de", Intent.AGAIN),
        ("danos una pista porfa", "es", Intent.HINT),
        ("ni idea, ¡siguiente!", "es", Intent.SKIP),
        ("basta por hoy", "es", Intent.STOP),
        ("otra más", "es", Intent.AGAIN),
        ("donne-nous un indice stp", "fr", Intent.HINT),
        ("aucune idée, suivant !", "fr", Intent.SKIP),
        ("ça suffit pour aujourd\u2019hui", "fr", Intent.STOP),
        ("encore une", "fr", Intent.AGAIN),
        ("dacci un indizio per favore", "it", Intent.HINT),
        ("boh, prossima!", "it", Intent.SKIP),
        ("basta per oggi", "it", Intent.STOP),
        ("un'altra", "it", Intent.AGAIN),
        ("dá uma dica por favor", "pt", Intent.HINT),
        ("não faço ideia, próxima!", "pt", Intent.SKIP),
        ("chega por hoje", "pt", Intent.STOP),
        ("mais uma", "pt", Intent.AGAIN),
        ("una pista por favor", "en", Intent.HINT),
        ("give us a hint", "it", Intent.HINT),
    ],
)
def test_plain_words_that_are_said_to_the_bot_are_understood(text: str, language: str, intent: Intent) -> None:
    heard = read_phrase(text, language)
    assert heard.intent is intent
    assert heard.sureness >= LIKELY


@pytest.mark.parametrize(("text", "words"), [("set the difficulty to hard", "difficulty hard"), ("settings", "")])
def test_settings_in_plain_words_are_as_the_command_takes_them(text: str, words: str) -> None:
    heard = read_phrase(text, "en")
    assert (heard.intent, heard.words) == (Intent.SETTINGS, words)


@pytest.mark.parametrize("text", ["no hint please", "don't skip it!", "kein Hinweis bitte"])
def test_what_people_do_not_want_is_not_done(text: str) -> None:
    assert read_phrase(text, "de" if "kein" in text else "en").intent is None


def test_a_language_in_plain_words_is_named() -> None:
    heard = read_phrase("change the language to German", "en")
    assert heard.intent is Intent.LANGUAGE
    assert heard.play.language == "de"


@pytest.mark.parametrize("text", ["no idea", "good night", "another one", "that's wrong", "who is Marie Curie?"])
def test_what_people_say_to_one_another_too_is_never_sure(text: str) -> None:
    assert read_phrase(text, "en").sureness < SURE


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=4096), language=st.sampled_from([*LANGUAGES, "pt-br", "ja", ""]))
def test_any_text_is_read(text: str, language: str) -> None:
    for order in (
        read_phrase(text, language),
        read_command("/" + text, language),
        read_command("/play " + text, language),
    ):
        assert order is None or 0 <= order.sureness <= 1
        assert order is None or 0 <= order.play.rounds <= 50


@settings(max_examples=150, deadline=None)
@given(
    words=st.lists(st.sampled_from(_HEAP), max_size=60),
    language=st.sampled_from(LANGUAGES),
)
def test_any_heap_of_known_words_is_read(words: list[str], language: str) -> None:
    order = read_phrase(" ".join(words), language)
    assert 0 <= order.sureness <= 1


@pytest.mark.parametrize("text", ["a" * 4096, "hint " * 819, "who is " * 585, "?" * 4096, "/" * 4096])
def test_a_long_text_is_talk(text: str) -> None:
    assert read_phrase(text, "en").intent is None


@pytest.mark.parametrize(
    ("said", "intent"),
    [("spielen", Intent.PLAY), ("ayuda", Intent.HELP), ("bonjour", Intent.GREET), ("giochi", Intent.GAMES)],
)
def test_a_beginners_word_of_another_language_is_understood_if_it_is_said_to_the_bot(said: str, intent: Intent) -> None:
    order = read_phrase(said, "en")
    assert order.intent is intent
    assert LIKELY <= order.sureness < SURE
