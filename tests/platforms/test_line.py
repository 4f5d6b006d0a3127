from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from game_state.message import Button, Kind, Message, Origin, Reply
from platforms.contract import (
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
from platforms.line import PLATFORM

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"
SAMPLE = SHARED / "webhooks" / "line" / "webhook.json"
SPEC = SHARED / "openapi" / "line-messaging-api.yml"
SECRET = "8f2c0b7de1"
BOT = Bot(
    bot_id=1,
    name="quiz",
    platform="line",
    credentials={"channel_access_token": "cat", "channel_secret": SECRET},
)
NOW_MS = 1_790_000_000_500
UUID = "0b2ee8a6-6f0c-4d55-9f6f-0d6d5ad7b6c1"


def sign(body: bytes, secret: str = SECRET) -> str:
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def receive(body: bytes) -> Received:
    return PLATFORM.receive(BOT, {"X-Line-Signature": sign(body)}, body, NOW_MS)


def events(*found: dict[str, Any]) -> Received:
    return receive(json.dumps({"destination": "U0", "events": found}).encode())


def event(**changes: Any) -> dict[str, Any]:
    made = {
        "type": "message",
        "mode": "active",
        "timestamp": 1_790_000_000_123,
        "webhookEventId": "01J0A",
        "deliveryContext": {"isRedelivery": False},
        "replyToken": "rt1",
        "source": {"type": "user", "userId": "U1111"},
        "message": {"id": "500001", "type": "text", "quoteToken": "q1", "text": "hello"},
    }
    return made | changes


GROUP = {"type": "group", "groupId": "C2222", "userId": "U1111"}


def text(words: str, **more: Any) -> dict[str, Any]:
    return {"id": "500002", "type": "text", "text": words, **more}


def one(**changes: Any) -> Message:
    received = events(event(**changes))
    assert (received.faults, received.dropped) == ((), ())
    (message,) = received.messages
    return message


# The signature


EMPTY = b'{"destination":"U0","events":[]}'


def test_a_connection_check_is_answered_200() -> None:
    received = receive(EMPTY)
    assert (received.messages, received.dropped, received.answer.status) == ((), (), 200)


@given(place=st.integers(0, len(EMPTY) - 1), byte=st.integers(0, 255))
def test_an_altered_body_is_refused(place: int, byte: int) -> None:
    altered = EMPTY[:place] + bytes([byte]) + EMPTY[place + 1 :]
    if altered == EMPTY:
        return
    with pytest.raises(Refusal) as refusal:
        PLATFORM.receive(BOT, {"X-Line-Signature": sign(EMPTY)}, altered, NOW_MS)
    assert (refusal.value.status, refusal.value.reason) == (403, "signature")


@given(signature=st.none() | st.text() | st.binary().map(base64.b64encode).map(bytes.decode))
def test_another_signature_is_refused(signature: str | None) -> None:
    headers = {} if signature is None else {"X-Line-Signature": signature}
    with pytest.raises(Refusal) as refusal:
        PLATFORM.receive(BOT, headers, EMPTY, NOW_MS)
    assert (refusal.value.status, refusal.value.reason) == (403, "signature")


def test_another_channels_signature_is_refused() -> None:
    with pytest.raises(Refusal):
        PLATFORM.receive(BOT, {"X-Line-Signature": sign(EMPTY, "other")}, EMPTY, NOW_MS)


# Reading


@pytest.mark.skipif(not SAMPLE.is_file(), reason="the shared sample bodies are not here")
def test_the_sample_body_is_read_or_dropped() -> None:
    body = SAMPLE.read_bytes()
    received = receive(body)
    assert received.faults == ()
    kinds = [message.kind for message in received.messages]
    wanted = {Kind.TEXT, Kind.IMAGE, Kind.LOCATION, Kind.STICKER, Kind.BUTTON, Kind.JOIN, Kind.LEAVE, Kind.EDIT}
    assert set(kinds) == wanted
    dropped = {"message.video", "message.audio", "message.file", "beacon", "accountLink", "unsend"}
    assert set(received.dropped) == dropped | {"videoPlayComplete", "unknown_event"}
    joined_and_left = 2  # one event of each kind, of two people each
    assert len(received.messages) + len(received.dropped) == len(json.loads(body)["events"]) + joined_and_left


def test_a_private_text() -> None:
    message = one()
    assert (message.kind, message.text, message.addressed, message.group) == (Kind.TEXT, "hello", True, False)
    assert (message.address, message.sender, message.sender_name) == ("U1111", "U1111", None)
    assert (message.dedupe_key, message.message_id) == ("w:01J0A", "500001")
    assert message.sent_at_ms == 1_790_000_000_123
    assert message.token == "rt1"
    assert NOW_MS < message.token_expires_at_ms < NOW_MS + 60_000


def test_groups_and_rooms() -> None:
    group = one(source=GROUP)
    assert (group.address, group.sender, group.group, group.addressed) == ("C2222", "U1111", True, False)
    room = one(source={"type": "room", "roomId": "R3333"})
    assert (room.address, room.sender, room.group) == ("R3333", None, True)


def test_a_mention_is_taken_out_by_its_utf16_place() -> None:
    mention = {"mentionees": [{"index": 3, "length": 4, "type": "user", "userId": "U0", "isSelf": True}]}
    message = one(source=GROUP, message=text("😀 @bot play", mention=mention))
    assert (message.text, message.addressed) == ("😀  play", True)
    other = {"mentionees": [{"index": 0, "length": 4, "type": "user", "userId": "U9", "isSelf": False}]}
    message = one(source=GROUP, message=text("@ana play", mention=other))
    assert (message.text, message.addressed) == ("@ana play", False)


@given(words=st.text(max_size=12), index=st.integers(-9, 2**40), length=st.integers(-9, 2**40))
def test_a_mention_anywhere_is_survived(words: str, index: int, length: int) -> None:
    mention = {"mentionees": [{"index": index, "length": length, "type": "user", "isSelf": True}]}
    received = events(event(message=text(words, mention=mention)))
    msgspec.json.encode(received.messages)
    assert len(received.messages) == 1


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        ({"id": "1", "type": "image", "contentProvider": {"type": "line"}}, Kind.IMAGE, ""),
        ({"id": "1", "type": "sticker", "packageId": "1", "stickerId": "2"}, Kind.STICKER, ""),
        ({"id": "1", "type": "location", "title": "here", "address": "Tokyo"}, Kind.LOCATION, "here, Tokyo"),
        ({"id": "1", "type": "text", "text": "https://a.example/x"}, Kind.LINK, "https://a.example/x"),
        ({"id": "1", "type": "text", "text": "a\0b"}, Kind.TEXT, "ab"),
    ],
)
def test_contents(content: dict[str, Any], kind: Kind, words: str) -> None:
    message = one(message=content)
    assert (message.kind, message.text) == (kind, words)


