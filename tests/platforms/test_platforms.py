"""What holds for every platform alike: its name, honest capabilities, credentials that are asked for by name."""

from __future__ import annotations

import pytest
from tornado import httputil

from game_state.message import Button, Kind, Origin, Reply
from ops.simulator import Simulator, webhooks
from ops.simulator.exchange import Api, Request
from platforms import PLATFORMS
from platforms.contract import Bot, Delivery
from platforms.stage import stage_of
from platforms.text import SMALLEST_LIMIT


@pytest.mark.parametrize("name", PLATFORMS)
def test_a_platform_is_listed_under_its_own_name_with_limits_that_texts_can_be_cut_to(name: str) -> None:
    platform = PLATFORMS[name]
    can = platform.capabilities
    assert platform.name == name
    assert can.text_limit >= SMALLEST_LIMIT
    assert can.webhook_deadline_s > 0
    assert can.body_limit >= 1024 * 1024
    if can.buttons:
        assert can.button_label_limit >= SMALLEST_LIMIT
        assert SMALLEST_LIMIT <= can.buttons_text_limit <= can.text_limit


@pytest.mark.parametrize("name", [name for name in PLATFORMS if PLATFORMS[name].credentials])
def test_missing_credentials_are_named(name: str) -> None:
    said = " ".join(PLATFORMS[name].check_credentials({}))
    assert all(credential in said for credential in PLATFORMS[name].credentials)


PRESSABLE = [name for name in PLATFORMS if not PLATFORMS[name].capabilities.pull]
PRIVATE_KEY, PUBLIC_KEY = webhooks.key_pair(b"buttons")
CREDENTIALS = {
    "telegram": {"token": "123456:buttons-token", "webhook_secret": "hook-secret"},
    "slack": {"bot_token": "xoxb-buttons", "signing_secret": "signing-secret"},
    "discord": {
        "application_id": "900",
        "public_key": PUBLIC_KEY,
        "private_key": PRIVATE_KEY,
        "bot_token": "bot.token",
    },
    "messenger": {"page_token": "page-token", "app_secret": "app-secret", "verify_token": "verify-me"},
    "line": {"channel_access_token": "channel-token", "channel_secret": "channel-secret"},
    "whatsapp": {
        "access_token": "wa-token",
        "app_secret": "app-secret",
        "verify_token": "verify-me",
        "phone_number_id": "100200300",
    },
}
CHATS = {"telegram": "-1007700", "slack": "C0ROOM", "line": "C" + "c" * 32}


@pytest.mark.parametrize("value", ["hint", "g17:3", "g17:=e", "".join(map(chr, range(33, 93))), "~" * 60])
@pytest.mark.parametrize("name", PRESSABLE)
def test_a_buttons_value_comes_back_unchanged(name: str, value: str) -> None:
    platform, chat, at_ms = PLATFORMS[name], CHATS.get(name, "700123"), 1_790_000_000_000
    bot = Bot(bot_id=1, name="quiz", platform=name, credentials=CREDENTIALS[name])
    reply = Reply(text="Which?", buttons=(Button(label="This", value=value),), board="round")
    delivery = Delivery(conversation_id=1, number=1, address=chat, reply=reply, origin=Origin(), key="k")
    request = platform.render(bot, [delivery], at_ms).request
    api: Api = getattr(Simulator(), name)
    headers = httputil.HTTPHeaders(dict(request.headers))
    path = "/" + request.url.split("/", 3)[3]
    call = api.read(Request(verb=request.method, path=path, query={}, headers=headers, raw=request.body))
    shown = dict(call.drafts[-1].buttons)
    pressed = webhooks.press(name, CREDENTIALS[name], chat, "42", "Ana", shown["This"], seq=1, at_ms=at_ms)
    (message,) = platform.receive(bot, httputil.HTTPHeaders(pressed.headers), pressed.body, at_ms).messages
    assert (message.kind, message.button) == (Kind.BUTTON, value)


def test_what_each_platform_can_show() -> None:
    stages = {name: stage_of(platform.capabilities, group=True) for name, platform in PLATFORMS.items()}
    assert {name for name, stage in stages.items() if stage.edits} == {"telegram", "slack", "discord", "web"}
    # LINE shows the press as the person's message, WhatsApp sends it as one.
    in_groups = {name for name, stage in stages.items() if stage.hidden_picks and stage.groups}
    assert in_groups == {"telegram", "slack", "discord"}
    assert {name for name, stage in stages.items() if not stage.hears} == {"discord"}
    alone = {name: stage_of(platform.capabilities, group=False) for name, platform in PLATFORMS.items()}
    most = {name: platform.capabilities.buttons for name, platform in PLATFORMS.items()}
    assert {name: stage.buttons for name, stage in alone.items()} == most
    assert {name: stage.buttons for name, stage in stages.items()} == {**most, "whatsapp": 0}, (
        "its groups take no buttons"
    )
