# ruff: noqa: RUF001 - other scripts on purpose
from __future__ import annotations

import pytest

from article_data.article import Fact
from article_data.clues.masking import MASK, Masker
from article_data.clues.shaping import MAX_CHARS, follow, shape, shape_head, without_brackets
from article_data.clues.telling import tell


@pytest.mark.parametrize(
    ("title", "names", "sentence", "clue"),
    [
        (
            "Japan",
            (),
            "Japan (日本; Nippon) is an island country in East Asia.",
            "_____ is an island country in East Asia.",
        ),
        (
            "Ada Lovelace",
            (),
            "Ada Lovelace (10 December 1815 – 27 November 1852) was an English mathematician.",
            "_____ (10 December 1815 – 27 November 1852) was an English mathematician.",
        ),
        (
            "Abacus",
            ("counting frame",),
            "The abacus, also called a counting frame, is a tool with beads that slide on wires.",
            "The _____ is a tool with beads that slide on wires.",
        ),
        (
            "Amphibian",
            ("Amphibia",),
            "Amphibians are cold-blooded animals with four legs of the class Amphibia.",
            "_____ are cold-blooded animals with four legs.",
        ),
        (
            "American Gothic",
            (),
            "American Gothic is an oil painting of 1930 by the American painter Grant Wood.",
            "_____ is an oil painting of 1930 by the painter Grant Wood.",
        ),
        (
            "Adam Bell",
            (),
            "Adam Bell was a poet, novelist, and head of the Bell family of London, who wrote letters.",
            "_____ was a poet and novelist.",
        ),
        (
            "Apollo 8",
            (),
            "Apollo 8, the second flight of the Apollo programme, was launched on December 21, 1968.",
            "_____ was launched on December 21, 1968.",
        ),
    ],
)
def test_a_definition_loses_what_would_tell_and_keeps_what_it_says(
    title: str, names: tuple[str, ...], sentence: str, clue: str
) -> None:
    assert shape_head(sentence, Masker(title, names), is_english=True) == clue


@pytest.mark.parametrize(
    ("title", "sentence", "clue"),
    [
        (
            "Abacus",
            "The abacus is a tool of merchants that was in use in China, and is still widely used by abacus makers.",
            "The _____ is a tool of merchants that was in use in China.",
        ),
        ("Otter number", "An otter number is the number of otters.", ""),
        (
            "American Otter War",
            "The American Otter War was fought by thirteen North American colonies and by the hunters.",
            "The _____ was fought by thirteen colonies and by the hunters.",
        ),
    ],
)
def test_a_cut_definition_ends_where_a_sentence_can(title: str, sentence: str, clue: str) -> None:
    assert shape_head(sentence, Masker(title), is_english=True) == clue


def test_a_long_definition_is_cut_at_a_clause() -> None:
    long = "An abacus is a tool for counting with beads that slide on wires, which " + "long " * 50 + "."
    clue = shape_head(long, Masker("Abacus"), is_english=True)
    assert clue == "An _____ is a tool for counting with beads that slide on wires."
    assert len(long) > MAX_CHARS


@pytest.mark.parametrize(
    "sentence",
    [
        "Otters are short.",
        "Otters " + "and more otters " * 20 + "swim.",
        "An otter, an otter and the otter were seen with otters.",
        "The otterhound was bred in England for the hunt of 1911.",
    ],
)
def test_what_does_not_fit_is_no_clue(sentence: str) -> None:
    assert shape(sentence, Masker("Otter")) is None


def test_what_is_taken_out_leaves_a_whole_sentence() -> None:
    shaped = shape("Hunters in Siberia and in China sold the otter (a mammal of rivers.)", Masker("Otter"))
    assert shaped is not None
    assert shaped.clue == "Hunters in Siberia and in China sold the _____."
    head = "Otters, or mustelids, constitute a family of the mammals of Asia."
    assert shape_head(head, Masker("Otter", ("mustelids",)), is_english=True) == (
        "_____ constitute a family of the mammals of Asia."
    )


