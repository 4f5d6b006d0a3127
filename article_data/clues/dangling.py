"""Whether a sentence stands on its own: whole, with a verb, and pointing at nothing that a player does not see.

Owns the rules of standing alone. A pronoun that surely means the subject may stay: a biography's "He", or an "It" that
follows a sentence about the subject. Made once per article by `making`. Pure.
"""

# ruff: noqa: RUF001 - punctuation of other scripts on purpose

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from article_data.clues.masking import CJK, MASK, WORD, Masker, fold
from article_data.clues.openers import (
    DENSE_OPENERS,
    ENGLISH_OPENERS,
    ENGLISH_PHRASES,
    ENGLISH_POINTERS,
    ENGLISH_WITHIN,
    MONTHS_AND_NATIONS,
    OPENERS,
    OWN_PRONOUNS,
    POINTING,
    THINGS,
    VERBS,
)
from article_data.clues.ordinary import is_function_word, is_ordinary, word_set
from article_data.clues.subject import Sentence, Subject

_CUT_SHORT = re.compile(
    r"\b(?:[A-Z]|vs|St|Dr|Mr|Mrs|No|Prof|Gen|Jr|Sr|ca?|approx|cf|al|etc|U\.S|vol|pp?|Fig|Lt|Col|Capt)\.\Z"
)
_FIRST_PERSON = re.compile(r"(?<![A-Z][a-z]{2}) I [a-z]")
"""Somebody speaks; "World War I was" is not meant."""
_LONGEST_ABBREVIATION = 8
_INITIAL = re.compile(r"\b[A-Z]\. ([A-Z][a-z]+) ")
"""After an initial there comes a name; "in F. Some say" are two sentences that were not parted."""
ENGLISH = ("en", "simple")
"""Wikis in English, whose clues the rules with words are for."""
_PHRASES = re.compile(ENGLISH_PHRASES, re.IGNORECASE | re.VERBOSE)
_POINTERS = re.compile(ENGLISH_POINTERS, re.VERBOSE)
_BARE_THE = re.compile(
    r"The ([a-z]+)(?:'s|’s)? (?!of\b|in\b|that\b|who\b|for\b|which\b|from\b|to\b|on\b|at\b|with\b|between\b)"
)
_FIRST_PRONOUN = re.compile(
    r"\b(?:[Hh]e|[Hh]is|[Hh]im|[Ss]he|[Hh]er|[Ii]ts?|[Tt]hey|[Tt]heir|[Tt]hem|himself|herself|itself)\b"
)
_AS_ONE = re.compile(
    r"\b(?:one(?= (?:in|around|to|at|on|between|by|with|from|that)\b|[.,])|there\b(?! (?:is|are|was|were|has|have|be|been)\b))"
)
"""A thing or a place may be meant: "rode home on one in 1943", "moved there"."""
_OF_NATION = re.compile(r"(?:[nlrd]ian|ish|ese)\Z")
_OF_PERSONS = re.compile(r"\b(?:[Hh]e|[Hh]is|[Hh]im|[Ss]he|[Hh]er)\b")
_PRONOUNS = word_set("he his him she her it its they their them himself herself itself")
_NAMED = re.compile(r"(?<=[\s(\"“])[A-Z][^\W\d]+")
_REGULAR_PAST = re.compile(r"\b[a-z]{3,}ed\b")
_DANGLING_PARTICIPLE = re.compile(r"(?:\w+, )?[A-Z][a-z]+ing\b[^.;:]*, ")
_YEAR_DIGITS = 4
_ARTICLES = ("The", "A", "An")
_SURE = 0.85
"""Where this part of a life's pronouns are "he", a "he" means its subject unless somebody else was just named."""
_ENDS = (".", "!", "。", "！")
_TRAILING_OFF = ("...", "…", "……。")
_SPLICED = re.compile(r", (?:The|An?|It|They|In|Some) [^,.]{3,60}? (?:is|are|was|were|has|have|had) ")
"""Two sentences that a comma joins; "his book, The Doors, was" and what stands in quotes are not."""
_CLOSING_MARKS = "\"'”’»」』)"
_LIST_ITEM = 30
"""A dash within the first so many characters parts a list's item from what is said of it."""
_OPENING_MARKS = "\"'“‘«„ "
_UNDATED = re.compile(r"(?:In|On|By|From|Since|During|After|Until|Around|At) [^,]{2,40}, ")


