"""What is said to a bot that asked what to play, or whether to: a game's name alone, a topic, a language, yes or no.

Owns `read_answer`. Pure.
"""

from __future__ import annotations

from nlu.lexicon import Key, Lexicon, composed, lexicon, spoken, words_of
from nlu.orders import HALF, TEXT_LIMIT, Intent, Order, stripped
from nlu.play_words import read_folded


def read_answer(text: str, language: str, *, offered: bool) -> Order | None:
    """Read what is said to a bot that asked what to play: "letters", "geography, hard", "in German".

    "Yes" and "no" count where it `offered` a round. None for all that holds other words. For what is said to the bot
    while nothing is played.
    """
    words = tuple(word.folded for word in words_of(composed(text[: TEXT_LIMIT + 1])))
    if not words or len(text) > TEXT_LIMIT:
        return None
    own = lexicon(spoken(language))
    for one in dict.fromkeys(("en", spoken(language))) if offered else ():
        if _consists(words, lexicon(one).agreeing, lexicon(one)):
            return Order(intent=Intent.PLAY, sureness=HALF, words=text)
        if _consists(words, lexicon(one).declining, lexicon(one)):
            return Order(intent=Intent.STOP, sureness=HALF, words=text)
    play = read_folded(stripped(words, own) or words, spoken(language))
    asks = {template.before[0] for template in own.about if template.before}
    if play.unknown or (words[0] in asks and not play.game):
        return None
    if play.game or play.topic or play.difficulty:
        return Order(intent=Intent.PLAY, sureness=HALF, words=text, play=play)
    if play.language and not play.rounds:
        return Order(intent=Intent.LANGUAGE, sureness=HALF, words=text, play=play)
    return None


def _consists(words: Key, phrases: frozenset[Key], own: Lexicon) -> bool:
    """Say whether the words are one of the phrases, or its single words and fillers: "why not", "yes please", "ok sure"."""
    if words in phrases:
        return True
    said = [(word,) in phrases for word in words]
    return any(said) and all(one or word in own.fillers for one, word in zip(said, words, strict=True))