def test_remarks_in_brackets_go_and_years_stay() -> None:
    shaped = shape("Otters (see [note]) lived in Siberia (1900–1911) with hunters (Lee, A.).", Masker("Otter"))
    assert shaped is not None
    assert shaped.clue == "_____ lived in Siberia (1900–1911) with hunters."
    assert without_brackets("A cat (Felis) sat (here) .") == "A cat sat."


@pytest.mark.parametrize(
    ("clue", "pronoun", "second"),
    [
        ("The _____ was found in 1900.", "it", "It was found in 1900."),
        ("_____ are found in Asia.", "it", "They are found in Asia."),
        ("_____ wrote a book.", "she", "She wrote a book."),
        ("In 1900 the _____ fell.", "it", "In 1900 the _____ fell."),
        ("During the war of 1900, the _____ was sunk.", "it", "During the war of 1900, it was sunk."),
        ("_____ codes represent text.", "it", "_____ codes represent text."),
        ("The _____ crew held a conference.", "it", "The _____ crew held a conference."),
        ("The _____ occupies a basin.", "it", "It occupies a basin."),
        ("_____'s capital is Edmonton.", "it", "Its capital is Edmonton."),
        ("_____ was born in Ulm.", "", "_____ was born in Ulm."),
    ],
)
def test_a_second_sentence_names_the_subject_by_a_pronoun(clue: str, pronoun: str, second: str) -> None:
    assert follow(clue, pronoun) == second


FACTS = (
    Fact("Capital", "Vienna"),
    Fact("Official languages", "German, Slovene"),
    Fact("Calling code", "+43"),
    Fact("Largest city", "capital"),
    Fact("Population estimate", "8,900,000"),
    Fact("Currency", "euro (EUR)"),
    Fact("National anthem", "Land of Austrian mountains"),
)


def test_facts_are_told_in_sentences_without_the_answer() -> None:
    told = tell(FACTS, Masker("Austria"), is_english=True)
    assert told == ["Its capital is Vienna, and its official languages are German and Slovene."]
    person = (
        Fact("Birth place", "Ulm, Germany"),
        Fact("Death place", "Princeton, U.S."),
        Fact("Spouse", "Elsa Einstein"),
    )
    assert tell(person, Masker("Albert Einstein"), is_english=True) == [
        f"{MASK} was born in Ulm, Germany and died in Princeton, U.S."
    ]


def test_commas_in_a_fact_part_a_list_but_not_a_name_or_a_place() -> None:
    crew = (Fact("Crew members", "Neil Armstrong, Buzz Aldrin, Jr."), Fact("Launch site", "Kennedy, Florida"))
    assert tell(crew, Masker("Apollo 11"), is_english=True) == [
        "It carried Neil Armstrong and Buzz Aldrin, Jr., and was launched from Kennedy, Florida."
    ]
    life = (Fact("Birth place", "Draguignan, France"), Fact("Education", "École Normale, France"))
    assert tell(life, Masker("Alain Connes"), is_english=True) == [
        f"{MASK} was born in Draguignan, France and studied at École Normale, France."
    ]


def test_what_only_lays_out_a_page_is_no_fact() -> None:
    facts = (
        Fact("Last1", "Иванов"),
        Fact("Място", "left"),
        Fact("Район", "Район"),
        Fact("Страна", "България и още"),
        Fact("Столица на областта", "Видин"),
    )
    assert tell(facts, Masker("Дунав"), is_english=False) == ["Страна: България и още. Столица на областта: Видин."]


def test_other_languages_tell_facts_in_the_infobox_s_own_words() -> None:
    facts = (Fact("Столица", "Виена"), Fact("Най-голям град", "Виена и околностите"), Fact("Website", "Сайт"))
    assert tell(facts, Masker("Австрия"), is_english=False) == ["Столица: Виена. Най-голям град: Виена и околностите."]
