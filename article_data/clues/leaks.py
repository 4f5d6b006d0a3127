"""The judge of the masks: what a clue still shows of its answer, by the rule's own words.

Written apart from `masking`, from the rule alone, so that the two can disagree: no word, alias, acronym, inflection or
derivation of the answer; no word that shares at least four letters and 60 % of a content word of it; ordinary words of
the language do not count. Called by tests and benchmarks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import takewhile

from nltk.stem.snowball import SnowballStemmer

from article_data.clues.forms import is_short_form, odd_forms
from article_data.clues.ordinary import is_function_word, is_ordinary
from article_data.clues.variants import one_script

_WORDS = re.compile(r"\w+")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_stem = SnowballStemmer("english").stem


def leaks(clue: str, title: str, names: Sequence[str]) -> list[str]:
    """Return what a clue shows of its answer: each telling word or name once, as "shown < name"; [] when it is tight.

    `names` are the answer's other names (redirects, bold names of the lead).
    """
    shown = [(word, _plain(word)) for word in _WORDS.findall(clue.replace("_", " "))]
    text = f" {' '.join(plain for _, plain in shown)} "
    found: dict[str, None] = {}
    for name in (title, *names):
        name = _without_bracket(name)
        if _DENSE.search(name):
            if one_script(name) in one_script(clue) and (len(name) > 1 or name == title):
                found[f"{name} < {name}"] = None
            continue
        words = _WORDS.findall(name.replace("_", " "))
        plain_words = [_plain(word) for word in words]
        if not words or (len(words) == 1 and name != _without_bracket(title) and not _is_name_word(words[0])):
            continue
        if len(words) > 1 and f" {' '.join(plain_words)} " in text:
            found[f"{' '.join(words)} < {name}"] = None
        initials = "".join(word[0] for word in words if word[0].isupper())
        for at, (word, plain) in enumerate(shown):
            if len(initials) >= 3 and word == initials:
                found[f"{word} < {name}"] = None
            for own, own_plain in zip(words, plain_words, strict=True):
                if _gives_away(
                    word, plain, own, own_plain, name=words, is_title=name == _without_bracket(title), at=at
                ):
                    found[f"{word} < {name}"] = None
    return list(found)


def _gives_away(word: str, plain: str, own: str, own_plain: str, *, name: list[str], is_title: bool, at: int) -> bool:
    is_whole = len(name) == 1
    if own_plain.isdecimal() or len(own_plain) < 2 or len(plain) < 2:
        return False
    if not is_whole:
        is_particle = own.islower() and len(own) <= 4 and any(part[0].isupper() for part in name[1:])
        if is_ordinary(own_plain) or is_particle:
            # An ordinary word of a longer name tells nothing, unless it stands there as a name's part: "the Empire".
            return is_title and not is_function_word(own_plain) and at > 0 and word[0].isupper() and plain == own_plain
        if len(own) <= 3:
            return own[0].isupper() and word == own
    elif own.isupper() and len(own) <= 4:
        return word == own
    if plain == own_plain:
        return is_title or not is_ordinary(plain) or word[0].isupper()
    if len(own) <= 3:
        return is_whole and (is_short_form(plain, own_plain) or plain in odd_forms(own_plain))
    if plain in odd_forms(own_plain) or (_stem(plain) == _stem(own_plain)):
        return True
    if is_ordinary(plain):
        return False
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(plain, own_plain, strict=False)))
    if shared >= 4 and shared >= 0.6 * len(own_plain):
        return True
    return len(own_plain) >= 5 and own_plain in plain


def _is_name_word(word: str) -> bool:
    return not (word.islower() and is_ordinary(_plain(word)))


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _without_bracket(name: str) -> str:
    head, bracket, _ = name.partition(" (")
    return head if bracket and name.rstrip().endswith(")") else name.strip()
