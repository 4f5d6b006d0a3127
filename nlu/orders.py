"""Understanding what people write to the bot: slash commands, plain words, and questions about an article.

Owns what the rest of the server imports of this room: `Intent`, `Order`, `read_command`, `read_phrase` and `read_play`. Pure.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

import msgspec

from languages.voice import LANGUAGES
from nlu.classifier import CHATTER, classifier
from nlu.lexicon import Key, Lexicon, Word, composed, key_of, lexicon, slash_key, spoken, words_of
from nlu.play_words import PlayOrder, read_folded, read_play

__all__ = ["LIKELY", "SURE", "Intent", "Order", "PlayOrder", "prepare", "read_command", "read_phrase", "read_play"]

SURE: Final = 0.65
"""So sure that the bot may act on words that were not said to it."""
LIKELY: Final = 0.3
"""So sure that the bot may act on words that were said to it."""
HALF: Final = (SURE + LIKELY) / 2
"""Of words that mean it if they are said to the bot, whatever their wording."""
OURS: Final = 0.1
"""So sure that a question may be about the game and not about an article."""
TEXT_LIMIT: Final = 160
"""Characters; a longer text is talk, not an order."""
_COMMAND = re.compile(r"\s*/([^\W\d][\w-]{0,31})(?:@\S*)?(?:\s+(.*))?", re.DOTALL)
_PARTS = re.compile(r"[.,;:!?…\n]+")
_FIRST_WORDS: Final = frozenset({"play", "help", "games", "greet"})
_EDGES: Final = " \t\r\n\"'`´’‘“”„«»¿¡*"  # noqa: RUF001 - quotation marks of all kinds


class Intent(StrEnum):
    """What the bot is asked to do; the value is its slash word and its button's."""

    PLAY = "play"
    GUESS = "guess"
    HINT = "hint"
    SKIP = "skip"
    GIVE_UP = "giveup"
    STOP = "stop"
    SCORES = "scores"
    HELP = "help"
    GAMES = "games"
    DAILY = "daily"
    LANGUAGE = "language"
    SETTINGS = "settings"
    ABOUT = "about"
    AGAIN = "again"
    SHOW = "show"
    GREET = "greet"
    THANKS = "thanks"
    REPORT = "report"
    FORGET = "forget"
    AGREE = "agree"


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What a text asks for."""

    intent: Intent | None
    """None: nothing that the bot knows."""
    sureness: float
    """0 to 1; compare with SURE and LIKELY."""
    slash: bool = False
    exact: bool = False
    """A phrase that is known word for word."""
    spoken: str = ""
    """Another of the bot's languages, if it was said in that."""
    words: str = ""
    """What stands behind a slash command; X of "who is X?"; for scores "day", "week", "bot", several of them, or "";
    for settings as `/settings` takes it, or ""; else the text."""
    play: PlayOrder = PlayOrder()
    """For PLAY and AGAIN, what shall be played; for LANGUAGE, which language."""


def prepare(language: str) -> None:
    """Learn a language now (some 0.2 s of processor), so that its first text is understood as fast as the others."""
    classifier(spoken(language))


def read_command(text: str, language: str) -> Order | None:
    """Read a slash command ("/hint@bot", "/play guess 10"); None where the text is none. `language` is an IETF tag.

    A game's name is a command that plays it. A command that is not ours has no intent; its `words` are what stands behind it.
    """
    found = _COMMAND.fullmatch(composed(text))
    if found is None:
        return None
    word, words, own = slash_key(found[1]), (found[2] or "").strip(), spoken(language)
    for one in (own, *(other for other in LANGUAGES if other != own)):
        name = lexicon(one).slash.get(word)
        if name is not None:
            return _order(Intent(name), 1.0, words, own, slash=True)
    for one in (own, *(other for other in LANGUAGES if other != own)):
        game = lexicon(one).games.get((word,))
        if game is not None:
            return _order(Intent.PLAY, 1.0, f"{game} {words}".strip(), own, slash=True)
    return Order(intent=None, sureness=0.0, slash=True, words=words)


def read_phrase(text: str, language: str) -> Order:
    """Read plain words: phrases that are known first, then what is like them. `language` is an IETF tag."""
    if len(text) > TEXT_LIMIT:
        return Order(intent=None, sureness=0.0, words=text)
    text, own = composed(text), spoken(language)
    said = words_of(text)
    words = tuple(word.folded for word in said)
    order = _known(words, own, text)
    if order is not None:
        return order
    if len("".join(words)) < 2:
        # A single letter that is no known phrase is like anything.
        return Order(intent=None, sureness=0.0, words=text)
    if any(key in lexicon(own).talk for key in (words, stripped(words, lexicon(own)))):
        return Order(intent=None, sureness=0.0, words=text)
    like = _like(words, own, text)
    if like.sureness >= SURE:
        return like
    if like.sureness < LIKELY or like.intent is Intent.PLAY:
        order = _asked_play(words, own, text)
    order = order or _asked_about(text, said, own)
    if order is not None and order.intent is Intent.ABOUT and _is_ours(order.words, like, own):
        return msgspec.structs.replace(like, sureness=HALF)
    if order is not None or like.sureness >= LIKELY:
        return order or like
    return _known_part(text, own) or _known_elsewhere(words, own, text) or like


def _is_ours(asked: str, like: Order, language: str) -> bool:
    """Say whether what is asked about is no article but the game: "the rules of this game", "winning at the moment"."""
    words = key_of(asked)
    if like.intent is None or like.sureness < OURS or not words:
        return False
    known = [classifier(language).knows(like.intent, word) for word in words]
    return known[0] and 2 * sum(known) >= len(known)


