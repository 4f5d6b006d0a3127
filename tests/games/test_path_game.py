"""Path: moves by a part of a name or a button, everybody on their own way, and points by how short it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from game_state.games.contract import Event, Stage
from game_state.games.needs import Answers, Door, Doors, Goal, Need, Route, Way
from game_state.games.path import PathGame
from game_state.games.path_links import matching
from game_state.games.path_race import MOST_RACERS, Place, Race, Racer, with_racer
from game_state.games.rounds import Outdated, Scene, Unreachable
from tests.games.scene import STATE_LIMIT, Solo, article

LINKS: dict[str, tuple[str, ...]] = {
    "Ada Lovelace": ("London", "Mathematics", "Charles Babbage", "Mathematical notation"),
    "London": ("England", "River Thames"),
    "Mathematics": ("Physics", "Ada Lovelace", *(f"Theorem {number}" for number in range(30))),
    "Charles Babbage": ("Computer", "London"),
    "Mathematical notation": ("Mathematics",),
    "Physics": ("Albert Einstein", "Mathematics"),
    "Computer": ("Mathematics",),
    "England": ("London", "Computer"),
    "River Thames": (),
    "Albert Einstein": ("Physics",),
    **{f"Theorem {number}": ("Mathematics",) for number in range(30)},
}
TITLES = tuple(LINKS)
WAY = ("Ada Lovelace", "Mathematics", "Physics", "Albert Einstein")


class Track(Solo):
    """The world of LINKS; `first` is the number of its first article in the build that is current."""

    def __init__(self, *, addressed: bool = False, **options: Any) -> None:
        self.first = 0
        self.addressed = addressed
        articles = [article(title, number) for number, title in enumerate(TITLES)]
        super().__init__(PathGame(), articles, answer=self.by_links, **options)

    def scene(self, event: Event, who: str, answers: Answers) -> Scene:
        heard = replace(event.message, addressed=event.message.addressed or self.addressed)
        return super().scene(replace(event, message=heard), who, dict(answers))

    def by_links(self, need: Need) -> Any:
        if isinstance(need, Doors):
            place = need.article_id - self.first
            if not 0 <= place < len(TITLES):
                return None
            return tuple(Door(self.number_of(title), title) for title in LINKS[TITLES[place]])
        if isinstance(need, Goal):
            return self.route(WAY)
        assert isinstance(need, Way)
        start, goal = TITLES[need.start - self.first], TITLES[need.goal - self.first]
        way = next((way for way in ways(start) if way[-1] == goal), None)
        return None if way is None else self.route(way)

    def route(self, titles: tuple[str, ...]) -> Route:
        return Route(ids=tuple(self.number_of(title) for title in titles), titles=titles)

    def number_of(self, title: str) -> int:
        return TITLES.index(title) + self.first

    def renumber(self, first: int) -> None:
        """A new build numbers the articles anew."""
        self.first = first
        self.articles = [article(title, number) for number, title in enumerate(TITLES, first)]

    def go(self, start: str, to: str) -> str:
        return f"go:{self.number_of(start)}>{self.number_of(to)}"


def ways(start: str) -> Iterator[tuple[str, ...]]:
    """All shortest ways from an article, the short ones first."""
    seen: set[str] = {start}
    found: list[tuple[str, ...]] = [(start,)]
    for way in found:
        yield way
        for title in LINKS[way[-1]]:
            if title not in seen:
                seen.add(title)
                found.append((*way, title))


def opened(**options: Any) -> Track:
    track = Track(**options)
    assert track.open() is not None
    return track


def test_the_opening_tells_both_ends_and_the_first_links() -> None:
    track = opened(private=False)
    (say,) = track.step.says
    assert "Ada Lovelace" in say.text
    assert "Albert Einstein" in say.text
    assert "5 minutes" in say.text
    assert [button.label for button in say.buttons] == [*LINKS["Ada Lovelace"], "My links"]
    assert track.step.after_ms == 300_000
    assert opened(private=True).step.after_ms == 600_000


def test_a_shortest_way_brings_most() -> None:
    track = opened(private=True)
    track.hear("mathematics")
    track.hear("phys")
    step = track.hear("einstein")
    assert step.over
    assert not step.solved
    (award,) = step.awards
    assert (award.player, award.points, award.won) == ("ada", 10, True)
    assert track.closing() == (f"Your way: {' → '.join(WAY)}", f"A shortest way: {' → '.join(WAY)}")


def test_a_longer_way_and_hints_bring_less() -> None:
    def points(*moves: str, hints: int = 0) -> int:
        track = opened(private=True)
        for _ in range(hints):
            track.hint()
        for move in moves:
            track.hear(move)
        return track.step.awards[0].points

    best = points("mathematics", "physics", "einstein")
    assert best > points("notation", "mathematics", "physics", "einstein") > 0
    assert best > points("london", "back", "mathematics", "physics", "einstein") > 0
    assert best > points("mathematics", "physics", "einstein", hints=1)
    assert points("mathematics", "physics", "einstein", hints=1) == points(
        "mathematics", "physics", "einstein", hints=3
    )


def test_everybody_races_on_their_own_way_and_one_board_shows_all() -> None:
    track = opened(private=False)
    track.press(track.go("Ada Lovelace", "Mathematics"), "ada")
    step = track.press(track.go("Ada Lovelace", "London"), "bob")
    (say,) = step.says
    assert say.board
    assert "Ada: Mathematics, 1 step" in say.text
    assert "Bob: London, 1 step" in say.text
    assert [button.label for button in say.buttons] == ["England", "River Thames", "Back", "My links"]
    track.press(track.go("Mathematics", "Physics"), "ada")
    step = track.press(track.go("Physics", "Albert Einstein"), "ada")
    assert step.over
    assert [award.player for award in step.awards] == ["ada"]
    assert track.closing()[0] == f"The way of Ada: {' → '.join(WAY)}"


def test_a_button_of_another_place_moves_nobody_and_shows_where_the_player_is() -> None:
    track = opened(private=False)
    track.press(track.go("Ada Lovelace", "Mathematics"), "ada")
    for button in (track.go("Mathematics", "Physics"), track.go("England", "London")):
        step = track.press(button, "bob")
        assert "Bob: Ada Lovelace, 0 steps" in track.texts
        assert "bob" not in step.state["racers"]


def test_a_link_that_does_not_exist_is_no_way() -> None:
    track = opened(private=True)
    track.press(track.go("Ada Lovelace", "Albert Einstein"))
    assert not track.step.over
    assert "You are at Ada Lovelace, after 0 steps." in track.texts


def test_words_that_may_mean_several_ask_which() -> None:
    track = opened(private=True)
    track.hear("mathem")
    assert track.texts == "Which one do you mean?"
    assert [button.label for button in track.step.says[0].buttons] == ["Mathematics", "Mathematical notation"]
    track.press(track.buttons[1].removeprefix("="))
    assert "You are at Mathematical notation" in track.texts


def test_more_turns_the_pages_and_begins_again() -> None:
    track = opened(private=True)
    track.hear("mathematics")
    seen: list[str] = []
    for turn in range(4):
        seen += [button.label for button in track.step.says[-1].buttons if button.value.startswith("=go:")]
        if turn % 2:
            track.hear("More")
        else:
            track.press(next(value[1:] for value in track.buttons if value.startswith("=more:")))
    assert tuple(seen) == LINKS["Mathematics"]
    assert "=go" in track.buttons[0]
    assert track.step.says[-1].buttons[0].label == "Physics"
    assert track.state["racers"]["ada"][1] == 1


def test_without_buttons_links_are_numbered_lines() -> None:
    track = opened(private=True, stage=Stage(buttons=0))
    assert "\n2. Mathematics" in track.texts
    track.hear("2")
    track.hear("more")
    assert "\n9. Theorem 6" in track.texts
    track.hear("9")
    assert "You are at Theorem 6, after 2 steps." in track.texts


def test_back_is_a_step_and_ends_at_the_start() -> None:
    track = opened(private=True)
    track.hear("london")
    track.hear("thames")
    assert "No links lead on" in track.texts
    track.press("back")
    track.press("back")
    assert "You are at Ada Lovelace, after 4 steps." in track.texts
    assert "cannot go back" in track.press("back").says[0].text


def test_talk_in_a_group_moves_nobody() -> None:
    track = opened(private=False)
    for words in ("math", "the", "what is London like at this time of year", "lol", "notation", "back"):
        assert track.hear(words, "bob").says == ()
        assert not track.step.active
    track.hear("London", "bob")
    assert "Bob: London" in track.texts
    assert track.hear("ames", "bob").says == (), "a part from inside a word may be talk"
    track.hear("thames", "bob")
    assert "Bob: River Thames" in track.texts


def test_words_that_are_meant_for_the_bot_are_answered_in_a_group() -> None:
    track = opened(private=False, addressed=True)
    assert track.hear("xyzzy", "bob").says[0].text == "No link of Ada Lovelace is called that."
    track.hear("babb", "bob")
    assert "Bob: Charles Babbage" in track.texts


def test_a_hint_goes_from_where_the_asker_is() -> None:
    track = opened(private=False)
    track.press(track.go("Ada Lovelace", "London"), "bob")
    track.hint("bob")
    assert track.texts == "From London, a shortest way goes by England."
    track.press(track.go("London", "River Thames"), "bob")
    assert "Try to go back" in track.hint("bob").says[0].text


def test_a_race_outlives_a_new_build() -> None:
    track = opened(private=True)
    track.hear("mathematics")
    track.renumber(100)
    track.hear("physics")
    assert "You are at Physics, after 2 steps." in track.texts
    track.renumber(7)
    track.hint()
    assert "Albert Einstein" in track.texts
    assert track.press(track.go("Physics", "Albert Einstein")).over


def test_what_cannot_be_had_is_said_honestly_and_what_is_gone_ends_the_round() -> None:
    track = opened(private=True)
    before = track.state
    track.store_is_up = False
    with pytest.raises(Unreachable):
        track.hear("mathematics")
    with pytest.raises(Unreachable):
        track.open()
    assert track.state == before
    track.store_is_up = True
    track.articles = track.articles[1:]
    with pytest.raises(Outdated):
        track.hear("mathematics")


def test_an_article_that_leads_nowhere_does_not_suit() -> None:
    assert Track(private=True, secret=TITLES.index("River Thames")).open() is None


def test_time_is_up() -> None:
    track = opened(private=False)
    track.press(track.go("Ada Lovelace", "London"), "bob")
    step = track.ring()
    assert step.over
    assert step.awards == ()
    assert track.closing() == (f"A shortest way: {' → '.join(WAY)}",)


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("mercury", ["Mercury (planet)", "Mercury (element)"]),
        ("mercury (planet)", ["Mercury (planet)"]),
        ("french rev", ["French Revolution"]),
        ("frenh revolution", ["French Revolution"]),
        ("revolution", ["French Revolution"]),
        ("volution", ["French Revolution", "French Devolution"]),
        ("frensh revolucion", ["French Revolution"]),
        ("revolushion", ["French Revolution"]),
        ("creme", ["Crème brûlée"]),
        ("oslo", ["Oslo"]),
        ("zzzz", []),
        ("!", []),
    ],
)
def test_a_part_of_a_name_finds_its_link(words: str, titles: list[str]) -> None:
    names = (
        "Mercury (planet)",
        "Mercury (element)",
        "Mercury poisoning",
        "French Revolution",
        "French Devolution",
        "Crème brûlée",
        "Oslo",
    )
    doors = tuple(Door(number, name) for number, name in enumerate(names))
    assert [door.title for door in matching(words, doors)] == titles


def test_a_full_race_keeps_its_bounds() -> None:
    place = Place(12_345_678, "x" * 80)
    race = Race(goal=place, way=(place.title,) * 5)
    for number in range(MOST_RACERS):
        racer = Racer("n" * 24, 0, (place,))
        for _ in range(20):
            racer = racer.moved(place)
        grown = with_racer(race, f"{number:040}", racer)
        assert grown is not None
        race = grown
    assert len(msgspec.json.encode(race)) <= STATE_LIMIT
    assert all(racer.here == place and racer.steps == 20 for racer in race.racers.values())
    assert with_racer(race, "one more", Racer("", 0, (place,))) is None
    assert with_racer(race, f"{0:040}", Racer("", 1, (place,) * 12)) is not None


PLAYERS = ("ada", "bob", "cleo", "")
WORDS = ("math", "Mathematics", "physics", "more", "back", "my links", "einstein", "2", "a", "london", "mathmatics")
NUMBERS = st.integers(-2, len(TITLES) + 2)
ACTS = st.one_of(
    st.tuples(st.just("hear"), st.one_of(st.text(max_size=20), st.sampled_from(WORDS))),
    st.tuples(
        st.just("press"),
        st.one_of(
            st.text(max_size=12),
            st.sampled_from(["back", "links", "go:", "more:0>99"]),
            st.builds("go:{}>{}".format, NUMBERS, NUMBERS),
            st.builds("more:{}>{}".format, NUMBERS, NUMBERS),
        ),
    ),
    st.tuples(st.just("button"), st.just("")),
    st.tuples(st.sampled_from(["hint", "show"]), st.just("")),
)


@given(
    acts=st.lists(st.tuples(ACTS, st.sampled_from(PLAYERS), st.integers(0, 12)), max_size=25),
    private=st.booleans(),
    addressed=st.booleans(),
    buttons=st.sampled_from([0, 1, 3, 5, 13]),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_played(
    acts: list[tuple[tuple[str, str], str, int]], private: bool, addressed: bool, buttons: int
) -> None:
    track = opened(private=private, addressed=addressed, stage=Stage(buttons=buttons))
    for (act, words), who, number in acts:
        if act == "hear":
            step = track.hear(words, who)
        elif act == "press":
            step = track.press(words, who)
        elif act == "button":
            values = track.buttons or ["=back"]
            step = track.press(values[number % len(values)][1:], who)
        else:
            step = getattr(track, act)(who)
        assert all(len(say.text) <= 1200 and len(say.buttons) <= buttons for say in step.says)
        if step.over:
            assert all(award.points > 0 for award in step.awards)
            break
    assert all(track.closing())
    points, result = track.worth("ada")
    assert points > 0
    assert 0 <= result <= 1
