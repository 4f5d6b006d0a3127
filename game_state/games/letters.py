"""Letters: the title as blanks, which everybody fills letter by letter before the misses run out.

Owns what a letter and a whole title lead to. Misses are the chat's; in a group a player waits a moment after each letter, so
that everybody gets one in. How the blanks look is `letters_cells.py`. Pure.
"""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec.structs import replace

from article_data.article import Article
from game_state.games.contract import State
from game_state.games.hints import ID_LENGTH, with_hint, worth_of
from game_state.games.letters_cells import blanks, cells_of, hidden_in, letter_in
from game_state.games.round_buttons import help_buttons
from game_state.games.rounds import Award, Say, Scene, Secret, Step
from game_state.games.trying import ignored, try_to_name
from languages.voice import Voice

MOST_MISSES: Final = 7
LETTER_PAUSE_MS: Final = 2000
"""A player's next letter counts so long after the last."""
TITLE_PAUSE_MS: Final = 5000
"""And so long after a wrong title."""
POINTS_A_LETTER: Final = 1
SHORTEST_TITLE: Final = 3
"""Letters of a text that counts as a try to name the title."""
MORE_WORDS: Final = 3
"""Words that a try may have more than the title ("is it maybe ..."); longer texts are talk."""
MOST_PAUSED: Final = 12
"""Players whose pauses are kept: within five seconds hardly more play."""
_HEART, _GONE = "\u2764\ufe0f", "\U0001f5a4"