def test_a_postback_is_a_button() -> None:
    message = one(type="postback", source=GROUP, postback={"data": "hint"})
    assert (message.kind, message.button, message.addressed) == (Kind.BUTTON, "hint", True)


def test_an_edit_has_its_own_key() -> None:
    message = one(type="messageEdited", source=GROUP, message=text("new"), webhookEventId="01J0D")
    assert (message.kind, message.text, message.dedupe_key) == (Kind.EDIT, "new", "w:01J0D")
    assert message.message_id == "500002"


def test_coming_and_going() -> None:
    group = {"type": "group", "groupId": "C2222"}
    kinds = {"follow": Kind.JOIN, "unfollow": Kind.LEAVE, "join": Kind.JOIN, "leave": Kind.LEAVE}
    for name, kind in kinds.items():
        message = one(type=name, source=group)
        assert (message.kind, message.addressed) == (kind, True), "the bot itself"
    blocked = one(type="unfollow", source={"type": "user", "userId": "U1"})
    assert (blocked.kind, blocked.sender, blocked.addressed) == (Kind.LEAVE, "U1", True)
    received = events(
        event(type="memberJoined", source=group, joined={"members": [{"userId": "U1"}, {"userId": "U2"}]})
    )
    assert [(m.kind, m.sender, m.addressed) for m in received.messages] == [
        (Kind.JOIN, "U1", False),
        (Kind.JOIN, "U2", False),
    ]
    assert len({m.dedupe_key for m in received.messages}) == 2
    assert [m.token for m in received.messages] == ["rt1", None]  # a reply token is single use
    left = events(event(type="memberLeft", source=group, left={"members": [{"userId": "U1"}]}))
    assert [(m.kind, m.sender, m.addressed) for m in left.messages] == [(Kind.LEAVE, "U1", False)]


