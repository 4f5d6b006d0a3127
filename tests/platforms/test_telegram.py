"""The Telegram door: who is believed, what each update means, what is sent, and what the answers mean."""

from __future__ import annotations

import json
from pathlib import Path
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
    Fault,
    Move,
    Moved,
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
from platforms.telegram import PLATFORM
from tests.platforms.mutations import mutated

SPEC = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "openapi" / "telegram-bot-api.json"
TOKEN = "4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qcT"
SECRET = "a-Secret_1"
BOT = Bot(bot_id=1, name="quiz", platform="telegram", credentials={"token": TOKEN, "webhook_secret": SECRET})
NAMED = Bot(
    bot_id=1,
    name="quiz",
    platform="telegram",
    credentials={"token": TOKEN, "webhook_secret": SECRET, "username": "@Demo_Bot"},
)
ANA = {"id": 77001, "is_bot": False, "first_name": "Ana", "last_name": "R", "language_code": "pt-br"}
BO = {"id": 77002, "is_bot": False, "first_name": "Bo"}
DEMO = {"id": 1, "is_bot": True, "first_name": "Demo", "username": "demo_bot"}
PRIVATE = {"id": 77001, "type": "private", "first_name": "Ana"}
GROUP = {"id": -1009990001, "type": "supergroup", "title": "Team", "is_forum": True}


def update(**fields: Any) -> dict[str, Any]:
    return {"update_id": 810000001, **fields}


def private(**fields: Any) -> dict[str, Any]:
    return update(message={"message_id": 41, "date": 1790000000, "chat": PRIVATE, "from": ANA, **fields})


def group(**fields: Any) -> dict[str, Any]:
    return update(message={"message_id": 9, "date": 1790000010, "chat": GROUP, "from": BO, **fields})


def entity(kind: str, offset: int, length: int, **fields: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **fields}


PRESS = update(
    callback_query={
        "id": "5500",
        "from": BO,
        "chat_instance": "-88",
        "data": "ans:b",
        "message": {
            "message_id": 12,
            "date": 1790000011,
            "chat": GROUP,
            "from": DEMO,
            "reply_markup": {
                "inline_keyboard": [[{"text": "A", "callback_data": "ans:a"}, {"text": "B", "callback_data": "ans:b"}]]
            },
        },
    }
)


def membership(chat: dict[str, Any], old: str, new: str, **restricted: Any) -> dict[str, Any]:
    change = {
        "old_chat_member": {"status": old, "user": DEMO},
        "new_chat_member": {"status": new, "user": DEMO, **restricted},
    }
    return update(my_chat_member={"chat": chat, "from": BO, "date": 1790000060, **change})


SAMPLES = [
    private(text="/start quiz", entities=[entity("bot_command", 0, 6)]),
    private(photo=[{"file_id": "AgAC1", "width": 90}], caption="look", caption_entities=[entity("mention", 0, 2)]),
    private(location={"latitude": 1.5, "longitude": -2}),
    private(sticker={"file_id": "x", "emoji": "🎲"}),
    group(text="@demo_bot hi", entities=[entity("mention", 0, 9)], message_thread_id=5, is_topic_message=True),
    group(new_chat_members=[BO]),
    group(left_chat_member=BO),
    group(migrate_to_chat_id=-2),
    group(text="yes", reply_to_message={"message_id": 8, "from": DEMO}),
    update(edited_message={**private()["message"], "edit_date": 1790000050, "text": "fixed"}),
    update(channel_post={"message_id": 3, "date": 1, "chat": {"id": -5, "type": "channel"}, "text": "hello"}),
    PRESS,
    membership(GROUP, "left", "member"),
]


def headers(secret: str | None = SECRET) -> HTTPHeaders:
    return HTTPHeaders() if secret is None else HTTPHeaders({"x-telegram-bot-api-secret-token": secret})


def receive(body: Any, bot: Bot = BOT) -> Received:
    return PLATFORM.receive(bot, headers(), json.dumps(body).encode(), 0)


def read(body: Any, bot: Bot = BOT) -> Message:
    received = receive(body, bot)
    assert not received.faults
    assert not received.dropped
    (message,) = received.messages
    return message


@pytest.mark.parametrize("secret", [None, "", "a-secret_1", SECRET + "x", "\u00e9", "x" * 5000])
def test_a_wrong_secret_is_refused_before_anything_is_read(secret: str | None) -> None:
    with pytest.raises(Refusal) as refusal:
        PLATFORM.receive(BOT, headers(secret), b"no json", 0)
    assert (refusal.value.status, refusal.value.reason) == (403, "signature")


