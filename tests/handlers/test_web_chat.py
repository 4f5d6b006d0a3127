"""The web chat over real HTTP and real sockets: nothing lost, nothing twice, nothing believed that is not signed."""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from types import SimpleNamespace
from typing import Any

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest, HTTPResponse
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application
from tornado.websocket import WebSocketClientConnection, websocket_connect

from game_state.errors import BadData, Unavailable
from game_state.message import Button, Message
from handlers.cookie import ConversationCookie
from handlers.web_chat import GOING_AWAY, NO_COOKIE, STATIC, Entry, Pace, WebChat, close_sockets, routes
from handlers.web_words import fault_words, game_titles, page_words, script_words
from languages.voice import LANGUAGES, voice_of
from platforms.contract import Bot
from platforms.web.frames import FRAME_LIMIT_BYTES, Fault

BOTS = {
    "tavern": Bot(bot_id=1, name="tavern", platform="web", credentials={}),
    "cellar": Bot(bot_id=2, name="cellar", platform="web", credentials={}),
    "phone": Bot(bot_id=3, name="phone", platform="telegram", credentials={}),
    "salon": Bot(bot_id=4, name="salon", platform="web", credentials={}, language="fr-CA"),
}
PATIENCE_S = 20.0


class Table:
    """Conversations in memory: every accepted message is answered at once with its own words."""

    def __init__(self) -> None:
        self.lines: dict[int, list[Entry]] = {}
        self.ids: dict[tuple[int, str], int] = {}
        self.keys: set[str] = set()
        self.wakers: dict[int, list[Callable[[], None]]] = {}
        self.wakes = True
        self.answers = True
        self.down: type[Exception] | None = None
        self.gate: asyncio.Event | None = None
        self.accepting = asyncio.Event()
        self.messages: list[Message] = []

    async def accept(self, bot: Bot, message: Message, timeout_s: float) -> int:
        self.accepting.set()
        if self.gate is not None:
            await self.gate.wait()
        if self.down is not None:
            raise self.down
        number = self.ids.setdefault((bot.bot_id, message.address), len(self.ids) + 1)
        if message.dedupe_key not in self.keys:
            self.keys.add(message.dedupe_key)
            self.messages.append(message)
            lines = self.lines.setdefault(number, [])
            lines.append(Entry(number=1, mine=True, text=message.text, at_ms=1, client_id=message.message_id or ""))
            if self.answers:
                self.reply(number, f"you said {message.text}")
        return number

    def reply(self, conversation_id: int, text: str, *buttons: Button, board: str = "") -> None:
        lines = self.lines[conversation_id]
        number = 1 + sum(not line.mine for line in lines)
        lines.append(Entry(number=number, mine=False, text=text, at_ms=2, buttons=buttons, board=board))
        if self.wakes:
            for wake in self.wakers.get(conversation_id, []):
                wake()

    async def find_conversation(self, bot: Bot, address: str) -> int | None:
        if self.down is not None:
            raise self.down
        return self.ids.get((bot.bot_id, address))

    async def read_replies(self, conversation_id: int, after: int, limit: int) -> Sequence[Entry]:
        if self.down is not None:
            raise self.down
        lines = self.lines[conversation_id]
        return [line for line in lines if not line.mine and line.number > after][:limit]

    async def read_history(self, conversation_id: int, limit: int) -> Sequence[Entry]:
        if self.down is not None:
            raise self.down
        return self.lines[conversation_id][-limit:]

    def subscribe(self, conversation_id: int, wake: Callable[[], None]) -> Callable[[], None]:
        wakers = self.wakers.setdefault(conversation_id, [])
        wakers.append(wake)
        return lambda: wakers.remove(wake)


