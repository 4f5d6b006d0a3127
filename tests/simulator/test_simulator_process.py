"""`python -m ops.simulator` as a person or a benchmark starts it."""

from __future__ import annotations

import asyncio
import re
import signal
import socket
import sys
from pathlib import Path

import aiohttp

ROOT = Path(__file__).resolve().parents[2]


async def start(*arguments: str) -> asyncio.subprocess.Process:
    """Start the simulator as a process of its own."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "ops.simulator",
        *arguments,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def test_it_says_where_it_listens_and_stops_on_a_signal() -> None:
    process = await start("--port", "0")
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode()
    found = re.search(r"http://127\.0\.0\.1:\d+", line)
    assert found is not None
    async with aiohttp.ClientSession() as session, session.get(f"{found[0]}/_sim/health") as response:
        assert await response.json() == {"ok": True}
    process.send_signal(signal.SIGTERM)
    _, errors = await process.communicate()
    assert process.returncode == 0
    assert errors == b""


async def test_a_taken_port_is_a_clear_message() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = await start("--port", str(taken.getsockname()[1]))
        _, errors = await process.communicate()
    assert process.returncode == 1
    assert b"cannot listen on 127.0.0.1" in errors
    assert b"Traceback" not in errors
