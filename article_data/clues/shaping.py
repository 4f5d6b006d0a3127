"""Brings a masked sentence into the form that is shown: without remarks in brackets, not too long, one mask.

Owns what may be taken out of a sentence without changing what it says. Called by `making`. Pure.
"""

# ruff: noqa: RUF001 - brackets of other scripts on purpose

from __future__ import annotations

import re
from typing import NamedTuple

from article_data.clues.masking import CJK, MASK, Masker, fold
from article_data.clues.openers import VERBS
from article_data.clues.ordinary import is_function_word, is_ordinary

MIN_CHARS = 40
MIN_HEAD_CHARS = 20
MIN_CJK_CHARS = 16
MAX_CHARS = 240

_BRACKET = re.compile(r"\s*[(（\[][^()（）\[\]]*[)）\]]")
_NESTED = 3
_OPENING = re.compile(r"[(（\[]")
_KEPT_BRACKET = re.compile(
    r"\s*\((?:(?:born|died|c\.|ca\.|AD|BC|BCE|CE|km|mi|m|ft|cm|[\d\s,.–−-]|[A-Z][a-z]+ (?=\d))+)\)"
)
_OTHER_NAME = (
    r"(?:(?:also|or|and|sometimes|commonly|often|formerly|formally|officially|originally|better|more|simply|usually|generally|"
    r"alternatively|informally|collectively|historically|previously|variously|abbreviated|shortened|colloquially|popularly|"
    r"widely|once|known|called|spelled|spelt|referred|nicknamed|named|to|as|by|the|its|their|in|full|short|for|a|an|which|is)\s+)*"
)
_APPOSITION = re.compile(rf"\s*[,(–—]\s*{_OTHER_NAME}[\"“'‘]?{MASK}[\"”'’]?\s*(?:[,)–—]|(?=[.;]))")
_OR_NAME = re.compile(rf"({MASK})\s+or\s+(?:the\s+|an?\s+)?{MASK}")
_SPACED = (
    (re.compile(r"\s+([,.;:!?)])"), r"\1"),
    (re.compile(r"\s{2,}"), " "),
    (re.compile(r",\s*,"), ","),
    (re.compile(r",\."), "."),
)
_CLAUSE = re.compile(
    r",? (?:who|which|where|that|whose|when|while|because)\b|, (?:and|but|with|although|including|such as|after|as|known|based|"
    r"making|or|following|located|situated|who|whose)\b|;|:| – | and (?:is|are|was|were|has|had|have)\b"
    r"|,? (?:hosted|written|published|released|founded|developed|created|produced|directed|held|used|found|based|located|awarded|"
    r"consisting|composed|made|caused|concerned|operated|owned) (?:by|in|on|from|of|as|for|to|with|at)\b"
)
_COPULA = re.compile(r"\b(?:is|are|was|were|refers? to|served|became|means|has|have|had)\b")
_RENAMING = re.compile(
    r"[\"“'‘(]|\b(?:also|called|known|named|nicknamed|officially|formally|formerly|abbreviated|spelled|spelt|pronounced|short|"
    r"from|or|alias|originally|simply|born)\b"
)
_LINKING = re.compile(
    rf"\s(?:in the (?:field|study|science|area|branch|history|context) of|(?:of|in|by|from|for|to|with|as)(?: the| an?)?"
    rf"(?: [a-z]+ (?:of|in)| class| genus| family| order| phylum| species| kingdom| group| city| state| town)?(?: the)?)"
    rf" [\"“]?{MASK}[\"”]?(?=[.,;]| (?:who|which|that|and|is|was)\b)"
)
_UNFINISHED = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|still|also|now|then|often|most|more|very|widely|usually|generally|commonly|largely|"
    r"mainly|primarily|currently|originally|first|and|or|of|in|to|the|an?|by|for|with|as|not|both|either|which|that|who)\.\Z"
    r"|\b(?:is|are|was|were) the [a-z]+\.\Z"
)
"""What a cut must not leave at the end: "and is still.", "is the number."."""
_STRAY_COMMA = re.compile(rf"\A((?:The |An? )?{MASK}), (?=(?:is|are|was|were|has|have|had|constitutes?) )")
_WHICH_PART = re.compile(r"\b(?:North|South|Central|Latin|East|West) \Z")
_OF_COMPOUND = re.compile(r"[A-Z][^\W\d_]+ \Z")
"""The adjective goes with the word before it: "Native American"."""
_AN = re.compile(r"\ban (?=[bcdfgjklmnpqrstvwz])")
_LAST_COMMA = re.compile(r",(?=[^,]*$)")


