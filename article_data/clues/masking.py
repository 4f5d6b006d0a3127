"""Masks every trace of an answer in a sentence, so that a clue never tells what it asks for.

Owns where an answer shows: its names, their words, initials, forms and derivations (Albania, Albanian). A trace that
means the answer itself becomes a mask; one that does not (a word of a longer name, a compound) makes the sentence unfit,
for a mask there would mislead. Made once per article by `making`, used on its sentences. Pure.
"""

# ruff: noqa: RUF001 - the tables hold punctuation of other scripts on purpose

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from article_data.clues.forms import is_short_form, odd_forms
from article_data.clues.ordinary import is_function_word, is_ordinary, word_set
from article_data.clues.variants import one_script
from article_data.language import words

MASK = "_____"
WORD = words.WORD
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

fold = lru_cache(maxsize=32_768)(words.fold)
"""Brings words that a reader takes for the same to one form, remembering them: a dump's words are few."""

_TRAILING_BRACKET = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
_MERGED = re.compile(rf"{MASK}(?:(?:[\s,\-–/.]|\b(?:and|of|the|or)\b)*{MASK})+")
_MASKED_INITIAL = re.compile(rf"(?:\b[A-Z]\.\s*)+{MASK}")
_QUALIFIERS = word_set(
    """
    north south east west northern southern eastern western central new old great little upper lower ocean sea lake
    river mount mountain mountains island islands bay gulf saint san santa city cape fort port republic
    """
)
"""Ordinary words that only say which: "the Atlantic" means the Atlantic Ocean, "Korea" nearly North Korea."""
_MIN_SHARED = 4
_SHARE = 0.6
"""A word that shares this part of a name's word, and at least four letters, gives it away."""
_LONG = 5
"""Names' words of so many letters are also found inside of others."""
_LONGEST_ENDING = 4
_MEMBERS = re.compile(r"(?:an|ist|er|or|id|man|men|ese|ogue|ite)s\Z")


class Trace(NamedTuple):
    """A part of a sentence that shows the answer."""

    start: int
    end: int
    means_it: bool
    """Whether it stands for the answer itself, so that a mask in its place reads right."""
    is_name: bool = True
    """Whether it is one of its names, not only a word made of one ("Albanian")."""


class Masked(NamedTuple):
    """A sentence without its traces."""

    text: str
    masks: int
    """How many it has now."""
    is_fair: bool
    """Whether each mask stands for the answer itself."""
    is_derived: bool
    """Whether one stands for a word made of a name."""
    has_members: bool = False
    """Whether such a word is a plural: "Albanians"."""


def plain_title(title: str) -> str:
    """Take the trailing bracket off a title: "Mercury (planet)" is called "Mercury"."""
    return _TRAILING_BRACKET.sub("", title) or title


