"""The noun of a defining sentence: "Albert Einstein was a German-born theoretical physicist who ..." gives "physicist".

Owns reading it by rules (copula, article, the noun before what ends a noun phrase), for tagging every word costs four times
all else and tells no more here. Called by the build once an article. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from article_data.language.head_tables import (
    ENGLISH_ADJECTIVES,
    ENGLISH_LEADING,
    ENGLISH_MEASURES,
    ENGLISH_NOUNS_BEFORE_NOUNS,
    ENGLISH_NOUNS_LIKE_ADJECTIVES,
    ENGLISH_NOUNS_OR_PARTICIPLES,
    ENGLISH_PLURALS,
    ENGLISH_PREFIXES,
    GRAMMARS,
    Grammar,
)

LONGEST_SENTENCE_CHARS = 600
"""What has not said by then what it is, does not define anything."""
FURTHEST_COPULA = 40
"""Words before the copula at most."""
LONGEST_PHRASE = 14
"""Words of a noun phrase at most."""

_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_PIECE = re.compile(r"(?:[^\W_]\.){2,}|[^\W_]+(?:[-\u2010-\u2015.&][^\W_]+)*|[,;:.\u2013\u2014]")
_HALF_WORD = re.compile(r"[^\W_]+-(?=[,\s])")
"""The first half of a word whose second one follows: "Beat-, Rock- und Pop-Band"."""
_PAUSES = frozenset(",;:.\u2013\u2014")
_ADJECTIVE = re.compile(r".{2,}(?:al|ic|ish|ese|ous|ive|ary|ful|able|ible|less|ian|ean|est|ed|ly)")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|s)?")
_PARTICIPLE = re.compile(r".{2,}(?:ed|ing)")


def head(lead_sentence: str, names: Sequence[str], language: str) -> str:
    """Return the noun of "X is a Y ...", in the singular and lower case (German: as written); "" when unsure.

    `names` are the article's, so that a verb inside a title is not taken for the sentence's; `language` is a code: English, German,
    French, Spanish, Italian, Portuguese; "" for every other. "species of", "a kind of", "one of the" are looked through.
    """
    grammar = GRAMMARS.get(language)
    if grammar is None:
        return ""
    text = _without_names(_flat(lead_sentence[:LONGEST_SENTENCE_CHARS]), names)
    text = _HALF_WORD.sub("", text)
    pieces = _PIECE.findall(text.replace("\u2019", "'").replace("'s ", " "))
    lowered = [piece.lower() for piece in pieces]
    copulas = [
        place
        for place, word in enumerate(lowered[:FURTHEST_COPULA])
        if word in grammar.copulas and not (place and lowered[place - 1] in grammar.not_before)
    ]
    # A copula with an article defines; one without does so only where no other one does ("when the context is clear").
    for needs_article in (True, False):
        for place in copulas:
            found = _after(pieces, lowered, place + 1, grammar, language, needs_article=needs_article)
            if found:
                return found
    return ""


def _flat(sentence: str) -> str:
    for _ in range(4):
        shorter = _BRACKETS.sub("", sentence)
        if shorter == sentence:
            break
        sentence = shorter
    return sentence


def _without_names(sentence: str, names: Sequence[str]) -> str:
    """Cut off the names that the sentence begins with, for a title may hold a copula."""
    for name in sorted(names, key=len, reverse=True):
        at = sentence.find(name) if len(name) > 2 else -1
        if 0 <= at <= 20:
            return sentence[at + len(name) :]
    return sentence


def _after(
    pieces: list[str], lowered: list[str], place: int, grammar: Grammar, language: str, *, needs_article: bool
) -> str:
    """Read the noun phrase that begins after a copula, looking through "one of the", "species of"."""
    # "Amphibians are vertebrates": English and German plurals have no article.
    has_article = lowered[place - 1] in grammar.plural_copulas or (not needs_article and language in _BARE)
    general = ""
    for _ in range(4):
        while place < len(lowered) and lowered[place] in grammar.passed:
            place += 1
        while (
            place < len(lowered) and lowered[place] in grammar.determiners and not _is_counting(lowered, place, grammar)
        ):
            has_article = True
            place += 1
        if _is_counting(lowered, place, grammar):
            place += 2
            has_article = True
            continue
        noun, at = _noun(pieces, lowered, place, grammar)
        if general and (not noun or (pieces[at][0].isupper() and not grammar.nouns_are_capital)):
            return _shown(general, language)  # "a family of Southeast Asia": a name is no kind
        if not noun:
            return ""
        following = lowered[at + 1] if at + 1 < len(lowered) else ""
        if noun.lower() in grammar.general and following in grammar.links:
            general, place = noun, at + 2
            has_article = True
            continue
        return _shown(noun, language) if has_article else ""
    return ""


_BARE = frozenset({"en", "simple", "de"})
"""Where a noun phrase may follow the copula without an article."""


def _is_counting(lowered: list[str], place: int, grammar: Grammar) -> bool:
    return place + 1 < len(lowered) and lowered[place] in grammar.counting and lowered[place + 1] in grammar.links


def _noun(pieces: list[str], lowered: list[str], place: int, grammar: Grammar) -> tuple[str, int]:
    if grammar.noun_first:
        return _first_noun(pieces, lowered, place, grammar)
    if grammar.nouns_are_capital:
        return _capital_noun(pieces, lowered, place, grammar)
    return _last_noun(pieces, lowered, place, grammar)


def _last_noun(pieces: list[str], lowered: list[str], place: int, grammar: Grammar) -> tuple[str, int]:
    """Return the last noun before what ends the phrase: adjectives stand before it."""
    found, at = "", place
    closing = grammar.stops | grammar.determiners
    for here in range(place, min(len(pieces), place + LONGEST_PHRASE)):
        word = lowered[here]
        if word in _PAUSES or word in ("and", "or"):
            if found and not _is_adjective(found) and not _is_half_adjective(found):
                break
            continue
        if not found and word in ENGLISH_LEADING:
            continue  # "a group of common diseases": an adjective here, though after a noun it ends the phrase
        if (
            word in grammar.stops
            or word in grammar.copulas
            or (word in grammar.determiners and found and not _is_adjective(found))
        ):
            break
        following = lowered[here + 1] if here + 1 < len(lowered) else ""
        if found and _is_participle(word, following) and following in closing and not _is_adjective(found):
            break
        found, at = word, here
    if not found or _is_adjective(found) or not found[0].isalpha() or len(found) < 2:
        return "", place
    return found, at


def _first_noun(pieces: list[str], lowered: list[str], place: int, grammar: Grammar) -> tuple[str, int]:
    """Return the first word that is none of the few adjectives before a noun."""
    for here in range(place, min(len(pieces), place + 5)):
        word = lowered[here]
        if {word, word.removesuffix("s")} & grammar.before_noun or word in grammar.determiners or word.isdecimal():
            continue
        if word in grammar.stops or word in _PAUSES or not word.isalpha() or pieces[here][0].isupper():
            break
        return word, here
    return "", place


def _capital_noun(pieces: list[str], lowered: list[str], place: int, grammar: Grammar) -> tuple[str, int]:
    """Return the first word with a capital letter, past adjectives made from towns ("Wiener Komponist")."""
    for here in range(place, min(len(pieces), place + LONGEST_PHRASE)):
        piece = pieces[here]
        if lowered[here] in _PAUSES:
            if lowered[here] == ",":
                continue
            break
        if not piece[0].isupper():
            if lowered[here] in grammar.stops - frozenset({"und", "oder"}):
                break
            continue
        following = pieces[here + 1] if here + 1 < len(pieces) else ""
        if here and lowered[here - 1].isdecimal() and following.islower():
            continue  # "ein 330 Meter hoher Turm"
        if piece.endswith(("er", "ische", "ischer", "isches")) and following[:1].isupper():
            continue
        return piece, here
    return "", place


def _is_half_adjective(word: str) -> bool:
    """Tell whether a word before a comma or "and" rather belongs to a noun to come ("stage, film and television actor")."""
    if word in ENGLISH_NOUNS_LIKE_ADJECTIVES:
        return False
    return (
        word in ENGLISH_NOUNS_BEFORE_NOUNS
        or word.partition("-")[0] in ENGLISH_PREFIXES
        or word.endswith(("ing", "lar", "ient"))
    )


def _is_participle(word: str, following: str) -> bool:
    """Tell whether a word may be a participle ("a film set in Rome") that ends the phrase, if a preposition follows."""
    if word in ENGLISH_NOUNS_OR_PARTICIPLES:
        return following != "of"
    return bool(_PARTICIPLE.fullmatch(word)) and word not in ENGLISH_NOUNS_LIKE_ADJECTIVES


def _is_adjective(word: str) -> bool:
    """Tell whether an English word is probably an adjective, so that its noun is still to come."""
    if _ORDINAL.fullmatch(word):
        return True
    if word.count("-") > 1:
        return True  # "step-by-step"
    last = word.rpartition("-")[2]  # "German-born" is one, "singer-songwriter" is none
    if last in ENGLISH_NOUNS_LIKE_ADJECTIVES:
        return False
    return last in ENGLISH_ADJECTIVES or (last != word and last in ENGLISH_MEASURES) or bool(_ADJECTIVE.fullmatch(last))


def _shown(noun: str, language: str) -> str:
    if language not in ("en", "simple"):
        return noun
    return singular(noun)


def singular(noun: str) -> str:
    """Return an English noun's singular, by rule and by the table of those that follow none."""
    if noun in ENGLISH_PLURALS:
        return ENGLISH_PLURALS[noun]
    if len(noun) > 4 and noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("sses", "shes", "ches", "xes", "zes")):
        return noun[:-2]
    if len(noun) > 3 and noun.endswith("s") and not noun.endswith(("ss", "us", "is", "os", "ics")):
        return noun[:-1]
    return noun
