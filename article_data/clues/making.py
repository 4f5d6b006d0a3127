"""Makes an article's clues of its sentences and facts: masked, ranked among all articles, chosen.

Owns how a clue comes about, and with what the defining sentence goes on where it is too short. Called by the build, once
per article, in any worker.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from article_data.clues.choosing import Candidate, Ranked, choose, order, shortlist
from article_data.clues.corpus import Corpus, Standing
from article_data.clues.dangling import ENGLISH, Standalone
from article_data.clues.masking import CJK, MASK, Masker, plain_title
from article_data.clues.shaping import MAX_CHARS, follow, is_long_enough, shape, shape_head, without_brackets
from article_data.clues.subject import Subject
from article_data.clues.telling import tell
from article_data.clues.worth import Taste
from article_data.language.language import Language

MAX_SUMMARY_CHARS = 300

_LONGEST_SENTENCE = 420
"""Longer ones do not get short enough by losing their brackets."""
_PLURAL = re.compile(rf"{MASK}\W* (?:are|were)\b")
_OPENS_WITH_PRONOUN = re.compile(r"(?:He|She|It|They|Its|Their) ")
"""With a mask further on it is another than the subject, or both are and the mask is a namesake."""
_ARTICLE = 4
"""Characters of "The " before a mask that opens a sentence."""
_FACTS = "\0facts"
"""What stands for a section in clues made of facts."""
_FACT_WORTH = 2.5


class Clue(msgspec.Struct, frozen=True, kw_only=True):
    """A clue and how it came about, for those who measure."""

    text: str
    sentences: tuple[str, ...]
    """Of the article's, those it was made of; none for a clue made of facts."""
    standing: Standing


