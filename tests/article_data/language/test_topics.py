from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from article_data.article import Date, Fact
from article_data.language.difficulty import difficulty
from article_data.language.person import is_person
from article_data.language.topics import topics


@pytest.mark.parametrize(
    ("categories", "head", "infobox", "wanted"),
    [
        (["1867 births", "1934 deaths", "Polish physicists"], "physicist", "infobox scientist", ("person", "science")),
        (["Rivers of England"], "river", "infobox river", ("place",)),
        (["Rodents of South America"], "rodent", "speciesbox", ("animal",)),
        (["Garden plants", "Flowers"], "plant", "", ("plant",)),
        (["1942 films", "American drama films"], "film", "infobox film", ("film",)),
        (["1984 songs"], "song", "infobox song", ("music",)),
        (["Battles involving France"], "battle", "infobox military conflict", ("history",)),
        (["Programming languages"], "language", "infobox programming language", ("language", "technology")),
        (["German cuisine"], "dish", "infobox food", ("food",)),
        (["Theorems in geometry"], "theorem", "", ("mathematics",)),
        ([], "", "", ()),
        (["Articles with unsourced statements"], "thing", "", ()),
    ],
)
def test_what_an_english_article_is_about(
    categories: list[str], head: str, infobox: str, wanted: tuple[str, ...]
) -> None:
    assert topics(categories, head, infobox, "") == wanted


@pytest.mark.parametrize(
    ("categories", "head", "infobox", "first"),
    [
        (["Ort in Bayern"], "Stadt", "infobox gemeinde in deutschland", "place"),
        (["Mann", "Geboren 1879"], "Physiker", "", "person"),
        (["Naissance en 1867"], "physicienne", "infobox biographie2", "person"),
        (["Ríos de España"], "río", "", "place"),
        (["Album del 1999"], "album", "album", "music"),
        (["Родившиеся в 1879 году"], "", "учёный", "person"),
        (["1879年出生"], "", "", "person"),
    ],
)
def test_topics_are_english_whatever_the_language(categories: list[str], head: str, infobox: str, first: str) -> None:
    assert topics(categories, head, infobox, "")[:1] == (first,)


def test_coordinates_make_a_place_and_a_birth_makes_a_person_of_any_wiki() -> None:
    assert topics([], "", "", "", coordinates=(56.5, 27.3)) == ("place",)
    born = [Date("birth_date", "1879-03-14")]
    assert topics([], "", "", "", dates=born, coordinates=(48.4, 10.0)) == ("person",)
    assert topics([], "", "", "", [Fact("Роден", "1900")]) == ("person",)


@pytest.mark.parametrize(
    ("categories", "head", "infobox", "description"),
    [
        (["American pornographic film actresses"], "actress", "", ""),
        (["1985 births"], "actress", "infobox adult biography", ""),
        ([], "actress", "", "American pornographic actress"),
        (["Sex positions"], "", "", ""),
        (["Prostitution in Germany"], "", "", ""),
        (["Erotic films of the 1970s"], "film", "", ""),
        (["Sexualpraktik"], "", "", ""),
        (["Bordell"], "", "", ""),
        (["Actrice pornographique française"], "actrice", "", ""),
        (["Pratique sexuelle"], "", "", ""),
        (["Prácticas sexuales"], "", "", ""),
        (["Prostitución"], "", "", ""),
        (["Pratiche sessuali"], "", "", ""),
        (["Atores pornográficos do Brasil"], "ator", "", ""),
        (["Práticas sexuais"], "", "", ""),
        (["Порноактрисы США"], "", "", ""),
        (["Половой акт"], "", "", ""),
    ],
)
def test_what_is_for_adults_is_told_in_each_language(
    categories: list[str], head: str, infobox: str, description: str
) -> None:
    assert topics(categories, head, infobox, description)[-1] == "adult"


@pytest.mark.parametrize(
    "category",
    [
        "Sexual reproduction",
        "Plant sexuality",
        "Sexual selection",
        "LGBT rights",
        "Nude art",
        "Viols",
        "Communes of Loire-Atlantique (Pornic)",
        "Arrondissement de Bordelais",
        "Violaciones de los derechos humanos",
        "Mythological rapists",
        "Erinaceidae",
        "Battles involving France",
        "Middlesex cricketers",
        "Adult education",
        "Rapeseed",
        "Grapes",
        "Drugs",
        "Wars",
    ],
)
def test_what_only_sounds_like_it_stays_in_play(category: str) -> None:
    assert "adult" not in topics([category], "", "", "")


def test_adult_comes_after_what_the_article_is_about() -> None:
    found = topics(["1975 births", "Pornographic film actors", "Films", "Songs"], "actor", "infobox person", "")
    assert found[0] == "person"
    assert found[-1] == "adult"
    assert found.count("adult") == 1


@settings(deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from(["Rivers", "Songs", "1900 births", "Kings of France", "Plants", "Gods"]), max_size=6),
    st.sampled_from(["", "river", "poet", "god", "xyz"]),
    st.sampled_from(["", "infobox settlement", "taxobox", "infobox writer"]),
    st.text(max_size=20),
)
def test_at_most_three_topics_each_once_and_a_person_is_no_place(
    categories: list[str], head: str, infobox: str, description: str
) -> None:
    found = topics(categories, head, infobox, description)
    assert len(found) == len(set(found)) <= 3
    assert not {"person", "place"} <= set(found)
    assert found == topics(list(categories), head, infobox, description)


@pytest.mark.parametrize(
    ("wanted", "about"),
    [
        (True, {"categories": ["Living people"]}),
        (True, {"categories": ["44 BC deaths"]}),
        (True, {"categories": ["1967. gadā dzimušie"]}),
        (True, {"facts": [Fact("Birth place", "Ulm")]}),
        (True, {"infobox": "infobox writer"}),
        (True, {"dates": [Date("birth_date", "1900")]}),
        (False, {"infobox": "infobox musical artist group", "categories": ["1960 births"]}),
        (False, {"infobox": "infobox settlement", "dates": [Date("established_date", "1900")]}),
        (False, {"head": "scientist", "categories": ["Science occupations"]}),
        (False, {"infobox": "infobox deity", "categories": ["Gods"]}),
        (False, {}),
    ],
)
def test_a_surname_answers_for_persons_only(wanted: bool, about: dict[str, list[Date]]) -> None:
    assert is_person(**about) is wanted  # type: ignore[arg-type]


NAMES = st.text(st.sampled_from("ab é1-()"), max_size=40)


@settings(deadline=None, derandomize=True)
@given(st.floats(-1, 2), st.floats(-1, 2), st.integers(-1, 20), st.integers(-1, 20), NAMES)
def test_difficulty_is_in_bounds_and_grows_with_rank_and_lack_of_clues(
    rank: float, other: float, clues: int, more: int, title: str
) -> None:
    hard = difficulty(max(rank, other), min(clues, more), title)
    assert 1 <= difficulty(min(rank, other), max(clues, more), title) <= hard <= 100


def test_difficulty_tells_well_known_from_obscure_and_plain_from_strange() -> None:
    assert difficulty(0.0, 12, "Rome") == 1
    assert difficulty(1.0, 0, "Llanfairpwllgwyngyll-gogerych Dŵr 1234 tŷ hir") > 95
    assert difficulty(0.2, 12, "Łódź") > difficulty(0.2, 12, "Lodz")
    assert difficulty(0.2, 12, "Mercury (planet)") == difficulty(0.2, 12, "Mercury")
    assert difficulty(0.2, 12, "Treaty of Saint-Germain-en-Laye") > difficulty(0.2, 12, "Treaty")
