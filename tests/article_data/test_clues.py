# ruff: noqa: RUF001 - other scripts' punctuation on purpose
from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article_data.clues.choose import MAX_CHARS, MAX_CLUES, MIN_CHARS, Sentence, choose_clues, summarize
from article_data.clues.masking import MASK, Masker, plain_title
from article_data.language.words import fold, is_ordinary, tokens


@pytest.mark.parametrize(
    ("title", "aliases", "sentence", "expected"),
    [
        (
            "Albania",
            (),
            "The Albanian coast of Albania's south is Alban land.",
            "The _____ coast of _____'s south is _____ land.",
        ),
        ("Acid", (), "An acidic drink has acids in a placid bowl.", "An _____ drink has _____ in a placid bowl."),
        ("Art", (), "The artist of an article liked art's arts.", "The _____ of an article liked _____'s _____."),
        ("Ayn Rand", (), "Mrs. Rand said that Ayn was a random name.", "Mrs. _____ said that _____ was a _____ name."),
        ("North Korea", (), "The Korean north lies in a state of snow.", "The _____ north lies in a state of snow."),
        ("United States", ("USA", "US"), "The US told us of the USA.", "The _____ told us of the _____."),
        ("Wolf", (), "Wolves hunt like a wolfhound.", "_____ hunt like a _____."),
        ("Finland", (), "The Finnish people and a Finn swim.", "The _____ people and a _____ swim."),
        ("Beyoncé", (), "BEYONCE sang and Beyonce’s band played.", "_____ sang and _____’s band played."),
        ("Mercury (planet)", (), "The planet Mercury is near; mercurial too.", "The planet _____ is near; _____ too."),
        ("British Empire", (), "The Empire of the British had an empire.", "The _____ had an empire."),
        ("International Atomic Time", (), "The standard IAT counts.", "The standard _____ counts."),
        (
            "New York City",
            ("Big Apple",),
            "The Big Apple and the city grew in York.",
            "The _____ and the city grew in _____.",
        ),
        ("北京", (), "首都北京是一座城市。", "首都_____是一座城市。"),
    ],
)
def test_every_trace_is_masked(title: str, aliases: tuple[str, ...], sentence: str, expected: str) -> None:
    assert Masker(title, aliases).mask(sentence)[0] == expected


def leaks(clue: str, title: str, aliases: tuple[str, ...]) -> set[str]:
    """The answer's own words that a clue still shows (ordinary ones count only where they are the whole name)."""
    shown = tokens(clue.replace(MASK, " "))
    found: set[str] = set()
    for name in (title, *aliases):
        words = tokens(plain_title(name))
        if name != title and set(tokens(plain_title(title))) <= set(words):
            continue
        telling = [word for word in words if len(word) >= 4 and not is_ordinary(word)]
        found |= set(telling) & set(shown)
        if words and any(shown[at : at + len(words)] == words for at in range(len(shown))):
            found.add(name)
        found |= {word for word in shown for part in telling if len(part) >= 5 and part in word}
    return found


WORDS = st.text("abcdefghilmnoprstué", min_size=4, max_size=10)


@given(
    title=st.lists(WORDS, min_size=1, max_size=3),
    ending=st.sampled_from(["", "s", "n", "'s", "ic", "-like"]),
    data=st.data(),
)
def test_masking_leaves_no_word_of_a_name(title: list[str], ending: str, data: st.DataObject) -> None:
    name = " ".join(word.capitalize() for word in title)
    filler = data.draw(st.lists(WORDS, max_size=8))
    words = data.draw(st.permutations([*filler, *(word + ending for word in title), title[0].upper()]))
    masked, count = Masker(name, ()).mask(" ".join(words) + ".")
    assert not leaks(masked, name, ())
    assert count == masked.count(MASK) >= 1 or all(is_ordinary(fold(word)) for word in title)


def chosen(*texts: str, title: str = "Otter", in_lead: bool = True) -> tuple[str, ...]:
    sentences = [Sentence(text=text, paragraph=0, in_lead=in_lead) for text in texts]
    return choose_clues(sentences, Masker(title, ()), lambda word: 0.1 * len(word), language="en")


LEAD = "The otter is a mammal of the weasel family that lives in water."


def test_the_defining_sentence_comes_last_and_rare_words_late() -> None:
    clues = chosen(
        LEAD,
        "Otters construct subterranean residences alongside unpolluted watercourses.",
        "It has a long tail and a lot of fur on its back and feet.",
    )
    assert clues == (
        "It has a long tail and a lot of fur on its back and feet.",
        "_____ construct subterranean residences alongside unpolluted watercourses.",
        "The _____ is a mammal of the weasel family that lives in water.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "This is why people liked to watch the animals in the rivers.",
        "However, people have hunted the animals for their warm fur.",
        "For example, people have hunted the animals for their fur.",
        "Too short a sentence is this.",
        "An otter, an otter and the otter were seen with otters by an otter today.",
        "the rest of a sentence that was split in a wrong place by the machine.",
        "A sentence that is missing its end because a list followed and was lost:",
        "Nothing but a long row of grey, wet, cold and very old stone at noon.",
        "The animal (which was hunted for its fur is now protected in most rivers.",
        "Rivers " + "and rivers " * 40 + "were seen.",
        "",
    ],
)
def test_what_cannot_stand_alone_is_no_clue(text: str) -> None:
    assert chosen(LEAD, text) == chosen(LEAD)


def test_a_pronoun_needs_a_clear_subject() -> None:
    pronoun = "It was first described by a naturalist in the Alps."
    assert pronoun in chosen(LEAD, pronoun)
    assert pronoun not in chosen(LEAD, "It has a long tail and a lot of fur on its back.", "", pronoun), (
        "what went before is lost"
    )
    other = "She wrote the first book about the animals of the river."
    assert other not in chosen(LEAD, pronoun, other), "the article calls its subject it"
    better = [
        f"Otters of kind {word * 3} eat {word * 4} and {word * 5} with {word * 6} daily." for word in "abcdefghijkl"
    ]
    mill = "The pond beside the mill was made by beavers and a miller."
    assert pronoun not in chosen(LEAD, mill, pronoun, *better), "another thing may be meant, and there is better"


def test_the_same_is_not_said_twice_and_twelve_are_enough() -> None:
    assert len(chosen(LEAD, LEAD.replace("weasel", "big weasel"))) == 1
    many = [
        f"Otter number {word * 3} eats {word * 4} and {word * 5} with {word * 6} daily." for word in "abcdefghijklmnop"
    ]
    clues = chosen(LEAD, *many)
    assert len(clues) == MAX_CLUES
    assert all(MIN_CHARS <= len(clue) <= MAX_CHARS for clue in clues)


def test_a_native_name_beside_the_masked_one_is_no_clue() -> None:
    clues = chosen("Japan (日本; Nippon) is an island country that lies in East Asia.", title="Japan")
    assert clues == ("_____ is an island country that lies in East Asia.",)


def test_summaries_are_whole_sentences_within_bounds() -> None:
    assert summarize([]) == ""
    assert summarize(["Short one.", "And another."]) == "Short one. And another."
    assert summarize(["A" * 200 + ".", "B" * 200 + "."]) == "A" * 200 + "."
    cut = summarize(["word " * 100 + "end."])
    assert len(cut) <= 300
    assert re.fullmatch(r"(word )+word…", cut)
