"""Telling what words that nobody foresaw ask for, from phrases that are like them.

Owns a linear classifier, an averaged perceptron, over words, pairs of words and parts of words. It learns from the phrases
of `phrases/<language>.toml` at its first use, in a fraction of a second a language, the same everywhere: no randomness,
no file of weights. Pure.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from languages.voice import LANGUAGES
from nlu.lexicon import Key, lexicon

CHATTER: Final = "chatter"
_ROUNDS: Final = 4
"""How often all phrases are gone through; more of it learns the phrases by heart."""
_STEP: Final = 617
"""Phrases are gone through in steps of this prime, so that those of one intent do not follow one another."""
_ENOUGH: Final = 0.5
"""A lead a feature over the next best intent at which the classifier is as sure as it is unsure."""


class Classifier:
    """One language's weights."""

    def __init__(self, phrases: dict[str, tuple[Key, ...]]) -> None:
        self._intents = tuple(phrases)
        self._words = {intent: frozenset(word for key in keys for word in key) for intent, keys in phrases.items()}
        self._weights = _learnt(phrases)

    def read(self, words: Key) -> tuple[str, float]:
        """Return the likeliest intent, or "chatter", and how sure that is, 0 to 1. At least one word."""
        # In one order everywhere: sums of floats depend on it, and so may what a replay understands.
        names = sorted(features(words))
        rows = [self._weights[name] for name in names if name in self._weights]
        if not rows:
            return CHATTER, 0.0
        scores = [sum(column) for column in zip(*rows, strict=True)]
        first = max(scores)
        best = scores.index(first)
        scores[best] = -1e9
        intent = self._intents[best]
        lead = (first - max(scores)) / len(rows)
        # What nobody said with this intent speaks against it: "skip this song".
        known = sum(self.knows(intent, word) for word in words) / len(words)
        return intent, lead / (lead + _ENOUGH) * known

    def knows(self, intent: str, word: str) -> bool:
        """Say whether a phrase of the intent has this folded word."""
        return word in self._words[intent]


def features(words: Key) -> set[str]:
    """Return what the classifier sees of a text: its words, pairs of neighbours, and three letters of each word at a time."""
    seen = {*words}
    seen.update(f"{one} {two}" for one, two in zip(("^", *words), (*words, "$"), strict=True))
    for word in words:
        marked = f"<{word}>"
        seen.update(marked[at : at + 3] for at in range(len(marked) - 2))
    return seen


def _learnt(phrases: dict[str, tuple[Key, ...]]) -> dict[str, list[float]]:
    """Return each feature's weight for every intent, averaged over all steps."""
    texts = [(features(key), number) for number, keys in enumerate(phrases.values()) for key in keys]
    count, steps = len(phrases), 0
    weights: dict[str, list[float]] = {name: [0.0] * count for names, _ in texts for name in names}
    late: dict[str, list[float]] = {name: [0.0] * count for name in weights}
    examples = [([weights[name] for name in names], [late[name] for name in names], number) for names, number in texts]
    order = [at * _STEP % len(examples) for at in range(len(examples))]
    for _ in range(_ROUNDS):
        for at in order:
            steps += 1
            rows, late_rows, right = examples[at]
            scores = [sum(column) for column in zip(*rows, strict=True)]
            own = scores[right]
            scores[right] = -1e9
            rival = max(scores)
            if own - rival < 1 + len(rows) / 10:
                wrong = scores.index(rival)
                for row, late_row in zip(rows, late_rows, strict=True):
                    row[right] += 1.0
                    row[wrong] -= 1.0
                    late_row[right] += steps
                    late_row[wrong] -= steps
    return {
        name: [weight - part / steps for weight, part in zip(row, late[name], strict=True)]
        for name, row in weights.items()
    }


@lru_cache(maxsize=len(LANGUAGES))
def classifier(language: str) -> Classifier:
    """Return a language's classifier; `language` is one of LANGUAGES."""
    return Classifier(lexicon(language).phrases)
