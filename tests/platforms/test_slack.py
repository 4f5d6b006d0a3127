from __future__ import annotations

import hashlib
import hmac
import json
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_state.message import Button, Kind, Origin, Reply
from platforms.contract import (
    Bot,
    Delivered,
    Delivery,
    Received,
    Refusal,
    Refused,
    Request,
    Response,
    Retry,
    Sending,
    Unknown,
)
from platforms.slack import PLATFORM

SAMPLES = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "webhooks" / "slack"
SECRET = "xxxsecret"
BOT = Bot(
    bot_id=1,
    name="quiz",
    platform="slack",
    credentials={"bot_token": "xoxb-1", "signing_secret": SECRET},
)
NOW_MS = 1_790_000_000_000
FORM = "application/x-www-form-urlencoded"


def sign(body: bytes, stamp: str, secret: str = SECRET) -> str:
    return "v0=" + hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()


def receive(body: bytes, content_type: str = "application/json", now_ms: int = NOW_MS) -> Received:
    stamp = str(now_ms // 1000)
    headers = {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": sign(body, stamp),
    }
    return PLATFORM.receive(BOT, headers, body, now_ms)


def callback(event: dict[str, Any], event_id: str = "Ev1") -> Received:
    body = {
        "type": "event_callback",
        "team_id": "T01",
        "event_id": event_id,
        "authorizations": [{"team_id": "T01", "user_id": "U0BOT", "is_bot": True}],
        "event": event,
    }
    return receive(json.dumps(body).encode())


def said(**changes: Any) -> dict[str, Any]:
    event = {
        "type": "message",
        "channel_type": "channel",
        "channel": "C01",
        "user": "U01",
        "text": "hello",
        "ts": "1790000000.000100",
    }
    return event | changes


def command(**changes: str) -> Received:
    fields = {"command": "/play", "text": "cats", "user_id": "U01", "channel_id": "C01", "trigger_id": "1.2.x"}
    return receive(urlencode(fields | changes).encode(), FORM)


def press(**changes: Any) -> Received:
    payload = {
        "type": "block_actions",
        "user": {"id": "U01", "username": "ana"},
        "trigger_id": "1.2.y",
        "container": {"type": "message", "message_ts": "1790000030.000100", "channel_id": "C01"},
        "channel": {"id": "C01"},
        "message": {"ts": "1790000030.000100"},
        "actions": [{"type": "button", "action_id": "b0", "value": "hint", "action_ts": "1790000040.100000"}],
    }
    return receive(urlencode({"payload": json.dumps(payload | changes)}).encode(), FORM)


# The signature


VECTOR = b"command=/weather&text=94070"
VECTOR_SIGNATURE = "v0=15a96f4c3573881a4b9f4ac5935af16898f426a943f78c36b6ae166ee4378434"


def vector(body: bytes = VECTOR, stamp: str = "123456789", signature: str | None = VECTOR_SIGNATURE) -> Received:
    headers = {"Content-Type": FORM, "X-Slack-Request-Timestamp": stamp}
    if signature is not None:
        headers["X-Slack-Signature"] = signature
    return PLATFORM.receive(BOT, headers, body, 123_456_789_000)


def test_the_known_signature_is_believed() -> None:
    assert vector().faults[0].path == "$"  # believed, though this command names no channel


@given(place=st.integers(0, len(VECTOR) - 1), byte=st.integers(0, 255))
def test_an_altered_body_is_refused(place: int, byte: int) -> None:
    altered = VECTOR[:place] + bytes([byte]) + VECTOR[place + 1 :]
    if altered == VECTOR:
        return
    with pytest.raises(Refusal) as refusal:
        vector(altered)
    assert (refusal.value.status, refusal.value.reason) == (403, "signature")


@given(signature=st.none() | st.text() | st.binary().map(bytes.hex).map("v0={}".format))
def test_another_signature_is_refused(signature: str | None) -> None:
    with pytest.raises(Refusal) as refusal:
        vector(signature=signature)
    assert refusal.value.status == 403


@pytest.mark.parametrize("stamp", ["", "soon", " 123456789", "12345678_9", "-1", "1.5", "٣", "9" * 40])
def test_a_timestamp_that_is_no_number_is_refused(stamp: str) -> None:
    with pytest.raises(Refusal) as refusal:
        vector(stamp=stamp, signature=sign(VECTOR, stamp))
    assert (refusal.value.status, refusal.value.reason) == (403, "signature")


@pytest.mark.parametrize(("age_s", "fresh"), [(300, True), (301, False), (-300, True), (-301, False)])
def test_the_window_is_300_seconds(age_s: int, fresh: bool) -> None:
    stamp = str(123_456_789 - age_s)
    if fresh:
        vector(stamp=stamp, signature=sign(VECTOR, stamp))
        return
    with pytest.raises(Refusal) as refusal:
        vector(stamp=stamp, signature=sign(VECTOR, stamp))
    assert (refusal.value.status, refusal.value.reason) == (403, "stale")


# Reading


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared sample bodies are not here")
@pytest.mark.parametrize("way", ["json", "payload"])
def test_every_sample_is_read_or_dropped(way: str) -> None:
    for path in sorted(SAMPLES.glob("*.json")):
        body = path.read_bytes()
        received = receive(urlencode({"payload": body}).encode(), FORM) if way == "payload" else receive(body)
        assert not received.faults, path.name
        assert received.messages or received.dropped, path.name


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared sample bodies are not here")
def test_samples_filled_with_ids_become_messages() -> None:
    fills = {
        "channel": "C01",
        "user": "U01",
        "ts": "1790000000.000100",
        "thread_ts": "",
        "bot_id": "",
        "event_id": "Ev1",
        "channel_type": "channel",
        "mimetype": "image/png",
        "text": "hi",
    }

    def fill(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: fills[k] if isinstance(v, str) and k in fills else fill(v) for k, v in value.items()}
        return [fill(item) for item in value] if isinstance(value, list) else value

    kinds = {
        "AppMention": Kind.TEXT,
        "Message": Kind.TEXT,
        "MessageMe": Kind.TEXT,
        "MessageThreadBroadcast": Kind.TEXT,
        "MessageFileShare": Kind.IMAGE,
        "MessageChanged": Kind.EDIT,
        "MemberJoinedChannel": Kind.JOIN,
        "MemberLeftChannel": Kind.LEAVE,
        "ChannelLeft": Kind.LEAVE,
    }
    for name, kind in kinds.items():
        body = fill(json.loads((SAMPLES / f"{name}Payload.json").read_bytes()))
        assert [message.kind for message in receive(json.dumps(body).encode()).messages] == [kind], name


def test_the_challenge_is_answered_once_signed() -> None:
    body = b'{"type":"url_verification","token":"t","challenge":"abc"}'
    assert receive(body).answer.body == b"abc"
    with pytest.raises(Refusal):
        PLATFORM.receive(BOT, {}, body, NOW_MS)


def test_a_channel_message() -> None:
    (message,) = callback(said(text="is it <https://a.example|AT&amp;T> &lt;3 <@U02> <#C02|general> <!here>?")).messages
    assert message.kind is Kind.TEXT
    assert message.text == "is it AT&T <3 @U02 #general @here?"
    assert (message.address, message.thread, message.group) == ("C01", None, True)
    assert (message.sender, message.sender_name, message.addressed) == ("U01", None, False)
    assert message.dedupe_key == "m:C01:1790000000.000100"
    assert message.message_id == "1790000000.000100"
    assert message.sent_at_ms == 1_790_000_000_000


def test_a_direct_message_is_addressed() -> None:
    (message,) = callback(said(channel="D01", channel_type="im")).messages
    assert (message.group, message.addressed) == (False, True)


def test_a_thread_is_a_conversation_of_its_own_and_its_first_message_is_not() -> None:
    (reply,) = callback(said(thread_ts="1789999999.000100")).messages
    assert (reply.address, reply.thread) == ("C01:1789999999.000100", "1789999999.000100")
    (first,) = callback(said(thread_ts="1790000000.000100")).messages
    assert (first.address, first.thread) == ("C01", None)


def test_a_mention_and_its_twin_are_one_message_in_any_order() -> None:
    text = "<@U0BOT> play"
    (twin,) = callback(said(text=text), "Ev1").messages
    (mention,) = callback(
        {"type": "app_mention", "channel": "C01", "user": "U01", "text": text, "ts": "1790000000.000100"}, "Ev2"
    ).messages
    assert twin == mention
    assert (twin.text, twin.addressed) == ("play", True)


def test_written_entities_stay_as_written() -> None:
    (message,) = callback(said(text="&amp;lt; &amp;amp;")).messages
    assert message.text == "&lt; &amp;"


def test_nul_is_taken_out() -> None:
    assert callback(said(text="a\0b")).messages[0].text == "ab"
    assert command(text="a\0b").messages[0].text == "/play ab"


def test_an_edit_has_a_key_of_its_own_and_a_preview_is_no_edit() -> None:
    after = said(text="new", edited={"user": "U01", "ts": "1790000009.000000"})
    event = {"type": "message", "subtype": "message_changed", "channel": "C01", "ts": "1790000009.000300"}
    (edit,) = callback(event | {"message": after}).messages
    assert (edit.kind, edit.text) == (Kind.EDIT, "new")
    assert edit.dedupe_key == "e:C01:1790000000.000100:1790000009.000000"
    assert edit.message_id == "1790000000.000100"
    assert callback(event | {"message": said(text="new")}).dropped == ("preview",)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"user": "U0BOT"}, "own_echo"),
        ({"bot_id": "B01"}, "bot"),
        ({"user": "USLACKBOT"}, "bot"),
        ({"subtype": "bot_message"}, "bot"),
        ({"subtype": "message_deleted"}, "message.message_deleted"),
        ({"subtype": "invented_yesterday"}, "unknown_event"),
        ({"type": "invented_today", "channel": {"id": 5}}, "unknown_event"),
        ({"type": "tokens_revoked"}, "tokens_revoked"),
    ],
)
def test_what_nobody_said_is_dropped(changes: dict[str, Any], name: str) -> None:
    received = callback(said(**changes))
    assert (received.messages, received.faults, received.dropped) == ((), (), (name,))