class Standalone:
    """Judges the sentences of one article."""

    def __init__(self, subject: Subject, masker: Masker) -> None:
        self._sentences = subject.sentences
        self._masker = masker
        self._is_english = subject.language in ENGLISH
        self._head = fold(subject.head)
        self._openers = ENGLISH_OPENERS if self._is_english else OPENERS.get(subject.language, frozenset())
        self.pronoun, share = _own_pronoun(subject.sentences) if self._is_english else ("", 0.0)
        self.is_life = self.pronoun in ("he", "she") and share >= _SURE
        """Whether the article tells of one person, who is meant by "he" or "she"."""
        self.sure_pronoun = self._sure_pronoun()
        """What the subject is called: "it" where no person is told of, "" when in doubt."""

    def allows(self, at: int) -> bool:
        """Tell whether sentence number `at` can be read alone, by its shape, its opening and its pronouns."""
        text = self._sentences[at].text
        if not _is_whole(text):
            return False
        stripped = text.lstrip(_OPENING_MARKS)
        if CJK.match(stripped):
            return not stripped.startswith(DENSE_OPENERS)
        if not (stripped[0].isupper() or stripped[0].isdecimal()):
            return False
        words = WORD.findall(stripped.lower())
        if not words or words[0] in self._openers:
            return False
        if not self._is_english:
            return True
        lowered = set(words)
        if not ENGLISH_WITHIN.isdisjoint(lowered) or (len(words[0]) < _YEAR_DIGITS and words[0].isdecimal()):
            # A short number opens what was split after "No." or in a date.
            return False
        if VERBS.isdisjoint(lowered) and not _REGULAR_PAST.search(stripped):
            return False
        if _PHRASES.match(stripped) or (not POINTING.isdisjoint(lowered) and _POINTERS.search(text)):
            return False
        if ", " in text and '"' not in text and _SPLICED.search(text):
            return False
        is_clear = _PRONOUNS.isdisjoint(lowered) or self._pronoun_is_clear(at, text)
        return is_clear and self._names_its_thing(text)

    def _pronoun_is_clear(self, at: int, text: str) -> bool:
        found = _FIRST_PRONOUN.search(text)
        if not found:
            return True
        pronoun = found[0].lower().removesuffix("self")
        pronoun = {"him": "he", "them": "they"}.get(pronoun, OWN_PRONOUNS.get(pronoun, pronoun))
        before = text[: found.start()]
        if not before:
            return pronoun == self.pronoun and self.means_subject(at)
        if (_UNDATED.fullmatch(before) or _DANGLING_PARTICIPLE.fullmatch(before)) and pronoun != self.pronoun:
            # "In 1999, it ..." points back; "Bees dance when they ..." does not.
            return False
        if pronoun in ("it", "they") or (self.is_life and self._masker.traces(before)):
            return not _UNDATED.fullmatch(before) or self.means_subject(at)
        others = self._masker.mask(before).text
        if any(word not in MONTHS_AND_NATIONS and not _OF_NATION.search(word) for word in _NAMED.findall(others)):
            return True
        if pronoun != self.pronoun:
            return False
        return self.means_subject(at)

    def speaks_of_subject(self, at: int) -> bool:
        """Tell whether sentence number `at` opens, but for a date, with the pronoun that the subject goes by."""
        text = self._sentences[at].text
        found = _FIRST_PRONOUN.search(text)
        if not found or OWN_PRONOUNS.get(found[0].lower()) != self.pronoun:
            return False
        return (found.start() == 0 or bool(_UNDATED.fullmatch(text[: found.start()]))) and self.means_subject(at)

    def mentions_subject(self, text: str) -> bool:
        """Tell whether a sentence holds the pronoun that the subject goes by, or the word for what it is, anywhere."""
        if self._head and f"he {self._head}" in text:
            return True
        if self.sure_pronoun == "it" and _AS_ONE.search(text):
            return True
        return any(OWN_PRONOUNS.get(found.lower()) == self.sure_pronoun for found in _FIRST_PRONOUN.findall(text))

    def means_subject(self, at: int) -> bool:
        """Tell whether "he" or "it" in sentence number `at` surely means the article's subject."""
        paragraph = self._sentences[at].paragraph
        for back in range(at - 1, max(-1, at - 6), -1):
            sentence = self._sentences[back]
            if sentence.paragraph != paragraph:
                return self.is_life
            if not sentence.text:
                return False
            if self.opens_with_subject(sentence.text):
                return True
            opening = OWN_PRONOUNS.get(sentence.text.split(" ", 1)[0].lower())
            if opening != self.pronoun:
                others = [word for word in _NAMED.findall(sentence.text) if word not in MONTHS_AND_NATIONS]
                return self.is_life and (not others or bool(re.search(rf"\b{self.pronoun}\b", sentence.text)))
        return self.is_life

    def opens_with_subject(self, text: str) -> bool:
        """Tell whether the subject is what a sentence speaks of: its name comes first, as a whole noun."""
        traces = self._masker.traces(text[:80])
        if not traces or not traces[0].means_it:
            return False
        before = WORD.findall(text[: traces[0].start])
        after = text[traces[0].end : traces[0].end + 2]
        return (
            len(before) <= 2
            and all(is_ordinary(fold(word)) for word in before)
            and not after.startswith(("'", "’", "-"))
        )

    def _sure_pronoun(self) -> str:
        if self.is_life or self.pronoun not in ("he", "she"):
            return self.pronoun or "it"
        lead = " ".join(sentence.text for sentence in self._sentences if not sentence.section)
        return "" if _OF_PERSONS.search(lead) else "it"

    def _names_its_thing(self, text: str) -> bool:
        """ "The film was ..." says not which; "The film of 1950" and a thing that is the subject itself do."""
        found = _BARE_THE.match(text)
        if not found or found[1] not in THINGS:
            return True
        return bool(self._head) and found[1] == self._head


