"""What a sentence is worth as a clue: what helps a player comes before what misleads or says nothing."""

from __future__ import annotations

import pytest

from article_data.clues.masking import MASK
from article_data.clues.worth import Taste

LEAD = ("Otters is a poem by Ann Lee, set to music by Bob Hull.",)


def worth(
    clue: str, *, head: str = "poem", mentions: bool = False, is_derived: bool = False, is_life: bool = False
) -> float:
    taste = Taste((), LEAD, head=head, is_life=is_life)
    return taste.worth(clue, "Past", means_subject=False, mentions_subject=mentions, is_derived=is_derived)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (
            f"{MASK} wrote the screenplay of Solaris in a single sitting.",
            f"{MASK} wrote the screenplay in a single sitting.",
        ),
        (
            f"After an invasion of Siberia the army of {MASK} went home in 1911.",
            f"While the invasion ended badly, the army of {MASK} went home in 1911.",
        ),
        (
            f"A committee of Siberia decided in 1911 to ban {MASK}.",
            f"The committee decided in 1911 to ban {MASK} of Siberia.",
        ),
        (
            f"People of Siberia and Mongolia hunted {MASK} until 1911.",
            f"People of both countries hunted {MASK} until 1911 in Asia.",
        ),
        (
            f"In people with {MASK} two networks of the brain are weak in Siberia.",
            f"In people with {MASK} the two networks are weak in Siberia.",
        ),
        (f"Hunters of Siberia (2011) sold {MASK}.", f"Hull & Lee (2011) suggest that {MASK} lived in Siberia."),
        (f"Sidney named it {MASK} in Siberia in 1911.", f'Since 1911 the "{MASK}" of Siberia has drawn crowds.'),
        (f"The temple of {MASK} in Siberia burnt in 1911.", f"The temple of Hull-{MASK} in Siberia burnt in 1911."),
    ],
)
def test_a_clue_that_says_what_it_speaks_of_is_worth_more(good: str, bad: str) -> None:
    assert worth(good) > worth(bad)


def test_the_thing_that_the_article_is_about_needs_no_name() -> None:
    clue = f"Hull read the poem aloud when {MASK} was printed in 1911."
    bare = clue.replace("Hull read", "People read")
    assert worth(bare, head="poem") > worth(bare, head="town")


def test_what_is_about_something_else_comes_last() -> None:
    about_it = worth("Hunters of Siberia sold its fur in Moscow in 1911.", mentions=True)
    central = worth("Hunters of Siberia sang the tune of Hull until 1911.")
    elsewhere = worth("Hunters of Siberia sold furs in Moscow until 1911.")
    assert about_it > central > elsewhere
    of_life = worth("Hunters of Siberia sold her furs in Moscow in 1911.", mentions=True, is_life=True)
    assert of_life > about_it


def test_a_mask_for_another_word_than_the_answer_is_no_clue() -> None:
    noun = worth(f"Raman was the first {MASK} to win a Nobel Prize in 1930.", is_derived=True)
    adjective = worth(f"Raman was the first {MASK} winner of a Nobel Prize in 1930.", is_derived=True)
    verb = worth(f"The {MASK} usually starts with a mesh of Siberia in 1911.", is_derived=True)
    assert adjective > 0
    assert verb < -6.5
    assert noun < -6.5, "not even where an article has too few"
    taste = Taste((), LEAD, head="movement", is_life=False)
    plural = f"French {MASK} active in the war of 1848 included Joseph Hull."
    assert (
        taste.worth(plural, "", means_subject=False, mentions_subject=False, is_derived=True, has_members=True) < -6.5
    )
    member = worth(f"As a group {MASK} are found in Siberia and Canada.", head="order", is_derived=True)
    assert member > 0, "the members of a group go by nearly its name"