def test_a_bot_without_a_secret_believes_nobody() -> None:
    bot = Bot(bot_id=1, name="quiz", platform="telegram", credentials={"token": TOKEN, "webhook_secret": ""})
    with pytest.raises(Refusal):
        PLATFORM.receive(bot, headers(""), b"{}", 0)


@given(st.binary())
def test_bytes_that_are_not_json_are_refused_and_nothing_else_is_raised(body: bytes) -> None:
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        with pytest.raises(Refusal) as refusal:
            PLATFORM.receive(BOT, headers(), body, 0)
        assert refusal.value.status == 400


@given(mutated(SAMPLES))
def test_any_shape_is_a_message_a_fault_or_dropped(body: Any) -> None:
    received = receive(body)
    assert len(received.messages) + len(received.faults) + len(received.dropped) + len(received.moves) == 1
    for message in received.messages:
        assert message.address
        assert 0 < len(message.dedupe_key) <= 200
        assert "\0" not in json.dumps(message.text)
        assert 0 <= message.sent_at_ms < 2**62


def test_there_is_no_get_handshake() -> None:
    with pytest.raises(Refusal) as refusal:
        PLATFORM.handshake(BOT, {})
    assert refusal.value.status == 405


def test_a_private_command() -> None:
    assert read(SAMPLES[0]) == Message(
        kind=Kind.TEXT,
        address="77001",
        dedupe_key="u:810000001",
        sender="77001",
        sender_name="Ana R",
        text="/start quiz",
        addressed=True,
        language="pt-br",
        message_id="41",
        sent_at_ms=1790000000000,
    )


def test_a_topic_is_a_conversation_of_its_own() -> None:
    message = read(SAMPLES[4])
    assert (message.address, message.thread, message.group) == ("-1009990001:5", "5", True)
    assert (message.text, message.addressed) == ("hi", True)
    assert read(group(text="x", message_thread_id=5)).address == "-1009990001"


@pytest.mark.parametrize(
    ("fields", "kind", "text"),
    [
        ({"text": "hello"}, Kind.TEXT, "hello"),
        ({"text": "nul\0l"}, Kind.TEXT, "null"),
        ({"text": "https://example.org/x"}, Kind.LINK, "https://example.org/x"),
        ({"text": "example.org", "entities": [entity("url", 0, 11)]}, Kind.LINK, "example.org"),
        ({"photo": [{"file_id": "x"}], "caption": "look"}, Kind.IMAGE, "look"),
        ({"photo": [{"file_id": "x"}]}, Kind.IMAGE, ""),
        ({"document": {"file_id": "x", "mime_type": "image/png"}}, Kind.IMAGE, ""),
        ({"sticker": {"emoji": "🎲"}}, Kind.STICKER, "🎲"),
        ({"location": {"latitude": 48.85837, "longitude": 2}}, Kind.LOCATION, "48.85837,2.00000"),
        ({"video": {"file_id": "x"}, "caption": "film"}, Kind.TEXT, "film"),
    ],
)
def test_kinds(fields: dict[str, Any], kind: Kind, text: str) -> None:
    message = read(private(**fields))
    assert (message.kind, message.text, message.addressed) == (kind, text, True)