def test_other_kinds_are_dropped() -> None:
    assert receive(b'{"type":"app_rate_limited","minute_rate_limited":1}').dropped == ("app_rate_limited",)
    assert receive(b'{"type":"view_submission"}').dropped == ("view_submission",)
    assert receive(b'{"type":"something"}').dropped == ("unknown_type",)
    assert receive(b"ssl_check=1&token=t", FORM).answer.status == 200


def test_joining_and_leaving_keep_the_bot_itself() -> None:
    event = {"channel": "C01", "channel_type": "C", "event_ts": "1790000020.000100"}
    (own,) = callback(event | {"type": "member_joined_channel", "user": "U0BOT"}).messages
    assert (own.kind, own.sender, own.addressed, own.dedupe_key) == (Kind.JOIN, "U0BOT", True, "v:Ev1")
    (other,) = callback(event | {"type": "member_left_channel", "user": "U01"}).messages
    assert (other.kind, other.sender, other.addressed) == (Kind.LEAVE, "U01", False)
    (gone,) = callback({"type": "group_left", "channel": "G01", "event_ts": "1790000020.000100"}).messages
    assert (gone.kind, gone.addressed) == (Kind.LEAVE, True)


def test_a_picture_a_file_and_a_link() -> None:
    picture = said(subtype="file_share", text="look", files=[{"mimetype": "image/png"}])
    assert [(m.kind, m.text) for m in callback(picture).messages] == [(Kind.IMAGE, "look")]
    assert callback(said(subtype="file_share", text="", files=[{"mimetype": "text/plain"}])).dropped == ("file",)
    (link,) = callback(said(text="<https://a.example/x>")).messages
    assert (link.kind, link.text) == (Kind.LINK, "https://a.example/x")


