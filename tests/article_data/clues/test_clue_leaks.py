from __future__ import annotations

import pytest

from article_data.clues.leaks import leaks


@pytest.mark.parametrize(
    ("clue", "title", "names"),
    [
        ("The Albanian coast.", "Albania", ()),
        ("An autistic child.", "Autism", ()),
        ("Seen in Korea.", "North Korea", ()),
        ("They planted cotton.", "Alabama", ("Cotton State",)),
        ("The standard IAT counts.", "International Atomic Time", ()),
        ("He was a random man.", "Ayn Rand", ()),
        ("Mice ran.", "Mouse", ()),
        ("Polish kings.", "Poland", ()),
        ("An artist came.", "Art", ()),
        ("The Empire fell.", "British Empire", ()),
        ("A superalbanianish thing.", "Albania", ()),
        ("BEYONCE sang.", "Beyoncé", ()),
        ("Born as Saul of Tarsus.", "Paul the Apostle", ("Saul of Tarsus",)),
        ("「數學」", "数学", ()),
        ("It baked.", "Baking", ()),
    ],
)
def test_what_shows_the_answer_is_found(clue: str, title: str, names: tuple[str, ...]) -> None:
    assert leaks(clue, title, names)


@pytest.mark.parametrize(
    ("clue", "title", "names"),
    [
        ("It lies north of the equator.", "North Korea", ()),
        ("The _____ coast.", "Albania", ()),
        ("They told us.", "United States", ("US",)),
        ("One of the only ones.", "Albania", ("only",)),
        ("A merchant of the sea.", "Mercury (planet)", ()),
        ("The planet is near.", "Mercury (planet)", ()),
        ("Eleven men, 11 balls.", "Apollo 11", ()),
    ],
)
def test_what_does_not_is_left_alone(clue: str, title: str, names: tuple[str, ...]) -> None:
    assert leaks(clue, title, names) == []


def test_a_leak_names_what_shows_and_of_which_name() -> None:
    assert leaks("The Albanian coast.", "Albania", ()) == ["Albanian < Albania"]
