"""The judge beside its targets: players' verdicts, titles that must be told apart, misspellings, and what a guess costs.

Owns how the measuring sets become answer keys. Called by `articles.py`; alone: `python -m ops.bench.articles_judge DATA`.

How a key is made of a gold list (the title is not marked in it): of the golds without a bracket, the one that is there in
most spellings of capitals and accents is taken for the title, of several the shortest; all others are redirects, and
nobody else is known to have any of the names. Some golds are no names but sentences: what stands before "by" or "who", on
each side of "or", or in a bracket after "accept", is a gold as well. Verdicts are looked at only afterwards.
"""

from __future__ import annotations

import json
import random
import re
import string
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec
from rapidfuzz import process
from rapidfuzz.distance import OSA

from article_data.judge.judging import judge
from article_data.judge.key import AnswerKey, Holder, make_key
from article_data.naming import fold, plain_title
from ops.bench.figures import Figure

EDITS_PER_PAIR: Final = 40
ALIASES: Final = 100
MESSAGE_CHARS: Final = 4096
REPEATS: Final = 5
"""A guess is timed so often, and its median taken: on a shared machine others' work would be counted too."""
SEED: Final = 20_240_501


class Row(msgspec.Struct, frozen=True):
    """One judged candidate of the verdict set."""

    gold: tuple[str, ...]
    candidate: str
    verdict: str
    system: str


class Titles:
    """The titles of a measuring set as all the titles there are, equally popular."""

    def __init__(self, titles: Iterable[str]) -> None:
        self._titles = sorted(set(titles))
        self._folded = [fold(plain_title(title)) for title in self._titles]
        self._called: dict[str, list[str]] = {}
        for title, folded in zip(self._titles, self._folded, strict=True):
            for name in {folded, fold(title)}:
                self._called.setdefault(name, []).append(title)

    def holders(self, name: str) -> Sequence[Holder]:
        """Return the titles that are this name, with or without their bracket."""
        return [Holder(title, 1.0, "title") for title in self._called.get(name, ())]

    def near(self, name: str) -> Sequence[Holder]:
        """Return the titles up to 3 edits away."""
        found = process.extract(name, self._folded, scorer=OSA.distance, score_cutoff=3, limit=None)
        return [Holder(self._titles[index], 1.0, "title") for _, _, index in found]

    def key(self, title: str) -> AnswerKey:
        """Make a title's key, with its neighbours among the others."""
        return make_key(title, namesakes=self)

    def keys(self) -> dict[str, AnswerKey]:
        """Make the keys of all titles."""
        return {title: self.key(title) for title in self._titles}


def measure(data: Path) -> list[Figure]:
    """Measure the judge on the sets in `data`; takes about a minute."""
    rows = verdict_rows(data)
    return [*_verdicts(rows), *_near_titles(near_titles(data)), _misspellings(misspellings(data)), *_costs(rows)]


def verdict_rows(data: Path) -> list[Row]:
    """Read the set of human verdicts."""
    with (data / "judge" / "triviaqa-human-verdicts.jsonl").open(encoding="utf-8") as lines:
        return [msgspec.convert(json.loads(line), Row) for line in lines]


def near_titles(data: Path) -> list[tuple[str, str]]:
    """Read the pairs of titles that are 1 to 3 letters apart, both ways round."""
    lines = (data / "judge" / "near-title-rejects.tsv").read_text(encoding="utf-8").splitlines()[1:]
    named = [line.split("\t")[:2] for line in lines]
    return [pair for first, second in named for pair in ((first, second), (second, first))]


def misspellings(data: Path) -> list[tuple[str, str]]:
    """Read single words of 6 letters and more, each with a misspelling."""
    pairs: list[tuple[str, str]] = []
    word = ""
    for line in (data / "typos" / "wikipedia-misspellings.dat").read_text(encoding="latin-1").split():
        if line.startswith("$"):
            word = line[1:]
        elif len(word) >= 6 and word.isalpha() and line.isalpha():
            pairs.append((word, line))
    return pairs


def gold_key(gold: Sequence[str]) -> AnswerKey:
    """Make a key of a gold list, as told above."""
    names = list(dict.fromkeys(part for text in gold for part in (text, *_parts(text))))
    often = Counter(fold(name) for name in names)
    names.sort(key=lambda name: ("(" in name, -often[fold(name)], len(name), name))
    return make_key(names[0], redirects=names[1:])


_ALTERNATIVES = re.compile(r"\s+(?:or|OR)\s+|;\s+")
_ADDITION = re.compile(r",\s+(?:who|which|whose|where|when|in|on|with|from)\b.*|\s+by\s+(?=[A-Z]).*|\s+Errata:.*")
_ALSO = re.compile(r"\(\s*accept\s+(?:also\s+)?([^()]+)\)", re.IGNORECASE)


def _parts(gold: str) -> Iterator[str]:
    """Yield the names inside a gold that is more than a name."""
    yield from _ALSO.findall(gold)
    short = _ADDITION.sub("", gold)
    for part in (short, *_ALTERNATIVES.split(short)):
        if part != gold and part.strip():
            yield part


