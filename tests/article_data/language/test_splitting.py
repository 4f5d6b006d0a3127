# ruff: noqa: RUF001 - other scripts' punctuation on purpose
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nltk.data
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer, PunktTokenizer

from article_data.language.language import Language
from article_data.language.punkt_model import PunktModelError, train_punkt
from article_data.language.splitting import Splitter

SHARED = Path(__file__).resolve().parents[3] / ".." / "shared" / "data"
NLTK_DATA = SHARED / "nltk_data"
PROSE = (
    "The otter is a mammal. It lives in rivers, lakes etc. and eats fish. Dr. Brown (b. 1900) wrote No. 5 of the series. "
    "He met J. R. R. Tolkien in c. 1930. Did they talk? They did! “It was late.” The rest is known.",
    "Prof. A. B. Smith, e.g. in vol. 3, says so. The height is 3.5 m. Otters swim well ... One may doubt it.",
)


def _punkt() -> PunktSentenceTokenizer:
    parameters = PunktParameters()
    parameters.abbrev_types = {"dr", "etc", "e.g", "b", "mt", "st", "u.s"}
    parameters.collocations = {("##number##", "july"), ("st", "john")}
    parameters.sent_starters = {"the", "he", "it"}
    parameters.ortho_context.update({"the": 38, "he": 34, "it": 34, "july": 12, "smith": 12, "and": 32, "river": 46})
    return PunktSentenceTokenizer(parameters)


PUNKT = _punkt()
FAST = Splitter(PUNKT, None)


PIECES = r"""
Dr etc e.g St John the The It he 5 1900 July 3.5 A b J. . .. ... ? ! ?! ) ( " ' “ ” » , ; -- a-b Mt don't U.S. river and
"""


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from([*PIECES.split(), " ", " ", " ", " ", "  ", "\n", "\t", "\xa0"])).map("".join))
def test_without_corrections_the_sentences_are_those_of_nltk(text: str) -> None:
    assert FAST.spans(text) == list(PUNKT.span_tokenize(text))


@pytest.mark.skipif(not NLTK_DATA.is_dir(), reason="the shared NLTK data is not here")
@pytest.mark.parametrize("name", ["english", "german", "french"])
def test_with_an_installed_model_too_on_real_prose(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nltk.data, "path", [str(NLTK_DATA)])
    punkt = PunktTokenizer(name)
    fast = Splitter(punkt, None)
    for paragraph in _paragraphs():
        assert fast.spans(paragraph) == list(punkt.span_tokenize(paragraph))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(st.sampled_from("aB1. ?!()“”。、\u0964\n"), max_size=60))
def test_nothing_but_blanks_is_lost(text: str) -> None:
    sentences = PLAIN.sentences(text)
    assert "".join("".join(sentences).split()) == "".join(text.split())
    assert all(sentence == sentence.strip() and sentence for sentence in sentences)


PLAIN = Language.open("en")


@pytest.mark.parametrize(
    ("language", "paragraph", "sentences"),
    [
        ("en", "He met J. R. R. Tolkien. They talked.", ["He met J. R. R. Tolkien.", "They talked."]),
        (
            "en",
            "They hired B.L. Harbert. It was in May.",
            ["They hired B.L. Harbert.", "It was in May."],
        ),
        (
            "en",
            "Of R.U.R. (Robots) (1921)—a play—he knew. (as did I).",
            ["Of R.U.R. (Robots) (1921)—a play—he knew. (as did I)."],
        ),
        (
            "en",
            "Several U.S. Highways pass. The C.I.A. 's men left.",
            ["Several U.S. Highways pass.", "The C.I.A. 's men left."],
        ),
        (
            "en",
            "Songs by R. Pauls, E. Straume and I. Arne. It is so.",
            ["Songs by R. Pauls, E. Straume and I. Arne.", "It is so."],
        ),
        (
            "lv",
            "Obama ir politiķis, 44. Amerikas prezidents. Tas ir.",
            ["Obama ir politiķis, 44. Amerikas prezidents.", "Tas ir."],
        ),
        (
            "en",
            "It is logic. ... in which we see it. ... He left.",
            ["It is logic. ... in which we see it.", "... He left."],
        ),
        (
            "lv",
            "Dzimis Rīgā (tagad Rīgas nov.) Randavas ciemā. Tas ir.",
            ["Dzimis Rīgā (tagad Rīgas nov.) Randavas ciemā.", "Tas ir."],
        ),
        ("lv", "Viņš audzināja Dr. theol. Jāni Brāli. Tas ir.", ["Viņš audzināja Dr. theol. Jāni Brāli.", "Tas ir."]),
        ("en", "In What Is Property? (1840), he asked it.", ["In What Is Property? (1840), he asked it."]),
        ("en", "It is so. (He said it.) They left.", ["It is so.", "(He said it.)", "They left."]),
        ("en", "A. Brown (1904–1979 A.D.) — a painter.", ["A. Brown (1904–1979 A.D.) — a painter."]),
        ("en", "It was George M. Low who did it. He knew.", ["It was George M. Low who did it.", "He knew."]),
        ("en", "They met in Building A. The rest left.", ["They met in Building A.", "The rest left."]),
        ("en", "Dr. Brown wrote No. 5 in c. 1900. It sold.", ["Dr. Brown wrote No. 5 in c. 1900.", "It sold."]),
        ("en", "It eats things, e.g. Fish. It swims.", ["It eats things, e.g. Fish.", "It swims."]),
        (
            "en",
            "An otter (see fig. Two is best.) swims. It dives.",
            ["An otter (see fig. Two is best.) swims.", "It dives."],
        ),
        ("en", "He said “Stop.” Then he left.", ["He said “Stop.”", "Then he left."]),
        (
            "en",
            "It opened (in May. It closed. Nobody knows why.",
            ["It opened (in May.", "It closed.", "Nobody knows why."],
        ),
        (
            "zh",
            "北京是首都。它很大！他說：「好。」然後走了。",
            ["北京是首都。", "它很大！", "他說：「好。」", "然後走了。"],
        ),
        ("zh", "《是。》的作者，姓名不詳。好", ["《是。》的作者，姓名不詳。", "好"]),
        ("ja", "東京は首都。大きい。", ["東京は首都。", "大きい。"]),
        ("hi", "दिल्ली राजधानी है। यह बड़ी है।", ["दिल्ली राजधानी है।", "यह बड़ी है।"]),
        ("de", "Das ist z. B. Dr. Braun. Er kam.", ["Das ist z. B. Dr. Braun.", "Er kam."]),
        ("bg", "Роден е през 1900 г. в София. Умира в Рим.", ["Роден е през 1900 г. в София.", "Умира в Рим."]),
    ],
)
def test_where_sentences_end(language: str, paragraph: str, sentences: list[str]) -> None:
    assert Language.open(language).sentences(paragraph) == sentences