class ClueMaker:
    """Makes the clues of one language's articles; one per worker."""

    def __init__(self, language: Language, corpus: Corpus) -> None:
        self._language = language
        self._corpus = corpus

    def make(self, subject: Subject) -> tuple[str, ...]:
        """Return up to 12 clues without a trace of the answer, hardest first, the defining sentence last; may be empty."""
        return tuple(clue.text for clue in self.made(subject))

    def made(self, subject: Subject) -> tuple[Clue, ...]:
        """Return what `make` does, with each clue's sentences and standing."""
        title = plain_title(subject.title)
        if len(title) < 2 and not CJK.search(title):
            # Nobody guesses a single letter, and masking one would take every such article of speech with it.
            return ()
        masker = Masker(subject.title, subject.names, stem=self._language.stem)
        standalone = Standalone(subject, masker)
        is_english = subject.language in ENGLISH
        candidates = self._candidates(subject, masker, standalone, is_english=is_english)
        ranked = self._ranked(subject.place, shortlist(candidates))
        if is_english and not any(
            MASK in one.text or one.speaks_of_subject or one.mentions_subject for one in candidates
        ):
            # Nothing says what is asked for.
            return ()
        chosen = order(
            choose(self._with_finding_head(subject, standalone.sure_pronoun if is_english else None, ranked))
        )
        return tuple(
            Clue(text=one.candidate.text, sentences=one.candidate.sentences, standing=one.standing) for one in chosen
        )

    def _with_finding_head(self, subject: Subject, pronoun: str | None, ranked: list[Ranked]) -> list[Ranked]:
        """Let the defining sentence go on with another clue where it is too short, or alone finds another article."""
        head = next((one for one in ranked if one.candidate.is_head), None)
        if head is None or (head.standing.rank == 1 and is_long_enough(head.candidate.text)):
            return ranked
        longer: list[Candidate] = []
        text = head.candidate.text
        space = "" if CJK.search(text) else " "
        is_plural = _PLURAL.search(text) is not None
        for one in sorted(ranked, key=_follows_well, reverse=True):
            second = follow(one.candidate.text, pronoun) if pronoun is not None else one.candidate.text
            both = f"{text}{space}{second}"
            if (
                one is not head
                and not (is_plural and second.startswith(("It ", "Its ")))
                and (
                    MASK in one.candidate.text
                    or one.candidate.speaks_of_subject
                    or (one.candidate.mentions_subject and is_plural == (pronoun == "they"))
                )
                and (pronoun is not None or not one.candidate.section)
                and both.count(MASK) <= 1
                and len(both) <= MAX_CHARS
                and is_long_enough(both)
            ):
                sentences = (*head.candidate.sentences, *one.candidate.sentences)
                longer.append(msgspec.structs.replace(head.candidate, text=both, sentences=sentences))
        finding = [one for one in self._ranked(subject.place, longer) if one.standing.rank == 1]
        rest = [one for one in ranked if one is not head]
        if finding:
            return [*rest, finding[0]]
        return ranked if is_long_enough(head.candidate.text) else rest

    def _candidates(
        self, subject: Subject, masker: Masker, standalone: Standalone, *, is_english: bool
    ) -> list[Candidate]:
        lead = (sentence.text for sentence in subject.sentences if not sentence.section)
        taste = Taste((link.anchor for link in subject.links), lead, head=subject.head, is_life=standalone.is_life)
        found: list[Candidate] = []
        for at, (text, _, section) in enumerate(map(msgspec.structs.astuple, subject.sentences)):
            if at == 0 and text:
                head = shape_head(text, masker, is_english=is_english)
                found += [Candidate(text=head, sentences=(text,), section="", worth=0.0, is_head=True)] if head else []
                continue
            if not (is_long_enough(text) and len(text) <= _LONGEST_SENTENCE and standalone.allows(at)):
                continue
            shaped = shape(text, masker)
            if not shaped or (is_english and MASK in shaped.clue and _OPENS_WITH_PRONOUN.match(shaped.clue)):
                continue
            means_subject = MASK not in shaped.clue and standalone.speaks_of_subject(at)
            mentions = MASK not in shaped.clue and standalone.mentions_subject(text)
            value = taste.worth(
                shaped.clue,
                section,
                means_subject=means_subject,
                mentions_subject=mentions,
                is_derived=shaped.is_derived,
                has_members=shaped.has_members,
            )
            opens = means_subject or 0 <= shaped.clue.find(MASK) <= _ARTICLE
            found.append(
                Candidate(
                    text=shaped.clue,
                    sentences=(text,),
                    section=section,
                    worth=value,
                    speaks_of_subject=opens,
                    mentions_subject=mentions,
                )
            )
        found += (
            Candidate(text=clue, sentences=(), section=_FACTS, worth=_FACT_WORTH, speaks_of_subject=True)
            for clue in tell(subject.facts, masker, is_english=is_english)
        )
        return found

    def _ranked(self, place: int, candidates: Sequence[Candidate]) -> list[Ranked]:
        if not candidates:
            return []
        stems = [self._terms(candidate.text.replace(MASK, " ")) for candidate in candidates]
        taken = [Counter(self._language.stems(" ".join(candidate.sentences))) for candidate in candidates]
        standings = self._corpus.standings(place, list(zip(stems, taken, strict=True)))
        return [
            Ranked(candidate=candidate, stems=own, standing=standing)
            for candidate, own, standing in zip(candidates, stems, standings, strict=True)
        ]

    def _terms(self, text: str) -> frozenset[str]:
        return frozenset(stem for stem in self._language.stems(text) if not self._language.is_stopword(stem))


def _follows_well(one: Ranked) -> tuple[bool, bool, float]:
    return one.candidate.speaks_of_subject or MASK in one.candidate.text, not one.candidate.section, one.candidate.worth


def summarize(lead: Sequence[str]) -> str:
    """Return the first lead sentence or sentences that fit into 300 characters; a longer one is cut at a word."""
    summary = ""
    for sentence in lead:
        longer = f"{summary} {sentence}".strip()
        if len(longer) > MAX_SUMMARY_CHARS:
            break
        summary = longer
        if len(summary) >= MAX_SUMMARY_CHARS // 2:
            break
    if summary or not lead:
        return summary
    shorter = without_brackets(lead[0])
    if len(shorter) <= MAX_SUMMARY_CHARS:
        return shorter
    return shorter[: MAX_SUMMARY_CHARS - 1].rpartition(" ")[0].rstrip(" ,;:") + "…"
