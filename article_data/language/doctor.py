"""What NLTK data is there, what is missing and what that costs: the language part of `articles doctor`."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from article_data.language.codes import PUNKT, SNOWBALL, STOPWORDS, WITHOUT_SPACES, base

_PACKAGES = (
    (
        "punkt_tab",
        "tokenizers/punkt_tab",
        "sentences",
        "Sentences are split by what is learned from each dump itself: about four boundaries in a thousand fall otherwise, "
        "mostly after rare abbreviations, and training takes about 2 CPU seconds a build.",
    ),
    (
        "stopwords",
        "corpora/stopwords",
        "function words",
        "Eight languages use a small table of Parlor's own, all others their dump's commonest words: a few keywords and "
        "collocations are duller for it.",
    ),
)


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that the doctor looked at."""

    name: str
    """The NLTK package, or "language xx"."""
    is_installed: bool
    detail: str
    """Where it was found, or what its lack costs, in a sentence."""
    command: str = ""
    """What installs it; "" when there is nothing to install."""


def doctor(languages: Sequence[str] = ()) -> list[Finding]:
    """Look for NLTK's data on NLTK's own search path; and tell for each of the languages given what serves it.

    Never fails for want of data; without NLTK itself it says that.
    """
    try:
        import nltk.data
    except ImportError as error:
        return [
            Finding(
                name="nltk",
                is_installed=False,
                detail=f"NLTK cannot be imported ({error}); no article store can be built. Serving does not need it.",
                command="pip install -r requirements.txt",
            )
        ]
    findings = []
    for name, resource, what, cost in _PACKAGES:
        where = _found(resource)
        findings.append(
            Finding(name=name, is_installed=True, detail=f"{what}: {where}")
            if where
            else Finding(
                name=name,
                is_installed=False,
                detail=f"{what}: not in {', '.join(map(str, nltk.data.path))}. {cost}",
                command=f"python -m nltk.downloader {name}",
            )
        )
    return findings + [_language(code) for code in languages]


def _found(resource: str) -> str:
    import nltk.data

    for candidate in (resource, f"{resource}.zip"):
        try:
            return str(nltk.data.find(candidate))
        except (LookupError, OSError, ValueError):
            continue
    return ""


def _language(code: str) -> Finding:
    key = base(code)
    parts = [
        f"sentences by NLTK's {PUNKT[key]} model"
        if key in PUNKT and _found(f"tokenizers/punkt_tab/{PUNKT[key]}")
        else "sentences by what the dump itself teaches",
        "words as pairs of characters, for there are no spaces"
        if key in WITHOUT_SPACES
        else f"{SNOWBALL[key]} Snowball stems"
        if key in SNOWBALL
        else "no stemmer, so that each form of a word counts as its own",
        "NLTK's stopwords"
        if key in STOPWORDS and _found(f"corpora/stopwords/{STOPWORDS[key]}")
        else "stopwords by a small table or the dump's commonest words",
    ]
    return Finding(name=f"language {code}", is_installed=True, detail="; ".join(parts))
