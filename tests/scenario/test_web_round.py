"""A round in the web chat, through the page's own socket: numbered replies, acknowledged messages, resuming in mid-round."""

from __future__ import annotations

import asyncio
import re
import uuid
from typing import Any

import aiohttp
import pytest

from tests.scenario.house import House, name_of

PATIENCE_S = 20.0
COOKIE = "parlor_play"


class Page:
    """The page in one browser tab, reduced to its protocol."""

    def __init__(self, house: House, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._house = house
        self.socket = socket
        self.acks: list[str] = []

    @classmethod
    async def open(cls, house: House, *, after: int | None = None) -> Page:
        """Connect as the page does: same origin, its cookie, then a hello with the last number it has."""
        headers = {"Origin": house.url}
        page = cls(house, await house.session.ws_connect(f"{house.url}/play/{name_of('web')}/socket", headers=headers))
        await page.tell(type="hello", after=after)
        return page

    async def tell(self, **frame: object) -> None:
        """Send a frame."""
        await self.socket.send_json(frame)

    async def say(self, text: str, *, message_id: str | None = None) -> str:
        """Write a message; return its id."""
        client_id = message_id or str(uuid.uuid4())
        await self.tell(type="message", id=client_id, text=text, name="Ana Lima", language="en")
        return client_id

    async def press(self, value: str) -> str:
        """Press a button; return the press's id."""
        client_id = str(uuid.uuid4())
        await self.tell(type="press", id=client_id, value=value, label=value, name="Ana Lima")
        return client_id

    async def hear(self, kind: str) -> dict[str, Any]:
        """The next frame of this kind; acknowledgements on the way are noted."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                frame: dict[str, Any] = await self.socket.receive_json()
                if frame["type"] == "ack":
                    self.acks.append(frame["id"])
                if frame["type"] == kind:
                    return frame
                assert frame["type"] in ("ack", "resumed"), frame

    async def close(self) -> None:
        """Leave."""
        await self.socket.close()


async def visit(house: House) -> str:
    """Fetch the page, which sets the cookie; return its conversation's address."""
    async with house.session.get(f"{house.url}/play") as response:
        assert response.status == 200
        assert name_of("web") in await response.text()
        return response.cookies[COOKIE].value.split(".")[1]


async def test_a_browsers_first_game_is_in_its_language(house: House) -> None:
    async with house.session.get(f"{house.url}/play", headers={"Accept-Language": "de-AT,de;q=0.9"}) as response:
        said = re.findall(r'data-language="(.*?)"', await response.text())
    assert said == ["de"]
    page = await Page.open(house)
    await page.hear("history")
    await page.tell(type="press", id=str(uuid.uuid4()), value="play", label="Spiel starten", language=said[0])
    assert "Welcher Artikel ist das? Hinweis 1 von" in (await page.hear("reply"))["text"]
    await page.close()


async def test_a_round_is_won_on_the_page_across_a_reconnect(house: House) -> None:
    address = await visit(house)
    page = await Page.open(house)
    assert await page.hear("history") == {"type": "history", "entries": [], "last": 0}

    sent = [await page.say("play")]
    clue = await page.hear("reply")
    assert clue["number"] == 1
    assert "Clue 1 of" in clue["text"]
    sent.append(await page.press(next(b["value"] for b in clue["buttons"] if b["label"] == "Hint")))
    hint = await page.hear("reply")
    assert (hint["number"], "Clue 2 of" in hint["text"]) == (2, True)
    assert page.acks == sent, "each is acknowledged, in order, before its reply"
    await page.close()

    page = await Page.open(house, after=1)  # as if the hint had not arrived
    again = await page.hear("reply")
    assert again == hint, "the same number, the same words"
    assert (await page.hear("resumed"))["last"] == 2
    sent.append(await page.say("Qvxzk Wjplmb"))
    assert "Not quite" in (await page.hear("reply"))["text"]
    title = await house.title(address)
    sent.append(await page.say(title))
    won = await page.hear("reply")
    assert won["number"] == 4
    points = int(re.findall(r"Yes, that is it! (\d+) points", won["text"])[0])
    assert points > 1
    assert title in won["text"]
    assert "https://" in won["text"]
    sent.append(await page.say("scores"))
    assert f"1. Ana Lima: {points} points, 1 win" in (await page.hear("reply"))["text"]
    await page.close()

    await house.settle()
    assert await house.leftovers() == {}
    incoming, outgoing = await house.log(address, "in"), await house.log(address, "out")
    assert [outcome for _, _, outcome in incoming] == ["started", "clue", "wrong", "correct", "scores"]
    assert [(number, outcome) for number, _, outcome in outgoing] == [(n, "shown") for n in range(1, 6)]
    assert len(set(sent)) == await house.value("select count(*) from parlor.dedupe_keys")


async def test_a_message_sent_again_after_a_lost_acknowledgement_is_played_once(house: House) -> None:
    address = await visit(house)
    page = await Page.open(house)
    await page.hear("history")
    client_id = await page.say("play")
    await page.hear("reply")
    await page.close()

    page = await Page.open(house, after=1)
    await page.hear("resumed")
    await page.say("play", message_id=client_id)
    assert (await page.hear("ack"))["id"] == client_id
    await page.say("hint")
    assert (await page.hear("reply"))["number"] == 2, "nothing was said in answer to the repetition"
    await page.close()
    assert len(await house.log(address, "in")) == 2
    assert house.count("inbox_received_total", platform="web", result="duplicate") == 1


async def test_a_reply_said_while_the_page_was_away_waits_for_it(house: House) -> None:
    await visit(house)
    page = await Page.open(house)
    await page.hear("history")
    client_id = await page.say("play")
    await page.hear("ack")
    await page.close()
    await house.settle()

    page = await Page.open(house, after=0)
    assert (await page.hear("reply"))["number"] == 1
    await page.close()
    fresh = await Page.open(house)
    history = await fresh.hear("history")
    assert [(entry.get("mine", False), entry["number"]) for entry in history["entries"]] == [(True, 1), (False, 1)]
    assert history["entries"][0]["id"] == client_id
    await fresh.close()


async def test_two_browsers_have_two_conversations(house: House) -> None:
    first = await visit(house)
    page = await Page.open(house)
    await page.hear("history")
    await page.say("play")
    await page.hear("reply")
    house.session.cookie_jar.clear()
    assert await visit(house) != first
    other = await Page.open(house)
    assert (await other.hear("history"))["entries"] == []
    await page.close()
    await other.close()


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
async def test_another_sites_page_may_not_connect(house: House, origin: str) -> None:
    await visit(house)
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await house.session.ws_connect(f"{house.url}/play/{name_of('web')}/socket", headers={"Origin": origin})
    assert refused.value.status == 403
