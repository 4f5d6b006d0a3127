"""British and American spellings: the same word becomes the same, other words stay apart."""

from __future__ import annotations

import pytest

from article_data.judge.american import american

PAIRS = (
    "colour color, neighbouring neighboring, behaviours behaviors, theatre theater, centres centers, metre meter, "
    "manoeuvre maneuver, encyclopaedia encyclopedia, haemoglobin hemoglobin, anaemia anemia, foetus fetus, "
    "diarrhoea diarrhea, oestrogen estrogen, aesthetics esthetics, organisation organization, analysed analyzed, "
    "travelling traveling, marvellous marvelous, catalogue catalog, programme program, defence defense, licence license, "
    "grey gray, sulphuric sulfuric, ploughing plowing, aluminium aluminum"
)
UNCHANGED = (
    "michael israel noel joel poem goethe hoess four hour tour journey acre genre rogue vogue killed filling rising "
    "microeconomics macroeconomics science silence absence phosphor"
)


@pytest.mark.parametrize("pair", PAIRS.split(", "))
def test_both_spellings_become_one(pair: str) -> None:
    british, other = pair.split()
    assert american([british]) == american([other])


@pytest.mark.parametrize("word", UNCHANGED.split())
def test_words_with_one_spelling_stay(word: str) -> None:
    assert american([word]) == (word,)
