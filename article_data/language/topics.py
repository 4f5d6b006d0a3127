"""What an article is about, in a few words that games choose by: person, place, music ..., always in English.

Owns the weighing of what hints at a topic; the words are in `topic_tables`. Called by the build once an article. Pure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from article_data.article import ADULT, Date, Fact
from article_data.language.head import singular
from article_data.language.person import is_person
from article_data.language.topic_adult import is_adult
from article_data.language.topic_tables import INFOBOXES, TOPICS
from article_data.language.words import WORD, fold

MOST_TOPICS = 3
LEAST_WEIGHT = 1.3
"""Less is one category of many: no more than a guess."""
LEAST_SHARE = 0.3
"""A further topic has at least this share of the first one's weight."""

_HEAD_WEIGHT = 3.0
_INFOBOX_WEIGHT = 3.0
_DESCRIPTION_WEIGHT = 1.0
_CATEGORY_WEIGHT = 4.0
"""For a topic that all of the categories tell of."""
_KIND_WEIGHT = 4.0
"""What dates of birth or coordinates say, in any language."""
_MOST_CATEGORIES = 20

_BOX_TOPICS: dict[str, tuple[str, ...]] = {}
for _topic, _text in INFOBOXES.items():
    for _word in dict.fromkeys(map(fold, _text.split())):
        _BOX_TOPICS[_word] = (*_BOX_TOPICS.get(_word, ()), _topic)
_MAINTENANCE = re.compile(
    r"articles?|pages?|stubs?|wikipedia|commons|cs1|use |webarchive|short description", re.IGNORECASE
)


def topics(
    categories: Sequence[str],
    head: str,
    infobox: str,
    description: str,
    facts: Sequence[Fact] = (),
    *,
    dates: Sequence[Date] = (),
    coordinates: tuple[float, float] | None = None,
    language: str = "en",
) -> tuple[str, ...]:
    """Return an article's topics in English, the surest first; at most three, () when unsure; "adult" after them.

    `head` is the noun of the lead, `infobox` the template's name, `description` the wiki's short description. Infobox, dates of
    birth and coordinates say much in any language; words are known in English, and the commonest in German, French, Spanish,
    Italian, Portuguese and Russian.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    is_human = is_person(dates=dates, infobox=infobox, categories=categories, head=head, facts=facts)
    if is_human:
        weights["person"] += _KIND_WEIGHT
    for word in _words(head):
        for topic in TOPICS.get(word, ()):
            weights[topic] += _HEAD_WEIGHT
    for topic in {topic for word in _words(infobox) for topic in _BOX_TOPICS.get(word, ())}:
        weights[topic] += _INFOBOX_WEIGHT
    for topic in {topic for word in _words(description) for topic in TOPICS.get(word, ())}:
        weights[topic] += _DESCRIPTION_WEIGHT
    kept = [category for category in categories if not _MAINTENANCE.match(category)][:_MOST_CATEGORIES]
    for category in kept:
        for topic in {topic for word in _words(category) for topic in TOPICS.get(word, ())}:
            weights[topic] += _CATEGORY_WEIGHT / max(2, len(kept))
    if coordinates is not None and not is_human:
        weights["place"] += _KIND_WEIGHT / 2
    if is_human:
        weights["place"] = 0.0  # "People from Vienna" is about no place
    else:
        weights["person"] = 0.0
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    least = max(LEAST_WEIGHT, LEAST_SHARE * ranked[0][1]) if ranked else 0.0
    found = tuple(topic for topic, weight in ranked[:MOST_TOPICS] if weight >= least)
    return (*found, ADULT) if is_adult((*categories, infobox, description, head)) else found


def _words(text: str) -> list[str]:
    words = [fold(word) for word in WORD.findall(text)]
    return words + [short for word in words if (short := singular(word)) != word]
