"""A running simulator and a client that speaks to it as our server would."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Mapping
from typing import Any

import aiohttp
import msgspec
import pytest

from ops.simulator import Simulator


class Client:
    """Sends one call to each platform, well-formed unless told otherwise."""

    def __init__(self, simulator: Simulator, session: aiohttp.ClientSession) -> None:
        self._url = simulator.url
        self._session = session

    async def call(
        self,
        path: str,
        body: object = None,
        *,
        verb: str = "POST",
        headers: Mapping[str, str] | None = None,
        form: bool = False,
    ) -> tuple[int, Any, Mapping[str, str]]:
        """Send; return status, body (decoded when it is JSON) and headers."""
        kind = "application/x-www-form-urlencoded" if form else "application/json"
        raw = body if isinstance(body, bytes) else msgspec.json.encode(body)
        data = None if body is None else raw
        async with self._session.request(
            verb, self._url + path, data=data, headers={"Content-Type": kind, **(headers or {})}
        ) as response:
            content = await response.read()
            try:
                return response.status, msgspec.json.decode(content or b"null"), response.headers
            except (msgspec.DecodeError, UnicodeDecodeError):
                return response.status, content, response.headers

    async def telegram(self, method: str = "sendMessage", **body: object) -> tuple[int, Any, Mapping[str, str]]:
        """Call a Bot API method."""
        return await self.call(f"/bot123:secret-token/{method}", body)

    async def slack(self, method: str = "chat.postMessage", **body: object) -> tuple[int, Any, Mapping[str, str]]:
        """Call a Web API method."""
        return await self.call(f"/api/{method}", body, headers={"Authorization": "Bearer xoxb-secret"})

    async def discord(
        self, path: str, body: object = None, verb: str = "POST", *, bot: bool = True
    ) -> tuple[int, Any, Mapping[str, str]]:
        """Call the HTTP API; `path` is what follows the version."""
        headers = {"User-Agent": "DiscordBot (https://parlor.example, 1)"}
        if bot:
            headers["Authorization"] = "Bot secret.token"
        return await self.call(f"/api/v10{path}", body, verb=verb, headers=headers)

    async def messenger(self, message: object, **more: object) -> tuple[int, Any, Mapping[str, str]]:
        """Send a message to PS42."""
        body = {"recipient": {"id": "PS42"}, "messaging_type": "RESPONSE", "message": message, **more}
        return await self.call("/v25.0/me/messages", body, headers={"Authorization": "Bearer page-token"})

    async def whatsapp(self, **body: object) -> tuple[int, Any, Mapping[str, str]]:
        """Send a message to one person."""
        body = {"messaging_product": "whatsapp", "to": "5511900000000", **body}
        return await self.call("/v25.0/100200300/messages", body, headers={"Authorization": "Bearer wa-token"})

    async def line(self, method: str, body: object, **headers: str) -> tuple[int, Any, Mapping[str, str]]:
        """Reply or push; header names with underscores for dashes."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        given["Authorization"] = "Bearer channel-token"
        return await self.call(f"/v2/bot/message/{method}", body, headers=given)

    async def push(self, to: str, *texts: str, key: str | None = None) -> tuple[int, Any, Mapping[str, str]]:
        """Push texts on LINE with a retry key."""
        body = {"to": to, "messages": [{"type": "text", "text": words} for words in texts]}
        return await self.line("push", body, X_Line_Retry_Key=key or str(uuid.uuid4()))


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    """A simulator on a free port."""
    async with Simulator() as running:
        yield running


@pytest.fixture
async def client(simulator: Simulator) -> AsyncIterator[Client]:
    """A client of the simulator."""
    async with aiohttp.ClientSession() as session:
        yield Client(simulator, session)
