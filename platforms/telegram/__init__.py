"""The Telegram room: one update per webhook body in, one Bot API call per reply out.

Puts the parts together: `wire` (shapes), `parse` (update to Messages), `words` (commands and mentions), `render` (reply
to call) and `classify` (answer to outcome). Sans-I/O like every room.
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
from platforms.reading import signature_matches
from platforms.telegram import classify, parse, render

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
_TOKEN = re.compile(r"[0-9]{3,20}:[A-Za-z0-9_-]{30,60}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class Telegram:
    """Telegram's Bot API, version 10.1. Source: https://core.telegram.org/bots/api, read 2026-11-22."""

    name = "telegram"
    capabilities = Capabilities(
        text_limit=4096,
        text_unit="utf16",  # sources disagree on the unit; what fits in UTF-16 units fits in all of them
        buttons=100,
        button_label_limit=64,
        buttons_text_limit=4096,
        image=True,
        typing=True,
        edit=True,
        groups=True,
        admins=True,
        hidden_picks=True,
        # An idle connection is closed after about 60 s. Source: tdlib/telegram-bot-api, WebhookActor.cpp.
        webhook_deadline_s=50.0,
        # Telegram advises 1 message/s per chat, 20/min per group and 30/s per bot, but lets bursts through and says
        # exactly how long to wait when one was too long. So nothing is held back here: a 429 pauses its chat.
    )
    credentials: tuple[str, ...] = ("token", "webhook_secret")
    optional_credentials: tuple[str, ...] = ("username",)
    """Optional beside them: `username`, the bot's own, without which every /command@name counts as meant for it."""

    def check_credentials(self, credentials: Mapping[str, str]) -> tuple[str, ...]:
        problems = []
        if not _TOKEN.fullmatch(credentials.get("token", "")):
            problems.append("token is not of the form digits:35 letters, as BotFather gives it.")
        if not _SECRET.fullmatch(credentials.get("webhook_secret", "")):
            problems.append("webhook_secret is not 1 to 256 of the characters A-Z, a-z, 0-9, _ and -.")
        return tuple(problems)

    def handshake(self, bot: Bot, query: Mapping[str, str]) -> Answer:
        raise Refusal(405, "method")

    def receive(self, bot: Bot, headers: Headers, body: bytes, now_ms: int) -> Received:
        secret = bot.credentials.get("webhook_secret", "")
        if not secret or not signature_matches(secret, headers.get(SECRET_HEADER)):
            raise Refusal(403, "signature")
        return parse.receive(bot, body)

    def render(self, bot: Bot, deliveries: Sequence[Delivery], now_ms: int) -> Sending:
        return render.render(bot, deliveries[0])

    def classify(self, sending: Sending, response: Response) -> Outcome:
        return classify.classify(sending, response)

    def typing(self, bot: Bot, address: str, origin: Origin) -> Request | None:
        return render.typing(bot, address)

    def lookup_name(self, bot: Bot, address: str, group: bool, sender: str) -> Request | None:
        return None

    def read_name(self, response: Response) -> str | None:
        return None

    def lookup_admin(self, bot: Bot, address: str, sender: str) -> Request | None:
        return render.lookup_admin(bot, address, sender)

    def read_admin(self, response: Response) -> bool | None:
        return classify.read_admin(response)


PLATFORM: Platform = Telegram()
