"""The outgoing client: what arrived is known, what may have arrived is said to be unknown, connections are kept and given up."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from delivery.client import Client, NotSent, OutcomeUnknown
from platforms.contract import Request

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def listening(serve: Serve) -> AsyncIterator[str]:
    """A server that does to each connection what the test says; its address."""

    async def guarded(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(guarded, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    """A client that waits a second."""
    made = Client(timeout_s=1.0)
    yield made
    await made.close()


async def request_of(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r")[0])
    return head + await reader.readexactly(length)


def answering(answers: list[bytes], seen: list[bytes]) -> Serve:
    """One connection after the other takes the next answers; `seen` collects requests, with a mark for each connection."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(b"connected")
        while answers:
            seen.append(await request_of(reader))
            writer.write(answers.pop(0))
            await writer.drain()

    return serve


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Thing: Yes\r\n\r\nhi"


async def test_connections_are_kept(client: Client) -> None:
    seen: list[bytes] = []
    async with listening(answering([OK, OK, OK], seen)) as url:
        for _ in range(3):
            response = await client.send(
                Request(url=f"{url}/bot1/send?x=1", body=b"{}", headers=(("Content-Type", "application/json"),))
            )
            assert (response.status, response.body, response.headers.get("x-THING")) == (200, b"hi", "Yes")
    assert seen.count(b"connected") == 1
    assert seen[1].startswith(b"POST /bot1/send?x=1 HTTP/1.1\r\nHost: 127.0.0.1:")
    assert seen[1].endswith(b"Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nh\r\n1\r\ni\r\n0\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" + OK,
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhi",
        b"HTTP/1.0 200 OK\r\n\r\nhi",
    ],
    ids=["chunked", "continue", "until the end", "HTTP/1.0"],
)
async def test_forms_of_answers(client: Client, answer: bytes) -> None:
    async with listening(answering([answer], [])) as url:
        response = await client.send(Request(url=url))
    assert (response.status, response.body) == (200, b"hi")


async def test_an_answer_without_a_body_ends_by_itself(client: Client) -> None:
    seen: list[bytes] = []
    async with listening(answering([b"HTTP/1.1 204 No Content\r\n\r\n", OK], seen)) as url:
        assert (await client.send(Request(url=url))).status == 204
        assert (await client.send(Request(url=url))).status == 200
    assert seen.count(b"connected") == 1


@pytest.mark.parametrize(
    "answers",
    [[b""], [b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf"], [b"no HTTP at all\r\n\r\n"]],
    ids=["silence", "half an answer", "garbage"],
)
async def test_a_written_request_without_an_answer_is_unknown(client: Client, answers: list[bytes]) -> None:
    async with listening(answering(answers, [])) as url:
        with pytest.raises(OutcomeUnknown):
            await client.send(Request(url=url))


async def test_a_slow_answer_is_unknown_in_time_and_its_connection_is_given_up(client: Client) -> None:
    async def never(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(-1)

    async with listening(never) as url:
        with pytest.raises(OutcomeUnknown, match="timeout"):
            await client.send(Request(url=url))


async def test_nobody_there_is_surely_not_sent(client: Client) -> None:
    async with listening(answering([OK], [])) as url:
        pass
    with pytest.raises(NotSent):
        await client.send(Request(url=url))


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "http:///x", "http://127.0.0.1:99999/", "http://127.0.0.1/a b", ""]
)
async def test_what_is_no_address_is_surely_not_sent(client: Client, url: str) -> None:
    with pytest.raises(NotSent):
        await client.send(Request(url=url))


async def test_a_header_cannot_add_lines(client: Client) -> None:
    async with listening(answering([OK], [])) as url:
        with pytest.raises(NotSent):
            await client.send(Request(url=url, headers=(("X-Name", "a\r\nX-Evil: b"),)))


async def test_a_closed_connection_is_not_used_again(client: Client) -> None:
    seen: list[bytes] = []
    closing = OK.replace(b"X-Thing: Yes", b"Connection: close")
    async with listening(answering([closing, OK], seen)) as url:
        await client.send(Request(url=url))
        await client.send(Request(url=url))
    assert seen.count(b"connected") == 2


async def test_a_certificate_that_nobody_vouches_for_is_refused(client: Client) -> None:
    async with listening(answering([OK], [])) as url:
        with pytest.raises(NotSent):
            await client.send(Request(url=url.replace("http://", "https://")))
    assert ssl.create_default_context().verify_mode == ssl.CERT_REQUIRED
