"""The Messenger door: Meta's signature and handshake, each event's meaning, calls, and Graph errors."""

from __future__ import annotations

import hashlib
import hmac
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tornado.httputil import HTTPHeaders

from game_state.message import Button, Kind, Message, Origin, Reply
from platforms.contract import (
    Bot,
    Delivered,
    Delivery,
    Outcome,
    Received,
    Refusal,
    Refused,
    Response,
    Retry,
    Unknown,
)
from platforms.messenger import PLATFORM
from tests.platforms.mutations import mutated

SECRET = "app-secret"
CREDENTIALS = {"page_token": "PAGE_TOKEN", "app_secret": SECRET, "verify_token": "let-me-in"}
BOT = Bot(bot_id=1, name="quiz", platform="messenger", credentials=CREDENTIALS)


def event(number: int = 0, **fields: Any) -> dict[str, Any]:
    return {"sender": {"id": "PS42"}, "recipient": {"id": "1001"}, "timestamp": 1790000000123 + number * 1000, **fields}


TEXT = event(message={"mid": "m_aa1", "text": "hello"})
QUICK_REPLY = event(1, message={"mid": "m_aa2", "text": "Red", "quick_reply": {"payload": "ans:red"}})
POSTBACK = event(2, postback={"mid": "m_aa3", "title": "Start", "payload": "GET_STARTED", "referral": {"ref": "r1"}})
ECHO = event(3, message={"is_echo": True, "app_id": 777, "metadata": "k1", "mid": "m_bb1", "text": "our reply"})
EDIT = event(4, message_edit={"mid": "m_aa1", "text": "hello!", "num_edit": 1})


def body_of(*events: Any) -> dict[str, Any]:
    return {"object": "page", "entry": [{"id": "1001", "time": 1790000000500, "messaging": list(events)}]}


def signed(body: bytes, secret: str = SECRET) -> HTTPHeaders:
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return HTTPHeaders({"x-hub-signature-256": f"sha256={digest}"})


def receive(body: Any, bot: Bot = BOT) -> Received:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return PLATFORM.receive(bot, signed(raw), raw, 0)


def read(one: dict[str, Any]) -> Message:
    received = receive(body_of(one))
    assert not received.faults
    assert not received.dropped
    (message,) = received.messages
    return message


@given(st.binary(min_size=1), st.integers(0))
def test_an_altered_body_is_refused(body: bytes, place: int) -> None:
    altered = bytearray(body)
    altered[place % len(body)] ^= 1
    with pytest.raises(Refusal) as refusal:
        PLATFORM.receive(BOT, signed(body), bytes(altered), 0)
    assert (refusal.value.status, refusal.value.reason) == (403, "signature")


def test_a_missing_malformed_or_foreign_signature_is_refused() -> None:
    body = json.dumps(body_of(TEXT)).encode()
    good = signed(body)["X-Hub-Signature-256"]
    for value in ("", "sha256=", good.removeprefix("sha256="), good.upper(), good + " ", "sha1=" + good[7:], "é" * 71):
        with pytest.raises(Refusal):
            PLATFORM.receive(BOT, HTTPHeaders({"X-Hub-Signature-256": value}), body, 0)
    for headers in (HTTPHeaders(), signed(body, "other")):
        with pytest.raises(Refusal):
            PLATFORM.receive(BOT, headers, body, 0)
    unset = Bot(bot_id=1, name="quiz", platform="messenger", credentials={**CREDENTIALS, "app_secret": ""})
    with pytest.raises(Refusal):
        PLATFORM.receive(unset, signed(body, ""), body, 0)


def test_the_signature_is_over_the_escaped_bytes_as_they_came() -> None:
    body = b'{"object":"page","entry":[{"id":"1","messaging":[{"sender":{"id":"a"},"message":{"mid":"b","text":"\\u00e4"}}]}]}'
    (message,) = receive(body).messages
    assert message.text == "ä"


@given(st.binary())
def test_signed_bytes_raise_nothing_but_refusals(body: bytes) -> None:
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        with pytest.raises(Refusal) as refusal:
            receive(body)
        assert refusal.value.status == 400
    else:
        # Python also takes UTF-16 and NaN for JSON, which the door refuses.
        with suppress(Refusal):
            receive(body)


@given(mutated([body_of(TEXT, QUICK_REPLY, POSTBACK, ECHO, EDIT)]))
def test_any_shape_is_read_and_a_bad_event_costs_no_other(body: Any) -> None:
    for message in receive(body).messages:
        assert message.address
        assert 0 < len(message.dedupe_key) <= 200


def test_the_handshake() -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": "let-me-in", "hub.challenge": "1158201444"}
    assert PLATFORM.handshake(BOT, query).body == b"1158201444"
    for wrong in ({**query, "hub.verify_token": "no"}, {**query, "hub.mode": "x"}, {"hub.verify_token": "é"}, {}):
        with pytest.raises(Refusal) as refusal:
            PLATFORM.handshake(BOT, wrong)
        assert (refusal.value.status, refusal.value.reason) == (403, "verify_token")


