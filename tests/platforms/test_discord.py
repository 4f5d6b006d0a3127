from __future__ import annotations

import json
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from game_state.message import Button, Kind, Message, Origin, Reply
from platforms.contract import (
    NOTHING,
    Bot,
    Delivered,
    Delivery,
    Outcome,
    Received,
    Refusal,
    Refused,
    Request,
    Response,
    Retry,
    Sending,
    Unknown,
)
from platforms.discord import PLATFORM

SPEC = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "openapi" / "discord.json"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
BOT = Bot(
    bot_id=1,
    name="quiz",
    platform="discord",
    credentials={
        "application_id": "900",
        "public_key": KEY.public_key().public_bytes_raw().hex(),
        "bot_token": "bt",
    },
)
SNOWFLAKE = "1300000000000000001"
SENT_MS = (int(SNOWFLAKE) >> 22) + 1_420_070_400_000
NOW_MS = SENT_MS + 200
UUID = "0b2ee8a6-6f0c-4d55-9f6f-0d6d5ad7b6c1"


def signed(body: bytes, stamp: str) -> dict[str, str]:
    signature = KEY.sign(stamp.encode() + body).hex()
    return {"X-Signature-Timestamp": stamp, "X-Signature-Ed25519": signature}


def receive(body: bytes) -> Received:
    return PLATFORM.receive(BOT, signed(body, str(NOW_MS // 1000)), body, NOW_MS)


def interaction(**changes: Any) -> Received:
    body = {
        "id": SNOWFLAKE,
        "application_id": "900",
        "type": 2,
        "token": "itok",
        "version": 1,
        "guild_id": "700",
        "channel_id": "701",
        "member": {"user": {"id": "42", "username": "ana", "global_name": "Ana R"}, "nick": "Annie"},
        "locale": "pt-BR",
        "context": 0,
        "data": {"id": "555", "name": "play", "type": 1},
    }
    return receive(json.dumps({k: v for k, v in (body | changes).items() if v is not None}).encode())


def one(received: Received) -> Message:
    assert (received.faults, received.dropped) == ((), ())
    assert received.answer.content_type == "application/json"
    (message,) = received.messages
    # What has a message was pressed: nobody sees that. Anything else shows as waiting until it is answered.
    assert json.loads(received.answer.body) == {"type": 5 if message.message_id is None else 6}
    return message


# The signature


PING = b'{"type":1,"id":"1","application_id":"900","token":"t"}'


def test_a_ping_is_answered_once_signed() -> None:
    answer = receive(PING).answer
    assert (answer.status, answer.content_type, json.loads(answer.body)) == (200, "application/json", {"type": 1})


@given(place=st.integers(0, len(PING) - 1), byte=st.integers(0, 255))
def test_an_altered_body_is_refused(place: int, byte: int) -> None:
    altered = PING[:place] + bytes([byte]) + PING[place + 1 :]
    if altered == PING:
        return
    with pytest.raises(Refusal) as refusal:
        PLATFORM.receive(BOT, signed(PING, str(NOW_MS // 1000)), altered, NOW_MS)
    assert (refusal.value.status, refusal.value.reason) == (401, "signature")


@given(signature=st.none() | st.text(max_size=140) | st.binary(max_size=70).map(bytes.hex))
def test_another_signature_is_refused(signature: str | None) -> None:
    headers = {"X-Signature-Timestamp": str(NOW_MS // 1000)}
    if signature is not None:
        headers["X-Signature-Ed25519"] = signature
    with pytest.raises(Refusal) as refusal:
        PLATFORM.receive(BOT, headers, PING, NOW_MS)
    assert (refusal.value.status, refusal.value.reason) == (401, "signature")


@pytest.mark.parametrize("alter", [lambda s: s[:-1], lambda s: s + "0", lambda s: "zz" + s[2:], lambda s: ""])
def test_a_malformed_signature_is_refused(alter: Any) -> None:
    headers = signed(PING, str(NOW_MS // 1000))
    headers["X-Signature-Ed25519"] = alter(headers["X-Signature-Ed25519"])
    with pytest.raises(Refusal) as refusal:
        PLATFORM.receive(BOT, headers, PING, NOW_MS)
    assert refusal.value.status == 401


@pytest.mark.parametrize(("stamp", "reason"), [("0", "stale"), ("9" * 12, "stale"), ("soon", "signature")])
def test_an_old_or_odd_timestamp_is_refused(stamp: str, reason: str) -> None:
    with pytest.raises(Refusal) as refusal:
        PLATFORM.receive(BOT, signed(PING, stamp), PING, NOW_MS)
    assert (refusal.value.status, refusal.value.reason) == (401, reason)


def test_a_bot_with_a_broken_key_refuses_everything() -> None:
    bot = msgspec.structs.replace(BOT, credentials={"public_key": "zz"})
    with pytest.raises(Refusal) as refusal:
        PLATFORM.receive(bot, signed(PING, str(NOW_MS // 1000)), PING, NOW_MS)
    assert refusal.value.status == 401


# Reading


def test_a_command_is_deferred_and_carries_its_token() -> None:
    message = one(interaction())
    assert (message.kind, message.text, message.addressed, message.group) == (Kind.TEXT, "/play", True, True)
    assert (message.address, message.sender, message.sender_name) == ("701", "42", "Annie")
    assert (message.language, message.dedupe_key, message.message_id) == ("pt-BR", f"i:{SNOWFLAKE}", None)
    assert (message.sent_at_ms, message.token) == (SENT_MS, "itok")
    assert SENT_MS + 14 * 60_000 <= message.token_expires_at_ms < SENT_MS + 15 * 60_000


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"name": "guess", "options": [{"name": "text", "type": 3, "value": " a cat\0 "}]}, "a cat"),
        ({"name": "guess"}, ""),
        ({"name": "hint"}, "/hint"),
        ({"name": "play", "options": [{"name": "topic", "type": 3, "value": "cats"}]}, "/play cats"),
        (
            {
                "name": "set",
                "options": [
                    {
                        "name": "clues",
                        "type": 1,
                        "options": [{"name": "n", "type": 4, "value": 3}, {"name": "on", "type": 5, "value": True}],
                    }
                ],
            },
            "/set clues 3 true",
        ),
    ],
)
def test_a_commands_words(data: dict[str, Any], text: str) -> None:
    assert one(interaction(data=data)).text == text


@pytest.mark.parametrize(
    ("member", "user", "name"),
    [
        ({"user": {"id": "42", "username": "ana", "global_name": "Ana R"}, "nick": None}, None, "Ana R"),
        (None, {"id": "42", "username": "ana", "global_name": None}, "ana"),
    ],
)
def test_the_name_that_shows(member: object, user: object, name: str) -> None:
    message = one(interaction(member=member, user=user))
    assert (message.sender, message.sender_name) == ("42", name)


@pytest.mark.parametrize(
    ("guild", "context", "group"), [("700", None, True), (None, 1, False), (None, 2, True), (None, None, False)]
)
def test_who_can_read_along(guild: str | None, context: int | None, group: bool) -> None:
    assert one(interaction(guild_id=guild, context=context)).group is group


def test_a_button() -> None:
    message = one(interaction(type=3, message={"id": "13"}, data={"custom_id": "hint", "component_type": 2}))
    assert (message.kind, message.button, message.message_id) == (Kind.BUTTON, "hint", "13")


@pytest.mark.parametrize(
    ("permissions", "admin"),
    [("0", False), (str(1 << 3), True), (str(1 << 5 | 1 << 11), True), (str(2**50 + (1 << 4)), False), (None, None)],
)
def test_who_administers_the_server(permissions: str | None, admin: bool | None) -> None:
    member = {"user": {"id": "42", "username": "ana"}} | ({} if permissions is None else {"permissions": permissions})
    assert one(interaction(member=member)).admin is admin
    assert one(interaction(member=None, guild_id=None, user={"id": "42"})).admin is None


def test_the_answer_button_opens_the_modal_and_plays_nothing() -> None:
    received = interaction(type=3, data={"custom_id": "answer", "component_type": 2})
    assert (received.messages, received.faults) == ((), ())
    modal = json.loads(received.answer.body)
    assert (modal["type"], modal["data"]["custom_id"]) == (9, "answer")
    check("ModalInteractionCallbackRequest", modal)


@pytest.mark.parametrize(
    ("locale", "title"),
    [("pt-BR", "A sua resposta"), ("de", "Deine Antwort"), ("ja", "Your answer"), (None, "Your answer")],
)
def test_the_modal_speaks_the_language_of_who_pressed(locale: str | None, title: str) -> None:
    received = interaction(type=3, locale=locale, data={"custom_id": "answer", "component_type": 2})
    data = json.loads(received.answer.body)["data"]
    assert data["title"] == title
    assert 0 < len(data["title"]) <= 45
    assert 0 < len(data["components"][0]["label"]) <= 45


@pytest.mark.parametrize(
    "components",
    [
        [{"type": 18, "id": 1, "component": {"type": 4, "custom_id": "answer", "value": "a cat"}}],
        [{"type": 1, "components": [{"type": 4, "custom_id": "answer", "value": "a cat"}]}],
    ],
)
def test_a_filled_modal_is_what_was_typed(components: object) -> None:
    modal: dict[str, Any] = {"type": 5, "data": {"custom_id": "answer", "components": components}}
    message = one(interaction(**modal))
    assert (message.kind, message.text, message.addressed) == (Kind.TEXT, "a cat", True)
    assert one(interaction(**modal, message={"id": "13"})).message_id == "13"


def test_what_is_not_played_is_answered_too() -> None:
    choices = interaction(type=4, data={"name": "play"})
    assert json.loads(choices.answer.body) == {"type": 8, "data": {"choices": []}}
    select = interaction(type=3, data={"custom_id": "s", "component_type": 3, "values": ["a"]})
    assert (select.dropped, json.loads(select.answer.body)) == (("component",), {"type": 6})
    assert interaction(type=77).dropped == ("unknown_type",)
    webhook_event = receive(b'{"version":1,"application_id":"900","type":0}')
    assert (webhook_event.answer.status, webhook_event.answer.body) == (204, b"")


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"id": "x"}, "$.id"),
        ({"channel_id": 701}, "$.channel_id"),
        ({"channel_id": None}, "$.channel_id"),
        ({"data": {"name": 5}}, "$.data.name"),
        ({"data": {"name": "a", "options": [{"name": "b", "type": "c"}]}}, "$.data.options[0].type"),
        ({"data": None}, "$.data"),
        ({"member": {"user": {}}}, "$.member.user"),
    ],
)
def test_a_shape_we_cannot_read_is_named_by_its_place_and_not_deferred(changes: dict[str, Any], path: str) -> None:
    received = interaction(**changes)
    assert [fault.path for fault in received.faults] == [path]
    assert json.loads(received.answer.body)["type"] == 4


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"{} {}"])
def test_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(Refusal) as refusal:
        receive(body)
    assert (refusal.value.status, refusal.value.reason) == (400, "not_json")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(body=st.binary(max_size=200) | JSON.map(json.dumps).map(str.encode))
def test_any_bytes_are_refused_or_read(body: bytes) -> None:
    with suppress(Refusal):  # nothing else may come out
        receive(body)


@given(
    kind=st.sampled_from([2, 3, 5]),
    field=st.sampled_from(["type", "id", "token", "channel_id", "member", "locale", "context", "message", "data"]),
    value=JSON,
)
def test_an_odd_field_is_at_worst_a_fault(kind: int, field: str, value: Any) -> None:
    received = interaction(**{"type": kind, field: value})
    assert received.messages or received.faults or received.dropped or received.answer.body
    msgspec.json.encode(received.messages)


def test_deep_nesting_is_at_worst_a_fault() -> None:
    for depth in range(100, 1000, 37):
        body = '{"type":18,"component":' * depth + '{"type":4}' + "}" * depth
        raw = f'{{"id":"1","type":5,"token":"t","channel_id":"1","data":{{"custom_id":"a","components":[{body}]}}}}'
        with suppress(Refusal):
            receive(raw.encode())


# Rendering


@cache
def spec() -> dict[str, Any]:
    if not SPEC.is_file():
        pytest.skip("the shared specification is not here")
    loaded: dict[str, Any] = json.loads(SPEC.read_bytes())
    return loaded


def check(schema: str | dict[str, Any], value: object) -> None:
    wanted = {"$ref": f"#/components/schemas/{schema}"} if isinstance(schema, str) else schema
    Draft202012Validator({**wanted, "components": spec()["components"]}).validate(value)


def check_request(request: Request) -> None:
    """The path exists in the specification, takes the method, and its schema takes and knows the body."""
    prefix = "https://discord.com/api/v10"
    assert request.url.startswith(prefix)
    parts = request.url.removeprefix(prefix).split("/")
    path = next(
        path
        for path, item in spec()["paths"].items()
        if request.method.lower() in item
        and len(path.split("/")) == len(parts)
        and all(a == b or a.startswith("{") for a, b in zip(path.split("/"), parts, strict=True))
    )
    operation = spec()["paths"][path][request.method.lower()]
    assert dict(request.headers)["User-Agent"].startswith("DiscordBot (")
    if "requestBody" not in operation:
        assert request.body == b""
        return
    body = json.loads(request.body)
    check(operation["requestBody"]["content"]["application/json"]["schema"], body)
    known = set(spec()["components"]["schemas"]["MessageCreateRequest"]["properties"])
    assert set(body) <= known
    assert len(body["content"].encode("utf-16-le")) // 2 <= 2000
    assert body["allowed_mentions"]["parse"] == []


def delivery(reply: Reply, edits: str | None = None, **origin: Any) -> Delivery:
    return Delivery(
        conversation_id=1, number=1, address="701", reply=reply, origin=Origin(**origin), key=UUID, edits=edits
    )


def render(reply: Reply, now_ms: int = NOW_MS, edits: str | None = None, **origin: Any) -> Sending:
    return PLATFORM.render(BOT, [delivery(reply, edits, **origin)], now_ms)


LIVE: dict[str, Any] = {"token": "itok", "token_expires_at_ms": SENT_MS + 870_000, "group": True}
PRESSED: dict[str, Any] = LIVE | {"message_id": "13"}
BOARD = Reply(text="_ _ a", board="round", buttons=(Button(label="E", value="g1:e"),))


def test_the_first_reply_takes_the_deferrals_place_and_the_others_follow_up() -> None:
    first = render(Reply(text="one"), **LIVE)
    assert (first.request.method, first.uses_token) == ("PATCH", True)
    assert first.request.url.endswith("/api/v10/webhooks/900/itok/messages/@original")
    second = render(Reply(text="two"), **LIVE, position=1)
    assert (second.request.method, second.uses_token) == ("POST", True)
    assert second.request.url.endswith("/api/v10/webhooks/900/itok")
    for sending in (first, second):
        check_request(sending.request)
        assert "Authorization" not in dict(sending.request.headers)
        assert "itok" not in sending.request.name


def test_a_turn_that_says_nothing_ends_the_deferral() -> None:
    sending = render(Reply(silent=True), **LIVE)
    assert sending.request.method == "DELETE"
    assert sending.request.url.endswith("/messages/@original")
    check_request(sending.request)
    gone = Response(status=404, headers={}, body=b'{"code":10015,"message":"Unknown Webhook"}')
    assert PLATFORM.classify(sending, gone) == Delivered()
    assert PLATFORM.classify(sending, Response(status=204, headers={}, body=b"")) == Delivered()
    assert render(Reply(silent=True)) is NOTHING
    assert render(Reply(silent=True), **PRESSED) is NOTHING, "its original is the message that was pressed"


def test_a_press_is_answered_by_messages_of_their_own() -> None:
    """Its original is the message that was pressed, which is not to be written over."""
    for position in (0, 1):
        sending = render(Reply(text="one"), **PRESSED, position=position)
        check_request(sending.request)
        assert (sending.request.method, sending.uses_token, sending.edits) == ("POST", True, None)
        assert sending.request.url.endswith("/api/v10/webhooks/900/itok")
    assert isinstance(answered(render(BOARD, NOW_MS, **PRESSED), 404, {"code": 10015}), Retry)
    assert not drops_token(answered(render(Reply(text="x"), NOW_MS, **PRESSED), 404, {"code": 10015}))


@pytest.mark.parametrize(
    ("origin", "edits", "way"),
    [
        ({}, "13", "edit_message"),  # a timer
        (PRESSED, "13", "edit_pressed_early"),  # the board itself was pressed
        (PRESSED, "14", "edit_message"),  # an older message was pressed
        (PRESSED | {"token_expires_at_ms": NOW_MS}, "13", "edit_message"),
        (PRESSED, None, "follow_up_early"),
        (LIVE | {"position": 1}, "13", "edit_message"),
        (LIVE, "13", "edit_deferral_early"),  # the board comes down to who asked, and the deferral ends
        (LIVE, None, "edit_deferral_early"),
    ],
)
def test_the_way_of_a_board(origin: dict[str, Any], edits: str | None, way: str) -> None:
    sending = render(BOARD, edits=edits, **origin)
    check_request(sending.request)
    assert sending.request.name == way
    body = json.loads(sending.request.body)
    if way in {"edit_message", "edit_pressed_early"}:
        assert sending.edits == edits
        bare = render(Reply(text="over", board="round"), edits=edits, **origin)
        gone = json.loads(bare.request.body)
        assert (gone["components"], gone["embeds"]) == ([], []), "an edit keeps what it does not name"
    else:
        assert sending.edits is None
    assert body["components"]
    if way == "edit_message":
        assert sending.request.url.endswith(f"/channels/701/messages/{edits}")
        assert (sending.request.method, sending.uses_token) == ("PATCH", False)
        assert dict(sending.request.headers)["Authorization"] == "Bot bt"


@pytest.mark.parametrize("code", [10008, 30046, 50001, 50005, 50013])
def test_a_board_that_cannot_be_changed_is_sent_anew(code: int) -> None:
    outcome = answered(render(BOARD, edits="13"), 404, {"code": code})
    assert outcome == Retry(reason="board_gone", after_s=0.0, drop_board=True)
    by_token = answered(render(BOARD, LATE_MS, edits="13", **PRESSED), 404, {"code": 10008})
    assert drops_token(by_token), "the bot's own way comes next"
    assert isinstance(answered(render(BOARD), 403, {"code": 50013}), Refused)


def test_without_a_living_token_the_bot_posts_with_a_nonce() -> None:
    expired: dict[str, Any] = {"token": "itok", "token_expires_at_ms": NOW_MS}
    body: dict[str, Any] = {}
    for origin in ({}, expired):
        sending = render(Reply(text="one"), **origin, group=True, message_id="13")
        check_request(sending.request)
        body = json.loads(sending.request.body)
        assert sending.request.url == "https://discord.com/api/v10/channels/701/messages"
        assert not sending.uses_token
        assert dict(sending.request.headers)["Authorization"] == "Bot bt"
        assert (len(body["nonce"]) <= 25, body["enforce_nonce"]) == (True, True)
        assert body["message_reference"] == {"message_id": "13", "fail_if_not_exists": False}
    again = json.loads(render(Reply(text="one")).request.body)
    assert again["nonce"] == body["nonce"]
    assert "message_reference" not in again


def test_the_answer_button_speaks_the_bots_language() -> None:
    asked = delivery(Reply(text="Was?", buttons=(Button(label="Tipp", value="hint"),)), None)
    sending = PLATFORM.render(msgspec.structs.replace(BOT, language="de"), [asked], NOW_MS)
    (row,) = json.loads(sending.request.body)["components"]
    assert [button["label"] for button in row["components"]] == ["Tipp", "Antworten"]


def test_buttons_come_with_an_answer_button_once() -> None:
    def ids(*values: str) -> list[list[str]]:
        reply = Reply(text="x", buttons=tuple(Button(label="L" * 100, value=value) for value in values))
        sending = render(reply, **LIVE)
        check_request(sending.request)
        rows = json.loads(sending.request.body)["components"]
        assert all(len(button["label"]) <= 80 for row in rows for button in row["components"])
        return [[button["custom_id"] for button in row["components"]] for row in rows]

    assert ids("hint", "skip") == [["hint", "skip", "answer"]]
    assert ids("answer", "hint") == [["answer", "hint"]]
    full = ids(*(f"v{n}" for n in range(PLATFORM.capabilities.buttons)))
    assert [len(row) for row in full] == [5, 5, 5, 5, 5]
    assert "components" not in json.loads(render(Reply(text="x"), **LIVE).request.body)


def test_a_picture_is_an_embed() -> None:
    sending = render(Reply(text="x", image_url="https://a.example/x.png"), **LIVE)
    check_request(sending.request)
    assert json.loads(sending.request.body)["embeds"] == [{"image": {"url": "https://a.example/x.png"}}]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("*a* _b_ ~c~ `d` |e|", r"\*a\* \_b\_ \~c\~ \`d\` \|e\|"),
        ("# one\n> two\n- three - #4", "\\# one\n\\> two\n\\- three - #4"),
        ("<@42> [a](b) \\", r"\<@42> \[a\](b) \\"),
        ("1. one\n 3. two\n1.5 m, see 2. above", "1\\. one\n 3\\. two\n1.5 m, see 2. above"),
        ("see https://en.wikipedia.org/wiki/A_b_(c) _x_", r"see https://en.wikipedia.org/wiki/A_b_(c) \_x\_"),
    ],
)
def test_markup_is_taken_literally_and_addresses_stay_whole(text: str, content: str) -> None:
    assert json.loads(render(Reply(text=text)).request.body)["content"] == content


@given(text=st.text("*_ab😀`\n#", max_size=1900))
def test_a_reply_that_fits_stays_within_the_limit(text: str) -> None:
    text = text.encode("utf-16-le")[: 2 * PLATFORM.capabilities.text_limit].decode("utf-16-le", "ignore")
    content = json.loads(render(Reply(text=text)).request.body)["content"]
    assert len(content.encode("utf-16-le")) // 2 <= 2000


def test_typing_shows_only_where_no_deferral_does() -> None:
    typing = PLATFORM.typing(BOT, "701", Origin())
    assert typing is not None
    check_request(typing)
    assert PLATFORM.typing(BOT, "701", Origin(**LIVE)) is None
    assert PLATFORM.typing(BOT, "701", Origin(**PRESSED)) is not None


def test_the_api_can_be_elsewhere() -> None:
    bot = msgspec.structs.replace(BOT, api_base="http://127.0.0.1:9")
    sending = PLATFORM.render(bot, [delivery(Reply(text="x"))], NOW_MS)
    assert sending.request.url == "http://127.0.0.1:9/api/v10/channels/701/messages"


# Outcomes


LATE_MS = SENT_MS + 60_000


def answered(sending: Sending, status: int, body: object, **headers: str) -> Outcome:
    return PLATFORM.classify(sending, Response(status=status, headers=headers, body=json.dumps(body).encode()))


def drops_token(outcome: Outcome) -> bool:
    assert isinstance(outcome, Retry)
    return outcome.drop_token


def test_delivered_with_its_id() -> None:
    assert answered(render(Reply(text="x")), 200, {"id": "1301"}) == Delivered(message_ids=("1301",))


@pytest.mark.parametrize(("status", "code"), [(404, 10015), (401, 50027), (404, 10062), (404, 10008)])
def test_a_dead_token_costs_only_itself(status: int, code: int) -> None:
    outcome = answered(render(Reply(text="x"), LATE_MS, **LIVE), status, {"code": code, "message": "x"})
    assert isinstance(outcome, Retry)
    assert (outcome.drop_token, outcome.after_s) == (True, 0.0)


def test_an_edit_that_overtakes_its_deferral_keeps_the_token() -> None:
    outcome = answered(render(Reply(text="x"), NOW_MS, **LIVE), 404, {"code": 10015, "message": "Unknown Webhook"})
    assert isinstance(outcome, Retry)
    assert not outcome.drop_token
    assert outcome.after_s


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        (403, 50007, "blocked"),
        (404, 10003, "chat_not_found"),
        (403, 50013, "forbidden"),
        (400, 50035, "bad_request"),
        (401, 0, "unauthorized"),
        (400, 99, "bad_request"),
    ],
)
def test_refused_for_good(status: int, code: int, reason: str) -> None:
    assert answered(render(Reply(text="x")), status, {"code": code}) == Refused(reason=reason)