def test_a_slash_command() -> None:
    received = command()
    (message,) = received.messages
    assert (message.kind, message.text, message.addressed) == (Kind.TEXT, "/play cats", True)
    assert (message.address, message.sender, message.group) == ("C01", "U01", True)
    assert message.dedupe_key == "c:1.2.x"
    assert (received.answer.status, received.answer.body) == (200, b"")
    assert command(channel_id="D01", text="").messages[0].text == "/play"
    assert not command(channel_id="D01").messages[0].group


def test_a_button() -> None:
    (message,) = press().messages
    assert (message.kind, message.button, message.addressed) == (Kind.BUTTON, "hint", True)
    assert (message.address, message.sender, message.dedupe_key) == ("C01", "U01", "b:1.2.y")
    container = {"message_ts": "1790000030.000100", "channel_id": "C01", "thread_ts": "1789999999.000100"}
    (threaded,) = press(container=container, trigger_id=None).messages
    assert threaded.address == "C01:1789999999.000100"
    assert threaded.dedupe_key == "b:1790000030.000100:1790000040.100000"
    assert press(actions=[{"type": "overflow"}]).dropped == ("block_action",)


@pytest.mark.parametrize("body", [b"", b"{", b"nonsense", b"a=b", b"\xff=1", b"payload={"])
def test_what_is_no_json_and_no_form_is_refused(body: bytes) -> None:
    for content_type in ("application/json", FORM, ""):
        with pytest.raises(Refusal) as refusal:
            receive(body, content_type)
        assert (refusal.value.status, refusal.value.reason) == (400, "not_json")


