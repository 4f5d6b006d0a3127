"""Path: from one article to another by links only, in as few steps as can be.

Everybody races on a way of their own, and the first to arrive ends the race. Points go by how much longer than the shortest
the way was. Neither end is secret. Pure.
"""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec.structs import replace

from article_data.article import Article
from game_state.games.contract import State
from game_state.games.needs import Door, Doors, Goal, Way
from game_state.games.path_board import (
    BACK,
    GO,
    LINKS,
    MORE,
    board,
    by_buttons,
    choice,
    opening,
    short,
    spoken,
    way_of,
)
from game_state.games.path_links import is_name, matching, numbered
from game_state.games.path_place import article_at, stand
from game_state.games.path_race import Place, Race, Racer, clip, with_racer
from game_state.games.points import points_for
from game_state.games.rounds import Award, Say, Scene, Secret, Step, Unreachable
from languages.voice import Voice

MOST_LINKS_APART: Final = 4
GROUP_MINUTES: Final = 5
ALONE_MINUTES: Final = 10
CHOICES: Final = 6
"""Most links shown when the words may mean several."""
TALK_WORDS: Final = 6
"""More words than that, not meant for the bot, are talk of the group."""


class PathGame:
    """The rules of "Path"."""

    name = "path"

    def title(self, voice: Voice) -> str:
        """Return what players call it."""
        return voice.say("Path")

    def rules(self, voice: Voice) -> str:
        """Explain the game in two lines."""
        return voice.say(
            "Get from one article to another by links only: write a part of a link's name, or press it.\n"
            "The first to arrive wins, and the fewer steps, the more points; going back is a step too."
        )

    def open(self, scene: Scene, secret: Secret, article: Article) -> Step | None:
        """Begin a race from this article; None where it leads nowhere."""
        goal = Goal(
            article_id=article.article_id, language=secret.language, seed=scene.event.seed, most=MOST_LINKS_APART
        )
        links = Doors(article_id=article.article_id, language=secret.language)
        scene.facts.want(goal, links)
        doors, route = scene.facts.doors(links), scene.facts.route(goal)
        if doors is None:
            raise Unreachable
        if not doors or route is None:
            return None
        race = Race(goal=Place(route.ids[-1], clip(route.titles[-1])), way=tuple(clip(title) for title in route.titles))
        minutes = ALONE_MINUTES if scene.private else GROUP_MINUTES
        return Step(
            state=_encode(race),
            says=(opening(scene, secret, race, doors, minutes),),
            outcome="started",
            after_ms=minutes * 60_000,
        )

    def hear(self, scene: Scene, secret: Secret, state: State, words: str) -> Step:
        """Follow the link that the words mean, go back, or show more."""
        race = _decode(state)
        asked = scene.private or scene.event.message.addressed
        joined = scene.player in race.racers
        if not asked and len(words.split()) > TALK_WORDS:
            return _ignored(state)
        racer, doors = stand(scene, secret, race)
        command = spoken(words, scene.voice)
        if command and (asked or joined or command == MORE):
            return _commanded(scene, secret, race, racer, doors, command)
        listed = () if by_buttons(scene.stage) else numbered(words, doors)
        found = listed or matching(words, doors, loosely=asked)
        if not asked and not joined and not listed and not (len(found) == 1 and is_name(words, found[0])):
            return _ignored(state)
        if len(found) == 1:
            return _moved(scene, secret, race, racer, found[0])
        if found:
            return Step(state=state, says=(choice(scene, racer, found[:CHOICES]),), outcome="unclear")
        if not asked:
            return _ignored(state)
        text = scene.voice.say("No link of {title} is called that.", title=short(racer.here.title))
        return Step(state=state, says=(Say(text=text),), outcome="unclear", active=joined)

    def press(self, scene: Scene, secret: Secret, state: State, value: str) -> Step:
        """Follow a pressed link. A button of a place where the player is not shows where they are."""
        race = _decode(state)
        racer, doors = stand(scene, secret, race)
        if value in (BACK, LINKS):
            return _commanded(scene, secret, race, racer, doors, value)
        verb, at, to = _parsed(value)
        if at == racer.here.article_id and verb == GO:
            door = next((door for door in doors if door.article_id == to), None)
            if door is not None:
                return _moved(scene, secret, race, racer, door)
        if at == racer.here.article_id and verb == MORE:
            return _turned(scene, secret, race, racer, doors, to)
        return Step(state=state, says=(board(scene, secret, race, racer, doors),), outcome="shown")

    def ring(self, scene: Scene, secret: Secret, state: State) -> Step:
        """End the race: the time is up."""
        return Step(state=state, outcome="time_up", over=True)

    def hint(self, scene: Scene, secret: Secret, state: State) -> Step:
        """Tell the next link of a shortest way from where the player is."""
        race = _decode(state)
        racer, _ = stand(scene, secret, race)
        goal = article_at(scene, race.goal, secret.language)
        way = Way(start=racer.here.article_id, goal=goal.article_id, language=secret.language)
        route = scene.facts.route(way)
        if route is None or len(route.titles) < 2:
            text = scene.voice.say("I see no way from {title}. Try to go back.", title=short(racer.here.title))
            return Step(state=state, says=(Say(text=text),), outcome="no_hint")
        after = with_racer(race, scene.player, racer.helped())
        if after is None:
            return _full(scene, state)
        text = scene.voice.say(
            "From {title}, a shortest way goes by {link}.", title=short(racer.here.title), link=short(route.titles[1])
        )
        return Step(state=_encode(after), says=(Say(text=text),), outcome="hint")

    def show(self, scene: Scene, secret: Secret, state: State) -> Step:
        """Show who is where, and the player's links."""
        race = _decode(state)
        racer, doors = stand(scene, secret, race)
        return Step(state=state, says=(board(scene, secret, race, racer, doors),), outcome="shown")

    def worth(self, scene: Scene, secret: Secret, state: State) -> tuple[int, float]:
        """Return what arriving with the steps so far would bring."""
        race = _decode(state)
        racer = race.racers.get(scene.player)
        progress = race.progress(racer.steps) if racer else 0.0
        return points_for(progress, secret.level, racer.hints if racer else 0), 1 - 0.8 * progress

    def last_clue(self, scene: Scene, secret: Secret, state: State) -> str:
        """Return nothing: links are no clues."""
        del scene, secret, state
        return ""

    def subject(self, secret: Secret, state: State) -> Secret:
        """Return the goal: where all wanted to go is what there is to tell of."""
        goal = _decode(state).goal
        return replace(secret, article_id=goal.article_id, title=goal.title)

    def closing(self, scene: Scene, secret: Secret, state: State) -> tuple[str, ...]:
        """Tell the winner's way and a shortest one."""
        race = _decode(state)
        told = scene.voice.say("A shortest way: {way}", way=" → ".join(short(title) for title in race.way))
        winner = race.racers.get(race.winner) if race.winner is not None else None
        if winner is None:
            return (told,)
        way = way_of(winner, clip(secret.title))
        if scene.private:
            return (scene.voice.say("Your way: {way}", way=way), told)
        name = winner.name or scene.voice.say("Somebody")
        return (scene.voice.say("The way of {name}: {way}", name=name, way=way), told)