class Letters(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The state. The title itself is the secret's."""

    found: tuple[str, ...] = ()
    """Folded letters that are in the title, in the order in which they came."""
    given: tuple[str, ...] = ()
    """Those of them that hints gave in a group."""
    wrong: tuple[str, ...] = ()
    misses: int = 0
    """Wrong letters, and alone wrong titles."""
    paused: dict[str, int] = {}
    """Until when each player's letters do not count, Unix milliseconds."""
    asked: dict[str, int] = {}
    hints: int = 0


class LettersGame:
    """The rules of letters."""

    name = "letters"

    def title(self, voice: Voice) -> str:
        """Return what players call it."""
        return voice.say("Letters")

    def rules(self, voice: Voice) -> str:
        """Explain it."""
        return voice.say(
            "The title of an article is hidden. Write a letter to uncover it, or the whole title at any time.\n"
            "Each new letter is a point; {misses} wrong ones end the round.",
            misses=MOST_MISSES,
        )

    def open(self, scene: Scene, secret: Secret, article: Article) -> Step | None:
        """Show the blanks; a title that is too short, too long or not of letters does not suit."""
        if article.title != secret.title or cells_of(secret.title) is None:
            return None
        return _board(scene, secret, Letters(), outcome="opened")

    def hear(self, scene: Scene, secret: Secret, state: State, words: str) -> Step:
        """Play a single letter, or judge a longer text as the whole title."""
        now = msgspec.convert(state, Letters)
        letter = letter_in(words)
        if letter is not None:
            return _letter(scene, secret, now, state, letter)
        if sum(map(str.isalnum, words)) < SHORTEST_TITLE:
            # Too short to be meant as the title: alone it is answered and costs nothing.
            return replace(ignored(state), verdict="wrong", outcome="wrong") if scene.private else ignored(state)
        tried = try_to_name(scene, secret, state, words)
        if tried.solved or not tried.verdict or _is_done(secret, now):
            return tried
        if len(words.split()) > len(secret.title.split()) + MORE_WORDS:
            return replace(tried, active=False)
        return _wrong_title(scene, secret, now, tried)

    def press(self, scene: Scene, secret: Secret, state: State, value: str) -> Step:
        """Ignore it: the game has no buttons of its own."""
        del scene, secret, value
        return ignored(state)

    def ring(self, scene: Scene, secret: Secret, state: State) -> Step:
        """Ignore it: nothing comes by itself here."""
        del scene, secret
        return ignored(state)

    def hint(self, scene: Scene, secret: Secret, state: State) -> Step:
        """Show one letter, at the cost of who asked."""
        now = msgspec.convert(state, Letters)
        if not _has_hint(secret, now):
            text = scene.voice.say("I can't give more letters. Who knows the title?")
            return Step(
                state=state, says=(Say(text=text, buttons=help_buttons(scene.voice, more=False)),), outcome="exhausted"
            )
        choices = _unfound(secret, now)
        letter = choices[scene.event.seed % len(choices)]
        after = replace(
            now,
            found=(*now.found, letter),
            given=now.given if scene.private else (*now.given, letter),
            asked=with_hint(now.asked, scene),
            hints=now.hints + 1,
        )
        return _board(scene, secret, after, outcome="letter")

    def show(self, scene: Scene, secret: Secret, state: State) -> Step:
        """Show the blanks as they are."""
        return _board(scene, secret, msgspec.convert(state, Letters), outcome="shown")

    def worth(self, scene: Scene, secret: Secret, state: State) -> tuple[int, float]:
        """Return what the title is worth after the share of it that players uncovered."""
        now = msgspec.convert(state, Letters)
        every = hidden_in(secret.title, ())
        found = [letter for letter in now.found if letter not in now.given]
        open_now = len(every) - len(hidden_in(secret.title, found))
        return worth_of(scene, secret, now.asked, open_now / max(1, len(every)))

    def last_clue(self, scene: Scene, secret: Secret, state: State) -> str:
        """Return "": the game shows no clue."""
        del scene, secret, state
        return ""

    def subject(self, secret: Secret, state: State) -> Secret:
        """Return the round's own article."""
        del state
        return secret

    def closing(self, scene: Scene, secret: Secret, state: State) -> tuple[str, ...]:
        """Add nothing: the title is what was asked for."""
        del scene, secret, state
        return ()


def _letter(scene: Scene, secret: Secret, now: Letters, state: State, letter: str) -> Step:
    if _is_done(secret, now) or _is_paused(scene, now):
        return ignored(state)
    if letter in now.found or letter in now.wrong:
        if not scene.private:
            return ignored(state)
        text = scene.voice.say("We have had that letter.")
        return Step(state=state, says=(Say(text=text),), outcome="repeated")
    now = replace(now, paused=_paused(scene, now, LETTER_PAUSE_MS))
    hidden = hidden_in(secret.title, now.found)
    if not any(letter in openers for openers in hidden):
        return _miss(scene, secret, replace(now, wrong=(*now.wrong, letter)))
    after = replace(now, found=(*now.found, letter))
    awards = (Award(player=scene.player, points=POINTS_A_LETTER),) if scene.player else ()
    step = replace(_board(scene, secret, after, outcome="letter"), awards=awards)
    if hidden_in(secret.title, after.found):
        return step
    # Who finds the last letter has named the article; the reveal shows the title better than the board.
    return replace(step, says=(), solved=True, outcome="correct")


def _wrong_title(scene: Scene, secret: Secret, now: Letters, tried: Step) -> Step:
    """Alone a wrong title is a miss; in a group it costs the player time, for the chat cannot help what one of it writes."""
    if not scene.private:
        return replace(tried, state=_kept(replace(now, paused=_paused(scene, now, TITLE_PAUSE_MS))))
    step = _miss(scene, secret, now)
    return step if step.over else replace(step, verdict=tried.verdict, outcome=tried.outcome)


def _miss(scene: Scene, secret: Secret, now: Letters) -> Step:
    after = replace(now, misses=now.misses + 1)
    if after.misses < MOST_MISSES:
        return _board(scene, secret, after, outcome="missed")
    text = scene.voice.say("That was the last miss.")
    return Step(state=_kept(after), says=(Say(text=text),), over=True, outcome="missed")


def _board(scene: Scene, secret: Secret, now: Letters, *, outcome: str) -> Step:
    voice, left = scene.voice, max(0, MOST_MISSES - now.misses)
    lines = [blanks(secret.title, now.found), ""]
    if now.wrong:
        lines.append(voice.say("Not in it: {letters}", letters=" ".join(now.wrong)))
    if scene.emoji:
        lines.append(_HEART * left + _GONE * (MOST_MISSES - left))
    else:
        lines.append(voice.count("{n} miss left", "{n} misses left", left))
    say = Say(text="\n".join(lines), buttons=help_buttons(voice, more=_has_hint(secret, now)), board=True)
    return Step(state=_kept(now), says=(say,), outcome=outcome)


def _has_hint(secret: Secret, now: Letters) -> bool:
    """A third of the letters may be asked for, and never the last one."""
    every = {min(openers) for openers in hidden_in(secret.title, ())}
    return now.hints < max(1, len(every) // 3) and len(_unfound(secret, now)) > 1


def _unfound(secret: Secret, now: Letters) -> list[str]:
    return sorted({min(openers) for openers in hidden_in(secret.title, now.found)})


def _is_done(secret: Secret, now: Letters) -> bool:
    return now.misses >= MOST_MISSES or not hidden_in(secret.title, now.found)


def _is_paused(scene: Scene, now: Letters) -> bool:
    return not scene.private and now.paused.get(scene.player[:ID_LENGTH], 0) > scene.event.now_ms


def _paused(scene: Scene, now: Letters, for_ms: int) -> dict[str, int]:
    """Return the pauses that still hold, and this player's."""
    if scene.private:
        return {}
    player, now_ms = scene.player[:ID_LENGTH], scene.event.now_ms
    until = max(now.paused.get(player, 0), now_ms + for_ms)
    held = {one: end for one, end in now.paused.items() if end > now_ms and one != player}
    latest = sorted(held, key=lambda one: (held[one], one))[-(MOST_PAUSED - 1) :]
    return {**{one: held[one] for one in latest}, player: until}


def _kept(now: Letters) -> State:
    state: State = msgspec.to_builtins(now)
    return state
