"""The made-up webhooks: signatures that verify, shapes that the platforms document, ids from the counter."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any
from urllib.parse import parse_qs

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ops.simulator import webhooks

PRIVATE, PUBLIC = webhooks.key_pair(b"a test's seed")
CREDENTIALS = {
    "telegram": {"token": "123:abc", "webhook_secret": "s3cret"},
    "slack": {"bot_token": "xoxb-1", "signing_secret": "signing"},
    "discord": {"application_id": "900", "public_key": PUBLIC, "private_key": PRIVATE},
    "messenger": {"app_secret": "app"},
    "line": {"channel_secret": "channel"},
    "whatsapp": {"app_secret": "app", "phone_number_id": "PN1"},
}
CHATS = {
    "telegram": ("77", "77"),
    "slack": ("D01", "U01"),
    "discord": ("701", "42"),
    "messenger": ("PS42", "PS42"),
    "line": ("U11", "U11"),
    "whatsapp": ("5511900000000", "5511900000000"),
}
NOW_MS = 1_790_000_000_123


def verified(platform: str, webhook: webhooks.Webhook) -> None:
    """Check the proof over the raw bytes, by the platform's own recipe."""
    headers, body = webhook
    credentials = CREDENTIALS[platform]
    match platform:
        case "telegram":
            assert headers["X-Telegram-Bot-Api-Secret-Token"] == "s3cret"
        case "slack":
            stamp = headers["X-Slack-Request-Timestamp"]
            assert stamp == "1790000000"
            expected = hmac.new(b"signing", b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
            assert headers["X-Slack-Signature"] == f"v0={expected}"
        case "discord":
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(PUBLIC))
            stamp = headers["X-Signature-Timestamp"]
            key.verify(bytes.fromhex(headers["X-Signature-Ed25519"]), stamp.encode() + body)
        case "line":
            digest = hmac.new(credentials["channel_secret"].encode(), body, hashlib.sha256).digest()
            assert headers["X-Line-Signature"] == base64.b64encode(digest).decode()
        case _:
            expected = hmac.new(credentials["app_secret"].encode(), body, hashlib.sha256).hexdigest()
            assert headers["X-Hub-Signature-256"] == f"sha256={expected}"


@pytest.mark.parametrize("platform", CREDENTIALS)
def test_texts_and_presses_are_signed_and_repeatable(platform: str) -> None:
    chat, sender = CHATS[platform]
    for group in (False, True):
        text = webhooks.text(
            platform, CREDENTIALS[platform], chat, sender, "Ana", "olá 😀 & co", seq=1, at_ms=NOW_MS, group=group
        )
        press = webhooks.press(
            platform, CREDENTIALS[platform], chat, sender, "Ana", "hint:1", seq=2, at_ms=NOW_MS, group=group
        )
        verified(platform, text)
        verified(platform, press)
        assert b"hint" in press.body
        again = webhooks.text(
            platform, CREDENTIALS[platform], chat, sender, "Ana", "olá 😀 & co", seq=1, at_ms=NOW_MS, group=group
        )
        assert again == text


def decoded(webhook: webhooks.Webhook) -> Any:
    """Return the body as JSON."""
    return msgspec.json.decode(webhook.body)


def test_meta_signs_escaped_unicode() -> None:
    webhook = webhooks.text("messenger", CREDENTIALS["messenger"], "PS42", "PS42", "Ana", "olá 😀", seq=1, at_ms=NOW_MS)
    assert webhook.body.isascii()
    assert rb"ol\u00e1 \ud83d\ude00" in webhook.body
    assert decoded(webhook)["entry"][0]["messaging"][0]["message"] == {"mid": "m_in1", "text": "olá 😀"}


def test_telegram_commands_carry_their_entity() -> None:
    webhook = webhooks.text(
        "telegram", CREDENTIALS["telegram"], "-1009", "42", "Bo", "/play now", seq=7, at_ms=NOW_MS, thread="5"
    )
    update = decoded(webhook)
    assert update["update_id"] == 810_000_007
    assert update["message"]["chat"]["type"] == "supergroup"
    assert update["message"]["message_thread_id"] == 5
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 5}]


