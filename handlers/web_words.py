"""What the web chat says by itself: the page's own texts and the socket's notices, in the visitor's language.

Owns which language that is, and the texts, by the names under which page and script use them. What the bot says comes from the
conversation's log and is in the conversation's language. Pure.
"""

from __future__ import annotations

from babel import negotiate_locale

from game_state.rules import HOST
from languages.voice import LANGUAGES, Voice
from platforms.web.frames import TEXT_LIMIT, Fault


def wanted_language(accepted: str) -> str | None:
    """Return the language that an `Accept-Language` header wants most among those that the bot speaks; None: none of them.

    By quality, equals in the header's order. A part that cannot be read, one of no quality and "*" want nothing.
    """
    ranked = []
    for part in accepted.split(","):
        tag, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = _quality(parameters)
        if tag and quality > 0:
            ranked.append((quality, tag))
    ranked.sort(key=lambda one: -one[0])
    return negotiate_locale([tag for _, tag in ranked], LANGUAGES, sep="-")


def page_words(voice: Voice, bot: str) -> dict[str, str]:
    """Return the texts in the page, by the template's names for them."""
    return {
        "title": voice.say("Parlor: play with {bot}", bot=bot),
        "description": voice.say("Six games over Wikipedia, with a bot, in your browser."),
        "connecting": voice.say("Connecting…"),
        "your_name": voice.say("Your name"),
        "name_label": voice.say("Name on the scoreboard (optional)"),
        "name_hint": voice.say("It is kept in this browser and sent with your messages."),
        "headline": voice.say("Games over Wikipedia"),
        "invitation": voice.say(
            "Clues, letters, links and questions: each round hides an article, and you find it. "
            "Nothing to learn, just begin."
        ),
        "start": voice.say("Start a game"),
        "games_label": voice.say("Games"),
        "more": voice.say("Or write /help to see what else you can say."),
        "conversation": voice.say("Conversation"),
        "below": voice.say("New messages below"),
        "your_message": voice.say("Your message"),
        "placeholder": voice.say("Your guess or message"),
        "send": voice.say("Send"),
        "no_script": voice.say("This page needs JavaScript to talk with the server."),
    }


def game_titles(voice: Voice) -> dict[str, str]:
    """Return what players call the games, by their names, in the order in which they are listed."""
    return {name: game.title(voice) for name, game in HOST.games.items()}


def script_words(voice: Voice) -> dict[str, str]:
    """Return the texts that the page's script shows, by its names for them."""
    return {
        "connected": voice.say("Connected"),
        "lost": voice.say("Connection lost. Trying again…"),
        "offline": voice.say("You are offline. What you write is kept and sent later."),
        "cookie": voice.say("This page needs a cookie to know your game again. Please allow cookies for it."),
        "sending": voice.say("Sending…"),
        "unsent": voice.say("Not sent."),
        "long": voice.say("Not sent: too long."),
        "you": voice.say("You"),
        "choices": voice.say("Choices"),
    }


def fault_words(voice: Voice, fault: Fault) -> str:
    """Say why a frame cannot be played."""
    match fault:
        case Fault.EMPTY:
            return voice.say("An empty message cannot be sent.")
        case Fault.LONG:
            return voice.say("That is too long: a message may have {limit} characters.", limit=TEXT_LIMIT)
        case Fault.MISSHAPEN:
            return voice.say("The page sent something that I do not understand. Loading it again may help.")


def too_fast(voice: Voice) -> str:
    """Say that the messages come faster than they are taken."""
    return voice.say("You are writing very fast. Your messages are kept and sent in a moment.")


def never_taken(voice: Voice) -> str:
    """Say that a message cannot be kept, now or later."""
    return voice.say("The server cannot take this message.")


def _quality(parameters: list[str]) -> float:
    """Read "q=0.8" among a part's parameters: 1 without it, 0 where it is no number."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(float(value), 1.0)
            except ValueError:
                return 0.0
    return 1.0
