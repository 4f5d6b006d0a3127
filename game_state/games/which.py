"""Which one: a clue and four titles of the same kind, and one pick for each player.

Where presses are hidden, all picks of a group stay hidden until the time is up, and then everybody sees who picked what. Where
they are not, the first right pick wins and a wrong one is the player's last. Alone there is one try. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Final

import msgspec
from msgspec.structs import replace

from article_data.article import Article
from article_data.naming import fold, plain_title
from game_state.games.contract import State
from game_state.games.needs import Companions
from game_state.games.points import points_for
from game_state.games.rounds import Award, Say, Scene, Secret, Step, Unreachable, own, short_title
from game_state.games.which_pick import Choices, Pick, meant, with_pick
from languages.voice import Voice

CHOICES: Final = 4
COMPANIONS: Final = 6
"""Articles that the other choices are chosen from: the more alike they are, the less the clue's "he" or "it" gives away."""
MOST_HINTS: Final = 2
"""Wrong titles that hints take away in one round."""
ALONE_MS: Final = 60_000
"""Who plays alone has this long until a right pick brings the fewest points."""
CLUE_BYTES: Final = 800
NAMES_SHOWN: Final = 8


class WhichGame:
    """The rules of "Which one"."""

    name = "which"

    def title(self, voice: Voice) -> str:
        """Return what players call it."""
        return voice.say("Which one")

    def rules(self, voice: Voice) -> str:
        """Explain the game in two lines."""
        return voice.say(
            "I give a clue and four titles: pick the one that it is about, each of you once.\n"
            "In a group the picks stay hidden until the time is up; the sooner, the more points."
        )

    def open(self, scene: Scene, secret: Secret, article: Article) -> Step | None:
        """Begin a round; None where there are too few articles like this one, or none of its clues will do."""
        companions = scene.facts.companions(
            Companions(
                article_id=article.article_id,
                language=secret.language,
                count=COMPANIONS,
                seed=scene.event.seed,
                adult=scene.adult,
            )
        )
        if companions is None:
            raise Unreachable
        traits = _traits(article)
        alike = sorted(companions, key=lambda companion: -len(traits & _traits(companion)))
        titles = _distinct([secret.title, *(short_title(companion.title) for companion in alike)])[:CHOICES]
        clue = _clue(article.clues, titles)
        if len(titles) < CHOICES or clue is None:
            return None
        ordered = tuple(sorted(titles, key=lambda title: _draw(scene.event.seed, title)))
        round_ = Choices(
            clue=clue,
            titles=ordered,
            right=ordered.index(secret.title),
            begun_ms=scene.event.now_ms,
            span_ms=ALONE_MS if scene.private else 1000 * max(1, scene.pace_s),
        )
        return Step(
            state=_encode(round_),
            says=(_question(scene, round_),),
            outcome="clue",
            after_ms=None if scene.private else round_.span_ms,
        )

    def hear(self, scene: Scene, secret: Secret, state: State, words: str) -> Step:
        """Take the number or the name of a title as a pick."""
        round_ = _decode(state)
        choice = meant(words, round_.titles, secret.language)
        if choice is not None:
            return _picked(scene, round_, choice)
        says = (Say(text=scene.voice.say("Pick one by its number, 1 to 4, or by its name.")),) if scene.private else ()
        return Step(state=state, says=says, outcome="ignored", active=False)

    def press(self, scene: Scene, secret: Secret, state: State, value: str) -> Step:
        """Take a pressed title as a pick."""
        round_ = _decode(state)
        places = [place for place in range(len(round_.titles)) if str(place) == value]
        return _picked(scene, round_, places[0]) if places else Step(state=state, outcome="ignored", active=False)

    def ring(self, scene: Scene, secret: Secret, state: State) -> Step:
        """Count the picks: the time is up."""
        round_ = replace(_decode(state), is_counted=True)
        awards = tuple(
            Award(player=player, name=pick.name, points=_points(round_, player, secret.level), won=True)
            for player, pick in sorted(round_.picks.items())
            if player and pick.choice == round_.right
        )
        return Step(state=_encode(round_), outcome="counted", over=True, awards=awards)

    def hint(self, scene: Scene, secret: Secret, state: State) -> Step:
        """Take away a wrong title."""
        round_ = _decode(state)
        wrong = [place for place in range(len(round_.titles)) if place not in (round_.right, *round_.struck)]
        if len(round_.struck) >= MOST_HINTS:
            text = scene.voice.say("There is no hint left: two of the titles remain.")
            return Step(state=state, says=(Say(text=text),), outcome="no_hint")
        struck = wrong[scene.event.seed % len(wrong)]
        round_ = replace(
            round_,
            struck=(*round_.struck, struck),
            hints=round_.hints | {scene.player: round_.hints.get(scene.player, 0) + 1},
        )
        text = scene.voice.say("It is not {title}.", title=round_.titles[struck])
        return Step(state=_encode(round_), says=(Say(text=text),), outcome="hint")

    def show(self, scene: Scene, secret: Secret, state: State) -> Step:
        """Ask again."""
        return Step(state=state, says=(_question(scene, _decode(state)),), outcome="shown")

    def worth(self, scene: Scene, secret: Secret, state: State) -> tuple[int, float]:
        """Return what a right pick brings now: the sooner, the more."""
        round_ = _decode(state)
        progress = round_.progress(scene.event.now_ms - round_.begun_ms)
        return points_for(progress, secret.level, round_.hints.get(scene.player, 0)), 1 - 0.8 * progress

    def last_clue(self, scene: Scene, secret: Secret, state: State) -> str:
        """Return the clue."""
        del scene, secret
        return _decode(state).clue

    def subject(self, secret: Secret, state: State) -> Secret:
        """Return the round's own article."""
        del state
        return secret

    def closing(self, scene: Scene, secret: Secret, state: State) -> tuple[str, ...]:
        """Tell who picked what, the right title first."""
        round_ = _decode(state)
        if scene.private:
            return ()
        if not round_.picks:
            return (scene.voice.say("Nobody picked one."),)
        places = sorted(range(len(round_.titles)), key=lambda place: place != round_.right)
        return tuple(line for place in places if (line := _line(scene.voice, round_, place, secret.level)))


