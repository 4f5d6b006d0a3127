"""One language as the build knows it: its sentences, words, stems and which words say nothing.

Owns the choice of what serves a language best and says what is missing. Called by the build's workers, each of which
opens its language once; may not be imported by what runs while serving, for it imports NLTK.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Self

from article_data.language.codes import PUNKT, SNOWBALL, STOPWORDS, WITHOUT_SENTENCE_ENDS, WITHOUT_SPACES, base
from article_data.language.punkt_model import open_punkt
from article_data.language.splitting import Splitter, split_clauses
from article_data.language.stemming import Memory, snowball
from article_data.language.stopwords import common_words, installed_stopwords, learned_stopwords, own_stopwords
from article_data.language.words import WORD, fold

_SPACELESS = re.compile(
    r"[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)


class Language:
    """Sentences, words and stems of one language; not for several threads at once."""

    def __init__(self, code: str, punkt: tuple[str, Any]) -> None:
        self.code = code
        """As given to `open`."""
        self.sentence_model, tokenizer = punkt
        """What splits sentences: a part of a build's identity, for the same dump splits differently with another."""
        key = base(code)
        self._marks_ends = key not in WITHOUT_SENTENCE_ENDS
        self.has_spaces = key not in WITHOUT_SPACES
        if not self.has_spaces:
            self.sentence_model = f"{'clauses' if key in WITHOUT_SENTENCE_ENDS else 'cjk'}+{self.sentence_model}"
        self._folded = Memory(fold)
        self._stemmed = Memory(snowball(key))
        self._written_stems = Memory(lambda word: self._stemmed[fold(word)])
        installed = installed_stopwords(key)
        words = installed | own_stopwords(key)
        self._stopwords = words | {self._stemmed[word] for word in words}
        self._splitter = Splitter(tokenizer, key, function_words=words)
        self.knows_stopwords = bool(self._stopwords)
        self._common = self._stopwords
        self.notes = _notes(key, self.sentence_model, bool(installed), self.knows_stopwords)
        """What is missing for this language and what that costs, in an operator's words; may be empty."""

    @classmethod
    def open(cls, code: str, *, punkt: bytes | None = None) -> Self:
        """Open a language by its wiki's code; `punkt` is a model by `train_punkt`, for where NLTK's own is not installed.

        Never fails for want of data or for an unknown code: `notes` tells. Raises PunktModelError for bytes that are no model.
        """
        return cls(code, open_punkt(base(code), punkt))

    def sentences(self, paragraph: str) -> list[str]:
        """Return a paragraph's sentences in order, without blanks at their ends; may be empty."""
        return self._splitter.split(paragraph) if self._marks_ends else split_clauses(paragraph)

    def words(self, text: str) -> list[str]:
        """Return a text's words as written, in order; pairs of characters where a script has no spaces."""
        words: list[str] = WORD.findall(text)
        return words if self.has_spaces else _parted(text, words)

    def tokens(self, text: str) -> list[str]:
        """Return a text's words in order, folded (`words.fold`)."""
        return list(map(self._folded.__getitem__, self.words(text)))

    def stem(self, folded_word: str) -> str:
        """Return the Snowball stem of a folded word; the word itself in a language that has no Snowball."""
        return self._stemmed[folded_word]

    def stems(self, text: str) -> list[str]:
        """Return `[stem(token) for token in tokens(text)]`, faster."""
        return list(map(self._written_stems.__getitem__, self.words(text)))

    def is_stopword(self, folded: str) -> bool:
        """Tell whether a folded word, or a stem, carries no meaning of its own."""
        return folded in self._stopwords

    def is_common(self, folded: str) -> bool:
        """Tell whether a folded word is a stopword, or in so many articles of the dump that it gives nothing away."""
        return folded in self._common

    def learn_common(self, document_frequencies: Mapping[str, int], doc_count: int) -> None:
        """Learn from in how many articles each folded word is; for a language without a list its stopwords too."""
        if not self.knows_stopwords:
            self._stopwords = learned_stopwords(document_frequencies, doc_count)
        self._common = self._stopwords | common_words(document_frequencies, doc_count)


def _parted(text: str, words: list[str]) -> list[str]:
    if _SPACELESS.search(text) is None:
        return words
    parted: list[str] = []
    for word in words:
        place = 0
        for run in _SPACELESS.finditer(word):
            if place < run.start():
                parted.append(word[place : run.start()])
            characters = run[0]
            parted.extend(characters[at : at + 2] for at in range(max(1, len(characters) - 1)))
            place = run.end()
        if place < len(word):
            parted.append(word[place:])
    return parted


def _notes(key: str, sentence_model: str, has_list: bool, has_stopwords: bool) -> tuple[str, ...]:
    notes: list[str] = []
    name = PUNKT.get(key)
    if key in WITHOUT_SENTENCE_ENDS:
        notes.append("This language marks no sentence's end: paragraphs are cut at blanks, and clues may be clauses.")
    elif name is not None and not sentence_model.endswith(name):
        notes.append(
            f"punkt_tab for {name} is not installed: sentences are split by what is learned from the dump itself, "
            "with a few more wrong splits after abbreviations. python -m nltk.downloader punkt_tab"
        )
    if key in WITHOUT_SPACES:
        notes.append("This language is written without spaces: words are compared by pairs of characters.")
    elif key not in SNOWBALL:
        notes.append("Snowball has no stemmer for this language: each form of a word counts as a word of its own.")
    if not has_list and key in STOPWORDS:
        rest = "a smaller table is used" if has_stopwords else "the dump's commonest words take their place"
        notes.append(f"NLTK's stopwords are not installed: {rest}. python -m nltk.downloader stopwords")
    elif not has_stopwords:
        notes.append("NLTK has no stopwords for this language: the dump's commonest words take their place.")
    return tuple(notes)