_UNTIDY = re.compile(r"\s[,.;:!?)\s]|,\s*[,.]")


class Shaped(NamedTuple):
    """A sentence as it can be shown."""

    clue: str
    is_derived: bool
    """Whether its mask stands for a word made of the answer ("Albanian"), not for the answer."""
    has_members: bool
    """Whether that word is a plural ("Albanians")."""


def shape(sentence: str, masker: Masker) -> Shaped | None:
    """Return a sentence as a clue of 40 to 240 characters with at most one mask; None when it cannot be one."""
    masked = masker.mask(_without_remarks(sentence))
    if not masked.is_fair:
        return None
    clue = masked.text
    if masked.masks > 1:
        clue = _OR_NAME.sub(r"\1", _APPOSITION.sub(lambda match: "" if match.start() else match[0], clue))
    return Shaped(_finished(clue), masked.is_derived, masked.has_members) if _fits(clue) else None


def shape_head(sentence: str, masker: Masker, *, is_english: bool) -> str:
    """Return the defining sentence as a clue, however much must be taken off it: other names, then clauses; else "".

    What is left may be as short as 20 characters: then it is no clue until another sentence follows it.
    """
    if not is_english:
        shaped = shape(sentence, masker) or shape(without_brackets(sentence), masker)
        return shaped.clue if shaped and sentence[-1:] not in ":：" else ""
    text = _without_remarks(sentence)
    traces = masker.traces(text)
    copula = _COPULA.search(text, traces[0].end) if traces else None
    if traces and copula:
        between = text[traces[0].end : copula.start()]
        is_renamed = _RENAMING.search(between) and not between[:1].isalnum()
        is_telling = any(trace.start < copula.start() for trace in traces[1:])
        if is_telling and (is_renamed or (between.startswith(",") and between.rstrip().endswith(","))):
            text = f"{text[: traces[0].end]} {text[copula.start() :]}"
    best = ""
    ends = [len(text), *(match.start() for match in reversed(list(_CLAUSE.finditer(text))))]
    for end, drops_phrases in (*((end, False) for end in ends), *((end, True) for end in ends)):
        part = text if end == len(text) else _cut(text, end)
        clue = _with_one_mask(part, masker, drops_phrases=drops_phrases)
        if clue != text and _UNFINISHED.search(clue):
            continue
        if clue and MIN_HEAD_CHARS <= len(clue) <= MAX_CHARS and (end == len(text) or _COPULA.search(clue)):
            best = best or clue
            if len(clue) >= MIN_CHARS:
                return _finished(clue)
    return _finished(best) if best else ""


def _with_one_mask(text: str, masker: Masker, *, drops_phrases: bool) -> str:
    """Mask a sentence; where that leaves several masks, drop the phrases that the others end, or return ""."""
    traces = masker.traces(text)
    for trace in reversed(traces[1:] if traces and traces[0].means_it else traces):
        before, after = text[: trace.start], text[trace.end :]
        following = re.match(r" ([a-z]+)", after)
        is_adjective = (
            is_ordinary(fold(text[trace.start : trace.end])) and following and not is_function_word(following[1])
        )
        if not trace.means_it and is_adjective and before.endswith(" "):
            before = _WHICH_PART.sub("", before)
            if _OF_COMPOUND.search(before):
                continue
            # "by the American composer" says as much without the adjective that is in the title.
            text = _AN.sub("a ", before) + after[1:]
    masked = masker.mask(text)
    clue = masked.text
    if clue.count(MASK) > 1:
        clue = _OR_NAME.sub(r"\1", _APPOSITION.sub(lambda match: "" if match.start() else match[0], clue))
    first = clue.find(MASK) + len(MASK)
    if drops_phrases and clue.count(MASK) > 1:
        clue = clue[:first] + _LINKING.sub("", clue[first:])
    is_fair = masked.is_fair or (clue.count(MASK) == 1 and traces[0].means_it)
    return _tidy(clue) if is_fair and clue.count(MASK) <= 1 else ""


