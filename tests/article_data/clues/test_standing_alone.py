# ruff: noqa: RUF001 - other scripts' punctuation on purpose
from __future__ import annotations

import pytest

from article_data.clues.dangling import Standalone
from article_data.clues.masking import Masker
from article_data.clues.subject import Sentence, Subject


def standalone(*texts: str, title: str = "Otter", language: str = "en", head: str = "") -> Standalone:
    sentences = tuple(Sentence(text, 0) for text in texts)
    subject = Subject(title=title, language=language, sentences=sentences, head=head, place=0)
    return Standalone(subject, Masker(title))


LEAD = "The otter is a mammal of the weasel family that lives in water."
GOOD = "Otters were hunted for their fur in Siberia until 1911."


def test_a_whole_sentence_about_something_stands_alone() -> None:
    assert standalone(LEAD, GOOD).allows(1)


@pytest.mark.parametrize(
    "text",
    [
        "This is why people of Siberia liked to watch the animals in 1911.",
        "However, people in Siberia hunted the animals for their warm fur.",
        "People in Siberia, however, hunted the animals for their warm fur.",
        "For example, people in Siberia hunted the animals for their fur.",
        "The latter was hunted by people in Siberia for its warm fur.",
        "In the same year, people in Siberia hunted the animals for fur.",
        "Two years later people in Siberia hunted all of the animals.",
        "People in Siberia did so because of the cold of the winter.",
        "The table below shows the animals that were seen in Siberia.",
        "For people of Siberia these animals were a source of fur.",
        "Many of them were hunted by people in Siberia for their fur.",
        "the rest of a sentence that was split in Siberia by a machine.",
        "2 standard animals were hunted by people in Siberia in 1911.",
        "The animals were first seen in Siberia by an explorer named J.",
        "What did the people of Siberia do with all of the animals?",
        "Nothing but a long row of grey, wet, cold and very old stone at noon.",
        "The animal (which was hunted for fur in Siberia is now protected.",
        'The "animal was hunted by people in Siberia for its warm fur.',
        "Siberia – animals were hunted there by people for their fur.",
        "The people of Siberia hunted it in F. Some of them sold the fur.",
        "The film was shown in Siberia and won a prize in Moscow in 1911.",
        "In 1911, they were hunted by people in Siberia for their fur.",
        "She wrote the first book about the animals of the river Lena.",
        "I saw how people in Siberia hunted the animals for their fur.",
        "Hunters of Siberia sold the fur until 1911, The traders of Moscow were rich.",
        "People in Siberia hunted the animals until the winter of 1911...",
        "The film on hunters of Siberia had been shown at the same place in 1911.",
        "The most important difference is that hunters lived in Siberia in 1911.",
        "People in Siberia hunted such animals for their warm fur in 1911.",
        "Examples of hunters in Siberia include: Ann, who sold furs in 1911.",
        "Noting that there was snow in Siberia, they did not hunt animals in 1911.",
    ],
)
def test_what_points_elsewhere_or_is_no_sentence_does_not(text: str) -> None:
    assert not standalone(LEAD, GOOD, text, "It has a tail.", "It can swim.").allows(2)


def test_it_may_stay_where_it_follows_the_subject() -> None:
    lead, pronoun = "Otters of Siberia live in rivers.", "They were hunted for fur in Siberia until 1911."
    assert standalone(lead, pronoun).allows(1)
    assert standalone(lead, pronoun).speaks_of_subject(1)
    assert not standalone(lead, "Hunters of Siberia sold the fur.", pronoun).allows(2), "hunters may be meant"
    assert not standalone(lead, "", pronoun).allows(2), "what went before is lost"


def test_he_means_the_person_of_a_biography() -> None:
    lead = "Ada Lovelace was an English mathematician."
    she = ["She was born in London in 1815.", "She wrote notes on the engine of Babbage.", "She died in London."]
    life = standalone(lead, *she, title="Ada Lovelace")
    assert life.is_life
    assert all(life.allows(at) for at in (1, 2, 3))
    other = standalone(
        lead, *she, "Byron and Shelley left London.", "He was a poet in Italy and in Greece.", title="Ada Lovelace"
    )
    assert not other.allows(5), "a poet is meant who is not the subject"


def test_what_the_subject_is_called_is_said_only_where_it_is_sure() -> None:
    assert standalone(LEAD, "It lives in Siberia.", "It eats fish.").sure_pronoun == "it"
    assert standalone(LEAD, GOOD).sure_pronoun == "it"
    about_hunters = ("He hunted otters in Siberia.", "His name was Lee.", "Otters swim.", "It was cold.")
    assert standalone(LEAD, *about_hunters[:2], "It eats fish.").sure_pronoun == "", "is it a person or not?"


def test_a_sentence_may_mention_the_subject_anywhere() -> None:
    thing = standalone(LEAD, "It lives in Siberia.", "It eats fish.", head="mammal")
    assert thing.mentions_subject("Hunters of Siberia sold its fur in 1911.")
    assert thing.mentions_subject("Hunters of Siberia saw the mammal in 1911.")
    assert thing.mentions_subject("A hunter rode on one in 1911.")
    assert thing.mentions_subject("The court moved there in 1808.")
    assert not thing.mentions_subject("There are hunters in one of the forests of Siberia.")


def test_a_thing_that_is_the_subject_needs_no_name() -> None:
    text = "The film was shown in Siberia and won a prize in Moscow in 1911."
    assert standalone("Otters is a film by Ann Lee.", text, title="Otters", head="film").allows(1)


@pytest.mark.parametrize(
    ("language", "good", "bad"),
    [
        ("de", "Otter wurden in Sibirien gejagt.", "Dieser wurde in Sibirien bis 1911 gejagt."),
        ("fr", "Les loutres furent chassées en Sibérie.", "Elle fut chassée en Sibérie jusqu'en 1911."),
        ("es", "Las nutrias fueron cazadas en Siberia.", "Sin embargo, fueron cazadas en Siberia."),
        ("it", "Le lontre furono cacciate in Siberia.", "Questa fu cacciata in Siberia fino al 1911."),
        ("pt", "As lontras foram caçadas na Sibéria.", "Ela foi caçada na Sibéria até 1911."),
        ("bg", "Видрите са ловени в Сибир до 1911 г.", "Той е ловен в Сибир до 1911 г. от хората."),
        ("zh", "水獭于1911年在西伯利亚被猎杀。", "它们于1911年在西伯利亚被猎杀。"),
        ("xx", "Utras lutras in Siberia.", "utras lutras in Siberia."),
    ],
)
def test_other_languages_have_what_rules_they_can(language: str, good: str, bad: str) -> None:
    found = standalone(good, good, bad, title="X1", language=language)
    assert found.allows(1)
    assert not found.allows(2)
