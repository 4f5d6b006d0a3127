from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from article_data.article import Fact
from article_data.clues.choosing import MAX_CLUES
from article_data.clues.corpus import Corpus, CorpusWriter
from article_data.clues.making import ClueMaker, summarize
from article_data.clues.masking import MASK
from article_data.clues.shaping import MAX_CHARS, MIN_CHARS
from article_data.clues.subject import Sentence, Subject
from article_data.language.language import Language

OTTER = [
    ("The otter is a mammal of the weasel family that lives in water.", ""),
    ("Otters were hunted for their fur in Siberia until 1911.", ""),
    ("Otters of Lake Baikal eat frogs, crayfish and herons.", "Food"),
    ("Otters build dens called holts beneath the roots of alders.", "Home"),
    ("Otters were kept by fishermen in Bangladesh to chase fish into nets.", "Otters and people"),
    ("In 1928 the story of an otter named Tarka won the Hawthornden Prize.", "Otters and people"),
    ("The otter was the totem of the Ojibwe in Canada.", "Otters and people"),
    ("Otters were kept by the fishermen of Bangladesh to chase fish into their nets.", "Otters and people"),
    ("The film was shown in Moscow.", "Otters and people"),
]
OTHERS = (
    "The beaver is a rodent that lives in water and builds dams in Canada and Siberia.",
    "The heron is a bird that eats frogs and fish of lakes in Bangladesh.",
    "The alder is a tree that grows beside water in Europe.",
)


def joined(sentences: Sequence[tuple[str, str]]) -> str:
    return " ".join(text for text, _ in sentences)


def maker(folder: Path, texts: Sequence[str]) -> ClueMaker:
    language = Language.open("en")
    writer = CorpusWriter(folder, "en")
    for place, text in enumerate(texts):
        writer.add(place, Counter(language.stems(text)))
    writer.close()
    return ClueMaker(language, Corpus(folder))


def subject(sentences: Sequence[tuple[str, str]], *, title: str = "Otter", facts: tuple[Fact, ...] = ()) -> Subject:
    found = tuple(Sentence(text, number, section) for number, (text, section) in enumerate(sentences))
    return Subject(title=title, sentences=found, facts=facts, head="mammal", place=0)


def of_otter(folder: Path) -> ClueMaker:
    return maker(folder, [joined(OTTER * 2), *OTHERS])


def test_clues_are_masked_whole_sentences_with_the_definition_last(tmp_path: Path) -> None:
    clues = of_otter(tmp_path).make(subject(OTTER))
    assert clues[-1] == "The _____ is a mammal of the weasel family that lives in water."
    assert len(clues) >= 6
    assert all(MIN_CHARS <= len(clue) <= MAX_CHARS and clue.count(MASK) == 1 for clue in clues)
    assert not any("film" in clue for clue in clues)


def test_clues_get_easier(tmp_path: Path) -> None:
    made = of_otter(tmp_path).made(subject(OTTER))[:-1]
    assert all(one.standing.rank >= other.standing.rank for one, other in pairwise(made))
    finding = [one.standing.margin for one in made if one.standing.rank == 1]
    assert finding == sorted(finding)


def test_the_same_is_not_said_twice(tmp_path: Path) -> None:
    clues = of_otter(tmp_path).make(subject(OTTER))
    assert sum("Bangladesh" in clue for clue in clues) == 1


def test_twelve_are_enough_and_sections_share_them(tmp_path: Path) -> None:
    beasts = "lynx ibex oryx saiga marten sable stoat dhole culpeo margay kudu nilgai bongo gerbil jerboa civet"
    many = [
        (f"Otters of {beast}land met the {beast} near {beast.title()}ville in 18{10 + number}.", "NS"[number % 2])
        for number, beast in enumerate(beasts.split())
    ]
    sentences = [OTTER[0], *many]
    clues = maker(tmp_path, [joined(sentences) * 2, *OTHERS]).make(subject(sentences))
    assert len(clues) == MAX_CLUES
    sections = Counter(section for clue in clues for text, section in many if text.endswith(clue[-12:]))
    assert abs(sections["N"] - sections["S"]) <= 2


