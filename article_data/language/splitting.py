"""Paragraphs to sentences: Punkt's decisions, asked only where there is something to decide.

Owns sentence boundaries. Called by `Language.sentences`. One expression finds every mark that may end a sentence; where
the word before it is plain and no abbreviation, Punkt's answer is always yes and is not asked for (nine marks of ten);
the others are put to NLTK's `PunktSentenceTokenizer`, and answers about numbers and initials are remembered. Without the
corrections below the sentences equal NLTK's own, at a sixth of its time.

Deliberately otherwise than NLTK (each only ever joins what NLTK parts, but for the marks of other scripts):
- a title or "e.g." never ends a sentence ("Dr. Brown"), nor does "No.", "c.", "vol." before a number;
- an initial before another, or inside a name, ends none ("J. R. R. Tolkien", "George M. Low", "B.L. Harbert");
- no sentence begins with a small letter ("Yahoo! is a company", "“Why?” he asked"), but for names such as "iPhone", nor with
  a remark or a dash in its middle ("What Is Property? (1840), he wrote", "(died 1979.) — a painter");
- none ends inside a round bracket that closes later in the paragraph: half a bracket is no sentence;
- the full stops of other scripts (ideographic, Devanagari, Armenian, Khmer, Arabic ...) end one, with their closing quotes.
"""

# ruff: noqa: RUF001 - punctuation of other scripts on purpose

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from article_data.language.abbreviations import BEFORE_NUMBERS, NEVER_END

CLAUSE_CHARS = 60
"""In languages that mark no sentence's end, clauses are put together until they are this long."""

_OTHER_ENDS = re.compile(r"[。！？｡।॥։።؟۔။༎]++[」』”’）〉》】]*+(?![，、；：的])\s*")
_HAS_OTHER = re.compile("[。！？｡।॥։።؟۔។။༎]")
# What may end a sentence, with what follows it: the definition of PunktLanguageVars, as one expression.
_CANDIDATE = re.compile(r"[.?!](?=[)\";}\]*:@'({\[\u2018\u2019\u201c\u201d\xab\xbb?!]|\s+(\S+))")
_CLOSERS = frozenset("\"')]}\u2018\u2019\u201c\u201d\xab\xbb")
_REALIGNED = re.compile(r"[\"')\]}\u2018\u2019\u201c\u201d\xab\xbb]+?(?:\s+|(?=--)|$)", re.MULTILINE)
# A word of two letters or more that Punkt reads as one token, behind opening marks; the hyphenated part counts alone too.
_OPENING = "([\"'\u201c\u2018\xab"
_INITIAL = re.compile(r"[^\W\d_]\.")
_INITIALS = re.compile(r"[A-Z]\.[A-Z]")
_COUNTRIES = frozenset(("u.s", "u.k", "u.n"))
_BEFORE_COUNTRIES = frozenset(
    ["the", "in", "to", "from", "of", "and", "within", "across", "outside", "throughout", "entire"]
)
_ABBREVIATED = re.compile(r"[ ]\([^()]*?\b(?=[^\W\d_A-Z])[^\W\d_]{1,4}\.\)\Z")
"""A remark that ends with an abbreviation, inside a sentence: "in Riga (now Vorkova distr.) County"."""
_DEGREES = frozenset(("theol", "phil", "med", "jur", "hist", "habil", "philol", "rer", "nat", "paed", "art", "sc"))
"""What follows "Dr." in most languages, written small, before the name."""
_NO_FORENAMES = frozenset(("U.S", "U.K", "U.N", "E.U", "D.C", "B.C", "A.D", "A.M", "P.M", "L.A", "N.Y"))
_PLAIN = re.compile(r"[(\[\"'\u201c\u2018\xab]*((?:[^\W\d_]+-)*([^\W\d_]{2,}))")
_NUMBER = re.compile(r"[(\[]?\d+(?:[,.-]\d+)*")
LONGEST_WORD_CHARS = 1000
"""Of a longer word only so much is put to Punkt: it is damage, and would cost seconds."""
BRACKET_CHARS = 600
"""A bracket that is longer than this is none: somebody forgot to close it."""
_YEAR_OR_NAME = re.compile(r"(?:\([^()]{1,60}\)\s?){1,3}(?:[,;:\u2013\u2014]|(?<=\s)[^\W\d_A-ZА-Я])")
"""A bracket in the middle of a sentence, after a title or an abbreviation: "What Is Property? (1840), he wrote"."""
_BLANKS = str.maketrans("\t\n\r\x0b\x0c", "     ")
_REMEMBERED = 200_000
"""Answers kept at most."""


