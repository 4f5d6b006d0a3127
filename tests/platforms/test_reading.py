"""Bodies are JSON or refused, shape errors name their place and no content, comparisons never raise."""

from __future__ import annotations

from typing import Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from platforms.contract import Fault, Refusal
from platforms.reading import (
    KEY_LIMIT,
    clean,
    is_link,
    key,
    load_json,
    read_body,
    read_event,
    signature_matches,
)


class _Inner(msgspec.Struct):
    colour: Literal["red", "blue"]


class _Event(msgspec.Struct):
    number: int
    inner: list[_Inner] = []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"number":1} tail',
        b'{"number":1,"unknown":"\xff"}',
        b'{"number":1,"unknown":' + b"[" * 100_000,
        b"\xef\xbb\xbf{}",
        b"number=1",
        b'{"number":"wrong type first"',
    ],
)
def test_what_is_not_json_is_refused(body: bytes) -> None:
    for read in (load_json, lambda body: read_body(body, _Event)):
        with pytest.raises(Refusal) as refusal:
            read(body)
        assert (refusal.value.status, refusal.value.reason) == (400, "not_json")


def test_a_fault_names_its_place_in_the_whole_body_and_keeps_the_event() -> None:
    event = b'{"number":1,"inner":[{"colour":"red"},{"colour":7}]}'
    found = read_event(event, _Event, "$.entry[0].messaging[1]")
    assert isinstance(found, Fault)
    assert found.path == "$.entry[0].messaging[1].inner[1].colour"
    assert found.event == event
    whole = read_body(b'{"number":"x"}', _Event)
    assert isinstance(whole, Fault)
    assert (whole.path, whole.error) == ("$.number", "Expected `int`, got `str`")


def test_a_fault_never_quotes_the_event() -> None:
    found = read_event(b'{"number":1,"inner":[{"colour":"a \'secret\' word"}]}', _Event, "$")
    assert isinstance(found, Fault)
    assert "secret" not in found.error
    assert "value" in found.error
    assert found.path == "$.inner[0].colour"


def test_what_json_allows_but_numbers_do_not_is_a_fault() -> None:
    for body in (b'{"number":1e999}', b'{"number":' + b"9" * 5000 + b"}", b"[]", b"null", b"1"):
        assert isinstance(read_body(body, _Event), Fault)


@given(st.binary())
def test_reading_raises_nothing_but_refusal(body: bytes) -> None:
    try:
        raw = load_json(body)
    except Refusal:
        return
    assert isinstance(read_event(raw, _Event, "$"), _Event | Fault)


@given(st.text(), st.text())
def test_comparing_never_raises_and_agrees_with_equality(expected: str, given_value: str) -> None:
    assert signature_matches(expected, given_value) == (expected == given_value)
    assert signature_matches(given_value, given_value)
    assert not signature_matches(expected, None)
    assert not signature_matches(b"", "\udcff\ud800")


@given(st.text())
def test_keys_fit_and_differ(text: str) -> None:
    long = text + "x" * KEY_LIMIT
    assert len(key(long + "a")) <= KEY_LIMIT
    assert key(long + "a") != key(long + "b")
    assert "\0" not in key(text)
    assert "\0" not in clean(text + "\0")


def test_links_are_addresses_alone() -> None:
    assert is_link(" https://example.org/a?b=c ")
    assert not is_link("see https://example.org")
    assert not is_link("ftp://example.org")
    assert not is_link("")


class _Said(msgspec.Struct):
    text: str


def test_half_of_a_surrogate_pair_is_json_all_the_same() -> None:
    body = b'{"text": "cut \\ud83d"}'
    for event in (read_event(load_json(body), _Said, "$"), read_body(body, _Said)):
        assert isinstance(event, _Said)
        assert event.text == "cut ?"
