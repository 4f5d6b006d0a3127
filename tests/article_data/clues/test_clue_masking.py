# ruff: noqa: RUF001 - other scripts' punctuation on purpose
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.stem.snowball import SnowballStemmer

from article_data.clues.leaks import leaks
from article_data.clues.masking import MASK, Masker, plain_title

stem = SnowballStemmer("english").stem


@pytest.mark.parametrize(
    ("title", "names", "sentence", "expected"),
    [
        ("Albania", (), "The Albanian coast lies in Albania's south.", "The _____ coast lies in _____'s south."),
        ("Afghanistan", (), "The Afghan army left.", "The _____ army left."),
        ("Autism", (), "Some autistic people avoid noise.", "Some _____ people avoid noise."),
        ("Acid", (), "An acidic drink has acids in a placid bowl.", "An _____ drink has _____ in a placid bowl."),
        ("Art", (), "The artist of an article liked art's arts.", "The _____ of an article liked _____'s _____."),
        ("Ayn Rand", (), "Mrs. Rand said that Ayn was here.", "Mrs. _____ said that _____ was here."),
        (
            "North Korea",
            (),
            "The Korean coast lies north of the equator.",
            "The _____ coast lies north of the equator.",
        ),
        ("United States", ("USA", "US"), "The US told us of the USA.", "The _____ told us of the _____."),
        ("Wolf", (), "Wolves hunt like a wolf.", "_____ hunt like a _____."),
        ("Finland", (), "The Finnish people and a Finn swim.", "The _____ people and a _____ swim."),
        ("Poland", (), "Polish kings ruled it.", "_____ kings ruled it."),
        ("Beyoncé", (), "BEYONCE sang and Beyonce’s band played.", "_____ sang and _____’s band played."),
        ("Mercury (planet)", (), "The planet Mercury is near.", "The planet _____ is near."),
        ("British Empire", (), "The British Empire had an empire.", "The _____ had an empire."),
        ("International Atomic Time", (), "The standard IAT counts.", "The standard _____ counts."),
        ("Albert Einstein", ("A. Einstein",), "A. Einstein met J. Albert Einstein.", "_____ met _____."),
        ("New York City", ("Big Apple",), "The Big Apple is a big apple tree.", "The _____ is a _____ tree."),
        ("World War II", ("WWII",), "In WWII the world was at war.", "In _____ the world was at war."),
        ("北京", (), "首都北京是一座城市。", "首都_____是一座城市。"),
        ("数学", (), "最純的「數學」有用。", "最純的「_____」有用。"),
        ("Григориански календар", (), "Григорианският календар е въведен.", "_____ е въведен."),
    ],
)
def test_every_trace_is_masked(title: str, names: tuple[str, ...], sentence: str, expected: str) -> None:
    assert Masker(title, names, stem=stem).mask(sentence).text == expected


@pytest.mark.parametrize(
    ("title", "names", "sentence"),
    [
        ("Ayn Rand", (), "It was a random name."),
        ("Atomic number", (), "The atomic mass differs."),
        ("Alabama", ("Cotton State",), "They planted cotton."),
        ("Politics of Angola", (), "The coast of Angola is long."),
        ("Animal Farm", (), "The Farm was sold."),
        ("Wolf", (), "A wolfhound hunts."),
        ("Apollo 11", (), "Of all Apollo flights it was the last."),
        ("Slovakia", (), "The Czechoslovakian army marched."),
        ("HTML", (), "The stricter XHTML came in 2000."),
    ],
)
def test_a_trace_that_means_something_else_makes_a_sentence_unfit(
    title: str, names: tuple[str, ...], sentence: str
) -> None:
    masked = Masker(title, names, stem=stem).mask(sentence)
    assert masked.masks >= 1
    assert not masked.is_fair, "a mask there would stand for something that is not the answer"


@pytest.mark.parametrize(
    ("title", "names", "sentence"),
    [
        ("North Korea", (), "It lies north of the equator."),
        ("United States", ("US",), "They told us of a state of things in a united Europe."),
        ("World War II", (), "The world had no war then."),
        ("Albania", ("only", "or"), "It is only one or the other."),
        ("Station", (), "The state of the party."),
        ("Apollo 11", (), "It had 11 parts."),
        ("Rothenburg ob der Tauber", (), "Der Turm steht ob des Tors."),
    ],
)
def test_ordinary_words_are_never_masked(title: str, names: tuple[str, ...], sentence: str) -> None:
    assert Masker(title, names, stem=stem).mask(sentence).text == sentence


def test_a_mask_for_a_word_made_of_the_answer_is_told_apart() -> None:
    masker = Masker("Albania", stem=stem)
    assert not masker.mask("Albania is hilly.").is_derived
    assert masker.mask("The Albanian coast is hilly.").is_derived


def test_the_bracket_of_a_title_is_no_part_of_the_name() -> None:
    assert plain_title("Mercury (planet)") == "Mercury"
    assert plain_title("(What's the Story)") == "(What's the Story)"
    assert plain_title("信息 （消歧义）") == "信息"


WORDS = st.text("abcdefghilmnoprstué", min_size=4, max_size=10)


@given(
    title=st.lists(WORDS, min_size=1, max_size=3),
    ending=st.sampled_from(["", "s", "n", "'s", "ic", "-like", "ian"]),
    filler=st.lists(WORDS, max_size=8),
    data=st.data(),
)
def test_nothing_of_a_name_is_left_whatever_it_is(
    title: list[str], ending: str, filler: list[str], data: st.DataObject
) -> None:
    name = " ".join(word.capitalize() for word in title)
    words = data.draw(st.permutations([*filler, *(word + ending for word in title), name]))
    masked = Masker(name, stem=stem).mask(f"So {' '.join(words)}.")
    assert leaks(masked.text, name, ()) == []
    assert masked.masks == masked.text.count(MASK) >= 1


@given(st.text(max_size=60), st.text(min_size=1, max_size=20))
def test_any_text_can_be_masked_by_any_name(sentence: str, title: str) -> None:
    masker = Masker(title, (sentence,))
    masked = masker.mask(sentence)
    assert masked.masks == masked.text.count(MASK) - (sentence.count(MASK) if not masker.traces(sentence) else 0)