def _own_pronoun(sentences: Sequence[Sentence]) -> tuple[str, float]:
    """Return what an article calls its subject, by what its sentences open with (the lead's count thrice), and how surely."""
    counts: Counter[str] = Counter()
    for sentence in sentences:
        pronoun = OWN_PRONOUNS.get(sentence.text.split(" ", 1)[0].lower())
        if pronoun:
            counts[pronoun] += 1 if sentence.section else 3
    if not counts:
        return "", 0.0
    pronoun, count = counts.most_common(1)[0]
    return pronoun, count / counts.total() if counts.total() > 2 else 0.5


def _is_whole(text: str) -> bool:
    return bool(
        (bare := text.rstrip(_CLOSING_MARKS)).endswith(_ENDS)
        and not bare.endswith(_TRAILING_OFF)
        and "?" not in text
        and "[" not in text
        and MASK not in text
        and not (" I " in text and _FIRST_PERSON.search(text))
        and " – " not in text[:_LIST_ITEM]
        and text.count("(") == text.count(")")
        and text.count('"') % 2 == 0
        and text.count("“") == text.count("”")
        and not _CUT_SHORT.search(text, max(0, len(text) - _LONGEST_ABBREVIATION))
        and not (". " in text and any(is_function_word(word.lower()) for word in _INITIAL.findall(text)))
    )
