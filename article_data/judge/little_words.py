"""Words that a name may gain or lose and stay the same name: articles, "of" and "and", the particles of family names.

Owns the lists in six languages. Called by `key.py` and `judging.py`; works on folded words.
"""

from __future__ import annotations

from article_data.word_lists import listed

_PARTICLES = frozenset(listed("van von der den de la le du di da del della dos bin ibn al el"))
_LITTLE: dict[str, frozenset[str]] = {
    "en": frozenset(listed("of and or in on at to for by with from")),
    "de": frozenset(
        listed("der die das des dem den ein eine einer eines und oder von vom zu zum zur im in am an auf mit")
    ),
    "fr": frozenset(listed("le la les l un une des du de d et ou en au aux a sur dans par pour")),
    "es": frozenset(listed("el la los las lo un una unos unas y e o u de del en al a por para con")),
    "it": frozenset(listed("il lo la i gli le l un uno una e ed o di del della dei degli delle da in a al per con")),
    "pt": frozenset(listed("o a os as um uma e ou de do da dos das em no na nos nas ao por para com")),
    "nl": frozenset(listed("de het een en of van in op te ten ter aan met voor")),
}
ARTICLES: dict[str, frozenset[str]] = {
    "de": frozenset(listed("der die das den dem ein eine")),
    "fr": frozenset(listed("le la les un une")),
    "es": frozenset(listed("el la los las un una")),
    "it": frozenset(listed("il lo la i gli le un uno una")),
    "pt": frozenset(listed("o a os as um uma")),
    "nl": frozenset(listed("de het een")),
}
"""Articles that a title of this language may be said without; English ones are left out of all names (`naming`)."""
ANY_ARTICLE = frozenset().union(*ARTICLES.values())
"""Articles that a guess may carry in front where the name has none: "der Bundestag"."""


def little_words(language: str) -> frozenset[str]:
    """Return the little words of a language, with the particles of family names of all."""
    return _LITTLE.get(language, _LITTLE["en"]) | _PARTICLES
