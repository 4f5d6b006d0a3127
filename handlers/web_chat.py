"""The web chat's pages: `/play`, `/play/<bot>`, their style and script, and the routes of all of it.

Owns the page, its headers and the conversation cookie's way into the browser. The socket is `web_socket`, the texts of both
are `web_words`, the seams to the rest of Parlor are `web_seams`. No request here reaches the database.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import msgspec
from tornado.routing import URLSpec
from tornado.web import HTTPError, RequestHandler, StaticFileHandler

from handlers.web_seams import Accepts, Entry, History, Pace, Wakes, WebChat
from handlers.web_socket import GOING_AWAY, NO_COOKIE, ChatSocket
from handlers.web_words import game_titles, page_words, script_words, wanted_language
from languages.voice import voice_of
from platforms.web import PLATFORM
from platforms.web.frames import NAME_LIMIT, TEXT_LIMIT

__all__ = [
    "GOING_AWAY",
    "NO_COOKIE",
    "Accepts",
    "ChatSocket",
    "Entry",
    "History",
    "Pace",
    "PlayPage",
    "PlayStatic",
    "Wakes",
    "WebChat",
    "close_sockets",
    "routes",
]

STATIC = Path(__file__).parent / "static"
# A Host header may hold characters that mean something in a policy: only plain names and ports are repeated in it.
_PLAIN_HOST = re.compile(r"[A-Za-z0-9.-]+(?::[0-9]+)?|\[[0-9A-Fa-f:.]+\](?::[0-9]+)?")


def routes(chat: WebChat) -> list[URLSpec]:
    """Return the web chat's routes, to be put before any catch-all."""
    given = {"chat": chat}
    return [
        URLSpec(r"/play/static/(play\.(?:css|js))", PlayStatic, {"path": str(STATIC)}),
        URLSpec(r"/play/(?P<bot>[A-Za-z0-9_.-]+)/socket", ChatSocket, given),
        URLSpec(r"/play(?:/(?P<bot>[A-Za-z0-9_.-]+))?/?", PlayPage, given | {"version": _version()}),
    ]


def close_sockets(chat: WebChat) -> None:
    """Ask every open page to connect again, elsewhere: for a process that drains. Their messages under way go on."""
    for socket in tuple(chat.sockets):
        socket.close(GOING_AWAY, "the server restarts")


class PlayPage(RequestHandler):
    """`/play` and `/play/<bot>`: the page; a browser without a valid cookie gets a new conversation with it."""

    def initialize(self, chat: WebChat, version: str) -> None:
        """Take the dependencies and the version that stands in the addresses of style and script."""
        self.chat = chat
        self._version = version

    def get_template_path(self) -> str:
        """The folder of the page's template."""
        return str(STATIC)

    def get(self, bot: str | None = None) -> None:
        """Render the page in the visitor's language, else in the bot's. Raises HTTPError(404) where there is no such web bot."""
        name = bot or self.chat.default_bot
        found = self.chat.find_bot(name) if name else None
        if found is None or found.platform != PLATFORM.name:
            raise HTTPError(404)
        cookie = self.chat.cookie
        address = cookie.read(self.get_cookie(cookie.NAME)) or cookie.new_address()
        self.set_cookie(  # set anew each time, so that it ends a year after the last visit
            cookie.NAME,
            cookie.sign(address),
            max_age=cookie.MAX_AGE_S,
            expires_days=None,
            path="/play",
            httponly=True,
            samesite="Lax",
            # Behind a proxy only it knows; a client that says so of itself gets a cookie that it then does not send.
            secure=self.request.headers.get("X-Forwarded-Proto", self.request.protocol) == "https",
        )
        wanted = wanted_language(self.request.headers.get("Accept-Language", ""))
        voice = voice_of(wanted or found.language)
        self.set_header("Content-Language", voice.language)
        self.set_header("Vary", "Accept-Language")
        self.set_header("Content-Security-Policy", _policy(self.request.host))
        self.set_header("Cache-Control", "no-store")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cross-Origin-Opener-Policy", "same-origin")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.render(
            "play.html",
            bot=found.name,
            language=voice.language,
            wanted=wanted or "",
            games=game_titles(voice),
            script_texts=msgspec.json.encode(script_words(voice)).decode(),
            version=self._version,
            text_limit=TEXT_LIMIT,
            name_limit=NAME_LIMIT,
            **page_words(voice, found.name),
        )

    def head(self, bot: str | None = None) -> None:
        """As `get`; Tornado leaves the body out."""
        self.get(bot)


class PlayStatic(StaticFileHandler):
    """The page's style and script; kept by browsers for good, since their address changes with their content."""

    def set_extra_headers(self, path: str) -> None:
        """Forbid to guess another type."""
        self.set_header("X-Content-Type-Options", "nosniff")


def _policy(host: str) -> str:
    # Browsers before 2022 do not take 'self' for the page's own socket.
    own = f" ws://{host} wss://{host}" if _PLAIN_HOST.fullmatch(host) else ""
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'{own}; img-src 'self' data:; "
        "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    )


def _version() -> str:
    content = b"".join((STATIC / name).read_bytes() for name in ("play.css", "play.js"))
    return hashlib.sha256(content).hexdigest()[:12]