def _moved(scene: Scene, secret: Secret, race: Race, racer: Racer, door: Door) -> Step:
    """Go through a door: further, or home."""
    racer = racer.moved(Place(door.article_id, clip(door.title)))
    after = with_racer(race, scene.player, racer)
    if after is None:
        return _full(scene, _encode(race))
    if racer.here.title != race.goal.title:
        return _arrived_at(scene, secret, after)
    after = replace(after, winner=scene.player)
    points = points_for(race.progress(racer.steps), secret.level, racer.hints)
    awards = (Award(player=scene.player, points=points, won=True),) if scene.player else ()
    if scene.private:
        text = scene.voice.count("You are there, in {n} step!", "You are there, in {n} steps!", racer.steps)
    else:
        name = racer.name or scene.voice.say("Somebody")
        text = scene.voice.count(
            "{name} is there, in {n} step!", "{name} is there, in {n} steps!", racer.steps, name=name
        )
    won = scene.voice.count("{n} point", "{n} points", points)
    return Step(state=_encode(after), says=(Say(text=f"{text} {won}."),), outcome="arrived", over=True, awards=awards)


def _commanded(scene: Scene, secret: Secret, race: Race, racer: Racer, doors: tuple[Door, ...], command: str) -> Step:
    """Go back, or show the links."""
    if command == MORE:
        return _turned(scene, secret, race, racer, doors, racer.page + 1)
    if command == LINKS:
        return Step(state=_encode(race), says=(board(scene, secret, race, racer, doors),), outcome="shown")
    back = racer.gone_back()
    if back is None:
        text = scene.voice.say("You cannot go back further.")
        return Step(state=_encode(race), says=(Say(text=text),), outcome="unclear")
    after = with_racer(race, scene.player, back)
    return _full(scene, _encode(race)) if after is None else _arrived_at(scene, secret, after)


def _turned(scene: Scene, secret: Secret, race: Race, racer: Racer, doors: tuple[Door, ...], page: int) -> Step:
    """Turn to another page of the links."""
    racer = replace(racer, page=page)
    after = with_racer(race, scene.player, racer)
    if after is None:
        return _full(scene, _encode(race))
    return Step(state=_encode(after), says=(board(scene, secret, after, racer, doors),), outcome="shown")


def _arrived_at(scene: Scene, secret: Secret, race: Race) -> Step:
    """Show the board with the links of where the racer is now."""
    racer, doors = stand(scene, secret, race)
    return Step(state=_encode(race), says=(board(scene, secret, race, racer, doors),), outcome="moved")


def _full(scene: Scene, state: State) -> Step:
    text = scene.voice.say("This race is full: come along in the next one!")
    return Step(state=state, says=(Say(text=text),), outcome="full", active=False)


def _ignored(state: State) -> Step:
    return Step(state=state, outcome="ignored", active=False)


def _parsed(value: str) -> tuple[str, int, int]:
    """Return the parts of "go:12>34"; -1 for what is no number."""
    verb, _, rest = value.partition(":")
    at, _, to = rest.partition(">")
    return verb, _number(at), _number(to)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= 10 else -1


def _encode(race: Race) -> State:
    state: State = msgspec.to_builtins(race)
    return state


def _decode(state: State) -> Race:
    return msgspec.convert(state, Race)
