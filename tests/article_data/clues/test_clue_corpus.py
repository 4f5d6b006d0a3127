from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from article_data.clues import corpus as corpus_module
from article_data.clues import frequencies
from article_data.clues.corpus import K1, B, Corpus, CorpusWriter

TERMS = st.sampled_from("abcdefgh")
DOCUMENTS = st.lists(st.lists(TERMS, min_size=1, max_size=12), min_size=2, max_size=8)


def written(folder: Path, documents: list[list[str]], *, sample: int = corpus_module.SAMPLE) -> Corpus:
    writer = CorpusWriter(folder, "en", sample=sample)
    for place, words in enumerate(documents):
        writer.add(place, Counter(words))
    writer.close()
    return Corpus(folder)


def bm25(documents: list[list[str]], at: int, query: set[str], mean: float) -> float:
    """The formula by the book, over a plain list of documents."""
    score = 0.0
    for term in query:
        frequency = sum(term in words for words in documents)
        rarity = math.log(1 + (len(documents) - frequency + 0.5) / (frequency + 0.5))
        count = documents[at].count(term)
        score += rarity * count * (K1 + 1) / (count + K1 * (1 - B + B * len(documents[at]) / mean))
    return score


@settings(max_examples=60, deadline=None)
@given(documents=DOCUMENTS, query=st.sets(TERMS, min_size=1, max_size=4), data=st.data())
def test_ranks_are_those_of_the_formula_with_the_sentence_taken_out(
    tmp_path_factory: pytest.TempPathFactory, documents: list[list[str]], query: set[str], data: st.DataObject
) -> None:
    corpus = written(tmp_path_factory.mktemp("corpus"), documents)
    place = data.draw(st.integers(0, len(documents) - 1))
    sentence = data.draw(st.lists(st.sampled_from(documents[place]), max_size=4).map(Counter))
    sentence &= Counter(documents[place])
    mean = sum(map(len, documents)) / len(documents)
    without = [list(words) for words in documents]
    without[place] = list((Counter(documents[place]) - sentence).elements())
    scores = [bm25(without, at, query, mean) for at in range(len(documents))]
    others = [score for at, score in enumerate(scores) if at != place]
    expected = 1 + sum(score >= scores[place] * (1 - 1e-6) for score in others)
    (standing,) = corpus.standings(place, [(query, sentence)])
    assert standing.rank == expected
    assert corpus.rank(place, query, sentence) == expected
    if max(others) > 0:
        assert standing.margin == pytest.approx(scores[place] / max(others), rel=1e-4)


def test_frequencies_count_documents_not_words(tmp_path: Path) -> None:
    corpus = written(tmp_path, [["fox", "fox", "owl"], ["fox"], ["bee"]])
    assert (corpus.frequency("fox"), corpus.frequency("owl"), corpus.frequency("elk")) == (2, 1, 0)
    assert corpus.doc_count == 3


def test_documents_that_score_the_same_count_against_the_subject(tmp_path: Path) -> None:
    corpus = written(tmp_path, [["fox", "den"], ["fox", "den"], ["bee", "hum"]])
    assert corpus.rank(0, ["fox"], {}) == 2
    assert corpus.rank(2, ["bee"], {}) == 1
    assert corpus.rank(2, ["bee"], {"bee": 1}) == 3, "what only the taken sentence says finds nothing"
    assert corpus.rank(0, [], {}) == 3


def test_a_document_outside_of_the_sample_is_ranked_against_it(tmp_path: Path) -> None:
    documents = [["common", f"own{place}"] for place in range(40)]
    corpus = written(tmp_path, documents, sample=10)
    assert corpus.doc_count == 40
    assert corpus.frequency("common") == 40, "frequencies come from all documents"
    assert all(corpus.rank(place, [f"own{place}"], {}) == 1 for place in range(40))
    ranks = {corpus.rank(place, ["common"], {}) for place in range(40)}
    assert ranks == {10, 11}, "those of the sample are not ranked against themselves"


def test_rare_terms_are_forgotten_before_memory_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frequencies, "MAX_TERMS", 20)
    monkeypatch.setattr(frequencies, "_BUFFERED", 50)
    monkeypatch.setattr(corpus_module, "_INVERTED", 64)
    documents = [
        ["common", "often" if place % 2 else "rare", *(f"own{place}.{n}" for n in range(5))] for place in range(60)
    ]
    corpus = written(tmp_path, documents)
    assert corpus.frequency("common") == 60
    assert corpus.frequency("own3.1") == 0
    assert corpus.rank(3, ["own3.1"], {}) == 1, "what is forgotten counts as rare, and finds"


def test_places_may_come_in_any_order_and_with_holes(tmp_path: Path) -> None:
    writer = CorpusWriter(tmp_path, "en")
    for place, word in ((7, "owl"), (2, "fox"), (4, "bee")):
        writer.add(place, {word: 1})
    writer.close()
    corpus = Corpus(tmp_path)
    assert [corpus.rank(place, [word], {}) for place, word in ((2, "fox"), (4, "bee"), (7, "owl"))] == [1, 1, 1]
    with pytest.raises(KeyError, match="document 9 was never added"):
        corpus.rank(9, ["owl"], {})


def test_a_corpus_that_was_never_closed_is_none(tmp_path: Path) -> None:
    writer = CorpusWriter(tmp_path, "en")
    writer.add(0, {"fox": 1})
    with pytest.raises(FileNotFoundError):
        Corpus(tmp_path)
    writer.close()
    assert Corpus(tmp_path).doc_count == 1
