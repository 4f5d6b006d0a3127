"""Discord over HTTP interactions: slash commands, buttons and modals in; deferral edits, follow-ups and messages out.

There is no Gateway connection, so plain messages do not reach the bot: `/guess TEXT` and the Answer button, whose
modal the door opens itself, are how a guess is typed. Every command that is played is deferred and has to be ended by
its first reply or a silent one (`must_close`); a press shows nothing and needs no end. Discord does not redeliver
interactions. A repeated edit and a repeated post (nonce) are recognised; a repeated follow-up is not, and is resent
after an unknown outcome all the same: one reply twice rather than none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from game_state.message import Origin
from platforms.contract import (
    Answer,
    Bot,
    Capabilities,
    Delivery,
    Headers,
    Outcome,
    Platform,
    Received,
    Refusal,
    Request,
    Response,
    Sending,
)
from platforms.discord.classify import classify
from platforms.discord.parse import parse
from platforms.discord.render import BUTTONS, LABEL_LIMIT, render, typing
from platforms.discord.verify import verify

_DIGITS = re.compile(r"[0-9]{1,20}")
_PUBLIC_KEY = re.compile(r"[0-9a-fA-F]{64}")
_PRINTABLE = re.compile(r"[!-~]+")


class Discord:
    """The room's face; see `platforms.contract.Platform`."""

    name = "discord"
    credentials: tuple[str, ...] = ("application_id", "public_key", "bot_token")
    optional_credentials: tuple[str, ...] = ()
    capabilities = Capabilities(
        text_limit=1900,  # of 2000: room for the backslashes of a usual text
        text_unit="utf16",  # no source says which unit; this one is never too long in another
        buttons=BUTTONS,
        button_label_limit=LABEL_LIMIT,
        buttons_text_limit=1900,
        image=True,
        typing=True,
        edit=True,
        groups=True,
        admins=True,
        hidden_picks=True,
        must_close=True,
        group_text=False,
        webhook_deadline_s=3.0,
        idempotent=True,
    )

    def check_credentials(self, credentials: Mapping[str, str]) -> tuple[str, ...]:
        """Check that the id is a number, the key 32 bytes of hex and the token there."""
        wrong: list[str] = []
        if not _DIGITS.fullmatch(credentials.get("application_id", "")):
            wrong.append("application_id has to be the Application ID, a number.")
        if not _PUBLIC_KEY.fullmatch(credentials.get("public_key", "")):
            wrong.append("public_key has to be the application's Public Key, 64 hexadecimal digits.")
        if not _PRINTABLE.fullmatch(credentials.get("bot_token", "")):
            wrong.append('bot_token has to be the bot\'s token, without "Bot " before it.')
        return tuple(wrong)

    def handshake(self, bot: Bot, query: Mapping[str, str]) -> Answer:
        """Discord's handshake is a POST (PING). Raises Refusal(405)."""
        raise Refusal(405, "method")

    def receive(self, bot: Bot, headers: Headers, body: bytes, now_ms: int) -> Received:
        """Verify, then read. Raises Refusal(401) and Refusal(400, "not_json")."""
        verify(bot.credentials["public_key"], headers, body, now_ms)
        return parse(body)

    def render(self, bot: Bot, deliveries: Sequence[Delivery], now_ms: int) -> Sending:
        """One reply a request, by the token while it lives."""
        return render(bot, deliveries[0], now_ms)

    def classify(self, sending: Sending, response: Response) -> Outcome:
        """The JSON code decides, then the status."""
        return classify(sending, response)

    def typing(self, bot: Bot, address: str, origin: Origin) -> Request | None:
        """Only where no deferral shows it already."""
        return typing(bot, address, origin)

    def lookup_name(self, bot: Bot, address: str, group: bool, sender: str) -> Request | None:
        """Interactions carry names."""
        return None

    def read_name(self, response: Response) -> str | None:
        """Interactions carry names."""
        return None

    def lookup_admin(self, bot: Bot, address: str, sender: str) -> Request | None:
        """Interactions tell it."""
        return None

    def read_admin(self, response: Response) -> bool | None:
        """Interactions tell it."""
        return None


PLATFORM: Platform = Discord()
