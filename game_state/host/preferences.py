"""Settings of a conversation: /settings and /language, by words or buttons.

Owns which settings there are, how they are named, and what may be chosen. Pure.
"""

from __future__ import annotations

from typing import Final, TypeVar

from msgspec.structs import replace

from game_state.host.desk import Desk
from game_state.host.permission import may_change
from game_state.host.session import Settings
from game_state.message import Button
from languages.voice import LANGUAGES, NAMES
from nlu.orders import read_play

PACES: Final = (10, 20, 40, 60)
"""Seconds that may be chosen with a button; any number from 5 to 300 by words."""
STOPS: Final = ("vote", "starter", "anyone")
_Choice = TypeVar("_Choice", int, str)
_LEVELS: Final = ("any", "easy", "medium", "hard")
_VALUES: Final = {
    "pace": "5-300, on, off",
    "rounds": "1-50",
    "difficulty": ", ".join(_LEVELS),
    "stop": ", ".join(STOPS),
    "adult": "on, off",
    "emoji": "on, off",
}
"""What may be chosen, as it is written."""


def language(desk: Desk, words: str) -> str:
    """Choose the language that the bot speaks, or show the choice."""
    chosen = words.strip().casefold()
    if chosen not in LANGUAGES:
        chosen = read_play(words, desk.language).language
    if chosen in LANGUAGES and not may_change(desk, "language"):
        return _refuse(desk)
    if chosen in LANGUAGES:
        desk.change(settings=replace(desk.session.settings, language=chosen), noted=False)
        desk.settle_language()
        desk.say(desk.voice.say("I speak English now."))
        return "language"
    desk.say(
        desk.voice.say("Which language shall I speak?"),
        *(Button(label=NAMES[one], value=f"language:{one}") for one in LANGUAGES),
    )
    return "asked"


def settings(desk: Desk, words: str) -> str:
    """Change one setting ("pace 30", "difficulty hard", "stop vote", "rounds 5", "adult on", "emoji on"), or show them all."""
    name, _, value = words.strip().casefold().partition(" ")
    value = value.strip()
    if not name:
        _show(desk, desk.voice.say("How would you like it here?"))
        return "settings"
    if not may_change(desk, name):
        return _refuse(desk)
    changed = _changed(desk.session.settings, name, value)
    if changed is None:
        if name == "language" or name == "articles":
            return language(desk, value)
        if name in _VALUES:
            desk.say(desk.voice.say("{setting} can be: {values}", setting=f"/settings {name}", values=_VALUES[name]))
        else:
            _show(desk, desk.voice.say("I do not know that setting."))
        return "unknown"
    desk.change(settings=changed)
    _show(desk, desk.voice.say("Done."))
    return "settings"


def _refuse(desk: Desk) -> str:
    desk.say(desk.voice.say("Only an admin can change that here."))
    return "refused"


def _changed(now: Settings, name: str, value: str) -> Settings | None:
    """Return the settings with one changed; None for a name or value that there is not."""
    match name:
        case "pace" if 5 <= (pace_s := _number(value)) <= 300:
            return replace(now, pace_s=pace_s, paced=True)
        case "pace" if value in {"on", "off"}:
            return replace(now, paced=value == "on")
        case "rounds" if 1 <= (rounds := _number(value)) <= 50:
            return replace(now, rounds=rounds)
        case "difficulty" if value in _LEVELS:
            return replace(now, difficulty="" if value == "any" else value)
        case "stop" if value in STOPS:
            return replace(now, stop=value)
        case "adult" if value in {"on", "off"}:
            return replace(now, adult=value == "on")
        case "emoji" if value in {"on", "off"}:
            return replace(now, emoji=value == "on")
        case _:
            return None


def _number(value: str) -> int:
    """Return a number of at most three digits; 0 for what is none."""
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 3 else 0


def _show(desk: Desk, opening: str) -> None:
    voice, now = desk.voice, desk.session.settings
    on, off = voice.say("on"), voice.say("off")
    levels = {
        "": voice.say("any"),
        "easy": voice.say("easy"),
        "medium": voice.say("medium"),
        "hard": voice.say("hard"),
    }
    stops = {
        "vote": voice.say("the starter, an admin, or half of the players"),
        "starter": voice.say("the starter or an admin"),
        "anyone": voice.say("anyone"),
    }
    lines = [
        voice.say("Language: {language} (/language)", language=NAMES[voice.language]),
        voice.say("Difficulty: {difficulty} (/settings difficulty hard)", difficulty=levels[now.difficulty]),
        voice.say("Rounds of a match: {rounds} (/settings rounds 5)", rounds=now.rounds),
        voice.say("Adult topics: {state} (/settings adult on)", state=on if now.adult else off),
        voice.say("Emoji: {state} (/settings emoji on)", state=on if now.emoji else off),
    ]
    level = _next(_LEVELS, now.difficulty or "any")
    emoji, adult = _switched(now.emoji), _switched(now.adult)
    state = {"on": on, "off": off}
    shown = levels["" if level == "any" else level]
    choices = [
        Button(label=voice.say("Language"), value="language"),
        Button(label=voice.say("Difficulty → {difficulty}", difficulty=shown), value=f"set:difficulty:{level}"),
        Button(label=voice.say("Emoji → {state}", state=state[emoji]), value=f"set:emoji:{emoji}"),
        Button(label=voice.say("Adult topics → {state}", state=state[adult]), value=f"set:adult:{adult}"),
    ]
    if not desk.private:
        pace = _next(PACES, now.pace_s) if now.pace_s in PACES else PACES[1]
        stop = _next(STOPS, now.stop)
        lines += (
            voice.say("New clue every {seconds} s (/settings pace 30, /settings pace off)", seconds=now.pace_s)
            if now.paced
            else voice.say("New clues: on request (/settings pace on)"),
            voice.say("Who may skip and stop: {who} (/settings stop anyone)", who=stops[now.stop]),
        )
        choices += (
            Button(label=voice.say("Pace → {seconds} s", seconds=pace), value=f"set:pace:{pace}"),
            Button(label=voice.say("Stop → {who}", who=stops[stop]), value=f"set:stop:{stop}"),
        )
    desk.say("\n".join((opening, *lines)), *choices)


def _switched(now: bool) -> str:
    return "off" if now else "on"


def _next(choices: tuple[_Choice, ...], now: _Choice) -> _Choice:
    return choices[(choices.index(now) + 1) % len(choices)]