@pytest.mark.parametrize(
    ("bot", "fields", "text", "addressed"),
    [
        (BOT, {"text": "hello"}, "hello", False),
        (BOT, {"text": "/play@other_bot now", "entities": [entity("bot_command", 0, 15)]}, "/play now", True),
        (NAMED, {"text": "/play@other_bot", "entities": [entity("bot_command", 0, 15)]}, "/play@other_bot", False),
        (NAMED, {"text": "/play@DEMO_bot 2", "entities": [entity("bot_command", 0, 14)]}, "/play 2", True),
        (BOT, {"text": "@anybot, Paris", "entities": [entity("mention", 0, 7)]}, "Paris", True),
        (BOT, {"text": "@friend Paris", "entities": [entity("mention", 0, 7)]}, "@friend Paris", False),
        (NAMED, {"text": "hey @demo_bot play", "entities": [entity("mention", 4, 9)]}, "hey play", True),
        (NAMED, {"text": "@otherbot hi", "entities": [entity("mention", 0, 9)]}, "@otherbot hi", False),
        (BOT, {"text": "Demo: hi", "entities": [entity("text_mention", 0, 4, user=DEMO)]}, "hi", True),
        (BOT, {"text": "Bo: hi", "entities": [entity("text_mention", 0, 2, user=BO)]}, "Bo: hi", False),
        # Offsets count UTF-16 units: the die is two of them.
        (NAMED, {"text": "🎲 @demo_bot hi", "entities": [entity("mention", 3, 9)]}, "🎲 hi", True),
        (BOT, {"text": "🎲", "entities": [entity("bot_command", 1, 9000), entity("mention", -5, 2)]}, "🎲", True),
        (
            NAMED,
            {"text": "@demo_bot /hint@demo_bot", "entities": [entity("mention", 0, 9), entity("bot_command", 10, 14)]},
            "/hint",
            True,
        ),
        (BOT, {"text": "yes", "reply_to_message": {"message_id": 8, "from": DEMO}}, "yes", True),
        (BOT, {"text": "yes", "reply_to_message": {"message_id": 8, "from": BO}}, "yes", False),
        (BOT, {"text": "a", "message_thread_id": 8, "reply_to_message": {"message_id": 8, "from": DEMO}}, "a", False),
    ],
)
def test_what_is_meant_for_the_bot_in_a_group(bot: Bot, fields: dict[str, Any], text: str, addressed: bool) -> None:
    message = read(group(**fields), bot)
    assert (message.text, message.addressed) == (text, addressed)


def test_a_press_is_answered_in_the_webhook_answer() -> None:
    received = receive(PRESS)
    (message,) = received.messages
    assert (message.kind, message.button, message.text) == (Kind.BUTTON, "ans:b", "B")
    assert (message.address, message.sender, message.addressed, message.message_id) == (
        "-1009990001",
        "77002",
        True,
        "12",
    )
    assert received.answer.content_type == "application/json"
    fields = json.loads(received.answer.body)
    assert fields == {"method": "answerCallbackQuery", "callback_query_id": "5500"}


def test_an_edit_is_logged_under_a_key_of_its_own() -> None:
    message = read({**SAMPLES[9], "update_id": 5})
    assert (message.kind, message.dedupe_key, message.message_id) == (Kind.EDIT, "u:5", "41")
    assert (message.text, message.sent_at_ms) == ("fixed", 1790000050000)


@pytest.mark.parametrize(
    ("body", "kind", "addressed", "sender"),
    [
        (membership(GROUP, "left", "member"), Kind.JOIN, True, BO["id"]),
        # The bot left, not who sent it away.
        (membership(GROUP, "administrator", "kicked"), Kind.LEAVE, True, None),
        (membership(GROUP, "member", "restricted", is_member=False), Kind.LEAVE, True, None),
        (membership(PRIVATE, "member", "kicked"), Kind.LEAVE, True, BO["id"]),
        (membership(PRIVATE, "kicked", "member"), Kind.JOIN, True, BO["id"]),
        (group(new_chat_members=[DEMO, ANA]), Kind.JOIN, False, ANA["id"]),
        (group(left_chat_member=ANA), Kind.LEAVE, False, ANA["id"]),
    ],
)
def test_coming_and_going(body: Any, kind: Kind, addressed: bool, sender: int | None) -> None:
    message = read(body)
    assert (message.kind, message.addressed) == (kind, addressed)
    assert message.sender == (None if sender is None else str(sender))


def test_who_writes_in_the_groups_name_is_an_admin() -> None:
    assert read(group(text="hi", sender_chat=GROUP)).admin is True
    assert read(group(text="hi", sender_chat={"id": -5, "type": "channel"})).admin is None
    assert read(group(text="hi")).admin is None


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (group(text="beep", **{"from": DEMO}), "bot"),
        (group(new_chat_members=[DEMO]), "bot_member"),
        (group(left_chat_member=DEMO), "bot_member"),
        (group(text="x", is_automatic_forward=True), "automatic_forward"),
        (group(new_chat_title="Team 2"), "unread_content"),
        (membership(GROUP, "member", "administrator"), "my_chat_member"),
        (update(poll_answer={"poll_id": "1"}), "poll_answer"),
        (update(brand_new_kind={"a": 1}), "unknown"),
        (update(callback_query={"id": "1", "from": BO, "data": "x"}), "inline_callback"),
    ],
)
def test_what_is_knowingly_left_out(body: Any, name: str) -> None:
    received = receive(body)
    assert received.dropped == (name,)
    assert not received.messages
    assert not received.faults


