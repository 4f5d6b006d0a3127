"""Twenty: the chat asks yes/no questions about a hidden article, twenty at the most, and names it.

Owns the rules of a round: which words are a question, which cost one of the twenty, what is said. Answers are those of
`questions/answer.py` and come from the article's record alone; what it does not tell costs nothing. Pure.
"""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from typing import Final

import msgspec

from article_data.article import Article
from game_state.games.answering import judged
from game_state.games.contract import State
from game_state.games.points import points_for
from game_state.games.questions.answer import Answer, answer
from game_state.games.questions.facts import facts_to_tell
from game_state.games.questions.record import read
from game_state.games.questions.sentences import tokens
from game_state.games.questions.words import is_about_it, is_open, says_not
from game_state.games.round_buttons import help_buttons
from game_state.games.rounds import Say, Scene, Secret, Step, article_of
from languages.voice import Voice

QUESTIONS: Final = 20
"""Questions of a round, for the whole chat."""
LAST_TRY: Final = 3
"""Times the pace that a group has to name the article after the last question."""
_HELPED: Final = 12
"""Players whose hints are counted."""


class Asking(msgspec.Struct, kw_only=True, omit_defaults=True):
    """The state of a round: under 1 KB."""

    count: int = 0
    """Questions that cost one."""
    heard: list[str] = []
    """A checksum of each counted question and "y", "n" or "-" (a wrong name): asking again is free."""
    told: int = 0
    """Facts that hints told."""
    hints: dict[str, int] = {}
    """Hints by player, of the first twelve."""

    @property
    def left(self) -> int:
        """Questions left."""
        return max(0, QUESTIONS - self.count)