def _verdicts(rows: Sequence[Row]) -> Iterator[Figure]:
    short = [row for row in rows if row.system == "fid"]
    said = [(row, judge(row.candidate, gold_key(row.gold)).kind) for row in short]

    def share(verdict: str, kinds: set[str], golds: int) -> float:
        counted = [kind in kinds for row, kind in said if row.verdict == verdict and len(row.gold) >= golds]
        return 100 * sum(counted) / len(counted)

    for golds, rows_of, target in ((2, "rows with 2 golds or more", 97), (1, "all rows", 92)):
        right, wrong = share("accept", {"accept"}, golds), share("reject", {"accept"}, golds)
        yield Figure(
            what=f"judge, human verdicts, {rows_of}: of accepts, of rejects accepted",
            target=f"{target} %, at most 2 %",
            measured=f"{right:.1f} %, {wrong:.2f} %",
            met=right >= target and wrong <= 2,
        )
    right, near = share("accept", {"accept", "close"}, 1), share("reject", {"close"}, 1)
    yield Figure(
        what="judge, human verdicts, all rows: of accepts accepted or close, of rejects close",
        target="98 %, at most 8 %",
        measured=f"{right:.1f} %, {near:.1f} %",
        met=right >= 98 and near <= 8,
    )


def _near_titles(pairs: Sequence[tuple[str, str]]) -> Iterator[Figure]:
    keys = Titles(title for pair in pairs for title in pair).keys()
    accepted = sum(judge(other, keys[one]).kind == "accept" for one, other in pairs)
    yield Figure(
        what=f"judge, titles 1 to 3 letters apart ({len(pairs)} ways), neighbours in the key: accepted for one another",
        target="0",
        measured=str(accepted),
        met=accepted == 0,
    )
    chance = random.Random(SEED)
    edited = [(one, edit(plain_title(other), chance)) for one, other in pairs for _ in range(EDITS_PER_PAIR)]
    accepted = sum(judge(guess, keys[one]).kind == "accept" for one, guess in edited)
    became = sum(fold(guess) in {fold(one), fold(plain_title(one))} for one, guess in edited)
    share = 100 * accepted / len(edited)
    yield Figure(
        what=f"the same with one random edit of the other title ({len(edited)} guesses)",
        target="0.5 %",
        measured=f"{share:.2f} % ({100 * became / len(edited):.2f} % have become the very title)",
        met=share <= 0.5,
    )


def edit(text: str, chance: random.Random) -> str:
    """Return `text` with one letter left out, added, changed, or swapped with the next."""
    place, letter = chance.randrange(len(text)), chance.choice(string.ascii_lowercase)
    before, here, after = text[:place], text[place], text[place + 1 :]
    return before + chance.choice((after, letter + here + after, letter + after, after[:1] + here + after[1:]))


def _misspellings(pairs: Sequence[tuple[str, str]]) -> Figure:
    keys = Titles(word for word, _ in pairs).keys()
    share = 100 * sum(judge(wrong, keys[word]).kind == "accept" for word, wrong in pairs) / len(pairs)
    return Figure(
        what=f"judge, {len(pairs)} misspellings of single words of 6 letters and more, the others as titles: accepted",
        target="92 %",
        measured=f"{share:.1f} %",
        met=share >= 92,
    )


def _costs(rows: Sequence[Row]) -> Iterator[Figure]:
    golds = next(row.gold for row in rows if len(row.gold) > ALIASES)
    key = make_key(golds[0], redirects=golds[1 : ALIASES + 1])
    guesses = [row.candidate for row in rows if row.system == "fid" and row.gold != golds]
    wrong = [guess for guess in guesses if judge(guess, key).kind != "accept"]
    costs = sorted(_cost_us(guess, key) for guess in wrong)
    worst = costs[len(costs) * 99 // 100]
    yield Figure(
        what=f"judge, {len(costs)} wrong guesses against {ALIASES} aliases: median, p99",
        target="p99 under 60 \N{MICRO SIGN}s",
        measured=f"{costs[len(costs) // 2]:.0f} \N{MICRO SIGN}s, {worst:.0f} \N{MICRO SIGN}s",
        met=worst < 60,
    )
    storms = (
        "x",
        "is it ",
        " ",
        "\u0301",
        "\ufdfa",
        "a b c ",
        "\u0416",
        "1 ",
        "one hundred and ",
        "\ud800",
        "\U0001f600",
    )
    cost = max(_cost_us((text * MESSAGE_CHARS)[:MESSAGE_CHARS], key) for text in storms)
    yield Figure(
        what=f"judge, a message of {MESSAGE_CHARS} characters, the dearest of {len(storms)} kinds",
        target="under 1 ms",
        measured=f"{cost / 1000:.2f} ms",
        met=cost < 1000,
    )


def _cost_us(guess: str, key: AnswerKey) -> float:
    """Return how many microseconds a judgement takes."""
    costs = []
    for _ in range(REPEATS):
        start = time.perf_counter_ns()
        judge(guess, key)
        costs.append(time.perf_counter_ns() - start)
    return sorted(costs)[REPEATS // 2] / 1000


if __name__ == "__main__":
    for figure in measure(Path(sys.argv[1])):
        print(f"{'met   ' if figure.met else 'MISSED'} {figure.what}: {figure.measured} (target {figure.target})")