def _cut(text: str, end: int) -> str:
    """Cut a sentence at a clause; a list that loses its last part gets its "and" back."""
    part = text[:end].rstrip(" ,;:–")
    tail = part.rpartition(" is ")[2] if " is " in part else part.rpartition(" was ")[2]
    if re.match(r", (?:and|or)\b", text[end:]) and "," in tail and " and " not in tail[tail.rfind(",") :]:
        part = _LAST_COMMA.sub(" and", part)
    return f"{part}."


def _without_remarks(sentence: str) -> str:
    """Take out what stands in brackets, one within another too, but for years and measures."""
    for _ in range(_NESTED):
        if not _OPENING.search(sentence):
            break
        sentence = _BRACKET.sub(lambda match: match[0] if _KEPT_BRACKET.fullmatch(match[0]) else "", sentence)
    sentence = _tidy(sentence)
    return f"{sentence}." if sentence[-1:].isalnum() else sentence


_AS_PRONOUN = re.compile(
    r"(?P<before>(?:(?:In|On|By|From|Since|During|After|Until|Around|At|Before|Under|Within) [^,]{2,70}, )?)"
    rf"(?:[Tt]he |[Aa]n? |\")?{MASK}\"? "
    r"(?=(?:[a-z]+ly |also |first |once |then |still |never )?(?P<verb>[a-z]+)\b(?: (?P<next>[a-z]+)\b)?)"
)
_AS_POSSESSIVE = re.compile(rf"(?:The |An? )?{MASK}(?:['’]s|['’]) (?=[a-z0-9])")
_POSSESSIVES = {"he": "His", "she": "Her", "they": "Their"}


def follow(clue: str, pronoun: str) -> str:
    """Return a clue as the second sentence after one with a mask: its own opening mask becomes "He", "It" or "Their".

    Before a noun ("_____ crews flew ...") it stays, for no pronoun can stand there, and so it does without a `pronoun`.
    """
    if not pronoun:
        return clue
    owning = _AS_POSSESSIVE.match(clue)
    if owning:
        return f"{_POSSESSIVES.get(pronoun, 'Its')} {clue[owning.end() :]}"
    found = _AS_PRONOUN.match(clue)
    if not found or not _is_verb(found["verb"], found["next"] or ""):
        return clue
    if found["verb"] in ("are", "were", "have", "do"):
        pronoun = "they"
    elif pronoun not in ("he", "she"):
        pronoun = "it"
    return f"{found['before']}{pronoun if found['before'] else pronoun.capitalize()} {clue[found.end() :]}"


def _is_verb(word: str, following: str) -> bool:
    """Tell a verb after a subject from a noun after its adjective: "occupies a" from "crews flew"."""
    if word in VERBS or word.endswith("ed"):
        return True
    return word.endswith("s") and is_function_word(following) and following not in VERBS and following != "of"


def is_long_enough(text: str) -> bool:
    """Tell whether a text has enough to say for a clue; writing without spaces says it in fewer characters."""
    return len(text) >= (MIN_CJK_CHARS if CJK.search(text) else MIN_CHARS)


def without_brackets(sentence: str) -> str:
    """Take out all remarks in brackets."""
    return _tidy(_BRACKET.sub("", sentence))


def _fits(clue: str) -> bool:
    return is_long_enough(clue) and len(clue) <= MAX_CHARS and clue.count(MASK) <= 1


def _finished(clue: str) -> str:
    clue = _STRAY_COMMA.sub(r"\1 ", _tidy(clue))
    return clue[0].upper() + clue[1:]


def _tidy(text: str) -> str:
    if not _UNTIDY.search(text):
        return text.strip()
    for pattern, replacement in _SPACED:
        text = pattern.sub(replacement, text)
    return text.strip()
