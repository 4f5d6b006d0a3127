"""What people put around a guess: "is it ...?", "I think it's ...", "... I guess".

Owns those English phrases, and nothing else. Works on folded text (`naming.fold`): lower case, no punctuation.
"""

from __future__ import annotations

import re

NEGATIONS = frozenset({"not", "isnt", "arent", "never", "no", "cant", "cannot"})
"""A guess that starts so says what the answer is not."""

_SUBJECTS = (
    "it",
    "this",
    "that",
    "he",
    "she",
    "they",
    "we",
    "the answer",
    "the article",
    "my guess",
    "answer",
    "guess",
)
_VERBS = ("is", "was", "are", "were", "must be", "could be", "might be", "may be", "has to be", "should be")
_SHORT = ("its", "thats", "hes", "shes", "theyre", "itll be", "gotta be", "it got to be")
_ASKED = tuple(f"{verb} {subject}" for verb in ("is", "was", "are", "were") for subject in _SUBJECTS)
_ASKED_MORE = (
    "could it be",
    "might it be",
    "can it be",
    "would it be",
    "isnt it",
    "what about",
    "how about",
    "what if its",
)
_MUSED = (
    "i think",
    "i believe",
    "i guess",
    "i say",
    "i would say",
    "id say",
    "i bet",
    "im sure",
    "im guessing",
    "i am guessing",
    "maybe",
    "perhaps",
    "probably",
    "possibly",
    "surely",
    "definitely",
    "obviously",
    "ok",
    "okay",
    "so",
    "oh",
    "ah",
    "hmm",
    "hm",
    "um",
    "uh",
    "well",
    "yes",
    "then",
    "and",
    "or",
    "is",
    "a wild guess",
    "my answer is",
    "my guess",
    "guess",
    "answer",
)
_STATED = tuple(f"{subject} {verb}" for subject in _SUBJECTS for verb in _VERBS)

# Longest first, so that "is it" is not taken for "is" with "it" left over.
_OPENERS = sorted({*_ASKED, *_ASKED_MORE, *_STATED, *_SHORT, *_MUSED}, key=lambda opener: (-len(opener), opener))
_OPENING = re.compile(f"(?:{'|'.join(_OPENERS)}) ")
_CLOSERS = (
    "i think",
    "i guess",
    "i believe",
    "i suppose",
    "maybe",
    "perhaps",
    "right",
    "isnt it",
    "is it",
    "please",
    "of course",
    "for sure",
    "or not",
    "obviously",
    "lol",
    "haha",
)
_CLOSING = re.compile(f" (?:{'|'.join(_CLOSERS)})$")
_ROUNDS = 4
"""Most openers taken off one after another: "ok so i think its" has four."""


def candidates(folded: str) -> tuple[str, ...]:
    """Return the guess as written, then with one opener and closer after the other taken off: 1 to 6 texts."""
    found = [folded]
    text = folded
    for _ in range(_ROUNDS):
        opening = _OPENING.match(text)
        if opening is None:
            break
        text = text[opening.end() :]
        found.append(text)
    closing = _CLOSING.search(text)
    if closing is not None:
        found.append(text[: closing.start()])
    return tuple(found)
