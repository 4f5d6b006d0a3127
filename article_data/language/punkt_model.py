"""Punkt's knowledge of a language: found where NLTK keeps it, or learned from a dump's own prose.

Owns loading, training and serialising Punkt parameters; `splitting` uses them. NLTK is imported when first needed: it
costs a process 0.4 CPU seconds and 33 MB, so a build opens its language once and forks its workers afterwards.

Source: Kiss and Strunk (2006), "Unsupervised Multilingual Sentence Boundary Detection", Computational Linguistics 32.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from article_data.language.abbreviations import ABBREVIATIONS
from article_data.language.codes import PUNKT

TRAINING_CHARS = 250_000
"""Prose that training reads. Ten times as much moves one decision in a thousand, and costs 6 CPU seconds more."""


class PunktModelError(ValueError):
    """The bytes given as a trained model are none of ours: train it again from the dump."""


class _Trained(msgspec.Struct, frozen=True, array_like=True):
    version: int
    abbreviations: list[str]
    collocations: list[tuple[str, str]]
    starters: list[str]
    contexts: list[tuple[str, int]]


def train_punkt(texts: Iterable[str]) -> bytes:
    """Learn abbreviations, sentence starters and collocations from paragraphs of prose; the same texts give the same bytes.

    Reads the first `TRAINING_CHARS` characters of what is given (paragraphs from all over the dump are better than one
    article's), about 1.5 CPU seconds. No texts at all give a model that knows nothing, which still splits.
    """
    from nltk.tokenize.punkt import PunktTrainer

    taken: list[str] = []
    size = 0
    for text in texts:
        taken.append(text)
        size += len(text)
        if size >= TRAINING_CHARS:
            break
    trainer = PunktTrainer()
    if size:
        trainer.train("\n\n".join(taken), finalize=False)
        trainer.finalize_training()
    parameters = trainer.get_params()
    return msgspec.msgpack.encode(
        _Trained(
            version=1,
            abbreviations=sorted(parameters.abbrev_types),
            collocations=sorted(parameters.collocations),
            starters=sorted(parameters.sent_starters),
            contexts=sorted(parameters.ortho_context.items()),
        )
    )


def open_punkt(code: str, trained: bytes | None) -> tuple[str, Any]:
    """Return the best Punkt tokenizer there is for a language, after what it is made from.

    NLTK's own model where it is installed ("punkt-english"), else the trained one ("punkt-trained"), else one that knows
    no more than the commonest abbreviations ("punkt-plain"). Raises PunktModelError for bytes that are no model.
    """
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer, PunktTokenizer

    name = PUNKT.get(code)
    if name is not None:
        try:
            return f"punkt-{name}", PunktTokenizer(name)
        except (LookupError, OSError, ValueError):
            pass  # not installed, or damaged: `doctor` says so
    parameters = PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS.get(code, ()))
    if trained is None:
        return "punkt-plain", PunktSentenceTokenizer(parameters)
    try:
        learned = msgspec.msgpack.decode(trained, type=_Trained)
    except msgspec.MsgspecError as error:
        raise PunktModelError(f"no trained sentence model: {error}; train it again from the dump") from error
    parameters.abbrev_types.update(learned.abbreviations)
    parameters.collocations = set(learned.collocations)
    parameters.sent_starters = set(learned.starters)
    parameters.ortho_context.update(learned.contexts)
    return "punkt-trained", PunktSentenceTokenizer(parameters)
