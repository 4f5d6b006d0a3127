"""Words that carry no meaning of their own: NLTK's lists where installed, small tables of our own, or learned from a dump.

Owns finding them; called by `Language`. All are folded, for that is how words are compared.
"""

from __future__ import annotations

from collections.abc import Mapping

from article_data.language.codes import STOPWORDS
from article_data.language.stopword_tables import TABLES
from article_data.language.words import WORD, fold

COMMON_SHARE = 0.25
"""A word in more than this share of a dump's articles gives nothing away."""
LEARNED_SHARE = 0.12
"""In a language without a list, the commonest words in more than this share of the articles count as its function words."""
LEARNED_COUNT = 100
FEWEST_DOCUMENTS = 20
"""With fewer articles nothing can be learned: a word in all of three articles may be what they are about."""


def installed_stopwords(code: str) -> frozenset[str]:
    """Return NLTK's list for a language, folded; empty when the language has none or it is not installed."""
    name = STOPWORDS.get(code)
    if name is None:
        return frozenset()
    import nltk.data

    try:
        with nltk.data.find(f"corpora/stopwords/{name}").open() as file:
            text = file.read()
    except (LookupError, OSError, ValueError):
        return frozenset()
    return folded_words(text.decode("utf-8", "replace") if isinstance(text, bytes) else text)


def own_stopwords(code: str) -> frozenset[str]:
    """Return our own small table for a language; empty without one."""
    return folded_words(TABLES.get(code, ""))


def folded_words(text: str) -> frozenset[str]:
    """Read a list of words: folded, and parted at apostrophes as all text is ("don't" is "don" and "t")."""
    return frozenset(fold(word) for word in WORD.findall(text))


def common_words(document_frequencies: Mapping[str, int], doc_count: int) -> frozenset[str]:
    """Return the folded words in more than `COMMON_SHARE` of the articles; none when there are too few to tell."""
    if doc_count < FEWEST_DOCUMENTS:
        return frozenset()
    least = COMMON_SHARE * doc_count
    return frozenset(word for word, count in document_frequencies.items() if count > least)


def learned_stopwords(document_frequencies: Mapping[str, int], doc_count: int) -> frozenset[str]:
    """Return what are probably a language's function words: the `LEARNED_COUNT` commonest that `LEARNED_SHARE` of articles have.

    Ties are broken by the alphabet, so that the same dump gives the same words.
    """
    if doc_count < FEWEST_DOCUMENTS:
        return frozenset()
    least = LEARNED_SHARE * doc_count
    often = sorted((-count, word) for word, count in document_frequencies.items() if count > least and word.isalpha())
    return frozenset(word for _, word in often[:LEARNED_COUNT])