def test_several_events_of_a_body_in_its_order() -> None:
    received = receive(body_of(TEXT, QUICK_REPLY, POSTBACK, ECHO, EDIT))
    assert received.dropped == ("echo",)
    text, quick, postback, edit = received.messages
    assert text == Message(
        kind=Kind.TEXT,
        address="PS42",
        dedupe_key="m:m_aa1",
        sender="PS42",
        text="hello",
        addressed=True,
        message_id="m_aa1",
        sent_at_ms=1790000000123,
    )
    assert (quick.kind, quick.button, quick.text) == (Kind.BUTTON, "ans:red", "Red")
    assert (postback.kind, postback.button, postback.text) == (Kind.BUTTON, "GET_STARTED", "Start")
    assert (edit.kind, edit.text, edit.message_id) == (Kind.EDIT, "hello!", "m_aa1")
    assert len({message.dedupe_key for message in received.messages}) == 4


def test_a_bad_event_is_a_fault_with_its_place_and_the_others_are_played() -> None:
    bad = {**QUICK_REPLY, "timestamp": "soon"}
    body = body_of(TEXT, bad, EDIT)
    body["entry"].append({"id": "1001", "messaging": "none"})
    received = receive(body)
    assert len(received.messages) == 2
    assert [fault.path for fault in received.faults] == ["$.entry[0].messaging[1].timestamp", "$.entry[1].messaging"]
    assert json.loads(received.faults[0].event) == bad
    (fault,) = receive(body_of({"message": {"mid": "m"}})).faults
    assert fault.path == "$.entry[0].messaging[0].sender"


def attached(*attachments: Any, **fields: Any) -> dict[str, Any]:
    return event(message={"mid": "m_1", "attachments": list(attachments), **fields})


@pytest.mark.parametrize(
    ("one", "kind", "text"),
    [
        (attached({"type": "image", "payload": {"url": "https://x.test/a.jpg"}}), Kind.IMAGE, ""),
        (attached({"type": "image", "payload": {"url": "u", "sticker_id": 369239263222822}}), Kind.STICKER, ""),
        (attached({"type": "image", "payload": {"url": "u"}}, text="look"), Kind.IMAGE, "look"),
        (
            attached({"type": "location", "payload": {"coordinates": {"lat": 1.5, "long": 2}}}),
            Kind.LOCATION,
            "1.50000,2.00000",
        ),
        (attached({"type": "fallback", "url": "https://x.test", "payload": None}), Kind.LINK, "https://x.test"),
        (attached({"type": "fallback"}, text="see https://x.test"), Kind.TEXT, "see https://x.test"),
        (event(message={"mid": "m", "text": "https://x.test"}), Kind.LINK, "https://x.test"),
        (event(message={"mid": "m", "text": "a\0b"}), Kind.TEXT, "ab"),
    ],
)
def test_kinds(one: dict[str, Any], kind: Kind, text: str) -> None:
    message = read(one)
    assert (message.kind, message.text) == (kind, text)


def test_a_postback_without_an_id_is_told_apart_by_what_was_pressed() -> None:
    def key(number: int, payload: str) -> str:
        return read(event(number, postback={"title": "T", "payload": payload})).dedupe_key

    assert key(1, "a") == key(1, "a")
    assert len({key(1, "a"), key(2, "a"), key(1, "b")}) == 3


def test_both_names_of_the_edit_count_are_read() -> None:
    one, two = (read(event(message_edit={"mid": "m", "text": "x", name: 2})) for name in ("num_edit", "num_edits"))
    assert one.dedupe_key == two.dedupe_key
    assert one.dedupe_key != read(EDIT).dedupe_key


@pytest.mark.parametrize(
    ("one", "name"),
    [
        (event(read={"watermark": 1}), "read"),
        (event(delivery={"watermark": 1}), "delivery"),
        (event(brand_new={}), "unknown"),
        (attached({"type": "audio", "payload": {"url": "u"}}), "unread_content"),
        (event(message={"mid": "m"}), "empty"),
        ({"optin": {"type": "x"}}, "optin"),
    ],
)
def test_what_is_knowingly_left_out(one: dict[str, Any], name: str) -> None:
    received = receive(body_of(one))
    assert (received.dropped, received.messages, received.faults) == ((name,), (), ())


def test_other_threads_pages_and_objects_are_left_out() -> None:
    standby = {"object": "page", "entry": [{"id": "1", "standby": [TEXT], "changes": [{"field": "feed"}]}]}
    assert receive(standby).dropped == ("standby", "changes")
    assert receive({"object": "instagram", "entry": []}).dropped == ("other_object",)
    own = Bot(bot_id=1, name="quiz", platform="messenger", credentials={**CREDENTIALS, "page_id": "2002"})
    assert receive(body_of(TEXT), own).dropped == ("other_page",)


def render(reply: Reply) -> tuple[dict[str, str], str, Any]:
    delivery = Delivery(conversation_id=1, number=1, address="PS42", reply=reply, origin=Origin(), key="key-1")
    request = PLATFORM.render(BOT, [delivery], 0).request
    return dict(request.headers), request.url, json.loads(request.body)


