"""How good a clue a sentence makes: what it tells of, and how well it reads.

Owns the taste of the games: people, places, works, years and striking facts before statistics, weather and talk about
words. Made once per article by `making`, used on sentences that stand alone. The words are English; in other languages
the rest of the rules decides. Pure.
"""

# ruff: noqa: RUF001 - punctuation of other scripts on purpose

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from article_data.clues.masking import MASK, WORD
from article_data.clues.openers import MONTHS_AND_NATIONS, SINGLED_OUT, VERBS
from article_data.clues.ordinary import is_function_word, is_ordinary, word_set

_TASTE: dict[str, float] = {}
for _weight, _words in (
    (
        0.6,
        """
        largest smallest oldest longest tallest highest fastest famous famously discovered invented founded won killed born
        died built wrote composed nicknamed married assassinated capital legend legendary nobel olympic prize starred painted
        sculpted crowned exiled imprisoned executed explorer emperor murdered rescued landed orbit patented
        """,
    ),
    (
        -0.5,
        """
        word words term terms name names phrase suffix prefix spelling plural etymology derives derived translated
        translation pronounced means meaning latin synonym synonyms synonymous scholars researchers historians critics study
        studies articles authors sources surveys reports reviews some many most various several often usually generally
        typically may might can could should likely probably possibly also still even already instead though although then
        later currently today now recently another other others both such if especially different certain further
        """,
    ),
    (
        -1.2,
        """
        percent percentage estimated gdp capita average census density survey respondents respectively approximately
        precipitation rainfall temperature temperatures humid humidity celsius fahrenheit statistics median
        """,
    ),
):
    _TASTE |= dict.fromkeys(_words.split(), _weight)
_MOST_TASTE = 1.2
_LEAST_TASTE = -2.5

_DULL_SECTION = re.compile(
    r"climate|demograph|weather|etymolog|terminolog|pronunciation|nomenclature|statistic|usage|definition|naming|notation|"
    r"spelling|\bnames?\b|classification|bibliograph|subdivision|administrative|road|transport|encoding",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![.!?:] )\b[A-Z][^\W\d_]+(?:[ -](?:of |the |de |von |van )?[A-Z][^\W\d_]+)*")
