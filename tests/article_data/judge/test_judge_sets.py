"""The judge on real verdicts, near titles and misspellings: no change may make it worse than it is.

`make bench-articles` measures the whole sets beside their targets; here parts of them guard the state reached.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from article_data.judge.judging import judge
from article_data.naming import plain_title
from ops.bench.articles_judge import Titles, edit, gold_key, misspellings, near_titles, verdict_rows

DATA = Path(__file__).resolve().parents[3] / ".." / "shared" / "data"

pytestmark = pytest.mark.skipif(not (DATA / "judge").is_dir(), reason="the measuring sets are not beside this checkout")


def test_players_verdicts() -> None:
    rows = [row for row in verdict_rows(DATA) if row.system == "fid" and len(row.gold) >= 2]
    said = [(row.verdict, judge(row.candidate, gold_key(row.gold)).kind) for row in rows]
    accepts = [kind for verdict, kind in said if verdict == "accept"]
    rejects = [kind for verdict, kind in said if verdict == "reject"]
    assert accepts.count("accept") / len(accepts) >= 0.95
    assert rejects.count("accept") / len(rejects) <= 0.025
    assert rejects.count("close") / len(rejects) <= 0.08


def test_titles_of_different_articles_are_told_apart() -> None:
    pairs = near_titles(DATA)
    keys = Titles(title for pair in pairs for title in pair).keys()
    assert len(pairs) >= 286
    assert [pair for pair in pairs if judge(pair[1], keys[pair[0]]).kind == "accept"] == []
    chance = random.Random(7)
    edited = [(one, edit(plain_title(other), chance)) for one, other in pairs for _ in range(10)]
    taken = [(one, guess) for one, guess in edited if judge(guess, keys[one]).kind == "accept"]
    assert len(taken) / len(edited) <= 0.006, taken
    assert all(judge(plain_title(title), key).kind == "accept" for title, key in keys.items())


def test_common_misspellings_are_forgiven() -> None:
    pairs = misspellings(DATA)
    titles = Titles(word for word, _ in pairs)
    some = pairs[::5]
    right = sum(judge(wrong, titles.key(word)).kind == "accept" for word, wrong in some)
    assert right / len(some) >= 0.91