class TwentyGame:
    """The rules of Twenty questions."""

    name = "twenty"

    def title(self, voice: Voice) -> str:
        """What players call it."""
        return voice.say("Twenty questions")

    def rules(self, voice: Voice) -> str:
        """Explain the game in two lines."""
        return voice.say(
            "I think of an article. Ask me what can be answered with yes or no: together you have {n} questions.\n"
            "Name it as soon as you know. What I can't tell costs nothing.",
            n=QUESTIONS,
        )

    def open(self, scene: Scene, secret: Secret, article: Article) -> Step | None:
        """Begin with an article of which it is known what it is."""
        if not read(article).kinds:
            return None
        text = scene.voice.say(
            "I am thinking of an article. Ask me yes/no questions, {n} at most, and name it when you know.", n=QUESTIONS
        )
        if not scene.private and scene.stage.hears:
            text = f"{text}\n" + scene.voice.say("Reply to me or mention me, so that I hear you.")
        says = (Say(text=text, buttons=help_buttons(scene.voice, more=True)),)
        return Step(state=_kept(Asking()), says=says, outcome="started")

    def hear(self, scene: Scene, secret: Secret, state: State, words: str) -> Step:
        """Play a question or a guess."""
        asking = _read(state)
        article = article_of(scene, secret)
        verdict = judged(words, article)
        if verdict.kind == "accept":
            return Step(state=state, solved=True, outcome="correct")
        language = scene.voice.language
        found = self._answer(scene, secret, article, words)
        addressed = scene.private or scene.event.message.addressed
        if found.kind in ("not_a_question", "unknown") and verdict.kind != "close" and is_open(words, language):
            if not addressed:
                return Step(state=state, outcome="ignored", active=False)
            text = scene.voice.say("Ask me what can be answered with yes or no, or name it.")
            return Step(state=state, says=(_say(scene, text),), outcome="untold")
        if found.kind == "not_a_question":
            if found.reason == "name" and addressed:
                return self._named(scene, asking, words, is_close=verdict.kind == "close")
            if verdict.kind == "close":
                return Step(state=state, verdict="close", outcome="close")
            if addressed or found.reason == "name":
                return Step(state=state, verdict="wrong", outcome="wrong", over=scene.private and not asking.left)
            return Step(state=state, outcome="ignored", active=False)
        if not addressed and not is_about_it(words, language):
            return Step(state=state, outcome="ignored", active=False)
        return self._answered(scene, asking, words, found)

    def _answer(self, scene: Scene, secret: Secret, article: Article, words: str) -> Answer:
        """Answer in the conversation's language, or else in the article's."""
        year = datetime.fromtimestamp(scene.event.now_ms / 1000, UTC).year
        found = answer(words, article, scene.voice.language, year)
        if found.kind in ("yes", "no") or secret.language == scene.voice.language:
            return found
        other = answer(words, article, secret.language, year)
        return other if found.kind == "not_a_question" or other.kind in ("yes", "no") else found

    def _answered(self, scene: Scene, asking: Asking, words: str, found: Answer) -> Step:
        voice = scene.voice
        if found.kind == "unknown":
            text = (
                voice.say("One thing at a time, please.")
                if found.reason == "or"
                else voice.say("I can't tell. That one is free.")
            )
            return Step(state=_kept(asking), says=(_say(scene, text),), outcome="untold")
        mark = _mark(words, "y" if found.kind == "yes" else "n")
        if mark in asking.heard:
            text = voice.say("You had that one: yes.") if found.kind == "yes" else voice.say("You had that one: no.")
            return Step(state=_kept(asking), says=(_say(scene, text),), outcome="repeated")
        if not asking.left:
            text = voice.say("No questions left: name it now.")
            return Step(state=_kept(asking), says=(_say(scene, text),), outcome="spent")
        asking.count += 1
        asking.heard.append(mark)
        parts = {"n": asking.count, "all": QUESTIONS}
        if says_not(words, voice.language):
            yes, no = (
                voice.say("Yes, it is. ({n} of {all})", **parts),
                voice.say("No, it is not. ({n} of {all})", **parts),
            )
        else:
            yes, no = voice.say("Yes. ({n} of {all})", **parts), voice.say("No. ({n} of {all})", **parts)
        return self._spent(scene, asking, (_say(scene, yes if found.kind == "yes" else no),))

    def _named(self, scene: Scene, asking: Asking, words: str, *, is_close: bool) -> Step:
        """Play "is it Paris?" where it is not: it costs a question, once."""
        mark = _mark(words, "-")
        if asking.left:
            if not is_close and mark not in asking.heard:
                asking.count += 1
                asking.heard.append(mark)
            step = self._spent(scene, asking, ())
        else:
            step = Step(state=_kept(asking), over=scene.private)
        return msgspec.structs.replace(
            step, verdict="close" if is_close else "wrong", outcome="close" if is_close else "wrong"
        )

    def _spent(self, scene: Scene, asking: Asking, says: tuple[Say, ...]) -> Step:
        """Make the step of a question that cost one; after the last, the article is to be named soon."""
        if asking.left:
            return Step(state=_kept(asking), says=says, outcome="answered")
        last = _say(scene, scene.voice.say("That was the last question. What is it?"))
        after_ms = None if scene.private else 1000 * LAST_TRY * scene.pace_s
        return Step(state=_kept(asking), says=(*says, last), outcome="answered", after_ms=after_ms)

    def press(self, scene: Scene, secret: Secret, state: State, value: str) -> Step:
        """There are no buttons."""
        return Step(state=state, outcome="ignored", active=False)

    def ring(self, scene: Scene, secret: Secret, state: State) -> Step:
        """Time to name the article is up."""
        return Step(state=state, over=not _read(state).left, outcome="rung", active=False)

    def hint(self, scene: Scene, secret: Secret, state: State) -> Step:
        """Tell something true of it that does not name it."""
        asking = _read(state)
        facts = facts_to_tell(article_of(scene, secret), scene.voice)
        if asking.told >= len(facts):
            return Step(
                state=state, says=(_say(scene, scene.voice.say("I have no more hints: ask me.")),), outcome="hint"
            )
        text = facts[asking.told]
        asking.told += 1
        if scene.player and (scene.player in asking.hints or len(asking.hints) < _HELPED):
            asking.hints[scene.player] = asking.hints.get(scene.player, 0) + 1
        return Step(state=_kept(asking), says=(_say(scene, text),), outcome="hint")

    def show(self, scene: Scene, secret: Secret, state: State) -> Step:
        """Say how many questions are left."""
        left = _read(state).left
        if left:
            text = scene.voice.count("{n} question is left. Ask me.", "{n} questions are left. Ask me.", left)
        else:
            text = scene.voice.say("No questions left: name it now.")
        return Step(state=state, says=(_say(scene, text),), outcome="shown")

    def worth(self, scene: Scene, secret: Secret, state: State) -> tuple[int, float]:
        """Points by questions asked, and the result for ratings."""
        asking = _read(state)
        progress = asking.count / QUESTIONS
        hints = asking.hints.get(scene.player, 0)
        return points_for(progress, secret.level, hints), max(0.1, 1 - 0.8 * progress - 0.1 * hints)

    def last_clue(self, scene: Scene, secret: Secret, state: State) -> str:
        """Return nothing: answers are no clues."""
        del scene, secret, state
        return ""

    def subject(self, secret: Secret, state: State) -> Secret:
        """Return the round's own article."""
        del state
        return secret

    def closing(self, scene: Scene, secret: Secret, state: State) -> tuple[str, ...]:
        """Tell how many questions it took."""
        count = _read(state).count
        return (scene.voice.count("{n} question was asked.", "{n} questions were asked.", count),) if count else ()


def _say(scene: Scene, text: str) -> Say:
    """Say something in the round. Where only orders and presses reach the bot, buttons are at hand for the next question."""
    return Say(text=text, buttons=() if scene.stage.hears else help_buttons(scene.voice, more=True))


def _read(state: State) -> Asking:
    return msgspec.convert(state, Asking)


def _kept(asking: Asking) -> State:
    kept: State = msgspec.to_builtins(asking)
    return kept


def _mark(words: str, verdict: str) -> str:
    """Return the same short text for the same question, however it is written."""
    return f"{zlib.crc32(' '.join(tokens(words)).encode()):08x}{verdict}"
