"""Looking things up: "who is X?", "what is X?", "tell me about X".

Owns the answer: two sentences and the link, or what was perhaps meant. Refused while a round could be helped by it. Pure.
"""

from __future__ import annotations

from zlib import crc32

from article_data.article import Article
from game_state.games.needs import ById, Find
from game_state.games.rounds import Unreachable
from game_state.host import words
from game_state.host.desk import Desk
from game_state.host.opening import articles_language
from game_state.message import Button

WORDS_LIMIT = 100
"""Longest name that is looked up, in characters."""


def about(desk: Desk, text: str) -> str:
    """Tell of an article."""
    voice = desk.voice
    if _helps(desk):
        desk.say(voice.say("Not while a round is on: that might help somebody. Ask me after it!"))
        return "refused"
    text = " ".join(text.split())[:WORDS_LIMIT]
    if not text:
        desk.say(voice.say("Whom or what shall I tell you about? Write it on the same line: /about and the name."))
        return "unknown"
    language = articles_language(desk, "")
    desk.silence()  # what is said of the articles' language is for games
    found = desk.facts.found(Find(text=text, language=language or desk.language))
    if found is None:
        raise Unreachable
    if not found.articles:
        desk.say(voice.say("I have no article of that name."))
        return "not_found"
    first = found.articles[0]
    if found.exact or (len(found.articles) == 1 and first.title.casefold() == text.casefold()):
        desk.say(words.about(first, first.title))
        return "told"
    if len(found.articles) == 1:
        desk.say(voice.say("Did you mean {title}?", title=first.title), _offered(first))
        return "unsure"
    desk.say(
        voice.say("I am not sure whom or what you mean. Did you mean one of these?"),
        *map(_offered, found.articles),
    )
    return "unsure"


def chosen(desk: Desk, name: str) -> str:
    """Tell of an article that was offered; a new build may have given its number to another."""
    language, _, rest = name.partition(":")
    number = rest.partition(":")[0]
    if not _helps(desk) and number.isascii() and number.isdigit() and len(number) < 12:
        article = desk.facts.article(ById(article_id=int(number), language=language))
        if article is None:
            raise Unreachable
        if article.article_id >= 0 and _name(article) == name:
            desk.say(words.about(article, article.title))
            return "told"
    desk.say(desk.voice.say("That button is an old one."))
    return "stale"


def _offered(article: Article) -> Button:
    return Button(label=article.title, value=f"about:{_name(article)}")


def _helps(desk: Desk) -> bool:
    """Say whether somebody who plays could be helped."""
    match = desk.session.match
    return desk.session.round is not None or (match is not None and bool(match.day))


def _name(article: Article) -> str:
    return f"{article.language}:{article.article_id}:{crc32(article.title.encode()):x}"