def _picked(scene: Scene, round_: Choices, choice: int) -> Step:
    """Take a pick. Nothing is said of it in a group: hidden picks are told at the end, and wrong ones are not worth a message."""
    pick = Pick(choice, max(0, scene.event.now_ms - round_.begun_ms), scene.name)
    after = with_pick(round_, scene.player, pick)
    if after is None:
        return Step(state=_encode(round_), outcome="again", active=False)
    state = _encode(after)
    is_right = choice == round_.right
    if scene.private and not is_right:
        text = scene.voice.say("No, it is another one.")
        return Step(state=state, says=(Say(text=text),), outcome="picked", over=True)
    if scene.private or not scene.stage.hidden_picks:
        return Step(state=state, outcome="picked", solved=is_right, verdict="" if is_right else "wrong")
    return Step(state=state, outcome="picked")


def _question(scene: Scene, round_: Choices) -> Say:
    """Ask, with a button for each title, or with numbered lines where there are too few buttons."""
    if scene.private:
        asked = scene.voice.say("Which one is this?")
    else:
        seconds = round(round_.span_ms / 1000)
        asked = scene.voice.count(
            "Which one is this? You have {n} second.", "Which one is this? You have {n} seconds.", seconds
        )
    text = f"{asked}\n\n{round_.clue}"
    left = [(place, title) for place, title in enumerate(round_.titles) if place not in round_.struck]
    if scene.stage.buttons < CHOICES:
        lines = (f"{place + 1}. {title}" for place, title in left)
        return Say(text="\n".join((f"{text}\n", *lines)))
    return Say(text=text, buttons=tuple(own(title, str(place)) for place, title in left))


def _line(voice: Voice, round_: Choices, place: int, level: int) -> str:
    """Return a title and who picked it, soonest first; "" for a title that nobody picked."""
    picks = sorted((pick.after_ms, player, pick) for player, pick in round_.picks.items() if pick.choice == place)
    names = []
    for _, player, pick in picks[:NAMES_SHOWN]:
        name = pick.name or voice.say("Somebody")
        has_points = round_.is_counted and place == round_.right and player
        names.append(f"{name} +{_points(round_, player, level)}" if has_points else name)
    if not names:
        return ""
    told = ", ".join(names)
    if len(picks) > NAMES_SHOWN:
        told = voice.count("{names} and {n} more", "{names} and {n} more", len(picks) - NAMES_SHOWN, names=told)
    return voice.say("{title}: {names}", title=round_.titles[place], names=told)


def _points(round_: Choices, player: str, level: int) -> int:
    return points_for(round_.progress(round_.picks[player].after_ms), level, round_.hints.get(player, 0))


def _traits(article: Article) -> set[str]:
    """Return what makes articles of one kind alike: topics, the noun of the lead, being on the map, the dates that they have."""
    traits = {article.head, *article.topics, *(date.name for date in article.dates)} - {""}
    return traits if article.coordinates is None else traits | {"map"}


def _clue(clues: Sequence[str], titles: Sequence[str]) -> str | None:
    """Return the clue nearest to the middle, hard enough but no riddle, that names none of the titles."""
    names = [fold(plain_title(title)) for title in titles]
    middle = (len(clues) - 1) / 2
    for place in sorted(range(len(clues)), key=lambda place: abs(place - middle)):
        text = f" {fold(clues[place])} "
        if len(clues[place].encode()) <= CLUE_BYTES and not any(f" {name} " in text for name in names if name):
            return clues[place]
    return None


def _distinct(titles: Sequence[str]) -> list[str]:
    """Return the titles without those that are told alike."""
    return list({fold(title) or title: title for title in reversed(titles)}.values())[::-1]


def _draw(seed: int, title: str) -> bytes:
    """Return a place in the order of a seed: nobody can guess the right title from where it stands."""
    return blake2b(f"{seed} {title}".encode(), digest_size=8).digest()


def _encode(round_: Choices) -> State:
    state: State = msgspec.to_builtins(round_)
    return state


def _decode(state: State) -> Choices:
    return msgspec.convert(state, Choices)