def test_channels_and_anonymous_admins_write_as_chats() -> None:
    post = read(SAMPLES[10])
    assert (post.sender, post.address, post.group) == (None, "-5", True)
    anonymous = group(
        text="x", sender_chat=GROUP, **{"from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}}
    )
    assert read(anonymous).sender_name == "Team"


def test_a_group_that_becomes_a_supergroup_moves() -> None:
    move = Move(old_address="-7", new_address="-1001")
    old, new = {"id": -7, "type": "group"}, {"id": -1001, "type": "supergroup"}
    assert receive(group(chat=old, migrate_to_chat_id=-1001)).moves == (move,)
    assert receive(group(chat=new, migrate_from_chat_id=-7)).moves == (move,)


def test_a_shape_that_cannot_be_read_names_its_place() -> None:
    body = private(text="hi", entities=[entity("bold", 0, 1), {"type": "bold", "offset": "0", "length": 1}])
    (fault,) = receive(body).faults
    assert fault.path == "$.message.entities[1].offset"
    assert json.loads(fault.event) == body
    (fault,) = receive([1]).faults
    assert isinstance(fault, Fault)
    assert fault.path == "$"


# What is sent


def deliver(
    reply: Reply, address: str = "77001", attempts: int = 1, edits: str | None = None, **origin: Any
) -> Delivery:
    return Delivery(
        conversation_id=1,
        number=1,
        address=address,
        reply=reply,
        origin=Origin(**origin),
        attempts=attempts,
        key="8b6f2d3e-0000-4000-8000-000000000000",
        edits=edits,
    )


def render(
    reply: Reply, address: str = "77001", attempts: int = 1, bot: Bot = BOT, **origin: Any
) -> tuple[Request, Any]:
    sending = PLATFORM.render(bot, [deliver(reply, address, attempts, **origin)], 0)
    assert sending.covers == 1
    return sending.request, json.loads(sending.request.body)


CHOICE = (Button(label="A", value="a"), Button(label="B", value="b"))
PICTURE = "https://example.org/a.png"
REPLIES = [
    (Reply(text="hi"), "77001", 1, {}),
    (Reply(text="hi <b>*_"), "-100:5", 1, {"group": True, "message_id": "9", "thread": "5"}),
    (Reply(text="hi", buttons=CHOICE), "77001", 1, {}),
    (Reply(text="look", image_url=PICTURE, buttons=CHOICE), "77001", 1, {}),
    (Reply(image_url=PICTURE), "77001", 1, {}),
    (Reply(image_url=PICTURE), "77001", 2, {}),
    (Reply(text="x" * 2000, image_url=PICTURE), "77001", 1, {}),
    (Reply(text="_ _ a", board="round", buttons=CHOICE), "-100:5", 1, {"edits": "43", "thread": "5"}),
    (
        Reply(text="over", board="round", image_url=PICTURE),
        "-100",
        1,
        {"edits": "43", "group": True, "message_id": "9"},
    ),
]


@pytest.mark.parametrize(("reply", "address", "attempts", "origin"), REPLIES)
def test_every_call_passes_the_published_specification(
    reply: Reply, address: str, attempts: int, origin: dict[str, Any]
) -> None:
    if not SPEC.exists():
        pytest.skip("the Bot API's specification is not beside the checkout")
    spec = json.loads(SPEC.read_text())
    request, fields = render(reply, address, attempts, **origin)
    check_fields(spec, spec["methods"][request.name], fields)
    asks = PLATFORM.typing(BOT, address, Origin()), PLATFORM.lookup_admin(BOT, "-100:5", "77001")
    for asked in asks:
        assert asked is not None
        check_fields(spec, spec["methods"][asked.name], json.loads(asked.body))
    done = json.loads(receive(PRESS).answer.body)
    check_fields(spec, spec["methods"][done.pop("method")], done)


def test_a_board_is_changed_in_place() -> None:
    request, fields = render(Reply(text="_ _ a", board="round", buttons=CHOICE), "-100:5", edits="43", group=True)
    assert request.name == "editMessageText"
    assert (fields["chat_id"], fields["message_id"], fields["text"]) == (-100, 43, "_ _ a")
    assert "reply_markup" not in render(Reply(text="over", board="round"), "-100", edits="43")[1], (
        "which takes them away"
    )
    first, fields = render(Reply(text="look", image_url=PICTURE, board="round"), "-100")
    assert first.name == "sendMessage", "a caption could not be changed as a text"
    assert fields["link_preview_options"]["url"] == PICTURE


def check_fields(spec: dict[str, Any], shape: dict[str, Any], fields: dict[str, Any]) -> None:
    known = {field["name"]: field for field in shape["fields"]}
    assert set(fields) <= set(known)
    assert {name for name, field in known.items() if field["required"]} <= set(fields)
    for name, value in fields.items():
        assert any(is_of(spec, type_, value) for type_ in known[name]["types"]), (shape["name"], name)


def is_of(spec: dict[str, Any], type_: str, value: Any) -> bool:
    if type_.startswith("Array of "):
        return isinstance(value, list) and all(is_of(spec, type_.removeprefix("Array of "), item) for item in value)
    plain = {"String": str, "Integer": int, "Float": float, "Boolean": bool, "InputFile": str}
    if type_ in plain:
        return type(value) is plain[type_]
    if not isinstance(value, dict) or "fields" not in spec["types"][type_]:
        return False
    check_fields(spec, spec["types"][type_], value)
    return True


def test_a_reply_quotes_only_in_groups_and_only_first() -> None:
    quoted = {"message_id": 9, "allow_sending_without_reply": True}
    _, fields = render(Reply(text="hi"), "-100:5", group=True, message_id="9")
    assert fields == {"chat_id": -100, "message_thread_id": 5, "text": "hi", "reply_parameters": quoted}
    _, fields = render(Reply(text="hi"), group=True, message_id="9", position=1)
    assert "reply_parameters" not in fields
    _, fields = render(Reply(text="hi"), message_id="9")
    assert fields == {"chat_id": 77001, "text": "hi"}


def test_the_token_is_in_the_address_only_and_the_host_can_be_replaced() -> None:
    request, _ = render(Reply(text="hi"))
    assert request.url == f"https://api.telegram.org/bot{TOKEN}/sendMessage"
    assert request.name == "sendMessage"
    own = Bot(
        bot_id=1, name="quiz", platform="telegram", credentials=BOT.credentials, api_base="http://127.0.0.1:8081/"
    )
    assert render(Reply(text="hi"), bot=own)[0].url == f"http://127.0.0.1:8081/bot{TOKEN}/sendMessage"


def test_a_picture_that_telegram_cannot_fetch_does_not_cost_the_words() -> None:
    reply = Reply(text="look", image_url=PICTURE)
    request, fields = render(reply)
    assert (request.name, fields["photo"], fields["caption"]) == ("sendPhoto", PICTURE, "look")
    failed = b'{"ok":false,"error_code":400,"description":"Bad Request: failed to get HTTP URL content"}'
    outcome = PLATFORM.classify(Sending(request=request), Response(status=400, headers={}, body=failed))
    assert outcome == Retry(reason="picture", after_s=0.0)
    request, fields = render(reply, attempts=2)
    assert (request.name, fields["text"]) == ("sendMessage", "look")
    assert fields["link_preview_options"]["url"] == PICTURE


def test_short_buttons_share_a_row_and_long_ones_do_not() -> None:
    labels = ["Yes", "No", "Hint", "Skip", "Stop", "A really long label that fills a row", "End"]
    buttons = tuple(Button(label=label, value=label[:3]) for label in labels)
    _, fields = render(Reply(text="?", buttons=buttons))
    rows = [[button["text"] for button in row] for row in fields["reply_markup"]["inline_keyboard"]]
    assert rows == [labels[:4], labels[4:5], labels[5:6], labels[6:]]


# What the answers mean


def classify(
    status: int, body: Any, response_headers: dict[str, str] | None = None, edits: str | None = None
) -> Outcome:
    sending = PLATFORM.render(BOT, [deliver(Reply(text="hi"), edits=edits)], 0)
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return PLATFORM.classify(sending, Response(status=status, headers=HTTPHeaders(response_headers or {}), body=raw))


def error(code: int, description: str, **parameters: Any) -> dict[str, Any]:
    return {"ok": False, "error_code": code, "description": description, "parameters": parameters}


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (200, {"ok": True, "result": {"message_id": 43, "date": 1}}, Delivered(message_ids=("43",))),
        (200, {"ok": True, "result": True}, Delivered()),
        (200, b"<html>", Unknown(reason="unreadable_answer")),
        (429, error(429, "Too Many Requests", retry_after=7), Retry(reason="rate_limited", after_s=7.0)),
        (403, error(403, "Forbidden: bot was blocked by the user"), Refused(reason="blocked")),
        (403, error(403, "Forbidden: user is deactivated"), Refused(reason="gone")),
        (403, error(403, "Forbidden: bot was kicked from the group chat"), Refused(reason="removed")),
        (403, error(403, "Forbidden: bot is not a member of the channel chat"), Refused(reason="removed")),
        (403, error(403, "Forbidden: something new"), Refused(reason="forbidden")),
        (400, error(400, "Bad Request: chat not found"), Refused(reason="chat_not_found")),
        (400, error(400, "Bad Request: upgraded", migrate_to_chat_id=-1001), Moved(new_address="-1001")),
        (400, error(400, "Bad Request: query is too old"), Refused(reason="too_late")),
        (400, b"", Refused(reason="bad_request")),
        (401, error(401, "Unauthorized"), Refused(reason="unauthorized")),
        (404, error(404, "Not Found"), Refused(reason="unauthorized")),
        (500, error(500, "Internal Server Error"), Unknown(reason="server_error")),
        (502, b"<html>", Unknown(reason="server_error")),
        (503, b"", Retry(reason="unavailable")),
        (504, b"", Unknown(reason="server_error")),
    ],
)
def test_outcomes(status: int, body: Any, outcome: Outcome) -> None:
    assert classify(status, body) == outcome


