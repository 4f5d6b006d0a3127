"""Chooses and orders an article's clues among its sentences.

Owns what a good clue is: a whole sentence about the subject that can be read alone and does not tell the answer.
Pure; called by `build` with the sentences of one article and the rarity of words over the whole dump.
"""

# ruff: noqa: RUF001 - the tables hold letters and punctuation of other scripts on purpose

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

import msgspec

from article_data.clues.masking import MASK, Masker
from article_data.language.sentences import without_brackets
from article_data.language.words import WORD, fold, has_no_spaces, is_cjk, is_stopword, tokens, word_set

MIN_CHARS = 40
MAX_CHARS = 240
MIN_CJK_CHARS = 16
MAX_CLUES = 12
MAX_MASKS = 2
MAX_LIKENESS = 0.55
"""Two clues that share this part of their words say the same thing twice."""
MAX_SUMMARY_CHARS = 300

_PRONOUNS = {
    "it": "it",
    "its": "it",
    "he": "he",
    "his": "he",
    "she": "she",
    "her": "she",
    "they": "they",
    "their": "they",
}
_DROPPED_OPENERS = word_set(
    """
    this these those that such another other others however therefore thus hence moreover furthermore
    additionally also but and or nor yet so then instead similarly nevertheless nonetheless meanwhile likewise
    consequently finally afterwards afterward here both neither either latter former one some again still see
    note according subsequently eventually besides conversely accordingly otherwise indeed who which him them i
    we you our my your too same second third secondly thirdly lastly who whose what why how when where perhaps
    there
    """
)
_DROPPED_PHRASES = re.compile(
    r"(?:the (?:latter|former|same|following|above|other|resulting|two|three)|for (?:example|instance|this|these|that)|"
    r"as (?:such|a result|well|mentioned|noted|of)|in (?:addition|contrast|this|these|that|particular|such|other|turn|fact)|"
    r"on the other|at (?:this|that|the same) |because of (?:this|that|these)|from (?:this|that|these)|by (?:this|that) |"
    r"after (?:this|that|which)|during (?:this|that|these)|with (?:this|these|that)|since then|at first|most of (?:these|them))",
    re.IGNORECASE,
)
_POINTS_ELSEWHERE = re.compile(
    r"\b(?:diagram|table|figure|image|picture|map|listing|list|chart|cladogram|graph|section)s?\b.*"
    r"\b(?:below|above|left|right|shows?|follows)\b|\bsee (?:also|below|above)\b|\bas follows\b|\bthe following\b",
    re.IGNORECASE,
)
"""What a sentence says when it points at something on the page that the player does not see."""
_OPENING_MARKS = "\"'“‘«„ "
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1cff\u1f00-\u1fff\u3040-\uabff]{3}")
"""In an English sentence about the subject: where its name comes from, which tells it."""
_VERBS = word_set(
    """
    is are was were be been has have had do does did can could may might will would shall should must became
    becomes become made makes make took takes take gave gives give won wins lost held holds hold began begins
    led leads lies lie lay runs run ran rose fell grew grows grow wrote written known built found came comes
    come went goes go left leaves kept met set put saw sees drew stood stands stand spread spoke speaks flew
    flows flow lives live eats eat feeds feed contains contain consists consist includes include covers cover
    forms form uses use means mean remains remain appears appear occurs occur shows show says said tells told
    plays play carries carry follows follow gets got brought bought taught thought sold felt drove broke chose
    fought sang swam wore shone hangs hung bears bore keeps needs need sent spent cut let hit shut burst cost
    needs turns turn moves move serves serve belongs belong
    """
)
_VERB_ENDINGS = ("ed", "es", "s")
_NATIVE_NAME = re.compile(
    rf"({MASK}[^\s(]*)\s*\([^()\d]*\)|\s*\([^()]*[\u0370-\u1cff\u1f00-\u1fff\u3040-\uabff][^()]*\)"
)
"""A remark after the masked name that says it in another language, or one in another script: it tells the answer."""


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence and where it stood."""

    text: str
    paragraph: int
    """Paragraphs are numbered through the article, so that clues can be spread over it."""
    in_lead: bool


class _Candidate(msgspec.Struct, frozen=True, kw_only=True):
    text: str
    place: int
    paragraph: int
    fitness: float
    ease: float
    words: frozenset[str]


def choose_clues(
    sentences: Sequence[Sentence], masker: Masker, rarity: Callable[[str], float], *, language: str
) -> tuple[str, ...]:
    """Return up to 12 masked clues, hardest first, the lead sentence last; may be empty.

    `sentences` are in the article's order, "" where one was lost (what follows it may dangle). `rarity` of a folded
    word grows the fewer articles use it; ordinary words tell little, so clues made of them come first.
    """
    candidates: list[_Candidate] = []
    own_pronoun = _own_pronoun(sentences)
    is_about = False
    previous_paragraph = -1
    for place, sentence in enumerate(sentences):
        if sentence.paragraph != previous_paragraph:
            # A new paragraph that opens with "He" means the person of the article; "It" may mean the section's matter.
            is_about = previous_paragraph >= 0 and (sentence.in_lead or own_pronoun in ("he", "she"))
            previous_paragraph = sentence.paragraph
        masked, masks = masker.mask(sentence.text)
        opens = fold((WORD.search(masked) or ("",))[0])
        pronoun = _PRONOUNS.get(opens)
        with_pronoun = pronoun is not None
        starts_with_mask = masked.find(MASK) in range(12)
        was_about = is_about
        is_about = starts_with_mask or (is_about and pronoun == own_pronoun) or place == 0
        if with_pronoun and (pronoun != own_pronoun or not sentences[place - 1].text):
            continue
        clue = _fitting(masked, masks, language)
        if not clue:
            continue
        words = frozenset(word for word in tokens(clue.replace(MASK, " ")) if not is_stopword(word))
        if len(words) < 3 and not has_no_spaces(language):
            continue
        fitness = 2.0 * starts_with_mask + 1.0 * with_pronoun + 1.0 * (masks > 0) + 1.5 * sentence.in_lead
        fitness -= 0.5 * sum(word.isdecimal() for word in words) + place / 200
        # Somebody else may be meant: only where an article has little better to offer.
        fitness -= 4.0 * (with_pronoun and not was_about)
        candidates.append(
            _Candidate(
                text=clue,
                place=place,
                paragraph=sentence.paragraph,
                fitness=fitness,
                ease=sum(map(rarity, words)) / max(1, len(words)) + (2.0 if sentence.in_lead else 0.0),
                words=words,
            )
        )
    return tuple(clue.text for clue in _ordered(_spread(candidates)))


def summarize(lead: Sequence[str]) -> str:
    """Return the first lead sentence or sentences that fit into 300 characters; a longer one is cut at a word."""
    summary = ""
    for sentence in lead:
        longer = f"{summary} {sentence}".strip()
        if len(longer) > MAX_SUMMARY_CHARS:
            break
        summary = longer
        if len(summary) >= 150:
            break
    if summary or not lead:
        return summary
    shorter = without_brackets(lead[0])
    if len(shorter) <= MAX_SUMMARY_CHARS:
        return shorter
    return shorter[: MAX_SUMMARY_CHARS - 1].rpartition(" ")[0].rstrip(" ,;:") + "…"


def _own_pronoun(sentences: Sequence[Sentence]) -> str | None:
    """Return what an article calls its subject: the pronoun that most sentences open with, the lead's counting thrice."""
    counts: Counter[str] = Counter()
    for sentence in sentences:
        pronoun = _PRONOUNS.get(fold((WORD.search(sentence.text) or ("",))[0]))
        if pronoun is not None:
            counts[pronoun] += 3 if sentence.in_lead else 1
    return counts.most_common(1)[0][0] if counts else None


