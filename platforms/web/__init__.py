"""The room of the web chat: the platform whose delivery is existing.

Players read the numbered replies from the conversation's log over a socket (`handlers/web_chat.py`), so nothing is
rendered and nothing is sent, and no webhook exists. The room owns its capabilities and the frames of its socket.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NoReturn

from game_state.message import Origin
from platforms.contract import (
    Answer,
    Bot,
    Capabilities,
    Delivery,
    Headers,
    Outcome,
    Refusal,
    Refused,
    Request,
    Response,
    Sending,
)


class Web:
    """The web chat as a `Platform`."""

    name = "web"
    capabilities = Capabilities(
        text_limit=8000,
        text_unit="code_points",
        buttons=12,
        button_label_limit=60,
        buttons_text_limit=8000,
        image=False,
        typing=False,
        edit=True,
        groups=False,
        hidden_picks=True,
        pull=True,
    )
    credentials: tuple[str, ...] = ()
    optional_credentials: tuple[str, ...] = ()

    def check_credentials(self, credentials: Mapping[str, str]) -> tuple[str, ...]:
        """Return one sentence when there are any: the cookie's key comes from the server's secret, not from a bot."""
        return ("The web chat takes no credentials.",) if credentials else ()

    def handshake(self, bot: Bot, query: Mapping[str, str]) -> Answer:
        """Raise Refusal(404, "no_webhook")."""
        self._refuse()

    def receive(self, bot: Bot, headers: Headers, body: bytes, now_ms: int) -> NoReturn:
        """Raise Refusal(404, "no_webhook"): messages come by the socket alone."""
        self._refuse()

    def render(self, bot: Bot, deliveries: Sequence[Delivery], now_ms: int) -> Sending:
        """Raise RuntimeError: with `pull` no reply ever becomes a delivery, so a call is a fault of the caller."""
        raise RuntimeError("the web chat sends nothing: its replies are read from the log")

    def classify(self, sending: Sending, response: Response) -> Outcome:
        """Refuse: there is no API that could have answered."""
        return Refused(reason="pull")

    def typing(self, bot: Bot, address: str, origin: Origin) -> Request | None:
        """None: the page shows by itself that it waits."""
        return None

    def lookup_name(self, bot: Bot, address: str, group: bool, sender: str) -> Request | None:
        """None: frames carry the name that the player chose, or nobody knows one."""
        return None

    def read_name(self, response: Response) -> str | None:
        """None: no name is ever looked up."""
        return None

    def lookup_admin(self, bot: Bot, address: str, sender: str) -> Request | None:
        """None: a web chat has one player."""
        return None

    def read_admin(self, response: Response) -> bool | None:
        """None: a web chat has one player."""
        return None

    @staticmethod
    def _refuse() -> NoReturn:
        raise Refusal(404, "no_webhook")


PLATFORM = Web()
