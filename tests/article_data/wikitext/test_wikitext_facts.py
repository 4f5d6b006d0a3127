"""Infoboxes in words that a player understands: labels, units, years, and nothing for machines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article_data.article import Fact
from article_data.wikitext.labels import label
from article_data.wikitext.reading import extract


def facts(*lines: str, title: str = "") -> tuple[Fact, ...]:
    parameters = "".join(f"| {line}\n" for line in lines)
    return extract(f"{{{{Infobox x\n{parameters}}}}}", title=title).facts


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("largestcity", "Largest city"),
        ("postalabbreviation", "Postal abbreviation"),
        ("birth_place", "Birth place"),
        ("birthPlace", "Birth Place"),
        ("headquarters", "Headquarters"),
        ("nationality", "Nationality"),
        ("gdp_ppp", "GDP PPP"),
        ("predecessor2", "Predecessor 2"),
        ("combatant1", "Combatant"),
        ("2010pop", "2010 population"),
        ("legislature", "Legislature"),
        ("столица", "Столица"),
        ("xyzhouse", ""),
        ("housebqrs", ""),
    ],
)
def test_labels_are_words_or_left_out(key: str, words: str) -> None:
    assert label(key) == words


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz_0123456789 é", max_size=60))
def test_a_label_loses_no_letters(key: str) -> None:
    words = label(key)
    assert words == words.strip()
    assert not words or "_" not in words


def test_measures_have_their_unit_and_stand_once() -> None:
    assert facts("area_km2 = 2381741", "area_sq_mi = 919595", "population_density_km2 = 15.9") == (
        Fact("Area", "2,381,741 km²"),
        Fact("Population density", "15.9 per km²"),
    )
    assert facts("elevation_ft = 500") == (Fact("Elevation", "500 feet"),)
    assert facts("TotalArea = 135,765", "TotalAreaUS = 52,419") == (Fact("Total area", "135,765 km²"),)
    assert facts("spacecraft = Eagle 5", "domain = Animals 3") == (
        Fact("Spacecraft", "Eagle 5"),
        Fact("Domain", "Animals 3"),
    )


def test_years_and_dates_stand_with_what_they_belong_to() -> None:
    assert facts("hdi = 0.7", "hdi_year = 2014", "gini_year = 2010") == (Fact("HDI", "0.7 (2014)"),)
    assert facts("established_event1 = Declared", "established_date1 = 3 July 1962") == (
        Fact("Declared", "3 July 1962"),
    )
    assert facts("established_event2 = from Spain", "established_date2 = 1814") == (
        Fact("Established from Spain", "1814"),
    )


def test_a_value_that_names_another_parameter_is_that_ones() -> None:
    assert facts("capital = [[Algiers]]", "largest_city = capital") == (
        Fact("Capital", "Algiers"),
        Fact("Largest city", "Algiers"),
    )


@pytest.mark.parametrize(
    "line",
    [
        "OMIM = 209850", "MeshID = D001321", "glotto = aust1305", "player_id = andre-agassi", "hdi_change = increase",
        "hdi = n/a", "religion = See: Religion in Rome", "caption_align = left", "flaglink = Flag", "native_name = Roma",
        "area_magnitude = 1 E12", "conflict = War of Rome", "nūvods = Nūvods", "honorific_prefix = General", "zone = D†",
    ],
)  # fmt: skip
def test_what_says_nothing_to_a_reader_is_left_out(line: str) -> None:
    assert facts(line, title="War of Rome") == ()


def test_settings_and_citations_are_no_infobox() -> None:
    for name in ("NoteTA", "cite book"):
        page = extract(f"{{{{{name}\n|last1=Brown\n|authorlink=B\n|group=a\n|first1=C\n|year=1990\n}}}}\nIt is so.")
        assert (page.infobox, page.facts) == ("", ())