def test_a_definition_that_finds_another_article_goes_on_with_what_finds_its_own(tmp_path: Path) -> None:
    sentences = [
        ("Bell is a town of Canada beside a river.", ""),
        ("Bell was founded by Ojibwe fishermen in 1811.", "Past"),
        *(
            (f"Bell has the {word} museum of {word.title()} Lee since 1911.", "Sights")
            for word in ("coin", "clock", "kite", "cider")
        ),
        ("Bell lost the great bridge of iron in the flood of 1954.", "Past"),
    ]
    other = "Hull is a town of Canada beside a river."
    clues = maker(tmp_path, [joined(sentences) + " Ojibwe fishermen founded the town." * 3, other, *OTHERS]).make(
        subject(sentences, title="Bell")
    )
    assert clues[-1].startswith("_____ is a town of Canada beside a river. It ")


def test_a_definition_goes_on_with_nothing_but_the_subject(tmp_path: Path) -> None:
    sentences = [
        ("Bell is a town of Canada beside a river.", ""),
        *(
            (f"Bell crews of {word} sailed the Ojibwe lake in 1811.", "Past")
            for word in ("coin", "clock", "kite", "cider")
        ),
        ("Ojibwe fishermen of Bellerive sang of the great bridge of iron.", "Past"),
    ]
    other = "Hull is a town of Canada beside a river."
    clues = maker(tmp_path, [joined(sentences) * 2, other, *OTHERS]).make(subject(sentences, title="Bell"))
    assert clues
    assert not any(clue.startswith("_____ is a town of Canada beside a river. ") for clue in clues)


def test_it_does_not_mean_what_the_mask_does(tmp_path: Path) -> None:
    sentences = [*OTTER, ("It was hunted for its fur like the otter of Siberia in 1921.", "Past")]
    assert not any(clue.startswith("It was hunted") for clue in of_otter(tmp_path).make(subject(sentences)))


def test_an_article_that_never_says_what_it_is_about_has_no_clues(tmp_path: Path) -> None:
    sentences = [
        (f"Hunters of {word} sold furs in {word.title()}grad until 18{number}1.", "Past")
        for number, word in enumerate(("coin", "clock", "kite", "cider", "cello", "candle"))
    ]
    assert maker(tmp_path, [joined(sentences), *OTHERS]).make(subject(sentences)) == ()


def test_facts_of_the_infobox_are_told(tmp_path: Path) -> None:
    facts = (
        Fact("Named after", "Lake Otterburn"),
        Fact("Discovered by", "Ann Lee"),
        Fact("Founder", "The Ojibwe of Baikal"),
    )
    texts = [joined(OTTER) + " Ann Lee discovered, the Ojibwe of Baikal founded.", *OTHERS]
    clues = maker(tmp_path, texts).make(subject(OTTER, facts=facts))
    assert "It was discovered by Ann Lee and was founded by The Ojibwe of Baikal." in clues
    assert not any("burn" in clue for clue in clues), "a fact that sounds like the answer is not told"


@pytest.mark.parametrize("title", ["A", "!"])
def test_a_title_that_nobody_can_guess_has_no_clues(tmp_path: Path, title: str) -> None:
    assert of_otter(tmp_path).make(subject(OTTER, title=title)) == ()


def test_an_article_without_sentences_has_no_clues(tmp_path: Path) -> None:
    assert of_otter(tmp_path).make(subject([])) == ()
    assert of_otter(tmp_path).make(subject([("", "")])) == ()


def test_summaries_are_whole_sentences_within_bounds() -> None:
    assert summarize([]) == ""
    assert summarize(["Short one.", "And another."]) == "Short one. And another."
    assert summarize(["A" * 200 + ".", "B" * 200 + "."]) == "A" * 200 + "."
    cut = summarize(["word " * 100 + "end."])
    assert len(cut) <= 300
    assert cut == "word " * 58 + "word…"