def test_a_reply_carries_its_key_and_the_token_only_in_a_header() -> None:
    headers, url, fields = render(Reply(text="hi", buttons=(Button(label="Red", value="ans:red"),)))
    assert headers["Authorization"] == "Bearer PAGE_TOKEN"
    assert url == "https://graph.facebook.com/v25.0/me/messages"
    assert fields == {
        "recipient": {"id": "PS42"},
        "messaging_type": "RESPONSE",
        "message": {
            "text": "hi",
            "metadata": "key-1",
            "quick_replies": [{"content_type": "text", "title": "Red", "payload": "ans:red"}],
        },
    }
    assert not PLATFORM.capabilities.image


def test_typing_and_names() -> None:
    typing = PLATFORM.typing(BOT, "PS42", Origin())
    assert typing is not None
    assert json.loads(typing.body) == {"recipient": {"id": "PS42"}, "sender_action": "typing_on"}
    lookup = PLATFORM.lookup_name(BOT, "PS42", False, "PS/42")
    assert lookup is not None
    assert lookup.method == "GET"
    assert lookup.url == "https://graph.facebook.com/v25.0/PS%2F42?fields=first_name,last_name"

    def name(status: int, body: bytes) -> str | None:
        return PLATFORM.read_name(Response(status=status, headers={}, body=body))

    assert name(200, b'{"first_name":"Ana","last_name":"R","id":"PS42"}') == "Ana R"
    assert name(200, b'{"id":"PS42"}') is None
    assert name(400, b'{"first_name":"Ana"}') is None
    assert name(200, b"<html>") is None


def classify(status: int, body: Any, retry_after: str | None = None) -> Outcome:
    delivery = Delivery(conversation_id=1, number=1, address="P", reply=Reply(text="x"), origin=Origin(), key="k")
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = HTTPHeaders({"Retry-After": retry_after} if retry_after else {})
    return PLATFORM.classify(PLATFORM.render(BOT, [delivery], 0), Response(status=status, headers=headers, body=raw))


def graph(code: int, subcode: int = 0, **fields: Any) -> dict[str, Any]:
    return {"error": {"message": "m", "type": "OAuthException", "code": code, "error_subcode": subcode, **fields}}


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (200, {"recipient_id": "P", "message_id": "m_bb1"}, Delivered(message_ids=("m_bb1",))),
        (200, b"<html>", Unknown(reason="unreadable_answer")),
        (400, graph(190, 463), Refused(reason="unauthorized")),
        (400, graph(10, 2018278), Refused(reason="window_closed")),
        (400, graph(10), Refused(reason="forbidden")),
        (400, graph(551), Refused(reason="unavailable")),
        (400, graph(100, 2018001), Refused(reason="chat_not_found")),
        (400, graph(100), Refused(reason="bad_request")),
        (403, graph(230), Refused(reason="forbidden")),
        (400, graph(613), Retry(reason="rate_limited", scope="bot")),
        (400, graph(4), Retry(reason="rate_limited", scope="bot")),
        (400, graph(80006), Retry(reason="rate_limited", scope="bot")),
        (500, graph(1200), Retry(reason="send_failed")),
        (500, graph(2), Retry(reason="api_unavailable")),
        (400, graph(99999), Refused(reason="bad_request")),
        (400, graph(99999, is_transient=True), Retry(reason="api_transient")),
        (500, graph(99999), Unknown(reason="server_error")),
        (429, b"", Retry(reason="rate_limited", scope="bot")),
        (401, b"", Refused(reason="unauthorized")),
        (502, b"<html>", Unknown(reason="server_error")),
        (503, b"", Retry(reason="unavailable")),
    ],
)
def test_outcomes(status: int, body: Any, outcome: Outcome) -> None:
    assert classify(status, body) == outcome


def test_a_told_pause_is_kept() -> None:
    assert classify(400, graph(613), "9") == Retry(reason="rate_limited", scope="bot", after_s=9.0)


@given(st.integers(0, 999), st.binary() | st.just(b"[" * 100_000))
def test_no_answer_raises(status: int, body: bytes) -> None:
    classify(status, body, "nan")
    PLATFORM.read_name(Response(status=status, headers={}, body=body))


@given(mutated([graph(4, 5), {"message_id": "m"}, {"first_name": "a", "last_name": "b"}]))
def test_no_shape_of_answer_raises(body: Any) -> None:
    for status in (200, 400):
        classify(status, body)
        PLATFORM.read_name(Response(status=status, headers={}, body=json.dumps(body).encode()))


def test_credentials_are_checked_by_form() -> None:
    assert PLATFORM.check_credentials(CREDENTIALS) == ()
    assert PLATFORM.check_credentials({**CREDENTIALS, "app_secret": " x"}) == (
        "app_secret is empty or contains whitespace.",
    )
    assert len(PLATFORM.check_credentials({})) == 3