@pytest.mark.parametrize(
    ("event", "path"),
    [
        (said(ts=17), "$.event.ts"),
        (said(ts="soon"), "$.event.ts"),
        (said(text=["x"]), "$.event.text"),
        (said(channel="C\0"), "$.event.channel"),
        ({"type": "message", "ts": "1.2"}, "$.event"),
        (said(subtype="message_changed", message={"ts": 5}), "$.event.message.ts"),
    ],
)
def test_a_shape_we_cannot_read_is_named_by_its_place(event: dict[str, Any], path: str) -> None:
    (fault,) = callback(event).faults
    assert fault.path == path
    assert json.loads(fault.event) == event


@pytest.mark.parametrize("body", [b"[]", b"null", b'"x"', b'{"event":5,"type":1}'])
def test_json_of_another_shape_is_a_fault(body: bytes) -> None:
    assert [fault.path[0] for fault in receive(body).faults] == ["$"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(body=st.binary(max_size=200), content_type=st.sampled_from(["application/json", FORM, ""]))
def test_any_bytes_are_refused_or_read(body: bytes, content_type: str) -> None:
    with suppress(Refusal):  # nothing else may come out
        receive(body, content_type)


@given(
    field=st.sampled_from(["type", "subtype", "channel", "user", "text", "ts", "thread_ts", "files", "message"]),
    value=JSON,
)
def test_an_odd_field_is_at_worst_a_fault(field: str, value: Any) -> None:
    received = callback(said(**{field: value}))
    assert len(received.messages) + len(received.faults) + len(received.dropped) == 1
    msgspec.json.encode(received.messages)


# Rendering


def rendered(reply: Reply, address: str = "C01", **origin: Any) -> tuple[Request, dict[str, Any]]:
    delivery = Delivery(
        conversation_id=1,
        number=1,
        address=address,
        reply=reply,
        origin=Origin(**origin),
        key="0b2ee8a6-6f0c-4d55-9f6f-0d6d5ad7b6c1",
    )
    sending = PLATFORM.render(BOT, [delivery], NOW_MS)
    assert (sending.covers, sending.uses_token) == (1, False)
    return sending.request, json.loads(sending.request.body)


def test_a_text_is_posted_with_nothing_of_it_read_as_markup() -> None:
    request, body = rendered(Reply(text="<!channel> R&B *now*"))
    assert (request.method, request.url) == ("POST", "https://slack.com/api/chat.postMessage")
    assert dict(request.headers)["Authorization"] == "Bearer xoxb-1"
    assert body == {
        "channel": "C01",
        "text": "&lt;!channel&gt; R&amp;B *now*",
        "mrkdwn": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }


def test_a_thread_is_answered_in_the_thread_also_by_a_timer() -> None:
    _, body = rendered(Reply(text="x"), "C01:1789999999.000100")
    assert (body["channel"], body["thread_ts"]) == ("C01", "1789999999.000100")
    assert "thread_ts" not in rendered(Reply(text="x"), group=True, message_id="1790000000.000100")[1]


def words_block(*elements: dict[str, str]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


@pytest.mark.parametrize("buttons", [(), (Button(label="Again", value="again"),)])
def test_an_address_can_be_followed_whatever_stands_around_it(buttons: tuple[Button, ...]) -> None:
    text = "Mercury\n_The_ *first* <planet>.\nhttps://en.wikipedia.org/wiki/Mercury_(planet)\nOr https://a.example/x?y=1&z=2."
    _, body = rendered(Reply(text=text, buttons=buttons))
    assert body["blocks"][0] == words_block(
        {"type": "text", "text": "Mercury\n_The_ *first* <planet>.\n"},
        {"type": "link", "url": "https://en.wikipedia.org/wiki/Mercury_(planet)"},
        {"type": "text", "text": "\nOr "},
        {"type": "link", "url": "https://a.example/x?y=1&z=2"},
        {"type": "text", "text": "."},
    )


def test_buttons_and_a_picture_are_blocks_within_slacks_limits() -> None:
    buttons = tuple(Button(label="L" * 100, value=f"v{n}") for n in range(25))
    _, body = rendered(Reply(text="t" * 3000, buttons=buttons, image_url="https://a.example/x.png"))
    image, words, actions = body["blocks"]
    assert (image["type"], image["image_url"]) == ("image", "https://a.example/x.png")
    assert 0 < len(image["alt_text"]) <= 2000
    assert words == words_block({"type": "text", "text": "t" * 3000})
    assert [element["value"] for element in actions["elements"]] == [button.value for button in buttons]
    assert len({element["action_id"] for element in actions["elements"]}) == 25
    assert all(len(element["text"]["text"]) <= 75 for element in actions["elements"])
    assert body["text"]  # the notification's words


def test_a_picture_alone_has_words_for_the_notification() -> None:
    _, body = rendered(Reply(image_url="https://a.example/x.png"))
    assert body["text"]
    assert [block["type"] for block in body["blocks"]] == ["image"]


def test_a_board_is_changed_in_place_with_nothing_of_it_read_as_markup() -> None:
    delivery = Delivery(
        conversation_id=1,
        number=2,
        address="C01:1789999999.000100",
        reply=Reply(text="R&B *now*", board="round"),
        origin=Origin(),
        key="0b2ee8a6-6f0c-4d55-9f6f-0d6d5ad7b6c1",
        edits="1790000000.000100",
    )
    sending = PLATFORM.render(BOT, [delivery], NOW_MS)
    assert (sending.request.name, sending.edits) == ("chat.update", "1790000000.000100")
    assert sending.request.url == "https://slack.com/api/chat.update"
    assert json.loads(sending.request.body) == {
        "channel": "C01",
        "ts": "1790000000.000100",
        "text": "R&amp;B *now*",
        "blocks": [words_block({"type": "text", "text": "R&B *now*"})],
    }
    for error in ("message_not_found", "cant_update_message", "edit_window_closed"):
        response = Response(status=200, headers={}, body=json.dumps({"ok": False, "error": error}).encode())
        assert PLATFORM.classify(sending, response) == Retry(reason="board_gone", after_s=0.0, drop_board=True)
        assert isinstance(classify(200, response.body), Refused)


def test_admins_are_the_workspaces() -> None:
    def admin(user: object) -> bool | None:
        return PLATFORM.read_admin(
            Response(status=200, headers={}, body=json.dumps({"ok": True, "user": user}).encode())
        )

    assert PLATFORM.lookup_admin(BOT, "C01", "U01") == PLATFORM.lookup_name(BOT, "C01", True, "U01")
    assert admin({"is_admin": True, "is_owner": False}) is True
    assert admin({"is_admin": False, "is_owner": True}) is True
    assert admin({"is_admin": False, "is_owner": False}) is False
    assert admin({"name": "ana"}) is None
    assert PLATFORM.read_admin(Response(status=200, headers={}, body=b'{"ok":false,"error":"x"}')) is None


def test_the_api_can_be_elsewhere() -> None:
    bot = msgspec.structs.replace(BOT, api_base="http://127.0.0.1:9/slack/")
    request = PLATFORM.lookup_name(bot, "C01", True, "U01")
    assert request is not None
    assert request.url == "http://127.0.0.1:9/slack/api/users.info?user=U01"
    assert request.method == "GET"


# Outcomes


def classify(status: int, body: bytes, **headers: str) -> object:
    sending = Sending(request=Request(url="https://slack.com/api/chat.postMessage"))
    return PLATFORM.classify(sending, Response(status=status, headers=headers, body=body))


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        ("channel_not_found", Refused(reason="chat_not_found")),
        ("is_archived", Refused(reason="chat_not_found")),
        ("not_in_channel", Refused(reason="not_a_member")),
        ("token_revoked", Refused(reason="unauthorized")),
        ("msg_blocks_too_long", Refused(reason="bad_request")),
        ("invented_error", Refused(reason="bad_request")),
        ("ratelimited", Retry(reason="rate_limited")),
        ("service_unavailable", Retry(reason="service_unavailable")),
        ("fatal_error", Unknown(reason="fatal_error")),
    ],
)
def test_the_errors_name_decides(error: str, outcome: object) -> None:
    assert classify(200, json.dumps({"ok": False, "error": error}).encode()) == outcome


