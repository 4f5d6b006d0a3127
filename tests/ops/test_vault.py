"""Credentials at rest: what is sealed opens again, for the same bot and key only."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.vault import Vault, VaultError, derive, load_or_make_key

VAULT = Vault("0123456789abcdef" * 2)


@given(st.dictionaries(st.text(), st.text(), max_size=4), st.text(max_size=40))
def test_what_is_sealed_opens_again(credentials: dict[str, str], bot: str) -> None:
    assert VAULT.open(VAULT.seal(credentials, bot), bot) == credentials


def test_sealed_bytes_do_not_show_the_secret_and_differ_each_time() -> None:
    sealed = VAULT.seal({"token": "very secret"}, "quiz")
    assert b"secret" not in sealed
    assert sealed != VAULT.seal({"token": "very secret"}, "quiz")


def test_another_key_is_told_apart_from_damage() -> None:
    sealed = VAULT.seal({"token": "t"}, "quiz")
    with pytest.raises(VaultError, match="another secret key"):
        Vault("another key of enough characters").open(sealed, "quiz")
    with pytest.raises(VaultError, match="changed in the database"):
        VAULT.open(sealed[:-1] + bytes([sealed[-1] ^ 1]), "quiz")


def test_another_bots_credentials_are_refused() -> None:
    with pytest.raises(VaultError, match="another bot's"):
        VAULT.open(VAULT.seal({"token": "t"}, "quiz"), "other")


@given(st.binary(max_size=64))
def test_any_other_bytes_are_refused(noise: bytes) -> None:
    with pytest.raises(VaultError):
        VAULT.open(noise, "quiz")


def test_keys_of_different_purposes_differ() -> None:
    assert len({derive("s", "cookies"), derive("s", "credentials"), derive("t", "cookies")}) == 3
    assert len(derive("s", "cookies")) == 32


def test_the_generated_key_stays_and_is_its_owners_alone(tmp_path: Path) -> None:
    key = load_or_make_key(tmp_path / "var")
    assert load_or_make_key(tmp_path / "var") == key
    assert len(key) == 64
    assert stat.S_IMODE((tmp_path / "var" / "secret.key").stat().st_mode) == 0o600