@pytest.mark.parametrize(
    ("description", "outcome"),
    [
        ("message is not modified: specified new message content is the same", Delivered(message_ids=("43",))),
        ("message to edit not found", Retry(reason="board_gone", after_s=0.0, drop_board=True)),
        ("message can't be edited", Retry(reason="board_gone", after_s=0.0, drop_board=True)),
        ("there is no text in the message to edit", Retry(reason="board_gone", after_s=0.0, drop_board=True)),
        ("MESSAGE_ID_INVALID", Retry(reason="board_gone", after_s=0.0, drop_board=True)),
        ("chat not found", Refused(reason="chat_not_found")),
    ],
)
def test_outcomes_of_an_edit(description: str, outcome: Outcome) -> None:
    answer = error(400, f"Bad Request: {description}")
    assert classify(400, answer, edits="43") == outcome
    assert isinstance(classify(400, answer), Refused)


def test_who_administers_a_group() -> None:
    def admin(status: int, body: Any) -> bool | None:
        return PLATFORM.read_admin(Response(status=status, headers={}, body=json.dumps(body).encode()))

    for state, told in (("creator", True), ("administrator", True), ("member", False), ("left", False)):
        assert admin(200, {"ok": True, "result": {"status": state, "user": {"id": 1, "is_bot": False}}}) is told
    assert admin(400, error(400, "Bad Request: member not found")) is None
    assert admin(200, {"ok": True, "result": True}) is None
    asked = PLATFORM.lookup_admin(BOT, "-100:5", "77001")
    assert asked is not None
    assert json.loads(asked.body) == {"chat_id": -100, "user_id": 77001}
    assert PLATFORM.lookup_admin(BOT, "77001", "77001") is None, "nobody administers a private chat"
    assert PLATFORM.lookup_admin(BOT, "-100", "-100") is None, "a chat is no person"


