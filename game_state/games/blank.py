"""Fill the blank: a sentence of an article with a word missing; letters of the word come one by one.

Owns what is shown of the word, and when. The sentence is kept in the state, so that a round needs no article after its opening.
Which sentence and word is `blank_sentence.py`. Pure.
"""

from __future__ import annotations

from typing import Final
from zlib import crc32

import msgspec
from msgspec.structs import replace

from article_data.article import Article
from article_data.clues.masking import MASK
from article_data.language.words import fold
from game_state.games import blank_sentence
from game_state.games.answering import judged
from game_state.games.contract import State
from game_state.games.hints import next_help_ms, waited, with_hint, worth_of
from game_state.games.round_buttons import help_buttons
from game_state.games.rounds import Say, Scene, Secret, Step
from game_state.games.trying import TALK_WORDS, ignored
from languages.voice import Voice

HIDDEN: Final = "_"


class Blank(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The state."""

    before: str
    word: str
    after: str
    language: str
    order: tuple[int, ...]
    """Places of the letters that help may show, in the order in which they come: at most half of the word."""
    since_ms: int
    """When the last letter, or the sentence, was shown."""
    seen: int = 0
    """Letters of `order` shown so far."""
    asked: dict[str, int] = {}


class BlankGame:
    """The rules of blank."""

    name = "blank"

    def title(self, voice: Voice) -> str:
        """Return what players call it."""
        return voice.say("Fill the blank")

    def rules(self, voice: Voice) -> str:
        """Explain it."""
        return voice.say(
            "I show a sentence with a word missing. Write the word, as often as you like.\n"
            "Letters come one by one: the fewer you need, the more points you get."
        )

    def open(self, scene: Scene, secret: Secret, article: Article) -> Step | None:
        """Show a sentence; an article that has none with a fair word does not suit."""
        seed = scene.event.seed
        chosen = blank_sentence.choose(article, seed)
        if chosen is None:
            return None
        now = Blank(
            before=chosen.before,
            word=chosen.word,
            after=chosen.after,
            language=article.language,
            order=_order(chosen.word, seed),
            since_ms=scene.event.now_ms,
        )
        step = _board(scene, secret, now, outcome="opened")
        # The words around the sentence must not tell it either.
        return None if _shows(step, now.word) else step

    def hear(self, scene: Scene, secret: Secret, state: State, words: str) -> Step:
        """Judge what was written as the missing word: misspelt or in another number it is right, too."""
        del scene, secret
        now = msgspec.convert(state, Blank)
        # The word is judged as the title of an article would be.
        verdict = judged(words, Article(article_id=-1, title=now.word, language=now.language))
        if verdict.kind == "accept":
            return Step(state=state, solved=True, outcome="correct")
        if verdict.reason == "empty":
            return ignored(state)
        if verdict.kind == "close":
            return Step(state=state, verdict="close", outcome="close")
        return Step(state=state, verdict="wrong", outcome="wrong", active=len(words.split()) <= TALK_WORDS)

    def press(self, scene: Scene, secret: Secret, state: State, value: str) -> Step:
        """Ignore it: the game has no buttons of its own."""
        del scene, secret, value
        return ignored(state)

    def ring(self, scene: Scene, secret: Secret, state: State) -> Step:
        """Show one more letter; when half of them are out, the round is over."""
        if scene.private:
            return ignored(state)
        now = msgspec.convert(state, Blank)
        if now.seen >= len(now.order):
            return Step(state=state, over=True, outcome="timeout", active=False)
        return replace(_one_more(scene, secret, now), active=False)

    def hint(self, scene: Scene, secret: Secret, state: State) -> Step:
        """Show one more letter, at the cost of who asked."""
        now = msgspec.convert(state, Blank)
        if now.seen >= len(now.order):
            text = scene.voice.say("I can't give more letters. Have a last guess?")
            return Step(
                state=state, says=(Say(text=text, buttons=help_buttons(scene.voice, more=False)),), outcome="exhausted"
            )
        return _one_more(scene, secret, replace(now, asked=with_hint(now.asked, scene)))

    def show(self, scene: Scene, secret: Secret, state: State) -> Step:
        """Show the sentence and the letters so far."""
        return replace(_board(scene, secret, msgspec.convert(state, Blank), outcome="shown"), after_ms=None)

    def worth(self, scene: Scene, secret: Secret, state: State) -> tuple[int, float]:
        """Return what the word is worth after the letters that came by themselves."""
        now = msgspec.convert(state, Blank)
        came = now.seen - sum(now.asked.values())
        if scene.private:
            return worth_of(scene, secret, now.asked, came / max(1, len(now.order)))
        return worth_of(scene, secret, now.asked, (came + waited(scene, now.since_ms)) / (len(now.order) + 1))

    def last_clue(self, scene: Scene, secret: Secret, state: State) -> str:
        """Return the whole sentence: where it is a clue of the article, it may be reported as one."""
        del scene, secret
        return _sentence(msgspec.convert(state, Blank))

    def subject(self, secret: Secret, state: State) -> Secret:
        """Return the round's own article."""
        del state
        return secret

    def closing(self, scene: Scene, secret: Secret, state: State) -> tuple[str, ...]:
        """Tell the word and the whole sentence."""
        del secret
        now = msgspec.convert(state, Blank)
        return (
            scene.voice.say("The word was: {word}", word=now.word),
            scene.voice.say("The whole sentence: {sentence}", sentence=_sentence(now)),
        )


def letters_of(word: str, seen: tuple[int, ...]) -> str:
    """Return the word as it is shown: "_ _ r _", with the letters at the seen places."""
    return " ".join(letter if place in seen else HIDDEN for place, letter in enumerate(word))


def _order(word: str, seed: int) -> tuple[int, ...]:
    places = sorted(range(len(word)), key=lambda place: crc32(f"{seed}.{place}".encode()))
    return tuple(places[: len(word) // 2])


def _one_more(scene: Scene, secret: Secret, now: Blank) -> Step:
    return _board(scene, secret, replace(now, seen=now.seen + 1, since_ms=scene.event.now_ms), outcome="letter")


def _board(scene: Scene, secret: Secret, now: Blank, *, outcome: str) -> Step:
    voice = scene.voice
    lines = (
        voice.say("From the article {title}:", title=secret.title),
        "",
        f"{now.before}{MASK}{now.after}",
        "",
        voice.count("{n} letter: {letters}", "{n} letters: {letters}", len(now.word), letters=_shown(now)),
    )
    say = Say(text="\n".join(lines), buttons=help_buttons(voice, more=now.seen < len(now.order)), board=True)
    return Step(
        state=msgspec.to_builtins(now),
        says=(say,),
        outcome=outcome,
        after_ms=next_help_ms(scene),
    )


def _sentence(now: Blank) -> str:
    return f"{now.before}{now.word}{now.after}"


def _shown(now: Blank) -> str:
    return letters_of(now.word, now.order[: now.seen])


def _shows(step: Step, word: str) -> bool:
    return any(fold(word) in fold(say.text) for say in step.says)