def _order(intent: Intent, sureness: float, words: str, language: str, *, slash: bool = False) -> Order:
    play = PlayOrder()
    if intent in {Intent.PLAY, Intent.AGAIN, Intent.LANGUAGE}:
        play = read_play(words, language)
        if intent is Intent.AGAIN:
            play = msgspec.structs.replace(play, unknown=())
    elif intent is Intent.SCORES:
        periods = lexicon(language).periods | lexicon("en").periods
        if slash:
            periods = periods | {("bot",): "bot"}
        words = " ".join(dict.fromkeys(periods[word,] for word in key_of(words) if (word,) in periods))
    elif intent is Intent.SETTINGS and not slash:
        asked = read_play(words, language)
        words = f"difficulty {asked.difficulty}" if asked.difficulty else ""
        words = f"rounds {asked.rounds}" if asked.rounds else words
    return Order(intent=intent, sureness=sureness, slash=slash, words=words, play=play)


def _known(words: Key, language: str, text: str) -> Order | None:
    """Read a phrase of the language, or of English, word for word, with or without the fillers around it."""
    for one in dict.fromkeys((language, "en")):
        own = lexicon(one)
        for key in _readings(words, own):
            intent = own.intents.get(key)
            if intent is not None:
                order = _order(Intent(intent), HALF if key in own.soft else 1.0, text, language)
                play = msgspec.structs.replace(order.play, unknown=())
                return msgspec.structs.replace(order, play=play, exact=True)
    return None


def _known_part(text: str, language: str) -> Order | None:
    """Read "this one is nasty, can we get a hint?": one of its parts is a known phrase, the last such one."""
    own = lexicon(language)
    parts = [key_of(part) for part in _PARTS.split(text)]
    if len(parts) > 1:
        for part in reversed(parts):
            for key in _readings(part, own):
                intent = own.intents.get(key)
                if intent is not None and key not in own.soft:
                    return _order(Intent(intent), HALF, text, language)
    return None


def _known_elsewhere(words: Key, language: str, text: str) -> Order | None:
    """Read a phrase of another of the bot's languages; a single word may be anything there, but a beginner's is understood."""
    for one in LANGUAGES:
        intent = lexicon(one).intents.get(stripped(words, lexicon(one)) or words)
        if intent is not None and (len(words) > 1 or intent in _FIRST_WORDS):
            return msgspec.structs.replace(_order(Intent(intent), HALF, text, one), spoken=one)
    return None


def _like(words: Key, language: str, text: str) -> Order:
    """Read words that are like those of an intent."""
    known, own = classifier(language), lexicon(language)
    intent, sureness = known.read(words)
    for key in _readings(words, own):
        # One word that is left of many is too little to go by, and what was left out may matter.
        if key != words and len(key) > 1:
            other, other_sureness = known.read(key)
            if min(other_sureness, HALF) > sureness:
                intent, sureness = other, min(other_sureness, HALF)
    if intent == CHATTER:
        return Order(intent=None, sureness=0.0, words=text)
    order = _order(Intent(intent), sureness, text, language)
    if order.intent is Intent.PLAY:
        # "let's play chess": there is no such game. What people say around a game is no name of one.
        unknown = tuple(
            word for word in order.play.unknown if not known.knows(intent, word) and word not in own.fillers
        )
        return msgspec.structs.replace(order, play=msgspec.structs.replace(order.play, unknown=unknown))
    return order


def _readings(words: Key, own: Lexicon) -> tuple[Key, ...]:
    """Return the words, and what is left of them without fillers around them, "can we" before them, and adverbs among them."""
    bare = stripped(words, own)
    frame = next((frame for frame in own.frames if bare[: len(frame)] == frame), ())
    asked = stripped(bare[len(frame) :], own)
    plain = stripped(tuple(word for word in asked if word not in own.adverbs), own)
    return tuple(key for key in dict.fromkeys((words, bare, asked, plain)) if key)


def stripped(words: Key, own: Lexicon) -> Key:
    """Take the fillers off both ends."""
    start, end = 0, len(words)
    while start < end and words[start] in own.fillers:
        start += 1
    while end > start and words[end - 1] in own.fillers:
        end -= 1
    return words[start:end]


def _asked_play(words: Key, language: str, text: str) -> Order | None:
    """Read "let's play the letters game in Spanish": a word that asks for a game, and all the rest names what is played."""
    own = lexicon(language)
    words = stripped(words, own)
    if not any(word in own.verbs for word in words):
        return None
    play = read_folded(words, language)
    if play.unknown or play == PlayOrder():
        return None
    told = bool(play.game) or any(word in own.nouns for word in words)
    return Order(intent=Intent.PLAY, sureness=SURE if told else HALF, words=text, play=play)


def _asked_about(text: str, said: tuple[Word, ...], language: str) -> Order | None:
    """Read "who is X?", X being something that may be an article; never sure, as people ask one another too."""
    own = lexicon(language)
    words = tuple(word.folded for word in said)
    first = next((at for at, word in enumerate(words) if word not in own.fillers), 0)
    for start in dict.fromkeys((0, first)):
        for template in own.about:
            begin, end = start + len(template.before), len(words) - len(template.after)
            if words[start:begin] != template.before or words[end:] != template.after or begin >= end:
                continue
            if words[begin] in own.pointing:
                return None
            if words[begin] in own.articles and begin + 1 < end:
                begin += 1
            asked = text[said[begin - 1].end : said[end].start if template.after else len(text)]
            return Order(intent=Intent.ABOUT, sureness=HALF, words=asked.strip(_EDGES + "?!.,;:…"))
    return None