def test_delivered_limited_and_unknown() -> None:
    assert classify(200, b'{"ok":true,"ts":"1.2"}') == Delivered(message_ids=("1.2",))
    limited = classify(429, b'{"ok":false,"error":"ratelimited"}', **{"Retry-After": "30"})
    assert limited == Retry(reason="rate_limited", after_s=30.0, scope="chat")
    assert isinstance(classify(502, b"<html>"), Unknown)
    assert isinstance(classify(200, b"<html>"), Unknown)


@given(status=st.integers(100, 599), body=st.binary() | JSON.map(json.dumps).map(str.encode), after=st.text())
def test_any_answer_has_an_outcome(status: int, body: bytes, after: str) -> None:
    outcome = classify(status, body, **{"Retry-After": after})
    assert isinstance(outcome, Delivered | Retry | Refused | Unknown)
    PLATFORM.read_name(Response(status=200, headers={}, body=body))


def test_names_are_the_ones_people_chose() -> None:
    def name(user: object) -> str | None:
        body = json.dumps({"ok": True, "user": user}).encode()
        return PLATFORM.read_name(Response(status=200, headers={}, body=body))

    assert name({"name": "ana", "profile": {"display_name": "Annie", "real_name": "Ana R"}}) == "Annie"
    assert name({"name": "ana", "profile": {"display_name": "", "real_name": "Ana R"}}) == "Ana R"
    assert name({"name": "ana"}) == "ana"
    assert PLATFORM.read_name(Response(status=200, headers={}, body=b'{"ok":false,"error":"user_not_found"}')) is None


def test_credentials_are_checked_by_form_and_never_shown() -> None:
    assert PLATFORM.check_credentials(BOT.credentials) == ()
    wrong = PLATFORM.check_credentials({"bot_token": "xoxp-77", "signing_secret": "xoxb-88"})
    assert len(wrong) == 2
    assert not any("77" in sentence or "88" in sentence for sentence in wrong)


def test_there_is_no_get_handshake() -> None:
    with pytest.raises(Refusal) as refusal:
        PLATFORM.handshake(BOT, {})
    assert (refusal.value.status, refusal.value.reason) == (405, "method")
