"""Twenty's answers, measured: our own questions on the starter articles, their right answers written down before."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from article_data.article import Article, Date, Fact
from article_data.build.building import build
from article_data.language.words import word_set
from article_data.naming import fold
from article_data.store.build import Build
from article_data.store.codec import decode_article
from article_data.store.manifest import read_current
from game_state.games.questions.answer import answer
from game_state.games.questions.facts import facts_to_tell
from game_state.games.questions.kinds import kinds
from game_state.games.questions.sizes import SIZES
from game_state.games.questions.traits import TRAITS
from languages.voice import voice_of
from tests.games.scene import article

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = Path(__file__).with_name("twenty_questions.csv")
YEAR = 2026
MOST_WRONG = 0.02
MOST_UNTOLD = 0.35


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Article]:
    """The starter articles as a build makes them, by title."""
    store = tmp_path_factory.mktemp("articles")
    build([ROOT / "articles" / "starter.xml"], store, language="en", workers=1)
    opened = Build.open(store, read_current(store)["en"], tmp_path_factory.mktemp("cache"))
    records = opened.records
    found = (decode_article(records.unpack(records.read(number))) for number in range(len(records)))
    return {one.title: one for one in found}


def test_hints_are_there_and_do_not_name_the_article(starter: Mapping[str, Article]) -> None:
    for one in starter.values():
        facts = facts_to_tell(one, voice_of("en"))
        assert len(facts) >= 2, one.title
        assert not any(fold(one.title) in fold(fact) for fact in facts), one.title


def measured(starter: Mapping[str, Article], half: str) -> tuple[Counter[str], list[str]]:
    counts: Counter[str] = Counter()
    wrong = []
    with QUESTIONS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["half"] != half:
                continue
            said = answer(row["question"], starter[row["title"]], "en", YEAR).kind
            if said not in ("yes", "no"):
                counts["untold"] += 1
            elif row["answer"] in (said, "open"):
                counts["right"] += 1
            else:
                counts["wrong"] += 1
                wrong.append(f"{row['title']}: {row['question']} {said}")
    return counts, wrong


@pytest.mark.parametrize(("half", "least"), [("try", 200), ("held", 100)])
def test_answers_are_right_and_seldom_missing(starter: Mapping[str, Article], half: str, least: int) -> None:
    counts, wrong = measured(starter, half)
    assert counts.total() >= least
    print(f"{half}: {dict(counts)}")  # noqa: T201 - the table of the handbook
    assert len(wrong) <= MOST_WRONG * counts.total(), wrong
    assert counts["untold"] <= MOST_UNTOLD * counts.total(), counts


PARIS = article(
    "Paris",
    summary="Paris is the capital of France, a city on the Seine.",
    clues=("It is divided into twenty districts.", "Its underground railway was opened in 1900."),
    description="Capital of France",
    head="capital",
    categories=("Cities in France",),
    topics=("place",),
    coordinates=(48.85, 2.35),
)
CURIE = article(
    "Marie Curie",
    is_person=True,
    summary="Marie Curie was a Polish and naturalised-French physicist and chemist. She discovered radium.",
    clues=("She won the Nobel Prize twice.", "Her notebooks are kept in boxes of lead."),
    description="Polish-French physicist (1867-1934)",
    head="physicist",
    categories=("1867 births", "1934 deaths", "Polish physicists", "Nobel laureates in Chemistry"),
    dates=(Date("birth_date", "1867-11-07"), Date("death_date", "1934-07-04")),
    facts=(Fact("Born", "Warsaw, Poland"),),
)
ACTOR = article(
    "Some Body",
    is_person=True,
    summary="Some Body is an American actor.",
    clues=("He has won an award.", "He lives by the sea."),
    description="American actor (born 1970)",
    categories=("1970 births", "Living people", "American male actors"),
    dates=(Date("birth_date", "1970"),),
)
TITANIC = article(
    "Titanic", summary="Titanic was a British ship. She was built in Belfast.", clues=("She sank.", "She was big.")
)
GOLD = article("Gold", summary="Gold is a soft, yellow metal that does not rust.", categories=("Chemical elements",))


@pytest.mark.parametrize(
    ("about", "question", "expected"),
    [
        (PARIS, "isn't it in France?", "yes"),
        (PARIS, "Is it not a city?", "yes"),
        (PARIS, "is it a kind of animal", "no"),
        (PARIS, "is it a man or a woman?", "no"),
        (PARIS, "is it in Asia?", "no"),
        (PARIS, "is it in the southern hemisphere?", "no"),
        (PARIS, "is it smaller than a cat?", "no"),
        (PARIS, "does it have good food?", "unknown"),
        (CURIE, "is it a man or a woman?", "unknown"),
        (CURIE, "is she still alive?", "no"),
        (CURIE, "was she born before 1900?", "yes"),
        (CURIE, "did she live in the 18th century?", "no"),
        (CURIE, "did she die in the 1930s?", "yes"),
        (CURIE, "did she win a Nobel prize?", "yes"),
        (CURIE, "did she win a Nobel prize in 1950?", "unknown"),
        (CURIE, "did she visit Brazil?", "unknown"),
        (CURIE, "did she die in Poland?", "unknown"),
        (CURIE, "was she named after a man?", "unknown"),
        (CURIE, "is he an actor?", "no"),
        (CURIE, "is he a politician?", "unknown"),
        (CURIE, "is he a city?", "no"),
        (CURIE, "is she Polish?", "yes"),
        (CURIE, "was she born in Poland?", "yes"),
        (CURIE, "is she from Europe?", "yes"),
        (ACTOR, "is he alive?", "yes"),
        (ACTOR, "is he American?", "yes"),
        (ACTOR, "was he born in the 20th century?", "yes"),
        (TITANIC, "is she a woman?", "no"),
        (TITANIC, "is it a ship?", "yes"),
        (GOLD, "is it yellow?", "yes"),
        (GOLD, "does it rust?", "unknown"),
        (GOLD, "is it a gas?", "no"),
        (GOLD, "was it invented?", "no"),
        (GOLD, "is it Paris?", "not_a_question"),
        (GOLD, "Is it Madonna?", "not_a_question"),
        (GOLD, "what is it made of", "not_a_question"),
        (GOLD, "good morning all", "not_a_question"),
    ],
)
def test_a_question_is_taken_for_what_it_asks(about: Article, question: str, expected: str) -> None:
    assert answer(question, about, "en", YEAR).kind == expected


@pytest.mark.parametrize(
    ("language", "about", "question", "expected"),
    [
        ("de", PARIS, "Ist es eine Stadt?", "yes"),
        ("de", PARIS, "Liegt es in Deutschland?", "no"),
        ("de", PARIS, "Ist es größer als ein Haus?", "yes"),
        ("de", CURIE, "Ist es eine Frau?", "yes"),
        ("de", CURIE, "Lebt sie noch?", "no"),
        ("de", CURIE, "Wurde sie vor 1900 geboren?", "yes"),
        ("de", GOLD, "Kann man es essen?", "no"),
        ("de", GOLD, "Guten Morgen zusammen", "not_a_question"),
        ("fr", PARIS, "Est-ce que c'est en Europe ?", "yes"),
        ("fr", PARIS, "C'est un pays ?", "no"),
        ("fr", CURIE, "Est-ce une femme ?", "yes"),
        ("fr", CURIE, "Est-elle née avant 1900 ?", "yes"),
        ("fr", GOLD, "Est-ce un animal ?", "no"),
        ("es", PARIS, "¿Está en Europa?", "yes"),
        ("es", PARIS, "¿Es un país?", "no"),
        ("es", CURIE, "¿Está viva?", "no"),
        ("es", CURIE, "¿Nació antes de 1900?", "yes"),
        ("es", GOLD, "¿Se puede comer?", "no"),
        ("it", PARIS, "Si trova in Europa?", "yes"),
        ("it", PARIS, "È un paese?", "no"),
        ("it", CURIE, "È una donna?", "yes"),
        ("it", CURIE, "È nata prima del 1900?", "yes"),
        ("it", GOLD, "È un metallo?", "yes"),
        ("pt-br", PARIS, "Fica na Europa?", "yes"),
        ("pt-br", PARIS, "É um país?", "no"),
        ("pt-br", CURIE, "É uma mulher?", "yes"),
        ("pt-br", CURIE, "Nasceu antes de 1900?", "yes"),
        ("pt-br", GOLD, "É um animal?", "no"),
    ],
)
def test_questions_are_heard_in_all_languages(language: str, about: Article, question: str, expected: str) -> None:
    assert answer(question, about, language, YEAR).kind == expected


def test_articles_are_read_in_their_own_language() -> None:
    berg = article(
        "Zugspitze",
        language="de",
        summary="Die Zugspitze ist der höchste Berg Deutschlands.",
        description="Berg in Deutschland",
        categories=("Berg in Europa",),
    )
    assert answer("Ist es ein Berg?", berg, "de", YEAR).kind == "yes"
    assert answer("Ist es in Europa?", berg, "de", YEAR).kind == "yes"
    assert answer("Ist es ein Fluss?", berg, "de", YEAR).kind == "no"


def test_the_tables_speak_of_kinds_that_there_are() -> None:
    known = set(kinds().parent)
    assert set(SIZES) <= known
    for one in TRAITS:
        assert set(one.yes.split()) | set(one.no.split()) <= known, one.ask
        assert set(one.yes.split()).isdisjoint(one.no.split()), one.ask


@settings(max_examples=200, deadline=None)
@given(
    question=st.one_of(
        st.text(max_size=200),
        st.lists(
            st.sampled_from(
                sorted(
                    word_set(
                        "is it was he she a an the of in or not before after 1900 19th century than bigger older 100 years km city"
                        " man France born made by have eat can does ? ¿ est-ce que c'est ist es eine è um - '"
                    )
                )
            ),
            max_size=12,
        ).map(" ".join),
    ),
    language=st.sampled_from(("en", "de", "es", "fr", "it", "pt-br", "nl", "")),
    about=st.sampled_from((PARIS, CURIE, ACTOR, GOLD, Article(article_id=1, title="?"))),
)
def test_no_question_breaks_it(question: str, language: str, about: Article) -> None:
    assert answer(question, about, language, YEAR).kind in ("yes", "no", "unknown", "not_a_question")