class Splitter:
    """Splits one language's paragraphs with one Punkt tokenizer; without a code, as NLTK does, uncorrected.

    `function_words` are folded words that are no surnames, so that an initial before one may end a sentence.
    """

    def __init__(self, punkt: Any, code: str | None, *, function_words: frozenset[str] = frozenset()) -> None:
        self._punkt = punkt
        parameters = punkt._params
        self._doubtful: frozenset[str] = frozenset(parameters.abbrev_types) | {
            first for first, _ in parameters.collocations
        }
        self._starters: frozenset[str] = function_words | parameters.sent_starters
        self._corrects = code is not None
        self._has_ordinals = code not in (None, "en")
        self._never_ends = NEVER_END.get(code or "", frozenset())
        self._before_numbers = BEFORE_NUMBERS.get(code or "", frozenset())
        self._answers: dict[str, bool] = {}

    def split(self, paragraph: str) -> list[str]:
        """Return a paragraph's sentences in order, each without blanks at its ends; nothing else is lost."""
        if _HAS_OTHER.search(paragraph) is None:
            return self._split_piece(paragraph)
        sentences: list[str] = []
        start = 0
        for match in _OTHER_ENDS.finditer(paragraph):
            sentences.extend(self._split_piece(paragraph[start : match.end()]))
            start = match.end()
        sentences.extend(self._split_piece(paragraph[start:]))
        return sentences

    def _split_piece(self, text: str) -> list[str]:
        spans = self.spans(text)
        if self._corrects and len(spans) > 1:
            spans = _joined(text, spans)
        return [sentence for start, end in spans if (sentence := text[start:end].strip())]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where Punkt's sentences start and end, closing marks set to the sentence that they close."""
        spans: list[tuple[int, int]] = []
        last = 0
        realign = False
        for match in self._boundaries(text):
            end = match.end()
            spans.append((last, end))
            last = match.start(1) if match[1] is not None else end
            realign = realign or text[last : last + 1] in _CLOSERS
        spans.append((last, len(text.rstrip())))
        return list(_realigned(text, spans)) if realign else [span for span in spans if span[0] < span[1]]

    def _boundaries(self, text: str) -> Iterator[re.Match[str]]:
        blanked = text.translate(_BLANKS) if not text.isprintable() else text
        pending: re.Match[str] | None = None
        pending_start = previous = 0
        for match in _CANDIDATE.finditer(text):
            here = match.start()
            blank = blanked.rfind(" ", previous, here)
            # Of several marks without a blank between them only the last is a candidate, with all of them before it.
            start = pending_start if blank <= previous else blank + 1
            if pending is not None and previous <= start and self._ends(text, pending_start, pending):
                yield pending
            pending, pending_start, previous = match, start, here
        if pending is not None and self._ends(text, pending_start, pending):
            yield pending

    def _ends(self, text: str, start: int, mark: re.Match[str]) -> bool:
        """Tell whether a mark ends a sentence; the word before it begins at `start`."""
        here = mark.start()
        start = max(start, here - LONGEST_WORD_CHARS)
        follower = mark[1] or ""
        is_period = mark[0] == "."
        if is_period and follower and self._is_inside(text, start, here, follower):
            return False
        if is_period and self._corrects and here - start == 1 and text[start].isupper() and self._is_opener(follower):
            return True
        plain = _PLAIN.fullmatch(text, start, here)
        if plain is not None and (
            not is_period or (plain[1].lower() not in self._doubtful and plain[2].lower() not in self._doubtful)
        ):
            return True
        after = text[here + 1 : mark.end(1) if follower else here + 2]
        # All numbers are one to Punkt, so that the answer about one hangs on the next word alone.
        word = "0" if is_period and _NUMBER.fullmatch(text, start, here) else text[start:here]
        context = f"{word}{mark[0]}{after}"
        answer = self._answers.get(context)
        if answer is None:
            answer = bool(self._punkt.text_contains_sentbreak(context))
            if len(self._answers) >= _REMEMBERED:
                self._answers.clear()
            self._answers[context] = answer
        return answer

    def _is_inside(self, text: str, start: int, here: int, follower: str) -> bool:
        """Tell whether a period after a word can end no sentence, whatever Punkt thinks: our corrections."""
        word = text[start:here].lstrip(_OPENING)
        if len(word) == 1:
            return self._corrects and word.isupper() and self._is_initial(text, start, follower)
        folded = word.lower()
        if folded in self._never_ends:
            return True
        if word in _DEGREES and text[max(0, start - 12) : start].rstrip().endswith("."):
            return True
        if folded in _COUNTRIES and self._corrects and follower[0].isupper():
            # "In the U.S." may end a sentence, "several U.S. highways" may not.
            before = text[max(0, start - 30) : start].split()
            return (
                bool(before) and before[-1].lower() not in _BEFORE_COUNTRIES and follower.lower() not in self._starters
            )
        if self._corrects and _INITIALS.fullmatch(word) is not None and word not in _NO_FORENAMES:
            return follower[0].isupper() and follower.rstrip(",.;:").lower() not in self._starters
        if self._has_ordinals and len(word) < 3 and word.isdecimal() and follower[0].isupper():
            # "A politician, 44. President": after a comma that ends no list of numbers it counts what follows.
            before = text[max(0, start - 30) : start].split()
            return bool(before) and before[-1][-1] == "," and before[-1][:-1].isalpha()
        return follower[0].isdigit() and folded in self._before_numbers

    def _is_opener(self, follower: str) -> bool:
        """Tell whether what follows an initial is a word that begins sentences ("Building A. The"), and no surname."""
        return (
            len(follower) > 1 and follower[0].isupper() and follower[-1] != "." and follower.lower() in self._starters
        )

    def _is_initial(self, text: str, start: int, follower: str) -> bool:
        """Tell whether a capital letter with a period is part of a name: another initial follows, or it stands in one."""
        if _INITIAL.match(follower):
            return True
        before = text[max(0, start - 30) : start].split()
        return (
            bool(before)
            and before[-1][0].isupper()
            and (before[-1].removesuffix(",").isalpha() or _INITIAL.fullmatch(before[-1]) is not None)
            and follower[0].isupper()
            and follower.rstrip(",.;:").lower() not in self._starters
            and len(before) > 1
        )


