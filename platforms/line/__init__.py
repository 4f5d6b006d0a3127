"""LINE: webhooks with events of several conversations in; the free reply call while its token lives, then pushes out.

A reply call of unknown outcome is final: neither repeated nor turned into a push, since the token may be spent and
the replies may stand there already. A push of unknown outcome is sent again, its retry key makes that safe. An
address is a group's, room's or person's id, told apart by its first letter (C, R, U). Names are looked up. LINE gives
up on a webhook after 2 s and by default does not redeliver.
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
from platforms.line.classify import classify, read_name
from platforms.line.parse import parse
from platforms.line.render import BUTTONS, LABEL_LIMIT, REPLIES_PER_CALL, lookup_name, render, typing
from platforms.line.verify import verify

_PRINTABLE = re.compile(r"[!-~]+")
_SECRET = re.compile(r"[0-9a-zA-Z]+")


class Line:
    """The room's face; see `platforms.contract.Platform`."""

    name = "line"
    credentials: tuple[str, ...] = ("channel_access_token", "channel_secret")
    optional_credentials: tuple[str, ...] = ()
    capabilities = Capabilities(
        text_limit=5000,
        text_unit="utf16",
        buttons=BUTTONS,
        button_label_limit=LABEL_LIMIT,
        buttons_text_limit=5000,
        image=False,
        typing=True,
        edit=False,
        groups=True,
        replies_per_call=REPLIES_PER_CALL,
        sender_names=False,
        webhook_deadline_s=2.0,
        idempotent=True,
        unknown_token_final=True,
    )

    def check_credentials(self, credentials: Mapping[str, str]) -> tuple[str, ...]:
        """Check that both are there and neither stands in the other's place."""
        wrong: list[str] = []
        if not _PRINTABLE.fullmatch(credentials.get("channel_access_token", "")):
            wrong.append("channel_access_token has to be the channel's access token, without spaces.")
        if not _SECRET.fullmatch(credentials.get("channel_secret", "")):
            wrong.append("channel_secret has to be the Channel secret (Basic settings), letters and digits only.")
        return tuple(wrong)

    def handshake(self, bot: Bot, query: Mapping[str, str]) -> Answer:
        """LINE checks a connection by a POST without events. Raises Refusal(405)."""
        raise Refusal(405, "method")

    def receive(self, bot: Bot, headers: Headers, body: bytes, now_ms: int) -> Received:
        """Verify, then read. Raises Refusal(403, "signature") and Refusal(400, "not_json")."""
        verify(bot.credentials["channel_secret"], headers, body)
        return parse(body, now_ms)

    def render(self, bot: Bot, deliveries: Sequence[Delivery], now_ms: int) -> Sending:
        """A reply call for up to five while the token lives, else a push of one."""
        return render(bot, deliveries, now_ms)

    def classify(self, sending: Sending, response: Response) -> Outcome:
        """Status and message decide."""
        return classify(sending, response)

    def typing(self, bot: Bot, address: str, origin: Origin) -> Request | None:
        """The loading animation, in private chats."""
        return typing(bot, address)

    def lookup_name(self, bot: Bot, address: str, group: bool, sender: str) -> Request | None:
        """The person's profile, by way of the group where there is one."""
        return lookup_name(bot, address, sender)

    def read_name(self, response: Response) -> str | None:
        """The display name."""
        return read_name(response)

    def lookup_admin(self, bot: Bot, address: str, sender: str) -> Request | None:
        """LINE tells nobody who administers a group."""
        return None

    def read_admin(self, response: Response) -> bool | None:
        """LINE tells nobody who administers a group."""
        return None


PLATFORM: Platform = Line()