_YEAR = re.compile(r"\b1[0-9]{3}\b|\b20[0-2][0-9]\b|\b[0-9]{1,2}th[ -]century\b")
_NUMBER = re.compile(r"\d[\d,.]*")
_AS_OF = re.compile(r"\b[Aa]s of\b")
_OPENS_WITH_OTHER = re.compile(
    r"[A-Z][^\W\d_]+(?:'s|’s)? (?:[A-Z]|[a-z]+ed\b|was\b|is\b|has\b|had\b|wrote\b|said\b|argues?\b|and [A-Z])"
)
_CITING = re.compile(r"[A-Z][^\W\d_]+ \((?:1[89]|20)[0-9]{2}\)")
_CITED = re.compile(
    r"(?:[A-Z][^\W\d_]+,? |& |and |et al\.,? ){0,8}[A-Z][^\W\d_]+(?: et al\.)?,? \((?:19|20)[0-9]{2}[a-z]?\),? [a-z]"
)
"""A scholar's work of a year tells something: "Lee and Kim (2011) suggest"."""
_THE = re.compile(
    r"\b[Tt]he ([a-z]+)s?\b(?! (?:of|that|in|who|whom|which|for|from|to|on|at|with|between|by|where|when|against|[A-Z\"“]|"
    r"named|called|known|entitled|titled)\b| [A-Z\"“_]|,? [\"“])"
)
_BARE = re.compile(
    r"The (?:[a-z]+ )?([a-z]+) (?:was|were|is|are|has|had|did|[a-z]+ed|began|took|became|made|won|left|led)\b"
)
_GENERAL = word_set("sun moon earth world sky sea ocean universe internet rest number name term word")
_OPENING_PHRASE = re.compile(r"(?:In|On|By|From|Since|During|After|Until|Around|At|Before|Under|Within) [^,]{2,40}, ")
_COUNTED = re.compile(
    r"\b(?:[Tt]he (?:two|three|four|five)|[Bb]oth) (?!most|main|largest|major|oldest|best|first|last)[a-z]+s\b"
    r"(?! (?:of|that|in|who|which|to|on|at|with|between|where|major|main|most)\b| [A-Z]|:)"
)
_COUNTS = word_set("two three four five both Both")
_PLACES = word_set("country city town region area state island village river mountain")
_MISLEADING = 20.0
"""A mask where the sentence has another word than the answer: "the first _____ to get a prize", of Asia."""
_GROUPS = word_set("order class family genus phylum clade suborder group people tribe dynasty")
_GROUP_OF = re.compile(
    r"\b(?:is|are|was|were|constitutes?) (?:an?|the|one) [^,]{0,30}?\b(?:" + "|".join(sorted(_GROUPS)) + r")\b"
)
"""What has members, who go by nearly its name: the agnostids of the order Agnostida."""
_DANGLING = 2.5
_GOES_ON = re.compile(r"(?: (?:la|de|di|du|del|al|el|von)\b)? ?(?:[A-Z0-9]|[-–]\w)|[-–]")
_LATER_NAME = re.compile(r"(?<=[a-z,] )[A-Z][^\W\d_]+")
_BEFORE_NAMES = word_set(
    """
    President King Queen Emperor Empress Prince Princess Saint St Mr Mrs Dr Sir Lord Lady Pope General Colonel Captain Professor
    Modern Ancient Early Medieval Northern Southern Eastern Western Central Young Old Judge Senator Governor God
    """
)
_NEXT = re.compile(r"[ -]([^\W\d_]+)")
_NO_ADVERBS = word_set("family assembly supply monopoly ally anomaly early daily")
_QUOTES = re.compile(r"[\"“”«»]")
_MOST_QUOTED = 0.4
_SUBJECT_OPENING = 16
"""A mask within the first so many characters is what the sentence speaks of."""
_LONGEST_ANCHORED = 4
_NOTHING_TO_GO_BY = 3.5
"""Below what an article with enough clues takes, above what is about something else."""


