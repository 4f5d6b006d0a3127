from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import nltk.data
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.stem.snowball import SnowballStemmer

from article_data.language.keywords import collocations, keywords
from article_data.language.language import Language
from article_data.language.words import fold

ROOT = Path(__file__).resolve().parents[3]
NLTK_DATA = ROOT / ".." / "shared" / "data" / "nltk_data"
ENGLISH = Language.open("en")
SNOWBALL = SnowballStemmer("english")
TEXTS = st.text(st.sampled_from("abceinrstyABÉéß北京ภาษา '-.,0123\u0301हिन्दी"), max_size=60)


@settings(deadline=None, derandomize=True)
@given(TEXTS, st.sampled_from(["en", "de", "bg", "zh", "th"]))
def test_tokens_are_the_folded_words_and_stems_the_stemmed_tokens(text: str, code: str) -> None:
    language = Language.open(code)
    assert language.tokens(text) == [fold(word) for word in language.words(text)]
    assert language.stems(text) == [language.stem(token) for token in language.tokens(text)]
    assert all(word and word in text for word in language.words(text))


def test_a_search_finds_inflected_words_where_snowball_knows_the_language() -> None:
    assert ENGLISH.stems("The otters were swimming") == ENGLISH.stems("the otter were swim")
    assert set(Language.open("de").stems("Häuser Hauses")) == set(Language.open("de").stems("HÄUSER HÄUSERN hauses"))
    assert Language.open("ru").stems("столицы") == Language.open("ru").stems("столицу")


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.builds(
        "{}{}{}".format,
        st.text("abdeginorstuxy", max_size=5),
        st.sampled_from(
            ["", "at", "is", "ous", "ing", "ed", "al", "fulli", "ement", "o", "iz", "ness", "li", "ic", "our"]
        ),
        st.sampled_from(
            ["", "s", "ion", "er", "or", "y", "ly", "ism", "k", "m", "th", "ll", "e", "ship", "ful", "ness"]
        ),
    )
)
def test_english_stems_are_snowballs(word: str) -> None:
    assert ENGLISH.stem(word) == (SNOWBALL.stem(word) if len(word) > 2 else word)


@pytest.mark.parametrize("code", ["ltg", "bg", "xx"])
def test_a_language_without_a_stemmer_keeps_its_words_and_says_so(code: str) -> None:
    language = Language.open(code)
    assert language.stem("pogosts") == "pogosts"
    assert any("no stemmer" in note for note in language.notes)


def test_chinese_is_compared_by_pairs_of_characters_so_that_part_of_a_name_is_found() -> None:
    chinese = Language.open("zh")
    assert not chinese.has_spaces
    assert chinese.words("北京市有NBA球隊。") == ["北京", "京市", "市有", "NBA", "球隊"]
    assert set(chinese.tokens("北京")) < set(chinese.tokens("在北京市"))
    assert any("pairs of characters" in note for note in chinese.notes)


def test_indic_and_stressed_words_are_whole() -> None:
    assert Language.open("hi").words("हिन्दी भाषा") == ["हिन्दी", "भाषा"]
    assert Language.open("ru").tokens("Москва\u0301 и Ёлка") == ["москва", "и", "елка"]


@pytest.mark.parametrize(
    ("code", "function_words", "content"),
    [
        ("en", "the of was these", "river"),
        ("de", "der und nicht wurde über", "fluss"),
        ("fr", "le des était à", "fleuve"),
        ("ru", "и был который", "река"),
        ("nl", "het een niet", "rivier"),
    ],
)
def test_function_words_are_known_without_nltks_lists(
    code: str, function_words: str, content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nltk.data, "path", [])
    language = Language.open(code)
    assert all(language.is_stopword(word) for word in language.tokens(function_words))
    assert all(language.is_stopword(stem) for stem in language.stems(function_words))
    assert not language.is_stopword(content)
    assert any("nltk.downloader stopwords" in note for note in language.notes)


@pytest.mark.skipif(not NLTK_DATA.is_dir(), reason="the shared NLTK data is not here")
def test_nltks_data_is_used_where_it_is_installed() -> None:
    """In a process of its own, with NLTK_DATA as an operator sets it."""
    program = (
        "from article_data.language.language import Language\n"
        "for code in ('en', 'hu', 'pl'):\n"
        "    language = Language.open(code)\n"
        "    print(language.sentence_model, language.is_stopword('egy'), len(language.notes))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"NLTK_DATA": str(NLTK_DATA.resolve()), "HOME": "/nowhere", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["punkt-english False 0", "punkt-plain True 0", "punkt-plain False 3"]


def test_without_nltks_data_all_goes_on_and_the_notes_say_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nltk.data, "path", [])
    english, hungarian = Language.open("en"), Language.open("hu")
    assert (english.sentence_model, hungarian.sentence_model) == ("punkt-plain", "punkt-plain")
    assert any("nltk.downloader punkt_tab" in note for note in english.notes)
    assert any("dump's commonest words" in note for note in hungarian.notes)
    assert not hungarian.is_stopword("egy")


def test_a_dumps_own_commonest_words_take_the_place_of_a_missing_list() -> None:
    language = Language.open("ltg")
    assert not language.is_stopword("ira")
    language.learn_common({"ira": 90, "i": 70, "upe": 10, "1999": 95}, 100)
    assert language.is_stopword("ira")
    assert language.is_common("1999")
    assert not language.is_stopword("1999")
    assert not language.is_common("upe")
    ENGLISH.learn_common({"otter": 80, "river": 10}, 100)
    assert ENGLISH.is_common("otter")
    assert not ENGLISH.is_stopword("otter")


def test_too_few_articles_teach_nothing() -> None:
    language = Language.open("ltg")
    language.learn_common({"ira": 3}, 3)
    assert not language.is_common("ira")


def test_keywords_are_the_rare_words_of_an_article_in_their_commonest_form() -> None:
    counts = Counter(ENGLISH.words("The otter otter Otter swims in the river Thames Thames 1999 the"))
    frequencies = {"the": 100, "in": 90, "river": 20, "otter": 1, "swims": 5, "thames": 2, "1999": 1}
    assert keywords(counts, frequencies.__getitem__, 100) == ("otter", "Thames", "swims", "river")
    assert keywords(counts, frequencies.__getitem__, 100, limit=1) == ("otter",)
    assert keywords({}, frequencies.__getitem__, 100) == ()


@settings(deadline=None, derandomize=True)
@given(
    st.dictionaries(st.text(st.sampled_from("abcdeÉ"), min_size=1, max_size=6), st.integers(1, 9)),
    st.integers(0, 50),
    st.integers(0, 12),
)
def test_keywords_are_words_of_the_article_each_once(counts: dict[str, int], doc_count: int, limit: int) -> None:
    found = keywords(counts, lambda word: 1 + len(word), doc_count, limit=limit or 1)
    assert set(found) <= set(counts)
    assert len({fold(word) for word in found}) == len(found) <= max(limit, 1)


def test_collocations_are_pairs_that_go_together_and_say_something() -> None:
    language = Language.open("en")
    sentence = language.words("general relativity explains the orbit of the planet")
    other = language.words("a general explains that the planet turns")
    tokens = [*sentence, "", *other, ""] * 2 + [*language.words("he likes general relativity of the planet"), ""]
    found = collocations(tokens, language)
    assert found[0] == "general relativity"
    assert not any("the" in pair.split() for pair in found)
    assert collocations(sentence, language) == ()
    assert collocations([], language) == ()
    assert collocations(["北京", "京市"] * 9, Language.open("zh")) == ()