class House:
    """A running server with the web chat on a table."""

    def __init__(self, pace: Pace) -> None:
        self.table = Table()
        self.cookie = ConversationCookie(b"secret")
        self.chat = WebChat(
            find_bot=BOTS.get,
            default_bot="tavern",
            accepts=self.table,
            history=self.table,
            wakes=self.table,
            cookie=self.cookie,
            now_ms=lambda: 1_700_000_000_000,
            pace=pace,
        )
        self.server = HTTPServer(Application(routes(self.chat)))
        sock, self.port = bind_unused_port()
        self.server.add_sockets([sock])
        self.pages: list[Page] = []
        self.address = self.cookie.new_address()

    async def get(self, path: str, **headers: str) -> HTTPResponse:
        request = HTTPRequest(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        return await AsyncHTTPClient().fetch(request, raise_error=False)

    async def dial(self, bot: str = "tavern", **headers: str) -> Page:
        headers = {"Cookie": f"{self.cookie.NAME}={self.cookie.sign(self.address)}"} | headers
        url = f"ws://127.0.0.1:{self.port}/play/{bot}/socket"
        client = await websocket_connect(HTTPRequest(url, headers=headers))
        self.pages.append(Page(client))
        return self.pages[-1]

    async def fresh(self, bot: str = "tavern") -> Page:
        """Dial and take the history."""
        page = await self.dial(bot)
        await page.say(type="hello", after=None)
        page.history = await page.hear("history")
        return page

    async def close(self) -> None:
        for page in self.pages:
            page.client.close()
            while not page.ended:
                await page.next()
        AsyncHTTPClient().close()
        self.server.stop()
        await self.server.close_all_connections()


class Page:
    """One browser page's socket."""

    def __init__(self, client: WebSocketClientConnection) -> None:
        self.client = client
        self.history: dict[str, Any] = {}
        self.ended = False

    async def say(self, **frame: Any) -> None:
        await self.client.write_message(json.dumps(frame))

    async def write(self, text: str, client_id: str | None = None) -> str:
        client_id = client_id or str(uuid.uuid4())
        await self.say(type="message", id=client_id, text=text)
        return client_id

    async def next(self) -> dict[str, Any] | None:
        async with asyncio.timeout(PATIENCE_S):
            raw = await self.client.read_message()
        self.ended = raw is None
        return None if raw is None else json.loads(raw)

    async def hear(self, kind: str) -> dict[str, Any]:
        """The next frame, which has to be of this type."""
        frame = await self.next()
        assert frame is not None, f"closed: {self.client.close_code} {self.client.close_reason}"
        assert frame["type"] == kind, frame
        return frame

    async def hear_all(self, *kinds: str) -> dict[str, dict[str, Any]]:
        """As many frames as there are kinds, of these kinds, in any order."""
        frames = [await self.next() for _ in kinds]
        heard = {frame["type"]: frame for frame in frames if frame is not None}
        assert sorted(heard) == sorted(kinds), frames
        return heard

    async def closed(self) -> int | None:
        assert await self.next() is None
        return self.client.close_code


Open = Callable[..., Awaitable[House]]


@pytest.fixture
async def build() -> AsyncIterator[Open]:
    """Open a house with the given pace; slow polls by default, so that only wakes bring replies."""
    houses: list[House] = []

    async def _open(**pace: Any) -> House:
        houses.append(House(Pace(**({"poll_s": 60.0, "idle_poll_s": 60.0} | pace))))
        return houses[-1]

    yield _open
    for house in houses:
        await house.close()


@pytest.fixture
async def house(build: Open) -> House:
    return await build()


# ---- the page ----


@pytest.mark.parametrize(("path", "name"), [("/play", "tavern"), ("/play/", "tavern"), ("/play/cellar", "cellar")])
async def test_the_page_leads_to_its_bots_socket(house: House, path: str, name: str) -> None:
    answer = await house.get(path)
    assert answer.code == 200
    assert f'data-socket="/play/{name}/socket"' in answer.body.decode()


@pytest.mark.parametrize("path", ["/play/nobody", "/play/phone", "/play/static/play.html", "/play/static/../cookie.py"])
async def test_what_is_not_the_web_chats_is_not_found(house: House, path: str) -> None:
    assert (await house.get(path)).code == 404


async def test_the_page_runs_nothing_but_its_own_files(house: House) -> None:
    answer = await house.get("/play")
    policy = answer.headers["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; script-src 'self'; style-src 'self'; "
        f"connect-src 'self' ws://127.0.0.1:{house.port} wss://127.0.0.1:{house.port}; img-src 'self' data:; "
        "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    )
    body = answer.body.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\son\w+=", body), (
        "inline code, which the policy blocks"
    )
    assert answer.headers["Cache-Control"] == "no-store"


async def test_a_host_cannot_widen_the_policy(house: House) -> None:
    answer = await house.get("/play", Host="a;script-src")
    assert "a;script-src" not in answer.headers.get("Content-Security-Policy", "")


async def test_the_page_with_all_it_loads_is_small_and_kept(house: House) -> None:
    body = (await house.get("/play")).body
    links = re.findall(r'(?:src|href)="(/play/static/[^"]+)"', body.decode())
    files = [await house.get(link) for link in links]
    assert [file.headers["Content-Type"].split(";")[0] for file in files] == ["text/css", "text/javascript"]
    assert len(body) + sum(len(file.body) for file in files) < 30_000
    assert all("max-age=315360000" in file.headers["Cache-Control"] for file in files)


# ---- the page's language ----


class Texts(HTMLParser):
    """All that a page says to people, read or heard, and what its body hands to the script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.language: str | None = None
        self.handed: dict[str, str | None] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.said += [given[name] or "" for name in ("placeholder", "aria-label", "title", "alt") if name in given]
        if given.get("name") == "description":
            self.said.append(given["content"] or "")
        if tag == "html":
            self.language = given["lang"]
        if tag == "body":
            self.handed = given

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.said.append(data.strip())


@pytest.mark.parametrize("language", LANGUAGES)
async def test_all_that_the_page_says_is_in_the_visitors_language(house: House, language: str) -> None:
    answer = await house.get("/play", **{"Accept-Language": f"{language}-XX, nl;q=0.5"})
    assert answer.headers["Content-Language"] == language
    page, voice = Texts(answer.body.decode()), voice_of(language)
    assert page.language == language
    names = ["P", "Parlor"]
    assert sorted(page.said) == sorted([*page_words(voice, "tavern").values(), *game_titles(voice).values(), *names])
    assert page.handed["data-language"] == language
    assert json.loads(page.handed["data-texts"] or "") == script_words(voice)


@pytest.mark.parametrize(
    ("bot", "accepted", "language", "wanted"),
    [
        ("tavern", {}, "en", ""),
        ("salon", {}, "fr", ""),
        ("salon", {"Accept-Language": "pl, nl;q=0.9"}, "fr", ""),
        ("salon", {"Accept-Language": "pl, it;q=0.9"}, "it", "it"),
    ],
)
async def test_a_visitor_of_another_language_gets_the_bots(
    house: House, bot: str, accepted: dict[str, str], language: str, wanted: str
) -> None:
    page = Texts((await house.get(f"/play/{bot}", **accepted)).body.decode())
    assert (page.language, page.handed["data-language"]) == (language, wanted)


async def test_no_cache_gives_one_language_for_another(house: House) -> None:
    german = await house.get("/play", **{"Accept-Language": "de"})
    assert german.headers["Vary"] == "Accept-Language"
    kept = {"If-None-Match": german.headers["Etag"]}
    assert (await house.get("/play", **{"Accept-Language": "de"}, **kept)).code == 304
    assert (await house.get("/play", **{"Accept-Language": "en"}, **kept)).code == 200


def test_the_script_has_no_words_of_its_own() -> None:
    script = (STATIC / "play.js").read_text(encoding="utf-8")
    code = re.sub(r"^\s*//.*$|\s// .*$", "", script, flags=re.MULTILINE)
    used = set(re.findall(r"\btexts\.(\w+)", code))
    assert used == set(script_words(voice_of("en")))
    literals = re.findall(r'"[^"\n]*"|`[^`\n]*`', code)
    assert len(literals) > 100, "the script has more of them: are they still found?"
    # Those of the program are names, or have no capital: a sentence begins with one and has a space or an end.
    assert [literal for literal in literals if re.match(r"[\"`][A-ZÀ-Þ].*[ .…!?:]", literal)] == []


async def test_the_socket_explains_itself_in_the_visitors_language(house: House) -> None:
    for headers, bot, language in (({"Accept-Language": "es-MX"}, "salon", "es"), ({}, "salon", "fr")):
        page = await house.dial(bot, **headers)
        await page.client.write_message("nonsense")
        assert (await page.hear("error"))["message"] == fault_words(voice_of(language), Fault.MISSHAPEN)
        await page.write("x" * 4001)
        assert (await page.hear("error"))["message"] == fault_words(voice_of(language), Fault.LONG)


# ---- the cookie ----


def sent_cookie(answer: HTTPResponse) -> SimpleCookie:
    return SimpleCookie(answer.headers["Set-Cookie"])


async def test_a_new_browser_gets_a_signed_cookie(house: House) -> None:
    morsel = sent_cookie(await house.get("/play"))[house.cookie.NAME]
    assert house.cookie.read(morsel.value) is not None
    assert morsel["httponly"]
    assert (morsel["samesite"], morsel["path"], morsel["max-age"]) == ("Lax", "/play", str(365 * 24 * 3600))
    assert not morsel["secure"]


async def test_a_known_browser_keeps_its_conversation(house: House) -> None:
    value = house.cookie.sign(house.address)
    answer = await house.get("/play", Cookie=f"{house.cookie.NAME}={value}")
    assert sent_cookie(answer)[house.cookie.NAME].value == value


async def test_a_tampered_cookie_is_a_new_conversation(house: House) -> None:
    forged = house.cookie.sign(house.address).replace(house.address, house.cookie.new_address())
    answer = await house.get("/play", Cookie=f"{house.cookie.NAME}={forged}")
    assert answer.code == 200
    assert house.cookie.read(sent_cookie(answer)[house.cookie.NAME].value) not in (None, forged.split(".")[1])


@pytest.mark.parametrize(("proxied", "secure"), [({"X-Forwarded-Proto": "https"}, True), ({}, False)])
async def test_the_cookie_is_secure_where_the_player_came_by_https(
    house: House, proxied: dict[str, str], secure: bool
) -> None:
    answer = await house.get("/play", **proxied)
    assert bool(sent_cookie(answer)["parlor_play"]["secure"]) is secure


# ---- the socket's door ----


@pytest.mark.parametrize("cookie", ["", "parlor_play=1.0.0"])
async def test_a_socket_without_a_valid_cookie_is_told_to_get_one(house: House, cookie: str) -> None:
    page = await house.dial(Cookie=cookie)
    assert await page.closed() == NO_COOKIE
    assert page.client.close_reason == "no valid cookie"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_a_page_of_another_host_is_refused(house: House, headers: dict[str, str]) -> None:
    with pytest.raises(HTTPClientError) as caught:
        await house.dial(**headers)
    assert caught.value.code == 403


async def test_the_pages_own_host_is_let_in(house: House) -> None:
    page = await house.dial(Origin=f"http://127.0.0.1:{house.port}")
    await page.say(type="hello", after=None)
    await page.hear("history")


@pytest.mark.parametrize("bot", ["nobody", "phone"])
async def test_an_unknown_bot_has_no_socket(house: House, bot: str) -> None:
    with pytest.raises(HTTPClientError) as caught:
        await house.dial(bot)
    assert caught.value.code == 404


# ---- talking ----


async def test_a_message_is_acknowledged_and_answered(house: House) -> None:
    page = await house.fresh()
    assert page.history == {"type": "history", "entries": [], "last": 0}
    client_id = await page.write("Etna")
    heard = await page.hear_all("ack", "reply")
    assert heard["ack"]["id"] == client_id
    assert heard["reply"] == {
        "type": "reply",
        "number": 1,
        "text": "you said Etna",
        "at_ms": 2,
        "name": "",
        "buttons": [],
        "board": "",
    }


async def test_nothing_is_acknowledged_before_it_is_durable(house: House) -> None:
    house.table.gate = asyncio.Event()
    page = await house.fresh()
    (socket,) = house.chat.sockets
    write = socket.write_message
    committed_at_ack: list[int] = []

    def write_message(message: Any, binary: bool = False) -> asyncio.Future[None]:
        if json.loads(message)["type"] == "ack":
            committed_at_ack.append(len(house.table.messages))
        return write(message, binary)

    socket.write_message = write_message  # type: ignore[method-assign]
    await page.write("Etna")
    await house.table.accepting.wait()
    assert committed_at_ack == []
    house.table.gate.set()
    await page.hear_all("ack", "reply")
    assert committed_at_ack == [1]


async def test_the_same_message_again_is_acknowledged_and_not_played(house: House) -> None:
    page = await house.fresh()
    client_id = await page.write("Etna")
    await page.hear_all("ack", "reply")
    await page.write("Etna", client_id)
    assert (await page.hear("ack"))["id"] == client_id
    assert len(house.table.messages) == 1


@pytest.mark.parametrize("fault", [TimeoutError, OSError, Unavailable])
async def test_what_cannot_be_made_durable_is_to_be_sent_again(build: Open, fault: type[Exception]) -> None:
    house = await build(retry_after_s=7.0)
    page = await house.fresh()
    house.table.down = fault
    client_id = await page.write("Etna")
    assert await page.hear("retry") == {"type": "retry", "id": client_id, "after_s": 7.0}
    house.table.down = None
    await page.write("Etna", client_id)
    await page.hear_all("ack", "reply")
    assert [message.text for message in house.table.messages] == ["Etna"]


async def test_what_the_database_refuses_is_not_sent_for_ever(house: House) -> None:
    page = await house.fresh()
    house.table.down = BadData
    client_id = await page.write("Etna")
    problem = await page.hear("error")
    assert (problem["id"], problem["refused"]) == (client_id, True)


async def test_the_page_is_told_what_is_a_board(house: House) -> None:
    page = await house.fresh()
    await page.write("Etna")
    await page.hear_all("ack", "reply")
    house.table.reply(1, "_ _ _", board="round")
    assert (await page.hear("reply"))["board"] == "round"
    later = await house.fresh()
    assert [entry.get("board", "") for entry in later.history["entries"]] == ["", "", "round"]


async def test_buttons_come_and_go_by_the_socket(house: House) -> None:
    page = await house.fresh()
    await page.write("Etna")
    await page.hear_all("ack", "reply")
    house.table.reply(1, "Again?", Button(label="Yes", value="again"))
    assert (await page.hear("reply"))["buttons"] == [{"label": "Yes", "value": "again"}]
    await page.say(type="press", id=str(uuid.uuid4()), value="again", label="Yes")
    await page.hear_all("ack", "reply")
    assert house.table.messages[-1].button == "again"


async def test_two_bots_of_one_browser_are_two_conversations(house: House) -> None:
    page = await house.fresh("tavern")
    await page.write("Etna")
    await page.hear_all("ack", "reply")
    assert (await house.fresh("cellar")).history["entries"] == []


# ---- coming back ----


async def test_a_reload_shows_the_conversation(house: House) -> None:
    page = await house.fresh()
    client_id = await page.write("Etna")
    await page.hear_all("ack", "reply")
    history = (await house.fresh()).history
    assert [(entry["text"], entry.get("mine", False)) for entry in history["entries"]] == [
        ("Etna", True),
        ("you said Etna", False),
    ]
    assert history["entries"][0]["id"] == client_id
    assert history["last"] == 1


async def test_a_page_that_was_away_misses_and_repeats_nothing(build: Open) -> None:
    house = await build(page_size=4)
    page = await house.fresh()
    seen: list[int] = []
    for turn in range(10):
        await page.write(f"guess {turn}")
        seen.append((await page.hear_all("ack", "reply"))["reply"]["number"])
        page.client.close()
        for _ in range(turn % 7):
            house.table.reply(1, "while away")
        page = await house.dial()
        await page.say(type="hello", after=seen[-1])
        frame = await page.next()
        while frame is not None and frame["type"] != "resumed":
            seen.append(frame["number"])
            frame = await page.next()
        assert frame is not None
        assert frame["last"] == seen[-1]
        total = sum(not line.mine for line in house.table.lines[1])
        while seen[-1] < total:
            seen.append((await page.hear("reply"))["number"])
    assert seen == list(range(1, len(seen) + 1))


async def test_hello_again_on_an_open_socket_repeats_only_what_was_missed(house: House) -> None:
    page = await house.fresh()
    for text in ("a", "b", "c"):
        await page.write(text)
        await page.hear_all("ack", "reply")
    await page.say(type="hello", after=1)
    assert [(await page.hear("reply"))["number"], (await page.hear("reply"))["number"]] == [2, 3]
    assert await page.hear("resumed") == {"type": "resumed", "last": 3}


async def test_a_page_that_knows_more_than_the_database_starts_afresh(house: House) -> None:
    page = await house.fresh()
    await page.write("Etna")
    await page.hear_all("ack", "reply")
    await page.say(type="hello", after=57)
    assert (await page.hear("history"))["last"] == 1


async def test_pruned_replies_show_as_history_not_as_a_hole(house: House) -> None:
    page = await house.fresh()
    for text in ("a", "b", "c"):
        await page.write(text)
        await page.hear_all("ack", "reply")
    house.table.lines[1] = house.table.lines[1][4:]
    await page.say(type="hello", after=1)
    assert [entry["text"] for entry in (await page.hear("history"))["entries"]] == ["c", "you said c"]


async def test_a_page_full_of_own_lines_still_knows_where_the_replies_stand(build: Open) -> None:
    house = await build(page_size=2)
    page = await house.fresh()
    await page.write("a")
    await page.hear_all("ack", "reply")
    house.table.answers = False
    for text in "bcdef":
        await page.write(text)
        await page.hear("ack")
    again = await house.fresh()
    assert again.history["last"] == 1


async def test_an_outage_delays_the_history_and_no_more(build: Open) -> None:
    house = await build(poll_s=0.01, idle_poll_s=0.05)
    house.table.down = OSError
    page = await house.dial()
    await page.say(type="hello", after=None)
    client_id = await page.write("Etna")
    await page.hear("retry")
    house.table.down = None
    assert (await page.hear("history"))["entries"] == []
    await page.write("Etna", client_id)
    await page.hear_all("ack", "reply")


# ---- wakes are hints ----


async def test_a_reply_comes_without_any_wake_while_it_is_expected(build: Open) -> None:
    house = await build(poll_s=0.02)
    house.table.wakes = house.table.answers = False
    page = await house.fresh()
    await page.write("Etna")
    await page.hear("ack")
    house.table.reply(1, "late")
    assert (await page.hear("reply"))["text"] == "late"


async def test_a_reply_comes_without_any_wake_while_none_is_expected(build: Open) -> None:
    house = await build(idle_poll_s=0.02, expect_s=0.0)
    house.table.wakes = house.table.answers = False
    page = await house.fresh()
    await page.write("Etna")
    await page.hear("ack")
    house.table.reply(1, "a timer fell due")
    assert (await page.hear("reply"))["text"] == "a timer fell due"


async def test_a_second_page_learns_of_a_conversation_that_the_first_began(build: Open) -> None:
    house = await build(idle_poll_s=0.02)
    first, second = await house.fresh(), await house.fresh()
    await first.write("Etna")
    assert (await second.hear("reply"))["text"] == "you said Etna"


async def test_a_closed_socket_is_woken_no_more(house: House) -> None:
    page = await house.fresh()
    await page.write("Etna")
    await page.hear_all("ack", "reply")
    (socket,) = house.chat.sockets
    gone = asyncio.Event()
    end = socket.on_close

    def on_close() -> None:
        end()
        gone.set()

    socket.on_close = on_close  # type: ignore[method-assign]
    page.client.close()
    await asyncio.wait_for(gone.wait(), PATIENCE_S)
    assert house.table.wakers[1] == []
    assert not house.chat.sockets


# ---- what a page may not do ----


@pytest.mark.parametrize(
    "raw", ["", "nonsense", "[]", '{"type":"message"}', '{"type":"message","id":"1","text":"x"}', b"\xff\x00"]
)
async def test_a_bad_frame_is_answered_and_the_socket_stays(house: House, raw: str | bytes) -> None:
    page = await house.fresh()
    await page.client.write_message(raw, binary=isinstance(raw, bytes))
    problem = await page.hear("error")
    assert problem["refused"] is True
    await page.write("Etna")
    await page.hear_all("ack", "reply")


async def test_a_message_that_is_too_long_is_refused_by_its_id(house: House) -> None:
    page = await house.fresh()
    client_id = await page.write("x" * 4001)
    problem = await page.hear("error")
    assert (problem["id"], problem["refused"]) == (client_id, True)


async def test_a_frame_beyond_the_limit_closes_the_socket(house: House) -> None:
    page = await house.fresh()
    await page.client.write_message("x" * (FRAME_LIMIT_BYTES + 1))
    assert await page.closed() == 1009


class Clock:
    """Stands where the loop's clock would, and goes on when it is told to."""

    now_s = 0.0

    def time(self) -> float:
        return self.now_s


async def test_who_writes_too_fast_is_told_and_loses_nothing(build: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr("handlers.allowance.asyncio", SimpleNamespace(get_running_loop=lambda: clock))
    house = await build(burst=4, frames_per_s=20.0)
    house.table.answers = False
    page = await house.fresh()
    waiting = [str(uuid.uuid4()) for _ in range(12)]
    told = 0
    for client_id in waiting:
        await page.write(client_id, client_id)
    unsent: list[str] = []
    answered = 0
    while answered < len(waiting):
        frame = await page.next()
        assert frame is not None
        if frame["type"] == "error":
            told += 1
            assert frame["refused"] is False
            continue
        answered += 1
        if frame["type"] == "retry":
            assert 0 < frame["after_s"] < 1
            unsent.append(frame["id"])
    assert told == len(unsent) == 9, "the hello was the first of four"
    for client_id in unsent:
        kind = ""
        while kind != "ack":
            if kind != "error":  # a retry follows it
                await page.write(client_id, client_id)
            frame = await page.next()
            assert frame is not None
            kind = frame["type"]
            clock.now_s += frame.get("after_s", 0.0)
    assert sorted(message.text for message in house.table.messages) == sorted(waiting)


async def test_a_draining_process_sends_its_pages_elsewhere(house: House) -> None:
    page = await house.fresh()
    close_sockets(house.chat)
    assert await page.closed() == GOING_AWAY


async def test_a_message_under_way_survives_the_draining(house: House) -> None:
    house.table.gate = asyncio.Event()
    page = await house.fresh()
    client_id = await page.write("Etna")
    await house.table.accepting.wait()
    close_sockets(house.chat)
    assert await page.closed() == GOING_AWAY
    house.table.gate.set()
    again = await house.fresh()
    assert again.history["entries"][0]["id"] == client_id
    await again.write("Etna", client_id)
    await again.hear("ack")
    assert len(house.table.messages) == 1
