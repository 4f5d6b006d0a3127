"""The WhatsApp room: one phone number of the Cloud API, with people and groups.

Puts the parts together: `wire` (shapes), `parse` and `contents` (changes to Messages), `address` (who a conversation is
with), `render` (reply to call), `classify` (answer to outcome), and `platforms.meta` for what WhatsApp shares with
Messenger. Sans-I/O like every room.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from game_state.message import Origin
from platforms import meta
from platforms.contract import (
    Answer,
    Bot,
    Capabilities,
    Delivery,
    Headers,
    Outcome,
    Platform,
    Received,
    Request,
    Response,
    Sending,
)
from platforms.whatsapp import classify, parse, render


class WhatsApp:
    """WhatsApp Cloud API. Source: https://developers.facebook.com/docs/whatsapp/cloud-api, read 2026-11-22."""

    name = "whatsapp"
    capabilities = Capabilities(
        text_limit=4096,
        text_unit="utf16",  # the unit is not documented; UTF-16 is the careful reading
        buttons=10,  # three as buttons, more as a list
        button_label_limit=20,  # a list's rows may have 24
        buttons_text_limit=1024,
        image=True,
        typing=True,
        edit=False,
        groups=True,
        group_buttons=False,
        webhook_deadline_s=5.0,  # not documented; Meta's own other platform waits 5 s
        body_limit=3 * 1024 * 1024,
        # A number's documented throughput. To one person bursts of 45 are let through, so no interval is kept.
    )
    credentials: tuple[str, ...] = ("access_token", "app_secret", "verify_token", "phone_number_id")
    optional_credentials: tuple[str, ...] = ()

    def check_credentials(self, credentials: Mapping[str, str]) -> tuple[str, ...]:
        problems = meta.missing(credentials, self.credentials)
        number = credentials.get("phone_number_id", "")
        if number.startswith("+") or "@" in number:
            problems += ("phone_number_id is a phone number; the id beside it on the dashboard is wanted.",)
        return problems

    def handshake(self, bot: Bot, query: Mapping[str, str]) -> Answer:
        return meta.handshake(bot, query)

    def receive(self, bot: Bot, headers: Headers, body: bytes, now_ms: int) -> Received:
        meta.verify(bot.credentials.get("app_secret", ""), headers, body)
        return parse.receive(bot, body)

    def render(self, bot: Bot, deliveries: Sequence[Delivery], now_ms: int) -> Sending:
        return render.render(bot, deliveries[0])

    def classify(self, sending: Sending, response: Response) -> Outcome:
        return classify.classify(response)

    def typing(self, bot: Bot, address: str, origin: Origin) -> Request | None:
        return render.typing(bot, origin)

    def lookup_name(self, bot: Bot, address: str, group: bool, sender: str) -> Request | None:
        return None

    def read_name(self, response: Response) -> str | None:
        return None

    def lookup_admin(self, bot: Bot, address: str, sender: str) -> Request | None:
        return None

    def read_admin(self, response: Response) -> bool | None:
        return None


PLATFORM: Platform = WhatsApp()