def test_discord_has_commands_buttons_modals_and_a_handshake() -> None:
    credentials = CREDENTIALS["discord"]
    command = webhooks.text("discord", credentials, "701", "42", "Ana", "/play cats", seq=1, at_ms=NOW_MS, group=True)
    shape = decoded(command)
    assert shape["data"]["name"] == "play"
    assert shape["data"]["options"][0]["value"] == "cats"
    assert shape["member"]["user"]["id"] == "42"
    assert (int(shape["id"]) >> 22) + 1_420_070_400_000 == NOW_MS
    guess = decoded(webhooks.text("discord", credentials, "701", "42", "Ana", "a cat", seq=2, at_ms=NOW_MS))
    assert (guess["data"]["name"], guess["user"]["global_name"]) == ("guess", "Ana")
    for old_form in (False, True):
        modal = webhooks.discord_modal(credentials, "701", "42", "Ana", "a cat", seq=3, at_ms=NOW_MS, old_form=old_form)
        verified("discord", modal)
        assert decoded(modal)["type"] == 5
    ping = webhooks.discord_ping(credentials, seq=4, at_ms=NOW_MS)
    verified("discord", ping)
    assert decoded(ping)["type"] == 1


def test_slack_has_commands_and_a_handshake() -> None:
    credentials = CREDENTIALS["slack"]
    command = webhooks.slack_command(credentials, "C01", "U01", "Ana", "play", "cats", seq=1, at_ms=NOW_MS)
    verified("slack", command)
    fields = parse_qs(command.body.decode())
    assert (fields["command"], fields["text"]) == (["/play"], ["cats"])
    press = webhooks.press("slack", credentials, "C01", "U01", "Ana", "hint:1", seq=2, at_ms=NOW_MS)
    payload = msgspec.json.decode(parse_qs(press.body.decode())["payload"][0])
    assert payload["actions"][0]["value"] == "hint:1"
    challenge = webhooks.slack_challenge(credentials, "abc", at_ms=NOW_MS)
    verified("slack", challenge)
    assert decoded(challenge)["challenge"] == "abc"


@pytest.mark.parametrize("platform", ["messenger", "line", "whatsapp"])
def test_several_events_go_into_one_body(platform: str) -> None:
    chat, sender = CHATS[platform]
    parts = [
        webhooks.text(platform, CREDENTIALS[platform], chat, sender, "Ana", f"word{seq}", seq=seq, at_ms=NOW_MS)
        for seq in range(3)
    ]
    merged = webhooks.merge(platform, CREDENTIALS[platform], parts, at_ms=NOW_MS)
    verified(platform, merged)
    assert all(f"word{seq}".encode() in merged.body for seq in range(3))


@pytest.mark.parametrize(("platform", "chat"), [("telegram", "-1009"), ("slack", "C01"), ("line", "C22")])
def test_being_added_to_a_group(platform: str, chat: str) -> None:
    sender = {"telegram": "42", "slack": "U01", "line": "U11"}[platform]
    webhook = webhooks.join(platform, CREDENTIALS[platform], chat, sender, "Ana", seq=1, at_ms=NOW_MS)
    verified(platform, webhook)
    assert chat.encode() in webhook.body


def test_platforms_without_such_webhooks_are_refused() -> None:
    with pytest.raises(ValueError, match="no webhooks of carrier_pigeon"):
        webhooks.text("carrier_pigeon", {}, "1", "1", "Ana", "x", seq=1, at_ms=NOW_MS)
    with pytest.raises(ValueError, match="one event at a time"):
        webhooks.merge("telegram", {}, [], at_ms=NOW_MS)
    with pytest.raises(ValueError, match="no join events"):
        webhooks.join("messenger", {}, "1", "1", "Ana", seq=1, at_ms=NOW_MS)