def _fitting(masked: str, masks: int, language: str) -> str:
    """Return the clue as it can be shown, shortened by its brackets where need be, or ""."""
    if not _reads_alone(masked, language):
        return ""
    dense = has_no_spaces(language)
    masked = masked if dense else _NATIVE_NAME.sub(r"\1", masked)
    for form in (masked, without_brackets(masked)):
        shortest = MIN_CJK_CHARS if dense else MIN_CHARS
        if shortest <= len(form) <= MAX_CHARS and form.count(MASK) <= MAX_MASKS and _is_balanced(form):
            return form[0].upper() + form[1:]
    return ""


def _reads_alone(text: str, language: str) -> bool:
    stripped = text.lstrip(_OPENING_MARKS)
    if not stripped or not text.rstrip("\"'”’»)").endswith((".", "!", "?", "。", "！", "？", "…")):
        return False
    if not (stripped[0].isupper() or stripped[0].isdecimal() or stripped.startswith(MASK) or is_cjk(stripped[0])):
        return False
    if text.endswith(("?", ":")) or ": " in text[-4:]:
        return False
    if language not in ("en", "simple"):
        return True
    words = WORD.findall(stripped)
    if not words or fold(words[0]) in _DROPPED_OPENERS or _DROPPED_PHRASES.match(stripped):
        return False
    if _POINTS_ELSEWHERE.search(stripped) or (MASK in text and _OTHER_SCRIPT.search(text)):
        return False
    return any(_is_verb(word) for word in words)


def _is_verb(word: str) -> bool:
    return word in _VERBS or (word.islower() and len(word) > 4 and word.endswith(_VERB_ENDINGS))


def _is_balanced(text: str) -> bool:
    return (
        text.count("(") == text.count(")")
        and text.count('"') % 2 == 0
        and text.count("“") == text.count("”")
        and text.count("[") == text.count("]")
    )


def _spread(candidates: list[_Candidate]) -> list[_Candidate]:
    """Take the fittest, not the same thing twice, and not too many from one paragraph while others have some."""
    chosen: list[_Candidate] = []
    taken: dict[int, int] = {}
    waiting = sorted(candidates, key=lambda clue: (-clue.fitness, clue.place))
    for most in (3, 6, len(waiting)):
        for clue in waiting:
            if len(chosen) == MAX_CLUES:
                return chosen
            if taken.get(clue.paragraph, 0) < most and all(_likeness(clue, other) < MAX_LIKENESS for other in chosen):
                chosen.append(clue)
                taken[clue.paragraph] = taken.get(clue.paragraph, 0) + 1
    return chosen


def _likeness(one: _Candidate, other: _Candidate) -> float:
    return len(one.words & other.words) / max(1, len(one.words | other.words))


def _ordered(chosen: list[_Candidate]) -> list[_Candidate]:
    # The first sentence of an article defines its subject: nothing is easier.
    return sorted(chosen, key=lambda clue: (clue.place == 0, clue.ease, clue.place))
