"""What players see stays within the platform's limits and loses no word."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_state.message import Button, Reply
from platforms.contract import Capabilities
from platforms.fitting import fit
from platforms.text import Unit, length
from platforms.whatsapp import WhatsApp

UNITS: tuple[Unit, ...] = ("utf16", "code_points", "bytes", "graphemes")
LIMITED = Capabilities(
    text_limit=60,
    text_unit="utf16",
    buttons=3,
    button_label_limit=10,
    buttons_text_limit=30,
    image=False,
    typing=False,
    edit=False,
    groups=False,
)


def buttons(*labels: str) -> tuple[Button, ...]:
    return tuple(Button(label=label, value=f"v{number}") for number, label in enumerate(labels))


TEXT = st.text(st.sampled_from("ab .\n🎲é漢"), max_size=300)
REPLIES = st.builds(
    Reply,
    text=TEXT,
    buttons=st.lists(st.text(max_size=15), max_size=8).map(lambda labels: buttons(*labels)),
    image_url=st.none() | st.just("https://example.org/picture.png"),
    silent=st.booleans(),
    board=st.none() | st.just("round"),
)
CAPABILITIES = st.builds(
    msgspec.structs.replace,
    st.just(LIMITED),
    text_limit=st.integers(8, 80),
    text_unit=st.sampled_from(UNITS),
    buttons=st.integers(0, 5),
    button_label_limit=st.integers(4, 12),
    buttons_text_limit=st.integers(8, 80),
    image=st.booleans(),
    edit=st.booleans(),
    must_close=st.booleans(),
)


@given(REPLIES, CAPABILITIES)
def test_every_part_is_within_the_limits(reply: Reply, can: Capabilities) -> None:
    parts = fit(reply, can)
    for number, part in enumerate(parts):
        if part.silent:
            assert can.must_close
            assert parts == (Reply(silent=True),)
            continue
        assert part.text or part.image_url
        assert length(part.text, can.text_unit) <= can.text_limit
        assert len(part.buttons) <= can.buttons
        assert all(0 < len(button.label) <= can.button_label_limit for button in part.buttons)
        assert len({button.label for button in part.buttons}) == len(part.buttons)
        if part.buttons:
            assert number == len(parts) - 1
            assert part.text
            assert length(part.text, can.text_unit) <= can.buttons_text_limit
        if part.image_url:
            assert can.image
            assert number == 0


@given(REPLIES, CAPABILITIES)
def test_a_board_stays_one_where_one_message_can_be_changed(reply: Reply, can: Capabilities) -> None:
    parts = fit(reply, can)
    boards = [part.board for part in parts if not part.silent]
    assert boards == ([reply.board] if can.edit and len(boards) == 1 else [None] * len(boards))


@given(REPLIES, CAPABILITIES)
def test_no_word_and_no_button_is_lost(reply: Reply, can: Capabilities) -> None:
    parts = fit(reply, can)
    if reply.silent:
        return
    said = "".join("".join(part.text.split()) for part in parts)
    assert said.startswith("".join(reply.text.split()))
    shown = parts[-1].buttons if parts else ()
    if shown:
        assert [button.value for button in shown] == [button.value for button in reply.buttons]
    elif reply.buttons:
        assert all(f"{number}." in said for number in range(1, len(reply.buttons) + 1))
    if reply.image_url:
        assert (parts[0].image_url == reply.image_url) or reply.image_url in said


@given(REPLIES, CAPABILITIES)
def test_what_fits_already_is_left_alone(reply: Reply, can: Capabilities) -> None:
    for part in fit(reply, can):
        assert fit(part, can) == (part,)


def test_too_many_buttons_become_a_numbered_list_of_all_of_them() -> None:
    (part,) = fit(Reply(text="Which?", buttons=buttons("Red", "Blue", "Green", "A long colour name")), LIMITED)
    assert part == Reply(text="Which?\n\n1. Red\n2. Blue\n3. Green\n4. A long colour name")


def test_long_labels_are_shortened_and_those_that_then_look_alike_are_numbered() -> None:
    *above, part = fit(Reply(text="Which?", buttons=buttons("A long colour name", "Red")), LIMITED)
    assert [button.label for button in part.buttons] == ["A long co…", "Red"]
    assert "1. A long colour name\n2. Red" in "\n".join(one.text for one in (*above, part)), "whole, where they are cut"
    (part,) = fit(Reply(text="Which?", buttons=buttons("Give me a hint", "Give me a clue")), LIMITED)
    assert part.text == "Which?\n\n1. Give me a hint\n2. Give me a clue"


def test_buttons_come_under_the_last_part() -> None:
    text = "The first sentence of two that are said here. The second one is short."
    parts = fit(Reply(text=text, buttons=buttons("Next")), LIMITED)
    assert [part.text for part in parts] == text.replace("here. ", "here.\n").split("\n")
    assert [len(part.buttons) for part in parts] == [0, 1]


def test_a_list_is_not_torn_between_its_number_and_its_words() -> None:
    parts = fit(Reply(text="Choose one of these:", buttons=buttons(*["a rather long choice"] * 9)), LIMITED)
    for part in parts:
        assert not part.text.splitlines()[-1].rstrip(".").isdigit()


def test_a_picture_becomes_a_link_where_pictures_are_not_taken() -> None:
    reply = Reply(text="Look:", image_url="https://example.org/a.png")
    assert fit(reply, LIMITED) == (Reply(text="Look:\nhttps://example.org/a.png"),)
    assert fit(reply, WhatsApp.capabilities) == (reply,)


@pytest.mark.parametrize("reply", [Reply(silent=True), Reply(text=" \n"), Reply()])
def test_silence_is_kept_only_where_something_has_to_be_closed(reply: Reply) -> None:
    assert fit(reply, LIMITED) == ()
    assert fit(reply, msgspec.structs.replace(LIMITED, must_close=True)) == (Reply(silent=True),)
