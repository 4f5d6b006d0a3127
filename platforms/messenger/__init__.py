"""The Messenger room: a Facebook page's one-to-one chats.

Puts the parts together: `wire` (shapes), `parse` (events to Messages), `render` (reply to call), `classify` (answer to
outcome), and `platforms.meta` for what Messenger shares with WhatsApp. Sans-I/O like every room.
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
from platforms.messenger import classify, parse, render


class Messenger:
    """Messenger Platform. Source: https://developers.facebook.com/docs/messenger-platform, read 2026-11-22."""

    name = "messenger"
    capabilities = Capabilities(
        text_limit=2000,
        text_unit="utf16",  # the page does not say the unit; UTF-16 is the careful reading
        buttons=13,
        button_label_limit=20,
        buttons_text_limit=2000,
        image=False,
        typing=True,
        edit=False,
        groups=False,
        hidden_picks=True,  # a press is a message, but nobody else is there to read it
        sender_names=False,
        webhook_deadline_s=5.0,
        # Source: https://developers.facebook.com/docs/messenger-platform/overview/rate-limiting
    )
    credentials: tuple[str, ...] = ("page_token", "app_secret", "verify_token")
    optional_credentials: tuple[str, ...] = ("page_id",)
    """Optional beside them: `page_id`; with it the events of the app's other pages are dropped."""

    def check_credentials(self, credentials: Mapping[str, str]) -> tuple[str, ...]:
        return meta.missing(credentials, self.credentials)

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
        return render.typing(bot, address)

    def lookup_name(self, bot: Bot, address: str, group: bool, sender: str) -> Request | None:
        return render.lookup_name(bot, sender)

    def read_name(self, response: Response) -> str | None:
        return classify.read_name(response)

    def lookup_admin(self, bot: Bot, address: str, sender: str) -> Request | None:
        return None

    def read_admin(self, response: Response) -> bool | None:
        return None


PLATFORM: Platform = Messenger()