def test_a_language_without_full_stops_is_cut_at_blanks() -> None:
    clauses = Language.open("th").sentences("กรุงเทพมหานครเป็นเมืองหลวง " * 6)
    assert len(clauses) > 1
    assert all(len(clause) >= 60 for clause in clauses[:-1])


def test_a_trained_model_knows_the_abbreviations_of_its_texts() -> None:
    texts = [f"Lopa {number} p. k. ir upe. Tei ira gara." for number in range(40)] + [
        f"Vīta nūv. pogosts ira {number}. Itei ir vīta nūv. vydā." for number in range(40)
    ]
    trained = train_punkt(texts)
    language = Language.open("xx", punkt=trained)
    assert language.sentence_model == "punkt-trained"
    before_a_name = "Itei ir nūv. Rēzekne. Tei ira gara."
    assert language.sentences(before_a_name) == ["Itei ir nūv. Rēzekne.", "Tei ira gara."]
    assert Language.open("xx").sentences(before_a_name) == ["Itei ir nūv.", "Rēzekne.", "Tei ira gara."]


def test_the_same_texts_train_the_same_bytes_whatever_their_kind_of_iterable() -> None:
    assert train_punkt(PROSE * 5) == train_punkt(iter(list(PROSE) * 5))
    assert Language.open("xx", punkt=train_punkt([])).sentences("One. Two.") == ["One.", "Two."]


@pytest.mark.parametrize("damaged", [b"", b"\xc1", b"no model", train_punkt(PROSE)[:-3]])
def test_bytes_that_are_no_model_are_refused_with_what_to_do(damaged: bytes) -> None:
    with pytest.raises(PunktModelError, match="train it again"):
        Language.open("xx", punkt=damaged)


@pytest.mark.skipif(not NLTK_DATA.is_dir(), reason="the shared NLTK data is not here")
def test_trained_on_a_dumps_own_prose_it_agrees_with_nltks_model(monkeypatch: pytest.MonkeyPatch) -> None:
    paragraphs = _paragraphs()
    monkeypatch.setattr(nltk.data, "path", [])
    trained = Splitter(_tokenizer(Language.open("xx", punkt=train_punkt(paragraphs))), None)
    untrained = Splitter(PunktSentenceTokenizer(), None)
    monkeypatch.setattr(nltk.data, "path", [str(NLTK_DATA)])
    installed = Splitter(PunktTokenizer("english"), None)
    wanted = _ends(installed, paragraphs)
    assert _agreement(_ends(trained, paragraphs), wanted) > 0.99
    assert _agreement(_ends(trained, paragraphs), wanted) > _agreement(_ends(untrained, paragraphs), wanted)


def _tokenizer(language: Language) -> Any:
    return language._splitter._punkt


def _paragraphs() -> list[str]:
    articles = json.loads((SHARED / "text" / "xquad.en.json").read_text("utf-8"))["data"]
    return [paragraph["context"] for article in articles for paragraph in article["paragraphs"]]


def _ends(splitter: Splitter, paragraphs: list[str]) -> set[tuple[int, int]]:
    return {(number, end) for number, text in enumerate(paragraphs) for _, end in splitter.spans(text)}


def _agreement(found: set[tuple[int, int]], wanted: set[tuple[int, int]]) -> float:
    return 2 * len(found & wanted) / (len(found) + len(wanted))