def test_standby_and_unknown_kinds_are_dropped() -> None:
    received = events(event(mode="standby"), event(type="unsend"), event(type="invented", source=5), event())
    assert received.dropped == ("standby", "unsend", "unknown_event")
    assert len(received.messages) == 1


def test_a_late_redelivery_has_no_token() -> None:
    again = {"isRedelivery": True}
    assert one(deliveryContext=again).token == "rt1"
    late = one(deliveryContext=again, timestamp=NOW_MS - 21 * 60_000)
    assert (late.token, late.token_expires_at_ms) == (None, 0)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"timestamp": "soon"}, "$.events[1].timestamp"),
        ({"timestamp": 2**70}, "$.events[1].timestamp"),
        ({"source": {"type": "planet"}}, "$.events[1].source.type"),
        ({"source": {"type": "group"}}, "$.events[1].source"),
        ({"source": {"type": "user", "userId": "U\0"}}, "$.events[1].source.userId"),
        ({"message": {"id": "1", "type": "text", "text": 5}}, "$.events[1].message.text"),
        ({"type": 5}, "$.events[1].type"),
    ],
)
def test_one_event_of_unknown_shape_costs_the_others_nothing(changes: dict[str, Any], path: str) -> None:
    odd = event(**changes)
    received = events(event(), odd, event(webhookEventId="01J0B"))
    assert [message.dedupe_key for message in received.messages] == ["w:01J0A", "w:01J0B"]
    (fault,) = received.faults
    assert (fault.path, json.loads(fault.event)) == (path, odd)


@pytest.mark.parametrize("body", [b"[]", b"null", b'{"events":5}', b"{}"])
def test_json_of_another_shape_is_a_fault(body: bytes) -> None:
    assert [fault.event for fault in receive(body).faults] == [body]


@pytest.mark.parametrize("body", [b"", b"{", b'{"events":[{]}', b'{"events":["\xff"]}'])
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
    kind=st.sampled_from(["message", "messageEdited", "postback", "join", "memberJoined", "memberLeft"]),
    field=st.sampled_from(["type", "mode", "timestamp", "webhookEventId", "source", "message", "postback", "joined"]),
    value=JSON,
)
def test_an_odd_field_costs_at_most_its_event(kind: str, field: str, value: Any) -> None:
    received = events(event(**{"type": kind, field: value}), event(webhookEventId="last"))
    assert received.messages[-1].dedupe_key == "w:last"
    msgspec.json.encode(received.messages)


# Rendering


@cache
def spec() -> dict[str, Any]:
    if not SPEC.is_file():
        pytest.skip("the shared specification is not here")
    loaded: dict[str, Any] = yaml.safe_load(SPEC.read_text("utf-8"))
    return loaded


def properties(name: str) -> set[str]:
    schema = spec()["components"]["schemas"][name]
    found = set(schema.get("properties", {}))
    for part in schema.get("allOf", ()):
        found |= properties(part["$ref"].rsplit("/", 1)[1]) if "$ref" in part else set(part.get("properties", {}))
    return found


def check(name: str, value: dict[str, Any]) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": spec()["components"]}
    Draft202012Validator(schema).validate(value)
    assert set(value) <= properties(name)