def test_limits_concern_the_channel_or_the_bot() -> None:
    sending = render(Reply(text="x"))
    limited = answered(sending, 429, {"message": "x", "retry_after": 0.7, "global": False})
    assert limited == Retry(reason="rate_limited", after_s=0.7, scope="chat")
    everywhere = answered(sending, 429, {"message": "x", "retry_after": 2.5, "global": True})
    assert everywhere == Retry(reason="rate_limited", after_s=2.5, scope="bot")
    cloudflare = PLATFORM.classify(sending, Response(status=429, headers={"Retry-After": "60"}, body=b"error 1015"))
    assert cloudflare == Retry(reason="rate_limited", after_s=60.0, scope="bot")
    assert isinstance(answered(sending, 502, "x"), Unknown)


@given(
    status=st.integers(100, 599),
    body=st.binary() | JSON.map(json.dumps).map(str.encode),
    after=st.text(),
    origin=st.sampled_from([{}, LIVE]),
)
def test_any_answer_has_an_outcome(status: int, body: bytes, after: str, origin: dict[str, Any]) -> None:
    response = Response(status=status, headers={"Retry-After": after}, body=body)
    outcome = PLATFORM.classify(render(Reply(text="x"), **origin), response)
    assert isinstance(outcome, Delivered | Retry | Refused | Unknown)


def test_credentials_are_checked_by_form_and_never_shown() -> None:
    assert PLATFORM.check_credentials(BOT.credentials) == ()
    wrong = PLATFORM.check_credentials({"application_id": "app77", "public_key": "88", "bot_token": "Bot 99"})
    assert len(wrong) == 3
    assert not any(value in sentence for sentence in wrong for value in ("app77", "88", "99"))


def test_there_is_no_get_handshake() -> None:
    with pytest.raises(Refusal) as refusal:
        PLATFORM.handshake(BOT, {})
    assert (refusal.value.status, refusal.value.reason) == (405, "method")