def split_clauses(paragraph: str) -> list[str]:
    """Part a paragraph of a language without full stops at its blanks, into pieces of `CLAUSE_CHARS` characters or more."""
    pieces: list[str] = []
    piece = ""
    for clause in paragraph.split():
        piece = f"{piece} {clause}" if piece else clause
        if len(piece) >= CLAUSE_CHARS:
            pieces.append(piece)
            piece = ""
    if piece:
        pieces.append(piece)
    return pieces


def _joined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Put together what was parted before a small letter, or inside a round bracket that closes within `BRACKET_CHARS`."""
    joined: list[tuple[int, int]] = []
    opened = 0
    for start, end in spans:
        if joined:
            first = joined[-1][0]
            inside = opened > 0 and end - first <= BRACKET_CHARS and _closes(text, first, start, opened)
            if inside or _goes_on(text, start) or _ABBREVIATED.search(text, first + 1, joined[-1][1]):
                joined[-1] = (first, end)
                opened += text.count("(", start, end) - text.count(")", start, end)
                continue
        joined.append((start, end))
        opened = text.count("(", start, end) - text.count(")", start, end)
    return joined


def _closes(text: str, first: int, start: int, opened: int) -> bool:
    """Tell whether brackets that are open at `start` are closed before the sentence from `first` on is too long for one."""
    limit = first + BRACKET_CHARS
    while opened > 0:
        closing = text.find(")", start, limit)
        if closing < 0:
            return False
        opened += text.count("(", start, closing) - 1
        start = closing + 1
    return True


def _goes_on(text: str, start: int) -> bool:
    """Tell whether what begins here goes on with the sentence before: a small letter, but no "iPhone"; a remark; a dash."""
    if text[start] == "(":
        return text[start + 1 : start + 2].islower() or _YEAR_OR_NAME.match(text, start) is not None
    if text.startswith(("'s ", "’s "), start):
        return True
    if text.startswith("...", start):
        return text[start + 3 : start + 5].strip()[:1].islower()
    if text[start] in "–—-" and text[start + 1 : start + 2] == " ":
        return text[start + 2 : start + 3].islower()
    return (text[start].islower() and not text[start + 1 : start + 2].isupper()) or text[start] in ";:)"


def _realigned(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    moved = 0
    for (start, end), following in zip(spans, (*spans[1:], None), strict=True):
        start += moved
        if following is None:
            if start < end:
                yield start, end
            return
        closing = _REALIGNED.match(text, following[0], following[1])
        if closing is not None:
            yield start, following[0] + len(closing[0].rstrip())
            moved = closing.end() - following[0]
        else:
            moved = 0
            if start < end:
                yield start, end