def actions(message: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in message.get("quickReply", {}).get("items", ()):
        check("QuickReplyItem", item)
        yield item["action"]


def check_request(request: Request) -> None:
    path = request.url.removeprefix("https://api.line.me")
    operation = spec()["paths"][path][request.method.lower()]
    body = json.loads(request.body)
    name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
    check(name, body)
    assert dict(request.headers)["Authorization"] == "Bearer cat"
    schemas = spec()["components"]["schemas"]
    for message in body.get("messages", ()):
        # The general schema leaves the kinds to its discriminator.
        check(schemas["Message"]["discriminator"]["mapping"][message["type"]].rsplit("/", 1)[1], message)
        for action in actions(message):
            check(schemas["Action"]["discriminator"]["mapping"][action["type"]].rsplit("/", 1)[1], action)
            assert 0 < len(action["label"]) <= 20


def deliveries(*replies: Reply, first: int = 0, **origin: Any) -> list[Delivery]:
    return [
        Delivery(
            conversation_id=1,
            number=number + 1,
            address="C2222",
            reply=reply,
            origin=Origin(**origin, position=number),
            key=UUID,
        )
        for number, reply in enumerate(replies, start=first)
    ]


LIVE: dict[str, Any] = {"token": "rt1", "token_expires_at_ms": NOW_MS + 50_000, "group": True}


def said(sending: Sending) -> list[str]:
    return [message["text"] for message in json.loads(sending.request.body)["messages"]]


def test_one_reply_call_carries_a_turns_first_five_replies() -> None:
    turn = deliveries(*(Reply(text=str(n)) for n in range(7)), **LIVE)
    sending = PLATFORM.render(BOT, turn, NOW_MS)
    check_request(sending.request)
    assert sending.request.url == "https://api.line.me/v2/bot/message/reply"
    assert (sending.covers, sending.uses_token, said(sending)) == (5, True, ["0", "1", "2", "3", "4"])
    assert "X-Line-Retry-Key" not in dict(sending.request.headers)  # LINE refuses it here
    rest = PLATFORM.render(BOT, turn[5:], NOW_MS)
    assert (rest.covers, rest.uses_token, said(rest)) == (1, False, ["5"])


def test_without_a_living_token_replies_are_pushed_one_by_one_with_their_key() -> None:
    expired: dict[str, Any] = {"token": "rt1", "token_expires_at_ms": NOW_MS}
    for origin in ({}, expired):
        sending = PLATFORM.render(BOT, deliveries(Reply(text="a"), Reply(text="b"), **origin), NOW_MS)
        check_request(sending.request)
        assert sending.request.url == "https://api.line.me/v2/bot/message/push"
        assert (sending.covers, sending.uses_token, said(sending)) == (1, False, ["a"])
        assert json.loads(sending.request.body)["to"] == "C2222"
        assert dict(sending.request.headers)["X-Line-Retry-Key"] == UUID


def test_buttons_stand_under_the_last_message() -> None:
    buttons = tuple(Button(label="L" * 30, value=f"v{n}") for n in range(13))
    for replies in (
        (Reply(text="a"), Reply(text="b", buttons=buttons)),
        (Reply(text="a", buttons=buttons), Reply(text="b")),
        (Reply(text="a", buttons=buttons[:1]), Reply(text="b", buttons=buttons)),
    ):
        sending = PLATFORM.render(BOT, deliveries(*replies, **LIVE), NOW_MS)
        check_request(sending.request)
        first, last = json.loads(sending.request.body)["messages"]
        assert "quickReply" not in first
        assert [item["action"]["data"] for item in last["quickReply"]["items"]] == [b.value for b in buttons]


def test_typing_shows_in_private_chats_only() -> None:
    typing = PLATFORM.typing(BOT, "U1111", Origin())
    assert typing is not None
    check_request(typing)
    assert PLATFORM.typing(BOT, "C2222", Origin(group=True)) is None


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("U1111", "/v2/bot/profile/U1"),
        ("C2222", "/v2/bot/group/C2222/member/U1"),
        ("R3333", "/v2/bot/room/R3333/member/U1"),
    ],
)
def test_names_are_looked_up_where_the_person_is(address: str, path: str) -> None:
    request = PLATFORM.lookup_name(BOT, address, not address.startswith("U"), "U1")
    assert request is not None
    assert (request.method, request.url) == ("GET", "https://api.line.me" + path)
    assert PLATFORM.read_name(Response(status=200, headers={}, body=b'{"displayName":"Ana"}')) == "Ana"
    assert PLATFORM.read_name(Response(status=404, headers={}, body=b'{"message":"Not found"}')) is None


