"""A player names the round's article: judged also while the store is away, as far as the title alone tells.

Owns what a try is worth answering with, for the games that are won by naming the article. The verdict is the judge's. Pure.
"""

from __future__ import annotations

from typing import Final

from article_data.judge.judging import judge
from game_state.games.answering import judged, title_key
from game_state.games.contract import State
from game_state.games.rounds import Scene, Secret, Step, Unreachable, article_of

TALK_WORDS: Final = 8
"""A wrong text of more words is talk: it keeps no round awake."""


def try_to_name(scene: Scene, secret: Secret, state: State, words: str) -> Step:
    """Return the step of a try: solved, or a verdict that the host answers. The state stays as it is.

    Raises Unreachable only for who waits for an answer: in a group's talk nothing is said about the store.
    """
    try:
        verdict = judged(words, article_of(scene, secret))
    except Unreachable:
        verdict = judge(words, title_key(secret.title))
        waits = scene.private or scene.event.message.addressed
        if verdict.kind == "close" or (verdict.kind == "reject" and waits):
            raise
    if verdict.kind == "accept":
        return Step(state=state, solved=True, outcome="correct")
    if verdict.reason == "empty":
        return ignored(state)
    if verdict.kind == "close":
        return Step(state=state, verdict="close", outcome="close")
    return Step(state=state, verdict="wrong", outcome="wrong", active=len(words.split()) <= TALK_WORDS)


def ignored(state: State) -> Step:
    """Return the step of what the game makes nothing of."""
    return Step(state=state, outcome="ignored", active=False)
