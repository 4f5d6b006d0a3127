"""The conversation cookie: what we signed is believed, everything else is a new conversation."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.cookie import ConversationCookie

COOKIE = ConversationCookie(b"a server's secret")
ADDRESS = "00112233445566778899aabbccddeeff"


def test_a_signed_address_is_read_back() -> None:
    address = COOKIE.new_address()
    assert COOKIE.read(COOKIE.sign(address)) == address


def test_addresses_are_128_bits_and_do_not_repeat() -> None:
    addresses = {COOKIE.new_address() for _ in range(1000)}
    assert len(addresses) == 1000
    assert all(len(bytes.fromhex(address)) == 16 for address in addresses)


@given(st.integers(0, len(COOKIE.sign(ADDRESS)) - 1), st.characters())
def test_a_changed_character_is_not_believed(place: int, character: str) -> None:
    value = COOKIE.sign(ADDRESS)
    changed = value[:place] + character + value[place + 1 :]
    assert COOKIE.read(changed) == (ADDRESS if changed == value else None)


@given(st.text())
@example("")
@example("1." + "é" * 32 + "." + "0" * 64)
@example(COOKIE.sign(ADDRESS) + "\n")
@example(COOKIE.sign(ADDRESS).upper())
def test_foreign_text_is_not_believed(value: str) -> None:
    assert COOKIE.read(value) is None


def test_no_cookie_is_no_conversation() -> None:
    assert COOKIE.read(None) is None


def test_another_servers_cookie_is_not_believed() -> None:
    assert COOKIE.read(ConversationCookie(b"another secret").sign(ADDRESS)) is None


def test_the_servers_secret_itself_signs_nothing() -> None:

    signature = hmac.new(b"a server's secret", f"1.{ADDRESS}".encode(), hashlib.sha256).hexdigest()
    assert COOKIE.read(f"1.{ADDRESS}.{signature}") is None


def test_an_empty_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="secret"):
        ConversationCookie(b"")