class Masker:
    """Masks one article's names; made once per article, used on each of its sentences."""

    def __init__(self, title: str, names: Iterable[str] = (), *, stem: Callable[[str], str] | None = None) -> None:
        """`names` are all its other names; `stem` brings a folded word to its stem in the article's language."""
        self._stem = stem or (lambda word: word)
        main = plain_title(title)
        every = list(dict.fromkeys(plain_title(name.strip()) for name in (main, *names) if name.strip()))
        self._dense = _dense(every, main)
        self._phrases: dict[str, set[tuple[str, ...]]] = {}
        self._acronyms: set[str] = set()
        self._capitals: set[str] = set()
        self._whole: set[str] = set()
        self._telling: dict[str, bool] = {}
        main_words = WORD.findall(main)
        self._partial_is_fair = _is_partial_fair(main_words)
        self._is_proper = any(word[0].isupper() for word in main_words[1:])
        for name in every:
            if not CJK.search(name):
                self._add(name, is_title=name == main)
        self._short = [word for word in self._telling if len(word) <= 3 and word in self._whole]
        self._forms = {form for word in self._telling for form in odd_forms(word)}
        self._stems = {self._stem(word) for word in self._telling if len(word) > 3}
        self._starts = {word[:3] for word in (*self._telling, *self._forms, *self._phrases, *self._short)}
        self._starts |= {fold(word)[:3] for word in (*self._acronyms, *self._capitals)} | {s[:3] for s in self._stems}
        self._starts |= set(self._short)
        long = [word for word in self._telling if len(word) >= _LONG]
        self._long = re.compile("|".join(map(re.escape, long))) if long else None
        self._parts = {
            word[start:end]
            for word in long
            for start in range(len(word))
            for end in range(start + max(_MIN_SHARED, math.ceil(_SHARE * len(word))), len(word) + 1)
        }
        self._seen: dict[str, bool | None] = {}
        self._plain: set[str] = set()
        """Words of which nothing is a trace or begins one: most sentences hold no others, and are done with at once."""

    def traces(self, sentence: str) -> list[Trace]:
        """Return where a sentence shows the answer, in order and apart from each other; may be empty."""
        if self._dense is not None:
            return [Trace(*match.span(), True) for match in self._dense.finditer(one_script(sentence))]
        found: list[Trace] = []
        written = WORD.findall(sentence)
        unknown = set(written) - self._plain - self._seen.keys()
        if unknown:
            self._learn(unknown)
        if self._plain.issuperset(written):
            return []
        places = [match.span() for match in WORD.finditer(sentence)]
        done = 0
        for at, word in enumerate(written):
            if at < done or word in self._plain:
                continue
            width = self._phrase_at(written, at)
            means_it = self._seen[word]
            if width:
                found.append(Trace(places[at][0], places[at + width - 1][1], True))
                done = at + width
            elif means_it is not None and not (at == 0 and word in self._capitals):
                found.append(Trace(*places[at], means_it, self._is_name(fold(word))))
        return found

    def mask(self, sentence: str) -> Masked:
        """Return the sentence with "_____" for each trace; neighbouring ones become one."""
        found = self.traces(sentence)
        if not found:
            return Masked(sentence, 0, True, False)
        parts: list[str] = []
        end = 0
        for trace in found:
            parts += (sentence[end : trace.start], MASK)
            end = trace.end
        text = _MASKED_INITIAL.sub(MASK, _MERGED.sub(MASK, "".join((*parts, sentence[end:]))))
        is_derived = any(not trace.is_name for trace in found)
        has_members = is_derived and any(
            not trace.is_name and _MEMBERS.search(sentence[trace.start : trace.end]) for trace in found
        )
        return Masked(text, text.count(MASK), all(trace.means_it for trace in found), is_derived, has_members)

    def _add(self, name: str, *, is_title: bool) -> None:
        words = WORD.findall(name)
        folded = tuple(map(fold, words))
        if not folded or (len(folded) == 1 and not is_title and not _is_name(words[0], folded[0])):
            return
        if name.isupper() and len(words) == 1 and len(name) <= 4:
            self._acronyms.add(name)
        else:
            self._phrases.setdefault(folded[0], set()).add(folded)
        initials = "".join(word[0] for word in words if word[0].isupper())
        if len(initials) >= 3:
            self._acronyms.add(initials)
        if len(folded) == 1:
            self._whole.add(folded[0])
        has_capital = any(word[0].isupper() for word in words[1:])
        for word, low in zip(words, folded, strict=True):
            if len(folded) > 1 and (is_ordinary(low) or (has_capital and word.islower() and len(word) <= 4)):
                if is_title and not is_function_word(low) and not low.isdecimal():
                    self._capitals.add(word.capitalize())
                continue
            if len(low) < 2 or low.isdecimal():
                continue
            if len(low) <= 3 and (len(folded) > 1 or name in self._acronyms):
                if word[0].isupper():
                    self._acronyms.add(word)
                continue
            fair = len(folded) == 1 or (is_title and self._partial_is_fair)
            self._telling[low] = self._telling.get(low, False) or fair

    def _is_name(self, word: str) -> bool:
        """Tell a name's word and its plural from a word made of it."""
        if word in self._telling or word.upper() in self._acronyms:
            return True
        return word.endswith("s") and (word[:-1] in self._telling or word[:-2] in self._telling or word in self._forms)

    def _learn(self, unknown: set[str]) -> None:
        """Judge words that were not met before, as written; nearly all are plain, and told so by their first letters."""
        folded = list(map(fold, unknown))
        may_hold = not self._parts.isdisjoint(folded) or (self._long and self._long.search(" ".join(folded)))
        for written, word in zip(unknown, folded, strict=True):
            if may_hold or word[:3] in self._starts or (self._acronyms and written.isupper()):
                means_it = self._means(written, word)
                if means_it is not None or word in self._phrases:
                    self._seen[written] = means_it
                    continue
            self._plain.add(written)

    def _phrase_at(self, written: list[str], at: int) -> int:
        best = 0
        for phrase in self._phrases.get(fold(written[at]), ()):
            width = len(phrase)
            if width > best and tuple(map(fold, written[at : at + width])) == phrase:
                is_ordinary_word = width == 1 and is_ordinary(phrase[0]) and phrase[0] not in self._telling
                if len(phrase[0]) > 1 or width > 1:
                    best = width if not is_ordinary_word or written[at][0].isupper() else best
        return best

    def _means(self, written: str, word: str) -> bool | None:
        """Tell of a word whether it is a trace that means the answer (True), any other trace (False), or none."""
        if written in self._acronyms:
            return written in self._whole or len(written) >= 3
        may_mean_it = written[0].isupper() or not self._is_proper
        if word in self._telling:
            return self._telling[word] and may_mean_it
        if word in self._forms:
            return may_mean_it and any(fair for telling, fair in self._telling.items() if word in odd_forms(telling))
        if written in self._capitals:
            return False
        if word[:3] in self._starts and len(word) >= 3:
            if any(is_short_form(word, short) for short in self._short):
                return True
            if len(word) > 3 and self._stem(word) in self._stems:
                return may_mean_it and any(fair for telling, fair in self._telling.items() if telling[:3] == word[:3])
            for telling, fair in self._telling.items():
                shared = _shared_letters(word, telling)
                if shared >= _MIN_SHARED and shared >= _SHARE * len(telling) and not is_ordinary(word):
                    return may_mean_it and fair and len(word) - shared <= _LONGEST_ENDING
        is_compound = word in self._parts or (self._long is not None and self._long.search(word))
        is_compound = is_compound or any(len(own) >= _MIN_SHARED and own in written for own in self._acronyms)
        return False if is_compound and not is_ordinary(word) else None


def _dense(names: list[str], main: str) -> re.Pattern[str] | None:
    """Return what finds the names in a script without spaces, the longest first; None when the title is in none."""
    if not CJK.search(main) and not any(CJK.search(name) for name in names):
        return None
    long = {one_script(name) for name in names if len(name) > 1 or name == main}
    return re.compile("|".join(map(re.escape, sorted(long, key=lambda name: (-len(name), name)))), re.IGNORECASE)


def _is_name(written: str, folded: str) -> bool:
    """A single word in small letters that every text uses ("only", "average") is bold for emphasis, not a name."""
    return not (written.islower() and is_ordinary(folded))


def _is_partial_fair(words: list[str]) -> bool:
    if not any(word[0].isupper() for word in words[1:]) or any(word[0].isdecimal() for word in words):
        return len(words) == 1
    ordinary = {fold(word) for word in words if is_ordinary(fold(word))}
    return ordinary <= _QUALIFIERS


def _shared_letters(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
