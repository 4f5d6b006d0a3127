"""The WhatsApp door: real bodies, batches, addresses of people and groups, calls, and error codes."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tornado.httputil import HTTPHeaders

from game_state.message import Button, Kind, Message, Origin, Reply
from platforms.contract import (
    Bot,
    Delivered,
    Delivery,
    Move,
    Outcome,
    Received,
    Refusal,
    Refused,
    Response,
    Retry,
    Unknown,
)
from platforms.fitting import fit_turn
from platforms.whatsapp import PLATFORM
from tests.platforms.mutations import mutated

SAMPLES = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "webhooks" / "whatsapp"
SECRET = "app-secret"
CREDENTIALS = {"access_token": "TOKEN", "app_secret": SECRET, "verify_token": "let-me-in", "phone_number_id": "PN1"}


def bot_of(phone_number_id: str = "PN1") -> Bot:
    credentials = {**CREDENTIALS, "phone_number_id": phone_number_id}
    return Bot(bot_id=1, name="quiz", platform="whatsapp", credentials=credentials)


CONTACT = {"profile": {"name": "Ana", "username": "ana.r"}, "wa_id": "5511900000000", "user_id": "BR.9001"}


def message(number: int = 1, **fields: Any) -> dict[str, Any]:
    return {"from": "5511900000000", "id": f"wamid.AAA{number}", "timestamp": "1790000000", **fields}


def text(body: str, number: int = 1, **fields: Any) -> dict[str, Any]:
    return message(number, type="text", text={"body": body}, **fields)


def body_of(*messages: Any, contacts: Any = (CONTACT,), **value: Any) -> dict[str, Any]:
    metadata = {"display_phone_number": "15550001111", "phone_number_id": "PN1"}
    shown = {"messaging_product": "whatsapp", "metadata": metadata, "contacts": contacts, "messages": messages, **value}
    entry = {"id": "WABA1", "changes": [{"field": "messages", "value": shown}]}
    return {"object": "whatsapp_business_account", "entry": [entry]}


def signed(body: bytes) -> HTTPHeaders:
    return HTTPHeaders({"X-Hub-Signature-256": "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()})


def receive(body: Any, bot: Bot | None = None) -> Received:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return PLATFORM.receive(bot or bot_of(), signed(raw), raw, 0)


def read(one: dict[str, Any], **rest: Any) -> Message:
    received = receive(body_of(one, **rest))
    assert not received.faults
    assert not received.dropped
    (found,) = received.messages
    return found


def bodies_in(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    """The samples are wrapped in dictionaries by name, some of them twice."""
    if isinstance(value, dict):
        if "object" in value and "entry" in value:
            yield name, {part: value[part] for part in ("object", "entry")}
        for inner_name, inner in value.items():
            if inner_name != "entry":
                yield from bodies_in(inner, f"{name}.{inner_name}")


def real_bodies() -> list[tuple[str, Any]]:
    paths = sorted(SAMPLES.glob("*.json"))
    return [found for path in paths for found in bodies_in(json.loads(path.read_text()), path.stem)]


def number_of(body: Any) -> str:
    values = [change["value"] for entry in body["entry"] for change in entry["changes"]]
    return next((value["metadata"]["phone_number_id"] for value in values if "metadata" in value), "PN1")


def test_every_real_body_is_read_or_knowingly_dropped() -> None:
    if not SAMPLES.exists():
        pytest.skip("the real webhook bodies are not beside the checkout")
    found: dict[str, str] = {}
    for name, body in real_bodies():
        received = receive(body, bot_of(number_of(body)))
        assert not received.faults, (name, received.faults)
        assert "unknown" not in received.dropped, name
        assert "other_number" not in received.dropped, name
        assert received.messages or received.dropped or received.moves, name
        found[name] = received.messages[0].kind if received.messages else "dropped"
    assert len(found) >= 70
    expected = {
        "message.text": "text",
        "message.image": "image",
        "message.static_sticker": "sticker",
        "message.chosen_location": "location",
        "message.video": "text",
        "message.voice": "dropped",
        "message.interactive_message_with_err": "dropped",
        "callback_button.button": "button",
        "callback_button.quick_reply": "button",
        "callback_selection.callback": "button",
        "edited_message.image": "edit",
        "deleted_message.revoke": "dropped",
        "outgoing_message.text": "dropped",
        "system.phone_number_change": "dropped",
    }
    assert {name: found[name] for name in expected} == expected


def test_an_unsigned_body_is_refused() -> None:
    body = json.dumps(body_of(text("hi"))).encode()
    for headers in (HTTPHeaders(), signed(body + b" ")):
        with pytest.raises(Refusal) as refusal:
            PLATFORM.receive(bot_of(), headers, body, 0)
        assert refusal.value.status == 403


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


def test_the_handshake() -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": "let-me-in", "hub.challenge": "77"}
    assert PLATFORM.handshake(bot_of(), query).body == b"77"
    with pytest.raises(Refusal):
        PLATFORM.handshake(bot_of(), {**query, "hub.verify_token": ""})


def test_a_text_message() -> None:
    assert read(text("hello")) == Message(
        kind=Kind.TEXT,
        address="BR.9001",
        dedupe_key="m:wamid.AAA1",
        sender="BR.9001",
        sender_name="Ana",
        text="hello",
        addressed=True,
        message_id="wamid.AAA1",
        sent_at_ms=1790000000000,
    )


def test_a_sender_is_known_by_the_business_scoped_id_else_by_number() -> None:
    assert read(text("x"), contacts=[{"wa_id": "5511900000000"}]).sender == "5511900000000"
    assert read(text("x"), contacts=[]).sender == "5511900000000"
    hidden = {**text("x"), "from": "", "from_user_id": "BR.77"}
    assert read(hidden, contacts=[]).address == "BR.77"
    assert read({**text("x"), "from": ""}).sender == "BR.9001"
    two = [{"profile": {"name": "Bo"}, "wa_id": "49", "user_id": "DE.1"}, CONTACT]
    assert (read(text("x"), contacts=two).sender_name, read(text("x"), contacts=two[:1]).sender_name) == ("Ana", None)


@pytest.mark.parametrize(
    ("one", "kind", "words", "button"),
    [
        (text("https://x.test/a"), Kind.LINK, "https://x.test/a", None),
        (text("a\0b"), Kind.TEXT, "ab", None),
        (message(type="image", image={"id": "M1", "caption": "look"}), Kind.IMAGE, "look", None),
        (message(type="sticker", sticker={"id": "M1"}), Kind.STICKER, "", None),
        (message(type="location", location={"latitude": 1, "longitude": 2.5}), Kind.LOCATION, "1.00000,2.50000", None),
        (message(type="button", button={"payload": "p", "text": "Play"}), Kind.BUTTON, "Play", "p"),
        (
            message(
                type="interactive", interactive={"type": "button_reply", "button_reply": {"id": "b", "title": "B"}}
            ),
            Kind.BUTTON,
            "B",
            "b",
        ),
        (
            message(type="interactive", interactive={"type": "list_reply", "list_reply": {"id": "c", "title": "C"}}),
            Kind.BUTTON,
            "C",
            "c",
        ),
        (
            message(type="edit", edit={"original_message_id": "wamid.AAA0", "message": {"text": {"body": "new"}}}),
            Kind.EDIT,
            "new",
            None,
        ),
    ],
)
def test_kinds(one: dict[str, Any], kind: Kind, words: str, button: str | None) -> None:
    found = read(one)
    assert (found.kind, found.text, found.button) == (kind, words, button)


def test_an_edit_never_shares_a_key_with_a_message() -> None:
    edit = message(type="edit", edit={"message": {"text": {"body": "new"}}})
    assert read(edit).dedupe_key != read(text("old")).dedupe_key


@pytest.mark.parametrize(
    ("fields", "words", "addressed"),
    [
        ({}, "Paris", False),
        ({"text": {"body": "/play"}}, "/play", True),
        ({"text": {"body": "@15550001111 Paris"}}, "Paris", True),
        ({"context": {"from": "15550001111", "id": "wamid.1"}}, "Paris", True),
        ({"context": {"from": "4915112345", "id": "wamid.1"}}, "Paris", False),
    ],
)
def test_what_is_meant_for_the_bot_in_a_group(fields: dict[str, Any], words: str, addressed: bool) -> None:
    found = read({**text("Paris", group_id="G1"), **fields})
    assert (found.address, found.group, found.sender) == ("g:G1", True, "BR.9001")
    assert (found.text, found.addressed) == (words, addressed)


def test_a_bad_message_is_a_fault_with_its_place_and_the_others_are_played() -> None:
    body = body_of(text("one"), {**text("two", 2), "timestamp": "soon"}, text("three", 3), message(4, type="text"))
    body["entry"].append({"id": "WABA1", "changes": [{"field": "messages", "value": {}}, {"field": 7}]})
    received = receive(body)
    assert [found.text for found in received.messages] == ["one", "three"]
    assert [fault.path for fault in received.faults] == [
        "$.entry[0].changes[0].value.messages[1].timestamp",
        "$.entry[0].changes[0].value.messages[3].text",
        "$.entry[1].changes[0].value",
        "$.entry[1].changes[1].field",
    ]
    (fault,) = receive(body_of({**text("x"), "from": ""}, contacts=[])).faults
    assert fault.path.endswith("messages[0].from")


@pytest.mark.parametrize(
    ("body", "dropped"),
    [
        (body_of(statuses=[{"id": "wamid.1", "status": "read"}] * 2), ("status", "status")),
        (body_of(message(type="reaction", reaction={"emoji": ""})), ("reaction",)),
        (body_of(message(type="hologram")), ("unknown",)),
        (body_of(text("hi"), metadata={"phone_number_id": "PN2"}), ("other_number",)),
        ({"object": "whatsapp_business_account", "entry": [{"changes": [{"field": "new", "value": 1}]}]}, ("unknown",)),
        ({"object": "page"}, ("other_object",)),
    ],
)
def test_what_is_knowingly_left_out(body: Any, dropped: tuple[str, ...]) -> None:
    received = receive(body)
    assert (received.dropped, received.messages, received.faults) == (dropped, (), ())


def test_a_changed_number_moves_the_conversation() -> None:
    notice = {"type": "user_changed_number", "wa_id": "5511911111111", "user_id": "BR.9002"}
    received = receive(body_of(message(type="system", from_user_id="BR.9001", system=notice)))
    assert received.moves == (
        Move(old_address="5511900000000", new_address="5511911111111"),
        Move(old_address="BR.9001", new_address="BR.9002"),
    )
    identity = message(type="system", system={"type": "customer_identity_changed"})
    assert receive(body_of(identity)).dropped == ("system",)


BUTTON_REPLY = message(
    3, type="interactive", interactive={"type": "button_reply", "button_reply": {"id": "b", "title": "B"}}
)


@given(mutated([body_of(text("hi"), message(2, type="image", image={"caption": "x"}), BUTTON_REPLY)]))
def test_any_shape_is_read_and_a_bad_message_costs_no_other(body: Any) -> None:
    for found in receive(body).messages:
        assert found.address
        assert 0 < len(found.dedupe_key) <= 200


def render(reply: Reply, address: str = "BR.9001", **origin: Any) -> Any:
    delivery = Delivery(conversation_id=1, number=1, address=address, reply=reply, origin=Origin(**origin), key="key-1")
    request = PLATFORM.render(bot_of(), [delivery], 0).request
    assert request.url == "https://graph.facebook.com/v25.0/PN1/messages"
    assert dict(request.headers)["Authorization"] == "Bearer TOKEN"
    fields = json.loads(request.body)
    assert fields.pop("messaging_product") == "whatsapp"
    assert fields.pop("biz_opaque_callback_data") == "key-1"
    return fields


TEXT = {"type": "text", "text": {"body": "hi", "preview_url": False}}


def test_people_by_id_or_number_and_groups() -> None:
    hi = Reply(text="hi")
    assert render(hi) == {"recipient_type": "individual", "recipient": "BR.9001", **TEXT}
    assert render(hi, "BR.ab9C") == {"recipient_type": "individual", "recipient": "BR.ab9C", **TEXT}
    assert render(hi, "5511900000000", message_id="wamid.1") == {
        "recipient_type": "individual",
        "to": "5511900000000",
        **TEXT,
    }
    group = {"recipient_type": "group", "to": "G1", **TEXT}
    assert render(hi, "g:G1", group=True, message_id="wamid.1") == {**group, "context": {"message_id": "wamid.1"}}
    assert render(hi, "g:G1", group=True, message_id="wamid.1", position=1) == group
    assert render(hi, "g:G1") == group


def test_buttons_and_pictures() -> None:
    buttons = (Button(label="A", value="a"), Button(label="B", value="b"))
    picture = "https://example.org/a.png"
    fields = render(Reply(text="Which?", buttons=buttons, image_url=picture))
    assert fields["type"] == "interactive"
    assert fields["interactive"] == {
        "type": "button",
        "header": {"type": "image", "image": {"link": picture}},
        "body": {"text": "Which?"},
        "action": {
            "buttons": [
                {"type": "reply", "reply": {"id": "a", "title": "A"}},
                {"type": "reply", "reply": {"id": "b", "title": "B"}},
            ]
        },
    }
    assert render(Reply(text="look", image_url=picture))["image"] == {"link": picture, "caption": "look"}
    assert render(Reply(image_url=picture))["image"] == {"link": picture}
    assert render(Reply(text="x" * 2000, image_url=picture))["text"]["body"].endswith(picture)
    assert len(render(Reply(text="x" * 4090, image_url=picture))["text"]["body"]) == 4090


def test_more_than_three_choices_are_a_list() -> None:
    choices = tuple(Button(label=f"Choice {number}", value=f"c{number}") for number in range(10))
    fields = render(Reply(text="Which?", buttons=choices[:4]))
    assert fields["type"] == "interactive"
    shown = fields["interactive"]
    assert (shown["type"], shown["body"]) == ("list", {"text": "Which?"})
    assert 0 < len(shown["action"]["button"]) <= 20
    assert shown["action"]["sections"] == [{"rows": [{"id": f"c{n}", "title": f"Choice {n}"} for n in range(4)]}]
    picture = "https://example.org/a.png"
    shown = render(Reply(text="Which?", buttons=choices, image_url=picture))["interactive"]
    assert "header" not in shown, "a list takes none but words"
    assert shown["body"]["text"] == f"Which?\n{picture}"
    assert len(shown["action"]["sections"][0]["rows"]) == PLATFORM.capabilities.buttons == 10


def test_a_group_is_shown_neither_buttons_nor_typing() -> None:
    asked = Reply(text="Which?", buttons=(Button(label="A", value="a"), Button(label="B", value="b")))
    message = Message(kind=Kind.TEXT, address="g:G1", dedupe_key="m:1", group=True)
    (part,) = fit_turn(message, [asked], PLATFORM.capabilities)
    assert render(part, "g:G1", group=True)["text"]["body"] == "Which?\n\n1. A\n2. B"
    assert fit_turn(msgspec.structs.replace(message, group=False), [asked], PLATFORM.capabilities) == [asked]
    assert PLATFORM.typing(bot_of(), "g:G1", Origin(message_id="wamid.1", group=True)) is None


def test_typing_needs_the_message_that_is_answered() -> None:
    assert PLATFORM.typing(bot_of(), "BR.9001", Origin()) is None
    typing = PLATFORM.typing(bot_of(), "BR.9001", Origin(message_id="wamid.1"))
    assert typing is not None
    assert json.loads(typing.body) == {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": "wamid.1",
        "typing_indicator": {"type": "text"},
    }


def classify(status: int, body: Any) -> Outcome:
    delivery = Delivery(conversation_id=1, number=1, address="4", reply=Reply(text="x"), origin=Origin(), key="k")
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    sending = PLATFORM.render(bot_of(), [delivery], 0)
    return PLATFORM.classify(sending, Response(status=status, headers=HTTPHeaders(), body=raw))


def graph(code: int) -> dict[str, Any]:
    return {"error": {"message": "m", "code": code, "error_data": {"details": "d"}}}


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (200, {"messages": [{"id": "wamid.BBB1"}]}, Delivered(message_ids=("wamid.BBB1",))),
        (200, {"messages": []}, Unknown(reason="unreadable_answer")),
        (400, graph(131047), Refused(reason="window_closed")),
        (400, graph(131026), Refused(reason="undeliverable")),
        (400, graph(131051), Refused(reason="unsupported")),
        (400, graph(131008), Refused(reason="bad_request")),
        (400, graph(131009), Refused(reason="bad_request")),
        (400, graph(131030), Refused(reason="not_allowed")),
        (400, graph(131031), Refused(reason="account_locked")),
        (400, graph(131045), Refused(reason="unregistered")),
        (400, graph(131050), Refused(reason="opted_out")),
        (401, graph(190), Refused(reason="unauthorized")),
        (403, graph(10), Refused(reason="forbidden")),
        (403, graph(299), Refused(reason="forbidden")),
        (400, graph(368), Refused(reason="policy_blocked")),
        (429, graph(130429), Retry(reason="rate_limited", scope="bot")),
        (400, graph(131056), Retry(reason="rate_limited", after_s=6.0)),
        (400, graph(131048), Retry(reason="spam_limited", scope="bot", after_s=600.0)),
        (400, graph(80007), Retry(reason="rate_limited", scope="bot")),
        (400, graph(4), Retry(reason="rate_limited", scope="bot")),
        (500, graph(131000), Retry(reason="api_unknown")),
        (500, graph(131016), Retry(reason="api_unavailable")),
        (500, graph(131057), Retry(reason="maintenance", scope="bot")),
        (500, graph(2), Retry(reason="api_unavailable")),
        (500, b"", Unknown(reason="server_error")),
        (503, b"", Retry(reason="unavailable")),
    ],
)
def test_outcomes(status: int, body: Any, outcome: Outcome) -> None:
    assert classify(status, body) == outcome


@given(st.integers(0, 999), st.binary() | st.just(b"[" * 100_000))
def test_no_answer_raises(status: int, body: bytes) -> None:
    classify(status, body)


def test_credentials_are_checked_by_form() -> None:
    assert PLATFORM.check_credentials(CREDENTIALS) == ()
    assert len(PLATFORM.check_credentials({})) == 4
    assert len(PLATFORM.check_credentials({**CREDENTIALS, "phone_number_id": "+4915112345"})) == 1


def test_long_batches_are_let_in() -> None:
    assert PLATFORM.capabilities.body_limit == 3 * 1024 * 1024
