"""The game in a terminal: a core without HTTP, and a person who types.

The terminal is one more web chat: what is typed is accepted durably and answered from the log, like everything else.
"""

from __future__ import annotations

import asyncio
import secrets
import sys
import time

import msgspec

from game_state.errors import StoreError
from game_state.message import Button, Kind, Message, Reply
from handlers.core import Core
from ops.settings import Settings

WAIT_S = 5.0
"""Seconds to wait for an answer before the prompt comes back; a later answer is shown before the next one."""

_replies = msgspec.json.Decoder(Reply)


async def play_in_terminal(settings: Settings, url: str, secret: str, version: str) -> None:
    """Play until end of input. Raises StoreError when the database cannot be reached at the start."""
    core = await Core.start(settings, url=url, secret=secret, version=version)
    try:
        await _Talk(core, next(bot.name for bot in settings.bots if bot.platform == "web")).run()
    finally:
        await core.drain()


class _Talk:
    """One sitting: a conversation of its own."""

    def __init__(self, core: Core, bot_name: str) -> None:
        self._core = core
        bot = core.rooms.named(bot_name)
        assert bot is not None
        self._bot = bot
        self._address = f"terminal-{secrets.token_hex(8)}"
        self._conversation: int | None = None
        self._seen = 0
        self._buttons: tuple[Button, ...] = ()
        self._sent = 0

    async def run(self) -> None:
        _say("Parlor: six games over Wikipedia. Type play to begin, games for the list, help for help; Ctrl-D ends.\n")
        loop = asyncio.get_running_loop()
        while True:
            _say("> ")
            line = await loop.run_in_executor(None, sys.stdin.readline)
            text = line.strip()
            if not line or not text:
                _say("\n")
                return
            try:
                await self._send(text)
                await self._show()
            except (TimeoutError, StoreError):
                _say("The database does not answer; nothing was lost. Please say it again.\n")

    async def _send(self, text: str) -> None:
        self._sent += 1
        button = self._buttons[int(text) - 1] if text.isdecimal() and 0 < int(text) <= len(self._buttons) else None
        message = Message(
            kind=Kind.TEXT if button is None else Kind.BUTTON,
            address=self._address,
            dedupe_key=f"w:{self._address}:{self._sent}",
            sender=self._address,
            sender_name="You",
            text=text if button is None else button.label,
            button=None if button is None else button.value,
            addressed=True,
            message_id=str(self._sent),
            sent_at_ms=int(time.time() * 1000),
        )
        self._conversation = await self._core.chat.accepts.accept(self._bot, message, 5.0)

    async def _show(self) -> None:
        assert self._conversation is not None
        woken = asyncio.Event()
        end = self._core.wakes.subscribe(self._conversation, woken.set)
        try:
            until = time.monotonic() + WAIT_S
            while time.monotonic() < until:
                woken.clear()
                rows = await self._core.store.read_replies(self._conversation, self._seen, 50)
                for row in rows:
                    self._print(_replies.decode(row.reply))
                    self._seen = row.number
                if rows:
                    return
                try:
                    async with asyncio.timeout(1.0):
                        await woken.wait()
                except TimeoutError:
                    continue
        finally:
            end()

    def _print(self, reply: Reply) -> None:
        _say(f"\n{reply.text}\n")
        self._buttons = reply.buttons
        if reply.buttons:
            _say("  " + "   ".join(f"[{n}] {b.label}" for n, b in enumerate(reply.buttons, 1)) + "\n")


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