class Taste:
    """Judges the clues of one article."""

    def __init__(self, anchors: Iterable[str], lead: Iterable[str], *, head: str = "", is_life: bool) -> None:
        """`anchors` are the texts of the article's links, `lead` its first section's sentences, `head` is what it is
        ("film"), `is_life` tells that it is about one person."""
        self._head = head.lower()
        told = list(lead)
        self._is_group = bool(self._head in _GROUPS or (told and _GROUP_OF.search(told[0])))
        self._central = {name for text in told for name in _LATER_NAME.findall(text)} - MONTHS_AND_NATIONS
        self._anchors: dict[str, set[str]] = {}
        self._is_life = is_life
        for anchor in anchors:
            first = WORD.search(anchor) if len(anchor) >= _LONGEST_ANCHORED else None
            if first and (anchor[0].isupper() or WORD.search(anchor, first.end())):
                self._anchors.setdefault(first[0], set()).add(anchor)

    def worth(
        self,
        clue: str,
        section: str,
        *,
        means_subject: bool,
        mentions_subject: bool,
        is_derived: bool,
        has_members: bool = False,
    ) -> float:
        """Return how good a clue is, roughly from -9 to 7; much worse when it holds no name, number or link to go by.

        `means_subject` says that the clue's opening pronoun is the subject, `mentions_subject` that another of its
        pronouns may be, `is_derived` that the mask stands for a word made of the answer ("Albanian"), not for the
        answer, `has_members` that this word is a plural ("Albanians").
        """
        mask_at = clue.find(MASK)
        words = WORD.findall(clue)
        lowered = list(map(str.lower, words))
        names = len(_NAME.findall(clue, 1))
        numbers = len(_NUMBER.findall(clue))
        linked = sum(anchor in clue for word in self._anchors.keys() & words for anchor in self._anchors[word])
        years = len(_YEAR.findall(clue)) if numbers else 0
        if mask_at >= 0:
            value = 3.0 if mask_at < _SUBJECT_OPENING else 2.0
            if is_derived:
                value -= 1.0 if self._is_group or (_is_adjective(clue, mask_at) and not has_members) else _MISLEADING
            if clue.startswith('"', mask_at - 1) and clue.startswith('"', mask_at + len(MASK)):
                value -= 1.5
            if _is_part_of_name(clue, mask_at):
                value -= 4.0 if self._is_life else 3.5
        elif means_subject:
            value = 2.5 if self._is_life else 1.5
        else:
            is_own = mentions_subject and self._is_life
            value = -0.5 if is_own else -2.0 if mentions_subject else -7.0
            value += 0.0 if is_own else min(1.5, 0.75 * len(self._central.intersection(words)))
            value -= 1.5 * bool(_OPENS_WITH_OTHER.match(clue))
        if not (names or numbers or linked):
            value -= _NOTHING_TO_GO_BY
        value += min(3, names) * 0.5 + min(2, linked) * 0.5 + min(2, years) * 0.3
        value += min(_MOST_TASTE, max(_LEAST_TASTE, sum([_TASTE[word] for word in lowered if word in _TASTE])))
        value -= 0.8 * max(0, numbers - years - 1) + 0.4 * max(0, numbers - 3)
        value -= 1.2 * _is_dull(section) + 1.5 * ("%" in clue or "°" in clue)
        value -= 0.8 * (clue.count(",") > 4) + 0.5 * clue.count(";") + 0.6 * clue.count(":") + 0.3 * clue.count("(")
        if numbers and "(" in clue:
            value -= 1.5 * (_CITING.search(clue) is not None) + 4.0 * (_CITED.match(clue) is not None)
        if _QUOTES.search(clue):
            value -= 3.0 if clue[0] in '"“«' else 0.5
        if self._dangles(clue, words):
            value -= _DANGLING
        if numbers and _AS_OF.search(clue):
            value -= 0.8
        return value - 0.5 * (not 60 <= len(clue) <= 200) - 0.5 * (len(words) > 34)

    def _dangles(self, clue: str, words: list[str]) -> bool:
        """Tell whether a clue speaks of "the screenplay" or "the invasion" with nothing before that says which."""
        opening = _BARE.match(clue)
        if opening and opening[1] != self._head and opening[1] not in _GENERAL:
            return True
        counted = None if _COUNTS.isdisjoint(words) else _COUNTED.search(clue)
        if counted and " and " not in clue[: counted.start()]:
            return True
        if SINGLED_OUT.isdisjoint(words):
            return False
        opening_phrase = _OPENING_PHRASE.match(clue)
        start = opening_phrase.end() if opening_phrase else 0
        for found in _THE.finditer(clue):
            noun, before = found[1], clue[: found.start()]
            if noun not in SINGLED_OUT or noun == self._head or noun in before:
                continue
            # Where it was tells of a place, not of a work or an event.
            if not _NAME.search(before, max(1, start)) and not (noun in _PLACES and (MASK in before or start)):
                return True
        return False


@lru_cache(maxsize=1024)
def _is_dull(section: str) -> bool:
    return _DULL_SECTION.search(section) is not None


def _is_adjective(clue: str, mask_at: int) -> bool:
    """Tell whether a mask stands before a noun, as in "the _____ army"."""
    after = _NEXT.match(clue, mask_at + len(MASK))
    if after is None or is_function_word(after[1].lower()) or after[1] in VERBS:
        return False
    return not after[1].endswith("ly") or after[1] in _NO_ADVERBS


def _is_part_of_name(clue: str, mask_at: int) -> bool:
    """Tell whether a mask is a part of another's name: "Mary _____", "_____ la Vella", "anti-_____"."""
    if _GOES_ON.match(clue, mask_at + len(MASK)):
        return True
    before = clue[:mask_at]
    if before.endswith(("-", "–", "'", "’")):
        return True
    if not before.endswith(" "):
        return False
    last = before[:-1].rpartition(" ")[2].lstrip('"“(')
    if not (last[:1].isupper() and last.isalpha()) or last in _BEFORE_NAMES:
        return False
    return not (len(last) + 1 >= len(before.lstrip('"“(')) and is_ordinary(last.lower()))
