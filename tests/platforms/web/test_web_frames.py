"""Client frames to Messages: what a page may say, and that nothing else breaks anything."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_state.message import Kind, Message
from platforms.contract import Bot, Refusal
from platforms.web import PLATFORM
from platforms.web.frames import BadFrame, Fault, Hello, clean_name, read_frame

BOT = Bot(bot_id=1, name="tavern", platform="web", credentials={})
ADDRESS = "00112233445566778899aabbccddeeff"
ID = "0b9d1f6e-8f0c-4b7e-9d55-0123456789ab"


def read(**frame: Any) -> Hello | Message:
    return read_frame(BOT, ADDRESS, json.dumps(frame).encode(), 1_700_000_000_000)


def message(**frame: Any) -> Message:
    found = read(**frame)
    assert isinstance(found, Message)
    return found


def test_words_become_a_text_for_the_bot() -> None:
    assert message(type="message", id=ID, text="Mount\0 Etna", name=" Ada\n L. ", language="pt-BR") == Message(
        kind=Kind.TEXT,
        address=ADDRESS,
        dedupe_key=f"w:{ADDRESS}:{ID}",
        sender=ADDRESS,
        sender_name="Ada L.",
        text="Mount Etna",
        addressed=True,
        language="pt-br",
        message_id=ID,
        sent_at_ms=1_700_000_000_000,
    )


def test_a_press_becomes_a_button_with_its_label_as_words() -> None:
    pressed = message(type="press", id=ID, value="hint:3", label="A hint")
    assert (pressed.kind, pressed.button, pressed.text, pressed.addressed) == (Kind.BUTTON, "hint:3", "A hint", True)


def test_the_same_id_in_another_case_is_the_same_message() -> None:
    lower, upper = message(type="message", id=ID, text="a"), message(type="message", id=ID.upper(), text="a")
    assert lower.dedupe_key == upper.dedupe_key
    assert upper.message_id == ID.upper()


def test_a_hello_says_where_to_go_on() -> None:
    assert read(type="hello", after=7) == Hello(after=7)
    assert read(type="hello", after=None) == read(type="hello") == Hello(after=None)


@pytest.mark.parametrize(
    ("frame", "client_id", "fault"),
    [
        ({"type": "message", "id": ID, "text": " \0\n"}, ID, Fault.EMPTY),
        ({"type": "message", "id": ID, "text": "x" * 4001}, ID, Fault.LONG),
        ({"type": "message", "id": "1", "text": "x"}, "", Fault.MISSHAPEN),
        ({"type": "message", "id": ID + "\n", "text": "x"}, "", Fault.MISSHAPEN),
        ({"type": "message", "id": uuid.UUID(ID).hex, "text": "x"}, "", Fault.MISSHAPEN),
        ({"type": "message", "id": ID, "text": 5}, "", Fault.MISSHAPEN),
        ({"type": "press", "id": ID, "value": "", "label": "x"}, ID, Fault.MISSHAPEN),
        ({"type": "press", "id": ID, "value": "v" * 61}, ID, Fault.MISSHAPEN),
        ({"type": "press", "id": ID, "value": "é"}, ID, Fault.MISSHAPEN),
        ({"type": "press", "id": ID, "value": "a\0"}, ID, Fault.MISSHAPEN),
        ({"type": "hello", "after": -1}, "", Fault.MISSHAPEN),
        ({"type": "hello", "after": 2**63}, "", Fault.MISSHAPEN),
        ({"type": "shout", "id": ID}, "", Fault.MISSHAPEN),
        ({}, "", Fault.MISSHAPEN),
    ],
)
def test_a_bad_frame_is_named_for_the_player(frame: dict[str, Any], client_id: str, fault: Fault) -> None:
    with pytest.raises(BadFrame) as caught:
        read(**frame)
    assert caught.value.client_id == client_id
    assert caught.value.fault is fault


def test_a_text_at_the_limit_passes() -> None:
    assert len(message(type="message", id=ID, text="🎲" * 4000).text) == 4000


@given(st.binary())
def test_any_bytes_are_read_or_named_bad(raw: bytes) -> None:
    with pytest.raises(BadFrame):
        read_frame(BOT, ADDRESS, raw, 0)


@given(st.text(), st.text(), st.text(), st.text())
def test_any_words_fit_the_database(text: str, name: str, language: str, label: str) -> None:
    for frame in (
        {"type": "message", "id": ID, "text": text, "name": name, "language": language},
        {"type": "press", "id": ID, "value": "v", "label": label, "name": name, "language": language},
    ):
        try:
            found = message(**frame)
        except BadFrame:
            continue
        for part in (found.text, found.sender_name or "", found.language or "", found.dedupe_key):
            part.encode("utf-8")
            assert "\0" not in part
        assert len(found.sender_name or "x") in range(1, 41)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("", None),
        (" \u200b\t ", None),
        ("\u202eevil\u202c", "evil"),
        ("Ana  \n Lima", "Ana Lima"),
        ("n" * 60, "n" * 39 + "…"),
        ("👩\u200d🚀", "👩\u200d🚀"),
    ],
)
def test_names_stand_on_one_line(given_name: str, kept: str | None) -> None:
    assert clean_name(given_name) == kept


def test_the_room_has_no_webhook() -> None:
    with pytest.raises(Refusal) as received:
        PLATFORM.receive(BOT, {}, b"{}", 0)
    with pytest.raises(Refusal) as shaken:
        PLATFORM.handshake(BOT, {})
    assert (received.value.status, shaken.value.status) == (404, 404)
    assert PLATFORM.capabilities.pull
