"""What a race by links shows: who is where, and the links that lead on.

Owns the texts and the buttons of its boards. A board holds few lines, since a group's messages are short. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from article_data.naming import fold
from game_state.games.contract import Stage
from game_state.games.needs import Door
from game_state.games.path_race import Race, Racer
from game_state.games.rounds import Say, Scene, Secret, own
from game_state.message import Button
from languages.voice import Voice

PAGE: Final = 8
"""Most links shown at once."""
RACERS_SHOWN: Final = 8
_TITLE_CHARS: Final = 40
_LABEL_CHARS: Final = 80
_FEW_BUTTONS: Final = 5
"""What links and the controls below them take at least."""
BACK: Final = "back"
MORE: Final = "more"
LINKS: Final = "links"
GO: Final = "go"


def opening(scene: Scene, secret: Secret, race: Race, doors: Sequence[Door], minutes: int) -> Say:
    """Tell both ends and the first links."""
    text = scene.voice.say(
        "From {start} to {goal}, by links only: write a part of a link's name, or press it.",
        start=secret.title,
        goal=race.goal.title,
    )
    time = scene.voice.count("You have {n} minute.", "You have {n} minutes.", minutes)
    racer = Racer(scene.name, 0, ())
    return _with_links(scene, f"{text} {time}", racer, secret.article_id, doors)


def board(scene: Scene, secret: Secret, race: Race, racer: Racer, doors: Sequence[Door]) -> Say:
    """Show who is where, and the links of the racer who acts."""
    ends = f"{short(secret.title)} → {short(race.goal.title)}"
    if scene.private:
        lines = [
            scene.voice.count(
                "You are at {title}, after {n} step.",
                "You are at {title}, after {n} steps.",
                racer.steps,
                title=short(racer.here.title),
            )
        ]
    else:
        lines = _who_is_where(scene, race, racer)
    if not doors:
        lines.append(scene.voice.say("No links lead on from here: go back."))
    return _with_links(scene, "\n".join((ends, *lines)), racer, racer.here.article_id, doors)


def choice(scene: Scene, racer: Racer, found: Sequence[Door]) -> Say:
    """Ask which of several links is meant."""
    asked = scene.voice.say("Which one do you mean?")
    if scene.stage.buttons < len(found):
        return Say(text="\n".join((asked, *(short(door.title) for door in found))))
    return Say(text=asked, buttons=tuple(_go(racer.here.article_id, door) for door in found))


def way_of(racer: Racer, start: str) -> str:
    """Return a racer's way in words; what is not kept of it is "…"."""
    titles = [short(place.title) for place in racer.trail]
    head = [] if racer.trail[0].title == start else [short(start), "…"]
    return " → ".join((*head, *titles))


def spoken(words: str, voice: Voice) -> str:
    """Return the command that the words are, by its label (or "back", everywhere): BACK, MORE, LINKS or ""."""
    text = fold(words)
    labels = {BACK: voice.say("Back"), MORE: voice.say("More"), LINKS: voice.say("My links")}
    return next((value for value, label in labels.items() if text == fold(label)), BACK if text == BACK else "")


def by_buttons(stage: Stage) -> bool:
    """Say whether links are buttons here; else they are numbered lines."""
    return stage.buttons >= _FEW_BUTTONS


def short(title: str) -> str:
    """Return a title short enough for a line."""
    return title if len(title) <= _TITLE_CHARS else title[: _TITLE_CHARS - 1] + "…"


def _who_is_where(scene: Scene, race: Race, racer: Racer) -> list[str]:
    """Return a line a racer, who acts first."""
    others = sorted(
        (one for player, one in race.racers.items() if player != scene.player), key=lambda one: (-one.steps, one.name)
    )
    lines = [
        scene.voice.count(
            "{name}: {title}, {n} step",
            "{name}: {title}, {n} steps",
            one.steps,
            name=one.name or scene.voice.say("Somebody"),
            title=short(one.here.title),
        )
        for one in (racer, *others[: RACERS_SHOWN - 1])
    ]
    if len(others) >= RACERS_SHOWN:
        more = len(others) - RACERS_SHOWN + 1
        lines.append(scene.voice.count("and {n} more", "and {n} more", more))
    return lines


def _with_links(scene: Scene, text: str, racer: Racer, at: int, doors: Sequence[Door]) -> Say:
    """Add a page of links, as buttons or numbered lines; after the last page comes the first again."""
    stage = scene.stage
    controls = [own(scene.voice.say("Back"), BACK)] if len(racer.trail) > 1 else []
    if not scene.private:
        controls.append(own(scene.voice.say("My links"), LINKS))
    size = min(PAGE, stage.buttons - len(controls) - 1) if by_buttons(stage) else PAGE
    page = racer.page % max(1, -(-len(doors) // size))
    begin = page * size
    shown = doors[begin : begin + size]
    if len(doors) > size:
        controls.insert(0, own(scene.voice.say("More"), f"{MORE}:{at}>{page + 1}"))
    if by_buttons(stage):
        return Say(text=text, buttons=(*(_go(at, door) for door in shown), *controls), board=True)
    lines = (f"{place}. {short(door.title)}" for place, door in enumerate(shown, begin + 1))
    return Say(text="\n".join((text, "", *lines)).rstrip(), buttons=tuple(controls[: stage.buttons]), board=True)


def _go(at: int, door: Door) -> Button:
    return own(door.title[:_LABEL_CHARS], f"{GO}:{at}>{door.article_id}")
