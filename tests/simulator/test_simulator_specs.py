"""The simulator against the platforms' published specifications: it refuses what they refuse, and answers in their shapes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
import yaml

from tests.simulator.conftest import Client

SPECS = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "openapi"

pytestmark = pytest.mark.skipif(not SPECS.is_dir(), reason="the platforms' specifications are not beside the checkout")


@pytest.fixture(scope="module")
def telegram_spec() -> Any:
    """Methods and types of the Bot API."""
    return msgspec.json.decode((SPECS / "telegram-bot-api.json").read_bytes())


@pytest.fixture(scope="module")
def discord_spec() -> Any:
    """Discord's OpenAPI document."""
    return msgspec.json.decode((SPECS / "discord.json").read_bytes())


@pytest.fixture(scope="module")
def line_spec() -> Any:
    """LINE's OpenAPI document."""
    return yaml.load((SPECS / "line-messaging-api.yml").read_text(), Loader=yaml.CSafeLoader)


def accepts(spec: Any, name: str, body: object) -> bool:
    """Return whether a schema of an OpenAPI document takes the body."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": spec["components"]}
    return not list(jsonschema.Draft202012Validator(schema).iter_errors(body))


GOOD: dict[str, dict[str, Any]] = {
    "sendMessage": {"chat_id": 77, "text": "hi"},
    "sendPhoto": {"chat_id": 77, "photo": "https://pictures.example/a.jpg"},
    "sendChatAction": {"chat_id": 77, "action": "typing"},
    "answerCallbackQuery": {"callback_query_id": "5"},
    "editMessageText": {"chat_id": 77, "message_id": 5000, "text": "changed"},
    "setMyCommands": {"commands": [{"command": "play", "description": "start"}]},
    "deleteMessage": {"chat_id": 77, "message_id": 5000},
}


@pytest.mark.parametrize("method", GOOD)
async def test_telegram_needs_every_required_field_of_its_type(client: Client, telegram_spec: Any, method: str) -> None:
    await client.telegram(chat_id=77, text="first")
    fields = {field["name"]: field for field in telegram_spec["methods"][method]["fields"]}
    for name, field in fields.items():
        if field["required"]:
            rest = {key: value for key, value in GOOD[method].items() if key != name}
            assert (await client.telegram(method, **rest))[0] == 400, f"{name} left out"
            assert (await client.telegram(method, **{**rest, name: {"a": 1.5}}))[0] == 400, f"{name} of a wrong type"
    assert (await client.telegram(method, **GOOD[method]))[0] == 200


async def test_telegram_answers_with_a_whole_message(client: Client, telegram_spec: Any) -> None:
    _, answer, _ = await client.telegram(chat_id=77, text="hi")
    for kind, shape in (("Message", answer["result"]), ("Chat", answer["result"]["chat"])):
        required = {field["name"] for field in telegram_spec["types"][kind]["fields"] if field["required"]}
        assert required <= shape.keys()


def with_button(**more: object) -> dict[str, Any]:
    """A Discord message with one button."""
    button = {"type": 2, "style": 1, "label": "A", "custom_id": "a", **more}
    return {"content": "hi", "components": [{"type": 1, "components": [button]}]}


@pytest.mark.parametrize(
    "body",
    [
        {"content": "hi", "nonce": "k1", "enforce_nonce": True, "allowed_mentions": {"parse": []}},
        {"content": "hi", "message_reference": {"message_id": "1300000000000000000", "fail_if_not_exists": False}},
        with_button(),
        {"content": 5},
        {"content": "hi", "nonce": "n" * 26},
        {"content": "hi", "components": "none"},
        {"content": "hi", "components": [{"type": 1, "components": []}]},
        {"content": "hi", "allowed_mentions": []},
        with_button(custom_id=""),
        with_button(label="x" * 81),
        with_button(style=77),
        {"content": "hi", "embeds": [{}] * 11},
    ],
)
async def test_discord_agrees_with_its_specification(client: Client, discord_spec: Any, body: dict[str, Any]) -> None:
    status, answer, _ = await client.discord("/channels/701/messages", body)
    assert (status == 200) == accepts(discord_spec, "MessageCreateRequest", body)
    if status == 200:
        assert discord_spec["components"]["schemas"]["MessageResponse"]["required"]
        assert set(discord_spec["components"]["schemas"]["MessageResponse"]["required"]) <= answer.keys()


TEXT = {"type": "text", "text": "hi"}


@pytest.mark.parametrize(
    "body",
    [
        {"to": "U11", "messages": [TEXT]},
        {"to": "U11", "messages": [TEXT], "notificationDisabled": True},
        {"to": "U11", "messages": []},
        {"to": "U11", "messages": [TEXT] * 6},
        {"to": "U11"},
        {"messages": [TEXT]},
        {"to": "U11", "messages": [{"text": "hi"}]},
        {"to": "U11", "messages": [TEXT], "notificationDisabled": "yes"},
        {
            "to": "U11",
            "messages": [
                {**TEXT, "quickReply": {"items": [{"action": {"type": "message", "label": "A", "text": "a"}}] * 14}}
            ],
        },
    ],
)
async def test_line_agrees_with_its_specification(client: Client, line_spec: Any, body: dict[str, Any]) -> None:
    status, answer, _ = await client.line("push", body)
    assert (status == 200) == accepts(line_spec, "PushMessageRequest", body)
    assert accepts(line_spec, "PushMessageResponse" if status == 200 else "ErrorResponse", answer)
