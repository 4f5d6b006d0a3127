"""Guess the article: clues from the hardest to the easiest, and whoever names the article first gets the points.

Owns when a clue comes: in a group every pace and whenever somebody asks, alone only when asked for. Which clue is
next is `guess_clues.py`. Pure.
"""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec.structs import replace

from article_data.article import Article
from game_state.games import guess_clues
from game_state.games.contract import State
from game_state.games.guess_clues import Clue
from game_state.games.hints import next_help_ms, waited, with_hint, worth_of
from game_state.games.round_buttons import help_buttons
from game_state.games.rounds import Say, Scene, Secret, Step, article_of
from game_state.games.trying import ignored, try_to_name
from languages.voice import Voice

FEWEST_CLUES: Final = 2


class Guess(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The state."""

    marks: tuple[int, ...]
    """The article's clues as they were when the round began, in order, each by its mark: the texts stay in the store. Empty in a
    round that an earlier release began: then the clues as they are now."""
    shown: int
    """Clues passed so far, from 1."""
    since_ms: int
    """When the last one was shown."""
    asked: dict[str, int] = {}


class GuessGame:
    """The rules of guess."""

    name = "guess"

    def title(self, voice: Voice) -> str:
        """Return what players call it."""
        return voice.say("Guess the article")

    def rules(self, voice: Voice) -> str:
        """Explain it."""
        return voice.say(
            "I give clues to an article, the hardest first. Write what you think it is, as often as you like.\n"
            "The fewer clues you need, the more points you get."
        )

    def open(self, scene: Scene, secret: Secret, article: Article) -> Step | None:
        """Give the first clue; an article with a single clue does not suit."""
        del secret
        marks = guess_clues.marks_of(article)
        if len(marks) < FEWEST_CLUES:
            return None
        now = Guess(marks=marks, shown=0, since_ms=scene.event.now_ms)
        clue = guess_clues.after(article, marks, 0)
        return None if clue is None else _give(scene, now, clue)

    def hear(self, scene: Scene, secret: Secret, state: State, words: str) -> Step:
        """Judge what was written as a guess."""
        return try_to_name(scene, secret, state, words)

    def press(self, scene: Scene, secret: Secret, state: State, value: str) -> Step:
        """Ignore it: the game has no buttons of its own."""
        del scene, secret, value
        return ignored(state)

    def ring(self, scene: Scene, secret: Secret, state: State) -> Step:
        """Give the next clue; when all are out, the round is over."""
        if scene.private:
            return ignored(state)
        article = article_of(scene, secret)
        now = _known(state, article)
        clue = guess_clues.after(article, now.marks, now.shown)
        if clue is None:
            return Step(state=state, over=True, outcome="timeout", active=False)
        return replace(_give(scene, now, clue), active=False)

    def hint(self, scene: Scene, secret: Secret, state: State) -> Step:
        """Give the next clue, at the cost of who asked."""
        article = article_of(scene, secret)
        now = _known(state, article)
        clue = guess_clues.after(article, now.marks, now.shown)
        if clue is None:
            text = scene.voice.say("Those were all the clues. Have a last guess?")
            return Step(
                state=state, says=(Say(text=text, buttons=help_buttons(scene.voice, more=False)),), outcome="exhausted"
            )
        return _give(scene, replace(now, asked=with_hint(now.asked, scene)), clue)

    def show(self, scene: Scene, secret: Secret, state: State) -> Step:
        """Show the clues so far."""
        article = article_of(scene, secret)
        now = _known(state, article)
        clues = guess_clues.so_far(article, now.marks, now.shown)
        lines = [scene.voice.say("The clues so far:"), *(f"{clue.number}. {clue.text}" for clue in clues)]
        more = guess_clues.after(article, now.marks, now.shown) is not None
        return Step(
            state=state,
            says=(Say(text="\n".join(lines), buttons=help_buttons(scene.voice, more=more)),),
            outcome="shown",
        )

    def worth(self, scene: Scene, secret: Secret, state: State) -> tuple[int, float]:
        """Return what naming it is worth after the clues that came by themselves."""
        now = msgspec.convert(state, Guess)
        came = now.shown - 1 - sum(now.asked.values())
        if scene.private:
            return worth_of(scene, secret, now.asked, came / max(1, len(now.marks) - 1))
        return worth_of(scene, secret, now.asked, (came + waited(scene, now.since_ms)) / max(1, len(now.marks)))

    def last_clue(self, scene: Scene, secret: Secret, state: State) -> str:
        """Return the clue that was shown last; "" when the article has it no more."""
        article = article_of(scene, secret)
        now = _known(state, article)
        clues = guess_clues.so_far(article, now.marks, now.shown)
        return clues[-1].text if clues and clues[-1].number == now.shown else ""

    def subject(self, secret: Secret, state: State) -> Secret:
        """Return the round's own article."""
        del state
        return secret

    def closing(self, scene: Scene, secret: Secret, state: State) -> tuple[str, ...]:
        """Add nothing: title, summary and link say it all."""
        del scene, secret, state
        return ()


def _known(state: State, article: Article) -> Guess:
    """Read the state; a round that an earlier release began has the clues as they are now."""
    now = msgspec.convert(state, Guess)
    return now if now.marks else replace(now, marks=guess_clues.marks_of(article))


def _give(scene: Scene, now: Guess, clue: Clue) -> Step:
    """Show a clue; in a group the next one is on its way."""
    voice, total = scene.voice, len(now.marks)
    if now.shown == 0:
        text = voice.say("Which article is this? Clue {number} of {total}:", number=clue.number, total=total)
    elif clue.number == total:
        text = voice.say("The last clue:")
    else:
        text = voice.say("Clue {number} of {total}:", number=clue.number, total=total)
    after = replace(now, shown=clue.number, since_ms=scene.event.now_ms)
    say = Say(text=f"{text}\n\n{clue.text}", buttons=help_buttons(voice, more=clue.number < total))
    return Step(
        state=msgspec.to_builtins(after),
        says=(say,),
        outcome="clue",
        after_ms=next_help_ms(scene),
    )
