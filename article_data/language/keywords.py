"""The words that set an article apart from the dump's others, and those that go together in it more often than chance.

Owns both measures; called by the build once an article. Pure.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from article_data.language.language import Language
from article_data.language.stopwords import COMMON_SHARE, FEWEST_DOCUMENTS
from article_data.language.words import fold

SHORTEST = 3
"""Characters of the shortest keyword, where words have spaces between them."""
MANY_WORDS = 400
"""With more distinct words than this an article is long."""
FEWEST_TOGETHER = 3
"""Times that two words must stand together in an article to count."""
LEAST_RATIO = 10.83
"""Log-likelihood from which on two words are together by more than chance (the 0.1 % point of chi-square, one degree)."""


def keywords(
    counts: Mapping[str, int], frequencies: Callable[[str], int], doc_count: int, limit: int = 12
) -> tuple[str, ...]:
    """Return an article's words of the greatest TF-IDF, the strongest first, each in its commonest written form.

    `counts` holds how often each word is in the article, as written (`Language.words`) or folded; `frequencies` tells in how
    many of the `doc_count` articles a folded word is. Forms that only differ in case, accents or a short ending count once.
    A word in more than a quarter of the articles says nothing. Ties are broken by the alphabet.
    Source: (1 + ln tf) * ln(N / df), Manning, Raghavan and Schuetze, "Introduction to Information Retrieval" (2008), 6.4.
    """
    # In a long article no word that is there once is among the strongest, and most of its words are.
    least = 2 if len(counts) > MANY_WORDS else 1
    forms: dict[str, tuple[int, str, int]] = {}
    for written, count in counts.items():
        if count < least or (len(written) < SHORTEST and written.isascii()) or written.isdecimal():
            continue
        folded = fold(written)
        best, form, total = forms.get(folded, (0, "", 0))
        # Of forms as frequent as each other the one in lower case is the word, the other began a sentence.
        if (count, written) > (best, form):
            best, form = count, written
        forms[folded] = (best, form, total + count)
    # Of a handful of articles nothing is known but that what all of them have says nothing.
    most = COMMON_SHARE * doc_count if doc_count >= FEWEST_DOCUMENTS else doc_count - 1
    weighed = []
    for folded, (_, form, total) in forms.items():
        frequency = max(1, frequencies(folded))
        if frequency <= most:
            rarity = math.log(max(doc_count, 1) / frequency)
            weighed.append((-(1 + math.log(total)) * rarity, folded, form))
    chosen: list[tuple[str, str]] = []
    for _, folded, form in sorted(weighed):
        if not any(_is_form(folded, other) for other, _ in chosen):
            chosen.append((folded, form))
            if len(chosen) == limit:
                break
    return tuple(form for _, form in chosen)


def collocations(tokens: Sequence[str], language: Language, limit: int = 8) -> tuple[str, ...]:
    """Return the pairs of content words that stand together in one article by more than chance, the surest first.

    `tokens` are its words in order, as written or folded; an empty one parts what does not belong together (sentences). Only
    for languages with spaces: elsewhere a pair of pairs of characters is no word. Ties are broken by the alphabet.
    Source: Dunning (1993), "Accurate Methods for the Statistics of Surprise and Coincidence", Computational Linguistics 19,
    as in NLTK's BigramAssocMeasures.likelihood_ratio.
    """
    if not language.has_spaces:
        return ()
    pairs = Counter(pairwise(tokens))
    together = [pair for pair, count in pairs.items() if count >= FEWEST_TOGETHER]
    content = [pair for pair in together if all(_is_content(word, language) for word in pair)]
    if not content:
        return ()
    singles = Counter(tokens)
    whole = len(tokens) - singles[""]
    weighed = []
    for first, second in content:
        ratio = _likelihood_ratio(pairs[first, second], singles[first], singles[second], whole)
        if ratio >= LEAST_RATIO:
            weighed.append((-ratio, f"{first} {second}"))
    return tuple(words for _, words in sorted(weighed)[:limit])


def _is_content(word: str, language: Language) -> bool:
    if len(word) < SHORTEST or not word.isalpha():
        return False
    return not language.is_stopword(fold(word))


def _is_form(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return len(short) >= 4 and len(long) - len(short) <= 2 and long.startswith(short)


def _likelihood_ratio(both: int, first: int, second: int, whole: int) -> float:
    observed = (both, first - both, second - both, whole - first - second + both)
    rows = (first, first, whole - first, whole - first)
    columns = (second, whole - second, second, whole - second)
    return 2 * sum(
        count * math.log(count * whole / (row * column))
        for count, row, column in zip(observed, rows, columns, strict=True)
        if count > 0 and row > 0 and column > 0
    )
