"""The outgoing HTTP client: one pool of keep-alive connections a process, for all platforms.

aiohttp, chosen by measurement (docs/decisions): the only pooled client for asyncio that costs a tenth of a millisecond a request.
Every exchange has one whole time-out, which is shorter than a delivery's lease.
"""

from __future__ import annotations

from typing import Final

import aiohttp
from yarl import URL

from platforms.contract import Request, Response

BODY_LIMIT: Final = 256 * 1024
"""Bytes of an answer that are read; platforms answer with a few hundred."""


class NotSent(Exception):
    """The request surely did not arrive: no connection could be made. `str` is a short reason."""


class OutcomeUnknown(Exception):
    """The request was written, the answer did not come: it may have arrived. `str` is a short reason."""


class Client:
    """Sends Requests. Made inside the running loop."""

    def __init__(self, *, timeout_s: float) -> None:
        """`timeout_s`: the whole time of one exchange, in seconds."""
        self.timeout_s = timeout_s
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, ttl_dns_cache=60, keepalive_timeout=30),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=timeout_s, connect=min(5.0, timeout_s)),
            auto_decompress=True,
        )
        self._urls: dict[str, URL] = {}

    async def send(self, request: Request) -> Response:
        """One exchange. Raises NotSent or OutcomeUnknown."""
        try:
            async with self._session.request(
                request.method,
                self._url(request.url),
                data=request.body or None,
                headers=dict(request.headers),
                allow_redirects=False,
            ) as response:
                body = await response.content.read(BODY_LIMIT)
                return Response(status=response.status, headers=response.headers, body=body)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            raise NotSent(type(error).__name__) from error
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise OutcomeUnknown(type(error).__name__) from error

    async def close(self) -> None:
        """Close all connections."""
        await self._session.close()

    def _url(self, url: str) -> URL:
        # Parsing an address costs more than sending to it; bots send to a few addresses over and over.
        parsed = self._urls.get(url)
        if parsed is None:
            if len(self._urls) > 1000:
                self._urls.clear()
            parsed = self._urls[url] = URL(url, encoded=True)
        return parsed