def test_the_api_can_be_elsewhere() -> None:
    bot = msgspec.structs.replace(BOT, api_base="http://127.0.0.1:9")
    sending = PLATFORM.render(bot, deliveries(Reply(text="x")), NOW_MS)
    assert sending.request.url == "http://127.0.0.1:9/v2/bot/message/push"


# Outcomes


def reply_call() -> Sending:
    return PLATFORM.render(BOT, deliveries(Reply(text="a"), Reply(text="b"), **LIVE), NOW_MS)


def push() -> Sending:
    return PLATFORM.render(BOT, deliveries(Reply(text="a")), NOW_MS)


def answered(sending: Sending, status: int, body: object) -> Outcome:
    return PLATFORM.classify(sending, Response(status=status, headers={}, body=json.dumps(body).encode()))


def test_delivered_with_their_ids() -> None:
    sent = {"sentMessages": [{"id": "461", "quoteToken": "q"}, {"id": "462"}]}
    assert answered(reply_call(), 200, sent) == Delivered(message_ids=("461", "462"))


def test_a_push_that_was_accepted_before_is_delivered() -> None:
    accepted = {"message": "The retry key is already accepted", "sentMessages": [{"id": "461"}]}
    assert answered(push(), 409, accepted) == Delivered(message_ids=("461",))
    assert isinstance(answered(reply_call(), 409, accepted), Refused)


def test_a_dead_reply_token_costs_only_itself() -> None:
    outcome = answered(reply_call(), 400, {"message": "Invalid reply token"})
    assert outcome == Retry(reason="token_expired", after_s=0.0, drop_token=True)


def test_a_reply_call_of_unknown_outcome_never_drops_its_token() -> None:
    for status in (408, 500, 503):
        assert isinstance(answered(reply_call(), status, {"message": "x"}), Unknown)
        assert isinstance(answered(push(), status, {"message": "x"}), Unknown)


@pytest.mark.parametrize(
    ("status", "message", "outcome"),
    [
        (400, "Failed to send messages", Refused(reason="chat_not_found")),
        (400, "The request body has 1 error(s)", Refused(reason="bad_request")),
        (401, "Authentication failed", Refused(reason="unauthorized")),
        (403, "Not available", Refused(reason="forbidden")),
        (429, "You have reached your monthly limit.", Refused(reason="quota")),
        (429, "The API rate limit has been exceeded.", Retry(reason="rate_limited", scope="bot")),
    ],
)
def test_refused_or_later(status: int, message: str, outcome: Outcome) -> None:
    assert answered(push(), status, {"message": message}) == outcome


@given(status=st.integers(100, 599), body=st.binary() | JSON.map(json.dumps).map(str.encode), after=st.text())
def test_any_answer_has_an_outcome(status: int, body: bytes, after: str) -> None:
    response = Response(status=status, headers={"Retry-After": after}, body=body)
    for sending in (reply_call(), push()):
        assert isinstance(PLATFORM.classify(sending, response), Delivered | Retry | Refused | Unknown)
    PLATFORM.read_name(Response(status=200, headers={}, body=body))


def test_credentials_are_checked_by_form_and_never_shown() -> None:
    assert PLATFORM.check_credentials(BOT.credentials) == ()
    wrong = PLATFORM.check_credentials({"channel_access_token": "a 77", "channel_secret": "+88="})
    assert len(wrong) == 2
    assert not any("77" in sentence or "88" in sentence for sentence in wrong)


def test_there_is_no_get_handshake() -> None:
    with pytest.raises(Refusal) as refusal:
        PLATFORM.handshake(BOT, {})
    assert (refusal.value.status, refusal.value.reason) == (405, "method")