def test_the_retry_header_counts_where_the_body_says_nothing() -> None:
    assert classify(429, b"", {"retry-after": "3"}) == Retry(reason="rate_limited", after_s=3.0)
    assert classify(429, b"", {"Retry-After": "soon"}) == Retry(reason="rate_limited")
    assert classify(429, b"", {"Retry-After": "1e99"}) == Retry(reason="rate_limited", after_s=3600.0)


@given(
    st.integers(0, 999), st.binary() | st.sampled_from([b"[" * 100_000, b'{"ok":true,"result":' + b"9" * 5000 + b"}"])
)
def test_no_answer_raises(status: int, body: bytes) -> None:
    classify(status, body, {"Retry-After": "nan"})


@given(mutated([error(400, "x", migrate_to_chat_id=1, retry_after=3), {"ok": True, "result": {"message_id": 1}}]))
def test_no_shape_of_answer_raises(body: Any) -> None:
    for status in (200, 400, 429):
        classify(status, body)


def test_credentials_are_checked_by_form_and_never_quoted() -> None:
    assert PLATFORM.check_credentials(BOT.credentials) == ()
    problems = PLATFORM.check_credentials({"token": "bad token", "webhook_secret": "sp ace"})
    assert len(problems) == 2
    assert not any("bad token" in problem or "sp ace" in problem for problem in problems)
    assert len(PLATFORM.check_credentials({})) == 2


def test_names_come_with_the_updates() -> None:
    assert PLATFORM.capabilities.sender_names
    assert PLATFORM.lookup_name(BOT, "1", False, "1") is None
    assert PLATFORM.read_name(Response(status=200, headers={}, body=b"{}")) is None
