"""Slack: the Events API, slash commands and buttons in, `chat.postMessage` and `chat.update` out.

One address takes all three kinds of requests. Commands and buttons are not redelivered by Slack; their answer is the
empty 200, and what the game says comes as an ordinary message. There is no idempotency key and no typing indicator
for ordinary bots. A message's address is its channel, or channel and thread.
"""

from __future__ import annotations

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
from platforms.slack.classify import classify, read_admin, read_name
from platforms.slack.parse import parse
from platforms.slack.render import LABEL_LIMIT, TEXT_LIMIT, lookup_user, render
from platforms.slack.verify import verify


class Slack:
    """The room's face; see `platforms.contract.Platform`."""

    name = "slack"
    credentials: tuple[str, ...] = ("bot_token", "signing_secret")
    optional_credentials: tuple[str, ...] = ()
    capabilities = Capabilities(
        text_limit=TEXT_LIMIT,
        text_unit="utf16",  # no source says which unit; this one is never too long in another
        buttons=25,
        button_label_limit=LABEL_LIMIT,
        buttons_text_limit=TEXT_LIMIT,
        image=True,
        typing=False,
        edit=True,
        groups=True,
        admins=True,
        hidden_picks=True,
        sender_names=False,
        webhook_deadline_s=3.0,
    )

    def check_credentials(self, credentials: Mapping[str, str]) -> tuple[str, ...]:
        """Check the token's prefix and that the signing secret is one."""
        wrong: list[str] = []
        if not credentials.get("bot_token", "").startswith("xoxb-"):
            wrong.append("bot_token has to be the bot user's OAuth token, which begins with xoxb-.")
        secret = credentials.get("signing_secret", "")
        if not secret or secret.startswith("xox") or not secret.isascii() or any(c.isspace() for c in secret):
            wrong.append("signing_secret has to be the app's Signing Secret (Basic Information), not a token.")
        return tuple(wrong)

    def handshake(self, bot: Bot, query: Mapping[str, str]) -> Answer:
        """Slack's handshake is a POST. Raises Refusal(405)."""
        raise Refusal(405, "method")

    def receive(self, bot: Bot, headers: Headers, body: bytes, now_ms: int) -> Received:
        """Verify, then read. Raises Refusal(403) and Refusal(400, "not_json")."""
        verify(bot.credentials["signing_secret"], headers, body, now_ms)
        return parse(headers, body)

    def render(self, bot: Bot, deliveries: Sequence[Delivery], now_ms: int) -> Sending:
        """One reply a request."""
        return render(bot, deliveries[0])

    def classify(self, sending: Sending, response: Response) -> Outcome:
        """The error's name decides."""
        return classify(sending, response)

    def typing(self, bot: Bot, address: str, origin: Origin) -> Request | None:
        """Slack has none for ordinary bots."""
        return None

    def lookup_name(self, bot: Bot, address: str, group: bool, sender: str) -> Request | None:
        """`users.info`, which knows the display name of every member."""
        return lookup_user(bot, sender)

    def read_name(self, response: Response) -> str | None:
        """The display name, else the real one."""
        return read_name(response)

    def lookup_admin(self, bot: Bot, address: str, sender: str) -> Request | None:
        """`users.info`: the workspace has admins, its channels have none of their own."""
        return lookup_user(bot, sender)

    def read_admin(self, response: Response) -> bool | None:
        """Whether they are an admin or owner of the workspace."""
        return read_admin(response)


PLATFORM: Platform = Slack()
